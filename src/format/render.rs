//! One door to all that renders: a chart, a kustomization or a Compose project becomes texts of manifests.

use std::{collections::HashMap, sync::Arc};

use super::{
    Made, Rendered, Role, Unit,
    compose::{self, Account},
    helm, kustomize,
};
use crate::{
    document::{Source, Span, to_yaml},
    tree::{Tree, joined},
};

/// How what is rendered is rendered.
#[derive(Clone, Default)]
pub struct Rendering<'a> {
    /// A release without a name is called after its chart.
    pub release: Option<String>,
    pub helm: helm::Options<'a>,
    pub charts: helm::Loading<'a>,
    pub compose: compose::Options,
}

/// What rendering gave.
#[derive(Debug, Default)]
pub struct Output {
    /// A text for each template, one for a kustomization or a project; no two have one name.
    pub rendered: Rendered,
    /// What the unit calls itself: the chart's or the project's name.
    pub name: Option<String>,
    /// Of a Compose project.
    pub account: Option<Account>,
}

/// Why something cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error(transparent)]
    Helm(#[from] helm::Error),
    #[error(transparent)]
    Kustomize(#[from] kustomize::Error),
    #[error(transparent)]
    Compose(#[from] compose::Error),
}

impl RenderError {
    /// Where it was written, as far as that is known.
    pub fn place(&self) -> Option<(Arc<Source>, Span)> {
        match self {
            RenderError::Helm(error) => error.place().map(|place| (place.source, place.span)),
            RenderError::Kustomize(error) => error.place.clone(),
            RenderError::Compose(error) => error.place.clone(),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            RenderError::Helm(error) => error.hint(),
            RenderError::Kustomize(error) => error.hint(),
            RenderError::Compose(error) => error.hint(),
        }
    }

    /// Whether a path led out of the tree: a larger tree may have it.
    pub fn leads_out(&self) -> bool {
        match self {
            RenderError::Kustomize(error) => {
                matches!(&error.kind, kustomize::ErrorKind::Unreadable { error, .. } if error.leads_out())
            }
            RenderError::Helm(error) => matches!(error, helm::Error::Outside { .. }),
            RenderError::Compose(_) => false,
        }
    }

    /// Whether it is a chart that is only there for others.
    pub fn is_library(&self) -> bool {
        matches!(self, RenderError::Helm(helm::Error::Library { .. }))
    }
}

/// Renders what stands in `directory` of `tree`.
///
/// # Errors
/// What the program that the format comes from refuses, too.
pub fn render(unit: &Unit, tree: &Tree, directory: &str, rendering: &Rendering<'_>) -> Result<Output, RenderError> {
    Ok(match unit {
        Unit::Chart => chart(tree, directory, rendering)?,
        Unit::Kustomization => {
            let inflate = |chart: &kustomize::HelmChart| inflated(chart, rendering);
            let options = kustomize::Options { helm: Some(&inflate), ..kustomize::Options::default() };
            let Rendered { texts, remarks } = kustomize::build(tree, directory, &options)?;
            let texts = one_text(tree.name(&joined(directory, "kustomization.yaml")), texts);
            Output { rendered: Rendered { texts, remarks }, ..Output::default() }
        }
        Unit::Compose(files) => {
            let files: Vec<String> = files.iter().map(|file| joined(directory, file)).collect();
            let project = compose::read(tree, &files, &rendering.compose)?;
            let (rendered, account) = project.to_kubernetes();
            let name = files.first().map_or_else(String::new, |file| tree.name(file));
            let rendered = Rendered { texts: one_text(name, rendered.texts), ..rendered };
            Output { rendered, name: Some(project.name().to_owned()), account: Some(account) }
        }
    })
}

fn chart(tree: &Tree, directory: &str, rendering: &Rendering<'_>) -> Result<Output, RenderError> {
    let chart = helm::Chart::load_in(tree, directory, &rendering.charts)?;
    let release = rendering.release.clone().unwrap_or_else(|| chart.name().to_owned());
    let options = helm::Options { release, ..rendering.helm.clone() };
    let Rendered { texts, remarks } = helm::render(&chart, &options)?;
    let rendered = Rendered { texts: by_name(texts), remarks };
    Ok(Output { rendered, name: Some(chart.name().to_owned()), account: None })
}

/// All objects as one text, which is called as the file that they come from and stands where that does.
fn one_text(name: String, texts: Vec<Made>) -> Vec<Made> {
    let sources: Vec<Arc<Source>> = texts.into_iter().map(|made| made.source).collect();
    vec![Made { source: Arc::new(Source::joined(name, &sources)), role: Role::Object }]
}

/// The chart that a kustomization names: it lies beside it, for nothing is fetched.
fn inflated(wanted: &kustomize::HelmChart, rendering: &Rendering<'_>) -> Result<Vec<Arc<Source>>, String> {
    let below = |directory: &str, path: &str| Tree::join(directory, path).map_err(|error| error.to_string());
    let directory = below(&below(&wanted.directory, &wanted.chart_home)?, &wanted.name)?;
    if !wanted.tree.is_directory(&directory) {
        return Err(format!("there is no `{}`, and charts are not fetched", wanted.tree.name(&directory)));
    }
    let text = |path: &str| {
        let path = below(&wanted.directory, path)?;
        let bytes = wanted.tree.read(&path).map_err(|error| error.to_string())?;
        let read = Source::from_bytes(wanted.tree.name(&path), bytes.to_vec()).map(Arc::new);
        read.map_err(|failed| failed.1.describe(&failed.0))
    };
    let of_file = (!wanted.values_file.is_empty()).then(|| text(&wanted.values_file)).transpose()?;
    let inline = wanted.values_inline.as_ref().map(|values| Arc::new(Source::new("valuesInline", to_yaml(values))));
    // Later ones win.
    let mut files: Vec<Arc<Source>> = match wanted.values_merge.as_str() {
        "replace" if inline.is_some() => inline.into_iter().collect(),
        "merge" => inline.into_iter().chain(of_file).collect(),
        _ => of_file.into_iter().chain(inline).collect(),
    };
    files.extend(wanted.additional_values_files.iter().map(|path| text(path)).collect::<Result<Vec<_>, _>>()?);
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let chart = helm::Chart::load_in(&wanted.tree, &directory, &rendering.charts).map_err(|error| error.to_string())?;
    let options = helm::Options {
        release: given(&wanted.release_name).unwrap_or_else(|| chart.name().to_owned()),
        namespace: given(&wanted.namespace).unwrap_or_else(|| "default".to_owned()),
        values: helm::Inputs { files, ..helm::Inputs::default() },
        kube_version: given(&wanted.kube_version),
        api_versions: wanted.api_versions.clone(),
        include_crds: wanted.include_crds,
        hooks: !wanted.skip_hooks,
        tests: !wanted.skip_tests,
        ..rendering.helm.clone()
    };
    let rendered = helm::render(&chart, &options).map_err(|error| error.to_string())?;
    Ok(rendered.texts.into_iter().map(|made| made.source).collect())
}

/// Puts texts of one name and role together, so that a name says which text it is: a template that makes objects and hooks
/// is two, the later one numbered.
fn by_name(texts: Vec<Made>) -> Vec<Made> {
    let mut groups: Vec<(String, Role, Vec<Arc<Source>>)> = Vec::new();
    let mut places: HashMap<(String, Role), usize> = HashMap::new();
    for made in texts {
        let name = made.source.name().to_owned();
        let at = *places.entry((name.clone(), made.role)).or_insert_with(|| {
            groups.push((name, made.role, Vec::new()));
            groups.len() - 1
        });
        groups[at].2.push(made.source);
    }
    let mut taken = HashMap::new();
    let unique = |(name, role, sources): (String, Role, Vec<Arc<Source>>)| {
        let before = taken.entry(name.clone()).or_insert(0);
        *before += 1;
        let source = match (sources.as_slice(), *before) {
            ([only], 1) => only.clone(),
            (_, 1) => Arc::new(Source::joined(name, &sources)),
            (_, number) => Arc::new(Source::joined(format!("{name} ({number})"), &sources)),
        };
        Made { source, role }
    };
    groups.into_iter().map(unique).collect()
}
