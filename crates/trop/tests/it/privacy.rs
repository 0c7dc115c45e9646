//! What belongs to its user alone stays so: files, the environment, the network.

mod environment;
mod modes;
mod network;
mod pipes;
mod planted;

use std::process::{Command, Stdio};

use trop_testkit::Invocation;

/// The same run with a shell in front that does this first.
fn behind(first: &str, run: Invocation) -> Invocation {
    let inner = run.command;
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{first} && exec \"$0\" \"$@\"")])
        .arg(inner.get_program())
        .args(inner.get_args());
    command.env_clear().envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(inner.get_current_dir().expect("a run has a directory of its own"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Invocation { command }
}
