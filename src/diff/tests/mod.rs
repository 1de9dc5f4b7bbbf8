//! What is and is not a difference.

mod kubernetes;
mod laws;

use std::sync::{Arc, LazyLock};

use super::*;
use crate::{
    design::Origin,
    document::{self, Limits, Source, Text},
    registry::Registry,
};

static KUBERNETES: LazyLock<Registry> =
    LazyLock::new(|| Registry::kubernetes(Registry::LATEST).expect("the newest version is embedded"));

/// The objects of a text, as a design has them.
fn components(yaml: &str) -> Vec<Component> {
    let source = Arc::new(Source::new("a.yaml", yaml));
    let documents = document::read(&source, Limits::default()).map(|document| document.expect("the fixture is sound"));
    documents.filter(|document| !document.root.is_null()).map(|document| component(document.root, &source)).collect()
}

fn component(mut root: Node, source: &Arc<Source>) -> Component {
    let object = root.span;
    let mapping = root.as_mapping_mut().expect("the fixture is an object");
    let mut take = |key: &str| mapping.remove(key).map(|entry| entry.value).unwrap_or_default();
    let (api_version, kind) = (take("apiVersion"), take("kind"));
    let origin = Origin { source: source.clone(), document: 0, object, api_version: api_version.span, kind: kind.span };
    Component {
        id: Default::default(),
        api_version: api_version.as_str().unwrap_or_default().into(),
        kind: kind.as_str().unwrap_or_default().into(),
        display_name: Text::new(),
        configuration: root,
        extra: Mapping::new(),
        origin: Some(origin),
    }
}

fn diff(from: &str, to: &str) -> Report {
    between(&components(from), &components(to), &KUBERNETES, &Options::default())
}

fn json(node: &Option<Node>) -> String {
    node.as_ref().map_or("-".to_owned(), |node| serde_json::to_string(node).expect("a node is JSON"))
}

/// A report as a few lines: `~ Kind namespace/name`, then `path: from → to`.
fn lines(report: &Report) -> String {
    let mut text = String::new();
    for change in &report.components {
        let name = |side: &Side| format!("{}/{}", side.identity.namespace, side.identity.name);
        let sign = match change.kind {
            ChangeKind::Added => "+",
            ChangeKind::Removed => "-",
            ChangeKind::Modified => "~",
            ChangeKind::Renamed => ">",
        };
        let from = change.from.as_ref().filter(|_| change.kind == ChangeKind::Renamed).map(name);
        let from = from.map(|from| format!("{from} > ")).unwrap_or_default();
        let side = change.side();
        text.push_str(&format!("{sign} {} {from}{}\n", side.identity.kind, name(side)));
        for field in &change.fields {
            let order = match &field.kind {
                FieldChangeKind::Reordered { order, .. } => format!(" {order:?}"),
                _ => String::new(),
            };
            let guessed = match field.matched_by() {
                Some(by @ (MatchedBy::GuessedName | MatchedBy::GuessedOrder)) => format!(" ({})", by.name()),
                _ => String::new(),
            };
            text.push_str(&format!("  {}: {} → {}{order}{guessed}\n", field.path, json(&field.from), json(&field.to)));
        }
    }
    text
}

#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    let expected: String =
        expected.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
    assert_eq!(lines(&diff(from, to)), expected);
}

/// The same object with another `spec` on each side.
#[track_caller]
fn check_spec(head: &str, from: &str, to: &str, expected: &str) {
    let object = |spec: &str| format!("{head}\nmetadata: {{name: x}}\nspec: {spec}\n");
    let kind = head.rsplit(' ').next().unwrap_or_default();
    let expected = if expected.is_empty() { String::new() } else { format!("~ {kind} /x\n{expected}\n") };
    check(&object(from), &object(to), &expected);
}

const CUSTOM: &str = "apiVersion: example.com/v1\nkind: Thing";

#[test]
fn objects_come_go_and_change() {
    check(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop}, data: {x: '1'}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: same}}",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: same}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {namespace: shop, name: a}, data: {x: '2', z: '3'}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b}}",
        "- ConfigMap /b
