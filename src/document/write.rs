//! Values to text: YAML that every reader of Kubernetes' world reads back alike, and JSON.
//!
//! The YAML is what `kubectl get -o yaml` looks like: block style, sequences at the column of their key, no folded lines.
//! A string stands plain only where YAML 1.1 and 1.2 agree that it is that string; text of several lines is a literal
//! block where no reader could take its white space for structure; all else is quoted. Numbers keep their digits.

use std::{fmt::Write as _, sync::Arc};

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{How, Mapping, Node, Number, Segment, Source, Span, Trace, Value, is_ambiguous};

/// A document as block-style YAML, ending in a line break.
pub fn to_yaml(node: &Node) -> String {
    let mut text = String::new();
    write_yaml(&mut text, node, 0);
    text
}

/// The same, and how the text was made of `source`, whose spans the values of `node` have.
pub fn to_yaml_traced(node: &Node, source: &Arc<Source>) -> (String, Trace) {
    let mut text = String::new();
    let mut trace = Trace::default();
    let mut mark = |made: Span, from: Span| {
        trace.push(Segment { made, source: source.clone(), from, how: How::Made(None) });
    };
    block(&mut Out { text: &mut text, mark: Some(&mut mark) }, node, 0);
    (text, trace)
}

/// Appends `node` in block style as lines indented by `indent` spaces, the last one ended.
pub fn write_yaml(out: &mut String, node: &Node, indent: usize) {
    block(&mut Out { text: out, mark: None }, node, indent);
}

/// Appends `key: value` as an entry of a block mapping whose keys stand at column `indent`; the caller has written what
/// stands before the key.
pub fn write_yaml_entry(out: &mut String, key: &str, value: &Node, indent: usize) {
    block_entry(&mut Out { text: out, mark: None }, key, Span::default(), value, indent);
}

/// Text being written, and who wants to know which bytes of it come from where.
struct Out<'a> {
    text: &'a mut String,
    mark: Option<&'a mut dyn FnMut(Span, Span)>,
}

impl Out<'_> {
    /// Says that what was written since `start` comes from `from`.
    fn mark(&mut self, start: usize, from: Span) {
        if let Some(mark) = &mut self.mark
            && from != Span::default()
        {
            mark(Span::new(start, self.text.len()), from);
        }
    }
}

fn block(out: &mut Out<'_>, node: &Node, indent: usize) {
    match &node.value {
        Value::Mapping(mapping) if !mapping.is_empty() => block_mapping(out, mapping, indent, true),
        Value::Sequence(items) if !items.is_empty() => block_sequence(out, items, indent, true),
        _ => {
            spaces(out.text, indent);
            scalar(out, node, indent);
        }
    }
}

/// `node` on one line in flow style (`{a: 1, b: [x]}`), without a line break.
pub fn to_flow_yaml(node: &Node) -> String {
    let mut text = String::new();
    flow(&mut text, node);
    text
}

/// A document as indented JSON, ending in a line break.
pub fn to_json(node: &Node) -> String {
    let mut text = serde_json::to_string_pretty(node).expect("a node has only string keys");
    text.push('\n');
    text
}

/// Implicit keys end at 1024 characters (YAML 1.2, 7.4); longer ones are written with `?`.
const LONGEST_KEY: usize = 1000;

fn block_mapping(out: &mut Out<'_>, mapping: &Mapping, indent: usize, mut indent_first: bool) {
    for entry in mapping.entries() {
        if indent_first {
            spaces(out.text, indent);
        }
        indent_first = true;
        block_entry(out, &entry.key, entry.key_span, &entry.value, indent);
    }
}

fn block_entry(out: &mut Out<'_>, key: &str, key_span: Span, value: &Node, indent: usize) {
    let start = out.text.len();
    inline_string(out.text, key, false);
    let long = out.text.len() - start > LONGEST_KEY;
    if long {
        out.text.insert_str(start, "? ");
        out.text.push('\n');
        spaces(out.text, indent);
    }
    out.mark(start, key_span);
    out.text.push(':');
    match &value.value {
        Value::Mapping(inner) if !inner.is_empty() => {
            out.text.push('\n');
            block_mapping(out, inner, indent + 2, true);
        }
        Value::Sequence(items) if !items.is_empty() => {
            out.text.push('\n');
            block_sequence(out, items, if long { indent + 2 } else { indent }, true);
        }
        _ => {
            out.text.push(' ');
            scalar(out, value, indent);
        }
    }
}

fn block_sequence(out: &mut Out<'_>, items: &[Node], indent: usize, mut indent_first: bool) {
    for item in items {
        if indent_first {
            spaces(out.text, indent);
        }
        indent_first = true;
        out.text.push_str("- ");
        match &item.value {
            Value::Mapping(mapping) if !mapping.is_empty() => block_mapping(out, mapping, indent + 2, false),
            Value::Sequence(items) if !items.is_empty() => block_sequence(out, items, indent + 2, false),
            _ => scalar(out, item, indent),
        }
    }
}

