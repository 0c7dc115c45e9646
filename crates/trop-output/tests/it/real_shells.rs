//! What real shells read of the ports that are printed for them.

use std::process::{Command, Stdio};

use trop_output::{GroupFormat, Shell};
use trop_testkit::{need, skip_unless};

use crate::samples::{Service, shown};

/// Variables of every shape, the longest too, and ports of every length.
fn services() -> Vec<Service> {
    let longest = "L".repeat(255);
    vec![
        Service::new("web", "WEB_PORT", 5000),
        Service::new("api", "api_port", 5001),
        Service::new("1", "__", 1),
        Service::new("2", "_9", 65535),
        Service::new("3", "A", 80),
        Service::new("4", "Mixed_Case9", 443),
        Service::new("5", &longest, 10_000),
    ]
}

/// Runs the script, which finds the text in its first argument and ends with `env`, and compares the variables of the services.
#[track_caller]
fn check(shell: &[&str], format: GroupFormat, script: &str) {
    let services = services();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let output = Command::new(shell[0])
        .args(&shell[1..])
        .args(["-c", script, "shell", &shown(&services, format)])
        .env_clear()
        .env("PATH", path)
        .env("HOME", "/")
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .expect("the shell can be started");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{script}");
    assert!(output.status.success(), "{script}");
    let environment = String::from_utf8_lossy(&output.stdout);
    let found: Vec<&str> = environment.lines().collect();
    for Service { variable, port, .. } in services {
        let expected = format!("{variable}={port}");
        assert!(found.contains(&expected.as_str()), "{script}: no {expected} in {environment}");
    }
}

/// As people write it: quoted; without the quotes, which puts blanks where lines end; in a function.
#[track_caller]
fn check_posix(shell: &[&str], which: Shell) {
    let format = GroupFormat::Export(which);
    check(shell, format, r#"eval "$1"; env"#);
    check(shell, format, r#"eval $(printf %s "$1"); env"#);
    check(shell, format, r#"f() { eval "$1"; }; f "$1"; env"#);
    check(shell, format, r#"set -eu; eval "$1"; env"#);
    check(shell, GroupFormat::Dotenv, r#"set -a; eval "$1"; env"#);
}

#[test]
fn bash_reads_every_port() {
    skip_unless!(need::tool("bash"));
    check_posix(&["bash"], Shell::Bash);
    check_posix(&["bash", "--posix"], Shell::Sh);
}

#[test]
fn zsh_reads_every_port() {
    skip_unless!(need::tool("zsh"));
    check_posix(&["zsh", "-f"], Shell::Zsh);
    check_posix(&["zsh", "--emulate", "sh", "-f"], Shell::Sh);
}

#[test]
fn dash_reads_every_port() {
    skip_unless!(need::tool("dash"));
    check_posix(&["dash"], Shell::Sh);
}

#[test]
fn fish_reads_every_port() {
    skip_unless!(need::tool("fish"));
    let fish = ["fish", "--no-config"];
    let format = GroupFormat::Export(Shell::Fish);
    check(&fish, format, "printf %s $argv[2] | source; env");
    check(&fish, format, "eval (printf %s $argv[2]); env");
    check(&fish, format, "eval $argv[2]; env");
    check(&fish, format, "function f; printf %s $argv[2] | source; end; f $argv; env");
    check(&fish, format, "function f; eval (printf %s $argv[2]); end; f $argv; env");
}
