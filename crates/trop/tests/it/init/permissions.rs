//! Data directories that others than their owner can use.

use std::process::Command;

use camino::Utf8PathBuf;
use serde_json::Value;

use trop_testkit::Sandbox;

use super::{data_directory, mode, set_mode};
use crate::stage::Stage;
use crate::tree::{tree, tree_without_logs};

const FILES: [&str; 5] = ["trop.db", "trop.db-wal", "trop.db-shm", "trop.lock", "config.yaml"];

/// A data directory with everything in it that can be there, given to the owner alone.
fn complete() -> (Sandbox, Utf8PathBuf) {
    let sandbox = Stage::sandbox();
    sandbox.trop(["init", "--with-config"]).run().expect(0);
    sandbox.trop(["reserve"]).env("TROP_SKIP_OCCUPANCY_CHECK", "yes").run().expect(0);
    let directory = data_directory(&sandbox);
    assert!(FILES.iter().all(|name| directory.join(name).exists()), "{:?}", tree(&directory));
    (sandbox, directory)
}

#[test]
fn what_trop_made_is_nothing_to_warn_of() {
    let (sandbox, _) = complete();
    for arguments in [&["init"][..], &["init", "--with-config"], &["init", "--dry-run"]] {
        let ran = sandbox.trop(arguments).run().expect(0);
        assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
    }
}

#[test]
fn each_of_them_is_warned_of_and_left_as_it_is() {
    let (sandbox, directory) = complete();
    let paths = FILES.map(|name| directory.join(name));
    for path in paths.iter().chain([&directory]) {
        let private = mode(path);
        set_mode(path, private | 0o040);
        let before = tree_without_logs(sandbox.home());
        for arguments in [&["init"][..], &["init", "--dry-run"]] {
            let ran = sandbox.trop(arguments).run().expect(0);
            let warning =
                format!("warning: group or others can use {path}; keep them out with chmod go= '{path}'\n");
            assert!(ran.stderr.starts_with(&warning), "{}", ran.stderr);
        }
        assert_eq!(tree_without_logs(sandbox.home()), before);
        set_mode(path, private);
    }
}

#[test]
fn the_command_that_is_offered_mends_all_at_once() {
    let sandbox = Stage::sandbox();
    let data = sandbox.root().join("it's shared");
    let init = || sandbox.trop(["init", "--data-dir", data.as_str()]).run().expect(0).stderr;
    init();
    set_mode(&data, 0o755);
    set_mode(&data.join("trop.db"), 0o644);
    let said = init();
    let command = said.lines().next().unwrap().split_once("keep them out with ").unwrap().1;
    assert!(Command::new("sh").args(["-c", command]).status().unwrap().success());
    assert_eq!([mode(&data), mode(&data.join("trop.db"))], [0o700, 0o600]);
    assert!(!init().contains("warning"));
}

#[test]
fn a_directory_that_somebody_made_is_warned_of_at_once() {
    let sandbox = Stage::sandbox();
    let directory = sandbox.directory("home/.trop");
    set_mode(&directory, 0o755);
    let ran = sandbox.trop(["init", "--dry-run", "--format=json"]).run().expect(0);
    let plan: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(plan["warnings"][0].as_str().unwrap().contains("chmod go= "), "{plan}");
    let ran = sandbox.trop(["init"]).run().expect(0);
    assert!(ran.stderr.contains(&format!("chmod go= '{directory}'")), "{}", ran.stderr);
    assert_eq!(sandbox.trop(["init", "--quiet"]).run().expect(0).stderr, "");
}

#[test]
fn a_directory_that_others_need_stays_open() {
    let sandbox = Stage::sandbox();
    let data = sandbox.directory("common");
    let init = |more: &[&str]| {
        let arguments = [&["init", "--data-dir", data.as_str()], more].concat();
        sandbox.trop(arguments).run().expect(0).stderr
    };
    let warning = format!("warning: group or others can write into {data}, which is not for trop alone; ");
    let [database, below] = ["trop.db", "below"].map(|name| data.join(name));
    let check = |bits: u32, is_written: bool| {
        for more in [&[][..], &["--dry-run"], &["--overwrite", "--dry-run"], &["--overwrite"]] {
            set_mode(&data, bits);
            let said = init(more);
            assert_eq!(said.contains(&warning), is_written, "{more:?}: {said}");
            assert!(!said.contains("chmod"), "{more:?}: {said}");
            assert_eq!(mode(&data), bits, "{more:?}");
        }
        set_mode(&database, 0o644);
        assert!(init(&[]).contains(&format!("keep them out with chmod go= '{database}'\n")));
        init(&["--overwrite"]);
        assert_eq!([mode(&database), mode(&data)], [0o600, bits]);
    };
    check(0o1777, true);
    check(0o1755, false);
    std::fs::create_dir(below).unwrap();
    check(0o755, false);
    check(0o775, true);
}
