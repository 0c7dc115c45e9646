//! Command lines, run as a whole: the code is in the table, and errors are one message.

#![no_main]

use trop_cli::laws::command_lines;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let root = tempfile::tempdir().expect("there is a place for temporary files");
    command_lines(bytes, root.path());
});
