//! Bytes as documents: read, written, read again.
//!
//! With `cargo install cargo-fuzz` and a nightly compiler, in `tests/fuzz`'s parent directory:
//!
//! ```sh
//! cargo +nightly fuzz run --fuzz-dir fuzz document
//! cargo +nightly fuzz run --fuzz-dir fuzz validate fuzz/corpus/document
//! ```
//!
//! Without them, on a stable compiler (no sanitizer; there is no unsafe code of ours for it to watch), in `tests/fuzz`:
//!
//! ```sh
//! export RUSTFLAGS='--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
//!   -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Ccodegen-units=1'
//! cargo run --release --target "$(rustc --print host-tuple)" --bin document -- -max_total_time=300 corpus/document
//! ```
//!
//! What it finds is mended and its input goes into `corpus/document`, which `cargo test` runs too (`tests/it/hostile.rs`).
#![no_main]

#[path = "../checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::document(bytes));
