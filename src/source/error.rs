//! Why bytes could not be had.

use crate::tree;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Names in variants are as users know them, without credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Tree(#[from] tree::Error),
    /// An archive that is broken or not to be trusted.
    #[error("cannot unpack `{archive}`: {why}")]
    Archive { archive: String, why: String },
    /// An entry of an archive that is refused.
    #[error("cannot unpack `{archive}`: entry `{entry}` {why}")]
    Entry { archive: String, entry: String, why: &'static str },
    #[error("{what} exceeds the limit `{limit}` of {allowed}")]
    Limit { what: String, limit: &'static str, allowed: u64 },
    /// What a user typed is no reference, or names something that cannot be fetched.
    #[error("`{text}` {why}")]
    Reference { text: String, why: String },
    /// What git says of a repository.
    #[error("cannot read the git repository `{repository}`: {message}")]
    Git { repository: String, message: String },
    #[error("`{revision}` is no revision of the git repository `{repository}`: {message}")]
    Revision { repository: String, revision: String, message: String },
    /// There was no answer.
    #[error("cannot reach `{url}`: {message}")]
    Unreachable { url: String, message: String },
    /// The rules of access forbid to ask.
    #[error("`{url}` is not asked: {why}")]
    Refused { url: String, why: String },
    #[error("`{url}` answers {status}{message}")]
    Status { url: String, status: u16, message: String },
    /// The server wants credentials, or other ones.
    #[error("`{url}` refuses access ({status})")]
    Unauthorized { url: String, status: u16 },
    #[error("`{url}` did not answer within {seconds} seconds")]
    Timeout { url: String, seconds: u64 },
    /// Bytes that are not the ones that were named.
    #[error("{what} has the digest `{found}`, not `{expected}`")]
    Digest { what: String, expected: String, found: String },
    /// An answer or a file that breaks the rules of its protocol.
    #[error("{what} {why}")]
    Malformed { what: String, why: String },
    #[error("{repository} has no chart `{chart}`{wanted}")]
    Chart { repository: String, chart: String, wanted: String },
}

impl Error {
    /// What to do about it, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Error::Unauthorized { .. } => "give credentials for this host, or check that they may read it",
            Error::Refused { why, .. } if why.contains("https") => "use https, or allow plain http for this host",
            Error::Digest { .. } => "it was changed since the digest was written: find out by whom before trusting it",
            Error::Entry { .. } => "unpack it yourself, and give the directory",
            Error::Limit { limit: "ratio", .. } => "the archive looks like a bomb; if it is not, give the directory",
            Error::Revision { .. } => "name a branch, a tag or a full commit hash",
            Error::Timeout { .. } => "try again, or allow more time",
            _ => return None,
        })
    }

    pub(super) fn malformed(what: impl Into<String>, why: impl Into<String>) -> Error {
        Error::Malformed { what: what.into(), why: why.into() }
    }
}
