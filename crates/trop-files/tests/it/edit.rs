//! What becomes of a file that is edited, of its links, and of what is beside it.

use std::convert::Infallible;
use std::fs::{Metadata, create_dir, hard_link, read, read_dir, read_link, write};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::tempdir;
use trop_files::{Edit, EditError, FileError, edit_file, preview_edit};

use crate::edit_process::EditProcess;

/// Longer than any test waits.
pub(crate) fn in_an_hour() -> Instant {
    Instant::now() + Duration::from_secs(3_600)
}

/// Appends a line, and answers as the preview did, which changed nothing.
pub(crate) fn append(path: &Path, line: &str) -> Result<Edit, EditError<Infallible>> {
    let appended = |old: Option<&[u8]>| Ok([old.unwrap_or_default(), line.as_bytes()].concat());
    let before = state(path);
    let previewed = preview_edit(path, appended);
    assert_eq!(state(path), before, "a preview changes nothing");
    let edited = edit_file(path, in_an_hour(), appended);
    assert_eq!(format!("{previewed:?}"), format!("{edited:?}"), "preview and edit");
    edited
}

/// The file, and what is beside it.
fn state(path: &Path) -> (Option<(u64, i64, i64)>, Vec<String>) {
    let changed_at = |metadata: Metadata| (metadata.ino(), metadata.ctime(), metadata.ctime_nsec());
    (path.symlink_metadata().ok().map(changed_at), names(path.parent().expect("it is in a directory")))
}

