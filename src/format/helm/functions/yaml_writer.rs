//! YAML as Helm's `toYaml` and `toYamlPretty` write it: the bytes of go-yaml's emitter, because charts hash them.
//!
//! `toYaml` goes through JSON (`sigs.k8s.io/yaml`): numbers are read from it again, and what JSON cannot hold is refused.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    json_writer,
    merge::{DEPTH, fits, too_deep},
    number::{Float, format_float, parse_int, parse_uint},
    yaml_scalar::{Version, compare_keys, is_plain_string},
};
use crate::format::helm::{
    template::Failure,
    value::{IntType, Str, Value},
};

/// Lines of `toYaml` are folded from here on.
const WIDTH: usize = 80;

/// Longer keys are written after a question mark.
const SIMPLE_KEY: usize = 128;

/// Longer keys cannot be read from JSON again.
const LONGEST_KEY: usize = 1_024;

/// Writes `value` as a document, with the line break at its end.
///
/// # Errors
/// What Go cannot write, in its words; what nests too deep (`value-depth`), overlong texts (`string-bytes`).
pub(super) fn write(value: &Value, version: Version) -> Result<String, Failure> {
    let mut emitter =
        Emitter { out: String::new(), version, column: 0, indent: -1, whitespace: true, indention: true, depth: 0 };
    emitter.node(value, Place::Root)?;
    emitter.indent = -1;
    emitter.write_indent();
    Ok(emitter.out)
}

/// Where a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Item,
    /// A key on its line, before the colon.
    SimpleKey,
    Key,
    Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

struct Emitter {
    out: String,
    version: Version,
    column: usize,
    indent: isize,
    /// Whether the last character was a space.
    whitespace: bool,
    /// Whether there was nothing but indentation on the line.
    indention: bool,
    depth: usize,
}

impl Emitter {
    fn node(&mut self, value: &Value, place: Place) -> Result<(), Failure> {
        if self.depth > DEPTH {
            return Err(too_deep());
        }
        fits(&self.out)?;
        self.depth += 1;
        match value {
            Value::Nil => self.scalar("null", Style::Plain, place),
            Value::Bool(value) => self.scalar(if *value { "true" } else { "false" }, Style::Plain, place),
            Value::Int(value, IntType::Duration) if self.version == Version::V3 => {
                self.string(&super::duration::format_duration(*value), place);
            }
            Value::Int(value, IntType::Uint64) => self.scalar(&(*value as u64).to_string(), Style::Plain, place),
            Value::Int(value, _) => self.scalar(&value.to_string(), Style::Plain, place),
            Value::Float(value) => self.float(*value, place)?,
            Value::String(text) => self.text(text, place)?,
            Value::Bytes(_) if self.version == Version::V2 => {
                let text = json_writer::write(value, json_writer::Style::PLAIN)?;
                self.string(text.trim_matches('"'), place);
            }
            Value::List(list) if list.is_nil() && self.version == Version::V2 => {
                self.scalar("null", Style::Plain, place)
            }
            Value::Map(map) if map.is_nil() && self.version == Version::V2 => self.scalar("null", Style::Plain, place),
            Value::List(list) => self.sequence(list, place)?,
            Value::Bytes(_) => self.sequence(&value.as_list().map(|list| list.to_vec()).unwrap_or_default(), place)?,
            Value::Map(map) => {
                let entries = map.entries().into_iter().map(|(key, value)| (Str::new(key), value));
                self.mapping(entries.collect())?;
            }
            Value::Object(object) if self.version == Version::V3 && super::objects::is_time(object.as_ref()) => {
                let text = super::objects::marshal_text(object.as_ref()).unwrap_or_default();
                self.scalar(&text, Style::Plain, place);
            }
            Value::Object(object) => match (super::objects::marshal_text(object.as_ref()), object.underlying()) {
                (Some(text), _) => self.string(&text, place),
                (None, Some(value)) => self.node(&value, place)?,
                (None, None) => {
                    // v3 writes the names of fields small, and in their order.
                    let name = |name: &str| match self.version {
                        Version::V2 => name.to_owned(),
                        Version::V3 => name.to_lowercase(),
                    };
                    let fields = object.fields().into_iter().map(|(key, value)| (Str::new(name(key)), value));
                    let fields = fields.collect();
                    self.mapping(fields)?;
                }
            },
        }
        self.depth -= 1;
        Ok(())
    }

