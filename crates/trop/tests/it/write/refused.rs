//! Files that cannot hold the ports, and dry runs, which write to none.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::process::Command;

use camino::Utf8Path;
use serde_json::Value;

use super::{MARKERS, block, require_content, write};
use crate::database::Database;
use crate::exec::{SERVICES, project};
use crate::stage::Stage;
use crate::tree::{tree, tree_without_logs};

/// Requires that the ports cannot be written into that file: a dry run finds it out without changing anything, a run keeps
/// the reservations and leaves everything else as it was. The message has these words in it.
#[track_caller]
fn check(stage: &Stage, directory: &Utf8Path, file: &str, words: &[&str]) {
    let before = tree_without_logs(stage.sandbox.root());
    let shown = write(stage, directory, file, &["--dry-run"]).run().expect(5);
    assert_eq!((shown.stdout.as_str(), tree_without_logs(stage.sandbox.root()) == before), ("", true));

    let of_directory = tree(directory);
    let refused = write(stage, directory, file, &[]).run().expect(5);
    assert_eq!((refused.stdout.as_str(), tree(directory)), ("", of_directory));
    for word in words {
        for said in [&shown.stderr, &refused.stderr] {
            assert!(said.contains(word), "no {word:?} in {said}");
        }
    }
    let listed = stage.trop(directory, ["list", "--format=json"]).run().expect(0);
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    let ports: Vec<_> = listed.as_array().unwrap().iter().map(|row| row["port"].as_u64().unwrap()).collect();
    assert_eq!(ports, [1, 5, 0].map(|offset| u64::from(stage.ports.port(offset))));
    let list = stage.trop(directory, ["release", "--recursive"]).run().expect(0);
    assert_eq!(list.stdout, "");
}

#[test]
fn what_cannot_be_written_is_told_and_the_ports_are_kept() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    stage.directory("project/inside");
    fs::write(directory.join("file"), "text\n").unwrap();
    assert!(Command::new("mkfifo").arg(directory.join("pipe")).status().unwrap().success());
    symlink("loop", directory.join("loop")).unwrap();

    check(&stage, &directory, "missing/.env", &["missing/.env", "No such file or directory"]);
    check(&stage, &directory, "file/.env", &["file/.env", "Not a directory"]);
    check(&stage, &directory, "inside", &["inside", "no regular file"]);
    check(&stage, &directory, ".", &[directory.as_str(), "no regular file"]);
    check(&stage, &directory, "pipe", &["pipe", "no regular file"]);
    check(&stage, &directory, "/dev/null", &["/dev/null", "no regular file"]);
    check(&stage, &directory, "loop", &["loop"]);
}

#[test]
fn damaged_markers_are_named_by_their_lines() {
    let [begin, end] = MARKERS;
    for (content, words) in [
        (format!("A=1\n{begin}\nB=2\n"), ["line 2", "begins"]),
        (format!("A=1\n\n{end}\nB=2\n"), ["line 3", "ends"]),
        (format!("{end}\n{begin}\n"), ["line 1", "ends"]),
        (format!("{begin}\n{begin}\n{end}\n"), ["line 1", "begins"]),
        (format!("{begin}\n{end}\nA=1\n{begin}\n{end}\n"), ["line 1", "line 4"]),
        ("A=1\0".to_owned(), ["text", "UTF-8"]),
    ] {
        let stage = Stage::new();
        let directory = project(&stage, "project", SERVICES);
        fs::write(directory.join(".env"), content).unwrap();
        check(&stage, &directory, ".env", &[&words[..], &[".env"]].concat());
    }
}

#[test]
fn where_permission_is_missing() {
    /// Requires it of a file in the directory `closed` while that, or the file itself, has that mode.
    #[track_caller]
    fn check_with_mode(name: &str, mode: u32, file_mode: u32) {
        let stage = Stage::of_ordinary_user();
        let directory = project(&stage, "project", SERVICES);
        let closed = stage.directory("project/closed");
        let file = closed.join("old");
        fs::write(&file, "A=1\n").unwrap();
        let owner = fs::metadata(&closed).unwrap();
        chown(&file, Some(owner.uid()), Some(owner.gid())).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(file_mode)).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).unwrap();
        check(&stage, &directory, name, &[name, "Permission denied"]);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"A=1\n");
    }
    check_with_mode("closed/new", 0o555, 0o644);
    check_with_mode("closed/old", 0o555, 0o644);
    check_with_mode("closed/old", 0o755, 0o444);
    check_with_mode("closed/old", 0o755, 0o200);
    check_with_mode("closed/old", 0o000, 0o644);
}

