//! `trop init --with-config`: a `config.yaml` to begin with.

use std::fs::{self, File};
use std::os::unix::fs::symlink;

use camino::Utf8PathBuf;
use serde_json::{Value, json};

use trop_config::text_of_defaults;
use trop_testkit::{Sandbox, need, run_together, skip_unless};

use super::{data_directory, mode, ordinary, set_mode};
use crate::inside::after;
use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::tree::{tree, tree_without_logs};

const WITH_CONFIG: [&str; 2] = ["init", "--with-config"];
const DRY_RUN: [&str; 3] = ["init", "--with-config", "--dry-run"];

fn config(sandbox: &Sandbox) -> Utf8PathBuf {
    data_directory(sandbox).join("config.yaml")
}

fn read(file: &Utf8PathBuf) -> String {
    fs::read_to_string(file).unwrap()
}

/// Requires that neither a run nor a dry run writes anything, and that both end with that code and name the file.
#[track_caller]
fn check_refused(sandbox: &Sandbox, code: i32, words: &[&str]) {
    let before = tree_without_logs(sandbox.root());
    for arguments in [&DRY_RUN[..], &WITH_CONFIG] {
        let ran = sandbox.trop(arguments).run().expect(code);
        assert_eq!(ran.stdout, "");
        for word in words.iter().chain([&config(sandbox).as_str()]) {
            assert!(ran.stderr.contains(word), "{arguments:?}: no {word:?} in {}", ran.stderr);
        }
        assert_eq!(tree_without_logs(sandbox.root()), before, "{arguments:?}");
    }
}

#[test]
fn it_is_made_once_and_is_private() {
    let sandbox = Stage::sandbox();
    let (directory, file) = (data_directory(&sandbox), config(&sandbox));
    let ran = sandbox.trop(WITH_CONFIG).run().expect(0);
    let expected = format!("note: made a database in {directory}\nnote: wrote {file}\n");
    assert_eq!((ran.stdout.as_str(), ran.stderr), ("", expected));
    assert_eq!(read(&file), text_of_defaults());
    assert_eq!(mode(&file), 0o600);

    // Whoever reads a database touches the index of its log.
    let but_index = || {
        let mut tree = tree(sandbox.home());
        tree.retain(|path, _| !path.as_str().ends_with("-shm"));
        tree
    };
    let before = but_index();
    let again = sandbox.trop(WITH_CONFIG).run().expect(0);
    let expected = format!(
        "note: {file} is there already, and is kept\nnote: there is a database in {directory} already; nothing was changed\n"
    );
    assert_eq!((again.stdout.as_str(), again.stderr), ("", expected));
    assert_eq!(but_index(), before);
}

#[test]
fn it_can_be_added_to_a_database() {
    let sandbox = Stage::sandbox();
    sandbox.trop(["init"]).run().expect(0);
    let ran = sandbox.trop(WITH_CONFIG).run().expect(0);
    let (directory, file) = (data_directory(&sandbox), config(&sandbox));
    assert_eq!(ran.stderr, format!("note: there is a database in {directory} already\nnote: wrote {file}\n"));
    assert_eq!(read(&file), text_of_defaults());
}

