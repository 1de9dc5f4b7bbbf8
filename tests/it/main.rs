//! Tests of the binary as its users run it: one module per command or concern.

mod api_server;
mod architecture;
mod bad_input;
mod checks;
mod common;
mod config;
mod corpus;
mod definitions;
mod help;
mod hostile;
mod hostile_inputs;
mod hostile_properties;
mod inputs;
mod install;
mod pattern_diff;
mod pattern_export;
mod pattern_saved;
mod peers;
mod picture;
mod readme;
mod remote;
mod repository;
mod validate;
