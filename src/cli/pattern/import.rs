use std::path::PathBuf;

use mesheryctl::backend::{Backend, Receipt, Save};
use mesheryctl::store::{IfExists, Name, Saved};
use serde::Serialize;

use crate::cli::input::{Given, NONE_EXCLUDED};
use crate::cli::load::{self, Loaded};
use crate::cli::saved::{self, Access};
use crate::cli::show::{self, Syntax, count};
use crate::cli::{Failure, Outcome, Ui, context, rendering, ui::escape_line};

/// Save manifests, a chart, a kustomization, a Compose project or a design file as a design
///
/// All files become one design; what is rendered is rendered first, and its files are kept with it. A name that is saved already gets a new version, unless nothing changed. Kinds that are not
/// known are kept; documents that are no objects are counted and told.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern import -f k8s/ --name shop
  mesheryctl pattern import -f shop.yaml -m 'two replicas'
  mesheryctl pattern import -f charts/web --values prod.yaml --namespace shop
  mesheryctl pattern import -f docker-compose.yml --account account.json
  kubectl get deploy,svc -o yaml | mesheryctl pattern import -f - --name live")]
pub(crate) struct Args {
    /// File, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times
    #[arg(short = 'f', long = "file", alias = "filename", required = true, value_name = "PATH")]
    files: Vec<PathBuf>,
    /// Read the directories below too
    #[arg(short = 'R', long)]
    recursive: bool,
    /// Name to save under; otherwise that of the design, the file or the directory
    #[arg(long)]
    name: Option<String>,
    /// What this version is about
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
    /// Refuse a name that is saved already
    #[arg(long)]
    new: bool,
    /// How to show the answer
    #[arg(short, long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    output: Format,
    /// Write what became of every key of Compose files, as JSON
    #[arg(long, value_name = "FILE")]
    account: Option<PathBuf>,
    #[command(flatten)]
    rendering: rendering::Args,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// For people
    Text,
    /// The whole answer as data
    Json,
    /// The same in YAML
    Yaml,
    /// The name only
    Name,
}

#[derive(Serialize)]
struct Data<'a> {
    id: uuid::Uuid,
    name: &'a str,
    version: u32,
    /// `created`, `saved` or `unchanged`.
    result: &'static str,
    found: usize,
    components: usize,
    skipped: &'a [load::Skipped],
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let name = args.name.as_deref().map(saved::name).transpose()?;
    let given =
        Given { paths: &args.files, recursive: args.recursive, rendering: &args.rendering, excludes: NONE_EXCLUDED };
    let loaded = load::design(&given, name.as_ref(), ui)?;
    load::write_account(args.account.as_deref(), &loaded.accounts)?;
    // Real designs are called `Gerrit operator `; nobody means the space.
    let name = Name::new(loaded.design.name.trim())
        .map_err(|error| Failure::new(error.to_string()).hint("`--name NAME` gives the design another name"))?;
    let now = context::now()?;
    let save = Save {
        name,
        design: loaded.design.clone(),
        message: args.message.clone().unwrap_or_else(|| message(&args.files)),
        originals: loaded.originals.clone(),
        if_exists: if args.new { IfExists::Refuse } else { IfExists::AddVersion },
    };
    let receipt = saved::ask(ui, Access::Change, async |backend| backend.save(save, now).await)?;
    answer(args.output, &loaded, &receipt, ui)?;
    Ok(Outcome::Yes)
}

/// What a version is about when nobody says.
fn message(files: &[PathBuf]) -> String {
    let names: Vec<_> = files.iter().map(|path| escape_line(&path.to_string_lossy())).collect();
    format!("imported {}", names.join(", "))
}

fn answer(format: Format, loaded: &Loaded, receipt: &Receipt, ui: &Ui) -> Result<(), Failure> {
    let Receipt { id, name, saved } = receipt;
    let (version, components) = (saved.number(), loaded.design.components.len());
    let result = match saved {
        Saved::Created => "created",
        Saved::Version(_) => "saved",
        Saved::Unchanged(_) => "unchanged",
    };
    match format {
        Format::Name => show::names(ui, [name.as_str()]),
        Format::Json | Format::Yaml => {
            let syntax = if format == Format::Yaml { Syntax::Yaml } else { Syntax::Json };
            let skipped = loaded.skipped.as_slice();
            let (name, found) = (name.as_str(), loaded.found);
            show::data(ui, syntax, &Data { id: *id, name, version, result, found, components, skipped })
        }
        Format::Text => {
            ui.print_foreign(&format!("{id} {name}@{version} ({result})\n"))?;
            let skipped = loaded.skipped.len();
            let components = count(components, "component");
            ui.print(&format!("found {}: {components}, {skipped} skipped\n", count(loaded.found, "object")))
        }
    }
}
