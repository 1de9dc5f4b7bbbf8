//! One object on its way through a build, and what it is known by.

use std::fmt;

use super::{
    error::{ErrorKind, Fault, Result},
    schema,
};
use crate::document::{Mapping, Node, Span, Text, Value};

/// Group, version and kind; in a selector empty ones match everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Gvk {
    pub(super) group: Text,
    pub(super) version: Text,
    pub(super) kind: Text,
}

/// What tells one object from all others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Id {
    pub(super) gvk: Gvk,
    pub(super) name: Text,
    /// `default` where none is written, [`NO_NAMESPACE`] for what lives in none.
    pub(super) namespace: Text,
}

/// The namespace of objects that live in none.
pub(super) const NO_NAMESPACE: &str = "_non_namespaceable_";

/// What a generated object does to one that is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Behavior {
    #[default]
    Create,
    Replace,
    Merge,
}

/// Where an object or a change comes from, as `buildMetadata` wants it told.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Origin {
    pub(super) path: String,
    pub(super) configured_in: String,
    /// `apiVersion`, `kind`, `name`, `namespace`.
    pub(super) configured_by: Option<[String; 4]>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Resource {
    pub(super) node: Node,
    /// Namespaces, names and kinds it had before, the oldest first.
    pub(super) previous: Vec<(Text, Text, Text)>,
    pub(super) prefixes: Vec<Text>,
    pub(super) suffixes: Vec<Text>,
    pub(super) needs_hash: bool,
    pub(super) behavior: Behavior,
    /// Of a patch: it may rename its target, change its kind.
    pub(super) renames: bool,
    pub(super) rekinds: bool,
    /// Made by a chart, whose release settles the namespace.
    pub(super) by_helm: bool,
    /// Names of the variables that are read from it.
    pub(super) vars: Vec<Text>,
    pub(super) origin: Option<Origin>,
    pub(super) transformations: Vec<Origin>,
}

impl Gvk {
    pub(super) fn new(api_version: &str, kind: &str) -> Gvk {
        let (group, version) = group_version(api_version);
        Gvk { group: group.into(), version: version.into(), kind: kind.into() }
    }

    /// Whether `selector` allows it.
    pub(super) fn is_selected(&self, selector: &Gvk) -> bool {
        let allows = |wanted: &Text, have: &Text| wanted.is_empty() || wanted == have;
        allows(&selector.group, &self.group)
            && allows(&selector.version, &self.version)
            && allows(&selector.kind, &self.kind)
    }

    pub(super) fn api_version(&self) -> String {
        if self.group.is_empty() { self.version.to_string() } else { format!("{}/{}", self.group, self.version) }
    }
}

/// `apps/v1` in its parts.
pub(super) fn group_version(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

/// The namespace that `namespace` means for a kind.
pub(super) fn effective(cluster_scoped: bool, namespace: &str) -> Text {
    match namespace {
        _ if cluster_scoped => NO_NAMESPACE.into(),
        "" => "default".into(),
        namespace => namespace.into(),
    }
}

impl Id {
    pub(super) fn is_cluster_scoped(&self) -> bool {
        self.namespace == NO_NAMESPACE
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{} {}", self.gvk.api_version(), self.gvk.kind)?;
        // No name is longer that an API server takes.
        let name: String = self.name.chars().take(253).collect();
        if self.namespace != "default" && !self.is_cluster_scoped() {
            write!(formatter, " {}/{name}`", self.namespace)
        } else {
            write!(formatter, " {name}`")
        }
    }
}

/// The text of a scalar as YAML has it; `null` is empty.
pub(super) fn scalar(node: &Node) -> Option<Text> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Null => Some(Text::new()),
        Value::Bool(_) | Value::Number(_) => Some(node.value.to_string().into()),
        Value::Sequence(_) | Value::Mapping(_) => None,
    }
}

/// The members of `metadata.labels` or `metadata.annotations` that are scalars, as texts.
pub(super) fn strings<'a>(node: &'a Node, field: &str) -> impl Iterator<Item = (&'a Text, Text)> {
    let map = node.at(&["metadata", field]);
    map.into_iter().flat_map(Node::entries).filter_map(|entry| Some((&entry.key, scalar(&entry.value)?)))
}

/// The members of a node, made a mapping if it is none.
pub(super) fn members(node: &mut Node) -> &mut Mapping {
    if node.as_mapping().is_none() {
        node.value = Value::Mapping(Mapping::new());
    }
    match &mut node.value {
        Value::Mapping(mapping) => mapping,
        _ => unreachable!("it was made a mapping"),
    }
}

/// Sets a member, which keeps its key's place; a new one gets `key_span`.
pub(super) fn set(mapping: &mut Mapping, key: &str, key_span: Span, value: Node) {
    match mapping.get_mut(key) {
        Some(old) => *old = value,
        None => mapping.push(crate::document::Entry { key: key.into(), key_span, value }),
    }
}

/// What copies may cost, in values; a text counts by its length.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) left: usize,
    pub(super) allowed: usize,
}

impl Budget {
    /// # Errors
    /// When `node` is one copy too many.
    pub(super) fn copy(&mut self, node: &Node, span: Span) -> Result<()> {
        let kind =
            ErrorKind::Limit { what: "the values that are copied", limit: "copies", allowed: self.allowed as u64 };
        self.left = self.left.checked_sub(size(node, 0)).ok_or_else(|| Fault::new(kind, span))?;
        Ok(())
    }
}

