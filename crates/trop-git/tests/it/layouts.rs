//! Every way of laying out a repository that git offers.

use std::os::unix::fs::symlink;
use std::path::Path;

use crate::site::{Site, check};

#[test]
fn a_main_checkout_is_called_like_its_directory() {
    let site = Site::with_shop();
    site.file("shop/deep/er/file", "");
    site.check("shop", Some("shop"), Some("main"));
    site.check("shop/deep", Some("shop"), Some("main"));
    site.check("shop/deep/er", Some("shop"), Some("main"));
    site.check("shop/deep/er/file", Some("shop"), Some("main"));
}

#[test]
fn the_task_of_a_main_checkout_is_its_branch() {
    let site = Site::with_shop();
    let check = |branch: &str| {
        site.git("shop", &["checkout", "-b", branch]);
        site.check("shop", Some("shop"), Some(branch));
    };

    check("fix");
    check("feature/cart");
    check("a/b/c/d");
    check("Grüße/日本");
    check("refs/heads/twice");
}

#[test]
fn a_branch_without_commits_counts() {
    let site = Site::new();
    site.directory("shop");
    site.git("shop", &["init"]);
    site.check("shop", Some("shop"), Some("main"));
}

#[test]
fn a_detached_head_is_no_task() {
    let site = Site::with_shop();
    site.git("shop", &["checkout", "--detach"]);
    site.check("shop", Some("shop"), None);
}

#[test]
fn a_linked_worktree_belongs_to_the_main_repository() {
    let site = Site::with_worktree();
    site.directory("shop-fix/deep");
    site.check("shop-fix", Some("shop"), Some("shop-fix"));
    site.check("shop-fix/deep", Some("shop"), Some("shop-fix"));

    site.git("shop-fix", &["checkout", "--detach"]);
    site.check("shop-fix", Some("shop"), Some("shop-fix"));

    site.git("shop", &["worktree", "move", "../shop-fix", "../renamed"]);
    site.check("renamed", Some("shop"), Some("renamed"));
    site.check("shop", Some("shop"), Some("main"));
}

#[test]
fn a_linked_worktree_may_be_linked_by_relative_paths() {
    let site = Site::with_worktree();
    site.file("shop-fix/.git", "gitdir: ../shop/.git/worktrees/shop-fix\n");
    site.check("shop-fix", Some("shop"), Some("shop-fix"));
}

#[test]
fn a_worktree_inside_of_its_own_repository_is_the_worktree() {
    let site = Site::with_shop();
    site.git("shop", &["worktree", "add", ".worktrees/fix"]);
    site.directory("shop/.worktrees/fix/deep");
    site.check("shop/.worktrees/fix", Some("shop"), Some("fix"));
    site.check("shop/.worktrees/fix/deep", Some("shop"), Some("fix"));
    site.check("shop/.worktrees", Some("shop"), Some("main"));
}

#[test]
fn a_bare_repository_loses_its_suffix() {
    let site = Site::with_shop();
    site.git("", &["clone", "--bare", "shop", "store.git"]);
    site.git("", &["clone", "--bare", "shop", "plain"]);
    site.check("store.git", Some("store"), Some("main"));
    site.check("store.git/refs/heads", Some("store"), Some("main"));
    site.check("plain", Some("plain"), Some("main"));

    site.git("store.git", &["worktree", "add", "../fix"]);
    site.check("fix", Some("store"), Some("fix"));
    site.git("plain", &["worktree", "add", "trees/fix"]);
    site.check("plain/trees/fix", Some("plain"), Some("fix"));
    site.check("plain/trees", Some("plain"), Some("main"));
}

#[test]
fn a_hidden_bare_repository_is_called_like_the_directory_around_it() {
    let site = Site::with_shop();
    let check = |hidden: &str| {
        let around = format!("around{hidden}");
        site.directory(&around);
        site.git(&around, &["clone", "--bare", "../shop", hidden]);
        site.git(&format!("{around}/{hidden}"), &["worktree", "add", "../fix"]);
        site.check(&format!("{around}/fix"), Some(&around), Some("fix"));
        site.check(&format!("{around}/{hidden}"), Some(&around), Some("main"));

        // Many put a `.git` file beside it, so that git finds it from there.
        if hidden != ".git" {
            site.file(&format!("{around}/.git"), format!("gitdir: ./{hidden}\n"));
        }
        site.check(&around, Some(&around), Some("main"));
        site.check(&format!("{around}/fix"), Some(&around), Some("fix"));
    };

    check(".bare");
    check(".git");
    check(".store.git");
}

