//! Credentials of registries as Docker's `config.json` keeps them.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;

use crate::source::{Credentials, Error, Result};

/// What `~/.docker/config.json` (or Helm's `registry/config.json`) says of credentials.
#[derive(Debug, Default)]
pub struct DockerConfig(Config);

/// How a registry's credentials are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    Nothing,
    Credentials(Credentials),
    /// Behind a program, which is not run here.
    Program(String),
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    #[serde(default)]
    auths: BTreeMap<String, Auth>,
    creds_store: Option<String>,
    #[serde(default)]
    cred_helpers: BTreeMap<String, String>,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.auths.keys()).finish()
    }
}

#[derive(Default, Deserialize)]
struct Auth {
    auth: Option<String>,
    username: Option<String>,
    password: Option<String>,
}

impl DockerConfig {
    /// # Errors
    /// What is no JSON of this shape; the message holds nothing of the text.
    pub fn parse(text: &str) -> Result<DockerConfig> {
        serde_json::from_str(text).map(DockerConfig).map_err(|error| {
            let why = format!("is not read: wrong at line {}, column {}", error.line(), error.column());
            Error::malformed("the configuration of Docker", why)
        })
    }

    /// The credentials for a registry's host (with its port).
    pub fn stored(&self, registry: &str) -> Stored {
        let wanted = host_of(registry);
        let program = |name: &String| Stored::Program(format!("docker-credential-{name}"));
        if let Some((_, name)) = self.0.cred_helpers.iter().find(|(host, _)| host_of(host) == wanted) {
            return program(name);
        }
        let own = self.0.auths.iter().find(|(host, _)| host_of(host) == wanted);
        if let Some(credentials) = own.and_then(|(_, auth)| auth.credentials()) {
            return Stored::Credentials(credentials);
        }
        // Docker keeps an empty entry for what its store holds.
        match &self.0.creds_store {
            Some(name) if own.is_some() => program(name),
            _ => Stored::Nothing,
        }
    }
}

impl Auth {
    fn credentials(&self) -> Option<Credentials> {
        if let (Some(user), Some(password)) = (&self.username, &self.password) {
            return Some(Credentials::basic(user, password));
        }
        let decoded = STANDARD.decode(self.auth.as_deref()?.trim()).ok()?;
        let decoded = String::from_utf8(decoded).ok()?;
        let (user, password) = decoded.split_once(':')?;
        Some(Credentials::basic(user, password.trim_end_matches('\0')))
    }
}

/// Keys are hosts, or URLs of older days.
fn host_of(key: &str) -> &str {
    let bare = key.split_once("://").map_or(key, |(_, rest)| rest);
    match bare.split('/').next().unwrap_or_default() {
        "index.docker.io" | "registry-1.docker.io" => "docker.io",
        host => host,
    }
}
