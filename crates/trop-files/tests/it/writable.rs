//! Whether one could write, as somebody whom permissions bind.

use std::fs::{Permissions, create_dir, set_permissions, write};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use tempfile::{TempDir, tempdir};
use trop_files::require_writable;

use crate::without_root::without_root;

fn with_file(mode: u32) -> io::Result<TempDir> {
    let scratch = tempdir()?;
    let file = scratch.path().join("entry");
    write(&file, "content")?;
    set_permissions(&file, Permissions::from_mode(mode))?;
    Ok(scratch)
}

fn with_directory(mode: u32) -> io::Result<TempDir> {
    let scratch = tempdir()?;
    let directory = scratch.path().join("entry");
    create_dir(&directory)?;
    set_permissions(&directory, Permissions::from_mode(mode))?;
    Ok(scratch)
}

fn answer(scratch: &TempDir) -> Result<(), ErrorKind> {
    require_writable(&scratch.path().join("entry")).map_err(|error| error.kind())
}

#[test]
fn files_are_judged_by_their_permissions() {
    #[track_caller]
    fn check(mode: u32, expected: Result<(), ErrorKind>) {
        assert_eq!(answer(&with_file(mode).unwrap()), expected, "{mode:o}");
    }

    without_root(|| {
        check(0o600, Ok(()));
        check(0o200, Ok(()));
        check(0o400, Err(ErrorKind::PermissionDenied));
        check(0o000, Err(ErrorKind::PermissionDenied));
        // The owner's bits count for the owner, not everybody's.
        check(0o077, Err(ErrorKind::PermissionDenied));
    });
}

#[test]
fn directories_must_be_entered_as_well() {
    #[track_caller]
    fn check(mode: u32, expected: Result<(), ErrorKind>) {
        let scratch = with_directory(mode).unwrap();
        let answer = answer(&scratch);
        set_permissions(scratch.path().join("entry"), Permissions::from_mode(0o700)).unwrap();
        assert_eq!(answer, expected, "{mode:o}");
    }

    without_root(|| {
        check(0o700, Ok(()));
        check(0o300, Ok(()));
        check(0o500, Err(ErrorKind::PermissionDenied));
        check(0o600, Err(ErrorKind::PermissionDenied));
        check(0o200, Err(ErrorKind::PermissionDenied));
    });
}

#[test]
fn what_lies_in_a_directory_that_may_not_be_entered_is_not_writable() {
    without_root(|| {
        let scratch = with_directory(0o700).unwrap();
        let directory = scratch.path().join("entry");
        write(directory.join("file"), "").unwrap();
        set_permissions(&directory, Permissions::from_mode(0o600)).unwrap();
        let answer = require_writable(&directory.join("file"));
        set_permissions(&directory, Permissions::from_mode(0o700)).unwrap();
        assert_eq!(answer.unwrap_err().kind(), ErrorKind::PermissionDenied);
    });
}

#[test]
fn links_are_followed() {
    without_root(|| {
        let scratch = with_file(0o400).unwrap();
        let link = scratch.path().join("link");
        symlink("entry", &link).unwrap();
        assert_eq!(require_writable(&link).unwrap_err().kind(), ErrorKind::PermissionDenied);
        symlink("missing", scratch.path().join("dangling")).unwrap();
        assert_eq!(
            require_writable(&scratch.path().join("dangling")).unwrap_err().kind(),
            ErrorKind::NotFound
        );
    });
}

#[test]
fn what_is_not_there_is_not_writable() {
    let scratch = with_file(0o600).unwrap();
    let check = |below: &str, expected: ErrorKind| {
        let error = require_writable(&scratch.path().join(below)).unwrap_err();
        assert_eq!(error.kind(), expected, "{below}");
    };

    check("missing", ErrorKind::NotFound);
    check("missing/below", ErrorKind::NotFound);
    check("entry/below", ErrorKind::NotADirectory);
    assert_eq!(require_writable(Path::new("")).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn nothing_is_written() {
    let scratch = with_file(0o600).unwrap();
    let entry = scratch.path().join("entry");
    let before = entry.metadata().unwrap().modified().unwrap();
    require_writable(&entry).unwrap();
    require_writable(scratch.path()).unwrap();
    assert_eq!(entry.metadata().unwrap().modified().unwrap(), before);
    assert_eq!(std::fs::read_to_string(&entry).unwrap(), "content");
    assert_eq!(std::fs::read_dir(scratch.path()).unwrap().count(), 1);
}
