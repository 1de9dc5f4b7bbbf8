//! Versions of charts and constraints on them, as Helm reads them.

use super::functions::{Constraints, Version};

/// Whether a chart can have the version.
pub(super) fn is_version(text: &str) -> bool {
    Version::parse(text).is_ok()
}

/// Whether a version is one that `constraint` asks for. Nothing fits what cannot be read.
pub(super) fn is_compatible(constraint: &str, version: &str) -> bool {
    match (Constraints::parse(constraint), Version::parse(version)) {
        (Ok(constraint), Ok(version)) => constraint.check(&version),
        _ => false,
    }
}
