mod human;
mod json;
mod markdown;
mod unified;

use std::path::PathBuf;

use clap_complete::{ArgValueCompleter, PathCompleter, engine::ValueCompleter};
use mesheryctl::{
    design::Component,
    diff::{self, PathPattern, Report},
    registry::Registry,
};

use crate::cli::{
    Failure, Outcome, Ui, candidates,
    definitions::{self, Definitions},
    input::{Given, NONE_EXCLUDED},
    load, rendering,
};

/// Show what changes from one design to another
///
/// Objects are matched by API group, kind, namespace and name, their fields as the API server understands them: lists by
/// the schema's keys, sets without order, `1000m` as `1`, and a field that spells out its default as an absent one. Objects
/// that were renamed are recognised. Values of Secrets are never shown.
///
/// Each side is a path (of manifests, a chart, a kustomization, a Compose project, a design), a path in a commit
/// (`DIR@REVISION:PATH`), a URL, or the name (or the beginning of the id) of a saved design, perhaps with `@VERSION`. Where a file or
/// directory has that name too, it is the one that is meant; `saved:NAME` means the saved design.
///
/// Exit status: 0 nothing differs, 1 something does, 2 it could not be compared.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  # What a change does to the manifests of a directory
  mesheryctl pattern diff main/k8s k8s -R

  # A file with what another program prints
  kubectl get deploy -o yaml | mesheryctl pattern diff k8s/shop.yaml -

  # What a branch does to what a chart renders
  mesheryctl pattern diff .@main:charts/web charts/web --values prod.yaml

  # What changed since the release
  mesheryctl pattern diff shop@v1.2.0 shop

  # For a comment in a pull request, without the labels that every release changes
  mesheryctl pattern diff old.yaml new.yaml -o markdown --ignore-path 'metadata.labels[helm.sh/*]'")]
pub(crate) struct Args {
    /// The older side: file, directory, glob, saved design, or `-` for standard input
    #[arg(value_name = "A", add = ArgValueCompleter::new(sides))]
    from: PathBuf,
    /// The newer side
    #[arg(value_name = "B", add = ArgValueCompleter::new(sides))]
    to: PathBuf,
    /// Read the directories below too
    #[arg(short = 'R', long)]
    recursive: bool,
    #[command(flatten)]
    definitions: Definitions,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Output::Human, value_name = "FORMAT")]
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
    #[command(flatten)]
    rendering: rendering::Args,
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
    let [from, to] = [&args.from, &args.to].map(|side| {
        let paths = std::slice::from_ref(side);
        load::path_or_saved(
            &Given { paths, recursive: args.recursive, rendering: &args.rendering, excludes: NONE_EXCLUDED },
            ui,
        )
    });
    let (from, to) = (from?.components, to?.components);
    let mut registry = args.definitions.load(ui)?;
    for component in to.iter().chain(&from) {
        learn(&mut registry, component, ui);
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

/// Makes a custom resource's kind known. A definition that is no good leaves the kind unknown, which the comparison can
/// live with.
fn learn(registry: &mut Registry, component: &Component, ui: &Ui) {
    if !component.is_definition() {
        return;
    }
    match (registry.add_crd(&component.configuration), &component.origin) {
        (Err(error), Some(origin)) => definitions::warn_of(&error, &origin.source, ui),
        (Err(error), None) => ui.warn(&format!("{} cannot be used: {error}", component.display_name)),
        (Ok(()), _) => {}
    }
}

/// Paths, and saved designs.
fn sides(typed: &std::ffi::OsStr) -> Vec<clap_complete::CompletionCandidate> {
    let mut sides = PathCompleter::any().complete(typed);
    let typed = typed.to_string_lossy();
    let begins = |side: &clap_complete::CompletionCandidate| side.get_value().to_string_lossy().starts_with(&*typed);
    sides.extend(candidates::designs().into_iter().filter(begins));
    sides
}
