//! The inputs of `fuzz/corpus`.

use trop_testkit::replay;

use crate::laws;

#[test]
fn texts_of_configurations() {
    replay("configuration", laws::configuration);
}

#[test]
fn edits_of_exclusions() {
    replay("exclusions", laws::exclusions);
}
