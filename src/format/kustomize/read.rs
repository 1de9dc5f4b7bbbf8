//! Values to the types that fields have, as strictly as kustomize decodes them.

use super::{
    error::{ErrorKind, Fault, Result},
    resource::Gvk,
};
use crate::document::{self, Node, Span, Text, Value};

/// The members of an object, read by name: by the exact one, else by one that differs in case (as Go's JSON does).
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) node: &'a Node,
    of: &'static str,
}

/// A text and where it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: Text,
    pub(super) span: Span,
}

/// A member of a mapping of texts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) key: Text,
    pub(super) key_span: Span,
    pub(super) value: Word,
}

impl std::ops::Deref for Word {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.text
    }
}

impl Word {
    /// The text as a value that stands where it was written.
    pub(super) fn node(&self) -> Node {
        Node::new(Value::String(self.text.clone()), self.span)
    }
}

impl<'a> Fields<'a> {
    /// # Errors
    /// When `node` is no object.
    pub(super) fn of(node: &'a Node, of: &'static str) -> Result<Fields<'a>> {
        match &node.value {
            Value::Mapping(_) | Value::Null => Ok(Fields { node, of }),
            _ => Err(wrong(of, "an object", node)),
        }
    }

    /// # Errors
    /// When there are others than these.
    pub(super) fn only(&self, names: &[&str]) -> Result<()> {
        let unknown = |name: &str| !names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match self.node.entries().find(|entry| unknown(&entry.key)) {
            None => Ok(()),
            Some(entry) => {
                let meant = document::nearest(&entry.key, names.iter().copied()).map(str::to_owned);
                let field = entry.key.to_string();
                Err(Fault::new(ErrorKind::UnknownField { field, of: self.of, meant }, entry.key_span))
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Node> {
        let exact = self.node.field(name);
        let folded =
            || self.node.entries().find(|entry| entry.key.eq_ignore_ascii_case(name)).map(|entry| &entry.value);
        exact.or_else(folded).filter(|node| !node.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Result<Word> {
        self.get(name).map_or_else(|| Ok(Word::default()), |node| word(name, node))
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool> {
        match self.get(name) {
            None => Ok(false),
            Some(node) => node.as_bool().ok_or_else(|| wrong(name, "a boolean", node)),
        }
    }

    pub(super) fn number(&self, name: &str) -> Result<i64> {
        match self.get(name) {
            None => Ok(0),
            Some(node) => node.as_i64().ok_or_else(|| wrong(name, "a whole number", node)),
        }
    }

    pub(super) fn list(&self, name: &str) -> Result<&'a [Node]> {
        match self.get(name) {
            None => Ok(&[]),
            Some(node) => node.as_sequence().ok_or_else(|| wrong(name, "a list", node)),
        }
    }

    pub(super) fn texts(&self, name: &str) -> Result<Vec<Word>> {
        self.list(name)?.iter().map(|item| word(name, item)).collect()
    }

    /// A mapping of texts, by key.
    pub(super) fn pairs(&self, name: &str) -> Result<Vec<Pair>> {
        let Some(node) = self.get(name) else { return Ok(Vec::new()) };
        let mapping = node.as_mapping().ok_or_else(|| wrong(name, "an object", node))?;
        let pair = |entry: &document::Entry| {
            let value = word(&entry.key, &entry.value)?;
            Ok(Pair { key: entry.key.clone(), key_span: entry.key_span, value })
        };
        let mut pairs = mapping.entries().iter().map(pair).collect::<Result<Vec<_>>>()?;
        pairs.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(pairs)
    }

    pub(super) fn gvk(&self) -> Result<Gvk> {
        let part = |name| self.text(name).map(|word| word.text);
        Ok(Gvk { group: part("group")?, version: part("version")?, kind: part("kind")? })
    }
}

fn word(name: &str, node: &Node) -> Result<Word> {
    match &node.value {
        Value::String(text) => Ok(Word { text: text.clone(), span: node.span }),
        Value::Null => Ok(Word { text: Text::new(), span: node.span }),
        _ => Err(wrong(name, "a string", node)),
    }
}

fn wrong(name: &str, wanted: &'static str, node: &Node) -> Fault {
    let found = node.type_name();
    Fault::new(ErrorKind::WrongType { field: name.into(), wanted, found }, node.span)
}
