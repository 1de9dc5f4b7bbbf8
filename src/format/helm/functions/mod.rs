//! The functions of Helm's templates: all that Helm 4.3 enables (its own and Sprig's, without `env` and `expandenv`).
//!
//! They give the same bytes as Helm's, oddities included, because charts hash and compare what they give. What is
//! different, on purpose: `keys` and `values` are sorted (Go gives them in any order), the local zone is UTC, what is
//! random comes from the render's seed, and what could use up the machine has a limit that the error names.
//!
//! What is refused, by an error that says so: DSA keys and keys on other curves than P-256, times beyond the year 9999, and
//! TOML of strings that are not UTF-8. The errors that `fromYaml`, `fromToml` and wrong regular expressions tell are in
//! words of our own where Go's parsers have others.
//!
//! The executor itself has `include` and `tpl`, and Go's own functions.

mod cast;
mod constraint;
mod crypto;
mod dates;
mod decimal;
mod defaults;
mod dicts;
mod duration;
mod encoding;
mod equal;
mod json_reader;
mod json_writer;
mod layout;
mod lists;
mod math;
mod merge;
mod number;
mod objects;
mod paths;
mod pattern;
mod print;
mod random;
mod reflection;
mod regex;
mod runes;
mod semver;
mod serialisation;
mod strings;
mod time;
mod time_parser;
mod toml_reader;
mod toml_writer;
mod uri;
mod words;
mod yaml_scalar;
mod yaml_writer;

#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::LazyLock};

use super::template::Function;

pub(super) use constraint::Constraints;
pub(super) use semver::Version;

/// All functions, by family.
pub const FAMILIES: &[&[Function]] = &[
    crypto::FUNCTIONS,
    dates::FUNCTIONS,
    defaults::FUNCTIONS,
    dicts::FUNCTIONS,
    encoding::FUNCTIONS,
    lists::FUNCTIONS,
    math::FUNCTIONS,
    paths::FUNCTIONS,
    random::FUNCTIONS,
    reflection::FUNCTIONS,
    regex::FUNCTIONS,
    semver::FUNCTIONS,
    serialisation::FUNCTIONS,
    strings::FUNCTIONS,
    uri::FUNCTIONS,
];

/// A value as Go writes it as JSON.
///
/// # Errors
/// What JSON has no word for, and what nests too deep.
pub(super) fn json(value: &super::value::Value) -> Result<String, super::template::Failure> {
    json_writer::write(value, json_writer::Style::PLAIN)
}

/// The function called `name`.
pub fn find(name: &str) -> Option<&'static Function> {
    static BY_NAME: LazyLock<HashMap<&str, &Function>> =
        LazyLock::new(|| functions().map(|function| (function.name, function)).collect());
    BY_NAME.get(name).copied()
}

/// All functions.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().copied().flatten()
}
