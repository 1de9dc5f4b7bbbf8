//! Files of variables: `.env` and `env_file`.
//!
//! The grammar is that of compose-go's `dotenv`: `KEY=value` or `KEY: value`, `export` before it, `#` comments, single
//! quotes (literal), double quotes (escapes and variables), values over several lines in quotes. A key alone takes its
//! value from the variables that are given.

use crate::document::Span;

use super::variable::{self, Problem, Scope};

/// A variable and the bytes of the file it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) span: Span,
}

/// Why a file cannot be read, and the line (counted from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problems {
    pub(super) line: usize,
    pub(super) why: String,
}

type Result<T> = std::result::Result<T, Problems>;

/// Reads `text`; `lookup` knows the variables that are set already, which win in interpolation.
pub(super) fn read(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Variable>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, at: 0, found: Vec::new(), lookup };
    while reader.statement()? {}
    Ok(reader.found)
}

/// Reads `text` in the format `raw`: a variable a line, everything after `=` as it stands.
pub(super) fn read_raw(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Variable>> {
    let mut found = Vec::new();
    let mut at = 0;
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let span = Span::new(at, at + whole.trim_end().len());
        at += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (line.trim(), lookup(line.trim())),
        };
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(Problems { line: index + 1, why: format!("`{name}` is no name of a variable") });
        }
        let Some(value) = value else { continue };
        set(&mut found, Variable { name: name.to_owned(), value, span });
    }
    Ok(found)
}

fn set(found: &mut Vec<Variable>, variable: Variable) {
    match found.iter_mut().find(|known| known.name == variable.name) {
        Some(known) => *known = variable,
        None => found.push(variable),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    found: Vec<Variable>,
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

/// White space that does not end a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn problem<T>(&self, why: impl Into<String>) -> Result<T> {
        let line = self.text[..self.at].matches('\n').count() + 1;
        Err(Problems { line, why: why.into() })
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !skipped(c)).unwrap_or(rest.len());
    }

    /// Reads one statement; false at the end.
    fn statement(&mut self) -> Result<bool> {
        self.skip(char::is_whitespace);
        if self.rest().is_empty() {
            return Ok(false);
        }
        if self.rest().starts_with('#') {
            self.skip(|c| c != '\n');
            return Ok(true);
        }
        let begun = self.at;
        if let Some(rest) = self.rest().strip_prefix("export")
            && rest.starts_with(is_blank)
        {
            self.at += "export".len();
            self.skip(is_blank);
        }
        let rest = self.rest();
        let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']') || is_blank(c);
        let length = rest.find(|c| !named(c)).unwrap_or(rest.len());
        let (name, end) = (rest[..length].trim_end().to_owned(), rest[length..].chars().next());
        if name.contains(char::is_whitespace) {
            return self.problem(format!("the name `{name}` holds a space"));
        }
        match end {
            Some('=' | ':') if !name.is_empty() => self.at += length + 1,
            None | Some('\n') if !name.is_empty() => {
                let span = Span::new(begun, self.at + name.len());
                self.at += length;
                if let Some(value) = (self.lookup)(&name) {
                    set(&mut self.found, Variable { name, value, span });
                }
                return Ok(true);
            }
            end => return self.problem(format!("`{}` is not expected here", end.unwrap_or(' '))),
        }
        self.skip(is_blank);
        let value = self.value()?;
        let end = begun + self.text[begun..self.at].trim_end().len();
        set(&mut self.found, Variable { name, value, span: Span::new(begun, end) });
        Ok(true)
    }

    fn value(&mut self) -> Result<String> {
        let quote = match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => quote,
            _ => {
                let line = self.rest().split('\n').next().unwrap_or_default();
                let length = line.len();
                let value = line.find(" #").map_or(line, |at| &line[..at]).trim_end().to_owned();
                let value = self.expand(&value);
                self.at += length;
                return value;
            }
        };
        let mut characters = self.rest().char_indices().skip(1);
        let mut value = String::new();
        while let Some((at, c)) = characters.next() {
            if c == quote {
                let end = self.at + at + 1;
                let value = if quote == '"' { self.expand(&unescaped(&value))? } else { value };
                self.at = end;
                return Ok(value);
            }
            if c != '\\' {
                value.push(c);
                continue;
            }
            // Only a quote loses its backslash here.
            match characters.next() {
                Some((_, c)) if c == quote => value.push(c),
                Some((_, c)) => value.extend(['\\', c]),
                None => break,
            }
        }
        self.problem("a quoted value has no end")
    }

    fn expand(&self, text: &str) -> Result<String> {
        let known = |name: &str| {
            let here = || self.found.iter().find(|variable| variable.name == name);
            (self.lookup)(name).or_else(|| here().map(|variable| variable.value.clone()))
        };
        let mut scope = Scope { lookup: &known, unset: Vec::new(), budget: variable::BUDGET };
        match variable::interpolate(text, &mut scope) {
            Ok(value) => Ok(value),
            Err(Problem::Invalid) => self.problem(format!("`{text}` is no valid interpolation")),
            Err(Problem::Required { name, reason }) => self.problem(format!("variable `{name}` is required: {reason}")),
            Err(Problem::Limit { limit, what, allowed }) => {
                self.problem(format!("{what} exceeds the limit `{limit}` of {allowed}"))
            }
        }
    }
}

