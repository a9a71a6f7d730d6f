//! libFuzzer's program for the target `links`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz::links::run(bytes));
