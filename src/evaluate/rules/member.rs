//! What rules ask of members of an object, and how they blame one.
//!
//! To the API server, which decodes into Go's zero values, `""`, `null` and absence are the same for most strings; the
//! schema reports absent members that must be there, so rules report those that are there and say nothing.

use std::collections::{HashMap, hash_map::Entry};

use crate::{
    document::{Node, Path, Span},
    evaluate::{Checker, Code, Finding},
};

use super::grammar::Verdict;

/// The string of member `key`, if it says something.
pub(super) fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.str_at(key).filter(|text| !text.is_empty())
}

/// The whole number of member `key`.
pub(super) fn number(node: &Node, key: &str) -> Option<i64> {
    node.get(key)?.as_i64()
}

/// Whether member `key` is true.
pub(super) fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// Whether member `key` is false: said, not left out.
pub(super) fn is_false(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(false)
}

/// The items of the list `key`.
pub(super) fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::as_sequence).unwrap_or_default()
}

/// The items of a list met so far, by a text of theirs: whoever asks for each once pays for the length of the list, and not
/// for its square.
#[derive(Default)]
pub(super) struct Met<'a>(HashMap<&'a str, &'a Node>);

impl<'a> Met<'a> {
    /// The first item that had this text; `item` itself is remembered when it is the first.
    pub(super) fn before(&mut self, text: &'a str, item: &'a Node) -> Option<&'a Node> {
        match self.0.entry(text) {
            Entry::Occupied(first) => Some(first.get()),
            Entry::Vacant(slot) => {
                slot.insert(item);
                None
            }
        }
    }
}

/// Whether the value is there without saying anything: `""`, `[]`, `{}`.
pub(super) fn is_empty(node: &Node) -> bool {
    node.as_str() == Some("")
        || node.as_sequence().is_some_and(<[Node]>::is_empty)
        || node.as_mapping().is_some_and(|mapping| mapping.is_empty())
}

/// Where to point when something that an object must have is missing: its first key, else the object.
pub(super) fn head(node: &Node) -> Span {
    node.entries().next().map_or(node.span, |entry| entry.key_span)
}

/// The members of `keys` that `node` has, in the order of the text.
pub(super) fn among<'k>(node: &Node, keys: &[&'k str]) -> Vec<&'k str> {
    let there = node.entries().filter(|entry| !entry.value.is_null());
    there.filter_map(|entry| keys.iter().copied().find(|key| *key == entry.key)).collect()
}

/// `a`, `b` and `c`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} and `{last}`", first.join(", "))
        }
    }
}

impl Checker<'_> {
    /// Blames member `key`, or the object when it has none.
    pub(super) fn blame(
        &mut self,
        code: Code,
        node: &Node,
        path: &Path<'_>,
        key: &str,
        message: impl Into<String>,
    ) -> &mut Finding {
        match node.get(key) {
            Some(member) => self.report(code, member.span, &path.key(key), message),
            None => self.report(code, head(node), path, message),
        }
    }

    /// Blames the name of member `key`: it must not be there.
    pub(super) fn blame_key(
        &mut self,
        code: Code,
        node: &Node,
        path: &Path<'_>,
        key: &str,
        message: impl Into<String>,
    ) -> &mut Finding {
        let entry = node.as_mapping().and_then(|mapping| mapping.entry(key));
        let span = entry.map_or_else(|| head(node), |entry| entry.key_span);
        self.report(code, span, &path.key(key), message)
    }

    /// Members that are there must say something.
    pub(super) fn not_empty(&mut self, code: Code, node: &Node, path: &Path<'_>, keys: &[&str]) {
        for key in keys {
            if node.get(key).is_some_and(is_empty) {
                self.blame(code, node, path, key, format!("`{key}` is empty"));
            }
        }
    }

    /// Member `key`, when it says something, must be a word of `grammar`; `what` names it in the message.
    pub(super) fn word(
        &mut self,
        code: Code,
        node: &Node,
        path: &Path<'_>,
        key: &str,
        what: &str,
        grammar: impl Fn(&str) -> Verdict,
    ) {
        if let Some(text) = text(node, key)
            && let Err(why) = grammar(text)
        {
            self.blame(code, node, path, key, format!("`{text}` is not a valid {what}: {why}"));
        }
    }

    /// Member `key`, when it is there, must be one of `allowed`.
    pub(super) fn one_of(&mut self, code: Code, node: &Node, path: &Path<'_>, key: &str, allowed: &[&str]) {
        if let Some(text) = node.str_at(key)
            && !allowed.contains(&text)
        {
            let message = format!("`{key}` cannot be `{text}`");
            self.blame(code, node, path, key, message).help(format!("it may be {}", listed_or(allowed)));
        }
    }

    /// Member `key`, when it is there, must lie in `range`.
    pub(super) fn within(
        &mut self,
        code: Code,
        node: &Node,
        path: &Path<'_>,
        key: &str,
        range: std::ops::RangeInclusive<i64>,
    ) {
        if let Some(value) = number(node, key)
            && !range.contains(&value)
        {
            let (low, high) = (range.start(), range.end());
            let message = match (*low, *high) {
                (0, i64::MAX) => format!("`{key}` is {value}; it must not be negative"),
                (low, i64::MAX) => format!("`{key}` is {value}; it must be at least {low}"),
                (low, high) => format!("`{key}` is {value}; it must be from {low} to {high}"),
            };
            self.blame(code, node, path, key, message);
        }
    }

    /// The object must have one of `keys` and no second.
    pub(super) fn exactly_one(&mut self, code: Code, node: &Node, path: &Path<'_>, what: &str, keys: &[&str]) {
        match among(node, keys).as_slice() {
            [] => {
                self.report(code, head(node), path, format!("the {what} says nothing"))
                    .help(format!("set one of {}", listed_or(keys)));
            }
            [_] => {}
            [first, second, ..] => {
                let message = format!("the {what} has both `{first}` and `{second}`; it may have one");
                self.blame_key(code, node, path, second, message);
            }
        }
    }
}

/// `a`, `b` or `c`.
pub(super) fn listed_or(words: &[&str]) -> String {
    listed(words).replacen(" and ", " or ", 1)
}
