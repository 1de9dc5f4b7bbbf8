//! `mesheryctl component …`: the kinds that designs are made of.

use clap::Subcommand;
use clap_complete::ArgValueCandidates;
use mesheryctl::registry::{Kind, Registry};
use serde::Serialize;

use super::{
    Failure, Outcome, Ui, candidates,
    definitions::{self, Definitions, KindData, Listing},
    show::{self, List, Single},
    ui::escape_line,
};

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    List(ListArgs),
    View(ViewArgs),
    Search(SearchArgs),
}

/// List the kinds that designs can hold
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  # What Kubernetes 1.29 serves
  mesheryctl component list --kubernetes-version 1.29

  # What a chart's definitions add
  mesheryctl component list --crds crds/ --model example.com")]
pub(crate) struct ListArgs {
    /// Only those of this model
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    #[command(flatten)]
    listing: Listing,
}

/// Show one kind: its names, scope, life and top-level fields
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl component view hpa
  mesheryctl component view deployments.apps -o json")]
pub(crate) struct ViewArgs {
    /// Kind, plural, singular or short name, also with its group (`deployments.apps`)
    #[arg(add = ArgValueCandidates::new(candidates::kinds))]
    kind: String,
    /// The version of the API meant, as manifests write it [default: the best]
    #[arg(long, value_name = "GROUP/VERSION")]
    api_version: Option<String>,
    #[command(flatten)]
    definitions: Definitions,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Single::Text, value_name = "FORMAT")]
    output: Single,
}

/// Find kinds by a part of their names or of what is said of them
///
/// Exit status: 0 some were found, 1 none was.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl component search autoscaler
  mesheryctl component search policy -o name")]
pub(crate) struct SearchArgs {
    /// A part of a name, a group or a description; case does not matter
    text: String,
    #[command(flatten)]
    listing: Listing,
}

impl Command {
    pub(crate) fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::List(args) => list(args, ui),
            Command::View(args) => view(args, ui),
            Command::Search(args) => search(args, ui),
        }
    }
}

fn list(args: &ListArgs, ui: &Ui) -> Result<Outcome, Failure> {
    let registry = args.listing.definitions.load(ui)?;
    let kinds: Vec<&Kind> = match &args.model {
        None => registry.components().collect(),
        Some(name) => super::model::one(&registry, name)?.components,
    };
    show(ui, args.listing.output, &kinds)?;
    Ok(Outcome::Yes)
}

fn search(args: &SearchArgs, ui: &Ui) -> Result<Outcome, Failure> {
    let registry = args.listing.definitions.load(ui)?;
    let wanted = args.text.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let named = |kind: &&Kind| {
        holds(&kind.kind)
            || holds(&kind.api_version())
            || holds(&kind.plural)
            || kind.short_names.iter().any(|short| **short == *wanted)
    };
    let (mut found, others): (Vec<&Kind>, Vec<&Kind>) = registry.components().partition(named);
    // What only the description mentions stands behind what is called so.
    found.extend(others.into_iter().filter(|kind| registry.description(kind.schema, None).is_some_and(holds)));
    show(ui, args.listing.output, &found)?;
    if found.is_empty() {
        ui.note(&format!("no kind of Kubernetes {} speaks of `{}`", registry.version(), args.text));
        return Ok(Outcome::No);
    }
    Ok(Outcome::Yes)
}

fn show(ui: &Ui, format: List, kinds: &[&Kind]) -> Result<(), Failure> {
    match format {
        List::Json | List::Yaml => {
            let data: Vec<KindData<'_>> = kinds.iter().map(|&kind| kind.into()).collect();
            show::data(ui, format, &data)
        }
        List::Name => {
            let mut names: Vec<String> = kinds.iter().map(|kind| definitions::resource_name(kind)).collect();
            // Versions of one kind stand together.
            names.dedup();
            show::names(ui, names.iter().map(String::as_str))
        }
        List::Table => show::table(
            ui,
            ["KIND", "APIVERSION", "NAMESPACED", "SHORT NAMES", "MODEL"],
            kinds.iter().map(|kind| {
                [
                    kind.kind.to_string(),
                    kind.api_version(),
                    kind.namespaced.to_string(),
                    kind.short_names.join(","),
                    Registry::model_of(kind).to_owned(),
                ]
            }),
        ),
        List::Wide => show::table(
            ui,
            ["KIND", "APIVERSION", "NAMESPACED", "PLURAL", "SHORT NAMES", "CATEGORIES", "MODEL", "STATUS"],
            kinds.iter().map(|kind| {
                [
                    kind.kind.to_string(),
                    kind.api_version(),
                    kind.namespaced.to_string(),
                    kind.plural.to_string(),
                    kind.short_names.join(","),
                    kind.categories.join(","),
                    Registry::model_of(kind).to_owned(),
                    definitions::deprecation(kind).unwrap_or_default(),
                ]
            }),
        ),
    }
}

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    kind: KindData<'a>,
    description: &'a str,
    fields: Vec<String>,
}

fn view(args: &ViewArgs, ui: &Ui) -> Result<Outcome, Failure> {
    let registry = args.definitions.load(ui)?;
    let kind = definitions::one_kind(&registry, &args.kind, args.api_version.as_deref())?;
    let description = registry.description(kind.schema, None).unwrap_or_default();
    let fields: Vec<String> = match registry.field(kind, &[]) {
        Ok(field) => field.children().iter().map(|child| child.name.to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    match args.output {
        Single::Json | Single::Yaml => {
            show::data(ui, args.output, &View { kind: kind.into(), description, fields })?;
        }
        Single::Text => {
            let line = |name: &str, value: &str| match value {
                "" => Ok(()),
                _ => ui.print(&format!("{name:<13}{}\n", escape_line(value))),
            };
            line("Kind:", &kind.kind)?;
            line("API version:", &kind.api_version())?;
            line("Model:", Registry::model_of(kind))?;
            line("Plural:", &kind.plural)?;
            line("Short names:", &kind.short_names.join(", "))?;
            line("Categories:", &kind.categories.join(", "))?;
            line("Scope:", if kind.namespaced { "namespaced" } else { "cluster" })?;
            line("Status:", &definitions::deprecation(kind).unwrap_or_default())?;
            line("Fields:", &fields.join(", "))?;
            line("Description:", description)?;
        }
    }
    Ok(Outcome::Yes)
}
