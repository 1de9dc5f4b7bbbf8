//! Each folder below `fixtures/formats/FORMAT` holds an `input.yaml`, the design it becomes, the manifest that becomes
//! of the design, and what is said of it all. `UPDATE=1` writes the last three.

use std::{fmt::Write as _, fs, path::Path};

use proptest::prelude::*;

use super::*;
use crate::document::to_yaml;

fn read_text(name: &str, text: &str) -> Read {
    let kinds = |kind: &str| {
        let known = |api_version: &str, namespaced| Known { api_version: api_version.into(), namespaced };
        match kind {
            "Deployment" => Some(known("apps/v1", true)),
            "Namespace" => Some(known("v1", false)),
            _ => None,
        }
    };
    read_source(&Arc::new(Source::new(name, text)), Limits::default(), &kinds)
}

fn report(read: &Read) -> String {
    let mut out =
        format!("found {}: {} components, {} skipped\n", read.found, read.components.len(), read.skipped.len());
    let mut line = |place: &Place, text: &dyn std::fmt::Display| {
        let at = place.source.position(place.span.start);
        writeln!(out, "{}:{} (document {}): {text}", at.line, at.column, place.document).unwrap();
    };
    read.skipped.iter().for_each(|skipped| line(&skipped.place, &skipped.reason));
    read.notes.iter().for_each(|note| line(&note.place, &note.change));
    read.problems.iter().for_each(|(place, error)| line(place, &error.kind));
    out
}

#[test]
fn fixtures_become_what_stands_beside_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let mut cases = 0;
    for format in fs::read_dir(root).unwrap() {
        for case in fs::read_dir(format.unwrap().path()).unwrap() {
            let case = case.unwrap().path();
            // Those of formats of several files have tests of their own.
            if !case.join("input.yaml").is_file() {
                continue;
            }
            cases += 1;
            let read = read_text("input.yaml", &fs::read_to_string(case.join("input.yaml")).unwrap());
            assert_eq!(read.found, read.components.len() + read.skipped.len(), "{case:?}");
            let mut said = report(&read);
            let design = read.into_design(None, "fixture");
            let export = export(&design.components);
            for left_out in &export.left_out {
                writeln!(said, "left out {}: {}", left_out.component.display_name, left_out.why).unwrap();
            }
            for (name, _) in export.to_files() {
                writeln!(said, "file {name}").unwrap();
            }
            let written = design::to_yaml(&design);
            for (file, text) in [("design.yaml", &written), ("manifest.yaml", &export.to_yaml()), ("said.txt", &said)] {
                let path = case.join(file);
                if std::env::var_os("UPDATE").is_some() {
                    fs::write(&path, text).unwrap();
                }
                assert_eq!(*text, fs::read_to_string(&path).unwrap(), "{path:?}");
            }
            assert_stable(&design);
        }
    }
    assert!(cases >= 8);
}

/// What is written is read as the same design, and written the same.
fn assert_stable(design: &Design) {
    let written = design::to_yaml(design);
    let again = read_text("design.yaml", &written);
    assert!(again.problems.is_empty());
    let again = again.into_design(None, "");
    assert_eq!(design::to_yaml(&again), written);
    assert_eq!(objects(&again.components), objects(&design.components));
    let from_json = read_text("design.json", &design::to_json(design)).into_design(None, "");
    assert_eq!(design::to_yaml(&from_json), written);
}

fn objects(components: &[Component]) -> Vec<Node> {
    export(components).components.into_iter().map(Component::to_object).collect()
}

#[test]
fn origins_point_into_the_text() {
    let text = "kind: List\nitems:\n- {kind: Pod, apiVersion: v1}\n---\napiVersion: apps/v1\nkind: Deployment\n";
    let read = read_text("a.yaml", text);
    let said: Vec<_> = read
        .components
        .iter()
        .map(|component| {
            let origin = component.origin.as_ref().unwrap();
            let slice = |span| origin.source.slice(span);
            (origin.document, slice(origin.api_version), slice(origin.kind), slice(origin.object).len())
        })
        .collect();
    assert_eq!(said, [(0, "v1", "Pod", 27), (1, "apps/v1", "Deployment", 36)]);
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z][a-z0-9.-]{0,8}", "[ -~]{1,12}", any::<String>()]
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Node::default()),
        any::<bool>().prop_map(Node::from),
        any::<i64>().prop_map(Node::from),
        text().prop_map(Node::from)
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Node::from),
            prop::collection::vec((text(), inner), 0..4).prop_map(|pairs| Node::from(
                pairs.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>()
            )),
        ]
    })
}

prop_compose! {
    fn an_object()(
        kind in "[A-Z][a-z]{0,5}",
        api_version in prop_oneof!["v1", "apps/v1", "[a-z.]{1,9}/v1"],
        names in (proptest::option::of(text()), proptest::option::of("[a-z]{1,5}"), proptest::option::of("[a-z]{1,5}-")),
        more in prop::collection::vec((text(), node()), 0..4),
    ) -> Node {
        let mut object = object([("apiVersion", api_version.into()), ("kind", kind.into())]);
        let mut metadata = Mapping::new();
        for (key, value) in [("name", names.0), ("namespace", names.1), ("generateName", names.2)] {
            if let Some(value) = value {
                metadata.insert(key, value);
            }
        }
        if !metadata.is_empty() {
            object.insert("metadata", metadata);
        }
        for (key, value) in more {
            if !["apiVersion", "kind", "metadata", "items"].contains(&key.as_str()) {
                object.insert(key, value);
            }
        }
        object.into()
    }
}

