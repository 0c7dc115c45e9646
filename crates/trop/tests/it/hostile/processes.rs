//! Processes and users with hostile names.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use trop_testkit::{Invocation, need, skip_unless};

use super::{HOSTILE, check_harmless};
use crate::elsewhere::Listening;
use crate::inside::after_mounting;
use crate::stage::Stage;

/// Everything that tells who has a port, of which there is one.
fn questions(stage: &Stage, directory: &Utf8Path) -> Vec<(Invocation, i32)> {
    let port = stage.ports.first();
    let mut questions = Vec::new();
    let range = [format!("--min={port}"), format!("--max={port}")];
    for format in ["table", "json", "csv", "tsv"] {
        for errors in ["--color=never", "--verbose"] {
            let [min, max] = range.each_ref().map(String::as_str);
            let format = format!("--format={format}");
            questions.push((stage.trop(directory, ["scan", min, max, &format, errors]), 0));
            questions.push((stage.trop(directory, ["list", "--live", &format, errors]), 0));
        }
    }
    for format in ["human", "json"] {
        let words = ["port-info", &port.to_string(), "--include-occupancy", "--format", format];
        questions.push((stage.trop(directory, words), 0));
        questions.push((stage.trop(directory, ["doctor", "--format", format]), 1));
    }
    for errors in ["--error-format=human", "--error-format=json"] {
        let elsewhere = stage.directory("elsewhere");
        let strict = [errors, "--strict-port", &format!("--port={port}")];
        questions.push((stage.reserve(&elsewhere, 0..=0, &strict), 8));
        questions.push((stage.reserve(&elsewhere, 0..=5, &[errors, &format!("--port={port}")]), 0));
        questions.push((stage.trop(directory, ["exec", "--strict", errors, "--", "true"]), 8));
        questions.push((stage.trop(directory, ["exec", errors, "--", "true"]), 0));
    }
    questions
}

/// A directory of that name with the first port reserved, served by a process of that name from elsewhere.
fn served(stage: &Stage, name: &str) -> (Utf8PathBuf, Listening) {
    let directory = stage.directory("parent").join(name);
    fs::create_dir(&directory).unwrap();
    assert_eq!(stage.reserved(&directory, 0..=0), stage.ports.first());
    let listening = Listening::named(name, &stage.directory("processes/inside"), stage.ports.first());
    (directory, listening)
}

#[test]
fn who_has_a_port_is_shown_harmless() {
    // A process has fifteen bytes of its name.
    for name in [HOSTILE[0], HOSTILE[7], HOSTILE[13], HOSTILE[15], HOSTILE[21]] {
        let stage = Stage::new();
        let (directory, _listening) = served(&stage, name);
        for (question, code) in questions(&stage, &directory) {
            let what = format!("{question:?}");
            check_harmless(&question.run().expect(code), &what);
        }
    }
}

#[test]
fn whose_a_port_is_is_shown_harmless() {
    // Others could not see whose processes there are.
    skip_unless!(need::root());
    skip_unless!(need::name_spaces());
    let text = HOSTILE.map(|text| text.replace([':', '\n'], "")).concat();
    let stage = Stage::new();
    let (directory, _listening) = served(&stage, "name");
    let passwd = stage.sandbox.root().join("passwd");
    fs::write(&passwd, [text.as_bytes(), b"\xff:x:0:0::/root:/bin/sh\n"].concat()).unwrap();
    for (question, code) in questions(&stage, &directory) {
        let what = format!("{question:?}");
        let question = after_mounting(&format!("mount --bind {passwd} /etc/passwd"), question);
        let ran = question.run().expect(code);
        check_harmless(&ran, &what);
        if what.contains("\"scan\"") {
            assert!(ran.stdout.contains("private"), "the user has that name: {ran:?}");
        }
    }
}
