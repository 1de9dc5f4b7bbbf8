//! Names of artifacts in registries.

use std::fmt;

use super::super::{Error, Result, http::loopback};

/// `oci://registry/repository:tag` or `…@sha256:…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OciAddress {
    /// Host, with the port if there is one.
    pub registry: String,
    pub repository: String,
    pub version: OciVersion,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OciVersion {
    Tag(String),
    /// `sha256:` and 64 digits. A tag that stood before it is only for readers, and not kept.
    Digest(String),
}

impl OciAddress {
    /// Reads an address with or without `oci://`; without tag it means `latest`.
    ///
    /// # Errors
    /// What the distribution specification does not allow as a name.
    pub fn parse(text: &str) -> Result<OciAddress> {
        let refuse = |why: &str| {
            let text = super::super::http::without_secrets(text);
            Err(Error::Reference { text, why: why.to_owned() })
        };
        let bare = text.strip_prefix("oci://").unwrap_or(text);
        let Some((registry, rest)) = bare.split_once('/') else { return refuse("names no repository") };
        let host = registry.rsplit_once(':').map_or(registry, |(host, port)| {
            if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { registry }
        });
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-[]:".contains(&byte);
        if host.is_empty() || !registry.bytes().all(allowed) {
            return refuse("does not name a registry by its host");
        }
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, digest)) if is_digest(digest) => (rest, Some(digest)),
            Some(_) => return refuse("has a digest that is not `sha256:` and 64 digits"),
            None => (rest, None),
        };
        let (repository, tag) = match rest.rsplit_once(':') {
            Some((repository, tag)) => (repository, Some(tag)),
            None => (rest, None),
        };
        if !is_repository(repository) {
            return refuse("has a repository that is not of lower-case letters, digits, `.`, `_` and `-` between `/`");
        }
        if tag.is_some_and(|tag| !is_tag(tag)) {
            return refuse("has a tag that is not of at most 128 letters, digits, `.`, `_` and `-`");
        }
        let version = match (digest, tag) {
            (Some(digest), _) => OciVersion::Digest(digest.to_owned()),
            // Tags have no `+`, which versions of charts may have: Helm writes `_` instead.
            (None, Some(tag)) => OciVersion::Tag(tag.to_owned()),
            (None, None) => OciVersion::Tag("latest".to_owned()),
        };
        Ok(OciAddress { registry: registry.to_owned(), repository: repository.to_owned(), version })
    }

    /// The registry's host without its port.
    pub(super) fn host(&self) -> &str {
        let (host, port) = self.registry.rsplit_once(':').unwrap_or((&self.registry, ""));
        if port.ends_with(']') { &self.registry } else { host }
    }

    /// `https`, or `http` for a registry on this machine.
    pub(super) fn base(&self) -> String {
        // Docker's own name is not where its registry is.
        let registry = if self.registry == "docker.io" { "registry-1.docker.io" } else { &self.registry };
        let scheme = if loopback(self.host()) { "http" } else { "https" };
        format!("{scheme}://{registry}/v2/{}", self.repository)
    }
}

impl OciVersion {
    pub(super) fn text(&self) -> &str {
        match self {
            OciVersion::Tag(text) | OciVersion::Digest(text) => text,
        }
    }
}

impl fmt::Display for OciAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if matches!(self.version, OciVersion::Digest(_)) { '@' } else { ':' };
        write!(formatter, "oci://{}/{}{mark}{}", self.registry, self.repository, self.version.text())
    }
}

pub(super) fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:")
        .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

fn is_repository(text: &str) -> bool {
    let ends = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let part = |part: &str| {
        let bytes = part.as_bytes();
        let inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(byte);
        ends(bytes.first()) && ends(bytes.last()) && bytes.iter().all(inner) && !part.contains("..")
    };
    text.len() <= 255 && text.split('/').all(part)
}

fn is_tag(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !text.is_empty() && text.len() <= 128 && text.bytes().all(inner) && !text.starts_with(['.', '-'])
}
