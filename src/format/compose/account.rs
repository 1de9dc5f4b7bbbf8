//! What became of every key.

use std::{fmt, sync::Arc};

use crate::{
    document::{Source, Span},
    format::Weight,
};

/// One line for each thing that was written, in the order in which it was met.
#[derive(Debug, Clone, Default)]
pub struct Account {
    pub lines: Vec<Line>,
}

/// What became of the value at a path, and of all values below it that have no line of their own.
#[derive(Debug, Clone)]
pub struct Line {
    /// `services.web.ports[0]`.
    pub path: String,
    /// Where it was written; `None` for what follows from other keys.
    pub place: Option<(Arc<Source>, Span)>,
    pub fate: Fate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It means the same there: `Service/web spec.ports[0]`.
    Converted { to: String },
    /// Something near to it is there.
    Approximated { to: String, how: String },
    Dropped {
        why: String,
        /// A note where it makes no difference in a cluster that it is gone.
        weight: Weight,
    },
}

impl fmt::Display for Fate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fate::Converted { to } => write!(formatter, "converted → {to}"),
            Fate::Approximated { to, how } if to.is_empty() => write!(formatter, "approximated ({how})"),
            Fate::Approximated { to, how } => write!(formatter, "approximated → {to} ({how})"),
            Fate::Dropped { why, .. } => write!(formatter, "dropped ({why})"),
        }
    }
}

impl Account {
    /// The line that speaks for `path`: its own or that of what it is a part of.
    pub fn line(&self, path: &str) -> Option<&Line> {
        let speaks = |line: &&Line| {
            path.strip_prefix(line.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.lines.iter().filter(speaks).max_by_key(|line| line.path.len())
    }

    /// How many lines are converted, approximated and dropped.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |wanted: fn(&Fate) -> bool| self.lines.iter().filter(|line| wanted(&line.fate)).count();
        (
            count(|fate| matches!(fate, Fate::Converted { .. })),
            count(|fate| matches!(fate, Fate::Approximated { .. })),
            count(|fate| matches!(fate, Fate::Dropped { .. })),
        )
    }
}
