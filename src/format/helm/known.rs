//! The functions of templates by their names.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    functions,
    template::{Args, Context, Failure, Function},
    value::Value,
};

/// Finds a function.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    static KNOWN: LazyLock<HashMap<&'static str, &'static Function>> =
        LazyLock::new(|| functions::functions().map(|function| (function.name, function)).collect());
    KNOWN.get(name).copied()
}

/// What a function of one argument gives.
pub(super) fn call(name: &str, context: &mut Context<'_>, argument: Value) -> Result<Value, Failure> {
    match find(name) {
        Some(function) => (function.body)(context, Args(&[argument])),
        None => Err(format!("function {name:?} not defined").into()),
    }
}
