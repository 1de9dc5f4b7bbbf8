//! What `--set` and its kin say: `a.b[0]=1,c={x,y}` (`pkg/strvals` of Helm).

use std::{iter::Peekable, str::CharIndices, sync::Arc};

use super::setting::{Data, Setting, Table};
use crate::{
    document::{Source, Span, Text},
    format::helm::{Error, Place},
};

/// The highest index of a list that can be set (CVE-2022-36055).
const HIGHEST_INDEX: usize = 65_536;
/// How deep a key may lead.
const DEEPEST: usize = 30;

/// What the values of an assignment are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavor {
    /// `--set`: `true`, `null` and whole numbers are what they look like.
    Typed,
    /// `--set-string`
    String,
    /// `--set-json`: the values, or all of it, are JSON.
    Json,
    /// `--set-file`: names of files, which hold the values.
    File,
    /// `--set-literal`: one string, in which nothing is special.
    Literal,
}

impl Flavor {
    /// The flag that says it.
    pub fn flag(self) -> &'static str {
        match self {
            Flavor::Typed => "--set",
            Flavor::String => "--set-string",
            Flavor::Json => "--set-json",
            Flavor::File => "--set-file",
            Flavor::Literal => "--set-literal",
        }
    }
}

/// Gives the text of a file of `--set-file`.
///
/// # Errors
/// Why it cannot be read.
pub type ReadFile<'a> = &'a (dyn Fn(&str) -> Result<Arc<Source>, String> + Sync);

/// Sets in `values` what `text` says.
///
/// # Errors
/// [`Error::Set`] with the place in `text`.
pub(in crate::format::helm) fn set(
    values: &Table,
    flavor: Flavor,
    text: &str,
    read_file: ReadFile<'_>,
) -> Result<(), Error> {
    let source = Arc::new(Source::new(flavor.flag(), text));
    let mut parser = Parser { rest: text.char_indices().peekable(), source: &source, flavor, read_file };
    let parsed = match flavor {
        Flavor::Json if text.trim_start().starts_with('{') => parser.object(values),
        _ => parser.assignments(values),
    };
    parsed.map_err(|message| {
        let at = parser.at();
        Error::Set { flag: flavor.flag(), message, place: Place { source: source.clone(), span: Span::new(at, at) } }
    })
}

struct Parser<'a> {
    rest: Peekable<CharIndices<'a>>,
    source: &'a Arc<Source>,
    flavor: Flavor,
    read_file: ReadFile<'a>,
}

/// What was read up to one of the characters that end it.
struct Word {
    text: String,
    /// The character that ended it, which is read; `None` at the end.
    end: Option<char>,
    span: Span,
}

type Parsed<T> = Result<T, String>;

