//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), for code scanning.
//!
//! Numbers in parentheses are sections of that document.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use mesheryctl::{
    document::Span,
    evaluate::{Code, Edit, Finding, Location, Severity},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Report, checkout_path};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = Code::all();
    let index: HashMap<Code, usize> = rules.iter().enumerate().map(|(at, code)| (*code, at)).collect();
    let mut seen = HashMap::new();
    let results: Vec<Value> =
        report.findings.iter().map(|finding| result(finding, index.get(&finding.code), &mut seen)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "mesheryctl",
                "semanticVersion": report.version,
                "informationUri": "https://docs.meshery.io",
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            "invocations": [{"executionSuccessful": true}],
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The directory that mesheryctl ran in"}}},
            "columnKind": "unicodeCodePoints",
            "properties": {
                "kubernetesVersion": report.kubernetes.to_string(),
                "summary": report.counts.to_string(),
            },
            "results": results,
        }],
    });
    super::write_json(&log, out)
}

/// (3.49)
fn rule(code: &Code) -> Value {
    let example = |title: &str, text: &str| format!("{title}:\n\n```yaml\n{}\n```\n", text.trim_end());
    let markdown =
        format!("{}\n\n{}\n{}", code.explanation, example("Wrong", code.wrong), example("Right", code.right));
    json!({
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": code.summary},
        "fullDescription": {"text": code.explanation},
        "help": {"text": code.explanation, "markdown": markdown},
        "defaultConfiguration": {"level": level(code.severity)},
    })
}

/// (3.27)
fn result(finding: &Finding, rule: Option<&usize>, seen: &mut HashMap<String, usize>) -> Value {
    let mut location = place(&finding.location);
    if let Some(subject) = &finding.subject {
        let name = subject.to_string();
        let full = if finding.path.is_empty() { name.clone() } else { format!("{name}: {}", finding.path) };
        location["logicalLocations"] = json!([{"name": name, "fullyQualifiedName": full, "kind": "object"}]);
    }
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.code.id,
        "level": level(finding.severity),
        "message": {"text": message(&text)},
        "locations": [location],
        "partialFingerprints": {"mesheryctl/v1": fingerprint(finding, seen)},
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .enumerate()
        .map(|(at, related)| {
            let mut location = place(&related.location);
            location["id"] = json!(at + 1);
            location["message"] = json!({"text": message(&related.message)});
            location
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = &finding.fix {
        let replacements: Vec<Value> = fix.edits.iter().map(|edit| replacement(edit, &finding.location)).collect();
        result["fixes"] = json!([{
            "description": {"text": message(&fix.title)},
            "artifactChanges": [{
                "artifactLocation": artifact(&finding.location.file),
                "replacements": replacements,
            }],
        }]);
    }
    if let Some(by) = &finding.suppressed {
        let kind = if by.owner.is_some() { "external" } else { "inSource" };
        let owner = by.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
        result["suppressions"] =
            json!([{"kind": kind, "status": "accepted", "justification": format!("{}{owner}", by.reason)}]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// (3.28)
fn place(location: &Location) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": artifact(&location.file),
        "region": {
            "startLine": location.start.line,
            "startColumn": location.start.column,
            "endLine": location.end.line,
            "endColumn": location.end.column,
        },
    }})
}

/// (3.4) Relative names hang below the checkout; absolute ones stand for themselves.
fn artifact(file: &str) -> Value {
    let path = checkout_path(file);
    if path.starts_with('/') {
        json!({"uri": format!("file://{}", percent_encode(&path))})
    } else if path.as_bytes().get(1) == Some(&b':') && cfg!(windows) {
        json!({"uri": format!("file:///{}:{}", &path[..1], percent_encode(&path[2..]))})
    } else {
        json!({"uri": percent_encode(&path), "uriBaseId": "%SRCROOT%"})
    }
}

/// RFC 3986: all but the unreserved characters and the slashes between segments.
fn percent_encode(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(byte as char);
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
        uri
    })
}

/// (3.57) By line and column where the edit stands on the finding's line, whose text is at hand; by bytes elsewhere.
fn replacement(edit: &Edit, location: &Location) -> Value {
    let region = match columns(edit.span, location) {
        Some((start, end)) => {
            let line = location.start.line;
            json!({"startLine": line, "startColumn": start, "endLine": line, "endColumn": end})
        }
        None => json!({"byteOffset": edit.span.start, "byteLength": edit.span.end.saturating_sub(edit.span.start)}),
    };
    let mut replacement = json!({"deletedRegion": region});
    if !edit.replacement.is_empty() {
        replacement["insertedContent"] = json!({"text": edit.replacement});
    }
    replacement
}

/// The columns of a span that lies within the finding's line.
fn columns(span: Span, location: &Location) -> Option<(usize, usize)> {
    let line_start = (location.span.start as usize).checked_sub(location.offset(location.start.column))?;
    let column = |offset: u32| {
        let before = location.line.get(..(offset as usize).checked_sub(line_start)?)?;
        Some(location.line_column as usize + before.chars().count())
    };
    Some((column(span.start)?, column(span.end)?))
}

/// The same for the same problem wherever it moves in its file: of code, object and path, with a number where these are
/// not enough. Findings of no object go by their file and the text of their line.
fn fingerprint(finding: &Finding, seen: &mut HashMap<String, usize>) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    };
    part(finding.code.id);
    match &finding.subject {
        Some(subject) => [&subject.api_version, &subject.kind, &subject.namespace, &subject.name, &finding.path]
            .into_iter()
            .for_each(|text| part(text)),
        None => {
            [checkout_path(&finding.location.file).as_str(), finding.location.line.trim()].into_iter().for_each(part)
        }
    }
    let digest: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let count = seen.entry(digest.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { digest } else { format!("{digest}:{count}") }
}

/// (3.11.5, 3.11.6) Text in which nothing is a placeholder or a link: `{0}` and `[text](target)` would be.
fn message(text: &str) -> String {
    let placeholder = text
        .match_indices('{')
        .any(|(at, _)| text[at + 1..].split_once('}').is_some_and(|(inner, _)| inner.parse::<u32>().is_ok()));
    let text = if placeholder { text.replace('{', "{{").replace('}', "}}") } else { text.to_owned() };
    if text.contains("](") { text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]") } else { text }
}
