//! Dependencies that are not in `charts/`: which are wanted, in which version (`internal/resolver` of Helm).

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{
    decode::{Fields, WrongType},
    metadata::{Dependency, Metadata},
};
use crate::{
    document::{Node, Source},
    format::helm::{functions, template::Failure, value::Value, version},
    tree::{self, Tree},
};

/// A chart that is to be fetched.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub name: &'a str,
    /// As the dependency or the lock says it: `https://…`, `oci://…`.
    pub repository: &'a str,
    /// A constraint, or the version that was locked.
    pub version: &'a str,
    pub is_locked: bool,
}

impl Wanted<'_> {
    /// Whether this version is one of those that are wanted.
    pub fn takes(&self, version: &str) -> bool {
        if self.is_locked { version == self.version } else { version::is_compatible(self.version, version) }
    }

    /// The only version that is wanted, if it is said in full.
    pub fn exact(&self) -> Option<&str> {
        let in_full = || version::is_version(self.version) && self.version.split('.').take(3).count() == 3;
        (self.is_locked || in_full()).then_some(self.version)
    }
}

/// Gives the files of a chart, with its `Chart.yaml` in the root of the tree.
///
/// # Errors
/// Why it cannot be had.
pub type Fetch<'a> = &'a dyn Fn(&Wanted<'_>) -> Result<Tree, String>;

/// Where a chart lies among others, which dependencies may name by `file://`.
#[derive(Clone)]
pub(super) struct Home {
    pub(super) tree: Tree,
    pub(super) directory: String,
}

impl Home {
    pub(super) fn below(&self, path: &str) -> Home {
        Home { tree: self.tree.clone(), directory: tree::joined(&self.directory, path) }
    }

    /// The directory that a dependency names.
    pub(super) fn of(&self, path: &str) -> Result<Home, tree::Error> {
        let directory = Tree::join(&self.directory, path)?;
        if !self.tree.is_file(&tree::joined(&directory, "Chart.yaml")) {
            return Err(tree::Error::Missing(self.tree.name(&tree::joined(&directory, "Chart.yaml"))));
        }
        Ok(Home { tree: self.tree.clone(), directory })
    }
}

/// `Chart.lock`, or `requirements.lock` of old charts.
pub(super) struct Lock {
    digest: String,
    pub(super) dependencies: Vec<Dependency>,
}

impl Lock {
    pub(super) fn read(root: &Node, source: &Arc<Source>) -> Result<Lock, WrongType> {
        let digest = Fields::of("", root, source)?.text("digest")?;
        Ok(Lock { digest, dependencies: Dependency::read(root, source)? })
    }

    /// Whether it was made of these dependencies.
    pub(super) fn fits(&self, metadata: &Metadata) -> bool {
        let (Ok(asked), Ok(found)) = (list(&metadata.dependencies), list(&self.dependencies)) else { return false };
        // Helm 2 did not count what it had found.
        let of_old = || metadata.api_version == "v1" && self.digest == digest(&object(&asked));
        let as_many = self.dependencies.len() == metadata.dependencies.len();
        as_many && (self.digest == digest(&format!("[{asked},{found}]")) || of_old())
    }
}

fn object(list: &str) -> String {
    format!("{{\"dependencies\":{list}}}")
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// Dependencies as Go writes Helm's struct of them as JSON.
fn list(dependencies: &[Dependency]) -> Result<String, Failure> {
    let all: Vec<String> = dependencies.iter().map(one).collect::<Result<_, _>>()?;
    Ok(format!("[{}]", all.join(",")))
}

fn one(dependency: &Dependency) -> Result<String, Failure> {
    let text = |text: &str| functions::json(&Value::string(text));
    let mut members = vec![format!("\"name\":{}", text(&dependency.name)?)];
    let mut member = |name: &str, value: &str| -> Result<(), Failure> {
        if !value.is_empty() || name == "repository" {
            members.push(format!("\"{name}\":{}", text(value)?));
        }
        Ok(())
    };
    member("version", &dependency.version)?;
    member("repository", &dependency.repository)?;
    member("condition", &dependency.condition)?;
    if !dependency.tags.is_empty() {
        let tags: Vec<String> = dependency.tags.iter().map(|tag| text(tag)).collect::<Result<_, _>>()?;
        members.push(format!("\"tags\":[{}]", tags.join(",")));
    }
    if dependency.enabled {
        members.push("\"enabled\":true".to_owned());
    }
    if !dependency.said_imports.is_empty() {
        let imports = dependency.said_imports.iter().map(|node| functions::json(&Value::from_node(node)));
        members.push(format!("\"import-values\":[{}]", imports.collect::<Result<Vec<_>, _>>()?.join(",")));
    }
    if !dependency.alias.is_empty() {
        members.push(format!("\"alias\":{}", text(&dependency.alias)?));
    }
    Ok(format!("{{{}}}", members.join(",")))
}
