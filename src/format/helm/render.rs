//! From a chart to manifests, in the order of `helm template`.

use std::{rc::Rc, sync::Arc};

use super::{
    Chart, Error, Options, Release, chart, dependency,
    environment::Fixed,
    known,
    manifest::{Output, Sorted},
    objects::{self, KubeVersion, Scope},
    template::{self, Renderer, Set},
    value::Value,
    values::{
        coalesce::{self, Nulls},
        schema,
    },
    version,
};
use crate::{
    document::{How, Segment, Source, Span, Trace},
    format::{Made, Remark, Rendered, Role, Weight},
    tree::file_name,
};

/// The manifests of a chart. See [`release`].
///
/// # Errors
/// As [`release`].
pub fn render(chart: &Chart, options: &Options<'_>) -> Result<Rendered, Error> {
    release(chart, options).map(|release| release.rendered)
}

/// Renders a chart as `helm template` does.
///
/// # Errors
/// What Helm refuses; [`Error::hint`] says what may help.
pub fn release(chart: &Chart, options: &Options<'_>) -> Result<Release, Error> {
    template::with_stack(options.limits.template, |limits| {
        let mut release = Release::default();
        let outputs = outputs(chart, options, limits, &mut release)?;
        arrange(chart, options, outputs, &mut release)?;
        Ok(release)
    })
}

/// What the templates make, and what is found on the way there.
struct Outputs {
    files: Vec<Output>,
    definitions: Vec<Output>,
}

fn outputs(
    chart: &Chart,
    options: &Options<'_>,
    limits: &template::Limits,
    release: &mut Release,
) -> Result<Outputs, Error> {
    let kube = match &options.kube_version {
        None => KubeVersion::default(),
        Some(version) => KubeVersion::parse(version)?,
    };
    let said = options.values.table(&options.limits)?;
    installable(chart, release)?;
    check_name(&options.release)?;
    let mut root = dependency::members(chart, &said, &mut release.rendered.remarks)?;
    let values = coalesce::values(&root, &said, Nulls::Delete)?;
    if !options.skip_schemas {
        schema::check(&root, &values)?;
    }
    compatible(chart, &kube)?;
    root.name = chart.name().into();
    let is_upgrade = options.is_upgrade;
    let named = objects::Release { name: &options.release, namespace: &options.namespace, is_upgrade };
    let capabilities = objects::capabilities(&kube, &options.api_versions);
    let scopes = objects::scopes(&root, &values, named, capabilities);
    let mut environment = Fixed::new(options.now, options.seed);
    let files = execute(&scopes, limits, &mut environment)?;
    let definitions = if options.include_crds { definitions(&root, &root.name)? } else { Vec::new() };
    Ok(Outputs { files, definitions })
}

fn installable(chart: &Chart, release: &mut Release) -> Result<(), Error> {
    let metadata = chart.metadata();
    if metadata.kind == "library" {
        return Err(Error::Library { chart: metadata.name.clone(), place: chart.place("type") });
    }
    if metadata.deprecated {
        let message = format!("the chart `{}` is deprecated", metadata.name);
        release.remark(Remark { weight: Weight::Warning, place: chart.place("deprecated").remark(), message });
    }
    remarks_below(chart, release);
    Ok(())
}

fn remarks_below(chart: &Chart, release: &mut Release) {
    release.rendered.remarks.extend(chart.remarks.iter().cloned());
    chart.charts.iter().for_each(|chart| remarks_below(chart, release));
}

/// The longest name of a release.
const LONGEST_NAME: usize = 53;

fn check_name(name: &str) -> Result<(), Error> {
    let refuse = |why| Err(Error::Release { name: name.to_owned(), why });
    if name.is_empty() {
        return refuse("it is empty");
    }
    if name.len() > LONGEST_NAME {
        return refuse("it is longer than 53 characters");
    }
    let ends = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    let is_label = |label: &str| {
        label.starts_with(ends) && label.ends_with(ends) && label.chars().all(|one| ends(one) || one == '-')
    };
    if name.split('.').all(is_label) { Ok(()) } else { refuse("it is not a name that Kubernetes takes") }
}

/// Whether the chart is for the version of Kubernetes. Only the root is asked.
fn compatible(chart: &Chart, kube: &KubeVersion) -> Result<(), Error> {
    let constraint = &chart.metadata().kube_version;
    if constraint.is_empty() || version::is_compatible(constraint, &kube.numbers) {
        return Ok(());
    }
    let (chart, place) = (chart.name().to_owned(), chart.place("kubeVersion"));
    Err(Error::Incompatible { chart, constraint: constraint.clone(), version: kube.full().to_owned(), place })
}

