//! What lies elsewhere: commits, URLs, registries, chart repositories; and who asks for it.

use std::path::PathBuf;

use mesheryctl::format::helm::Wanted;
use mesheryctl::source::{
    self, Blob, Client, Credentials, DockerConfig, Fetched, Fetcher, HttpOptions, OciAddress, Proxy, Reference,
    Registry, Secret, Stored,
};
use mesheryctl::tree::{Limits, Tree};

use crate::cli::{Failure, ui::escape_line};

pub(crate) fn failure(error: source::Error) -> Failure {
    let failure = Failure::new(escape_line(&error.to_string()));
    match hint(&error) {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// What to do about it here, where credentials come from the environment and nothing allows plain http.
fn hint(error: &source::Error) -> Option<&'static str> {
    match error {
        source::Error::Unauthorized { .. } => Some(
            "`docker login` keeps credentials of registries, GITHUB_TOKEN, GITLAB_TOKEN, BITBUCKET_TOKEN, or \
             MESHERY_GIT_TOKEN for MESHERY_GIT_HOST, hold those of other hosts",
        ),
        source::Error::Refused { why, .. } if why.contains("https is asked for") => {
            Some("use https; plain http is for this machine (localhost) only")
        }
        source::Error::Status { status: 404, .. } => {
            Some("check the address; some servers answer so, too, to those who may not see it")
        }
        source::Error::Chart { .. } => Some("look up which charts and versions it has, or ask for another one"),
        error => error.hint(),
    }
}

/// Gets what a reference that is no path means.
pub(super) fn fetch(reference: &Reference) -> Result<Fetched, Failure> {
    // Said before anything is asked for: without what it keeps, the registry's answer would only confuse.
    if let Reference::Oci(address) = reference {
        registry_credentials(&address.registry)?;
    }
    // The helpers are those of git, which the user's own configuration names.
    let fetcher = Fetcher { client: &client()?, limits: Limits::default(), credentials: &credentials, helpers: true };
    fetcher.fetch(reference).map_err(failure)
}

/// The files of a chart that another one depends on.
pub(crate) fn dependency(wanted: &Wanted<'_>) -> Result<Tree, String> {
    let repository = wanted.repository;
    if repository.starts_with('@') || repository.starts_with("alias:") {
        return Err(format!(
            "`{repository}` is a name of Helm's own configuration, which is not read; its URL is wanted instead"
        ));
    }
    let failed = |failure: Failure| failure.message;
    if let Some(address) = repository.strip_prefix("oci://") {
        registry_credentials(address.split('/').next().unwrap_or_default()).map_err(failed)?;
    }
    let client = client().map_err(failed)?;
    let fetcher = Fetcher { client: &client, limits: Limits::default(), credentials: &credentials, helpers: false };
    let takes = |version: &str| wanted.takes(version);
    let fetched = fetcher.dependency(repository, wanted.name, wanted.exact(), &takes);
    let fetched = fetched.map_err(|error| match hint(&error) {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    })?;
    Ok(fetched.tree.below(&fetched.path))
}

/// Sends an artifact to a registry, and gives the digest of its manifest.
pub(crate) fn push(address: &OciAddress, blobs: &[Blob], manifest: &Blob) -> Result<String, Failure> {
    registry_credentials(&address.registry)?;
    let client = client()?;
    let registry = Registry::new(&client, credentials(&address.registry), Limits::default());
    registry.push_as(address, blobs, manifest).map_err(failure)
}

fn credentials(host: &str) -> Option<Credentials> {
    source::environment_token(host, variable).or_else(|| registry_credentials(host).ok().flatten())
}

/// One that asks through the proxy that the environment names, as other programs do.
pub(crate) fn client() -> Result<Client, Failure> {
    let named = |names: &[&str]| names.iter().find_map(|name| variable(name)).filter(|value| !value.is_empty());
    let proxy = named(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
        .map(|url| Proxy { url: Secret::new(url), except: named(&["NO_PROXY", "no_proxy"]).unwrap_or_default() });
    Client::new(HttpOptions { proxy, ..HttpOptions::default() }).map_err(failure)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// What `docker login` and the like have kept for a registry.
pub(crate) fn registry_credentials(registry: &str) -> Result<Option<Credentials>, Failure> {
    let Some(path) = docker_config() else { return Ok(None) };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", &path, &error)),
    };
    match DockerConfig::parse(&text).map_err(failure)?.stored(registry) {
        Stored::Nothing => Ok(None),
        Stored::Credentials(credentials) => Ok(Some(credentials)),
        Stored::Program(program) => Err(Failure::new(format!(
            "the credentials for {registry} are kept by {}, which is not run",
            escape_line(&program)
        ))
        .hint(format!("point DOCKER_CONFIG to a directory with a config.json that holds them for {registry}"))),
    }
}

fn docker_config() -> Option<PathBuf> {
    let directory = variable("DOCKER_CONFIG").map(PathBuf::from);
    let of_home = || Some(directories::BaseDirs::new()?.home_dir().join(".docker"));
    Some(directory.or_else(of_home)?.join("config.json"))
}
