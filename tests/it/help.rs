//! What `--help` says: read as a whole in `snapshots/help.snap`, and every example in it is run.
//!
//! `INSTA_UPDATE=always cargo test --test it help` writes the snapshot anew.

use std::process::Stdio;

use crate::common::TestEnvironment;

/// Every command with the words that lead to it, those that are hidden too.
fn commands() -> Vec<(Vec<String>, String)> {
    let test = TestEnvironment::new();
    let help = |words: &[String]| test.run(words.iter().map(String::as_str).chain(["--help"]));
    let mut pending: Vec<Vec<String>> = vec![vec!["registry".to_owned()], vec!["man".to_owned()], vec![]];
    let mut commands = Vec::new();
    while let Some(words) = pending.pop() {
        let text = help(&words);
        let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        // The second line of an entry is indented further.
        let names = listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
        pending.extend(names.map(|name| words.iter().cloned().chain([name.to_owned()]).collect()));
        commands.push((words, text));
    }
    commands.sort();
    commands
}

#[test]
fn help_reads_well() {
    let page = |(words, text): &(Vec<String>, String)| format!("$ mesheryctl {}--help\n{text}\n", spaced(words));
    let pages: String = commands().iter().map(page).collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("help", pages);
    });
}

fn spaced(words: &[String]) -> String {
    words.iter().map(|word| format!("{word} ")).collect()
}

#[test]
fn flags_are_spelled_one_way() {
    for (words, text) in commands() {
        let leaf = !text.contains("\nCommands:");
        assert!(!leaf || text.contains("\nExamples:\n"), "{words:?} has no examples");
        assert!(!text.contains("--filename"), "{words:?}");
        for (long, short) in [("--file ", "-f, "), ("--recursive", "-R, "), ("--output ", "-o, ")] {
            let mut lines = text.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
            let wrong = lines.find(|line| line.contains(long) && !line.starts_with(short));
            assert!(wrong.is_none(), "{words:?}: {wrong:?}");
        }
    }
}

/// The place that examples speak of.
fn prepared() -> TestEnvironment {
    let test = TestEnvironment::new().env("MESHERY_NOW", "2026-11-21T09:00:00Z");
    let object = |value: u32| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  replicas: '{value}'\n")
    };
    for file in ["k8s/shop.yaml", "main/k8s/shop.yaml", "old.yaml", "shop.yaml", "web.yaml"] {
        test.write(file, object(1));
    }
    test.write("new.yaml", object(2));
    test.fixture("inputs/chart", "charts/web");
    test.write("prod.yaml", "replicas: 4\n");
    test.fixture("inputs/kustomize/base", "base");
    test.write("overlays/prod/kustomization.yaml", "resources: [../../base]\nnamePrefix: prod-\n");
    test.fixture("inputs/compose/compose.yaml", "docker-compose.yml");
    test.commit("what the examples name");
    let crd = |kind: &str, plural: &str| {
        format!(
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: {plural}.example.com}}\n\
             spec:\n  group: example.com\n  scope: Namespaced\n  names: {{kind: {kind}, plural: {plural}, singular: {}}}\n  \
             versions:\n  - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        \
             type: object\n        properties: {{spec: {{type: object, properties: {{name: {{type: string}}}}}}}}\n",
            kind.to_lowercase()
        )
    };
    test.write("crds/certificate.yaml", crd("Certificate", "certificates"));
    test.write("crds/gateway.yaml", crd("Gateway", "gateways"));
    for version in 1..=3 {
        test.write("version.yaml", object(version));
        assert!(test.run(["pattern", "import", "-f", "version.yaml", "--name", "shop"]).contains("shop@"));
    }
    assert!(test.run(["pattern", "import", "-f", "old.yaml", "--name", "blog"]).contains("blog@1"));
    test
}

/// The words of the command of ours that a line of a shell runs, if it runs one.
fn example(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    let (_, rest) = line.split_once("mesheryctl ").filter(|_| !line.starts_with('#'))?;
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in rest.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            '|' | '>' | ')' if !quoted => break,
            c => words.last_mut().expect("one at least").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    Some(words)
}

/// Examples that cannot be done here, and what is said then.
const REFUSED: &[(&str, &str)] = &[
    ("pattern delete shop", "needs to be confirmed"),
    ("registry generate --kubernetes kubernetes@v1.37.1 --api api@v0.37.1 -o src/registry/", "kubernetes@v1.37.1"),
];

#[test]
fn examples_can_be_done() {
    let mut done = 0;
    for (words, text) in commands() {
        let Some((_, examples)) = text.split_once("\nExamples:\n") else { continue };
        let test = prepared();
        if words.last().is_none_or(|word| word != "tag") {
            assert!(test.run(["pattern", "tag", "shop@2", "v1.2.0"]).contains("v1.2.0"));
        }
        for arguments in examples.lines().filter_map(example) {
            let said = test.run_with_input(&arguments, test.read("web.yaml").as_bytes());
            let arguments = arguments.join(" ");
            match REFUSED.iter().find(|(refused, _)| *refused == arguments) {
                Some((_, why)) => assert!(said.contains(why) && !said.contains("Usage:"), "{arguments}\n{said}"),
                None => assert!(!said.contains("[exit status: 2]"), "{arguments}\n{said}"),
            }
            done += 1;
        }
    }
    assert!(done > 40, "{done} examples");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let test = TestEnvironment::new();
    let mut child = test.command().args(["component", "list"]).stdout(Stdio::piped()).spawn().expect("the binary runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("the binary ends").code(), Some(0));
}
