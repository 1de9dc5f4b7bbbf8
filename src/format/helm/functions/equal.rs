//! `reflect.DeepEqual`.

use super::merge::DEPTH;
use crate::format::helm::value::Value;

/// Whether two values are of the same types and of equal content. Below [`DEPTH`] nothing is equal.
pub(super) fn is_equal(a: &Value, b: &Value) -> bool {
    is_equal_at(a, b, 0)
}

fn is_equal_at(a: &Value, b: &Value, depth: usize) -> bool {
    if depth > DEPTH || a.type_of() != b.type_of() {
        return false;
    }
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a, _), Value::Int(b, _)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.is_same(b)
                || a.is_nil() == b.is_nil()
                    && a.len() == b.len()
                    && a.iter().zip(b.iter()).all(|(a, b)| is_equal_at(a, b, depth + 1))
        }
        (Value::Map(a), Value::Map(b)) => {
            let same_entries = || {
                let (a, b) = (a.borrow(), b.borrow());
                a.iter().zip(b.iter()).all(|((key, a), (other, b))| key == other && is_equal_at(a, b, depth + 1))
            };
            a.is_same(b) || a.is_nil() == b.is_nil() && a.len() == b.len() && same_entries()
        }
        (Value::Object(a), Value::Object(b)) => match (a.underlying(), b.underlying()) {
            (Some(a), Some(b)) => is_equal_at(&a, &b, depth + 1),
            _ if std::rc::Rc::ptr_eq(a, b) => true,
            _ => {
                let (fields, others) = (a.fields(), b.fields());
                a.display() == b.display()
                    && fields.len() == others.len()
                    && fields.iter().zip(&others).all(|((_, a), (_, b))| is_equal_at(a, b, depth + 1))
            }
        },
        _ => false,
    }
}
