//! A chart as it lies there: files sorted by what they are for, subcharts within.

pub(super) mod decode;
mod fetch;
mod ignore;
mod load;
mod metadata;
pub(super) mod pattern;

use std::sync::Arc;

use crate::{
    document::{Node, Source},
    format::{
        Remark,
        helm::{Error, Place},
    },
    tree::Tree,
};

pub use fetch::{Fetch, Wanted};
pub(super) use load::mappings;
pub use load::{Loading, Unpack};
pub(super) use metadata::Import;
pub use metadata::{Dependency, Maintainer, Metadata};

/// A chart with its subcharts. It is read once and can be rendered any number of times.
#[derive(Debug)]
pub struct Chart {
    metadata: Metadata,
    declares_dependencies: bool,
    /// Where `Chart.yaml` stands.
    pub(super) source: Arc<Source>,
    /// What it says there.
    pub(super) root: Node,
    pub(super) defaults: Vec<(Arc<Source>, Node)>,
    pub(super) schema: Option<Arc<Source>>,
    /// What is below `templates/`.
    pub(super) templates: Vec<File>,
    /// Everything else that templates can read.
    pub(super) files: Vec<File>,
    /// What is in `charts/`, sorted by its file's name.
    pub(super) charts: Vec<Chart>,
    pub(super) remarks: Vec<Remark>,
}

/// A file of a chart.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Below the chart.
    pub(super) path: String,
    /// What users call it.
    pub(super) shown: String,
    /// Without a byte order mark.
    pub(super) bytes: Arc<[u8]>,
}

impl Chart {
    /// Reads the chart whose `Chart.yaml` stands in the root of `tree`.
    ///
    /// # Errors
    /// What Helm refuses to load, with the place; files that cannot be read; budgets.
    pub fn load(tree: &Tree, loading: &Loading<'_>) -> Result<Chart, Error> {
        load::chart(tree, "", loading)
    }

    /// Reads the chart in `directory` of `tree`, in which its dependencies may lie too (`file://../common`).
    ///
    /// # Errors
    /// As [`Chart::load`].
    pub fn load_in(tree: &Tree, directory: &str, loading: &Loading<'_>) -> Result<Chart, Error> {
        load::chart(tree, directory, loading)
    }

    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Where `Chart.yaml` says something of this name, whatever its case.
    pub(super) fn said(&self, field: &str) -> Option<Place> {
        let span = self.root.entries().find(|entry| entry.key.eq_ignore_ascii_case(field))?.value.span;
        Some(Place { source: self.source.clone(), span })
    }

    /// As [`Chart::said`], or where `Chart.yaml` begins.
    pub(super) fn place(&self, field: &str) -> Place {
        self.said(field).unwrap_or_else(|| Place { source: self.source.clone(), span: self.root.span })
    }

    /// Whether it has a list of dependencies, which may be empty.
    pub(super) fn declares_dependencies(&self) -> bool {
        self.declares_dependencies
    }
}

impl File {
    /// The file as a text.
    ///
    /// # Errors
    /// What is not UTF-8.
    pub(super) fn text(&self) -> Result<Arc<Source>, Error> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Ok(Arc::new(Source::new(&self.shown, text))),
            Err(error) => Err(Error::Encoding { file: self.shown.clone(), at: error.valid_up_to() }),
        }
    }
}
