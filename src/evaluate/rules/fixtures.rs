//! Runs `fixtures/rules/pod/<rule>/{wrong,right}.yaml`: each `wrong` gets exactly the codes that its comments expect, on
//! their lines (`# expect: P105`), each `right` gets none. A real API server has refused and accepted them; folders that
//! begin with `warn-` hold what it accepts and what does not run all the same.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use crate::{
    design::{Component, Origin},
    document::{Limits, Source, read},
    evaluate::{Finding, Validator},
    registry::{Lookup, Registry},
};

type Found = BTreeSet<(u32, String)>;

fn findings(registry: &Registry, source: Source) -> Vec<Finding> {
    let source = Arc::new(source);
    let validator = Validator::new(registry);
    let mut findings = Vec::new();
    for document in read(&source, Limits::default()) {
        let root = document.expect("a fixture is YAML").root;
        let span = root.span;
        let origin = Origin { source: source.clone(), document: 0, object: span, api_version: span, kind: span };
        let component = Component::from_object(root).expect("a fixture is an object");
        let Lookup::Found(kind) = registry.lookup(&component.api_version, &component.kind) else {
            panic!("a fixture's kind is served");
        };
        validator.validate(&component, kind, &origin, &mut findings);
    }
    findings
}

/// What the file's findings are, and what its comments expect, if they differ.
fn check(registry: &Registry, file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).unwrap();
    let expected: Found = text
        .lines()
        .zip(1..)
        .filter_map(|(line, number)| Some((number, line.split_once("# expect: ")?.1)))
        .flat_map(|(number, codes)| codes.split(' ').map(move |code| (number, code.to_owned())))
        .collect();
    let found: Found = findings(registry, Source::new(file.display().to_string(), text))
        .into_iter()
        // The schema has its own tests; it warns of some of the same lists, because they do not merge.
        .filter(|finding| finding.code.id.starts_with('P'))
        .map(|finding| (finding.location.start.line, finding.code.id.to_owned()))
        .collect();
    (found != expected).then(|| format!("{}: found {found:?}, expected {expected:?}", file.display()))
}

#[test]
fn every_rule_refuses_its_wrong_and_passes_its_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules/pod");
    let registry = Registry::kubernetes(Registry::LATEST).unwrap();
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    let files = folders.iter().flat_map(|folder| ["wrong.yaml", "right.yaml"].map(|name| folder.join(name)));
    let differences: Vec<String> = files.filter_map(|file| check(&registry, &file)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
