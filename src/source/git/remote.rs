//! Repositories elsewhere: one commit is fetched, into a directory that goes with its files.

use std::{num::NonZeroU32, sync::atomic::AtomicBool};

use gix::{
    ObjectId, Repository, ThreadSafeRepository,
    bstr::ByteSlice,
    protocol::transport::{Protocol, client::blocking_io},
    remote::{Direction, fetch},
};

use super::{
    GitAddress, GitPlace, Labels, broken, discover, options, resolve,
    transport::{Backend, Failure, locked},
};
use crate::{
    source::{Access, Client, Credentials, Error, Fetched, Result},
    tree::{Limits, Tree},
};

/// Where a fetched commit is named in the repository made for it.
const HERE: &str = "refs/at/it";

/// How repositories are fetched.
#[derive(Debug, Clone)]
pub struct GitOptions<'a> {
    pub client: &'a Client,
    /// For the repository's host; those of the address are used when there are none.
    pub credentials: Option<Credentials>,
    /// Allows git's credential helpers, programs that the user's configuration names, to be asked.
    pub helpers: bool,
    pub limits: Limits,
}

/// The credentials that environment variables hold for a host: `GITHUB_TOKEN` or `GH_TOKEN`, `GITLAB_TOKEN`,
/// `BITBUCKET_TOKEN` for the forges of these names, and `MESHERY_GIT_TOKEN` for the host `MESHERY_GIT_HOST`, so that no
/// token goes to a host that somebody else named.
pub fn environment_token(host: &str, variable: impl Fn(&str) -> Option<String>) -> Option<Credentials> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    if variable("MESHERY_GIT_HOST").is_some_and(|own| own.eq_ignore_ascii_case(host)) {
        return variable("MESHERY_GIT_TOKEN").map(|token| Credentials::basic("oauth2", token));
    }
    let (user, token) = match host {
        "github.com" => ("x-access-token", variable("GITHUB_TOKEN").or_else(|| variable("GH_TOKEN"))),
        "gitlab.com" => ("oauth2", variable("GITLAB_TOKEN")),
        "bitbucket.org" => ("x-token-auth", variable("BITBUCKET_TOKEN")),
        _ => return None,
    };
    Some(Credentials::basic(user, token?))
}

/// The files of a repository elsewhere. The tree is that of the whole commit, without its history.
///
/// # Errors
/// Repositories that cannot be reached or read, revisions that are neither branch, tag nor full hash, limits.
pub fn fetch(address: &GitAddress, options: &GitOptions<'_>) -> Result<Fetched> {
    let scheme = address.url.split("://").next().unwrap_or_default();
    if options.client.access() == Access::Public && !matches!(scheme, "https" | "http") {
        let why = "where only public addresses may be asked, repositories come by https".to_owned();
        return Err(Error::Refused { url: address.url.clone(), why });
    }
    if scheme == "file" {
        return from_file(address, options.limits);
    }
    let directory = tempfile::tempdir().map_err(|error| io(address, &error))?;
    let repository = empty(directory.path(), options).map_err(|error| broken(&address.url, error))?;
    let fetching = Fetching { address, options, repository: repository.to_thread_local(), failure: Failure::default() };
    let (asked, source, path) = fetching.choose()?;
    fetching.receive(&source)?;
    let mut found = resolve(&fetching.repository, &address.url, HERE)?;
    found.revision = asked;
    drop(fetching);
    let labels = labels(address);
    found.files(repository, &labels, path, options.limits, Some(directory))
}

fn labels(address: &GitAddress) -> Labels {
    Labels { repository: address.url.clone(), shown: address.url.clone(), base: String::new() }
}

fn io(address: &GitAddress, error: &std::io::Error) -> Error {
    Error::Git { repository: address.url.clone(), message: error.to_string() }
}

fn empty(path: &std::path::Path, asked: &GitOptions<'_>) -> gix::Result<ThreadSafeRepository> {
    let mut settings = options(asked.limits);
    if asked.helpers {
        settings = settings.permissions(gix::open::Permissions::all()).config_overrides([
            format!("gitoxide.objects.allocLimit={}", asked.limits.file_bytes),
            // A program that is asked for an answer must not ask its user behind the caller's back.
            "gitoxide.credentials.terminalPrompt=false".to_owned(),
        ]);
    }
    ThreadSafeRepository::init_opts(path, gix::create::Kind::Bare, gix::create::Options::default(), settings)
}

/// A repository on this machine needs no fetching.
fn from_file(address: &GitAddress, limits: Limits) -> Result<Fetched> {
    let url = crate::source::http::parse(&address.url)?;
    let path = url
        .to_file_path()
        .map_err(|()| Error::Reference { text: address.url.clone(), why: "is no path of this machine".to_owned() })?;
    let repository = discover(&path, &address.url, limits)?;
    let local = repository.to_thread_local();
    let (revision, path) = match &address.place {
        GitPlace::Plain { revision, path } => (revision.clone().unwrap_or_else(|| "HEAD".to_owned()), path.clone()),
        GitPlace::Joined(joined) => {
            split(joined, |name| local.try_find_reference(name).is_ok_and(|found| found.is_some()))
                .unwrap_or_else(|| first(joined))
        }
    };
    let found = resolve(&local, &address.url, &revision)?;
    drop(local);
    found.files(repository, &labels(address), Tree::join("", &path)?, limits, None)
}

