//! What a reader has to say about what it did not take, and about what it took otherwise than written.

use std::sync::Arc;

use crate::document::{Error, Source, Span, Text};

/// The place of a remark in a text.
#[derive(Debug, Clone)]
pub struct Place {
    pub source: Arc<Source>,
    /// Which document of the source, counted from 0.
    pub document: u32,
    pub span: Span,
}

/// Something found that is not a component now, and why.
#[derive(Debug, Clone)]
pub struct Skipped {
    pub place: Place,
    pub reason: Reason,
}

/// Something taken otherwise than it was written.
#[derive(Debug, Clone)]
pub struct Note {
    pub place: Place,
    pub change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("it is empty")]
    Empty,
    #[error("it is not an object but {}", article(.0))]
    NotAnObject(&'static str),
    #[error("it has no `{0}`, so it is neither a Kubernetes object nor a Meshery design")]
    Missing(&'static str),
    #[error("`{field}` must be {wanted}, not {}", article(.found))]
    WrongType { field: &'static str, wanted: &'static str, found: &'static str },
    #[error("the list `{0}` holds nothing")]
    EmptyList(Text),
    #[error("the design has no components")]
    NoComponents,
    #[error("{0} is no version of Meshery's design files that is known here")]
    UnknownSchema(Text),
    #[error("it cannot be read: {}", .0.kind)]
    Unreadable(Error),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Change {
    /// The old canvas wrote `imagePullPolicy` as `image Pull Policy`.
    #[error("`{from}` read as `{to}`")]
    KeyRestored { from: Text, to: Text },
    #[error("{kind} has no apiVersion; {api_version} is where Kubernetes serves that kind")]
    ApiVersionFound { kind: Text, api_version: Text },
    #[error("{kind} has no apiVersion, and no known kind has that name: it is left empty")]
    ApiVersionUnknown { kind: Text },
    #[error("the namespace {namespace} is left out: {kind} belongs to the whole cluster")]
    NamespaceDropped { kind: Text, namespace: Text },
    #[error("the design calls this {display}, its metadata {name}; the metadata counts")]
    NamesDiffer { display: Text, name: Text },
}

fn article(type_name: &str) -> String {
    match type_name.as_bytes().first() {
        _ if type_name == "null" => type_name.to_owned(),
        Some(b'a' | b'e' | b'i' | b'o' | b'u') => format!("an {type_name}"),
        _ => format!("a {type_name}"),
    }
}
