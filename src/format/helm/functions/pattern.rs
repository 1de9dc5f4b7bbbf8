//! Go's syntax of regular expressions (RE2) as the `regex` crate's.
//!
//! The two are of one family. What is different: Go's `\d`, `\s`, `\w` and `\b` know ASCII only, `\Q…\E` quotes, octal
//! escapes are characters, a class has no operators, and `a**` and `a{1001}` are refused.

/// Go refuses to repeat more often.
const MOST_REPEATED: u32 = 1_000;

/// Translates `pattern`.
///
/// # Errors
/// What Go says of a pattern that it refuses. What the crate refuses as well passes here.
pub(super) fn translate(pattern: &str) -> Result<String, String> {
    let mut translator =
        Translator { rest: pattern, out: String::with_capacity(pattern.len() + 16), repeated: None, names: Vec::new() };
    translator.run()?;
    Ok(translator.out)
}

struct Translator<'p> {
    rest: &'p str,
    out: String,
    /// The text from the repetition operator just read on, if one was.
    repeated: Option<&'p str>,
    names: Vec<&'p str>,
}

impl<'p> Translator<'p> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(character) = self.rest.chars().next() {
            let before = self.repeated.take();
            match character {
                '*' | '+' | '?' | '{' => self.repetition(before)?,
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                _ => {
                    self.take(character.len_utf8());
                    // Spaces and `#` are themselves in both; nothing turns on the verbose mode.
                    self.out.push(character);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, bytes: usize) -> &'p str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn repetition(&mut self, before: Option<&'p str>) -> Result<(), String> {
        let start = self.rest;
        let operator = match start.as_bytes()[0] {
            b'{' => match repeat_count(start) {
                Some(length) => length,
                None => {
                    self.take(1);
                    self.out.push_str("\\{");
                    return Ok(());
                }
            },
            _ => 1,
        };
        let lazy = usize::from(start.as_bytes().get(operator) == Some(&b'?'));
        let text = self.take(operator + lazy);
        if let Some(before) = before {
            let both = &before[..before.len() - self.rest.len()];
            return Err(format!("invalid nested repetition operator: `{both}`"));
        }
        let too_often = |number: &str| number.parse::<u32>().map_or(!number.is_empty(), |count| count > MOST_REPEATED);
        if text[..operator].trim_matches(['{', '}']).split(',').any(too_often) && text.starts_with('{') {
            return Err(format!("invalid repeat count: `{}`", &text[..operator]));
        }
        if self.out.is_empty() || self.out.ends_with(['(', '|']) && !self.out.ends_with("\\|") {
            return Err(format!("missing argument to repetition operator: `{text}`"));
        }
        self.out.push_str(text);
        self.repeated = Some(start);
        Ok(())
    }

    /// Flags that Go does not know are refused.
    fn group(&mut self) -> Result<(), String> {
        let flags = self.rest.strip_prefix("(?").filter(|rest| !rest.starts_with(['P', '<']));
        if let Some(flags) = flags {
            let end = flags.find([':', ')']).map_or(self.rest.len(), |end| end + 3);
            let bad = |flag: char| !matches!(flag, 'i' | 'm' | 's' | 'U' | '-');
            if let Some(at) = flags.find(bad).filter(|at| *at + 3 < end) {
                let shown = flags[at..].chars().next().map_or(0, char::len_utf8);
                return Err(format!("invalid or unsupported Perl syntax: `(?{}`", &flags[..at + shown]));
            }
            let text = self.take(end.min(self.rest.len()));
            self.out.push_str(text);
            return Ok(());
        }
        if let Some(after) = self.rest.strip_prefix("(?P<").or_else(|| self.rest.strip_prefix("(?<")) {
            // The name is taken as a whole: what is in it is no pattern.
            let (name, rest) = after.split_once('>').unwrap_or((after, ""));
            let end = self.rest.len() - rest.len();
            let text = self.take(end);
            // Go takes a name twice; the first one is meant when it is asked for.
            let again = self.names.contains(&name);
            self.names.push(name);
            self.out.push_str(if again { "(" } else { text });
            return Ok(());
        }
        self.take(1);
        self.out.push('(');
        Ok(())
    }

    fn escape(&mut self) -> Result<(), String> {
        if let Some(quoted) = self.rest.strip_prefix("\\Q") {
            let length = quoted.find("\\E").unwrap_or(quoted.len());
            quoted[..length].chars().for_each(|character| push_literal(&mut self.out, character));
            self.take((2 + length + 2).min(self.rest.len()));
            return Ok(());
        }
        let replacement = match self.rest.as_bytes().get(1) {
            Some(b'd') => "[0-9]",
            Some(b'D') => "[^0-9]",
            Some(b's') => "[\\t\\n\\x0C\\r ]",
            Some(b'S') => "[^\\t\\n\\x0C\\r ]",
            Some(b'w') => "[0-9A-Za-z_]",
            Some(b'W') => "[^0-9A-Za-z_]",
            Some(b'b') => "(?-u:\\b)",
            Some(b'B') => "(?-u:\\B)",
            Some(b'A') => "\\A",
            Some(b'z') => "\\z",
            _ => return self.character(),
        };
        self.take(2);
        self.out.push_str(replacement);
        Ok(())
    }

