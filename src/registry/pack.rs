//! The embedded definitions: what one file holds for every version of Kubernetes.
//!
//! Two neighbouring versions differ in a few dozen of their thousand definitions, so everything is stored once and named
//! by number: a [`Release`] is two lists of numbers. Definitions refer to each other by *name* ([`DefinitionId`] counts
//! the names of all versions), which lets one encoded schema serve every version that agrees on it.
//!
//! A pack is [`postcard`] inside zstd. Schemas and kinds stay encoded until somebody asks for them: reading the pack
//! costs the decompression and a table of slices. Descriptions, three quarters of the text, are a pack of their own.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Deprecation, Replacement, Version};

/// What the embedded packs may hold once decompressed; far above what they do hold.
const CAPACITY: usize = 64 << 20;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Pack<'a> {
    /// The names of all definitions of all versions, sorted; [`super::DefinitionId`] is the index.
    #[serde(borrow)]
    pub(super) names: Vec<&'a str>,
    /// Encoded [`super::Schema`]s, each once.
    #[serde(borrow)]
    pub(super) schemas: Vec<&'a [u8]>,
    /// Encoded [`super::Kind`]s without deprecation, each once.
    #[serde(borrow)]
    pub(super) kinds: Vec<&'a [u8]>,
    /// Ascending by version.
    #[serde(borrow)]
    pub(super) releases: Vec<Release<'a>>,
    /// Sorted by group, version and kind.
    #[serde(borrow)]
    pub(super) lifecycles: Vec<Lifecycle<'a>>,
}

/// One version of Kubernetes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Release<'a> {
    pub(super) version: Version,
    /// The release the documents were taken from: `1.37.1`.
    pub(super) taken_from: &'a str,
    /// Indices into [`Pack::kinds`], in the order of [`super::Registry::kinds`].
    pub(super) kinds: Vec<u32>,
    /// For each of [`Pack::names`] the index into [`Pack::schemas`] plus one, or zero where this version lacks it.
    pub(super) schemas: Vec<u32>,
}

/// When an API type is deprecated and removed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Lifecycle<'a> {
    pub(super) group: &'a str,
    pub(super) version: &'a str,
    pub(super) kind: &'a str,
    pub(super) deprecation: Deprecation,
}

/// The texts of [`Pack`]'s definitions.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Descriptions<'a> {
    /// Each text once; the first is empty.
    #[serde(borrow)]
    pub(super) texts: Vec<&'a str>,
    /// Indices into `texts`: the definition's own, then one for each of its properties in their order.
    pub(super) documented: Vec<Vec<u32>>,
    /// For each release and each of [`Pack::names`] the index into `documented` plus one, or zero.
    pub(super) releases: Vec<Vec<u32>>,
}

impl Pack<'_> {
    /// The pack that the program carries.
    pub(super) fn embedded() -> &'static Pack<'static> {
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        static PACK: OnceLock<Pack<'static>> = OnceLock::new();
        PACK.get_or_init(|| unpack(&BYTES, include_bytes!("kubernetes.pack")))
    }

    pub(super) fn lifecycle(&self, group: &str, version: &str, kind: &str) -> Option<&Deprecation> {
        let key = (group, version, kind);
        let at = self.lifecycles.binary_search_by(|entry| (entry.group, entry.version, entry.kind).cmp(&key)).ok()?;
        Some(&self.lifecycles[at].deprecation)
    }

    /// What to use instead, as of `version`: a replacement that is itself deprecated by then leads to its own.
    pub(super) fn replacement(&self, deprecation: &Deprecation, version: Version) -> Option<Replacement> {
        const LONGEST: usize = 4;
        let mut replacement = deprecation.replacement.as_ref()?;
        for _ in 0..LONGEST {
            let (group, api) = replacement.api_version.split_once('/').unwrap_or(("", &replacement.api_version));
            let next = self
                .lifecycle(group, api, &replacement.kind)
                .filter(|next| next.deprecated_in <= Some(version))
                .and_then(|next| next.replacement.as_ref());
            match next {
                Some(next) => replacement = next,
                None => break,
            }
        }
        Some(replacement.clone())
    }
}

impl Descriptions<'_> {
    pub(super) fn embedded() -> &'static Descriptions<'static> {
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        static DESCRIPTIONS: OnceLock<Descriptions<'static>> = OnceLock::new();
        DESCRIPTIONS.get_or_init(|| unpack(&BYTES, include_bytes!("kubernetes.descriptions.pack")))
    }
}

/// Decodes one encoded item of the embedded pack.
pub(super) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> T {
    // The bytes are part of the program; a test decodes every item of them.
    postcard::from_bytes(bytes).expect("the embedded pack is sound")
}

fn unpack<T: Deserialize<'static>>(store: &'static OnceLock<Vec<u8>>, packed: &[u8]) -> T {
    decode(store.get_or_init(|| zstd::bulk::decompress(packed, CAPACITY).expect("the embedded pack is sound")))
}
