//! `--format argocd` and `--format flux`: where the manifests lie that a cluster is to follow.

use std::fs;
use std::path::{Path, PathBuf};

use mesheryctl::design::Design;
use mesheryctl::format::{self, gitops};

use super::Args;
use crate::cli::Failure;

#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Argo CD and Flux")]
pub(super) struct Whereabouts {
    /// Repository that the manifests lie in, or `oci://…`; otherwise the one that the files given with `-f` lie in
    #[arg(long, value_name = "URL")]
    repo: Option<String>,
    /// Branch, tag or commit to follow
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,
    /// Directory of the repository that holds the manifests, a kustomization or a chart
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
}

impl Whereabouts {
    pub(super) fn is_given(&self) -> bool {
        [&self.repo, &self.revision, &self.path].into_iter().any(Option::is_some)
    }
}

pub(super) fn argocd(args: &Args, design: &Design) -> Result<String, Failure> {
    gitops::argocd(&delivery(args, design)?).map_err(failure)
}

pub(super) fn flux(args: &Args, design: &Design) -> Result<String, Failure> {
    gitops::flux(&delivery(args, design)?).map_err(failure)
}

fn failure(error: gitops::Error) -> Failure {
    Failure::new(error.to_string()).hint(error.hint())
}

fn delivery(given: &Args, design: &Design) -> Result<gitops::Delivery, Failure> {
    let (args, files) = (&given.gitops, &given.files);
    let place = match &args.repo {
        Some(repository) => Place { repository: repository.clone(), ..Place::default() },
        None => files.first().and_then(|file| Place::of(file)).ok_or_else(|| {
            Failure::new("it is not known which repository the manifests lie in").hint("`--repo URL` says it")
        })?,
    };
    Ok(gitops::Delivery {
        name: format::plain_name(&design.name),
        repository: place.repository,
        revision: args.revision.clone().or(place.branch),
        path: args.path.as_deref().map_or(place.path, |path| path.trim_matches('/').to_owned()),
        namespace: given.rendering.namespace.clone(),
    })
}

/// Where a file lies in Git.
#[derive(Debug, Default)]
struct Place {
    /// The address of the remote `origin`.
    repository: String,
    /// The branch that is checked out.
    branch: Option<String>,
    /// The directory, from the root of the repository on.
    path: String,
}

impl Place {
    /// Reads what Git says of the directory that `path` is or lies in; `None` where there is no repository or no remote.
    fn of(path: &Path) -> Option<Place> {
        let real = path.canonicalize().ok()?;
        let directory = if real.is_dir() { real.as_path() } else { real.parent()? };
        let root = directory.ancestors().find(|directory| directory.join(".git").exists())?;
        let (git, common) = git_directories(&root.join(".git"))?;
        let config = fs::read_to_string(common.join("config")).ok()?;
        let head = fs::read_to_string(git.join("HEAD")).unwrap_or_default();
        let branch = head.trim().strip_prefix("ref: refs/heads/").map(str::to_owned);
        let below = directory.strip_prefix(root).ok()?;
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        Some(Place { repository: without_credentials(&origin(&config)?), branch, path: names.join("/") })
    }
}

/// Git's directory of this checkout, and the one that all checkouts of the repository share.
fn git_directories(git: &Path) -> Option<(PathBuf, PathBuf)> {
    if git.is_dir() {
        return Some((git.to_owned(), git.to_owned()));
    }
    let text = fs::read_to_string(git).ok()?;
    let own = git.parent()?.join(text.strip_prefix("gitdir:")?.trim());
    let common = match fs::read_to_string(own.join("commondir")) {
        Ok(common) => own.join(common.trim()),
        Err(_) => own.clone(),
    };
    Some((own, common))
}

/// The address of `origin` in a configuration of Git's.
fn origin(config: &str) -> Option<String> {
    let mut in_origin = false;
    for line in config.lines().map(str::trim) {
        if line.starts_with('[') {
            in_origin = line == "[remote \"origin\"]";
        } else if let Some((key, value)) = line.split_once('=').filter(|_| in_origin)
            && key.trim() == "url"
        {
            return Some(value.trim().trim_matches('"').to_owned());
        }
    }
    None
}

/// An address that can be shown: `https://TOKEN@host/…` loses what stands before the `@`.
fn without_credentials(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://").filter(|(scheme, _)| *scheme != "ssh") else {
        return address.to_owned();
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{scheme}://{host}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_and_what_is_shown_of_them() {
        let config =
            "[core]\n\turl = a\n[remote \"other\"]\n\turl = b\n[remote \"origin\"]\n\turl = https://t@c/d.git\n";
        assert_eq!(origin(config).as_deref(), Some("https://t@c/d.git"));
        assert_eq!(origin("[remote \"other\"]\nurl = b\n"), None);
        for (given, expected) in [
            ("https://ada:secret@example.com/a.git", "https://example.com/a.git"),
            ("git@example.com:a.git", "git@example.com:a.git"),
            ("ssh://git@example.com/a.git", "ssh://git@example.com/a.git"),
        ] {
            assert_eq!(without_credentials(given), expected);
        }
    }
}
