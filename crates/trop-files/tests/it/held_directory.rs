//! A directory that is moved while it is held.

use std::ffi::OsStr;
use std::fs::{create_dir, read_to_string, rename, write};
use std::os::unix::fs::symlink;

use tempfile::tempdir;
use trop_files::{FileLock, HeldDirectory};

use crate::edit::{in_an_hour, names};

#[test]
fn what_is_done_is_done_where_the_directory_is_now() {
    let scratch = tempdir().unwrap();
    let [here, away] = ["here", "away"].map(|name| scratch.path().join(name));
    create_dir(&here).unwrap();
    write(here.join("file"), "old").unwrap();
    symlink("nowhere", here.join("link")).unwrap();
    let lock = FileLock::acquire(&here.join("lock"), in_an_hour()).unwrap();
    let held = HeldDirectory::open(&here).unwrap();

    rename(&here, &away).unwrap();
    create_dir(&here).unwrap();
    write(here.join("file"), "new one").unwrap();
    write(here.join("lock"), "").unwrap();

    let [file, missing, link] = ["file", "missing", "link"].map(OsStr::new);
    assert_eq!(held.length_of(file).unwrap(), Some(3));
    assert_eq!(held.length_of(missing).unwrap(), None);
    assert_eq!(held.length_of(link).unwrap(), Some("nowhere".len() as u64));
    assert!(held.is_locked_by(OsStr::new("lock"), &lock));
    held.rename(file, missing).unwrap();
    assert_eq!(names(&away), ["link", "lock", "missing"]);
    assert_eq!(read_to_string(here.join("file")).unwrap(), "new one");

    let other = HeldDirectory::open(&here).unwrap();
    assert!(!other.is_locked_by(OsStr::new("lock"), &lock));
    assert!(!other.is_locked_by(missing, &lock));
}
