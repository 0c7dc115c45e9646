//! Standard output, standard error and standard input that are closed, full, or gone.

use std::fs::{self, File};

use camino::Utf8Path;

use trop_testkit::{need, skip_unless};

use super::scene::Scene;
use crate::database::Database;
use crate::inside::after;
use crate::stage::{Stage, port};
use crate::strace::{failing_once, under_strace};

/// Every command that prints, so that its answer is lost with its output.
const PRINTING: [&[&str]; 14] = [
    &["reserve"],
    &["reserve", "--tag=new", "--format=json"],
    &["reserve", "--dry-run", "--format=json"],
    &["autoreserve"],
    &["list"],
    &["list-projects", "--format=json"],
    &["port-info", "5000"],
    &["assert-reservation"],
    &["assert-data-dir"],
    &["release", "--format=json"],
    &["config", "show"],
    &["doctor"],
    &["show-path"],
    &["--version"],
];

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_no_success() {
    let scene = Scene::new();
    for arguments in PRINTING {
        let mut run = scene.stage.trop(&scene.project, arguments);
        run.command.stdout(File::options().write(true).open("/dev/full").unwrap());
        let ran = run.run().expect(5);
        let errors = ran.stderr.lines().filter(|line| line.starts_with("error: ")).collect::<Vec<_>>();
        assert_eq!(errors, ["error: cannot write to standard output"], "{arguments:?}");
        assert!(ran.stderr.contains("  help: "), "{ran:?}");
    }
    let _ = Database::of(scene.stage.data_directory()).valid_rows();
}

#[test]
fn what_could_not_be_written_is_not_tried_again() {
    skip_unless!(need::tool("strace"));
    let scene = Scene::new();
    let log = scene.stage.sandbox.root().join("log");
    for arguments in [
        &["reserve"][..],
        &["list"],
        &["list", "--format=csv"],
        &["list", "--format=tsv"],
        &["port-info", "5000"],
        &["doctor", "--format=json"],
    ] {
        for error in ["EIO", "ENOSPC"] {
            let run = scene.stage.trop(&scene.project, arguments);
            // It is the first that is written to a descriptor and not at a place in a file.
            let ran = under_strace(run, &log, &failing_once("write", error, 1)).run().expect(5);
            assert_eq!(ran.stdout, "", "{arguments:?}");
        }
    }
}

/// In these places the files of the database would be, if nothing else were opened there first.
#[test]
fn closed_streams_never_lead_into_the_database() {
    for closed in ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        let stage = Stage::new();
        let project = stage.directory("project");
        for tag in ["a", "b"] {
            // What is told is told while the database is open.
            let run = stage.reserve(&project, 0..=9, &["--verbose", "--tag", tag]);
            let _ = after(&format!("exec {closed}"), run).run().expect(0);
        }
        // An error has no place to go either, and must not be written anywhere else.
        let wrong = stage.reserve(&project, 0..=9, &["--port=70000"]);
        let _ = after(&format!("exec {closed}"), wrong).run().expect(4);
        let database = Database::of(stage.data_directory());
        let stored: Vec<_> = database.valid_rows().into_iter().map(|row| (row.tag, row.port)).collect();
        let expected = [("a", 0), ("b", 1)].map(|(tag, offset)| (tag.to_owned(), stage.ports.port(offset)));
        assert_eq!(stored, expected, "{closed}");
        assert_no_text_in(&stage.data_directory());
    }
}

/// Nothing that trop says is in any of the files.
#[track_caller]
fn assert_no_text_in(directory: &Utf8Path) {
    for entry in directory.read_dir_utf8().unwrap() {
        let content = fs::read(entry.unwrap().path()).unwrap();
        let content = String::from_utf8_lossy(&content);
        assert!(!content.contains("error: ") && !content.contains("note: "), "{content:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn who_cannot_be_told_of_a_warning_gets_the_answer() {
    let stage = Stage::new();
    let mut run = stage.trop(stage.directory("project"), ["reserve", "--path=missing", "--verbose"]);
    run.command.stderr(File::options().write(true).open("/dev/full").unwrap());
    let ran = run.run().expect(0);
    assert_eq!(Database::of(stage.data_directory()).valid_rows()[0].port, port(&ran.stdout));
}