    /// An escape that stands for one character or a class of Unicode, in a class or not.
    fn character(&mut self) -> Result<(), String> {
        let Some(escaped) = self.rest.chars().nth(1) else {
            return Err("trailing backslash at end of expression: ``".into());
        };
        let shown = &self.rest[..1 + escaped.len_utf8()];
        match escaped {
            'p' | 'P' => self.unicode_class(escaped),
            'x' => {
                let length = match self.rest.as_bytes().get(2) {
                    Some(b'{') => self.rest.find('}').map_or(self.rest.len(), |end| end + 1),
                    _ => self.rest.char_indices().nth(4).map_or(self.rest.len(), |(at, _)| at),
                };
                let text = self.take(length);
                self.out.push_str(text);
            }
            '0' => self.octal(),
            '1'..='7' if matches!(self.rest.as_bytes().get(2), Some(b'0'..=b'7')) => self.octal(),
            'a' | 'f' | 'n' | 'r' | 't' | 'v' => {
                let text = self.take(2);
                self.out.push_str(text);
            }
            escaped if escaped.is_ascii() && !escaped.is_ascii_alphanumeric() => {
                self.take(2);
                push_literal(&mut self.out, escaped);
            }
            _ => return Err(format!("invalid escape sequence: `{shown}`")),
        }
        Ok(())
    }

    /// Up to three octal digits.
    fn octal(&mut self) {
        let digits = self.rest[1..].bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
        let code = u32::from_str_radix(&self.rest[1..1 + digits], 8).unwrap_or(0);
        self.take(1 + digits);
        push_literal(&mut self.out, char::from_u32(code).unwrap_or_default());
    }

    fn unicode_class(&mut self, letter: char) {
        let braced = self.rest.as_bytes().get(2) == Some(&b'{');
        let length = match braced {
            true => self.rest.find('}').map_or(self.rest.len(), |end| end + 1),
            false => self.rest.char_indices().nth(3).map_or(self.rest.len(), |(at, _)| at),
        };
        let text = self.take(length);
        match text[2..].strip_prefix("{^") {
            Some(name) => {
                self.out.push_str(if letter == 'p' { "\\P{" } else { "\\p{" });
                self.out.push_str(name);
            }
            None => self.out.push_str(text),
        }
    }

    fn class(&mut self) -> Result<(), String> {
        let start = self.rest;
        let negated = start.starts_with("[^");
        self.take(if negated { 2 } else { 1 });
        self.out.push_str(if negated { "[^" } else { "[" });
        let mut is_first = true;
        loop {
            let Some(character) = self.rest.chars().next() else {
                return Err(format!("missing closing ]: `{start}`"));
            };
            match character {
                ']' if !is_first => {
                    self.take(1);
                    self.out.push(']');
                    return Ok(());
                }
                '[' if self.rest.starts_with("[:") && self.rest.contains(":]") => {
                    let text = self.take(self.rest.find(":]").map_or(0, |end| end + 2));
                    self.out.push_str(text);
                }
                '\\' => self.class_escape()?,
                '-' => {
                    self.take(1);
                    // At the ends it is itself; elsewhere it makes a range.
                    let is_itself = is_first || self.rest.starts_with(']');
                    self.out.push_str(if is_itself { "\\-" } else { "-" });
                }
                character => {
                    self.take(character.len_utf8());
                    push_literal(&mut self.out, character);
                }
            }
            is_first = false;
        }
    }

    fn class_escape(&mut self) -> Result<(), String> {
        let replacement = match self.rest.as_bytes().get(1) {
            Some(b'd') => "0-9",
            Some(b'D') => "[^0-9]",
            Some(b's') => "\\t\\n\\x0C\\r ",
            Some(b'S') => "[^\\t\\n\\x0C\\r ]",
            Some(b'w') => "0-9A-Za-z_",
            Some(b'W') => "[^0-9A-Za-z_]",
            _ => return self.character(),
        };
        self.take(2);
        self.out.push_str(replacement);
        Ok(())
    }
}

/// The length of `{2}`, `{2,}`, `{2,3}`; another brace is itself.
fn repeat_count(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let (low, high) = text[1..end].split_once(',').unwrap_or((&text[1..end], ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!low.is_empty() && is_number(low) && is_number(high)).then_some(end + 1)
}

fn push_literal(out: &mut String, character: char) {
    if character.is_ascii_alphanumeric() || !character.is_ascii() || character == ' ' {
        out.push(character);
    } else {
        out.push_str(&format!("\\x{:02X}", character as u32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_translated() {
        for (pattern, expected) in [
            (r"\d+\w", "[0-9]+[0-9A-Za-z_]"),
            (r"[\d\-.]", r"[0-9\x2D\x2E]"),
            (r"[a-z&&b]", r"[a-z\x26\x26b]"),
            (r"[[x]", r"[\x5Bx]"),
            (r"a{,2}", r"a\{,2}"),
            (r"\Qa.b\E+", r"a\x2Eb+"),
            (r"\<", r"\x3C"),
            (r"\012", r"\x0A"),
            (r"(?i)x(?P<n>y)(?:z)", "(?i)x(?P<n>y)(?:z)"),
            (r"[[:alpha:]]", "[[:alpha:]]"),
            (r"[^]a-]", r"[^\x5Da\-]"),
        ] {
            assert_eq!(translate(pattern).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for (pattern, expected) in [
            ("a**", "invalid nested repetition operator: `**`"),
            ("a{1001}", "invalid repeat count: `{1001}`"),
            (r"\1", r"invalid escape sequence: `\1`"),
            (r"\y", r"invalid escape sequence: `\y`"),
            ("(?x)a", "invalid or unsupported Perl syntax: `(?x`"),
            ("[a", "missing closing ]: `[a`"),
        ] {
            assert_eq!(translate(pattern).unwrap_err(), expected);
        }
    }
}
