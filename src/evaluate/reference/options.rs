//! What the user knows to live elsewhere.

use globset::{Glob, GlobMatcher};

/// How to resolve references.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What lives outside the input: never reported as missing.
    pub allow_external: Vec<External>,
}

/// A pattern of what lives elsewhere: `Secret/tls-*`, `ConfigMap/*`, `ServiceAccount`, `Pod` (what selectors look for), `all`.
#[derive(Debug, Clone)]
pub struct External {
    /// `None`: every kind.
    kind: Option<Box<str>>,
    /// `None`: every name.
    name: Option<GlobMatcher>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExternalError {
    #[error("`{0}` is no pattern of external objects; write `all`, `KIND` or `KIND/NAME` (`Secret/tls-*`)")]
    Shape(String),
    #[error("`{0}` is no valid name pattern: {1}")]
    Glob(String, String),
}

impl std::str::FromStr for External {
    type Err = ExternalError;

    fn from_str(text: &str) -> Result<External, ExternalError> {
        let (kind, name) = text.split_once('/').map_or((text, None), |(kind, name)| (kind, Some(name)));
        if kind.is_empty() || name.is_some_and(str::is_empty) {
            return Err(ExternalError::Shape(text.to_owned()));
        }
        let any_kind = name.is_none() && kind.eq_ignore_ascii_case("all") || kind == "*";
        let name = name.map(|name| {
            Glob::new(name)
                .map(|glob| glob.compile_matcher())
                .map_err(|error| ExternalError::Glob(name.to_owned(), error.kind().to_string()))
        });
        Ok(External { kind: (!any_kind).then(|| kind.into()), name: name.transpose()? })
    }
}

impl Options {
    /// Whether `kind` of this name lives elsewhere; selectors have no name.
    pub(super) fn is_external(&self, kind: &str, name: &str) -> bool {
        self.allow_external.iter().any(|external| {
            external.kind.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(kind))
                && external.name.as_ref().is_none_or(|pattern| pattern.is_match(name))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let check = |pattern: &str, kind, name, expected| {
            let options = Options { allow_external: vec![pattern.parse().unwrap()] };
            assert_eq!(options.is_external(kind, name), expected, "{pattern} on {kind}/{name}");
        };
        check("all", "Secret", "a", true);
        check("secret/tls-*", "Secret", "tls-a", true);
        check("Secret/tls-*", "Secret", "a", false);
        check("Secret/tls-*", "ConfigMap", "tls-a", false);
        check("ConfigMap", "ConfigMap", "a", true);
        check("*/ca", "ConfigMap", "ca", true);
        check("Pod", "Pod", "", true);
        for wrong in ["", "/a", "Secret/", "Secret/["] {
            assert!(wrong.parse::<External>().is_err(), "{wrong}");
        }
    }
}
