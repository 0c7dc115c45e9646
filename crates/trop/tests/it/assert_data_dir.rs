//! `assert-data-dir`: whether there is a database, and whether it is good. Nothing is ever written.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::Sandbox;
use trop_testkit::database::{Journal, Row, Version, write};

use crate::database::Database;
use crate::stage::Stage;

struct Scene {
    sandbox: Sandbox,
}

impl Scene {
    fn new() -> Scene {
        Scene { sandbox: Stage::sandbox() }
    }

    /// A home in which something is reserved.
    fn with_reservation() -> Scene {
        let scene = Scene::new();
        scene.sandbox.trop(["reserve", "--skip-occupancy-check"]).run().expect(0);
        scene
    }

    fn with_file(content: &[u8]) -> Scene {
        let scene = Scene::new();
        fs::create_dir(scene.data()).unwrap();
        fs::write(scene.data().join("trop.db"), content).unwrap();
        scene
    }

    fn older(rows: &[Row]) -> Scene {
        let scene = Scene::new();
        fs::create_dir(scene.data()).unwrap();
        write(scene.data().join("trop.db"), Version::Layout2, rows, Journal::Delete);
        scene
    }

    fn data(&self) -> Utf8PathBuf {
        self.sandbox.home().join(".trop")
    }

    /// Every file but SQLite's own.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let Ok(entries) = self.data().read_dir_utf8() else { return BTreeMap::new() };
        let files = entries.map(|entry| entry.unwrap().into_path());
        let files = files.filter(|file| !file.as_str().ends_with("-wal") && !file.as_str().ends_with("-shm"));
        files.map(|file| (file.file_name().unwrap().to_owned(), fs::read(&file).unwrap())).collect()
    }

    /// Asks the same in four ways. `plain` and `validated` are the codes without and with `--validate`.
    #[track_caller]
    fn check(&self, plain: i32, validated: i32) {
        let before = self.files();
        let directory = format!("{}\n", self.data());
        let ask = |arguments: &[&str], code: i32| {
            let ran = self.sandbox.trop([&["assert-data-dir"], arguments].concat()).run().expect(code);
            let expected = if code == 0 && !arguments.contains(&"--not") { directory.as_str() } else { "" };
            assert_eq!(ran.stdout, expected, "{arguments:?}");
            let quiet =
                self.sandbox.trop([&["assert-data-dir", "--quiet"], arguments].concat()).run().expect(code);
            assert_eq!(quiet.stdout, "", "{arguments:?}");
        };
        let not = |code| if code < 2 { 1 - code } else { code };
        ask(&[], plain);
        ask(&["--not"], not(plain));
        ask(&["--validate"], validated);
        ask(&["--validate", "--not"], not(validated));
        assert_eq!(self.files(), before);
    }

    /// What `--validate` finds, message by message.
    #[track_caller]
    fn damage(&self) -> Vec<String> {
        let ran = self.sandbox.trop(["assert-data-dir", "--validate", "--error-format=json"]).run().expect(6);
        let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
        let problems = error["problems"].as_array().unwrap();
        problems.iter().map(|problem| problem["message"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn there_is_none() {
    Scene::new().check(1, 1);
    let empty = Scene::new();
    fs::create_dir(empty.data()).unwrap();
    empty.check(1, 1);
    Scene::with_file(b"").check(1, 1);
}

#[test]
fn there_is_one() {
    Scene::with_reservation().check(0, 0);
}

#[test]
fn there_is_one_that_is_not_to_be_used() {
    Scene::with_file(b"PORT=5000\n").check(1, 6);
    let newer = Scene::with_reservation();
    Database::of(newer.data()).tamper("PRAGMA user_version = 2");
    newer.check(1, 6);
}

#[test]
fn one_that_may_not_be_read_leaves_the_question_open() {
    let scene = Scene { sandbox: Stage::of_ordinary_user().sandbox };
    scene.sandbox.trop(["reserve", "--skip-occupancy-check"]).run().expect(0);
    let set_mode = |path: &Utf8Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    for (path, private) in [(scene.data().join("trop.db"), 0o600), (scene.data(), 0o700)] {
        set_mode(&path, 0o000);
        for more in [&[][..], &["--not"], &["--validate"], &["--validate", "--not"]] {
            let ran = scene.sandbox.trop([&["assert-data-dir"], more].concat()).run().expect(5);
            assert_eq!(ran.stdout, "", "{path} {more:?}");
        }
        set_mode(&path, private);
    }
    scene.check(0, 0);
}

#[test]
fn an_older_one_says_that_it_will_be_migrated() {
    let scene = Scene::older(&[Row::new("/srv/a", None, 5000), Row::new("/srv/b", Some("web"), 5001)]);
    scene.check(0, 0);
    let ran = scene.sandbox.trop(["assert-data-dir", "--validate"]).run().expect(0);
    let words = "older layout 2; the first command that changes it will migrate it, which will succeed";
    assert!(ran.stderr.contains(words), "{}", ran.stderr);
}

#[test]
fn an_older_one_that_cannot_be_taken_over_says_why() {
    let scene = Scene::older(&[Row::new("/srv/a", None, 5000), Row::new("srv/b", Some("web"), 5001)]);
    scene.check(1, 6);
    let [only] = &scene.damage()[..] else { panic!("{:?}", scene.damage()) };
    assert!(
        only.starts_with("table reservations, row path \"srv/b\", tag \"web\", port 5001, field path: "),
        "{only}"
    );
}

#[test]
fn every_damaged_value_is_named() {
    let scene = Scene::with_reservation();
    Database::of(scene.data())
        .tamper("PRAGMA ignore_check_constraints = ON; UPDATE reservations SET port = 70000, task = ''");
    scene.check(0, 6);
    let damage = scene.damage();
    let ends: Vec<_> = damage.iter().map(|text| text.rsplit_once(", field ").unwrap().1).collect();
    assert_eq!(ends, ["port: 70000 is not a port (ports are 1 to 65535)", "task: a task must not be empty"]);
}

#[test]
fn tables_and_steps_that_are_not_ours_are_named() {
    let scene = Scene::with_reservation();
    Database::of(scene.data()).tamper(
        "CREATE TRIGGER spy AFTER INSERT ON reservations BEGIN SELECT 1; END;
         ALTER TABLE metadata ADD COLUMN note TEXT;
         UPDATE refinery_schema_history SET checksum = '1'",
    );
    scene.check(0, 6);
    assert_eq!(
        scene.damage(),
        [
            "table metadata: it is not as trop made it",
            "table reservations: trigger spy: trop did not make it",
            "table refinery_schema_history, row version 1, field name, checksum: that step is missing, or was another one",
        ]
    );
}

#[test]
fn damaged_pages_are_found() {
    let scene = Scene::with_reservation();
    let file = scene.data().join("trop.db");
    // Everything into the one file.
    Database::of(scene.data()).tamper("PRAGMA journal_mode = DELETE");
    let mut content = fs::read(&file).unwrap();
    let last_page = content.len() - 4096;
    content[last_page..].fill(0xa5);
    fs::write(&file, content).unwrap();
    scene.check(0, 6);
}
