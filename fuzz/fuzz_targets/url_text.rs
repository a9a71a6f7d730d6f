//! libFuzzer's program for the target `url_text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz::url_text::run(bytes));
