//! Ports, ranges, labels and names of variables: what is accepted, how it is shown.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trop_model::laws::ports(bytes));
