//! Values to text: YAML that every reader of Kubernetes' world reads back alike, and JSON.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Node, Number, Value};

/// A document as block-style YAML, ending in a line break.
pub fn to_yaml(node: &Node) -> String {
    let mut text = String::new();
    let options = serde_saphyr::SerializerOptions::default();
    serde_saphyr::to_fmt_writer_with_options(&mut text, node, options).expect("writing to a string cannot fail");
    text
}

/// A document as indented JSON, ending in a line break.
pub fn to_json(node: &Node) -> String {
    let mut text = serde_json::to_string_pretty(node).expect("a node has only string keys");
    text.push('\n');
    text
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(Number::Int(value)) => serializer.serialize_i64(*value),
            Value::Number(Number::UInt(value)) => serializer.serialize_u64(*value),
            Value::Number(Number::Float(value, _)) => serializer.serialize_f64(*value),
            Value::String(text) => serializer.serialize_str(text),
            Value::Sequence(items) => serializer.collect_seq(items),
            Value::Mapping(mapping) => {
                let mut map = serializer.serialize_map(Some(mapping.len()))?;
                for entry in mapping.entries() {
                    map.serialize_entry(entry.key.as_str(), &entry.value)?;
                }
                map.end()
            }
        }
    }
}