#[test]
fn formats_without_variables_are_refused_before_anything_is_reserved() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    for format in ["json", "human"] {
        for more in [&[] as &[&str], &["--dry-run"]] {
            let format = format!("--format={format}");
            let refused =
                write(&stage, &directory, ".env", &[&[format.as_str()], more].concat()).run().expect(4);
            assert_eq!(refused.stdout, "");
            assert!(
                refused.stderr.contains("--write") && refused.stderr.contains("dotenv"),
                "{}",
                refused.stderr
            );
        }
    }
    write(&stage, &directory, "", &[]).run().expect(4);
    assert!(!stage.data_directory().exists() && !directory.join(".env").exists());
}

#[test]
fn a_dry_run_tells_what_would_become_of_the_file_and_touches_nothing() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let file = directory.join(".env");
    let shows = |more: &[&str], expected: &str| {
        let before = tree_without_logs(stage.sandbox.root());
        let shown = write(&stage, &directory, ".env", &[&["--dry-run"], more].concat()).run().expect(0);
        assert_eq!((shown.stdout.as_str(), tree_without_logs(stage.sandbox.root()) == before), ("", true));
        assert!(shown.stderr.ends_with(&format!("{expected}\n")), "{}", shown.stderr);
    };
    shows(&[], &format!("would make {file}"));
    fs::write(&file, "A=1\n").unwrap();
    shows(&[], &format!("would change the ports in {file}"));
    write(&stage, &directory, ".env", &[]).run().expect(0);
    require_content(&file, &format!("A=1\n{}", block(&stage, 0)));
    shows(&[], &format!("would leave {file} as it is"));
    shows(&["--format=export", "--shell=sh"], &format!("would change the ports in {file}"));
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), 3);
}

/// Ports among the lines of a tropfile would keep every later command from reading it.
#[test]
fn what_trop_reads_itself_is_refused_before_anything_is_reserved() {
    #[track_caller]
    fn check(file: &str) {
        let stage = Stage::new();
        let directory = project(&stage, "project", SERVICES);
        let other = project(&stage, "other", SERVICES);
        symlink("trop.yaml", directory.join("link")).unwrap();
        symlink("trop.local.yaml", directory.join("dangling")).unwrap();
        symlink("dangling", directory.join("chain")).unwrap();
        symlink(stage.data_directory().join("config.yaml"), directory.join("far")).unwrap();
        let home = stage.sandbox.home();
        let file = file.replace("~", home.as_str()).replace("<other>", other.as_str());
        let before = tree(stage.sandbox.root());
        for more in [&[] as &[&str], &["--dry-run"]] {
            let refused = write(&stage, &directory, &file, more).run().expect(4);
            assert_eq!(refused.stdout, "");
            assert!(
                refused.stderr.contains("is trop's own") && refused.stderr.contains(".env"),
                "{}",
                refused.stderr
            );
        }
        assert!(tree(stage.sandbox.root()) == before, "{file}");
    }
    for file in ["trop.yaml", "trop.local.yaml", "./link", "dangling", "chain", "far", "<other>/trop.yaml"] {
        check(file);
    }
    for file in ["~/.trop/config.yaml", "~/.trop/trop.db", "~/.trop/trop.lock"] {
        check(file);
    }
}

#[test]
fn what_is_kept_in_another_data_directory_is_refused_too() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let (other, real) = (stage.directory("other"), stage.directory("real"));
    for place in [&other, &real] {
        stage.trop(&directory, ["init", "--data-dir", place.as_str()]).run().expect(0);
    }
    fs::rename(real.join("trop.db"), real.join("moved")).unwrap();
    symlink(real.join("moved"), real.join("trop.db")).unwrap();
    symlink(&other, directory.join("linked")).unwrap();
    symlink(other.join("trop.db"), directory.join("database")).unwrap();
    symlink("linked/config.yaml", directory.join("dangling")).unwrap();
    let before = tree(stage.sandbox.root());
    for file in [
        "../other/trop.db",
        "../other/trop.db-wal",
        "../other/trop.db-shm",
        "../other/trop.db.damaged",
        "../other/trop.lock",
        "../other/config.yaml",
        "../other/./missing/../trop.lock",
        "linked/config.yaml",
        "linked/trop.db-journal",
        "database",
        "dangling",
        "../real/trop.db",
    ] {
        for more in [&[] as &[&str], &["--dry-run"]] {
            let refused = write(&stage, &directory, file, more).run().expect(4);
            assert!(refused.stderr.contains("is trop's own"), "{file}: {}", refused.stderr);
        }
    }
    assert!(tree(stage.sandbox.root()) == before);
    // Of another name it is anybody's, and so is one of these names where no database is.
    for file in ["../other/.env", "config.yaml", "trop.lock"] {
        let ran = write(&stage, &directory, file, &["--dry-run"]).run();
        assert_eq!(ran.code, Some(0), "{file}: {}", ran.stderr);
    }
}
