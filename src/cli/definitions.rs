//! What commands about kinds share: which definitions are meant, and how kinds are shown.

use std::path::{Path, PathBuf};

use clap_complete::ArgValueCandidates;
use mesheryctl::{
    document::{self, Limits, Node, Source, nearest},
    evaluate::project::Project,
    registry::{CrdError, Kind, Registry, Version},
};
use serde::Serialize;

use super::{Failure, Ui, candidates, input, settings, show::List};

/// Which definitions are meant.
#[derive(clap::Args, Debug)]
pub(crate) struct Definitions {
    /// Version of Kubernetes [default: the project's, the user's, else the newest built in]
    #[arg(long, value_name = "VERSION", add = ArgValueCandidates::new(candidates::kubernetes_versions))]
    pub(crate) kubernetes_version: Option<String>,
    /// File, directory or glob with CustomResourceDefinitions; may be given several times
    #[arg(long, value_name = "PATH")]
    crds: Vec<PathBuf>,
}

/// What commands that list kinds take.
#[derive(clap::Args, Debug)]
pub(crate) struct Listing {
    #[command(flatten)]
    pub(crate) definitions: Definitions,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = List::Table, value_name = "FORMAT")]
    pub(crate) output: List,
}

/// Not clap's to check: its errors repeat what was typed, control characters and all.
fn version(text: &str) -> Result<Version, Failure> {
    text.parse().map_err(|()| {
        Failure::new(format!("`{text}` is not a version of Kubernetes")).hint("write it as 1.33 or v1.33.4")
    })
}

impl Definitions {
    /// The definitions of the version that is meant, and of the custom kinds that were given.
    pub(crate) fn load(&self, ui: &Ui) -> Result<Registry, Failure> {
        self.load_for(settings::project()?.as_ref(), ui)
    }

    /// Like [`Definitions::load`], for a project whose file was read already.
    pub(crate) fn load_for(&self, project: Option<&(PathBuf, Project)>, ui: &Ui) -> Result<Registry, Failure> {
        let given = self.kubernetes_version.as_deref().map(version).transpose()?;
        let version = settings::kubernetes_version(given, project.map(|(_, it)| it), ui.global())?;
        let mut registry = Registry::kubernetes(version).map_err(|error| {
            Failure::new(error.to_string()).hint("name a version that is built in with --kubernetes-version")
        })?;
        let mut given = self.crds.clone();
        if let Some((path, project)) = project {
            let base = path.parent().unwrap_or(Path::new(""));
            given.extend(project.crds.iter().map(|crds| base.join(crds)));
        }
        for input in &input::plain(&given)? {
            let limits = Limits::default();
            let source = input.read(&limits)?.map_err(|failed| Failure::document(&failed.1, &failed.0))?;
            learn(&mut registry, &source, limits, ui)?;
        }
        Ok(registry)
    }
}

/// Learns every CustomResourceDefinition of a text, those in lists too; other objects are passed over. One that is no good
/// leaves its kind unknown, which is told.
fn learn(registry: &mut Registry, source: &Source, limits: Limits, ui: &Ui) -> Result<(), Failure> {
    if !source.text().contains("CustomResourceDefinition") {
        return Ok(());
    }
    for document in document::read(source, limits) {
        let document = document.map_err(|error| Failure::document(&error, source))?;
        let listed = document.root.get("items").into_iter().flat_map(Node::items);
        for object in std::iter::once(&document.root).chain(listed) {
            if object.str_at("kind") == Some("CustomResourceDefinition") {
                registry.add_crd(object).unwrap_or_else(|error| warn_of(&error, source, ui));
            }
        }
    }
    Ok(())
}

/// Says that a CustomResourceDefinition cannot be used, and where it is wrong.
pub(crate) fn warn_of(error: &CrdError, source: &Source, ui: &Ui) {
    ui.warn(&format!("{}: {error}; its kind stays unknown", source.place(error.span)));
}

/// The one kind that a user means: a name as [`Registry::find`] takes it, the best of its versions unless
/// `api_version` says which.
pub(crate) fn one_kind<'a>(registry: &'a Registry, name: &str, api_version: Option<&str>) -> Result<&'a Kind, Failure> {
    let found = registry.find(name);
    let Some(wanted) = api_version else {
        return found.first().copied().ok_or_else(|| no_kind(registry, name));
    };
    match found.iter().find(|kind| kind.api_version() == wanted) {
        Some(kind) => Ok(kind),
        None if found.is_empty() => Err(no_kind(registry, name)),
        None => {
            let served: Vec<String> = found.iter().map(|kind| kind.api_version()).collect();
            Err(Failure::new(format!("Kubernetes {} has no {name} in {wanted}", registry.version()))
                .hint(format!("it is served as {}", served.join(", "))))
        }
    }
}

fn no_kind(registry: &Registry, name: &str) -> Failure {
    let failure = Failure::new(format!("Kubernetes {} has no kind `{name}`", registry.version()));
    let names = registry.components().flat_map(|kind| [&*kind.singular, &*kind.plural]);
    match nearest(&name.to_lowercase(), names) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("`mesheryctl component list` names them all; custom ones come with --crds PATH"),
    }
}

/// A kind as programs see it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KindData<'a> {
    model: &'a str,
    kind: &'a str,
    api_version: String,
    plural: &'a str,
    singular: &'a str,
    short_names: &'a [Box<str>],
    categories: &'a [Box<str>],
    namespaced: bool,
    custom: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecation: Option<DeprecationData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeprecationData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated_in: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_in: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'a str>,
}

impl<'a> From<&'a Kind> for KindData<'a> {
    fn from(kind: &'a Kind) -> KindData<'a> {
        KindData {
            model: Registry::model_of(kind),
            kind: &kind.kind,
            api_version: kind.api_version(),
            plural: &kind.plural,
            singular: &kind.singular,
            short_names: &kind.short_names,
            categories: &kind.categories,
            namespaced: kind.namespaced,
            custom: kind.custom,
            deprecation: kind.deprecation.as_ref().map(|deprecation| DeprecationData {
                deprecated_in: deprecation.deprecated_in.map(|version| version.to_string()),
                removed_in: deprecation.removed_in.map(|version| version.to_string()),
                replacement: deprecation.replacement.as_ref().map(|new| format!("{} {}", new.api_version, new.kind)),
                warning: deprecation.warning.as_deref(),
            }),
        }
    }
}

/// `deprecated since 1.33, gone in 1.40; use discovery.k8s.io/v1 EndpointSlice`.
pub(crate) fn deprecation(kind: &Kind) -> Option<String> {
    let deprecation = kind.deprecation.as_ref()?;
    let mut text = "deprecated".to_owned();
    if let Some(since) = deprecation.deprecated_in {
        text.push_str(&format!(" since {since}"));
    }
    if let Some(removed) = deprecation.removed_in {
        text.push_str(&format!(", gone in {removed}"));
    }
    if let Some(new) = &deprecation.replacement {
        text.push_str(&format!("; use {} {}", new.api_version, new.kind));
    }
    if let Some(warning) = &deprecation.warning {
        text.push_str(&format!(": {warning}"));
    }
    Some(text)
}

/// `deployments.apps`: the name that [`Registry::find`] takes for this kind in any version.
pub(crate) fn resource_name(kind: &Kind) -> String {
    if kind.group.is_empty() { kind.plural.to_string() } else { format!("{}.{}", kind.plural, kind.group) }
}
