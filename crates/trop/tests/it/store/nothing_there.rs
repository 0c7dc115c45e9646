//! No data directory, or no place for one.

use std::fs;

use camino::Utf8Path;

use trop_testkit::Invocation;

use crate::database::Database;
use crate::stage::Stage;
use crate::tree::{tree, tree_without_logs};

/// Every command that changes something.
pub(crate) const MUTATING: [&[&str]; 7] = [
    &["reserve"],
    &["reserve", "--overwrite", "--tag=web"],
    &["release", "--recursive"],
    &["autoclean"],
    &["init"],
    &["init", "--with-config"],
    &["init", "--overwrite"],
];

/// Every command that looks at the reservations or their place, or that has nothing to do.
const ASKING: [&[&str]; 16] = [
    &["list"],
    &["list", "--format=json"],
    &["list", "--live"],
    &["list", "--live", "--format=csv"],
    &["port-info", "5000"],
    &["port-info", "5000", "--include-occupancy", "--format=json"],
    &["list-projects"],
    &["list-projects", "--format=json"],
    &["release"],
    &["release", "--recursive"],
    &["prune", "--force"],
    &["expire", "--days=1"],
    &["autoclean"],
    &["show-data-dir"],
    &["show-path"],
    &["show-path", "--path=..", "--canonicalize"],
];

#[test]
fn asking_succeeds_and_makes_nothing() {
    let stage = Stage::new();
    for arguments in ASKING {
        stage.trop(stage.directory("project"), arguments).run().expect(0);
        assert_eq!(tree(stage.sandbox.home()).len(), 0, "{arguments:?}");
    }
}

#[test]
fn dry_runs_succeed_and_make_nothing() {
    let stage = Stage::new();
    for arguments in MUTATING {
        let ran =
            stage.trop(stage.directory("project"), arguments.iter().chain([&"--dry-run"])).run().expect(0);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        assert_eq!(tree(stage.sandbox.home()).len(), 0, "{arguments:?}");
    }
}

#[test]
fn dry_runs_beside_a_database_write_nothing() {
    let stage = Stage::new();
    let project = stage.directory("project");
    stage.reserved(&project, 0..=9);
    stage.reserved(stage.directory("project/deeper"), 0..=9);
    let before = tree_without_logs(stage.sandbox.home());
    let rows = stage.trop(&project, ["list", "--format=json"]).run().expect(0).stdout;
    for arguments in MUTATING {
        let dry = arguments.iter().chain([&"--dry-run", &"--format=json"]);
        let ran = stage.trop(&project, dry).run().expect(0);
        assert!(ran.stdout.starts_with("{\"dry_run\""), "{arguments:?}: {}", ran.stdout);
        assert_eq!(tree_without_logs(stage.sandbox.home()), before, "{arguments:?}");
    }
    assert_eq!(stage.trop(&project, ["list", "--format=json"]).run().expect(0).stdout, rows);
}

#[test]
fn with_auto_init_off_nothing_is_added() {
    let stage = Stage::new();
    let project = stage.directory("project");
    for run in [
        stage.reserve(&project, 0..=9, &["--disable-autoinit"]),
        stage.reserve(&project, 0..=9, &["--disable-autoinit", "--dry-run"]),
        stage.reserve(&project, 0..=9, &[]).env("TROP_DISABLE_AUTOINIT", "yes"),
    ] {
        let ran = run.run().expect(3);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.contains("trop init"), "{}", ran.stderr);
    }
    // Nothing is to be added here.
    stage.trop(&project, ["release", "--disable-autoinit"]).run().expect(0);
    stage.trop(&project, ["list", "--disable-autoinit"]).run().expect(0);
    assert_eq!(tree(stage.sandbox.home()).len(), 0);

    let port = stage.reserved(&project, 0..=9);
    let ran = stage.reserve(&project, 0..=9, &["--disable-autoinit"]).run().expect(0);
    assert_eq!(ran.stdout, format!("{port}\n"));
}

