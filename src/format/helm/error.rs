//! Why a chart cannot be read or rendered.

use std::sync::Arc;

use super::{Place, Violation, template};
use crate::{
    document::{self, Source},
    tree,
};

/// Why a chart cannot be read or rendered.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error(transparent)]
    Tree(tree::Error),
    #[error("there is no Chart.yaml in `{directory}`")]
    NoChart { directory: String },
    #[error("`{file}` is not UTF-8 at byte {at}")]
    Encoding { file: String, at: usize },
    /// A file that is not YAML.
    #[error("cannot read `{}`: {}", .file.name(), .error.kind)]
    Document { file: Arc<Source>, error: document::Error },
    /// A file of values that is something else.
    #[error("the values of `{file}` are not an object but: {found}")]
    NoMapping { file: String, found: &'static str, place: Place },
    /// What Helm refuses in `Chart.yaml` and `requirements.yaml`.
    #[error("`{file}` is not sound: {message}")]
    Metadata { file: String, message: String, place: Option<Place> },
    #[error("`{file}` has the rule `{rule}`, but {why}")]
    Ignore { file: String, rule: String, why: &'static str },
    /// A subchart that cannot be unpacked.
    #[error("cannot unpack `{file}`: {message}")]
    Archive { file: String, message: String },
    #[error("`{chart}` is a library chart, which is not installable")]
    Library { chart: String, place: Place },
    /// Dependencies of `Chart.yaml` that are not in `charts/`.
    #[error("the chart `{chart}` depends on charts that are not in its directory charts/: {}", .names.join(", "))]
    Dependencies { chart: String, names: Vec<String>, place: Option<Place> },
    /// A dependency that is not in `charts/` and cannot be had from where it is said to be.
    #[error("the dependency `{name}` cannot be fetched: {message}")]
    Fetch { name: String, message: String, place: Option<Place> },
    /// A dependency with a path that leads out of the tree.
    #[error("the dependency `{name}` cannot be read: `{path}` leads out of the root")]
    Outside { name: String, path: String, place: Option<Place> },
    #[error("`{file}` does not fit the dependencies of the chart any more")]
    Stale { file: String, place: Place },
    /// A flag that cannot be read.
    #[error("cannot read the value of `{flag}`: {message}")]
    Set { flag: &'static str, message: String, place: Place },
    /// Values for a subchart that are no object.
    #[error("the values of the subchart `{chart}` must be an object, not {found}")]
    Subchart { chart: String, found: &'static str, place: Option<Place> },
    /// A schema that cannot be used.
    #[error("the schema `{file}` cannot be used: {message}")]
    Schema { file: String, message: String },
    /// Values that the schemas do not take: all of them.
    #[error("the values do not meet the schema: {}", first(.0))]
    Values(Vec<Violation>),
    #[error("the name `{name}` cannot be that of a release: {why}")]
    Release { name: String, why: &'static str },
    #[error("`{version}` is not a version of Kubernetes: {why}")]
    KubeVersion { version: String, why: &'static str },
    #[error("the chart `{chart}` is for Kubernetes {constraint}, not for {version}")]
    Incompatible { chart: String, constraint: String, version: String, place: Place },
    #[error("cannot render the chart: {0}")]
    Template(Box<template::Error>),
    /// What a template made is not a manifest.
    #[error("`{template}` does not make a manifest: {message}")]
    Manifest { template: String, message: String, place: Place },
    #[error("there is no template `{pattern}` in the chart `{chart}`")]
    NoTemplate { pattern: String, chart: String },
    #[error("{what} exceeds the limit `{limit}` of {allowed}")]
    Limit { what: String, limit: &'static str, allowed: u64 },
}

impl Error {
    /// What may help, where something is known to.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Error::NoChart { .. } => "a chart is a directory with a Chart.yaml, or its archive".to_owned(),
            Error::Library { .. } => "render a chart that depends on it".to_owned(),
            Error::Dependencies { .. } => {
                "put them there with `helm dependency build`, or have them fetched with `--fetch-dependencies`"
                    .to_owned()
            }
            Error::Stale { .. } => "run `helm dependency update`, which writes it anew".to_owned(),
            Error::KubeVersion { .. } => "write it like `1.31` or `v1.31.2`".to_owned(),
            Error::Incompatible { .. } => "say another version of Kubernetes with `--kube-version`".to_owned(),
            Error::Release { .. } => {
                "use at most 53 lower-case letters, digits, `-` and `.`, with a letter or digit at both ends".to_owned()
            }
            Error::Values(_) => "the chart says in values.schema.json what it takes".to_owned(),
            _ => return None,
        })
    }

    /// Where it was written, as far as that is known; the first of several places.
    pub fn place(&self) -> Option<Place> {
        match self {
            Error::Document { file, error } => Some(Place { source: file.clone(), span: error.span }),
            Error::NoMapping { place, .. }
            | Error::Library { place, .. }
            | Error::Set { place, .. }
            | Error::Incompatible { place, .. }
            | Error::Stale { place, .. }
            | Error::Manifest { place, .. } => Some(place.clone()),
            Error::Metadata { place, .. }
            | Error::Dependencies { place, .. }
            | Error::Fetch { place, .. }
            | Error::Outside { place, .. }
            | Error::Subchart { place, .. } => place.clone(),
            Error::Template(error) => Some(Place { source: error.source.clone(), span: error.span }),
            Error::Values(violations) => violations.iter().find_map(|violation| violation.place.clone()),
            _ => None,
        }
    }
}

impl From<Box<template::Error>> for Error {
    fn from(error: Box<template::Error>) -> Error {
        Error::Template(error)
    }
}

fn first(violations: &[Violation]) -> String {
    let Some(first) = violations.first() else { return String::new() };
    match violations.len() {
        1 => first.to_string(),
        count => format!("{first} (and {} more)", count - 1),
    }
}
