//! What a user types to say where files are.

use super::{
    Error, GitAddress, OciAddress, Result,
    git::is_scp,
    http::{percent_decoded, without_secrets},
};

/// Where files are, read out of a text alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// `-`
    Stdin,
    /// A file, directory or archive on this machine.
    Path(String),
    /// `DIR@REV:path`: as the repository around `DIR` has it at a revision; `path` is relative to `DIR`.
    GitLocal {
        directory: String,
        revision: String,
        path: String,
    },
    /// A repository elsewhere.
    Git(GitAddress),
    Url(String),
    Oci(OciAddress),
    /// `helm+https://host/repository//chart?version=…`
    Chart {
        repository: String,
        chart: String,
        version: Option<String>,
    },
}

impl Reference {
    /// Reads what a user typed. `exists` says whether something is at a path: what is there is a path, whatever else
    /// it looks like.
    ///
    /// # Errors
    /// URLs of unknown schemes, and those that are wrong for their scheme.
    pub fn parse(text: &str, exists: impl Fn(&str) -> bool) -> Result<Reference> {
        if text == "-" {
            return Ok(Reference::Stdin);
        }
        if exists(text) {
            return Ok(Reference::Path(text.to_owned()));
        }
        if let Some(url) = text.strip_prefix("git::").or_else(|| text.strip_prefix("git+")) {
            return GitAddress::parse(url).map(Reference::Git);
        }
        if let Some(url) = text.strip_prefix("helm+") {
            return chart(url);
        }
        match text.split_once("://") {
            Some((scheme, _)) if is_scheme(scheme) => of_url(text, &scheme.to_ascii_lowercase()),
            _ => of_text(text, exists),
        }
    }
}

