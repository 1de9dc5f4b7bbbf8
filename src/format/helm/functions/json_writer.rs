//! JSON as Go's `encoding/json` writes it.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    merge::{DEPTH, fits, too_deep},
    number::{Float, format_float},
};
use crate::format::helm::{
    template::Failure,
    value::{IntType, Object, Value},
};

/// How JSON is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Whether `<`, `>` and `&` are escaped.
    pub(super) html: bool,
    /// One member a line, two spaces a level.
    pub(super) pretty: bool,
}

impl Style {
    /// `json.Marshal`.
    pub(super) const PLAIN: Style = Style { html: true, pretty: false };
}

/// Writes `value`.
///
/// # Errors
/// Floats that are no numbers, in Go's words; what nests too deep (`value-depth`), overlong texts
/// (`string-bytes`).
pub(super) fn write(value: &Value, style: Style) -> Result<String, Failure> {
    let mut writer = Writer { out: String::new(), style, level: 0 };
    writer.value(value)?;
    Ok(writer.out)
}

struct Writer {
    out: String,
    style: Style,
    level: usize,
}

impl Writer {
    fn value(&mut self, value: &Value) -> Result<(), Failure> {
        fits(&self.out)?;
        match value {
            Value::Nil => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Int(value, IntType::Uint64) => self.out.push_str(&(*value as u64).to_string()),
            Value::Int(value, _) => self.out.push_str(&value.to_string()),
            Value::Float(value) if !value.is_finite() => {
                let shown = format_float(*value, Float::General);
                return Err(Failure::Error(format!("json: unsupported value: {shown}")));
            }
            Value::Float(value) => self.out.push_str(&format_float(*value, Float::Json)),
            Value::String(text) => write_string(text.as_bytes(), self.style.html, &mut self.out),
            Value::Bytes(bytes) => {
                self.out.push('"');
                STANDARD.encode_string(bytes, &mut self.out);
                self.out.push('"');
            }
            Value::List(list) if list.is_nil() => self.out.push_str("null"),
            Value::List(list) => self.members('[', ']', list.iter(), Writer::value)?,
            Value::Map(map) if map.is_nil() => self.out.push_str("null"),
            Value::Map(map) => {
                // BTreeMap: sorted by bytes, as Go sorts them.
                self.members('{', '}', map.entries().iter(), |writer, (key, value)| writer.member(key, value))?;
            }
            Value::Object(object) => self.object(object.as_ref())?,
        }
        Ok(())
    }

    /// What knows how to write itself as text is that text; every other object its data.
    fn object(&mut self, object: &dyn Object) -> Result<(), Failure> {
        if let Some(text) = super::objects::marshal_text(object) {
            write_string(text.as_bytes(), self.style.html, &mut self.out);
            return Ok(());
        }
        match object.underlying() {
            Some(value) => self.value(&value),
            None => {
                let fields = object.fields();
                self.members('{', '}', fields.iter(), |writer, (name, value)| writer.member(name, value))
            }
        }
    }

    fn member(&mut self, key: &str, value: &Value) -> Result<(), Failure> {
        write_string(key.as_bytes(), self.style.html, &mut self.out);
        self.out.push_str(if self.style.pretty { ": " } else { ":" });
        self.value(value)
    }

    fn members<T>(
        &mut self,
        open: char,
        close: char,
        members: impl ExactSizeIterator<Item = T>,
        mut write: impl FnMut(&mut Writer, T) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if self.level > DEPTH {
            return Err(too_deep());
        }
        let is_empty = members.len() == 0;
        self.out.push(open);
        self.level += 1;
        for (index, member) in members.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.line();
            write(self, member)?;
        }
        self.level -= 1;
        if !is_empty {
            self.line();
        }
        self.out.push(close);
        Ok(())
    }

    fn line(&mut self) {
        if self.style.pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", self.level));
        }
    }
}

/// A string in quotes; what is not UTF-8 is written as `\ufffd`.
pub(super) fn write_string(bytes: &[u8], html: bool, out: &mut String) {
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '<' | '>' | '&' if html => push_escape(character, out),
                '\0'..' ' | '\u{2028}' | '\u{2029}' => push_escape(character, out),
                character => out.push(character),
            }
        }
        chunk.invalid().iter().for_each(|_| out.push_str("\\ufffd"));
    }
    out.push('"');
}

fn push_escape(character: char, out: &mut String) {
    out.push_str(&format!("\\u{:04x}", character as u32));
}
