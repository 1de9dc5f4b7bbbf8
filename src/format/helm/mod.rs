//! Helm charts: read, rendered as `helm template` does, and written.
//!
//! ```text
//! Tree → chart (files, metadata, dependencies) ─┐
//! values files, --set → values ─────────────────┴→ render (templates + functions) → texts that know their template
//! ```

pub mod export;
pub mod functions;
pub mod template;
pub mod value;
