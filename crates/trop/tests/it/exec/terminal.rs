//! A command at a terminal, which `script` of util-linux makes.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use trop_testkit::need::{self, Need};
use trop_testkit::{Invocation, skip_unless};

use super::{directory_without_group, exec};
use crate::stage::Stage;

/// The `script` of other systems takes other arguments.
fn script() -> Need {
    let version = Command::new("script").arg("--version").stdin(Stdio::null()).output();
    let is_met = need::tool("script").is_met
        && version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux"));
    Need { name: "script of util-linux".to_owned(), is_met }
}

/// The same run at a terminal of its own. What its words are is the shell's business: none of them needs quotes.
fn at_a_terminal(run: &Invocation) -> Command {
    let words = std::iter::once(run.command.get_program()).chain(run.command.get_args());
    let words: Vec<&str> = words.map(|word| word.to_str().unwrap()).collect();
    let mut script = Command::new("script");
    script.env_clear().envs(run.command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    script.current_dir(run.command.get_current_dir().expect("a run has a directory of its own"));
    script.env("SHELL", "/bin/sh").args(["--quiet", "--return", "--command", &words.join(" "), "/dev/null"]);
    script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    script
}

#[test]
fn the_terminal_is_that_of_the_command() {
    skip_unless!(script());
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    for descriptor in ["0", "1", "2"] {
        let run = exec(&stage, &directory, &[], &["test", "-t", descriptor]);
        let output = at_a_terminal(&run).output().unwrap();
        assert_eq!(
            (output.status.code(), output.stdout.as_slice()),
            (Some(0), b"".as_slice()),
            "{descriptor}"
        );
    }
}

#[test]
fn an_interrupt_from_the_keyboard_ends_the_command() {
    skip_unless!(script());
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let run = exec(&stage, &directory, &[], &["cat"]);
    let mut script = at_a_terminal(&run).spawn().unwrap();
    let mut keyboard = script.stdin.take().unwrap();
    let mut screen = BufReader::new(script.stdout.take().unwrap());
    keyboard.write_all(b"a line\n").unwrap();
    let mut line = String::new();
    // The terminal shows what is typed, the command repeats it.
    for _ in 0..2 {
        screen.read_line(&mut line).unwrap();
    }
    assert_eq!(line, "a line\r\na line\r\n");
    keyboard.write_all(b"\x03").unwrap();
    screen.read_to_string(&mut line).unwrap();
    assert_eq!(script.wait().unwrap().code(), Some(128 + 2));
}
