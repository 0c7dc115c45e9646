//! The data directory, made by hand.

mod config_file;
mod overwrite;
mod permissions;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::Sandbox;

use crate::inside::after;
use crate::stage::Stage;

fn data_directory(sandbox: &Sandbox) -> Utf8PathBuf {
    sandbox.home().join(".trop")
}

fn mode(path: &Utf8Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Utf8Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// The home of somebody without special rights.
fn ordinary() -> Sandbox {
    Stage::of_ordinary_user().sandbox
}

#[test]
fn init_makes_a_private_directory_once() {
    let sandbox = Stage::sandbox();
    let ran = sandbox.trop(["init"]).run().expect(0);
    let directory = data_directory(&sandbox);
    assert_eq!((ran.stdout.as_str(), ran.stderr), ("", format!("note: made a database in {directory}\n")));
    assert_eq!(mode(&directory), 0o700);
    for entry in directory.read_dir_utf8().unwrap() {
        assert_eq!(mode(entry.unwrap().path()), 0o600);
    }
    sandbox.trop(["reserve"]).env("TROP_SKIP_OCCUPANCY_CHECK", "1").run().expect(0);
    let again = sandbox.trop(["init"]).run().expect(0);
    assert!(again.stderr.contains("already; nothing was changed"), "{}", again.stderr);
    assert_eq!(sandbox.trop(["list", "--format=csv"]).run().expect(0).stdout.lines().count(), 2);
}

#[test]
fn init_works_where_automatic_set_up_is_off() {
    let sandbox = Stage::sandbox();
    let off = |arguments: &[&str]| sandbox.trop(arguments).env("TROP_DISABLE_AUTOINIT", "true");
    off(&["reserve"]).run().expect(3);
    let made = off(&["init", "--format=json"]).run().expect(0);
    let answer: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
    assert_eq!(
        answer,
        serde_json::json!({ "data_dir": data_directory(&sandbox).as_str(), "created": true, "config": null })
    );
    off(&["reserve"]).run().expect(0);
}

#[test]
fn the_data_directory_can_be_anywhere() {
    let sandbox = Stage::sandbox();
    let elsewhere = sandbox.directory("site").join("data");
    let shown = |arguments: &[&str], variable: &str| {
        let trop = sandbox.trop(arguments).env("TROP_DATA_DIR", variable);
        trop.run().expect(0).stdout
    };
    assert_eq!(shown(&["show-data-dir"], ""), format!("{}/.trop\n", sandbox.home()));
    assert_eq!(shown(&["show-data-dir"], elsewhere.as_str()), format!("{elsewhere}\n"));
    assert_eq!(shown(&["show-data-dir", "--data-dir", "data"], "/ignored"), format!("{elsewhere}\n"));
    assert_eq!(shown(&["show-data-dir", "--data-dir", "~/x/../y"], ""), format!("{}/y\n", sandbox.home()));
    sandbox.trop(["--data-dir", "data", "init"]).run().expect(0);
    assert!(elsewhere.join("trop.db").exists() && !data_directory(&sandbox).exists());
}

#[test]
fn what_trop_makes_is_private_whatever_the_umask() {
    for umask in ["000", "077", "277", "777"] {
        let sandbox = Stage::sandbox();
        let _ = after(&format!("umask {umask}"), sandbox.trop(["init"])).run().expect(0);
        let directory = data_directory(&sandbox);
        assert_eq!(mode(&directory), 0o700, "{umask}");
        for entry in directory.read_dir_utf8().unwrap() {
            assert_eq!(mode(entry.unwrap().path()), 0o600, "{umask}");
        }
    }
}
