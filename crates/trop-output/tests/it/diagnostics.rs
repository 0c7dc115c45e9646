//! Why a command failed, in both formats.

use trop_output::{Diagnostic, ErrorFormat, ExitStatus, Problem, Style};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, with_visible_codes, written};

fn problem(message: &str, file: Option<&str>, line: Option<u32>, column: Option<u32>) -> Problem {
    Problem { message: message.to_owned(), file: file.map(str::to_owned), line, column }
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
            problem("unknown key \"prots\"", Some("trop.yaml"), Some(3), Some(5)),
            problem("ends too early", Some("trop.yaml"), Some(4), None),
            problem("is empty", Some("trop.local.yaml"), None, None),
            problem("TROP_PORT_MIN is no port", None, None, None),
        ],
        ..Diagnostic::new(ExitStatus::Database, "cannot read /srv/trop.db")
    }
}

fn hostile() -> Diagnostic {
    Diagnostic {
        help: Some(HOSTILE.to_owned()),
        causes: texts([HOSTILE]),
        problems: vec![problem(HOSTILE, Some(HOSTILE), Some(1), Some(1))],
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
            "problems": [{ "message": HOSTILE, "file": HOSTILE, "line": 1, "column": 1 }],
        });
        assert_eq!(parsed, expected);
    }
}