proptest! {
    /// Manifest to design file to manifest gives the same objects.
    #[test]
    fn objects_survive_a_design(given in prop::collection::vec(an_object(), 1..5)) {
        let manifest = given.iter().map(to_yaml).collect::<Vec<_>>().join("---\n");
        let read = read_text("manifest.yaml", &manifest);
        prop_assert_eq!(read.found, given.len());
        prop_assert_eq!(read.components.len(), given.len());
        let design = read.into_design(None, "any");
        assert_stable(&design);
        let read = read_text("design.yaml", &design::to_yaml(&design));
        let back = read_text("manifest.yaml", &export(&read.components).to_yaml());
        prop_assert_eq!(objects(&back.components), given);
    }

    #[test]
    fn no_text_makes_it_panic_or_lose_count(text in "[-a-zA-Z:{}\\[\\] \n\"']{0,200}") {
        for head in ["", "schemaVersion: designs.meshery.io/v1beta1\n", "services:\n  a: {type: b}\n", "kind: List\n"] {
            let read = read_text("any", &format!("{head}{text}"));
            prop_assert_eq!(read.found, read.components.len() + read.skipped.len());
            let _ = design::to_yaml(&read.into_design(None, "any"));
        }
    }
}

#[test]
fn unknown_fields_survive() {
    let text = "{schemaVersion: designs.meshery.io/v1beta1, name: a, x: [1], components: [\
        {displayName: b, q: {z: 1}, component: {kind: Pod, version: v1, w: 2}, metadata: {v: 3}, configuration: {u: 4}}]}";
    let design = read_text("a", text).into_design(None, "");
    assert_stable(&design);
    let written = design::to_yaml(&design);
    for kept in ["x:\n- 1\n", "  q:\n    z: 1\n", "w: 2}", "v: 3}", "    u: 4\n"] {
        assert!(written.contains(kept), "{kept} in {written}");
    }
}

#[test]
fn ids_follow_from_names() {
    let one = read_text("a", "{apiVersion: v1, kind: Pod, metadata: {name: a}}").into_design(None, "shop");
    let two = read_text("b", "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {}}").into_design(None, "shop");
    assert_eq!((one.id, one.components[0].id), (two.id, two.components[0].id));
    assert_ne!(one.id, design::design_id("other"));
}

#[test]
fn words_that_only_kubernetes_takes_for_booleans_stay_keys() {
    let design = "{schemaVersion: designs.meshery.io/v1beta1, name: a, components: [{displayName: b, \
        component: {kind: Pod, version: v1}, styles: {position: {x: 1, y: 2}}, configuration: {on: 3}}]}";
    let pattern = "{name: a, services: {b: {type: Pod, apiVersion: v1, settings: {on: 3}, \
        traits: {meshmap: {position: {posX: 1, posY: 2}, n: 4}}}}}";
    for text in [design, pattern] {
        let read = read_text("a", text).into_design(None, "");
        let component = &read.components[0];
        assert_eq!(component.configuration.get("on").and_then(Node::as_i64), Some(3), "{text}");
        let position = component.extra.get("styles").and_then(|styles| styles.get("position"));
        assert_eq!(position.and_then(|position| position.get("y")).and_then(Node::as_i64), Some(2), "{text}");
        assert!(!design::to_yaml(&read).contains("true:"), "{text}");
        assert_stable(&read);
    }
    let manifest = read_text("a", "{apiVersion: v1, kind: ConfigMap, data: {on: a}}");
    assert!(manifest.components[0].configuration.at(&["data", "true"]).is_some());
}

#[test]
fn a_design_is_called_after_its_file_when_it_has_no_name() {
    for text in ["{schemaVersion: designs.meshery.io/v1beta1}", "{services: {a: {type: Pod, apiVersion: v1}}}"] {
        let design = read_text("shop.yaml", text).into_design(None, "shop");
        assert_eq!((design.name.as_str(), design.id), ("shop", design::design_id("shop")), "{text}");
        let design = read_text("shop.yaml", text).into_design(Some("other"), "shop");
        assert_eq!(design.name, "other", "{text}");
    }
}

#[test]
fn what_a_design_says_stays_when_manifests_join_it() {
    let text = "{schemaVersion: designs.meshery.io/v1beta1, name: a, version: 1.2.0, metadata: {x: 1}, components: []}\n\
        ---\n{apiVersion: v1, kind: Pod, metadata: {name: a}}\n";
    let design = read_text("a", text).into_design(None, "b");
    assert_eq!((design.name.as_str(), design.version.as_str(), design.components.len()), ("a", "1.2.0", 1));
    assert!(design.extra.get("metadata").is_some());
    assert_stable(&design);
    let two = format!("{text}---\n{{schemaVersion: designs.meshery.io/v1beta1, name: c, metadata: {{x: 2}}, y: 3}}\n");
    let design = read_text("a", &two).into_design(None, "b");
    assert_eq!(design.name, "b");
    assert_eq!(design.extra.get("metadata").and_then(|it| it.get("x")).and_then(Node::as_i64), Some(1));
    assert!(design.extra.get("y").is_some());
}

#[test]
fn the_registry_tells_the_scope() {
    let registry = Registry::kubernetes(Registry::LATEST).unwrap();
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: a}}\n\
        ---\n{apiVersion: example.com/v1, kind: Odd, metadata: {name: a}}\n";
    let mut design = read_text("a", text).into_design(None, "a");
    describe(&mut design.components, &registry);
    let written = design::to_yaml(&design);
    let told: Vec<bool> = written
        .lines()
        .filter(|line| line.contains("isNamespaced"))
        .map(|line| line.contains("isNamespaced: true"))
        .collect();
    assert_eq!(told, [true, false, false]);
    assert_stable(&design);
    // The model that is written without a registry is the one that it would tell.
    let latest = format!("model: {{version: v{}.0}}", Registry::LATEST);
    assert!(written.contains(&latest), "{latest} in {written}");
}
