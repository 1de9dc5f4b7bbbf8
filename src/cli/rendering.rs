//! Options of what is rendered, and rendering it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mesheryctl::document::Source;
use mesheryctl::format::{self, SourceType, compose, helm};
use mesheryctl::source;
use mesheryctl::tree::{self, Tree};

use super::{Failure, context, input};

/// What charts, kustomizations and Compose projects are rendered with.
#[derive(clap::Args, Debug, Clone, Default)]
#[group(skip)]
pub(crate) struct Args {
    /// What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery's names
    /// such as "Helm Chart" are taken too)
    #[arg(short = 's', long, value_name = "TYPE", value_parser = clap::value_parser!(SourceType), help_heading = "Rendering")]
    pub(crate) source_type: Option<SourceType>,
    /// Values for charts, from a file or `-`; later ones win
    #[arg(long, value_name = "FILE", help_heading = "Rendering")]
    values: Vec<PathBuf>,
    /// Set a value of charts: `a.b=1,c[0]=x`
    #[arg(long, value_name = "KEY=VALUE", help_heading = "Rendering")]
    set: Vec<String>,
    /// Set a value that stays a string
    #[arg(long, value_name = "KEY=VALUE", help_heading = "Rendering")]
    set_string: Vec<String>,
    /// Set a value to what a file holds
    #[arg(long, value_name = "KEY=FILE", help_heading = "Rendering")]
    set_file: Vec<String>,
    /// Set a value to JSON
    #[arg(long, value_name = "KEY=JSON", help_heading = "Rendering")]
    set_json: Vec<String>,
    /// Set a value to exactly this text
    #[arg(long, value_name = "KEY=TEXT", help_heading = "Rendering")]
    set_literal: Vec<String>,
    /// Name of the release; otherwise that of the chart
    #[arg(long, value_name = "NAME", help_heading = "Rendering")]
    release: Option<String>,
    /// Namespace of the release [default: default]
    #[arg(short, long, value_name = "NAMESPACE", help_heading = "Rendering")]
    pub(crate) namespace: Option<String>,
    /// Version of Kubernetes that charts are told
    #[arg(long, value_name = "VERSION", help_heading = "Rendering")]
    pub(crate) kube_version: Option<String>,
    /// Further API versions that charts are told the cluster has
    #[arg(long, value_name = "API", value_delimiter = ',', help_heading = "Rendering")]
    api_versions: Vec<String>,
    /// Leave out what a chart has in `crds/`
    #[arg(long, help_heading = "Rendering")]
    skip_crds: bool,
    /// Leave out what a chart has for `helm test`
    #[arg(long, help_heading = "Rendering")]
    skip_tests: bool,
    /// Leave out hooks of charts
    #[arg(long, help_heading = "Rendering")]
    no_hooks: bool,
    /// Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written
    #[arg(long, help_heading = "Rendering")]
    fetch_dependencies: bool,
    /// What random functions of charts begin with: the same seed gives the same passwords and certificates
    #[arg(long, value_name = "NUMBER", default_value_t = 0, help_heading = "Rendering")]
    seed: u64,
    /// Profiles of a Compose project to enable; `*` is all of them
    #[arg(long, value_name = "PROFILE", help_heading = "Rendering")]
    profile: Vec<String>,
    /// Variables of a Compose project, in place of its `.env`
    #[arg(long, value_name = "FILE", help_heading = "Rendering")]
    env_file: Vec<String>,
}

/// What is needed while something is rendered.
pub(crate) struct Prepared {
    args: Args,
    values: Vec<Arc<Source>>,
    now: jiff::Timestamp,
}

impl Args {
    /// Reads the files that the options name, before anything else is done.
    pub(crate) fn prepare(&self) -> Result<Prepared, Failure> {
        let values = self.values.iter().map(|path| text(path)).collect::<Result<_, _>>()?;
        Ok(Prepared { args: self.clone(), values, now: context::now()? })
    }
}

impl Prepared {
    /// Whether what charts depend on may lie elsewhere.
    pub(crate) fn fetches_dependencies(&self) -> bool {
        self.args.fetch_dependencies
    }

    /// Calls `work` with the options as the library takes them.
    pub(crate) fn with<T>(&self, directory: &str, work: impl FnOnce(&format::Rendering<'_>) -> T) -> T {
        let args = &self.args;
        let flavors = [
            (helm::Flavor::Json, &args.set_json),
            (helm::Flavor::Typed, &args.set),
            (helm::Flavor::String, &args.set_string),
            (helm::Flavor::File, &args.set_file),
            (helm::Flavor::Literal, &args.set_literal),
        ];
        let set = flavors.into_iter().flat_map(|(flavor, texts)| texts.iter().map(move |text| (flavor, text.clone())));
        let read_file = |path: &str| text(Path::new(path)).map_err(|failure| failure.message);
        let fetch = args.fetch_dependencies.then_some(&input::dependency as helm::Fetch<'_>);
        let rendering = format::Rendering {
            release: args.release.clone(),
            helm: helm::Options {
                namespace: args.namespace.clone().unwrap_or_else(|| "default".to_owned()),
                values: helm::Inputs { files: self.values.clone(), set: set.collect(), read_file: &read_file },
                kube_version: args.kube_version.clone(),
                api_versions: args.api_versions.clone(),
                include_crds: !args.skip_crds,
                hooks: !args.no_hooks,
                tests: !args.skip_tests,
                seed: args.seed,
                now: self.now,
                ..helm::Options::default()
            },
            charts: helm::Loading { unpack: &unpack, fetch, ..helm::Loading::default() },
            compose: compose::Options {
                variables: std::env::vars_os().filter_map(as_text).collect::<BTreeMap<_, _>>(),
                profiles: args.profile.clone(),
                directory: directory.to_owned(),
                env_files: args.env_file.clone(),
                ..compose::Options::default()
            },
        };
        work(&rendering)
    }
}

/// Variables that are no text cannot be said in a Compose file.
fn as_text((name, value): (std::ffi::OsString, std::ffi::OsString)) -> Option<(String, String)> {
    Some((name.into_string().ok()?, value.into_string().ok()?))
}

/// The files of a chart that lies packed in another one.
fn unpack(name: &str, bytes: &Arc<[u8]>) -> Result<Tree, String> {
    source::unpack(name, bytes, tree::Limits::default()).map(Tree::new).map_err(|error| error.to_string())
}

fn text(path: &Path) -> Result<Arc<Source>, Failure> {
    let input = if path == Path::new("-") { input::Input::Stdin } else { input::Input::File(path.to_path_buf()) };
    let read = input.read(&mesheryctl::document::Limits::default())?;
    read.map_err(|failed| Failure::document(&failed.1, &failed.0))
}
