//! Names and values as Kubernetes takes them.

use std::collections::BTreeSet;

/// What a DNS label holds at most.
const LONGEST: usize = 63;

/// `name` as a DNS label that begins with a letter: what names of workloads, Services and volumes can be.
pub(super) fn label(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let mut label: String = name.chars().map(safe).collect();
    label = label.trim_matches('-').to_owned();
    if !label.starts_with(|c: char| c.is_ascii_lowercase()) {
        label.insert_str(0, if label.is_empty() { "x" } else { "x-" });
    }
    label.truncate(LONGEST);
    label.trim_end_matches('-').to_owned()
}

/// Names that are taken, by kind.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<(&'static str, String)>,
}

impl Names {
    /// A free name of `kind` near `wanted`.
    pub(super) fn claim(&mut self, kind: &'static str, wanted: &str) -> String {
        let base = label(wanted);
        let mut name = base.clone();
        let mut number = 1;
        while !self.taken.insert((kind, name.clone())) {
            number += 1;
            let suffix = format!("-{number}");
            let kept = base.len().min(LONGEST - suffix.len());
            name = format!("{}{suffix}", base[..kept].trim_end_matches('-'));
        }
        name
    }

    pub(super) fn is_free(&self, kind: &'static str, name: &str) -> bool {
        !self.taken.contains(&(kind, name.to_owned()))
    }
}

pub(super) fn is_label(name: &str) -> bool {
    label(name) == name
}

/// DNS labels with dots between.
pub(super) fn is_domain(name: &str) -> bool {
    let part = |part: &str| {
        let inner = part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        !part.is_empty() && part.len() <= LONGEST && inner && !part.starts_with('-') && !part.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(part)
}

/// The key of a label or an annotation: `[domain/]name`.
pub(super) fn is_key(key: &str) -> bool {
    let (prefix, name) = key.rsplit_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    !name.is_empty() && is_value(name) && prefix.is_none_or(is_domain)
}

/// The value of a label.
pub(super) fn is_value(value: &str) -> bool {
    let end = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_alphanumeric);
    let bytes = value.as_bytes();
    value.len() <= LONGEST
        && end(bytes.first())
        && end(bytes.last())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// The name of a variable that every version of Kubernetes takes.
pub(super) fn is_variable(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(inner)
        && name != "."
        && name != ".."
        && !name.starts_with("..")
}

/// A key of a ConfigMap or Secret near the name of a file.
pub(super) fn data_key(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let mut key: String = name.chars().map(safe).take(253).collect();
    if key.is_empty() || key == "." || key.starts_with("..") {
        key = format!("file{}", key.replace("..", "-"));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_labels() {
        for (name, expected) in
            [("web", "web"), ("My_Web.1", "my-web-1"), ("1a", "x-1a"), ("_", "x"), ("-a-", "a"), ("", "x")]
        {
            assert_eq!(label(name), expected);
        }
        assert_eq!(label(&"a".repeat(100)).len(), 63);
        let mut names = Names::default();
        assert_eq!(["a_b", "a-b", "a.b"].map(|name| names.claim("Service", name)), ["a-b", "a-b-2", "a-b-3"]);
        assert!(is_key("traefik.http.routers.x.rule") && is_key("a.io/b") && !is_key("a/b/c d") && !is_key(""));
        assert!(is_value("") && is_value("v1.2") && !is_value("Host(`x`)") && !is_value("-a"));
    }
}
