//! What lies elsewhere: commits, URLs, registries, chart repositories; and who asks for it.

use std::path::PathBuf;

use mesheryctl::source::{
    self, Client, Credentials, DockerConfig, Fetched, Fetcher, HttpOptions, Proxy, Reference, Secret, Stored,
};
use mesheryctl::tree::Limits;

use crate::cli::{Failure, ui::escape_line};

pub(crate) fn failure(error: source::Error) -> Failure {
    let failure = Failure::new(escape_line(&error.to_string()));
    error.hint().into_iter().fold(failure, Failure::hint)
}

/// Gets what a reference that is no path means.
pub(super) fn fetch(reference: &Reference) -> Result<Fetched, Failure> {
    // Said before anything is asked for: without what it keeps, the registry's answer would only confuse.
    if let Reference::Oci(address) = reference {
        registry_credentials(&address.registry)?;
    }
    let credentials =
        |host: &str| source::environment_token(host, variable).or_else(|| registry_credentials(host).ok().flatten());
    // The helpers are those of git, which the user's own configuration names.
    let fetcher = Fetcher { client: &client()?, limits: Limits::default(), credentials: &credentials, helpers: true };
    fetcher.fetch(reference).map_err(failure)
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
