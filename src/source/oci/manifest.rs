//! Manifests and indexes, to and from JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Artifact, Blob, address::is_digest, verify};
use crate::{
    source::{Error, Result},
    tree::Limits,
};

pub(super) const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(super) const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_INDEX: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
/// Bytes of a manifest; registries take no larger ones.
pub(super) const MANIFEST_BYTES: u64 = 4 << 20;

/// What is accepted where a manifest is asked for.
pub(super) fn accepted() -> String {
    [MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_INDEX].join(", ")
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    pub media_type: String,
    pub digest: String,
    pub size: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

impl Descriptor {
    pub(super) fn of(blob: &Blob) -> Descriptor {
        Descriptor {
            media_type: blob.media_type.clone(),
            digest: blob.digest(),
            size: blob.bytes.len() as u64,
            annotations: blob.annotations.clone(),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    schema_version: u32,
    #[serde(default)]
    media_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    artifact_type: Option<String>,
    config: Descriptor,
    layers: Vec<Descriptor>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Index {
    pub schema_version: u32,
    #[serde(default)]
    pub media_type: Option<String>,
    pub manifests: Vec<Descriptor>,
}

pub(super) fn encode(artifact: &Artifact) -> Vec<u8> {
    to_json(&Manifest {
        schema_version: 2,
        media_type: Some(MANIFEST.to_owned()),
        artifact_type: artifact.artifact_type.clone(),
        config: Descriptor::of(&artifact.config),
        layers: artifact.layers.iter().map(Descriptor::of).collect(),
        annotations: artifact.annotations.clone(),
    })
}

/// Structures of texts and numbers, which always have a JSON form.
pub(super) fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// What a manifest's bytes are.
pub(super) enum Read {
    Artifact(Parts),
    Index(Index),
}

/// A manifest whose blobs are still to be fetched.
pub(super) struct Parts(Manifest);

/// Reads a manifest or an index; `name` is that of the artifact, for errors.
pub(super) fn decode(bytes: &[u8], name: &str) -> Result<Read> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Kind {
        media_type: Option<String>,
        manifests: Option<serde::de::IgnoredAny>,
    }
    let broken =
        |error: serde_json::Error| Error::malformed(format!("the manifest of `{name}`"), format!("is none: {error}"));
    let kind: Kind = serde_json::from_slice(bytes).map_err(broken)?;
    if kind.manifests.is_some() || matches!(kind.media_type.as_deref(), Some(INDEX | DOCKER_INDEX)) {
        return Ok(Read::Index(serde_json::from_slice(bytes).map_err(broken)?));
    }
    Ok(Read::Artifact(Parts(serde_json::from_slice(bytes).map_err(broken)?)))
}

impl Parts {
    /// The artifact, its blobs from `fetch`, which is not asked for more than `limits` allow.
    pub(super) fn assemble(
        self,
        name: &str,
        limits: Limits,
        mut fetch: impl FnMut(&Descriptor) -> Result<Vec<u8>>,
    ) -> Result<Artifact> {
        let limit = |limit, allowed| Error::Limit { what: format!("`{name}`"), limit, allowed };
        let Manifest { artifact_type, config, layers, annotations, .. } = self.0;
        if layers.len() > limits.entries {
            return Err(limit("entries", limits.entries as u64));
        }
        let mut total = 0u64;
        for part in layers.iter().chain([&config]) {
            if !is_digest(&part.digest) {
                return Err(Error::malformed(
                    format!("`{name}`"),
                    format!("has a digest `{}`, which is none", part.digest),
                ));
            }
            total = total.saturating_add(part.size);
            if part.size > limits.file_bytes {
                return Err(limit("file-bytes", limits.file_bytes));
            }
        }
        if total > limits.total_bytes {
            return Err(limit("total-bytes", limits.total_bytes));
        }
        let mut blob = |part: Descriptor| {
            let bytes = fetch(&part)?;
            verify(&bytes, &part.digest, || format!("a part of `{name}`"))?;
            Ok(Blob { media_type: part.media_type, bytes: bytes.into(), annotations: part.annotations })
        };
        let config = blob(config)?;
        let layers = layers.into_iter().map(blob).collect::<Result<Vec<_>>>()?;
        Ok(Artifact { artifact_type, config, layers, annotations })
    }
}
