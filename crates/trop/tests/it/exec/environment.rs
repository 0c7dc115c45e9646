//! Which variables the command finds in its environment.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use camino::Utf8Path;
use serde_json::{Value, json};

use trop_testkit::{Invocation, run_together};

use super::{LEAVE_A_TRACE, SERVICES, directory_without_group, exec, project, was_started};
use crate::database::Database;
use crate::stage::{Stage, port};

/// What every run has in its environment here.
const OF_THE_RUN: [&str; 3] = ["HOME", "PATH", "TROP_BUSY_TIMEOUT"];

/// `trop exec` of a command that prints its environment.
fn exec_env(stage: &Stage, directory: impl AsRef<Utf8Path>, options: &[&str]) -> Invocation {
    exec(stage, directory, options, &["env"])
}

/// Requires that the command finds exactly these variables, with the ports at these offsets of the block, and that trop has
/// nothing to say.
#[track_caller]
fn check(stage: &Stage, run: Invocation, expected: &[(&str, u16)]) {
    let ran = run.run().expect(0);
    let mut found: BTreeMap<&str, &str> =
        ran.stdout.lines().map(|line| line.split_once('=').unwrap()).collect();
    for name in OF_THE_RUN {
        assert!(found.remove(name).is_some(), "{name}");
    }
    let expected: Vec<(&str, String)> =
        expected.iter().map(|(name, offset)| (*name, stage.ports.port(*offset).to_string())).collect();
    let expected: BTreeMap<&str, &str> = expected.iter().map(|(name, port)| (*name, port.as_str())).collect();
    assert_eq!((found, ran.stderr.as_str()), (expected, ""));
}

/// The keys that are stored: the path as seen from the sandbox, the tag and the offset of the port.
fn stored(stage: &Stage) -> Vec<(String, String, u16)> {
    let rows = Database::of(stage.data_directory()).valid_rows();
    let relative = |path: &str| path.strip_prefix(&format!("{}/", stage.sandbox.root())).unwrap().to_owned();
    rows.into_iter().map(|row| (relative(&row.path), row.tag, row.port - stage.ports.first())).collect()
}

#[track_caller]
fn require_stored(stage: &Stage, expected: &[(&str, &str, u16)]) {
    let stored = stored(stage);
    let stored: Vec<_> =
        stored.iter().map(|(path, tag, offset)| (path.as_str(), tag.as_str(), *offset)).collect();
    assert_eq!(stored, expected);
}

#[test]
fn a_group_has_a_variable_for_every_service() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let inside = stage.directory("project/inside");
    for directory in [&directory, &inside] {
        check(&stage, exec_env(&stage, directory, &[]), &[("WEB_PORT", 0), ("API_PORT", 1), ("DB", 5)]);
    }
    require_stored(&stage, &[("project", "api", 1), ("project", "db", 5), ("project", "web", 0)]);
}

#[test]
fn a_service_alone_takes_its_place_where_the_rest_fits_later() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    // In the way of the third service, if the first one had the lowest port.
    stage.reserve(stage.directory("other"), 5..=5, &[]).run().expect(0);
    let inside = stage.directory("project/inside");
    check(&stage, exec_env(&stage, &inside, &["--tag=api"]), &[("API_PORT", 2)]);
    require_stored(&stage, &[("other", "", 5), ("project", "api", 2)]);
    check(&stage, exec_env(&stage, &directory, &[]), &[("WEB_PORT", 1), ("API_PORT", 2), ("DB", 6)]);
    check(&stage, exec_env(&stage, &directory, &["--tag=db", "--env=PORT"]), &[("PORT", 6)]);
}

#[test]
fn a_tag_that_is_no_service_belongs_to_the_working_directory() {
    let stage = Stage::new();
    project(&stage, "project", SERVICES);
    let inside = stage.directory("project/inside");
    check(&stage, exec_env(&stage, &inside, &["--tag=worker"]), &[("PORT", 0)]);
    require_stored(&stage, &[("project/inside", "worker", 0)]);
    check(&stage, exec_env(&stage, &inside, &["--tag=worker", "--env=WORKER"]), &[("WORKER", 0)]);
}

