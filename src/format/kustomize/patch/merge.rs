//! Strategic merge as kustomize does it: objects by member, lists by the keys that the schema gives, else as a whole.
//!
//! `$patch: delete | replace | merge` is obeyed in objects and lists. The directives that only `kubectl` writes
//! (`$setElementOrder/…`, `$deleteFromPrimitiveList/…`, `$retainKeys`) are members like others to kustomize, and so here.

use super::super::{
    error::{Fault, Result},
    resource::scalar,
    schema::{Member, Schemas, Type},
};
use crate::document::{Entry, Mapping, Node, Span, Text, Value, resolve_plain};

/// What `$patch` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Directive {
    Merge,
    Replace,
    Delete,
}

/// What is known of the value at hand.
#[derive(Debug, Clone, Copy, Default)]
struct Shape<'a> {
    /// Of an object.
    of: Option<&'a Type>,
    /// Of a list that is merged.
    keys: Option<&'a [Text]>,
}

/// Merges `patch` into `target`; `None` when it deletes it.
pub(in super::super) fn merge(schemas: &Schemas, target: Node, patch: Node) -> Result<Option<Node>> {
    Merger { schemas }.value(Some(target), Some(patch), Shape::default())
}

struct Merger<'a> {
    schemas: &'a Schemas,
}

impl<'a> Merger<'a> {
    fn value(&self, target: Option<Node>, patch: Option<Node>, shape: Shape<'a>) -> Result<Option<Node>> {
        let first = [&target, &patch].into_iter().flatten().find(|node| !node.is_null());
        let rank = |node: &Node| match node.value {
            Value::Null => 0,
            Value::Mapping(_) => 1,
            Value::Sequence(_) => 2,
            _ => 3,
        };
        let wanted = first.map_or(0, rank);
        if let Some(other) = patch.as_ref().filter(|patch| !patch.is_null() && rank(patch) != wanted) {
            let what = first.map_or("", Node::type_name);
            return Err(Fault::invalid(
                format!("the patch has {} where the object has {what}", other.type_name()),
                other.span,
            ));
        }
        match wanted {
            2 => match shape.keys {
                Some(keys) => self.list(target, patch, shape, keys),
                // A list without keys is a value.
                None => Ok(patch.or(target).filter(|list| !list.is_null())),
            },
            3 => Ok(patch.or(target).filter(|scalar| !scalar.is_null())),
            _ => self.object(target, patch, shape),
        }
    }

    fn object(&self, target: Option<Node>, patch: Option<Node>, shape: Shape<'a>) -> Result<Option<Node>> {
        let Some(mut target) = target.filter(|target| !target.is_null() || patch.is_none()) else {
            return patch.map_or(Ok(None), |patch| self.fresh(patch, shape));
        };
        if target.is_null() {
            // `key:` goes, `key: null` stays.
            return Ok((!target.span.is_empty()).then_some(target));
        }
        let of = shape.of.or_else(|| self.kind_of(&target)).or_else(|| self.kind_of(patch.as_ref()?));
        let mut patch = match patch {
            None => Mapping::new(),
            Some(mut patch) => match take_directive(&mut patch)? {
                Directive::Merge => match patch.value {
                    Value::Mapping(mapping) => mapping,
                    _ => return Ok(None),
                },
                Directive::Replace => return self.fresh(patch, shape),
                Directive::Delete => return Ok(None),
            },
        };
        let members = super::super::resource::members(&mut target);
        let mut merged = Mapping::with_capacity(members.len() + patch.len());
        for Entry { key, key_span, value } in std::mem::take(members).into_entries() {
            let theirs = patch.remove(&key).map(|entry| entry.value);
            if let Some(value) = self.value(Some(value), theirs, self.shape(of, &key))? {
                merged.push(Entry { key, key_span, value });
            }
        }
        for Entry { key, key_span, value } in patch.into_entries() {
            if let Some(value) = self.fresh(value, self.shape(of, &key))? {
                merged.push(Entry { key, key_span, value });
            }
        }
        *members = merged;
        Ok(Some(target))
    }

    /// What only the patch has: without nulls, its directives carried out.
    fn fresh(&self, mut node: Node, shape: Shape<'a>) -> Result<Option<Node>> {
        match &node.value {
            Value::Null => return Ok(None),
            Value::Mapping(_) => {}
            Value::Sequence(_) => {
                return match shape.keys {
                    Some(keys) => self.list(None, Some(node), shape, keys),
                    None => Ok(Some(node)),
                };
            }
            _ => return Ok(Some(node)),
        }
        if take_directive(&mut node)? == Directive::Delete {
            return Ok(None);
        }
        let of = shape.of.or_else(|| self.kind_of(&node));
        let members = super::super::resource::members(&mut node);
        let mut kept = Mapping::with_capacity(members.len());
        for Entry { key, key_span, value } in std::mem::take(members).into_entries() {
            if let Some(value) = self.fresh(value, self.shape(of, &key))? {
                kept.push(Entry { key, key_span, value });
            }
        }
        *members = kept;
        Ok(Some(node))
    }

