//! Pull from and push to registries (the distribution specification, 1.1).

use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use super::{
    Artifact, Blob, OciAddress, OciVersion,
    manifest::{self, Descriptor, MANIFEST_BYTES, Read},
    verify,
};
use crate::{
    source::{
        Client, Credentials, Error, Fetched, Provenance, Result, Secret,
        http::{Answer, HeaderName, HeaderValue, Method, Request, Url, same_origin},
        top_directory,
    },
    tree::Limits,
};

/// Bytes of answers that say something of a request.
const ANSWER_BYTES: u64 = 64 << 10;
/// Tags that a repository may have where one of them is looked for.
const MAX_TAGS: usize = 100_000;
/// Blobs that are larger are sent in pieces of this size.
const CHUNK_BYTES: usize = 16 << 20;

/// A registry, asked with or without credentials.
#[derive(Debug)]
pub struct Registry<'a> {
    client: &'a Client,
    credentials: Option<Credentials>,
    limits: Limits,
    /// What the registry was content with last.
    granted: Mutex<Option<Credentials>>,
    pub(super) chunk: usize,
}

/// What is to be done with a repository, which a token is asked for.
#[derive(Clone, Copy)]
enum Scope {
    Pull,
    Push,
}

impl<'a> Registry<'a> {
    pub fn new(client: &'a Client, credentials: Option<Credentials>, limits: Limits) -> Registry<'a> {
        Registry { client, credentials, limits, granted: Mutex::default(), chunk: CHUNK_BYTES }
    }

    /// The files of an artifact. The path is the one directory that they lie in, as in charts.
    ///
    /// # Errors
    /// As [`Registry::pull`] and [`Artifact::files`].
    pub fn fetch(&self, address: &OciAddress) -> Result<Fetched> {
        let (artifact, digest) = self.pull(address)?;
        let tree = artifact.files(&address.to_string(), self.limits)?;
        let path = top_directory(&tree).unwrap_or_default();
        let provenance = Provenance::Oci {
            registry: address.registry.clone(),
            repository: address.repository.clone(),
            reference: address.version.text().to_owned(),
            digest,
        };
        Ok(Fetched { tree, path, provenance })
    }

    /// An artifact and the digest of its manifest. All digests are verified.
    ///
    /// # Errors
    /// What the registry refuses or does not have, limits, other bytes than those of the digests, and names that mean
    /// several artifacts.
    pub fn pull(&self, address: &OciAddress) -> Result<(Artifact, String)> {
        let name = address.to_string();
        let (bytes, digest) = self.manifest(address, &address.version)?;
        let (bytes, digest) = match manifest::decode(&bytes, &name)? {
            Read::Artifact(_) => (bytes, digest),
            Read::Index(index) => match index.manifests.as_slice() {
                [only] if super::address::is_digest(&only.digest) => {
                    self.manifest(address, &OciVersion::Digest(only.digest.clone()))?
                }
                several => {
                    let why = format!("is an index of {} artifacts; name one by its digest", several.len());
                    return Err(Error::malformed(format!("`{name}`"), why));
                }
            },
        };
        let Read::Artifact(parts) = manifest::decode(&bytes, &name)? else {
            return Err(Error::malformed(format!("`{name}`"), "is an index of indexes"));
        };
        let artifact = parts.assemble(&name, self.limits, |part| self.blob(address, part))?;
        Ok((artifact, digest))
    }

    fn manifest(&self, address: &OciAddress, version: &OciVersion) -> Result<(Vec<u8>, String)> {
        let url = format!("{}/manifests/{}", address.base(), version.text());
        let headers = vec![header("accept", &manifest::accepted())?];
        let answer = self
            .ask(address, Scope::Pull, || Request { headers: headers.clone(), ..Request::get(&url, MANIFEST_BYTES) })?;
        let answer = success(answer)?;
        let promised = match version {
            OciVersion::Digest(digest) => Some(digest.clone()),
            OciVersion::Tag(_) => answer.header("docker-content-digest").map(str::to_owned),
        };
        let bytes = answer.bytes()?;
        if let Some(digest) = promised {
            verify(&bytes, &digest, || format!("the manifest of `{address}`"))?;
        }
        let digest = format!("sha256:{}", crate::source::provenance::sha256(&bytes));
        Ok((bytes, digest))
    }

    /// The tags of the address' repository.
    ///
    /// # Errors
    /// What the registry refuses, and a list that is too long (`tags`).
    pub fn tags(&self, address: &OciAddress) -> Result<Vec<String>> {
        #[derive(Deserialize)]
        struct List {
            #[serde(default)]
            tags: Option<Vec<String>>,
        }
        let mut url = format!("{}/tags/list", address.base());
        let mut tags = Vec::new();
        loop {
            let answer = success(self.ask(address, Scope::Pull, || Request::get(&url, MANIFEST_BYTES))?)?;
            let next = next_page(&answer);
            let shown = crate::source::http::shown(&answer.url);
            let broken = |error: serde_json::Error| Error::malformed(format!("`{shown}`"), error.to_string());
            let page = serde_json::from_slice::<List>(&answer.bytes()?).map_err(broken)?.tags.unwrap_or_default();
            let is_last = page.is_empty();
            tags.extend(page);
            if tags.len() > MAX_TAGS {
                let what = format!("the list of tags of `{}/{}`", address.registry, address.repository);
                return Err(Error::Limit { what, limit: "tags", allowed: MAX_TAGS as u64 });
            }
            match next {
                Some(next) if !is_last => url = next,
                _ => return Ok(tags),
            }
        }
    }

    fn blob(&self, address: &OciAddress, part: &Descriptor) -> Result<Vec<u8>> {
        let url = format!("{}/blobs/{}", address.base(), part.digest);
        let answer = self.ask(address, Scope::Pull, || Request::get(&url, part.size))?;
        success(answer)?.bytes()
    }

    /// Sends an artifact, and gives the digest of its manifest. Blobs that the registry has are not sent again.
    ///
    /// # Errors
    /// What the registry refuses.
    pub fn push(&self, address: &OciAddress, artifact: &Artifact) -> Result<String> {
        self.push_as(address, artifact.layers.iter().chain([&artifact.config]), &artifact.manifest())
    }

    /// As [`Registry::push`], with the manifest as somebody else wrote it; `blobs` are all that it names.
    ///
    /// # Errors
    /// What the registry refuses.
    pub fn push_as<'b>(
        &self,
        address: &OciAddress,
        blobs: impl IntoIterator<Item = &'b Blob>,
        manifest: &Blob,
    ) -> Result<String> {
        for blob in blobs {
            self.send_blob(address, blob)?;
        }
        let digest = manifest.digest();
        if let OciVersion::Digest(wanted) = &address.version {
            verify(&manifest.bytes, wanted, || "the manifest to be pushed".to_owned())?;
        }
        let url = format!("{}/manifests/{}", address.base(), address.version.text());
        let headers = vec![header("content-type", &manifest.media_type)?];
        let answer = self.ask(address, Scope::Push, || Request {
            method: Method::PUT,
            headers: headers.clone(),
            body: manifest.bytes.to_vec(),
            ..Request::get(&url, ANSWER_BYTES)
        })?;
        let answer = success(answer)?;
        match answer.header("docker-content-digest") {
            Some(found) if found != digest => Err(Error::Digest {
                what: format!("what `{}` stored", address.registry),
                expected: digest,
                found: found.to_owned(),
            }),
            _ => Ok(digest),
        }
    }

