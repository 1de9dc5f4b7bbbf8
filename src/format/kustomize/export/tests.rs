//! Kustomizations of designs, compared as texts: what real kustomize builds of such was checked against it.

use std::sync::Arc;

use super::*;
use crate::{
    document::{Limits, Source},
    format::{no_kinds, read_source},
};

fn design(text: &str) -> Design {
    let source = Arc::new(Source::new("test", text));
    read_source(&source, Limits::default(), &no_kinds).into_design(Some("shop"), "")
}

const BASE: &str = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 1, paused: true, template: \
                    {spec: {containers: [{name: web, image: 'a:1', args: [x]}, {name: log, image: b}]}}}}";

/// Checks the files of the overlay that makes `wanted` of `base`, without the kustomization.
fn check(base: &str, wanted: &str, expected: &[(&str, &str)]) -> String {
    let (base, wanted) = (design(base), design(wanted));
    let files = kustomization(&base, &[Environment { name: "prod", design: Some(&wanted) }]).unwrap();
    let overlay: Vec<_> =
        files.iter().filter_map(|(path, text)| Some((path.strip_prefix("overlays/prod/")?, text.as_str()))).collect();
    assert_eq!(overlay[1..], *expected);
    overlay[0].1.to_owned()
}

#[test]
fn a_merge_patch_where_it_says_what_is_wanted() {
    let wanted = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {a: b}}, spec: {replicas: 3, template: \
                  {spec: {containers: [{name: web, image: 'a:2', args: [z]}, {name: log, image: b}]}}}}";
    let file = check(
        BASE,
        wanted,
        &[(
            "patch-Deployment-web.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels:\n    a: b\nspec:\n  replicas: 3\n  paused: null\n  \
             template:\n    spec:\n      containers:\n      - name: web\n        image: a:2\n        args:\n        - z\n",
        )],
    );
    assert!(file.ends_with("resources:\n- ../../base\npatches:\n- path: patch-Deployment-web.yaml\n"), "{file}");
    check(BASE, BASE, &[]);
}

#[test]
fn a_json_patch_where_merging_would_guess() {
    let wanted = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 1, paused: true, template: \
                  {spec: {containers: [{name: log, image: b}]}}}}";
    let file = check(
        BASE,
        wanted,
        &[(
            "patch-Deployment-web.yaml",
            "- op: replace\n  path: /spec/template/spec/containers\n  value:\n  - name: log\n    image: b\n",
        )],
    );
    let target = "- path: patch-Deployment-web.yaml\n  target:\n    group: apps\n    version: v1\n    kind: Deployment\n    name: web\n";
    assert!(file.ends_with(target), "{file}");
    check(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a.b}, data: {'x/y~': a}}",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a.b}, data: {}}",
        &[("patch-ConfigMap-a.b.yaml", "- op: remove\n  path: /data/x~1y~0\n")],
    );
}

#[test]
fn objects_come_and_go() {
    check(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: p}}",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}",
        &[
            (
                "patch-ConfigMap-a.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: p\n$patch: delete\n",
            ),
            ("ConfigMap-b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n"),
        ],
    );
}

#[test]
fn an_overlay_that_says_nothing_yet() {
    let base = design(BASE);
    let files = kustomization(&base, &[Environment { name: "dev", design: None }]).unwrap();
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["base/kustomization.yaml", "base/Deployment-web.yaml", "overlays/dev/kustomization.yaml"]);
    assert_eq!(
        files[2].1,
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- ../../base\n\
         # What often differs between environments; take out the `#` of what you change.\n# namespace: NAME\n\
         # images:\n# - name: a\n#   newTag: \"1\"\n# - name: b\n#   newTag: latest\n\
         # replicas:\n# - name: web\n#   count: 1\n"
    );
}

#[test]
fn what_kustomize_does_not_take_is_refused() {
    let twice = "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: default}}";
    let error = kustomization(&design(twice), &[]).unwrap_err();
    assert_eq!(error.to_string(), "Pod `a` is there twice, and kustomize takes each object once");
    let error = kustomization(&design("{apiVersion: v1, kind: Pod}"), &[]).unwrap_err();
    assert_eq!(error, ExportError::NoName { kind: "Pod".to_owned() });
    let base = design(BASE);
    let check = |names: &[&str], expected: &str| {
        let environments: Vec<_> = names.iter().map(|name| Environment { name, design: None }).collect();
        assert_eq!(kustomization(&base, &environments).unwrap_err().to_string(), expected);
    };
    check(&["../x"], "`../x` cannot be the name of an environment");
    check(&["a", "A"], "the environment `A` is given twice");
}
