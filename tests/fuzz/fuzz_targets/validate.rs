//! Bytes as manifests: judged, mended, compared, exported. `document.rs` says how to run it.
#![no_main]

#[path = "../checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::validate(bytes));
