//! Patterns of file names as Go's `path/filepath.Match` reads them: `*`, `?`, `[a-z]`, `\` before what is meant as it is.
//!
//! `*` and `?` stop at `/`. Matching costs at most the product of both lengths.

/// Whether all of `name` matches; `None` for a pattern that is malformed where it was looked at.
pub(in crate::format::helm) fn matches(pattern: &str, name: &str) -> Option<bool> {
    let name: Vec<char> = name.chars().collect();
    let parts = parse(pattern)?;
    // Where the last `*` stands and how much of the name it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    let (mut part, mut at) = (0, 0);
    while at < name.len() {
        match parts.get(part) {
            Some(Part::Star) => {
                star = Some((part, at));
                part += 1;
            }
            Some(Part::One(one)) if one.takes(name[at]) => {
                part += 1;
                at += 1;
            }
            _ => match star {
                Some((before, taken)) if name[taken] != '/' => {
                    star = Some((before, taken + 1));
                    part = before + 1;
                    at = taken + 1;
                }
                _ => return Some(false),
            },
        }
    }
    Some(parts[part..].iter().all(|part| matches!(part, Part::Star)))
}

/// Whether a pattern is well-formed.
pub(super) fn is_sound(pattern: &str) -> bool {
    parse(pattern).is_some()
}

enum Part {
    Star,
    One(One),
}

/// What stands for one character.
enum One {
    Any,
    Just(char),
    Class { negated: bool, ranges: Vec<(char, char)> },
}

impl One {
    fn takes(&self, character: char) -> bool {
        match self {
            One::Any => character != '/',
            One::Just(one) => *one == character,
            One::Class { negated, ranges } => {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&character)) != *negated
            }
        }
    }
}

fn parse(pattern: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        parts.push(match character {
            '*' => Part::Star,
            '?' => Part::One(One::Any),
            '\\' => Part::One(One::Just(rest.next()?)),
            '[' => Part::One(class(&mut rest)?),
            character => Part::One(One::Just(character)),
        });
    }
    Some(parts)
}

fn class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<One> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        if !ranges.is_empty() && rest.next_if_eq(&']').is_some() {
            return Some(One::Class { negated, ranges });
        }
        let low = class_character(rest)?;
        let high = if rest.next_if_eq(&'-').is_some() { class_character(rest)? } else { low };
        ranges.push((low, high));
    }
}

fn class_character(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    match rest.next()? {
        '-' | ']' => None,
        '\\' => rest.next(),
        character => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_in_go() {
        for (pattern, name, expected) in [
            ("abc", "abc", Some(true)),
            ("*", "abc", Some(true)),
            ("*c", "abc", Some(true)),
            ("a*/b", "abc/b", Some(true)),
            ("a*/b", "a/c/b", Some(false)),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/f", Some(true)),
            ("a*b?c*x", "abxbbxdbxebxczzx", Some(true)),
            ("ab[^e-g]", "abc", Some(true)),
            ("a?b", "a☺b", Some(true)),
            ("a\\*b", "a*b", Some(true)),
            ("[\\]a]", "]", Some(true)),
            ("[]a]", "]", None),
            ("[-]", "-", None),
            ("[a-", "a", None),
            ("a[", "ab", None),
            ("a\\", "a", None),
            ("templates/.?*", "templates/.git", Some(true)),
            ("templates/.?*", "templates/.", Some(false)),
            ("", "", Some(true)),
            ("", "a", Some(false)),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
