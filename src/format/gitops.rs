//! What makes a cluster follow manifests in a Git repository or a registry: objects of Argo CD and of Flux.
//!
//! Both apply what lies below a path: manifests, a kustomization, with Argo CD also a chart.

use crate::document::{Mapping, Node, to_yaml};

/// What is to be delivered, from where to where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The name of the objects: letters, digits, `-` and `.`.
    pub name: String,
    /// `https://…`, `ssh://…`, `git@host:path`, or `oci://…` for an artifact in a registry.
    pub repository: String,
    /// A branch, a tag, a commit or a full reference (`refs/…`); of an artifact a tag or a digest. The default branch, or
    /// `latest`, when there is none.
    pub revision: Option<String>,
    /// A directory of the repository; `""` for its root.
    pub path: String,
    /// Where objects go that name no namespace.
    pub namespace: Option<String>,
}

/// What cannot be delivered so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("`{0}` cannot be the name of an object")]
    Name(String),
    #[error("`{0}` cannot be the name of a namespace")]
    Namespace(String),
    #[error("`{0}` is not the address of a repository")]
    Repository(String),
    #[error("the address of the repository holds a password")]
    Password,
    #[error("`{0}` is not a path in the repository")]
    Path(String),
    #[error("`{0}` is not a revision")]
    Revision(String),
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Error::Name(_) | Error::Namespace(_) => "use small letters, digits and dashes",
            Error::Repository(_) => "write it as in https://github.com/OWNER/REPOSITORY, ssh://… or oci://…",
            Error::Password => "leave it out; Argo CD and Flux take credentials from a Secret",
            Error::Path(_) => "write it from the root of the repository on, without `..`",
            Error::Revision(_) => "give a branch, a tag or a commit",
        }
    }
}

/// The namespace that Argo CD is installed in, where it looks for Applications.
const ARGO_CD: &str = "argocd";
/// The namespace that Flux is installed in.
const FLUX: &str = "flux-system";
/// The cluster that Argo CD itself runs in.
const THIS_CLUSTER: &str = "https://kubernetes.default.svc";

/// An Argo CD Application (`argoproj.io/v1alpha1`) that keeps the cluster as the repository says.
///
/// # Errors
/// A name, an address or a path that the server would not take.
pub fn argocd(delivery: &Delivery) -> Result<String, Error> {
    delivery.check()?;
    let oci = delivery.is_artifact();
    let revision = delivery.revision.as_deref().unwrap_or(if oci { "latest" } else { "HEAD" });
    let path = if delivery.path.is_empty() { "." } else { &delivery.path };
    let source = map([
        ("repoURL", delivery.repository.as_str().into()),
        ("targetRevision", revision.into()),
        ("path", path.into()),
    ]);
    let mut destination = map([("server", THIS_CLUSTER.into())]);
    let mut options = Vec::new();
    if let Some(namespace) = &delivery.namespace {
        destination.insert("namespace", namespace.as_str());
        options.push(Node::from("CreateNamespace=true"));
    }
    let mut policy = map([("automated", map([("prune", true.into()), ("selfHeal", true.into())]).into())]);
    if !options.is_empty() {
        policy.insert("syncOptions", options);
    }
    let spec = map([
        ("project", "default".into()),
        ("source", source.into()),
        ("destination", destination.into()),
        ("syncPolicy", policy.into()),
    ]);
    Ok(object("argoproj.io/v1alpha1", "Application", &delivery.name, ARGO_CD, spec))
}

/// A Flux GitRepository or OCIRepository (`source.toolkit.fluxcd.io/v1`) and the Kustomization
/// (`kustomize.toolkit.fluxcd.io/v1`) that applies it.
///
/// # Errors
/// A name, an address or a path that the server would not take.
pub fn flux(delivery: &Delivery) -> Result<String, Error> {
    delivery.check()?;
    let kind = if delivery.is_artifact() { "OCIRepository" } else { "GitRepository" };
    let mut spec = map([("interval", "5m".into()), ("url", delivery.url().into())]);
    let reference = match &delivery.revision {
        Some(revision) if delivery.is_artifact() => artifact_reference(revision),
        Some(revision) => git_reference(revision),
        None if delivery.is_artifact() => artifact_reference("latest"),
        // Flux would take `master`; HEAD is what the repository says.
        None => map([("name", "HEAD".into())]),
    };
    spec.insert("ref", reference);
    let repository = object("source.toolkit.fluxcd.io/v1", kind, &delivery.name, FLUX, spec);
    let mut spec = map([
        ("interval", "10m".into()),
        ("path", format!("./{}", delivery.path).into()),
        ("prune", true.into()),
        ("wait", true.into()),
        ("timeout", "5m".into()),
        ("sourceRef", map([("kind", kind.into()), ("name", delivery.name.as_str().into())]).into()),
    ]);
    if let Some(namespace) = &delivery.namespace {
        spec.insert("targetNamespace", namespace.as_str());
    }
    let kustomization = object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", &delivery.name, FLUX, spec);
    Ok(format!("{repository}---\n{kustomization}"))
}

impl Delivery {
    fn is_artifact(&self) -> bool {
        self.repository.starts_with("oci://")
    }

    /// The address with a scheme, which Flux insists on: `git@host:path` is `ssh://git@host/path`.
    fn url(&self) -> String {
        match self.repository.split_once(':') {
            Some((host, path)) if !self.repository.contains("://") => {
                format!("ssh://{host}/{}", path.trim_start_matches('/'))
            }
            _ => self.repository.clone(),
        }
    }

