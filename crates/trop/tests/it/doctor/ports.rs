//! Which ports are handed out, and who else takes or refuses them.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::Utf8Path;

use trop_testkit::{Invocation, need, skip_unless};

use super::{doctor, only_problem, paste, require_health, reserved};
use crate::database::Database;
use crate::inside::after_changing_network;
use crate::stage::Stage;

#[test]
fn a_full_range_is_a_problem_until_it_is_wider() {
    let stage = Stage::new();
    let ports: Vec<u16> = (0..9).map(|n| reserved(&stage, &format!("d{n}"))).collect();
    let (min, max) = (ports[0], ports[8]);
    let config = stage.data_directory().join("config.yaml");
    let set = |max: u16| {
        fs::write(&config, format!("ports: {{ min: {min}, max: {max} }}\n")).unwrap();
        fs::set_permissions(&config, Permissions::from_mode(0o600)).unwrap();
    };
    set(max);
    let check = only_problem(doctor(&stage), "range");
    assert!(check["remedy"].as_str().unwrap().contains(&format!("ports.max ({config}:1)")), "{check}");
    let figures = format!("of {} ports that can be handed out from {min}..{max}, 9 are", max - min + 1);
    assert!(check["message"].as_str().unwrap().starts_with(&figures), "{check}");
    set(max + 2);
    require_health(&stage);
    // By default there is another place for it.
    fs::remove_file(&config).unwrap();
    let built_in = only_problem(
        doctor(&stage).env("TROP_PORT_MIN", min.to_string()).env("TROP_PORT_MAX", max.to_string()),
        "range",
    );
    assert!(built_in["remedy"].as_str().unwrap().contains("ports.max (TROP_PORT_MAX)"), "{built_in}");
}

#[test]
fn a_range_that_exclusions_leave_nothing_of_names_where_they_are() {
    let stage = Stage::new();
    let config = stage.directory("home/.trop").join("config.yaml");
    let tropfile = stage.directory("site").join("trop.yaml");
    fs::write(&config, "ports: { min: 5000, max: 7000 }\nexcluded_ports: [1..6000]\n").unwrap();
    fs::write(&tropfile, "excluded_ports: [6001..65535]\n").unwrap();
    let check = only_problem(doctor(&stage), "range");
    let message = "of 0 ports that can be handed out from 5000..7000 (2001 excluded), 0 are reserved";
    assert_eq!(check["message"], message);
    let remedy = format!(
        "exclude fewer (excluded_ports: {tropfile}:1, {config}:2), or widen the range: ports.min ({config}:1), ports.max ({config}:1)"
    );
    assert_eq!(check["remedy"], remedy);
}

/// The same run in a network of its own, where the system takes ports from that range for connections.
fn with_ephemeral_ports(run: Invocation, range: &str) -> Invocation {
    let set = format!("echo '{range}' > /proc/sys/net/ipv4/ip_local_port_range");
    after_changing_network(&set, run)
}

#[test]
fn the_ports_of_connections_are_kept_apart() {
    skip_unless!(need::name_spaces());
    let stage = Stage::new();
    let check = only_problem(with_ephemeral_ports(doctor(&stage), "6900 9000"), "ephemeral-ports");
    assert!(check["message"].as_str().unwrap().contains("101 of them"), "{check}");
    let config = stage.directory("home/.trop").join("config.yaml");
    assert!(check["remedy"].as_str().unwrap().contains(config.as_str()), "{check}");
    for helps in ["ports: { max: 6899 }\n", "excluded_ports: [6900..7000]\n"] {
        fs::write(&config, helps).unwrap();
        fs::set_permissions(&config, Permissions::from_mode(0o600)).unwrap();
        fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o700)).unwrap();
        let _ = with_ephemeral_ports(doctor(&stage), "6900 9000").run().expect(0);
    }
}

#[test]
fn ports_that_browsers_refuse_are_given_back() {
    let stage = Stage::new();
    let (a, b) = (stage.directory(r#"it's `my` "a" $HOME \"#), stage.directory("-b *"));
    let good = stage.ports.port(0);
    let reserve = |directory: &Utf8Path, port: &str, more: &[&str]| {
        let arguments = [&["reserve", "--skip-occupancy-check", "--port", port], more].concat();
        let _ = stage.trop(directory, arguments).run().expect(0);
    };
    reserve(&a, "6566", &["--tag=web"]);
    reserve(&b, "6679", &[]);
    reserve(&b, &good.to_string(), &["--tag=good"]);
    let check = only_problem(doctor(&stage), "browser-ports");
    assert_eq!(check["details"].as_array().unwrap().len(), 2);
    doctor(&stage).env("TROP_AVOID_BROWSER_BLOCKED_PORTS", "no").run().expect(0);
    paste(&stage, &check);
    let left = Database::of(stage.data_directory()).rows();
    assert_eq!(left.iter().map(|row| row.port).collect::<Vec<_>>(), [good]);
}
