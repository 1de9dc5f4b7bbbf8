//! Charts from their files to manifests, with the executor and the functions.

use std::sync::Arc;

use super::{Chart, Error, Flavor, Inputs, Loading, Options, release};
use crate::{
    document::{How, Source, Span},
    format::Role,
    tree::{Memory, Tree},
};

/// A chart of files, which are told in one text: a line `== PATH`, and what is in it.
fn tree(text: &str) -> Tree {
    let mut files = Memory::new("shop/");
    for file in text.split("== ").skip(1) {
        let (path, text) = file.split_once('\n').expect("a path and a text");
        files.insert(path, text.as_bytes());
    }
    Tree::new(files)
}

fn loaded(text: &str) -> Result<Chart, Error> {
    let text = if text.contains("== Chart.yaml") {
        text.to_owned()
    } else {
        format!("== Chart.yaml\napiVersion: v2\nname: shop\nversion: 1.0.0\n{text}")
    };
    Chart::load(&tree(&text), &Loading::default())
}

/// What comes out, one document after the other, or the error.
fn rendered(text: &str, options: &Options<'_>) -> String {
    let result = loaded(text).and_then(|chart| release(&chart, options));
    match result {
        Ok(release) => {
            let texts: Vec<_> = release.rendered.texts.iter().map(|made| made.source.text().trim_end()).collect();
            texts.join("\n---\n")
        }
        Err(error) => format!("error: {error}"),
    }
}

fn set(texts: &[&str]) -> Options<'static> {
    let set = texts.iter().map(|text| (Flavor::Typed, (*text).to_owned())).collect();
    Options { values: Inputs { set, ..Inputs::default() }, ..Options::default() }
}

#[track_caller]
fn check(text: &str, sets: &[&str], expected: &str) {
    assert_eq!(rendered(text, &set(sets)), expected, "{sets:?}");
}

