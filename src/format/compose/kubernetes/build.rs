//! Putting objects together from values that keep their places.

use crate::document::{Entry, Mapping, Node, Number, Span, Text, Value};

/// A mapping in the making. Keys stand where their values do.
#[derive(Debug, Default)]
pub(super) struct Object {
    mapping: Mapping,
}

impl Object {
    pub(super) fn set(&mut self, key: &str, value: Node) -> &mut Object {
        self.mapping.remove(key);
        self.mapping.push(Entry { key: key.into(), key_span: value.span, value });
        self
    }

    pub(super) fn with(mut self, key: &str, value: Node) -> Object {
        self.set(key, value);
        self
    }

    /// Sets `key` unless there is nothing in `value`.
    pub(super) fn fill(&mut self, key: &str, value: Object) {
        if !value.mapping.is_empty() {
            self.set(key, value.node());
        }
    }

    pub(super) fn fill_list(&mut self, key: &str, items: Vec<Node>) {
        if !items.is_empty() {
            self.set(key, list(items));
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.mapping.get(key).is_some()
    }

    /// The members named in `order` first, in that order.
    pub(super) fn in_order(self, order: &[&str]) -> Object {
        let mut entries = self.mapping.into_entries();
        entries.sort_by_key(|entry| order.iter().position(|key| entry.key == *key).unwrap_or(order.len()));
        let mut mapping = Mapping::with_capacity(entries.len());
        entries.into_iter().for_each(|entry| mapping.push(entry));
        Object { mapping }
    }

    pub(super) fn copy(&self) -> Object {
        Object { mapping: self.mapping.clone() }
    }

    pub(super) fn node(self) -> Node {
        let span = self.mapping.entries().first().map_or(Span::default(), |entry| entry.key_span);
        Node::new(Value::Mapping(self.mapping), span)
    }
}

pub(super) fn list(items: Vec<Node>) -> Node {
    let span = items.first().map_or(Span::default(), |item| item.span);
    Node::new(Value::Sequence(items), span)
}

pub(super) fn text(text: impl Into<Text>, span: Span) -> Node {
    Node::new(Value::String(text.into()), span)
}

pub(super) fn int(value: i64, span: Span) -> Node {
    Node::new(Value::Number(Number::Int(value)), span)
}

pub(super) fn flag(value: bool, span: Span) -> Node {
    Node::new(Value::Bool(value), span)
}

/// Kubernetes replaces `$(NAME)` and `$$` in commands and variables; what is meant literally gets a second `$`.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        out.push(c);
        if c == '$' && matches!(characters.peek(), Some('$' | '(')) {
            out.push('$');
        }
    }
    out
}

/// A number of bytes as a quantity: `64Mi`.
pub(super) fn size(bytes: i64) -> String {
    const UNITS: [&str; 5] = ["", "Ki", "Mi", "Gi", "Ti"];
    let (mut amount, mut unit) = (bytes, 0);
    while amount != 0 && amount % 1024 == 0 && unit + 1 < UNITS.len() {
        amount /= 1024;
        unit += 1;
    }
    format!("{amount}{}", UNITS[unit])
}

/// A number of CPUs as a quantity: `500m`, `2`; at least a thousandth.
pub(super) fn cpus(amount: f64) -> String {
    let milli = (amount * 1000.0).round().clamp(1.0, 1e12) as i64;
    if milli % 1000 == 0 { (milli / 1000).to_string() } else { format!("{milli}m") }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(super) fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit)) & 63;
            out.push(if digit > chunk.len() { '=' } else { char::from(BASE64[index as usize]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_kubernetes() {
        assert_eq!([size(52428800), size(1000), size(0), size(1 << 30)], ["50Mi", "1000", "0", "1Gi"]);
        assert_eq!([cpus(0.5), cpus(2.0), cpus(0.0001), cpus(0.25)], ["500m", "2", "1m", "250m"]);
        assert_eq!(["", "f", "fo", "foo"].map(|text| base64(text.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v"]);
        assert_eq!(["$A $(B) $$ $", "$$("].map(literal), ["$A $$(B) $$$ $", "$$$$("]);
    }
}
