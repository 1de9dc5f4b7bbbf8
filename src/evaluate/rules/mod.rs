//! What the API server refuses beyond the schema, rule by rule, and which definition each rule belongs to.
//!
//! The rules follow `pkg/apis/*/validation` of Kubernetes 1.37 and the documents it cites; each file says which.

mod grammar;

use crate::document::{Node, Path};

use super::Checker;

/// A check of one value (see [`Checker`] for what it may look at).
pub type Check = fn(&Node, &Path<'_>, &mut Checker<'_>);

/// The checks of the values of one schema definition, by its OpenAPI name (`io.k8s.api.core.v1.Container`).
pub fn of_definition(_definition: &str) -> &'static [Check] {
    &[]
}
