//! A table for the description of a pull request or a step summary.

use std::io::{self, Write};

use mesheryctl::evaluate::Severity;

use super::Report;
use crate::cli::ui::escape_line;

/// Comments on pull requests hold 65,536 characters.
const MAX_ROWS: usize = 200;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let total = report.reported().count();
    if total > 0 {
        writeln!(out, "| | Where | Object | Finding |\n|---|---|---|---|")?;
    }
    for finding in report.reported().take(MAX_ROWS) {
        let icon = match finding.severity {
            Severity::Error => "❌",
            Severity::Warning => "⚠️",
            Severity::Info => "ℹ️",
        };
        let place =
            format!("{}:{}:{}", finding.location.file, finding.location.start.line, finding.location.start.column);
        let object = finding.subject.as_ref().map(|subject| escape(&subject.to_string())).unwrap_or_default();
        let help = finding.help.as_ref().map(|help| format!("<br>{}", escape(help))).unwrap_or_default();
        writeln!(
            out,
            "| {icon} {} | {} | {object} | **{}** {}{help} |",
            finding.severity,
            escape(&place),
            finding.code.id,
            escape(&finding.message)
        )?;
    }
    if total > MAX_ROWS {
        writeln!(out, "\n… and {} more.", total - MAX_ROWS)?;
    }
    if total > 0 {
        writeln!(out)?;
    }
    writeln!(out, "{}", escape(&report.counts.to_string()))
}

/// Text as Markdown shows it, whatever it is: nothing of it is markup, a mention or a link. Our own `code` marks become
/// elements, whose content is escaped like the rest.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    let pairs = text.matches('`').count() / 2;
    let mut marks = 0;
    for c in escape_line(text).chars() {
        match c {
            '`' if marks < pairs * 2 => {
                safe.push_str(if marks % 2 == 0 { "<code>" } else { "</code>" });
                marks += 1;
            }
            // `://` and `www.` become links in GitHub's dialect; ordinary names must stay readable.
            '&' | '<' | '>' | '|' | '`' | '*' | '_' | '~' | '[' | ']' | '\\' | '@' | '#' | '!' | '$' | '"' | '\'' => {
                safe.push_str(&format!("&#{};", u32::from(c)));
            }
            c => safe.push(c),
        }
    }
    safe.replace("://", "&#58;//").replace("www.", "www&#46;")
}
