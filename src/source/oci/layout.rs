//! Artifacts in a directory or an archive: the OCI image layout.

use serde::{Deserialize, Serialize};

use super::{
    Artifact,
    manifest::{self, Descriptor, Index, Read},
    verify,
};
use crate::{
    source::{Error, Result, oci::address::is_digest},
    tree::{Limits, Memory, Tree},
};

const MARK: &str = "oci-layout";
const VERSION: &str = "1.0.0";
const INDEX: &str = "index.json";
/// Annotation of a manifest in the index: its tag.
const NAME: &str = "org.opencontainers.image.ref.name";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mark {
    image_layout_version: String,
}

/// An artifact of a layout and the digest of its manifest; by its tag, or the only one.
///
/// # Errors
/// What is no layout, has no such artifact or several, and bytes that are not those of their digest.
pub fn read_layout(tree: &Tree, tag: Option<&str>, limits: Limits) -> Result<(Artifact, String)> {
    let name = tree.name("");
    let broken =
        |what: &str, error: serde_json::Error| Error::malformed(format!("`{}`", tree.name(what)), error.to_string());
    let mark: Mark = serde_json::from_slice(&tree.read(MARK)?).map_err(|error| broken(MARK, error))?;
    if mark.image_layout_version != VERSION {
        let why = format!("is a layout of version `{}`; {VERSION} is read", mark.image_layout_version);
        return Err(Error::malformed(format!("`{name}`"), why));
    }
    let index: Index = serde_json::from_slice(&tree.read(INDEX)?).map_err(|error| broken(INDEX, error))?;
    let tagged =
        |found: &&Descriptor| tag.is_none_or(|tag| found.annotations.get(NAME).is_some_and(|name| name == tag));
    let found: Vec<_> = index.manifests.iter().filter(tagged).collect();
    let [found] = found.as_slice() else {
        let which = tag.map(|tag| format!(" with the tag `{tag}`")).unwrap_or_default();
        let why = format!("holds {} artifacts{which}, and one is read", found.len());
        return Err(Error::malformed(format!("`{name}`"), why));
    };
    let bytes = blob(tree, &found.digest)?;
    verify(&bytes, &found.digest, || format!("the manifest in `{name}`"))?;
    match manifest::decode(&bytes, &name)? {
        Read::Artifact(parts) => {
            let artifact = parts.assemble(&name, limits, |part| blob(tree, &part.digest))?;
            Ok((artifact, found.digest.clone()))
        }
        Read::Index(_) => {
            Err(Error::malformed(format!("`{name}`"), "holds an index of several artifacts, and one is read"))
        }
    }
}

fn blob(tree: &Tree, digest: &str) -> Result<Vec<u8>> {
    if !is_digest(digest) {
        return Err(Error::malformed(
            format!("`{}`", tree.name(INDEX)),
            format!("names `{digest}`, which is no digest"),
        ));
    }
    Ok(tree.read(&path_of(digest))?.to_vec())
}

fn path_of(digest: &str) -> String {
    format!("blobs/{}", digest.replace(':', "/"))
}

/// The files of a layout that holds artifacts by their tags.
pub fn write_layout<'a>(artifacts: impl IntoIterator<Item = (&'a str, &'a Artifact)>) -> Memory {
    let mut files = Memory::default();
    let mut manifests = Vec::new();
    for (tag, artifact) in artifacts {
        for blob in artifact.layers.iter().chain([&artifact.config]) {
            files.insert(&path_of(&blob.digest()), blob.bytes.clone());
        }
        let bytes = manifest::encode(artifact);
        let (media_type, digest) = (manifest::MANIFEST.to_owned(), artifact.digest());
        let annotations = [(NAME.to_owned(), tag.to_owned())].into();
        manifests.push(Descriptor { media_type, digest: digest.clone(), size: bytes.len() as u64, annotations });
        files.insert(&path_of(&digest), bytes);
    }
    let index = Index { schema_version: 2, media_type: Some(manifest::INDEX.to_owned()), manifests };
    files.insert(INDEX, manifest::to_json(&index));
    files.insert(MARK, manifest::to_json(&Mark { image_layout_version: VERSION.to_owned() }));
    files
}
