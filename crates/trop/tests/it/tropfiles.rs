//! Which configuration files count, for which command, and what is said when something in them is wrong.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use trop_testkit::Invocation;

use crate::inside::after;
use crate::labels::{check_stored, trop};
use crate::stage::Stage;

/// The settings with every key, as the documentation shows them. Each value is the default, but for the project, the
/// excluded ports and the services.
const EVERY_KEY: &str = "\
project: my-app            # tropfiles only
disable_autoinit: false
disable_autoprune: false
disable_autoexpire: false
output_format: table       # table | json | csv | tsv; the default of list and scan
allow_unrelated_path: false
allow_change_project: false
allow_change_task: false
allow_change: false
maximum_lock_wait_seconds: 5
occupancy_check: { skip: false, skip_ip4: false, skip_ip6: false, skip_tcp: false, skip_udp: false, check_all_interfaces: false }
ports: { min: 5000, max: 7000 }   # or max_offset: 2000 instead of max
excluded_ports: [5001, 5005..5009]
avoid_browser_blocked_ports: true
cleanup: { expire_after_days: 30 }
reservations:              # tropfiles only
  base: 5000
  services:
    web: { offset: 0, preferred: 5050, env: WEB_PORT }
    api: { offset: 1, env: API_PORT }
    db:  { offset: 100 }
";

