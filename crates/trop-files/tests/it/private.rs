//! What is made, and with which permissions.

use std::fs::{Permissions, create_dir, metadata, read_to_string, set_permissions, write};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use rustix::fs::Mode;
use rustix::process::umask;
use tempfile::tempdir;
use trop_files::{
    Edit, create_private_directory, create_private_file, create_private_file_with, edit_private_file,
};

use crate::edit::{in_an_hour, names};

/// Lets everybody at what is made, so that only an explicit mode keeps them out. It is the whole process's, and no test here
/// needs another.
fn open_umask() {
    umask(Mode::empty());
}

#[track_caller]
fn check_mode(path: &Path, expected: u32) {
    let mode = metadata(path).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o7777, expected, "{:o} is not {expected:o}", mode & 0o7777);
}

#[test]
fn every_directory_that_is_made_is_private() {
    open_umask();
    let scratch = tempdir().unwrap();
    create_private_directory(&scratch.path().join("a/b/c")).unwrap();
    check_mode(&scratch.path().join("a"), 0o700);
    check_mode(&scratch.path().join("a/b"), 0o700);
    check_mode(&scratch.path().join("a/b/c"), 0o700);
}

/// procfs(5) answers that the directory is missing, although what is above is there.
#[cfg(target_os = "linux")]
#[test]
fn a_place_for_no_new_directory_is_an_error() {
    let error = create_private_directory(Path::new("/proc/no/place")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn directories_that_exist_keep_their_permissions_and_content() {
    let scratch = tempdir().unwrap();
    let shared = scratch.path().join("shared");
    create_dir(&shared).unwrap();
    set_permissions(&shared, Permissions::from_mode(0o2755)).unwrap();
    write(shared.join("file"), "content").unwrap();

    create_private_directory(&shared).unwrap();
    create_private_directory(&shared.join("own")).unwrap();

    check_mode(&shared, 0o2755);
    assert_eq!(read_to_string(shared.join("file")).unwrap(), "content");
}

#[test]
fn a_link_to_a_directory_is_a_directory() {
    open_umask();
    let scratch = tempdir().unwrap();
    create_dir(scratch.path().join("real")).unwrap();
    symlink("real", scratch.path().join("link")).unwrap();
    create_private_directory(&scratch.path().join("link")).unwrap();
    create_private_directory(&scratch.path().join("link/below")).unwrap();
    check_mode(&scratch.path().join("real/below"), 0o700);
}

#[test]
fn a_directory_is_not_made_in_place_of_a_file() {
    let scratch = tempdir().unwrap();
    let file = scratch.path().join("file");
    write(&file, "content").unwrap();
    assert_eq!(create_private_directory(&file).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(create_private_directory(&file.join("below")).unwrap_err().kind(), ErrorKind::NotADirectory);
    assert_eq!(read_to_string(&file).unwrap(), "content");
}

#[test]
fn a_file_that_is_made_is_private_and_empty() {
    open_umask();
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("file");
    let mut file = create_private_file(&path).unwrap();
    check_mode(&path, 0o600);

    let mut content = String::new();
    file.read_to_string(&mut content).unwrap();
    assert_eq!(content, "");
    file.write_all(b"content").unwrap();
    assert_eq!(read_to_string(&path).unwrap(), "content");
}

#[test]
fn a_file_that_exists_keeps_its_permissions_and_content() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("file");
    write(&path, "content").unwrap();
    set_permissions(&path, Permissions::from_mode(0o644)).unwrap();

    let mut file = create_private_file(&path).unwrap();

    let mut content = String::new();
    file.read_to_string(&mut content).unwrap();
    assert_eq!(content, "content");
    check_mode(&path, 0o644);
}

#[test]
fn a_file_is_not_made_where_it_cannot_be() {
    let scratch = tempdir().unwrap();
    let no_directory = scratch.path().join("missing/file");
    assert_eq!(create_private_file(&no_directory).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(create_private_file(scratch.path()).unwrap_err().kind(), ErrorKind::IsADirectory);
}

#[test]
fn a_file_that_is_made_with_its_content_is_private_and_one_that_exists_keeps_its_permissions() {
    open_umask();
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("file");
    let edit = |content: &'static [u8]| {
        edit_private_file(&path, in_an_hour(), |_| Ok::<_, std::convert::Infallible>(content.to_vec()))
            .unwrap()
    };
    assert_eq!(edit(b"one"), Edit::Created);
    check_mode(&path, 0o600);
    set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    assert_eq!(edit(b"two"), Edit::Changed);
    check_mode(&path, 0o640);
    assert_eq!(
        (read_to_string(&path).unwrap(), names(scratch.path())),
        ("two".to_owned(), vec!["file".to_owned()])
    );
}

#[test]
fn a_file_with_its_content_is_private_and_what_is_there_stays() {
    open_umask();
    let scratch = tempdir().unwrap();
    let [new, old, link] = ["new", "old", "link"].map(|name| scratch.path().join(name));
    write(&old, "old").unwrap();
    symlink(scratch.path().join("nowhere"), &link).unwrap();
    // What a killed process left behind.
    write(scratch.path().join(".trop-7.new"), "half").unwrap();

    let make = |path: &Path| create_private_file_with(path, b"whole", in_an_hour()).unwrap();
    assert_eq!([&new, &old, &link].map(|path| make(path)), [true, false, false]);

    check_mode(&new, 0o600);
    assert_eq!(read_to_string(&new).unwrap(), "whole");
    assert_eq!(read_to_string(&old).unwrap(), "old");
    assert_eq!(names(scratch.path()), ["link", "new", "old"]);
}
