//! Kinds and what Kubernetes says of them beside their schema.

use serde::{Deserialize, Serialize};

use super::schema::DefinitionId;

/// A minor version of Kubernetes: `Version(1, 33)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub u16, pub u16);

/// A kind that an API server of one version serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// Empty for the core group.
    pub group: Box<str>,
    pub version: Box<str>,
    pub kind: Box<str>,
    /// `deployments`.
    pub plural: Box<str>,
    pub singular: Box<str>,
    pub short_names: Vec<Box<str>>,
    pub categories: Vec<Box<str>>,
    pub namespaced: bool,
    /// Whether an object of this kind can be created by name (false for reviews and subresource bodies such as `Scale`).
    pub storable: bool,
    pub schema: DefinitionId,
    pub deprecation: Option<Deprecation>,
    /// Defined by a CustomResourceDefinition of the user's rather than by Kubernetes.
    pub custom: bool,
    /// Other schemas that other definitions of the same kind gave it, the latest first.
    #[serde(skip)]
    pub alternatives: Vec<DefinitionId>,
    /// A custom kind whose `status` has a door of its own, so that what is created with one loses it.
    #[serde(skip)]
    pub status_apart: bool,
}

/// When an API version is on its way out, and where to go
/// (<https://kubernetes.io/docs/reference/using-api/deprecation-guide/>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deprecation {
    /// `None` for custom resources: a CustomResourceDefinition tells that, not since when.
    pub deprecated_in: Option<Version>,
    /// The first version that no longer serves it, when that is decided.
    pub removed_in: Option<Version>,
    /// `apiVersion` (and kind, when it changes too) to use instead.
    pub replacement: Option<Replacement>,
    /// What the author of a CustomResourceDefinition wants said (`deprecationWarning`).
    pub warning: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    pub api_version: Box<str>,
    pub kind: Box<str>,
}

impl Kind {
    /// `apps/v1`, `v1`.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() { self.version.to_string() } else { format!("{}/{}", self.group, self.version) }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.0, self.1)
    }
}

impl std::str::FromStr for Version {
    type Err = ();

    /// Takes `1.33`, `v1.33`, `1.33.4`, `v1.33.4-gke.1`.
    fn from_str(text: &str) -> Result<Version, ()> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let mut parts = text.splitn(3, '.');
        let major = parts.next().and_then(|part| part.parse().ok()).ok_or(())?;
        let minor = parts.next().and_then(|part| part.parse().ok()).ok_or(())?;
        Ok(Version(major, minor))
    }
}

/// Orders versions of an API as Kubernetes prefers them: stable ones first, the highest first among equals
/// (<https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority>).
/// Names of another form come last, in alphabetical order.
pub(super) fn version_rank(version: &str) -> (u8, std::cmp::Reverse<(u32, u32)>, String) {
    let parsed = version.strip_prefix('v').and_then(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let major = rest[..digits].parse().ok()?;
        let (stage, number) = match &rest[digits..] {
            "" => (0, "0"),
            tail => match (tail.strip_prefix("beta"), tail.strip_prefix("alpha")) {
                (Some(number), _) => (1, number),
                (_, Some(number)) => (2, number),
                _ => return None,
            },
        };
        Some((stage, std::cmp::Reverse((major, number.parse().ok()?)), String::new()))
    });
    parsed.unwrap_or_else(|| (3, std::cmp::Reverse((0, 0)), version.to_owned()))
}
