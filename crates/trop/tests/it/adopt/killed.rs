//! Adoption that is killed as it writes: what is left is the old database or the new one, and the next one goes on.

use trop_testkit::database::{Journal, Version};
use trop_testkit::{need, skip_unless};

use crate::adopt::old::{Old, Stored, rows_of_file, some_rows};
use crate::stage::port;
use crate::strace::{killed_at, under_strace};

/// The calls by which anything comes to the disk.
const CALLS: &[&str] = &[
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "ftruncate",
    "fallocate",
];

/// The key that a killed run asks for; it has a port.
const STORED: [&str; 3] = ["reserve", "--path=/srv/shop", "--allow-unrelated-path"];

#[test]
fn a_kill_at_any_write_leaves_layout_1_or_the_new_schema() {
    skip_unless!(need::tool("strace"));
    let killed = kill_at_every_write(Version::LAYOUT_1, Journal::Delete);
    println!("{killed} killed");
}

#[test]
fn a_kill_at_any_write_leaves_layout_2_or_the_new_schema() {
    skip_unless!(need::tool("strace"));
    let killed = kill_at_every_write(Version::Layout2, Journal::WriteAheadLog);
    println!("{killed} killed");
}

/// How often it was killed.
fn kill_at_every_write(version: Version, journal: Journal) -> usize {
    let mut killed = vec![];
    for call in CALLS {
        for nth in 1.. {
            let what = format!("{call} {nth}");
            let old = Old::with_rows(version, &some_rows(), journal);
            let before = old.rows();
            let log = old.stage.sandbox.root().join("log");
            let ran = under_strace(old.trop(&STORED), &log, &killed_at(call, nth)).run();
            let survived = ran.code.is_some();
            if survived {
                let _ = ran.expect(0);
            }
            check_left(&old, &before, &what);
            if survived {
                break;
            }
            killed.push(what);
        }
    }
    // At least each of a few pages was written twice, and the copy was synced.
    for call in ["pwrite64 8", "fsync 1"] {
        assert!(killed.iter().any(|killed| killed == call), "{killed:?}");
    }
    killed.len()
}

/// Every row is there, whoever looks, and the next one finishes what was begun.
#[track_caller]
fn check_left(old: &Old, before: &[Stored], what: &str) {
    assert_eq!(without_use(old.rows()), without_use(before.to_vec()), "{what}");
    let listed = || {
        let ran = old.trop(&["list", "--format=csv"]).run().expect(0);
        assert_eq!(ran.stderr, "", "{what}");
        ran.stdout.lines().skip(1).count()
    };
    assert_eq!(listed(), before.len(), "{what}");
    for _ in 0..2 {
        assert_eq!(port(&old.trop(&STORED).run().expect(0).stdout), 5000, "{what}");
    }
    assert_eq!(without_use(old.rows()), without_use(before.to_vec()), "{what}");
    assert_eq!(listed(), before.len(), "{what}");

    let is_known = |name: &String| {
        let copy = name.strip_prefix("trop.db.before-migration-");
        copy.is_some() || ["trop.db", "trop.db-wal", "trop.db-shm", "trop.lock"].contains(&name.as_str())
    };
    let names = old.names();
    assert!(names.iter().all(is_known), "{what}: {names:?}");
    let copies = old.copies();
    // A second one, when the first one was there already at the kill.
    assert!((1..=2).contains(&copies.len()), "{what}: {copies:?}");
    for copy in copies {
        assert_eq!(rows_of_file(&old.directory().join(copy)), before, "{what}");
    }
}

/// Everything but when it was last used, which a run may have noted down before it was killed.
fn without_use(rows: Vec<Stored>) -> Vec<Stored> {
    rows.into_iter().map(|row| Stored { last_used_at: 0, ..row }).collect()
}