#[test]
fn only_the_suffix_of_a_repository_without_a_work_tree_comes_off() {
    let site = Site::new();
    let check = |name: &str| {
        site.repository(name);
        site.git(name, &["worktree", "add", "-b", "fix", &format!("../fix-{name}")]);
        site.check(name, Some(name), Some("main"));
        site.check(&format!("fix-{name}"), Some(name), Some(&format!("fix-{name}")));
    };

    check("shop.git");
    check(".dotfiles");
}

#[test]
fn a_separate_git_directory_does_not_matter_to_the_main_checkout() {
    let site = Site::with_shop();
    site.directory("elsewhere");
    site.git("", &["clone", "--separate-git-dir", "elsewhere/store.git", "shop", "copy"]);
    site.check("copy", Some("copy"), Some("main"));
    site.check("elsewhere/store.git", Some("store"), Some("main"));
    site.check("elsewhere", None, None);

    site.git("copy", &["worktree", "add", "../fix"]);
    site.check("fix", Some("store"), Some("fix"));
}

#[test]
fn a_submodule_is_a_project_of_its_own() {
    let site = Site::with_shop();
    site.repository("library");
    let add = |path: &str| site.git("shop", &["submodule", "add", "../library", path]);
    add("libs/library");
    site.directory("shop/libs/library/deep");
    site.check("shop/libs/library", Some("library"), Some("main"));
    site.check("shop/libs/library/deep", Some("library"), Some("main"));
    site.check("shop/libs", Some("shop"), Some("main"));
    site.check("shop/.git/modules/libs/library", Some("library"), Some("main"));

    // Kept where the git directory of a linked worktree would be.
    add("worktrees/other");
    site.check("shop/worktrees/other", Some("other"), Some("main"));

    site.git("shop/libs/library", &["worktree", "add", "../../../fix"]);
    site.check("fix", Some("library"), Some("fix"));
}

#[test]
fn the_inside_of_a_git_directory_is_its_checkout() {
    let site = Site::with_worktree();
    site.check("shop/.git", Some("shop"), Some("main"));
    site.check("shop/.git/refs/heads", Some("shop"), Some("main"));
    site.check("shop/.git/worktrees", Some("shop"), Some("main"));
    site.check("shop/.git/worktrees/shop-fix", Some("shop"), Some("shop-fix"));
    site.check("shop-fix/.git", Some("shop"), Some("shop-fix"));
}

/// By hand, as git 2.47 leaves it: older ones make none.
#[test]
fn branches_in_a_reftable_are_not_told() {
    let site = Site::with_worktree();
    for git_directory in ["shop/.git", "shop/.git/worktrees/shop-fix"] {
        let inside = |name: &str| format!("{git_directory}/{name}");
        site.file(&inside("HEAD"), "ref: refs/heads/.invalid\n");
        site.file(&inside("reftable/tables.list"), "");
        site.remove(&inside("refs/heads"));
        site.file(&inside("refs/heads"), "this repository uses the reftable format\n");
    }
    site.check("shop", Some("shop"), None);
    site.check("shop-fix", Some("shop"), Some("shop-fix"));
}

#[test]
fn without_git_there_are_no_labels() {
    let site = Site::new();
    site.directory("plain/deep");
    site.check("plain/deep", None, None);
    site.check("plain/missing", None, None);
    check(Path::new("/"), None, None);
    check(Path::new("/no-such-directory/nor/this"), None, None);
    check(Path::new(""), None, None);
}

#[test]
fn a_directory_that_does_not_exist_yet_is_seen_from_above() {
    let site = Site::with_worktree();
    site.file("shop/file", "");
    symlink("nowhere", site.at("shop/dangling")).unwrap();
    site.check("shop/not/there/yet", Some("shop"), Some("main"));
    site.check("shop/file/below", Some("shop"), Some("main"));
    site.check("shop/dangling/below", Some("shop"), Some("main"));
    site.check("shop-fix/not/there", Some("shop"), Some("shop-fix"));
    site.check("missing/shop", None, None);
}

#[test]
fn links_are_followed_first() {
    let site = Site::with_worktree();
    site.directory("shop/deep");
    symlink("shop", site.at("alias")).unwrap();
    symlink("shop/deep", site.at("into")).unwrap();
    symlink("../shop-fix", site.at("shop/out")).unwrap();
    site.check("alias", Some("shop"), Some("main"));
    site.check("into", Some("shop"), Some("main"));
    site.check("into/..", Some("shop"), Some("main"));
    site.check("shop/out", Some("shop"), Some("shop-fix"));
    site.check("alias/out/missing", Some("shop"), Some("shop-fix"));

    site.file("shop-fix/.git", "gitdir: ../alias/.git/worktrees/shop-fix\n");
    site.check("shop-fix", Some("shop"), Some("shop-fix"));
}
