//! Repositories whose names are hostile, and what becomes of that in labels.

use std::fs;

use super::{HOSTILE, check_harmless};
use crate::stage::Stage;

/// A worktree in a directory of that name, of a repository of that name, on a branch of that name.
#[test]
fn labels_of_git_are_shown_harmless_and_stored_only_when_they_can_be_labels() {
    for name in HOSTILE {
        let stage = Stage::new();
        let repository = stage.directory("parent").join(name);
        let git = repository.join(".git");
        let worktree = stage.directory("worktrees").join(name);
        let of_worktree = git.join("worktrees").join(name);
        for directory in [&git.join("objects"), &git.join("refs"), &of_worktree, &worktree] {
            fs::create_dir_all(directory).unwrap();
        }
        for head in [git.join("HEAD"), of_worktree.join("HEAD")] {
            fs::write(head, format!("ref: refs/heads/{name}\n")).unwrap();
        }
        fs::write(of_worktree.join("commondir"), "../..\n").unwrap();
        fs::write(of_worktree.join("gitdir"), format!("{worktree}/.git\n")).unwrap();
        fs::write(worktree.join(".git"), format!("gitdir: {of_worktree}\n")).unwrap();
        for directory in [&repository, &worktree] {
            for more in [&["--dry-run"] as &[&str], &["--verbose"], &["--format=json"]] {
                let ran = stage
                    .reserve(directory, 0..=9, &[more, &["--skip-occupancy-check"]].concat())
                    .run()
                    .expect(0);
                check_harmless(&ran, &format!("{name:?} {more:?}"));
            }
            let ran = stage.reserve(directory, 0..=9, &["--format=json"]).run().expect(0);
            let reserved: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
            for label in ["project", "task"] {
                let label = reserved[label].as_str();
                assert!(label.is_none_or(|label| !label.chars().any(char::is_control)), "{reserved}");
                let can_be = !name.chars().any(char::is_control) && directory == &repository;
                assert!(!can_be || label == Some(name.trim()), "{name:?}: {reserved}");
            }
        }
        for ran in
            [stage.trop(&worktree, ["list"]).run(), stage.trop(&worktree, ["list", "--format=json"]).run()]
        {
            check_harmless(&ran.expect(0), name);
        }
    }
}
