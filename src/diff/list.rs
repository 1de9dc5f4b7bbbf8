//! Two lists: which items are the same item, and what differs.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

use crate::{
    document::{Mapping, Node, Text, Value},
    registry::{ListType, Type},
};

use super::{
    FieldChangeKind, Item, MatchedBy, Step,
    compare::{Comparison, OneSided, Shape},
    default,
};

/// Lists of more pairs of items than this are not lined up but compared place by place.
const MAX_PAIRS: usize = 4_000_000;

/// An item that is on both sides, or on one.
type Pair = (Option<usize>, Option<usize>);

impl<'a> Comparison<'a> {
    pub(super) fn list(&mut self, from: &Node, to: &Node, shape: Shape<'a>) {
        let (old, new) = (from.as_sequence().unwrap_or_default(), to.as_sequence().unwrap_or_default());
        let item = shape.item(self.registry);
        let (matched_by, keys) = strategy(shape, old, new);
        let labels = |items: &[Node]| -> Vec<Option<Text>> {
            items.iter().map(|node| label(node, matched_by, &keys, item)).collect()
        };
        let (old_labels, new_labels) = match matched_by {
            MatchedBy::Order | MatchedBy::GuessedOrder => return self.ordered(old, new, item, matched_by),
            _ => (labels(old), labels(new)),
        };
        let pairs = match matched_by {
            MatchedBy::Value => pairs_of(&fingerprints(old), &fingerprints(new)),
            _ => pairs_of(&old_labels, &new_labels),
        };
        for &(at_from, at_to) in &pairs {
            let label = at_from.map(|at| &old_labels[at]).or(at_to.map(|at| &new_labels[at])).cloned().flatten();
            self.item(at_from.map(|at| (at, &old[at])), at_to.map(|at| (at, &new[at])), label, matched_by, item);
        }
        if self.order_matters(matched_by, item, old, new) {
            self.reordered((from, &old_labels), (to, &new_labels), &pairs, matched_by);
        }
    }

    fn item(
        &mut self,
        from: Option<(usize, &Node)>,
        to: Option<(usize, &Node)>,
        label: Option<Text>,
        matched_by: MatchedBy,
        shape: Shape<'a>,
    ) {
        if self.quiet && !self.changes.is_empty() {
            return;
        }
        let index = |side: Option<(usize, &Node)>| side.map(|(at, _)| at as u32);
        self.path.push(Step::Item(Item { from: index(from), to: index(to), label, matched_by }));
        match (from, to) {
            _ if self.is_ignored() => self.ignored += 1,
            (Some((_, from)), Some((_, to))) => self.value(from, to, shape),
            (Some((_, from)), None) => self.push_one_sided(OneSided::From(from), None),
            (None, Some((_, to))) => self.push_one_sided(OneSided::To(to), None),
            (None, None) => {}
        }
        self.path.pop();
    }

    /// Lists whose order counts. Equal beginnings and ends are laid aside, the rest is lined up by its equal items; what
    /// stands between two of those is compared place by place.
    fn ordered(&mut self, from: &[Node], to: &[Node], shape: Shape<'a>, matched_by: MatchedBy) {
        if self.quiet {
            // Only whether they are equal is asked: no lining up, so that lists in lists cost no more than their size.
            if from.len() != to.len() {
                return self.push(FieldChangeKind::Modified, None, None, None);
            }
            return self.places(from, to, (0, 0), shape, matched_by);
        }
        let mut same = |a: &Node, b: &Node| !self.differs(|comparison| comparison.value(a, b, shape));
        let start = from.iter().zip(to).take_while(|(a, b)| same(a, b)).count();
        let end = from[start..].iter().rev().zip(to[start..].iter().rev()).take_while(|(a, b)| same(a, b)).count();
        let (old, new) = (&from[start..from.len() - end], &to[start..to.len() - end]);
        if old.len().saturating_mul(new.len()) > MAX_PAIRS {
            return self.places(old, new, (start, start), shape, matched_by);
        }
        for (old_range, new_range) in hunks(&fingerprints(old), &fingerprints(new)) {
            let offsets = (start + old_range.start, start + new_range.start);
            self.places(&old[old_range], &new[new_range], offsets, shape, matched_by);
        }
    }