+ Pod /b
~ ConfigMap shop/a
  data.x: \"1\" → \"2\"
  data.z: - → \"3\"",
    );
}

#[test]
fn another_version_of_the_api_is_a_change_of_the_same_object() {
    check(
        "{apiVersion: example.com/v1beta1, kind: Thing, metadata: {name: x}}",
        "{apiVersion: example.com/v1, kind: Thing, metadata: {name: x}}",
        "~ Thing /x\n  apiVersion: \"example.com/v1beta1\" → \"example.com/v1\"",
    );
}

#[test]
fn lists_nobody_described_are_matched_by_name_and_it_is_said() {
    check_spec(
        CUSTOM,
        "{l: [{name: a, v: 1}, {name: b, v: 1}]}",
        "{l: [{name: a, v: 2}, {name: b, v: 1}]}",
        "  spec.l[a].v: 1 → 2 (guessed-name)",
    );
    check_spec(
        CUSTOM,
        "{l: [{name: a}, {name: b}]}",
        "{l: [{name: b}, {name: a}]}",
        "  spec.l: [\"a\",\"b\"] → [\"b\",\"a\"] [1, 0] (guessed-name)",
    );
    check_spec(CUSTOM, "{l: [1, 2, 3]}", "{l: [0, 1, 2, 3]}", "  spec.l[0]: - → 0 (guessed-order)");
    check_spec(CUSTOM, "{l: [1, 2, 3]}", "{l: [1, 3]}", "  spec.l[1]: 2 → - (guessed-order)");
    check_spec(CUSTOM, "{l: []}", "{}", "  spec.l: [] → -");
}

#[test]
fn null_is_absent_and_types_count() {
    check_spec(CUSTOM, "{a: null, b: 1.0, c: x}", "{c: x, b: 1}", "");
    check_spec(CUSTOM, "{a: 80}", "{a: '80'}", "  spec.a: 80 → \"80\"");
    check_spec(CUSTOM, "{a: {b: 1}}", "{a: [1]}", "  spec.a: {\"b\":1} → [1]");
}

#[test]
fn secrets_are_compared_by_content_and_never_shown() {
    let secret = |body: &str| format!("{{apiVersion: v1, kind: Secret, metadata: {{name: s}}, {body}}}");
    check(&secret("stringData: {password: foobar}"), &secret("data: {password: Zm9vYmFy}"), "");
    let from = secret("data: {password: Zm9vYmFy, gone: Zm9v, same: Zg==}");
    let to = secret("data: {password: Zm9vYmE=, same: Zg==}, stringData: {new: canary}");
    check(
        &from,
        &to,
        "~ Secret /s
  data.password: \"***** (before)\" → \"***** (after)\"
  data.gone: \"*****\" → -
  data.new: - → \"*****\"",
    );
    let everything =
        format!("{:?}", (diff(&from, &to).components, diff("", &to).components, diff(&from, "").components));
    for hidden in ["Zm9v", "Zg==", "Y2FuYXJ5"] {
        // The source's text is what the user gave; everything else must not hold a value.
        let without_source =
            everything.split("text: ").map(|part| part.split_once("line_starts").map_or(part, |(_, rest)| rest));
        assert!(!without_source.collect::<String>().contains(hidden), "{hidden}");
    }
}

#[test]
fn applied_configuration_of_a_secret_is_a_secret() {
    let secret = |value: &str| {
        format!(
            "{{apiVersion: v1, kind: Secret, metadata: {{name: s, annotations: {{kubectl.kubernetes.io/last-applied-configuration: '{value}'}}}}}}"
        )
    };
    check(
        &secret("a"),
        &secret("b"),
        "~ Secret /s\n  metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]: \"***** (before)\" → \"***** (after)\"",
    );
    check(
        "{apiVersion: v1, kind: Secret, metadata: {name: s}}",
        &secret("b"),
        "~ Secret /s\n  metadata.annotations: - → {\"kubectl.kubernetes.io/last-applied-configuration\":\"*****\"}",
    );
}

