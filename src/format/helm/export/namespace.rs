//! The namespace of a chart's objects.
//!
//! Objects that name their namespace keep it as long as nobody says otherwise; who empties the override gets the namespace
//! of the release, as with charts that were written for Helm.

use std::collections::HashMap;

use super::template::{How, Template};
use crate::{
    design::Component,
    document::{Node, Value},
};

pub(super) const OVERRIDE: &str = "namespaceOverride";
pub(super) const CREATE: &str = "createNamespace";

/// Fields that hold the name of a namespace, wherever they stand.
const FIELDS: [&str; 2] = ["namespace", "kubernetes.io/metadata.name"];
/// Members of users' own making.
const FOREIGN: [&str; 4] = ["data", "stringData", "annotations", "binaryData"];

/// The namespace that most objects are in; of several the one that comes first.
pub(super) fn main_of<'a>(components: &[&'a Component]) -> Option<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let named = || components.iter().filter_map(|component| component.namespace()).filter(|name| !name.is_empty());
    named().for_each(|namespace| *counts.entry(namespace).or_default() += 1);
    let most = counts.values().max().copied()?;
    named().find(|namespace| counts.get(namespace) == Some(&most))
}

/// Whether the component is the Namespace `name`.
pub(super) fn is(component: &Component, name: &str) -> bool {
    component.kind == "Namespace" && component.api_version == "v1" && component.name() == Some(name)
}

/// Makes everything in `node` that says `namespace` follow the override.
pub(super) fn follow(node: &mut Node, namespace: &str, expression: &str, template: &mut Template) {
    match &mut node.value {
        Value::Mapping(mapping) => {
            for entry in mapping.entries_mut() {
                if FIELDS.contains(&entry.key.as_str()) && entry.value.as_str() == Some(namespace) {
                    entry.value = template.value(expression.to_owned(), How::Quoted);
                } else if !FOREIGN.contains(&entry.key.as_str()) {
                    follow(&mut entry.value, namespace, expression, template);
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| follow(item, namespace, expression, template)),
        _ => {}
    }
}
