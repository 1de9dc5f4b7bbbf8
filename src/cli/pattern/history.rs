use clap_complete::ArgValueCandidates;
use jiff::Timestamp;
use mesheryctl::backend::{Backend, History};
use mesheryctl::store::{Change, Reference, Version};
use serde::Serialize;

use crate::cli::saved::{self, Access, RecordData, VersionData};
use crate::cli::show::{self, List};
use crate::cli::{Failure, Outcome, Ui, candidates};

/// Show the versions of a saved design, newest first
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern history shop
  mesheryctl pattern history shop --changes
  mesheryctl pattern history shop -o json")]
pub(crate) struct Args {
    /// Name or id of the design
    #[arg(add = ArgValueCandidates::new(candidates::designs))]
    design: String,
    /// Show everything that was done instead: saves, tags, renames, rollbacks
    #[arg(long)]
    changes: bool,
    /// How to show it; `name` prints references such as `shop@3`
    #[arg(short, long, value_enum, default_value_t = List::Table, value_name = "FORMAT")]
    output: List,
}

#[derive(Serialize)]
struct Data {
    #[serde(flatten)]
    design: RecordData,
    versions: Vec<VersionData>,
    changes: Vec<ChangeData>,
}

#[derive(Serialize)]
struct ChangeData {
    at: Timestamp,
    action: &'static str,
    version: u32,
    detail: String,
}

impl From<&Change> for ChangeData {
    fn from(change: &Change) -> ChangeData {
        let Change { at, action, number, detail } = change;
        ChangeData { at: *at, action: action.as_str(), version: *number, detail: detail.clone() }
    }
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let reference = Reference::new(&args.design);
    let history = saved::ask(ui, Access::Look, async |backend| backend.history(&reference).await)?;
    match args.output {
        List::Json | List::Yaml => {
            let data = Data {
                design: RecordData::from(&history.record),
                versions: history.versions.iter().map(VersionData::from).collect(),
                changes: history.changes.iter().map(ChangeData::from).collect(),
            };
            show::data(ui, args.output, &data)?;
        }
        List::Name => {
            for version in &history.versions {
                ui.print_foreign(&format!("{}@{}\n", history.record.name, version.number))?;
            }
        }
        List::Table | List::Wide if args.changes => show_changes(&history, ui)?,
        List::Table => show_versions(&history, ui)?,
        List::Wide => show_versions_wide(&history, ui)?,
    }
    Ok(Outcome::Yes)
}

fn show_versions(history: &History, ui: &Ui) -> Result<(), Failure> {
    let rows = history.versions.iter().map(columns);
    show::table(ui, ["VERSION", "TAGS", "COMPONENTS", "SAVED", "MESSAGE"], rows)
}

fn show_versions_wide(history: &History, ui: &Ui) -> Result<(), Failure> {
    let rows = history.versions.iter().map(|version| {
        let [number, tags, components, saved, message] = columns(version);
        [number, version.semantic.clone(), tags, components, saved, saved::hex(&version.digest), message]
    });
    show::table(ui, ["VERSION", "SEMVER", "TAGS", "COMPONENTS", "SAVED", "SHA256", "MESSAGE"], rows)
}

fn columns(version: &Version) -> [String; 5] {
    let tags: Vec<_> = version.tags.iter().map(|tag| format!("v{tag}")).collect();
    let (number, components) = (version.number.to_string(), version.components.to_string());
    [number, tags.join(", "), components, saved::time(version.saved), version.message.clone()]
}

fn show_changes(history: &History, ui: &Ui) -> Result<(), Failure> {
    let rows = history.changes.iter().map(|change| {
        let (at, number) = (saved::time(change.at), change.number.to_string());
        [at, change.action.as_str().to_owned(), number, change.detail.clone()]
    });
    show::table(ui, ["TIME", "CHANGE", "VERSION", "DETAIL"], rows)
}
