//! What holds for every text whatever: the fuzz targets and the tests (`tests/it/hostile.rs`) call the same functions.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use mesheryctl::{
    design,
    diff::{self, between},
    document::{self, ErrorKind, Limits, Node, Source, to_json, to_yaml},
    evaluate::{Finding, Fix, Severity, fix, reference},
    format,
    registry::Registry,
    validation::{self, Text},
};

/// Reading ends, spans lie in the text, and what was read is what is written and read again.
#[allow(dead_code)]
pub(crate) fn document(bytes: &[u8]) {
    let source = match text(bytes) {
        Ok(source) => source,
        Err(bad) => return drop(bad.1.describe(&bad.0)),
    };
    for read in document::read(&source, limits()) {
        match read {
            Ok(document) => {
                spans(&source, &document.root);
                document.problems.iter().for_each(|error| drop(error.describe(&source)));
                same_again(&document.root, to_yaml(&document.root));
                same_again(&document.root, to_json(&document.root));
            }
            Err(error) => drop(error.describe(&source)),
        }
    }
}

/// Judging ends and fixes mend; the objects are compared with themselves and exported.
#[allow(dead_code)]
pub(crate) fn validate(bytes: &[u8]) {
    let findings = judge(bytes);
    if let Ok(source) = text(bytes) {
        fixes_mend(&source, &findings);
        let read = format::read_source(&source, limits(), &format::kinds_of(registry()));
        assert_eq!(read.found, read.components.len() + read.skipped.len());
        let same = between(&read.components, &read.components, registry(), &diff::Options::default());
        assert!(same.is_empty(), "{:?}", same.components);
        let half = read.components.len() / 2;
        let (from, to) = read.components.split_at(half);
        between(from, to, registry(), &diff::Options::default());
        let export = format::export(&read.components);
        drop((export.to_yaml(), export.to_json(), export.to_files()));
        let design = read.into_design(None, "fuzzed");
        drop(design::to_yaml(&design));
    }
}

/// Fixes take away what they are for, and bring no error but what could not be seen in the objects they mended.
pub(crate) fn fixes_mend(source: &Source, findings: &[Finding]) {
    let fixable: Vec<(&Finding, &Fix)> =
        findings.iter().filter_map(|finding| Some((finding, finding.fix.as_ref()?))).collect();
    let fixes: Vec<&Fix> = fixable.iter().map(|(_, fix)| *fix).collect();
    if fixes.is_empty() {
        return;
    }
    // Refused as a whole: nothing is written then.
    let Ok(fixed) = fix::apply(source, &fixes, limits()) else { return };
    let mut after = judge(fixed.text.as_bytes());
    for finding in findings {
        let applied = fixable.iter().zip(&fixed.applied).any(|((other, _), applied)| *applied && *other == finding);
        let place = after.iter().position(|other| alike(other, finding));
        assert!(!(applied && place.is_some()), "{finding:#?} is still there in:\n{}", fixed.text);
        place.map(|at| after.swap_remove(at));
    }
    // A definition that is mended judges the objects of its kind for the first time.
    if is_about_definitions(source.text().as_bytes()) {
        return;
    }
    // Rules look only at objects whose types are sound: mending a type lets them speak about all of the object.
    let mended = |finding: &Finding| {
        let kind = |finding: &Finding| finding.subject.as_ref().map(|subject| subject.kind.clone());
        finding.subject.is_some() && fixable.iter().any(|(other, _)| kind(other) == kind(finding))
    };
    let worse = after.iter().find(|finding| finding.severity == Severity::Error && !mended(finding));
    assert!(worse.is_none(), "{worse:#?} is new in:\n{}", fixed.text);
}

/// The same finding in a text whose lines have moved.
fn alike(one: &Finding, other: &Finding) -> bool {
    one.code == other.code
        && one.path == other.path
        && one.message == other.message
        && one.location.start.line == other.location.start.line
}

pub(crate) fn judge(bytes: &[u8]) -> Vec<Finding> {
    let options = validation::Options { limits: limits(), references: reference::Options::default(), threads: 1 };
    let open = |_: usize| Ok::<_, ()>(text(bytes));
    let outcome = {
        static LEARNING: Mutex<Option<Registry>> = Mutex::new(None);
        let mut held = LEARNING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut own = held.take().unwrap_or_else(newest);
        let outcome = validation::validate(1, &open, &mut own, &options).expect("bytes can be opened");
        // What one input defines is nothing to the next.
        *held = Some(own).filter(|own| own.kinds().all(|kind| !kind.custom));
        outcome
    };
    assert_eq!(outcome.counts.found, outcome.counts.validated + outcome.counts.skipped.len());
    let mut findings = outcome.findings;
    findings.extend(outcome.comments.into_iter().flat_map(|comments| comments.into_findings()));
    for finding in &findings {
        let location = &finding.location;
        assert!(location.start <= location.end, "{finding:#?}");
        assert!(location.offset(location.start.column) <= location.line.len(), "{finding:#?}");
    }
    findings
}

fn is_about_definitions(bytes: &[u8]) -> bool {
    bytes.windows(24).any(|window| window == b"CustomResourceDefinition")
}

/// Small enough for a fuzzer to reach them.
fn limits() -> Limits {
    Limits { bytes: 1 << 20, alias_nodes: 10_000, documents: 1_000, nodes: 100_000, ..Limits::default() }
}

fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(newest)
}

fn newest() -> Registry {
    Registry::kubernetes(Registry::LATEST).expect("the newest is built in")
}

fn text(bytes: &[u8]) -> Text {
    Source::from_bytes("input.yaml", bytes.to_vec()).map(Arc::new)
}

fn spans(source: &Source, node: &Node) {
    assert!(source.text().get(node.span.range()).is_some(), "{:?} in {:?}", node.span, source.text());
    let (start, end) = (source.position(node.span.start), source.position(node.span.end));
    assert!(start <= end, "{start:?} {end:?}");
    node.items().for_each(|item| spans(source, item));
    for entry in node.entries() {
        assert!(source.text().get(entry.key_span.range()).is_some(), "{:?} in {:?}", entry.key_span, source.text());
        spans(source, &entry.value);
    }
}

fn same_again(node: &Node, written: String) {
    let limits = Limits { alias_nodes: 10_000, ..Limits::default() };
    let source = Source::new("written.yaml", written);
    match document::read(&source, limits).next() {
        Some(Ok(document)) => {
            assert_eq!(document.root, *node, "written as:\n{}", source.text());
            assert!(document.problems.is_empty(), "{:?} in:\n{}", document.problems, source.text());
        }
        Some(Err(error)) if matches!(error.kind, ErrorKind::Limit { .. }) => {}
        Some(Err(error)) => panic!("{} in:\n{}", error.describe(&source), source.text()),
        None => assert!(node.is_null(), "nothing was written for {node:?}"),
    }
}