/// A file of templates.
struct Template<'a> {
    /// `shop/charts/database/templates/x.yaml`
    name: String,
    source: Arc<Source>,
    scope: &'a Scope<'a>,
}

/// Reads all templates, then executes those that are not only for others.
fn execute(scopes: &[Scope<'_>], limits: &template::Limits, environment: &mut Fixed) -> Result<Vec<Output>, Error> {
    let mut templates = Vec::new();
    for scope in scopes {
        let library = scope.chart.chart.metadata().is_library();
        for file in &scope.chart.chart.templates {
            if !library || file_name(&file.path).starts_with('_') {
                templates.push(Template { name: format!("{}/{}", scope.path, file.path), source: file.text()?, scope });
            }
        }
    }
    template::order(&mut templates, |template| &template.name);
    let mut set = Set::new(known::find);
    for template in &templates {
        set.parse(&template.name, &template.source)?;
    }
    let set = Rc::new(set);
    let mut renderer = Renderer::new(&set, limits, environment);
    let mut outputs = Vec::new();
    for Template { name, source, scope } in templates {
        if file_name(&name).starts_with('_') {
            continue;
        }
        scope.set_template(&name);
        let places = |reference: &super::value::Reference| scope.place(&reference.steps());
        let made = renderer.render(&name, Value::Map(scope.root.clone()), &places, source.name())?;
        outputs.push(Output { template: name, source: Arc::new(made) });
    }
    Ok(outputs)
}

/// What is in `crds/` of a chart and of its subcharts.
fn definitions(member: &dependency::Member<'_>, path: &str) -> Result<Vec<Output>, Error> {
    let mut definitions = Vec::new();
    let is_manifest = |path: &str| {
        let extension = file_name(path).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        path.starts_with("crds/") && extension.is_some_and(|end| matches!(end.as_str(), "yaml" | "yml" | "json"))
    };
    for file in member.chart.files.iter().filter(|file| is_manifest(&file.path)) {
        let source = file.text()?;
        let mut trace = Trace::default();
        let whole = Span::new(0, source.text().len());
        trace.push(Segment { made: whole, source: source.clone(), from: whole, how: How::Copied });
        let made = Source::made(source.name(), source.text(), trace);
        definitions.push(Output { template: format!("{path}/{}", file.path), source: Arc::new(made) });
    }
    for below in &member.members {
        definitions.extend(self::definitions(below, &format!("{path}/charts/{}", below.name))?);
    }
    Ok(definitions)
}

/// What tells users of the release.
const NOTES: &str = "NOTES.txt";

/// Puts what was made into the order of Helm.
fn arrange(chart: &Chart, options: &Options<'_>, outputs: Outputs, release: &mut Release) -> Result<(), Error> {
    let Outputs { files, definitions } = outputs;
    let (notes, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|output| output.template.ends_with(NOTES));
    let own = format!("{}/templates/{NOTES}", chart.name());
    release.notes = notes.into_iter().find(|output| output.template == own).map(|output| output.source);
    let sorted = Sorted::of(files, &options.limits, &mut release.rendered.remarks)?;
    let mut only = Only::of(&options.only);
    let mut add = |template: &str, source: &Arc<Source>, role: Role| {
        let shown = only.takes(template);
        if shown {
            release.rendered.texts.push(Made { source: source.clone(), role });
        }
        shown
    };
    for Output { template, source } in &definitions {
        add(template, source, Role::Definition);
    }
    for manifest in &sorted.manifests {
        add(&manifest.template, &manifest.source, Role::Object);
    }
    for hook in sorted.hooks.into_iter().filter(|_| options.hooks) {
        let role = hook.role();
        if (options.tests || role != Role::Test) && add(&hook.template, &hook.source, role) {
            release.hooks.push(hook);
        }
    }
    only.all_met(chart)
}

/// Patterns of templates, of which only those are shown.
struct Only<'a> {
    patterns: Vec<(&'a str, bool)>,
}

impl<'a> Only<'a> {
    fn of(patterns: &'a [String]) -> Only<'a> {
        Only { patterns: patterns.iter().map(|pattern| (pattern.as_str(), false)).collect() }
    }

    fn takes(&mut self, template: &str) -> bool {
        let below = template.split_once('/').map_or(template, |(_, below)| below);
        let mut taken = self.patterns.is_empty();
        for (pattern, met) in &mut self.patterns {
            if chart::pattern::matches(pattern, below) == Some(true) {
                *met = true;
                taken = true;
            }
        }
        taken
    }

    fn all_met(&self, chart: &Chart) -> Result<(), Error> {
        match self.patterns.iter().find(|(_, met)| !met) {
            None => Ok(()),
            Some((pattern, _)) => {
                Err(Error::NoTemplate { pattern: (*pattern).to_owned(), chart: chart.name().to_owned() })
            }
        }
    }
}
