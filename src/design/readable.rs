//! Keys as Meshery's old canvas displayed them (`image Pull Policy`), back to what they are (`imagePullPolicy`).
//!
//! In 2023 and 2024 Meshery stored configurations with "readable" keys: a space before each word of a camel-case key. The
//! inverse takes the spaces out. It is certain where every space stands between two words as that rule would have
//! written them and the joined key is not there already; all else is left alone. No field of Kubernetes, no label,
//! annotation or key of a ConfigMap can hold a space.

use crate::document::{Entry, Mapping, Node, Text, Value};

/// Restores the keys of `node` and of all below it; `report` hears of each one.
pub fn restore_keys(node: &mut Node, report: &mut dyn FnMut(&Entry, &Text)) {
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|item| restore_keys(item, report)),
        Value::Mapping(mapping) => {
            let joined: Vec<_> = mapping.entries().iter().map(|entry| original(&entry.key, mapping)).collect();
            for (entry, joined) in mapping.entries_mut().iter_mut().zip(joined) {
                if let Some(joined) = joined {
                    report(entry, &joined);
                    entry.key = joined;
                }
                restore_keys(&mut entry.value, report);
            }
        }
        _ => {}
    }
}

fn original(key: &str, siblings: &Mapping) -> Option<Text> {
    // The one readable form that is more than spaces.
    let joined = if key == "CA Bundle" { "caBundle".to_owned() } else { join(key)? };
    // `a B C` and `aB C` would both become `aBC`: then neither is certain.
    let rivals = siblings.entries().iter().filter(|entry| without_spaces(&entry.key) == joined).count();
    (siblings.get(&joined).is_none() && rivals <= 1).then(|| joined.into())
}

fn join(key: &str) -> Option<String> {
    let bytes = key.as_bytes();
    let mut spaces = 0;
    for (at, _) in key.match_indices(' ') {
        let (before, after) = (*bytes.get(at.checked_sub(1)?)?, *bytes.get(at + 1)?);
        // `host IP`, `IP Families`: a word begins with a capital; after a capital, the word goes on in small letters.
        let word_begins = after.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_uppercase() && bytes.get(at + 2).is_some_and(u8::is_ascii_lowercase));
        if !word_begins {
            return None;
        }
        spaces += 1;
    }
    (spaces > 0).then(|| without_spaces(key))
}

fn without_spaces(key: &str) -> String {
    key.replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Limits, Source, read, to_flow_yaml};

    fn check(input: &str, expected: &str) {
        let source = Source::new("test", input);
        let mut node = read(&source, Limits::default()).next().unwrap().unwrap().root;
        restore_keys(&mut node, &mut |_, _| ());
        assert_eq!(to_flow_yaml(&node), expected);
    }

    #[test]
    fn certain_keys_are_restored_and_others_kept() {
        check("{image Pull Policy: a, spec: [{host IP: b}]}", "{imagePullPolicy: a, spec: [{hostIP: b}]}");
        check(
            "{open APIV3Schema: 1, CA Bundle: 2, set Hostname As FQDN: 3}",
            "{openAPIV3Schema: 1, caBundle: 2, setHostnameAsFQDN: 3}",
        );
        check("{sidecar.istio.io/rewrite App HTTP Probers: a}", "{sidecar.istio.io/rewriteAppHTTPProbers: a}");
        check("{my key: 1, a  B: 2, v1 Beta: 3}", "{my key: 1, a  B: 2, v1 Beta: 3}");
        check("{role Ref: 1, roleRef: 2}", "{role Ref: 1, roleRef: 2}");
        check("{aB C: 1, a BC: 2}", "{aB C: 1, a BC: 2}");
    }
}
