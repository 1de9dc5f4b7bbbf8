use mesheryctl::registry::Registry;
use serde::Serialize;

use super::{Failure, Outcome, Ui};

/// Show the version, and what is built in
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// How to show it
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    output: Format,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
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
        Format::Json => {
            let text = serde_json::to_string_pretty(&version).map_err(|error| Failure::new(error.to_string()))?;
            ui.print(&format!("{text}\n"))?;
        }
        Format::Text => {
            let commit = version.commit.map(|commit| format!(" ({commit})")).unwrap_or_default();
            ui.print(&format!("mesheryctl {}{commit} {}\n", version.version, version.platform))?;
            if let [first, .., last] = version.kubernetes_versions.as_slice() {
                ui.print(&format!("Kubernetes {first} to {last}\n"))?;
            }
        }
    }
    Ok(Outcome::Yes)
}
