//! Where a value stands in a project: `services.web.ports[0]`, and patterns of such places.

use std::fmt;

use crate::document::Text;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(Text),
    Index(usize),
}

/// The keys and indices that lead to a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct KeyPath {
    steps: Vec<Step>,
}

impl KeyPath {
    pub(super) fn push(&mut self, key: impl Into<Text>) {
        self.steps.push(Step::Key(key.into()));
    }

    pub(super) fn push_index(&mut self, index: usize) {
        self.steps.push(Step::Index(index));
    }

    pub(super) fn pop(&mut self) {
        self.steps.pop();
    }

    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    pub(super) fn key(&self, key: impl Into<Text>) -> KeyPath {
        let mut path = self.clone();
        path.push(key);
        path
    }

    pub(super) fn index(&self, index: usize) -> KeyPath {
        let mut path = self.clone();
        path.push_index(index);
        path
    }

    pub(super) fn keys(keys: &[&str]) -> KeyPath {
        KeyPath { steps: keys.iter().map(|&key| Step::Key(key.into())).collect() }
    }

    /// The path from the `start`th step on.
    pub(super) fn after(&self, start: usize) -> KeyPath {
        KeyPath { steps: self.steps.get(start..).unwrap_or_default().to_vec() }
    }

    pub(super) fn joined(&self, rest: &KeyPath) -> KeyPath {
        KeyPath { steps: self.steps.iter().chain(&rest.steps).cloned().collect() }
    }

    /// Whether the path is that of `pattern`: keys with dots between, where `*` is any key or index.
    pub(super) fn matches(&self, pattern: &str) -> bool {
        let mut parts = pattern.split('.');
        let alike = self.steps.iter().all(|step| match (parts.next(), step) {
            (None, _) => false,
            (Some("*"), _) => true,
            (Some(part), Step::Key(key)) => key == part,
            (Some(_), Step::Index(_)) => false,
        });
        alike && parts.next().is_none()
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => formatter.write_str(key)?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl KeyPath {
    /// Whether the path begins with these keys.
    pub(super) fn starts(&self, keys: &[&str]) -> bool {
        keys.len() <= self.steps.len()
            && keys.iter().zip(&self.steps).all(|(key, step)| matches!(step, Step::Key(known) if known == key))
    }
}
