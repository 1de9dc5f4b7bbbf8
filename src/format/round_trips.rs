//! Made-up designs, exported and read again: the same objects come back. (That of Compose projects stands in their room.)

use std::{collections::BTreeMap, sync::Arc};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Made, helm, kustomize, no_kinds, read_source};
use crate::{
    design::Design,
    document::{Limits, Source},
    tree::{Memory, Tree},
};

/// Texts that mean something to templates or to YAML, and others.
fn text() -> impl Strategy<Value = String> {
    let telling = proptest::sample::select(vec![
        "",
        "{{ .Values.x }}",
        "{{- end }}",
        "`a` \"b\" \\n",
        "yes",
        "1e3",
        "0x1F",
        "null",
        "~",
        "2026-11-21",
        "a: b # c",
        "- x",
        "$(VAR) ${VAR}",
        "one\ntwo\n",
        "  indented\nnot\n\n\n",
        "trailing ",
        "\ttab\r\n",
        "größe ✓",
        "%d",
    ]);
    prop_oneof![telling.prop_map(str::to_owned), "[a-z0-9./:{}'\" -]{0,20}"]
}

fn texts(most: usize) -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map("[a-z]{1,5}([.-][a-z]{1,3})?", text(), 0..most)
}

fn image() -> impl Strategy<Value = String> {
    let tag = prop_oneof![
        Just(String::new()),
        "[a-z0-9]{1,4}(\\.[0-9]{1,2})?".prop_map(|tag| format!(":{tag}")),
        Just(format!("@sha256:{}", "0".repeat(64)))
    ];
    ("([a-z]{1,5}\\.example\\.com(:5000)?/)?[a-z]{1,6}", tag).prop_map(|(name, tag)| name + &tag)
}

fn workload() -> impl Strategy<Value = Value> {
    let kind = proptest::sample::select(vec!["Deployment", "StatefulSet", "DaemonSet"]);
    (kind, image(), texts(3), texts(3), 0u32..9, proptest::collection::vec(text(), 0..3)).prop_map(
        |(kind, image, labels, env, replicas, arguments)| {
            let env: Vec<Value> = env.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
            let container = json!({"name": "app", "image": image, "args": arguments, "env": env,
                "resources": {"limits": {"cpu": replicas, "memory": "1Gi"}}, "ports": [{"containerPort": 80 + replicas}]});
            let mut spec = json!({"selector": {"matchLabels": {"app": "a"}},
                "template": {"metadata": {"labels": {"app": "a"}, "annotations": labels}, "spec": {"containers": [container]}}});
            if kind != "DaemonSet" {
                spec["replicas"] = replicas.into();
            }
            json!({"apiVersion": "apps/v1", "kind": kind, "metadata": {"labels": labels}, "spec": spec})
        },
    )
}

fn object() -> impl Strategy<Value = Value> {
    let metadata = |labels| json!({"annotations": labels});
    prop_oneof![
        3 => workload(),
        2 => (texts(4), texts(2)).prop_map(move |(data, labels)| {
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(labels), "data": data})
        }),
        1 => texts(3).prop_map(|data| json!({"apiVersion": "v1", "kind": "Secret", "metadata": {}, "stringData": data})),
        2 => (1u16.., texts(2)).prop_map(move |(port, labels)| {
            json!({"apiVersion": "v1", "kind": "Service", "metadata": metadata(labels), "spec": {"type": "NodePort",
                "selector": {"app": "a"}, "ports": [{"name": "http", "port": port, "targetPort": "web"}]}})
        }),
        1 => (text(), any::<i64>(), any::<bool>()).prop_map(|(text, number, yes)| {
            json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {},
                "spec": {"text": text, "number": number, "half": 0.5, "yes": yes, "list": [[], {}, [number, text]]}})
        }),
    ]
}

/// Objects of different names, in up to three namespaces.
fn objects() -> impl Strategy<Value = Vec<Value>> {
    let namespace = proptest::sample::select(vec![None, Some("shop"), Some("back")]);
    proptest::collection::vec((object(), namespace), 1..6).prop_map(|objects| {
        let named = |(index, (mut object, namespace)): (usize, (Value, Option<&str>))| {
            object["metadata"]["name"] = format!("web-{index}").into();
            if let Some(namespace) = namespace {
                object["metadata"]["namespace"] = namespace.into();
            }
            object
        };
        objects.into_iter().enumerate().map(named).collect()
    })
}

fn design(texts: &[Arc<Source>]) -> Design {
    let mut read = super::Read::default();
    for source in texts {
        read.append(read_source(source, Limits::default(), &no_kinds));
    }
    assert!(read.skipped.is_empty(), "{:?}", read.skipped);
    read.into_design(Some("shop"), "shop")
}

/// The objects of a design by their names.
fn by_name(design: &Design) -> BTreeMap<String, Value> {
    let named = |object: Value| (object["metadata"]["name"].as_str().unwrap_or_default().to_owned(), object);
    design.components.iter().map(|it| named(serde_json::to_value(it.to_object()).expect("a value"))).collect()
}

fn tree(files: Vec<(String, String)>) -> Tree {
    let mut memory = Memory::new("");
    for (path, text) in files {
        memory.insert(&path, text.into_bytes());
    }
    Tree::new(memory)
}

fn sources(texts: Vec<Made>) -> Vec<Arc<Source>> {
    texts.into_iter().map(|made| made.source).collect()
}

fn written(objects: &[Value]) -> Vec<Arc<Source>> {
    objects.iter().map(|object| Arc::new(Source::new("made-up", object.to_string()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_chart_renders_what_it_was_made_of(objects in objects()) {
        let design = design(&written(&objects));
        let made = helm::export::chart(&design);
        let chart = helm::Chart::load(&tree(made.files.clone()), &helm::Loading::default());
        let chart = chart.unwrap_or_else(|error| panic!("{error}\n{:#?}", made.files));
        let rendered = helm::render(&chart, &helm::Options::default());
        let rendered = rendered.unwrap_or_else(|error| panic!("{error}\n{:#?}", made.files));
        prop_assert_eq!(by_name(&self::design(&sources(rendered.texts))), by_name(&design), "{:#?}", made.files);
    }

    #[test]
    fn a_kustomization_builds_what_it_was_made_of(objects in objects(), changed in objects()) {
        let (base, wanted) = (design(&written(&objects)), design(&written(&changed)));
        let environment = kustomize::Environment { name: "prod", design: Some(&wanted) };
        let files = kustomize::kustomization(&base, &[environment]).expect("names are unique");
        for (directory, design) in [("base", &base), ("overlays/prod", &wanted)] {
            let built = kustomize::build(&tree(files.clone()), directory, &kustomize::Options::default());
            let built = built.unwrap_or_else(|error| panic!("{}\n{files:#?}", error.kind));
            prop_assert_eq!(by_name(&self::design(&sources(built.texts))), by_name(design), "{:#?}", files);
        }
    }
}
