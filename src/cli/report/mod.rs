//! Findings on paper: one printer a format, all of the same [`Report`].
//!
//! What users wrote (names, values, file names) is hostile until a printer has escaped it for its format: the text of a
//! manifest must not move a cursor, close an XML element or open a workflow command.

mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;
mod tap;

use std::{
    collections::HashMap,
    io::{self, Write},
};

use mesheryctl::{
    evaluate::{Counts, Finding, Severity, Skip, Subject},
    registry::Version,
};

/// Everything that an evaluation has to say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Report<'a> {
    /// By file and place.
    pub(crate) findings: &'a [Finding],
    pub(crate) counts: &'a Counts,
    /// Of this program.
    pub(crate) version: &'a str,
    /// The version that was judged for.
    pub(crate) kubernetes: Version,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Format {
    /// With the line each finding is about
    #[default]
    Human,
    /// A line for each finding
    Short,
    /// docs/schemas/validate-report.json describes it
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
    /// Workflow commands that annotate pull requests
    Github,
    /// TAP version 14
    Tap,
    /// A table for pull requests
    Markdown,
}

impl Report<'_> {
    /// Writes the report. `color` matters to people only.
    pub(crate) fn write(&self, format: Format, color: bool, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Human => human::frames(self, color, out),
            Format::Short => human::lines(self, color, out),
            Format::Json => json::write(self, out),
            Format::Sarif => sarif::write(self, out),
            Format::Junit => junit::write(self, out),
            Format::Github => github::write(self, out),
            Format::Tap => tap::write(self, out),
            Format::Markdown => markdown::write(self, out),
        }
    }

    /// The findings that nobody has accepted.
    fn reported(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.suppressed.is_none())
    }
}

/// What formats that count tests see as one: an object with its findings, a file with those that belong to no object,
/// a document that was skipped.
struct Case<'a> {
    file: &'a str,
    name: String,
    findings: Vec<&'a Finding>,
    skipped: Option<Skip>,
}

impl Case<'_> {
    fn failed(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// The cases of a report in the order of their first finding, then what was skipped. Objects without findings are not
/// known by name; [`others`] speaks for them.
fn cases<'a>(report: &'a Report<'_>) -> Vec<Case<'a>> {
    let mut cases: Vec<Case<'a>> = Vec::new();
    let mut known: HashMap<(&str, Option<&Subject>), usize> = HashMap::new();
    for finding in report.reported() {
        let file: &str = &finding.location.file;
        let at = *known.entry((file, finding.subject.as_ref())).or_insert_with(|| {
            let name = finding.subject.as_ref().map_or_else(|| "the file".to_owned(), Subject::to_string);
            cases.push(Case { file, name, findings: Vec::new(), skipped: None });
            cases.len() - 1
        });
        cases[at].findings.push(finding);
    }
    cases.extend(report.counts.skipped.iter().map(|(reason, location)| Case {
        file: &location.file,
        name: format!("document on line {}", location.start.line),
        findings: Vec::new(),
        skipped: Some(*reason),
    }));
    cases
}

/// The case of all objects that nothing was found in.
fn others(report: &Report<'_>) -> String {
    format!("all other objects ({} validated in all)", report.counts.validated)
}

/// `S102 unknown-field`.
fn code(finding: &Finding) -> String {
    format!("{} {}", finding.code.id, finding.code.name)
}

/// A file as tools that work on a checkout know it: with `/`, without `./`.
fn checkout_path(file: &str) -> String {
    let file = if cfg!(windows) { file.replace('\\', "/") } else { file.to_owned() };
    file.strip_prefix("./").unwrap_or(&file).to_owned()
}

/// Pretty JSON and a line break. Characters that terminals or readers act upon are written as escapes, which JSON
/// allows in strings, the only place where they can stand.
fn write_json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escape_json(&text))
}

fn escape_json(text: &str) -> String {
    if !text.contains(unseen) {
        return text.to_owned();
    }
    text.chars().fold(String::with_capacity(text.len() + 16), |mut safe, c| {
        if unseen(c) {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
        safe
    })
}

/// DEL, C1 controls, and what reorders or breaks lines: legal in JSON and XML, and not to be shown raw. All in the basic plane.
fn unseen(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
