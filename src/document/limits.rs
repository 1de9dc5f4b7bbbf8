//! What a reader may spend on one text.

/// Budgets of a reader; exceeding one is [`super::ErrorKind::Limit`] with the budget's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text (`bytes`).
    pub bytes: u64,
    /// Nesting of collections (`depth`). go-yaml and JSON decoders of the API server stop at 10,000; nothing real needs 100.
    pub depth: usize,
    /// Nodes that aliases (`*name`) may add to one document (`aliases`), the cure for CVE-2019-11253.
    pub alias_nodes: usize,
    /// Documents of one text (`documents`).
    pub documents: usize,
    /// Nodes of one document (`nodes`): bounds memory at about 64 bytes each.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 256 << 20, depth: 128, alias_nodes: 1_000_000, documents: 200_000, nodes: 5_000_000 }
    }
}
