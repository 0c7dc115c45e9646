//! Bytes of a database: sound rows or an error, and a file that is refused stays as it is.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trop_storage::laws::database(bytes));
