//! Looking for a file from a directory upwards.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use trop_paths::find_upwards;

use crate::tree::Tree;

const NAMES: [&str; 2] = ["trop.local.yaml", "trop.yaml"];

/// Looks from `start` in a tree that is a checkout, so that nothing above it is found.
#[track_caller]
fn check(tree: &Tree, start: &str, expected: Option<&str>) {
    let found = find_upwards(&tree.at(start), &NAMES, ".git").unwrap();
    assert_eq!(found, expected.map(|expected| tree.at(expected)), "{start}");
}

/// A checkout with some directories in it.
fn checkout() -> Tree {
    let tree = Tree::new().unwrap();
    tree.directory(".git").unwrap();
    tree.directory("a/b/c").unwrap();
    tree
}

#[test]
fn the_nearest_directory_wins() {
    let tree = checkout();
    check(&tree, "a/b/c", None);
    tree.file("trop.yaml").unwrap();
    check(&tree, "a/b/c", Some(""));
    check(&tree, "", Some(""));
    tree.file("a/b/trop.yaml").unwrap();
    check(&tree, "a/b/c", Some("a/b"));
    check(&tree, "a/b", Some("a/b"));
    check(&tree, "a", Some(""));
}

#[test]
fn a_nearer_directory_wins_whichever_name_it_has() {
    let tree = checkout();
    tree.file("trop.local.yaml").unwrap();
    tree.file("a/trop.yaml").unwrap();
    check(&tree, "a/b", Some("a"));
    tree.file("a/b/trop.local.yaml").unwrap();
    check(&tree, "a/b", Some("a/b"));
    tree.file("a/b/trop.yaml").unwrap();
    check(&tree, "a/b", Some("a/b"));
}

#[test]
fn nothing_above_a_boundary_is_found() {
    let tree = checkout();
    tree.file("trop.yaml").unwrap();
    tree.directory("a/.git").unwrap();
    check(&tree, "a/b", None);
    check(&tree, "a", None);
    check(&tree, "", Some(""));
}

#[test]
fn the_directory_of_the_boundary_still_counts() {
    let tree = checkout();
    tree.file("trop.yaml").unwrap();
    tree.directory("a/.git").unwrap();
    tree.file("a/trop.yaml").unwrap();
    check(&tree, "a", Some("a"));
    check(&tree, "a/b/c", Some("a"));
}

#[test]
fn a_boundary_is_one_whatever_it_is() {
    let tree = checkout();
    tree.file("trop.yaml").unwrap();
    tree.file("a/b/.git").unwrap();
    check(&tree, "a/b/c", None);
    check(&tree, "a", Some(""));
    tree.link("a/.git", "nowhere").unwrap();
    check(&tree, "a", None);
}

#[test]
fn what_is_called_so_is_found_whatever_it_is() {
    let tree = checkout();
    tree.file("trop.yaml").unwrap();
    tree.directory("a/b/trop.yaml").unwrap();
    check(&tree, "a/b/c", Some("a/b"));
    tree.link("a/b/c/trop.yaml", "nowhere").unwrap();
    check(&tree, "a/b/c", Some("a/b/c"));
    tree.file("a/trop.yaml.bak").unwrap();
    check(&tree, "a", Some(""));
}

#[test]
fn the_search_begins_at_a_directory_that_need_not_be_there() {
    let tree = checkout();
    tree.file("a/trop.yaml").unwrap();
    check(&tree, "a/missing/deeper", Some("a"));
    check(&tree, "missing", None);
    check(&tree, "a/trop.yaml/below", Some("a"));
}

#[test]
fn the_search_goes_up_as_the_path_is_written() {
    let tree = checkout();
    tree.directory("elsewhere").unwrap();
    tree.file("a/trop.yaml").unwrap();
    tree.file("elsewhere/trop.yaml").unwrap();
    tree.link("elsewhere/link", "../a/b").unwrap();
    check(&tree, "elsewhere/link/c", Some("elsewhere"));
    tree.file("a/b/trop.yaml").unwrap();
    check(&tree, "elsewhere/link/c", Some("elsewhere/link"));
}

#[test]
fn without_names_nothing_is_found() {
    let tree = checkout();
    tree.file("trop.yaml").unwrap();
    assert_eq!(find_upwards(&tree.at("a"), &[], ".git").unwrap(), None);
}
