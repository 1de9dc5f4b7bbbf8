//! Produces the embedded packs from Kubernetes' own documents. `docs/registry.md` tells where those come from.
//!
//! Everything here is a pure function of its input, [`Release::read`] aside: the same documents give the same bytes.

mod go;
mod openapi;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
};

use serde::Serialize;
use serde_json::Value;

use super::{
    DefinitionId, Schema, Type, Version,
    pack::{Descriptions, Lifecycle, Pack, Release as PackedRelease},
};
use go::Api;
use openapi::Documents;

/// The documents of one version of Kubernetes.
pub struct Release {
    /// `1.37.1`.
    name: String,
    version: Version,
    documents: Documents,
    api: Api,
}

/// The two files that the program embeds.
pub struct Packs {
    /// `kubernetes.pack`.
    pub definitions: Vec<u8>,
    /// `kubernetes.descriptions.pack`.
    pub descriptions: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path}: {reason}")]
    Io { path: PathBuf, reason: std::io::Error },
    #[error("{path}: {reason}")]
    Json { path: PathBuf, reason: serde_json::Error },
    #[error("the folder name `{0}` does not end with a version, as `kubernetes@v1.37.1` does")]
    NoVersion(String),
    #[error("{0} holds no `api/openapi-spec/v3/*_openapi.json`")]
    NoDocuments(PathBuf),
    #[error("{release}: `{definition}` refers to `{target}`, which no document defines")]
    Dangling { release: String, definition: String, target: String },
    #[error("cannot encode: {0}")]
    Encode(String),
}

impl Release {
    /// Reads the source folder of one release of Kubernetes (named `kubernetes@v1.37.1`), and of its API types
    /// (`k8s.io/api`), which tell what the documents do not: enumerated strings, deprecations.
    ///
    /// # Errors
    /// When a folder or a document cannot be read.
    pub fn read(kubernetes: &Path, api: Option<&Path>) -> Result<Release, Error> {
        let folder = kubernetes.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = folder.rsplit(['v', '@']).next().unwrap_or_default().to_owned();
        let version = name.parse().map_err(|()| Error::NoVersion(folder))?;
        let documents = Documents::read(kubernetes)?;
        let api = api.map(Api::read).transpose()?.unwrap_or_default();
        Ok(Release { name, version, documents, api })
    }
}

/// Packs `releases`. `discovery` are aggregated discovery documents of a running server, which alone tell short names;
/// they are applied to every release that has the same group and plural.
///
/// # Errors
/// When a document refers to a definition that none defines.
pub fn generate(mut releases: Vec<Release>, discovery: &[Value]) -> Result<Packs, Error> {
    releases.sort_by_key(|release| release.version);
    let hints = openapi::resources(discovery);
    for release in &mut releases {
        release.documents.prune();
    }
    let names: BTreeSet<&str> =
        releases.iter().flat_map(|release| release.documents.definitions.keys().map(String::as_str)).collect();
    let ids: HashMap<&str, DefinitionId> = names.iter().zip(0..).map(|(&name, at)| (name, DefinitionId(at))).collect();

    let (mut schemas, mut kinds) = (Pool::default(), Pool::default());
    let (mut texts, mut documented) = (Pool::default(), Pool::default());
    texts.add(String::new());
    let mut packed = Vec::new();
    let mut described = Vec::new();
    for release in &releases {
        let mut row = vec![0; ids.len()];
        let mut described_row = vec![0; ids.len()];
        for (name, definition) in &release.documents.definitions {
            let at = ids[name.as_str()].0 as usize;
            let mut schema = openapi::schema(definition, &|target| ids.get(target).copied()).map_err(|target| {
                Error::Dangling { release: release.name.clone(), definition: name.clone(), target }
            })?;
            enumerate(&mut schema, &release.api, name);
            row[at] = 1 + schemas.add(encode(&schema)?);
            let words: Vec<u32> = openapi::descriptions(definition).map(|text| texts.add(text.to_owned())).collect();
            described_row[at] = 1 + documented.add(words);
        }
        let served = release.documents.kinds(&hints, &|name| ids.get(name).copied());
        let served = served.iter().map(|kind| Ok(kinds.add(encode(kind)?))).collect::<Result<_, Error>>()?;
        packed.push(PackedRelease { version: release.version, taken_from: &release.name, kinds: served, schemas: row });
        described.push(described_row);
    }
    let lifecycles = lifecycles(&releases);
    let pack = Pack {
        names: names.into_iter().collect(),
        schemas: schemas.items.iter().map(Vec::as_slice).collect(),
        kinds: kinds.items.iter().map(Vec::as_slice).collect(),
        releases: packed,
        lifecycles: lifecycles
            .iter()
            .map(|((group, version, kind), deprecation)| Lifecycle {
                group,
                version,
                kind,
                deprecation: deprecation.clone(),
            })
            .collect(),
    };
    let descriptions = Descriptions {
        texts: texts.items.iter().map(String::as_str).collect(),
        documented: documented.items,
        releases: described,
    };
    Ok(Packs { definitions: compress(&pack)?, descriptions: compress(&descriptions)? })
}

/// What the API types of all releases say of deprecation, the newest word winning, and what we know beyond them.
fn lifecycles(releases: &[Release]) -> BTreeMap<go::TypeName, super::Deprecation> {
    let mut all = go::retired();
    for release in releases {
        all.extend(release.api.lifecycles.iter().map(|(name, deprecation)| (name.clone(), deprecation.clone())));
    }
    all
}

/// Writes the enumerated strings that `api` knows into the schema of definition `name`.
fn enumerate(schema: &mut Schema, api: &Api, name: &str) {
    for property in &mut schema.properties {
        let Some(values) = api.enumeration(name, &property.name) else { continue };
        let mut target = &mut property.schema;
        while let Type::Array | Type::Object = target.kind {
            match target.items.as_deref_mut().or(target.additional.as_deref_mut()) {
                // A map's enumerated type may be that of its keys; then the values are something else.
                Some(inner) => target = inner,
                None => break,
            }
        }
        if target.kind == Type::String {
            target.enumeration = values.iter().map(|value| value.as_str().into()).collect();
        }
    }
}

/// Items by number, each stored once, in the order of their first appearance.
#[derive(Debug)]
struct Pool<T> {
    items: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Pool<T> {
    fn default() -> Pool<T> {
        Pool { items: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Pool<T> {
    fn add(&mut self, item: T) -> u32 {
        if let Some(&number) = self.numbers.get(&item) {
            return number;
        }
        let number = self.items.len() as u32;
        self.items.push(item.clone());
        self.numbers.insert(item, number);
        number
    }
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    postcard::to_stdvec(value).map_err(|error| Error::Encode(error.to_string()))
}

fn compress<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    const LEVEL: i32 = 22;
    zstd::bulk::compress(&encode(value)?, LEVEL).map_err(|error| Error::Encode(error.to_string()))
}

fn read_json(path: &Path) -> Result<Value, Error> {
    let bytes = read(path)?;
    serde_json::from_slice(&bytes).map_err(|reason| Error::Json { path: path.to_owned(), reason })
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|reason| Error::Io { path: path.to_owned(), reason })
}

/// The entries of a folder, sorted.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |reason| Error::Io { path: folder.to_owned(), reason };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}
