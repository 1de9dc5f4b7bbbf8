//! What turns one object into another, as kustomize reads it.
//!
//! A strategic merge patch is what people write and read; it is used where it says exactly what is wanted. How lists merge
//! depends on their type there, so only lists that are known are entered: those whose items have a name, with the same
//! items in the same order, and those that a patch replaces. Everything else is a JSON patch (RFC 6902), which needs to
//! know nothing.

use crate::{
    design::Component,
    document::{Mapping, Node, Value},
};

/// A patch of one object.
#[derive(Debug)]
pub(super) struct Patch {
    pub(super) body: Node,
    /// Whether it is a list of operations, which needs to be told its object.
    is_json: bool,
}

impl Patch {
    /// Takes the object out.
    pub(super) fn deletion(component: &Component) -> Patch {
        let mut body = head(component);
        body.insert("$patch", "delete");
        Patch { body: body.into(), is_json: false }
    }

    /// The entry of `patches:` for this patch in the file at `path`.
    pub(super) fn reference(&self, path: &str, component: &Component) -> Node {
        let mut entry = Mapping::new();
        entry.insert("path", path);
        if self.is_json {
            entry.insert("target", target(component));
        }
        entry.into()
    }
}

/// The patch that makes `new` of `old`, two versions of one object; `None` when they are equal.
pub(super) fn between(old: &Component, new: &Component) -> Option<Patch> {
    if same(&old.configuration, &new.configuration) {
        return None;
    }
    let known = matches!(old.group(), "" | "apps" | "batch");
    if let Some(Node { value: Value::Mapping(changes), .. }) = merge(&old.configuration, &new.configuration, known) {
        let mut body = head(old);
        for entry in changes.into_entries() {
            match (entry.key.as_str(), body.get_mut(&entry.key), entry.value.value) {
                ("metadata", Some(Node { value: Value::Mapping(metadata), .. }), Value::Mapping(more)) => {
                    more.into_entries().into_iter().for_each(|entry| metadata.insert(entry.key, entry.value));
                }
                (_, _, value) => body.insert(entry.key, value),
            }
        }
        return Some(Patch { body: body.into(), is_json: false });
    }
    let mut operations = Vec::new();
    operate(&old.configuration, &new.configuration, "", &mut operations);
    Some(Patch { body: operations.into(), is_json: true })
}

/// What says which object is meant.
fn head(component: &Component) -> Mapping {
    let mut head = Mapping::new();
    head.insert("apiVersion", component.api_version.as_str());
    head.insert("kind", component.kind.as_str());
    let mut metadata = Mapping::new();
    for key in ["name", "namespace"] {
        if let Some(value) = component.configuration.at(&["metadata", key]) {
            metadata.insert(key, value.clone());
        }
    }
    head.insert("metadata", metadata);
    head
}

/// Names in targets are regular expressions.
fn target(component: &Component) -> Mapping {
    let mut target = Mapping::new();
    let (group, version) = component.api_version.split_once('/').unwrap_or(("", &component.api_version));
    let (name, namespace) = (component.name().unwrap_or_default(), component.namespace().unwrap_or_default());
    let (name, namespace) = (regex::escape(name), regex::escape(namespace));
    for (key, value) in
        [("group", group), ("version", version), ("kind", &component.kind), ("name", &name), ("namespace", &namespace)]
    {
        if !value.is_empty() {
            target.insert(key, value);
        }
    }
    target
}

/// `null` is as good as absent, and the order of members says nothing.
fn same(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Mapping(a), Value::Mapping(b)) => {
            let told = |mapping: &Mapping| mapping.entries().iter().filter(|entry| !entry.value.is_null()).count();
            told(a) == told(b)
                && a.entries()
                    .iter()
                    .filter(|entry| !entry.value.is_null())
                    .all(|entry| b.get(&entry.key).is_some_and(|other| same(&entry.value, other)))
        }
        (Value::Sequence(a), Value::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => old == new,
    }
}

/// Lists of the built-in workloads that merge by a key of their items.
const KEYED: [(&str, &str); 5] = [
    ("containers", "name"),
    ("initContainers", "name"),
    ("env", "name"),
    ("volumes", "name"),
    ("volumeMounts", "mountPath"),
];
/// Lists that a patch replaces.
const ATOMIC: [&str; 2] = ["command", "args"];

