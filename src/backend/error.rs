//! Why a running Meshery could not do what it was asked.

use crate::store::{self, Name};

/// What went wrong, as data.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A version was named where only the whole design can be meant.
    #[error("`{reference}` names one version, but designs are {action} as a whole")]
    Whole { reference: String, action: &'static str },
    /// Going back needs to know where to.
    #[error("`{reference}` does not say which version to go back to")]
    NoTarget { reference: String, newest: u32 },
    /// What was saved cannot be read any more.
    #[error("version {number} of design `{name}` cannot be read: {reason}")]
    Unreadable { name: Name, number: u32, reason: String },
}
