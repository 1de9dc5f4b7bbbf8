//! The one currency: a design, its components and relationships.
//!
//! A [`Component`] is one object (of Kubernetes or of Meshery's own) with the place it came from. [`read`] understands
//! Meshery's design files, [`to_yaml`] and [`to_json`] write the one canonical form; `file` says what that form is.

mod file;
mod id;
mod keys;
mod model;
mod place;
mod readable;
mod write;

use std::sync::Arc;

use uuid::Uuid;

use crate::document::{Entry, Mapping, Node, Source, Span, Text, Value};

pub use file::{FileRead, is_design, read};
pub use id::{component_id, design_id};
pub use keys::keys_as_written;
pub use model::named as named_model;
pub use place::{Change, Note, Place, Reason, Skipped};
pub use readable::restore_keys;
pub use write::{SHAPES, to_json, to_yaml};

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
    /// Nil until a design takes the component in, see [`Design::new`].
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

impl Design {
    /// The version of a design that nobody has given one.
    pub const FIRST_VERSION: &'static str = "0.0.1";

    /// A design of `components`, which get ids where they have none.
    pub fn new(name: impl Into<String>, components: Vec<Component>) -> Design {
        let mut design = Design {
            id: Uuid::nil(),
            name: name.into(),
            version: Design::FIRST_VERSION.to_owned(),
            components,
            relationships: Vec::new(),
            extra: Mapping::new(),
        };
        design.settle("");
        design
    }

    /// Gives a design without a name the name `fallback`, and what has no id the one that follows: the design's from its
    /// name, a component's from the design's and from what it is.
    pub fn settle(&mut self, fallback: &str) {
        if self.name.is_empty() {
            self.name = fallback.to_owned();
        }
        if self.id.is_nil() {
            self.id = design_id(&self.name);
        }
        id::assign(self.id, &mut self.components);
    }
}

impl Component {
    /// A component made of an object: `apiVersion` and `kind` are taken out, the rest is kept as it stands.
    ///
    /// # Errors
    /// The object given back with the reason why it is none: not a mapping, `apiVersion` or `kind` absent or no text.
    pub fn from_object(mut object: Node) -> Result<Component, (Node, Reason)> {
        let type_name = object.type_name();
        let api_version = text_member(&object, "apiVersion");
        let kind = text_member(&object, "kind");
        let Some(mapping) = object.as_mapping_mut() else {
            let reason = if object.is_null() { Reason::Empty } else { Reason::NotAnObject(type_name) };
            return Err((object, reason));
        };
        let (api_version, kind) = match (api_version, kind) {
            (Ok(api_version), Ok(kind)) => (api_version, kind),
            (Err(reason), _) | (_, Err(reason)) => return Err((object, reason)),
        };
        mapping.remove("apiVersion");
        mapping.remove("kind");
        let mut component = Component {
            id: Uuid::nil(),
            api_version,
            kind,
            display_name: Text::new(),
            configuration: object,
            extra: Mapping::new(),
            origin: None,
        };
        component.display_name = component.natural_name();
        Ok(component)
    }

    /// The whole object: `apiVersion`, `kind`, `metadata`, then the rest in its order.
    pub fn to_object(&self) -> Node {
        let mut object = Mapping::with_capacity(self.configuration.as_mapping().map_or(0, Mapping::len) + 2);
        let mut push = |key: &Text, key_span, value: Node| object.push(Entry { key: key.clone(), key_span, value });
        push(&"apiVersion".into(), Span::default(), Value::String(self.api_version.clone()).into());
        push(&"kind".into(), Span::default(), Value::String(self.kind.clone()).into());
        let metadata_first = |entry: &&Entry| entry.key != "metadata";
        let (rest, metadata): (Vec<_>, Vec<_>) = self.configuration.entries().partition(metadata_first);
        for entry in metadata.into_iter().chain(rest) {
            push(&entry.key, entry.key_span, entry.value.clone());
        }
        Node::new(Value::Mapping(object), self.configuration.span)
    }

    pub fn name(&self) -> Option<&str> {
        self.configuration.at(&["metadata", "name"])?.as_str()
    }

    pub fn namespace(&self) -> Option<&str> {
        self.configuration.at(&["metadata", "namespace"])?.as_str()
    }

    /// `metadata.generateName`: the server makes a name that begins so.
    pub fn generate_name(&self) -> Option<&str> {
        self.configuration.at(&["metadata", "generateName"])?.as_str()
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

    /// Whether the component defines a kind: a CustomResourceDefinition.
    pub fn is_definition(&self) -> bool {
        self.kind == "CustomResourceDefinition" && self.group() == "apiextensions.k8s.io"
    }

    /// Whether the component is a remark on the canvas (a comment, a section, a shape), not an object of a cluster.
    pub fn is_annotation(&self) -> bool {
        let metadata = self.extra.get("metadata");
        metadata.and_then(|metadata| metadata.get("isAnnotation")).and_then(Node::as_bool) == Some(true)
    }

    /// What the component is called when the design says nothing else: its name, what its name begins with, or its kind.
    pub(crate) fn natural_name(&self) -> Text {
        let name = self.name().or(self.generate_name()).filter(|name| !name.is_empty());
        name.map_or_else(|| self.kind.clone(), Text::from)
    }
}

/// A member that must be text: absent, of another type and empty are different mistakes.
pub(crate) fn text_member(object: &Node, key: &'static str) -> Result<Text, Reason> {
    match object.field(key) {
        None => Err(Reason::Missing(key)),
        Some(Node { value: Value::String(text), .. }) if text.is_empty() => Err(Reason::Missing(key)),
        Some(Node { value: Value::String(text), .. }) => Ok(text.clone()),
        Some(other) => Err(Reason::WrongType { field: key, wanted: "a string", found: other.type_name() }),
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