    fn float(&mut self, value: f64, place: Place) -> Result<(), Failure> {
        let text = match self.version {
            Version::V2 => {
                let json = json_writer::write(&Value::Float(value), json_writer::Style::PLAIN)?;
                match (parse_int(&json, 0), parse_uint(&json, 0)) {
                    (Some(whole), _) => whole.to_string(),
                    (None, Some(whole)) => whole.to_string(),
                    _ => format_float(value, Float::General),
                }
            }
            Version::V3 if value.is_nan() => ".nan".to_owned(),
            Version::V3 if value.is_infinite() => if value > 0.0 { ".inf" } else { "-.inf" }.to_owned(),
            Version::V3 => format_float(value, Float::General),
        };
        self.scalar(&text, Style::Plain, place);
        Ok(())
    }

    fn text(&mut self, text: &Str, place: Place) -> Result<(), Failure> {
        match self.version {
            Version::V2 => self.string(&through_json(text)?, place),
            Version::V3 => match text.as_str() {
                Some(text) => self.string(text, place),
                None => self.binary(text.as_bytes(), place),
            },
        }
        Ok(())
    }

    /// Bytes that are no text, in base 64.
    fn binary(&mut self, bytes: &[u8], place: Place) {
        const LINE: usize = 70;
        let encoded = STANDARD.encode(bytes);
        if !self.whitespace {
            self.put(' ');
        }
        "!!binary".chars().for_each(|character| self.put(character));
        self.whitespace = false;
        self.indention = false;
        if encoded.len() < LINE {
            return self.scalar(&encoded, Style::Plain, place);
        }
        let lines: Vec<&str> =
            encoded.as_bytes().chunks(LINE).filter_map(|line| std::str::from_utf8(line).ok()).collect();
        self.scalar(&(lines.join("\n") + "\n"), Style::Literal, place);
    }

    fn string(&mut self, text: &str, place: Place) {
        let style = if text.contains('\n') {
            Style::Literal
        } else if is_plain_string(text, self.version) {
            Style::Plain
        } else {
            Style::Double
        };
        self.scalar(text, style, place);
    }

    fn sequence(&mut self, items: &[Value], place: Place) -> Result<(), Failure> {
        if items.is_empty() {
            self.write_indicator("[", true, true, false);
            self.write_indicator("]", false, false, false);
            return Ok(());
        }
        let in_mapping = matches!(place, Place::Key | Place::Value);
        let before = self.indent;
        let indentless = self.version == Version::V2 && in_mapping && !self.indention;
        self.increase_indent(false, indentless);
        for item in items {
            self.write_indent();
            self.write_indicator("-", true, false, true);
            self.node(item, Place::Item)?;
        }
        self.indent = before;
        Ok(())
    }

    fn mapping(&mut self, mut entries: Vec<(Str, Value)>) -> Result<(), Failure> {
        if entries.is_empty() {
            self.write_indicator("{", true, true, false);
            self.write_indicator("}", false, false, false);
            return Ok(());
        }
        let version = self.version;
        entries.sort_by(|(a, _), (b, _)| compare_keys(&a.to_str(), &b.to_str(), version));
        let before = self.indent;
        self.increase_indent(false, false);
        for (key, value) in &entries {
            self.write_indent();
            let key = self.key(key)?;
            let is_simple = key.len() <= SIMPLE_KEY && !key.contains(is_break);
            if is_simple {
                self.string(&key, Place::SimpleKey);
                self.write_indicator(":", false, false, false);
            } else {
                self.write_indicator("?", true, false, true);
                self.string(&key, Place::Key);
                self.write_indent();
                self.write_indicator(":", true, false, true);
            }
            self.node(value, Place::Value)?;
        }
        self.indent = before;
        Ok(())
    }

    fn key(&self, key: &Str) -> Result<String, Failure> {
        if self.version == Version::V3 {
            return Ok(key.to_str().into_owned());
        }
        let mut quoted = String::new();
        json_writer::write_string(key.as_bytes(), true, &mut quoted);
        if quoted.chars().count() > LONGEST_KEY || quoted.contains('\u{85}') {
            return Err("yaml: did not find expected ',' or '}'".into());
        }
        through_json(key)
    }

    fn increase_indent(&mut self, flow: bool, indentless: bool) {
        if self.indent < 0 {
            self.indent = if flow { 2 } else { 0 };
        } else if !indentless {
            self.indent += 2;
        }
    }

