//! Inputs under `fixtures/evaluate/reference` whose comments say what is to be found in them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use uuid::Uuid;

use super::*;
use crate::{
    design::{Component, Origin},
    document::{Limits, Mapping, Node, Source, read},
    evaluate::{Code, Finding, Location, Severity},
};

/// One file of a case.
fn facts_of(source: &Arc<Source>) -> Vec<Facts> {
    let documents = read(source, Limits::default());
    let facts = documents.filter_map(|document| match document {
        Ok(document) if document.root.is_null() => None,
        Ok(document) if document.root.get("kind").is_none() => Some(kustomization(&document.root, source)),
        Ok(document) => Some(facts(&component(document.root, source), source, None)),
        Err(_) => Some(unreadable(source)),
    });
    facts.collect()
}

fn component(root: Node, source: &Arc<Source>) -> Component {
    let text = |key| root.str_at(key).unwrap_or_default().into();
    Component {
        id: Uuid::nil(),
        api_version: text("apiVersion"),
        kind: text("kind"),
        display_name: "".into(),
        extra: Mapping::new(),
        origin: Some(Origin {
            source: source.clone(),
            document: 0,
            object: root.span,
            api_version: root.span,
            kind: root.span,
        }),
        configuration: root,
    }
}

fn findings(sources: &[Arc<Source>], options: &Options) -> Vec<Finding> {
    let all: Vec<Facts> = sources.iter().flat_map(facts_of).collect();
    resolve(&all, options, &mut |file, span| {
        let source = sources.iter().find(|source| source.name() == file).expect("only files of the input are located");
        Location::new(source, span)
    })
}

fn source(name: &str, text: &str) -> Arc<Source> {
    Arc::new(Source::new(name, text))
}

/// `file:line CODE severity`, sorted, with messages for whoever reads a failure.
fn reported(findings: &[Finding]) -> BTreeMap<String, &str> {
    let line = |finding: &Finding| {
        let Location { file, start, .. } = &finding.location;
        format!("{file}:{:03} {} {}", start.line, finding.code.id, finding.severity)
    };
    findings.iter().map(|finding| (line(finding), finding.message.as_str())).collect()
}

/// What the comments of a file expect: `# expect: R203`, with the severity where it is not the code's own.
fn expected(source: &Source) -> Vec<String> {
    let lines = (1..=source.line_count()).filter_map(|number| {
        let (_, expectation) = source.line(number).split_once("# expect: ")?;
        let mut words = expectation.split_whitespace();
        let code = words.next().and_then(Code::find).expect("a code stands after `expect:`");
        let severity = words.next().map_or_else(|| code.severity.to_string(), str::to_owned);
        Some(format!("{}:{number:03} {} {severity}", source.name(), code.id))
    });
    lines.collect()
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(directory).expect("the fixtures are there").map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Each folder is an input; its comments say all that is to be found.
#[test]
fn fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/evaluate/reference");
    let mut cases: BTreeMap<PathBuf, Vec<Arc<Source>>> = BTreeMap::new();
    for file in files(&root) {
        let name = file.strip_prefix(&root).unwrap();
        let case = name.components().next().unwrap();
        let name = name.to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&file).unwrap();
        cases.entry(Path::new(&case).to_owned()).or_default().push(source(&name, &text));
    }
    assert!(cases.len() > 10);
    let mut wrong = String::new();
    for sources in cases.values() {
        let findings = findings(sources, &Options::default());
        let found = reported(&findings);
        let mut wanted: Vec<String> = sources.iter().flat_map(|source| expected(source)).collect();
        wanted.sort();
        for missing in wanted.iter().filter(|line| !found.contains_key(*line)) {
            wrong += &format!("not found: {missing}\n");
        }
        for (surplus, message) in found.iter().filter(|(line, _)| !wanted.contains(line)) {
            wrong += &format!("not expected: {surplus}: {message}\n");
        }
        assert_eq!(findings.len(), found.len(), "one finding of a code for each line: {found:#?}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The examples of the catalogue are true.
#[test]
fn the_catalogue_tells_the_truth() {
    for code in crate::evaluate::code::reference::ALL {
        let found = findings(&[source("wrong", code.wrong)], &Options::default());
        let own: Vec<&Finding> = found.iter().filter(|finding| finding.code == **code).collect();
        assert_eq!(own.len(), 1, "{}: {found:#?}", code.id);
        assert_eq!((own[0].severity, found.len()), (code.severity, 1), "{}", code.id);
        let found = findings(&[source("right", code.right)], &Options::default());
        assert!(found.is_empty(), "{}: {found:#?}", code.id);
    }
}

fn only(text: &str) -> Finding {
    let mut found = findings(&[source("input.yaml", text)], &Options::default());
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[test]
fn a_finding_says_what_was_meant_and_where_it_is() {
    let finding = only(crate::evaluate::code::reference::SERVICE_ACCOUNT.wrong);
    assert_eq!(finding.message, "ServiceAccount `raeder` is not in the input");
    assert_eq!(finding.help.as_deref(), Some("did you mean `reader`?"));
    assert_eq!(finding.path, "spec.serviceAccountName");
    assert_eq!(finding.subject.unwrap().to_string(), "Pod/web");
    assert_eq!((finding.location.start.line, finding.related[0].location.start.line), (8, 3));

    let finding = only(crate::evaluate::code::reference::SERVICE_WITHOUT_PODS.wrong);
    assert_eq!(finding.message, "no pod in the input has the labels `app=wbe`");
    assert_eq!(finding.help.as_deref(), Some("did you mean `app=web`?"));

    let finding = only(crate::evaluate::code::reference::MISSING_KEY.wrong);
    assert_eq!(finding.message, "ConfigMap `settings` has no key `lvl`");
    assert_eq!(finding.help.as_deref(), Some("it has `level`"));

    let finding = only(crate::evaluate::code::reference::NOT_SCALABLE.wrong);
    assert_eq!(finding.message, "DaemonSet with `apiVersion: apps/v1` is no kind that can be scaled");
}

#[test]
fn what_lives_elsewhere_is_silent() {
    let text = "apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {serviceAccountName: a, containers: [{envFrom: [{secretRef: {name: tls-a}}, {secretRef: {name: b}}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
";
    let check = |patterns: &[&str], expected: &[&str]| {
        let allow_external = patterns.iter().map(|pattern| pattern.parse().unwrap()).collect();
        let found = findings(&[source("input.yaml", text)], &Options { allow_external });
        assert_eq!(found.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), expected, "{patterns:?}");
    };
    check(&[], &["R204", "R203", "R203", "R201"]);
    check(&["Secret/tls-*"], &["R204", "R203", "R201"]);
    check(&["Secret", "Pod"], &["R204"]);
    check(&["all"], &[]);
}

#[test]
fn a_mismatch_is_not_excused_by_living_elsewhere() {
    let options = Options { allow_external: vec!["all".parse().unwrap()] };
    let found = findings(&[source("input.yaml", crate::evaluate::code::reference::MISSING_KEY.wrong)], &options);
    assert_eq!(found[0].severity, Severity::Warning);
}
