//! What trop is for: a repository and its worktrees, each with a server of its own.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{need, skip_unless};

use crate::database::Database;
use crate::stage::{Stage, port};

/// Runs git, which knows nothing of the user's own settings.
#[track_caller]
pub(crate) fn git(stage: &Stage, directory: &Utf8Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    git.env("HOME", stage.sandbox.home()).env("GIT_CONFIG_NOSYSTEM", "1").current_dir(directory);
    git.args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]).args(arguments);
    let output = git.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with one commit.
pub(crate) fn repository(stage: &Stage) -> Utf8PathBuf {
    let directory = stage.directory("repository");
    git(stage, &directory, &["init", "--quiet", "--initial-branch=main"]);
    git(stage, &directory, &["commit", "--quiet", "--allow-empty", "--message=First"]);
    directory
}

#[test]
fn every_worktree_has_a_server_of_its_own_and_leaves_its_port_to_the_next() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let repository = repository(&stage);
    let worktrees = ["feature", "fix"].map(|name| stage.sandbox.root().join(name));
    for worktree in &worktrees {
        git(&stage, &repository, &["worktree", "add", "--quiet", worktree.as_str()]);
    }
    let directories = [&repository, &worktrees[0], &worktrees[1]];
    let ports = directories.map(|directory| stage.reserved(directory, 0..=2));
    assert_eq!(ports, [0, 1, 2].map(|offset| stage.ports.port(offset)));

    let listeners = ports.map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    for (directory, listener) in directories.iter().zip(listeners) {
        let name = directory.to_string();
        thread::spawn(move || listener.accept().unwrap().0.write_all(name.as_bytes()).unwrap());
    }
    // The servers run, and the ports stay.
    assert_eq!(directories.map(|directory| stage.reserved(directory, 0..=2)), ports);
    for (directory, port) in directories.iter().zip(ports) {
        let mut answer = String::new();
        TcpStream::connect(("127.0.0.1", port)).unwrap().read_to_string(&mut answer).unwrap();
        assert_eq!(answer, directory.as_str());
    }

    git(&stage, &repository, &["worktree", "remove", worktrees[0].as_str()]);
    assert!(!worktrees[0].exists());
    let fourth = stage.sandbox.root().join("fourth");
    git(&stage, &repository, &["worktree", "add", "--quiet", fourth.as_str()]);
    // A connection may linger on the port that is handed on.
    let ran = stage.reserve(&fourth, 0..=2, &["--skip-occupancy-check"]).run().expect(0);
    assert_eq!(port(&ran.stdout), ports[1]);
    assert!(ran.stderr.contains(worktrees[0].as_str()), "{}", ran.stderr);
    let left: Vec<_> =
        Database::of(stage.data_directory()).valid_rows().into_iter().map(|row| row.path).collect();
    let mut expected = [repository.as_str(), worktrees[1].as_str(), fourth.as_str()];
    expected.sort_unstable();
    assert_eq!(left, expected);
}

#[test]
fn a_subdirectory_and_a_tag_are_keys_of_their_own() {
    let stage = Stage::new();
    let directory = stage.directory("project");
    let inside = directory.join("inside");
    fs::create_dir(&inside).unwrap();
    let tagged = stage.reserve(&directory, 0..=9, &["--tag=web"]).run().expect(0);
    let ports = [stage.reserved(&directory, 0..=9), stage.reserved(&inside, 0..=9), port(&tagged.stdout)];
    assert_eq!(ports, [1, 2, 0].map(|offset| stage.ports.port(offset)));
}
