//! TOML as `BurntSushi/toml` writes it: plain members first, then tables, both sorted; tables are indented.

use super::{
    merge::{DEPTH, fits, too_deep},
    number::{Float, format_float},
    objects::{is_time, marshal_text},
};
use crate::format::helm::{
    template::{Budget, Failure},
    value::{IntType, Value},
};

/// Writes a map as a document.
///
/// # Errors
/// Values that TOML cannot hold, in the library's words; what nests too deep (`value-depth`), overlong texts
/// (`string-bytes`).
pub(super) fn write(value: &Value) -> Result<String, Failure> {
    let mut writer = Writer { out: String::new() };
    match value {
        Value::Nil => return Err(super::dicts::NO_TYPE.into()),
        value => writer.node(&mut Vec::new(), value)?,
    }
    Ok(writer.out)
}

/// What TOML tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Nothing,
    Plain,
    Table,
    Tables,
}

struct Writer {
    out: String,
}

impl Writer {
    fn node(&mut self, path: &mut Vec<String>, value: &Value) -> Result<(), Failure> {
        if path.len() > DEPTH {
            return Err(too_deep());
        }
        fits(&self.out)?;
        match shape(value)? {
            Shape::Nothing => Ok(()),
            Shape::Table => self.table(path, value),
            Shape::Tables => self.tables(path, value),
            Shape::Plain => self.member(path, value),
        }
    }

    /// `key = value`; at the top the value alone.
    fn member(&mut self, path: &[String], value: &Value) -> Result<(), Failure> {
        let Some(key) = path.last() else { return self.element(value, 0) };
        self.out.extend(std::iter::repeat_n("  ", path.len() - 1));
        self.out.push_str(&quoted_key(key));
        self.out.push_str(" = ");
        self.element(value, 0)?;
        self.out.push('\n');
        Ok(())
    }

    fn table(&mut self, path: &mut Vec<String>, value: &Value) -> Result<(), Failure> {
        if path.len() == 1 && !self.out.is_empty() {
            self.out.push('\n');
        }
        if !path.is_empty() {
            self.heading(path, "[", "]");
        }
        self.members(path, value)
    }

    fn tables(&mut self, path: &mut Vec<String>, value: &Value) -> Result<(), Failure> {
        if path.is_empty() {
            return Err("toml: top-level values must be Go maps or structs".into());
        }
        let items = value.as_list();
        for item in items.iter().flat_map(|items| items.iter()) {
            if !self.out.is_empty() {
                self.out.push('\n');
            }
            self.heading(path, "[[", "]]");
            self.members(path, item)?;
        }
        Ok(())
    }

    fn heading(&mut self, path: &[String], open: &str, close: &str) {
        self.out.extend(std::iter::repeat_n("  ", path.len() - 1));
        let keys: Vec<String> = path.iter().map(|key| quoted_key(key)).collect();
        self.out.push_str(&format!("{open}{}{close}\n", keys.join(".")));
    }

    fn members(&mut self, path: &mut Vec<String>, value: &Value) -> Result<(), Failure> {
        let (plain, tables) = parts(value)?;
        for (key, value) in plain.into_iter().chain(tables) {
            path.push(key);
            self.node(path, &value)?;
            path.pop();
        }
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Result<(), Failure> {
        if depth > DEPTH {
            return Err(too_deep());
        }
        fits(&self.out)?;
        match value {
            Value::Nil => return Err("toml: cannot encode array with nil element".into()),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Int(value, IntType::Duration) => self.quoted(&super::duration::format_duration(*value)),
            Value::Int(value, IntType::Uint64) => self.out.push_str(&(*value as u64).to_string()),
            Value::Int(value, _) => self.out.push_str(&value.to_string()),
            Value::Float(value) => self.out.push_str(&float(*value)),
            Value::String(text) => match text.as_str() {
                Some(text) => self.quoted(text),
                None => return Err("toml: a string is not UTF-8".into()),
            },
            Value::Object(object) if is_time(object.as_ref()) => {
                self.out.push_str(&marshal_text(object.as_ref()).unwrap_or_default());
            }
            Value::Object(object) => match (marshal_text(object.as_ref()), object.underlying()) {
                (Some(text), _) => self.quoted(&text),
                (None, Some(value)) => self.element(&value, depth + 1)?,
                (None, None) => self.inline(value, depth)?,
            },
            Value::Map(_) => self.inline(value, depth)?,
            Value::List(_) | Value::Bytes(_) => {
                self.out.push('[');
                let items = value.as_list();
                for (index, item) in items.iter().flat_map(|items| items.iter()).enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.element(item, depth + 1)?;
                }
                self.out.push(']');
            }
        }
        Ok(())
    }

