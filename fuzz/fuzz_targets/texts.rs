//! Text from anywhere: harmless on terminals, whole in JSON and records.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trop_output::laws::texts(bytes));
