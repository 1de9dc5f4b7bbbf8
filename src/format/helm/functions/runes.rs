//! Go's runes: what strings are made of, and the classes and cases of Unicode that Go's library knows.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// The characters of `bytes` as Go ranges over them: every byte that is not UTF-8 is one U+FFFD.
pub(super) fn runes(bytes: &[u8]) -> Vec<char> {
    let mut runes = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        runes.extend(chunk.valid().chars());
        runes.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    runes
}

/// The upper case of one character that is one character (`unicode.ToUpper`).
pub(super) fn to_upper(rune: char) -> char {
    // Greek with iota below: the full mapping has two characters, the simple one is eight further.
    let code = rune as u32;
    match code {
        0x1F80..=0x1FAF if code & 8 == 0 => return char::from_u32(code + 8).unwrap_or(rune),
        0x1FB3 | 0x1FC3 | 0x1FF3 => return char::from_u32(code + 9).unwrap_or(rune),
        _ => {}
    }
    single(rune.to_uppercase(), rune)
}

/// The lower case of one character that is one character (`unicode.ToLower`).
pub(super) fn to_lower(rune: char) -> char {
    if rune == 'İ' { 'i' } else { single(rune.to_lowercase(), rune) }
}

/// The title case of one character (`unicode.ToTitle`): it differs for the letters that are two in one.
pub(super) fn to_title(rune: char) -> char {
    match rune {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        'ა'..='ჺ' | 'ჽ'..='ჿ' => rune,
        _ => to_upper(rune),
    }
}

fn single(mut cased: impl Iterator<Item = char>, rune: char) -> char {
    match (cased.next(), cased.next()) {
        (Some(one), None) => one,
        _ => rune,
    }
}

pub(super) fn is_upper(rune: char) -> bool {
    get_general_category(rune) == Category::UppercaseLetter
}

pub(super) fn is_lower(rune: char) -> bool {
    get_general_category(rune) == Category::LowercaseLetter
}

pub(super) fn is_title(rune: char) -> bool {
    get_general_category(rune) == Category::TitlecaseLetter
}

pub(super) fn is_letter(rune: char) -> bool {
    use Category::*;
    matches!(
        get_general_category(rune),
        UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
    )
}

pub(super) fn is_digit(rune: char) -> bool {
    get_general_category(rune) == Category::DecimalNumber
}

pub(super) fn is_number(rune: char) -> bool {
    matches!(get_general_category(rune), Category::DecimalNumber | Category::LetterNumber | Category::OtherNumber)
}

pub(super) fn is_punctuation(rune: char) -> bool {
    use Category::*;
    matches!(
        get_general_category(rune),
        ConnectorPunctuation
            | DashPunctuation
            | OpenPunctuation
            | ClosePunctuation
            | InitialPunctuation
            | FinalPunctuation
            | OtherPunctuation
    )
}

/// `unicode.IsSpace`.
pub(super) fn is_space(rune: char) -> bool {
    rune.is_whitespace()
}