    /// `{a = 1, b = 2}`; what is `nil` leaves its comma behind, as in the library.
    fn inline(&mut self, value: &Value, depth: usize) -> Result<(), Failure> {
        let (plain, tables) = parts(value)?;
        self.out.push('{');
        let has_tables = !tables.is_empty();
        for (members, goes_on) in [(plain, has_tables), (tables, false)] {
            let last = members.len().saturating_sub(1);
            for (index, (key, value)) in members.into_iter().enumerate() {
                if shape(&value)? == Shape::Nothing {
                    continue;
                }
                self.out.push_str(&quoted_key(&key));
                self.out.push_str(" = ");
                self.element(&value, depth + 1)?;
                if goes_on || index != last {
                    self.out.push_str(", ");
                }
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn quoted(&mut self, text: &str) {
        quote_into(text, &mut self.out);
    }
}

type Members = Vec<(String, Value)>;

/// The members of a map or a struct: plain ones, and tables.
fn parts(value: &Value) -> Result<(Members, Members), Failure> {
    let members: Members = match value {
        Value::Map(map) => map.entries().into_iter().map(|(key, value)| (key.to_string(), value)).collect(),
        Value::Object(object) => match object.underlying() {
            Some(value) => return parts(&value),
            None => object.fields().into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        },
        _ => Vec::new(),
    };
    let (mut plain, mut tables) = (Vec::new(), Vec::new());
    for (key, value) in members {
        match shape(&value)? {
            Shape::Table | Shape::Tables => tables.push((key, value)),
            _ => plain.push((key, value)),
        }
    }
    Ok((plain, tables))
}

/// # Errors
/// A list with `nil` in it; lists that are too deep or hold too much.
fn shape(value: &Value) -> Result<Shape, Failure> {
    shape_within(value, 0, &mut 0)
}

/// How many values of nested lists are looked at (`items`).
const ITEMS: u64 = 1_000_000;

fn shape_within(value: &Value, depth: usize, met: &mut u64) -> Result<Shape, Failure> {
    *met += 1;
    if *met > ITEMS {
        return Err(Failure::Limit(Budget { limit: "items", allowed: ITEMS }));
    }
    if depth > DEPTH {
        return Err(too_deep());
    }
    Ok(match value {
        Value::Nil => Shape::Nothing,
        Value::Map(map) if map.is_nil() => Shape::Nothing,
        Value::List(list) if list.is_nil() => Shape::Nothing,
        Value::Map(_) => Shape::Table,
        Value::List(list) => {
            let mut all_tables = !list.is_empty();
            for item in list.iter() {
                match shape_within(item, depth + 1, met)? {
                    Shape::Nothing => return Err("toml: cannot encode array with nil element".into()),
                    Shape::Table => {}
                    _ => all_tables = false,
                }
            }
            if all_tables { Shape::Tables } else { Shape::Plain }
        }
        Value::Object(object) => match (marshal_text(object.as_ref()), object.underlying()) {
            (Some(_), _) => Shape::Plain,
            (None, Some(value)) => shape_within(&value, depth + 1, met)?,
            (None, None) => Shape::Table,
        },
        _ => Shape::Plain,
    })
}

fn float(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let text = format_float(value, Float::General);
    if text.contains(['e', '.']) { text } else { format!("{text}.0") }
}

fn quoted_key(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !key.is_empty() && key.bytes().all(is_bare) {
        return key.to_owned();
    }
    let mut out = String::new();
    quote_into(key, &mut out);
    out
}

fn quote_into(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..' ' | '\u{7f}' => out.push_str(&format!("\\u{:04x}", character as u32)),
            character => out.push(character),
        }
    }
    out.push('"');
}
