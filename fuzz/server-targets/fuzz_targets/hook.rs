//! libFuzzer's program for the target `hook`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz_servers::hook::run(bytes));
