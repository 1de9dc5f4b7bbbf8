use mesheryctl::registry::Registry;
use serde::Serialize;

use super::{
    Failure, Outcome, Ui,
    show::{self, Single},
};

/// Show the version, and what is built in
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl version
  mesheryctl version -o json")]
pub(crate) struct Args {
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Single::Text, value_name = "FORMAT")]
    output: Single,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    version: &'static str,
    /// Known when the build was told (`MESHERYCTL_COMMIT`).
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'static str>,
    platform: String,
    kubernetes_versions: Vec<String>,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let version = Version {
        version: env!("CARGO_PKG_VERSION"),
        commit: option_env!("MESHERYCTL_COMMIT").filter(|commit| !commit.is_empty()),
        platform: format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
        kubernetes_versions: Registry::versions().iter().map(ToString::to_string).collect(),
    };
    match args.output {
        Single::Json | Single::Yaml => show::data(ui, args.output, &version)?,
        Single::Text => {
            let commit = version.commit.map(|commit| format!(" ({commit})")).unwrap_or_default();
            ui.print(&format!("mesheryctl {}{commit} {}\n", version.version, version.platform))?;
            if let [first, .., last] = version.kubernetes_versions.as_slice() {
                ui.print(&format!("Kubernetes {first} to {last}\n"))?;
            }
        }
    }
    Ok(Outcome::Yes)
}
