//! Addresses of repositories, and the URLs by which forges show their files.

use crate::source::{
    Credentials, Error, Result,
    http::{self, Url, percent_decoded, without_secrets},
};

/// A place in a repository elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitAddress {
    /// `https`, `http`, `ssh` or `file`; without credentials, but with the user of `ssh`.
    pub url: String,
    /// Those that stood in the URL.
    pub credentials: Option<Credentials>,
    pub place: GitPlace,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitPlace {
    Plain {
        /// A branch, a tag or a full hash; the repository's `HEAD` when absent.
        revision: Option<String>,
        /// `""` is the root.
        path: String,
    },
    /// A revision, `/` and a path. Names of branches may hold slashes: only the repository knows where they end.
    Joined(String),
}

impl GitAddress {
    /// `URL//path?ref=REV`, as kustomize writes it; also `user@host:repository.git//path`.
    ///
    /// # Errors
    /// URLs that are none, other schemes, hosts and paths that a program could take for an option, unknown parameters.
    pub fn parse(text: &str) -> Result<GitAddress> {
        let refuse = |why: String| Error::Reference { text: without_secrets(text), why };
        let (text, query) = text.split_once('?').unwrap_or((text, ""));
        let revision = revision_of(query).map_err(refuse)?;
        let start = text.find("://").map_or(0, |at| at + 3);
        let (url, path) = match text[start..].find("//") {
            Some(at) => (&text[..start + at], text[start + at..].trim_matches('/')),
            None => match text.find(".git/") {
                Some(at) => (&text[..at + 4], text[at + 5..].trim_matches('/')),
                None => (text, ""),
            },
        };
        let path = crate::tree::Tree::join("", path)?;
        let url = scp(url).unwrap_or_else(|| url.to_owned());
        let place = GitPlace::Plain { revision, path };
        GitAddress::at(&url, place)
    }

    fn at(text: &str, place: GitPlace) -> Result<GitAddress> {
        let refuse = |why: &str| Error::Reference { text: without_secrets(text), why: why.to_owned() };
        let mut url = http::parse(text)?;
        let (host, user) = (url.host_str().unwrap_or_default(), url.username());
        match url.scheme() {
            "https" | "http" if !host.is_empty() => {
                let credentials = http::credentials_of(&mut url);
                Ok(GitAddress { url: url.to_string().trim_end_matches('/').to_owned(), credentials, place })
            }
            "ssh" if host.is_empty() => Err(refuse("names no host")),
            // ssh would take it for an option (CVE-2017-1000117).
            "ssh"
                if [host, user, url.path().trim_start_matches('/')]
                    .iter()
                    .any(|part| percent_decoded(part).starts_with('-')) =>
            {
                Err(refuse("begins like an option of a program"))
            }
            "ssh" if url.password().is_some() => Err(refuse("holds a password, which ssh does not take")),
            "ssh" => Ok(GitAddress { url: url.to_string(), credentials: None, place }),
            "file" => Ok(GitAddress { url: url.to_string(), credentials: None, place }),
            _ => Err(refuse("is no repository that can be fetched: https, ssh and file are known")),
        }
    }

    /// The repository, revision and path behind the URL of a page or file of a forge; `None` when it is none.
    pub(in crate::source) fn of_forge(text: &str) -> Option<GitAddress> {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
        let host = url.host_str()?;
        let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
        let (project, rest) = forge(host, &parts)?;
        let mut repository = url.clone();
        repository.set_query(None);
        repository.set_fragment(None);
        if host == "raw.githubusercontent.com" {
            repository.set_host(Some("github.com")).ok()?;
        }
        repository.set_path(&project.join("/"));
        let rest: Vec<String> = rest.iter().map(|part| percent_decoded(part)).collect();
        let place = match rest.is_empty() {
            true => GitPlace::Plain { revision: None, path: String::new() },
            false => GitPlace::Joined(rest.join("/")),
        };
        GitAddress::at(repository.as_str(), place).ok()
    }
}

/// The parts of a URL's path that name the repository, and those that name revision and path.
fn forge<'a>(host: &str, parts: &'a [&'a str]) -> Option<(&'a [&'a str], &'a [&'a str])> {
    // GitLab, on any host: projects may lie in groups of groups.
    if let Some(at) = parts.iter().position(|part| *part == "-").filter(|at| *at >= 2)
        && matches!(parts.get(at + 1), Some(&("blob" | "raw" | "tree")))
    {
        return parts.get(at + 2..).filter(|rest| !rest.is_empty()).map(|rest| (&parts[..at], rest));
    }
    let github = host == "github.com" || host.starts_with("github.");
    match parts {
        // Gitea and Forgejo, on any host.
        [_, _, "src" | "raw", "branch" | "tag" | "commit", rest @ ..] if !rest.is_empty() => Some((&parts[..2], rest)),
        [_, _, rest @ ..] if host == "raw.githubusercontent.com" && rest.len() > 1 => Some((&parts[..2], rest)),
        [_, _, "blob" | "tree" | "raw", rest @ ..] if github && !rest.is_empty() => Some((&parts[..2], rest)),
        [_, _, "src" | "raw", rest @ ..] if host == "bitbucket.org" && !rest.is_empty() => Some((&parts[..2], rest)),
        [_, _] if github || matches!(host, "gitlab.com" | "bitbucket.org" | "codeberg.org") => Some((parts, &[])),
        _ => None,
    }
}

/// `user@host:path`, as a URL.
fn scp(text: &str) -> Option<String> {
    let (host, path) = text.split_once(':').filter(|(host, _)| host.contains('@') && !host.contains('/'))?;
    Some(format!("ssh://{host}/{}", path.trim_start_matches('/')))
}

/// Whether a text is `user@host:path`.
pub(in crate::source) fn is_scp(text: &str) -> bool {
    let Some((user, rest)) = text.split_once('@') else { return false };
    let Some((host, path)) = rest.split_once(':') else { return false };
    let word = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    word(user) && word(host) && host.contains('.') && !path.is_empty()
        || user == "git" && word(host) && path.contains('/')
}

fn revision_of(query: &str) -> std::result::Result<Option<String>, String> {
    let mut revision = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=').unwrap_or((pair, "")) {
            ("ref" | "version", value) if !value.is_empty() => revision = Some(percent_decoded(value)),
            // kustomize's, which change nothing here.
            ("timeout" | "submodules" | "depth", _) => {}
            (name, _) => return Err(format!("has an unknown parameter `{name}`, or one without value")),
        }
    }
    Ok(revision)
}
