//! Two objects of one kind, member by member, as the API server understands them.

use std::collections::HashMap;

use crate::{
    design::Component,
    document::{Mapping, Node, Quantity, Text, Value},
    registry::{DefinitionId, Kind, Registry, Schema, Type},
};

use super::{FieldChange, FieldChangeKind, FieldPath, Options, PathPattern, Step, default, secret};

/// A comparison under way: where it stands and what it has found.
pub(super) struct Comparison<'a> {
    pub(super) registry: &'a Registry,
    pub(super) options: &'a Options,
    /// The patterns of [`Options::ignore`] that are for this kind.
    patterns: Vec<&'a PathPattern>,
    /// The shape of the whole object, when its kind is known.
    object: Shape<'a>,
    /// The shape of `metadata`, which all kinds share, when the object's own shape does not tell.
    metadata: Option<Shape<'a>>,
    pub(super) path: Vec<Step>,
    /// Only whether there is a difference is of interest: stop at the first.
    pub(super) quiet: bool,
    pub(super) changes: Vec<FieldChange>,
    pub(super) defaulted: usize,
    pub(super) ignored: usize,
}

/// What is known of a value's shape.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape<'a> {
    /// The schema where the value is declared: defaults and list keys stand there.
    pub(super) declared: Option<&'a Schema>,
    /// The schema with references followed.
    pub(super) schema: Option<&'a Schema>,
    /// The name of the definition that the references lead to.
    pub(super) definition: Option<&'a str>,
}

impl<'a> Shape<'a> {
    fn of_definition(registry: &'a Registry, id: DefinitionId) -> Shape<'a> {
        let definition = registry.definition(id);
        Shape { declared: None, schema: Some(&definition.schema), definition: Some(&definition.name) }
    }

    pub(super) fn of(registry: &'a Registry, declared: Option<&'a Schema>) -> Shape<'a> {
        let mut shape = Shape { declared, schema: declared, definition: None };
        while let Some(id) = shape.schema.filter(|schema| schema.kind == Type::Reference).and_then(|s| s.reference) {
            let definition = registry.definition(id);
            shape.schema = Some(&definition.schema);
            shape.definition = Some(&definition.name);
        }
        shape
    }

