//! Two lists of components → what changed, as data.
//!
//! Objects are matched by identity, their fields as the API server understands them: members of lists by the schema's
//! list keys, sets without order, quantities by value, defaults known. What has another name but the same content is
//! recognised as renamed. Values of Secrets are masked in the data, so no printer can show them.
//!
//! Nothing here depends on the order of files or of members; every search is bounded.

mod apply;
mod compare;
mod default;
mod ignore;
mod list;
mod pair;
mod rename;
mod report;
mod secret;
#[cfg(test)]
mod tests;

use crate::{
    design::Component,
    document::{Mapping, Node, Span, Value},
    registry::Registry,
};

pub use apply::apply;
pub use ignore::{PathPattern, PatternError};
pub use report::{
    ChangeKind, ComponentChange, FieldChange, FieldChangeKind, FieldPath, Item, MatchedBy, Report, Side, Step,
};
pub use secret::{MASK, MASKED_FROM, MASKED_TO};

use compare::Comparison;

/// What counts as a difference.
#[derive(Debug, Clone)]
pub struct Options {
    /// A member that spells out what the API server fills in anyway equals an absent one.
    pub ignore_defaults: bool,
    /// Fields nobody wants to hear of.
    pub ignore: Vec<PathPattern>,
}

impl Default for Options {
    fn default() -> Options {
        Options { ignore_defaults: true, ignore: Vec::new() }
    }
}

/// Compares two lists of components.
pub fn between(from: &[Component], to: &[Component], registry: &Registry, options: &Options) -> Report {
    let mut pairing = pair::by_identity(from, to, registry);
    let renamed = rename::find(&mut pairing);
    let mut report = Report::default();
    for (old, new) in pairing.same {
        match compare(old, new, registry, options, &mut report) {
            fields if fields.is_empty() => report.unchanged += 1,
            fields => report.components.push(change(ChangeKind::Modified, Some(old), Some(new), fields)),
        }
    }
    for (old, new) in renamed {
        let fields = compare(old, new, registry, options, &mut report);
        report.components.push(change(ChangeKind::Renamed, Some(old), Some(new), fields));
    }
    let removed = pairing.removed.into_iter().map(|old| change(ChangeKind::Removed, Some(old), None, Vec::new()));
    let added = pairing.added.into_iter().map(|new| change(ChangeKind::Added, None, Some(new), Vec::new()));
    report.components.extend(removed.chain(added));
    report.components.sort_by(|a, b| order(a).cmp(&order(b)));
    report
}

fn order(change: &ComponentChange) -> (&str, &str, &str, &str, ChangeKind) {
    let identity = &change.side().identity;
    (&identity.namespace, &identity.kind, &identity.name, &identity.group, change.kind)
}

fn change(
    kind: ChangeKind,
    from: Option<&Component>,
    to: Option<&Component>,
    fields: Vec<FieldChange>,
) -> ComponentChange {
    ComponentChange { kind, from: from.map(side), to: to.map(side), fields }
}

fn side(component: &Component) -> Side {
    Side {
        identity: component.identity(),
        api_version: component.api_version.clone(),
        object: shown(component),
        origin: component.origin.clone(),
    }
}

/// The whole object, fit to be shown.
fn shown(component: &Component) -> Node {
    let stored = secret::stored(component);
    let mut object = Mapping::with_capacity(8);
    object.insert("apiVersion", version_node(component));
    object.insert("kind", Node::string(component.kind.clone()));
    for entry in stored.entries() {
        object.push(entry.clone());
    }
    if secret::is_secret(component) {
        secret::mask_object(&mut object);
    }
    Node::new(Value::Mapping(object), component.configuration.span)
}

fn version_node(component: &Component) -> Node {
    let span = component.origin.as_ref().map_or(Span::default(), |origin| origin.api_version);
    Node::new(Value::String(component.api_version.clone()), span)
}

/// The differences between two objects that are one and the same, or should be.
fn compare(
    from: &Component,
    to: &Component,
    registry: &Registry,
    options: &Options,
    report: &mut Report,
) -> Vec<FieldChange> {
    if from.api_version == to.api_version && from.configuration == to.configuration {
        return Vec::new();
    }
    let kind = |component: &Component| registry.kind(&component.api_version, &component.kind);
    let kind = kind(to).or_else(|| kind(from));
    let mut comparison = Comparison::new(kind, &to.kind, registry, options);
    comparison.objects(from, to);
    report.defaulted += comparison.defaulted;
    report.ignored += comparison.ignored;
    let mut changes = comparison.changes;
    if secret::is_secret(from) || secret::is_secret(to) {
        changes.iter_mut().for_each(secret::mask_change);
    }
    changes
}
