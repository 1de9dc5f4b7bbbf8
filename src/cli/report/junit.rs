//! JUnit's XML, as CI systems read it: a suite a file, a case an object. Errors fail their case; warnings, which JUnit
//! does not know, stand in its output.

use std::io::{self, Write};

use mesheryctl::evaluate::{Finding, Severity};

use super::{Case, Report, cases, code, others, unseen};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut cases = cases(report);
    // Cases of a file stand together; the sort is stable.
    cases.sort_by_key(|case| case.file);
    let failures = cases.iter().filter(|case| case.failed()).count();
    let skipped = cases.iter().filter(|case| case.skipped.is_some()).count();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    let total = cases.len() + 1;
    writeln!(
        out,
        r#"<testsuites name="mesheryctl pattern validate" tests="{total}" failures="{failures}" errors="0" skipped="{skipped}">"#
    )?;
    for suite in cases.chunk_by(|a, b| a.file == b.file) {
        write_suite(suite, out)?;
    }
    writeln!(out, r#"  <testsuite name="mesheryctl" tests="1" failures="0" errors="0" skipped="0">"#)?;
    let name = escape(&others(report));
    writeln!(out, r#"    <testcase classname="mesheryctl" name="{name}"/>"#)?;
    writeln!(out, "    <system-out>{}</system-out>", escape(&report.counts.to_string()))?;
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn write_suite(suite: &[Case<'_>], out: &mut dyn Write) -> io::Result<()> {
    let file = escape(suite[0].file);
    let failures = suite.iter().filter(|case| case.failed()).count();
    let skipped = suite.iter().filter(|case| case.skipped.is_some()).count();
    let tests = suite.len();
    writeln!(
        out,
        r#"  <testsuite name="{file}" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">"#
    )?;
    for case in suite {
        let name = escape(&case.name);
        writeln!(out, r#"    <testcase classname="{file}" name="{name}" file="{file}">"#)?;
        if let Some(reason) = case.skipped {
            writeln!(out, r#"      <skipped message="{}"/>"#, reason.id())?;
        }
        let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
            case.findings.iter().partition(|finding| finding.severity == Severity::Error);
        // One failure a case: several are beyond what most readers of the format understand.
        if let [first, ..] = errors.as_slice() {
            let message = if errors.len() > 1 {
                format!("{} (and {} more)", first.message, errors.len() - 1)
            } else {
                first.message.clone()
            };
            let text: Vec<String> = errors.iter().map(|finding| line(finding)).collect();
            writeln!(
                out,
                r#"      <failure type="{}" message="{}">{}</failure>"#,
                escape(&code(first)),
                escape(&message),
                escape(&text.join("\n"))
            )?;
        }
        if !others.is_empty() {
            let text: Vec<String> = others.iter().map(|finding| line(finding)).collect();
            writeln!(out, "      <system-out>{}</system-out>", escape(&text.join("\n")))?;
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn line(finding: &Finding) -> String {
    let location = &finding.location;
    let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    let (start, severity, code, message) = (location.start, finding.severity, code(finding), &finding.message);
    format!("{}:{}:{}: {severity}[{code}]: {message}{help}", location.file, start.line, start.column)
}

/// Text for attributes and elements. What XML 1.0 cannot hold even as a reference (controls, U+FFFE, U+FFFF), and what
/// nobody should see raw, is shown as `\u{1b}`.
fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len() + 16), |mut safe, c| {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            // As references, or attributes would lose them to normalisation.
            '\n' => safe.push_str("&#10;"),
            '\t' => safe.push_str("&#9;"),
            c if c.is_control() || unseen(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
        safe
    })
}
