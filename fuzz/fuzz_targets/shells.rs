//! Ports of a group, written for shells and dotenv files, read by real shells.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trop_output::laws::shells(bytes));
