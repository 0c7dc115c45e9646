//! Many processes that edit one file at once.

use std::fs::{read_to_string, write};
use std::os::unix::fs::symlink;
use std::path::Path;

use tempfile::tempdir;

use crate::edit::names;
use crate::edit_process::EditProcess;

/// How many lines each of them appends.
const LINES: usize = 25;

/// Each of the processes knows the file by one of these names.
#[track_caller]
fn check(processes: usize, paths: &[&Path], real: &Path) {
    let lines_of = |process: usize| (0..LINES).map(move |line| format!("{process}-{line}"));
    let started: Vec<_> = (0..processes)
        .zip(paths.iter().cycle())
        .map(|(process, path)| {
            let lines: Vec<String> = lines_of(process).collect();
            EditProcess::new(path, &lines.iter().map(String::as_str).collect::<Vec<_>>()).start()
        })
        .collect();
    for mut process in started {
        assert!(process.wait().expect("it ends").success());
    }
    let content = read_to_string(real).expect("it is there");
    let mut found: Vec<&str> = content.lines().collect();
    found.sort_unstable();
    let mut expected: Vec<String> = (0..processes).flat_map(lines_of).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn two_processes_lose_no_line() {
    let scratch = tempdir().unwrap();
    let file = scratch.path().join("file");
    check(2, &[&file], &file);
    assert_eq!(names(scratch.path()), ["file"]);
}

#[test]
fn eight_processes_lose_no_line_by_whatever_name_they_know_the_file() {
    let (scratch, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let file = scratch.path().join("file");
    let (link, way) = (elsewhere.path().join("link"), elsewhere.path().join("way"));
    write(&file, "").unwrap();
    symlink(&file, &link).unwrap();
    symlink(scratch.path(), &way).unwrap();
    check(8, &[&file, &link, &way.join("file")], &file);
    assert_eq!(names(scratch.path()), ["file"]);
    assert_eq!(names(elsewhere.path()), ["link", "way"]);
}
