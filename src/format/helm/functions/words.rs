//! Strings as words: the cases of `huandu/xstrings` and of `goutils`, with all that is odd about them.

use super::runes::{
    is_digit, is_letter, is_lower, is_number, is_punctuation, is_space, is_title, is_upper, to_lower, to_title,
    to_upper,
};

fn is_connector(rune: char) -> bool {
    rune == '-' || rune == '_' || is_space(rune)
}

/// `xstrings.ToPascalCase`.
pub(super) fn pascal_case(text: &[char]) -> String {
    let mut out = String::new();
    let Some(start) = text.iter().position(|rune| !is_connector(*rune)) else {
        // Nothing but connectors: the last one is written twice.
        return text.iter().chain(text.last()).collect();
    };
    out.extend(&text[..start]);
    let mut after_upper = is_upper(text[start]);
    let mut before = to_upper(text[start]);
    if start + 1 == text.len() {
        out.push(before);
        return out;
    }
    for &rune in &text[start + 1..] {
        let mut next = rune;
        if is_connector(rune) && is_connector(before) {
            out.push(before);
        } else if is_connector(before) {
            after_upper = is_upper(rune);
            next = to_upper(rune);
        } else {
            if after_upper && is_upper(rune) {
                next = to_lower(rune);
            } else {
                after_upper = false;
            }
            out.push(before);
        }
        before = next;
    }
    out.push(before);
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    None,
    Number,
    Upper,
    Letters,
    Connector,
    Punctuation,
    Other,
}

/// What `xstrings` takes for a letter: Chinese characters are none.
fn is_alphabet(rune: char) -> bool {
    is_letter(rune) && !matches!(rune, '\u{3400}'..='\u{4D85}' | '\u{4E00}'..='\u{9FCC}' | '\u{20000}'..='\u{2B81D}')
}

/// The first word of `text`, and how long it is.
fn first_word(text: &[char]) -> (Word, usize) {
    let Some(&first) = text.first() else { return (Word::None, 0) };
    let run = |from: usize, belongs: &dyn Fn(char) -> bool| {
        from + text[from..].iter().take_while(|rune| belongs(**rune)).count()
    };
    let is_small = |rune: char| is_alphabet(rune) && !is_upper(rune);
    if is_connector(first) {
        return (Word::Connector, run(1, &is_connector));
    }
    if is_punctuation(first) {
        return (Word::Punctuation, run(1, &is_punctuation));
    }
    if is_upper(first) {
        return (Word::Upper, upper_word(text, &run, &is_small));
    }
    if is_alphabet(first) {
        return (Word::Letters, run(1, &is_small));
    }
    if is_number(first) {
        return (Word::Number, run(1, &is_number));
    }
    let is_other = |rune: char| !(is_connector(rune) || is_alphabet(rune) || is_number(rune) || is_punctuation(rune));
    (Word::Other, run(1, &is_other))
}

/// Where the run of characters ends that begins at a place and of which something holds.
type Run<'a> = dyn Fn(usize, &dyn Fn(char) -> bool) -> usize + 'a;

/// `HTTPStatus` is `HTTP` and `Status`.
fn upper_word(text: &[char], run: &Run<'_>, is_small: &dyn Fn(char) -> bool) -> usize {
    match text.get(1) {
        Some(&second) if is_upper(second) => {
            let end = run(1, &is_upper);
            if text.get(end).is_some_and(|rune| is_alphabet(*rune)) { end - 1 } else { end }
        }
        Some(&second) if is_alphabet(second) => run(1, is_small),
        _ => 1,
    }
}

/// `xstrings.ToSnakeCase` and `ToKebabCase`. What is not UTF-8 is taken for another character.
pub(super) fn lower_case(text: &[char], connector: char) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut next = || {
        let (word, length) = first_word(rest);
        let (text, after) = rest.split_at(length);
        rest = after;
        (word, text, after.is_empty())
    };
    let joins = |word: Word| !matches!(word, Word::None | Word::Connector | Word::Punctuation);
    let (mut word, mut piece, mut is_last) = next();
    while !is_last {
        if word != Word::Connector {
            push_lower(&mut out, word, piece, connector);
        }
        let (before, last) = (word, piece);
        (word, piece, is_last) = next();
        match before {
            Word::Number => {
                while matches!(word, Word::Letters | Word::Number) {
                    push_lower(&mut out, word, piece, connector);
                    (word, piece, is_last) = next();
                }
                if joins(word) {
                    out.push(connector);
                }
            }
            Word::Connector => push_lower(&mut out, before, last, connector),
            Word::Punctuation => {}
            _ if word != Word::Number => {
                if !matches!(word, Word::Connector | Word::Punctuation) {
                    out.push(connector);
                }
            }
            _ if is_last => {}
            _ => {
                let number = piece;
                (word, piece, is_last) = next();
                if word != Word::Letters {
                    // `Bld4Floor`: the number belongs to the word before.
                    push_lower(&mut out, Word::Number, number, connector);
                    if !matches!(word, Word::Connector | Word::Punctuation) {
                        out.push(connector);
                    }
                } else {
                    // `http2xx`: small letters after a number belong to it.
                    out.push(connector);
                    push_lower(&mut out, Word::Number, number, connector);
                    while matches!(word, Word::Letters | Word::Number) {
                        push_lower(&mut out, word, piece, connector);
                        (word, piece, is_last) = next();
                    }
                    if joins(word) {
                        out.push(connector);
                    }
                }
            }
        }
    }
    push_lower(&mut out, word, piece, connector);
    out
}

