//! What is not changed, with its code, by a dry run as by a real one.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};

use camino::Utf8Path;

use trop_testkit::database::{Journal, Row, Version, write};
use trop_testkit::{need, skip_unless};

use super::{project, run};
use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::tree::tree_without_logs;

/// Requires that code and these words of a run and of its dry run, and that neither changes anything.
#[track_caller]
fn check(stage: &Stage, directory: &Utf8Path, arguments: &[&str], code: i32, words: &[&str]) {
    let before = tree_without_logs(stage.sandbox.root());
    for more in [&["--dry-run"] as &[&str], &["--dry-run", "--format=json"], &[]] {
        let said = run(stage, directory, &[arguments, more].concat(), code).stderr;
        assert!(words.iter().all(|word| said.contains(word)), "{words:?} in {said}");
        assert!(!said.contains("os error"), "{said}");
        assert!(tree_without_logs(stage.sandbox.root()) == before, "{arguments:?} {more:?}");
    }
}

#[test]
fn without_a_tropfile_there_is_nothing_to_write_into() {
    let stage = Stage::new();
    let here = stage.directory("here");
    check(&stage, &here, &["exclude", "5001"], 7, &["no trop.yaml", here.as_str(), "--global"]);
    // What lies above a checkout is not its own.
    project(&stage, "above", "");
    stage.directory("above/checkout/.git");
    let inside = stage.directory("above/checkout/src");
    check(&stage, &inside, &["exclude", "5001"], 7, &["no trop.yaml"]);
}

#[test]
fn a_port_that_somebody_has_is_named_with_who_has_it() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "# mine\n");
    let other = stage.directory("other");
    let port = stage.reserved(&other, 0..=9).to_string();
    stage.reserve(&other, 0..=9, &["--tag=api"]).run().expect(0);
    check(&stage, &shop, &["exclude", &port], 1, &[&port, other.as_str(), "trop release", "--force"]);
    check(&stage, &shop, &["exclude", "--global", &port], 1, &[&port, other.as_str()]);
    let range = format!("{}..{}", stage.ports.port(0), stage.ports.port(9));
    check(&stage, &shop, &["exclude", &range], 1, &["2 of the ports", &range, other.as_str(), "tag api"]);
}

#[test]
fn what_is_excluded_already_stays_so_whoever_has_it() {
    let stage = Stage::new();
    let other = stage.directory("other");
    let port = stage.reserved(&other, 0..=9).to_string();
    let text = format!("excluded_ports:  [{port}]");
    let shop = project(&stage, "shop", &text);
    for more in [&[] as &[&str], &["--dry-run"], &["--force"]] {
        let said = run(&stage, &shop, &[&["exclude", &port], more].concat(), 0).stderr;
        assert!(said.contains(&format!("excludes {port} already")), "{said}");
        assert_eq!(fs::read_to_string(shop.join("trop.yaml")).unwrap(), text);
    }
    let range = format!("{}..{}", stage.ports.port(0), stage.ports.port(9));
    check(&stage, &shop, &["exclude", &range], 1, &[&port, "--force"]);
    check(&stage, &shop, &["exclude", &port, "--global"], 1, &[&port]);
}

#[test]
fn what_cannot_be_read_is_called_the_same_by_every_command() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "");
    symlink("nowhere", shop.join("dangling.yaml")).unwrap();
    for (file, cause) in [
        ("missing.yaml", "No such file or directory"),
        ("trop.yaml/x", "Not a directory"),
        ("dangling.yaml", "it is a link that leads nowhere"),
        (".", "it is a directory"),
        ("/dev/null", "it is not a regular file"),
    ] {
        let by_validate = run(&stage, &shop, &["validate", file], 5).stderr;
        assert!(by_validate.contains(&format!("\n  cause: {cause}\n")), "{by_validate}");
        assert_eq!(run(&stage, &shop, &["compact-exclusions", file], 5).stderr, by_validate);
    }
}

#[test]
fn an_older_database_is_asked_and_not_adopted() {
    for version in [Version::LAYOUT_1, Version::Layout2] {
        let stage = Stage::new();
        let shop = project(&stage, "shop", "");
        let database = stage.directory("home/.trop").join("trop.db");
        write(&database, version, &[Row::new("/srv/old", Some("web"), 5001)], Journal::Delete);
        check(&stage, &shop, &["exclude", "5001"], 1, &["5001", "/srv/old", "tag web"]);
        let before = fs::read(&database).unwrap();
        run(&stage, &shop, &["exclude", "5002"], 0);
        run(&stage, &shop, &["exclude", "5001", "--force"], 0);
        assert_eq!(fs::read(&database).unwrap(), before);
    }
}

#[test]
fn a_database_that_cannot_be_read_leaves_it_open_who_has_the_port() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "");
    fs::write(stage.directory("home/.trop").join("trop.db"), "no database".repeat(100)).unwrap();
    check(&stage, &shop, &["exclude", "5001"], 6, &["trop.db"]);
    run(&stage, &shop, &["exclude", "5001", "--force"], 0);
}

