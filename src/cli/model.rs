//! `mesheryctl model …`: products and the components they bring.

use clap::Subcommand;
use mesheryctl::{
    document::nearest,
    registry::{Model, Registry},
};
use serde::Serialize;

use super::{
    Failure, Outcome, Ui,
    definitions::{Definitions, KindData, Listing},
    show::{self, List, Single},
    ui::escape_line,
};

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    List(ListArgs),
    View(ViewArgs),
    Search(SearchArgs),
}

/// List the models: Kubernetes, and the groups of the given CustomResourceDefinitions
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl model list
  mesheryctl model list --crds crds/")]
pub(crate) struct ListArgs {
    #[command(flatten)]
    listing: Listing,
}

/// Show one model and its components
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl model view kubernetes --kubernetes-version 1.30
  mesheryctl model view example.com --crds crds/")]
pub(crate) struct ViewArgs {
    /// Its name, as `model list` shows it
    name: String,
    #[command(flatten)]
    definitions: Definitions,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Single::Text, value_name = "FORMAT")]
    output: Single,
}

/// Find models by a part of their names or of the kinds they hold
///
/// Exit status: 0 some were found, 1 none was.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl model search gateway --crds crds/
  mesheryctl model search deployment -o name")]
pub(crate) struct SearchArgs {
    /// A part of the name of a model or of one of its kinds; case does not matter
    text: String,
    #[command(flatten)]
    listing: Listing,
}

impl Command {
    pub(crate) fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::List(args) => {
                show(ui, args.listing.output, &args.listing.definitions.load(ui)?.models())?;
                Ok(Outcome::Yes)
            }
            Command::View(args) => view(args, ui),
            Command::Search(args) => search(args, ui),
        }
    }
}

#[derive(Serialize)]
struct Data<'a> {
    name: &'a str,
    version: Option<&'a str>,
    components: Vec<KindData<'a>>,
}

impl<'a> From<&'a Model<'a>> for Data<'a> {
    fn from(model: &'a Model<'a>) -> Data<'a> {
        let components = model.components.iter().map(|&kind| kind.into()).collect();
        Data { name: model.name, version: model.version.as_deref(), components }
    }
}

/// The model of this name.
pub(crate) fn one<'a>(registry: &'a Registry, name: &str) -> Result<Model<'a>, Failure> {
    let models = registry.models();
    let near = nearest(name, models.iter().map(|model| model.name)).map(str::to_owned);
    models.into_iter().find(|model| model.name == name).ok_or_else(|| {
        let failure = Failure::new(format!("there is no model `{name}`"));
        match near {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => {
                failure.hint("`mesheryctl model list` names them all; those of custom resources come with --crds PATH")
            }
        }
    })
}

fn search(args: &SearchArgs, ui: &Ui) -> Result<Outcome, Failure> {
    let registry = args.listing.definitions.load(ui)?;
    let wanted = args.text.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let mut models = registry.models();
    models.retain(|model| holds(model.name) || model.components.iter().any(|kind| holds(&kind.kind)));
    show(ui, args.listing.output, &models)?;
    if models.is_empty() {
        ui.note(&format!("no model holds `{}`", args.text));
        return Ok(Outcome::No);
    }
    Ok(Outcome::Yes)
}

fn show(ui: &Ui, format: List, models: &[Model<'_>]) -> Result<(), Failure> {
    match format {
        List::Json | List::Yaml => show::data(ui, format, &models.iter().map(Data::from).collect::<Vec<_>>()),
        List::Name => show::names(ui, models.iter().map(|model| model.name)),
        List::Table => show::table(
            ui,
            ["NAME", "VERSION", "COMPONENTS"],
            models.iter().map(|model| {
                let version = model.version.clone().unwrap_or_else(|| "-".to_owned());
                [model.name.to_owned(), version, model.components.len().to_string()]
            }),
        ),
        List::Wide => show::table(
            ui,
            ["NAME", "VERSION", "COMPONENTS", "API VERSIONS"],
            models.iter().map(|model| {
                let version = model.version.clone().unwrap_or_else(|| "-".to_owned());
                let mut served: Vec<String> = model.components.iter().map(|kind| kind.api_version()).collect();
                served.sort();
                served.dedup();
                [model.name.to_owned(), version, model.components.len().to_string(), served.join(",")]
            }),
        ),
    }
}

fn view(args: &ViewArgs, ui: &Ui) -> Result<Outcome, Failure> {
    let registry = args.definitions.load(ui)?;
    let model = one(&registry, &args.name)?;
    match args.output {
        Single::Json | Single::Yaml => show::data(ui, args.output, &Data::from(&model))?,
        Single::Text => {
            let version = model.version.as_deref().unwrap_or("not told");
            ui.print(&format!("Model:       {}\nVersion:     {version}\n", escape_line(model.name)))?;
            ui.print(&format!("Components:  {}\n\n", model.components.len()))?;
            let rows = model.components.iter().map(|kind| {
                let scope = if kind.namespaced { "namespaced" } else { "cluster" };
                [kind.kind.to_string(), kind.api_version(), scope.to_owned()]
            });
            show::table(ui, ["KIND", "APIVERSION", "SCOPE"], rows)?;
        }
    }
    Ok(Outcome::Yes)
}
