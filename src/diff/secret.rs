//! Values of Secrets: compared by content, never shown.

use std::borrow::Cow;

use crate::{
    design::Component,
    document::{Entry, Mapping, Node, Text, Value},
};

use super::{FieldChange, FieldChangeKind, Step};

/// What stands for a value that is not shown.
pub const MASK: &str = "*****";
/// What stands for the older and the newer one of two different values.
pub const MASKED_FROM: &str = "***** (before)";
pub const MASKED_TO: &str = "***** (after)";

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

pub(super) fn is_secret(component: &Component) -> bool {
    // Whatever the API group: a custom kind of this name is no less likely to hold secrets.
    component.kind == "Secret"
}

/// The object as the API server stores it: `stringData` is written into `data`, over what stands there
/// (<https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data>).
pub(super) fn stored(component: &Component) -> Cow<'_, Node> {
    let configuration = &component.configuration;
    let Some(plain) = configuration.field("stringData").and_then(Node::as_mapping) else {
        return Cow::Borrowed(configuration);
    };
    if !is_secret(component) {
        return Cow::Borrowed(configuration);
    }
    let mut stored = configuration.clone();
    let Some(object) = stored.as_mapping_mut() else { return Cow::Borrowed(configuration) };
    let place = object.remove("stringData").map(|entry| entry.value.span).unwrap_or_default();
    let mut data = match object.get("data").map(|node| &node.value) {
        Some(Value::Mapping(data)) => data.clone(),
        _ => Mapping::new(),
    };
    for entry in plain.entries() {
        let Some(text) = entry.value.as_str() else {
            data.insert(entry.key.clone(), entry.value.clone());
            continue;
        };
        data.insert(entry.key.clone(), Node::new(Value::String(base64(text.as_bytes())), entry.value.span));
    }
    object.insert("data", Node::new(Value::Mapping(data), place));
    Cow::Owned(stored)
}

/// Masks what the object of a Secret must not tell.
pub(super) fn mask_object(object: &mut Mapping) {
    for key in ["data", "stringData"] {
        if let Some(node) = object.get_mut(key) {
            mask(node, MASK);
        }
    }
    if let Some(node) = object
        .get_mut("metadata")
        .and_then(Node::as_mapping_mut)
        .and_then(|metadata| metadata.get_mut("annotations"))
        .and_then(Node::as_mapping_mut)
        .and_then(|annotations| annotations.get_mut(LAST_APPLIED))
    {
        mask(node, MASK);
    }
}

/// Masks what a change of a Secret must not tell.
pub(super) fn mask_change(change: &mut FieldChange) {
    let (from, to) = match change.kind {
        FieldChangeKind::Modified => (MASKED_FROM, MASKED_TO),
        _ => (MASK, MASK),
    };
    for (node, text) in [(&mut change.from, from), (&mut change.to, to)] {
        if let Some(node) = node {
            change.masked |= mask_below(node, &change.path.0, text);
        }
    }
}

/// Masks the secret part of the value that stands at `path`; tells whether there is one.
fn mask_below(node: &mut Node, path: &[Step], text: &str) -> bool {
    let keys: Vec<&str> = path
        .iter()
        .map_while(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        })
        .collect();
    match keys.as_slice() {
        ["data" | "stringData", ..] | ["metadata", "annotations", LAST_APPLIED, ..] => {
            mask(node, text);
            true
        }
        ["metadata", "annotations"] => mask_member(node, &[LAST_APPLIED], text),
        ["metadata"] => mask_member(node, &["annotations", LAST_APPLIED], text),
        _ => false,
    }
}

fn mask_member(node: &mut Node, keys: &[&str], text: &str) -> bool {
    let member = keys.iter().try_fold(node, |node, key| node.as_mapping_mut()?.get_mut(key));
    member.map(|member| mask(member, text)).is_some()
}

/// Masks every value below `node`; names of members stay.
fn mask(node: &mut Node, text: &str) {
    match &mut node.value {
        Value::Mapping(mapping) => mapping.entries_mut().iter_mut().for_each(|Entry { value, .. }| mask(value, text)),
        Value::Sequence(items) => items.iter_mut().for_each(|item| mask(item, text)),
        Value::Null => {}
        value => *value = Value::String(text.into()),
    }
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> Text {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 4648, section 10.
    #[test]
    fn base64_is_the_rfcs() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