    fn member(self, registry: &'a Registry, name: &str) -> Shape<'a> {
        let declared = self.schema.and_then(|schema| schema.property(name).or(schema.additional.as_deref()));
        Shape::of(registry, declared)
    }

    pub(super) fn item(self, registry: &'a Registry) -> Shape<'a> {
        Shape::of(registry, self.schema.and_then(|schema| schema.items.as_deref()))
    }

    /// Free-form: any key, all values alike.
    fn is_map(self) -> bool {
        self.schema.is_some_and(|schema| {
            schema.kind == Type::Object && schema.properties.is_empty() && schema.additional.is_some()
        })
    }
}

/// A value of which the other side has none.
#[derive(Clone, Copy)]
pub(super) enum OneSided<'n> {
    From(&'n Node),
    To(&'n Node),
}

impl<'n> OneSided<'n> {
    fn node(self) -> &'n Node {
        let (OneSided::From(node) | OneSided::To(node)) = self;
        node
    }

    /// The value on its own side, `other` on the other one.
    fn against<'o>(self, other: &'o Node) -> (&'o Node, &'o Node)
    where
        'n: 'o,
    {
        match self {
            OneSided::From(node) => (node, other),
            OneSided::To(node) => (other, node),
        }
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn new(
        kind: Option<&'a Kind>,
        kind_name: &str,
        registry: &'a Registry,
        options: &'a Options,
    ) -> Comparison<'a> {
        // Custom resources and unknown kinds have the metadata of all kinds.
        let metadata = match kind {
            Some(kind) if !kind.custom => None,
            _ => registry.kind("v1", "ConfigMap").map(|kind| {
                let config_map = Shape::of_definition(registry, kind.schema);
                config_map.member(registry, "metadata")
            }),
        };
        Comparison {
            registry,
            options,
            patterns: options.ignore.iter().filter(|pattern| pattern.is_for(kind_name)).collect(),
            object: kind.map(|kind| Shape::of_definition(registry, kind.schema)).unwrap_or_default(),
            metadata,
            path: Vec::new(),
            quiet: false,
            changes: Vec::new(),
            defaulted: 0,
            ignored: 0,
        }
    }

    pub(super) fn objects(&mut self, from: &Component, to: &Component) {
        if from.api_version != to.api_version {
            self.path.push(Step::Key("apiVersion".into()));
            if self.is_ignored() {
                self.ignored += 1;
            } else {
                let (from, to) = (super::version_node(from), super::version_node(to));
                self.push(FieldChangeKind::Modified, Some(&from), Some(&to), None);
            }
            self.path.pop();
        }
        let nothing = Mapping::new();
        let (from, to) = (secret::stored(from), secret::stored(to));
        self.mapping(from.as_mapping().unwrap_or(&nothing), to.as_mapping().unwrap_or(&nothing), self.object);
    }

    pub(super) fn value(&mut self, from: &Node, to: &Node, shape: Shape<'a>) {
        match (&from.value, &to.value) {
            (Value::Mapping(from), Value::Mapping(to)) => self.mapping(from, to, shape),
            (Value::Sequence(_), Value::Sequence(_)) => self.list(from, to, shape),
            _ if same_scalar(from, to, shape.schema) => {}
            _ => self.push(FieldChangeKind::Modified, Some(from), Some(to), None),
        }
    }

    pub(super) fn mapping(&mut self, from: &Mapping, to: &Mapping, shape: Shape<'a>) {
        let (in_from, in_to) = (Members::of(from), Members::of(to));
        for entry in from.entries() {
            self.member(&entry.key, (Some(&entry.value), in_to.get(&entry.key)), (from, to), shape);
        }
        for entry in to.entries().iter().filter(|entry| in_from.get(&entry.key).is_none()) {
            self.member(&entry.key, (None, Some(&entry.value)), (from, to), shape);
        }
    }

    fn member(
        &mut self,
        name: &Text,
        (from, to): (Option<&Node>, Option<&Node>),
        (beside_from, beside_to): (&Mapping, &Mapping),
        parent: Shape<'a>,
    ) {
        if self.quiet && !self.changes.is_empty() {
            return;
        }
        let shape = match self.metadata {
            Some(metadata) if self.path.is_empty() && name == "metadata" => metadata,
            _ => parent.member(self.registry, name),
        };
        let written = (from.is_some_and(|node| !node.is_null()), to.is_some_and(|node| !node.is_null()));
        let from = from.filter(|node| self.is_there(node, name, parent, shape));
        let to = to.filter(|node| self.is_there(node, name, parent, shape));
        self.path.push(Step::Key(name.clone()));
        match (from, to) {
            (None, None) => self.defaulted += usize::from(written.0 != written.1),
            _ if self.is_ignored() => self.ignored += 1,
            (Some(from), Some(to)) => self.value(from, to, shape),
            (Some(from), None) => self.one_sided(OneSided::From(from), name, beside_to, parent, shape),
            (None, Some(to)) => self.one_sided(OneSided::To(to), name, beside_from, parent, shape),
        }
        self.path.pop();
    }

    /// Whether empty lists and maps are forgotten here: the wire format of Kubernetes' own types has none. Custom resources
    /// keep them.
    fn drops_empty(&self) -> bool {
        self.metadata.is_none() || matches!(self.path.first(), Some(Step::Key(key)) if key == "metadata")
    }

    /// Whether the API server sees anything in `node` at all.
    fn is_there(&self, node: &Node, name: &str, parent: Shape<'a>, shape: Shape<'a>) -> bool {
        match &node.value {
            Value::Null => false,
            Value::Sequence(items) => {
                !(items.is_empty()
                    && self.drops_empty()
                    && shape.schema.is_some_and(|schema| schema.kind == Type::Array))
            }
            Value::Mapping(mapping) => !(mapping.is_empty() && self.drops_empty() && shape.is_map()),
            _ => {
                !(self.options.ignore_defaults
                    && default::is_zero(node)
                    && default::omits_zero(parent.definition, name))
            }
        }
    }

    /// A value that only one side has, which may still be no difference: it may be what the other side gets by default.
    fn one_sided(&mut self, value: OneSided<'_>, name: &str, beside: &Mapping, parent: Shape<'a>, shape: Shape<'a>) {
        let default = default::of(parent.definition, name, beside, shape.declared);
        if self.options.ignore_defaults
            && let Some(default) = &default
        {
            let (from, to) = value.against(default);
            if default.as_mapping().is_some_and(Mapping::is_empty) && value.node().as_mapping().is_some() {
                // The server makes the object and then fills it: what counts is what stands in it.
                let before = (self.changes.len(), self.defaulted);
                self.value(from, to, shape);
                if before == (self.changes.len(), self.defaulted) {
                    self.defaulted += 1;
                }
                return;
            }
            if !self.differs(|comparison| comparison.value(from, to, shape)) {
                self.defaulted += 1;
                return;
            }
        }
        let reaches_below = self.patterns.iter().any(|pattern| pattern.reaches_below(&self.path));
        if reaches_below && value.node().as_mapping().is_some_and(|mapping| !mapping.is_empty()) {
            let nothing = Node::from(Mapping::new());
            let (from, to) = value.against(&nothing);
            return self.value(from, to, shape);
        }
        self.push_one_sided(value, default);
    }

    pub(super) fn push_one_sided(&mut self, value: OneSided<'_>, default: Option<Node>) {
        match value {
            OneSided::From(node) => self.push(FieldChangeKind::Removed, Some(node), None, default),
            OneSided::To(node) => self.push(FieldChangeKind::Added, None, Some(node), default),
        }
    }

    pub(super) fn push(
        &mut self,
        kind: FieldChangeKind,
        from: Option<&Node>,
        to: Option<&Node>,
        default: Option<Node>,
    ) {
        let path = if self.quiet { FieldPath::default() } else { FieldPath(self.path.clone()) };
        let copy = |node: Option<&Node>| if self.quiet { None } else { node.cloned() };
        let (from, to) = (copy(from), copy(to));
        self.changes.push(FieldChange { path, kind, from, to, default, masked: false });
    }

    /// Whether `compare` finds any difference; what it finds is forgotten.
    pub(super) fn differs(&mut self, compare: impl FnOnce(&mut Self)) -> bool {
        let changes = std::mem::take(&mut self.changes);
        let before = (std::mem::replace(&mut self.quiet, true), self.defaulted, self.ignored);
        compare(self);
        (self.quiet, self.defaulted, self.ignored) = before;
        !std::mem::replace(&mut self.changes, changes).is_empty()
    }

    pub(super) fn is_ignored(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.covers_steps(&self.path))
    }
}

