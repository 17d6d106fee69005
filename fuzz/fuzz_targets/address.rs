#![no_main]
libfuzzer_sys::fuzz_target!(|fragment: &str| mailflow::page::address_holds(fragment));
