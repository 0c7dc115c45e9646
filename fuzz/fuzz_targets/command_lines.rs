//! Command lines, run as a whole: the code is in the table, and errors are one message.

#![no_main]

use trop_cli::laws::command_lines;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let root = tempfile::tempdir().expect("there is a place for temporary files");
    command_lines(bytes, root.path(), &code_in);
});

/// The number that one JSON object on one line has as `code`.
fn code_in(text: &str) -> Option<u64> {
    let line = text.strip_suffix('\n').filter(|line| !line.contains('\n'))?;
    serde_json::from_str::<serde_json::Value>(line).ok()?["code"].as_u64()
}
