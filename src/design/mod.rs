//! The one currency: a design, its components and relationships.
//!
//! A [`Component`] is one object (of Kubernetes or of Meshery's own) with the place it came from.

use std::sync::Arc;

use uuid::Uuid;

use crate::document::{Mapping, Node, Source, Span, Text};

/// A named, versioned set of components and what connects them.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    pub id: Uuid,
    pub name: String,
    /// Semantic version without `v`.
    pub version: String,
    pub components: Vec<Component>,
    /// Relationships as Meshery wrote them; `evaluate::relationship` is to read them.
    pub relationships: Vec<Node>,
    /// Everything else the file said at its top level, untouched.
    pub extra: Mapping,
}

/// One object of a design.
#[derive(Debug, Clone)]
pub struct Component {
    pub id: Uuid,
    /// `apps/v1`, `v1`.
    pub api_version: Text,
    pub kind: Text,
    /// Name on the canvas: `metadata.name` unless the design says otherwise.
    pub display_name: Text,
    /// The object without `apiVersion` and `kind`; `null` when the design gives none.
    pub configuration: Node,
    /// Everything else a design file says of the component, untouched.
    pub extra: Mapping,
    pub origin: Option<Origin>,
}

/// Where a component was read.
#[derive(Debug, Clone)]
pub struct Origin {
    pub source: Arc<Source>,
    /// Which document of the source, counted from 0.
    pub document: u32,
    /// The bytes of the whole object, of the value of `apiVersion` and of the value of `kind`.
    pub object: Span,
    pub api_version: Span,
    pub kind: Span,
}

/// What makes two components the same object: Kubernetes knows an object by these four. The version of the API is not among
/// them (the same Deployment is served as every version of `apps`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub group: Text,
    pub kind: Text,
    pub namespace: Text,
    pub name: Text,
}

impl Component {
    pub fn name(&self) -> Option<&str> {
        self.configuration.at(&["metadata", "name"])?.as_str()
    }

    pub fn namespace(&self) -> Option<&str> {
        self.configuration.at(&["metadata", "namespace"])?.as_str()
    }

    /// The API group: empty for the core group.
    pub fn group(&self) -> &str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    pub fn identity(&self) -> Identity {
        Identity {
            group: self.group().into(),
            kind: self.kind.clone(),
            namespace: self.namespace().unwrap_or_default().into(),
            name: self.name().unwrap_or_default().into(),
        }
    }
}

/// Where a component was read is not part of what it is.
impl PartialEq for Component {
    fn eq(&self, other: &Component) -> bool {
        (self.id, &self.api_version, &self.kind, &self.display_name)
            == (other.id, &other.api_version, &other.kind, &other.display_name)
            && self.configuration == other.configuration
            && self.extra == other.extra
    }
}
