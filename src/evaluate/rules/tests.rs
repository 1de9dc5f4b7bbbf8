//! Runs `fixtures/rules/AREA/RULE/{wrong,right}.yaml` against the schemas of the newest Kubernetes: each `wrong` gets exactly
//! the codes that its comments expect (`# expect: V302`), on their lines, each `right` gets none. A real API server has
//! refused each document of the former (but for rules called `warn-…`) and accepted each of the latter.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use crate::{
    design::{Component, Origin},
    document::{Document, Limits, Source, Value, read},
    evaluate::{Finding, Known, Severity, Validator, known},
    registry::{Registry, Version},
};

fn findings(registry: &Registry, validator: &Validator<'_>, source: &Arc<Source>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in read(source, Limits::default()) {
        let (component, origin) = object(source, document.expect("a fixture is YAML"));
        let Known::Kind(kind) = known(registry, &component, &origin, &mut findings) else {
            panic!("{}", component.kind)
        };
        validator.validate(&component, kind, &origin, &mut findings);
    }
    findings
}

fn object(source: &Arc<Source>, document: Document) -> (Component, Origin) {
    let mut root = document.root;
    let object = root.span;
    let Value::Mapping(members) = &mut root.value else { panic!("a fixture is an object") };
    let mut take = |key| members.remove(key).expect("a fixture has an apiVersion and a kind").value;
    let (api_version, kind) = (take("apiVersion"), take("kind"));
    let origin = Origin {
        source: source.clone(),
        document: document.index as u32,
        object,
        api_version: api_version.span,
        kind: kind.span,
    };
    let component = Component {
        id: Default::default(),
        api_version: api_version.as_str().unwrap_or_default().into(),
        kind: kind.as_str().unwrap_or_default().into(),
        display_name: Default::default(),
        configuration: root,
        extra: Default::default(),
        origin: None,
    };
    (component, origin)
}

/// What a file gets and what its comments expect, as lines and codes.
fn check(registry: &Registry, validator: &Validator<'_>, file: &FilePath) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let expected: BTreeSet<(u32, &str)> = (1..)
        .zip(text.lines())
        .filter_map(|(line, text)| Some((line, text.split_once("# expect: ")?.1)))
        .flat_map(|(line, codes)| codes.split(' ').map(move |code| (line, code)))
        .collect();
    let mut findings = findings(registry, validator, &Arc::new(Source::new(file.display().to_string(), text.clone())));
    // Deprecations and other warnings of the schema are not what is tried here.
    findings.retain(|finding| finding.severity == Severity::Error || finding.code.id.starts_with(['P', 'V']));
    let found: BTreeSet<(u32, &str)> =
        findings.iter().map(|finding| (finding.location.start.line, finding.code.id)).collect();
    if found == expected {
        return Ok(());
    }
    let said = |at: &&(u32, &str)| {
        let message = findings.iter().find(|finding| finding.location.start.line == at.0 && finding.code.id == at.1);
        format!("  unexpected: line {} {} {}\n", at.0, at.1, message.map_or("", |finding| &finding.message))
    };
    let surplus: String = found.difference(&expected).map(|at| said(&at)).collect();
    let missing: String =
        expected.difference(&found).map(|at| format!("  missing: line {} {}\n", at.0, at.1)).collect();
    Err(format!("{}\n{surplus}{missing}", file.display()))
}

fn folders(folder: &FilePath) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

#[test]
fn every_rule_refuses_its_wrong_and_passes_its_right() {
    let registry = Registry::kubernetes(Version(1, 37)).unwrap();
    let validator = Validator::new(&registry);
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    let failures: String = folders(&root)
        .iter()
        .flat_map(|area| folders(area))
        .flat_map(|rule| ["wrong.yaml", "right.yaml"].map(|name| rule.join(name)))
        .filter_map(|file| check(&registry, &validator, &file).err())
        .collect();
    assert!(failures.is_empty(), "{failures}");
}
