//! The Test Anything Protocol, version 14 (<https://testanything.org/tap-version-14-specification.html>): a test point
//! an object, findings as its YAML diagnostics.

use std::io::{self, Write};

use super::{Report, cases, code, escape_json, others};
use crate::cli::ui::escape_line;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let cases = cases(report);
    writeln!(out, "TAP version 14\n1..{}", cases.len() + 1)?;
    for (at, case) in cases.iter().enumerate() {
        let verdict = if case.failed() { "not ok" } else { "ok" };
        write!(out, "{verdict} {} - {}: {}", at + 1, description(case.file), description(&case.name))?;
        match case.skipped {
            Some(reason) => writeln!(out, " # SKIP {}", reason.id())?,
            None => writeln!(out)?,
        }
        if !case.findings.is_empty() {
            writeln!(out, "  ---\n  findings:")?;
        }
        for finding in &case.findings {
            let start = finding.location.start;
            writeln!(out, "    - code: {}", string(&code(finding)))?;
            writeln!(out, "      severity: {}", finding.severity)?;
            writeln!(out, "      message: {}", string(&finding.message))?;
            writeln!(out, "      at: {{file: {}, line: {}, column: {}}}", string(case.file), start.line, start.column)?;
            if let Some(help) = &finding.help {
                writeln!(out, "      help: {}", string(help))?;
            }
        }
        if !case.findings.is_empty() {
            writeln!(out, "  ...")?;
        }
    }
    writeln!(out, "ok {} - {}", cases.len() + 1, others(report))?;
    writeln!(out, "# {}", report.counts)
}

/// `#` would begin a directive.
fn description(text: &str) -> String {
    escape_line(text).replace('\\', "\\\\").replace('#', "\\#")
}

/// A YAML string in double quotes, which JSON's strings are.
fn string(text: &str) -> String {
    escape_json(&serde_json::Value::from(text).to_string())
}
