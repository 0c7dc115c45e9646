//! Files as they are found: hardly ever what one hopes for.

use std::fs::{Permissions, create_dir, set_permissions, write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use trop_config::{FileKind, LoadError, Origin, Source, UnreadableFile};
use trop_testkit::Sandbox;

const MOST_BYTES: usize = 1 << 20;

/// A directory, and the path of a file that is not yet in it.
fn not_yet() -> (TempDir, Utf8PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(directory.path()).unwrap().join("trop.yaml");
    (directory, path)
}

fn load(path: &Utf8Path) -> Result<Option<Source>, LoadError> {
    Source::load(FileKind::Tropfile, path)
}

#[track_caller]
fn check_unreadable(path: &Utf8Path, expected: &str) {
    match load(path) {
        Err(LoadError::Unreadable(UnreadableFile { path: named, source })) => {
            assert_eq!(named, path);
            assert!(source.to_string().contains(expected), "{source}");
        }
        other => panic!("{other:?}"),
    }
}

/// What is wrong with a file of these bytes, and at which line, column and bytes.
#[track_caller]
fn check_unusable(bytes: &[u8], message: &str, position: Option<(u32, u32, usize)>) {
    let (_directory, path) = not_yet();
    write(&path, bytes).unwrap();
    let Err(LoadError::Unusable(problem)) = load(&path) else { panic!("it is of use") };
    assert_eq!(problem.message, message);
    let [Origin::File(place)] = &problem.origins[..] else { panic!("{problem:?}") };
    assert_eq!(place.source.path(), path);
    let found = place.position().map(|found| (found.line, found.column));
    assert_eq!(found, position.map(|(line, column, _)| (line, column)));
    assert_eq!(place.span.as_ref().map(|span| span.start), position.map(|(_, _, start)| start));
    if let Some(span) = place.span.clone() {
        assert_eq!(&place.source.text()[span], "\u{fffd}");
    }
}

#[test]
fn a_missing_file_is_none() {
    let (_directory, path) = not_yet();
    assert_eq!(load(&path).unwrap(), None);
    assert_eq!(load(&path.join("deeper")).unwrap(), None);
    write(&path, "").unwrap();
    assert_eq!(load(&path.join("below a file")).unwrap(), None);
}

#[test]
fn a_file_is_read_as_it_is() {
    let (directory, path) = not_yet();
    let text = "\u{feff}# ä\r\nports: 5\0\n";
    write(&path, text).unwrap();
    let link = Utf8Path::from_path(directory.path()).unwrap().join("link");
    symlink(&path, &link).unwrap();
    for path in [path, link] {
        let expected = Source::new(FileKind::Tropfile, path.clone(), text);
        assert_eq!(load(&path).unwrap(), Some(expected));
    }
}

#[test]
fn a_file_has_at_most_a_mebibyte() {
    let (_directory, path) = not_yet();
    write(&path, "#".repeat(MOST_BYTES)).unwrap();
    assert_eq!(load(&path).unwrap().unwrap().text().len(), MOST_BYTES);
    let too_long = "the file is longer than 1048576 bytes, which no configuration is";
    check_unusable("#".repeat(MOST_BYTES + 1).as_bytes(), too_long, None);
    check_unusable(&vec![0xff; MOST_BYTES + 1], too_long, None);
}

#[test]
fn what_is_not_utf_8_is_pointed_at() {
    let message = "this is not UTF-8";
    check_unusable(b"\xff", message, Some((1, 1, 0)));
    check_unusable(b"project: caf\xe9\n", message, Some((1, 13, 12)));
    check_unusable(b"\xc3\xa4\r\n\xc3\xa4\xf0\x9f\xa6", message, Some((2, 2, 6)));
    check_unusable(b"\xff\xfep\0o\0", message, Some((1, 1, 0)));
    check_unusable(b"\xef\xbb\xbfa: \x80\n\xff", message, Some((1, 4, 6)));
}

#[test]
fn what_is_no_regular_file_is_not_read() {
    let (directory, path) = not_yet();
    let at = |name: &str| Utf8Path::from_path(directory.path()).unwrap().join(name);
    create_dir(&path).unwrap();
    check_unreadable(&path, "it is a directory");
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    check_unreadable(&at("pipe"), "it is not a regular file");
    symlink("pipe", at("to pipe")).unwrap();
    check_unreadable(&at("to pipe"), "it is not a regular file");
    check_unreadable(Utf8Path::new("/dev/zero"), "it is not a regular file");
}

#[test]
fn a_link_that_leads_nowhere_is_not_a_missing_file() {
    let (_directory, path) = not_yet();
    symlink("missing", &path).unwrap();
    check_unreadable(&path, "it is a link that leads nowhere");
    let (_directory, path) = not_yet();
    symlink("trop.yaml", &path).unwrap();
    check_unreadable(&path, "symbolic links");
}

/// Root may read everything, and asks somebody else to make this test.
#[test]
fn a_file_that_may_not_be_read_is_not_a_missing_file() {
    let (directory, path) = not_yet();
    write(&path, "").unwrap();
    set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        let this = std::env::current_exe().unwrap();
        let somebody = Sandbox::of_ordinary_user(this.to_str().unwrap());
        let test = "loading::a_file_that_may_not_be_read_is_not_a_missing_file";
        let ran = somebody.trop(["--exact", test]).run();
        assert!(ran.expect(0).stdout.contains("1 passed"));
        return;
    }
    check_unreadable(&path, "ermission denied");
    set_permissions(directory.path(), Permissions::from_mode(0o000)).unwrap();
    check_unreadable(&path, "ermission denied");
    set_permissions(directory.path(), Permissions::from_mode(0o700)).unwrap();
}
