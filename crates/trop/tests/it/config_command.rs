//! `trop config`: the settings that count and the files they come from.

use std::fs;
use std::process::Stdio;

use camino::Utf8PathBuf;
use serde_json::Value;

use trop_testkit::{Invocation, Varying, scrub, snapshot};

use crate::stage::Stage;

/// A home in which all six layers have something to say.
struct SixLayers {
    stage: Stage,
    directory: Utf8PathBuf,
}

impl SixLayers {
    fn new() -> SixLayers {
        let stage = Stage::new();
        let project = stage.directory("project");
        fs::write(
            project.join("trop.yaml"),
            "# Checked in.\nproject: shop\noutput_format: csv\nexcluded_ports: [5001, 5003]\n\
             reservations:\n  services:\n    web: { preferred: 5050 }\n    api: { offset: 1 }\n",
        )
        .unwrap();
        fs::write(project.join("trop.local.yaml"), "output_format: json\nexcluded_ports:\n  - 5002\n")
            .unwrap();
        let data = stage.directory("home/.trop");
        fs::write(
            data.join("config.yaml"),
            "ports:\n  min: 6000\ncleanup:\n  expire_after_days: 90\noutput_format: tsv\n\
             maximum_lock_wait_seconds: 9\nexcluded_ports: [6000..6009]\n",
        )
        .unwrap();
        let directory = stage.directory("project/inside");
        SixLayers { stage, directory }
    }

    fn trop(&self, arguments: &[&str]) -> Invocation {
        let trop = self.stage.sandbox.trop(arguments).in_dir(&self.directory);
        trop.env("TROP_SKIP_UDP", "On").env("TROP_EXCLUDED_PORTS", "7000").env("TROP_PORT_MAX_OFFSET", "500")
    }
}

#[test]
fn every_setting_is_shown_with_its_value_and_where_that_comes_from() {
    let layers = SixLayers::new();
    for format in ["human", "json"] {
        let shown = layers.trop(&["config", "show", "--format", format, "--busy-timeout=2"]).run().expect(0);
        assert_eq!(shown.stderr, "");
        let name = format!("cli/config-show-{format}");
        snapshot!(&name, scrub(&shown.stdout, &[Varying::Sandbox(&layers.stage.sandbox)]));
    }
}

#[test]
fn what_is_shown_is_what_counts() {
    let layers = SixLayers::new();
    let shown = layers.trop(&["config", "show", "--format=json"]).run().expect(0);
    let shown: Vec<Value> = serde_json::from_str(&shown.stdout).unwrap();
    let value = |key: &str| shown.iter().find(|setting| setting["key"] == key).unwrap()["value"].clone();
    assert_eq!([value("ports.min"), value("ports.max"), value("ports.max_offset")], [6000, 6500, 500]);
    assert_eq!(value("output_format"), "json");
    let reserve = layers.trop(&["reserve"]).env("TROP_SKIP_OCCUPANCY_CHECK", "1").run().expect(0);
    assert_eq!(reserve.stdout, "6010\n");
    assert!(layers.trop(&["list"]).run().expect(0).stdout.starts_with('['));
}

#[test]
fn the_files_that_are_read_are_printed_highest_first() {
    let layers = SixLayers::new();
    let root = layers.stage.sandbox.root();
    let files = ["project/trop.local.yaml", "project/trop.yaml", "home/.trop/config.yaml"];
    for absent in 0..=files.len() {
        let present: String = files.iter().skip(absent).map(|file| format!("{root}/{file}\n")).collect();
        let shown = layers.trop(&["config", "path", "--quiet"]).run().expect(0);
        assert_eq!((shown.stdout, shown.stderr.as_str()), (present, ""));
        if let Some(file) = files.get(absent) {
            fs::remove_file(root.join(file)).unwrap();
        }
    }
}

#[test]
fn the_files_are_told_even_when_they_are_wrong() {
    let layers = SixLayers::new();
    let file = layers.directory.join("trop.yaml");
    fs::write(&file, "ports: [\n").unwrap();
    let shown = layers.trop(&["config", "path"]).run().expect(0);
    assert_eq!(shown.stdout.lines().next(), Some(file.as_str()));
    for format in ["human", "json"] {
        let refused = layers.trop(&["config", "show", "--format", format]).run().expect(7);
        assert_eq!(refused.stdout, "");
        assert!(refused.stderr.contains(file.as_str()), "{}", refused.stderr);
    }
}

#[test]
fn nothing_is_made_to_show_what_counts() {
    let stage = Stage::new();
    for arguments in [&["config", "show"] as &[&str], &["config", "path"]] {
        stage.trop(stage.directory("project"), arguments).run().expect(0);
    }
    assert!(!stage.data_directory().exists());
}

#[test]
fn colour_is_for_people_who_ask_for_it() {
    let layers = SixLayers::new();
    let shown = |more: &[&str]| layers.trop(&[&["config", "show"], more].concat()).run().expect(0).stdout;
    let plain = shown(&[]);
    assert!(!plain.contains('\u{1b}'));
    assert_eq!(shown(&["--color=never"]), plain);
    assert_eq!(shown(&["--quiet"]), plain);
    assert!(shown(&["--color=always"]).contains("\u{1b}["));
    assert!(!shown(&["--color=always", "--format=json"]).contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let layers = SixLayers::new();
    for arguments in
        [&["config", "show"] as &[&str], &["config", "show", "--format=json"], &["config", "path"]]
    {
        let mut trop = layers.trop(arguments);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = trop.command.stdout(Stdio::from(writer)).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn a_wrong_command_line_is_code_4() {
    let layers = SixLayers::new();
    for arguments in [
        &["config"] as &[&str],
        &["config", "edit"],
        &["config", "path", "--format=json"],
        &["config", "show", "--format=yaml"],
        &["config", "show", "--busy-timeout=soon"],
    ] {
        let refused = layers.trop(arguments).run().expect(4);
        assert_eq!(refused.stdout, "");
        assert!(!refused.stderr.is_empty(), "{arguments:?}");
    }
}
