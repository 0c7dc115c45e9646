//! Text from anywhere, made fit for a terminal.

use std::borrow::Cow;

/// The text with every character that could do something to a terminal, or hide from whoever looks at it, spelled out: `\n`, `\r`,
/// `\t`, and `\u{1b}` for the others. These are
///
/// - control characters: U+0000 to U+001F, U+007F to U+009F (they move the cursor, change colours, retitle the window);
/// - the separators of lines and paragraphs, U+2028 and U+2029;
/// - what is shown as nothing: `Default_Ignorable_Code_Point` of Unicode Standard Annex 44. Among these are the marks that change the
///   direction of text (Annex 9), which make a line look like another one, characters of no width, with which two texts look alike, and
///   tags, in which text is hidden;
/// - the marks around annotations, U+FFF9 to U+FFFB, which are no part of what is shown either.
///
/// Everything else stays, the backslash too, so that Windows paths remain legible and escaping twice is escaping once. It
/// follows that the text cannot be told from one in which somebody typed `\n` in letters.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(acts_on_terminals) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if acts_on_terminals(character) {
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// Whether the text holds nothing but what ASCII prints, so that no character need be looked up. Nearly every path and label does.
pub(crate) fn is_plain(text: &str) -> bool {
    // Without an early end the compiler looks at many bytes at once.
    text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}

/// Whether a terminal may do something else with the character than show it.
pub(crate) fn acts_on_terminals(character: char) -> bool {
    let separates_lines = matches!(character, '\u{2028}' | '\u{2029}');
    let surrounds_annotations = matches!(character, '\u{fff9}'..='\u{fffb}');
    character.is_control() || separates_lines || surrounds_annotations || is_shown_as_nothing(character)
}

/// `Default_Ignorable_Code_Point`, from <https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt>.
fn is_shown_as_nothing(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