    /// Place by place; the offsets tell where the two stretches begin in their lists.
    fn places(&mut self, from: &[Node], to: &[Node], offsets: (usize, usize), shape: Shape<'a>, matched_by: MatchedBy) {
        for at in 0..from.len().max(to.len()) {
            let old = from.get(at).map(|node| (offsets.0 + at, node));
            let new = to.get(at).map(|node| (offsets.1 + at, node));
            self.item(old, new, None, matched_by, shape);
        }
    }

    /// Lists matched by key whose order the API server keeps and acts on: containers that run one after the other,
    /// variables that refer to earlier ones, and lists that nobody has told us of.
    fn order_matters(&self, matched_by: MatchedBy, item: Shape<'a>, from: &[Node], to: &[Node]) -> bool {
        if matched_by == MatchedBy::GuessedName {
            return true;
        }
        match item.definition.map(default::short) {
            Some("core.v1.Container") => matches!(self.path.last(), Some(Step::Key(key)) if key == "initContainers"),
            Some("core.v1.EnvVar") => {
                from.iter().chain(to).any(|item| item.str_at("value").is_some_and(|value| value.contains("$(")))
            }
            _ => false,
        }
    }

    fn reordered(
        &mut self,
        (from, old): (&Node, &[Option<Text>]),
        (to, new): (&Node, &[Option<Text>]),
        pairs: &[Pair],
        matched_by: MatchedBy,
    ) {
        let mut kept: Vec<(usize, usize)> = pairs.iter().filter_map(|&(from, to)| Some((from?, to?))).collect();
        kept.sort_unstable_by_key(|&(_, to)| to);
        if kept.is_sorted() || (self.quiet && !self.changes.is_empty()) {
            return;
        }
        let order = kept.iter().map(|&(from, _)| from as u32).collect();
        let named = |list: &Node, labels: &[Option<Text>]| {
            let names = labels.iter().map(|label| label.as_deref().unwrap_or_default().into()).collect();
            Node::new(Value::Sequence(names), list.span)
        };
        let (from, to) = (named(from, old), named(to, new));
        self.push(FieldChangeKind::Reordered { order, matched_by }, Some(&from), Some(&to), None);
    }
}

/// How to match the items of two lists, and by which members.
fn strategy(shape: Shape<'_>, from: &[Node], to: &[Node]) -> (MatchedBy, Vec<Text>) {
    let list = shape.schema.filter(|schema| schema.kind == Type::Array);
    let Some(list) = list else {
        let named = has_unique_names(from) && has_unique_names(to);
        return (if named { MatchedBy::GuessedName } else { MatchedBy::GuessedOrder }, vec!["name".into()]);
    };
    match list.list_type {
        Some(ListType::Map) if !list.list_map_keys.is_empty() => {
            return (MatchedBy::Keys, list.list_map_keys.iter().map(|key| Text::from(&**key)).collect());
        }
        Some(ListType::Set) => return (MatchedBy::Value, Vec::new()),
        Some(ListType::Map | ListType::Atomic) => return (MatchedBy::Order, Vec::new()),
        None => {}
    }
    // Older than list types: what a strategic merge patch does with the list.
    match (&list.patch_merge_key, list.patch_strategy.as_deref()) {
        (Some(key), Some(strategy)) if strategy.contains("merge") => (MatchedBy::Keys, vec![Text::from(&**key)]),
        (None, Some(strategy)) if strategy.contains("merge") => (MatchedBy::Value, Vec::new()),
        _ => (MatchedBy::Order, Vec::new()),
    }
}

fn has_unique_names(items: &[Node]) -> bool {
    let mut seen = std::collections::HashSet::new();
    items.iter().all(|item| item.str_at("name").is_some_and(|name| seen.insert(name)))
}

