//! The first runs on a machine.

use camino::Utf8Path;

use trop_testkit::{Ran, run_together};

use crate::database::Database;
use crate::stage::{Stage, port};
use crate::tree::{Tree, tree};

const ROUNDS: usize = 20;

#[test]
fn thirty_first_runs_of_every_kind_all_succeed() {
    let mut stage = Stage::new();
    for _ in 0..ROUNDS {
        let directories: Vec<_> = (0..15).map(|number| stage.directory(&number.to_string())).collect();
        let reserve = directories.iter().map(|directory| stage.reserve(directory, 0..=99, &[]));
        let others = ["init", "list", "release"].into_iter().cycle();
        let others = others.map(|command| stage.trop(stage.directory("elsewhere"), [command]));
        let runs = reserve.zip(others).flat_map(|(reserve, other)| [reserve, other]);
        let ended: Vec<Ran> = run_together(runs).into_iter().map(|ran| ran.expect(0)).collect();

        let stored = Database::of(stage.data_directory()).valid_rows();
        let mut printed: Vec<u16> = ended.iter().step_by(2).map(|ran| port(&ran.stdout)).collect();
        printed.sort_unstable();
        let mut ports: Vec<u16> = stored.iter().map(|row| row.port).collect();
        ports.sort_unstable();
        assert_eq!(printed, ports);
        assert_private(&tree(stage.sandbox.home()), &stage.data_directory());
        stage.sandbox = Stage::sandbox();
    }
}

/// One directory and the files that belong there, for nobody but their owner.
#[track_caller]
fn assert_private(tree: &Tree, data_directory: &Utf8Path) {
    let files = ["trop.db", "trop.db-shm", "trop.db-wal", "trop.lock"];
    let expected = [(data_directory.to_owned(), 0o700)]
        .into_iter()
        .chain(files.map(|name| (data_directory.join(name), 0o600)));
    let found = tree.iter().map(|(path, entry)| (path.clone(), entry.mode));
    assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[test]
fn a_data_directory_that_is_deeper_is_made_as_a_whole() {
    let stage = Stage::new();
    let deep = stage.sandbox.home().join("a").join("b");
    let reserve = stage.reserve(stage.directory("project"), 0..=9, &[]).env("TROP_DATA_DIR", &deep);
    let ran = reserve.run().expect(0);
    assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (stage.ports.first(), ""));
    let tree = tree(stage.sandbox.home());
    assert_eq!((tree[&stage.sandbox.home().join("a")].mode, tree[&deep].mode), (0o700, 0o700));
}

#[test]
fn the_modes_of_what_was_there_are_kept() {
    let stage = Stage::new();
    let data_directory = stage.sandbox.directory("home/.trop");
    let before = tree(stage.sandbox.home())[&data_directory].mode;
    stage.reserved(stage.directory("project"), 0..=9);
    let after = tree(stage.sandbox.home());
    assert_eq!(after[&data_directory].mode, before);
    assert_eq!(after[&data_directory.join("trop.db")].mode, 0o600);
}

#[test]
fn a_file_without_tables_is_used_with_a_warning() {
    let stage = Stage::new();
    let data_directory = stage.sandbox.directory("home/.trop");
    let database = data_directory.join("trop.db");
    std::fs::write(&database, "").unwrap();
    let project = stage.directory("project");

    let before = tree(stage.sandbox.home());
    assert_eq!(stage.trop(&project, ["list", "--format=json"]).run().expect(0).stdout, "[]\n");
    stage.trop(&project, ["release"]).run().expect(0);
    stage.reserve(&project, 0..=9, &["--dry-run"]).run().expect(0);
    assert_eq!(tree(stage.sandbox.home()), before);

    let ran = stage.reserve(&project, 0..=9, &[]).run().expect(0);
    assert_eq!(port(&ran.stdout), stage.ports.first());
    assert!(ran.stderr.contains("warning") && ran.stderr.contains(database.as_str()), "{}", ran.stderr);
    assert_eq!(stage.reserved(&project, 0..=9), stage.ports.first());
}

#[test]
fn a_link_to_a_database_that_is_still_missing_is_followed() {
    let stage = Stage::new();
    let real = stage.directory("elsewhere").join("real.db");
    std::os::unix::fs::symlink(&real, stage.sandbox.directory("home/.trop").join("trop.db")).unwrap();
    let project = stage.directory("project");
    stage.reserve(&project, 0..=9, &["--dry-run"]).run().expect(0);
    assert!(!real.exists());
    let reserved = stage.reserved(&project, 0..=9);
    assert_eq!(stage.reserved(&project, 0..=9), reserved);
    assert!(real.exists());
}
