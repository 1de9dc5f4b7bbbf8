//! The hash that a generated object's name ends with, the same as kustomize's.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::resource::{Resource, scalar};
use crate::document::{Node, Value};

/// Ten characters of the SHA-256 of what the object holds, in an alphabet that makes no words.
pub(super) fn hash(resource: &Resource) -> String {
    let node = &resource.node;
    let data = node.field("data").map_or_else(|| text(""), to_json);
    // In the order of their names; kustomize looks for a member `metadata/name`, and finds none.
    let mut members = vec![("data", data), ("kind", text(resource.kind())), ("name", text(""))];
    let object = |name| node.field(name).filter(|node| node.as_mapping().is_some()).map(to_json);
    if resource.kind() == "Secret" {
        members.extend(object("stringData").map(|json| ("stringData", json)));
        members.push(("type", text(&node.field("type").and_then(scalar).unwrap_or_default())));
    } else if let Some(json) = object("binaryData") {
        members.insert(0, ("binaryData", json));
    }
    let members: Vec<String> = members.into_iter().map(|(name, json)| format!("\"{name}\":{json}")).collect();
    encode(format!("{{{}}}", members.join(",")).as_bytes())
}

fn encode(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in &Sha256::digest(bytes)[..5] {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    let other = |c| match c {
        '0' => 'g',
        '1' => 'h',
        '3' => 'k',
        'a' => 'm',
        'e' => 't',
        c => c,
    };
    hex.chars().map(other).collect()
}

/// JSON as Go's encoder writes it: sorted members, `<`, `>` and `&` escaped.
pub(super) fn to_json(node: &Node) -> String {
    let mut json = String::new();
    write(&mut json, node);
    json
}

fn write(json: &mut String, node: &Node) {
    match &node.value {
        Value::Null => json.push_str("null"),
        Value::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => json.push_str(&number.to_string()),
        Value::String(value) => json.push_str(&text(value)),
        Value::Sequence(items) => {
            json.push('[');
            for (at, item) in items.iter().enumerate() {
                json.push_str(if at == 0 { "" } else { "," });
                write(json, item);
            }
            json.push(']');
        }
        Value::Mapping(mapping) => {
            let mut entries: Vec<_> = mapping.entries().iter().collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            json.push('{');
            for (at, entry) in entries.into_iter().enumerate() {
                json.push_str(if at == 0 { "" } else { "," });
                json.push_str(&text(&entry.key));
                json.push(':');
                write(json, &entry.value);
            }
            json.push('}');
        }
    }
}

fn text(value: &str) -> String {
    let mut json = String::with_capacity(value.len() + 2);
    json.push('"');
    for c in value.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(json, "\\u{:04x}", c as u32);
            }
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Limits, Source, read};

    /// The expected hashes are those of kustomize's own tests.
    #[test]
    fn hashes_are_those_of_kustomize() {
        for (object, expected) in [
            ("{apiVersion: v1, kind: ConfigMap}", "6ct58987ht"),
            ("{apiVersion: v1, kind: ConfigMap, data: {one: ''}}", "9g67k2htb6"),
            ("{apiVersion: v1, kind: ConfigMap, data: {two: 2, one: '', three: 3}}", "7757f9kkct"),
            ("{apiVersion: v1, kind: ConfigMap, data: {one: ''}, binaryData: {two: ''}}", "698h7c7t9m"),
            ("{apiVersion: v1, kind: Secret, type: my-type}", "5gmgkf8578"),
            ("{apiVersion: v1, kind: Secret, type: my-type, data: {one: ''}}", "74bd68bm66"),
        ] {
            let root = read(&Source::new("", object), Limits::default()).next().expect("one").expect("valid").root;
            assert_eq!(hash(&Resource::new(root)), expected, "{object}");
        }
    }
}
