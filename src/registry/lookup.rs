//! Finding a kind: exactly, as a manifest names it, or loosely, as people do.

use super::{Kind, Registry, Replacement, Version, pack};
use crate::document::similar;

/// What a registry knows of an `apiVersion` and `kind`.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup<'a> {
    Found(&'a Kind),
    /// Kubernetes served it once and no longer does.
    Removed {
        kind: String,
        removed_in: Version,
        replacement: Option<Replacement>,
    },
    /// A later version of Kubernetes serves it.
    NotYet {
        since: Version,
    },
    /// The group has this kind in other versions only; `served` are their `apiVersion`s, the best first.
    WrongVersion {
        served: Vec<String>,
    },
    /// The group is known and has no such kind; `similar` are the closest names in it.
    WrongKind {
        similar: Vec<String>,
    },
    UnknownGroup,
}

impl Registry {
    /// The kind that a manifest names, when this version serves it. Unlike [`Registry::lookup`] it does not search for a reason
    /// when there is none.
    pub fn kind(&self, api_version: &str, kind: &str) -> Option<&Kind> {
        let at = *self.index.get(api_version)?.get(kind)?;
        Some(&self.kinds[at])
    }

    /// What is known of a kind as a manifest names it.
    pub fn lookup(&self, api_version: &str, kind: &str) -> Lookup<'_> {
        match self.index.get(api_version).and_then(|kinds| kinds.get(kind)) {
            Some(&at) => Lookup::Found(&self.kinds[at]),
            None => self.explain_absence(api_version, kind),
        }
    }

    /// The `apiVersion`s, the best first, under which this version of Kubernetes knows a kind of exactly this name.
    pub fn api_versions_of(&self, kind: &str) -> Vec<String> {
        self.kinds.iter().filter(|candidate| &*candidate.kind == kind).map(Kind::api_version).collect()
    }

    /// The kinds that people may mean by `text`: kind, plural, singular or short name in any case, optionally followed
    /// by the group (`deployments.apps`) or by version and group (`deployments.v1.apps`). The best match comes first.
    pub fn find(&self, text: &str) -> Vec<&Kind> {
        let text = text.to_lowercase();
        let (name, qualifier) = match text.split_once('.') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (text.as_str(), None),
        };
        let mut found: Vec<&Kind> = self
            .kinds
            .iter()
            .filter(|kind| answers_to(kind, name) && qualifier.is_none_or(|qualifier| is_of(kind, qualifier)))
            .collect();
        // A short name that is also another kind's plural stands behind it.
        found.sort_by_key(|kind| kind.short_names.iter().any(|short| **short == *name));
        found
    }

    fn explain_absence(&self, api_version: &str, kind: &str) -> Lookup<'_> {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        if let Some(deprecation) = self.pack.lifecycle(group, version, kind)
            && let Some(removed_in) = deprecation.removed_in.filter(|removed_in| *removed_in <= self.version())
        {
            let replacement = self.pack.replacement(deprecation, self.version()).or_else(|| self.sibling(group, kind));
            return Lookup::Removed { kind: kind.to_owned(), removed_in, replacement };
        }
        if let Some(lookup) = self.in_other_releases(group, version, kind) {
            return lookup;
        }
        let in_group = || self.kinds.iter().filter(|candidate| &*candidate.group == group);
        let served: Vec<String> =
            in_group().filter(|candidate| &*candidate.kind == kind).map(Kind::api_version).collect();
        if !served.is_empty() {
            return Lookup::WrongVersion { served };
        }
        match in_group().next() {
            Some(_) => {
                let near = similar(kind, in_group().map(|candidate| &*candidate.kind));
                Lookup::WrongKind { similar: near.into_iter().map(str::to_owned).collect() }
            }
            None => Lookup::UnknownGroup,
        }
    }

    /// Whether another version of Kubernetes serves exactly this kind.
    fn in_other_releases(&self, group: &str, version: &str, kind: &str) -> Option<Lookup<'static>> {
        // One kind has several encodings when its short names or categories changed.
        let encodings: Vec<u32> = (0..)
            .zip(&self.pack.kinds)
            .filter(|(_, bytes)| {
                let candidate: Kind = pack::decode(bytes);
                (&*candidate.group, &*candidate.version, &*candidate.kind) == (group, version, kind)
            })
            .map(|(at, _)| at)
            .collect();
        let serves = |release: &&pack::Release<'_>| release.kinds.iter().any(|kind| encodings.contains(kind));
        let (past, future) = self.pack.releases.split_at(self.release);
        if let Some(release) = future.iter().find(serves) {
            return Some(Lookup::NotYet { since: release.version });
        }
        let last = past.iter().rposition(|release| serves(&release))?;
        let removed_in = self.pack.releases[last + 1].version;
        let replacement = self.sibling(group, kind);
        Some(Lookup::Removed { kind: kind.to_owned(), removed_in, replacement })
    }

    /// The best version of a kind that is not on its way out: where to go when nobody says.
    pub(super) fn sibling(&self, group: &str, kind: &str) -> Option<Replacement> {
        let stays = |candidate: &&Kind| {
            *candidate.group == *group
                && *candidate.kind == *kind
                && candidate.deprecation.is_none()
                && !candidate.custom
        };
        let sibling = self.kinds.iter().find(stays)?;
        Some(Replacement { api_version: sibling.api_version().into(), kind: kind.into() })
    }
}

fn answers_to(kind: &Kind, name: &str) -> bool {
    let named = kind.kind.eq_ignore_ascii_case(name) || *kind.plural == *name || *kind.singular == *name;
    !name.is_empty() && (named || kind.short_names.iter().any(|short| **short == *name))
}

/// Whether `qualifier` is the kind's group, or its version and group (`v1` alone means the core group).
fn is_of(kind: &Kind, qualifier: &str) -> bool {
    let versioned = match qualifier.split_once('.') {
        Some((version, group)) => *kind.version == *version && *kind.group == *group,
        None => kind.group.is_empty() && *kind.version == *qualifier,
    };
    versioned || (!kind.group.is_empty() && *kind.group == *qualifier)
}
