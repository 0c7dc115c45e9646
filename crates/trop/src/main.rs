//! Hands out local port numbers: every directory its own, always the same, never one that is taken
fn main() {}
