//! libFuzzer's program for the target `timestamp`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz::timestamp::run(bytes));