#[test]
fn without_a_group_there_is_one_port() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    check(&stage, exec_env(&stage, &directory, &[]), &[("PORT", 0)]);
    check(&stage, exec_env(&stage, &directory, &["--env=MY_PORT"]), &[("MY_PORT", 0)]);
    check(&stage, exec_env(&stage, &directory, &["--tag=web"]), &[("PORT", 1)]);
    require_stored(&stage, &[("project", "", 0), ("project", "web", 1)]);
    for name in ["MY-PORT", "PATH", "LD_PRELOAD", ""] {
        exec_env(&stage, &directory, &["--env", name]).run().expect(4);
    }
}

#[test]
fn variables_for_a_path_and_a_tag_are_for_single_reservations_alone() {
    let stage = Stage::new();
    let group = project(&stage, "group", SERVICES);
    let single = directory_without_group(&stage, "single");
    let inside = stage.directory("single/inside");
    let (tag, path) = (("TROP_TAG", "api"), ("TROP_PATH", inside.as_str()));
    let run = |directory: &Utf8Path| {
        let mut run = exec_env(&stage, directory, &[]).env(tag.0, tag.1).env(path.0, path.1);
        // They are the command's too, but that is another belief.
        run.command.args(["-u", tag.0, "-u", path.0]);
        run
    };
    check(&stage, run(&group), &[("WEB_PORT", 0), ("API_PORT", 1), ("DB", 5)]);
    check(&stage, run(&single), &[("PORT", 2)]);
    require_stored(
        &stage,
        &[("group", "api", 1), ("group", "db", 5), ("group", "web", 0), ("single/inside", "api", 2)],
    );
}

/// So one shell has one directory, whatever the tag is.
#[test]
fn beside_a_group_another_tag_belongs_to_the_working_directory_as_well() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    stage.directory("project/inside");
    let run = exec(&stage, &directory, &["--tag=other"], &["true"]).env("TROP_PATH", "inside");
    run.run().expect(0);
    let listed = stage.trop(&directory, ["list", "--format=json"]).run().expect(0);
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    assert_eq!(
        (listed[0]["path"].as_str(), listed.as_array().map(Vec::len)),
        (Some(directory.as_str()), Some(1))
    );
}

#[test]
fn one_name_is_not_enough_for_a_group() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let refused = exec(&stage, &directory, &["--env=PORT"], &LEAVE_A_TRACE).run().expect(4);
    assert!(refused.stderr.contains("--env") && refused.stderr.contains("--tag"), "{}", refused.stderr);
    assert!(!was_started(&directory) && !stage.data_directory().exists());
}

#[test]
fn what_trop_says_wins_and_everything_else_stays() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let data = stage.directory("data");
    let not_unicode = OsStr::from_bytes(b"\xff=\xfe");
    let mut run =
        exec_env(&stage, &directory, &[]).env("WEB_PORT", "1").env("PORT", "2").env("ODD", not_unicode);
    run.command.env("TROP_DATA_DIR", &data).env(OsStr::from_bytes(b"\xfd"), "odd");
    let output = run.command.output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
    let found: BTreeSet<&[u8]> = output.stdout.split(|byte| *byte == b'\n').collect();
    let web = format!("WEB_PORT={}", stage.ports.port(0));
    let data_directory = format!("TROP_DATA_DIR={data}");
    for line in [web.as_bytes(), b"PORT=2", b"ODD=\xff=\xfe", b"\xfd=odd", data_directory.as_bytes()] {
        assert!(found.contains(line), "{}", String::from_utf8_lossy(line));
    }
    assert!(data.join("trop.db").exists());
}

