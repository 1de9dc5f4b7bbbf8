//! How maps are merged (`dario.cat/mergo`), and deep copies.

use crate::format::helm::{
    template::{Budget, Failure},
    value::{List, Map, Value},
};

/// How deep whoever writes, copies, merges or compares a value may go (`value-depth`): so deep that it fits the stack of
/// any thread, and deeper than anything that is read.
pub(super) const DEPTH: usize = 250;

/// Merges `from` into `into`: what is empty there is filled and, with `overwrite`, what is not empty is replaced.
///
/// Maps are merged with maps. What is taken over is not copied: the two maps share it.
///
/// # Errors
/// A map in a map that holds itself (`value-depth`), and mergo's own.
pub(super) fn merge(into: &Map, from: &Map, overwrite: bool) -> Result<(), Failure> {
    merge_at(into, from, overwrite, 0)
}

fn merge_at(into: &Map, from: &Map, overwrite: bool, depth: usize) -> Result<(), Failure> {
    if depth > DEPTH {
        return Err(too_deep());
    }
    if into.is_same(from) {
        return Ok(());
    }
    for (key, value) in from.entries() {
        merge_entry(into, &key, value, overwrite, depth)?;
    }
    Ok(())
}

/// A value of `from` and the one of `into` of the same key.
fn merge_entry(into: &Map, key: &str, value: Value, overwrite: bool, depth: usize) -> Result<(), Failure> {
    let old = into.get(key);
    match (&old, &value) {
        (_, Value::Nil) if !overwrite => return Ok(()),
        (Some(Value::Map(old)), Value::Map(new)) => {
            merge_at(old, new, overwrite, depth + 1)?;
            if !old.is_empty() {
                return Ok(());
            }
        }
        _ => {}
    }
    if overwrite || old.as_ref().is_none_or(is_empty) {
        into.insert(key, value);
    }
    Ok(())
}

/// mergo's `isEmptyValue`; structs never are.
fn is_empty(value: &Value) -> bool {
    !value.is_true()
}

/// A copy that shares nothing with `value` (`mitchellh/copystructure`).
///
/// # Errors
/// A map that holds itself (`value-depth`).
pub(super) fn copy(value: &Value) -> Result<Value, Failure> {
    copy_at(value, 0)
}

fn copy_at(value: &Value, depth: usize) -> Result<Value, Failure> {
    if depth > DEPTH {
        return Err(too_deep());
    }
    match value {
        Value::List(list) if !list.is_nil() => {
            let items = list.iter().map(|item| copy_at(item, depth + 1)).collect::<Result<_, _>>()?;
            Ok(List::of(list.element(), items).into())
        }
        Value::Map(map) if !map.is_nil() => {
            let copied = Map::of(map.element());
            for (key, value) in map.entries() {
                copied.insert(key, copy_at(&value, depth + 1)?);
            }
            Ok(copied.into())
        }
        value => Ok(value.clone()),
    }
}

pub(super) fn too_deep() -> Failure {
    Failure::Limit(Budget { limit: "value-depth", allowed: DEPTH as u64 })
}
