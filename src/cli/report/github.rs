//! Workflow commands: annotations beside the lines of a pull request.
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>)

use std::io::{self, Write};

use mesheryctl::evaluate::{Finding, Severity};

use super::{Report, checkout_path, code};
use crate::cli::ui::{escape_block, escape_line};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.reported() {
        annotation(finding, out)?;
    }
    writeln!(out, "{}", report.counts)
}

fn annotation(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (finding.location.start, finding.location.end);
    let file = property(&checkout_path(&finding.location.file));
    write!(out, "::{level} file={file},line={},endLine={},col={}", start.line, end.line, start.column)?;
    // The end column has a meaning only on the line of the start.
    if end.line == start.line && end.column > start.column {
        write!(out, ",endColumn={}", end.column)?;
    }
    let subject = finding.subject.as_ref().map(|subject| format!(" in {subject}")).unwrap_or_default();
    write!(out, ",title={}::", property(&format!("{}{subject}", code(finding))))?;
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    writeln!(out, "{}", data(&format!("{}{help}", finding.message)))
}

/// What stands behind `::`: everything but the three characters that the runner decodes is text. Other control
/// characters are shown, not sent to the log.
fn data(text: &str) -> String {
    escape_block(&text.replace('\r', "\n")).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&escape_line(text)).replace(':', "%3A").replace(',', "%2C")
}
