//! `mesheryctl config …`: what is configured, and why.

mod explain;
mod set;
mod view;

use clap::Subcommand;

use super::{Failure, Outcome, Ui};

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    View(view::Args),
    Set(set::Args),
    Explain(explain::Args),
}

impl Command {
    pub(crate) fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::View(args) => view::run(args, ui),
            Command::Set(args) => set::run(args, ui),
            Command::Explain(args) => explain::run(args, ui),
        }
    }
}
