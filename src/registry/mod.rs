//! Definitions: kinds, their schemas, and the models they belong to. Kubernetes' own are embedded.

mod kind;
mod schema;

pub use kind::{Deprecation, Kind, Replacement, Version};
pub use schema::{Constraints, DefinitionId, ListType, Property, Schema, Type};
