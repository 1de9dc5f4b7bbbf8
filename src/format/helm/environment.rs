//! What templates may know of the world: a time and a seed.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::template::Environment;

/// A clock that stands still, and randomness that is always the same.
pub(super) struct Fixed {
    now: Timestamp,
    seed: u64,
    blocks: u64,
    /// Random bytes that were not asked for yet.
    left: Vec<u8>,
}

impl Fixed {
    pub(super) fn new(now: Timestamp, seed: u64) -> Fixed {
        Fixed { now, seed, blocks: 0, left: Vec::new() }
    }
}

impl Environment for Fixed {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn random(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            if self.left.is_empty() {
                let mut block = Sha256::new();
                block.update(self.seed.to_be_bytes());
                block.update(self.blocks.to_be_bytes());
                self.left = block.finalize().to_vec();
                self.blocks += 1;
            }
            *byte = self.left.pop().unwrap_or_default();
        }
    }
}
