#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailflow_fuzz::run("csv", bytes));
