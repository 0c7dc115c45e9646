//! What real shells make of the ports of a group.

mod eval;
mod hostile;
mod parent;

use std::env;
use std::process::{Command, Stdio};

use camino::Utf8Path;

use trop_testkit::Invocation;

use crate::groups::Project;

/// Each shell as it is started with nobody's settings, and how it is asked for. All of them are real programs.
const BASH: &[&str] = &["bash", "--norc", "--noprofile"];
const BASH_AS_SH: &[&str] = &["bash", "--posix"];
const DASH: &[&str] = &["dash"];
const SH: &[&str] = &["sh"];
const ZSH: &[&str] = &["zsh", "-f"];
const FISH: &[&str] = &["fish", "--no-config"];

/// A program that finds trop by its name, in the directory of the project.
fn started(project: &Project, words: &[&str]) -> Invocation {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env_clear().current_dir(&project.directory);
    command.env("HOME", project.stage.sandbox.home()).env("PATH", path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Invocation { command }
}

/// A shell that runs this script.
fn script(project: &Project, shell: &[&str], script: &str) -> Invocation {
    started(project, &[shell, &["-c", script]].concat())
}

/// Where the programs of this machine are, and before them trop.
fn path() -> String {
    let trop = Utf8Path::new(env!("CARGO_BIN_EXE_trop")).parent().unwrap();
    format!("{trop}:{}", env::var("PATH").unwrap())
}

/// Runs it, all well and nothing to say, and compares what it prints.
#[track_caller]
fn check(project: &Project, run: Invocation, expected: &str) {
    let shown = format!("{:?}", run.command);
    let ran = run.run().expect(0);
    assert_eq!((project.shown(&ran.stdout).as_str(), ran.stderr.as_str()), (expected, ""), "{shown}");
}
