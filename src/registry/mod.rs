//! Definitions: kinds, their schemas, and the models they belong to. Kubernetes' own are embedded.
//!
//! A [`Registry`] answers for one version of Kubernetes: which kinds it serves ([`Registry::lookup`], [`Registry::find`]),
//! what their fields may hold ([`Registry::definition`]), and what became of kinds that it does not serve. The custom
//! resources that a user's CustomResourceDefinitions define are added with [`Registry::add_crd`] and are found like any other.
//!
//! The definitions of all versions lie in the program itself (`pack`) and are produced from Kubernetes' own documents by
//! [`generate`]; `docs/registry.md` tells which. Making a registry costs a decompression, once a process; a definition
//! is decoded when it is first asked for.

mod crd;
mod field;
pub mod generate;
mod kind;
mod lookup;
mod model;
mod pack;
mod schema;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::OnceLock};

pub use crd::{CrdError, CrdErrorKind, CustomKinds};
pub use field::{Field, NoSuchField};
pub use kind::{Deprecation, Kind, Replacement, Version};
pub use lookup::Lookup;
pub use model::Model;
pub use schema::{Constraints, DefinitionId, ListType, Property, Schema, Type};

use kind::version_rank;
use pack::{Descriptions, Pack, Release};

/// What one version of Kubernetes, and the user's CustomResourceDefinitions, define.
#[derive(Debug, Clone)]
pub struct Registry {
    pack: &'static Pack<'static>,
    /// Index of this version in [`Pack::releases`].
    release: usize,
    kinds: Vec<Kind>,
    /// `apiVersion` → kind → index into `kinds`.
    index: HashMap<Box<str>, HashMap<Box<str>, usize>>,
    /// By [`DefinitionId`], decoded when first asked for.
    definitions: Box<[OnceLock<Box<Definition>>]>,
    /// Those of CustomResourceDefinitions; their ids follow the embedded ones.
    custom: Vec<Definition>,
}

/// A named schema: `io.k8s.api.core.v1.PodSpec`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definition {
    pub name: Box<str>,
    pub schema: Schema,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("Kubernetes {asked} is not among the versions known here, {oldest} to {newest}")]
    UnknownVersion { asked: Version, oldest: Version, newest: Version },
}

/// Definitions of one kind in one input beyond which the oldest are forgotten.
const MOST_ALTERNATIVES: usize = 8;

impl Registry {
    /// The newest version of Kubernetes that the program knows.
    pub const LATEST: Version = Version(1, 37);

    /// What Kubernetes of this version serves.
    ///
    /// # Errors
    /// [`Error::UnknownVersion`] for versions older or newer than the embedded ones.
    pub fn kubernetes(version: Version) -> Result<Registry, Error> {
        let pack = Pack::embedded();
        let release = pack.releases.binary_search_by_key(&version, |release| release.version).map_err(|_| {
            let versions = Registry::versions();
            Error::UnknownVersion {
                asked: version,
                oldest: versions.first().copied().unwrap_or(Registry::LATEST),
                newest: versions.last().copied().unwrap_or(Registry::LATEST),
            }
        })?;
        let mut registry = Registry {
            pack,
            release,
            kinds: Vec::new(),
            index: HashMap::new(),
            definitions: pack.names.iter().map(|_| OnceLock::new()).collect(),
            custom: Vec::new(),
        };
        registry.kinds.reserve(registry.release().kinds.len());
        for &at in &pack.releases[release].kinds {
            let mut kind: Kind = pack::decode(pack.kinds[at as usize]);
            kind.deprecation = pack
                .lifecycle(&kind.group, &kind.version, &kind.kind)
                .filter(|deprecation| deprecation.deprecated_in <= Some(version))
                .map(|deprecation| Deprecation {
                    // A removal that was announced and put off: this version serves it still.
                    removed_in: deprecation.removed_in.filter(|removed_in| *removed_in > version),
                    replacement: pack.replacement(deprecation, version),
                    ..deprecation.clone()
                });
            registry.add_kind(kind);
        }
        for at in 0..registry.kinds.len() {
            let kind = &registry.kinds[at];
            if kind.deprecation.as_ref().is_some_and(|deprecation| deprecation.replacement.is_none()) {
                let sibling = registry.sibling(&kind.group, &kind.kind);
                if let Some(deprecation) = &mut registry.kinds[at].deprecation {
                    deprecation.replacement = sibling;
                }
            }
        }
        Ok(registry)
    }

