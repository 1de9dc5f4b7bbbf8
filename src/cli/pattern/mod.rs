//! `mesheryctl pattern …` (also `design`).

mod validate;

use clap::Subcommand;

use super::{Failure, Outcome, Ui};

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Validate(validate::Args),
}

impl Command {
    pub(crate) fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::Validate(args) => validate::run(args, ui),
        }
    }
}
