//! Go's values as templates see them.
//!
//! Numbers of values files are `float64` (they come through JSON), those of `--set` are `int64`, literals of templates are
//! `int`. Maps have reference semantics: a clone is the same map, and what `set` does to one is seen everywhere. Lists do
//! not change. Maps are sorted by their keys' bytes, as Go prints and ranges them.
//!
//! A map can be made to hold itself, and values can be nested without end: whoever walks through one stops at [`DEPTH`].

mod object;
mod text;
mod types;

use std::{
    cell::{Ref, RefCell, RefMut},
    collections::BTreeMap,
    fmt,
    rc::Rc,
};

use crate::document::{self, Text};

pub use object::{Method, Object};
pub use text::{Piece, Reference, Step, Str, StrBuilder, Whence};
pub use types::{IntType, Kind, Type};

/// How deep whoever walks through a value may go (`value-depth`).
pub const DEPTH: usize = 1_000;

/// The type of `.Values`, of `.Template`, and of `.` itself, as their [`Map::name`]. It has methods.
pub const VALUES: &str = "common.Values";

/// A value. Cheap to clone.
#[derive(Clone, Default)]
pub enum Value {
    /// `nil` of no type.
    #[default]
    Nil,
    Bool(bool),
    Int(i64, IntType),
    Float(f64),
    String(Str),
    /// `[]byte`.
    Bytes(Rc<[u8]>),
    List(List),
    Map(Map),
    Object(Rc<dyn Object>),
}

/// A slice of Go's. It does not change; a clone is the same list.
#[derive(Clone)]
pub struct List {
    element: &'static Type,
    items: Rc<Items>,
    is_nil: bool,
}

/// A map of Go's from strings. A clone is the same map.
#[derive(Clone)]
pub struct Map {
    element: &'static Type,
    /// [`VALUES`].
    name: Option<&'static str>,
    entries: Rc<Entries>,
    is_nil: bool,
}

struct Items(Vec<Value>);
struct Entries(RefCell<BTreeMap<Text, Value>>);

impl Value {
    /// Go's `int`.
    pub fn int(value: impl Into<i64>) -> Value {
        Value::Int(value.into(), IntType::Int)
    }

    /// Go's `int` of a length.
    pub fn length(value: usize) -> Value {
        Value::Int(value as i64, IntType::Int)
    }

    pub fn int64(value: i64) -> Value {
        Value::Int(value, IntType::Int64)
    }

    pub fn string(text: impl Into<Text>) -> Value {
        Value::String(Str::new(text))
    }

