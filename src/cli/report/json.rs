//! For programs: one object, described by `docs/schemas/validate-report.json`.
//!
//! Within a `schemaVersion` members are only added, never changed or removed.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use mesheryctl::evaluate;
use serde::Serialize;

use super::Report;

pub(super) const SCHEMA_VERSION: &str = "1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Root<'a> {
    schema_version: &'static str,
    tool: Tool<'a>,
    kubernetes_version: String,
    counts: Counts<'a>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts<'a> {
    files: usize,
    found: usize,
    validated: usize,
    skipped: usize,
    skipped_by_reason: BTreeMap<&'static str, usize>,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    fixed: usize,
    skipped_documents: Vec<Skipped<'a>>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    reason: &'static str,
    #[serde(flatten)]
    location: Location<'a>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    name: &'static str,
    severity: String,
    message: &'a str,
    #[serde(flatten)]
    location: Location<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<Object<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Suppressed<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    api_version: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    namespace: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    edits: Vec<Edit<'a>>,
}

/// Bytes of the file, counted from 0, the end not included.
#[derive(Serialize)]
struct Edit<'a> {
    start: u32,
    end: u32,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    location: Location<'a>,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let root = Root {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "mesheryctl", version: report.version },
        kubernetes_version: report.kubernetes.to_string(),
        counts: Counts::from(report.counts),
        findings: report.findings.iter().map(Finding::from).collect(),
    };
    super::write_json(&root, out)
}

impl<'a> From<&'a evaluate::Counts> for Counts<'a> {
    fn from(counts: &'a evaluate::Counts) -> Counts<'a> {
        let documents = counts.skipped.iter();
        Counts {
            files: counts.files,
            found: counts.found,
            validated: counts.validated,
            skipped: counts.skipped.len(),
            skipped_by_reason: counts.skipped_by_reason().into_iter().map(|(skip, count)| (skip.id(), count)).collect(),
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            suppressed: counts.suppressed,
            fixed: counts.fixed,
            skipped_documents: documents
                .map(|(reason, location)| Skipped { reason: reason.id(), location: location.into() })
                .collect(),
        }
    }
}

impl<'a> From<&'a evaluate::Finding> for Finding<'a> {
    fn from(finding: &'a evaluate::Finding) -> Finding<'a> {
        Finding {
            code: finding.code.id,
            name: finding.code.name,
            severity: finding.severity.to_string(),
            message: &finding.message,
            location: (&finding.location).into(),
            object: finding.subject.as_ref().map(|subject| Object {
                api_version: &subject.api_version,
                kind: &subject.kind,
                namespace: &subject.namespace,
                name: &subject.name,
            }),
            path: &finding.path,
            help: finding.help.as_deref(),
            fix: finding.fix.as_ref().map(|fix| Fix {
                title: &fix.title,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| Edit { start: edit.span.start, end: edit.span.end, replacement: &edit.replacement })
                    .collect(),
            }),
            related: finding
                .related
                .iter()
                .map(|related| Related { message: &related.message, location: (&related.location).into() })
                .collect(),
            suppressed: finding
                .suppressed
                .as_ref()
                .map(|by| Suppressed { reason: &by.reason, owner: by.owner.as_deref() }),
        }
    }
}

impl<'a> From<&'a evaluate::Location> for Location<'a> {
    fn from(location: &'a evaluate::Location) -> Location<'a> {
        Location {
            file: &location.file,
            line: location.start.line,
            column: location.start.column,
            end_line: location.end.line,
            end_column: location.end.column,
        }
    }
}