    /// The versions that [`Registry::kubernetes`] takes, oldest first.
    pub fn versions() -> &'static [Version] {
        // Told here as well as in the pack, so that asking does not unpack it; a test compares.
        const VERSIONS: &[Version] = &[
            Version(1, 27),
            Version(1, 28),
            Version(1, 29),
            Version(1, 30),
            Version(1, 31),
            Version(1, 32),
            Version(1, 33),
            Version(1, 34),
            Version(1, 35),
            Version(1, 36),
            Version(1, 37),
        ];
        VERSIONS
    }

    /// The releases of Kubernetes that the definitions were taken from, oldest first: `1.37.1` for 1.37.
    pub fn provenance() -> impl Iterator<Item = (Version, &'static str)> {
        Pack::embedded().releases.iter().map(|release| (release.version, release.taken_from))
    }

    pub fn version(&self) -> Version {
        self.release().version
    }

    /// Every kind there is, by group (the core group first), kind, and version (the best first); custom ones last.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter()
    }

    /// A definition of this registry. Ids that it did not give out name an empty definition.
    pub fn definition(&self, id: DefinitionId) -> &Definition {
        static NONE: OnceLock<Definition> = OnceLock::new();
        let at = id.0 as usize;
        let Some(slot) = self.definitions.get(at) else {
            return self
                .custom
                .get(at - self.definitions.len())
                .unwrap_or_else(|| NONE.get_or_init(Definition::default));
        };
        slot.get_or_init(|| {
            let name = self.pack.names[at].into();
            let schema = match self.release().schemas[at] {
                0 => Schema::default(),
                schema => pack::decode(self.pack.schemas[schema as usize - 1]),
            };
            Box::new(Definition { name, schema })
        })
    }

    /// How many definitions there are: every [`DefinitionId`] of this registry is below it.
    pub fn definition_count(&self) -> usize {
        self.definitions.len() + self.custom.len()
    }

    /// The definition of this full name, when this version has it.
    pub fn definition_named(&self, name: &str) -> Option<DefinitionId> {
        let at = self.pack.names.binary_search(&name).ok()?;
        (self.release().schemas[at] != 0).then_some(DefinitionId(at as u32))
    }

    /// The schema that tells the shape: that of the definition referred to, or `schema` itself.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        match schema.reference {
            Some(id) if schema.kind == Type::Reference => &self.definition(id).schema,
            _ => schema,
        }
    }

    /// What its documents say of a definition, or of one of its properties.
    pub fn description(&self, id: DefinitionId, property: Option<&str>) -> Option<&str> {
        if id.0 as usize >= self.definitions.len() {
            let schema = &self.definition(id).schema;
            let schema = property.map_or(Some(schema), |name| schema.property(name))?;
            return schema.description.as_deref();
        }
        let descriptions = Descriptions::embedded();
        let documented = match descriptions.releases.get(self.release)?.get(id.0 as usize)? {
            0 => return None,
            at => descriptions.documented.get(*at as usize - 1)?,
        };
        let at = match property {
            None => 0,
            Some(name) => {
                let properties = &self.definition(id).schema.properties;
                1 + properties.binary_search_by(|property| (*property.name).cmp(name)).ok()?
            }
        };
        descriptions.texts.get(*documented.get(at)? as usize).copied().filter(|text| !text.is_empty())
    }

    fn release(&self) -> &'static Release<'static> {
        &self.pack.releases[self.release]
    }

    /// Whether a CustomResourceDefinition brought this definition.
    pub fn is_custom(&self, id: DefinitionId) -> bool {
        id.0 as usize >= self.definitions.len()
    }

    /// Adds `kind`, in the place of one with the same name, whose schema stays as an alternative where it differs.
    fn add_kind(&mut self, mut kind: Kind) {
        let by_name = self.index.entry(kind.api_version().into()).or_default();
        match by_name.get(&kind.kind) {
            Some(&at) => {
                let known = std::mem::take(&mut self.kinds[at].alternatives);
                let earlier = std::iter::once(self.kinds[at].schema).chain(known);
                let of = |id: DefinitionId| self.custom.get((id.0 as usize).wrapping_sub(self.definitions.len()));
                kind.alternatives = earlier
                    .filter(|&id| of(id).zip(of(kind.schema)).is_some_and(|(a, b)| a.schema != b.schema))
                    .take(MOST_ALTERNATIVES)
                    .collect();
                self.kinds[at] = kind;
            }
            None => {
                by_name.insert(kind.kind.clone(), self.kinds.len());
                self.kinds.push(kind);
            }
        }
    }
}