    /// `[]interface {}`.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(List::new(items.into_iter().collect()))
    }

    /// `[]string`.
    pub fn strings(items: impl IntoIterator<Item = Str>) -> Value {
        Value::List(List::of(&Type::String, items.into_iter().map(Value::String).collect()))
    }

    /// `map[string]interface {}`.
    pub fn map(entries: impl IntoIterator<Item = (Text, Value)>) -> Value {
        Value::Map(entries.into_iter().collect())
    }

    pub fn object(object: impl Object + 'static) -> Value {
        Value::Object(Rc::new(object))
    }

    /// What `sigs.k8s.io/yaml` decodes the text of `node` to: every number is `float64`.
    pub fn from_node(node: &document::Node) -> Value {
        match &node.value {
            document::Value::Null => Value::Nil,
            document::Value::Bool(value) => Value::Bool(*value),
            document::Value::Number(number) => Value::Float(number.as_f64()),
            document::Value::String(text) => Value::string(text.clone()),
            document::Value::Sequence(items) => Value::list(items.iter().map(Value::from_node)),
            document::Value::Mapping(mapping) => {
                let entries = mapping.entries().iter();
                Value::map(entries.map(|entry| (entry.key.clone(), Value::from_node(&entry.value))))
            }
        }
    }

    /// Its type; `None` for `nil`.
    pub fn type_of(&self) -> Option<Type> {
        Some(match self {
            Value::Nil => return None,
            Value::Bool(_) => Type::Bool,
            Value::Int(_, of) => Type::Int(*of),
            Value::Float(_) => Type::Float,
            Value::String(_) => Type::String,
            Value::Bytes(_) => Type::Bytes,
            Value::List(list) => Type::List(list.element),
            Value::Map(map) => map.name.map_or(Type::Map(map.element), Type::Named),
            Value::Object(object) => Type::Named(object.type_name()),
        })
    }

    /// What `typeOf` says (`%T`).
    pub fn type_name(&self) -> String {
        self.type_of().map_or_else(|| "<nil>".to_owned(), |of| of.to_string())
    }

    pub fn kind(&self) -> Kind {
        match self {
            Value::Map(_) => Kind::Map,
            Value::Object(object) => object.kind(),
            value => value.type_of().map_or(Kind::Invalid, Type::kind),
        }
    }

    /// The type's zero.
    pub fn zero(of: &'static Type) -> Value {
        match of {
            Type::Any | Type::Named(_) | Type::Reflect => Value::Nil,
            Type::Bool => Value::Bool(false),
            Type::Int(of) => Value::Int(0, *of),
            Type::Float => Value::Float(0.0),
            Type::String => Value::String(Str::default()),
            Type::Bytes => Value::Bytes(Rc::from([])),
            Type::List(element) => Value::List(List::nil(element)),
            Type::Map(element) => Value::Map(Map::nil(element)),
        }
    }

    /// Whether Go can give it for a parameter of the type, as it is.
    pub fn is_assignable(&self, to: Type) -> bool {
        match (self, to) {
            (_, Type::Any | Type::Reflect) => true,
            (Value::Nil, to) => to.takes_nil(),
            // Of two types one of which has no name, the structure decides.
            (Value::Map(map), Type::Map(element)) => map.element == element,
            (Value::Object(object), Type::Named("error")) => object.is_error(),
            (Value::Object(object), Type::Named(name)) => object.type_name() == name,
            (Value::Object(object), Type::List(_) | Type::Map(_) | Type::Bytes) => {
                object.underlying().is_some_and(|value| value.is_assignable(to))
            }
            (value, to) => value.type_of() == Some(to),
        }
    }

    /// Whether `if` takes it for true: not the zero of its type.
    pub fn is_true(&self) -> bool {
        match self {
            Value::Nil => false,
            Value::Bool(value) => *value,
            Value::Int(value, _) => *value != 0,
            Value::Float(value) => *value != 0.0,
            Value::String(text) => !text.is_empty(),
            Value::Bytes(bytes) => !bytes.is_empty(),
            Value::List(list) => !list.is_empty(),
            Value::Map(map) => !map.is_empty(),
            Value::Object(object) => object.underlying().is_none_or(|value| value.is_true()),
        }
    }

    pub fn as_str(&self) -> Option<&Str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The map it is; of objects the map they are.
    pub fn as_map(&self) -> Option<Map> {
        match self {
            Value::Map(map) => Some(map.clone()),
            Value::Object(object) => object.underlying().and_then(|value| value.as_map()),
            _ => None,
        }
    }

    /// The list it is; of objects the list they are, of bytes the list of them.
    pub fn as_list(&self) -> Option<List> {
        match self {
            Value::List(list) => Some(list.clone()),
            Value::Bytes(bytes) => {
                let items = bytes.iter().map(|&byte| Value::Int(byte.into(), IntType::Uint8)).collect();
                Some(List::of(&Type::Int(IntType::Uint8), items))
            }
            Value::Object(object) => object.underlying().and_then(|value| value.as_list()),
            _ => None,
        }
    }
}

impl List {
    /// `[]interface {}`.
    pub fn new(items: Vec<Value>) -> List {
        List::of(&Type::Any, items)
    }

    /// A slice of a type.
    pub fn of(element: &'static Type, items: Vec<Value>) -> List {
        List { element, items: Rc::new(Items(items)), is_nil: false }
    }

    /// The slice that was never made; as empty as an empty one, but JSON's `null`.
    pub fn nil(element: &'static Type) -> List {
        List { is_nil: true, ..List::of(element, Vec::new()) }
    }

    pub fn is_nil(&self) -> bool {
        self.is_nil
    }

    pub fn element(&self) -> &'static Type {
        self.element
    }

    /// Whether the two are one and the same.
    pub fn is_same(&self, other: &List) -> bool {
        Rc::ptr_eq(&self.items, &other.items)
    }
}

impl std::ops::Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.items.0
    }
}

impl Map {
    /// An empty `map[string]interface {}`.
    pub fn new() -> Map {
        Map::of(&Type::Any)
    }

    /// An empty map to a type.
    pub fn of(element: &'static Type) -> Map {
        Map { element, name: None, entries: Rc::new(Entries(RefCell::default())), is_nil: false }
    }

    /// The map that was never made; as empty as an empty one, but JSON's `null`. Nothing can be inserted.
    pub fn nil(element: &'static Type) -> Map {
        Map { is_nil: true, ..Map::of(element) }
    }

    /// The same map, under the name of a type: `common.Values`.
    pub fn named(self, name: &'static str) -> Map {
        Map { name: Some(name), ..self }
    }