impl Parser<'_> {
    fn at(&mut self) -> usize {
        self.rest.peek().map_or(self.source.text().len(), |(at, _)| *at)
    }

    fn word(&mut self, ends: &[char]) -> Word {
        let start = self.at();
        let mut text = String::new();
        let mut ended = None;
        let mut end = start;
        while let Some((at, character)) = self.rest.next() {
            end = at;
            if ends.contains(&character) {
                ended = Some(character);
                break;
            }
            end = at + character.len_utf8();
            if character == '\\' && self.flavor != Flavor::Literal {
                match self.rest.next() {
                    Some((at, next)) => {
                        end = at + next.len_utf8();
                        text.push(next);
                    }
                    None => break,
                }
            } else {
                text.push(character);
            }
        }
        Word { text, end: ended, span: Span::new(start, end) }
    }

    fn assignments(&mut self, values: &Table) -> Parsed<()> {
        while self.assignment(values, 0)? {}
        Ok(())
    }

    /// One `key=value`; whether there was one.
    fn assignment(&mut self, values: &Table, depth: usize) -> Parsed<bool> {
        let ends: &[char] = if self.flavor == Flavor::Literal { &['=', '[', '.'] } else { &['=', '[', ',', '.'] };
        let Word { text: key, end, .. } = self.word(ends);
        match end {
            None if key.is_empty() => Ok(false),
            None => Err(format!("the key `{key}` has no value")),
            Some('=') => {
                let value = self.value()?;
                put(values, &key, value);
                Ok(true)
            }
            Some('[') => {
                let index = self.index()?;
                let mut list = match values.get(&key).map(|setting| setting.data) {
                    None => Vec::new(),
                    Some(Data::List(list)) => list,
                    Some(_) => return Err(format!("`{key}` is set to something that is not a list")),
                };
                self.item(&mut list, index, depth)?;
                put(values, &key, Setting::new(Data::List(list), None));
                Ok(true)
            }
            Some('.') => self.below(values, &key, depth + 1),
            Some(_) => Err(format!("the key `{key}` has no value")),
        }
    }

    fn below(&mut self, values: &Table, key: &str, depth: usize) -> Parsed<bool> {
        if depth > DEEPEST {
            return Err(format!("the key is nested deeper than the limit `set-depth` of {DEEPEST}"));
        }
        let table = match values.get(key).map(|setting| setting.data) {
            None => Table::default(),
            Some(Data::Table(table)) => table,
            Some(_) => return Err(format!("`{key}` is set to something that is not an object")),
        };
        let found = self.assignment(&table, depth)?;
        if found && table.is_empty() {
            return Err(format!("the key `{key}` has no value"));
        }
        if !table.is_empty() && values.get(key).is_none() {
            put(values, key, table.into());
        }
        Ok(found)
    }

    fn index(&mut self) -> Parsed<usize> {
        let Word { text, end, .. } = self.word(&[']']);
        if end.is_none() {
            return Err("`[` is not closed".to_owned());
        }
        match text.parse::<i64>() {
            Ok(index) if index < 0 => Err(format!("the index {index} is negative")),
            Ok(index) if index as usize > HIGHEST_INDEX => {
                Err(format!("the index {index} exceeds the limit `set-index` of {HIGHEST_INDEX}"))
            }
            Ok(index) => Ok(index as usize),
            Err(_) => Err(format!("`{text}` is not an index")),
        }
    }

    /// What comes after `[index]`.
    fn item(&mut self, list: &mut Vec<Setting>, index: usize, depth: usize) -> Parsed<()> {
        if depth > DEEPEST {
            return Err(format!("the key is nested deeper than the limit `set-depth` of {DEEPEST}"));
        }
        let Word { text, end, .. } = self.word(&['[', '.', '=']);
        if !text.is_empty() {
            return Err(format!("`{text}` stands after an index"));
        }
        let there = list.get(index).map(|item| item.data.clone());
        let item = match end {
            Some('=') => self.value()?,
            Some('[') => {
                let within = self.index()?;
                let mut items = match there {
                    None | Some(Data::Null) => Vec::new(),
                    Some(Data::List(items)) => items,
                    Some(_) => return Err("the item is set to something that is not a list".to_owned()),
                };
                self.item(&mut items, within, depth + 1)?;
                Setting::new(Data::List(items), None)
            }
            Some(_) => {
                let table = match there {
                    Some(Data::Table(table)) => table,
                    _ => Table::default(),
                };
                if !self.assignment(&table, depth)? {
                    return Err("the item has no value".to_owned());
                }
                table.into()
            }
            None => return Err("the item has no value".to_owned()),
        };
        if list.len() <= index {
            list.resize_with(index + 1, || Setting::new(Data::Null, None));
        }
        list[index] = item;
        Ok(())
    }

    fn value(&mut self) -> Parsed<Setting> {
        if self.flavor == Flavor::Json {
            return self.json();
        }
        if self.flavor != Flavor::Literal && self.rest.next_if(|(_, character)| *character == '{').is_some() {
            return self.list();
        }
        let ends: &[char] = if self.flavor == Flavor::Literal { &[] } else { &[','] };
        let empty = self.at() == self.source.text().len();
        let word = self.word(ends);
        if empty { Ok(self.here(Data::String(Text::new()), word.span)) } else { self.scalar(word) }
    }

    /// `a,b}`, and a comma after it.
    fn list(&mut self) -> Parsed<Setting> {
        let start = self.at();
        let mut items = Vec::new();
        loop {
            let word = self.word(&[',', '}']);
            let end = word.end;
            let after = word.span.end as usize;
            match end {
                None => return Err("the list must end with `}`".to_owned()),
                Some(_) => items.push(self.scalar(word)?),
            }
            if end == Some('}') {
                self.rest.next_if(|(_, character)| *character == ',');
                return Ok(self.here(Data::List(items), Span::new(start, after)));
            }
        }
    }

    fn scalar(&self, word: Word) -> Parsed<Setting> {
        let Word { text, span, .. } = word;
        let data = match self.flavor {
            Flavor::Typed => typed(&text),
            Flavor::File => {
                let source = (self.read_file)(&text)?;
                let (data, span) = (Data::String(source.text().into()), Span::new(0, source.text().len()));
                return Ok(Setting::new(data, Some(Place { source, span })));
            }
            Flavor::String | Flavor::Json | Flavor::Literal => Data::String(text.into()),
        };
        Ok(self.here(data, span))
    }

    /// A value of JSON and the comma after it; nothing is `null`.
    fn json(&mut self) -> Parsed<Setting> {
        let start = self.at();
        if self.comma() {
            return Ok(self.here(Data::Null, Span::new(start, start)));
        }
        let start = self.at();
        let rest = &self.source.text()[start..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
        let value = match values.next() {
            Some(Ok(value)) => value,
            Some(Err(error)) => return Err(format!("the value is not JSON: {error}")),
            None => return Err("there is no value".to_owned()),
        };
        let end = start + values.byte_offset();
        while self.rest.next_if(|(at, _)| *at < end).is_some() {}
        self.comma();
        Ok(of_json(&value, &Place { source: self.source.clone(), span: Span::new(start, end) }))
    }

    /// Skips blanks and a comma; whether there was one, or nothing more.
    fn comma(&mut self) -> bool {
        while self.rest.next_if(|(_, character)| character.is_whitespace()).is_some() {}
        self.rest.peek().is_none() || self.rest.next_if(|(_, character)| *character == ',').is_some()
    }

    /// All of the text is one object.
    fn object(&mut self, values: &Table) -> Parsed<()> {
        let text = self.source.text();
        let value = serde_json::from_str(text).map_err(|error| format!("the value is not JSON: {error}"))?;
        let read = of_json(&value, &Place { source: self.source.clone(), span: Span::new(0, text.len()) });
        if let Some(table) = read.table() {
            super::merge(values, table);
        }
        Ok(())
    }

    fn here(&self, data: Data, span: Span) -> Setting {
        Setting::new(data, Some(Place { source: self.source.clone(), span }))
    }
}

