//! A port that some other process holds when the command is about to start.

use std::net::UdpSocket;

use serde_json::Value;

use super::{LEAVE_A_TRACE, SERVICES, directory_without_group, exec, project, was_started};
use crate::elsewhere::Listening;
use crate::stage::Stage;

#[test]
fn a_port_in_use_is_a_warning_that_names_who_has_it() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let run = |more: &[&str]| exec(&stage, &directory, more, &["echo", "started"]).run();
    let ran = run(&["--strict"]).expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("started\n", ""));

    let server = Listening::on(stage.ports.first());
    let ran = run(&[]).expect(0);
    assert_eq!(ran.stdout, "started\n");
    let [warning] = ran.stderr.lines().collect::<Vec<_>>()[..] else { panic!("{}", ran.stderr) };
    let names = format!("port {} is in use already: process {} (", stage.ports.first(), server.process_id());
    assert!(warning.starts_with("warning: ") && warning.contains(&names), "{warning}");
    for silent in ["--quiet", "--skip-occupancy-check", "--skip-tcp"] {
        let ran = run(&[silent]).expect(0);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("started\n", ""), "{silent}");
    }

    drop(server);
    assert_eq!(run(&["--strict"]).expect(0).stderr, "");
}

#[test]
fn with_strict_it_is_refused_and_nothing_is_started() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let run = |more: &[&str]| exec(&stage, &directory, &[&["--strict"], more].concat(), &LEAVE_A_TRACE).run();
    stage.trop(&directory, ["reserve"]).run().expect(0);
    let server = Listening::on(stage.ports.first());
    let names = format!("port {} is in use already: process {} (", stage.ports.first(), server.process_id());
    for more in [&[] as &[&str], &["--quiet"], &["--dry-run"], &["--overwrite"], &["--ignore-occupied"]] {
        let refused = run(more).expect(8).stderr;
        assert!(refused.starts_with("error: ") && refused.contains(&names), "{more:?}: {refused}");
    }
    let json: Value = serde_json::from_str(&run(&["--error-format=json"]).expect(8).stderr).unwrap();
    assert_eq!((json["code"].as_u64(), json["kind"].as_str()), (Some(8), Some("port-held")));
    assert!(json["message"].as_str().unwrap().contains(&names), "{json}");
    assert!(!was_started(&directory));

    run(&["--skip-occupancy-check"]).expect(0);
    assert!(was_started(&directory));
}

#[test]
fn one_port_of_a_group_is_enough() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    stage.trop(&directory, ["autoreserve"]).run().expect(0);
    let third = stage.ports.port(5);
    let _socket = UdpSocket::bind(("127.0.0.1", third)).unwrap();
    let ran = exec(&stage, &directory, &[], &["echo", "started"]).run().expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.lines().count()), ("started\n", 1), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("port {third} is in use already")), "{}", ran.stderr);
    exec(&stage, &directory, &["--strict"], &LEAVE_A_TRACE).run().expect(8);
    assert!(!was_started(&directory));
    // The others of the group do not matter when one is asked for alone.
    let alone = exec(&stage, &directory, &["--strict", "--tag=web"], &LEAVE_A_TRACE).run().expect(0);
    assert_eq!(alone.stderr, "");
}

/// What the refusal says: the port given back, another one is found.
#[test]
fn what_is_said_to_do_helps() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let run = || exec(&stage, &directory, &["--strict"], &["printenv", "PORT"]).run();
    stage.trop(&directory, ["reserve"]).run().expect(0);
    let _server = Listening::on(stage.ports.first());
    let refused = run().expect(8).stderr;
    let release = format!("release --allow-unrelated-path --path='{directory}' --untagged-only");
    assert!(refused.contains(&format!("give the port back with trop {release}")), "{refused}");
    let path = format!("--path={directory}");
    stage.trop("/", ["release", "--allow-unrelated-path", &path, "--untagged-only"]).run().expect(0);
    assert_eq!(run().expect(0).stdout, format!("{}\n", stage.ports.port(1)));
}
