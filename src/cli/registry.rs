//! `mesheryctl registry …`: where the built-in definitions come from. For those who build mesheryctl.

use std::{fmt::Write, path::PathBuf};

use clap::Subcommand;
use mesheryctl::registry::{
    Registry,
    generate::{Release, generate},
};

use super::{Failure, Outcome, Ui, files};

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Generate(GenerateArgs),
    Provenance(ProvenanceArgs),
}

/// Produce the built-in definitions from Kubernetes' own documents
///
/// The same input gives the same bytes. docs/registry.md tells where the input comes from.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl registry generate --kubernetes kubernetes@v1.37.1 --api api@v0.37.1 -o src/registry/")]
pub(crate) struct GenerateArgs {
    /// Source folder of a release, named like `kubernetes@v1.37.1`; once for each release
    #[arg(long, required = true, num_args = 1.., value_name = "DIR")]
    kubernetes: Vec<PathBuf>,
    /// Source folder of its API types, named like `api@v0.37.1`; as many as releases, in the same order
    #[arg(long, num_args = 1.., value_name = "DIR")]
    api: Vec<PathBuf>,
    /// Aggregated discovery document of a running server, which alone tells short names
    #[arg(long, num_args = 1.., value_name = "FILE")]
    discovery: Vec<PathBuf>,
    /// Directory to write `kubernetes.pack` and `kubernetes.descriptions.pack` into
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// Show which releases of Kubernetes the built-in definitions were taken from
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl registry provenance")]
pub(crate) struct ProvenanceArgs {}

impl Command {
    pub(crate) fn run(&self, ui: &Ui) -> Result<Outcome, Failure> {
        match self {
            Command::Generate(args) => produce(args, ui),
            Command::Provenance(_) => {
                let mut text = String::new();
                for (version, release) in Registry::provenance() {
                    // Writing to a string cannot fail.
                    let _ = writeln!(text, "{version}  {release}");
                }
                ui.print(&text)?;
                Ok(Outcome::Yes)
            }
        }
    }
}

fn produce(args: &GenerateArgs, ui: &Ui) -> Result<Outcome, Failure> {
    if !args.api.is_empty() && args.api.len() != args.kubernetes.len() {
        return Err(Failure::new(format!(
            "{} folders of API types do not fit {} releases",
            args.api.len(),
            args.kubernetes.len()
        ))
        .hint("give one --api for each --kubernetes, in the same order, or none"));
    }
    let mut releases = Vec::new();
    for (at, kubernetes) in args.kubernetes.iter().enumerate() {
        let api = args.api.get(at).map(PathBuf::as_path);
        releases.push(Release::read(kubernetes, api).map_err(|error| Failure::new(error.to_string()))?);
    }
    let mut discovery = Vec::new();
    for path in &args.discovery {
        let bytes = std::fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
        let document =
            serde_json::from_slice(&bytes).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        discovery.push(document);
    }
    let packs = generate(releases, &discovery).map_err(|error| Failure::new(error.to_string()))?;
    for (name, bytes) in
        [("kubernetes.pack", &packs.definitions), ("kubernetes.descriptions.pack", &packs.descriptions)]
    {
        let path = args.output.join(name);
        files::replace(&path, bytes).map_err(|error| Failure::io("write", &path, &error))?;
        ui.print(&format!("{}  {} bytes\n", path.display(), bytes.len()))?;
    }
    Ok(Outcome::Yes)
}
