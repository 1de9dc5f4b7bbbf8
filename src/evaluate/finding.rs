//! What an evaluation has to say, as data.

use std::sync::Arc;

use crate::document::{Position, Source, Span};

use super::code::Code;

/// One thing that is wrong, or about to be, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    /// One sentence without a full stop: what is wrong, in the user's terms.
    pub message: String,
    pub location: Location,
    /// The object the finding is about, as far as it is known.
    pub subject: Option<Subject>,
    /// `spec.containers[0].image`; empty when the finding is about the object or the file.
    pub path: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A change that is certain to be what was meant.
    pub fix: Option<Fix>,
    /// Other places that matter: "first set here".
    pub related: Vec<Related>,
    /// Set when a comment or the project's file says not to report it.
    pub suppressed: Option<Suppression>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// The API server takes it, and it will hurt.
    Warning,
    /// The API server refuses it, or it cannot work.
    Error,
}

/// Bytes of one file, with the lines they stand in kept for the code frame (the source itself is not kept alive).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file's name as the user gave it.
    pub file: Arc<str>,
    pub span: Span,
    pub start: Position,
    pub end: Position,
    /// The text of the line at `start`; of a long one (minified JSON) what stands around the place.
    pub line: String,
    /// The column that `line` begins with: 1, unless it was cut.
    pub line_column: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    pub api_version: String,
    pub kind: String,
    /// Empty for cluster-scoped objects and where the input names none.
    pub namespace: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub message: String,
    pub location: Location,
}

/// Why a finding is not reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// What was given as the reason; never empty.
    pub reason: String,
    /// Who answers for it; `None` for a comment in the file itself (its author is in the file's history).
    pub owner: Option<String>,
}

/// Text edits that belong together, all in the finding's file, that do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// "replace `replica` by `replicas`".
    pub title: String,
    pub edits: Vec<Edit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}

impl Location {
    /// A file of one line may get a finding for each of its bytes: every finding keeps this much of it at most.
    const LINE_BYTES: usize = 512;

    pub fn new(source: &Source, span: Span) -> Location {
        let start = source.position(span.start);
        let end = source.position(span.end.max(span.start));
        let line = source.line_range(start.line);
        let (line, line_column) = match line.len() <= Location::LINE_BYTES {
            true => (&source.text()[line], 1),
            false => around(source, line, span.start),
        };
        Location { file: source.name().into(), span, start, end, line: line.to_owned(), line_column }
    }

    /// The byte of `line` at which a column stands; its end for columns behind it, its beginning for those before it.
    pub fn offset(&self, column: u32) -> usize {
        let characters = column.saturating_sub(self.line_column) as usize;
        self.line.char_indices().nth(characters).map_or(self.line.len(), |(at, _)| at)
    }
}

/// What stands around a byte of a long line, and the column that it begins with.
fn around(source: &Source, line: std::ops::Range<usize>, offset: u32) -> (&str, u32) {
    let text = source.text();
    let place = (offset as usize).clamp(line.start, line.end);
    let start = text.floor_char_boundary(place.saturating_sub(Location::LINE_BYTES / 2)).max(line.start);
    let end = text.floor_char_boundary((start + Location::LINE_BYTES).min(line.end));
    (&text[start..end], source.position(start as u32).column)
}

impl std::fmt::Display for Severity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.namespace.as_str() {
            "" => write!(formatter, "{}/{}", self.kind, self.name),
            namespace => write!(formatter, "{}/{} in {namespace}", self.kind, self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_kept_around_the_place() {
        let text = format!("{}x: ö{}\n", "ä".repeat(1000), "ü".repeat(1000));
        let source = Source::new("a", text.as_str());
        let start = text.find('x').expect("it is there");
        let location = Location::new(&source, Span::new(start, start + 1));
        assert_eq!((location.start.column, location.line_column), (1001, 873));
        assert!(location.line.len() <= Location::LINE_BYTES);
        assert_eq!(&location.line[location.offset(1001)..location.offset(1002)], "x");
        assert_eq!((location.offset(1), location.offset(9999)), (0, location.line.len()));
        let end = Location::new(&source, Span::new(text.len() - 1, text.len() - 1));
        assert_eq!(end.offset(end.start.column), end.line.len());
    }
}
