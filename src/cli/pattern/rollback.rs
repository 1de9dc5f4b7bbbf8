use clap_complete::ArgValueCandidates;
use mesheryctl::backend::Backend;
use mesheryctl::store::{Reference, Saved};

use crate::cli::saved::{self, Access};
use crate::cli::{Failure, Outcome, Ui, candidates, context};

/// Make an earlier version of a saved design the newest one
///
/// History is never rewritten: a new version is added that holds what the earlier one held.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern rollback shop@3
  mesheryctl pattern rollback shop@v1.2.0 -m 'the new ingress loses cookies'")]
pub(crate) struct Args {
    /// Name or id of the design with the version to go back to: `shop@3`, `shop@v1.2.0`
    #[arg(value_name = "DESIGN@VERSION", add = ArgValueCandidates::new(candidates::designs))]
    design: String,
    /// Why
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let reference = Reference::new(&args.design);
    let (message, now) = (args.message.clone(), context::now()?);
    let receipt = saved::ask(ui, Access::Change, async |backend| backend.roll_back(&reference, message, now).await)?;
    ui.print_foreign(&match receipt.saved {
        Saved::Unchanged(number) => format!("{}@{number} already holds that (unchanged)\n", receipt.name),
        saved => format!("{}@{} holds what {} held\n", receipt.name, saved.number(), args.design),
    })?;
    Ok(Outcome::Yes)
}
