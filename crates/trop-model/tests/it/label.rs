//! Tags, projects and tasks.

use trop_model::{InvalidLabel, Project, Tag, Task};

#[test]
fn labels_are_trimmed() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text.parse::<Tag>().unwrap().as_str(), expected);
        assert_eq!(text.parse::<Project>().unwrap().as_str(), expected);
        assert_eq!(text.parse::<Task>().unwrap().as_str(), expected);
    }

    check("web", "web");
    check(" web ", "web");
    check("my web", "my web");
    check("  my  web  ", "my  web");
    check("\u{a0}web\u{3000}", "web");

    check("feature/login#42", "feature/login#42");
    check("日本語", "日本語");
    check("🦀", "🦀");
    check("e\u{301}", "e\u{301}");
    check("$(rm -rf ~)", "$(rm -rf ~)");
    // Invisible, but neither blank nor a control character.
    check("\u{200b}", "\u{200b}");
}

#[test]
fn labels_are_not_empty() {
    #[track_caller]
    fn check(text: &str) {
        assert_eq!(text.parse::<Tag>(), Err(InvalidLabel::Empty("tag")));
    }

    check("");
    check(" ");
    check("   ");
    check("\u{a0}\u{3000}");
}

#[test]
fn labels_have_at_most_255_bytes() {
    #[track_caller]
    fn check(text: &str, bytes: usize) {
        let label = text.parse::<Task>();
        if bytes <= 255 {
            assert_eq!(label.unwrap().as_str().len(), bytes);
        } else {
            assert_eq!(label, Err(InvalidLabel::TooLong { noun: "task", length: bytes }));
        }
    }

    check(&"a".repeat(255), 255);
    check(&"a".repeat(256), 256);
    check(&"é".repeat(127), 254);
    check(&"é".repeat(128), 256);
    check(&"🦀".repeat(63), 252);
    check(&"🦀".repeat(64), 256);
    check(&format!("   {}   ", "a".repeat(255)), 255);
    check(&format!("   {}   ", "a".repeat(256)), 256);
}

#[test]
fn control_characters_are_refused_and_not_trimmed_away() {
    #[track_caller]
    fn check(text: &str) {
        assert_eq!(
            text.parse::<Project>(),
            Err(InvalidLabel::ControlCharacter { noun: "project", text: text.to_owned() })
        );
    }

    check("web\n");
    check("\nweb");
    check("web\r\n");
    check("web\t");
    check("my\tweb");
    check("my\nweb");
    check("\n");
    check("web\0");
    check("\u{1b}[31mweb");
    check("web\u{7f}");
    check("web\u{85}");
    check("web\u{9b}31m");
}

#[test]
fn what_is_wrong_is_said_in_words() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text.parse::<Tag>().unwrap_err().to_string(), expected);
    }

    check(" ", "a tag must not be empty");
    check(&"a".repeat(300), "a tag is at most 255 bytes long, and this one has 300");
    check("we\u{1b}b\n", r#"a tag must not hold control characters, and "we\u{1b}b\n" does"#);
    assert_eq!("".parse::<Project>().unwrap_err().to_string(), "a project must not be empty");
    assert_eq!("".parse::<Task>().unwrap_err().to_string(), "a task must not be empty");
}

#[test]
fn labels_are_shown_as_they_are_and_fill_a_column() {
    let tag: Tag = "web".parse().unwrap();
    assert_eq!(tag.to_string(), "web");
    assert_eq!(format!("{tag:<5}|"), "web  |");
}