    /// A list whose items are told apart by `keys`, or by themselves when there are none. The patch's come first.
    fn list(
        &self,
        target: Option<Node>,
        patch: Option<Node>,
        shape: Shape<'a>,
        keys: &'a [Text],
    ) -> Result<Option<Node>> {
        let item = Shape { of: shape.of, keys: None };
        let alone = target.as_ref().is_none_or(Node::is_null);
        let (mut patch, mut target) = match (target.filter(|target| !target.is_null()), patch) {
            (_, Some(patch)) if patch.is_null() => return Ok(None),
            (None, None) => return Ok(None),
            (Some(target), None) => (Node::default(), target),
            (target, Some(mut patch)) => match take_directive(&mut patch)? {
                Directive::Delete => return Ok(None),
                Directive::Merge if !alone => (patch, target.unwrap_or_default()),
                // What is there stays out of it.
                _ => (Node::default(), self.fresh_items(patch, item)?),
            },
        };
        let (span, mut theirs, mut ours) = (target.span, items(&mut patch), items(&mut target));
        let key_names: Vec<Text> = if keys.is_empty() { vec![Text::new()] } else { keys.to_vec() };
        let values = values_of(&theirs, &ours, &key_names);
        let mut added: Vec<Node> = Vec::new();
        let mut valid_keys = key_names.clone();
        for value in &values {
            let (valid, wanted) = valid(&values, value, &key_names);
            valid_keys = valid;
            let (only, sought) = self::valid(std::slice::from_ref(value), value, &key_names);
            let our = find(&ours, &only, &sought);
            let their = find(&theirs, &only, &sought).map(|at| std::mem::take(&mut theirs[at]));
            let replaces = their.as_ref().is_some_and(|their| their.str_at("$patch") == Some("replace"));
            let merged = self.value(our.map(|at| ours[at].clone()), their, item)?;
            let Some(mut merged) = merged.filter(|merged| merged.as_mapping().is_none_or(|map| !map.is_empty())) else {
                set_element(&mut ours, &valid_keys, &wanted, None);
                continue;
            };
            name_item(&mut merged, &valid_keys, &wanted);
            if let Some(at) = our.filter(|_| !replaces) {
                ours[at] = merged.clone();
            }
            set_element(&mut added, &valid_keys, &wanted, Some(merged));
        }
        if !values.is_empty() {
            append(&mut added, ours, &valid_keys);
            ours = added;
        }
        Ok(Some(Node::new(Value::Sequence(ours), span)))
    }

    fn fresh_items(&self, mut list: Node, item: Shape<'a>) -> Result<Node> {
        let fresh = items(&mut list).into_iter().map(|node| self.fresh(node, item));
        let kept = fresh.filter_map(Result::transpose).collect::<Result<Vec<_>>>()?;
        Ok(Node::new(Value::Sequence(kept), list.span))
    }

    fn shape(&self, of: Option<&'a Type>, key: &str) -> Shape<'a> {
        match of.and_then(|of| of.member(key)) {
            Some(member @ Member { keys, .. }) => Shape { of: self.schemas.of(member), keys: keys.as_deref() },
            None => Shape::default(),
        }
    }

    fn kind_of(&self, node: &Node) -> Option<&'a Type> {
        self.schemas.of_kind(node.str_at("apiVersion")?, node.str_at("kind")?)
    }
}

/// Takes the directive out of a patch.
fn take_directive(patch: &mut Node) -> Result<Directive> {
    let read = |directive: &Node| match directive.as_str() {
        Some("merge") => Ok(Directive::Merge),
        Some("replace") => Ok(Directive::Replace),
        Some("delete") => Ok(Directive::Delete),
        _ => Err(Fault::invalid(
            format!("`$patch` is `merge`, `replace` or `delete`, not `{}`", directive.value),
            directive.span,
        )),
    };
    match &mut patch.value {
        Value::Null => Ok(Directive::Delete),
        Value::Mapping(mapping) => mapping.remove("$patch").map_or(Ok(Directive::Merge), |entry| read(&entry.value)),
        Value::Sequence(items) => {
            let Some(at) = items.iter().position(|item| item.get("$patch").is_some()) else {
                return Ok(Directive::Merge);
            };
            if items[at].as_mapping().is_some_and(|mapping| mapping.len() > 1) {
                // It is about that item.
                return Ok(Directive::Merge);
            }
            let directive = items.remove(at);
            directive.get("$patch").map_or(Ok(Directive::Merge), read)
        }
        _ => Ok(Directive::Merge),
    }
}

fn items(list: &mut Node) -> Vec<Node> {
    match &mut list.value {
        Value::Sequence(items) => std::mem::take(items),
        _ => Vec::new(),
    }
}