/// The strategic merge patch, or `None` when none says it exactly.
fn merge(old: &Node, new: &Node, known: bool) -> Option<Node> {
    let (Value::Mapping(old), Value::Mapping(new)) = (&old.value, &new.value) else { return None };
    let mut changes = Mapping::new();
    for entry in old.entries().iter().filter(|entry| !entry.value.is_null()) {
        match new.get(&entry.key).filter(|value| !value.is_null()) {
            None => changes.insert(entry.key.clone(), Node::default()),
            Some(value) if same(&entry.value, value) => {}
            Some(value) => changes.insert(entry.key.clone(), merge_member(&entry.key, &entry.value, value, known)?),
        }
    }
    for entry in new.entries().iter().filter(|entry| !entry.value.is_null()) {
        if old.get(&entry.key).is_none_or(Node::is_null) {
            // What a patch adds loses its nulls and could hold directives.
            if !is_plain(&entry.value) {
                return None;
            }
            changes.insert(entry.key.clone(), entry.value.clone());
        }
    }
    Some(changes.into())
}

fn merge_member(key: &str, old: &Node, new: &Node, known: bool) -> Option<Node> {
    match (&old.value, &new.value) {
        // Nothing but an empty mapping can be made by a merge of one.
        (Value::Mapping(_), Value::Mapping(to)) if to.is_empty() => None,
        (Value::Mapping(_), Value::Mapping(_)) => merge(old, new, known),
        (Value::Sequence(_), Value::Sequence(_)) if known && ATOMIC.contains(&key) => Some(new.clone()),
        (Value::Sequence(from), Value::Sequence(to)) if known => {
            let (_, by) = KEYED.iter().find(|(list, _)| *list == key)?;
            merge_items(from, to, by)
        }
        (Value::Mapping(_) | Value::Sequence(_), _) | (_, Value::Mapping(_) | Value::Sequence(_)) => None,
        _ => Some(new.clone()),
    }
}

fn merge_items(from: &[Node], to: &[Node], by: &str) -> Option<Node> {
    let keys = |items: &[Node]| -> Option<Vec<String>> {
        let keys = items.iter().map(|item| item.str_at(by).map(str::to_owned)).collect::<Option<Vec<_>>>()?;
        let distinct = keys.iter().collect::<std::collections::HashSet<_>>().len() == keys.len();
        distinct.then_some(keys)
    };
    if keys(from)? != keys(to)? {
        return None;
    }
    let mut changed = Vec::new();
    for (old, new) in from.iter().zip(to).filter(|(old, new)| !same(old, new)) {
        let mut change = Mapping::new();
        change.insert(by, new.get(by)?.clone());
        let Node { value: Value::Mapping(more), .. } = merge(old, new, true)? else { return None };
        more.into_entries().into_iter().for_each(|entry| change.insert(entry.key, entry.value));
        changed.push(Node::from(change));
    }
    // All of them are found, so that none is added and their order stays.
    Some(changed.into())
}

/// Whether a patch adds a value as it stands.
fn is_plain(node: &Node) -> bool {
    match &node.value {
        Value::Mapping(mapping) => mapping
            .entries()
            .iter()
            .all(|entry| !entry.value.is_null() && !entry.key.starts_with('$') && is_plain(&entry.value)),
        Value::Sequence(items) => items.iter().all(is_plain),
        _ => true,
    }
}

/// Adds the operations of a JSON patch that make `new` of `old`, whose place is `pointer`.
fn operate(old: &Node, new: &Node, pointer: &str, operations: &mut Vec<Node>) {
    match (&old.value, &new.value) {
        (Value::Mapping(from), Value::Mapping(to)) => {
            for entry in from.entries() {
                let at = step(pointer, &entry.key);
                match to.get(&entry.key) {
                    None => operations.push(operation("remove", at, None)),
                    Some(value) if same(&entry.value, value) => {}
                    Some(value) => operate(&entry.value, value, &at, operations),
                }
            }
            for entry in to.entries().iter().filter(|entry| from.get(&entry.key).is_none()) {
                operations.push(operation("add", step(pointer, &entry.key), Some(&entry.value)));
            }
        }
        (Value::Sequence(from), Value::Sequence(to)) if from.len() == to.len() => {
            for (at, (from, to)) in from.iter().zip(to).enumerate().filter(|(_, (from, to))| !same(from, to)) {
                operate(from, to, &step(pointer, &at.to_string()), operations);
            }
        }
        _ => operations.push(operation("replace", pointer.to_owned(), Some(new))),
    }
}

fn operation(op: &str, path: String, value: Option<&Node>) -> Node {
    let mut operation = Mapping::new();
    operation.insert("op", op);
    operation.insert("path", path);
    if let Some(value) = value {
        operation.insert("value", value.clone());
    }
    operation.into()
}

/// RFC 6901: `~` and `/` of a key are escaped.
fn step(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
