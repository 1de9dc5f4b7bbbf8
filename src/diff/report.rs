//! The answer as data: which objects changed, and which of their fields.

use std::fmt;

use crate::{
    design::{Identity, Origin},
    document::{Node, Position, Source, Span, Text},
};

/// What it takes to get from one list of components to another.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// By namespace, kind, name and group of the newer side.
    pub components: Vec<ComponentChange>,
    /// How many components are the same on both sides.
    pub unchanged: usize,
    /// Differences that are none to the API server, because one side spells out a default; see
    /// [`super::Options::ignore_defaults`].
    pub defaulted: usize,
    /// Differences under [`super::Options::ignore`].
    pub ignored: usize,
}

/// One object that is not the same on both sides.
#[derive(Debug, Clone)]
pub struct ComponentChange {
    pub kind: ChangeKind,
    /// `None` for an object that was added.
    pub from: Option<Side>,
    /// `None` for an object that was removed.
    pub to: Option<Side>,
    /// In the order of the document; empty for what was added or removed as a whole.
    pub fields: Vec<FieldChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    Added,
    Removed,
    Modified,
    /// The same object under another name (or of another group): its content is alike. Its fields may differ too.
    Renamed,
}

/// An object as one side has it, fit to be shown: values of Secrets are masked.
#[derive(Debug, Clone)]
pub struct Side {
    pub identity: Identity,
    pub api_version: Text,
    /// The whole object, `apiVersion` and `kind` first. A Secret's `stringData` stands in its `data`.
    pub object: Node,
    pub origin: Option<Origin>,
}

/// One difference between two objects.
#[derive(Debug, Clone)]
pub struct FieldChange {
    pub path: FieldPath,
    pub kind: FieldChangeKind,
    /// The value before, with its span in the source of [`ComponentChange::from`].
    pub from: Option<Node>,
    /// The value after, with its span in the source of [`ComponentChange::to`].
    pub to: Option<Node>,
    /// What the API server fills in on the side that says nothing, as far as that is known.
    pub default: Option<Node>,
    /// The values are secret: [`FieldChange::from`] and [`FieldChange::to`] hold masks.
    pub masked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldChangeKind {
    Added,
    Removed,
    Modified,
    /// The items of a list whose order matters stand in another order; the values are their names.
    Reordered {
        /// Where each item that stays stood before, in the order after.
        order: Vec<u32>,
        matched_by: MatchedBy,
    },
}

/// How the items of two lists were brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedBy {
    /// By the members that the schema calls the list's keys.
    Keys,
    /// A set: by value.
    Value,
    /// By place, after lining up what is equal: the schema makes the list one value whose order counts.
    Order,
    /// No schema: by `name`, which every item has, each its own.
    GuessedName,
    /// No schema and no names: by place.
    GuessedOrder,
}

/// Where a field stands on both sides: `spec.template.spec.containers[web].image`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldPath(pub Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Key(Text),
    Item(Item),
}

/// An item of a list; a side that does not have it has no index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub from: Option<u32>,
    pub to: Option<u32>,
    /// The values of its keys (`web`, `80/TCP`), when it is known by them.
    pub label: Option<Text>,
    pub matched_by: MatchedBy,
}

impl Report {
    pub fn is_empty(&self) -> bool {
        self.components.is_empty()
    }

    pub fn count(&self, kind: ChangeKind) -> usize {
        self.components.iter().filter(|change| change.kind == kind).count()
    }
}

impl ComponentChange {
    /// The newer side, or the older one of what was removed.
    pub fn side(&self) -> &Side {
        self.to.as_ref().or(self.from.as_ref()).expect("a change has at least one side")
    }

    /// The older object, with secret values that changed marked as such.
    pub fn before(&self) -> Option<Node> {
        let from = self.from.as_ref()?;
        let masked = self.fields.iter().filter(|field| field.masked && field.from.is_some());
        let marks: Vec<FieldChange> =
            masked.map(|field| FieldChange { to: field.from.clone(), ..field.clone() }).collect();
        Some(super::apply(&marks, &from.object))
    }

