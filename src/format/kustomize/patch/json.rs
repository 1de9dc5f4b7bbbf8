//! JSON Patch (RFC 6902) on values that keep their places.

use super::super::{
    error::{ErrorKind, Fault, Result},
    fields::DEEPEST,
    read::Fields,
    resource::Budget,
};
use crate::document::{Mapping, Node, Span, Value};

/// One operation.
#[derive(Debug, Clone)]
pub(in super::super) struct Operation {
    op: Op,
    path: String,
    /// Of `move` and `copy`.
    from: String,
    value: Node,
    span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

impl Op {
    const ALL: [(&'static str, Op); 6] = [
        ("add", Op::Add),
        ("remove", Op::Remove),
        ("replace", Op::Replace),
        ("move", Op::Move),
        ("copy", Op::Copy),
        ("test", Op::Test),
    ];

    fn name(self) -> &'static str {
        Op::ALL.iter().find(|(_, op)| *op == self).map_or("", |(name, _)| name)
    }
}

/// Reads the operations of a patch.
pub(in super::super) fn operations(patch: &Node) -> Result<Vec<Operation>> {
    patch.items().map(operation).collect()
}

fn operation(node: &Node) -> Result<Operation> {
    let fields = Fields::of(node, "an operation of a JSON patch")?;
    let op = fields.text("op")?;
    let Some(&(_, kind)) = Op::ALL.iter().find(|(name, _)| *name == op.as_str()) else {
        let message = format!("`op` is `add`, `remove`, `replace`, `move`, `copy` or `test`, not `{}`", op.text);
        return Err(Fault::invalid(message, op.span).at(node.span));
    };
    let value = node.get("value").cloned().unwrap_or_default();
    let path = fields.text("path")?;
    Ok(Operation { op: kind, path: path.to_string(), from: fields.text("from")?.to_string(), value, span: node.span })
}

/// Applies the operations one after the other; `id` is what the target is called in errors.
pub(in super::super) fn apply(
    target: &mut Node,
    operations: &[Operation],
    budget: &mut Budget,
    id: &dyn Fn() -> String,
) -> Result<()> {
    for operation in operations {
        let copied = match operation.op {
            Op::Copy | Op::Move => find_mut(target, &operation.from).ok(),
            _ => None,
        };
        budget.copy(copied.as_deref().unwrap_or(&operation.value), operation.span)?;
        run(target, operation).map_err(|why| {
            let (op, path) = (operation.op.name().to_owned(), operation.path.clone());
            Fault::new(ErrorKind::Operation { op, path, id: id(), why }, operation.span)
        })?;
    }
    Ok(())
}

type Outcome<T> = std::result::Result<T, String>;

fn run(target: &mut Node, operation: &Operation) -> Outcome<()> {
    let Operation { op, path, from, value, .. } = operation;
    match op {
        Op::Add => add(target, path, value.clone(), operation.span),
        Op::Remove => remove(target, path).map(drop),
        Op::Replace => replace(target, path, value.clone(), operation.span),
        Op::Move => {
            let moved = remove(target, from)?;
            add(target, path, moved, operation.span)
        }
        Op::Copy => {
            let copied = find_mut(target, from)?.clone();
            add(target, path, copied, operation.span)
        }
        Op::Test => {
            let found = find_mut(target, path).ok();
            let same = match &found {
                Some(found) => equal(found, value),
                None => value.is_null(),
            };
            if same { Ok(()) } else { Err("the value there is another".into()) }
        }
    }
}

/// The names of a pointer, and the last of them apart.
fn names(pointer: &str) -> Outcome<(Vec<String>, String)> {
    let decoded = |name: &str| name.replace("~1", "/").replace("~0", "~");
    let Some(rest) = pointer.strip_prefix('/') else { return Err("the path does not begin with `/`".into()) };
    let mut names: Vec<String> = rest.split('/').map(decoded).collect();
    if names.len() > DEEPEST {
        return Err(format!("the path has more than {DEEPEST} names"));
    }
    let last = names.pop().unwrap_or_default();
    Ok((names, last))
}

/// The collection that the last name of a pointer is looked for in.
fn parent<'a>(target: &'a mut Node, names: &[String]) -> Outcome<&'a mut Node> {
    let mut node = target;
    for (at, name) in names.iter().enumerate() {
        node = member(node, name).map_err(|_| format!("there is no `/{}`", names[..=at].join("/")))?;
        if node.is_null() {
            return Err(format!("`/{}` is null", names[..=at].join("/")));
        }
    }
    Ok(node)
}

fn member<'a>(node: &'a mut Node, name: &str) -> Outcome<&'a mut Node> {
    match &mut node.value {
        Value::Mapping(mapping) => mapping.get_mut(name).ok_or_else(|| format!("there is no `{name}`")),
        Value::Sequence(items) => {
            let at = index(name, items.len())?;
            items.get_mut(at).ok_or_else(|| format!("there is no item {name}"))
        }
        _ => Err("it leads through a scalar".into()),
    }
}

