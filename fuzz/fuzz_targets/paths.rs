//! Paths that somebody types: where they lead, how two of them lie.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trop_paths::laws::paths(bytes));
