//! Where the data directory is, nothing can be read, written or made.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::Utf8PathBuf;

use trop_testkit::{need, skip_unless};

use super::commands::Expected;
use super::scene::Scene;
use crate::database::Database;
use crate::disk::{Disk, a_disk, stage_on_a_disk};
use crate::inside::after_mounting;
use crate::read_only::ReadOnly;
use crate::stage::port;
use crate::tree::tree;
use crate::without_proc;

/// What is stored is told, and nothing can be added or taken away. The project itself can be written.
const READ_ONLY: Expected =
    Expected { new: 5, dry_run: 5, release: 5, clean_up: 5, write: 5, start_over: 5, ..Expected::ALL_WELL };

#[test]
fn a_data_directory_without_the_permission_to_write() {
    let scene = Scene::of_ordinary_user();
    let data_directory = scene.stage.data_directory();
    let files: Vec<Utf8PathBuf> = tree(&data_directory).into_keys().collect();
    let read_only = || {
        let everything = files.iter().chain([&data_directory]);
        everything.map(|path| ReadOnly::new(path)).collect::<Vec<_>>()
    };
    scene.check(read_only, |run| run, &READ_ONLY);
}

#[test]
fn a_data_directory_on_a_read_only_file_system() {
    skip_unless!(need::name_spaces());
    let scene = Scene::new();
    let at = scene.stage.data_directory();
    let mount = format!("mount --bind {at} {at} && mount -o remount,bind,ro {at}");
    scene.check(|| (), |run| after_mounting(&mount, run), &READ_ONLY);
}

#[test]
fn a_data_directory_that_cannot_be_looked_into() {
    struct Closed(Utf8PathBuf);
    impl Drop for Closed {
        fn drop(&mut self) {
            fs::set_permissions(&self.0, Permissions::from_mode(0o700)).unwrap();
        }
    }
    let scene = Scene::of_ordinary_user();
    let data_directory = scene.stage.data_directory();
    let closed = || {
        fs::set_permissions(&data_directory, Permissions::from_mode(0o000)).unwrap();
        Closed(data_directory.clone())
    };
    scene.check(closed, |run| run, &Expected::same(5));
}

#[test]
fn a_full_disk() {
    skip_unless!(need::root());
    // That a disk fills up is told by writing alone.
    let expected = Expected { dry_run: 0, exclude: 5, ..READ_ONLY };
    check_on_a_disk(Disk::fill, &expected);
}

#[test]
fn a_disk_with_no_room_for_another_file() {
    skip_unless!(need::root());
    let expected = Expected { exclude: 5, write: 5, ..Expected::ALL_WELL };
    check_on_a_disk(Disk::fill_with_files, &expected);
}

#[track_caller]
fn check_on_a_disk(fill: fn(&Disk), expected: &Expected) {
    let found = stage_on_a_disk();
    skip_unless!(a_disk(found.as_ref()));
    let (stage, disk) = found.unwrap();
    let project_disk = Disk::mount(&stage.directory("project")).unwrap();
    let scene = Scene::on(stage);
    let full = || [&disk, &project_disk].map(|disk| disk.full(fill));
    scene.check(full, |run| run, expected);
}

#[test]
fn on_a_full_disk_what_is_stored_is_told_and_nothing_breaks() {
    skip_unless!(need::root());
    let found = stage_on_a_disk();
    skip_unless!(a_disk(found.as_ref()));
    let (stage, disk) = found.unwrap();
    let project = stage.directory("project");
    let reserved = stage.reserved(&project, 0..=99);
    disk.fill();
    // There may be room for a few more in what the files take already.
    let mut stored = vec![(project, reserved)];
    let refused = loop {
        let directory = stage.directory(&format!("{}", stored.len()));
        let ran = stage.reserve(&directory, 0..=99, &[]).run();
        if ran.code != Some(0) {
            break ran.expect(5);
        }
        stored.push((directory, port(&ran.stdout)));
        assert!(stored.len() < 100, "the disk is never full");
    };
    assert_eq!(refused.stdout, "");
    assert!(
        refused.stderr.contains("trop.db") && refused.stderr.contains("TROP_DATA_DIR"),
        "{}",
        refused.stderr
    );
    for (directory, expected) in &stored {
        let ran = stage.reserve(directory, 0..=99, &[]).run().expect(0);
        assert_eq!(port(&ran.stdout), *expected);
    }
    stage.trop(&stored[0].0, ["list"]).run().expect(0);
    disk.make_room();
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), stored.len());
    stage.reserved(stage.directory("new"), 0..=99);
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), stored.len() + 1);
}

#[test]
fn on_a_full_disk_nothing_is_set_up_until_there_is_room() {
    skip_unless!(need::root());
    let found = stage_on_a_disk();
    skip_unless!(a_disk(found.as_ref()));
    let (stage, disk) = found.unwrap();
    let project = stage.directory("project");
    disk.fill();
    let refused = stage.reserve(&project, 0..=9, &[]).run().expect(5);
    assert_eq!(refused.stdout, "");
    stage.trop(&project, ["list"]).run().expect(0);
    stage.trop(&project, ["release"]).run().expect(0);
    disk.make_room();
    let ran = stage.reserve(&project, 0..=9, &[]).run().expect(0);
    assert_eq!(port(&ran.stdout), stage.ports.first());
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), 1);
}

#[test]
fn a_machine_without_proc() {
    skip_unless!(need::name_spaces());
    let scene = Scene::new();
    scene.check(|| (), without_proc::hidden, &Expected::ALL_WELL);
}
