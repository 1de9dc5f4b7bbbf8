//! TOML as `BurntSushi/toml` reads it: whole numbers are `int64`, lists of tables a type of their own.

use super::time::{Time, Zone};
use crate::format::helm::value::{List, Map, Type, Value};

/// Reads a document.
///
/// # Errors
/// In the words of the `toml` crate; the place is in them.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| format!("toml: {}", error.message()))?;
    Ok(from_table(table))
}

fn from_table(table: toml::Table) -> Value {
    let map = Map::new();
    for (key, value) in table {
        map.insert(key, from_value(value));
    }
    map.into()
}

fn from_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => Value::int64(number),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => value.into(),
        toml::Value::Datetime(time) => from_time(&time),
        toml::Value::Array(items) => {
            let are_tables = !items.is_empty() && items.iter().all(toml::Value::is_table);
            let items: Vec<Value> = items.into_iter().map(from_value).collect();
            match are_tables {
                true => List::of(&Type::MAP, items).into(),
                false => Value::list(items),
            }
        }
        toml::Value::Table(table) => from_table(table),
    }
}

/// What names no zone is taken for UTC, and what names no date for the year zero, as the library does.
fn from_time(time: &toml::value::Datetime) -> Value {
    let text = time.to_string();
    let local = match (time.date, time.time, time.offset) {
        (_, _, Some(_)) => None,
        (Some(_), Some(_), None) => Some("datetime-local"),
        (Some(_), None, None) => Some("date-local"),
        (None, _, None) => Some("time-local"),
    };
    let (date, clock) = match (time.date, time.time) {
        (Some(_), Some(_)) => (text.clone(), String::new()),
        (Some(_), None) => (text.clone(), "T00:00:00".to_owned()),
        _ => ("0000-01-01T".to_owned(), text.clone()),
    };
    let zone = if time.offset.is_some() { "" } else { "Z" };
    let full = format!("{date}{clock}{zone}").replacen(' ', "T", 1);
    match super::time_parser::parse("2006-01-02T15:04:05Z07:00", &full) {
        Ok(time) => Value::object(match local {
            Some(name) => time.within(Zone::Fixed { name: name.to_owned(), seconds: 0 }),
            None => time,
        }),
        Err(_) => Value::object(Time { at: jiff::Timestamp::UNIX_EPOCH, zone: Zone::Utc }),
    }
}
