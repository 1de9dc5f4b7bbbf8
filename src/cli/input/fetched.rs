//! What lies elsewhere: commits, URLs, registries, chart repositories; and who asks for it.

use std::path::{Path, PathBuf};

use mesheryctl::source::{
    self, ChartRepository, Client, Credentials, DockerConfig, Fetched, GitOptions, HttpOptions, Proxy, Reference,
    Registry, Secret, Stored,
};
use mesheryctl::tree::Limits;

use crate::cli::{Failure, ui::escape_line};

pub(crate) fn failure(error: source::Error) -> Failure {
    let failure = Failure::new(escape_line(&error.to_string()));
    error.hint().into_iter().fold(failure, Failure::hint)
}

/// Gets what a reference that is no path means.
pub(super) fn fetch(reference: &Reference) -> Result<Fetched, Failure> {
    let limits = Limits::default();
    let fetched = match reference {
        Reference::GitLocal { directory, revision, path } => {
            return source::commit(Path::new(directory), revision, path, limits).map_err(failure);
        }
        Reference::Git(address) => {
            let credentials = host(&address.url).and_then(|host| source::environment_token(host, variable));
            // What git itself asks; which programs those are, the user's own configuration says.
            let options = GitOptions { client: &client()?, credentials, helpers: true, limits };
            source::fetch(address, &options)
        }
        Reference::Url(url) => client()?.download(url, None, limits),
        Reference::Oci(address) => {
            Registry::new(&client()?, registry_credentials(&address.registry)?, limits).fetch(address)
        }
        Reference::Chart { repository, chart, version } => {
            return of_repository(repository, chart, version.as_deref(), limits);
        }
        Reference::Stdin | Reference::Path(_) => return Err(Failure::new("this is no address of anything elsewhere")),
    };
    fetched.map_err(failure)
}

fn of_repository(url: &str, chart: &str, version: Option<&str>, limits: Limits) -> Result<Fetched, Failure> {
    let client = client()?;
    let repository = ChartRepository::open(&client, url, None, limits).map_err(failure)?;
    let constraint = version.and_then(|text| semver::VersionReq::parse(text).ok());
    let takes = |found: &str| {
        let semantic = semver::Version::parse(found.trim_start_matches('v'));
        Some(found) == version || constraint.as_ref().zip(semantic.ok()).is_some_and(|(wanted, found)| wanted.matches(&found))
    };
    let takes: &dyn Fn(&str) -> bool = &takes;
    let found = repository.newest(chart, version.map(|_| takes)).map_err(failure)?;
    repository.fetch(&found).map_err(failure)
}

/// One that asks through the proxy that the environment names, as other programs do.
pub(crate) fn client() -> Result<Client, Failure> {
    let named = |names: &[&str]| names.iter().find_map(|name| variable(name)).filter(|value| !value.is_empty());
    let proxy = named(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]).map(|url| Proxy {
        url: Secret::new(url),
        except: named(&["NO_PROXY", "no_proxy"]).unwrap_or_default(),
    });
    Client::new(HttpOptions { proxy, ..HttpOptions::default() }).map_err(failure)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The host of a URL, without user and port.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.split(':').next().unwrap_or(host))
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
