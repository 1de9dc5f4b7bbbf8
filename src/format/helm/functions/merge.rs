//! How maps are merged (`dario.cat/mergo`), and deep copies.

use crate::format::helm::{
    template::{Budget, Context, Failure, Limits},
    value::{List, Map, Value},
};

/// How deep whoever writes, copies, merges or compares a value may go (`value-depth`): so deep that it fits the stack that
/// templates are executed on, and deeper than anything that is read.
pub(super) const DEPTH: usize = 250;

/// Merges `from` into `into`: what is empty there is filled and, with `overwrite`, what is not empty is replaced.
///
/// Maps are merged with maps. What is taken over is not copied: the two maps share it.
///
/// # Errors
/// A map in a map that holds itself (`value-depth`), too many values (`steps`), and mergo's own.
pub(super) fn merge(context: &mut Context<'_>, into: &Map, from: &Map, overwrite: bool) -> Result<(), Failure> {
    Merge { context, overwrite }.maps(into, from, 0)
}

struct Merge<'c, 'a> {
    context: &'c mut Context<'a>,
    overwrite: bool,
}

impl Merge<'_, '_> {
    fn maps(&mut self, into: &Map, from: &Map, depth: usize) -> Result<(), Failure> {
        if depth > DEPTH {
            return Err(too_deep());
        }
        if into.is_same(from) {
            return Ok(());
        }
        for (key, value) in from.entries() {
            self.context.spend(1)?;
            self.entry(into, &key, value, depth)?;
        }
        Ok(())
    }

    /// A value of `from` and the one of `into` of the same key.
    fn entry(&mut self, into: &Map, key: &str, value: Value, depth: usize) -> Result<(), Failure> {
        let old = into.get(key);
        match (&old, &value) {
            (_, Value::Nil) if !self.overwrite => return Ok(()),
            (Some(Value::Map(old)), Value::Map(new)) => {
                self.maps(old, new, depth + 1)?;
                if !old.is_empty() {
                    return Ok(());
                }
            }
            _ => {}
        }
        if self.overwrite || old.as_ref().is_none_or(is_empty) {
            into.insert(key, value);
        }
        Ok(())
    }
}

/// mergo's `isEmptyValue`; structs never are.
fn is_empty(value: &Value) -> bool {
    !value.is_true()
}

/// A copy that shares nothing with `value` (`mitchellh/copystructure`).
///
/// # Errors
/// A map that holds itself (`value-depth`), and too many values (`steps`).
pub(super) fn copy(context: &mut Context<'_>, value: &Value) -> Result<Value, Failure> {
    copy_at(context, value, 0)
}

fn copy_at(context: &mut Context<'_>, value: &Value, depth: usize) -> Result<Value, Failure> {
    if depth > DEPTH {
        return Err(too_deep());
    }
    context.spend(1)?;
    match value {
        Value::List(list) if !list.is_nil() => {
            let items = list.iter().map(|item| copy_at(context, item, depth + 1)).collect::<Result<_, _>>()?;
            Ok(List::of(list.element(), items).into())
        }
        Value::Map(map) if !map.is_nil() => {
            let copied = Map::of(map.element());
            for (key, value) in map.entries() {
                copied.insert(key, copy_at(context, &value, depth + 1)?);
            }
            Ok(copied.into())
        }
        value => Ok(value.clone()),
    }
}

/// Whether what is being written may still grow: a value that stands in itself many times is short, but its text is not.
///
/// # Errors
/// Overlong texts (`string-bytes`).
pub(super) fn fits(out: &str) -> Result<(), Failure> {
    let allowed = Limits::default().string_bytes;
    if out.len() as u64 > allowed { Err(Failure::Limit(Budget { limit: "string-bytes", allowed })) } else { Ok(()) }
}

pub(super) fn too_deep() -> Failure {
    Failure::Limit(Budget { limit: "value-depth", allowed: DEPTH as u64 })
}
