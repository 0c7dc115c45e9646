//! `doctor`: what is wrong, and the commands that help. Nothing is ever written.

mod database;
mod place;
mod ports;
mod stale;

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use camino::Utf8Path;
use serde_json::Value;

use trop_testkit::{Invocation, Ran, Varying, need, scrub, skip_unless, snapshot};

use crate::elsewhere::Listening;
use crate::stage::Stage;
use crate::strace::under_strace;
use crate::without_proc;

/// `trop doctor` far from everything that is reserved.
fn doctor(stage: &Stage) -> Invocation {
    stage.trop(stage.directory("site"), ["doctor", "--format=json"])
}

/// The checks by name, of a run that ended as it says itself.
#[track_caller]
fn checks(ran: &Ran) -> BTreeMap<String, Value> {
    let health: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    let healthy = health["healthy"].as_bool().unwrap();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(i32::from(!healthy)), ""));
    let checks: BTreeMap<String, Value> = health["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| (check["name"].as_str().unwrap().to_owned(), check.clone()))
        .collect();
    assert_eq!(checks.len(), 9);
    assert_eq!(healthy, checks.values().all(|check| check["status"] != "problem"));
    checks
}

/// The check of that name, which is the only problem.
#[track_caller]
fn only_problem(run: Invocation, name: &str) -> Value {
    let checks = checks(&run.run());
    let problems: Vec<&str> = checks
        .iter()
        .filter(|(_, check)| check["status"] == "problem")
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(problems, [name], "{checks:?}");
    checks[name].clone()
}

/// Runs the commands of a check in a shell far away, as somebody would who pastes them. Then all is well.
#[track_caller]
fn paste(stage: &Stage, check: &Value) {
    let commands = check["commands"].as_array().unwrap();
    assert!(!commands.is_empty(), "{check}");
    let trop = stage.trop("/", [""; 0]).command;
    let directory = Utf8Path::from_path(trop.get_program().as_ref()).unwrap().parent().unwrap().to_owned();
    for command in commands {
        let mut shell = Command::new("sh");
        shell.args(["-c", command.as_str().unwrap()]).current_dir("/").env_clear();
        shell.env("HOME", stage.sandbox.home()).env("PATH", format!("{directory}:/usr/bin:/bin"));
        let output = shell.output().unwrap();
        assert!(output.status.success(), "{command}: {output:?}");
    }
    require_health(stage);
}

#[track_caller]
fn require_health(stage: &Stage) {
    doctor(stage).run().expect(0);
}

/// A directory of that name with a port that no browser refuses.
fn reserved(stage: &Stage, name: &str) -> u16 {
    stage.reserved(stage.directory(name), 0..=99)
}

#[test]
fn a_machine_on_which_trop_never_ran_is_healthy() {
    let stage = Stage::new();
    require_health(&stage);
    assert!(!stage.data_directory().exists());
}

#[test]
fn health_is_a_snapshot_in_both_formats() {
    let stage = Stage::new();
    let port = reserved(&stage, "doomed");
    fs::remove_dir(stage.directory("doomed")).unwrap();
    fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o755)).unwrap();
    let varying = [Varying::Sandbox(&stage.sandbox), Varying::Ports(&stage.ports)];
    for format in ["human", "json"] {
        let trop = stage.trop(stage.directory("site"), ["doctor", "--format", format]);
        let ran =
            trop.env("TROP_PORT_MIN", port.to_string()).env("TROP_PORT_MAX_OFFSET", "2").run().expect(1);
        assert_eq!(ran.stderr, "");
        let name = format!("cli/doctor-{format}");
        snapshot!(&name, scrub(&ran.stdout, &varying).replace(&of_connections(), "<ephemeral>"));
    }
}

/// From which ports this machine takes those of connections.
fn of_connections() -> String {
    let ends = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap();
    ends.split_whitespace().collect::<Vec<_>>().join("..")
}

#[test]
fn a_configuration_that_is_wrong_is_code_7() {
    let stage = Stage::new();
    fs::write(stage.directory("site").join("trop.yaml"), "colour: red\n").unwrap();
    assert_eq!(doctor(&stage).run().expect(7).stdout, "");
    assert_eq!(doctor(&stage).env("HOME", "").run().code, Some(3));
}

#[test]
fn it_works_where_nothing_can_be_known_or_written() {
    let stage = Stage::new();
    let port = reserved(&stage, "a");
    let writer = rusqlite::Connection::open(stage.data_directory().join("trop.db")).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    doctor(&stage).env("TROP_BUSY_TIMEOUT", "0").run().expect(0);
    writer.execute_batch("ROLLBACK").unwrap();
    drop(writer);
    skip_unless!(need::name_spaces());
    let _server = Listening::on(port);
    let checks = checks(&without_proc::run(doctor(&stage)));
    for unknown in ["ephemeral-ports", "served-elsewhere"] {
        assert_eq!(checks[unknown]["status"], "unknown");
    }
}

#[test]
fn nothing_is_written() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let log = stage.sandbox.root().join("log");
    let writing = [
        "--trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,chmod,fchmod,fchmodat,ftruncate,pwrite64",
    ];
    for reserve in [false, true] {
        if reserve {
            reserved(&stage, "a");
        }
        under_strace(doctor(&stage), &log, &writing.map(str::to_owned)).run().expect(0);
        let log = fs::read_to_string(&log).unwrap();
        let home = stage.sandbox.home();
        let opens = |line: &str| line.contains("O_WRONLY") || line.contains("O_CREAT");
        let changes = |line: &str| !line.contains("open") || opens(line);
        let written: Vec<&str> = log
            .lines()
            .filter(|line| line.contains(home.as_str()) && changes(line))
            .filter(|line| !line.contains("-shm") && !line.contains("-wal"))
            .collect();
        assert_eq!(written, [""; 0]);
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let stage = Stage::new();
    for format in ["human", "json"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut trop = stage.trop(stage.directory("site"), ["doctor", "--format", format]);
        let output = trop.command.stdout(Stdio::from(writer)).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
}
