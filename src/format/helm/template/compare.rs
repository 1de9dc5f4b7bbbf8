//! `eq`, `lt` and their kin, by Go's rules for types.

use std::{cmp::Ordering, rc::Rc};

use super::datum::Datum;
use crate::format::helm::value::{Kind, Value};

/// The types whose values can be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basic {
    Bool,
    Int,
    Uint,
    Float,
    String,
}

fn basic(value: &Value) -> Option<Basic> {
    Some(match value {
        Value::Bool(_) => Basic::Bool,
        Value::Int(_, of) if of.is_unsigned() => Basic::Uint,
        Value::Int(..) => Basic::Int,
        Value::Float(_) => Basic::Float,
        Value::String(_) => Basic::String,
        _ => return None,
    })
}

/// Whether `first` equals one of the others.
pub(super) fn equal(first: &Datum, others: &[Datum]) -> Result<bool, String> {
    if others.is_empty() {
        return Err("missing argument for comparison".to_owned());
    }
    for other in others {
        if equal_to(&first.value, &other.value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn equal_to(a: &Value, b: &Value) -> Result<bool, String> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Float(a), Value::Float(b)) => Ok(a == b),
        (Value::String(a), Value::String(b)) => Ok(a == b),
        (Value::Int(..), Value::Int(..)) => Ok(integers(a, b) == Some(Ordering::Equal)),
        _ if basic(a) != basic(b) => match (a, b) {
            (Value::Nil, _) | (_, Value::Nil) => Ok(false),
            _ => Err(incompatible(a, b)),
        },
        _ => equal_others(a, b),
    }
}

/// Values that are neither numbers, strings nor booleans.
fn equal_others(a: &Value, b: &Value) -> Result<bool, String> {
    let (kind, other) = (a.kind(), b.kind());
    if kind != other && kind != Kind::Invalid && other != Kind::Invalid {
        return Err(format!("non-comparable types {}, {}", a.type_name(), b.type_name()));
    }
    if is_nil(a) || is_nil(b) {
        return Ok(is_nil(a) == is_nil(b));
    }
    match (a, b) {
        (Value::Object(a), Value::Object(b)) if b.underlying().is_none() => Ok(Rc::ptr_eq(a, b)
            || a.type_name() == b.type_name() && a.kind() == Kind::Struct && a.display() == b.display()),
        _ => Err(format!("non-comparable type {}", b.type_name())),
    }
}

fn is_nil(value: &Value) -> bool {
    match value {
        Value::Nil => true,
        Value::List(list) => list.is_nil(),
        Value::Map(map) => map.is_nil(),
        _ => false,
    }
}

fn incompatible(a: &Value, b: &Value) -> String {
    format!("incompatible types for comparison: {} and {}", a.type_name(), b.type_name())
}

/// Whole numbers compare whatever their sign.
fn integers(a: &Value, b: &Value) -> Option<Ordering> {
    let wide = |value: &Value| match value {
        Value::Int(number, of) if of.is_unsigned() => Some(i128::from(*number as u64)),
        Value::Int(number, _) => Some(i128::from(*number)),
        _ => None,
    };
    Some(wide(a)?.cmp(&wide(b)?))
}

pub(super) fn less(a: &Datum, b: &Datum) -> Result<bool, String> {
    let (a, b) = (&a.value, &b.value);
    const BAD: &str = "invalid type for comparison";
    let (Some(kind), Some(other)) = (basic(a), basic(b)) else { return Err(BAD.to_owned()) };
    match (a, b) {
        (Value::Int(..), Value::Int(..)) => Ok(integers(a, b) == Some(Ordering::Less)),
        _ if kind != other => Err(incompatible(a, b)),
        (Value::Float(a), Value::Float(b)) => Ok(a < b),
        (Value::String(a), Value::String(b)) => Ok(a < b),
        _ => Err(BAD.to_owned()),
    }
}

pub(super) fn less_or_equal(a: &Datum, b: &Datum) -> Result<bool, String> {
    Ok(less(a, b)? || equal_to(&a.value, &b.value)?)
}