/// Levels that a value may have which is copied to another place: no chain of copies grows without an end.
const DEEPEST: usize = 512;

fn size(node: &Node, depth: usize) -> usize {
    if depth > DEEPEST {
        return usize::MAX;
    }
    let sum = |values: &mut dyn Iterator<Item = &Node>| {
        values.fold(1, |sum: usize, value| sum.saturating_add(size(value, depth + 1)))
    };
    match &node.value {
        Value::String(text) => 1 + text.len() / 64,
        Value::Sequence(items) => sum(&mut items.iter()),
        Value::Mapping(mapping) => sum(&mut mapping.entries().iter().map(|entry| &entry.value)),
        _ => 1,
    }
}

impl Resource {
    pub(super) fn new(node: Node) -> Resource {
        Resource { node, ..Resource::default() }
    }

    pub(super) fn api_version(&self) -> &str {
        self.node.str_at("apiVersion").unwrap_or_default()
    }

    pub(super) fn kind(&self) -> &str {
        self.node.str_at("kind").unwrap_or_default()
    }

    pub(super) fn name(&self) -> Text {
        self.metadata("name")
    }

    pub(super) fn namespace(&self) -> Text {
        self.metadata("namespace")
    }

    fn metadata(&self, field: &str) -> Text {
        self.node.at(&["metadata", field]).and_then(scalar).unwrap_or_default()
    }

    pub(super) fn gvk(&self) -> Gvk {
        Gvk::new(self.api_version(), self.kind())
    }

    pub(super) fn is_cluster_scoped(&self) -> bool {
        schema::is_cluster_scoped(self.api_version(), self.kind())
    }

    /// What it is known by now.
    pub(super) fn id(&self) -> Id {
        let namespace = effective(self.is_cluster_scoped(), &self.namespace());
        Id { gvk: self.gvk(), name: self.name(), namespace }
    }

    /// What it was known by before, the oldest first; the group and version are those of now.
    pub(super) fn previous_ids(&self) -> impl Iterator<Item = Id> {
        let gvk = self.gvk();
        self.previous.iter().map(move |(namespace, name, kind)| Id {
            gvk: Gvk { kind: kind.clone(), ..gvk.clone() },
            name: name.clone(),
            namespace: namespace.clone(),
        })
    }

    /// What it was known by at first.
    pub(super) fn original_id(&self) -> Id {
        self.previous_ids().next().unwrap_or_else(|| self.id())
    }

    /// Keeps what it is known by now among the earlier ones.
    pub(super) fn remember_id(&mut self) {
        let id = self.id();
        self.previous.push((id.namespace, id.name, id.gvk.kind));
    }

    /// Sets a text of `metadata`, which keeps its place; an empty one is removed.
    pub(super) fn set_metadata(&mut self, field: &str, value: Text) {
        let root = members(&mut self.node);
        if root.get("metadata").is_none() {
            root.insert("metadata", Mapping::new());
        }
        let Some(metadata) = root.get_mut("metadata") else { return };
        let metadata = members(metadata);
        if value.is_empty() {
            metadata.remove(field);
            return;
        }
        let span = metadata.get(field).map_or(Span::default(), |old| old.span);
        metadata.insert(field, Node::new(Value::String(value), span));
    }

    /// Where it is best pointed at.
    pub(super) fn span(&self) -> Span {
        let name = self.node.at(&["metadata", "name"]);
        name.map_or(self.node.span, |name| name.span)
    }

    /// Takes over what `old`, which it replaces or is merged into, is known by.
    pub(super) fn inherit(&mut self, old: &Resource) {
        for field in ["labels", "annotations"] {
            let mut merged: Mapping = Mapping::new();
            for source in [&old.node, &self.node] {
                for entry in source.at(&["metadata", field]).into_iter().flat_map(Node::entries) {
                    set(&mut merged, &entry.key, entry.key_span, entry.value.clone());
                }
            }
            if !merged.is_empty() {
                let root = members(&mut self.node);
                if let Some(metadata) = root.get_mut("metadata") {
                    members(metadata).insert(field, merged);
                }
            }
        }
        self.set_metadata("name", old.name());
        self.set_metadata("namespace", old.namespace());
        self.needs_hash &= old.needs_hash;
        self.behavior = old.behavior;
        self.previous.clone_from(&old.previous);
        self.prefixes.clone_from(&old.prefixes);
        self.suffixes.clone_from(&old.suffixes);
        self.vars.clone_from(&old.vars);
    }

    /// Adds what `old` has under `field` (`data`, `binaryData`) and it has not.
    pub(super) fn merge_data(&mut self, old: &Resource, field: &str) {
        let Some(before) = old.node.field(field).and_then(Node::as_mapping) else { return };
        let mut merged = before.clone();
        for entry in self.node.get(field).into_iter().flat_map(Node::entries) {
            set(&mut merged, &entry.key, entry.key_span, entry.value.clone());
        }
        for entry in merged.entries_mut() {
            if let Some(text) = scalar(&entry.value) {
                entry.value.value = Value::String(text);
            }
        }
        let span = self.node.span;
        set(members(&mut self.node), field, span, Node::new(Value::Mapping(merged), span));
    }
}
