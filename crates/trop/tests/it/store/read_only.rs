//! Nothing can be written: what is stored is still told, and what is new is refused.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::Utf8PathBuf;

use crate::database::Database;
use crate::read_only::ReadOnly;
use crate::stage::{Stage, port};
use crate::tree::tree;

/// Two projects with a port each, of somebody whom permissions bind.
struct Stored {
    stage: Stage,
    projects: [Utf8PathBuf; 2],
    ports: [u16; 2],
}

impl Stored {
    fn new() -> Stored {
        let stage = Stage::of_ordinary_user();
        let projects = ["a", "b"].map(|name| stage.directory(name));
        let ports = [stage.reserved(&projects[0], 0..=9), stage.reserved(&projects[1], 0..=9)];
        Stored { stage, projects, ports }
    }

    fn file(&self, name: &str) -> Utf8PathBuf {
        self.stage.data_directory().join(name)
    }

    /// What is asked for is told; what would have to be written is refused; and nothing changes.
    #[track_caller]
    fn check(&self) {
        let before = tree(self.stage.sandbox.home());
        let list = self.stage.trop(&self.projects[0], ["list", "--format=csv"]).run().expect(0);
        for port in self.ports {
            assert!(list.stdout.contains(&port.to_string()), "{port} is not in {}", list.stdout);
        }
        for (project, expected) in self.projects.iter().zip(self.ports) {
            let ran = self.stage.reserve(project, 0..=9, &[]).run().expect(0);
            assert_eq!(port(&ran.stdout), expected);
            assert!(ran.stderr.contains("note") && ran.stderr.contains("not noted down"), "{}", ran.stderr);
            let dry = self.stage.reserve(project, 0..=9, &["--dry-run"]).run().expect(0);
            assert!(dry.stderr.contains("not noted down"), "{}", dry.stderr);
        }
        for more in [&["--tag=new"][..], &["--tag=new", "--dry-run"], &["--overwrite"]] {
            let ran = self.stage.reserve(&self.projects[0], 0..=9, more).run().expect(5);
            assert_eq!(ran.stdout, "");
            assert!(
                ran.stderr.contains(self.stage.data_directory().as_str())
                    && ran.stderr.contains("TROP_DATA_DIR"),
                "{}",
                ran.stderr
            );
        }
        for arguments in [&["release"][..], &["release", "--dry-run"]] {
            self.stage.trop(&self.projects[0], arguments).run().expect(5);
        }
        assert_eq!(tree(self.stage.sandbox.home()), before);
    }
}

#[test]
fn a_directory_without_a_write_ahead_log() {
    let stored = Stored::new();
    // The last connection to close moves everything into the one file.
    rusqlite::Connection::open(stored.file("trop.db"))
        .unwrap()
        .execute_batch("SELECT * FROM metadata")
        .unwrap();
    assert!(!stored.file("trop.db-wal").exists());
    let data_directory = stored.stage.data_directory();
    let _read_only = ReadOnly::new(&data_directory);
    stored.check();
}

#[test]
fn a_directory_with_the_write_ahead_log_and_its_index() {
    let stored = Stored::new();
    assert!(stored.file("trop.db-shm").exists());
    let data_directory = stored.stage.data_directory();
    let _read_only = ReadOnly::new(&data_directory);
    stored.check_all_files_read_only();
}

#[test]
fn a_directory_with_rows_in_a_write_ahead_log_without_its_index() {
    let stored = Stored::new();
    fs::remove_file(stored.file("trop.db-shm")).unwrap();
    assert!(0 < fs::metadata(stored.file("trop.db-wal")).unwrap().len());
    let data_directory = stored.stage.data_directory();
    let _read_only = ReadOnly::new(&data_directory);
    stored.check_all_files_read_only();
}

impl Stored {
    /// The same on a disk on which no file can be written either.
    #[track_caller]
    fn check_all_files_read_only(&self) {
        let files: Vec<Utf8PathBuf> = tree(self.stage.data_directory()).into_keys().collect();
        let _read_only: Vec<ReadOnly> = files.iter().map(|file| ReadOnly::new(file)).collect();
        self.check();
    }
}

