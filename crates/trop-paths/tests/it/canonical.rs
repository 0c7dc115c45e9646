//! Where a path really leads, there or not.

use trop_paths::canonical_form;

use crate::tree::{Tree, path};

#[test]
fn what_exists_is_made_canonical_and_the_rest_is_kept() {
    let tree = Tree::new().unwrap();
    tree.directory("real/deeper").unwrap();
    tree.link("link", "real").unwrap();
    tree.link("second", "link").unwrap();
    tree.link("dangling", "missing").unwrap();
    tree.link("loop", "loop").unwrap();
    tree.file("real/file").unwrap();
    let check = |below: &str, expected: &str| {
        assert_eq!(canonical_form(&tree.at(below)), tree.at(expected), "{below}");
    };

    check("real", "real");
    check("link", "real");
    check("link/deeper", "real/deeper");
    check("second/file", "real/file");

    check("link/missing", "real/missing");
    check("link/missing/too", "real/missing/too");
    check("link/deeper/missing/too", "real/deeper/missing/too");
    check("second/file/below", "real/file/below");
    check("missing/link", "missing/link");

    check("dangling", "dangling");
    check("dangling/missing", "dangling/missing");
    check("loop/missing", "loop/missing");
}

#[test]
fn where_nothing_exists_but_the_root_the_path_stays() {
    #[track_caller]
    fn check(text: &str) {
        assert_eq!(canonical_form(&path(text)), path(text));
    }

    check("/");
    check("/no-such-directory");
    check("/no-such-directory/nor/this");
}
