//! Why a template could not be read or executed, and where.

use std::{fmt, sync::Arc};

use super::Budget;
use crate::document::{Source, Span, Text};

/// A mistake in a template, or one that executing it met.
#[derive(Debug, Clone)]
pub struct Error {
    pub kind: ErrorKind,
    /// The text of the template. That of `tpl` is a made one, with the way back to the values.
    pub source: Arc<Source>,
    pub span: Span,
    /// The name of the template that was executed.
    pub template: Text,
    /// How it was reached: calls of `include`, `tpl` and `template`, the innermost first.
    pub calls: Vec<Call>,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(formatter)
    }
}

impl std::error::Error for Error {}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ErrorKind {
    /// The text is no template.
    #[error("{0}")]
    Syntax(String),
    #[error("{0}")]
    Execution(String),
    /// What the chart's author says with `fail` or `required`.
    #[error("{0}")]
    Told(String),
    #[error("executing the template exceeds the limit `{}` of {}", .0.limit, .0.allowed)]
    Limit(Budget),
}

/// A place that calls another template.
#[derive(Debug, Clone)]
pub struct Call {
    pub source: Arc<Source>,
    pub span: Span,
    /// The template that calls.
    pub template: Text,
}
