//! The conversions of `spf13/cast`: what cannot be converted is zero.

use super::number::{parse_float, parse_int};
use crate::format::helm::value::{IntType, Value};

/// `int64`, and `int` of 64 bits.
pub(super) fn to_int(value: &Value) -> i64 {
    match value {
        Value::Bool(value) => i64::from(*value),
        // A duration is a type of its own, which the library does not know.
        Value::Int(_, IntType::Duration) => 0,
        Value::Int(value, _) => *value,
        Value::Float(value) => truncate(*value),
        Value::String(text) => text.as_str().and_then(|text| parse_int(without_zero_decimals(text), 0)).unwrap_or(0),
        _ => 0,
    }
}

/// `float64`.
pub(super) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Int(_, IntType::Duration) => 0.0,
        Value::Int(value, IntType::Uint64) => *value as u64 as f64,
        Value::Int(value, _) => *value as f64,
        Value::Float(value) => *value,
        Value::String(text) => text.as_str().and_then(parse_float).unwrap_or(0.0),
        _ => 0.0,
    }
}

/// A float as a whole number, as the processors do it that Helm runs on: what has no room is the smallest number.
pub(super) fn truncate(value: f64) -> i64 {
    const END: f64 = 9_223_372_036_854_775_808.0;
    if (-END..END).contains(&value) { value as i64 } else { i64::MIN }
}

/// `12.00` is `12`; `12.5` stays, and then is no number.
fn without_zero_decimals(text: &str) -> &str {
    let whole = text.trim_end_matches('0');
    match whole.strip_suffix('.') {
        Some(number) if whole.len() < text.len() => number,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        for (value, expected) in [
            (Value::from("12.00"), 12),
            (Value::from("12.5"), 0),
            (Value::from("010"), 8),
            (Value::from("12."), 0),
            (Value::from("1e3"), 0),
            (Value::Float(-1.9), -1),
            (Value::Float(1e300), i64::MIN),
            (Value::Float(f64::NAN), i64::MIN),
            (Value::Bool(true), 1),
            (Value::Nil, 0),
            (Value::Int(5, IntType::Duration), 0),
        ] {
            assert_eq!(to_int(&value), expected, "{value:?}");
        }
    }
}
