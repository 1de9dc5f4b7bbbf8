//! Schemas that refer to themselves without end (CVE-2025-32387), or out of their document (CVE-2025-55199).

use std::collections::HashSet;

use serde_json::Value;

/// How deep schemas may be nested, and references follow each other.
const DEEPEST: usize = 200;

/// Keywords whose schemas judge the same value as the schema that holds them.
pub(super) const ONE: [&str; 4] = ["not", "if", "then", "else"];
pub(super) const MANY: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Refuses references that can never end and those to other documents.
///
/// # Errors
/// What is wrong, as a clause.
pub(super) fn check(schema: &Value) -> Result<(), String> {
    let mut walk = Walk { root: schema, sound: HashSet::new(), within: Vec::new() };
    walk.everywhere(schema, 0)
}

struct Walk<'a> {
    root: &'a Value,
    /// What has been looked through from here on.
    sound: HashSet<*const Value>,
    /// What is being looked through.
    within: Vec<*const Value>,
}

impl<'a> Walk<'a> {
    /// Every schema could be the one that is begun with.
    fn everywhere(&mut self, value: &'a Value, depth: usize) -> Result<(), String> {
        if depth > DEEPEST {
            return Err(format!("it exceeds the limit `schema-depth` of {DEEPEST}"));
        }
        match value {
            Value::Object(entries) => {
                self.same(value)?;
                entries.values().try_for_each(|value| self.everywhere(value, depth + 1))
            }
            Value::Array(items) => items.iter().try_for_each(|value| self.everywhere(value, depth + 1)),
            _ => Ok(()),
        }
    }

    /// All schemas that judge the same value.
    fn same(&mut self, schema: &'a Value) -> Result<(), String> {
        let here = std::ptr::from_ref(schema);
        let Value::Object(entries) = schema else { return Ok(()) };
        if self.sound.contains(&here) {
            return Ok(());
        }
        if self.within.contains(&here) || self.within.len() > DEEPEST {
            return Err("its references go round in a circle".to_owned());
        }
        self.within.push(here);
        if let Some(Value::String(reference)) = entries.get("$ref")
            && let Some(next) = target(self.root, reference)
        {
            self.same(next)?;
        }
        for schema in ONE.into_iter().filter_map(|key| entries.get(key)) {
            self.same(schema)?;
        }
        for schema in MANY.into_iter().filter_map(|key| entries.get(key)?.as_array()).flatten() {
            self.same(schema)?;
        }
        for schema in
            entries.get("dependentSchemas").and_then(Value::as_object).into_iter().flat_map(|map| map.values())
        {
            self.same(schema)?;
        }
        self.within.pop();
        self.sound.insert(here);
        Ok(())
    }
}

/// What a reference means in the document `root`, as far as it is a pointer into it.
pub(super) fn target<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    let pointer = reference.strip_prefix('#')?;
    if pointer.is_empty() { Some(root) } else { root.pointer(&decoded(pointer)) }
}

/// `%24` of a fragment is `$`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