/// Escapes of double quotes; `\$` becomes the `$$` of interpolation, unknown ones stay.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let plain = match rest.chars().next() {
            Some('$') => "$$",
            Some('a') => "\u{7}",
            Some('b') => "\u{8}",
            Some('f') => "\u{c}",
            Some('n') => "\n",
            Some('r') => "\r",
            Some('t') => "\t",
            Some('v') => "\u{b}",
            Some('"') => "\"",
            Some('\\') => "\\",
            Some('0') => {
                let digits = rest[1..].bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
                match u32::from_str_radix(&rest[1..1 + digits], 8).ok().and_then(char::from_u32) {
                    Some(c) if digits == 3 => out.push(c),
                    _ => out.push_str(&text_of_escape(rest, digits)),
                }
                rest = &rest[1 + digits..];
                continue;
            }
            _ => {
                out.push('\\');
                continue;
            }
        };
        out.push_str(plain);
        rest = &rest[1..];
    }
    out.push_str(rest);
    out
}

fn text_of_escape(rest: &str, digits: usize) -> String {
    format!("\\{}", &rest[1..1 + digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> String {
        let lookup = |name: &str| (name == "SET").then(|| "set".to_owned());
        match read(text, &lookup) {
            Ok(found) => found.iter().map(|v| format!("{}={};", v.name, v.value)).collect(),
            Err(problem) => format!("{}: {}", problem.line, problem.why),
        }
    }

    #[test]
    fn the_grammar() {
        for (text, expected) in [
            ("A=1\nB=2", "A=1;B=2;"),
            ("\u{feff}A = 1 \n\n  # note\nB: x # note\nC=x#y", "A=1;B=x;C=x#y;"),
            ("export A=1", "A=1;"),
            ("A='$SET \\n'", "A=$SET \\n;"),
            ("A=\"$SET\\n\\$x\\\"\"", "A=set\n$x\";"),
            ("A=\"one\ntwo\"\nB=1", "A=one\ntwo;B=1;"),
            ("A=1\nB=$A-${A}-${NO:-d}-$SET", "A=1;B=1-1-d-set;"),
            ("SET\nNOT\nA=1", "SET=set;A=1;"),
            ("A=\nB=\"\"", "A=;B=;"),
            ("A=1\nA=2", "A=2;"),
            ("A=a=b", "A=a=b;"),
            ("A=1\r\nB=2\r\n", "A=1;B=2;"),
            ("A=1\nB C=2", "2: the name `B C` holds a space"),
            ("A=1\nB='x", "2: a quoted value has no end"),
            ("A=1\n=2", "2: `=` is not expected here"),
            ("A!=2", "1: `!` is not expected here"),
        ] {
            assert_eq!(run(text), expected, "{text:?}");
        }
    }

    #[test]
    fn raw_values_stay() {
        let found = read_raw("A='x' # $B\n#c\nNO\n", &|_| None).expect("it is right");
        assert_eq!(found, [Variable { name: "A".into(), value: "'x' # $B".into(), span: Span::new(0, 10) }]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[A-C =:'\"\\\\\n${}#é0]{0,60}") {
            let _ = read(&text, &|_| None);
            let _ = read_raw(&text, &|_| None);
        }
    }
}
