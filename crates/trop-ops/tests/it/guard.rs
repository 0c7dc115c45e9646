//! The path guard.

use trop_ops::{Target, require_related};

use crate::samples::path;

#[track_caller]
fn check(typed: &str, canonical: &str, expected: bool) {
    let target = Target::typed(path(typed), path(canonical));
    assert_eq!(require_related(&target, &path("/srv/a/b")).is_ok(), expected);
}

#[test]
fn only_ancestors_and_descendants_pass() {
    check("/srv/a/b", "/srv/a/b", true);
    check("/srv/a/b/c", "/srv/a/b/c", true);
    check("/srv/a", "/srv/a", true);
    check("/", "/", true);
    check("/srv/a/bc", "/srv/a/bc", false);
    check("/srv/c", "/srv/c", false);
}

#[test]
fn either_form_will_do() {
    check("/home/link", "/srv/a/b/c", true);
    check("/srv/a/b/link", "/home/c", true);
}
