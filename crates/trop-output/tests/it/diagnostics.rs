//! Why a command failed, in both formats.

mod pointers;

use std::sync::Arc;

use trop_output::{Diagnostic, ErrorFormat, ExitStatus, Place, Problem, Spot, Style};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, with_visible_codes, written};

fn problem<const N: usize>(message: &str, places: [Place; N]) -> Problem {
    Problem { message: message.to_owned(), help: None, places: places.into() }
}

fn whole(file: &str) -> Place {
    Place { file: file.to_owned(), spot: None }
}

/// The place between the two marks `«` and `»`, which are not part of the file.
fn at(file: &str, marked: &str) -> Place {
    let (before, rest) = marked.split_once('«').unwrap();
    let (meant, behind) = rest.split_once('»').unwrap();
    let lines_before = before.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let spot = Spot {
        line: lines_before.matches('\n').count() as u32 + 1,
        column: lines_before.rsplit('\n').next().unwrap().chars().count() as u32 + 1,
        text: Arc::from(format!("{before}{meant}{behind}")),
        span: before.len()..before.len() + meant.len(),
    };
    Place { file: file.to_owned(), spot: Some(spot) }
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

fn bare() -> Diagnostic {
    Diagnostic::new(ExitStatus::No, "/srv/a is neither inside nor above the working directory /srv/b")
}

fn full() -> Diagnostic {
    Diagnostic {
        kind: "database-newer",
        help: Some("update trop, or set TROP_DATA_DIR".to_owned()),
        causes: texts(["the first", "the second", "the last"]),
        problems: vec![
            problem("unknown key \"prots\"", [at("trop.yaml", "a: 1\nb: 2\n    «prots»: 3\n")]),
            Problem {
                help: Some("write it as 5001..5010".to_owned()),
                ..problem("ends before it begins", [at("trop.yaml", "a: 1\nb: 2\nc: 3\nd: «5010..5001»\n")])
            },
            problem("is not UTF-8", [whole("trop.local.yaml")]),
            problem("TROP_PORT_MIN is no port", []),
        ],
        ..Diagnostic::new(ExitStatus::Database, "cannot read /srv/trop.db")
    }
}

fn hostile() -> Diagnostic {
    Diagnostic {
        help: Some(HOSTILE.to_owned()),
        causes: texts([HOSTILE]),
        problems: vec![Problem {
            help: Some(HOSTILE.to_owned()),
            ..problem(
                &format!("wrong: {HOSTILE}"),
                [at(HOSTILE, &format!("«{HOSTILE}»{HOSTILE}")), whole(HOSTILE)],
            )
        }],
        ..Diagnostic::new(ExitStatus::System, HOSTILE)
    }
}

#[test]
fn diagnostics_in_every_format() {
    let inputs = [("bare", bare()), ("full", full()), ("hostile", hostile())];
    let forms = [
        ("human", ErrorFormat::Human, Style::plain(), false),
        ("verbose", ErrorFormat::Human, Style::plain(), true),
        ("coloured", ErrorFormat::Human, Style::colored(), false),
        ("json", ErrorFormat::Json, Style::plain(), false),
    ];
    for (input, diagnostic) in inputs {
        for (form, format, style, verbose) in forms {
            let text = written(|out| diagnostic.write_to(out, format, style, verbose));
            let name = format!("output/diagnostic-{input}-{form}");
            snapshot!(&name, with_visible_codes(&text));
        }
    }
}

#[test]
fn many_causes_are_shown_when_verbose_alone() {
    #[track_caller]
    fn check<const N: usize>(causes: [&str; N], verbose: bool, expected: &[&str]) {
        let diagnostic = Diagnostic { causes: texts(causes), ..bare() };
        let text = written(|out| diagnostic.write_to(out, ErrorFormat::Human, Style::plain(), verbose));
        let shown: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("  cause: ")).collect();
        assert_eq!(shown, expected);
    }
    check([], false, &[]);
    check(["a"], false, &["a"]);
    check(["a", "b"], false, &["a", "b"]);
    check(["a", "b", "c"], false, &["c"]);
    check(["a", "b", "c"], true, &["a", "b", "c"]);
}

#[test]
fn json_is_one_line_and_holds_everything_exactly() {
    for verbose in [false, true] {
        let text = written(|out| hostile().write_to(out, ErrorFormat::Json, Style::colored(), verbose));
        assert_eq!(text.lines().count(), 1);
        let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!({
            "code": 5,
            "kind": "system",
            "message": HOSTILE,
            "help": HOSTILE,
            "causes": [HOSTILE],
            "problems": [{ "message": format!("wrong: {HOSTILE}"), "file": HOSTILE, "line": 1, "column": 1, "help": HOSTILE, "also": [{ "file": HOSTILE, "line": null, "column": null }] }],
        });
        assert_eq!(parsed, expected);
    }
}
