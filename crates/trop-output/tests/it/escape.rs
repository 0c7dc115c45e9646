//! Which characters never reach a terminal.

use std::borrow::Cow;

use trop_output::escaped;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(escaped(text), expected);
}

#[test]
fn what_acts_on_terminals_is_spelled_out() {
    check("a\nb\r\tc", r"a\nb\r\tc");
    check("\0\u{7}\u{8}\u{b}\u{1b}[2J\u{1f}", r"\u{0}\u{7}\u{8}\u{b}\u{1b}[2J\u{1f}");
    check("\u{7f}\u{80}\u{85}\u{9b}31m\u{9f}", r"\u{7f}\u{80}\u{85}\u{9b}31m\u{9f}");
    check("\u{61c}\u{200e}\u{200f}", r"\u{61c}\u{200e}\u{200f}");
    check("\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}", r"\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}");
    check("\u{2066}\u{2067}\u{2068}\u{2069}", r"\u{2066}\u{2067}\u{2068}\u{2069}");
    check("\u{2028}\u{2029}", r"\u{2028}\u{2029}");
}

#[test]
fn what_is_shown_as_nothing_is_spelled_out() {
    check("we\u{200b}b\u{200c}\u{200d}\u{2060}\u{feff}", r"we\u{200b}b\u{200c}\u{200d}\u{2060}\u{feff}");
    check("\u{ad}\u{34f}\u{180e}\u{206a}\u{3164}\u{ffa0}", r"\u{ad}\u{34f}\u{180e}\u{206a}\u{3164}\u{ffa0}");
    check("\u{e0001}\u{e0041}\u{e007f}\u{e0100}", r"\u{e0001}\u{e0041}\u{e007f}\u{e0100}");
    check("\u{fff9}a\u{fffa}b\u{fffb}", r"\u{fff9}a\u{fffa}b\u{fffb}");
    check("👩\u{200d}💻 \u{2764}\u{fe0f}", r"👩\u{200d}💻 ❤\u{fe0f}");
}

#[test]
fn everything_else_stays() {
    for text in [
        "",
        "/srv/a b",
        r"C:\new\table",
        "\"quoted\" 'too' $(x)",
        "目录 é e\u{301} 👩 \u{e000}",
        "\u{a0}\u{2027}\u{202f}\u{2070}\u{fdff}\u{fffc}",
    ] {
        assert!(matches!(escaped(text), Cow::Borrowed(same) if same == text), "{text:?}");
    }
}
