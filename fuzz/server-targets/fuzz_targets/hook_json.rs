//! libFuzzer's program for the target `hook_json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okta_fuzz_servers::hook_json::run(bytes));
