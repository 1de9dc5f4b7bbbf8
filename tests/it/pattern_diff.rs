//! `mesheryctl pattern diff`: every folder of `fixtures/diffs` is a case, the rest are its inputs and refusals.

use insta::assert_snapshot;

use crate::common::{TestEnvironment, fixture};

/// `from.yaml` and `to.yaml`, with `args.txt`, give `expected.txt`. `UPDATE=1` writes what is expected.
#[test]
fn cases() {
    let mut cases: Vec<_> = std::fs::read_dir(fixture("diffs"))
        .expect("fixtures/diffs")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let test = TestEnvironment::new();
        test.fixture(&format!("diffs/{name}/from.yaml"), "from.yaml");
        test.fixture(&format!("diffs/{name}/to.yaml"), "to.yaml");
        let args = std::fs::read_to_string(case.join("args.txt")).unwrap_or_default();
        let transcript =
            test.run(["pattern", "diff", "from.yaml", "to.yaml"].into_iter().chain(args.split_whitespace()));
        let expected = case.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &transcript).expect("the fixture can be written");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != transcript {
            wrong.push(format!("{name}:\n{transcript}"));
        }
        assert!(!transcript.contains("canary"), "{name} shows a secret");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const OBJECT: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: '1'}\n";

#[test]
fn the_same_is_a_yes_wherever_it_stands() {
    let test = TestEnvironment::new();
    test.write("one/deep/a.yaml", OBJECT);
    test.write(
        "two.yaml",
        format!("apiVersion: v1\nkind: List\nitems:\n- {}", OBJECT.trim_end().replace('\n', "\n  ")),
    );
    assert_snapshot!(test.run(["pattern", "diff", "one", "two.yaml", "-R"]), @"no differences, 1 unchanged");
    assert_snapshot!(
        test.run_with_input(["pattern", "diff", "two.yaml", "-", "-o", "name"], b"{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: '2'}}"),
        @r"
    modified ConfigMap a
    [exit status: 1]
    "
    );
}

#[test]
fn what_cannot_be_compared_is_said() {
    let test = TestEnvironment::new();
    test.write("a.yaml", OBJECT);
    test.write("empty.yaml", "# nothing\n");
    test.write("values.yaml", "replicas: 2\n");
    test.write("broken.yaml", "apiVersion: v1\nkind: [\n");
    for args in [
        &["a.yaml", "missing.yaml"][..],
        &["a.yaml", "empty.yaml"],
        &["a.yaml", "values.yaml"],
        &["a.yaml", "broken.yaml"],
        &["-", "-"],
        &["a.yaml", "a.yaml", "--ignore-path", "a..b"],
        &["a.yaml", "a.yaml", "--kubernetes-version", "1.5"],
        &["a.yaml", "a.yaml", "--kubernetes-version", "new"],
    ] {
        let transcript = test.run(["pattern", "diff"].iter().chain(args));
        assert!(transcript.starts_with("--- stderr ---\n") && transcript.contains("error: "), "{args:?}: {transcript}");
        assert!(transcript.ends_with("[exit status: 2]\n"), "{args:?}: {transcript}");
    }
}

const DESIGN: &str = "schemaVersion: designs.meshery.io/v1beta1
name: shop
components:
- displayName: a
  component: {kind: ConfigMap, version: v1}
  configuration: {data: {a: '2'}}
  styles: {position: {x: 1, y: 2}}
";
const PATTERN: &str = "name: shop
services:
  a: {type: ConfigMap, settings: {data: {a: '3'}}}
";

#[test]
fn designs_patterns_and_manifests_are_compared() {
    let test = TestEnvironment::new();
    test.write("a.yaml", OBJECT);
    test.write("design.yaml", DESIGN);
    test.write("pattern.yaml", PATTERN);
    // Files need neither saved designs nor a place for them.
    let run = |from, to| {
        let mut command = test.command();
        command.env_remove("HOME").env_remove("MESHERY_DATA_DIR");
        test.transcript(&command.args(["pattern", "diff", from, to]).output().expect("the binary runs"))
    };
    assert_snapshot!(run("a.yaml", "design.yaml"), @r#"
    ~ ConfigMap a   design.yaml:4
      ~ data.a: "1" → "2"

    0 added, 0 removed, 1 modified, 0 unchanged
    [exit status: 1]
    "#);
    assert_snapshot!(run("design.yaml", "pattern.yaml"), @r#"
    ~ ConfigMap a   pattern.yaml:3
      ~ data.a: "2" → "3"

    0 added, 0 removed, 1 modified, 0 unchanged
    --- stderr ---
    note: pattern.yaml:3:13: ConfigMap has no apiVersion; v1 is where Kubernetes serves that kind
    [exit status: 1]
    "#);
}

#[test]
fn saved_designs_are_compared() {
    let test = TestEnvironment::new().env("MESHERY_NOW", "2026-11-21T09:00:00Z");
    test.write("a.yaml", OBJECT);
    test.write("b.yaml", OBJECT.replace("'1'", "'2'"));
    for (file, tag) in [("a.yaml", "v1.0.0"), ("b.yaml", "v2.0.0")] {
        assert!(test.run(["pattern", "import", "-f", file, "--name", "shop"]).contains("shop@"));
        assert!(test.run(["pattern", "tag", "shop", tag]).contains(tag));
    }
    let diff = |from, to| test.run(["pattern", "diff", from, to, "-o", "name"]);
    let id = test.run(["pattern", "list", "-o", "json"]);
    let id = id.split("\"id\": \"").nth(1).expect("an id")[..8].to_owned();
    for (from, to) in [("shop@1", "shop"), ("shop@v1.0.0", "shop@v2.0.0"), ("a.yaml", "shop"), ("shop@1", id.as_str())]
    {
        assert_eq!(diff(from, to), "modified ConfigMap a\n[exit status: 1]\n", "{from} {to}");
    }
    assert_eq!(diff("shop", "b.yaml"), "");
    assert_snapshot!(diff("shop", "shpo"), @"
    --- stderr ---
    error: there is no file `shpo`, and no saved design is called `shpo`
      hint: did you mean `shop`?
    [exit status: 2]
    ");
    assert_snapshot!(diff("shop", "shop@9"), @"
    --- stderr ---
    error: there is no file `shop@9`, and design `shop` has no version 9
      hint: there are versions 1 to 2, and tags v1.0.0, v2.0.0
    [exit status: 2]
    ");
    assert_snapshot!(diff("shop", "k8s/shop.yaml"), @"
    --- stderr ---
    error: cannot read k8s/shop.yaml: no such file or directory
      hint: `saved:NAME` means a saved design
    [exit status: 2]
    ");
    // A file of that name wins, unless the saved design is asked for.
    test.write("shop", OBJECT);
    assert_eq!(diff("a.yaml", "shop"), "");
    assert_eq!(diff("a.yaml", "saved:shop"), "modified ConfigMap a\n[exit status: 1]\n");
    // Without a name that could be read as a file's there is nothing to fall back on.
    assert_snapshot!(test.run(["pattern", "diff", "a.yaml", "saved:nothing"]), @"
    --- stderr ---
    error: no saved design is called `nothing`
      hint: `mesheryctl pattern list` shows what is saved
    [exit status: 2]
    ");
}
