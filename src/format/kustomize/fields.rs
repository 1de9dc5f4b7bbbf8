//! Field specs: which field of which kinds a transformer works on.

use super::{
    error::{ErrorKind, Fault, Result},
    resource::{Gvk, group_version, members},
};
use crate::document::{Mapping, Node, Number, Span, Text, Value};

/// Names of a path: what is made on the way gets no deeper.
pub(super) const DEEPEST: usize = 128;

/// A path (`spec/template/spec/containers[]/image`) in the objects of some kinds. Lists on the way are gone through
/// whether or not the path says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldSpec {
    pub(super) gvk: Gvk,
    pub(super) path: Text,
    /// Makes what is missing on the way.
    pub(super) create: bool,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    name: Text,
    /// Written with `[]`, so never made.
    is_list: bool,
}

/// What a transformer makes of a field that is missing or `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Make {
    Nothing,
    Text,
    Number,
    Mapping,
}

impl FieldSpec {
    pub(super) fn new(gvk: Gvk, path: &str, create: bool) -> FieldSpec {
        let steps = split(path, '/').into_iter().map(|step| match step.strip_suffix("[]") {
            Some(name) => Step { name: name.into(), is_list: true },
            None => Step { name: step.into(), is_list: false },
        });
        FieldSpec { gvk, path: path.into(), create, steps: steps.collect() }
    }

    /// A path for all kinds.
    pub(super) fn everywhere(path: &str, create: bool) -> FieldSpec {
        FieldSpec::new(Gvk::default(), path, create)
    }

    /// Whether it is for objects of the kind of `node`.
    pub(super) fn is_for(&self, node: &Node) -> bool {
        let kind = node.str_at("kind").unwrap_or_default();
        let (group, version) = group_version(node.str_at("apiVersion").unwrap_or_default());
        let allows = |wanted: &Text, have: &str| wanted.is_empty() || wanted == have;
        allows(&self.gvk.kind, kind) && allows(&self.gvk.group, group) && allows(&self.gvk.version, version)
    }

    /// Calls `set` with each field that the path leads to, if the spec is for `node`.
    ///
    /// # Errors
    /// Those of `set`, and a scalar where the path goes on.
    pub(super) fn visit(
        &self,
        node: &mut Node,
        make: Make,
        set: &mut dyn FnMut(&mut Node) -> Result<()>,
    ) -> Result<()> {
        if self.is_for(node) { self.follow(node, &self.steps, make, set) } else { Ok(()) }
    }

    /// The same for every kind.
    pub(super) fn visit_any(
        &self,
        node: &mut Node,
        make: Make,
        set: &mut dyn FnMut(&mut Node) -> Result<()>,
    ) -> Result<()> {
        self.follow(node, &self.steps, make, set)
    }

    fn follow(
        &self,
        node: &mut Node,
        steps: &[Step],
        make: Make,
        set: &mut dyn FnMut(&mut Node) -> Result<()>,
    ) -> Result<()> {
        let Some((step, rest)) = steps.split_first() else { return set(node) };
        if steps.len() > DEEPEST {
            return Err(field("", format!("the path has more than {DEEPEST} names"), node.span));
        }
        let span = node.span;
        match &mut node.value {
            Value::Null => Ok(()),
            Value::Sequence(items) => items.iter_mut().try_for_each(|item| self.follow(item, steps, make, set)),
            Value::Mapping(mapping) => {
                let makes = self.create && make != Make::Nothing && !step.is_list;
                if makes && mapping.get(&step.name).is_none() {
                    mapping.insert(step.name.clone(), Node::default());
                }
                let Some(member) = mapping.get_mut(&step.name) else { return Ok(()) };
                if makes && member.is_null() {
                    member.value = match make {
                        Make::Mapping => Value::Mapping(Mapping::new()),
                        _ if !rest.is_empty() => Value::Mapping(Mapping::new()),
                        Make::Number => Value::Number(Number::Int(0)),
                        _ => Value::String(Text::new()),
                    };
                }
                self.follow(member, rest, make, set)
            }
            _ => Err(field(&self.path, "an object or a list is expected on the way", span)),
        }
    }
}

/// A fault in a field of an object that the caller names.
pub(super) fn field(path: &str, why: impl Into<String>, span: Span) -> Fault {
    Fault::new(ErrorKind::Field { path: path.into(), id: String::new(), why: why.into() }, span)
}

/// Sets a scalar, which keeps its place if `at` has none.
pub(super) fn set_scalar(node: &mut Node, value: Value, at: Span) -> Result<()> {
    if matches!(node.value, Value::Mapping(_) | Value::Sequence(_)) {
        return Err(field("", format!("a scalar is expected, not {}", node.type_name()), node.span));
    }
    node.value = value;
    if at != Span::default() {
        node.span = at;
    }
    Ok(())
}

/// Sets a member of the mapping `node`.
pub(super) fn set_entry(node: &mut Node, key: &str, key_span: Span, value: Node) -> Result<()> {
    if !matches!(node.value, Value::Mapping(_) | Value::Null) {
        return Err(field("", format!("an object is expected, not {}", node.type_name()), node.span));
    }
    super::resource::set(members(node), key, key_span, value);
    Ok(())
}

/// Splits at `delimiter`, which a backslash before it takes into the name; one at the beginning means nothing.
pub(super) fn split(path: &str, delimiter: char) -> Vec<String> {
    let path = path.strip_prefix(delimiter).unwrap_or(path);
    let mut names: Vec<String> = Vec::new();
    for part in path.split(delimiter) {
        match names.last_mut().filter(|last| last.ends_with('\\')) {
            Some(last) => {
                last.pop();
                last.push(delimiter);
                last.push_str(part);
            }
            None => names.push(part.to_owned()),
        }
    }
    names
}

/// Splits a path with dots; what stands in brackets stays together: `[name=a.b]` with them, `[a.b]` without.
pub(super) fn split_dotted(path: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut parts = split(path, '.').into_iter();
    while let Some(part) = parts.next() {
        if !part.starts_with('[') || part.ends_with(']') {
            names.push(part);
            continue;
        }
        let mut whole = part;
        for next in parts.by_ref() {
            whole.push('.');
            whole.push_str(&next);
            if next.ends_with(']') {
                break;
            }
        }
        names.push(if whole.contains('=') { whole } else { whole.trim_matches(['[', ']']).to_owned() });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        assert_eq!(split("metadata/annotations/a.b\\/c", '/'), ["metadata", "annotations", "a.b/c"]);
        assert_eq!(split("/a", '/'), ["a"]);
        for (path, expected) in [
            ("spec.c.[name=a.b].image", &["spec", "c", "[name=a.b]", "image"][..]),
            ("metadata.annotations.[a.b/c]", &["metadata", "annotations", "a.b/c"]),
            ("a\\.b.0.*", &["a.b", "0", "*"]),
        ] {
            assert_eq!(split_dotted(path), expected);
        }
    }
}
