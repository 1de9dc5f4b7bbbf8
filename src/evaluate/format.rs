//! Single values: enumerations, formats, and the bounds that CustomResourceDefinitions set.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    document::{Node, Number, Path, Quantity, Value, nearest},
    registry::{Constraints, Schema},
};

use super::{Checker, Edit, Fix, base64, code::schema as code};

/// One of the words of an enumeration, if `schema` is one.
pub(super) fn word(schema: &Schema, text: &str, node: &Node, path: &Path<'_>, check: &mut Checker<'_>) {
    if !schema.enumeration.is_empty() && !schema.enumeration.iter().any(|word| **word == *text) {
        let words: Vec<&str> = schema.enumeration.iter().map(|word| &**word).collect();
        let finding = check.report(code::ENUM, node.span, path, format!("unsupported value `{text}`"));
        match nearest(text, words.iter().copied()) {
            Some(meant) => {
                finding.help(format!("did you mean `{meant}`?"));
                let edit = Edit { span: node.span, replacement: meant.to_owned() };
                finding.fix(Fix { title: format!("replace `{text}` by `{meant}`"), edits: vec![edit] });
            }
            None => {
                finding.help(format!("supported values are {}", words.join(", ")));
            }
        }
    }
}

pub(super) fn string(schema: &Schema, text: &str, node: &Node, path: &Path<'_>, check: &mut Checker<'_>) {
    let problem = match schema.format.as_deref() {
        Some("byte") if base64::decoded_len(text).is_none() => {
            Some("base64 (letters, digits, `+` and `/`, padded with `=` to a multiple of four)")
        }
        Some("date-time") if text.parse::<jiff::Timestamp>().is_err() => {
            Some("a time in RFC 3339 form (`2006-01-02T15:04:05Z`)")
        }
        Some("ipv4") if text.parse::<std::net::Ipv4Addr>().is_err() => Some("an IPv4 address"),
        Some("ipv6") if text.parse::<std::net::Ipv6Addr>().is_err() => Some("an IPv6 address"),
        _ => None,
    };
    if let Some(wanted) = problem {
        let shown: String = text.chars().take(40).collect();
        let finding = check.report(code::FORMAT, node.span, path, format!("`{shown}` is not {wanted}"));
        if schema.format.as_deref() == Some("byte") {
            // The value may be a secret: it is not repeated.
            finding.message = format!("the value is not {wanted}");
            finding.help("encode it (`base64 -w0`), or in a Secret use `stringData`, which takes it as it is");
        }
    }
}

pub(super) fn integer(format: Option<&str>, number: &Number, node: &Node, path: &Path<'_>, check: &mut Checker<'_>) {
    let fits = match format {
        Some("int64") => number.as_f64().abs() < 9.3e18 && number.as_i64().is_some(),
        // int32, int-or-string and integers of no format in Kubernetes' own types are 32 bits wide.
        Some("int32") | Some("int-or-string") => number.as_i64().is_some_and(|value| i32::try_from(value).is_ok()),
        _ => true,
    };
    if !fits {
        let bits = if format == Some("int64") { 64 } else { 32 };
        check.report(code::FORMAT, node.span, path, format!("{number} does not fit into {bits} bits"));
    }
}

pub(super) fn quantity(node: &Node, path: &Path<'_>, check: &mut Checker<'_>) {
    let text = node.value.to_string();
    if Quantity::parse(&text).is_none() {
        let finding = check.report(code::FORMAT, node.span, path, format!("`{text}` is not a quantity"));
        finding.help("a number with an optional suffix: n, u, m, k, M, G, T, P, E or Ki, Mi, Gi, Ti, Pi, Ei");
    }
}

pub(super) fn constraints(constraints: &Constraints, node: &Node, path: &Path<'_>, check: &mut Checker<'_>) {
    if let Some(message) = broken(constraints, node) {
        check.report(code::CONSTRAINT, node.span, path, message);
    }
}

/// What the bounds say about `node`, the first one it breaks.
fn broken(bounds: &Constraints, node: &Node) -> Option<String> {
    match &node.value {
        Value::Number(number) => {
            let value = number.as_f64();
            match (bounds.minimum, bounds.maximum, bounds.multiple_of) {
                (Some((least, exclusive)), ..) if value < least || (exclusive && value == least) => {
                    return Some(format!(
                        "{number} is too small: it must be {} {least}",
                        if exclusive { "above" } else { "at least" }
                    ));
                }
                (_, Some((most, exclusive)), _) if value > most || (exclusive && value == most) => {
                    return Some(format!(
                        "{number} is too large: it must be {} {most}",
                        if exclusive { "below" } else { "at most" }
                    ));
                }
                (.., Some(step)) if step > 0.0 && ((value / step) - (value / step).round()).abs() > 1e-9 => {
                    return Some(format!("{number} is not a multiple of {step}"));
                }
                _ => {}
            }
        }
        Value::String(text) => {
            let length = text.chars().count() as u64;
            if let Some(message) = outside(length, bounds.min_length, bounds.max_length, "character") {
                return Some(message);
            }
            if let Some(pattern) = bounds.pattern.as_deref()
                && !matches(pattern, text)
            {
                return Some(format!(
                    "`{}` does not match the pattern `{pattern}`",
                    text.chars().take(60).collect::<String>()
                ));
            }
        }
        Value::Sequence(items) => return outside(items.len() as u64, bounds.min_items, bounds.max_items, "item"),
        Value::Mapping(mapping) => {
            return outside(mapping.len() as u64, bounds.min_properties, bounds.max_properties, "field");
        }
        Value::Bool(_) | Value::Null => {}
    }
    let json = serde_json::to_string(node).unwrap_or_default();
    (!bounds.values.is_empty() && !bounds.values.iter().any(|value| **value == *json))
        .then(|| format!("unsupported value {json}: supported values are {}", bounds.values.join(", ")))
}

fn outside(count: u64, least: Option<u64>, most: Option<u64>, what: &str) -> Option<String> {
    let plural = |count: u64| if count == 1 { "" } else { "s" };
    match (least, most) {
        (Some(least), _) if count < least => {
            Some(format!("{count} {what}{}: there must be at least {least}", plural(count)))
        }
        (_, Some(most)) if count > most => {
            Some(format!("{count} {what}{}: there may be at most {most}", plural(count)))
        }
        _ => None,
    }
}

/// Whether `text` matches an RE2 pattern; patterns that this engine cannot compile judge nothing.
fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, Option<regex::Regex>>> = RefCell::new(HashMap::new());
    }
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            let regex = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build().ok();
            compiled.insert(pattern.to_owned(), regex);
        }
        compiled[pattern].as_ref().is_none_or(|regex| regex.is_match(text))
    })
}
