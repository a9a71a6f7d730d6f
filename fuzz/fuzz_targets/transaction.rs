//! libFuzzer's program for the target `transaction`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz::transaction::run(bytes));
