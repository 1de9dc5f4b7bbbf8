mod human;
mod json;
mod markdown;
mod objects;
mod unified;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use mesheryctl::{
    design::Component,
    diff::{self, PathPattern, Report},
    document::Limits,
    registry::{Registry, Version},
};

use crate::cli::{Failure, Outcome, Ui, input};

/// Show what changes from one design to another
///
/// Objects are matched by API group, kind, namespace and name, their fields as the API server understands them: lists by
/// the schema's keys, sets without order, `1000m` as `1`, and a field that spells out its default as an absent one. Objects
/// that were renamed are recognised. Values of Secrets are never shown.
///
/// Exit status: 0 nothing differs, 1 something does, 2 it could not be compared.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  # What a change does to the manifests of a directory
  $ mesheryctl pattern diff main/k8s k8s -R

  # A file with what another program prints
  $ helm template shop | mesheryctl pattern diff k8s/shop.yaml -

  # For a comment in a pull request, without the labels that every release changes
  $ mesheryctl pattern diff old.yaml new.yaml -o markdown --ignore-path 'metadata.labels[helm.sh/*]'")]
pub(crate) struct Args {
    /// The older side: file, directory, glob or `-` for standard input
    #[arg(value_name = "A")]
    from: PathBuf,
    /// The newer side
    #[arg(value_name = "B")]
    to: PathBuf,
    /// Read the directories below too
    #[arg(short = 'R', long)]
    recursive: bool,
    /// The version of Kubernetes whose schemas and defaults count (newest known when not given)
    #[arg(long, value_name = "VERSION")]
    kubernetes_version: Option<String>,
    /// File, directory or glob with the CustomResourceDefinitions of custom resources; those among the input are used too
    #[arg(long, value_name = "PATH")]
    crds: Vec<PathBuf>,
    /// What to print
    #[arg(short, long, value_enum, default_value_t = Output::Human)]
    output: Output,
    /// Lines around a change, in the `unified` output and in texts of several lines
    #[arg(long, value_name = "LINES", default_value_t = 3)]
    context: usize,
    /// Leave out fields: `metadata.annotations[helm.sh/*]`, `**.image`, `Deployment:spec.replicas`
    #[arg(long = "ignore-path", value_name = "GLOB")]
    ignore: Vec<String>,
    /// Tell a field that spells out its default from an absent one
    #[arg(long)]
    show_defaults: bool,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// Grouped by object, for people
    Human,
    /// The whole answer as data
    Json,
    /// Canonical YAML of both sides as a unified diff
    Unified,
    /// For comments in pull requests
    Markdown,
    /// The changed objects, one a line
    Name,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    if args.from.as_os_str() == "-" && args.to.as_os_str() == "-" {
        return Err(Failure::new("standard input (`-`) cannot be both sides"));
    }
    let options = diff::Options { ignore_defaults: !args.show_defaults, ignore: patterns(&args.ignore)? };
    let (from, to) = (load(&args.from, args.recursive)?, load(&args.to, args.recursive)?);
    let mut definitions = Vec::new();
    for path in &args.crds {
        definitions.extend(load(path, true)?);
    }
    let mut registry = registry(args.kubernetes_version.as_deref())?;
    for component in definitions.iter().chain(&to).chain(&from) {
        add_definition(&mut registry, component, ui);
    }

    let report = diff::between(&from, &to, &registry, &options);
    show(args, ui, &report)?;
    Ok(if report.is_empty() { Outcome::Yes } else { Outcome::No })
}

fn show(args: &Args, ui: &Ui, report: &Report) -> Result<(), Failure> {
    match args.output {
        Output::Human => ui.print(&human::render(report, args.context, ui.color())),
        Output::Json => ui.print(&json::render(report)),
        Output::Unified => ui.print_foreign(&unified::render(report, args.context)),
        Output::Markdown => ui.print_foreign(&markdown::render(report, args.context)),
        Output::Name => ui.print_foreign(&names(report)),
    }
}

fn names(report: &Report) -> String {
    report.components.iter().map(|change| format!("{} {}\n", change.kind.name(), title(change.side()))).collect()
}

/// Whether two texts are short enough to be lined up: that may cost the product of their lines.
fn can_compare_lines(from: &str, to: &str) -> bool {
    const MAX_PAIRS: usize = 100_000_000;
    from.lines().count().saturating_mul(to.lines().count()) <= MAX_PAIRS
}

/// An object as people call it: `apps/Deployment shop/web`.
fn title(side: &diff::Side) -> String {
    let diff::Side { identity, .. } = side;
    let group = if identity.group.is_empty() { String::new() } else { format!("{}/", identity.group) };
    let namespace = if identity.namespace.is_empty() { String::new() } else { format!("{}/", identity.namespace) };
    let name = if identity.name.is_empty() { "(without name)" } else { &identity.name };
    format!("{group}{} {namespace}{name}", identity.kind)
}

fn patterns(texts: &[String]) -> Result<Vec<PathPattern>, Failure> {
    let parse = |text: &String| {
        text.parse().map_err(|error| {
            Failure::new(format!("`{text}` is no path pattern: {error}"))
                .hint("write it like the paths of the report, for example `metadata.annotations[helm.sh/*]`")
        })
    };
    texts.iter().map(parse).collect()
}

fn registry(version: Option<&str>) -> Result<Registry, Failure> {
    let version = match version {
        None => Registry::LATEST,
        Some(text) => text
            .parse::<Version>()
            .map_err(|()| Failure::new(format!("`{text}` is no version of Kubernetes")).hint("write it like `1.33`"))?,
    };
    Registry::kubernetes(version).map_err(|error| Failure::new(error.to_string()))
}

/// Makes a custom resource's kind known. A definition that is no good leaves the kind unknown, which the comparison can
/// live with.
fn add_definition(registry: &mut Registry, component: &Component, ui: &Ui) {
    if component.kind != "CustomResourceDefinition" || component.group() != "apiextensions.k8s.io" {
        return;
    }
    if let Err(error) = registry.add_crd(&component.configuration) {
        let name = component.name().unwrap_or_default();
        ui.warn(&format!("the CustomResourceDefinition `{name}` cannot be used: {error}"));
    }
}

/// The components of one side.
fn load(path: &Path, recursive: bool) -> Result<Vec<Component>, Failure> {
    let limits = Limits::default();
    let inputs = input::resolve(&[path.to_path_buf()], recursive)?;
    let mut components = Vec::new();
    for input in &inputs.files {
        let source = input.read(&limits)?.map_err(|broken| Failure::document(&broken.1, &broken.0))?;
        objects::read(&Arc::new(source), limits, &mut components)?;
    }
    if components.is_empty() {
        return Err(Failure::new(format!("{} holds no objects", path.display()))
            .hint("give files with Kubernetes objects; `-R` reads the directories below too"));
    }
    Ok(components)
}