/// Members by name, also of maps with thousands of them.
struct Members<'m> {
    mapping: &'m Mapping,
    by_name: Option<HashMap<&'m str, &'m Node>>,
}

impl<'m> Members<'m> {
    fn of(mapping: &'m Mapping) -> Members<'m> {
        let index = || mapping.entries().iter().map(|entry| (entry.key.as_str(), &entry.value)).collect();
        Members { mapping, by_name: (mapping.len() > 24).then(index) }
    }

    fn get(&self, name: &str) -> Option<&'m Node> {
        match &self.by_name {
            Some(by_name) => by_name.get(name).copied(),
            None => self.mapping.get(name),
        }
    }
}

fn same_scalar(from: &Node, to: &Node, schema: Option<&Schema>) -> bool {
    if from.value == to.value {
        return true;
    }
    let Some(schema) = schema else { return false };
    if schema.kind == Type::Quantity {
        return Quantity::of(from).is_some_and(|from| Quantity::of(to) == Some(from));
    }
    if schema.format.as_deref() == Some("byte") {
        // Line breaks are no part of base64 to Go's decoder.
        let digits = |node: &Node| node.as_str().map(|text| text.replace(['\r', '\n'], ""));
        return digits(from).is_some_and(|from| digits(to) == Some(from));
    }
    false
}
