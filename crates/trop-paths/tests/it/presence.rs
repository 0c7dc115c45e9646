//! There, gone, or out of reach.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use trop_paths::{AbsPath, Presence, presence};

use crate::tree::{Tree, path};

#[track_caller]
fn check_present(path: &AbsPath) {
    assert!(matches!(presence(path), Presence::Present), "{:?}", presence(path));
}

#[track_caller]
fn check_gone(path: &AbsPath) {
    assert!(matches!(presence(path), Presence::Gone), "{:?}", presence(path));
}

#[track_caller]
fn check_perhaps_unmounted(path: &AbsPath) {
    assert!(matches!(presence(path), Presence::PerhapsUnmounted(_)), "{:?}", presence(path));
}

#[track_caller]
fn check_unknown(path: &AbsPath) {
    assert!(matches!(presence(path), Presence::Unknown(_)), "{:?}", presence(path));
}

#[test]
fn a_directory_that_is_there_is_present() {
    let tree = Tree::new().unwrap();
    tree.directory("real/deeper").unwrap();
    tree.link("link", "real").unwrap();
    check_present(&path("/"));
    check_present(&tree.at(""));
    check_present(&tree.at("real/deeper"));
    check_present(&tree.at("link"));
    check_present(&tree.at("link/deeper"));
}

#[test]
fn a_directory_missing_from_an_ordinary_one_is_gone() {
    let tree = Tree::new().unwrap();
    tree.directory("removed").unwrap();
    std::fs::remove_dir(tree.std_path("removed")).unwrap();
    check_gone(&tree.at("removed"));
    check_gone(&tree.at("removed/deeper/still"));
}

#[test]
fn a_directory_with_a_file_in_its_place_is_gone() {
    let tree = Tree::new().unwrap();
    tree.file("file").unwrap();
    tree.link("link", "file").unwrap();
    check_gone(&tree.at("file"));
    check_gone(&tree.at("file/below"));
    check_gone(&tree.at("link"));
    check_gone(&tree.at("link/below"));
}

#[test]
fn a_link_into_an_ordinary_directory_that_leads_nowhere_is_gone() {
    let tree = Tree::new().unwrap();
    tree.link("relative", "missing").unwrap();
    tree.link("absolute", tree.at("missing/deeper").as_str()).unwrap();
    tree.link("second", "relative").unwrap();
    check_gone(&tree.at("relative"));
    check_gone(&tree.at("relative/below"));
    check_gone(&tree.at("absolute"));
    check_gone(&tree.at("second/below"));
}

#[test]
fn a_directory_of_which_nothing_is_left_is_perhaps_unmounted() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert!(
            matches!(presence(&path(text)), Presence::PerhapsUnmounted(nearest) if nearest.as_str() == expected)
        );
    }

    check("/no-such-disk", "/");
    check("/no-such-disk/with/directories", "/");
}

#[test]
fn a_directory_on_a_disk_that_is_not_there_is_perhaps_unmounted() {
    check_perhaps_unmounted(&path("/mnt/no-such-disk"));
    check_perhaps_unmounted(&path("/mnt/no-such-disk/project"));
    check_perhaps_unmounted(&path("/media/no-such-disk/project"));
    check_perhaps_unmounted(&path("/Volumes/no-such-disk/project"));
    check_perhaps_unmounted(&path("/home/no-such-user/project"));
    check_perhaps_unmounted(&path("/Users/no-such-user/project"));
}

#[test]
fn a_link_to_a_disk_that_is_not_there_is_perhaps_unmounted() {
    let tree = Tree::new().unwrap();
    tree.link("to-root", "/no-such-disk/project").unwrap();
    tree.link("to-mnt", "/mnt/no-such-disk/project").unwrap();
    tree.link("second", "to-mnt").unwrap();
    check_perhaps_unmounted(&tree.at("to-root"));
    check_perhaps_unmounted(&tree.at("to-mnt"));
    check_perhaps_unmounted(&tree.at("to-mnt/below"));
    check_perhaps_unmounted(&tree.at("second/below"));
}

#[test]
fn a_mount_point_is_one_by_whatever_route_it_is_reached() {
    let tree = Tree::new().unwrap();
    tree.link("root", "/").unwrap();
    check_perhaps_unmounted(&tree.at("root/no-such-disk"));
    check_perhaps_unmounted(&tree.at("root/no-such-disk/below"));
}

#[test]
fn a_link_leads_on_from_where_it_really_lies() {
    let tree = Tree::new().unwrap();
    tree.directory("real/deep").unwrap();
    tree.directory("other").unwrap();
    tree.link("other/way", "../real/deep").unwrap();
    tree.link("real/disk", "/no-such-disk").unwrap();
    tree.link("real/deep/up", "../disk").unwrap();
    check_perhaps_unmounted(&tree.at("real/deep/up"));
    check_perhaps_unmounted(&tree.at("other/way/up"));
    check_perhaps_unmounted(&tree.at("other/way/up/below"));
}

#[test]
fn a_link_that_leads_to_itself_is_unknown() {
    let tree = Tree::new().unwrap();
    tree.link("loop", "loop").unwrap();
    tree.link("ping", "pong").unwrap();
    tree.link("pong", "ping").unwrap();
    check_unknown(&tree.at("loop"));
    check_unknown(&tree.at("loop/below"));
    check_unknown(&tree.at("ping"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_link_to_a_name_that_is_not_unicode_is_unknown() {
    let tree = Tree::new().unwrap();
    let target = OsStr::from_bytes(b"/no-such-disk/caf\xe9");
    std::os::unix::fs::symlink(target, tree.std_path("link")).unwrap();
    check_unknown(&tree.at("link"));
    check_unknown(&tree.at("link/below"));
}

/// The one reason not to be looked at that holds for root, too. A directory that may not be entered is left to the tests of the
/// program, which can run it as somebody else.
#[test]
fn a_path_that_the_system_does_not_take_is_unknown() {
    let tree = Tree::new().unwrap();
    let too_long = "a".repeat(300);
    tree.link("link", &too_long).unwrap();
    check_unknown(&tree.at(&too_long));
    check_unknown(&tree.at(&too_long).join("below".into()));
    check_unknown(&tree.at("link"));
}
