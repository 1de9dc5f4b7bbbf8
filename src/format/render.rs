//! One door to all that renders: a chart, a kustomization or a Compose project becomes texts of manifests.

use std::{collections::HashMap, sync::Arc};

use super::{
    Made, Rendered, Role, Unit,
    compose::{self, Account},
    helm, kustomize,
};
use crate::{
    document::{Source, Span},
    registry::Registry,
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
    pub kustomize: kustomize::Limits,
}

/// What rendering gave.
#[derive(Debug, Default)]
pub struct Output {
    /// A text for each template, or for each object of a kustomization or a project; no two have one name.
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
        matches!(self, RenderError::Kustomize(error) if error.leads_out())
    }
}

/// Renders what stands in `directory` of `tree`.
///
/// # Errors
/// What the program that the format comes from refuses, too.
pub fn render(
    unit: &Unit,
    tree: &Tree,
    directory: &str,
    registry: &Registry,
    rendering: &Rendering<'_>,
) -> Result<Output, RenderError> {
    let output = match unit {
        Unit::Chart => chart(tree, directory, rendering)?,
        Unit::Kustomization => {
            let inflate = |chart: &kustomize::HelmChart<'_>| inflated(chart, rendering);
            let options = kustomize::Options { limits: rendering.kustomize, helm: Some(&inflate), fetch: None };
            let rendered = kustomize::build(tree, directory, registry, &options)?;
            Output { rendered, ..Output::default() }
        }
        Unit::Compose(files) => {
            let files: Vec<String> = files.iter().map(|file| joined(directory, file)).collect();
            let project = compose::read(tree, &files, &rendering.compose)?;
            let (rendered, account) = project.to_kubernetes();
            Output { rendered, name: Some(project.name().to_owned()), account: Some(account) }
        }
    };
    let texts = by_name(output.rendered.texts);
    Ok(Output { rendered: Rendered { texts, ..output.rendered }, ..output })
}

fn chart(tree: &Tree, directory: &str, rendering: &Rendering<'_>) -> Result<Output, RenderError> {
    let chart = helm::Chart::load(&tree.below(directory), &rendering.charts)?;
    let release = rendering.release.clone().unwrap_or_else(|| chart.name().to_owned());
    let options = helm::Options { release, ..rendering.helm.clone() };
    let rendered = helm::render(&chart, &options)?;
    Ok(Output { rendered, name: Some(chart.name().to_owned()), account: None })
}

/// Puts texts of one name and role together, so that a name says which text it is; what is left of two, says its role.
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