/// The longest beginning of `REV/path` that is a name, and the rest.
fn split(joined: &str, is_name: impl Fn(&str) -> bool) -> Option<(String, String)> {
    let ends = joined.rmatch_indices('/').map(|(at, _)| at);
    let mut cuts = std::iter::once(joined.len()).chain(ends);
    let at = cuts.find(|at| is_name(&joined[..*at]))?;
    Some((joined[..at].to_owned(), joined[at..].trim_start_matches('/').to_owned()))
}

fn first(joined: &str) -> (String, String) {
    let (revision, path) = joined.split_once('/').unwrap_or((joined, ""));
    (revision.to_owned(), path.to_owned())
}

struct Fetching<'a> {
    address: &'a GitAddress,
    options: &'a GitOptions<'a>,
    repository: Repository,
    failure: Failure,
}

type Transport = Box<dyn blocking_io::Transport + Send>;

impl Fetching<'_> {
    /// Our own words for what failed, if there are any.
    fn failed(&self, error: impl Into<gix::Error>) -> Error {
        locked(&self.failure).take().unwrap_or_else(|| broken(&self.address.url, error))
    }

    /// What is asked for: as the user called it, as the server does, and the path in it.
    fn choose(&self) -> Result<(String, String, String)> {
        let wrong = |revision: &str| Error::Revision {
            repository: self.address.url.clone(),
            revision: revision.to_owned(),
            message: "the repository has no branch or tag of this name".to_owned(),
        };
        let (revision, path) = match &self.address.place {
            GitPlace::Plain { revision: None, path } => {
                return Ok(("HEAD".to_owned(), "HEAD".to_owned(), path.clone()));
            }
            GitPlace::Plain { revision: Some(revision), path } => (revision.clone(), path.clone()),
            GitPlace::Joined(joined) if is_hash(&first(joined).0) => first(joined),
            GitPlace::Joined(joined) => {
                let refs = self.names()?;
                let names = |name: &str| full_name(&refs, name).is_some();
                split(joined, names).ok_or_else(|| wrong(&first(joined).0))?
            }
        };
        let path = Tree::join("", &path)?;
        if revision == "HEAD" || is_hash(&revision) {
            return Ok((revision.clone(), revision, path));
        }
        let source = full_name(&self.names()?, &revision).ok_or_else(|| wrong(&revision))?;
        Ok((revision, source, path))
    }

    /// Full names of all branches and tags.
    fn names(&self) -> Result<Vec<String>> {
        let remote = self.remote(&["+refs/heads/*:refs/all/heads/*", "+refs/tags/*:refs/all/tags/*"])?;
        let connection = self.connect(&remote)?;
        let map = connection.ref_map(gix::progress::Discard, gix::remote::ref_map::Options::default());
        let (map, _) = map.map_err(|error| self.failed(error))?;
        Ok(map.remote_refs.iter().map(|found| found.unpack().0.to_str_lossy().into_owned()).collect())
    }

    fn remote(&self, specs: &[&str]) -> Result<gix::Remote<'_>> {
        let remote = self.repository.remote_at_without_url_rewrite(self.address.url.as_str());
        let remote = remote.map_err(|error| self.failed(error))?.with_fetch_tags(fetch::Tags::None);
        remote
            .with_refspecs(specs.iter().map(|spec| spec.as_bytes().as_bstr()), Direction::Fetch)
            .map_err(|error| self.failed(error))
    }

    fn connect<'r>(&self, remote: &'r gix::Remote<'_>) -> Result<gix::remote::Connection<'r, 'static, 'r, Transport>>
    where
        Self: 'r,
    {
        if self.address.url.starts_with("ssh://") {
            return remote.connect(Direction::Fetch).map_err(|error| self.failed(error));
        }
        let backend = Backend {
            client: self.options.client.clone(),
            home: self.address.url.clone(),
            credentials: self.options.credentials.clone().or_else(|| self.address.credentials.clone()),
            limit: self.options.limits.total_bytes,
            failure: self.failure.clone(),
            moved: None,
        };
        let url = gix::url::parse(self.address.url.as_bytes().as_bstr()).map_err(|error| self.failed(error))?;
        let transport = blocking_io::http::Transport::new_http(backend, url, Protocol::V2, false);
        let connection = remote.to_connection_with_transport(Box::new(transport) as Transport);
        Ok(if self.options.helpers { connection } else { connection.with_credentials(|_| Ok(None)) })
    }

    fn receive(&self, source: &str) -> Result<()> {
        let remote = self.remote(&[&format!("+{source}:{HERE}")])?;
        let connection = self.connect(&remote)?;
        let prepared = connection.prepare_fetch(gix::progress::Discard, gix::remote::ref_map::Options::default());
        let prepared = prepared.map_err(|error| self.failed(error))?;
        prepared
            .with_shallow(fetch::Shallow::DepthAtRemote(NonZeroU32::MIN))
            .receive(gix::progress::Discard, &AtomicBool::new(false))
            .map_err(|error| self.failed(error))?;
        Ok(())
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 40 && ObjectId::from_hex(text.as_bytes()).is_ok()
}

/// The full name of a branch or tag among `names`; as in git, tags come first.
fn full_name(names: &[String], short: &str) -> Option<String> {
    ["", "refs/tags/", "refs/heads/"]
        .iter()
        .map(|start| format!("{start}{short}"))
        .find(|full| full.starts_with("refs/") && names.contains(full))
}
