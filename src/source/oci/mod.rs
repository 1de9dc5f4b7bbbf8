//! Artifacts as the Open Container Initiative defines them: charts, sources of GitOps tools, plain files.
//!
//! Written over the room's own HTTP client instead of a registry crate: the rules of access, of credentials on redirects
//! and of budgets hold here too, and what is needed of the protocol is little.

mod address;
mod docker_config;
mod layout;
mod manifest;
mod registry;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

pub use address::{OciAddress, OciVersion};
pub use docker_config::{DockerConfig, Stored};
pub use layout::{read_layout, write_layout};
pub use registry::Registry;

use super::{Error, Packed, Result, provenance::sha256, unpack};
use crate::tree::{Files, Limits, Memory, Tree};

/// Annotation of a layer: the name of its file.
const TITLE: &str = "org.opencontainers.image.title";
/// Annotation of a layer: it is an archive of the directory that the title names.
const UNPACK: &str = "io.deis.oras.content.unpack";

/// Bytes with a type, and what is noted on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    pub media_type: String,
    pub bytes: Arc<[u8]>,
    pub annotations: BTreeMap<String, String>,
}

impl Blob {
    pub fn new(media_type: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Blob {
        Blob { media_type: media_type.into(), bytes: bytes.into(), annotations: BTreeMap::new() }
    }

    /// Notes the name of the file that the bytes are.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Blob {
        self.annotations.insert(TITLE.to_owned(), title.into());
        self
    }

    /// `sha256:` and the digits.
    pub fn digest(&self) -> String {
        format!("sha256:{}", sha256(&self.bytes))
    }
}

/// A manifest with all that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub artifact_type: Option<String>,
    pub config: Blob,
    pub layers: Vec<Blob>,
    pub annotations: BTreeMap<String, String>,
}

impl Artifact {
    /// Layers without a configuration.
    pub fn new(artifact_type: impl Into<String>, layers: Vec<Blob>) -> Artifact {
        Artifact {
            artifact_type: Some(artifact_type.into()),
            config: Blob::new("application/vnd.oci.empty.v1+json", &b"{}"[..]),
            layers,
            annotations: BTreeMap::new(),
        }
    }

    /// Its manifest.
    pub fn manifest(&self) -> Blob {
        Blob::new(manifest::MANIFEST, manifest::encode(self))
    }

    /// The digest of its manifest, as it is written here.
    pub fn digest(&self) -> String {
        self.manifest().digest()
    }

    /// The layers as files: those with a title by that name, archives without one unpacked, others by their digest.
    /// `name` stands before the names of files.
    ///
    /// # Errors
    /// As [`unpack`], titles that are no paths, and one name in two layers.
    pub fn files(&self, name: &str, limits: Limits) -> Result<Tree> {
        let mut files = Memory::new(format!("{name}/"));
        let mut left = limits;
        for layer in &self.layers {
            let title = layer.annotations.get(TITLE);
            let directory = layer.annotations.get(UNPACK).is_some_and(|value| value == "true");
            let mut found = Vec::new();
            match title {
                Some(title) if !directory => found.push((path_of(title, name)?, layer.bytes.clone())),
                _ if Packed::of(&layer.bytes).is_some() => {
                    let unpacked = unpack(name, &layer.bytes, left)?;
                    for path in unpacked.paths() {
                        found.push((path.to_owned(), unpacked.read(path)?));
                    }
                }
                _ => found.push((layer.digest().replace(':', "-"), layer.bytes.clone())),
            }
            for (path, bytes) in found {
                left.total_bytes = left.total_bytes.saturating_sub(bytes.len() as u64);
                left.entries = left.entries.saturating_sub(1);
                if files.kind(&path)?.is_some() {
                    return Err(Error::malformed(format!("`{name}`"), format!("holds `{path}` twice")));
                }
                files.insert(&path, bytes);
            }
        }
        Ok(Tree::new(files))
    }
}

fn path_of(title: &str, name: &str) -> Result<String> {
    match Tree::join("", title) {
        Ok(path) if !path.is_empty() && !title.contains('\\') && !title.split('/').any(|part| part == "..") => Ok(path),
        _ => Err(Error::malformed(
            format!("`{name}`"),
            format!("has a layer with the title `{title}`, which is no path"),
        )),
    }
}

/// Refuses bytes that are not those of a digest.
fn verify(bytes: &[u8], digest: &str, what: impl FnOnce() -> String) -> Result<()> {
    let found = format!("sha256:{}", sha256(bytes));
    if found == digest {
        return Ok(());
    }
    Err(Error::Digest { what: what(), expected: digest.to_owned(), found })
}
