//! What a saved design may be called.

use std::fmt;

/// The name of a saved design: 1 to 255 characters, none of them a control character, no space at either end.
///
/// Nothing else is forbidden: a name is never used as a path, as SQL or as a format string, so `../web` and
/// `'; drop table design` are only odd.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// Why a text is no name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("a design's name must not be empty")]
    Empty,
    #[error("a design's name has at most {max} characters, this one has {length}", max = Name::MAX)]
    Long { length: usize },
    #[error("a design's name must not hold control characters, `{0}` has one at character {1}")]
    Control(String, usize),
    #[error("a design's name must not begin or end with white space, `{0}` does")]
    Padded(String),
}

impl Name {
    /// The most characters (Unicode scalar values) a name has.
    pub const MAX: usize = 255;

    /// Checks a text.
    ///
    /// # Errors
    /// [`NameError`] says which rule it breaks, with control characters escaped.
    pub fn new(text: &str) -> Result<Name, NameError> {
        if text.trim().is_empty() {
            return Err(NameError::Empty);
        }
        let length = text.chars().count();
        if length > Name::MAX {
            return Err(NameError::Long { length });
        }
        if let Some(at) = text.chars().position(is_control) {
            return Err(NameError::Control(text.escape_debug().to_string(), at + 1));
        }
        if text.trim() != text {
            return Err(NameError::Padded(text.to_owned()));
        }
        Ok(Name(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and those that reorder the text around them: a name must look like what it is (CVE-2021-42574).
/// Joiners stay; Persian and emoji are written with them.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let said = Name::new(text).map_or_else(|error| error.to_string(), |name| name.to_string());
        assert_eq!(said, expected);
    }

    #[test]
    fn odd_names_are_names() {
        for odd in
            ["web", "../../etc/passwd", "'; DROP TABLE design; --", "a@b", "größe 1", "%s%n", "-rf", "👩\u{200d}💻"]
        {
            check(odd, odd);
        }
        check(&"n".repeat(255), &"n".repeat(255));
    }

    #[test]
    fn what_is_no_name_is_told_why() {
        check("", "a design's name must not be empty");
        check("\t \n", "a design's name must not be empty");
        check(" web", "a design's name must not begin or end with white space, ` web` does");
        check(&"ü".repeat(300), "a design's name has at most 255 characters, this one has 300");
        check(
            "we\u{1b}[31mb",
            "a design's name must not hold control characters, `we\\u{1b}[31mb` has one at character 3",
        );
        check("a\u{202e}b", "a design's name must not hold control characters, `a\\u{202e}b` has one at character 2");
    }
}
