//! libFuzzer's program for the target `machine`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz_machines::machine::run(bytes));
