//! A design as an artifact of a registry, and back.
//!
//! The artifact is the one that Meshery makes: Flux's media types, and one layer, a `.tar.gz` of `design.yml` and
//! `artifacthub-pkg.yml`. As a file it is an OCI image layout in a tar, with the `manifest.json` beside it that Docker's
//! tools look for. The same design and time give the same bytes.

use std::io::Read;

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{archive, plain_name};
use crate::{
    design::{self, Design},
    document::{Mapping, to_yaml},
    tree::{self, Limits, Tree},
};

pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub const CONFIG: &str = "application/vnd.cncf.flux.config.v1+json";
pub const LAYER: &str = "application/vnd.cncf.flux.content.v1.tar+gzip";

/// The files of a layer.
const DESIGN: &str = "design.yml";
const PACKAGE: &str = "artifacthub-pkg.yml";

/// Bytes with a type, known by their digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    pub media_type: &'static str,
    /// `sha256:` and 64 hexadecimal digits.
    pub digest: String,
    pub bytes: Vec<u8>,
}

/// What is pushed to a registry: the blobs first, then the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub config: Blob,
    pub layer: Blob,
    pub manifest: Blob,
}

/// What is no artifact of a design.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("it is not an OCI image layout: {0}")]
    Layout(String),
    #[error("`{path}` is not `{digest}`")]
    Digest { path: String, digest: String },
    #[error("it holds {0} artifacts, not one")]
    Several(usize),
    #[error("its layer holds no `design.yml`")]
    NoDesign,
    #[error("its layer is not a `.tar.gz`: {0}")]
    Archive(String),
    #[error("{what} exceeds the limit `{limit}` of {allowed}")]
    Limit { what: &'static str, limit: &'static str, allowed: u64 },
    #[error(transparent)]
    Tree(#[from] tree::Error),
}

impl Blob {
    fn new(media_type: &'static str, bytes: Vec<u8>) -> Blob {
        Blob { media_type, digest: digest(&bytes), bytes }
    }

    fn descriptor(&self) -> Value {
        json!({"mediaType": self.media_type, "digest": self.digest, "size": self.bytes.len()})
    }

    /// Where a layout keeps it.
    fn path(&self) -> String {
        format!("blobs/{}", self.digest.replacen(':', "/", 1))
    }
}

/// Makes the artifact of a design that was made, or saved, at `created`.
pub fn artifact(design: &Design, created: Timestamp) -> Artifact {
    let created = created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (text, package) = (design::to_yaml(design), package(design, &created));
    let tar = archive::tar([(PACKAGE, package.as_bytes()), (DESIGN, text.as_bytes())]);
    let layer = Blob::new(LAYER, archive::gzip(&tar));
    // A configuration of an image, for tools that read every artifact as one.
    let config = json!({
        "created": created,
        "architecture": "",
        "os": "",
        "config": {},
        "rootfs": {"type": "layers", "diff_ids": [digest(&tar)]},
    });
    let config = Blob::new(CONFIG, config.to_string().into_bytes());
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": config.descriptor(),
        "layers": [layer.descriptor()],
        "annotations": {
            "org.opencontainers.image.created": created,
            "org.opencontainers.image.title": design.name,
            "org.opencontainers.image.version": design.version,
        },
    });
    let manifest = Blob::new(MANIFEST, manifest.to_string().into_bytes());
    Artifact { config, layer, manifest }
}

impl Artifact {
    /// The image layout as one tar. `tag` is what the artifact is called in it.
    pub fn to_tar(&self, tag: &str) -> Vec<u8> {
        let mut manifest = self.manifest.descriptor();
        manifest["annotations"] = json!({"org.opencontainers.image.ref.name": tag});
        let index = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": [manifest],
        });
        let docker = json!([{"Config": self.config.path(), "RepoTags": [], "Layers": [self.layer.path()]}]);
        let mut files = vec![
            ("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec()),
            ("index.json".to_owned(), index.to_string().into_bytes()),
            ("manifest.json".to_owned(), docker.to_string().into_bytes()),
        ];
        let mut blobs = [&self.config, &self.layer, &self.manifest];
        blobs.sort_by_key(|blob| &blob.digest);
        files.extend(blobs.map(|blob| (blob.path(), blob.bytes.clone())));
        archive::tar(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
    }
}

/// The metadata that Artifact Hub asks of a package.
fn package(design: &Design, created: &str) -> String {
    let mut package = Mapping::new();
    package.insert("version", design.version.as_str());
    package.insert("name", plain_name(&design.name));
    package.insert("displayName", design.name.as_str());
    package.insert("createdAt", created);
    package.insert("description", "A Meshery Design");
    package.insert("homeURL", "https://docs.meshery.io/concepts/logical/designs");
    package.insert("install", "mesheryctl design import -f design.yml");
    to_yaml(&package.into())
}

/// The text of the design in an unpacked image layout.
///
/// # Errors
/// A layout that is none, blobs that are not what their digests say, more than one artifact, and a layer without a design.
pub fn design_in_layout(tree: &Tree, limits: Limits) -> Result<Vec<u8>, Error> {
    let index = json_of(&tree.read("index.json")?)?;
    let manifests = index["manifests"].as_array().map(Vec::as_slice).unwrap_or_default();
    let [manifest] = manifests else { return Err(Error::Several(manifests.len())) };
    let manifest = json_of(&blob(tree, manifest)?)?;
    let layers = manifest["layers"].as_array().map(Vec::as_slice).unwrap_or_default();
    let [layer] = layers else { return Err(Error::Several(layers.len())) };
    design_in_layer(&blob(tree, layer)?, limits)
}