    fn check(&self) -> Result<(), Error> {
        if !is_name(&self.name, 253, true) {
            return Err(Error::Name(self.name.clone()));
        }
        if let Some(namespace) = self.namespace.as_ref().filter(|namespace| !is_name(namespace, 63, false)) {
            return Err(Error::Namespace(namespace.clone()));
        }
        check_address(&self.repository)?;
        let outside = self.path.split('/').any(|part| matches!(part, ".." | "." | ""));
        if !self.path.is_empty() && (outside || self.path.contains(['\\', '\n', '\0'])) {
            return Err(Error::Path(self.path.clone()));
        }
        let odd = |revision: &&String| {
            revision.is_empty() || revision.contains(|c: char| c.is_whitespace() || c.is_control())
        };
        match self.revision.as_ref().filter(odd) {
            Some(revision) => Err(Error::Revision(revision.clone())),
            None => Ok(()),
        }
    }
}

fn check_address(address: &str) -> Result<(), Error> {
    let refuse = || Err(Error::Repository(address.to_owned()));
    if address.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return refuse();
    }
    let schemes = ["https://", "http://", "ssh://", "oci://"];
    let Some(rest) = schemes.iter().find_map(|scheme| address.strip_prefix(scheme)) else {
        // `git@host:path`.
        let scp = address.split_once(':').filter(|_| !address.contains("://"));
        return match scp {
            Some((host, path)) if host.contains('@') && !host.contains('/') && !path.is_empty() => Ok(()),
            _ => refuse(),
        };
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) {
        return Err(Error::Password);
    }
    if host.is_empty() || path.is_empty() { refuse() } else { Ok(()) }
}

/// RFC 1123: a label, or with dots a subdomain.
fn is_name(name: &str, longest: usize, dots: bool) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= longest && if dots { name.split('.').all(label) } else { label(name) }
}

fn git_reference(revision: &str) -> Mapping {
    let is_commit = matches!(revision.len(), 40 | 64) && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
    // `v1.2.3` is a tag wherever people number their releases.
    let is_version = semver::Version::parse(revision.strip_prefix('v').unwrap_or(revision)).is_ok();
    let key = match revision {
        "HEAD" => "name",
        _ if revision.starts_with("refs/") => "name",
        _ if is_commit => "commit",
        _ if is_version => "tag",
        _ => "branch",
    };
    map([(key, revision.into())])
}

fn artifact_reference(revision: &str) -> Mapping {
    map([(if revision.starts_with("sha256:") { "digest" } else { "tag" }, revision.into())])
}

fn object(api_version: &str, kind: &str, name: &str, namespace: &str, spec: Mapping) -> String {
    let metadata = map([("name", name.into()), ("namespace", namespace.into())]);
    to_yaml(
        &map([
            ("apiVersion", api_version.into()),
            ("kind", kind.into()),
            ("metadata", metadata.into()),
            ("spec", spec.into()),
        ])
        .into(),
    )
}

fn map<const N: usize>(entries: [(&str, Node); N]) -> Mapping {
    super::object(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(repository: &str, revision: Option<&str>, path: &str) -> Delivery {
        let revision = revision.map(str::to_owned);
        let namespace = Some("shop".to_owned());
        Delivery {
            name: "shop".to_owned(),
            repository: repository.to_owned(),
            revision,
            path: path.to_owned(),
            namespace,
        }
    }

    #[test]
    fn an_application() {
        assert_eq!(
            argocd(&delivery("https://example.com/a/b.git", None, "k8s")).unwrap(),
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: shop\n  namespace: argocd\nspec:\n  \
             project: default\n  source:\n    repoURL: https://example.com/a/b.git\n    targetRevision: HEAD\n    \
             path: k8s\n  destination:\n    server: https://kubernetes.default.svc\n    namespace: shop\n  syncPolicy:\n    \
             automated:\n      prune: true\n      selfHeal: true\n    syncOptions:\n    - CreateNamespace=true\n"
        );
    }

    #[test]
    fn what_flux_refers_to() {
        let check = |repository: &str, revision: Option<&str>, expected: &str| {
            let text = flux(&delivery(repository, revision, "k8s")).unwrap();
            assert!(text.contains(expected), "{expected} in {text}");
            assert!(text.contains("path: ./k8s\n"), "{text}");
        };
        check(
            "git@example.com:a/b.git",
            Some("main"),
            "url: ssh://git@example.com/a/b.git\n  ref:\n    branch: main\n",
        );
        check("https://example.com/a/b", Some("v1.2.0"), "ref:\n    tag: v1.2.0\n");
        check("https://example.com/a/b", Some("refs/heads/x"), "ref:\n    name: refs/heads/x\n");
        let commit = "0123456789abcdef0123456789abcdef01234567";
        check("https://example.com/a/b", Some(commit), &format!("ref:\n    commit: {commit}\n"));
        check("oci://example.com/a/b", None, "kind: OCIRepository\n");
        check("oci://example.com/a/b", Some("1.0"), "ref:\n    tag: \"1.0\"\n");
        check("oci://example.com/a/b", Some("sha256:ab"), "ref:\n    digest: sha256:ab\n");
    }

    #[test]
    fn what_no_server_would_take_is_refused() {
        let check = |delivery: Delivery, expected: Error| assert_eq!(flux(&delivery), Err(expected));
        check(delivery("/srv/git", None, ""), Error::Repository("/srv/git".into()));
        check(delivery("https://ada:secret@example.com/a", None, ""), Error::Password);
        check(delivery("https://example.com/a", None, "../x"), Error::Path("../x".into()));
        check(delivery("https://example.com/a", Some("a b"), ""), Error::Revision("a b".into()));
        let named = Delivery { name: "My shop".into(), ..delivery("https://example.com/a", None, "") };
        check(named, Error::Name("My shop".into()));
    }
}
