//! libFuzzer's program for the target `openid`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz::openid::run(bytes));
