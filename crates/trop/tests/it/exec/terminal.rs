//! A command at a terminal.

use std::io::{BufRead, BufReader, Read, Write};

use trop_testkit::skip_unless;

use super::{directory_without_group, exec, signals_that_end};
use crate::stage::Stage;
use crate::terminal::{at_a_terminal, script};

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
    skip_unless!(signals_that_end());
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