/// What an item is known by: the values of its keys (`80/TCP`), or itself.
fn label(item: &Node, matched_by: MatchedBy, keys: &[Text], shape: Shape<'_>) -> Option<Text> {
    if matched_by == MatchedBy::Value {
        return is_scalar(item).then(|| item.value.to_string().into());
    }
    let members = item.as_mapping()?;
    let parts: Vec<String> = keys.iter().filter_map(|key| key_text(members, key, shape)).collect();
    (!parts.is_empty()).then(|| parts.join("/").into())
}

fn key_text(members: &Mapping, key: &str, shape: Shape<'_>) -> Option<String> {
    if let Some(node) = members.get(key).filter(|node| is_scalar(node)) {
        return Some(node.value.to_string());
    }
    let declared = shape.schema.and_then(|schema| schema.property(key));
    let default = default::of(shape.definition, key, members, declared)?;
    Some(default.value.to_string()).filter(|text| !text.is_empty())
}

fn is_scalar(node: &Node) -> bool {
    matches!(node.value, Value::Bool(_) | Value::Number(_) | Value::String(_))
}

/// Pairs the items of equal names; of several with one name the first goes with the first. The older list's order, then
/// what only the newer one has.
fn pairs_of<T: Hash + Eq>(from: &[T], to: &[T]) -> Vec<Pair> {
    let mut places: HashMap<&T, std::collections::VecDeque<usize>> = HashMap::with_capacity(to.len());
    for (at, name) in to.iter().enumerate() {
        places.entry(name).or_default().push_back(at);
    }
    let mut taken = vec![false; to.len()];
    let mut pairs: Vec<Pair> = Vec::with_capacity(from.len());
    for (at, name) in from.iter().enumerate() {
        let place = places.get_mut(name).and_then(std::collections::VecDeque::pop_front);
        if let Some(place) = place {
            taken[place] = true;
        }
        pairs.push((Some(at), place));
    }
    pairs.extend(taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(at, _)| (None, Some(at))));
    pairs
}

/// The stretches that differ once equal items are lined up. Of several ways to do that the same one is taken whichever
/// list is the older.
fn hunks(from: &[u64], to: &[u64]) -> Vec<(Range<usize>, Range<usize>)> {
    let swapped = from > to;
    let (first, second) = if swapped { (to, from) } else { (from, to) };
    similar::capture_diff_slices(similar::Algorithm::Myers, first, second)
        .iter()
        .filter(|operation| operation.tag() != similar::DiffTag::Equal)
        .map(|operation| match swapped {
            false => (operation.old_range(), operation.new_range()),
            true => (operation.new_range(), operation.old_range()),
        })
        .collect()
}

fn fingerprints(items: &[Node]) -> Vec<u64> {
    items.iter().map(fingerprint).collect()
}

/// A number that equal values share, whatever the order of their members.
pub(super) fn fingerprint(node: &Node) -> u64 {
    let mut hasher = DefaultHasher::new();
    match &node.value {
        Value::Null => 0u8.hash(&mut hasher),
        Value::Bool(value) => (1u8, value).hash(&mut hasher),
        // Equal numbers have equal floats, however they are written.
        Value::Number(number) => (2u8, number.as_f64().to_bits()).hash(&mut hasher),
        Value::String(text) => (3u8, text.as_str()).hash(&mut hasher),
        Value::Sequence(items) => {
            4u8.hash(&mut hasher);
            items.iter().for_each(|item| fingerprint(item).hash(&mut hasher));
        }
        Value::Mapping(mapping) => {
            let sum = mapping.entries().iter().filter(|entry| !entry.value.is_null()).fold(0u64, |sum, entry| {
                let mut member = DefaultHasher::new();
                (entry.key.as_str(), fingerprint(&entry.value)).hash(&mut member);
                sum.wrapping_add(member.finish())
            });
            (5u8, sum).hash(&mut hasher);
        }
    }
    hasher.finish()
}
