//! Broken repositories: no failure, no waiting, and as much as can be known.

use std::os::unix::fs::symlink;

use crate::site::Site;

/// Far more than anybody reads.
const A_MILLION: usize = 1 << 20;

#[test]
fn a_broken_head_is_no_task() {
    let site = Site::with_shop();
    let check = |head: &str, task: Option<&str>| {
        site.file("shop/.git/HEAD", head);
        site.check("shop", Some("shop"), task);
    };

    check("ref: refs/heads/main", Some("main"));
    check("ref:refs/heads/main\n", Some("main"));
    check("ref:  refs/heads/main \r\n", Some("main"));

    check("", None);
    check("\n", None);
    check("garbage\n", None);
    check("refs/heads/main\n", None);
    check("ref: \n", None);
    check("ref: refs/heads\n", None);
    check("ref: refs/heads/\n", None);
    check("ref: refs/tags/v1\n", None);
    check("ref: refs/remotes/origin/main\n", None);
    check("ref: refs/heads/.invalid\n", None);
    check("ref: refs/headsmain\n", None);
}

#[test]
fn of_a_long_head_only_the_beginning_is_read() {
    let site = Site::with_shop();
    site.file("shop/.git/HEAD", format!("ref: refs/heads/{}", "a".repeat(A_MILLION)));
    site.check("shop", Some("shop"), None);
    site.file("shop/.git/HEAD", "\0".repeat(A_MILLION));
    site.check("shop", Some("shop"), None);

    // Git would read it all, and then refuse it.
    site.file("shop/.git/HEAD", format!("ref: refs/heads/main\n{}garbage", " ".repeat(A_MILLION)));
    site.check("shop", Some("shop"), Some("main"));
}

#[test]
fn a_head_that_is_no_file_is_no_task() {
    let site = Site::with_shop();
    site.remove("shop/.git/HEAD");
    site.directory("shop/.git/HEAD");
    site.check("shop", Some("shop"), None);

    site.fifo("shop/.git/HEAD");
    site.check("shop", Some("shop"), None);
    site.check("shop/.git", Some("shop"), None);

    site.remove("shop/.git/HEAD");
    symlink("HEAD", site.at("shop/.git/HEAD")).unwrap();
    site.check("shop", Some("shop"), None);
}

#[test]
fn a_git_directory_that_is_none_is_passed_by() {
    let site = Site::with_shop();
    site.directory("shop/empty/.git");
    site.check("shop/empty", Some("shop"), Some("main"));

    site.directory("shop/headless/.git/objects");
    site.directory("shop/headless/.git/refs");
    site.check("shop/headless", Some("shop"), Some("main"));

    site.file("shop/half/.git/HEAD", "ref: refs/heads/other\n");
    site.directory("shop/half/.git/objects");
    site.check("shop/half", Some("shop"), Some("main"));

    site.file("shop/only-a-head/.git/HEAD", "ref: refs/heads/other\n");
    site.check("shop/only-a-head", Some("shop"), Some("main"));

    site.directory("shop/fifo");
    site.fifo("shop/fifo/.git");
    site.check("shop/fifo", Some("shop"), Some("main"));

    site.directory("empty/.git");
    site.check("empty", None, None);
}

#[test]
fn a_git_file_that_says_nothing_ends_the_search() {
    let site = Site::with_shop();
    let check = |content: &[u8]| {
        site.file("shop/inner/.git", content);
        site.check("shop/inner", None, None);
    };

    check(b"");
    check(b"garbage\n");
    check(b"gitdir:\n");
    check(b"gitdir: \n");
    check("gitdir: ".repeat(A_MILLION).as_bytes());
}

#[test]
fn a_git_file_that_points_nowhere_still_tells_where() {
    let site = Site::new();
    let check = |target: &str, project: Option<&str>, task: Option<&str>| {
        site.file("checkout/.git", format!("gitdir: {target}\n"));
        site.check("checkout", project, task);
    };

    // As when only the worktree is mounted into a container.
    check("/nowhere/shop/.git/worktrees/fix", Some("shop"), Some("checkout"));
    check("../shop/.git/worktrees/fix", Some("shop"), Some("checkout"));
    check("/nowhere/shop.git/worktrees/fix", Some("shop"), Some("checkout"));
    check("/nowhere/shop/.bare/worktrees/fix", Some("shop"), Some("checkout"));
    check("x/../../shop/.bare/worktrees/fix", Some("shop"), Some("checkout"));
    check("../.bare/worktrees/fix", site.at("").file_name().unwrap().to_str(), Some("checkout"));

    // A main checkout, or a submodule.
    check("/nowhere/store.git", Some("checkout"), None);
    check("../../.git/modules/library", Some("checkout"), None);

    check("/", Some("checkout"), None);
    check("/worktrees/fix", None, Some("checkout"));
    check("../../../../../../../../../../worktrees/fix", None, Some("checkout"));
    check("/.git/worktrees/fix", None, Some("checkout"));
    check(&"../".repeat(500), Some("checkout"), None);
}

#[test]
fn a_common_directory_that_is_not_named_is_known_by_its_path() {
    let site = Site::with_worktree();
    const COMMONDIR: &str = "shop/.git/worktrees/shop-fix/commondir";
    let check = || site.check("shop-fix", Some("shop"), Some("shop-fix"));

    check();
    for content in ["", "garbage\n", "/\n", "/nowhere/other/.git\n", "nul\0\n", "..\n"] {
        site.file(COMMONDIR, content);
        check();
    }
    site.file(COMMONDIR, "../".repeat(A_MILLION));
    check();
    site.fifo(COMMONDIR);
    check();
    site.remove(COMMONDIR);
    check();
    site.directory(COMMONDIR);
    check();
    site.remove("shop/.git/worktrees");
    check();
    site.remove("shop");
    check();
}

#[test]
fn a_worktree_whose_place_is_unknown_is_no_task() {
    let site = Site::with_worktree();
    const GITDIR: &str = "shop/.git/worktrees/shop-fix/gitdir";
    let check = |task: Option<&str>| site.check("shop/.git/worktrees/shop-fix", Some("shop"), task);

    check(Some("shop-fix"));
    site.file(GITDIR, "");
    check(None);
    site.file(GITDIR, "/\n");
    check(None);
    site.fifo(GITDIR);
    check(None);
    site.remove(GITDIR);
    check(None);
}

#[test]
fn a_worktree_is_known_without_its_head() {
    let site = Site::with_worktree();
    site.fifo("shop/.git/worktrees/shop-fix/HEAD");
    site.check("shop-fix", Some("shop"), Some("shop-fix"));
    site.fifo("shop/.git/HEAD");
    site.check("shop-fix", Some("shop"), Some("shop-fix"));
}
