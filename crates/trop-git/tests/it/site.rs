//! A directory for one test, with git in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use trop_git::identify;

/// Where every path below is relative to. Gone when dropped.
pub(crate) struct Site {
    root: PathBuf,
    _removes_itself: TempDir,
}

impl Site {
    pub(crate) fn new() -> Site {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let root = directory.path().canonicalize().expect("it has a path");
        fs::create_dir(root.join("home")).expect("a home can be made");
        Site { root, _removes_itself: directory }
    }

    /// With a repository called `shop` that has one commit on `main`.
    pub(crate) fn with_shop() -> Site {
        let site = Site::new();
        site.repository("shop");
        site
    }

    /// With `shop`, and beside it its linked worktree `shop-fix` on the branch `fix`.
    pub(crate) fn with_worktree() -> Site {
        let site = Site::with_shop();
        site.git("shop", &["worktree", "add", "-b", "fix", "../shop-fix"]);
        site
    }

    pub(crate) fn at(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// A directory, and those above it.
    pub(crate) fn directory(&self, below: &str) {
        fs::create_dir_all(self.at(below)).expect("a directory can be made");
    }

    /// A file with that content, and the directories above it.
    pub(crate) fn file(&self, below: &str, content: impl AsRef<[u8]>) {
        let file = self.at(below);
        fs::create_dir_all(file.parent().expect("it is in the site")).expect("a directory can be made");
        fs::write(file, content).expect("a file can be written");
    }

    /// A FIFO into which nobody writes, in the place of whatever is there.
    pub(crate) fn fifo(&self, below: &str) {
        self.remove(below);
        let made = Command::new("mkfifo").arg(self.at(below)).status();
        assert!(made.is_ok_and(|status| status.success()), "a FIFO can be made");
    }

    /// Nothing, in the place of whatever is there.
    pub(crate) fn remove(&self, below: &str) {
        let path = self.at(below);
        if path.is_dir() {
            fs::remove_dir_all(path).expect("a directory can be removed");
        } else if path.exists() {
            fs::remove_file(path).expect("a file can be removed");
        }
    }

    /// A repository with one commit on `main`.
    pub(crate) fn repository(&self, below: &str) {
        self.directory(below);
        self.git(below, &["init"]);
        self.git(below, &["commit", "--allow-empty", "--message", "first"]);
    }

    /// Runs git in the directory `below`, with nothing of this machine's configuration.
    #[track_caller]
    pub(crate) fn git(&self, below: &str, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.at("home"));
        git.env("GIT_CONFIG_NOSYSTEM", "1").stdin(Stdio::null()).current_dir(self.at(below));
        for setting in [
            "init.defaultBranch=main",
            "user.name=Ana",
            "user.email=ana@example.org",
            "protocol.file.allow=always",
        ] {
            git.args(["-c", setting]);
        }
        let ran = git.args(arguments).output().expect("git can be started");
        assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }

    #[track_caller]
    pub(crate) fn check(&self, below: &str, project: Option<&str>, task: Option<&str>) {
        check(&self.at(below), project, task);
    }
}

#[track_caller]
pub(crate) fn check(directory: &Path, project: Option<&str>, task: Option<&str>) {
    let labels = identify(directory);
    let found = (labels.project.as_ref().map(|p| p.as_str()), labels.task.as_ref().map(|t| t.as_str()));
    assert_eq!(found, (project, task), "{}", directory.display());
}
