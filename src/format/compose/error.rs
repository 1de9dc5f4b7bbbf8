//! Why files are not a project.

use std::{fmt, sync::Arc};

use crate::{
    document::{self, Collection, Source, Span},
    tree,
};

/// What is wrong, and where it was written as far as that is known.
#[derive(Debug, Clone)]
pub struct Error {
    pub kind: ErrorKind,
    pub place: Option<(Arc<Source>, Span)>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// No file was named and none of the default names exists.
    #[error("there is no Compose file here: none of {}", tried.join(", "))]
    NoFile { tried: Vec<String> },
    /// A file that cannot be had: absent, outside the root, too large.
    #[error("cannot read {what} `{path}`: {why}")]
    File { what: &'static str, path: String, why: tree::Error },
    #[error("cannot read {what} `{path}`: it would have to be fetched")]
    Remote { what: &'static str, path: String },
    #[error(transparent)]
    Document(#[from] document::ErrorKind),
    #[error("a Compose file is a mapping, not {0}")]
    NotAMapping(&'static str),
    #[error("line {line} of `{file}`: {why}")]
    EnvFile { file: String, line: usize, why: String },
    #[error("`{format}` is no format of env files that is supported here; there is `raw`")]
    EnvFileFormat { format: String },
    #[error("`{text}` in `{path}` is no valid interpolation; a `$` that stands for itself is written `$$`")]
    Interpolation { path: String, text: String },
    #[error("variable `{name}` is required{}", said(reason))]
    Required { name: String, reason: String },
    /// A value of a wrong type, a word that is not among those allowed, a duration that is none.
    #[error("`{path}` {why}")]
    Value { path: String, why: String },
    #[error("`{path}` has no key `{key}`{}", did_you_mean(nearest))]
    UnknownKey { path: String, key: String, nearest: Option<String> },
    #[error("`{path}` needs `{key}`")]
    MissingKey { path: String, key: String },
    /// `extends`, `include` or `depends_on` that lead back to where they started.
    #[error("{what} run in a circle: {}", names.join(" → "))]
    Cycle { what: &'static str, names: Vec<String> },
    #[error("{user} refers to {what} `{name}`, which is not defined{}", did_you_mean(nearest))]
    Undefined { user: String, what: &'static str, name: String, nearest: Option<String> },
    #[error("`{path}` cannot override what stands there: one is {ours}, the other {theirs}")]
    Merge { path: String, ours: &'static str, theirs: &'static str },
    #[error(
        "project name `{0}` is none: it consists of lower-case letters, digits, `-` and `_`, and begins with a letter or digit"
    )]
    ProjectName(String),
    #[error("the project has no services")]
    Empty,
    /// A budget of [`super::Limits`] is used up.
    #[error("{what} exceeds the limit `{limit}` of {allowed}")]
    Limit { what: &'static str, limit: &'static str, allowed: usize },
}

fn said(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}

fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(formatter)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// `name:line:column: what is wrong`.
    pub fn describe(&self) -> String {
        match &self.place {
            Some((source, span)) => {
                let at = source.position(span.start);
                format!("{}:{}:{}: {}", source.name(), at.line, at.column, self.kind)
            }
            None => self.kind.to_string(),
        }
    }

    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        Some(match &self.kind {
            ErrorKind::NoFile { .. } => "name the files of the project".to_owned(),
            ErrorKind::Required { name, .. } => format!("give `{name}` a value, or write one into `.env`"),
            ErrorKind::Remote { .. } => "fetch it, and name the copy".to_owned(),
            ErrorKind::File { why: tree::Error::Path { .. }, .. } => {
                "take a directory further up as the root, one that holds all files of the project".to_owned()
            }
            ErrorKind::ProjectName(_) => "give the project a name".to_owned(),
            _ => return None,
        })
    }
}

/// An error whose place is a span of the project's [`Collection`].
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: Box<ErrorKind>,
    pub(super) span: Span,
}

impl Fault {
    pub(super) fn new(kind: ErrorKind, span: Span) -> Fault {
        Fault { kind: Box::new(kind), span }
    }

    pub(super) fn value(path: impl ToString, why: impl Into<String>, span: Span) -> Fault {
        Fault::new(ErrorKind::Value { path: path.to_string(), why: why.into() }, span)
    }

    pub(super) fn into_error(self, collection: &Collection) -> Error {
        let known = self.span != Span::default();
        let place = known.then(|| collection.locate(self.span)).flatten();
        Error { kind: *self.kind, place: place.map(|(source, span)| (source.clone(), span)) }
    }
}

pub(super) type Result<T> = std::result::Result<T, Fault>;
