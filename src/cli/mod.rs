//! The command line: parse, one library call, show.
//!
//! `pattern/validate.rs` is `mesheryctl pattern validate`. Every command is a file with `Args` (whose doc comments are
//! the help) and `run(&Args, &Ui) -> Result<Outcome, Failure>`; what they share is in the files named here first.

mod candidates;
mod context;
mod definitions;
mod failure;
mod files;
mod input;
mod load;
mod output;
mod rendering;
mod report;
mod saved;
mod settings;
mod show;
mod ui;

mod completion;
mod component;
mod config;
mod explain;
mod man;
mod model;
mod pattern;
mod registry;
mod version;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub(crate) use failure::{Failure, Outcome};
pub(crate) use ui::Ui;

/// Design, check, compare and export cloud-native infrastructure: offline, deterministic, in one binary
///
/// Exit status: 0 done, or the answer is yes; 1 it ran and the answer is no (findings, differences); 2 it could not be
/// done (usage, input, storage).
#[derive(Parser, Debug)]
#[command(name = "mesheryctl", version, max_term_width = 100, disable_help_subcommand = true, infer_long_args = false)]
#[command(after_long_help = "\
Examples:
  # Check all manifests below a directory
  mesheryctl pattern validate -R -f k8s/

  # Keep them as a design, and see later what has changed
  mesheryctl pattern import -R -f k8s/ --name shop
  mesheryctl pattern diff shop k8s/ -R

  # What a field is for
  mesheryctl explain deployment.spec.strategy")]
pub(crate) struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(clap::Args, Debug, Clone)]
pub(crate) struct Global {
    /// When to use colour (NO_COLOR is honoured)
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = "Global options")]
    pub(crate) color: Color,
    /// Print less: no notes, no progress
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub(crate) quiet: bool,
    /// Never ask; fail and say which flag answers instead
    #[arg(long, global = true, help_heading = "Global options")]
    pub(crate) no_input: bool,
    /// Where saved designs live
    #[arg(
        long,
        global = true,
        env = "MESHERY_DATA_DIR",
        value_name = "DIR",
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub(crate) data_dir: Option<std::path::PathBuf>,
    /// Configuration file to use instead of the user's
    #[arg(
        long,
        global = true,
        env = "MESHERY_CONFIG",
        value_name = "FILE",
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub(crate) config: Option<std::path::PathBuf>,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Work with designs: import, validate, compare, export, keep their history
    #[command(subcommand, visible_alias = "design")]
    Pattern(Box<pattern::Command>),
    /// Look at models: products and the kinds they bring
    #[command(subcommand)]
    Model(model::Command),
    /// Look at components: the kinds that designs are made of
    #[command(subcommand)]
    Component(component::Command),
    Explain(explain::Args),
    /// Look at the built-in definitions, or produce them
    #[command(subcommand, hide = true)]
    Registry(registry::Command),
    /// Show and change the configuration
    #[command(subcommand)]
    Config(config::Command),
    Completion(completion::Args),
    #[command(hide = true)]
    Man(man::Args),
    Version(version::Args),
}

impl Command {
    fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::Pattern(command) => command.run(ui),
            Command::Model(command) => command.run(ui),
            Command::Component(command) => command.run(ui),
            Command::Explain(args) => explain::run(args, ui),
            Command::Registry(command) => command.run(ui),
            Command::Config(command) => command.run(ui),
            Command::Completion(args) => completion::run(args, ui),
            Command::Man(args) => man::run(args, ui),
            Command::Version(args) => version::run(args, ui),
        }
    }
}

/// The whole command line as clap knows it: for completions, man pages and tests.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

pub(crate) fn main() -> ExitCode {
    if completion::answer() {
        return ExitCode::SUCCESS;
    }
    let cli = match command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return ui::print_usage(&error),
    };
    let ui = Ui::new(&cli.global);
    match cli.command.run(&ui).and_then(|outcome| ui.flush().map(|()| outcome)) {
        Ok(outcome) => outcome.into(),
        Err(failure) => ui.fail(&failure),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
