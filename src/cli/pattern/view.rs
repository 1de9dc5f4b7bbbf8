use clap_complete::ArgValueCandidates;
use mesheryctl::backend::Backend;
use mesheryctl::design;
use mesheryctl::store::Reference;

use crate::cli::saved::{self, Access};
use crate::cli::{Failure, Outcome, Ui, candidates};

/// Show a saved design
///
/// A design is named by its name or by the beginning of its id; `@3` or `@v1.2.0` behind it means an earlier version.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern view shop
  mesheryctl pattern view shop@3
  mesheryctl pattern view shop@v1.2.0 -o json")]
pub(crate) struct Args {
    /// Name or id of the design, perhaps with `@VERSION`
    #[arg(add = ArgValueCandidates::new(candidates::designs))]
    design: String,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Syntax::Yaml, value_name = "FORMAT")]
    output: Syntax,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Yaml,
    Json,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let reference = Reference::new(&args.design);
    let view = saved::ask(ui, Access::Look, async |backend| backend.view(&reference).await)?;
    ui.print_foreign(&match args.output {
        Syntax::Yaml => design::to_yaml(&view.design),
        Syntax::Json => design::to_json(&view.design),
    })?;
    Ok(Outcome::Yes)
}
