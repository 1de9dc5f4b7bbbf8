//! The value tree.

use super::Span;

/// An immutable string that is cheap to clone and stands in place when short.
pub type Text = ecow::EcoString;

/// A value and the bytes it was read from.
#[derive(Debug, Clone, Default)]
pub struct Node {
    pub value: Value,
    /// The bytes of the value itself. For values that no text carries (made by us) the empty span at 0.
    pub span: Span,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(Text),
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

/// A number as JSON would write it: exact whatever its size, compared by value.
#[derive(Debug, Clone)]
pub enum Number {
    Int(i64),
    /// Whole numbers above `i64::MAX`.
    UInt(u64),
    /// Everything else, with the text it was written with in JSON's grammar (so that nothing is rounded).
    Float(f64, Text),
}

/// A mapping in the order of its text; keys are unique.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub key: Text,
    pub key_span: Span,
    pub value: Node,
}

/// Equality is of values: where they stood does not matter. Mappings compare in order; see `diff` for what
/// Kubernetes means by equal.
impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.key == other.key && self.value == other.value
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => a == b,
            (Number::UInt(a), Number::UInt(b)) => a == b,
            (Number::Float(a, s), Number::Float(b, t)) => s == t || a == b,
            // Above 2^53 floats have no room for all whole numbers: the digits decide.
            (Number::Float(f, text), Number::Int(i)) | (Number::Int(i), Number::Float(f, text)) => {
                (*f == *i as f64 && f.abs() < 9_007_199_254_740_992.0) || *text == i.to_string()
            }
            (Number::Float(_, text), Number::UInt(u)) | (Number::UInt(u), Number::Float(_, text)) => {
                *text == u.to_string()
            }
            _ => false,
        }
    }
}

impl Number {
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Number::Int(value) => Some(*value),
            Number::UInt(_) => None,
            Number::Float(value, _) if value.fract() == 0.0 && value.abs() < 9e15 => Some(*value as i64),
            Number::Float(..) => None,
        }
    }

    pub fn as_f64(&self) -> f64 {
        match self {
            Number::Int(value) => *value as f64,
            Number::UInt(value) => *value as f64,
            Number::Float(value, _) => *value,
        }
    }

    /// Whether a decoder for whole numbers takes it: the YAML decoder writes `3.0` as JSON's `3`
    /// (Go writes floats below 1e21 without exponent).
    pub fn is_whole(&self) -> bool {
        match self {
            Number::Int(_) | Number::UInt(_) => true,
            Number::Float(value, _) => value.fract() == 0.0 && value.abs() < 1e21,
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Number::Int(value) => write!(formatter, "{value}"),
            Number::UInt(value) => write!(formatter, "{value}"),
            Number::Float(_, text) => formatter.write_str(text),
        }
    }
}

impl Node {
    pub fn new(value: Value, span: Span) -> Node {
        Node { value, span }
    }

    /// Member `key` of a mapping; `None` for everything else. A member that is `null` is there.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_mapping()?.get(key)
    }

    /// Like [`Node::get`], but `null` counts as absent: the API server drops it.
    pub fn field(&self, key: &str) -> Option<&Node> {
        self.get(key).filter(|node| !node.is_null())
    }

    /// The node behind a chain of member names, `null` counting as absent.
    pub fn at(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| node.field(key))
    }

    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    pub fn as_mapping_mut(&mut self) -> Option<&mut Mapping> {
        match &mut self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    pub fn as_sequence(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Items of a sequence; nothing for everything else.
    pub fn items(&self) -> impl Iterator<Item = &Node> {
        self.as_sequence().unwrap_or_default().iter()
    }

    /// Entries of a mapping; nothing for everything else.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.as_mapping().map(Mapping::entries).unwrap_or_default().iter()
    }

    /// String member `key`; `None` when absent or of another type.
    pub fn str_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// What users call this value's type.
    pub fn type_name(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_whole() => "integer",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Sequence(_) => "list",
            Value::Mapping(_) => "object",
        }
    }

    /// A string node without a place in any text.
    pub fn string(text: impl Into<Text>) -> Node {
        Node::from(Value::String(text.into()))
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Node {
        Node { value, span: Span::default() }
    }
}

impl Mapping {
    pub fn new() -> Mapping {
        Mapping::default()
    }

    pub fn with_capacity(capacity: usize) -> Mapping {
        Mapping { entries: Vec::with_capacity(capacity) }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    /// Sets `key`, in its place when it is there, else at the end.
    pub fn insert(&mut self, key: impl Into<Text>, value: impl Into<Node>) {
        let (key, value) = (key.into(), value.into());
        match self.get_mut(&key) {
            Some(old) => *old = value,
            None => self.entries.push(Entry { key, key_span: Span::default(), value }),
        }
    }

    /// Sets `key` before all other members; it must not be one of them.
    pub(crate) fn insert_first(&mut self, key: impl Into<Text>, value: impl Into<Node>) {
        self.entries.insert(0, Entry { key: key.into(), key_span: Span::default(), value: value.into() });
    }

    /// Keeps the entries for which `keep` holds.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Entry) -> bool) {
        self.entries.retain(keep);
    }

    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Appends without looking for `entry.key`: for readers that have checked it.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }
}

impl FromIterator<(Text, Node)> for Mapping {
    fn from_iter<I: IntoIterator<Item = (Text, Node)>>(pairs: I) -> Mapping {
        let mut mapping = Mapping::new();
        for (key, value) in pairs {
            mapping.insert(key, value);
        }
        mapping
    }
}

impl From<Mapping> for Node {
    fn from(mapping: Mapping) -> Node {
        Node::from(Value::Mapping(mapping))
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Node {
        Node::from(Value::Bool(value))
    }
}

impl From<i64> for Node {
    fn from(value: i64) -> Node {
        Node::from(Value::Number(Number::Int(value)))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Node {
        Node::string(text)
    }
}

impl From<String> for Node {
    fn from(text: String) -> Node {
        Node::string(text)
    }
}

impl From<Vec<Node>> for Node {
    fn from(items: Vec<Node>) -> Node {
        Node::from(Value::Sequence(items))
    }
}
