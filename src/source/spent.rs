//! What has been read of files that are read one by one.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use crate::tree::{Error, Limits};

/// Counts the bytes of the files that were read, each file once.
#[derive(Debug, Default)]
pub(super) struct Spent(Mutex<(BTreeSet<String>, u64)>);

impl Spent {
    /// # Errors
    /// More than `total-bytes`; `whole` is what the files belong to.
    pub(super) fn add(&self, path: &str, bytes: u64, limits: Limits, whole: &str) -> Result<(), Error> {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.0.insert(path.to_owned()) {
            spent.1 += bytes;
        }
        if spent.1 > limits.total_bytes {
            let what = format!("the files of `{whole}`");
            return Err(Error::Limit { what, limit: "total-bytes", allowed: limits.total_bytes });
        }
        Ok(())
    }
}