/// Without a key nothing is set.
fn put(values: &Table, key: &str, value: Setting) {
    if !key.is_empty() {
        values.insert(key, value);
    }
}

fn typed(text: &str) -> Data {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("true") || is("false") {
        return Data::Bool(is("true"));
    }
    if is("null") {
        return Data::Null;
    }
    let number = text == "0" || !text.starts_with('0');
    match text.parse() {
        Ok(value) if number => Data::Int(value),
        _ => Data::String(text.into()),
    }
}

fn of_json(value: &serde_json::Value, place: &Place) -> Setting {
    let data = match value {
        serde_json::Value::Null => Data::Null,
        serde_json::Value::Bool(value) => Data::Bool(*value),
        serde_json::Value::Number(number) => Data::Float(number.as_f64().unwrap_or_default()),
        serde_json::Value::String(text) => Data::String(text.as_str().into()),
        serde_json::Value::Array(items) => Data::List(items.iter().map(|item| of_json(item, place)).collect()),
        serde_json::Value::Object(entries) => {
            let entry = |(key, value): (&String, _)| (Text::from(key.as_str()), of_json(value, place));
            Data::Table(entries.iter().map(entry).collect())
        }
    };
    Setting::new(data, Some(place.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(flavor: Flavor, base: &str, text: &str, expected: &str) {
        let no_file = |path: &str| Ok(Arc::new(Source::new(path, format!("<{path}>"))));
        let values = Table::default();
        for part in base.split(';').filter(|part| !part.is_empty()) {
            set(&values, Flavor::Typed, part, &no_file).expect("the base is sound");
        }
        let found = match set(&values, flavor, text, &no_file) {
            Ok(()) => Setting::from(values).to_json().to_string(),
            Err(Error::Set { message, .. }) => message,
            Err(other) => other.to_string(),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn assignments_are_read_as_helm_reads_them() {
        for (text, expected) in [
            ("", "{}"),
            ("a=1", r#"{"a":1}"#),
            ("a=1,b=true,c=null,d=False", r#"{"a":1,"b":true,"c":null,"d":false}"#),
            ("a=01,b=0,c=-1,d=1.5", r#"{"a":"01","b":0,"c":-1,"d":"1.5"}"#),
            ("a=", r#"{"a":""}"#),
            ("a=,b=1", r#"{"a":"","b":1}"#),
            ("a.b.c=d", r#"{"a":{"b":{"c":"d"}}}"#),
            ("a\\.b=c\\,d", r#"{"a.b":"c,d"}"#),
            ("a={b,c},d=e", r#"{"a":["b","c"],"d":"e"}"#),
            ("a={}", r#"{"a":[""]}"#),
            ("a={1,true}", r#"{"a":[1,true]}"#),
            ("a[1]=b", r#"{"a":[null,"b"]}"#),
            ("a[0].b=c,a[0].d=e", r#"{"a":[{"b":"c","d":"e"}]}"#),
            ("a[0][1]=b", r#"{"a":[[null,"b"]]}"#),
            ("a[0]={x,y}", r#"{"a":[["x","y"]]}"#),
            ("=x", "{}"),
            ("a", "the key `a` has no value"),
            ("a,b=1", "the key `a` has no value"),
            ("a={b", "the list must end with `}`"),
            ("a[x]=1", "`x` is not an index"),
            ("a[-1]=1", "the index -1 is negative"),
            ("a[65537]=1", "the index 65537 exceeds the limit `set-index` of 65536"),
            ("a[0]b=1", "`b` stands after an index"),
            ("a[0]", "the item has no value"),
            ("a[0", "`[` is not closed"),
            ("a.=1", "the key `a` has no value"),
        ] {
            check(Flavor::Typed, "", text, expected);
        }
        let deep = format!("{}=1", vec!["a"; 33].join("."));
        check(Flavor::Typed, "", &deep, "the key is nested deeper than the limit `set-depth` of 30");
    }

    #[test]
    fn what_is_set_already_is_changed() {
        for (base, text, expected) in [
            ("a.b=1;a.c=2", "a.b=3", r#"{"a":{"b":3,"c":2}}"#),
            ("a={x,y}", "a[1]=z", r#"{"a":["x","z"]}"#),
            ("a=1", "a.b=2", "`a` is set to something that is not an object"),
            ("a=1", "a[0]=2", "`a` is set to something that is not a list"),
            ("a={x}", "a[0].b=1", r#"{"a":[{"b":1}]}"#),
        ] {
            check(Flavor::Typed, base, text, expected);
        }
    }

    #[test]
    fn every_flag_has_its_values() {
        for (flavor, text, expected) in [
            (Flavor::String, "a=1,b={true,x}", r#"{"a":"1","b":["true","x"]}"#),
            (Flavor::File, "a=x.txt,b=y", r#"{"a":"<x.txt>","b":"<y>"}"#),
            (Flavor::Literal, "a.b[1]=x,y={z}\\", r#"{"a":{"b":[null,"x,y={z}\\"]}}"#),
            (Flavor::Literal, "a=", r#"{"a":""}"#),
            (
                Flavor::Json,
                r#"a={"b":[1,2.5]} ,c=null,d="x,y",e="#,
                r#"{"a":{"b":[1,2.5]},"c":null,"d":"x,y","e":null}"#,
            ),
            (Flavor::Json, r#"{"a":{"b":1}}"#, r#"{"a":{"b":1}}"#),
            (Flavor::Json, "a[1]=true", r#"{"a":[null,true]}"#),
        ] {
            check(flavor, "", text, expected);
        }
    }
}
