//! An old database that cannot be written: what is in it is told, and what is new is refused.

use trop_testkit::database::{Journal, Version};
use trop_testkit::{need, skip_unless};

use crate::adopt::old::{Old, some_rows};
use crate::read_only::ReadOnly;
use crate::stage::{Stage, port};
use crate::tree::tree_without_logs;

const STORED: [&str; 3] = ["reserve", "--path=/srv/shop", "--allow-unrelated-path"];

fn every_old_database() -> impl Iterator<Item = Old> {
    [Version::LAYOUT_1, Version::Layout2].into_iter().flat_map(|version| {
        Journal::ALL.map(|journal| Old::on(Stage::of_ordinary_user(), version, &some_rows(), journal))
    })
}

/// Nothing changes, and nothing comes to be.
#[track_caller]
fn check(old: &Old) {
    let before = (tree_without_logs(old.stage.sandbox.home()), old.names());
    let list = old.trop(&["list", "--format=csv"]).run().expect(0);
    assert_eq!(list.stdout.lines().count(), 1 + some_rows().len(), "{}", list.stdout);
    for dry in [&[][..], &["--dry-run"]] {
        let ran = old.trop(&[&STORED[..], dry].concat()).run().expect(0);
        assert!(ran.stderr.contains("not noted down"), "{}", ran.stderr);
        if dry.is_empty() {
            assert_eq!(port(&ran.stdout), 5000);
        }
        for new in [&["reserve"][..], &["reserve", "--path=/srv/shop", "--tag=new", "--allow-unrelated-path"]]
        {
            let ran = old.trop(&[new, dry].concat()).run().expect(5);
            assert_eq!(ran.stdout, "");
            assert!(
                ran.stderr.contains(old.directory().as_str()) && ran.stderr.contains("TROP_DATA_DIR"),
                "{}",
                ran.stderr
            );
        }
        let release = ["release", "--path=/srv/shop", "--allow-unrelated-path"];
        old.trop(&[&release[..], dry].concat()).run().expect(5);
        old.trop(&[&["release"][..], dry].concat()).run().expect(0);
    }
    assert_eq!((tree_without_logs(old.stage.sandbox.home()), old.names()), before);
}

#[test]
fn in_a_directory_that_cannot_be_written() {
    for old in every_old_database() {
        let (directory, database) = (old.directory(), old.database());
        let _file = ReadOnly::new(&database);
        let _directory = ReadOnly::new(&directory);
        check(&old);
    }
}

#[test]
fn a_file_that_can_be_written_where_no_copy_can_be_made() {
    for old in every_old_database() {
        let directory = old.directory();
        let _directory = ReadOnly::new(&directory);
        check(&old);
    }
}

#[test]
fn a_file_that_cannot_be_written() {
    for version in [Version::LAYOUT_1, Version::Layout2] {
        let old = Old::on(Stage::of_ordinary_user(), version, &some_rows(), Journal::Delete);
        let database = old.database();
        let before = (std::fs::read(&database).unwrap(), old.rows());
        let read_only = ReadOnly::new(&database);
        let ran = old.trop(&STORED).run().expect(0);
        assert_eq!(port(&ran.stdout), 5000);
        assert!(ran.stderr.contains("not noted down"), "{}", ran.stderr);
        for dry in [&[][..], &["--dry-run"]] {
            let ran = old.trop(&[&["reserve"][..], dry].concat()).run().expect(5);
            assert!(ran.stderr.contains(database.as_str()), "{}", ran.stderr);
        }
        drop(read_only);
        assert_eq!((std::fs::read(&database).unwrap(), old.rows()), before);
        assert_eq!(old.copies(), [""; 0]);
        // Now it can be.
        assert_eq!(port(&old.trop(&STORED).run().expect(0).stdout), 5000);
        assert_eq!(old.copies().len(), 1);
    }
}

#[test]
fn root_adopts_nothing_of_another_user() {
    skip_unless!(need::root());
    for old in every_old_database() {
        let before = (tree_without_logs(old.stage.sandbox.home()), old.rows());
        let as_root = |arguments: &[&str]| {
            let mut trop = Stage::sandbox().trop(arguments).in_dir(old.stage.directory("anywhere"));
            trop.command.env("HOME", old.stage.sandbox.home());
            trop
        };
        let list = as_root(&["list", "--format=csv"]).run().expect(0);
        assert_eq!(list.stdout.lines().count(), 1 + some_rows().len());
        for arguments in [&["reserve"][..], &["reserve", "--dry-run"], &STORED] {
            let ran = as_root(arguments).run().expect(5);
            assert!(ran.stderr.contains("belongs to"), "{}", ran.stderr);
        }
        assert_eq!((tree_without_logs(old.stage.sandbox.home()), old.rows()), before);
        // The owner is not locked out.
        assert_eq!(port(&old.trop(&STORED).run().expect(0).stdout), 5000);
    }
}
