//! Modes and owners of files that are edited, and what permissions forbid.

use std::fs::{Permissions, create_dir, metadata, read, set_permissions, write};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;

use tempfile::tempdir;
use trop_files::{Edit, EditError, FileError};
use trop_testkit::{need, skip_unless};

use crate::edit::{append, names};
use crate::edit_process::EditProcess;
use crate::without_root::without_root;

fn set_mode(path: &Path, mode: u32) {
    set_permissions(path, Permissions::from_mode(mode)).expect("it is there");
}

fn mode(path: &Path) -> u32 {
    metadata(path).expect("it is there").permissions().mode() & 0o7777
}

#[test]
fn the_mode_stays_whatever_the_umask_is() {
    for umask in ["000", "022", "077"] {
        for expected in [0o600, 0o644, 0o664, 0o755, 0o777, 0o640, 0o1644] {
            let scratch = tempdir().unwrap();
            let file = scratch.path().join("file");
            write(&file, "old\n").unwrap();
            set_mode(&file, expected);
            assert!(EditProcess::new(&file, &["new"]).run_after(&format!("umask {umask}")).success());
            assert_eq!(read(&file).unwrap(), b"old\nnew\n");
            assert_eq!(mode(&file), expected, "{:o} is not {expected:o}, {umask}", mode(&file));
        }
    }
}

#[test]
fn a_new_file_has_the_mode_that_the_umask_allows() {
    for (umask, expected) in [("000", 0o666), ("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let scratch = tempdir().unwrap();
        let file = scratch.path().join("file");
        assert!(EditProcess::new(&file, &["new"]).run_after(&format!("umask {umask}")).success());
        assert_eq!(mode(&file), expected, "{:o} is not {expected:o}", mode(&file));
    }
}

#[test]
fn root_keeps_the_owner_and_the_group_of_others() {
    skip_unless!(need::root());
    for (user, group, kept_mode) in [(1234, 5678, 0o600), (0, 5678, 0o664), (1234, 0, 0o4755)] {
        let scratch = tempdir().unwrap();
        let file = scratch.path().join("file");
        write(&file, "old").unwrap();
        chown(&file, Some(user), Some(group)).unwrap();
        set_mode(&file, kept_mode);
        assert_eq!(append(&file, "new").unwrap(), Edit::Changed);
        let metadata = metadata(&file).unwrap();
        assert_eq!((metadata.uid(), metadata.gid(), mode(&file)), (user, group, kept_mode));
    }
}

#[test]
fn a_file_whose_owner_would_change_is_refused() {
    #[track_caller]
    fn check(user: u32, group: u32) {
        let scratch = tempdir().unwrap();
        set_mode(scratch.path(), 0o777);
        let file = scratch.path().join("file");
        write(&file, "old").unwrap();
        set_mode(&file, 0o666);
        chown(&file, Some(user), Some(group)).unwrap();
        let path = file.clone();
        without_root(move || {
            assert_eq!(append(&path, "").unwrap(), Edit::Unchanged);
            let error = append(&path, "new").unwrap_err();
            assert!(
                matches!(&error, EditError::File(FileError::OwnerWouldChange { path: named }) if *named == path),
                "{error:?}"
            );
        });
        assert_eq!((read(&file).unwrap(), names(scratch.path())), (b"old".to_vec(), vec!["file".to_owned()]));
    }
    skip_unless!(need::root());
    // Somebody else's, then one's own in a group that one is not in.
    check(1234, 0);
    check(65_534, 5678);
}

#[test]
fn a_group_that_the_directory_gives_stays() {
    skip_unless!(need::root());
    let scratch = tempdir().unwrap();
    chown(scratch.path(), Some(65_534), Some(5678)).unwrap();
    set_mode(scratch.path(), 0o2777);
    let file = scratch.path().join("file");
    without_root(move || {
        write(&file, "old").unwrap();
        assert_eq!(append(&file, "new").unwrap(), Edit::Changed);
        assert_eq!(metadata(&file).unwrap().gid(), 5678);
    });
}

#[test]
fn what_may_not_be_written_is_refused_although_it_could_be_replaced() {
    without_root(|| {
        let scratch = tempdir().unwrap();
        let file = scratch.path().join("file");
        write(&file, "old").unwrap();
        set_mode(&file, 0o444);
        assert_eq!(append(&file, "").unwrap(), Edit::Unchanged);
        check_denied(&file, "cannot write to ROOT/file");
        assert_eq!(read(&file).unwrap(), b"old");
        set_mode(&file, 0o200);
        check_denied(&file, "cannot read ROOT/file");
    });
}

#[test]
fn a_directory_in_which_no_file_can_be_made_is_an_error() {
    #[track_caller]
    fn check(directory_mode: u32, path: &str, sentence: &str) {
        let scratch = tempdir().unwrap();
        let directory = scratch.path().join("directory");
        create_dir(&directory).unwrap();
        write(directory.join("old"), "old").unwrap();
        set_mode(&directory, directory_mode);
        check_denied(&directory.join(path), sentence);
        set_mode(&directory, 0o700);
        assert_eq!(names(&directory), ["old"]);
    }
    without_root(|| {
        check(0o500, "old", "cannot make a file in ROOT");
        check(0o500, "new", "cannot make a file in ROOT");
        check(0o300, "old", "cannot open ROOT");
        check(0o300, "new", "cannot open ROOT");
        check(0o600, "old", "cannot read ROOT/old");
    });
}

#[track_caller]
fn check_denied(path: &Path, sentence: &str) {
    let error = append(path, "new").expect_err("it is denied");
    let directory = path.parent().expect("it is in one").display().to_string();
    let said = error.to_string().replace(&directory, "ROOT");
    assert_eq!(said, sentence);
    let EditError::File(FileError::Io { source, .. }) = error else { panic!("{error:?}") };
    assert_eq!(source.kind(), ErrorKind::PermissionDenied);
}
