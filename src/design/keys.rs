//! Keys as a design means them.
//!
//! The document room reads as Kubernetes does, for which the unquoted words `y`, `n`, `on` and the like are booleans, keys too.
//! Meshery reads its designs by the rules of YAML 1.2, where they are words: `position: {x: 1, y: 2}` is a place.

use crate::document::{Node, Source, Value};

/// Gives keys that were taken for booleans the words that stand in the text.
pub fn keys_as_written(node: &mut Node, source: &Source) {
    match &mut node.value {
        Value::Mapping(mapping) => {
            for entry in mapping.entries_mut() {
                if matches!(entry.key.as_str(), "true" | "false") {
                    let written = source.slice(entry.key_span);
                    if is_word(written) {
                        entry.key = written.into();
                    }
                }
                keys_as_written(&mut entry.value, source);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| keys_as_written(item, source)),
        _ => {}
    }
}

/// Whether YAML 1.1 alone takes a word for a boolean.
fn is_word(text: &str) -> bool {
    const WORDS: [&str; 6] = ["y", "yes", "on", "n", "no", "off"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Limits};

    #[test]
    fn words_stay_words() {
        let check = |text: &str, expected: &str| {
            let source = Source::new("a", text);
            let mut root = document::read(&source, Limits::default()).next().unwrap().unwrap().root;
            keys_as_written(&mut root, &source);
            assert_eq!(document::to_flow_yaml(&root), expected, "{text}");
        };
        check("position: {x: 1, y: 2}", r#"{position: {x: 1, "y": 2}}"#);
        check("- {n: 1, on: {Yes: 2}}", r#"[{"n": 1, "on": {"Yes": 2}}]"#);
        check("a: &a {y: 1}\nb: *a\nc: {<<: *a}", r#"{a: {"y": 1}, b: {"y": 1}, c: {"y": 1}}"#);
        check("{true: 1, 'y': 2, \"false\": 3}", r#"{"true": 1, "y": 2, "false": 3}"#);
    }
}
