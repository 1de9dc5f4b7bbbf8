//! Why a kustomization cannot be built.

use std::sync::Arc;

use crate::{
    document::{self, Collection, Source, Span},
    tree,
};

/// What is wrong, and where it was written as far as that is known.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{kind}")]
pub struct Error {
    pub kind: ErrorKind,
    pub place: Option<(Arc<Source>, Span)>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    #[error("there is no kustomization.yaml, kustomization.yml or Kustomization in `{0}`")]
    NoKustomization(String),
    #[error("`{directory}` holds several kustomization files: `{}`", files.join("`, `"))]
    SeveralKustomizations { directory: String, files: Vec<String> },
    #[error("the kustomization is empty")]
    Empty,
    #[error("unknown field `{field}` in {of}")]
    UnknownField { field: String, of: &'static str, meant: Option<String> },
    /// A value of another type than its field takes.
    #[error("`{field}` takes {wanted}, not {found}")]
    WrongType { field: String, wanted: &'static str, found: &'static str },
    /// A value that its field does not take.
    #[error("{0}")]
    Invalid(String),
    #[error("`{path}`: {error}")]
    Unreadable { path: String, error: tree::Error },
    #[error("`{path}`: {error}")]
    Document { path: String, error: document::ErrorKind },
    #[error("`{path}` is not in or below `{directory}`, the directory of its kustomization")]
    Outside { path: String, directory: String },
    #[error("`{path}` leads back to `{directory}`, which is being built")]
    Cycle { path: String, directory: String },
    /// Nothing is fetched.
    #[error("`{0}` is a remote resource")]
    Remote(String),
    #[error("`{0}` could not be fetched: {1}")]
    Fetch(String, String),
    #[error("`{path}` is a {found}, where a {wanted} is needed")]
    WrongKustomizationKind { path: String, found: String, wanted: &'static str },
    #[error("an object without `{0}` is no resource")]
    NotAResource(&'static str),
    /// Two objects with one identity.
    #[error("there is already a resource {0}")]
    Duplicate(String),
    #[error("no resource matches {what} {id}")]
    NoMatch { what: &'static str, id: String },
    #[error("{count} resources match {what} {id}")]
    SeveralMatches { what: &'static str, id: String, count: usize },
    #[error("the `{op}` operation at `{path}` does not apply to {id}: {why}")]
    Operation { op: String, path: String, id: String, why: String },
    /// A field path that leads through a value of the wrong type.
    #[error("`{path}` of {id}: {why}")]
    Field { path: String, id: String, why: String },
    #[error("{0} is a plug-in that runs a program or a container, which is not done here")]
    Plugin(String),
    #[error("`{0}` is an inflated Helm chart, and no Helm engine was given")]
    NoHelm(String),
    #[error("the chart `{0}` could not be rendered: {1}")]
    Helm(String, String),
    #[error("{what} exceed the limit `{limit}` of {allowed}")]
    Limit { what: &'static str, limit: &'static str, allowed: u64 },
}

impl Error {
    /// What to do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        Some(match &self.kind {
            ErrorKind::UnknownField { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
            ErrorKind::Remote(_) => {
                "nothing is fetched: copy it into the tree (`git clone`, `curl -O`) and name the copy".into()
            }
            ErrorKind::Outside { .. } => {
                "move the file below the kustomization, or make its directory a base of its own".into()
            }
            ErrorKind::Duplicate(_) => {
                "patch the resource instead of adding it again, or tell the two apart by name or namespace".into()
            }
            ErrorKind::NoMatch { what: "the patch of", .. } => {
                "`apiVersion`, `kind`, `metadata.name` and `metadata.namespace` of a patch without `target` name its \
                 resource as it was before prefixes and suffixes"
                    .into()
            }
            ErrorKind::Plugin(_) => "run the program, and name what it prints under `resources`".into(),
            ErrorKind::WrongKustomizationKind { wanted: "Component", .. } => "name it under `resources`".into(),
            ErrorKind::WrongKustomizationKind { .. } => "name it under `components`".into(),
            _ => return None,
        })
    }
}

/// An error whose place is a span of the collection that everything is read into.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: Box<ErrorKind>,
    pub(super) span: Span,
}

pub(super) type Result<T> = std::result::Result<T, Fault>;

impl Fault {
    pub(super) fn new(kind: ErrorKind, span: Span) -> Fault {
        Fault { kind: Box::new(kind), span }
    }

    pub(super) fn invalid(message: impl Into<String>, span: Span) -> Fault {
        Fault::new(ErrorKind::Invalid(message.into()), span)
    }

    /// The same, at `span` if it has no place of its own.
    pub(super) fn at(mut self, span: Span) -> Fault {
        if self.span == Span::default() {
            self.span = span;
        }
        self
    }

    pub(super) fn locate(self, collection: &Collection) -> Error {
        let known = self.span != Span::default();
        let place = known.then(|| place(collection, self.span)).flatten();
        Error { kind: *self.kind, place }
    }
}

/// Where a span of the collection was written by a person.
pub(super) fn place(collection: &Collection, span: Span) -> Option<(Arc<Source>, Span)> {
    let (source, span) = collection.locate(span)?;
    match source.traced(span) {
        Some(traced) => Some((traced.source.clone(), traced.span)),
        None => Some((source.clone(), span)),
    }
}