/// Makes the file and the directories above it.
fn file(stage: &Stage, path: &str, text: &str) {
    let path = stage.sandbox.root().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The files that `config path` prints, as seen from the sandbox.
#[track_caller]
fn read_files(stage: &Stage, directory: &Utf8Path) -> Vec<String> {
    let shown = trop(stage, directory, &["config", "path"]).run().expect(0);
    assert_eq!(shown.stderr, "");
    let below = |line: &str| Utf8Path::new(line).strip_prefix(stage.sandbox.root()).unwrap().to_string();
    shown.stdout.lines().map(below).collect()
}

/// The text of everything that ended with that code, and nothing on stdout.
#[track_caller]
fn complaint(run: Invocation, code: i32) -> String {
    let ran = run.run().expect(code);
    assert_eq!(ran.stdout, "");
    ran.stderr
}

#[test]
fn the_nearest_directory_with_a_tropfile_counts_and_none_above_a_checkout() {
    /// Some files, a directory in which one is, and the tropfiles that are read there.
    #[track_caller]
    fn check(files: &[&str], directory: &str, expected: &[&str]) {
        let stage = Stage::new();
        for path in files {
            match path.strip_suffix('/') {
                Some(directory) => fs::create_dir_all(stage.sandbox.root().join(directory)).unwrap(),
                None => file(&stage, path, ""),
            }
        }
        assert_eq!(read_files(&stage, &stage.directory(directory)), expected);
    }
    check(&[], "a/b/c", &[]);
    check(&["a/trop.yaml"], "a", &["a/trop.yaml"]);
    check(&["a/trop.yaml"], "a/b/c", &["a/trop.yaml"]);
    check(&["a/trop.yaml"], "ab", &[]);
    check(&["a/trop.local.yaml"], "a/b", &["a/trop.local.yaml"]);
    check(&["a/trop.yaml", "a/trop.local.yaml"], "a/b", &["a/trop.local.yaml", "a/trop.yaml"]);
    check(&["a/trop.yaml", "a/b/trop.local.yaml"], "a/b/c", &["a/b/trop.local.yaml"]);
    check(&["a/trop.local.yaml", "a/b/trop.yaml"], "a/b/c", &["a/b/trop.yaml"]);
    check(&["a/trop.yml", "a/.trop.yaml", "a/config.yaml"], "a", &[]);

    check(&["a/trop.yaml", "a/.git/"], "a/b", &["a/trop.yaml"]);
    check(&["a/trop.yaml", "a/b/.git/"], "a/b/c", &[]);
    check(&["a/trop.yaml", "a/b/.git/"], "a/b", &[]);
    check(&["a/trop.yaml", "a/b/.git"], "a/b/c", &[]);
    check(&["a/trop.yaml", "a/b/.git", "a/b/trop.local.yaml"], "a/b/c", &["a/b/trop.local.yaml"]);
    check(&["a/trop.yaml", "a/b/.github/"], "a/b/c", &["a/trop.yaml"]);
}

#[test]
fn both_files_are_read_together() {
    let stage = Stage::new();
    file(&stage, "a/trop.yaml", "project: shared\nports: { min: 6000, max: 6100 }\n");
    file(&stage, "a/trop.local.yaml", "ports: { min: 6050 }\n");
    let directory = stage.directory("a/b");
    assert_eq!(trop(&stage, &directory, &["reserve"]).run().expect(0).stdout, "6050\n");
    check_stored(&stage, &directory, "", Some("shared"), None);
}

#[test]
fn the_search_begins_where_the_command_works() {
    let stage = Stage::new();
    file(&stage, "a/trop.yaml", "ports: { min: 6010, max: 6099 }\n");
    file(&stage, "a/b/trop.yaml", "ports: { min: 6100, max: 6199 }\n");
    let (above, below) = (stage.directory("a"), stage.directory("a/b/c"));
    let check = |run: Invocation, expected: &str| assert_eq!(run.run().expect(0).stdout, expected);
    check(trop(&stage, &above, &["reserve"]), "6010\n");
    check(trop(&stage, &above, &["reserve", "--path=b/c"]), "6100\n");
    check(trop(&stage, &above, &["reserve"]).env("TROP_PATH", "b"), "6101\n");
    check(trop(&stage, &above, &["reserve", "--path=b/missing/yet"]), "6102\n");
    check(trop(&stage, &below, &["reserve", "--path", above.as_str(), "--tag=x"]), "6011\n");
    check(trop(&stage, &below, &["reserve", "--tag=x"]), "6103\n");
}

#[test]
fn one_comes_to_the_same_tropfile_by_a_link() {
    let stage = Stage::new();
    file(&stage, "a/trop.yaml", "project: real\n");
    let real = stage.directory("a/b");
    let link = stage.sandbox.root().join("link");
    symlink(&real, &link).unwrap();
    assert_eq!(read_files(&stage, &link), ["a/trop.yaml"]);
}

#[test]
fn list_takes_the_settings_of_the_working_directory() {
    let stage = Stage::new();
    file(&stage, "a/trop.yaml", "output_format: json\n");
    file(&stage, "a/b/trop.yaml", "output_format: csv\n");
    trop(&stage, &stage.directory("a"), &["reserve"]).run().expect(0);
    let beginning = |directory: &str| {
        let listed = trop(&stage, &stage.directory(directory), &["list", "--filter-path=/"]).run().expect(0);
        listed.stdout.chars().next()
    };
    assert_eq!([beginning("a"), beginning("a/b"), beginning("c")], [Some('['), Some('p'), Some('P')]);
}

#[test]
fn a_deleted_working_directory_has_no_tropfile() {
    let stage = Stage::new();
    file(&stage, "a/trop.yaml", "output_format: nonsense\n");
    file(&stage, "home/.trop/config.yaml", "output_format: tsv\n");
    let doomed = stage.directory("a/doomed");
    let in_it = |arguments: &str, code: i32| {
        fs::create_dir_all(&doomed).unwrap();
        let run = stage.sandbox.trop(arguments.split(' ')).in_dir(&doomed);
        after(&format!("rmdir {doomed}"), run).run().expect(code).stdout
    };
    assert!(in_it("list", 0).starts_with("port\tpath"));
    // These are about the very place that is not known.
    assert_eq!(in_it("config path", 5), "");
    assert_eq!(in_it("config show", 5), "");
}

#[test]
fn commands_about_files_take_no_notice_of_the_configuration() {
    let stage = Stage::new();
    file(&stage, "a/trop.yaml", "{ this is: [no configuration\n");
    file(&stage, "a/trop.local.yaml", "unknown: true\n");
    file(&stage, "home/.trop/config.yaml", "project: not here\n");
    file(&stage, "a/good.yaml", "project: shop\n");
    let directory = stage.directory("a");
    for arguments in [
        &["show-data-dir"] as &[&str],
        &["show-path"],
        &["init"],
        &["init", "--dry-run"],
        &["validate", "good.yaml"],
    ] {
        trop(&stage, &directory, arguments).run().expect(0);
    }
    assert!(stage.data_directory().join("trop.db").exists());
    for arguments in [&["reserve"] as &[&str], &["release"], &["list"], &["config", "show"]] {
        complaint(trop(&stage, &directory, arguments), 7);
    }
}

#[test]
fn every_configuration_file_must_be_readable() {
    let stage = Stage::of_ordinary_user();
    let directory = stage.directory("a");
    stage.directory("home/.trop");
    let check = |path: Utf8PathBuf, remove: fn(&Utf8Path)| {
        for arguments in [&["reserve"] as &[&str], &["release"], &["list"], &["config", "show"]] {
            let stderr = complaint(trop(&stage, &directory, arguments), 5);
            assert!(stderr.contains(path.as_str()) && !stderr.contains("os error"), "{stderr}");
        }
        remove(&path);
        trop(&stage, &directory, &["list"]).run().expect(0);
    };
    for path in ["a/trop.yaml", "a/trop.local.yaml", "home/.trop/config.yaml"] {
        let path = stage.sandbox.root().join(path);
        fs::create_dir(&path).unwrap();
        check(path.clone(), |path| fs::remove_dir(path).unwrap());
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        check(path.clone(), |path| fs::remove_file(path).unwrap());
        symlink("nowhere", &path).unwrap();
        check(path, |path| fs::remove_file(path).unwrap());
    }
}

#[test]
fn config_yaml_is_that_of_the_data_directory() {
    let stage = Stage::new();
    file(&stage, "home/.trop/config.yaml", "output_format: broken\n");
    file(&stage, "data/config.yaml", "output_format: json\n");
    file(&stage, "more/config.yaml", "output_format: csv\n");
    let directory = stage.directory("a");
    let stderr = complaint(trop(&stage, &directory, &["list"]), 7);
    assert!(stderr.contains("/.trop/config.yaml:1"), "{stderr}");
    let data = stage.directory("data");
    let by_variable = || trop(&stage, &directory, &["list"]).env("TROP_DATA_DIR", &data);
    assert_eq!(by_variable().run().expect(0).stdout, "[]\n");
    let mut by_flag = by_variable();
    by_flag.command.arg("--data-dir=../more");
    assert!(by_flag.run().expect(0).stdout.starts_with("port,path"));
    assert_eq!(read_files(&stage, &directory), ["home/.trop/config.yaml"]);
}

/// No tropfile can open itself to somebody who works elsewhere.
#[test]
fn only_where_one_works_can_leave_be_given_to_work_elsewhere() {
    const YES: &str = "allow_unrelated_path: true\n";
    const NO: &str = "allow_unrelated_path: false\n";
    #[track_caller]
    fn check(files: &[(&str, &str)], more: &[&str], variable: &str, code: i32) {
        let stage = Stage::new();
        let (here, there) = (stage.directory("here/inside"), stage.directory("there"));
        for (path, text) in files {
            file(&stage, path, text);
        }
        for command in ["reserve", "release"] {
            let arguments = [&[command, "--path", there.as_str()], more].concat();
            let run = || trop(&stage, &here, &arguments).env("TROP_ALLOW_UNRELATED_PATH", variable);
            let mut dry_run = run();
            dry_run.command.arg("--dry-run");
            dry_run.run().expect(code);
            let ran = run().run().expect(code);
            if code == 1 {
                assert_eq!(ran.stdout, "");
                assert!(ran.stderr.contains(there.as_str()), "{}", ran.stderr);
                assert!(ran.stderr.contains("--allow-unrelated-path"), "{}", ran.stderr);
            }
        }
    }
    check(&[], &[], "", 1);
    check(&[("there/trop.yaml", YES), ("there/trop.local.yaml", YES)], &[], "", 1);
    check(&[("here/trop.yaml", YES)], &[], "", 0);
    check(&[("here/trop.local.yaml", YES)], &[], "", 0);
    check(&[("here/inside/trop.yaml", NO), ("here/trop.yaml", YES)], &[], "", 1);
    check(&[("here/trop.local.yaml", NO), ("here/trop.yaml", YES)], &[], "", 1);
    check(&[("here/trop.yaml", YES), ("there/trop.yaml", NO)], &[], "", 0);
    check(&[("home/.trop/config.yaml", YES)], &[], "", 0);
    check(&[("home/.trop/config.yaml", YES), ("there/trop.yaml", NO)], &[], "", 0);
    check(&[("home/.trop/config.yaml", YES), ("here/trop.yaml", NO)], &[], "", 1);
    check(&[], &[], "yes", 0);
    check(&[("here/trop.yaml", YES), ("there/trop.yaml", YES)], &[], "no", 1);
    check(&[("here/trop.yaml", NO)], &["--allow-unrelated-path"], "no", 0);
    check(&[("here/trop.yaml", NO)], &["--force"], "no", 0);
}

/// A command with something wrong in every file and in a variable.
fn wrong_everywhere(stage: &Stage, more: &[&str]) -> Invocation {
    file(stage, "a/trop.yaml", "project: \"\"\n\nports:\n  min: 0\n");
    file(stage, "a/trop.local.yaml", "excluded_ports: [1, 9..2]\ncolour: red\n");
    file(stage, "home/.trop/config.yaml", "cleanup: { expire_after_days: 0 }\n");
    let run = trop(stage, &stage.directory("a/b"), &[&["reserve"], more].concat());
    run.env("TROP_DISABLE_AUTOPRUNE", "perhaps").env("TROP_PORT_MAX", "seven")
}

#[test]
fn whatever_is_wrong_in_files_and_variables_is_said_at_once() {
    let stage = Stage::new();
    let stderr = complaint(wrong_everywhere(&stage, &[]), 7);
    let places = [
        "TROP_DISABLE_AUTOPRUNE",
        "TROP_PORT_MAX",
        "a/trop.local.yaml:1:21",
        "a/trop.local.yaml:2:1",
        "a/trop.yaml:1:10",
        "a/trop.yaml:4:8",
        "config.yaml:1:31",
    ];
    for told in places {
        assert!(stderr.contains(told), "{told}: {stderr}");
    }
    assert!(!stage.data_directory().join("trop.db").exists());
    let stderr = complaint(wrong_everywhere(&stage, &["--busy-timeout=soon"]), 4);
    for told in places.into_iter().chain(["--busy-timeout"]) {
        assert!(stderr.contains(told), "{told}: {stderr}");
    }
}

#[test]
fn problems_in_json_tell_file_line_and_column() {
    let stage = Stage::new();
    let run = wrong_everywhere(&stage, &["--error-format=json"]).env("TROP_PORT_MIM", "1");
    let stderr = complaint(run, 7);
    let error: Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!((&error["code"], &error["kind"]), (&Value::from(7), &Value::from("configuration")));
    let problems: Vec<(Option<&str>, Option<u64>, Option<u64>)> = error["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            assert!(problem["message"].as_str().is_some_and(|message| !message.is_empty()), "{problem}");
            let file = problem["file"].as_str();
            let name = file.map(|file| Utf8Path::new(file).file_name().unwrap());
            (name, problem["line"].as_u64(), problem["column"].as_u64())
        })
        .collect();
    assert_eq!(
        problems,
        [
            (None, None, None),
            (None, None, None),
            (Some("trop.local.yaml"), Some(1), Some(21)),
            (Some("trop.local.yaml"), Some(2), Some(1)),
            (Some("trop.yaml"), Some(1), Some(10)),
            (Some("trop.yaml"), Some(4), Some(8)),
            (Some("config.yaml"), Some(1), Some(31)),
        ]
    );
}

