//! A run as part of another command: of strace, of a shell that takes something away first, of a name space of its own.

use std::process::{Command, Stdio};

use trop_testkit::{Invocation, need};

/// The same run with this command in front of it, in the same directory and environment.
pub(crate) fn inside(mut outer: Command, run: Invocation) -> Invocation {
    let inner = run.command;
    outer.env_clear().envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    outer.current_dir(inner.get_current_dir().expect("a run has a directory of its own"));
    outer.arg(inner.get_program()).args(inner.get_args());
    outer.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Invocation { command: outer }
}

/// The same run in a shell that does this first.
pub(crate) fn after(script: &str, run: Invocation) -> Invocation {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &format!("{script} && exec \"$0\" \"$@\"")]);
    inside(shell, run)
}

/// The same with mounts of its own.
pub(crate) fn after_mounting(script: &str, run: Invocation) -> Invocation {
    in_name_space("--mount", after(script, run))
}

/// The same with a network of its own.
pub(crate) fn after_changing_network(script: &str, run: Invocation) -> Invocation {
    in_name_space("--net", after(script, run))
}

/// Root stays who it is: as the root of a name space of users it could not see whose processes there are.
fn in_name_space(kind: &str, run: Invocation) -> Invocation {
    let mut unshare = Command::new("unshare");
    unshare.arg(kind).args((!need::root().is_met).then_some("--map-root-user"));
    inside(unshare, run)
}

/// The same run, ended after a minute, which is as good as for ever, with a code that trop does not have. It needs `timeout`.
pub(crate) fn not_for_ever(run: Invocation) -> Invocation {
    let mut timeout = Command::new("timeout");
    timeout.arg("60");
    inside(timeout, run)
}
