//! Helm charts: read, rendered as `helm template` does, and written.
//!
//! ```text
//! Tree → Chart (files, metadata, subcharts) ────┐
//! values files, --set → values ─────────────────┴→ release (templates + functions) → texts that know their template
//! ```
//!
//! [`Chart::load`] reads a chart from a [`Tree`](crate::tree::Tree) once; [`render`] makes manifests of it, as often as
//! wanted: `helm template RELEASE CHART` of Helm 4, without Helm. [`release`] gives the notes and what is known of hooks
//! too. Nothing is asked of the machine: time and randomness are in the [`Options`], and the files that `--set-file`
//! names come through a function.
//!
//! Every text that comes out leads back to its template, and values that templates name lead to the file or flag that
//! set them.

mod chart;
mod dependency;
mod environment;
mod error;
pub mod export;
pub mod functions;
mod known;
mod manifest;
mod objects;
mod render;
pub mod template;
#[cfg(test)]
mod tests;
pub mod value;
mod values;
mod version;

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    document::{self, Source, Span},
    format::{Remark, Rendered},
};

pub use chart::{Chart, Dependency, Fetch, Loading, Maintainer, Metadata, Unpack, Wanted};
pub use error::Error;
pub use manifest::Hook;
pub use render::{release, render};
pub use values::{Flavor, Inputs, ReadFile, Violation};

/// Bytes of a text.
#[derive(Debug, Clone)]
pub struct Place {
    pub source: Arc<Source>,
    pub span: Span,
}

/// What a chart may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of all its files (`chart-bytes`).
    pub bytes: u64,
    /// Files and directories (`chart-files`).
    pub files: usize,
    /// Charts within charts (`chart-depth`).
    pub depth: usize,
    /// Charts that may be fetched for one (`chart-fetches`).
    pub fetches: usize,
    /// Reading YAML.
    pub document: document::Limits,
    /// Rendering.
    pub template: template::Limits,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 100 << 20,
            files: 100_000,
            depth: 32,
            fetches: 100,
            document: document::Limits::default(),
            template: template::Limits::default(),
        }
    }
}

/// How a chart is rendered.
#[derive(Clone)]
pub struct Options<'a> {
    /// The name of the release.
    pub release: String,
    pub namespace: String,
    /// Rendered for an upgrade, not for an installation.
    pub is_upgrade: bool,
    pub values: Inputs<'a>,
    /// The version of Kubernetes; that of Helm's client where none is said.
    pub kube_version: Option<String>,
    /// Further API versions that the cluster has: `monitoring.coreos.com/v1`, `…/v1/ServiceMonitor`.
    pub api_versions: Vec<String>,
    /// What is in `crds/` comes out too.
    pub include_crds: bool,
    /// Hooks come out too.
    pub hooks: bool,
    /// Hooks that are tests come out too.
    pub tests: bool,
    /// Only what templates of these names made comes out: `templates/*.yaml`, below the chart.
    pub only: Vec<String>,
    /// Values are not checked against schemas.
    pub skip_schemas: bool,
    /// What random functions begin with: the same seed gives the same texts.
    pub seed: u64,
    /// What templates take for the time.
    pub now: Timestamp,
    pub limits: Limits,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            release: "release-name".to_owned(),
            namespace: "default".to_owned(),
            is_upgrade: false,
            values: Inputs::default(),
            kube_version: None,
            api_versions: Vec::new(),
            include_crds: true,
            hooks: true,
            tests: true,
            only: Vec::new(),
            skip_schemas: false,
            seed: 0,
            now: Timestamp::UNIX_EPOCH,
            limits: Limits::default(),
        }
    }
}

/// All that rendering a chart gives.
#[derive(Debug, Default)]
pub struct Release {
    /// The manifests in Helm's order: definitions, what is installed, hooks.
    pub rendered: Rendered,
    /// What the chart tells its users, if it does (`NOTES.txt`).
    pub notes: Option<Arc<Source>>,
    /// What is known of the hooks among the manifests, in their order.
    pub hooks: Vec<Hook>,
}

impl Place {
    fn remark(&self) -> Option<(Arc<Source>, Span)> {
        Some((self.source.clone(), self.span))
    }
}

impl Release {
    fn remark(&mut self, remark: Remark) {
        self.rendered.remarks.push(remark);
    }
}
