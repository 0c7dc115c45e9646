//! The data directory is taken away or exchanged while somebody works in it: what was acknowledged is in the one that is there now.

use std::fs;

use camino::Utf8Path;

use trop_testkit::{need, skip_unless};

use crate::database::Database;
use crate::pauses::run_paused;
use crate::stage::{Stage, port};
use crate::strace::{paused_at, under_strace};
use crate::tree::{restore, tree};

/// What becomes of a data directory in the meantime. The other one is beside it, and has another port for the project.
type Exchange = fn(data_directory: &Utf8Path, other: &Utf8Path);

const EXCHANGES: [Exchange; 3] = [
    |data_directory, _| fs::rename(data_directory, data_directory.with_file_name("away")).unwrap(),
    |data_directory, other| {
        fs::rename(data_directory, data_directory.with_file_name("away")).unwrap();
        fs::rename(other, data_directory).unwrap();
    },
    |data_directory, _| fs::remove_file(data_directory.join("trop.db")).unwrap(),
];

/// The calls by which a transaction reads, probes and writes. After the last of them nothing is asked any more.
const CALLS: [&str; 3] = ["pread64", "bind", "pwrite64"];

/// Stops a run at each of these calls in turn, and exchanges the data directory there. It must end well, and so that `holds` is
/// true of what is in place then.
#[track_caller]
fn check(arguments: &[&str], holds: impl Fn(&Stage, &str)) {
    let stage = Stage::new();
    let project = stage.directory("project");
    stage.reserved(&project, 0..=9);
    let (data_directory, other) = (stage.data_directory(), stage.sandbox.home().join("other"));
    let elsewhere = stage.reserve(&project, 5..=9, &[]);
    let _ = elsewhere.env("TROP_DATA_DIR", &other).run().expect(0);
    let before = tree(stage.sandbox.home());
    let log = stage.sandbox.root().join("log");
    let mut stops = 0;
    for exchange in EXCHANGES {
        for call in CALLS {
            for nth in 1.. {
                restore(stage.sandbox.home(), &before);
                let _ = fs::remove_file(&log);
                let run = under_strace(stage.trop(&project, arguments), &log, &paused_at(call, nth));
                let (ran, exchanged) = run_paused(run, &log, || exchange(&data_directory, &other));
                let ran = ran.expect(0);
                if exchanged.is_none() {
                    break;
                }
                stops += 1;
                holds(&stage, &ran.stdout);
            }
        }
    }
    assert!(EXCHANGES.len() * CALLS.len() < stops, "{stops}");
}

#[test]
fn a_port_that_is_told_is_stored_in_the_directory_that_is_there_then() {
    skip_unless!(need::tool("strace"));
    check(&["reserve", "--tag=new"], |stage, stdout| {
        let rows = Database::of(stage.data_directory()).valid_rows();
        assert!(rows.iter().any(|row| row.tag == "new" && row.port == port(stdout)), "{stdout}: {rows:?}");
    });
}

#[test]
fn what_is_given_back_is_not_in_the_directory_that_is_there_then() {
    skip_unless!(need::tool("strace"));
    check(&["release"], |stage, _| {
        if stage.data_directory().join("trop.db").exists() {
            assert_eq!(Database::of(stage.data_directory()).row(stage.directory("project")), None);
        }
    });
}

/// The calls by which a database is made.
const MAKING: [&str; 6] = ["flock", "linkat", "unlink", "fcntl", "pread64", "pwrite64"];

/// Stops the first run at each of these calls in turn, takes the data directory away, and lets others make a new one. What the first run
/// tells is stored there, too, unless it was stored already when the directory went.
#[test]
fn who_makes_a_database_takes_nothing_from_the_one_that_has_its_name_by_then() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let project = stage.directory("project");
    let (data_directory, away) = (stage.data_directory(), stage.sandbox.home().join("away"));
    let before = tree(stage.sandbox.home());
    let log = stage.sandbox.root().join("log");
    let reserve = |tag: &str| stage.trop(&project, ["reserve", &format!("--tag={tag}")]);
    let mut stops = 0;
    for call in MAKING {
        for nth in 1.. {
            restore(stage.sandbox.home(), &before);
            let _ = fs::remove_file(&log);
            let run = under_strace(reserve("first"), &log, &paused_at(call, nth));
            let (first, meanwhile) = run_paused(run, &log, || {
                let _ = fs::rename(&data_directory, &away);
                (
                    tree(&away),
                    ["second", "third"].map(|tag| (tag, port(&reserve(tag).run().expect(0).stdout))),
                )
            });
            let first = port(&first.expect(0).stdout);
            let Some((taken_away, others)) = meanwhile else { break };
            stops += 1;
            let rows = Database::of(&data_directory).valid_rows();
            let is_stored = |(tag, port)| rows.iter().any(|row| row.tag == tag && row.port == port);
            assert!(others.into_iter().all(is_stored), "{call} {nth}: {others:?} {rows:?}");
            if !is_stored(("first", first)) {
                restore(&away, &taken_away);
                let stored = Database::of(&away).rows();
                assert!(
                    stored.iter().any(|row| row.tag == "first" && row.port == first),
                    "{call} {nth}: {rows:?}"
                );
            }
        }
    }
    assert!(MAKING.len() < stops, "{stops}");
}

/// The calls by which a reader finds out what there is, and opens it.
const OPENING: [&str; 5] = ["statx", "openat", "stat", "pread64", "faccessat2"];

/// Stops a reader at each of these calls in turn, lets it find nothing at the next one, and puts everything back.
#[track_caller]
fn check_reader(arguments: &[&str]) {
    let stage = Stage::new();
    let project = stage.directory("project");
    let port = stage.reserved(&project, 0..=9).to_string();
    let data_directory = stage.data_directory();
    let before = tree(stage.sandbox.home());
    let log = stage.sandbox.root().join("log");
    let arguments: Vec<&str> =
        arguments.iter().map(|argument| if *argument == "PORT" { &port } else { *argument }).collect();
    let mut stops = 0;
    for call in OPENING {
        for nth in 1.. {
            restore(stage.sandbox.home(), &before);
            let _ = fs::remove_file(&log);
            let away = data_directory.with_file_name("away");
            // The second stop is where everything is put back.
            let mut options = paused_at(call, nth).to_vec();
            options[1] = options[1].replace(&format!("when={nth}"), &format!("when={nth}..{}", nth + 1));
            let run = under_strace(stage.trop(&project, &arguments), &log, &options);
            let (ran, exchanged) = run_paused(run, &log, || {
                if away.exists() {
                    fs::rename(&away, &data_directory).unwrap();
                } else {
                    fs::rename(&data_directory, &away).unwrap();
                }
            });
            if exchanged.is_none() {
                ran.expect(0);
                break;
            }
            stops += 1;
            let is_answer = matches!(ran.code, Some(0 | 1)) && !ran.stderr.contains("error");
            assert!(is_answer, "{call} {nth}: {ran:?}");
        }
    }
    assert!(OPENING.len() < stops, "{stops}");
}

#[test]
fn whoever_reads_while_the_directory_is_moved_away_and_back_learns_of_no_damage() {
    skip_unless!(need::tool("strace"));
    check_reader(&["list", "--format=json"]);
    check_reader(&["assert-port", "PORT"]);
}

#[test]
fn a_dry_run_while_the_directory_is_moved_away_and_back_says_what_a_real_run_would() {
    skip_unless!(need::tool("strace"));
    check_reader(&["reserve", "--tag=new", "--skip-occupancy-check", "--dry-run"]);
}
