//! Directories of other users, as root and as somebody else.

use std::io;
use std::os::unix::fs::{chown, symlink};
use std::path::Path;

use rustix::process::{Uid, geteuid};
use rustix::thread::set_thread_res_uid;
use tempfile::TempDir;
use trop_system::{UserId, foreign_owner};
use trop_testkit::{need, skip_unless};

/// Not root, whoever it is.
const SOMEBODY: u32 = 65_534;

/// A directory of root's, with one of somebody else's in it, and links to both. Only root can make it.
fn two_homes() -> io::Result<TempDir> {
    let homes = tempfile::tempdir()?;
    let path = homes.path();
    std::fs::create_dir(path.join("own"))?;
    std::fs::create_dir_all(path.join("foreign/own"))?;
    std::fs::write(path.join("foreign/file"), "")?;
    chown(path.join("foreign"), Some(SOMEBODY), None)?;
    chown(path.join("foreign/file"), Some(SOMEBODY), None)?;
    symlink("foreign", path.join("to-foreign"))?;
    symlink("own", path.join("to-own"))?;
    symlink("../own", path.join("foreign/to-own"))?;
    symlink("foreign/missing", path.join("to-missing"))?;
    symlink("../own/missing", path.join("foreign/to-missing"))?;
    symlink("../foreign/own", path.join("own/way"))?;
    symlink("../missing", path.join("foreign/own/up"))?;
    symlink("loop", path.join("foreign/loop"))?;
    symlink("second", path.join("first"))?;
    symlink("to-missing", path.join("second"))?;
    Ok(homes)
}

#[test]
fn root_is_told_whose_files_these_are() {
    skip_unless!(need::root());
    let homes = two_homes().unwrap();
    let check = |below: &str, expected: Option<u32>| {
        let owner = foreign_owner(&homes.path().join(below));
        let number = owner.map(|owner| owner.id);
        assert_eq!(number, expected.map(UserId::new), "{below}");
    };

    check("", None);
    check("own", None);
    check("own/missing/deeper", None);
    check("foreign", Some(SOMEBODY));
    check("foreign/file", Some(SOMEBODY));
    check("foreign/file/below", Some(SOMEBODY));
    check("foreign/missing", Some(SOMEBODY));
    check("foreign/missing/deeper", Some(SOMEBODY));
    check("foreign/own", None);
    check("foreign/own/missing", None);

    check("to-foreign", Some(SOMEBODY));
    check("to-foreign/missing", Some(SOMEBODY));
    check("to-own/missing", None);
    check("foreign/to-own", None);
    check("foreign/to-own/missing", None);

    check("to-missing", Some(SOMEBODY));
    check("to-missing/deeper", Some(SOMEBODY));
    check("foreign/to-missing", None);
    check("to-foreign/to-missing", None);
    // `..` leads to where the linked directory really is.
    check("own/way/up/deeper", Some(SOMEBODY));
    check("first/deeper", Some(SOMEBODY));
    check("foreign/loop", Some(SOMEBODY));
}

#[test]
fn anybody_else_is_told_nothing() {
    std::thread::spawn(|| {
        if geteuid().is_root() {
            // On Linux it is the thread that has a user (setresuid(2)), and this one has no other work.
            set_thread_res_uid(None, Uid::from_raw(SOMEBODY), None).expect("root may become anybody");
        }
        assert_eq!(foreign_owner(Path::new("/")), None);
        assert_eq!(foreign_owner(Path::new("/no/such/directory")), None);
    })
    .join()
    .expect("the checks hold");
}
