//! A run at a terminal of its own, which `script` of util-linux makes.

use std::process::{Command, Stdio};

use trop_testkit::Invocation;
use trop_testkit::need::{self, Need};

/// The `script` of other systems takes other arguments.
pub(crate) fn script() -> Need {
    let version = Command::new("script").arg("--version").stdin(Stdio::null()).output();
    let is_met = need::tool("script").is_met
        && version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux"));
    Need { name: "script of util-linux".to_owned(), is_met }
}

/// The same run at a terminal of its own. What its words are is the shell's business: none of them needs quotes.
pub(crate) fn at_a_terminal(run: &Invocation) -> Command {
    let words = std::iter::once(run.command.get_program()).chain(run.command.get_args());
    let words: Vec<&str> = words.map(|word| word.to_str().unwrap()).collect();
    let mut script = Command::new("script");
    script.env_clear().envs(run.command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    script.current_dir(run.command.get_current_dir().expect("a run has a directory of its own"));
    script.env("SHELL", "/bin/sh").args(["--quiet", "--return", "--command", &words.join(" "), "/dev/null"]);
    script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    script
}
