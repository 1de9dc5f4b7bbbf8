//! Why a text is not a document.

use super::{Source, Span};

/// A text that cannot be read, with the bytes to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub kind: ErrorKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// Not YAML (or not JSON): what the parser said.
    #[error("{0}")]
    Syntax(String),
    /// The same key twice in one mapping; the API server refuses it. `first` is where it stood before.
    #[error("key `{key}` is already set in this mapping")]
    DuplicateKey { key: String, first: Span },
    /// A key that JSON has no room for (a list or a mapping as key, `null`).
    #[error("a mapping key must be a string, number or boolean, not {0}")]
    Key(&'static str),
    /// `.inf` and `.nan` have no JSON form.
    #[error("`{0}` has no representation in JSON, which Kubernetes' API speaks")]
    Number(String),
    #[error("alias `*{0}` names no anchor that stands before it")]
    UnknownAnchor(String),
    /// `<<:` with something that is not a mapping or a list of mappings.
    #[error("a merge key (`<<`) takes a mapping or a list of mappings, not {0}")]
    Merge(&'static str),
    /// A budget of [`super::Limits`] is used up.
    #[error("{what} exceed the limit `{limit}` of {allowed}")]
    Limit { limit: &'static str, what: &'static str, allowed: u64 },
    /// Bytes that are not UTF-8 or UTF-16 text.
    #[error("{0}")]
    Encoding(String),
}

impl Error {
    pub fn new(kind: ErrorKind, span: Span) -> Error {
        Error { kind, span }
    }

    /// `name:line:column: what is wrong`.
    pub fn describe(&self, source: &Source) -> String {
        format!("{}: {}", source.place(self.span), self.kind)
    }
}
