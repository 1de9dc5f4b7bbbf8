//! `reflect.DeepEqual`.

use super::merge::DEPTH;
use crate::format::helm::{
    template::{Context, Failure},
    value::Value,
};

/// Whether two values are of the same types and of equal content. Below [`DEPTH`] nothing is equal.
///
/// # Errors
/// Too many values (`steps`).
pub(super) fn is_equal(context: &mut Context<'_>, a: &Value, b: &Value) -> Result<bool, Failure> {
    is_equal_at(context, a, b, 0)
}

fn is_equal_at(context: &mut Context<'_>, a: &Value, b: &Value, depth: usize) -> Result<bool, Failure> {
    context.spend(1)?;
    if depth > DEPTH || a.type_of() != b.type_of() {
        return Ok(false);
    }
    Ok(match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a, _), Value::Int(b, _)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::List(a), Value::List(b)) if a.is_same(b) => true,
        (Value::List(a), Value::List(b)) if a.is_nil() != b.is_nil() || a.len() != b.len() => false,
        (Value::List(a), Value::List(b)) => are_equal(context, a.iter().zip(b.iter()), depth)?,
        (Value::Map(a), Value::Map(b)) if a.is_same(b) => true,
        (Value::Map(a), Value::Map(b)) if a.is_nil() != b.is_nil() || a.len() != b.len() => false,
        (Value::Map(a), Value::Map(b)) => {
            let (a, b) = (a.borrow(), b.borrow());
            a.keys().eq(b.keys()) && are_equal(context, a.values().zip(b.values()), depth)?
        }
        (Value::Object(a), Value::Object(b)) => match (a.underlying(), b.underlying()) {
            (Some(a), Some(b)) => is_equal_at(context, &a, &b, depth + 1)?,
            _ if std::rc::Rc::ptr_eq(a, b) => true,
            _ => {
                let (fields, others) = (a.fields(), b.fields());
                let values = fields.iter().zip(&others).map(|((_, a), (_, b))| (a, b));
                a.display() == b.display() && fields.len() == others.len() && are_equal(context, values, depth)?
            }
        },
        _ => false,
    })
}

/// Whether the values of each pair are equal.
fn are_equal<'v>(
    context: &mut Context<'_>,
    pairs: impl Iterator<Item = (&'v Value, &'v Value)>,
    depth: usize,
) -> Result<bool, Failure> {
    for (a, b) in pairs {
        if !is_equal_at(context, a, b, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}
