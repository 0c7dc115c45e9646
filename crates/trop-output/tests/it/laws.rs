//! What holds for every text.

use proptest::prelude::*;
use trop_output::{Diagnostic, ErrorFormat, ExitStatus, Style, escaped};

use crate::samples::written;

/// Text rich in what terminals, JSON and CSV care about.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>(),
        (0_u32..0x100).prop_map(|code| char::from_u32(code).unwrap()),
        (0x2000_u32..0x2070).prop_map(|code| char::from_u32(code).unwrap()),
        proptest::sample::select(vec!['"', '\\', '\u{61c}', ',', 'u', '{', '}']),
    ];
    proptest::collection::vec(character, 0..20).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn escaping_twice_is_escaping_once(text in any_text()) {
        let once = escaped(&text);
        prop_assert!(!once.contains(char::is_control));
        prop_assert_eq!(escaped(&once), once.clone());
    }

    #[test]
    fn json_is_exact_and_holds_nothing_to_escape(text in any_text()) {
        let diagnostic = Diagnostic::new(ExitStatus::No, text.clone());
        let line = written(|out| diagnostic.write_to(out, ErrorFormat::Json, Style::plain(), false));
        let line = line.strip_suffix('\n').unwrap();
        prop_assert_eq!(escaped(line), line);
        let parsed: serde_json::Value = serde_json::from_str(line).unwrap();
        prop_assert_eq!(parsed["message"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn an_error_in_words_is_one_line(text in any_text()) {
        let diagnostic = Diagnostic::new(ExitStatus::No, text);
        let line = written(|out| diagnostic.write_to(out, ErrorFormat::Human, Style::plain(), false));
        prop_assert_eq!(line.find('\n'), Some(line.len() - 1));
    }
}