#[test]
fn renames_are_recognised() {
    let thing = |name: &str, version: &str| {
        format!(
            "{{apiVersion: example.com/v1, kind: Thing, metadata: {{name: {name}, labels: {{app: {name}}}}}, spec: {{a: 1, b: 2, c: 3, d: 4, e: {version}}}}}"
        )
    };
    check(
        &thing("old", "5"),
        &thing("new", "5"),
        "> Thing /old > /new\n  metadata.name: \"old\" → \"new\"\n  metadata.labels.app: \"old\" → \"new\"",
    );
    check(
        &thing("old", "5"),
        &thing("new", "6"),
        "> Thing /old > /new\n  metadata.name: \"old\" → \"new\"\n  metadata.labels.app: \"old\" → \"new\"\n  spec.e: 5 → 6",
    );
    check(
        "{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: {a: 1, b: 2, c: 3, d: 4}}",
        "{apiVersion: example.com/v1, kind: Thing, metadata: {name: b}, spec: {a: 1, b: 2, c: 4, d: 5}}",
        "- Thing /a\n+ Thing /b",
    );
    // Two that are equally alike: nobody can tell which is which.
    let two = format!("{}\n---\n{}", thing("one", "5"), thing("two", "5"));
    let others = format!("{}\n---\n{}", thing("three", "5"), thing("four", "5"));
    assert_eq!(diff(&two, &others).count(ChangeKind::Added), 2);
}

#[test]
fn generated_names_are_recognised_by_their_stem() {
    let map = |name: &str, value: &str| {
        format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}, data: {{a: '{value}'}}}}")
    };
    check(
        &map("settings-5h2dk7t9g6", "1"),
        &map("settings-82m6f4c7bk", "2"),
        "> ConfigMap /settings-5h2dk7t9g6 > /settings-82m6f4c7bk
  metadata.name: \"settings-5h2dk7t9g6\" → \"settings-82m6f4c7bk\"
  data.a: \"1\" → \"2\"",
    );
    check(
        &map("settings-production", "1"),
        &map("settings-test", "2"),
        "- ConfigMap /settings-production\n+ ConfigMap /settings-test",
    );
}

#[test]
fn ignored_fields_are_counted() {
    let options = Options {
        ignore: vec!["metadata.labels[helm.sh/*]".parse().unwrap(), "Other:spec".parse().unwrap()],
        ..Options::default()
    };
    let (from, to) = (
        components("{apiVersion: example.com/v1, kind: Thing, metadata: {name: x}, spec: 1}"),
        components(
            "{apiVersion: example.com/v1, kind: Thing, metadata: {name: x, labels: {helm.sh/chart: a, app: b}}, spec: 2}",
        ),
    );
    let report = between(&from, &to, &KUBERNETES, &options);
    assert_eq!(lines(&report), "~ Thing /x\n  metadata.labels.app: - → \"b\"\n  spec: 1 → 2\n");
    assert_eq!(report.ignored, 1);
}

#[test]
fn duplicates_of_one_identity_are_paired_by_content() {
    let one = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: '1'}}";
    let two = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: '2'}}";
    check(&format!("{one}\n---\n{two}"), &format!("{two}\n---\n{one}"), "");
}

#[test]
fn changes_say_where_they_stand() {
    let report = diff(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: '1'\n",
        "# moved\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: '2'\n",
    );
    let change = &report.components[0];
    let field = &change.fields[0];
    let position = |side: &Option<Side>, node: &Option<Node>| {
        let (side, node) = (side.as_ref().unwrap(), node.as_ref().unwrap());
        side.position_of(node.span).map(|(_, at)| (at.line, at.column))
    };
    assert_eq!(position(&change.from, &field.from), Some((6, 6)));
    assert_eq!(position(&change.to, &field.to), Some((7, 6)));
    assert_eq!(
        change.side().position().map(|(source, at)| (source.name().to_owned(), at.line)),
        Some(("a.yaml".into(), 2))
    );
    assert_eq!(field.path.pointer_to().as_deref(), Some("/data/a"));
}
