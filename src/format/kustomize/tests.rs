//! Builds, as files tell them.

use std::{fs, path::Path};

use super::{Error, Options, build, is_kustomization_file_name};
use crate::{
    document::Span,
    format::Rendered,
    tree::{Memory, Tree},
};

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut memory = Memory::new("");
    for (path, text) in files {
        memory.insert(path, text.as_bytes());
    }
    Tree::new(memory)
}

fn run(files: &[(&str, &str)]) -> Result<Rendered, Error> {
    build(&tree(files), "", &Options::default())
}

fn text(rendered: &Rendered) -> String {
    rendered.texts.iter().map(|made| made.source.text()).collect::<Vec<_>>().join("---\n")
}

fn files_below(directory: &Path, path: &str, memory: &mut Memory) {
    let mut entries: Vec<_> = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("one")).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = crate::tree::joined(path, &entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files_below(&entry.path(), &path, memory);
        } else {
            memory.insert(&path, fs::read(entry.path()).expect("a file"));
        }
    }
}

/// Each folder of `fixtures/formats/kustomize` is built (its `overlay` where it has one) to its `expected.yaml`, the objects
/// that kustomize 5.8.1 makes of it.
#[test]
fn fixtures_are_built() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/kustomize");
    let mut cases: Vec<_> =
        fs::read_dir(fixtures).expect("a directory").map(|case| case.expect("one").path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let mut memory = Memory::new("");
        files_below(&case, "", &mut memory);
        let directory = if case.join("overlay").is_dir() { "overlay" } else { "" };
        let built = build(&Tree::new(memory), directory, &Options::default());
        let built = built.unwrap_or_else(|error| panic!("{}: {error}", case.display()));
        let expected = case.join("expected.yaml");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, text(&built)).expect("it can be written");
        }
        assert_eq!(text(&built), fs::read_to_string(&expected).expect("a text"), "{}", case.display());
    }
}

const WEB: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  template:\n    \
                   spec:\n      containers:\n      - name: web\n        image: nginx:1\n";

#[test]
fn values_lead_to_where_they_were_written() {
    let kustomization = "resources:\n- web.yaml\nnamePrefix: my-\nimages:\n- name: nginx\n  newTag: '2'\npatches:\n- patch: |-\n    \
                         apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: web\n    spec:\n      \
                         minReadySeconds: 7\n- path: more.yaml\nconfigMapGenerator:\n- name: cm\n  literals:\n  - a=b\n";
    let more = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 5}\n";
    let built = run(&[("kustomization.yaml", kustomization), ("web.yaml", WEB), ("more.yaml", more)]);
    let built = built.unwrap_or_else(|error| panic!("{error}"));
    for (value, expected) in [
        ("my-web", "web.yaml:4:9"),
        ("replicas: ", "web.yaml:6:3"),
        ("5", "more.yaml:4:18"),
        ("nginx:2", "kustomization.yaml:6:11"),
        ("7", "kustomization.yaml:14:24"),
        ("my-cm-", "kustomization.yaml:17:9"),
        ("b\n", "kustomization.yaml:19:5"),
    ] {
        let found = built.texts.iter().find_map(|made| {
            let start = made.source.text().find(value)?;
            let traced = made.source.traced(Span::new(start, start + 1))?;
            let at = traced.source.position(traced.span.start);
            Some(format!("{}:{}:{}", traced.source.name(), at.line, at.column))
        });
        assert_eq!(found.as_deref(), Some(expected), "{value}");
    }
}

