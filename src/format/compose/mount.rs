//! The short forms of volumes and devices.

use crate::document::{Entry, Mapping, Node, Span, Value};

use super::{
    canonical::IntoValue,
    error::{Fault, Result},
    path::KeyPath,
};

/// `source:target:mode` as the mapping it stands for.
pub(super) fn volume(node: &mut Node, path: &KeyPath) -> Result<()> {
    let span = node.span;
    let Some(text) = node.as_str() else { return Ok(()) };
    let parts = split(text);
    let wrong = |why: &str| Err(Fault::value(path, format!("{why}: `{text}`"), span));
    if parts.iter().any(|part| part.is_empty()) {
        return wrong("has an empty section between colons");
    }
    let (source, target, modes) = match parts.as_slice() {
        [target] => (None, *target, ""),
        [source, target] => (Some(*source), *target, ""),
        [source, target, modes] => (Some(*source), *target, *modes),
        _ => return wrong("has too many colons"),
    };
    let bind = source.is_some_and(is_path);
    let mut mapping = Members { mapping: Mapping::new(), span };
    mapping.add("type", if bind { "bind" } else { "volume" }.into_value());
    if let Some(source) = source {
        mapping.add("source", source.into_value());
    }
    mapping.add("target", clean(target).as_str().into_value());
    let mut options = Members { mapping: Mapping::new(), span };
    if bind {
        options.add("create_host_path", Value::Bool(true));
    }
    for mode in modes.split(',') {
        match mode {
            "ro" => mapping.add("read_only", Value::Bool(true)),
            "nocopy" if !bind => options.add("nocopy", Value::Bool(true)),
            "z" | "Z" if bind => options.add("selinux", mode.into_value()),
            "rprivate" | "private" | "rshared" | "shared" | "rslave" | "slave" if bind => {
                options.add("propagation", mode.into_value());
            }
            _ => {}
        }
    }
    mapping.add(if bind { "bind" } else { "volume" }, Value::Mapping(options.mapping));
    node.value = Value::Mapping(mapping.mapping);
    Ok(())
}

/// `source:target:permissions` as the mapping it stands for.
pub(super) fn device(node: &mut Node, path: &KeyPath) -> Result<()> {
    let span = node.span;
    let Some(text) = node.as_str() else { return Ok(()) };
    let parts: Vec<&str> = text.split(':').collect();
    let (source, target, permissions) = match parts.as_slice() {
        [source] => (*source, *source, "rwm"),
        [source, target] => (*source, *target, "rwm"),
        [source, target, permissions] => (*source, *target, *permissions),
        _ => return Err(Fault::value(path, format!("is no device: `{text}`"), span)),
    };
    let mut mapping = Members { mapping: Mapping::new(), span };
    mapping.add("source", source.into_value());
    mapping.add("target", if target.is_empty() { source } else { target }.into_value());
    mapping.add("permissions", permissions.into_value());
    node.value = Value::Mapping(mapping.mapping);
    Ok(())
}

/// A mapping whose members all stand where the short form stood.
struct Members {
    mapping: Mapping,
    span: Span,
}

impl Members {
    fn add(&mut self, key: &str, value: Value) {
        self.mapping.push(Entry { key: key.into(), key_span: self.span, value: Node::new(value, self.span) });
    }
}

/// Splits at colons, but not behind the letter of a Windows drive.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(':') {
        let drive = at == start + 1 && text.as_bytes()[start].is_ascii_alphabetic() && text.len() > 2;
        if !drive {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Whether a source is a path of the host rather than the name of a volume.
pub(super) fn is_path(source: &str) -> bool {
    let drive = source.as_bytes().get(1) == Some(&b':') && source.as_bytes()[0].is_ascii_alphabetic();
    source.starts_with(['.', '/', '~']) || source.starts_with("\\\\") || drive
}

/// A path without `.`, `..` and double slashes, as far as its text tells.
pub(super) fn clean(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            ".." if absolute => {}
            name => names.push(name),
        }
    }
    match (absolute, names.is_empty()) {
        (true, _) => format!("/{}", names.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => names.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::to_flow_yaml;

    #[test]
    fn short_volumes() {
        for (text, expected) in [
            ("data:/data", "{type: volume, source: data, target: /data, volume: {}}"),
            ("/data/", "{type: volume, target: /data, volume: {}}"),
            (
                "./a:/b:ro,z",
                "{type: bind, source: ./a, target: /b, read_only: true, bind: {create_host_path: true, selinux: z}}",
            ),
            (
                "~/a:/b:rshared",
                "{type: bind, source: ~/a, target: /b, bind: {create_host_path: true, propagation: rshared}}",
            ),
            ("vol:/a:nocopy", "{type: volume, source: vol, target: /a, volume: {nocopy: true}}"),
            ("C:\\x:/a", "{type: bind, source: 'C:\\x', target: /a, bind: {create_host_path: true}}"),
        ] {
            let mut node = Node::string(text);
            volume(&mut node, &KeyPath::default()).expect("it is right");
            assert_eq!(to_flow_yaml(&node), expected, "{text}");
        }
        for text in ["ab::cd", "ab:cd:ef:gh", ":b", ""] {
            assert!(volume(&mut Node::string(text), &KeyPath::default()).is_err(), "{text}");
        }
    }
}
