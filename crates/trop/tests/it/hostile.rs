//! Text that somebody chose to do harm with, or that is merely odd, wherever text comes in, and what is made of it wherever it goes out.
//!
//! What shells make of such text is seen in `shells::hostile`.

mod arguments;
mod configuration;
mod environment;
mod everywhere;
mod files;
mod git;
mod lines;
mod long;
mod processes;
mod scene;
mod stored;

use trop_testkit::Ran;

/// What terminals act on, one of a kind, and what only looks odd. None of it holds a slash or NUL, so that it can be the name of a file.
const HOSTILE: [&str; 22] = [
    "\u{1b}[2J\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http:x\u{1b}\\link",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{1b}P1$r\u{1b}\\",
    "\u{1}\u{8}\u{e}\u{1f}\u{7f}",
    "\u{80}\u{9b}31m\u{9d}0;t\u{9c}",
    "a\nb\n\nerror: no",
    "a\rb",
    "a\tb",
    "a\u{b}\u{c}b",
    "a\u{85}b",
    "a\u{2028}b\u{2029}c",
    "\u{202e}gpj.exe\u{202c}",
    "\u{2066}\u{2067}\u{2068}\u{2069}\u{61c}\u{200e}\u{200f}",
    "we\u{200b}b\u{200c}\u{200d}\u{2060}",
    "\u{feff}bom",
    "\u{e0001}\u{e0068}\u{e0069}\u{e007f}",
    "so\u{ad}ft\u{34f}\u{fff9}x\u{fffb}\u{fe0f}",
    "\u{e000}private\u{f8ff}",
    "\u{301}\u{489}lone",
    "'\"`$(x),;|&<>{}[]\\#%~*? ",
];

/// Whether the character may stand in text that people see: what [`HOSTILE`] has of the others is listed by hand, not asked of trop.
fn is_harmless(character: char) -> bool {
    !(character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe0f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        ))
}

/// As such text is shown: what is not harmless spelled out.
fn spelled_out(text: &str) -> String {
    text.chars()
        .flat_map(|character| match is_harmless(character) {
            true => vec![character],
            false => character.escape_default().collect(),
        })
        .collect()
}

/// That there is nothing in either output that acts on terminals but the ends of lines, and tabs between fields.
#[track_caller]
fn check_harmless(ran: &Ran, what: &str) {
    check_harmless_text(&ran.stdout, what);
    check_harmless_text(&ran.stderr, what);
    assert!(!ran.stderr.contains('\t'), "{what}: {:?}", ran.stderr);
}

/// The same of one of them.
#[track_caller]
fn check_harmless_text(text: &str, what: &str) {
    let found = text.chars().find(|&character| !is_harmless(character) && !"\n\t".contains(character));
    assert_eq!(found, None, "{what}: {text:?}");
}

/// The only line of an error that is JSON.
#[track_caller]
fn error_of(ran: &Ran) -> serde_json::Value {
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    serde_json::from_str(&ran.stderr).unwrap()
}
