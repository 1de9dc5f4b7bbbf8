use std::path::PathBuf;

use crate::cli::{Failure, Outcome, Ui};

/// Check manifests and designs against Kubernetes' schemas and rules
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// File, directory, glob or `-` for standard input
    #[arg(short = 'f', long = "filename", required = true, value_name = "PATH")]
    files: Vec<PathBuf>,
    /// Read the directories below too
    #[arg(short = 'R', long)]
    recursive: bool,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let inputs = crate::cli::input::resolve(&args.files, args.recursive)?;
    for input in &inputs.files {
        ui.print(&format!("{}\n", input.name()))?;
    }
    Ok(Outcome::Yes)
}
