//! Hostile text in configuration files.

use std::fs;

use super::scene::quoted;
use super::{HOSTILE, check_harmless, error_of};
use crate::commands::OWN_CODES;
use crate::stage::Stage;

/// Every command that reads such a file, and whether it takes its name.
const COMMANDS: [(&str, bool); 10] = [
    ("validate", true),
    ("compact-exclusions", true),
    ("reserve-group", true),
    ("list", false),
    ("reserve", false),
    ("autoreserve", false),
    ("config show", false),
    ("exclude 5900", false),
    ("doctor", false),
    ("exec -- true", false),
];

/// Writes the text into each of the three files in turn, and lets every command read it.
#[track_caller]
fn check(text: &[u8]) {
    for file in ["trop.yaml", "trop.local.yaml", "config.yaml"] {
        check_in(file, text, &COMMANDS);
    }
}

/// Lets these commands read it in that file.
#[track_caller]
fn check_in(file: &str, text: &[u8], commands: &[(&str, bool)]) {
    let stage = Stage::new();
    let site = stage.directory("site");
    fs::create_dir(stage.data_directory()).unwrap();
    let path = if file == "config.yaml" { stage.data_directory() } else { site.clone() }.join(file);
    for &(command, takes_file) in commands {
        for errors in ["--error-format=json", "--verbose"] {
            fs::write(&path, text).unwrap();
            let words = [errors].into_iter().chain(command.split(' '));
            let words = words.chain(takes_file.then_some(path.as_str()));
            let ran = stage.trop(&site, words).env("TROP_SKIP_OCCUPANCY_CHECK", "1").run();
            let ran = ran.expect_one_of(&OWN_CODES);
            check_harmless(&ran, &format!("{command} {errors}, {file}: {}", String::from_utf8_lossy(text)));
            if errors == "--error-format=json" && ran.code == Some(7) {
                assert_eq!(error_of(&ran)["code"], 7);
            }
        }
    }
}

#[test]
fn keys_and_values_with_escapes_are_shown_harmless() {
    let text = quoted(&HOSTILE.concat());
    check(
        format!(
            "{text}: {text}\nproject: {text}\noutput_format: {text}\nports: {{min: {text}, {text}: 1}}\n"
        )
        .as_bytes(),
    );
    check(
        format!("excluded_ports: [{text}, 5001, {{start: {text}, {text}: 1}}]\nreservations: {{{text}: 1, base: {text}, services: {{{text}: {{env: {text}, {text}: 1}}, web: {{offset: {text}}}}}}}\n")
            .as_bytes(),
    );
    check(format!("cleanup: {text}\nmaximum_lock_wait_seconds: !{} 5\n", "x").as_bytes());
}

#[test]
fn files_with_raw_characters_are_shown_harmless() {
    for text in HOSTILE {
        let bare = text.replace(['"', '\\'], "");
        let text = format!("project: \"{bare}\"\nunknown_{text}: {text}\n# {text}\n");
        check_in("trop.yaml", text.as_bytes(), &COMMANDS[..4]);
    }
}

#[test]
fn what_is_no_yaml_is_shown_harmless() {
    let text = HOSTILE.concat();
    check(text.as_bytes());
    check(format!("a: [{text}\nb: {{\"{text}\n").as_bytes());
    check(format!("a: !<{text}> 1\nb: &{text} 1\nc: *{text}\n").as_bytes());
    check(format!("%{text}\n---\na: 1\n--- {text}\n").as_bytes());
    check(format!("ports:\n  min: 1\n {text}\n").as_bytes());
}

#[test]
fn what_is_no_unicode_is_shown_harmless() {
    let text = HOSTILE.concat();
    check(&[text.as_bytes(), b"\xff\xfe\x9b31m"].concat());
    check(
        &[b"\xff\xfe", text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>().as_slice()]
            .concat(),
    );
    check(&[b"project: \0\0", text.as_bytes()].concat());
}
