//! HTTP under budgets: size, time, redirects, and who may be asked.

mod access;
mod secret;
#[cfg(test)]
pub(super) mod tests;

use std::{
    fmt,
    io::{self, Read},
    sync::Arc,
    time::{Duration, Instant},
};

pub(super) use reqwest::{
    Method, Url,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use reqwest::{
    blocking,
    header::{AUTHORIZATION, LOCATION},
    redirect,
};

use access::Guard;
pub use access::{Access, loopback};
pub use secret::{Credentials, Secret};

use super::{Error, Fetched, Provenance, Result, provenance::sha256};
use crate::tree::Limits;

/// How servers are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpOptions {
    pub access: Access,
    /// For one request, from its beginning to the last byte of the answer.
    pub timeout: Duration,
    /// How often an answer may lead elsewhere (`redirects`).
    pub redirects: usize,
    /// Allows `http://`, which is otherwise only for this machine.
    pub plain_http: bool,
    pub proxy: Option<Proxy>,
    pub user_agent: String,
}

impl Default for HttpOptions {
    fn default() -> HttpOptions {
        HttpOptions {
            access: Access::Any,
            timeout: Duration::from_secs(60),
            redirects: 10,
            plain_http: false,
            proxy: None,
            user_agent: concat!("mesheryctl/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// A proxy for all requests but those to this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    pub url: Secret,
    /// Hosts that are asked directly, as in the variable `NO_PROXY`.
    pub except: String,
}

/// Makes `ring` the one provider of cryptography of this process. Every [`Client`] does; a program that uses TLS
/// elsewhere too calls it first. Calls after the first do nothing.
pub fn install_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Asks servers; keeps connections, so one is enough.
#[derive(Clone)]
pub struct Client {
    inner: blocking::Client,
    options: Arc<HttpOptions>,
    guard: Guard,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").field("options", &self.options).finish_non_exhaustive()
    }
}

/// What is asked of a server.
pub(super) struct Request<'a> {
    pub method: Method,
    pub url: &'a str,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub credentials: Option<&'a Credentials>,
    pub body: Vec<u8>,
    /// Bytes that the answer may have.
    pub limit: u64,
}

impl<'a> Request<'a> {
    pub(super) fn get(url: &'a str, limit: u64) -> Request<'a> {
        Request { method: Method::GET, url, headers: Vec::new(), credentials: None, body: Vec::new(), limit }
    }
}

/// What a server answers, whatever its status; only redirects are gone.
pub(super) struct Answer {
    pub status: u16,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Body,
}

impl Answer {
    /// The answer if it is one.
    pub(super) fn success(self) -> Result<Answer> {
        let url = shown(&self.url);
        match self.status {
            200..=299 => Ok(self),
            401 | 403 => Err(Error::Unauthorized { url, status: self.status }),
            status => Err(Error::Status { url, status, message: String::new() }),
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(super) fn bytes(mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.body.read_to_end(&mut bytes).map_err(|error| self.body.error(error))?;
        Ok(bytes)
    }
}

impl Client {
    /// # Errors
    /// A proxy that is none, or one together with [`Access::Public`]: who connects to a proxy cannot see where the
    /// proxy connects to.
    pub fn new(options: HttpOptions) -> Result<Client> {
        let guard = Guard::new(options.access);
        Client::guarded(options, guard)
    }

    fn guarded(options: HttpOptions, guard: Guard) -> Result<Client> {
        install_tls();
        let mut builder = blocking::Client::builder()
            .user_agent(&options.user_agent)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .dns_resolver(Arc::new(guard.clone()));
        if let Some(proxy) = &options.proxy {
            builder = builder.proxy(proxy_of(proxy, options.access)?);
        }
        let inner = builder.build().map_err(|error| Error::malformed("the HTTP client", message(error)))?;
        Ok(Client { inner, options: Arc::new(options), guard })
    }

    pub(super) fn access(&self) -> Access {
        self.options.access
    }

    /// The bytes at a URL, at most `limit`.
    ///
    /// # Errors
    /// What servers say, a limit, an address that may not be asked.
    pub fn get(&self, url: &str, credentials: Option<&Credentials>, limit: u64) -> Result<Vec<u8>> {
        self.send(Request { credentials, ..Request::get(url, limit) })?.success()?.bytes()
    }

    /// The file at a URL, or the files if it is an archive.
    ///
    /// # Errors
    /// As [`Client::get`], and as [`super::unpack`].
    pub fn download(&self, url: &str, credentials: Option<&Credentials>, limits: Limits) -> Result<Fetched> {
        let bytes = self.get(url, credentials, limits.file_bytes)?;
        let name = shown(&parse(url)?);
        let provenance = Provenance::Url { url: name.clone(), sha256: sha256(&bytes) };
        super::files_of(&name, bytes, provenance, limits)
    }

    /// Asks, and follows where the answers lead. Credentials stay with the host they were given for.
    pub(super) fn send(&self, request: Request<'_>) -> Result<Answer> {
        let deadline = Deadline { end: Instant::now() + self.options.timeout, seconds: self.options.timeout.as_secs() };
        let mut url = parse(request.url)?;
        let own = credentials_of(&mut url);
        let credentials = request.credentials.or(own.as_ref());
        let origin = url.clone();
        for _ in 0..=self.options.redirects {
            self.check(&url)?;
            let credentials = credentials.filter(|_| same_origin(&origin, &url));
            let answer = self.once(&request, &url, credentials, &deadline)?;
            let Some(next) = redirect_of(&request.method, &answer)? else { return Ok(answer) };
            if url.scheme() == "https" && next.scheme() != "https" {
                let why = format!("`{}` leads there, away from https", shown(&url));
                return Err(Error::Refused { url: shown(&next), why });
            }
            url = next;
        }
        let (what, allowed) = (format!("`{}`", shown(&origin)), self.options.redirects as u64);
        Err(Error::Limit { what, limit: "redirects", allowed })
    }

    fn check(&self, url: &Url) -> Result<()> {
        let refuse = |why: &str| Err(Error::Refused { url: shown(url), why: why.to_owned() });
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            _ if host.is_empty() => return refuse("it names no host"),
            "https" => {}
            "http" if self.options.plain_http || loopback(host) => {}
            "http" => return refuse("plain http can be read and changed on its way; https is asked for"),
            _ => return refuse("only https can be asked"),
        }
        self.guard.check(url, &shown(url))
    }

    fn once(
        &self,
        request: &Request<'_>,
        url: &Url,
        credentials: Option<&Credentials>,
        deadline: &Deadline,
    ) -> Result<Answer> {
        let mut headers: HeaderMap = request.headers.iter().cloned().collect();
        if let Some(credentials) = credentials {
            let mut value = HeaderValue::from_str(&credentials.header())
                .map_err(|_| Error::malformed("the credentials", "hold characters that no header can"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let asked = self.inner.request(request.method.clone(), url.clone()).headers(headers);
        let asked = asked.timeout(deadline.left(url)?);
        let asked = if request.body.is_empty() { asked } else { asked.body(request.body.clone()) };
        let answer = asked.send().map_err(|error| failed(error, url, deadline))?;
        Ok(Answer {
            status: answer.status().as_u16(),
            url: url.clone(),
            headers: answer.headers().clone(),
            body: Body { answer, url: url.clone(), left: request.limit, limit: request.limit, deadline: *deadline },
        })
    }
}

/// Where an answer leads, if it leads elsewhere and asking there again is what it means.
fn redirect_of(method: &Method, answer: &Answer) -> Result<Option<Url>> {
    let again = matches!(*method, Method::GET | Method::HEAD);
    let leads = matches!(answer.status, 307 | 308) || again && matches!(answer.status, 301..=303);
    let Some(place) = answer.headers.get(LOCATION).filter(|_| leads) else { return Ok(None) };
    let place = place.to_str().ok().and_then(|place| answer.url.join(place).ok());
    let mut next = place.ok_or_else(|| Error::malformed(format!("`{}`", shown(&answer.url)), "leads to no URL"))?;
    // A server cannot give credentials for another one.
    let _ = (next.set_username(""), next.set_password(None));
    next.set_fragment(None);
    Ok(Some(next))
}

pub(super) fn same_origin(a: &Url, b: &Url) -> bool {
    (a.scheme(), a.host_str(), a.port_or_known_default()) == (b.scheme(), b.host_str(), b.port_or_known_default())
}

pub(super) fn parse(url: &str) -> Result<Url> {
    Url::parse(url).map_err(|error| Error::Reference { text: without_secrets(url), why: format!("is no URL: {error}") })
}

/// The credentials that stand in a URL, which then holds them no more.
pub(super) fn credentials_of(url: &mut Url) -> Option<Credentials> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let password = percent_decoded(url.password().unwrap_or_default());
    let credentials = Credentials::basic(percent_decoded(url.username()), password);
    let _ = (url.set_username(""), url.set_password(None));
    Some(credentials)
}

pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// A URL as it may be shown: without credentials, and without the query, which holds them in signed URLs.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    let _ = (url.set_username(""), url.set_password(None));
    url.set_query(None);
    url.set_fragment(None);
    url.to_string()
}

/// A text that may be a URL, without what stands before `@` in its authority, and without its query.
pub(super) fn without_secrets(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

fn proxy_of(proxy: &Proxy, access: Access) -> Result<reqwest::Proxy> {
    if access == Access::Public {
        return Err(Error::malformed("a proxy", "cannot be used where only public addresses may be asked"));
    }
    let made = reqwest::Proxy::all(proxy.url.reveal()).map_err(|_| Error::malformed("the proxy's URL", "is no URL"))?;
    let except = format!("localhost,127.0.0.0/8,::1,{}", proxy.except);
    Ok(made.no_proxy(reqwest::NoProxy::from_string(&except)))
}

#[derive(Clone, Copy)]
struct Deadline {
    end: Instant,
    seconds: u64,
}

impl Deadline {
    fn left(&self, url: &Url) -> Result<Duration> {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(self.passed(url)) } else { Ok(left) }
    }

    fn passed(&self, url: &Url) -> Error {
        Error::Timeout { url: shown(url), seconds: self.seconds }
    }
}

fn failed(error: reqwest::Error, url: &Url, deadline: &Deadline) -> Error {
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(at) = cause {
        if let Some(own) = at.downcast_ref::<Error>() {
            return own.clone();
        }
        cause = at.source();
    }
    if error.is_timeout() {
        return deadline.passed(url);
    }
    Error::Unreachable { url: shown(url), message: message(error) }
}

/// What an error says at its root, which is what helps.
fn message(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut root: &dyn std::error::Error = &error;
    while let Some(source) = root.source() {
        root = source;
    }
    root.to_string()
}

/// The bytes of an answer as they come, under its budgets.
pub(super) struct Body {
    answer: blocking::Response,
    url: Url,
    left: u64,
    limit: u64,
    deadline: Deadline,
}

impl Body {
    /// What stopped the reading.
    fn error(&self, error: io::Error) -> Error {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
            Some(own) => own.clone(),
            None => Error::Unreachable { url: shown(&self.url), message: error.to_string() },
        }
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.deadline.left(&self.url).map_err(io::Error::other)?;
        let read = self.answer.read(buffer).map_err(|error| match error.downcast::<reqwest::Error>() {
            Ok(error) => io::Error::other(failed(error, &self.url, &self.deadline)),
            Err(error) => error,
        })?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let what = format!("the answer of `{}`", shown(&self.url));
            io::Error::other(Error::Limit { what, limit: "bytes", allowed: self.limit })
        })?;
        Ok(read)
    }
}
