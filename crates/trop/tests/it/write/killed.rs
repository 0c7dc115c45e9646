//! Runs that are killed while they write, and a disk that refuses. The file is the old one or the new one, never less.

use std::fs;

use camino::Utf8PathBuf;

use trop_testkit::{need, skip_unless};

use super::{block, names_in, require_content, write};
use crate::database::Database;
use crate::exec::{SERVICES, project};
use crate::stage::Stage;
use crate::strace::{killed_at, under_strace};

/// The calls by which a file is locked, read, made, filled and put into its place.
const CALLS: &[&str] =
    &["flock", "openat", "read", "write", "fchmod", "fsync", "rename", "close", "getdents64", "exit_group"];

/// The old content of the file; the new one has the block behind it.
const OLD: &str = "SECRET=abc\n";

struct Scene {
    stage: Stage,
    directory: Utf8PathBuf,
    file: Utf8PathBuf,
    log: Utf8PathBuf,
}

impl Scene {
    /// A project whose ports are reserved and not written yet.
    fn new() -> Scene {
        let stage = Stage::new();
        let directory = project(&stage, "project", SERVICES);
        stage.trop(&directory, ["autoreserve"]).run().expect(0);
        let (file, log) = (directory.join(".env"), stage.sandbox.root().join("log"));
        Scene { stage, directory, file, log }
    }

    /// Puts back what was there, or nothing.
    fn prepare(&self, old: Option<&str>) {
        let _ = fs::remove_file(&self.file);
        if let Some(old) = old {
            fs::write(&self.file, old).unwrap();
        }
    }

    fn new_content(&self, old: Option<&str>) -> String {
        format!("{}{}", old.unwrap_or_default(), block(&self.stage, 0))
    }

    /// Runs it again without disturbance, after which everything is as it should be.
    #[track_caller]
    fn require_next_cleans_up(&self, old: Option<&str>) {
        let next = write(&self.stage, &self.directory, ".env", &[]).run().expect(0);
        assert_eq!(next.stderr, "");
        require_content(&self.file, &self.new_content(old));
        assert_eq!(names_in(&self.directory), [".env", "trop.yaml"]);
    }
}

#[test]
fn whoever_is_killed_leaves_the_old_file_or_the_new_one() {
    skip_unless!(need::tool("strace"));
    let scene = Scene::new();
    for old in [None, Some(OLD)] {
        let (mut killed, mut left_behind) = (0, 0);
        for call in CALLS {
            for nth in 1.. {
                scene.prepare(old);
                let run = write(&scene.stage, &scene.directory, ".env", &[]);
                let ran = under_strace(run, &scene.log, &killed_at(call, nth)).run();
                let found = fs::read_to_string(&scene.file).ok();
                let is_new = found.as_deref() == Some(scene.new_content(old).as_str());
                assert!(is_new || found.as_deref() == old, "{call} {nth}: {found:?}");
                left_behind +=
                    usize::from(names_in(&scene.directory).iter().any(|name| name.ends_with(".new")));
                scene.require_next_cleans_up(old);
                if ran.code.is_some() {
                    assert!(is_new, "{call} {nth}");
                    let _ = ran.expect(0);
                    break;
                }
                killed += 1;
            }
        }
        // Otherwise there was nothing to clean up in all those runs.
        assert!(10 < killed && 0 < left_behind, "{killed} killed, {left_behind} left something behind");
    }
    assert_eq!(Database::of(scene.stage.data_directory()).valid_rows().len(), 3);
}

#[test]
fn what_the_system_refuses_leaves_the_old_file_and_the_ports() {
    skip_unless!(need::tool("strace"));
    let scene = Scene::new();
    for old in [None, Some(OLD)] {
        for (call, error, words) in [
            ("write", "ENOSPC", "No space left on device"),
            ("fsync", "EIO", "Input/output error"),
            ("rename", "EBUSY", "busy"),
        ] {
            scene.prepare(old);
            let run = write(&scene.stage, &scene.directory, ".env", &[]);
            // The first of its kind is about the file: SQLite makes others.
            let options = [format!("--trace={call}"), format!("--inject={call}:error={error}:when=1")];
            let refused = under_strace(run, &scene.log, &options).run();
            let refused = refused.expect(5);
            assert!(refused.stderr.contains(words) && refused.stderr.contains(".env"), "{}", refused.stderr);
            assert_eq!(fs::read_to_string(&scene.file).ok().as_deref(), old);
            assert!(names_in(&scene.directory).iter().all(|name| !name.ends_with(".new")));
            scene.require_next_cleans_up(old);
        }
    }
}
