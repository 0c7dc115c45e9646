//! Texts of configuration files: read or refused, each problem at its place.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trop_config::laws::configuration(bytes));
