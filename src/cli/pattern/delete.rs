use clap_complete::ArgValueCandidates;
use mesheryctl::backend::Backend;
use mesheryctl::store::{Record, Reference};

use crate::cli::saved::{self, Access};
use crate::cli::show::count;
use crate::cli::{Failure, Outcome, Ui, candidates, ui::escape_line};

/// Delete saved designs with all their versions
///
/// Asks first on a terminal; elsewhere `--yes` is the answer. All designs are looked up before any is deleted.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern delete shop
  mesheryctl pattern delete shop blog --yes")]
pub(crate) struct Args {
    /// Names or ids of the designs
    #[arg(required = true, value_name = "DESIGN", add = ArgValueCandidates::new(candidates::designs))]
    designs: Vec<String>,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let records = find(args, ui)?;
    if !args.yes && !confirm(&records, ui)? {
        ui.note("nothing was deleted");
        return Ok(Outcome::No);
    }
    for record in records {
        let versions = saved::ask(ui, Access::Change, async |backend| backend.delete(record.id).await)?;
        let versions = count(versions as usize, "version");
        ui.print_foreign(&format!("deleted {} ({}, {versions})\n", record.name, record.id))?;
    }
    Ok(Outcome::Yes)
}

/// Every design that is meant, once.
fn find(args: &Args, ui: &Ui) -> Result<Vec<Record>, Failure> {
    saved::ask(ui, Access::Look, async |backend| {
        let mut records: Vec<Record> = Vec::new();
        for design in &args.designs {
            let record = backend.find_whole(&Reference::new(design), "deleted").await?;
            if records.iter().all(|known| known.id != record.id) {
                records.push(record);
            }
        }
        Ok(records)
    })
}

fn confirm(records: &[Record], ui: &Ui) -> Result<bool, Failure> {
    let names: Vec<_> = records.iter().map(|record| escape_line(record.name.as_str())).collect();
    let question = match names.as_slice() {
        [name] => format!("Delete {name} with all its versions?"),
        names => format!("Delete {} with all their versions ({})?", count(names.len(), "design"), names.join(", ")),
    };
    if !ui.can_ask() {
        return Err(Failure::new(format!("deleting {} needs to be confirmed", names.join(", ")))
            .hint("nobody can be asked here; `--yes` confirms"));
    }
    dialoguer::Confirm::new()
        .with_prompt(question)
        .default(false)
        .interact_opt()
        .map(|answer| answer.unwrap_or(false))
        .map_err(|error| Failure::new(format!("cannot ask: {error}")))
}
