//! For people: a header that terminals and editors make a link of, the line in question, and what to do.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use anstyle::{AnsiColor, Style};
use mesheryctl::evaluate::{Finding, Location, Severity};

use super::{Report, code};
use crate::cli::ui::{escape_block, escape_line};

/// Lines longer than this (minified JSON) are shown around the place in question.
const LONG_LINE: usize = 160;
const BEFORE: usize = 60;
const MARKED: usize = 80;

/// A frame for each finding.
pub(super) fn frames(report: &Report<'_>, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint { color };
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    for finding in report.reported() {
        paint.header(finding, out)?;
        if finding.fix.is_some() {
            write!(out, " {}", paint.text(AnsiColor::Green, "[fixable]"))?;
        }
        writeln!(out)?;
        let width = finding.location.start.line.to_string().len();
        if !finding.location.line.trim().is_empty() {
            writeln!(out, "{}", frame(&finding.location, finding.severity, &renderer))?;
        }
        for (label, text) in details(finding) {
            let lines: Vec<String> = text.lines().map(escape_line).collect();
            writeln!(out, "{:width$} = {}: {}", "", paint.bold(label), lines.join(&format!("\n{:width$}   ", "")))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", report.counts)
}

/// A line for each finding.
pub(super) fn lines(report: &Report<'_>, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint { color };
    for finding in report.reported() {
        paint.header(finding, out)?;
        match &finding.subject {
            Some(subject) => writeln!(out, " ({})", escape_line(&subject.to_string()))?,
            None => writeln!(out)?,
        }
    }
    writeln!(out, "{}", report.counts)
}

/// What stands below the frame.
fn details(finding: &Finding) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    match (&finding.subject, finding.path.as_str()) {
        (Some(subject), "") => details.push(("in", escape_line(&subject.to_string()))),
        (Some(subject), path) => details.push(("in", escape_line(&format!("{subject}, {path}")))),
        (None, "") => {}
        (None, path) => details.push(("in", escape_line(path))),
    }
    for related in &finding.related {
        let Location { file, start, .. } = &related.location;
        let place = format!("{}: {file}:{}:{}", related.message, start.line, start.column);
        details.push(("note", escape_line(&place)));
    }
    details.extend(finding.help.as_ref().map(|help| ("help", help.clone())));
    details.extend(finding.fix.as_ref().map(|fix| ("fix", format!("{} (--fix does it)", fix.title))));
    details
}

/// The line with the place underlined.
fn frame(location: &Location, severity: Severity, renderer: &Renderer) -> String {
    let line = Line::new(location);
    let span = line.before.len()..line.before.len() + line.marked.len();
    let text = [line.before, line.marked, line.after].concat();
    let snippet =
        Snippet::source(text).line_start(location.start.line as usize).annotation(AnnotationKind::Primary.span(span));
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    renderer.render(&[Group::with_level(level).element(snippet)])
}

/// A line in three escaped parts, cut to what can be looked at.
struct Line {
    before: String,
    marked: String,
    after: String,
}

impl Line {
    fn new(location: &Location) -> Line {
        let start = location.offset(location.start.column);
        let end = match location.end.line == location.start.line {
            true => location.offset(location.end.column),
            false => location.line.len(),
        };
        let (before, rest) = location.line.split_at(start);
        let (marked, after) = rest.split_at(end.max(start) - start);
        if location.line.len() <= LONG_LINE {
            return Line { before: escape_block(before), marked: escape_block(marked), after: escape_block(after) };
        }
        let tail = |text: &str, count: usize| match text.char_indices().rev().nth(count) {
            Some((at, _)) => format!("…{}", escape_block(&text[at..])),
            None => escape_block(text),
        };
        let head = |text: &str, count: usize| match text.char_indices().nth(count) {
            Some((at, _)) => format!("{}…", escape_block(&text[..at])),
            None => escape_block(text),
        };
        Line { before: tail(before, BEFORE), marked: head(marked, MARKED), after: head(after, BEFORE) }
    }
}

struct Paint {
    color: bool,
}

impl Paint {
    /// `web.yaml:3:5: error[S102 unknown-field]: message`.
    fn header(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let Location { file, start, .. } = &finding.location;
        let color = match finding.severity {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::BrightBlue,
        };
        let label = self.text(color, &format!("{}[{}]", finding.severity, code(finding)));
        let message = escape_line(&finding.message);
        write!(out, "{}:{}:{}: {label}: {}", escape_line(file), start.line, start.column, self.bold(&message))
    }

    fn text(&self, color: AnsiColor, text: &str) -> String {
        self.style(Style::new().fg_color(Some(color.into())).bold(), text)
    }

    fn bold(&self, text: &str) -> String {
        self.style(Style::new().bold(), text)
    }

    fn style(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