#[test]
fn a_file_with_problems_is_told_all_of_them() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "excluded_ports: [5001, 70000]\ncolour: red\n");
    check(&stage, &shop, &["exclude", "5002"], 7, &["70000", "colour"]);
    check(&stage, &shop, &["compact-exclusions", "trop.yaml"], 7, &["70000", "colour"]);
    fs::write(shop.join("trop.yaml"), b"# \xff\n").unwrap();
    check(&stage, &shop, &["exclude", "5002"], 7, &["UTF-8"]);
    check(&stage, &shop, &["compact-exclusions", "trop.yaml"], 7, &["UTF-8"]);
    fs::write(shop.join("trop.yaml"), "#".repeat(2 << 20)).unwrap();
    check(&stage, &shop, &["compact-exclusions", "trop.yaml"], 7, &["longer than"]);
}

#[test]
fn what_cannot_be_changed_safely_is_refused_with_the_line_to_write() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "ports: { min: 5000 }\nexcluded_ports: &mine [5001, 5002] # x\n");
    let line = "excluded_ports: [5001..5002, 5004]";
    check(&stage, &shop, &["exclude", "5004"], 7, &["trop.yaml:2:17", "has an anchor", line]);
    check(&stage, &shop, &["compact-exclusions", "trop.yaml"], 7, &["excluded_ports: [5001..5002]"]);
    fs::write(shop.join("trop.yaml"), "&x { project: shop }\n").unwrap();
    check(&stage, &shop, &["exclude", "5004"], 7, &["write excluded_ports: [5004] among its keys"]);
}

#[test]
fn what_is_no_file_is_code_5() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "");
    symlink("nowhere", shop.join("dangling.yaml")).unwrap();
    let pipe = shop.join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in ["missing.yaml", "dangling.yaml", ".", "pipe", "trop.yaml/x", "/dev/null", "/"] {
        check(&stage, &shop, &["compact-exclusions", file], 5, &[file.trim_start_matches('.')]);
    }
    check(
        &stage,
        &shop,
        &["compact-exclusions", "no/such.yaml"],
        5,
        &["cannot read", "how the path is spelt"],
    );
    run(&stage, &shop, &["compact-exclusions", ""], 4);
    fs::create_dir(shop.join("trop.local.yaml")).unwrap();
    check(&stage, &shop, &["exclude", "5001"], 5, &["trop.local.yaml"]);
}

#[test]
fn a_wrong_command_line_is_code_4() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", "");
    for arguments in [
        &["exclude"] as &[&str],
        &["exclude", "0"],
        &["exclude", "70000"],
        &["exclude", "9..5"],
        &["exclude", "web"],
        &["exclude", "1", "2"],
        &["exclude", "1", "--format=json"],
        &["compact-exclusions"],
        &["compact-exclusions", "trop.yaml", "--format=json"],
        &["compact-exclusions", "trop.yaml", "--global"],
    ] {
        run(&stage, &shop, arguments, 4);
    }
    assert_eq!(fs::read(shop.join("trop.yaml")).unwrap(), b"");
}

#[test]
fn where_permission_is_missing_it_is_code_5() {
    let stage = Stage::of_ordinary_user();
    let shop = project(&stage, "shop", "excluded_ports: [1, 2]\n");
    let file = shop.join("trop.yaml");
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata(&shop).unwrap());
    chown(&file, Some(owner), Some(owner)).unwrap();
    let check_both = |word: &str| {
        check(&stage, &shop, &["exclude", "5001"], 5, &["trop.yaml", word]);
        check(&stage, &shop, &["compact-exclusions", "trop.yaml"], 5, &["trop.yaml", word]);
    };
    {
        let _read_only = ReadOnly::new(&shop);
        check_both("Permission denied");
    }
    for mode in [0o444, 0o000] {
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        check_both("Permission denied");
    }
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    {
        let home = stage.sandbox.home();
        let _read_only = ReadOnly::new(&home);
        check(&stage, &shop, &["exclude", "5001", "--global"], 5, &["config.yaml", "Permission denied"]);
    }
    run(&stage, &shop, &["exclude", "5001", "--global"], 0);
}

#[test]
fn a_data_directory_that_must_not_be_made_is_code_3() {
    let stage = Stage::new();
    let home = stage.sandbox.home();
    check(&stage, &home, &["exclude", "5001", "--global", "--disable-autoinit"], 3, &["switched off"]);
    fs::create_dir(stage.data_directory()).unwrap();
    run(&stage, &home, &["exclude", "5001", "--global", "--disable-autoinit"], 0);
    let without_home = stage.trop(&home, ["exclude", "5001", "--global"]).env("HOME", "");
    without_home.run().expect(3);
}

#[test]
fn root_writes_into_nobody_elses_data_directory() {
    skip_unless!(need::root());
    let stage = Stage::new();
    let home = stage.sandbox.home();
    chown(&home, Some(12_345), None).unwrap();
    check(&stage, &home, &["exclude", "5001", "--global"], 5, &["12345"]);
    let config = stage.directory("home/.trop").join("config.yaml");
    fs::write(&config, "excluded_ports: [1, 2]\n").unwrap();
    chown(&config, Some(12_345), None).unwrap();
    check(&stage, &home, &["exclude", "5001", "--global"], 5, &["12345"]);
    check(&stage, &home, &["compact-exclusions", config.as_str()], 5, &["12345"]);
    // A project is no data directory: its files keep their owner.
    let shop = project(&stage, "shop", "");
    chown(shop.join("trop.yaml"), Some(12_345), None).unwrap();
    run(&stage, &shop, &["exclude", "5001"], 0);
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata(shop.join("trop.yaml")).unwrap());
    assert_eq!(owner, 12_345);
}
