//! Which keys a Compose file has, and what they take: `keys.txt`.

use std::{collections::HashMap, sync::OnceLock};

use crate::document::{Mapping, Node, Value, nearest};

use super::{
    error::{ErrorKind, Fault, Result},
    path::KeyPath,
};

const TEXT: &str = include_str!("keys.txt");

/// What may stand at a place.
#[derive(Debug, Clone)]
enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Any,
    Word(&'static str),
    List(Vec<Kind>),
    Map(Vec<Kind>),
    Named(&'static str),
}

#[derive(Debug, Default)]
struct Object {
    keys: Vec<(&'static str, Vec<Kind>, bool)>,
    parent: Option<&'static str>,
}

#[derive(Debug, Default)]
struct Schema {
    objects: HashMap<&'static str, Object>,
    names: HashMap<&'static str, Vec<Kind>>,
}

fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut schema = Schema::default();
        let mut current = "";
        for line in TEXT.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((name, kinds)) = line.split_once(" = ") {
                schema.names.insert(name, kinds_of(kinds));
            } else if let Some(key) = line.strip_prefix("  ") {
                let (name, kinds) = key.split_once(' ').unwrap_or((key, "any"));
                let plain = name.trim_end_matches('!');
                let object = schema.objects.entry(current).or_default();
                object.keys.push((plain, kinds_of(kinds), plain != name));
            } else {
                let (name, parent) = line.split_once(" < ").map_or((line, None), |(name, parent)| (name, Some(parent)));
                current = name;
                schema.objects.entry(name).or_default().parent = parent;
            }
        }
        schema
    })
}