/// What is in a directory; nothing when it cannot be read.
pub(crate) fn names(directory: &Path) -> Vec<String> {
    let entries = read_dir(directory).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_file_is_made_changed_and_left_alone() {
    let scratch = tempdir().unwrap();
    let file = scratch.path().join("file");
    assert_eq!(append(&file, "one\n").unwrap(), Edit::Created);
    assert_eq!(read(&file).unwrap(), b"one\n");
    assert_eq!(append(&file, "two\n").unwrap(), Edit::Changed);
    assert_eq!(read(&file).unwrap(), b"one\ntwo\n");

    let before = state(&file);
    assert_eq!(append(&file, "").unwrap(), Edit::Unchanged);
    assert_eq!(state(&file), before);
    assert_eq!(names(scratch.path()), ["file"]);
}

#[test]
fn a_missing_file_is_not_an_empty_one() {
    let scratch = tempdir().unwrap();
    let file = scratch.path().join("file");
    let mut seen = vec![];
    let mut look = |old: Option<&[u8]>| {
        seen.push(old.map(<[u8]>::to_vec));
        Ok::<_, Infallible>(vec![])
    };
    assert_eq!(edit_file(&file, in_an_hour(), &mut look).unwrap(), Edit::Created);
    assert_eq!(edit_file(&file, in_an_hour(), &mut look).unwrap(), Edit::Unchanged);
    assert_eq!(seen, [None, Some(vec![])]);
}

#[test]
fn a_path_may_be_relative_to_the_working_directory() {
    let scratch = tempdir().unwrap();
    let enter = format!("cd '{}'", scratch.path().display());
    for path in ["file", "./file"] {
        assert!(EditProcess::new(Path::new(path), &[path]).run_after(&enter).success());
    }
    assert_eq!(read(scratch.path().join("file")).unwrap(), b"file\n./file\n");
    assert_eq!(names(scratch.path()), ["file"]);
}

#[test]
fn what_the_edit_refuses_leaves_everything_as_it_is() {
    let scratch = tempdir().unwrap();
    let file = scratch.path().join("file");
    let refuse = |_: Option<&[u8]>| Err("no");
    assert!(matches!(edit_file(&file, in_an_hour(), refuse), Err(EditError::Edit("no"))));
    assert!(matches!(preview_edit(&file, refuse), Err(EditError::Edit("no"))));
    assert_eq!(names(scratch.path()), [""; 0]);

    write(&file, "content").unwrap();
    let before = state(&file);
    assert!(matches!(edit_file(&file, in_an_hour(), refuse), Err(EditError::Edit("no"))));
    assert_eq!(state(&file), before);
}

#[test]
fn links_stay_and_the_file_behind_them_is_edited() {
    /// Each link, with what it leads to; the path that is edited; the file behind it.
    #[track_caller]
    fn check(links: &[(&str, &str)], path: &str, real: &str) {
        for is_there in [true, false] {
            let scratch = tempdir().unwrap();
            let at = |path: &str| scratch.path().join(path);
            create_dir(at("home")).unwrap();
            create_dir(at("shared")).unwrap();
            for (link, to) in links {
                let to = to.replace("ROOT", scratch.path().to_str().unwrap());
                symlink(to, at(link)).unwrap();
            }
            if is_there {
                write(at(real), "old ").unwrap();
            }
            let expected = if is_there { (Edit::Changed, "old new") } else { (Edit::Created, "new") };
            assert_eq!(append(&at(path), "new").unwrap(), expected.0);
            assert!(at(real).symlink_metadata().unwrap().is_file());
            assert_eq!(read(at(real)).unwrap(), expected.1.as_bytes());
            for (link, to) in links {
                let to = to.replace("ROOT", scratch.path().to_str().unwrap());
                assert_eq!(read_link(at(link)).unwrap(), Path::new(&to));
            }
        }
    }
    check(&[("home/.env", "file")], "home/.env", "home/file");
    check(&[("home/.env", "../shared/file")], "home/.env", "shared/file");
    check(&[("home/.env", "ROOT/shared/file")], "home/.env", "shared/file");
    check(&[("home/.env", "b"), ("home/b", "../shared/c"), ("shared/c", "./d")], "home/.env", "shared/d");
    // From where the link is, not from where one came.
    check(&[("way", "shared"), ("shared/.env", "../home/file")], "way/.env", "home/file");
    check(&[("home/way", "../shared"), ("home/.env", "way/../home/file")], "home/.env", "home/file");
}

#[test]
fn another_name_of_the_same_file_keeps_the_old_content() {
    let scratch = tempdir().unwrap();
    let (file, other) = (scratch.path().join("file"), scratch.path().join("other"));
    write(&file, "old ").unwrap();
    hard_link(&file, &other).unwrap();
    append(&file, "new").unwrap();
    assert_eq!((read(&file).unwrap(), read(&other).unwrap()), (b"old new".to_vec(), b"old ".to_vec()));
}

#[test]
fn what_is_no_regular_file_is_refused() {
    let scratch = tempdir().unwrap();
    // What is above it is looked at as well, and nobody else is there either.
    let scene = scratch.path().join("scene");
    let at = |path: &str| scene.join(path);
    create_dir(&scene).unwrap();
    create_dir(at("directory")).unwrap();
    assert!(Command::new("mkfifo").arg(at("fifo")).status().unwrap().success());
    symlink("directory", at("to-directory")).unwrap();
    symlink("fifo", at("to-fifo")).unwrap();
    symlink("missing/", at("to-slash")).unwrap();
    for path in
        ["directory", "fifo", "to-directory", "to-fifo", "to-slash", "missing/", "missing/.", ".", ".."]
    {
        let error = append(&at(path), "new").unwrap_err();
        assert!(
            matches!(&error, EditError::File(FileError::NotAFile { path: named }) if *named == at(path)),
            "{error:?}"
        );
    }
    assert_eq!(names(&scene), ["directory", "fifo", "to-directory", "to-fifo", "to-slash"]);
}

/// Only looked at: a mistake would cost this machine a device.
#[track_caller]
fn check_preview_is_refused(path: &Path) {
    let previewed = preview_edit(path, |_| Ok::<_, Infallible>(vec![]));
    assert!(
        matches!(&previewed, Err(EditError::File(FileError::NotAFile { path: named })) if named == path),
        "{previewed:?}"
    );
}

#[test]
fn devices_and_the_root_are_refused() {
    for path in ["/", "/dev/null", "/dev/zero"] {
        check_preview_is_refused(Path::new(path));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_process_has_open_is_refused_even_when_it_is_a_regular_file() {
    use std::os::fd::AsRawFd;

    let scratch = tempdir().unwrap();
    write(scratch.path().join("file"), "old").unwrap();
    let open = std::fs::File::open(scratch.path().join("file")).unwrap();
    let (fd, link) = (open.as_raw_fd(), scratch.path().join("link"));
    symlink(format!("/dev/fd/{fd}"), &link).unwrap();
    check_preview_is_refused(&link);
    check_preview_is_refused(Path::new("/dev/stdout"));
    check_preview_is_refused(Path::new(&format!("/dev/fd/{fd}")));
    check_preview_is_refused(Path::new(&format!("/proc/self/fd/{fd}")));
}

#[test]
fn a_place_that_cannot_be_is_an_error_that_names_it() {
    #[track_caller]
    fn check(path: &str, sentence: &str, kind: ErrorKind) {
        let scratch = tempdir().unwrap();
        write(scratch.path().join("file"), "content").unwrap();
        symlink("missing/file", scratch.path().join("dangling")).unwrap();
        let error = append(&scratch.path().join(path), "new").unwrap_err();
        let said = error.to_string().replace(scratch.path().to_str().unwrap(), "ROOT");
        assert_eq!(said, sentence);
        assert!(
            matches!(&error, EditError::File(FileError::Io { source, .. }) if source.kind() == kind),
            "{error:?}"
        );
        assert_eq!(names(scratch.path()), ["dangling", "file"]);
    }
    check("missing/file", "cannot open ROOT/missing", ErrorKind::NotFound);
    check("dangling", "cannot open ROOT/missing", ErrorKind::NotFound);
    check("file/below", "cannot read ROOT/file/below", ErrorKind::NotADirectory);
    check("file/", "cannot read ROOT/file/", ErrorKind::NotADirectory);
}

#[test]
fn links_in_a_circle_are_an_error() {
    let scratch = tempdir().unwrap();
    symlink("b", scratch.path().join("a")).unwrap();
    symlink("a", scratch.path().join("b")).unwrap();
    let error = append(&scratch.path().join("a"), "new").unwrap_err();
    assert!(matches!(error, EditError::File(FileError::Io { doing: "read", .. })), "{error:?}");
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next_edit() {
    let scratch = tempdir().unwrap();
    let at = |path: &str| scratch.path().join(path);
    write(at("file"), "content").unwrap();
    create_dir(at(".trop-7.new")).unwrap();
    symlink("file", at(".trop-8.new")).unwrap();
    let others = [".trop-.new", ".trop-1.newer", ".trop-x1.new", "trop-1.new"];
    for name in others.iter().chain(&[".trop-1.new", ".trop-4294967295.new"]) {
        write(at(name), "half").unwrap();
    }
    let edit = |old: Option<&[u8]>| Ok::<_, Infallible>(old.unwrap_or_default().to_owned());
    assert_eq!(edit_file(&at("file"), in_an_hour(), edit).unwrap(), Edit::Unchanged);

    let mut expected: Vec<&str> = others.into_iter().chain([".trop-7.new", ".trop-8.new", "file"]).collect();
    expected.sort_unstable();
    assert_eq!(names(scratch.path()), expected);
}

#[test]
fn a_lock_on_the_directory_is_waited_for_until_the_deadline() {
    let scratch = tempdir().unwrap();
    let file = scratch.path().join("file");
    let holder = std::fs::File::open(scratch.path()).unwrap();
    holder.lock().unwrap();
    write(scratch.path().join(".trop-1.new"), "needed").unwrap();
    let edit = |_: Option<&[u8]>| Ok::<_, Infallible>(b"new".to_vec());

    let error = edit_file(&file, Instant::now(), edit).unwrap_err();
    assert!(
        matches!(&error, EditError::File(FileError::Locked { directory }) if directory == scratch.path()),
        "{error:?}"
    );
    assert_eq!(names(scratch.path()), [".trop-1.new"], "nothing of who holds the lock is removed");
    assert_eq!(preview_edit(&file, edit).unwrap(), Edit::Created, "a preview needs no lock");

    std::thread::scope(|threads| {
        let waiting = threads.spawn(|| edit_file(&file, in_an_hour(), edit));
        holder.unlock().unwrap();
        assert_eq!(waiting.join().unwrap().unwrap(), Edit::Created);
    });
}
