//! Names that are no labels, each of which spoils its own label alone.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::Command;

use crate::site::{Site, check};

/// The longest name of a directory, in bytes.
const LONGEST_NAME: usize = 255;

#[test]
fn a_directory_name_that_is_no_label_is_left_out() {
    let site = Site::with_shop();
    let copied_to = |name: &OsStr| -> PathBuf {
        let path = site.at("").join(name);
        let copied = Command::new("cp").arg("-R").arg(site.at("shop")).arg(&path).status();
        assert!(copied.is_ok_and(|status| status.success()), "a repository can be copied");
        path
    };

    check(&copied_to(OsStr::new("new\nline")), None, Some("main"));
    check(&copied_to(OsStr::new("\u{1b}[31m")), None, Some("main"));
    check(&copied_to(OsStr::new("   ")), None, Some("main"));
    check(&copied_to(OsStr::new("  trimmed ")), Some("trimmed"), Some("main"));

    let longest = "é".repeat(LONGEST_NAME / 2);
    check(&copied_to(OsStr::new(&longest)), Some(&longest), Some("main"));

    if cfg!(target_os = "linux") {
        check(&copied_to(OsStr::from_bytes(b"caf\xe9")), None, Some("main"));
    }
}

#[test]
fn a_worktree_name_that_is_no_label_is_left_out() {
    let site = Site::with_shop();
    let check = |name: &str, task: Option<&str>| {
        site.git("shop", &["worktree", "add", "--detach", &format!("../{name}")]);
        site.check(name, Some("shop"), task);
    };

    check("new\nline", None);
    check("\u{7f}", None);
    check(" trimmed  ", Some("trimmed"));
}

#[test]
fn a_branch_that_is_no_label_is_left_out() {
    let site = Site::with_shop();
    let check = |branch: &[u8], task: Option<&str>| {
        site.file("shop/.git/HEAD", [b"ref: refs/heads/", branch, b"\n"].concat());
        site.check("shop", Some("shop"), task);
    };

    check(b"fix", Some("fix"));
    check("a".repeat(255).as_bytes(), Some(&"a".repeat(255)));
    check("a".repeat(256).as_bytes(), None);
    check(b"caf\xe9", None);
    check(b"esc\x1b[31m", None);
    check(b"two\nlines", None);
    check(b"", None);
    check(b"   ", None);
}

#[test]
fn a_repository_without_a_name_has_no_project() {
    let site = Site::with_shop();
    site.git("", &["clone", "--bare", "shop", "new\nline.git"]);
    site.git("new\nline.git", &["worktree", "add", "../fix"]);
    site.check("new\nline.git", None, Some("main"));
    site.check("fix", None, Some("fix"));
}
