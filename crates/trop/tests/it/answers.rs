//! What goes to stdout, what to stderr, and in which form.

use std::process::Stdio;

use trop_testkit::{Invocation, Sandbox, Varying, scrub, snapshot};

use crate::stage::Stage;

fn trop(sandbox: &Sandbox, arguments: &[&str]) -> Invocation {
    sandbox.trop(arguments).env("TROP_SKIP_OCCUPANCY_CHECK", "yes")
}

/// A sandbox with three reservations.
fn sandbox() -> Sandbox {
    let sandbox = Stage::sandbox();
    for (directory, tag) in
        [("site/shop", None), ("site/shop", Some("web")), ("home/blog", Some("two words"))]
    {
        let reserve = trop(&sandbox, &["reserve"]).in_dir(sandbox.directory(directory));
        let reserve = tag.iter().fold(reserve, |reserve, tag| reserve.env("TROP_TAG", tag));
        reserve.run().expect(0);
    }
    sandbox
}

#[test]
fn lists_are_snapshots_in_every_format() {
    let sandbox = sandbox();
    for format in ["table", "json", "csv", "tsv"] {
        let listed = trop(&sandbox, &["list", "--format", format]).run().expect(0);
        assert_eq!(listed.stderr, "");
        let shown = scrub(&listed.stdout, &[Varying::Sandbox(&sandbox), Varying::Timestamps]);
        let name = format!("cli/list-{format}");
        snapshot!(&name, shown);
        let by_variable = trop(&sandbox, &["list"]).env("TROP_OUTPUT_FORMAT", format).run().expect(0);
        assert_eq!(by_variable.stdout, listed.stdout);
    }
}

#[test]
fn lists_can_be_filtered() {
    let sandbox = sandbox();
    let listed = |more: &[&str]| -> Vec<String> {
        let arguments = [&["list", "--format", "tsv"], more].concat();
        let lines = trop(&sandbox, &arguments).run().expect(0).stdout;
        lines.lines().skip(1).map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    };
    assert_eq!(listed(&[]), ["5002", "5000", "5001"]);
    assert_eq!(listed(&["--filter-tag", "web"]), ["5001"]);
    assert_eq!(listed(&["--filter-tag", "two words"]), ["5002"]);
    assert_eq!(listed(&["--filter-path", "."]), ["5000", "5001"]);
    assert_eq!(listed(&["--filter-path", "~"]), ["5002"]);
    assert_eq!(listed(&["--filter-path", "sho"]), [] as [&str; 0]);
    assert_eq!(listed(&["--filter-project", "none"]), [] as [&str; 0]);
}

#[test]
fn the_home_directory_is_short_in_tables_alone() {
    let sandbox = sandbox();
    let home = sandbox.home();
    let table = trop(&sandbox, &["list"]).run().expect(0).stdout;
    assert!(table.contains(" ~/blog ") && !table.contains(home.as_str()), "{table}");
    for arguments in [
        &["list", "--show-full-paths"] as &[&str],
        &["list", "--format", "json"],
        &["list", "--format", "csv"],
    ] {
        let full = trop(&sandbox, arguments).run().expect(0).stdout;
        assert!(full.contains(&format!("{home}/blog")), "{full}");
    }
}

#[test]
fn reserve_as_json_says_whether_it_is_new() {
    let sandbox = Stage::sandbox();
    for created in [true, false] {
        let ran = trop(&sandbox, &["reserve", "--tag", "web", "--format", "json"]).run().expect(0);
        let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let expected = serde_json::json!({
            "port": 5000, "path": sandbox.directory("site").as_str(), "tag": "web", "project": null, "task": null, "created": created,
        });
        assert_eq!(answer, expected);
    }
}

#[test]
fn quiet_leaves_errors_alone_and_verbose_tells_everything() {
    let sandbox = Stage::sandbox();
    let said = |arguments: &[&str], code| trop(&sandbox, arguments).run().expect(code).stderr;
    assert_eq!(said(&["reserve", "--path", "missing", "--quiet"], 0), "");
    assert_eq!(said(&["--quiet", "release", "--path", "missing"], 0), "");
    assert_eq!(said(&["reserve", "--dry-run", "--quiet"], 0), "");
    assert!(said(&["reserve", "--path", "/elsewhere", "--quiet"], 1).starts_with("error: "));
    let verbose = said(&["reserve", "--verbose"], 0);
    for told in ["the data directory is ", "reserved port 5000 for "] {
        assert!(verbose.contains(told), "{verbose}");
    }
    let by_variable = trop(&sandbox, &["release"]).env("TROP_LOG_MODE", "quiet").run().expect(0);
    assert_eq!(by_variable.stderr, "");
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let sandbox = sandbox();
    let table = |more: &[&str]| trop(&sandbox, &[&["list"], more].concat());
    assert!(!table(&[]).run().expect(0).stdout.contains('\u{1b}'));
    assert!(table(&["--color", "always"]).env("NO_COLOR", "1").run().expect(0).stdout.contains('\u{1b}'));
    assert!(!table(&["--color", "never"]).run().expect(0).stdout.contains('\u{1b}'));
    let error = trop(&sandbox, &["reserve", "--path", "/elsewhere", "--color", "always"]).run().expect(1);
    assert!(error.stderr.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let sandbox = sandbox();
    for arguments in [
        &["list"] as &[&str],
        &["list", "--live"],
        &["port-info", "5000"],
        &["list-projects", "--format=json"],
        &["reserve"],
        &["--help"],
    ] {
        let mut trop = trop(&sandbox, arguments);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = trop.command.stdout(Stdio::from(writer)).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_code_5_and_the_reservation_is_kept() {
    let sandbox = Stage::sandbox();
    let mut reserve = trop(&sandbox, &["reserve"]);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = reserve.command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write to standard output"));
    assert_eq!(trop(&sandbox, &["list", "--format", "csv"]).run().expect(0).stdout.lines().count(), 2);
}

#[test]
fn hostile_names_reach_neither_a_table_nor_a_message_as_they_are() {
    let sandbox = Stage::sandbox();
    let hostile = sandbox.directory("site/a\u{1b}[31mred\nnext\tcolumn \u{202e}txt.exe");
    trop(&sandbox, &["reserve"]).in_dir(&hostile).run().expect(0);
    for arguments in [
        &["list"] as &[&str],
        &["list", "--format=csv"],
        &["list", "--format=tsv"],
        &["list", "--format=json"],
    ] {
        let listed = trop(&sandbox, arguments).run().expect(0).stdout;
        assert!(!listed.contains(['\u{1b}', '\u{202e}']), "{listed:?}");
    }
    assert_eq!(trop(&sandbox, &["list", "--format=tsv"]).run().expect(0).stdout.lines().count(), 2);
    let released = trop(&sandbox, &["release"]).in_dir(&hostile).run().expect(0).stderr;
    assert!(!released.contains(['\u{1b}', '\u{202e}']) && released.lines().count() == 1, "{released:?}");
    let json: serde_json::Value = {
        trop(&sandbox, &["reserve"]).in_dir(&hostile).run().expect(0);
        serde_json::from_str(&trop(&sandbox, &["list", "--format=json"]).run().expect(0).stdout).unwrap()
    };
    assert_eq!(json[0]["path"], hostile.as_str(), "JSON is exact");
}
