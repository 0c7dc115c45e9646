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
