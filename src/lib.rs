//! Everything `mesheryctl` knows, as a library.
//!
//! ```text
//! bytes → document → design → evaluate → findings
//!                           → diff     → changes
//!                           → format   → bytes
//!                           → store    (through backend)
//! ```
//!
//! The rooms below stand in reading order; a room may use only the ones that `docs/ARCHITECTURE.md` grants it, and
//! `tests/it/architecture.rs` holds the imports against that table. The library never prints, exits, reads the
//! environment or looks for a home directory: that is the command line's part, in the binary crate.

pub mod backend;
pub mod design;
pub mod diff;
pub mod document;
pub mod evaluate;
pub mod format;
pub mod registry;
pub mod source;
pub mod store;
pub mod tree;
pub mod validation;
