//! libFuzzer's program for the target `configuration`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz::configuration::run(bytes));