#[test]
fn values_are_those_of_the_chart_and_over_them_those_of_the_user() {
    let chart = "== values.yaml
a: {b: 1, c: [1, 2], d: x}
port: 8080
big: 12345678
== templates/x.yaml
v: [{{ .Values.a | toJson }}, {{ .Values.port }}, {{ .Values.big }}]
";
    check(chart, &[], r#"v: [{"b":1,"c":[1,2],"d":"x"}, 8080, 1.2345678e+07]"#);
    check(chart, &["a.b=2,a.c=null,big=12345678"], r#"v: [{"b":2,"d":"x"}, 8080, 12345678]"#);
    check(chart, &["a=null"], "v: [null, 8080, 1.2345678e+07]");
    check(chart, &["a.c={x}"], r#"v: [{"b":1,"c":["x"],"d":"x"}, 8080, 1.2345678e+07]"#);
}

#[test]
fn files_of_values_come_before_flags() {
    let file = |text: &str| Arc::new(Source::new("values.yaml", text));
    let mut options = set(&["c=flag"]);
    options.values.files = vec![file("a: 1\nb: 1\nc: 1\n---\nb: 2\n"), file("b: null\nd: {x: 1, x: 2}\n")];
    options.values.set.push((Flavor::Json, "c=\"json\"".to_owned()));
    let chart = "== values.yaml\nb: 0\n== templates/x.yaml\nv: {{ .Values | toJson }}\n";
    assert_eq!(rendered(chart, &options), r#"v: {"a":1,"c":"flag","d":{"x":2}}"#);
}

const FAMILY: &str = "== Chart.yaml
apiVersion: v2
name: shop
version: 1.0.0
dependencies:
- {name: db, version: ~1, condition: 'db.enabled,global.db', tags: [data]}
- {name: db, version: 1.x.x, alias: cache, condition: cache.enabled, import-values: [up, {child: own, parent: got}]}
== values.yaml
db: {size: 5}
cache: {enabled: false}
global: {zone: z1}
== templates/x.yaml
shop: {{ omit .Values \"db\" \"cache\" | toJson }}
== charts/db/Chart.yaml
apiVersion: v1
name: db
version: 1.2.3
== charts/db/values.yaml
size: 1
kind: disk
own: {a: 1}
exports: {up: {b: 2}}
== charts/db/templates/x.yaml
{{ .Chart.Name }}: {{ .Values.size }} {{ .Values.kind }} {{ .Values.global | toJson }} {{ .Template.Name }}
";

#[test]
fn subcharts_are_enabled_named_and_heard() {
    let db =
        |name: &str, size: u32| format!("{name}: {size} disk {{\"zone\":\"z1\"}} shop/charts/{name}/templates/x.yaml");
    let own = r#"shop: {"global":{"zone":"z1"}}"#;
    check(FAMILY, &[], &format!("{}\n---\n{own}", db("db", 5)));
    check(FAMILY, &["db.enabled=false"], own);
    check(FAMILY, &["tags.data=false"], r#"shop: {"global":{"zone":"z1"},"tags":{"data":false}}"#);
    let both = format!(
        "{}\n---\n{}\n---\nshop: {}",
        db("cache", 1),
        db("db", 5),
        r#"{"b":2,"global":{"zone":"z1"},"got":{"a":1}}"#
    );
    check(FAMILY, &["cache.enabled=true"], &both);
    check(FAMILY, &["db=1"], "error: the values of the subchart `db` must be an object, not integer");
}

#[test]
fn manifests_hooks_and_definitions_stand_apart() {
    let chart = "== crds/a.yaml\nkind: CustomResourceDefinition\n== templates/_h.tpl\n{{ define \"n\" }}x{{ end }}
== templates/NOTES.txt\nHello {{ .Release.Name }}\n== templates/all.yaml
kind: Service
---
# nothing
---
kind: ConfigMap
metadata: {annotations: {helm.sh/hook: test}}
---
kind: ConfigMap
n: {{ include \"n\" . }}
---
kind: Job
metadata: {annotations: {helm.sh/hook: pre-install}}
";
    let chart = loaded(chart).expect("a chart");
    let show = |options: &Options<'_>| {
        let release = release(&chart, options).expect("it renders");
        let one = |made: &crate::format::Made| {
            let kind = made.source.text().lines().next().unwrap_or_default().trim_start_matches("kind: ").to_owned();
            format!("{kind}:{:?}", made.role)
        };
        let texts: Vec<_> = release.rendered.texts.iter().map(one).collect();
        (texts.join(" "), release.notes.map(|notes| notes.text().to_owned()))
    };
    let all = Options { release: "r".to_owned(), ..Options::default() };
    let (texts, notes) = show(&all);
    let expected = "CustomResourceDefinition:Definition ConfigMap:Object Service:Object ConfigMap:Test Job:Hook";
    assert_eq!(texts, expected);
    assert_eq!(notes.as_deref(), Some("Hello r\n"));
    let few = Options { include_crds: false, tests: false, ..all.clone() };
    assert_eq!(show(&few).0, "ConfigMap:Object Service:Object Job:Hook");
    let fewer = Options { include_crds: false, hooks: false, ..all.clone() };
    assert_eq!(show(&fewer).0, "ConfigMap:Object Service:Object");
    let only = Options { only: vec!["crds/*".to_owned()], ..all };
    assert_eq!(show(&only).0, "CustomResourceDefinition:Definition");
    let roles = release(&chart, &few).expect("it renders").rendered.texts.iter().map(|made| made.role).max();
    assert_eq!(roles, Some(Role::Hook));
}

#[test]
fn what_is_rendered_leads_to_the_template_and_to_the_value() {
    let chart = "== values.yaml\nimage:\n  tag: 1.2.3\n== templates/x.yaml\n{{/* a */}}\nkind: A\n---\nkind: B
tag: {{ .Values.image.tag }}\nname: {{ .Values.name | quote }}\n";
    let chart = loaded(chart).expect("a chart");
    let release = release(&chart, &set(&["name=web"])).expect("it renders");
    let text = &release.rendered.texts[1].source;
    let at = |needle: &str| {
        let start = text.text().find(needle).expect("it is there");
        let traced = text.traced(Span::new(start, start + needle.len())).expect("traced");
        let from = traced.source.position(traced.span.start);
        let via = traced.via.map(|via| {
            let place = via.place.as_ref().map(|(source, span)| (source.name().to_owned(), source.slice(*span)));
            format!(" {} {place:?}", via.what)
        });
        format!("{}:{}:{}{}", traced.source.name(), from.line, from.column, via.unwrap_or_default())
    };
    assert_eq!(at("kind"), "shop/templates/x.yaml:4:1");
    assert_eq!(at("1.2.3"), r#"shop/templates/x.yaml:5:6 .Values.image.tag Some(("shop/values.yaml", "1.2.3"))"#);
    assert_eq!(at("\"web\""), r#"shop/templates/x.yaml:6:7 .Values.name Some(("--set", "web"))"#);
    let copied = |segment: &&crate::document::Segment| matches!(segment.how, How::Copied);
    assert!(text.trace().expect("a trace").segments().iter().filter(copied).count() > 1);
}

#[test]
fn charts_that_helm_refuses_are_refused() {
    let chart = |lines: &str| format!("== Chart.yaml\n{lines}\n");
    for (files, expected) in [
        ("== Chart.yaml.bak\nname: a\n".to_owned(), "there is no Chart.yaml in `shop/`"),
        (
            chart("name: ..\nversion: 1.0.0"),
            "`shop/Chart.yaml` is not sound: `..` is not allowed as the name of a chart",
        ),
        (chart("name: a/b\nversion: 1"), "`shop/Chart.yaml` is not sound: `a/b` is not allowed as the name of a chart"),
        (
            chart("name: a\nversion: x"),
            "`shop/Chart.yaml` is not sound: the version `x` of the chart is not a semantic version",
        ),
        (chart("name: a"), "`shop/Chart.yaml` is not sound: the chart has no `version`"),
        (chart("[1]"), "`shop/Chart.yaml` is not sound: it must be an object, not list"),
        (
            chart("name: a\nversion: 1\ndependencies: [null]"),
            "`shop/Chart.yaml` is not sound: `an item of dependencies` must be an object, not null",
        ),
        (
            chart("name: a\nversion: 1\nmaintainers: [null]"),
            "`shop/Chart.yaml` is not sound: `an item of maintainers` must be an object, not null",
        ),
        (
            chart("name: a\nversion: 1\ntype: x"),
            "`shop/Chart.yaml` is not sound: the type of the chart is `x`, not `application` or `library`",
        ),
        (
            chart("name: a\nversion: 1\napiVersion: v9"),
            "`shop/Chart.yaml` is not sound: charts of the version `v9` are not supported",
        ),
        (chart("name: a\nversion: 1\ntype: library"), "`a` is a library chart, which is not installable"),
        (chart("name: a\nversion: 1\nkubeVersion: <1.20"), "the chart `a` is for Kubernetes <1.20, not for v1.37.0"),
        (
            chart("name: a\nversion: 1\ndependencies: [{name: b}, {name: c}]"),
            "the chart `a` depends on charts that are not in its directory charts/: b, c",
        ),
        (
            chart("name: a\nversion: 1\n== values.yaml\n- 1"),
            "the values of `shop/values.yaml` are not an object but: list",
        ),
        (chart("name: a\nversion: 1\n== charts/README.md\nhello"), "there is no Chart.yaml in `shop/charts/README.md`"),
        (
            chart("name: a\nversion: 1\n== .helmignore\na/**"),
            "`shop/.helmignore` has the rule `a/**`, but double-star (`**`) is not supported",
        ),
        (
            chart("name: a\nversion: 1\n== charts/b.tgz\nx"),
            "cannot unpack `shop/charts/b.tgz`: archives are not read here",
        ),
    ] {
        check(&files, &[], &format!("error: {expected}"));
    }
}

#[test]
fn schemas_find_everything_that_is_wrong() {
    let chart = "== values.yaml\na: 1\nb: {c: x}\nports: [1, z]\n== templates/x.yaml\na: {{ .Values.a }}\n== values.schema.json
{\"$schema\": \"https://json-schema.org/draft-07/schema#\", \"properties\": {\"a\": {\"type\": \"string\"},
\"b\": {\"properties\": {\"d\": {}}, \"additionalProperties\": false}, \"ports\": {\"items\": {\"type\": \"integer\"}}}}";
    let error = loaded(chart).and_then(|chart| release(&chart, &Options::default())).expect_err("it is wrong");
    let Error::Values(violations) = error else { panic!("{error}") };
    let show = |violation: &super::Violation| {
        let place = violation.place.as_ref().map(|place| place.source.position(place.span.start).line);
        format!("{violation} {place:?}")
    };
    let mut found: Vec<_> = violations.iter().map(show).collect();
    found.sort();
    assert_eq!(
        found,
        [
            "`a`: 1 is not of type \"string\" Some(1)",
            "`b.c`: Additional properties are not allowed ('c' was unexpected) Some(2)",
            "`ports[1]`: \"z\" is not of type \"integer\" Some(3)",
        ]
    );
    check(chart, &["a=x,b=null,ports=null"], "a: x");
}

#[test]
fn schemas_that_go_nowhere_are_refused() {
    let schema = |text: &str| format!("== values.yaml\na: 1\n== values.schema.json\n{text}");
    for (text, expected) in [
        ("{\"$ref\": \"#\"}", "its references go round in a circle"),
        (
            "{\"allOf\": [{\"$ref\": \"#/d\"}], \"d\": {\"anyOf\": [{\"$ref\": \"#\"}]}}",
            "its references go round in a circle",
        ),
        ("{\"$schema\": \"x\"}", "`x` is not a known version of JSON Schema"),
    ] {
        check(&schema(text), &[], &format!("error: the schema `shop/values.schema.json` cannot be used: {expected}"));
    }
    let outside = rendered(&schema("{\"$ref\": \"file:///dev/zero\"}"), &Options::default());
    assert!(outside.starts_with("error: the schema `shop/values.schema.json` cannot be used: "), "{outside}");
    let tree = "{\"properties\": {\"a\": {\"$ref\": \"#\"}}}";
    check(&schema(tree), &[], "");
}
