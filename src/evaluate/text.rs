//! Texts that are no documents, as findings.

use crate::document::{Error, ErrorKind, Source};

use super::{Finding, Location, code::document as code};

/// The finding about a text that could not be read (or could, but for a duplicate key).
pub fn unreadable(error: &Error, source: &Source) -> Finding {
    let template = template_near(error, source);
    let (code, help) = match &error.kind {
        ErrorKind::Syntax(_) | ErrorKind::UnknownAnchor(_) | ErrorKind::Merge(_) => (code::SYNTAX, None),
        ErrorKind::DuplicateKey { .. } => (code::DUPLICATE_KEY, Some("keep one of the two")),
        ErrorKind::Key(_) | ErrorKind::Number(_) => (code::NOT_JSON, None),
        ErrorKind::Limit { .. } => (code::LIMIT, None),
        ErrorKind::Encoding(_) => (code::ENCODING, None),
    };
    let help = if template {
        Some("if this is a template, render it first; if the braces are meant, put the value in quotes")
    } else {
        help
    };
    let mut finding = Finding {
        code,
        severity: code.severity,
        message: error.kind.to_string(),
        location: Location::new(source, error.span),
        subject: None,
        path: String::new(),
        help: help.map(str::to_owned),
        fix: None,
        related: Vec::new(),
        suppressed: None,
    };
    if let ErrorKind::DuplicateKey { first, .. } = error.kind {
        finding.related("first set here", Location::new(source, first));
    }
    finding
}

/// Whether the line to blame, or the one before it, holds the braces of a template language and no quotes.
fn template_near(error: &Error, source: &Source) -> bool {
    let line = source.position(error.span.start).line;
    let syntax = matches!(error.kind, ErrorKind::Syntax(_) | ErrorKind::Key(_));
    let bare = |text: &str| !text.contains(['"', '\'']) && (text.contains("{{") || text.contains("{%"));
    syntax && (line.saturating_sub(1)..=line).any(|line| bare(source.line(line)))
}
