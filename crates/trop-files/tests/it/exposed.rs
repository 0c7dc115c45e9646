//! What others than the owner can use, and how they are kept out.

use std::fs::{Permissions, create_dir, metadata, set_permissions, write};
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use tempfile::tempdir;
use trop_files::{can_others_write, is_common_directory, is_exposed, make_private, require_private_possible};

use crate::without_root::without_root;

fn mode(path: &Path) -> u32 {
    metadata(path).expect("it is there").permissions().mode() & 0o7777
}

#[test]
fn a_mode_is_judged_by_the_bits_of_group_and_others() {
    #[track_caller]
    fn check(bits: u32, expected: bool) {
        let scratch = tempdir().unwrap();
        let [file, directory] = ["file", "directory"].map(|name| scratch.path().join(name));
        write(&file, "content").unwrap();
        create_dir(&directory).unwrap();
        for (path, private) in [(file, 0o600), (directory, 0o700)] {
            set_permissions(&path, Permissions::from_mode(bits)).unwrap();
            assert_eq!(is_exposed(&path).unwrap(), expected, "{bits:o}");
            make_private(&path).unwrap();
            assert_eq!((is_exposed(&path).unwrap(), mode(&path)), (false, private), "{bits:o}");
        }
    }
    for alone in [0o000, 0o400, 0o600, 0o700, 0o500] {
        check(alone, false);
    }
    for with_others in [0o755, 0o750, 0o644, 0o640, 0o604, 0o601, 0o620, 0o710, 0o777, 0o004] {
        check(with_others, true);
    }
}

#[test]
fn links_are_followed_and_what_is_missing_is_not_exposed() {
    let scratch = tempdir().unwrap();
    let [file, link, missing] = ["file", "link", "missing"].map(|name| scratch.path().join(name));
    symlink("file", &link).unwrap();
    assert!(!is_exposed(&missing).unwrap() && !is_exposed(&link).unwrap());
    assert_eq!(make_private(&missing).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(require_private_possible(&missing).unwrap_err().kind(), ErrorKind::NotFound);
    write(&file, "content").unwrap();
    set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    assert!(is_exposed(&link).unwrap());
    make_private(&link).unwrap();
    assert_eq!(mode(&file), 0o600);
    assert!(link.is_symlink());
}

#[test]
fn only_its_owner_can_make_a_file_private() {
    without_root(|| {
        let scratch = tempdir().unwrap();
        let own = scratch.path().join("own");
        write(&own, "content").unwrap();
        // One that may not be written is the owner's all the same.
        set_permissions(&own, Permissions::from_mode(0o444)).unwrap();
        require_private_possible(&own).unwrap();
        make_private(&own).unwrap();
        let of_root = Path::new("/");
        for refused in [require_private_possible(of_root), make_private(of_root)] {
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::PermissionDenied);
        }
    });
}

#[test]
fn a_directory_for_more_than_one_purpose_is_common() {
    fn is_common(path: &Path) -> std::io::Result<bool> {
        is_common_directory(path, |name| name == "kept")
    }
    #[track_caller]
    fn check(bits: u32, entry: Option<&str>, expected: (bool, bool)) {
        let scratch = tempdir().unwrap();
        let directory = scratch.path().join("data");
        create_dir(&directory).unwrap();
        match entry {
            Some("directory") => create_dir(directory.join("kept")).unwrap(),
            Some(name) => write(directory.join(name), "content").unwrap(),
            None => {}
        }
        set_permissions(&directory, Permissions::from_mode(bits)).unwrap();
        let found = (is_common(&directory).unwrap(), can_others_write(&directory).unwrap());
        assert_eq!(found, expected, "{bits:o}");
    }
    check(0o700, None, (false, false));
    check(0o755, Some("kept"), (false, false));
    check(0o755, Some("index.html"), (true, false));
    check(0o777, None, (false, true));
    check(0o720, Some("directory"), (true, true));
    check(0o1777, None, (true, true));
    check(0o1755, Some("kept"), (true, false));
    assert!(is_common(Path::new("/")).unwrap());
    assert!(is_common(Path::new("/missing")).is_err());
}