    /// The older object with the changes made. What differs between it and [`ComponentChange::before`] is what this change
    /// tells and nothing else (neither the order of lists where it means nothing, nor defaults).
    pub fn after(&self) -> Option<Node> {
        match (&self.from, &self.to) {
            (Some(from), Some(_)) => Some(super::apply(&self.fields, &from.object)),
            (_, to) => to.as_ref().map(|side| side.object.clone()),
        }
    }
}

impl Side {
    /// The text it was read from and where it stands there.
    pub fn position(&self) -> Option<(&Source, Position)> {
        let origin = self.origin.as_ref()?;
        Some(written(&origin.source, origin.object))
    }

    /// Where one of its values stands; `None` for values that no text carries.
    pub fn position_of(&self, span: Span) -> Option<(&Source, Position)> {
        let origin = self.origin.as_ref().filter(|_| span != Span::default())?;
        Some(written(&origin.source, span))
    }
}

fn written(source: &Source, span: Span) -> (&Source, Position) {
    let traced = source.traced(span);
    let (source, span) = traced.map_or((source, span), |traced| (traced.source, traced.span));
    (source, source.position(span.start))
}

impl FieldChange {
    /// How the items of the innermost list on the way were matched.
    pub fn matched_by(&self) -> Option<MatchedBy> {
        if let FieldChangeKind::Reordered { matched_by, .. } = self.kind {
            return Some(matched_by);
        }
        self.path.0.iter().rev().find_map(|step| match step {
            Step::Item(item) => Some(item.matched_by),
            Step::Key(_) => None,
        })
    }
}

impl FieldPath {
    /// The field as a JSON pointer (RFC 6901) into the older object; `None` when the way leads through an item that it
    /// does not have.
    pub fn pointer_from(&self) -> Option<String> {
        self.pointer(|item| item.from)
    }

    /// Like [`FieldPath::pointer_from`], into the newer object.
    pub fn pointer_to(&self) -> Option<String> {
        self.pointer(|item| item.to)
    }

    fn pointer(&self, index: impl Fn(&Item) -> Option<u32>) -> Option<String> {
        let mut pointer = String::new();
        for step in &self.0 {
            pointer.push('/');
            match step {
                Step::Key(key) => pointer.push_str(&key.replace("~", "~0").replace("/", "~1")),
                Step::Item(item) => pointer.push_str(&index(item)?.to_string()),
            }
        }
        Some(pointer)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if !is_plain(key) => write!(formatter, "[{key}]")?,
                Step::Key(key) if at == 0 => formatter.write_str(key)?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Item(item) => write!(formatter, "[{item}]")?,
            }
        }
        Ok(())
    }
}

/// As `document::Path` has it: other keys stand in brackets.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'$'))
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.label, self.to.or(self.from)) {
            (Some(label), _) => formatter.write_str(label),
            (None, index) => write!(formatter, "{}", index.unwrap_or_default()),
        }
    }
}

impl ChangeKind {
    /// `added`, `removed`, `modified`, `renamed`.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Modified => "modified",
            ChangeKind::Renamed => "renamed",
        }
    }
}

impl FieldChangeKind {
    /// `added`, `removed`, `modified`, `reordered`.
    pub fn name(&self) -> &'static str {
        match self {
            FieldChangeKind::Added => "added",
            FieldChangeKind::Removed => "removed",
            FieldChangeKind::Modified => "modified",
            FieldChangeKind::Reordered { .. } => "reordered",
        }
    }
}

impl MatchedBy {
    /// `keys`, `value`, `order`, `guessed-name`, `guessed-order`.
    pub fn name(self) -> &'static str {
        match self {
            MatchedBy::Keys => "keys",
            MatchedBy::Value => "value",
            MatchedBy::Order => "order",
            MatchedBy::GuessedName => "guessed-name",
            MatchedBy::GuessedOrder => "guessed-order",
        }
    }
}
