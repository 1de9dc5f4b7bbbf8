//! `mesheryctl pattern …` (also `design`).

mod diff;
mod validate;

use clap::Subcommand;

use super::{Failure, Outcome, Ui};

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Diff(diff::Args),
    Validate(validate::Args),
}

impl Command {
    pub(crate) fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::Diff(args) => diff::run(args, ui),
            Command::Validate(args) => validate::run(args, ui),
        }
    }
}
