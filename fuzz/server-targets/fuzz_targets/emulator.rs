//! libFuzzer's program for the target `emulator`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: okta_fuzz_servers::emulator::prepare(), |bytes: &[u8]| okta_fuzz_servers::emulator::run(bytes));
