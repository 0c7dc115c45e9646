//! What must not matter: the environment, the current directory, and who owns the repository.

use std::ffi::OsStr;
use std::os::unix::fs::lchown;
use std::path::{Path, PathBuf};
use std::process::Command;

use trop_testkit::{need, skip_unless};

use crate::site::Site;

/// Not root, whoever it is.
const SOMEBODY: u32 = 65_534;

/// The tests of all layouts once more, in a process of their own.
fn all_layouts() -> Command {
    let mut command = Command::new(this_program());
    command.arg("layouts::");
    command
}

fn this_program() -> PathBuf {
    std::env::current_exe().expect("a test is a program")
}

#[track_caller]
fn check_pass(mut layouts: Command) {
    let ran = layouts.output().expect("a test can be started");
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && !told.contains("running 0 tests"), "{told}");
}

#[test]
fn the_environment_does_not_matter() {
    let other = Site::with_worktree();
    let check = |name: &str, value: &OsStr| {
        let mut layouts = all_layouts();
        layouts.env(name, value);
        check_pass(layouts);
    };

    let ceilings = std::env::join_paths([Path::new("/"), &std::env::temp_dir()]).unwrap();
    check("GIT_CEILING_DIRECTORIES", &ceilings);
    check("GIT_DIR", other.at("shop/.git").as_os_str());
    check("GIT_COMMON_DIR", other.at("shop/.git").as_os_str());
    check("GIT_WORK_TREE", other.at("shop-fix").as_os_str());
    check("HOME", OsStr::new("/nowhere"));
}

#[test]
fn the_current_directory_does_not_matter() {
    let other = Site::with_worktree();
    let mut inside = all_layouts();
    inside.current_dir(other.at("shop-fix"));
    check_pass(inside);

    other.directory("removed");
    let mut removed = Command::new("sh");
    removed.args(["-c", "rmdir ../removed && exec \"$0\" layouts::"]).arg(this_program());
    removed.current_dir(other.at("removed"));
    check_pass(removed);
}

#[test]
fn the_owner_does_not_matter() {
    skip_unless!(need::root());
    let site = Site::with_worktree();
    for path in
        ["shop", "shop/.git", "shop/.git/HEAD", "shop/.git/worktrees/shop-fix", "shop-fix", "shop-fix/.git"]
    {
        lchown(site.at(path), Some(SOMEBODY), Some(SOMEBODY)).unwrap();
    }
    site.check("shop", Some("shop"), Some("main"));
    site.check("shop-fix", Some("shop"), Some("shop-fix"));
}
