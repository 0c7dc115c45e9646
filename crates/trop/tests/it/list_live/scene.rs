//! What a live list says of one directory.

use camino::Utf8Path;
use serde_json::Value;

use crate::stage::Stage;

/// Every row of a live list.
#[track_caller]
pub(crate) fn live(stage: &Stage, at: impl AsRef<Utf8Path>) -> Vec<Value> {
    let listed = stage.trop(at, ["list", "--live", "--format=json"]).run().expect(0);
    assert_eq!(listed.stderr, "");
    serde_json::from_str(&listed.stdout).unwrap()
}

/// The row of that directory.
#[track_caller]
pub(crate) fn live_row(stage: &Stage, directory: &Utf8Path) -> Value {
    let rows = live(stage, stage.sandbox.root());
    let row = rows.into_iter().find(|row| row["path"] == directory.as_str());
    row.expect("it is reserved")
}

/// Where there is no /proc.
pub(crate) mod without_proc {
    use std::process::{Command, Stdio};

    use trop_testkit::need::Need;
    use trop_testkit::{Invocation, Ran};

    use crate::inside::inside;

    const HIDE: &str = "mount -t tmpfs tmpfs /proc && exec \"$0\" \"$@\"";

    /// The right to hide it from a process.
    pub(crate) fn need() -> Need {
        let output = hidden().arg("true").stdin(Stdio::null()).output();
        let is_met = output.is_ok_and(|output| output.status.success());
        Need { name: "the right to hide /proc from a process".to_owned(), is_met }
    }

    /// The same run, for which there is none.
    #[track_caller]
    pub(crate) fn run(run: Invocation) -> Ran {
        inside(hidden(), run).run()
    }

    fn hidden() -> Command {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", HIDE]);
        command
    }
}
