//! Every command, in every form of its answer, where everything has a hostile name.

use trop_testkit::{Ran, need, skip_unless};

use super::check_harmless_text;
use super::scene::Scene;
use crate::commands::{Command, OWN_CODES, commands};
use crate::terminal::{at_a_terminal, script};

/// How else an answer may differ.
const MANNERS: [&[&str]; 3] = [&["--color=always"], &["--verbose"], &["--verbose", "--error-format=json"]];

/// Those whose lines are exact for programs: see [`super::lines`].
const EXACT: [&str; 5] = ["show-path", "show-data-dir", "assert-data-dir", "list-projects", "config path"];

fn run(scene: &Scene, command: &Command, options: &[String]) -> (Ran, i32) {
    let (operands, code) = command.operands(scene.stage.ports.port(90));
    let words = [command.words.as_slice(), options, &operands].concat();
    (scene.trop(&words.iter().map(String::as_str).collect::<Vec<_>>()).run(), code)
}

/// The same without the colours that trop itself gives.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        let rest = piece.trim_start_matches(|character: char| character.is_ascii_digit() || character == ';');
        let colour = rest.strip_prefix('m');
        text + &colour.map_or_else(|| format!("\u{1b}[{piece}"), str::to_owned)
    })
}

#[track_caller]
fn check(command: &Command, ran: &Ran, what: &str) {
    if !EXACT.contains(&command.name().as_str()) {
        check_harmless_text(&without_colours(&ran.stdout), what);
    }
    check_harmless_text(&without_colours(&ran.stderr), what);
}

#[test]
fn no_form_of_any_answer_acts_on_a_terminal() {
    let scene = Scene::new();
    for command in commands() {
        for form in command.forms() {
            for manner in MANNERS {
                let options = [form.clone(), manner.iter().map(|&word| word.to_owned()).collect()].concat();
                let what = format!("{} {options:?}", command.name());
                // JSON of a command that answers nothing is that of a dry run.
                let is_for_dry_runs =
                    ["exec", "exclude", "compact-exclusions"].contains(&command.name().as_str());
                let options = if is_for_dry_runs && !form.is_empty() {
                    [options, vec!["--dry-run".to_owned()]].concat()
                } else {
                    options
                };
                scene.restore();
                let (ran, code) = run(&scene, &command, &options);
                check(&command, &ran.expect(code), &what);
            }
        }
    }
}

#[test]
fn no_switch_makes_an_answer_act_on_a_terminal() {
    let scene = Scene::new();
    for command in commands() {
        for switch in command.switches() {
            scene.restore();
            let (ran, _) = run(&scene, &command, &[switch.to_owned(), "--color=never".to_owned()]);
            let ran = ran.expect_one_of(&OWN_CODES);
            check(&command, &ran, &format!("{} {switch}", command.name()));
        }
    }
}

#[test]
fn nothing_acts_on_a_real_terminal() {
    skip_unless!(script());
    skip_unless!(need::tool("sh"));
    let scene = Scene::new();
    for command in commands() {
        scene.restore();
        let (operands, code) = command.operands(scene.stage.ports.port(90));
        let words = [command.words.as_slice(), &operands].concat();
        let run = scene.trop(&words.iter().map(String::as_str).collect::<Vec<_>>()).env("NO_COLOR", "1");
        let ran = Ran::new(command.name(), at_a_terminal(&run).output().unwrap()).expect(code);
        // The terminal itself makes two characters of each end of a line.
        check_harmless_text(&ran.stdout.replace("\r\n", "\n"), &command.name());
    }
}
