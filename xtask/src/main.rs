//! The project's own tools: test, ci, tidy, bench, snapshots.
fn main() {}
