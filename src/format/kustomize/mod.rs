//! Kustomizations: built as `kubectl kustomize` does, and written.

mod export;

pub use export::{Environment, ExportError, kustomization};
