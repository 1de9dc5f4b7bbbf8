//! What commands about kinds share: which definitions are meant, and how lists of them are shown.

use std::path::PathBuf;

use clap_complete::ArgValueCandidates;
use mesheryctl::{
    document::{self, Limits, Node, Source},
    registry::{CrdError, Kind, Registry, Version},
};
use serde::Serialize;

use super::{
    Failure, Ui, candidates, input,
    settings::{Key, Settings},
    ui::escape_line,
};

/// Which definitions are meant.
#[derive(clap::Args, Debug)]
pub(crate) struct Definitions {
    /// The version of Kubernetes [default: the configured one, else the newest built in]
    #[arg(long, value_name = "VERSION", add = ArgValueCandidates::new(candidates::kubernetes_versions))]
    kubernetes_version: Option<String>,
    /// File, directory or glob with CustomResourceDefinitions
    #[arg(long, value_name = "PATH")]
    crds: Vec<PathBuf>,
}

/// How a list is shown.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    Yaml,
    /// One name a line
    Name,
}

impl Definitions {
    pub(crate) fn load(&self, ui: &Ui) -> Result<Registry, Failure> {
        let mut registry = Registry::kubernetes(self.version(ui)?).map_err(|error| {
            Failure::new(error.to_string()).hint("name a version that is built in with --kubernetes-version")
        })?;
        for input in &input::resolve(&self.crds, true)?.files {
            let limits = Limits::default();
            let source = input.read(&limits)?.map_err(|failed| Failure::document(&failed.1, &failed.0))?;
            add_crds(&mut registry, &source, limits)?;
        }
        Ok(registry)
    }

    fn version(&self, ui: &Ui) -> Result<Version, Failure> {
        let configured = || -> Result<Option<String>, Failure> {
            Ok(Settings::load(ui.global())?.winner(Key::KubernetesVersion).and_then(|winner| winner.value))
        };
        match self.kubernetes_version.clone().map_or_else(configured, |given| Ok(Some(given)))? {
            None => Ok(Registry::LATEST),
            Some(text) => text.parse().map_err(|()| {
                Failure::new(format!("`{text}` is not a version of Kubernetes")).hint("write it as 1.33 or v1.33.4")
            }),
        }
    }
}

/// Adds every CustomResourceDefinition of a text, those in lists too; other objects are passed over.
fn add_crds(registry: &mut Registry, source: &Source, limits: Limits) -> Result<(), Failure> {
    for document in document::read(source, limits) {
        let document = document.map_err(|error| Failure::document(&error, source))?;
        let listed = document.root.get("items").into_iter().flat_map(Node::items);
        for object in std::iter::once(&document.root).chain(listed) {
            if object.str_at("kind") == Some("CustomResourceDefinition") {
                registry.add_crd(object).map_err(|error| unusable(&error, source))?;
            }
        }
    }
    Ok(())
}

fn unusable(error: &CrdError, source: &Source) -> Failure {
    let at = source.position(error.span.start);
    Failure::new(format!("{}:{}:{}: {error}", source.name(), at.line, at.column))
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
    match mesheryctl::evaluate::nearest(&name.to_lowercase(), names) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("`mesheryctl component list` names them all; custom ones come with --crds PATH"),
    }
}

/// Columns: cut to the width of a terminal, whole in a pipe.
pub(crate) fn print_table<const N: usize>(
    ui: &Ui,
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<(), Failure> {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_header(headings);
    for row in rows {
        table.add_row(row.map(|cell| escape_line(&cell)));
    }
    table.set_content_arrangement(match ui.is_terminal() {
        true => comfy_table::ContentArrangement::Dynamic,
        false => comfy_table::ContentArrangement::Disabled,
    });
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    ui.write(|out| table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end())))
}

/// An answer for programs, as JSON or YAML.
pub(crate) fn print_data(ui: &Ui, yaml: bool, data: &impl Serialize) -> Result<(), Failure> {
    let text = match yaml {
        true => serde_yaml::to_string(data).map_err(|error| error.to_string()),
        false => serde_json::to_string_pretty(data).map_err(|error| error.to_string()),
    };
    let text = text.map_err(|error| Failure::new(format!("cannot write the answer: {error}")))?;
    ui.print_foreign(&format!("{}\n", text.trim_end_matches('\n')))
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
