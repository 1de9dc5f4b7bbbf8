use clap_complete::ArgValueCandidates;
use mesheryctl::backend::Backend;
use mesheryctl::store::Reference;

use crate::cli::saved::{self, Access};
use crate::cli::{Failure, Outcome, Ui, candidates, context};

/// Give a saved design another name
///
/// Its id stays, and so do all its versions; the new name is a version of its own.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern rename shop web-shop")]
pub(crate) struct Args {
    /// Name or id of the design
    #[arg(add = ArgValueCandidates::new(candidates::designs))]
    design: String,
    /// The new name
    name: String,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let (reference, now) = (Reference::new(&args.design), context::now()?);
    let name = saved::name(&args.name)?;
    let renamed = saved::ask(ui, Access::Change, async |backend| backend.rename(&reference, &name, now).await)?;
    ui.print_foreign(&match renamed.number {
        Some(number) => format!("{} is {}@{number} now ({})\n", renamed.from, name, renamed.id),
        None => format!("{} is its name already (unchanged)\n", name),
    })?;
    Ok(Outcome::Yes)
}
