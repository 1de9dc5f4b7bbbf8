use serde::Serialize;

use crate::cli::{
    Failure, Outcome, Ui,
    settings::{Candidate, Key, Settings},
    show::{self, Single},
    ui::escape_line,
};

/// Show where the value of a key comes from
///
/// All layers are listed, the strongest first; the one that wins is marked.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl config explain kubernetesVersion")]
pub(crate) struct Args {
    /// The key
    #[arg(add = clap_complete::ArgValueCandidates::new(crate::cli::candidates::keys))]
    key: String,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Single::Text, value_name = "FORMAT")]
    output: Single,
}

#[derive(Serialize)]
struct Explanation {
    key: &'static str,
    about: &'static str,
    /// The strongest first; the first that has a value wins.
    layers: Vec<Candidate>,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let key = Key::find(&args.key)?;
    let settings = Settings::load(ui.global())?;
    if args.output != Single::Text {
        let layers = settings.candidates(key);
        show::data(ui, args.output, &Explanation { key: key.name(), about: key.about(), layers })?;
        return Ok(Outcome::Yes);
    }
    let winner = settings.winner(key);
    ui.print(&format!("{}: {}\n", key.name(), key.about()))?;
    for candidate in settings.candidates(key) {
        let mark = if Some(&candidate) == winner.as_ref() { "*" } else { " " };
        let value = candidate.value.as_deref().unwrap_or("-");
        let line = format!("{mark} {:<11}  {value}  ({})", candidate.origin, candidate.place);
        ui.print(&format!("{}\n", escape_line(&line)))?;
    }
    Ok(Outcome::Yes)
}