#[test]
fn json_names_the_file_that_was_written() {
    let sandbox = Stage::sandbox();
    let answer = |arguments: &[&str]| -> Value {
        let ran = sandbox.trop(arguments.iter().chain([&"--format=json"])).run().expect(0);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let expected = |created: bool, config: Option<Utf8PathBuf>| {
        let (data_dir, config) = (data_directory(&sandbox), config.map(Utf8PathBuf::into_string));
        json!({ "data_dir": data_dir.as_str(), "created": created, "config": config })
    };
    assert_eq!(answer(&WITH_CONFIG), expected(true, Some(config(&sandbox))));
    assert_eq!(answer(&WITH_CONFIG), expected(false, None));
    assert_eq!(answer(&["init"]), expected(false, None));
}

#[test]
fn it_is_private_whatever_the_umask() {
    for umask in ["000", "077", "277", "777"] {
        let sandbox = Stage::sandbox();
        let _ = after(&format!("umask {umask}"), sandbox.trop(WITH_CONFIG)).run().expect(0);
        assert_eq!(mode(&config(&sandbox)), 0o600, "{umask}");
    }
}

#[test]
fn nothing_changes_for_who_has_it() {
    let sandbox = Stage::sandbox();
    let shown = || {
        let ran = sandbox.trop(["config", "show", "--format=json"]).run().expect(0);
        let shown: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
        shown.iter().map(|row| (row["key"].clone(), row["value"].clone())).collect::<Vec<_>>()
    };
    let without = shown();
    sandbox.trop(WITH_CONFIG).run().expect(0);
    assert_eq!(shown(), without);
}

#[test]
fn whatever_one_says_it_is_kept_and_not_even_read() {
    for content in ["ports: { min: 6000 }\n", "", "ports: [\n", "nonsense: 1\n", "disable_autoinit: true\n"] {
        let sandbox = Stage::sandbox();
        sandbox.directory("home/.trop");
        set_mode(&data_directory(&sandbox), 0o700);
        fs::write(config(&sandbox), content).unwrap();
        let ran = sandbox.trop(WITH_CONFIG).run().expect(0);
        assert!(ran.stderr.contains("config.yaml is there already, and is kept"), "{}", ran.stderr);
        assert_eq!(read(&config(&sandbox)), content);
        sandbox.trop(["init"]).run().expect(0);
    }
}

#[test]
fn one_that_may_not_be_read_is_kept() {
    let sandbox = ordinary();
    sandbox.trop(WITH_CONFIG).run().expect(0);
    set_mode(&config(&sandbox), 0o000);
    for arguments in [&DRY_RUN[..], &WITH_CONFIG, &["init"]] {
        sandbox.trop(arguments).run().expect(0);
    }
}

#[test]
fn a_dry_run_shows_it_and_writes_nothing() {
    let sandbox = Stage::sandbox();
    let (directory, file) = (data_directory(&sandbox), config(&sandbox));
    let words = || sandbox.trop(DRY_RUN).run().expect(0).stderr;
    let actions = || {
        let ran = sandbox.trop(DRY_RUN.iter().chain([&"--format=json"])).run().expect(0);
        let plan: Value = serde_json::from_str(&ran.stdout).unwrap();
        let changes = plan["changes"].as_array().unwrap().iter();
        changes.map(|change| (change["action"].clone(), change["path"].clone())).collect::<Vec<_>>()
    };
    let action = |action: &str, path: &Utf8PathBuf| (json!(action), json!(path.as_str()));

    assert_eq!(words(), format!("would make a database in {directory}\nwould write {file}\n"));
    assert_eq!(actions(), [action("initialize", &directory), action("write", &file)]);
    assert_eq!(tree(sandbox.home()).len(), 0);

    sandbox.trop(["init"]).run().expect(0);
    let before = tree_without_logs(sandbox.home());
    assert_eq!(words(), format!("would write {file}\n"));
    assert_eq!(actions(), [action("write", &file)]);
    assert_eq!(tree_without_logs(sandbox.home()), before);

    sandbox.trop(WITH_CONFIG).run().expect(0);
    assert_eq!(words(), format!("note: {file} is there already, and is kept\nwould change nothing\n"));
    assert_eq!(actions(), []);
}

#[test]
fn what_is_no_file_is_left_alone_and_no_database_is_made() {
    let sandbox = Stage::sandbox();
    sandbox.directory("home/.trop/config.yaml/inside");
    check_refused(
        &sandbox,
        5,
        &["cannot write the settings into", "is no regular file", "move it out of the way"],
    );
}

#[test]
fn a_directory_that_cannot_be_written_is_code_5() {
    let sandbox = ordinary();
    sandbox.trop(["init"]).run().expect(0);
    let directory = data_directory(&sandbox);
    let _read_only = ReadOnly::new(&directory);
    check_refused(&sandbox, 5, &["cannot write the settings into", "Permission denied", "TROP_DATA_DIR"]);
    // There is nothing to do without it.
    for arguments in [&["init"][..], &["init", "--dry-run"]] {
        sandbox.trop(arguments).run().expect(0);
    }
}

#[test]
fn a_link_that_leads_nowhere_yet_is_followed() {
    let sandbox = Stage::sandbox();
    sandbox.trop(["init"]).run().expect(0);
    let real = sandbox.directory("dotfiles").join("trop.yaml");
    symlink(&real, config(&sandbox)).unwrap();
    sandbox.trop(WITH_CONFIG).run().expect(0);
    assert_eq!(read(&real), text_of_defaults());
    assert!(config(&sandbox).is_symlink());
}

#[test]
fn a_lock_on_the_directory_is_waited_for_and_no_longer_than_allowed() {
    let sandbox = Stage::sandbox();
    sandbox.trop(["init"]).run().expect(0);
    let lock = File::open(data_directory(&sandbox)).unwrap();
    lock.lock().unwrap();
    let ran = sandbox.trop(WITH_CONFIG).env("TROP_BUSY_TIMEOUT", "0").run().expect(2);
    assert!(ran.stderr.contains("--busy-timeout"), "{}", ran.stderr);
    assert!(!config(&sandbox).exists());
    drop(lock);
    sandbox.trop(WITH_CONFIG).env("TROP_BUSY_TIMEOUT", "0").run().expect(0);
}

#[test]
fn of_twelve_that_start_together_one_writes_it() {
    for _ in 0..10 {
        let sandbox = Stage::sandbox();
        let runs = (0..12).map(|_| {
            sandbox.trop(WITH_CONFIG.iter().chain([&"--format=json"])).env("TROP_BUSY_TIMEOUT", "60")
        });
        let answers = run_together(runs).into_iter().map(|ran| ran.expect(0).stdout);
        let wrote = answers.filter(|answer| !answer.contains("\"config\": null")).count();
        assert_eq!((wrote, read(&config(&sandbox))), (1, text_of_defaults()));
        let names = tree(data_directory(&sandbox)).into_keys();
        let stray: Vec<_> = names.filter(|path| path.as_str().ends_with(".new")).collect();
        assert_eq!(stray, [] as [Utf8PathBuf; 0]);
    }
}

#[test]
fn root_writes_none_for_another_user() {
    skip_unless!(need::root());
    let owner = ordinary();
    owner.trop(["init"]).run().expect(0);
    let before = tree_without_logs(owner.home());
    for arguments in [&DRY_RUN[..], &WITH_CONFIG] {
        let ran = Stage::sandbox().trop(arguments).env("HOME", owner.home()).run().expect(5);
        assert!(ran.stderr.contains("belongs to"), "{}", ran.stderr);
    }
    assert_eq!(tree_without_logs(owner.home()), before);
}
