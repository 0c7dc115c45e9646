//! Text for people, who need not see all of it when it is very long.

use std::borrow::Cow;

use crate::escaped;
use crate::shown_line::ELLIPSIS;

/// How many characters a cell of a table has at most.
const LONGEST_CELL: usize = 200;

/// How many characters a sentence has at most: two paths can be in it, however deep they are on a disk that somebody works with.
const LONGEST_SENTENCE: usize = 2_000;

/// The text in a cell of a table, escaped: one row must not make a table too wide for all of them.
pub(crate) fn cell(text: &str) -> Cow<'_, str> {
    without_middle(escaped(text), LONGEST_CELL)
}

/// The text in a sentence, escaped: what somebody wrote into a file must not bury what is said about it.
pub(crate) fn sentence(text: &str) -> Cow<'_, str> {
    without_middle(escaped(text), LONGEST_SENTENCE)
}

/// Of a text with more characters the beginning and the end.
fn without_middle(text: Cow<'_, str>, longest: usize) -> Cow<'_, str> {
    // No text has more characters than bytes.
    if text.len() <= longest || text.chars().count() <= longest {
        return text;
    }
    let kept = longest - ELLIPSIS.chars().count();
    let start: String = text.chars().take(kept.div_ceil(2)).collect();
    let end = text.char_indices().nth_back(kept / 2 - 1).map_or(text.len(), |(position, _)| position);
    Cow::Owned(format!("{start}{ELLIPSIS}{}", &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without_middle(Cow::Borrowed(text), 5), expected);
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        check("", "");
        check("abcde", "abcde");
        check("abcdef", "ab…ef");
        check("äöü€ß", "äöü€ß");
        check("äöü€ßÄ", "äö…ßÄ");
    }
}