/// What takes no lines of its own, but for literal blocks (indented deeper than `indent`), with the line break.
fn scalar(out: &mut Out<'_>, node: &Node, indent: usize) {
    let start = out.text.len();
    match &node.value {
        Value::String(text) if fits_literal(text) => {
            literal(out.text, text, indent + 2);
            return out.mark(start, node.span);
        }
        Value::String(text) => inline_string(out.text, text, false),
        _ => flow(out.text, node),
    }
    out.mark(start, node.span);
    out.text.push('\n');
}

fn flow(out: &mut String, node: &Node) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => write!(out, "{number}").expect("writing to a string cannot fail"),
        Value::String(text) => inline_string(out, text, true),
        Value::Sequence(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                flow(out, item);
            }
            out.push(']');
        }
        Value::Mapping(mapping) => {
            out.push('{');
            for (at, entry) in mapping.entries().iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                inline_string(out, &entry.key, true);
                out.push_str(": ");
                flow(out, &entry.value);
            }
            out.push('}');
        }
    }
}

/// Whether a text can stand as a literal block: lines that begin where the block does (a first line of white space would
/// hide the indentation), and nothing that some reader takes for a line break or drops.
fn fits_literal(text: &str) -> bool {
    let body = text.trim_end_matches('\n');
    text.contains('\n')
        && !body.is_empty()
        && !body.starts_with([' ', '\t', '\n'])
        && !body.ends_with([' ', '\t'])
        && text.chars().all(|c| matches!(c, '\n' | '\t') || is_printable(c))
}

fn literal(out: &mut String, text: &str, indent: usize) {
    let body = text.trim_end_matches('\n');
    let breaks = text.len() - body.len();
    out.push_str(match breaks {
        0 => "|-\n",
        1 => "|\n",
        _ => "|+\n",
    });
    for line in body.split('\n') {
        if !line.is_empty() {
            spaces(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
    out.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
}

/// A string on one line: plain, 'single' where that spares escapes, else "double".
fn inline_string(out: &mut String, text: &str, in_flow: bool) {
    if is_plain(text, in_flow) {
        out.push_str(text);
    } else if text.contains(['"', '\\']) && text.chars().all(is_printable) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        double_quoted(out, text);
    }
}

fn double_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        let code = c as u32;
        let written = match c {
            '"' => out.write_str("\\\""),
            '\\' => out.write_str("\\\\"),
            '\n' => out.write_str("\\n"),
            '\t' => out.write_str("\\t"),
            '\r' => out.write_str("\\r"),
            _ if is_printable(c) => out.write_char(c),
            _ if code <= 0xFF => write!(out, "\\x{code:02x}"),
            _ if code <= 0xFFFF => write!(out, "\\u{code:04x}"),
            _ => write!(out, "\\U{code:08x}"),
        };
        written.expect("writing to a string cannot fail");
    }
    out.push('"');
}

/// YAML 1.1's `c-printable` without what it counts among line breaks and without tab and byte order mark.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
        || (c >= '\u{10000}' && c as u32 & 0xFFFE != 0xFFFE)
}

