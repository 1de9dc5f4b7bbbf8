//! Kustomizations: built as `kubectl kustomize` does, and written.