    fn send_blob(&self, address: &OciAddress, blob: &Blob) -> Result<()> {
        let base = address.base();
        let url = format!("{base}/blobs/{}", blob.digest());
        let head = self.ask(address, Scope::Push, || Request { method: Method::HEAD, ..Request::get(&url, 0) })?;
        if head.status == 200 {
            return Ok(());
        }
        let url = format!("{base}/blobs/uploads/");
        let begin = || Request { method: Method::POST, ..Request::get(&url, ANSWER_BYTES) };
        let mut place = place_of(&success(self.ask(address, Scope::Push, begin)?)?)?;
        let mut last: &[u8] = &blob.bytes;
        let mut sent = 0;
        while last.len() > self.chunk {
            let (piece, rest) = last.split_at(self.chunk);
            let range = format!("{sent}-{}", sent + piece.len() - 1);
            let headers = vec![header("content-range", &range)?];
            place = place_of(&success(self.upload(address, Method::PATCH, &place, piece, headers)?)?)?;
            (sent, last) = (sent + piece.len(), rest);
        }
        place.query_pairs_mut().append_pair("digest", &blob.digest());
        success(self.upload(address, Method::PUT, &place, last, Vec::new())?)?;
        Ok(())
    }

    fn upload(
        &self,
        address: &OciAddress,
        method: Method,
        place: &Url,
        piece: &[u8],
        mut headers: Vec<(HeaderName, HeaderValue)>,
    ) -> Result<Answer> {
        headers.push(header("content-type", "application/octet-stream")?);
        headers.push(header("content-length", &piece.len().to_string())?);
        self.ask(address, Scope::Push, || Request {
            method: method.clone(),
            headers: headers.clone(),
            body: piece.to_vec(),
            ..Request::get(place.as_str(), ANSWER_BYTES)
        })
    }

