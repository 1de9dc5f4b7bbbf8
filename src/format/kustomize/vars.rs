//! `vars`: `$(NAME)` in known fields becomes a value of some object. The older form of replacements.

use std::collections::{BTreeMap, HashSet};

use super::{
    Build,
    config::Config,
    error::{ErrorKind, Fault, Result},
    fields::{Make, field, split_dotted},
    file::Var,
    path::lookup,
    resource::{Resource, effective},
    set::Set,
    transform::named,
};
use crate::document::{Node, Span, Value};

/// Notes which object each variable is read from, while it still has the name that the variable gives.
pub(super) fn bind(set: &mut Set, vars: &[Var], known: &mut Vec<Var>) -> Result<()> {
    for var in vars {
        let namespace = effective(false, &var.namespace);
        let found = set.matching(&var.object, |id| {
            id.name == var.object.text && id.gvk == var.gvk && (var.namespace.is_empty() || id.namespace == namespace)
        });
        match found.as_slice() {
            [] => {}
            &[at] => set.contents_mut()[at].vars.push(var.name.text.clone()),
            several => {
                let (what, id) = ("the variable", format!("`{}`", var.name.text));
                return Err(Fault::new(ErrorKind::SeveralMatches { what, id, count: several.len() }, var.name.span));
            }
        }
    }
    vars.iter().try_for_each(|var| add(known, var.clone()))
}

/// # Errors
/// When there is one of its name.
pub(super) fn add(known: &mut Vec<Var>, var: Var) -> Result<()> {
    if known.iter().any(|other| other.name.text == var.name.text) {
        let message = format!("there is already a variable `{}`", var.name.text);
        return Err(Fault::invalid(message, var.name.span));
    }
    known.push(var);
    Ok(())
}

impl Build<'_> {
    /// Puts the values of all variables where they are asked for.
    pub(super) fn resolve(&mut self, set: &mut Set, vars: &[Var], config: &Config) -> Result<()> {
        if vars.is_empty() {
            return Ok(());
        }
        let mut values = BTreeMap::new();
        for var in vars {
            values.insert(var.name.text.to_string(), value_of(set, var)?);
        }
        let mut expansion = Expansion { values, used: HashSet::new() };
        for resource in set.resources_mut() {
            for spec in &config.var_reference {
                let done = spec.visit(&mut resource.node, Make::Nothing, &mut |node| expansion.expand(node));
                done.map_err(|fault| named(fault, resource, &spec.path))?;
            }
        }
        for var in vars.iter().filter(|var| !expansion.used.contains(var.name.as_str())) {
            self.warn(&format!("the variable `{}` is used nowhere", var.name.text), var.name.span);
        }
        Ok(())
    }
}

fn value_of(set: &Set, var: &Var) -> Result<Node> {
    let has = |resource: &&Resource| resource.vars.contains(&var.name.text);
    let Some(resource) = set.resources().iter().find(has) else {
        let (what, id) = ("the variable", format!("`{}`", var.name.text));
        return Err(Fault::new(ErrorKind::NoMatch { what, id }, var.name.span));
    };
    let mut path = Vec::new();
    for part in split_dotted(&var.field) {
        // `ports[0]` is `ports` and `0`.
        let index = part.strip_suffix(']').and_then(|part| part.rsplit_once('['));
        match index.filter(|(_, at)| !at.is_empty() && at.bytes().all(|byte| byte.is_ascii_digit())) {
            Some((name, at)) => {
                path.extend([name, at].iter().filter(|part| !part.is_empty()).map(|&part| part.to_owned()))
            }
            None => path.push(part),
        }
    }
    lookup(&resource.node, &path).cloned().ok_or_else(|| {
        let (path, id) = (var.field.to_string(), resource.id().to_string());
        Fault::new(ErrorKind::Field { path, id, why: "there is no such field".into() }, var.field.span)
            .at(var.name.span)
    })
}

/// Bytes of a text that is put together.
pub(super) const LONGEST: usize = 16 << 20;

/// Variables being put in.
struct Expansion {
    values: BTreeMap<String, Node>,
    used: HashSet<String>,
}

impl Expansion {
    /// Expands a text, the texts of a list, or the texts that are values of an object.
    fn expand(&mut self, node: &mut Node) -> Result<()> {
        match &mut node.value {
            Value::Sequence(items) => items.iter_mut().try_for_each(|item| match item.value {
                Value::String(_) => self.expand(item),
                _ => Err(field("", "a list of strings is expected", item.span)),
            }),
            Value::Mapping(mapping) => {
                let texts = mapping.entries_mut().iter_mut().filter(|entry| entry.value.as_str().is_some());
                texts.map(|entry| &mut entry.value).try_for_each(|value| self.expand(value))
            }
            Value::String(text) if text.contains('$') => {
                let (value, span) = self.expanded(text, node.span)?;
                (node.value, node.span) = (value, span);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The text with its variables put in; a text that is one variable takes its type and place.
    fn expanded(&mut self, text: &str, span: Span) -> Result<(Value, Span)> {
        let last_end = text.rfind(')').unwrap_or(0);
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('$') {
                out.push('$');
                rest = after;
                continue;
            }
            // Without an end there is nothing to look for, however often something begins.
            let inner = rest.strip_prefix('(').filter(|_| text.len() - rest.len() < last_end);
            let name = inner.and_then(|inner| inner.split_once(')'));
            let Some((name, after)) = name else {
                out.push('$');
                continue;
            };
            let value =
                self.values.get(name).filter(|value| !matches!(value.value, Value::Mapping(_) | Value::Sequence(_)));
            match value {
                Some(value) => {
                    self.used.insert(name.to_owned());
                    if text.len() == name.len() + 3 {
                        return Ok((
                            value.value.clone(),
                            if value.span == Span::default() { span } else { value.span },
                        ));
                    }
                    out.push_str(&value.value.to_string());
                }
                None => out.push_str(&format!("$({name})")),
            }
            rest = after;
            if out.len() > LONGEST {
                let what = "the bytes of a text with its variables";
                return Err(Fault::new(ErrorKind::Limit { what, limit: "expanded", allowed: LONGEST as u64 }, span));
            }
        }
        out.push_str(rest);
        Ok((Value::String(out.into()), span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_expanded() {
        let values = BTreeMap::from([("A".to_owned(), Node::from("x")), ("N".to_owned(), Node::from(5))]);
        for (text, expected) in [
            ("$(A)-$(N)", Value::String("x-5".into())),
            ("$(N)", Value::Number(crate::document::Number::Int(5))),
            ("$$(A)", Value::String("$(A)".into())),
            ("$(B) $A $(", Value::String("$(B) $A $(".into())),
        ] {
            let mut node = Node::from(text);
            Expansion { values: values.clone(), used: HashSet::new() }.expand(&mut node).expect("short");
            assert_eq!(node.value, expected, "{text}");
        }
    }
}
