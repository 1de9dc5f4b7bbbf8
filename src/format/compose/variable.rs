//! Interpolation: `$VAR`, `${VAR}` and what may follow the name in braces.
//!
//! | written | means |
//! |---|---|
//! | `${VAR:-default}`, `${VAR-default}` | `default` when VAR is unset or (with `:`) empty |
//! | `${VAR:+other}`, `${VAR+other}` | `other` when VAR is set and (with `:`) not empty, else nothing |
//! | `${VAR:?message}`, `${VAR?message}` | an error when VAR is unset or (with `:`) empty |
//! | `$$` | `$` |
//!
//! Defaults may hold variables themselves. A `$` before anything else stands for itself.

/// What can go wrong in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// `${` without an end, or without a name.
    Invalid,
    Required {
        name: String,
        reason: String,
    },
    /// More than `limit` levels or bytes.
    Limit {
        limit: &'static str,
        what: &'static str,
        allowed: usize,
    },
}

/// Where values of variables are looked up, and what was asked for in vain.
pub(super) struct Scope<'a> {
    pub(super) lookup: &'a dyn Fn(&str) -> Option<String>,
    /// Variables without default that are not set; each stands for nothing.
    pub(super) unset: Vec<String>,
    /// Bytes that may still be written (`interpolation`).
    pub(super) budget: usize,
}

/// Defaults within defaults.
const DEPTH: usize = 32;
/// Bytes that interpolation may write for one project, if the caller says nothing else.
pub(super) const BUDGET: usize = 64 << 20;

/// `text` with its variables replaced.
pub(super) fn interpolate(text: &str, scope: &mut Scope<'_>) -> Result<String, Problem> {
    if !text.contains('$') {
        return Ok(text.to_owned());
    }
    expand(text, scope, 0)
}

fn expand(text: &str, scope: &mut Scope<'_>, depth: usize) -> Result<String, Problem> {
    if depth > DEPTH {
        return Err(Problem::Limit { limit: "depth", what: "the nesting of variables", allowed: DEPTH });
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some(braced) = rest.strip_prefix('{') {
            let end = closing(braced).ok_or(Problem::Invalid)?;
            out.push_str(&substitute(&braced[..end], scope, depth)?);
            rest = &braced[end + 1..];
        } else {
            let length = name_length(rest);
            match length {
                0 => out.push('$'),
                _ => out.push_str(&plain(&rest[..length], scope)),
            }
            rest = &rest[length..];
        }
        spend(out.len(), scope)?;
    }
    out.push_str(rest);
    scope.budget = scope.budget.saturating_sub(out.len());
    Ok(out)
}

fn spend(written: usize, scope: &Scope<'_>) -> Result<(), Problem> {
    let limit = Problem::Limit { limit: "interpolation", what: "what interpolation writes", allowed: BUDGET };
    if written > scope.budget { Err(limit) } else { Ok(()) }
}

/// The brace that closes the one before `text`.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

fn name_length(text: &str) -> usize {
    let letter = |c: char| c == '_' || c.is_ascii_alphabetic();
    if !text.starts_with(letter) {
        return 0;
    }
    text.find(|c| !letter(c) && !c.is_ascii_digit()).unwrap_or(text.len())
}

fn plain(name: &str, scope: &mut Scope<'_>) -> String {
    (scope.lookup)(name).unwrap_or_else(|| {
        scope.unset.push(name.to_owned());
        String::new()
    })
}

/// What stands between braces.
fn substitute(inner: &str, scope: &mut Scope<'_>, depth: usize) -> Result<String, Problem> {
    let (name, rest) = inner.split_at(name_length(inner));
    if name.is_empty() {
        return Err(Problem::Invalid);
    }
    let (emptiness_counts, operation) = match rest.strip_prefix(':') {
        Some(operation) => (true, operation),
        None => (false, rest),
    };
    let mut characters = operation.chars();
    let operator = match characters.next() {
        None if !emptiness_counts => return Ok(plain(name, scope)),
        Some(operator @ ('-' | '+' | '?')) => operator,
        _ => return Err(Problem::Invalid),
    };
    let word = characters.as_str();
    let value = (scope.lookup)(name);
    let present = value.as_ref().is_some_and(|value| !emptiness_counts || !value.is_empty());
    match operator {
        '-' if present => Ok(value.unwrap_or_default()),
        '+' if !present => Ok(String::new()),
        '-' | '+' => expand(word, scope, depth + 1),
        _ if present => Ok(value.unwrap_or_default()),
        _ => Err(Problem::Required { name: name.to_owned(), reason: expand(word, scope, depth + 1)? }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Result<String, Problem> {
        let lookup = |name: &str| match name {
            "A" => Some("a".to_owned()),
            "EMPTY" => Some(String::new()),
            "DOLLAR" => Some("$A".to_owned()),
            _ => None,
        };
        interpolate(text, &mut Scope { lookup: &lookup, unset: Vec::new(), budget: 1000 })
    }

    /// What `docker compose config` 5.6 answers.
    #[test]
    fn variables_are_replaced() {
        for (text, expected) in [
            ("x", "x"),
            ("$A ${A} $$A $${A} $", "a a $A ${A} $"),
            ("$1 $ $-", "$1 $ $-"),
            ("${A}b$A-c", "aba-c"),
            ("${NO}.$NO", "."),
            ("${NO:-d}${NO-d}${EMPTY:-d}${EMPTY-d}", "ddd"),
            ("${A:+x}${A+x}${EMPTY:+x}${EMPTY+x}${NO+x}", "xxx"),
            ("${A:?no}${EMPTY?no}", "a"),
            ("${NO:-${NO2:-${A}}}!", "a!"),
            ("${NO:-{a}}", "{a}"),
            ("${NO:-a:-b?c}", "a:-b?c"),
            ("${NO:-$$}", "$"),
            ("$DOLLAR", "$A"),
            ("${a_1:-é}", "é"),
        ] {
            assert_eq!(run(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_template_is_told() {
        let required = |reason: &str| Problem::Required { name: "NO".into(), reason: reason.into() };
        for (text, expected) in [
            ("${", Problem::Invalid),
            ("${}", Problem::Invalid),
            ("${1}", Problem::Invalid),
            ("${A:}", Problem::Invalid),
            ("${A b}", Problem::Invalid),
            ("${NO:-x", Problem::Invalid),
            ("${NO?}", required("")),
            ("${NO:?set $A}", required("set a")),
        ] {
            assert_eq!(run(text), Err(expected), "{text}");
        }
        let deep = format!("{}{}", "${NO:-".repeat(100), "}".repeat(100));
        assert!(matches!(run(&deep), Err(Problem::Limit { limit: "depth", .. })));
        assert!(matches!(run(&"$A".repeat(2000)), Err(Problem::Limit { limit: "interpolation", .. })));
    }
}