/// The values of the keys in each item of the two lists, each combination once. Of two that agree where both say
/// something, each gets what only the other says.
fn values_of(theirs: &[Node], ours: &[Node], keys: &[Text]) -> Vec<Vec<Text>> {
    let mut values: Vec<Vec<Text>> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for item in theirs.iter().chain(ours) {
        let value: Vec<Text> = keys.iter().map(|key| value_of(item, key).unwrap_or_default()).collect();
        if seen.insert(value.clone()) {
            values.push(value);
        }
    }
    if keys.len() > 1 {
        for first in 0..values.len() {
            for second in 0..values.len() {
                if let Some(both) = union(&values[first], &values[second]) {
                    values[first].clone_from(&both);
                    values[second] = both;
                }
            }
        }
    }
    values
}

fn union(a: &[Text], b: &[Text]) -> Option<Vec<Text>> {
    let agree = |(a, b): (&Text, &Text)| a == b || a.is_empty() || b.is_empty();
    let common = a.iter().zip(b).any(|(a, b)| a == b);
    let pairs = || a.iter().zip(b);
    (common && pairs().all(agree)).then(|| pairs().map(|(a, b)| if a.is_empty() { b } else { a }.clone()).collect())
}

fn value_of(item: &Node, key: &str) -> Option<Text> {
    match key {
        "" => scalar(item),
        key => item.field(key).and_then(scalar),
    }
}

/// The keys that some item says something for, and those of `value` for them; all when there is none.
fn valid(all: &[Vec<Text>], value: &[Text], keys: &[Text]) -> (Vec<Text>, Vec<Text>) {
    let said: Vec<bool> = (0..keys.len()).map(|at| all.iter().any(|value| !value[at].is_empty())).collect();
    if !said.contains(&true) {
        return (keys.to_vec(), value.to_vec());
    }
    keys.iter()
        .zip(value)
        .zip(said)
        .filter(|(_, said)| *said)
        .map(|((key, value), _)| (key.clone(), value.clone()))
        .unzip()
}

/// The first item with these values.
fn find(items: &[Node], keys: &[Text], values: &[Text]) -> Option<usize> {
    let has = |item: &Node, key: &Text, value: &Text| value_of(item, key).as_ref() == Some(value);
    items.iter().position(|item| keys.iter().zip(values).all(|(key, value)| has(item, key, value)))
}

/// Gives an item the keys it was found by.
fn name_item(item: &mut Node, keys: &[Text], values: &[Text]) {
    let Some(members) = item.as_mapping_mut() else { return };
    for (key, value) in keys.iter().zip(values) {
        if members.get(key).is_none() && !value.is_empty() {
            members.insert(key.clone(), resolve_plain(value).unwrap_or_else(|_| Value::String(value.clone())));
        }
    }
}

/// Replaces the items with these values by `element` (removes them when there is none), or appends it. Where fewer
/// values than keys are given, the first ones decide; without values nothing else stays. Empty items are dropped.
fn set_element(list: &mut Vec<Node>, keys: &[Text], values: &[Text], element: Option<Node>) {
    let for_objects = keys.first().is_some_and(|key| !key.is_empty()) && values.first().is_some_and(|v| !v.is_empty());
    let matches = |item: &Node| {
        !values.is_empty()
            && keys.iter().zip(values).all(|(key, value)| match key.as_str() {
                "" => scalar(item).as_ref() == Some(value),
                key if value.is_empty() => item.get(key).is_some(),
                key => item.get(key).and_then(scalar).as_ref() == Some(value),
            })
    };
    let mut found = false;
    for mut item in std::mem::take(list) {
        if item.is_null() || item.as_mapping().is_some_and(Mapping::is_empty) {
            continue;
        }
        if item.as_mapping().is_none() && for_objects {
            list.push(item);
        } else if matches(&item) {
            found = true;
            if let Some(element) = &element {
                item.clone_from(element);
                list.push(item);
            }
        } else if !values.is_empty() {
            list.push(item);
        }
    }
    if let Some(element) = element.filter(|_| !found) {
        list.push(element);
    }
}

/// Adds the items of the target to those of the patch.
fn append(list: &mut Vec<Node>, items: Vec<Node>, keys: &[Text]) {
    for item in items {
        if keys.first().is_some_and(|key| key.is_empty()) {
            let value = scalar(&item).unwrap_or_default();
            set_element(list, keys, &[value], Some(item));
            continue;
        }
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            match item.get(key) {
                Some(value) => values.push(scalar(value).unwrap_or_default()),
                None => list.push(item.clone()),
            }
        }
        if keys.len() > 1 {
            set_element(list, keys, &values, None);
        }
        set_element(list, keys, &values, Some(item));
    }
}

/// The place of the first of kubectl's own directives in a patch, and its name.
pub(super) fn foreign_directive(patch: &Node) -> Option<(Text, Span)> {
    let is_foreign = |key: &str| {
        key.starts_with("$setElementOrder/") || key.starts_with("$deleteFromPrimitiveList/") || key == "$retainKeys"
    };
    let mut members = patch.entries();
    let own = members.find(|entry| is_foreign(&entry.key)).map(|entry| (entry.key.clone(), entry.key_span));
    let inner = || patch.entries().map(|entry| &entry.value).chain(patch.items()).find_map(foreign_directive);
    own.or_else(inner)
}