#[test]
fn without_a_home_another_place_must_be_named() {
    let stage = Stage::new();
    let project = stage.directory("project");
    for home in [None, Some(""), Some("/"), Some("//."), Some("relative/home")] {
        for arguments in [
            &["reserve"][..],
            &["list"],
            &["release"],
            &["init"],
            &["show-data-dir"],
            &["reserve", "--dry-run"],
        ] {
            let ran = with_home(stage.trop(&project, arguments), home).run().expect(3);
            assert!(
                ran.stderr.contains("--data-dir") && ran.stderr.contains("TROP_DATA_DIR"),
                "{home:?} {arguments:?}: {}",
                ran.stderr
            );
        }
        let elsewhere = stage.directory("data");
        let list = with_home(stage.trop(&project, ["list"]), home).env("TROP_DATA_DIR", elsewhere);
        list.run().expect(0);
    }
    assert_eq!(tree(&project).len(), 0);
}

fn with_home(mut invocation: Invocation, home: Option<&str>) -> Invocation {
    match home {
        Some(home) => invocation.command.env("HOME", home),
        None => invocation.command.env_remove("HOME"),
    };
    invocation
}

#[test]
fn a_relative_variable_is_refused_and_a_relative_flag_is_not() {
    let stage = Stage::new();
    let project = stage.directory("project");
    for arguments in [&["list"][..], &["reserve"], &["show-data-dir"]] {
        let ran = stage.trop(&project, arguments).env("TROP_DATA_DIR", "data").run().expect(7);
        assert!(ran.stderr.contains("TROP_DATA_DIR"), "{}", ran.stderr);
    }
    let ran = stage.trop(&project, ["show-data-dir", "--data-dir=data"]).run().expect(0);
    assert_eq!(ran.stdout, format!("{}\n", project.join("data")));
}

#[test]
fn a_file_in_the_place_of_the_data_directory_is_left_alone() {
    let stage = Stage::new();
    let file = stage.data_directory();
    fs::write(&file, "mine").unwrap();
    let project = stage.directory("project");
    for arguments in
        [&["reserve"][..], &["reserve", "--dry-run"], &["list"], &["init"], &["init", "--dry-run"]]
    {
        let ran = stage.trop(&project, arguments).run().expect(5);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.contains(file.as_str()), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

/// A log that is there without its database may hold all that was stored, and beside a new database it would be believed.
#[test]
fn a_log_without_its_database_is_kept_under_another_name() {
    let lose: [fn(&Utf8Path); 2] =
        [|database| fs::remove_file(database).unwrap(), |database| fs::write(database, "").unwrap()];
    for lose in lose {
        let stage = Stage::new();
        let (old, new) = (stage.directory("old"), stage.directory("new"));
        stage.reserved(&old, 0..=9);
        let database = stage.data_directory().join("trop.db");
        let log = fs::read(database.with_extension("db-wal")).unwrap();
        assert_ne!(log, b"");
        lose(&database);

        let foreseen = stage.reserve(&new, 0..=9, &["--dry-run"]).run().expect(0);
        assert!(foreseen.stderr.contains("trop.db-wal is there without its database"), "{foreseen:?}");
        assert_eq!(fs::read(database.with_extension("db-wal")).unwrap(), log);

        let ran = stage.reserve(&new, 0..=9, &[]).run().expect(0);

        let aside = database.with_extension("db.damaged-wal");
        assert_eq!(fs::read(&aside).unwrap(), log);
        for word in [aside.as_str(), "trop.db-wal was there without its database"] {
            assert!(ran.stderr.contains(word), "{ran:?}");
        }
        let rows = Database::of(stage.data_directory()).valid_rows();
        assert_eq!(rows.iter().map(|row| row.path.as_str()).collect::<Vec<_>>(), [new.as_str()]);
        // It is told once.
        assert_eq!(stage.reserve(&new, 0..=9, &[]).run().expect(0).stderr, "");
    }
}
