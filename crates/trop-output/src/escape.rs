//! Text from anywhere, made fit for a terminal.

use std::borrow::Cow;

/// The text with every character that could do something to a terminal spelled out: `\n`, `\r`, `\t`, and `\u{1b}` for the
/// others. These are
///
/// - control characters: U+0000 to U+001F, U+007F to U+009F (they move the cursor, change colours, retitle the window);
/// - marks that change the direction of text: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069, by Unicode
///   Standard Annex 9 (they make a line look like another one);
/// - the separators of lines and paragraphs, U+2028 and U+2029.
///
/// Everything else stays, the backslash too, so that Windows paths remain legible and escaping twice is escaping once. It
/// follows that the text cannot be told from one in which somebody typed `\n` in letters.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(acts_on_terminals) {
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

/// Whether a terminal may do something else with the character than show it.
pub(crate) fn acts_on_terminals(character: char) -> bool {
    let changes_direction = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let separates_lines = matches!(character, '\u{2028}' | '\u{2029}');
    character.is_control() || changes_direction || separates_lines
}
