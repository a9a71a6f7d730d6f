//! libFuzzer's program for the target `manage`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz_machines::manage::run(bytes));
