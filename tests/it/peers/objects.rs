//! Kubernetes objects by what they are, and what two lots of them differ in.

use std::{collections::BTreeMap, sync::Arc};

use mesheryctl::document::{Limits, Source, read};
use serde_json::Value;

/// Objects by API version, kind, namespace and name; two may have one identity.
#[derive(Debug, Default)]
pub(super) struct Objects(BTreeMap<[String; 4], Vec<Value>>);

impl Objects {
    /// All objects of a text of manifests; items of lists count each.
    pub(super) fn of(text: &[u8]) -> Objects {
        let source = Source::from_bytes("objects", text.to_vec()).expect("manifests are UTF-8");
        let mut objects = Objects::default();
        for document in read(&Arc::new(source), Limits::default()) {
            let root = document.unwrap_or_else(|error| panic!("manifests are YAML: {:?}", error.kind)).root;
            objects.add(serde_json::to_value(&root).expect("a value"));
        }
        objects
    }

    fn add(&mut self, object: Value) {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = text(object.get("kind"));
        if let (true, Some(Value::Array(items))) = (kind.ends_with("List"), object.get("items")) {
            return items.iter().cloned().for_each(|item| self.add(item));
        }
        if object.get("apiVersion").is_none() || kind.is_empty() {
            return;
        }
        let metadata = |key: &str| object.get("metadata").and_then(|it| it.get(key));
        let name = text(metadata("name").or(metadata("generateName")));
        let identity = [text(object.get("apiVersion")), kind, text(metadata("namespace")), name];
        self.0.entry(identity).or_default().push(object);
    }

    pub(super) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// What `ours` has otherwise, a line each. `again` is what the real program gave on a second run: strings that
    /// differ between its two runs are random, and any string will do for them.
    pub(super) fn differences(&self, again: &Objects, ours: &Objects) -> Vec<String> {
        let mut said = Vec::new();
        for (identity, objects) in &self.0 {
            let known = Value::from(objects.clone());
            let second = again.0.get(identity).map_or_else(|| known.clone(), |objects| Value::from(objects.clone()));
            match ours.0.get(identity) {
                None => said.push(format!("{identity:?} is missing")),
                Some(ours) => {
                    compare(
                        &known,
                        &second,
                        &ours.clone().into(),
                        &format!("{} {}", identity[1], identity[3]),
                        &mut said,
                    );
                }
            }
        }
        let more = ours.0.keys().filter(|identity| !self.0.contains_key(*identity));
        said.extend(more.map(|identity| format!("{identity:?} is there in ours only")));
        said
    }
}

/// Adds a line for each place where `ours` is not `real`.
pub(super) fn compare(real: &Value, again: &Value, ours: &Value, path: &str, said: &mut Vec<String>) {
    match (real, ours) {
        (Value::Object(real), Value::Object(ours)) => {
            for key in real.keys().chain(ours.keys().filter(|key| !real.contains_key(*key))) {
                let of = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                let second = again.as_object().map(of).unwrap_or_default();
                compare(&of(real), &second, &of(ours), &format!("{path}.{key}"), said);
            }
        }
        (Value::Array(real), Value::Array(ours)) if real.len() == ours.len() => {
            for (index, (real, ours)) in real.iter().zip(ours).enumerate() {
                let second = again.get(index).unwrap_or(&Value::Null);
                compare(real, second, ours, &format!("{path}[{index}]"), said);
            }
        }
        (Value::String(first), Value::String(_)) if again.as_str().is_some_and(|again| again != first) => {}
        (Value::Number(real), Value::Number(ours)) if real.as_f64() == ours.as_f64() => {}
        _ if real == ours || is_nothing(real) && is_nothing(ours) => {}
        _ => said.push(format!("{path}: {} | {}", short(real), short(ours))),
    }
}

/// Absent, null and empty: the same to an API server.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(map) => map.values().all(is_nothing),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(120).collect()
}
