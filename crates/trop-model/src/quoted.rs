//! Text that is shown back to whoever wrote it.

/// The longest piece of text that is shown, in characters.
const MOST_SHOWN: usize = 60;

/// The text in quotation marks, fit to stand in a message: control characters are spelled out, and of a long text only the
/// beginning is shown.
#[must_use]
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        None => format!("\"{}\"", text.escape_debug()),
        Some((end, _)) => format!("\"{}…\"", text[..end].escape_debug()),
    }
}
