//! libFuzzer's program for the target `base64`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz::base64::run(bytes));