#[test]
fn errors_say_what_and_where() {
    let check = |files: &[(&str, &str)], expected: &str| {
        let error = run(&[files, &[("web.yaml", WEB)]].concat()).expect_err(expected);
        let place = error.place.as_ref().map(|(source, span)| {
            let at = source.position(span.start);
            format!("{}:{}:{}: ", source.name(), at.line, at.column)
        });
        let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
        let found = format!("{}{error}{hint}", place.unwrap_or_default());
        assert!(found.starts_with(expected), "{found}\n{expected}");
    };
    let root = |text: &'static str| [("kustomization.yaml", text)];
    check(&[], "there is no kustomization.yaml, kustomization.yml or Kustomization in `.`");
    check(
        &root("resource:\n- web.yaml\n"),
        "kustomization.yaml:1:1: unknown field `resource` in a kustomization (did you mean `resources`?)",
    );
    check(&root("resources: [nope.yaml]\n"), "kustomization.yaml:1:13: `nope.yaml`: there is no `nope.yaml`");
    check(
        &root("resources: [web.yaml, web.yaml]\n"),
        "web.yaml:4:9: there is already a resource `apps/v1 Deployment web`",
    );
    check(&root("resources: [../x]\n"), "kustomization.yaml:1:13: `../x`: `../x` leads out of the root");
    check(
        &root("resources: ['https://x/y.yaml']\n"),
        "kustomization.yaml:1:13: `https://x/y.yaml` is a remote resource (nothing is",
    );
    check(&root("namePrefix: 5\n"), "kustomization.yaml:1:13: `namePrefix` takes a string, not integer");
    check(&root("kind: Kustomization\n"), "kustomization.yaml:1:1: the kustomization is empty");
    check(
        &root(
            "resources: [web.yaml]\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: api}\n",
        ),
        "kustomization.yaml:6:22: no resource matches the patch of `apps/v1 Deployment api`",
    );
    check(
        &root(
            "resources: [web.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: '[{op: add, path: /a/b, value: 1}]'\n",
        ),
        "kustomization.yaml:4:12: the `add` operation at `/a/b` does not apply to `apps/v1 Deployment web`: there is no `/a`",
    );
    check(
        &[("kustomization.yaml", "resources: [base]\n"), ("base/kustomization.yaml", "resources: [..]\n")],
        "base/kustomization.yaml:1:13: `..` leads back to `.`, which is being built",
    );
    check(
        &[("kustomization.yaml", "resources: [base]\n"), ("base/kustomization.yaml", "resources: [../web.yaml]\n")],
        "base/kustomization.yaml:1:13: `../web.yaml` is not in or below `base`",
    );
    check(
        &[
            ("kustomization.yaml", "resources: [web.yaml]\ntransformers: [t.yaml]\n"),
            ("t.yaml", "apiVersion: x/v1\nkind: Sed\nmetadata: {name: s}\n"),
        ],
        "t.yaml:3:18: `x/v1 Sed s` is a plug-in that runs a program or a container",
    );
    check(
        &root("helmCharts: [{name: c}]\n"),
        "kustomization.yaml:1:14: `c` is an inflated Helm chart, and no Helm engine was given",
    );
}

#[test]
fn many_layers_are_refused() {
    let mut files = vec![("kustomization.yaml".to_owned(), "resources: [a]\n".to_owned())];
    for depth in 1..100 {
        files.push((format!("{}kustomization.yaml", "a/".repeat(depth)), "resources: [a]\n".to_owned()));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let error = run(&files).expect_err("too deep");
    assert_eq!(error.to_string(), "the levels of kustomizations exceed the limit `depth` of 64");
}

/// What doubles with every step is stopped, however it is written.
#[test]
fn growth_has_an_end() {
    let copies = |step: &str| {
        format!("resources: [web.yaml]\npatches:\n- target: {{kind: Deployment}}\n  patch: |-\n{}", step.repeat(64))
    };
    let doubled = copies(
        "    - {op: copy, from: /spec, path: /spec/again}\n    - {op: copy, from: /spec, path: /metadata/spec}\n    - {op: move, from: /metadata/spec, path: /spec/too}\n",
    );
    let replacement = "- source: {kind: Deployment, fieldPath: metadata.name}\n  targets:\n  - select: {kind: Deployment}\n    \
                       fieldPaths: [metadata.name]\n    options: {delimiter: '-', index: 99}\n";
    let joined = format!("resources: [web.yaml]\nreplacements:\n{}", replacement.repeat(64));
    for (kustomization, limit) in [(doubled, "copies"), (joined, "expanded")] {
        let tree = tree(&[("kustomization.yaml", &kustomization), ("web.yaml", WEB)]);
        let options = Options { copies: 2_000_000, ..Options::default() };
        let error = build(&tree, "", &options).expect_err("it grows");
        assert!(error.to_string().contains(&format!("exceed the limit `{limit}`")), "{error}");
    }
}

#[test]
fn kustomizations_are_known_by_their_names() {
    for (name, expected) in [
        ("a/kustomization.yaml", true),
        ("kustomization.yml", true),
        ("Kustomization", true),
        ("kustomize.yaml", false),
    ] {
        assert_eq!(is_kustomization_file_name(name), expected, "{name}");
    }
}
