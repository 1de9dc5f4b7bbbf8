//! Kustomizations of designs.