    /// Asks, and again with what the registry wants to see.
    fn ask<'r>(&self, address: &OciAddress, scope: Scope, request: impl Fn() -> Request<'r>) -> Result<Answer> {
        let send = |credentials: Option<&Credentials>| {
            let request = request();
            // Uploads may be sent elsewhere, where these credentials have no business.
            let at_home = match (Url::parse(request.url), Url::parse(&address.base())) {
                (Ok(there), Ok(home)) => same_origin(&there, &home),
                _ => false,
            };
            self.client.send(Request { credentials: credentials.filter(|_| at_home), ..request })
        };
        let granted = self.granted.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let answer = send(granted.as_ref())?;
        if answer.status != 401 {
            return Ok(answer);
        }
        let Some(credentials) = self.grant(address, scope, &answer)? else { return Ok(answer) };
        *self.granted.lock().unwrap_or_else(PoisonError::into_inner) = Some(credentials.clone());
        send(Some(&credentials))
    }

    /// What a registry that refused would take: a token of the service it names, or the credentials themselves.
    fn grant(&self, address: &OciAddress, scope: Scope, answer: &Answer) -> Result<Option<Credentials>> {
        let challenge = answer.header("www-authenticate").unwrap_or_default();
        let (scheme, rest) = challenge.split_once(' ').unwrap_or((challenge, ""));
        if scheme.eq_ignore_ascii_case("basic") {
            return Ok(self.credentials.clone());
        }
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Ok(None);
        }
        let value = |name: &str| parameter(rest, name);
        let Some(realm) = value("realm") else { return Ok(None) };
        let mut url = crate::source::http::parse(&realm)?;
        let actions = match scope {
            Scope::Pull => "pull",
            Scope::Push => "pull,push",
        };
        let scope = format!("repository:{}:{actions}", address.repository);
        if let Some(service) = value("service") {
            url.query_pairs_mut().append_pair("service", &service);
        }
        url.query_pairs_mut().append_pair("scope", &scope);
        let credentials = self.credentials.as_ref();
        let answer = self.client.send(Request { credentials, ..Request::get(url.as_str(), ANSWER_BYTES) })?;
        let bytes = success(answer)?.bytes()?;
        #[derive(Deserialize)]
        struct Token {
            token: Option<String>,
            access_token: Option<String>,
        }
        // What is wrong with it is not said: it may hold a part of the token.
        let token: Option<Token> = serde_json::from_slice(&bytes).ok();
        let token = token.and_then(|token| token.token.or(token.access_token));
        let token = token.ok_or_else(|| {
            Error::malformed(format!("the token service of `{}`", address.registry), "gives no token")
        })?;
        Ok(Some(Credentials::Bearer(Secret::new(token))))
    }
}

/// A parameter of a challenge: `realm="…",service="…"`.
fn parameter(challenge: &str, name: &str) -> Option<String> {
    let mut rest = challenge;
    loop {
        let (key, after) = rest.trim_start_matches([',', ' ']).split_once('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find(',').unwrap_or(after.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.to_owned());
        }
        rest = after;
    }
}

fn header(name: &'static str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    let value = HeaderValue::from_str(value)
        .map_err(|_| Error::malformed(format!("the header `{name}`"), "has a value that is none"))?;
    Ok((HeaderName::from_static(name), value))
}

fn place_of(answer: &Answer) -> Result<Url> {
    let place = answer.header("location").and_then(|place| answer.url.join(place).ok());
    place.ok_or_else(|| {
        Error::malformed(format!("`{}`", crate::source::http::shown(&answer.url)), "does not say where to upload to")
    })
}

/// Where a list goes on: `Link: </v2/…?last=x>; rel="next"`.
fn next_page(answer: &Answer) -> Option<String> {
    let (link, rest) = answer.header("link")?.trim().strip_prefix('<')?.split_once('>')?;
    let next = rest.contains("rel=\"next\"") || rest.contains("rel=next");
    let url = answer.url.join(link).ok().filter(|_| next)?;
    same_origin(&url, &answer.url).then(|| url.into())
}

/// The answer if it is one, else what the registry says is wrong.
fn success(answer: Answer) -> Result<Answer> {
    #[derive(Deserialize)]
    struct Said {
        errors: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        code: String,
        #[serde(default)]
        message: String,
    }
    if matches!(answer.status, 200..=299 | 401 | 403) {
        return answer.success();
    }
    let (url, status) = (crate::source::http::shown(&answer.url), answer.status);
    let said: Option<Said> = answer.bytes().ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let said = said.and_then(|said| said.errors.into_iter().next());
    let message = said.map(|one| format!(": {} {}", one.code, one.message).trim_end().to_owned()).unwrap_or_default();
    Err(Error::Status { url, status, message })
}
