//! The laws that hold whatever the input.

use proptest::prelude::*;

use super::*;
use crate::document::{Entry, Number};

fn scalar() -> impl Strategy<Value = Node> {
    prop_oneof![
        Just(Node::default()),
        any::<bool>().prop_map(Node::from),
        (-3i64..3).prop_map(Node::from),
        "[a-c]{0,2}".prop_map(Node::from),
        Just(Node::from(Value::Number(Number::Float(1.5, "1.5".into())))),
    ]
}

/// Values in which names, places and nesting meet often.
fn value() -> impl Strategy<Value = Node> {
    scalar().prop_recursive(4, 40, 5, |inner| {
        let named = ("[a-d]", inner.clone()).prop_map(|(name, value)| {
            Node::from(Mapping::from_iter([("name".into(), Node::from(name)), ("value".into(), value)]))
        });
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Node::from),
            prop::collection::vec(named, 0..5).prop_map(Node::from),
            prop::collection::vec(("[a-e]", inner), 0..5).prop_map(|members| Node::from(
                members.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>()
            )),
        ]
    })
}

/// A list of objects; every second kind is one that the registry knows.
fn design() -> impl Strategy<Value = Vec<Component>> {
    let known = prop::sample::select(vec![
        ("example.com/v1", "Thing"),
        ("v1", "ConfigMap"),
        ("v1", "Secret"),
        ("apps/v1", "Deployment"),
        ("v1", "Service"),
    ]);
    let object = (known, "[a-c]", prop::option::of("[mn]"), value(), value()).prop_map(
        |((version, kind), name, namespace, spec, data)| {
            let mut metadata = Mapping::from_iter([("name".into(), Node::from(name))]);
            if let Some(namespace) = namespace {
                metadata.insert("namespace", Node::from(namespace));
            }
            let root = Mapping::from_iter([
                ("apiVersion".into(), Node::from(version)),
                ("kind".into(), Node::from(kind)),
                ("metadata".into(), Node::from(metadata)),
                ("spec".into(), spec),
                ("data".into(), data),
            ]);
            component(Node::from(root), &Arc::new(Source::new("a", "")))
        },
    );
    prop::collection::vec(object, 0..6)
}

/// The same value with the members of every mapping in another order.
fn shuffled(node: &Node) -> Node {
    match &node.value {
        Value::Mapping(mapping) => {
            let mut entries: Vec<&Entry> = mapping.entries().iter().collect();
            entries.reverse();
            entries.sort_by_key(|entry| entry.key.len() % 2);
            Node::from(
                entries.into_iter().map(|entry| (entry.key.clone(), shuffled(&entry.value))).collect::<Mapping>(),
            )
        }
        Value::Sequence(items) => Node::from(items.iter().map(shuffled).collect::<Vec<_>>()),
        _ => node.clone(),
    }
}

/// Values with nothing that counts as absent, members in one order: what two equal values share.
fn canonical(node: &Node) -> Node {
    match &node.value {
        Value::Mapping(mapping) => {
            let mut entries: Vec<&Entry> = mapping.entries().iter().filter(|entry| !entry.value.is_null()).collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            Node::from(
                entries.into_iter().map(|entry| (entry.key.clone(), canonical(&entry.value))).collect::<Mapping>(),
            )
        }
        Value::Sequence(items) => Node::from(items.iter().map(canonical).collect::<Vec<_>>()),
        _ => node.clone(),
    }
}

/// What a report says, order of fields aside: `(object, path, from, to)`.
fn said(report: &Report, swapped: bool) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for change in &report.components {
        let (from, to) = if swapped { (&change.to, &change.from) } else { (&change.from, &change.to) };
        let object = |side: &Option<Side>| side.as_ref().map(|side| format!("{:?}", side.identity));
        said.push(format!("{:?} {:?}", object(from), object(to)));
        for field in change.fields.iter().filter(|field| !field.masked) {
            let (from, to) = if swapped { (&field.to, &field.from) } else { (&field.from, &field.to) };
            said.push(format!(
                "{:?} {} {}",
                object(if swapped { &change.from } else { &change.to }),
                json(from),
                json(to)
            ));
        }
    }
    said.sort();
    said
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(design in design()) {
        let mut other: Vec<Component> = design.iter().rev().cloned().collect();
        for component in &mut other {
            component.configuration = shuffled(&component.configuration);
        }
        let report = between(&design, &other, &KUBERNETES, &Options::default());
        prop_assert_eq!(lines(&report), "");
        prop_assert_eq!(report.unchanged, design.len());
    }

    #[test]
    fn swapping_the_sides_swaps_the_answer(from in design(), to in design()) {
        let forth = between(&from, &to, &KUBERNETES, &Options::default());
        let back = between(&to, &from, &KUBERNETES, &Options::default());
        for (kind, opposite) in [
            (ChangeKind::Added, ChangeKind::Removed),
            (ChangeKind::Removed, ChangeKind::Added),
            (ChangeKind::Modified, ChangeKind::Modified),
            (ChangeKind::Renamed, ChangeKind::Renamed),
        ] {
            prop_assert_eq!(forth.count(kind), back.count(opposite));
        }
        let total = forth.unchanged + forth.components.len() + forth.count(ChangeKind::Modified) + forth.count(ChangeKind::Renamed);
        prop_assert_eq!(total + forth.unchanged, from.len() + to.len(), "every object is counted once");
    }

    #[test]
    fn changes_made_to_the_older_value_give_the_newer_one(from in value(), to in value()) {
        let object = |spec: &Node| {
            let root = Mapping::from_iter([("apiVersion".into(), Node::from("example.com/v1")), ("kind".into(), Node::from("Thing")), ("spec".into(), spec.clone())]);
            component(Node::from(root), &Arc::new(Source::new("a", "")))
        };
        let (from, to) = (object(&from), object(&to));
        let report = between(std::slice::from_ref(&from), std::slice::from_ref(&to), &KUBERNETES, &Options::default());
        let fields = report.components.first().map(|change| change.fields.as_slice()).unwrap_or_default();
        let applied = apply(fields, &from.configuration);
        prop_assert_eq!(canonical(&applied), canonical(&to.configuration));
        let back = between(std::slice::from_ref(&to), std::slice::from_ref(&from), &KUBERNETES, &Options::default());
        prop_assert_eq!(said(&report, false), said(&back, true));
        prop_assert_eq!(report.is_empty(), canonical(&from.configuration) == canonical(&to.configuration));
    }

    #[test]
    fn what_is_applied_no_longer_differs(from in design(), to in design()) {
        let report = between(&from, &to, &KUBERNETES, &Options::default());
        for change in report.components.iter().filter(|change| change.kind == ChangeKind::Modified) {
            let side = change.to.as_ref().expect("a modified object has both sides");
            let applied = change.after().expect("a modified object has both sides");
            let source = Arc::new(Source::new("a", ""));
            let (applied, wanted) = (component(applied, &source), component(side.object.clone(), &source));
            let kinds = (applied.kind == "Secret").then_some(());
            if kinds.is_none() {
                let again = between(&[applied], &[wanted], &KUBERNETES, &Options::default());
                prop_assert_eq!(lines(&again), "");
            }
        }
    }
}
