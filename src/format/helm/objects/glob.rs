//! Globs of `.Files.Glob`: `*` and `?` stop at `/`, `**` does not, `{a,b}` is either, `[a-z]` and `[!a-z]` are one
//! character (the syntax of the Go library `gobwas/glob`).

use regex::Regex;

/// The longest glob that is read.
const LONGEST: usize = 4096;

/// The names that a glob takes, as a regular expression; `None` for a malformed glob.
pub(super) fn regex(glob: &str) -> Option<Regex> {
    if glob.len() > LONGEST {
        return None;
    }
    let mut regex = String::from("(?s)^");
    let mut braces = 0_usize;
    let mut rest = glob.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '*' if rest.next_if_eq(&'*').is_some() => {
                while rest.next_if_eq(&'*').is_some() {}
                regex.push_str(".*");
            }
            '*' => regex.push_str("[^/]*"),
            '?' => regex.push_str("[^/]"),
            '\\' => literal(&mut regex, rest.next()?),
            '[' => class(&mut regex, &mut rest)?,
            '{' => {
                braces += 1;
                regex.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                regex.push(')');
            }
            ',' if braces > 0 => regex.push('|'),
            character => literal(&mut regex, character),
        }
    }
    regex.push('$');
    if braces == 0 { Regex::new(&regex).ok() } else { None }
}

fn literal(regex: &mut String, character: char) {
    regex.push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
}

fn class(regex: &mut String, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<()> {
    regex.push('[');
    if rest.next_if_eq(&'!').is_some() {
        regex.push('^');
    }
    let mut empty = true;
    loop {
        match rest.next()? {
            ']' if !empty => break,
            ']' => return None,
            '-' if !empty && rest.peek() != Some(&']') => regex.push('-'),
            '\\' => literal(regex, rest.next()?),
            character => literal(regex, character),
        }
        empty = false;
    }
    regex.push(']');
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_take_names() {
        for (glob, name, expected) in [
            ("*.yaml", "a.yaml", true),
            ("*.yaml", "a/b.yaml", false),
            ("**.yaml", "a/b.yaml", true),
            ("files/**", "files/a/b", true),
            ("files/*", "files/a/b", false),
            ("**/x", "x", false),
            ("{a,b/*}.txt", "b/c.txt", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("a.b", "axb", false),
            ("a\\*", "a*", true),
            ("", "", true),
        ] {
            assert_eq!(regex(glob).map(|regex| regex.is_match(name)), Some(expected), "{glob} {name}");
        }
        assert!(regex("{a").is_none());
        assert!(regex("[a").is_none());
    }
}