    /// The name of its type, if that has one.
    pub fn name(&self) -> Option<&'static str> {
        self.name
    }

    /// The same map, without the name of a type.
    pub fn unnamed(self) -> Map {
        Map { name: None, ..self }
    }

    pub fn is_nil(&self) -> bool {
        self.is_nil
    }

    pub fn element(&self) -> &'static Type {
        self.element
    }

    pub fn get(&self, key: &str) -> Option<Value> {
        self.borrow().get(key).cloned()
    }

    pub fn insert(&self, key: impl Into<Text>, value: Value) -> Option<Value> {
        self.borrow_mut().insert(key.into(), value)
    }

    pub fn remove(&self, key: &str) -> Option<Value> {
        self.borrow_mut().remove(key)
    }

    pub fn len(&self) -> usize {
        self.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.borrow().is_empty()
    }

    /// The entries, sorted. Hold it shortly: inserting while it is held panics; [`Map::entries`] does not hold it.
    pub fn borrow(&self) -> Ref<'_, BTreeMap<Text, Value>> {
        self.entries.0.borrow()
    }

    /// The entries, to be changed. Hold it shortly, as [`Map::borrow`].
    pub fn borrow_mut(&self) -> RefMut<'_, BTreeMap<Text, Value>> {
        self.entries.0.borrow_mut()
    }

    /// The entries as they are now.
    pub fn entries(&self) -> Vec<(Text, Value)> {
        self.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Whether the two are one and the same.
    pub fn is_same(&self, other: &Map) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }
}

impl Default for Map {
    fn default() -> Map {
        Map::new()
    }
}

impl FromIterator<(Text, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (Text, Value)>>(entries: I) -> Map {
        Map { entries: Rc::new(Entries(RefCell::new(entries.into_iter().collect()))), ..Map::new() }
    }
}

/// Values that are nested deeply are let go of one by one, not each within the one around it: that would use up the stack.
impl Drop for Items {
    fn drop(&mut self) {
        release(std::mem::take(&mut self.0));
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        release(std::mem::take(self.0.get_mut()).into_values());
    }
}

fn release(values: impl IntoIterator<Item = Value>) {
    let holds = |value: &Value| matches!(value, Value::List(_) | Value::Map(_));
    let mut pending: Vec<Value> = values.into_iter().filter(holds).collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::List(mut list) => {
                if let Some(items) = Rc::get_mut(&mut list.items) {
                    pending.extend(std::mem::take(&mut items.0).into_iter().filter(holds));
                }
            }
            Value::Map(mut map) => {
                if let Some(entries) = Rc::get_mut(&mut map.entries) {
                    pending.extend(std::mem::take(entries.0.get_mut()).into_values().filter(holds));
                }
            }
            _ => {}
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<Str> for Value {
    fn from(text: Str) -> Value {
        Value::String(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::string(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::string(text)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Value {
        Value::Map(map)
    }
}

impl From<List> for Value {
    fn from(list: List) -> Value {
        Value::List(list)
    }
}

/// Its type and, for plain ones, the value: collections can hold themselves.
impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Bool(value) => write!(formatter, "{value}"),
            Value::Int(value, _) => write!(formatter, "{value}"),
            Value::Float(value) => write!(formatter, "{value}"),
            Value::String(text) => write!(formatter, "{text:?}"),
            value => formatter.write_str(&value.type_name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_can_be_given_for_parameters_as_in_go() {
        let strings = Value::strings([Str::new("a")]);
        for (value, to, expected) in [
            (Value::int(1), Type::INT, true),
            (Value::int64(1), Type::INT, false),
            (Value::Float(1.0), Type::INT, false),
            (Value::Nil, Type::String, false),
            (Value::Nil, Type::MAP, true),
            (Value::from(Map::new().named(VALUES)), Type::MAP, true),
            (Value::from(Map::of(&Type::String)), Type::MAP, false),
            (strings.clone(), Type::LIST, false),
            (strings.clone(), Type::STRINGS, true),
            (strings, Type::Any, true),
        ] {
            assert_eq!(value.is_assignable(to), expected, "{value:?} to {to}");
        }
    }

    #[test]
    fn types_are_named_as_in_go() {
        for (value, name, kind) in [
            (Value::Nil, "<nil>", "invalid"),
            (Value::Float(1.0), "float64", "float64"),
            (Value::Int(1, IntType::Duration), "time.Duration", "int64"),
            (Value::list([]), "[]interface {}", "slice"),
            (Value::Bytes(Rc::from([])), "[]uint8", "slice"),
            (Value::from(Map::new()), "map[string]interface {}", "map"),
            (Value::from(Map::new().named(VALUES)), "common.Values", "map"),
        ] {
            assert_eq!((value.type_name().as_str(), value.kind().name()), (name, kind));
        }
    }
}
