//! Paths with dots into an object (`spec.containers.[name=web].env.0.value`, `*`): reading and writing.

use regex::Regex;

use super::resource::scalar;
use crate::document::{Mapping, Node, Span, Text, Value};

/// What is made where a path leads to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar,
    Mapping,
    Sequence,
}

impl Kind {
    pub(super) fn of(node: &Node) -> Kind {
        match node.value {
            Value::Mapping(_) => Kind::Mapping,
            Value::Sequence(_) => Kind::Sequence,
            _ => Kind::Scalar,
        }
    }
}

/// A created scalar: it has no type until something is written to it.
pub(super) const CREATED: Span = Span { start: u32::MAX, end: u32::MAX };

/// The one value that a path leads to.
pub(super) fn lookup<'a>(node: &'a Node, path: &[String]) -> Option<&'a Node> {
    path.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).try_fold(node, |node, part| {
        if part == "-" {
            return node.as_sequence()?.last();
        }
        if let Ok(at) = part.parse::<usize>() {
            return node.as_sequence()?.get(at);
        }
        let Some((key, value)) = condition(part) else { return node.get(part) };
        let is_it = |item: &&Node| {
            let found = if key.is_empty() { scalar(item) } else { item.field(key).and_then(scalar) };
            found.as_deref() == Some(value)
        };
        node.as_sequence()?.iter().find(is_it)
    })
}

/// `[key=value]` in its parts.
fn condition(part: &str) -> Option<(&str, &str)> {
    part.strip_prefix('[')?.strip_suffix(']')?.split_once('=')
}

type Write<'a> = &'a mut dyn FnMut(&mut Node) -> Result<(), String>;

/// Calls `write` with every value that a path leads to, and says how many there are. In `[key=value]` the value is a
/// regular expression, unanchored as kustomize has it.
///
/// # Errors
/// Those of `write`, and a path that does not fit the object.
pub(super) fn each(node: &mut Node, path: &[String], create: Option<Kind>, write: Write<'_>) -> Result<usize, String> {
    let Some((part, rest)) = path.split_first() else {
        write(node)?;
        return Ok(1);
    };
    if let Ok(at) = part.parse::<usize>() {
        let items = items(node, part)?;
        if let (Some(kind), true) = (create, items.len() == at) {
            items.push(empty(rest.first(), kind));
        }
        let count = items.len();
        let item = items.get_mut(at).ok_or_else(|| format!("there is no item {at} of {count}"))?;
        return each(item, rest, create, write);
    }
    if part == "*" {
        return items(node, part)?.iter_mut().try_fold(0, |count, item| Ok(count + each(item, rest, create, write)?));
    }
    if part.starts_with('[') && part.ends_with(']') {
        return matching(node, part, rest, create, write);
    }
    let Value::Mapping(mapping) = &mut node.value else {
        return Err(format!("`{part}` is looked for in {}", node.type_name()));
    };
    if mapping.get(part).is_none() {
        let Some(kind) = create else { return Ok(0) };
        mapping.insert(part.as_str(), empty(rest.first(), kind));
    }
    let Some(member) = mapping.get_mut(part) else { return Ok(0) };
    if Kind::of(member) == Kind::Scalar && !rest.is_empty() {
        return Err(format!("`{part}` is {}", member.type_name()));
    }
    each(member, rest, create, write)
}

fn matching(
    node: &mut Node,
    part: &str,
    rest: &[String],
    create: Option<Kind>,
    write: Write<'_>,
) -> Result<usize, String> {
    let (key, pattern) = condition(part).ok_or_else(|| format!("`{part}` is not `[key=value]`"))?;
    let regex = Regex::new(pattern).map_err(|_| format!("`{pattern}` is no regular expression"))?;
    let items = items(node, part)?;
    let mut pass = |items: &mut Vec<Node>| {
        let mut count = 0;
        for item in items {
            let found = if key.is_empty() { scalar(item) } else { item.get(key).and_then(scalar) };
            if found.is_some_and(|found| regex.is_match(found.trim())) {
                count += each(item, if key.is_empty() { &[] } else { rest }, create, &mut *write)?;
            }
        }
        Ok::<usize, String>(count)
    };
    let count = pass(items)?;
    if count > 0 || create.is_none() {
        return Ok(count);
    }
    let value = Node::string(pattern);
    items.push(if key.is_empty() { value } else { Node::from(Mapping::from_iter([(Text::from(key), value)])) });
    pass(items)
}

fn items<'a>(node: &'a mut Node, part: &str) -> Result<&'a mut Vec<Node>, String> {
    match &mut node.value {
        Value::Sequence(items) => Ok(items),
        _ => Err(format!("`{part}` is looked for in what is no list")),
    }
}

/// What stands before `next` on a path that is made; at its end a value of `kind`.
fn empty(next: Option<&String>, kind: Kind) -> Node {
    let kind = match next {
        None => kind,
        Some(next) if next.starts_with('[') || next.parse::<usize>().is_ok() => Kind::Sequence,
        Some(_) => Kind::Mapping,
    };
    match kind {
        Kind::Scalar => Node::new(Value::Null, CREATED),
        Kind::Mapping => Mapping::new().into(),
        Kind::Sequence => Vec::new().into(),
    }
}
