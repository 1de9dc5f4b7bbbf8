//! Values as texts, where Sprig makes such of them.

use crate::format::helm::{
    template::{self, Failure, Limits, sprint},
    value::{Str, Value},
};

/// `strval`: strings and bytes as they are, everything else as `%v`.
///
/// # Errors
/// As of [`print`].
pub(super) fn to_text(value: &Value) -> Result<Str, Failure> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bytes(bytes) => Ok(Str::from_bytes(bytes.to_vec())),
        value => print(value),
    }
}

/// `%v`.
///
/// # Errors
/// Values that hold themselves (`value-depth`), and overlong texts (`string-bytes`).
pub(super) fn print(value: &Value) -> Result<Str, Failure> {
    sprint(std::slice::from_ref(value), &Limits::default())
}

/// `%q`.
pub(super) fn quote(bytes: &[u8]) -> String {
    template::quote(bytes, '"', false)
}
