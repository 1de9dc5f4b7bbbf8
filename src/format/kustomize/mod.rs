//! Kustomizations: built as `kubectl kustomize` does, and written.
//!
//! [`build`] is `kustomize build` 5.8, without its program: the same objects in the same order. Every value keeps its place
//! on the way: one that a patch sets points at the patch, an image at its entry of `images`, a ConfigMap at its generator.
//!
//! ```text
//! kustomization ─ file ──┐  for each: resources, bases  → set
//! patches, configs ─ load┴→ build ─   generators        → set     → hashes, names, vars → finish → Rendered
//!                                     components
//!                                     transformers
//! ```
//!
//! Nothing is fetched and nothing is run: remote resources and Helm charts are what the caller's hooks make of them, other
//! generators and transformers than the built-in ones are refused.

mod build;
mod config;
mod error;
mod export;
mod fields;
mod file;
mod finish;
mod generate;
mod hash;
mod helm;
mod load;
mod names;
mod order;
mod patch;
mod path;
mod plugin;
mod read;
mod replace;
mod resource;
mod schema;
mod select;
mod set;
#[cfg(test)]
mod tests;
mod transform;
mod vars;

use std::{collections::HashMap, rc::Rc, sync::Arc};

use crate::{
    document::{Collection, Limits, Node, Source, Span, to_yaml_traced},
    format::{Made, Remark, Rendered, Role, Weight},
    tree::{Tree, file_name},
};

pub use error::{Error, ErrorKind};
pub use export::{Environment, ExportError, kustomization};

/// Whether a file of this name is a kustomization.
pub fn is_kustomization_file_name(name: &str) -> bool {
    file::FILE_NAMES.contains(&file_name(name))
}

/// How to build.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Of each text that is read.
    pub limits: Limits,
    /// How deep kustomizations may lie upon each other (`depth`).
    pub depth: usize,
    /// How many are built in all, those that are named twice counted twice (`kustomizations`).
    pub kustomizations: usize,
    /// How many resources one of them may have (`resources`).
    pub resources: usize,
    /// How many values patches and replacements may copy in all (`copies`).
    pub copies: usize,
    /// Sorts the objects by kind, Namespaces first, where `sortOptions` say nothing: what the programs do. Without it they
    /// stay in the order of reading (`--reorder none`).
    pub sort: bool,
    /// Brings remote resources; without it they are refused.
    pub fetch: Option<Fetch<'a>>,
    /// Renders charts; without it they are refused.
    pub helm: Option<RenderChart<'a>>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        let limits = Limits::default();
        Options {
            limits,
            depth: 64,
            kustomizations: 10_000,
            resources: 1_000_000,
            copies: 2_000_000,
            sort: true,
            fetch: None,
            helm: None,
        }
    }
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Options")
            .field("limits", &self.limits)
            .field("depth", &self.depth)
            .field("kustomizations", &self.kustomizations)
            .field("resources", &self.resources)
            .field("copies", &self.copies)
            .field("sort", &self.sort)
            .finish_non_exhaustive()
    }
}

/// Brings what stands at a URL, or says why not.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Result<Fetched, String>;

/// Renders a chart to texts of manifests, or says why not.
pub type RenderChart<'a> = &'a dyn Fn(&HelmChart) -> Result<Vec<Arc<Source>>, String>;

/// What was fetched.
#[derive(Debug, Clone)]
pub enum Fetched {
    File(Arc<Source>),
    /// A tree that nothing in it leads out of, and the directory in it that was asked for.
    Directory(Tree, String),
}

/// An entry of `helmCharts`. Paths are relative to `directory`.
#[derive(Debug, Clone)]
pub struct HelmChart {
    pub tree: Tree,
    /// That of the kustomization.
    pub directory: String,
    /// Where charts lie: `charts` where nothing is said.
    pub chart_home: String,
    pub name: String,
    pub version: String,
    pub repo: String,
    pub release_name: String,
    pub namespace: String,
    /// Empty for the chart's own.
    pub values_file: String,
    pub additional_values_files: Vec<String>,
    pub values_inline: Option<Node>,
    /// How the inline values and the file's go together: `merge`, `override`, `replace`.
    pub values_merge: String,
    pub include_crds: bool,
    pub skip_hooks: bool,
    pub skip_tests: bool,
    pub api_versions: Vec<String>,
    pub kube_version: String,
    pub name_template: String,
}

/// A build under way.
struct Build<'a> {
    options: &'a Options<'a>,
    /// The caller's, then those that were fetched.
    trees: Vec<Tree>,
    collection: Collection,
    /// What was read, by tree and name.
    files: HashMap<(usize, String, load::Dialect), Rc<Vec<Node>>>,
    schemas: Rc<schema::Schemas>,
    has_schemas: bool,
    builtin: Rc<config::Config>,
    kustomizations: usize,
    budget: resource::Budget,
    /// What the caller's hook brought.
    fetched: HashMap<String, Fetched>,
    remarks: Vec<(String, Span)>,
}

impl Build<'_> {
    fn schemas(&self) -> Rc<schema::Schemas> {
        self.schemas.clone()
    }

    fn warn(&mut self, message: &str, span: Span) {
        if !self.remarks.iter().any(|(known, at)| known == message && *at == span) {
            self.remarks.push((message.to_owned(), span));
        }
    }
}

/// Builds the kustomization in a directory of `tree`: one text for each object, in kustomize's order.
///
/// # Errors
/// What kustomize refuses too, what it would have to run or fetch, and exceeded limits.
pub fn build(tree: &Tree, directory: &str, options: &Options<'_>) -> Result<Rendered, Error> {
    let mut build = Build {
        options,
        trees: vec![tree.clone()],
        collection: Collection::default(),
        files: HashMap::new(),
        schemas: schema::Schemas::builtin(),
        has_schemas: false,
        builtin: Rc::new(config::Config::builtin()),
        kustomizations: 1,
        budget: resource::Budget { left: options.copies, allowed: options.copies },
        fetched: HashMap::new(),
        remarks: Vec::new(),
    };
    let set = build.run(directory).map_err(|fault| fault.locate(&build.collection))?;
    let remarks = std::mem::take(&mut build.remarks).into_iter().map(|(message, span)| {
        let place = error::place(&build.collection, span);
        Remark { weight: Weight::Warning, place, message }
    });
    let remarks = remarks.collect();
    let name = tree.name(directory);
    let name = if name.is_empty() { ".".to_owned() } else { name };
    let origin = build.collection.into_source(name.clone());
    let texts = set.resources().iter().map(|resource| {
        let (text, trace) = to_yaml_traced(&resource.node, &origin);
        Made { source: Arc::new(Source::made(name.clone(), text, trace)), role: Role::Object }
    });
    Ok(Rendered { texts: texts.collect(), remarks })
}
