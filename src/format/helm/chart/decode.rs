//! Mappings of `Chart.yaml` and of manifests' heads as Go decodes them into structs (`sigs.k8s.io/yaml`): names match
//! whatever their case, numbers and booleans are taken where a string is wanted, `null` is as good as nothing.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    document::{Node, Number, Source, Value},
    format::helm::Place,
};

/// A value of another type than the one that its field has.
#[derive(Debug, Clone)]
pub(in crate::format::helm) struct WrongType {
    /// What holds it: `dependencies`, or `""` for all of the document.
    pub(in crate::format::helm) field: String,
    pub(in crate::format::helm) expected: &'static str,
    pub(in crate::format::helm) found: &'static str,
    pub(in crate::format::helm) place: Place,
}

type Decoded<T> = Result<T, WrongType>;

/// A value that a struct is decoded from.
#[derive(Clone, Copy)]
pub(in crate::format::helm) struct Fields<'a> {
    node: &'a Node,
    source: &'a Arc<Source>,
}

impl<'a> Fields<'a> {
    /// # Errors
    /// Everything but mappings and `null`.
    pub(in crate::format::helm) fn of(field: &str, node: &'a Node, source: &'a Arc<Source>) -> Decoded<Fields<'a>> {
        let fields = Fields { node, source };
        match node.value {
            Value::Mapping(_) | Value::Null => Ok(fields),
            _ => Err(fields.wrong(field, node, "object")),
        }
    }

    /// The member, if there is one that is not `null`.
    pub(in crate::format::helm) fn get(&self, name: &str) -> Option<&'a Node> {
        let alike = || self.node.entries().find(|entry| entry.key.eq_ignore_ascii_case(name)).map(|entry| &entry.value);
        self.node.get(name).or_else(alike).filter(|node| !node.is_null())
    }

    /// A string; `""` where there is none.
    pub(in crate::format::helm) fn text(&self, name: &str) -> Decoded<String> {
        self.get(name).map_or(Ok(String::new()), |node| self.string(name, node))
    }

    pub(in crate::format::helm) fn flag(&self, name: &str) -> Decoded<bool> {
        let Some(node) = self.get(name) else { return Ok(false) };
        node.as_bool().ok_or_else(|| self.wrong(name, node, "boolean"))
    }

    /// The items of a list.
    pub(in crate::format::helm) fn items(&self, name: &str) -> Decoded<&'a [Node]> {
        let Some(node) = self.get(name) else { return Ok(&[]) };
        node.as_sequence().ok_or_else(|| self.wrong(name, node, "list"))
    }

    pub(in crate::format::helm) fn texts(&self, name: &str) -> Decoded<Vec<String>> {
        self.items(name)?.iter().map(|node| self.string(name, node)).collect()
    }

    /// A mapping to strings; `None` where there is none.
    pub(in crate::format::helm) fn labels(&self, name: &str) -> Decoded<Option<BTreeMap<String, String>>> {
        let Some(node) = self.get(name) else { return Ok(None) };
        let Value::Mapping(mapping) = &node.value else { return Err(self.wrong(name, node, "object")) };
        let entry = |entry: &crate::document::Entry| {
            Ok((entry.key.to_string(), self.string(&format!("{name}.{}", entry.key), &entry.value)?))
        };
        mapping.entries().iter().map(entry).collect::<Decoded<_>>().map(Some)
    }

    fn string(&self, name: &str, node: &Node) -> Decoded<String> {
        Ok(match &node.value {
            Value::Null => String::new(),
            Value::Bool(value) => value.to_string(),
            Value::Number(Number::Float(value, _)) => shortest(*value),
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.to_string(),
            Value::Sequence(_) | Value::Mapping(_) => return Err(self.wrong(name, node, "string")),
        })
    }

    fn wrong(&self, field: &str, node: &Node, expected: &'static str) -> WrongType {
        let place = Place { source: self.source.clone(), span: node.span };
        WrongType { field: field.to_owned(), expected, found: node.type_name(), place }
    }
}

/// A number as Go writes it with `%g` and 32 bits: the version `1.10` is `1.1`, and `1.0` is `1`.
fn shortest(value: f64) -> String {
    let exponential = format!("{:e}", value as f32);
    let (digits, exponent) = exponential.split_once('e').unwrap_or((&exponential, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        return (value as f32).to_string();
    }
    format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_without_quotes_are_what_go_makes_of_them() {
        for (value, expected) in
            [(1.10, "1.1"), (1.0, "1"), (0.3, "0.3"), (123456.5, "123456.5"), (1e7, "1e+07"), (1.5e-7, "1.5e-07")]
        {
            assert_eq!(shortest(value), expected);
        }
    }

    #[test]
    fn fields_match_whatever_their_case() {
        let source = Arc::new(Source::new("Chart.yaml", "Name: a\nappversion: 3\nkeywords: [1, null]\nsources: {}\n"));
        let document = crate::document::read(&source, Default::default()).next().expect("one").expect("sound");
        let fields = Fields::of("", &document.root, &source).expect("a mapping");
        assert_eq!(fields.text("name").ok().as_deref(), Some("a"));
        assert_eq!(fields.text("appVersion").ok().as_deref(), Some("3"));
        assert_eq!(fields.texts("keywords").ok(), Some(vec!["1".to_owned(), String::new()]));
        assert_eq!(fields.items("sources").err().map(|error| error.expected), Some("list"));
    }
}