#[test]
fn a_flag_that_contradicts_a_file_is_the_mistake_of_the_command_line() {
    let stage = Stage::new();
    file(&stage, "a/trop.yaml", "# mine\nports: { max: 5999 }\n");
    let directory = stage.directory("a");
    let by_flag = complaint(trop(&stage, &directory, &["reserve", "--min=6000"]), 4);
    let by_variable = complaint(trop(&stage, &directory, &["reserve"]).env("TROP_PORT_MIN", "6000"), 7);
    for (stderr, name) in [(by_flag, "--min"), (by_variable, "TROP_PORT_MIN")] {
        assert!(stderr.contains(name) && stderr.contains("a/trop.yaml:2"), "{stderr}");
    }
}

#[test]
fn a_variable_that_is_almost_one_of_ours_is_warned_of() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let with = |name: &str, arguments: &[&str]| trop(&stage, &directory, arguments).env(name, "1");
    for (name, meant) in [
        ("TROP_ALLOW_PROJEKT_CHANGE", "TROP_ALLOW_PROJECT_CHANGE"),
        ("TROP_PORT_MIM", "TROP_PORT_MIN"),
        ("TROP_SKIP_IP4", "TROP_SKIP_IPV4"),
    ] {
        let ran = with(name, &["reserve"]).run().expect(0);
        assert!(ran.stderr.starts_with("warning: "), "{}", ran.stderr);
        assert!(ran.stderr.contains(name) && ran.stderr.contains(meant), "{}", ran.stderr);
        assert_eq!((ran.stdout.as_str(), ran.stderr.lines().count()), ("5000\n", 1));
        assert_eq!(with(name, &["reserve", "--quiet"]).run().expect(0).stderr, "");
        assert_eq!(with(name, &["reserve"]).env("TROP_LOG_MODE", "quiet").run().expect(0).stderr, "");
    }
    for name in ["TROP_HOOKS_OF_MY_OWN", "TROPICAL", "MY_TROP_PATH", "TROP_ALLOW_PROJECT_CHANGE"] {
        assert_eq!(with(name, &["reserve"]).run().expect(0).stderr, "", "{name}");
    }
}

