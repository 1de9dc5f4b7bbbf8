//! ConfigMaps and Secrets from literals, files and environment files.

use super::{
    Build,
    error::{Fault, Result},
    file::Generator,
    load::Location,
    read::Word,
    resource::Resource,
};
use crate::{
    document::{Entry, Mapping, Node, Span, Text, Value},
    tree::file_name,
};

/// A key and its bytes.
struct Data {
    key: Text,
    bytes: Vec<u8>,
    span: Span,
}

impl Build<'_> {
    /// Makes the object of an entry of `configMapGenerator` or `secretGenerator`.
    pub(super) fn generate(&mut self, at: &Location, generator: &Generator, is_secret: bool) -> Result<Resource> {
        if generator.name.is_empty() {
            return Err(Fault::invalid("a generator needs a `name`", generator.span));
        }
        let mut data = self.data(at, generator)?;
        data.sort_by(|a, b| a.key.cmp(&b.key));
        if let Some(twice) = data.windows(2).find(|pair| pair[0].key == pair[1].key) {
            let message = format!("the key `{}` is given twice", twice[1].key);
            return Err(Fault::invalid(message, twice[1].span));
        }
        let mut root = Object::new(generator.span);
        root.text("apiVersion", "v1");
        root.text("kind", if is_secret { "Secret" } else { "ConfigMap" });
        root.add("metadata", metadata(generator));
        if is_secret {
            let opaque = Word { text: "Opaque".into(), span: generator.span };
            let of_type = if generator.of_type.is_empty() { &opaque } else { &generator.of_type };
            root.add("type", of_type.node());
        }
        add_data(&mut root, data, is_secret);
        if generator.options.immutable {
            root.add("immutable", Node::new(Value::Bool(true), generator.span));
        }
        Ok(Resource {
            needs_hash: !generator.options.without_hash,
            behavior: generator.behavior,
            ..Resource::new(root.node())
        })
    }

    fn data(&mut self, at: &Location, generator: &Generator) -> Result<Vec<Data>> {
        let mut data = Vec::new();
        for path in &generator.envs {
            let (_, bytes) = self.bytes(at, path)?;
            read_env(&bytes, path, &mut data)?;
        }
        for literal in &generator.literals {
            let Some((key, value)) = literal.split_once('=').filter(|(key, _)| !key.is_empty()) else {
                return Err(Fault::invalid(format!("the literal `{}` is not `key=value`", literal.text), literal.span));
            };
            let quoted = ['"', '\''].iter().find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote));
            let value = quoted.unwrap_or(value).as_bytes().to_vec();
            data.push(Data { key: key.into(), bytes: value, span: literal.span });
        }
        for file in &generator.files {
            let (key, path) = match file.matches('=').count() {
                0 => (file_name(file), file.as_str()),
                1 => file.split_once('=').unwrap_or_default(),
                _ => ("", ""),
            };
            if key.is_empty() || path.is_empty() {
                return Err(Fault::invalid(format!("`{}` is neither `path` nor `key=path`", file.text), file.span));
            }
            let (_, bytes) = self.bytes(at, &Word { text: path.into(), span: file.span })?;
            data.push(Data { key: key.into(), bytes: bytes.to_vec(), span: file.span });
        }
        Ok(data)
    }
}

/// Reads lines `NAME=value`; a name without value is empty.
fn read_env(bytes: &[u8], path: &Word, data: &mut Vec<Data>) -> Result<()> {
    let refused = |line: usize, why: &str| Fault::invalid(format!("line {line} of `{}`: {why}", path.text), path.span);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (at, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let line = std::str::from_utf8(line).map_err(|_| refused(at + 1, "it is not UTF-8"))?;
        let line = line.strip_suffix('\r').unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        if key.is_empty() {
            continue;
        }
        data.push(Data { key: key.into(), bytes: value.as_bytes().to_vec(), span: path.span });
    }
    Ok(())
}

fn metadata(generator: &Generator) -> Node {
    let mut metadata = Object::new(generator.span);
    metadata.add("name", generator.name.node());
    if !generator.namespace.is_empty() {
        metadata.add("namespace", generator.namespace.node());
    }
    for (field, pairs) in [("labels", &generator.options.labels), ("annotations", &generator.options.annotations)] {
        if !pairs.is_empty() {
            let mut members = Object::new(generator.span);
            for pair in pairs {
                members.0.push(Entry { key: pair.key.clone(), key_span: pair.key_span, value: pair.value.node() });
            }
            metadata.add(field, members.node());
        }
    }
    metadata.node()
}

/// `data`, and `binaryData` of a ConfigMap for what is not UTF-8.
fn add_data(root: &mut Object, data: Vec<Data>, is_secret: bool) {
    let (mut texts, mut binary) = (Object::new(root.1), Object::new(root.1));
    for Data { key, bytes, span } in data {
        let (members, text) = match String::from_utf8(bytes) {
            Ok(text) if !is_secret => (&mut texts, text),
            Ok(text) => (&mut texts, base64(text.as_bytes())),
            Err(error) if is_secret => (&mut texts, base64(error.as_bytes())),
            Err(error) => (&mut binary, base64(error.as_bytes())),
        };
        members.0.push(Entry { key, key_span: span, value: Node::new(Value::String(text.into()), span) });
    }
    if is_secret || !texts.0.is_empty() {
        root.add("data", texts.node());
    }
    if !binary.0.is_empty() {
        root.add("binaryData", binary.node());
    }
}

/// An object in the making, all of whose keys stand at one place.
struct Object(Mapping, Span);

impl Object {
    fn new(span: Span) -> Object {
        Object(Mapping::new(), span)
    }

    fn add(&mut self, key: &str, value: Node) {
        self.0.push(Entry { key: key.into(), key_span: self.1, value });
    }

    fn text(&mut self, key: &str, value: &str) {
        self.add(key, Node::new(Value::String(value.into()), self.1));
    }

    fn node(self) -> Node {
        Node::new(Value::Mapping(self.0), self.1)
    }
}

/// Base64 in lines of 70 characters as soon as there is more than one, each of them ended.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const LINE: usize = 70;
    let length = bytes.len().div_ceil(3) * 4;
    let mut text = String::with_capacity(length + length / LINE + 1);
    let mut written = 0;
    let mut push = |c: char, text: &mut String| {
        text.push(c);
        written += 1;
        if length >= LINE && (written % LINE == 0 || written == length) {
            text.push('\n');
        }
    };
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * at)) as usize & 63];
            push(if at > chunk.len() { '=' } else { digit as char }, &mut text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_base64_has_lines() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"a"), "YQ==");
        assert_eq!(base64(b"ab"), "YWI=");
        assert_eq!(base64(&[0xff; 3]), "////");
        let lines = |count| base64(&vec![0; count]).lines().map(str::len).collect::<Vec<_>>();
        assert_eq!(lines(51), [68]);
        assert_eq!(lines(54), [70, 2]);
        assert!(base64(&[0; 105]).ends_with("A\n"));
        assert!(!base64(&[0; 51]).ends_with('\n'));
    }
}