fn json_of(bytes: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::Layout(error.to_string()))
}

fn blob(tree: &Tree, descriptor: &Value) -> Result<std::sync::Arc<[u8]>, Error> {
    let wanted = descriptor["digest"].as_str().unwrap_or_default();
    let digits = wanted.strip_prefix("sha256:").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let Some(digits) = digits else { return Err(Error::Layout(format!("`{wanted}` is not a SHA-256 digest"))) };
    let path = format!("blobs/sha256/{digits}");
    let bytes = tree.read(&path)?;
    if digest(&bytes) != wanted {
        return Err(Error::Digest { path, digest: wanted.to_owned() });
    }
    Ok(bytes)
}

/// The text of the design in a layer.
///
/// # Errors
/// Bytes that are no `.tar.gz`, a limit, and no design among the files.
pub fn design_in_layer(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Error> {
    let unpacked = flate2::read::GzDecoder::new(bytes).take(limits.total_bytes);
    let mut archive = tar::Archive::new(unpacked);
    let found = find(&mut archive, limits);
    let ran_out = archive.into_inner().limit() == 0;
    match found {
        Ok(Some(text)) => Ok(text),
        Err(Error::Archive(_)) | Ok(None) if ran_out => Err(exceeds("total-bytes", limits.total_bytes)),
        Ok(None) => Err(Error::NoDesign),
        Err(error) => Err(error),
    }
}

fn find(archive: &mut tar::Archive<impl Read>, limits: Limits) -> Result<Option<Vec<u8>>, Error> {
    let broken = |error: std::io::Error| Error::Archive(error.to_string());
    for (count, entry) in archive.entries().map_err(broken)?.enumerate() {
        if count >= limits.entries {
            return Err(exceeds("entries", limits.entries as u64));
        }
        let mut entry = entry.map_err(broken)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if path.trim_start_matches("./") != DESIGN || !entry.header().entry_type().is_file() {
            continue;
        }
        if entry.size() > limits.file_bytes {
            return Err(exceeds("file-bytes", limits.file_bytes));
        }
        let mut text = Vec::new();
        entry.read_to_end(&mut text).map_err(broken)?;
        return Ok(Some(text));
    }
    Ok(None)
}

fn exceeds(limit: &'static str, allowed: u64) -> Error {
    Error::Limit { what: "the layer", limit, allowed }
}

fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Memory;

    fn made() -> (Design, Artifact) {
        let design = Design::new("My shop", Vec::new());
        let artifact = artifact(&design, "2026-11-21T09:00:00.5Z".parse().unwrap());
        (design, artifact)
    }

    fn layout(tar: &[u8]) -> Memory {
        let mut memory = Memory::new("");
        for entry in tar::Archive::new(tar).entries().unwrap() {
            let mut entry = entry.unwrap();
            assert_eq!((entry.header().mtime().unwrap(), entry.header().uid().unwrap()), (0, 0));
            let path = entry.path().unwrap().to_str().unwrap().to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            memory.insert(&path, bytes);
        }
        memory
    }

    #[test]
    fn a_design_comes_back_out_of_its_layout() {
        let (design, artifact) = made();
        assert_eq!(artifact, made().1);
        let memory = layout(&artifact.to_tar("1.0.0"));
        let read = design_in_layout(&Tree::new(memory.clone()), Limits::default()).unwrap();
        assert_eq!(String::from_utf8(read).unwrap(), design::to_yaml(&design));
        let mut damaged = memory;
        damaged.insert(&artifact.layer.path(), *b"x");
        let error = design_in_layout(&Tree::new(damaged), Limits::default()).unwrap_err();
        assert_eq!(error, Error::Digest { path: artifact.layer.path(), digest: artifact.layer.digest });
    }

    #[test]
    fn the_manifest_names_what_it_holds() {
        let (_, artifact) = made();
        let manifest: Value = serde_json::from_slice(&artifact.manifest.bytes).unwrap();
        assert_eq!(manifest["config"], artifact.config.descriptor());
        assert_eq!(manifest["layers"][0]["mediaType"], LAYER);
        assert_eq!(manifest["annotations"]["org.opencontainers.image.created"], "2026-11-21T09:00:00Z");
    }

    #[test]
    fn the_package_has_what_artifact_hub_asks_for() {
        let (design, _) = made();
        let text = package(&design, "2026-11-21T09:00:00Z");
        let expected = "version: 0.0.1\nname: my-shop\ndisplayName: My shop\ncreatedAt: \"2026-11-21T09:00:00Z\"\n";
        assert!(text.starts_with(expected), "{text}");
    }

    #[test]
    fn layers_that_are_none() {
        let check = |bytes: &[u8], limits: Limits, expected: &str| {
            let error = design_in_layer(bytes, limits).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        };
        check(b"x", Limits::default(), "not a `.tar.gz`");
        let other = archive::gzip(&archive::tar([("a/design.yml", &[0u8; 4096][..]), ("b", b"b")]));
        check(&other, Limits::default(), "no `design.yml`");
        check(&other, Limits { entries: 1, ..Limits::default() }, "`entries` of 1");
        let (_, artifact) = made();
        check(&artifact.layer.bytes, Limits { file_bytes: 10, ..Limits::default() }, "`file-bytes` of 10");
    }
}