#[test]
fn beside_a_json_error_there_is_no_warning() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    for arguments in [&["reserve", "--path=/elsewhere"] as &[&str], &["reserve", "--min=0"]] {
        let run = trop(&stage, &directory, arguments);
        let ran = run.env("TROP_PORT_MIM", "1").env("TROP_ERROR_FORMAT", "json").run();
        let error: Value = serde_json::from_str(&ran.stderr).unwrap();
        assert_eq!(error["code"], Value::from(ran.code.unwrap()));
        assert!(error["causes"].to_string().contains("TROP_PORT_MIM"), "{error}");
    }
}

#[test]
fn the_example_with_every_key_is_good_and_shows_the_defaults() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let shown = || -> Vec<Value> {
        let shown = trop(&stage, &directory, &["config", "show", "--format=json"]).run().expect(0);
        serde_json::from_str(&shown.stdout).unwrap()
    };
    // Without what these tests say themselves.
    let differs = |key: &str| ["maximum_lock_wait_seconds", "occupancy_check.skip"].contains(&key);
    let defaults = shown();
    file(&stage, "a/trop.yaml", EVERY_KEY);
    let described = shown();
    assert_eq!(defaults.len(), described.len());
    for (default, described) in defaults.iter().zip(&described) {
        let key = described["key"].as_str().unwrap();
        assert_eq!(default["key"], *key);
        if differs(key) {
            continue;
        }
        assert_eq!(
            (&default["layer"], &described["layer"]),
            (&"default".into(), &"trop.yaml".into()),
            "{key}"
        );
        match key {
            "project" => assert_eq!(described["value"], "my-app"),
            "excluded_ports" => assert_eq!(described["value"].to_string(), "[5001,\"5005..5009\"]"),
            "reservations" => assert_eq!(described["value"]["services"]["db"]["offset"], 100),
            _ => assert_eq!(default["value"], described["value"], "{key}"),
        }
    }
    assert_eq!(trop(&stage, &directory, &["reserve"]).run().expect(0).stdout, "5000\n");
    check_stored(&stage, &directory, "", Some("my-app"), None);
}

#[test]
fn what_is_about_a_project_does_not_stand_in_config_yaml() {
    let stage = Stage::new();
    file(&stage, "home/.trop/config.yaml", EVERY_KEY);
    let stderr = complaint(trop(&stage, &stage.directory("a"), &["list"]), 7);
    assert!(stderr.contains("config.yaml:1:1") && stderr.contains("config.yaml:16:1"), "{stderr}");
}