fn is_plain(text: &str, in_flow: bool) -> bool {
    let mut bytes = text.bytes();
    let (first, second) = (bytes.next(), bytes.next());
    let starts_well = match first {
        None => false,
        Some(b'-') => second.is_some_and(|byte| !matches!(byte, b' ' | b',' | b'[' | b']' | b'{' | b'}')),
        // Numbers of YAML 1.1 that go-yaml does not know (`.5_0`), and what looser readers take for one (`.`, `e3`).
        Some(b'.' | b'e' | b'E') if text.len() > 1 || text == "." => {
            !text.bytes().all(|byte| b"0123456789._+-eE".contains(&byte))
        }
        Some(byte) => !b"?:,[]{}#&*!|>'\"%@` ".contains(&byte),
    };
    starts_well
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("---")
        && !text.starts_with("...")
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':']))
        && text.chars().all(is_printable)
        && !is_ambiguous(text)
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(Number::Int(value)) => serializer.serialize_i64(*value),
            Value::Number(Number::UInt(value)) => serializer.serialize_u64(*value),
            // serde_json's numbers of any precision carry the digits through its own serializer.
            Value::Number(Number::Float(value, text)) => match text.parse::<serde_json::Number>() {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_f64(*value),
            },
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Limits, Source, read};

    fn read_back(text: &str) -> Node {
        let source = Source::new("test", text);
        let documents: Vec<_> = read(&source, Limits::default()).collect();
        assert_eq!(documents.len(), 1, "{text:?}");
        let document = documents.into_iter().next().unwrap().unwrap_or_else(|error| panic!("{error:?} in {text:?}"));
        assert!(document.problems.is_empty(), "{text:?}");
        document.root
    }

    fn check(input: &str, expected: &str) {
        let node = read_back(input);
        assert_eq!(to_yaml(&node), expected);
        assert_eq!(read_back(expected), node);
    }

    #[test]
    fn looks_like_kubectl() {
        check(
            r#"{"a": {"b": [1, {"c": 2, "d": [[3, 4], []]}], "e": {}}, "on": "yes", "n": null, "f": 1.50}"#,
            "a:\n  b:\n  - 1\n  - c: 2\n    d:\n    - - 3\n      - 4\n    - []\n  e: {}\n\"on\": \"yes\"\n\"n\": null\nf: 1.50\n",
        );
    }

    #[test]
    fn strings_are_quoted_where_readers_disagree() {
        for (text, expected) in [
            ("nginx:1.25", "nginx:1.25"),
            ("--flag=a,b", "--flag=a,b"),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("key:", "\"key:\""),
            ("*", "\"*\""),
            ("{\"a\": 1}", "'{\"a\": 1}'"),
            ("it's: \\d+", "'it''s: \\d+'"),
            ("0777", "\"0777\""),
            ("1e3", "\"1e3\""),
            ("12:30", "\"12:30\""),
            (".5_0", "\".5_0\""),
            ("2001-01-01", "\"2001-01-01\""),
            ("", "\"\""),
            ("a\tb", "\"a\\tb\""),
            ("\u{1b}[31m", "\"\\x1b[31m\""),
            ("\u{85}\u{2028}\u{feff}", "\"\\x85\\u2028\\ufeff\""),
            ("größe ✓ 🚀", "größe ✓ 🚀"),
            ("- a", "\"- a\""),
            ("---", "\"---\""),
        ] {
            let node = Node::string(text);
            assert_eq!(to_yaml(&node), format!("{expected}\n"));
            assert_eq!(read_back(&to_yaml(&node)), node);
        }
    }

    #[test]
    fn text_of_several_lines_is_a_literal_block_where_that_is_safe() {
        for (text, expected) in [
            ("a\nb\n", "k: |\n  a\n  b\n"),
            ("a\n\n\tb  \n   \nc", "k: |-\n  a\n\n  \tb  \n     \n  c\n"),
            ("a\n\n\n", "k: |+\n  a\n\n\n"),
            ("# a\n---\n", "k: |\n  # a\n  ---\n"),
            (" a\nb", "k: \" a\\nb\"\n"),
            ("\n", "k: \"\\n\"\n"),
            ("a\r\nb\n", "k: \"a\\r\\nb\\n\"\n"),
        ] {
            let node = Node::from(Mapping::from_iter([("k".into(), Node::string(text))]));
            assert_eq!(to_yaml(&node), expected);
            assert_eq!(read_back(expected), node);
        }
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~]{0,12}",
            "[\\PC\\t\\n\\r :#'\"|>{}\\[\\],&*!%@`?.<=~_+0-9eExobyYnN-]{0,12}",
            "[a-z\\n\\t #:-]{0,20}",
            "[-+.0-9_:eExTZ ]{1,10}",
            any::<String>(),
        ]
    }

    fn node() -> impl Strategy<Value = Node> {
        let number = prop_oneof![
            any::<i64>().prop_map(Number::Int),
            (i64::MAX as u64 + 1..=u64::MAX).prop_map(Number::UInt),
            "-?(0|[1-9][0-9]{0,5})\\.[0-9]{1,20}(e[+-]?[0-9]{1,2})?"
                .prop_map(|text| Number::Float(text.parse().unwrap(), text.into())),
        ];
        let leaf = prop_oneof![
            Just(Node::default()),
            any::<bool>().prop_map(Node::from),
            number.prop_map(|number| Node::from(Value::Number(number))),
            text().prop_map(Node::from),
        ];
        leaf.prop_recursive(5, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Node::from),
                prop::collection::vec((text(), inner), 0..5).prop_map(|pairs| Node::from(
                    pairs.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>()
                )),
            ]
        })
    }

    /// Equal, and numbers with the same digits.
    fn assert_same(a: &Node, b: &Node, text: &str) {
        assert_eq!(a, b, "{text:?}");
        assert_eq!(format!("{:?}", digits(a)), format!("{:?}", digits(b)), "{text:?}");
    }

    fn digits(node: &Node) -> Vec<String> {
        match &node.value {
            Value::Number(number) => vec![number.to_string()],
            _ => node.items().chain(node.entries().map(|entry| &entry.value)).flat_map(digits).collect(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn what_is_written_is_read_back(node in node()) {
            let yaml = to_yaml(&node);
            assert_same(&read_back(&yaml), &node, &yaml);
            let line = to_flow_yaml(&node);
            prop_assert!(!line.contains('\n'));
            assert_same(&read_back(&line), &node, &line);
            let json = to_json(&node);
            // serde_json writes an exponent with its sign: other text, the same digits.
            prop_assert_eq!(read_back(&json), node, "{}", json);
        }
    }

    #[test]
    fn long_keys_are_explicit() {
        let key = "k".repeat(1500);
        for value in [
            Node::from(1),
            Node::from(vec![Node::from(1)]),
            Node::from(Mapping::from_iter([("a".into(), Node::from(1))])),
        ] {
            let node = Node::from(Mapping::from_iter([(key.as_str().into(), value), ("b".into(), Node::from(true))]));
            assert_eq!(read_back(&to_yaml(&node)), node);
        }
    }
}
