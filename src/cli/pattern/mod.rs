//! `mesheryctl pattern …` (also `design`).

mod delete;
mod diff;
mod export;
mod history;
mod import;
mod list;
mod rename;
mod rollback;
mod tag;
mod validate;
mod view;

use clap::Subcommand;

use super::{Failure, Outcome, Ui};

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Import(import::Args),
    List(list::Args),
    View(view::Args),
    History(history::Args),
    Tag(tag::Args),
    Rollback(rollback::Args),
    Rename(rename::Args),
    Delete(delete::Args),
    Export(export::Args),
    Diff(diff::Args),
    Validate(validate::Args),
}

impl Command {
    pub(crate) fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::Import(args) => import::run(args, ui),
            Command::List(args) => list::run(args, ui),
            Command::View(args) => view::run(args, ui),
            Command::History(args) => history::run(args, ui),
            Command::Tag(args) => tag::run(args, ui),
            Command::Rollback(args) => rollback::run(args, ui),
            Command::Rename(args) => rename::run(args, ui),
            Command::Delete(args) => delete::run(args, ui),
            Command::Export(args) => export::run(args, ui),
            Command::Diff(args) => diff::run(args, ui),
            Command::Validate(args) => validate::run(args, ui),
        }
    }
}
