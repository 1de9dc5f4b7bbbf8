//! Tests of the binary as its users run it: one module per command or concern.

mod architecture;
mod common;
mod validate;
