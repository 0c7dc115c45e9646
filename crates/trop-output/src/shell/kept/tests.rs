//! Every variable of the tables, tried in the real shell.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use trop_testkit::{as_ordinary_user, need, skip_unless};

use super::{BASH, FISH, SH, ZSH};

/// What only a shell at a terminal replaces.
const AT_A_TERMINAL: [&str; 3] = ["CMD_DURATION", "COLUMNS", "LINES"];

/// Numbers that stay for a while, or might by chance be the port. That no word can be put there shows as well whose they are.
const NUMBERS: [&str; 5] = ["BASHPID", "BASH_SUBSHELL", "OPTIND", "RANDOM", "SECONDS"];

/// What the shell says and what a program finds when `text` was exported there and the shell went on. Without the rights
/// of root, with which zsh would become another user.
fn read_back(shell: &[&str], export: &str, variable: &str, text: &str) -> String {
    let assignment = export.replace("NAME", variable).replace("TEXT", text);
    let script = format!(
        "{assignment}; cd /tmp; cd /; true | true; printf '%s ' \"${variable}\"; printenv {variable}"
    );
    let mut command = in_empty_environment(shell[0], Path::new("/"));
    command.args(&shell[1..]).args(["-c", &script]).stdin(Stdio::null());
    as_ordinary_user(&mut command);
    let output = command.output().expect("the shell can be started");
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// The program at home in that directory, and with nothing in its environment that a shell would read.
fn in_empty_environment(program: &str, home: &Path) -> Command {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut command = Command::new(program);
    command.env_clear().env("PATH", path).env("HOME", home).env("TERM", "dumb").current_dir(home);
    command
}

#[track_caller]
fn check_kept(shell: &[&str], export: &str, variables: &[&str]) {
    assert_eq!(read_back(shell, export, "WEB_PORT", "5000"), "5000 5000");
    assert_eq!(read_back(shell, export, "WEB_PORT", "word"), "word word");
    for variable in variables.iter().filter(|variable| !AT_A_TERMINAL.contains(variable)) {
        let text = if NUMBERS.contains(variable) { "word" } else { "5000" };
        let read = read_back(shell, export, variable, text);
        assert_ne!(read, format!("{text} {text}"), "{variable}");
    }
}

#[test]
fn bash_keeps_its_variables() {
    skip_unless!(need::tool("bash"));
    check_kept(&["bash"], "export NAME=TEXT", BASH);
}

#[test]
fn bash_keeps_them_when_it_is_sh() {
    skip_unless!(need::tool("bash"));
    check_kept(&["bash", "--posix"], "export NAME=TEXT", SH);
}

#[test]
fn dash_keeps_some_of_them() {
    skip_unless!(need::tool("dash"));
    check_kept(&["dash"], "export NAME=TEXT", &["OLDPWD", "OPTIND", "PWD"]);
}

#[test]
fn zsh_keeps_its_variables() {
    skip_unless!(need::tool("zsh"));
    check_kept(&["zsh", "-f"], "zmodload zsh/datetime; export NAME=TEXT", ZSH);
}

#[test]
fn fish_keeps_its_variables() {
    skip_unless!(need::tool("fish"));
    check_kept(&["fish", "--no-config"], "set -gx NAME TEXT", FISH);
}

/// What a program finds there, a moment after a port was exported, when the shell is at a terminal that is 80 characters wide.
fn read_back_at_a_terminal(shell: &str, export: &str, variable: &str) -> String {
    let home = tempfile::tempdir().expect("a temporary directory can be made");
    let assignment = export.replace("NAME", variable);
    let typed = format!("{assignment}\n/bin/true\nprintenv {variable} > read-back\nexit\n");
    let mut terminal = in_empty_environment("script", home.path())
        .args(["--quiet", "--command", &format!("stty rows 24 cols 80; exec {shell}"), "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a terminal can be started");
    let mut keyboard = terminal.stdin.take().expect("it is piped");
    keyboard.write_all(typed.as_bytes()).expect("it can be typed");
    drop(keyboard);
    terminal.wait().expect("the shell ends by itself");
    let read = fs::read_to_string(home.path().join("read-back")).expect("the shell has come so far");
    read.trim_end().to_owned()
}

#[track_caller]
fn check_kept_at_a_terminal(shell: &str, export: &str, variables: &[&str]) {
    assert_eq!(read_back_at_a_terminal(shell, export, "WEB_PORT"), "5000");
    for variable in variables.iter().filter(|variable| AT_A_TERMINAL.contains(variable)) {
        assert_ne!(read_back_at_a_terminal(shell, export, variable), "5000", "{variable}");
    }
}

#[test]
fn bash_keeps_the_size_of_its_terminal() {
    skip_unless!(need::tool("bash"));
    skip_unless!(need::tool("script"));
    check_kept_at_a_terminal("bash --norc -i", "export NAME=5000", BASH);
}

#[test]
fn zsh_keeps_the_size_of_its_terminal_once_that_changes() {
    skip_unless!(need::tool("zsh"));
    skip_unless!(need::tool("script"));
    check_kept_at_a_terminal("zsh -f -i", "export NAME=5000; kill -WINCH $$", ZSH);
}

#[test]
fn fish_keeps_the_size_of_its_terminal_and_a_time() {
    skip_unless!(need::tool("fish"));
    skip_unless!(need::tool("script"));
    check_kept_at_a_terminal("fish --no-config -i", "set -gx NAME 5000", FISH);
}