fn push_lower(out: &mut String, word: Word, text: &[char], connector: char) {
    match word {
        Word::Upper | Word::Connector => out.extend(text.iter().map(|rune| match *rune {
            rune if is_connector(rune) => connector,
            rune if is_upper(rune) => to_lower(rune),
            rune => rune,
        })),
        _ => out.extend(text),
    }
}

/// `goutils.SwapCase`: small letters at the beginning of a word become title case.
pub(super) fn swap_case(text: &[char]) -> String {
    let mut at_start = true;
    let swap = |rune: &char| {
        let rune = *rune;
        if is_upper(rune) || is_title(rune) {
            at_start = false;
            to_lower(rune)
        } else if is_lower(rune) {
            if std::mem::take(&mut at_start) { to_title(rune) } else { to_upper(rune) }
        } else {
            at_start = is_space(rune);
            rune
        }
    };
    text.iter().map(swap).collect()
}

/// `strings.Title`.
pub(super) fn title(text: &[char]) -> String {
    let is_separator = |rune: char| match rune {
        '_' => false,
        rune if rune.is_ascii() => !rune.is_ascii_alphanumeric(),
        rune => !is_letter(rune) && !is_digit(rune) && is_space(rune),
    };
    let mut before = ' ';
    let map = |rune: &char| if is_separator(std::mem::replace(&mut before, *rune)) { to_title(*rune) } else { *rune };
    text.iter().map(map).collect()
}

/// `goutils.Uncapitalize`.
pub(super) fn untitle(text: &[char]) -> String {
    let mut at_start = true;
    let map = |rune: &char| {
        if is_space(*rune) {
            at_start = true;
            *rune
        } else if std::mem::take(&mut at_start) {
            to_lower(*rune)
        } else {
            *rune
        }
    };
    text.iter().map(map).collect()
}

/// `goutils.Initials`, which takes every byte for a character.
pub(super) fn initials(bytes: &[u8]) -> String {
    let mut after_gap = true;
    let mut out = String::new();
    for &byte in bytes {
        if is_space(byte.into()) {
            after_gap = true;
        } else if std::mem::take(&mut after_gap) {
            out.push(byte.into());
        }
    }
    out
}

/// `goutils.DeleteWhiteSpace`, which takes every byte for a character, but leaves alone what has no space.
pub(super) fn without_space(bytes: &[u8]) -> Vec<u8> {
    let kept: String = bytes.iter().map(|byte| char::from(*byte)).filter(|rune| !is_space(*rune)).collect();
    if kept.chars().count() == bytes.len() { bytes.to_vec() } else { kept.into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(map: impl Fn(&[char]) -> String, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let characters: Vec<char> = text.chars().collect();
            assert_eq!(map(&characters), *expected, "{text}");
        }
    }

    #[test]
    fn snake_case() {
        check(
            |text| lower_case(text, '_'),
            &[
                ("FirstName", "first_name"),
                ("HTTPServer", "http_server"),
                ("GO PATH", "go_path"),
                ("GO-PATH", "go_path"),
                ("http2xx", "http_2xx"),
                ("HTTP20xOK", "http_20x_ok"),
                ("Bld4Floor3rd", "bld4_floor_3rd"),
                ("a.b", "a.b"),
                ("_a__B_", "_a__b_"),
                ("", ""),
            ],
        );
    }

    #[test]
    fn pascal_and_swapped_case() {
        check(
            pascal_case,
            &[
                ("some_words", "SomeWords"),
                ("_complex__case_", "_Complex_Case_"),
                ("GOLANG_IS_GREAT", "GolangIsGreat"),
                ("a", "A"),
            ],
        );
        check(swap_case, &[("This Is a.Test", "tHIS iS A.tEST")]);
        check(title, &[("foo-bar baz_qux", "Foo-Bar Baz_qux")]);
        check(untitle, &[("First Try", "first try")]);
    }
}
