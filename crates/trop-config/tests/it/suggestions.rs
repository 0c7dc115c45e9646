//! What somebody may have meant.

use trop_config::{FileKind, Misspelt, misspelt};

use crate::files::file;
use crate::layers::merged;

/// The help with the first unknown key of a `trop.yaml`.
#[track_caller]
fn check_help(text: &str, expected: &str) {
    let problems = merged([file(FileKind::Tropfile, text)]).unwrap_err().problems;
    let unknown = problems.iter().find(|problem| problem.message.ends_with("is not a key that trop knows"));
    assert_eq!(unknown.unwrap().help.as_deref(), Some(expected), "{text}");
}

#[test]
fn a_key_that_is_close_is_suggested() {
    check_help("prots: {}", "did you mean ports?");
    check_help("Ports: {}", "did you mean ports?");
    check_help("excluded-ports: []", "did you mean excluded_ports?");
    check_help("exclude_port: []", "did you mean excluded_ports?");
    check_help("disable_auto_init: true", "did you mean disable_autoinit?");
    check_help("reservation: {}", "did you mean reservations?");
    check_help("ports: {mim: 1}", "did you mean ports.min?");
    check_help("ports: {maxoffset: 1}", "did you mean ports.max_offset?");
    check_help("occupancy_check: {skip_ipv4: true}", "did you mean occupancy_check.skip_ip4?");
    check_help("cleanup: {expire_after: 1, expire_after_day: 1}", "known here: expire_after_days");
    check_help("reservations: {service: {}}", "did you mean reservations.services?");
    check_help(
        "reservations: {services: {web: {ofset: 1}}}",
        "did you mean reservations.services.web.offset?",
    );
    check_help("excluded_ports: [{strat: 1, end: 2}]", "did you mean excluded_ports.start?");
}

#[test]
fn a_key_on_the_wrong_level_is_told_where_it_belongs() {
    check_help("min: 1", "min belongs below ports, as in ports: { min: ... }");
    check_help("ports.min: 1", "min belongs below ports, as in ports: { min: ... }");
    check_help(
        "skip_tcp: true",
        "skip_tcp belongs below occupancy_check, as in occupancy_check: { skip_tcp: ... }",
    );
    check_help("services: {}", "services belongs below reservations, as in reservations: { services: ... }");
    check_help("ports: {project: a}", "project belongs on the top level");
}

#[test]
fn without_anything_close_the_known_keys_are_named() {
    check_help("ports: {lowest: 1}", "known here: min, max, max_offset");
    check_help("ports: {é: 1}", "known here: min, max, max_offset");
    check_help("ports: {\"\": 1}", "known here: min, max, max_offset");
    check_help("ports: {x: 1}", "known here: min, max, max_offset");
    check_help("reservations: {x: 1}", "known here: base, services");
    check_help("reservations: {services: {web: {port: 1}}}", "known here: offset, preferred, env");
    check_help("excluded_ports: [{from: 1}]", "known here: start, end");
    check_help(&format!("ports: {{{}: 1}}", "m".repeat(200)), "known here: min, max, max_offset");
    // A command has it, and no file.
    check_help("cleanup: {data_dir: a}", "known here: expire_after_days");
}

#[track_caller]
fn check_misspelt(name: &str, expected: Option<&str>) {
    let found: Vec<Misspelt<'_>> = misspelt([name]).collect();
    let expected: Vec<Misspelt<'_>> =
        expected.into_iter().map(|meant| Misspelt { name, meant: meant.to_owned().leak() }).collect();
    assert_eq!(found, expected);
}

#[test]
fn variables_close_to_one_of_trops_own_are_misspelt() {
    check_misspelt("TROP_PORT_MNI", Some("TROP_PORT_MIN"));
    check_misspelt("TROP_PORTMIN", Some("TROP_PORT_MIN"));
    check_misspelt("TROP_port_min", Some("TROP_PORT_MIN"));
    check_misspelt("TROP_PORTS_MIN", Some("TROP_PORT_MIN"));
    check_misspelt("TROP_EXCLUDE_PORTS", Some("TROP_EXCLUDED_PORTS"));
    check_misspelt("TROP_SKIP_IP4", Some("TROP_SKIP_IPV4"));
    check_misspelt("TROP_TAGS", Some("TROP_TAG"));
    check_misspelt("TROP_DATADIR", Some("TROP_DATA_DIR"));
    check_misspelt("TROP_ALLOW_CHANGES_PROJECT", Some("TROP_ALLOW_CHANGE_PROJECT"));
}

#[test]
fn other_variables_belong_to_somebody_else() {
    for own in ["TROP_PORT_MIN", "TROP_ALLOW_PROJECT_CHANGE", "TROP_TAG"] {
        check_misspelt(own, None);
    }
    for other in ["TROPE_TAG", "TRO_TAG", "trop_tag", "PATH", "", "TROP", "ÄTROP_TAG"] {
        check_misspelt(other, None);
    }
    for far in ["TROP_", "TROP_X", "TROP_PORT", "TROP_HOME", "TROP_SOMETHING_ELSE", "TROP_PORT_MIDDLE"] {
        check_misspelt(far, None);
    }
    check_misspelt(&format!("TROP_{}", "A".repeat(2_000)), None);
}

#[test]
fn every_misspelt_variable_is_named_once() {
    let names = ["TROP_TAGS", "HOME", "TROP_PORT_MIN", "TROP_PATHS"];
    let found: Vec<(&str, &str)> = misspelt(names).map(|found| (found.name, found.meant)).collect();
    assert_eq!(found, [("TROP_TAGS", "TROP_TAG"), ("TROP_PATHS", "TROP_PATH")]);
}
