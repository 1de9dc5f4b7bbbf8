//! What was read, as plain data that can be put into a design.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Where files came from: enough to have them again and to see whether they changed. Never holds credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Provenance {
    /// Files on this machine, named as the user typed.
    Files {
        path: String,
    },
    /// A file or an archive: `sha256` of its bytes, in hexadecimal.
    Archive {
        path: String,
        sha256: String,
    },
    Git {
        /// The address of the repository, or its directory.
        repository: String,
        /// What was asked for; `HEAD` when nothing was.
        revision: String,
        /// Full hash of the commit that it was.
        commit: String,
        /// The author's date, as RFC 3339.
        date: String,
        path: String,
    },
    Url {
        url: String,
        sha256: String,
    },
    /// An artifact of a registry; `digest` is that of its manifest.
    Oci {
        registry: String,
        repository: String,
        reference: String,
        digest: String,
    },
    /// A chart of an HTTP repository; `sha256` is that of the archive.
    Chart {
        repository: String,
        chart: String,
        version: String,
        url: String,
        sha256: String,
    },
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
