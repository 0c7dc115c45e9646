//! A migration that is killed at any of its calls leaves the old database or the new one, and the next one goes on.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use trop_testkit::{need, skip_unless};

use super::scene::{
    Scene, TWO_STEPS, as_stored, connect, keep_log, marks, marks_after, put, row, rows, store_in, stored,
};

/// In the environment of the process that migrates, the data directory.
const DATA_DIRECTORY: &str = "TROP_STORAGE_TEST_MIGRATE";

/// The calls that change a file or a name, or make sure that they are changed.
const CALLS: [&str; 9] =
    ["write", "pwrite64", "fsync", "fdatasync", "ftruncate", "renameat2", "rename", "linkat", "unlink"];

/// So many rows that they are on many pages. The last ones are in the write-ahead log.
const PORTS: std::ops::Range<u16> = 5000..5400;
const FIRST_IN_LOG: u16 = 5350;

#[test]
fn a_migration_killed_at_any_call_leaves_the_old_or_the_new() {
    skip_unless!(need::tool("strace"));
    let mut seen = Seen::default();
    for call in CALLS {
        for nth in 1.. {
            let scene = Scene::with_rows(&rows(PORTS.start..FIRST_IN_LOG));
            scene.log(&rows(FIRST_IN_LOG..PORTS.end));
            let was_killed = migrate_and_kill(scene.directory(), call, nth);
            check_what_is_left(&scene, &format!("{call} {nth}"), &mut seen);
            if !was_killed {
                break;
            }
            seen.kills += 1;
        }
    }
    println!("{seen:?}");
    assert!(50 <= seen.kills && 0 < seen.old && 0 < seen.new && 0 < seen.strays, "{seen:?}");
}

/// What the kills left.
#[derive(Debug, Default)]
struct Seen {
    kills: usize,
    old: usize,
    new: usize,
    /// Copies that were not finished.
    strays: usize,
}

fn check_what_is_left(scene: &Scene, what: &str, seen: &mut Seen) {
    let expected = as_stored(&rows(PORTS));
    let database = connect(&scene.file("trop.db"));
    keep_log(&database);
    let integrity: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok", "{what}");
    let marks_left = marks(&database);
    if marks_left == marks_after(1) {
        seen.old += 1;
        assert_eq!(stored(&database), expected, "{what}");
    } else {
        seen.new += 1;
        assert_eq!(marks_left, marks_after(2), "{what}");
        assert_eq!(stored(&database).len(), expected.len() + 1, "{what}");
    }
    drop(database);
    seen.strays += scene.names().iter().filter(|name| name.contains(".new")).count();

    put(&mut scene.store(&TWO_STEPS), &[row("/srv/after", 7001)]).unwrap();
    let database = scene.raw();
    assert_eq!(marks(&database), marks_after(2), "{what}");
    let rows: Vec<_> = stored(&database).into_iter().filter(|(_, port)| PORTS.contains(port)).collect();
    assert_eq!(rows, expected, "{what}");
    drop(database);

    let mut names = scene.names();
    let copies: Vec<_> =
        names.extract_if(.., |name| name.starts_with("trop.db.before-migration-1001")).collect();
    assert!(!copies.is_empty(), "{what}");
    for copy in copies {
        let copy = connect(&scene.file(&copy));
        assert_eq!((marks(&copy), stored(&copy)), (marks_after(1), expected.clone()), "{what}");
    }
    assert_eq!(names, ["trop.db", "trop.lock"], "{what}");
}

/// Runs this program once more under strace, of which only the test below runs. Whether it was killed.
fn migrate_and_kill(directory: &Path, call: &str, nth: u32) -> bool {
    let this_program = std::env::current_exe().unwrap();
    let log = directory.with_file_name("calls");
    let ended = Command::new("strace")
        .args(["-f", "-qq", "-o"])
        .arg(&log)
        .arg(format!("--trace={call}"))
        .arg(format!("--inject={call}:signal=SIGKILL:when={nth}"))
        .arg(this_program)
        .args(["--exact", "tests::kills::migrates_when_told", "--nocapture"])
        .env(DATA_DIRECTORY, directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .unwrap();
    let was_killed = ended.status.signal().is_some();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(was_killed || ended.status.success(), "{}: {said}", fs::read_to_string(&log).unwrap());
    was_killed
}

/// The part of the other process; in this one there is nothing to do.
#[test]
fn migrates_when_told() {
    let Some(directory) = std::env::var_os(DATA_DIRECTORY) else {
        return;
    };
    let mut store = store_in(&PathBuf::from(directory), &TWO_STEPS);
    put(&mut store, &[row("/srv/new", 7000)]).unwrap();
}