fn is_scheme(text: &str) -> bool {
    // One letter is a drive of Windows.
    text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn of_url(text: &str, scheme: &str) -> Result<Reference> {
    match scheme {
        "oci" => OciAddress::parse(text).map(Reference::Oci),
        "ssh" => GitAddress::parse(text).map(Reference::Git),
        "https" | "http" => {
            let before = text.split(['?', '#']).next().unwrap_or_default();
            let below = before.split_once("://").map_or("", |(_, rest)| rest);
            if before.ends_with(".git") || below.contains(".git/") || below.contains("//") && is_forge(below) {
                return GitAddress::parse(text).map(Reference::Git);
            }
            Ok(GitAddress::of_forge(text).map_or_else(|| Reference::Url(text.to_owned()), Reference::Git))
        }
        "file" => Ok(Reference::Path(percent_decoded(text.trim_start_matches("file://")))),
        _ => {
            let why = format!("has the scheme `{scheme}`, which is not known");
            Err(Error::Reference { text: without_secrets(text), why })
        }
    }
}

fn is_forge(below: &str) -> bool {
    ["github.com/", "gitlab.com/", "bitbucket.org/", "codeberg.org/"].iter().any(|host| below.starts_with(host))
}

fn of_text(text: &str, exists: impl Fn(&str) -> bool) -> Result<Reference> {
    for (at, _) in text.match_indices('@') {
        let (directory, rest) = (&text[..at], &text[at + 1..]);
        let Some((revision, path)) = rest.split_once(':').filter(|(revision, _)| !revision.is_empty()) else {
            continue;
        };
        if directory.is_empty() || exists(directory) {
            let directory = if directory.is_empty() { "." } else { directory };
            let path = crate::tree::Tree::join("", path)?;
            return Ok(Reference::GitLocal { directory: directory.to_owned(), revision: revision.to_owned(), path });
        }
    }
    if is_scp(text) {
        return GitAddress::parse(text).map(Reference::Git);
    }
    // As kustomize takes it.
    if is_forge(text) {
        return of_url(&format!("https://{text}"), "https");
    }
    Ok(Reference::Path(text.to_owned()))
}

fn chart(url: &str) -> Result<Reference> {
    let refuse = |why: &str| Error::Reference { text: without_secrets(url), why: why.to_owned() };
    let (bare, query) = url.split_once('?').unwrap_or((url, ""));
    let start = bare.find("://").map_or(0, |at| at + 3);
    let Some(at) = bare[start..].find("//") else { return Err(refuse("names no chart after `//`")) };
    let (repository, chart) = (&bare[..start + at], bare[start + at..].trim_matches('/'));
    if chart.is_empty() || chart.contains('/') {
        return Err(refuse("names no chart after `//`"));
    }
    let version = match query.split_once('=') {
        Some(("version", version)) if !version.is_empty() => Some(percent_decoded(version)),
        None if query.is_empty() => None,
        _ => return Err(refuse("has an unknown parameter; `version` is known")),
    };
    Ok(Reference::Chart { repository: repository.to_owned(), chart: chart.to_owned(), version })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::git::GitPlace;

    const THERE: &[&str] = &[".", "charts", "a@b.yaml", "HEAD:x", "dir@v1:odd", "git@host.example:x", "C:\\work"];

    fn parsed(text: &str) -> String {
        match Reference::parse(text, |path| THERE.contains(&path)) {
            Ok(Reference::Stdin) => "stdin".into(),
            Ok(Reference::Path(path)) => format!("path {path}"),
            Ok(Reference::GitLocal { directory, revision, path }) => format!("local {directory} {revision} {path}"),
            Ok(Reference::Git(GitAddress { url, credentials, place })) => {
                let with = if credentials.is_some() { " with credentials" } else { "" };
                match place {
                    GitPlace::Plain { revision, path } => {
                        format!("git {url} {} {path}{with}", revision.as_deref().unwrap_or("HEAD"))
                    }
                    GitPlace::Joined(rest) => format!("git {url} {rest}?{with}"),
                }
            }
            Ok(Reference::Url(url)) => format!("url {url}"),
            Ok(Reference::Oci(address)) => address.to_string(),
            Ok(Reference::Chart { repository, chart, version }) => {
                format!("chart {repository} {chart} {}", version.as_deref().unwrap_or("newest"))
            }
            Err(error) => format!("error {error}"),
        }
    }

    #[test]
    fn every_form_is_read() {
        let digest = format!("sha256:{}", "0".repeat(64));
        for (text, expected) in [
            ("-", "stdin"),
            ("deploy.yaml", "path deploy.yaml"),
            ("file:///tmp/a%20b", "path /tmp/a b"),
            (".@v1:charts/x", "local . v1 charts/x"),
            ("@HEAD:", "local . HEAD "),
            ("charts@feature/x~2:a", "local charts feature/x~2 a"),
            (".@main@{1}:x", "local . main@{1} x"),
            ("C:\\work@v1:a/b", "local C:\\work v1 a/b"),
            (".@v1:../x", "error `../x` leads out of the root"),
            ("git+https://h.example/o/r//deploy/x?ref=v1.2", "git https://h.example/o/r v1.2 deploy/x"),
            ("git+https://h.example/o/r", "git https://h.example/o/r HEAD "),
            ("git+https://tok@h.example/o/r", "git https://h.example/o/r HEAD  with credentials"),
            ("git::https://h.example/r.git//x?ref=a%2Fb&timeout=90s", "git https://h.example/r.git a/b x"),
            ("git+ssh://git@h.example:22/o/r.git//p?ref=main", "git ssh://git@h.example:22/o/r.git main p"),
            ("git+file:///srv/r.git//p?ref=main", "git file:///srv/r.git main p"),
            ("git@h.example:o/r.git//p?ref=x", "git ssh://git@h.example/o/r.git x p"),
            ("ssh://git@h.example/o/r.git", "git ssh://git@h.example/o/r.git HEAD "),
            ("https://h.example/o/r.git//p?ref=x", "git https://h.example/o/r.git x p"),
            ("https://github.com/o/r", "git https://github.com/o/r HEAD "),
            ("https://github.com/o/r/blob/feat/x/a/b.yaml", "git https://github.com/o/r feat/x/a/b.yaml?"),
            ("https://github.com/o/r/tree/main", "git https://github.com/o/r main?"),
            ("https://github.com/o/r//p?ref=v1", "git https://github.com/o/r v1 p"),
            ("github.com/o/r//p?ref=v1", "git https://github.com/o/r v1 p"),
            (
                "https://github.com/o/r/releases/download/v1/a.tgz",
                "url https://github.com/o/r/releases/download/v1/a.tgz",
            ),
            ("https://raw.githubusercontent.com/o/r/main/a%20b.yaml", "git https://github.com/o/r main/a b.yaml?"),
            (
                "https://gitlab.example/g/s/r/-/blob/main/a.yaml?ref_type=heads",
                "git https://gitlab.example/g/s/r main/a.yaml?",
            ),
            ("https://gitlab.com/g/r/-/raw/v1/a.yaml", "git https://gitlab.com/g/r v1/a.yaml?"),
            ("https://gitlab.com/g/r/-/tree/v1", "git https://gitlab.com/g/r v1?"),
            ("https://bitbucket.org/o/r/src/main/a.yaml", "git https://bitbucket.org/o/r main/a.yaml?"),
            ("https://codeberg.org/o/r/src/branch/main/a.yaml", "git https://codeberg.org/o/r main/a.yaml?"),
            ("https://gitea.example/o/r/raw/tag/v1/a.yaml", "git https://gitea.example/o/r v1/a.yaml?"),
            ("https://h.example/x/all.yaml?x=1", "url https://h.example/x/all.yaml?x=1"),
            ("https://h.example/a/b/blob/x.yaml", "url https://h.example/a/b/blob/x.yaml"),
            ("oci://ghcr.io/o/chart:1.2.0", "oci://ghcr.io/o/chart:1.2.0"),
            ("oci://localhost:5000/chart", "oci://localhost:5000/chart:latest"),
            (&format!("oci://ghcr.io/o/c:1@{digest}"), &format!("oci://ghcr.io/o/c@{digest}")),
            ("helm+https://h.example/charts//shop?version=%5E1.2", "chart https://h.example/charts shop ^1.2"),
            ("helm+https://h.example//shop", "chart https://h.example shop newest"),
        ] {
            assert_eq!(parsed(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_there_is_a_path() {
        for text in [
            "a@b.yaml",
            "HEAD:x",
            "dir@v1:odd",
            "git@host.example:x",
            "x@y.yaml",
            "HEAD:y",
            "nowhere@v1:x",
            "C:\\a\\b.yaml",
            "C:/a/b.yaml",
            "D:x",
            "a:b",
            "user@host",
            "./-x",
            "\\\\host\\share\\x@1:y",
        ] {
            assert_eq!(parsed(text), format!("path {text}"));
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_secrets() {
        for (text, part) in [
            ("ftp://u:hunter2@h/x", "scheme `ftp`"),
            ("git+ext::sh -c x", "https, ssh and file"),
            ("git+ext://sh/x", "https, ssh and file"),
            ("git+ssh://-oProxyCommand=x/r", "like an option"),
            ("git+ssh://-oProxyCommand=x@h.example/r", "like an option"),
            ("git+ssh://h.example/-x", "like an option"),
            ("git+ssh://h.example/%2Dx", "like an option"),
            ("git+ssh://u:hunter2@h.example/x", "a password"),
            ("git+https://u:hunter2@h.example/x//../../y", "leads out"),
            ("git+https://u:hunter2@h.example/x?evil=hunter2x", "unknown parameter `evil`"),
            ("oci://h.example", "no repository"),
            ("oci://u:hunter2@h.example/x", "registry"),
            ("oci://h.example/UPPER", "lower-case"),
            ("oci://h.example/../x", "lower-case"),
            ("oci://h.example/x:-a", "a tag"),
            ("oci://h.example/x@sha256:12", "a digest"),
            ("helm+https://h.example/charts", "no chart"),
            ("helm+https://h.example//x?y=1", "unknown parameter"),
        ] {
            let said = parsed(text);
            assert!(said.starts_with("error") && said.contains(part) && !said.contains("hunter2"), "{text}: {said}");
        }
    }
}