/// Splits `a|[b|c]|d` at the bars outside brackets.
fn kinds_of(text: &'static str) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), '|')]) {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            '|' if depth == 0 => {
                kinds.push(kind_of(&text[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    kinds
}

fn kind_of(text: &'static str) -> Kind {
    let inner = |text: &'static str| kinds_of(&text[1..text.len() - 1]);
    match text {
        "null" => Kind::Null,
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "string" => Kind::String,
        "any" => Kind::Any,
        _ if text.starts_with('[') => Kind::List(inner(text)),
        _ if text.starts_with('{') => Kind::Map(inner(text)),
        _ if text.starts_with('"') => Kind::Word(text.trim_matches('"')),
        _ => Kind::Named(text),
    }
}

/// Whether missing keys are errors: not in a file that others complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Yes,
    No,
}

/// Checks a project.
pub(super) fn check(root: &Node, whole: Whole) -> Result<()> {
    let mut checker = Checker { schema: schema(), whole, path: KeyPath::default() };
    checker.check(root, &[Kind::Named("project")])
}

struct Checker {
    schema: &'static Schema,
    whole: Whole,
    path: KeyPath,
}

impl Checker {
    fn check(&mut self, node: &Node, kinds: &[Kind]) -> Result<()> {
        let mut alternatives = Vec::new();
        self.flatten(kinds, &mut alternatives);
        match alternatives.iter().find(|kind| fits(kind, node)) {
            Some(Kind::List(items)) => {
                for (index, item) in node.items().enumerate() {
                    self.path.push_index(index);
                    self.check(item, items)?;
                    self.path.pop();
                }
                Ok(())
            }
            Some(Kind::Map(values)) => {
                for entry in node.entries() {
                    self.path.push(entry.key.clone());
                    self.check(&entry.value, values)?;
                    self.path.pop();
                }
                Ok(())
            }
            Some(Kind::Named(name)) => self.object(node, name),
            Some(_) => Ok(()),
            None => Err(Fault::value(&self.path, expected(&alternatives, node), node.span)),
        }
    }

    /// Replaces names of types by what they stand for.
    fn flatten(&self, kinds: &[Kind], out: &mut Vec<Kind>) {
        for kind in kinds {
            match kind {
                Kind::Named(name) if self.schema.names.contains_key(name) => {
                    self.flatten(&self.schema.names[name], out);
                }
                kind => out.push(kind.clone()),
            }
        }
    }

    fn object(&mut self, node: &Node, name: &'static str) -> Result<()> {
        let mut keys = Vec::new();
        let mut object = Some(name);
        while let Some(known) = object.and_then(|name| self.schema.objects.get(name)) {
            keys.extend(known.keys.iter());
            object = known.parent;
        }
        for entry in node.entries() {
            if entry.key.starts_with("x-") {
                continue;
            }
            let Some((_, kinds, _)) = keys.iter().find(|(key, ..)| entry.key == *key) else {
                let guess = nearest(&entry.key, keys.iter().map(|(key, ..)| *key)).map(str::to_owned);
                let path = if self.path.len() == 0 { "the file".to_owned() } else { self.path.to_string() };
                let kind = ErrorKind::UnknownKey { path, key: entry.key.to_string(), nearest: guess };
                return Err(Fault::new(kind, entry.key_span));
            };
            self.path.push(entry.key.clone());
            self.check(&entry.value, kinds)?;
            self.path.pop();
        }
        let needed = keys.iter().filter(|(_, _, needed)| *needed && self.whole == Whole::Yes);
        for (key, ..) in needed {
            if node.get(key).is_none() {
                let kind = ErrorKind::MissingKey { path: self.path.to_string(), key: (*key).to_owned() };
                return Err(Fault::new(kind, node.span));
            }
        }
        self.names(node)
    }

    /// Names of services and the like: letters, digits, `.`, `_` and `-`.
    fn names(&self, node: &Node) -> Result<()> {
        if self.path.len() > 0 {
            return Ok(());
        }
        for section in ["services", "models", "networks", "volumes", "secrets", "configs", "jobs"] {
            let entries = node.get(section).map(Node::entries).into_iter().flatten();
            for entry in entries {
                let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
                if entry.key.is_empty() || !entry.key.chars().all(fine) {
                    let why = format!(
                        "has a name of its own rules: `{}` holds more than letters, digits, `.`, `_` and `-`",
                        entry.key
                    );
                    return Err(Fault::value(section, why, entry.key_span));
                }
            }
        }
        Ok(())
    }
}

fn fits(kind: &Kind, node: &Node) -> bool {
    match (kind, &node.value) {
        (Kind::Any, _) | (Kind::Null, Value::Null) | (Kind::Boolean, Value::Bool(_)) => true,
        (Kind::Integer, Value::Number(number)) => number.is_whole(),
        (Kind::Number, Value::Number(_)) | (Kind::String, Value::String(_)) => true,
        (Kind::Word(word), Value::String(text)) => text == word,
        (Kind::List(_), Value::Sequence(_)) | (Kind::Map(_) | Kind::Named(_), Value::Mapping(_)) => true,
        _ => false,
    }
}

fn expected(kinds: &[Kind], node: &Node) -> String {
    let mut names: Vec<String> = Vec::new();
    for kind in kinds {
        let name = match kind {
            Kind::Null => "null".to_owned(),
            Kind::Boolean => "a boolean".to_owned(),
            Kind::Integer => "an integer".to_owned(),
            Kind::Number => "a number".to_owned(),
            Kind::String => "a string".to_owned(),
            Kind::Any => "anything".to_owned(),
            Kind::Word(word) => format!("`{word}`"),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) | Kind::Named(_) => "a mapping".to_owned(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let last = names.pop().unwrap_or_default();
    let wanted = if names.is_empty() { last } else { format!("{} or {last}", names.join(", ")) };
    let found = match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
        Value::Sequence(_) => "a list".to_owned(),
        value => format!("`{value}`"),
    };
    format!("must be {wanted}, not {found}")
}

/// The keys of services whose definition is that of a container: what a `pre_start` hook takes over of its service.
pub(super) fn container_keys() -> impl Iterator<Item = &'static str> {
    schema().objects.get("container").into_iter().flat_map(|object| object.keys.iter().map(|(key, ..)| *key))
}

/// All keys of an object and of those it extends.
#[cfg(test)]
pub(super) fn keys(mut name: &'static str) -> Vec<&'static str> {
    let mut keys = Vec::new();
    while let Some(object) = schema().objects.get(name) {
        keys.extend(object.keys.iter().map(|(key, ..)| *key));
        name = object.parent.unwrap_or_default();
    }
    keys
}

/// An empty mapping with the place of `node`.
pub(super) fn empty_like(node: &Node) -> Node {
    Node::new(Value::Mapping(Mapping::new()), node.span)
}
