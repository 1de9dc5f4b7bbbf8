//! Tests of the binary as its users run it: one module per command or concern.

mod architecture;
mod checks;
mod common;
mod config;
mod definitions;
mod install;
mod pattern_diff;
mod pattern_saved;
mod picture;
mod readme;
mod repository;
mod validate;