    fn scalar(&mut self, text: &str, style: Style, place: Place) {
        let analysis = Analysis::of(text, self.version);
        let is_simple_key = place == Place::SimpleKey;
        let mut style = if is_simple_key && analysis.multiline { Style::Double } else { style };
        if style == Style::Plain && !analysis.plain_allowed {
            style = Style::Single;
        }
        if style == Style::Single && !analysis.single_allowed {
            style = Style::Double;
        }
        if style == Style::Literal && (!analysis.block_allowed || is_simple_key) {
            style = Style::Double;
        }
        let before = self.indent;
        self.increase_indent(true, false);
        let characters: Vec<char> = text.chars().collect();
        match style {
            Style::Plain => self.write_plain(&characters, !is_simple_key),
            Style::Single => self.write_single(&characters, !is_simple_key),
            Style::Double => self.write_double(&characters, !is_simple_key),
            Style::Literal => self.write_literal(&characters),
        }
        self.indent = before;
    }

    fn put(&mut self, character: char) {
        self.out.push(character);
        self.column += 1;
    }

    fn put_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
        if self.version == Version::V3 {
            self.indention = true;
        }
    }

    /// A line break of a text, whichever it is.
    fn copy_break(&mut self, character: char) {
        if character == '\n' {
            return self.put_break();
        }
        self.out.push(character);
        self.column = 0;
        if self.version == Version::V3 {
            self.indention = true;
        }
    }

    fn write_indent(&mut self) {
        let indent = self.indent.max(0) as usize;
        if !self.indention || self.column > indent || self.column == indent && !self.whitespace {
            self.put_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        if self.version == Version::V2 {
            self.indention = true;
        }
    }

    fn write_indicator(&mut self, text: &str, needs_space: bool, is_space: bool, is_indention: bool) {
        if needs_space && !self.whitespace {
            self.put(' ');
        }
        text.chars().for_each(|character| self.put(character));
        self.whitespace = is_space;
        self.indention = self.indention && is_indention;
    }

    /// Whether a space at the current column becomes a line break.
    fn folds(&self) -> bool {
        self.version == Version::V2 && self.column > WIDTH
    }

    fn write_plain(&mut self, text: &[char], may_break: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        self.write_foldable(text, may_break, 0, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn write_single(&mut self, text: &[char], may_break: bool) {
        self.write_indicator("'", true, false, false);
        self.write_foldable(text, may_break, 1, true);
        self.write_indicator("'", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    /// `margin`: how many characters at the ends must not be folded.
    fn write_foldable(&mut self, text: &[char], may_break: bool, margin: usize, doubles_quotes: bool) {
        let (mut spaces, mut breaks) = (false, false);
        for (at, &character) in text.iter().enumerate() {
            if character == ' ' {
                let is_inside = at >= margin && at + margin < text.len();
                if may_break && !spaces && self.folds() && is_inside && text.get(at + 1) != Some(&' ') {
                    self.write_indent();
                } else {
                    self.put(' ');
                }
                spaces = true;
            } else if is_break(character) {
                if !breaks && character == '\n' {
                    self.put_break();
                }
                self.copy_break(character);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                if doubles_quotes && character == '\'' {
                    self.put('\'');
                }
                self.put(character);
                self.indention = false;
                (spaces, breaks) = (false, false);
            }
        }
    }

    fn write_double(&mut self, text: &[char], may_break: bool) {
        self.write_indicator("\"", true, false, false);
        // go-yaml looks for the byte order mark at the beginning only, and then escapes everything.
        let escapes_all = text.first() == Some(&'\u{FEFF}');
        let mut spaces = false;
        for (at, &character) in text.iter().enumerate() {
            if escapes_all || !is_printable(character) || is_break(character) || matches!(character, '"' | '\\') {
                self.put('\\');
                escape(character).chars().for_each(|character| self.put(character));
                spaces = false;
            } else if character == ' ' {
                if may_break && !spaces && self.folds() && at > 0 && at + 1 < text.len() {
                    self.write_indent();
                    if text[at + 1] == ' ' {
                        self.put('\\');
                    }
                } else {
                    self.put(' ');
                }
                spaces = true;
            } else {
                self.put(character);
                spaces = false;
            }
        }
        self.write_indicator("\"", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn write_literal(&mut self, text: &[char]) {
        self.write_indicator("|", true, false, false);
        if text.first().is_some_and(|first| *first == ' ' || is_break(*first)) {
            self.write_indicator("2", false, false, false);
        }
        match text {
            [.., last] if !is_break(*last) => self.write_indicator("-", false, false, false),
            [_] => self.write_indicator("+", false, false, false),
            [.., before, _] if is_break(*before) => self.write_indicator("+", false, false, false),
            _ => {}
        }
        self.put_break();
        self.indention = true;
        self.whitespace = true;
        let mut breaks = true;
        for &character in text {
            if is_break(character) {
                self.copy_break(character);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                self.put(character);
                self.indention = false;
                breaks = false;
            }
        }
    }
}

/// What styles a text can be written in.
struct Analysis {
    multiline: bool,
    plain_allowed: bool,
    single_allowed: bool,
    block_allowed: bool,
}

impl Analysis {
    fn of(text: &str, version: Version) -> Analysis {
        let characters: Vec<char> = text.chars().collect();
        let (Some(&first), Some(&last)) = (characters.first(), characters.last()) else {
            return Analysis { multiline: false, plain_allowed: true, single_allowed: true, block_allowed: false };
        };
        let is_tab = |character: char| version == Version::V3 && character == '\t';
        let special = characters.iter().any(|character| !is_printable(*character) && !is_tab(*character));
        let tabs = characters.iter().any(|character| is_tab(*character));
        let multiline = characters.iter().copied().any(is_break);
        let pairs = || characters.windows(2).map(|pair| (pair[0], pair[1]));
        let break_space = pairs().any(|(a, b)| is_break(a) && b == ' ');
        let space_break = pairs().any(|(a, b)| a == ' ' && is_break(b));
        let has_margin = first == ' ' || is_break(first) || last == ' ' || is_break(last);
        let bad = space_break || special;
        Analysis {
            multiline,
            plain_allowed: !(has_margin || break_space || bad || tabs || multiline || has_indicators(&characters)),
            single_allowed: !(break_space || bad || tabs),
            block_allowed: !(last == ' ' || bad),
        }
    }
}

/// Whether characters stand where they would mean something.
fn has_indicators(text: &[char]) -> bool {
    if text.starts_with(&['-', '-', '-']) || text.starts_with(&['.', '.', '.']) {
        return true;
    }
    let is_blank = |at: usize| text.get(at).is_none_or(|character| matches!(character, ' ' | '\t'));
    let after_space = |at: usize| at == 0 || matches!(text[at - 1], ' ' | '\t' | '\0') || is_break(text[at - 1]);
    text.iter().enumerate().any(|(at, character)| match character {
        '#' => at == 0 || after_space(at),
        ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => at == 0,
        '?' | '-' => at == 0 && is_blank(1),
        ':' => is_blank(at + 1),
        _ => false,
    })
}

fn is_break(character: char) -> bool {
    matches!(character, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What go-yaml prints as it is; characters beyond the first plane are not among it.
fn is_printable(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}') && character != '\u{FEFF}'
}

/// What follows the backslash.
fn escape(character: char) -> String {
    let short = match character {
        '\0' => "0",
        '\u{7}' => "a",
        '\u{8}' => "b",
        '\t' => "t",
        '\n' => "n",
        '\u{b}' => "v",
        '\u{c}' => "f",
        '\r' => "r",
        '\u{1b}' => "e",
        '"' => "\"",
        '\\' => "\\",
        '\u{85}' => "N",
        '\u{a0}' => "_",
        '\u{2028}' => "L",
        '\u{2029}' => "P",
        character => {
            return match character as u32 {
                code @ ..0x100 => format!("x{code:02X}"),
                code @ ..0x10000 => format!("u{code:04X}"),
                code => format!("U{code:08X}"),
            };
        }
    };
    short.to_owned()
}

/// A string as JSON writes it and YAML reads it again: control characters are refused, and the next-line character is a
/// line break to YAML, which folds it.
fn through_json(text: &Str) -> Result<String, Failure> {
    let shown: String = super::runes::runes(text.as_bytes()).into_iter().collect();
    let is_control =
        |character: char| matches!(character, '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}') && character != '\u{85}';
    if shown.contains(is_control) {
        return Err("yaml: control characters are not allowed".into());
    }
    if !shown.contains('\u{85}') {
        return Ok(shown);
    }
    let mut out = String::new();
    let mut rest = shown.as_str();
    while let Some(at) = rest.find('\u{85}') {
        out.push_str(rest[..at].trim_end_matches(' '));
        let after = rest[at..].trim_start_matches([' ', '\u{85}']);
        let run = &rest[at..rest.len() - after.len()];
        match run.matches('\u{85}').count() {
            1 => out.push(' '),
            count => out.extend(std::iter::repeat_n('\n', count - 1)),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}