#[test]
fn the_ports_are_those_that_other_commands_print() {
    let stage = Stage::new();
    let single = directory_without_group(&stage, "single");
    let reserved = stage.trop(&single, ["reserve"]).run().expect(0);
    let run = exec(&stage, &single, &[], &["printenv", "PORT"]).run().expect(0);
    assert_eq!(run.stdout, reserved.stdout);
    let tagged = exec(&stage, &single, &["--tag=web"], &["printenv", "PORT"]).run().expect(0);
    assert_eq!(stage.trop(&single, ["reserve", "--tag=web"]).run().expect(0).stdout, tagged.stdout);

    let group = project(&stage, "group", SERVICES);
    let run = exec(&stage, &group, &[], &["printenv", "DB"]).run().expect(0);
    let json = stage.trop(&group, ["autoreserve", "--format=json"]).run().expect(0);
    let ports: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(ports["db"], json!(port(&run.stdout)));
    let service = stage.trop(&group, ["reserve", "--tag=db"]).run().expect(0);
    assert_eq!(service.stdout, run.stdout);
}

#[test]
fn thirty_at_once_in_one_directory_have_one_port() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let runs = (0..30).map(|_| exec(&stage, &directory, &[], &["printenv", "PORT"]));
    for ran in run_together(runs) {
        let ran = ran.expect(0);
        assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (stage.ports.first(), ""));
    }
    require_stored(&stage, &[("project", "", 0)]);
}

#[test]
fn a_dry_run_shows_the_ports_and_starts_nothing() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let shown = exec(&stage, &directory, &["--dry-run"], &LEAVE_A_TRACE).run().expect(0);
    assert_eq!(shown.stdout, "");
    for offset in [0, 1, 5] {
        let would = format!("would reserve port {} ", stage.ports.port(offset));
        assert!(shown.stderr.contains(&would), "{}", shown.stderr);
    }
    let json = ["--dry-run", "--format=json", "--quiet"];
    let shown = exec(&stage, &directory, &json, &LEAVE_A_TRACE).run().expect(0);
    let plan: Value = serde_json::from_str(&shown.stdout).unwrap();
    let planned = plan["changes"].as_array().unwrap().iter().filter(|change| change["action"] == "reserve");
    let planned: Vec<(&Value, &Value)> = planned.map(|change| (&change["tag"], &change["port"])).collect();
    let expected = [("web", 0), ("api", 1), ("db", 5)]
        .map(|(tag, offset)| (json!(tag), json!(stage.ports.port(offset))));
    assert_eq!(planned, expected.iter().map(|(tag, port)| (tag, port)).collect::<Vec<_>>());
    assert!(!was_started(&directory) && !stage.data_directory().exists());
}

#[test]
fn a_directory_in_a_variable_that_is_not_there_is_warned_of() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let missing = directory.join("missing");
    let ran = exec(&stage, &directory, &[], &["true"]).env("TROP_PATH", &missing).run().expect(0);
    assert!(ran.stderr.contains(&format!("{missing} does not exist")), "{}", ran.stderr);
}

/// A port is the name of a file in the working directory, and make would read that file.
#[test]
fn a_variable_that_leads_a_command_to_a_file_is_refused() {
    let stage = Stage::new();
    let directory = project(&stage, "project", "    web: { offset: 0, env: MAKEFILES }\n");
    std::fs::write(directory.join(stage.ports.first().to_string()), "$(shell touch started)\n").unwrap();
    let ran = exec(&stage, &directory, &[], &["make", "--version"]).run().expect(7);
    assert!(ran.stderr.contains("MAKEFILES changes how programs run"), "{}", ran.stderr);
    assert!(!was_started(&directory));
}

/// Every later trop of that shell would look for its reservations in a directory called after a port.
#[test]
fn a_variable_that_is_a_setting_of_trop_is_refused() {
    let stage = Stage::new();
    let directory = project(&stage, "project", "    web: { offset: 0, env: TROP_DATA_DIR }\n");
    let ran = exec(&stage, &directory, &[], &LEAVE_A_TRACE).run().expect(7);
    assert!(ran.stderr.contains("names that begin with TROP_ are settings of trop"), "{}", ran.stderr);
    let ran = exec(&stage, &directory, &["--tag=web", "--env=trop_tag"], &LEAVE_A_TRACE).run();
    assert!(matches!(ran.code, Some(4 | 7)) && !was_started(&directory), "{ran:?}");
}
