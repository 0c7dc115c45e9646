//! What keeps a directory from being made.

use std::fs::{create_dir, write};
use std::os::unix::fs::symlink;

use tempfile::tempdir;
use trop_files::{Obstacle, find_obstacle};

#[test]
fn the_nearest_thing_that_is_no_directory_is_in_the_way() {
    let scratch = tempdir().unwrap();
    let at = |name: &str| scratch.path().join(name);
    create_dir(at("directory")).unwrap();
    write(at("file"), "").unwrap();
    symlink("directory", at("link")).unwrap();
    symlink("missing", at("astray")).unwrap();
    symlink("file", at("to-file")).unwrap();
    for free in ["directory", "missing", "missing/below", "link", "link/below/it"] {
        assert_eq!(find_obstacle(&at(free)), None, "{free}");
    }
    for (name, obstacle) in [
        ("file", Obstacle::NoDirectory(at("file"))),
        ("to-file", Obstacle::NoDirectory(at("to-file"))),
        ("astray", Obstacle::LinkToNowhere(at("astray"))),
    ] {
        assert_eq!(find_obstacle(&at(name)).as_ref(), Some(&obstacle));
        assert_eq!(find_obstacle(&at(name).join("below/it")), Some(obstacle));
    }
}
