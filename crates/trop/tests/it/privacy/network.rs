//! trop talks to nobody: it binds, and closes.

use std::fs;

use trop_testkit::{need, skip_unless};

use crate::commands::{OWN_CODES, commands};
use crate::groups::Project;
use crate::strace::under_strace;

/// Addresses that a probe binds.
const OWN: [&str; 4] = [
    "inet_addr(\"127.0.0.1\")",
    "inet_pton(AF_INET6, \"::1\",",
    "inet_addr(\"0.0.0.0\")",
    "inet_pton(AF_INET6, \"::\",",
];

/// Whether a call that strace saw is one that leaves this machine alone.
fn is_quiet(line: &str) -> bool {
    // `1234  bind(3, ...) = 0`: with -f the process comes first.
    let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
    let is = |name: &str| call.strip_prefix(name).is_some_and(|rest| rest.starts_with('('));
    let is_about_options = is("setsockopt") || is("getsockopt") || is("getsockname");
    let is_of_ip = is("socket") && (call.contains("(AF_INET,") || call.contains("(AF_INET6,"));
    let is_own = is("bind") && OWN.iter().any(|address| call.contains(address));
    is_about_options || is_of_ip || is_own || call.starts_with("+++") || call.starts_with("---")
}

/// The command and the whole machine's answers, in the ways that ask the most.
#[test]
fn no_command_connects_listens_or_sends() {
    skip_unless!(need::tool("strace"));
    let mut binds = 0;
    for command in commands() {
        let mut ways = vec![vec![]];
        ways.extend(
            command.switches().filter(|switch| !switch.starts_with("--skip")).map(|switch| vec![switch]),
        );
        for way in ways {
            let project = Project::new("web: {}, api: {offset: 1}");
            let log = project.stage.sandbox.root().join("log");
            let (operands, _) = command.operands(project.stage.ports.port(90));
            let words = command
                .words
                .iter()
                .map(String::as_str)
                .chain(way)
                .chain(operands.iter().map(String::as_str));
            let words: Vec<&str> = words.collect();
            let ran = under_strace(project.trop(&words), &log, &["--trace=%network".to_owned()]).run();
            let _ = ran.expect_one_of(&OWN_CODES);
            let log = fs::read_to_string(log).unwrap();
            for line in log.lines() {
                assert!(is_quiet(line), "{words:?}: {line}");
            }
            binds += log.lines().filter(|line| line.contains(" bind(")).count();
        }
    }
    assert!(100 < binds, "probes are seen: {binds}");
}