fn find_mut<'a>(target: &'a mut Node, pointer: &str) -> Outcome<&'a mut Node> {
    if pointer.is_empty() {
        return Ok(target);
    }
    let (names, last) = names(pointer)?;
    member(parent(target, &names)?, &last)
}

/// The place that a name means in a list; negative ones count from its end.
fn index(name: &str, length: usize) -> Outcome<usize> {
    let at: i64 = name.parse().map_err(|_| format!("`{name}` is no index of a list"))?;
    let at = if at < 0 { at + length as i64 } else { at };
    usize::try_from(at).map_err(|_| format!("there is no item {name}"))
}

fn add(target: &mut Node, pointer: &str, value: Node, span: Span) -> Outcome<()> {
    if pointer.is_empty() {
        *target = value;
        return Ok(());
    }
    let (names, last) = names(pointer)?;
    let node = parent(target, &names)?;
    match &mut node.value {
        Value::Mapping(mapping) => super::super::resource::set(mapping, &last, span, value),
        Value::Sequence(items) if last == "-" => items.push(value),
        Value::Sequence(items) => {
            let at = index(&last, items.len() + 1)?;
            if at > items.len() {
                return Err(format!("there is no item {last}"));
            }
            items.insert(at, value);
        }
        _ => return Err("it leads through a scalar".into()),
    }
    Ok(())
}

/// Replaces a value; a member that is not there is added, as kustomize's library does it.
fn replace(target: &mut Node, pointer: &str, value: Node, span: Span) -> Outcome<()> {
    if !pointer.is_empty() {
        let (names, last) = names(pointer)?;
        if let Value::Mapping(mapping) = &mut parent(target, &names)?.value {
            super::super::resource::set(mapping, &last, span, value);
            return Ok(());
        }
    }
    *find_mut(target, pointer)? = value;
    Ok(())
}

fn remove(target: &mut Node, pointer: &str) -> Outcome<Node> {
    let (names, last) = names(pointer)?;
    let node = parent(target, &names)?;
    match &mut node.value {
        Value::Mapping(mapping) => {
            mapping.remove(&last).map(|entry| entry.value).ok_or_else(|| format!("there is no `{last}`"))
        }
        Value::Sequence(items) => {
            let at = index(&last, items.len())?;
            if at >= items.len() {
                return Err(format!("there is no item {last}"));
            }
            Ok(items.remove(at))
        }
        _ => Err("it leads through a scalar".into()),
    }
}

/// Equality of JSON: the order of members does not count.
pub(in super::super) fn equal(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Mapping(a), Value::Mapping(b)) => {
            let has = |b: &Mapping, key: &str, value: &Node| b.get(key).is_some_and(|other| equal(value, other));
            a.len() == b.len() && a.entries().iter().all(|entry| has(b, &entry.key, &entry.value))
        }
        (Value::Sequence(a), Value::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Limits, Source, read, to_flow_yaml};

    fn node(text: &str) -> Node {
        read(&Source::new("", text), Limits::default()).next().expect("one").expect("it can be read").root
    }

    #[test]
    fn operations_apply_or_say_why_not() {
        for (target, patch, expected) in [
            ("{a: 1}", "[{op: add, path: /b, value: [x]}, {op: add, path: /b/-, value: z}]", "{a: 1, b: [x, z]}"),
            ("{a: [1, 2]}", "[{op: add, path: /a/0, value: 0}, {op: remove, path: /a/-1}]", "{a: [0, 1]}"),
            ("{a: {b/c: 1}}", "[{op: replace, path: /a/b~1c, value: null}]", "{a: {b/c: null}}"),
            ("{a: 1}", "[{op: move, from: /a, path: /b}, {op: copy, from: /b, path: /c}]", "{b: 1, c: 1}"),
            ("{a: {b: 1}}", "[{op: test, path: /a, value: {b: 1}}, {op: remove, path: /a/b}]", "{a: {}}"),
            ("{a: 1}", "[{op: test, path: /a, value: 2}]", "the value there is another"),
            ("{a: 1}", "[{op: add, path: /b/c, value: 2}]", "there is no `/b`"),
            ("{a: []}", "[{op: add, path: /a/1, value: 2}]", "there is no item 1"),
            ("{a: 1}", "[{op: remove, path: /b}]", "there is no `b`"),
        ] {
            let mut target = node(target);
            let operations = operations(&node(patch)).unwrap_or_else(|fault| panic!("{fault:?}"));
            let mut budget = Budget { left: 100, allowed: 100 };
            let found = match apply(&mut target, &operations, &mut budget, &String::new) {
                Ok(()) => to_flow_yaml(&target),
                Err(fault) => match *fault.kind {
                    ErrorKind::Operation { why, .. } => why,
                    kind => kind.to_string(),
                },
            };
            assert_eq!(found, expected, "{patch}");
        }
    }
}
