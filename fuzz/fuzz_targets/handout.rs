#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tonghu::probe::handout(bytes));