#[test]
fn a_file_in_a_directory_that_can_be_written() {
    let stored = Stored::new();
    let database = stored.file("trop.db");
    let before = Database::of(stored.stage.data_directory()).rows();
    let read_only = ReadOnly::new(&database);
    let list = stored.stage.trop(&stored.projects[0], ["list", "--format=csv"]).run().expect(0);
    assert!(list.stdout.contains(&stored.ports[1].to_string()), "{}", list.stdout);
    let ran = stored.stage.reserve(&stored.projects[1], 0..=9, &[]).run().expect(0);
    assert_eq!(port(&ran.stdout), stored.ports[1]);
    assert!(ran.stderr.contains("not noted down"), "{}", ran.stderr);
    for more in [&["--tag=new"][..], &["--tag=new", "--dry-run"]] {
        let ran = stored.stage.reserve(&stored.projects[0], 0..=9, more).run().expect(5);
        assert!(
            ran.stderr.contains(database.as_str()) && ran.stderr.contains("TROP_DATA_DIR"),
            "{}",
            ran.stderr
        );
    }
    drop(read_only);
    assert_eq!(Database::of(stored.stage.data_directory()).rows(), before);
}

#[test]
fn a_home_in_which_nothing_can_be_made() {
    let stage = Stage::of_ordinary_user();
    let (home, project) = (stage.sandbox.home(), stage.directory("project"));
    let _read_only = ReadOnly::new(&home);
    assert_eq!(stage.trop(&project, ["list", "--format=json"]).run().expect(0).stdout, "[]\n");
    stage.trop(&project, ["release"]).run().expect(0);
    for arguments in [&["reserve"][..], &["reserve", "--dry-run"]] {
        let ran = stage.trop(&project, arguments).run().expect(5);
        assert!(ran.stderr.contains("TROP_DATA_DIR"), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn init_does_not_say_that_it_made_what_could_not_be_made() {
    let stage = Stage::of_ordinary_user();
    let (home, project) = (stage.sandbox.home(), stage.directory("project"));
    let _read_only = ReadOnly::new(&home);
    for arguments in [&["init"][..], &["init", "--dry-run"]] {
        let ran = stage.trop(&project, arguments).run().expect(5);
        assert!(ran.stderr.contains("TROP_DATA_DIR"), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_file_without_tables_that_cannot_be_written() {
    let stage = Stage::of_ordinary_user();
    let project = stage.directory("project");
    let database = stage.sandbox.directory("home/.trop").join("trop.db");
    fs::write(&database, "").unwrap();
    let _read_only = ReadOnly::new(&database);
    for arguments in [&["reserve", "--dry-run"][..], &["reserve"]] {
        let ran = stage.trop(&project, arguments).run().expect(5);
        assert!(ran.stderr.contains(database.as_str()), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_directory_that_cannot_be_looked_into() {
    let stored = Stored::new();
    let data_directory = stored.stage.data_directory();
    let mode = fs::metadata(&data_directory).unwrap().permissions();
    fs::set_permissions(&data_directory, Permissions::from_mode(0o000)).unwrap();
    for arguments in [&["list"][..], &["reserve"], &["reserve", "--dry-run"], &["release"]] {
        let ran = stored.stage.trop(&stored.projects[0], arguments).run().expect(5);
        assert!(ran.stderr.contains(data_directory.as_str()), "{arguments:?}: {}", ran.stderr);
    }
    fs::set_permissions(&data_directory, mode).unwrap();
}

/// The database itself can be written, and what SQLite keeps beside it cannot.
#[test]
fn the_file_that_is_in_the_way_is_named() {
    for name in ["trop.db-wal", "trop.db-shm"] {
        let stored = Stored::new();
        let file = stored.file(name);
        fs::set_permissions(&file, Permissions::from_mode(0o400)).unwrap();
        for more in [&["--tag=new", "--dry-run"][..], &["--tag=new"]] {
            let ran = stored.stage.reserve(&stored.projects[0], 0..=9, more).run().expect(5);
            assert!(ran.stderr.contains(&format!("cannot write {file}")), "{more:?}: {}", ran.stderr);
        }
    }
}

#[test]
fn the_lock_for_setting_up_is_needed_where_something_is_to_be_made() {
    let stage = Stage::of_ordinary_user();
    let project = stage.directory("a");
    stage.reserved(&project, 0..=9);
    let lock = stage.data_directory().join("trop.lock");
    for entry in stage.data_directory().read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path != lock {
            fs::remove_file(path).unwrap();
        }
    }
    fs::set_permissions(&lock, Permissions::from_mode(0o400)).unwrap();
    for more in [&["--dry-run"][..], &[]] {
        let ran = stage.reserve(&project, 0..=9, more).run().expect(5);
        assert!(ran.stderr.contains(&format!("cannot write {lock}")), "{more:?}: {}", ran.stderr);
    }
}
