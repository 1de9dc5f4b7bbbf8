//! Changes made to a value.

use std::collections::HashMap;

use crate::document::{Entry, Mapping, Node, Span, Text, Value};

use super::{FieldChange, FieldChangeKind, Step};

/// `from` with `changes` made: the newer object, but for what [`super::between`] does not tell apart.
///
/// Masked changes put masks in, so what comes of a Secret is for showing only.
pub fn apply(changes: &[FieldChange], from: &Node) -> Node {
    let changes: Vec<&FieldChange> = changes.iter().collect();
    value(Some(from), &changes, 0).unwrap_or_default()
}

/// The value `depth` steps down the paths of `changes`, all of which lead through it; `None` when it is removed.
fn value(node: Option<&Node>, changes: &[&FieldChange], depth: usize) -> Option<Node> {
    let ends_here = |change: &&&FieldChange| change.path.0.len() == depth;
    let reordered = |change: &FieldChange| matches!(change.kind, FieldChangeKind::Reordered { .. });
    if let Some(change) = changes.iter().filter(ends_here).find(|change| !reordered(change)) {
        return change.to.clone();
    }
    let order = changes.iter().filter(ends_here).find_map(|change| match &change.kind {
        FieldChangeKind::Reordered { order, .. } => Some(order.as_slice()),
        _ => None,
    });
    let of_list = changes.iter().any(|change| matches!(change.path.0.get(depth), Some(Step::Item(_))));
    if of_list || order.is_some() {
        Some(list(node, changes, depth, order))
    } else {
        Some(mapping(node, changes, depth))
    }
}

fn mapping(node: Option<&Node>, changes: &[&FieldChange], depth: usize) -> Node {
    let mut keys: Vec<&Text> = Vec::new();
    let mut by_key: HashMap<&Text, Vec<&FieldChange>> = HashMap::new();
    for &change in changes {
        if let Some(Step::Key(key)) = change.path.0.get(depth) {
            by_key
                .entry(key)
                .or_insert_with(|| {
                    keys.push(key);
                    Vec::new()
                })
                .push(change);
        }
    }
    let mut result = Mapping::with_capacity(node.and_then(Node::as_mapping).map_or(0, Mapping::len) + keys.len());
    for entry in node.into_iter().flat_map(Node::entries) {
        match by_key.remove(&entry.key) {
            None => result.push(entry.clone()),
            Some(below) => {
                if let Some(value) = value(Some(&entry.value), &below, depth + 1) {
                    result.push(Entry { value, ..entry.clone() });
                }
            }
        }
    }
    for key in keys {
        let Some(below) = by_key.remove(key) else { continue };
        if let Some(value) = value(None, &below, depth + 1) {
            result.push(Entry { key: key.clone(), key_span: Span::default(), value });
        }
    }
    Node::new(Value::Mapping(result), node.map_or(Span::default(), |node| node.span))
}

fn list(node: Option<&Node>, changes: &[&FieldChange], depth: usize, order: Option<&[u32]>) -> Node {
    let mut kept: HashMap<u32, Vec<&FieldChange>> = HashMap::new();
    let mut added: Vec<(u32, &FieldChange)> = Vec::new();
    for &change in changes {
        match change.path.0.get(depth) {
            Some(Step::Item(item)) => match (item.from, item.to) {
                (Some(from), _) => kept.entry(from).or_default().push(change),
                (None, Some(to)) => added.push((to, change)),
                (None, None) => {}
            },
            Some(Step::Key(_)) | None => {}
        }
    }
    let items = node.and_then(Node::as_sequence).unwrap_or_default();
    let survivor = |index: u32| {
        let item = items.get(index as usize)?;
        kept.get(&index).map_or_else(|| Some(item.clone()), |below| value(Some(item), below, depth + 1))
    };
    let mut result: Vec<Node> = match order {
        Some(order) => order.iter().filter_map(|&index| survivor(index)).collect(),
        None => (0..items.len() as u32).filter_map(survivor).collect(),
    };
    added.sort_by_key(|(to, _)| *to);
    for (to, change) in added {
        if let Some(item) = &change.to {
            result.insert((to as usize).min(result.len()), item.clone());
        }
    }
    Node::new(Value::Sequence(result), node.map_or(Span::default(), |node| node.span))
}
