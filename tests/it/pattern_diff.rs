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
        assert!(transcript.starts_with("--- stderr ---\nerror: "), "{args:?}: {transcript}");
        assert!(transcript.ends_with("[exit status: 2]\n"), "{args:?}: {transcript}");
    }
}
