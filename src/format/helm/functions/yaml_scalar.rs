//! How go-yaml would read a text that is not quoted, and how it sorts keys.

use std::cmp::Ordering;

use super::{
    number::{parse_float, parse_int, parse_uint},
    runes::{is_digit, is_letter},
    time,
};

/// The two go-yaml that Helm writes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// `toYaml`.
    V2,
    /// `toYamlPretty`.
    V3,
}

/// Whether `text` is a string without quotes.
pub(super) fn is_plain_string(text: &str, version: Version) -> bool {
    let is_old = version == Version::V3 && is_old_bool(text);
    !(is_old || resolves(text, version) || is_sexagesimal(text))
}

fn is_old_bool(text: &str) -> bool {
    matches!(
        text,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF"
    )
}

/// Whether it is a number, a time, true, false or null.
fn resolves(text: &str, version: Version) -> bool {
    match text {
        "" | "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => true,
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" => true,
        "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf" | "-.INF" => true,
        _ if version == Version::V2 && is_old_bool(text) => true,
        _ => match text.as_bytes()[0] {
            b'.' => parse_float(text).is_some(),
            b'+' | b'-' | b'0'..=b'9' => time::is_yaml_timestamp(text) || is_number(text, version),
            _ => false,
        },
    }
}

fn is_number(text: &str, version: Version) -> bool {
    let plain = text.replace('_', "");
    if parse_int(&plain, 0).is_some() || parse_uint(&plain, 0).is_some() {
        return true;
    }
    if is_float(&plain) && parse_float(&plain).is_some() {
        return true;
    }
    let of_base = |prefix: &str, base| {
        let positive = plain.strip_prefix(prefix);
        positive.is_some_and(|digits| parse_int(digits, base).is_some() || parse_uint(digits, base).is_some())
            || plain
                .strip_prefix('-')
                .and_then(|rest| rest.strip_prefix(prefix))
                .is_some_and(|digits| parse_int(&format!("-{digits}"), base).is_some())
    };
    of_base("0b", 2) || version == Version::V3 && of_base("0o", 8)
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    has_digits
        && are_digits(whole)
        && are_digits(fraction.unwrap_or_default())
        && exponent.is_none_or(|digits| !digits.is_empty() && are_digits(digits))
}

/// `[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?`: YAML 1.1 takes `1:30` for ninety.
fn is_sexagesimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (places, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_of =
        |text: &str, underscore: bool| text.bytes().all(|byte| byte.is_ascii_digit() || underscore && byte == b'_');
    let mut places = places.split(':');
    let first = places.next().unwrap_or_default();
    let rest: Vec<&str> = places.collect();
    let is_place = |place: &&str| match place.as_bytes() {
        [digit] => digit.is_ascii_digit(),
        [b'0'..=b'5', digit] => digit.is_ascii_digit(),
        _ => false,
    };
    first.starts_with(|digit: char| digit.is_ascii_digit())
        && is_of(first, true)
        && !rest.is_empty()
        && rest.iter().all(is_place)
        && is_of(fraction, true)
}

/// The order of keys: numbers in them count as numbers, and letters come after everything else.
pub(super) fn compare_keys(a: &str, b: &str, version: Version) -> Ordering {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut after_digit = false;
    for (at, (x, y)) in a.iter().zip(&b).enumerate() {
        if x == y {
            after_digit = is_digit(*x);
            continue;
        }
        let less = |is_less: bool| if is_less { Ordering::Less } else { Ordering::Greater };
        let (x_is_letter, y_is_letter) = (is_letter(*x), is_letter(*y));
        return match (x_is_letter, y_is_letter) {
            (true, true) => x.cmp(y),
            (true, false) | (false, true) if version == Version::V3 && after_digit => less(x_is_letter),
            (true, false) | (false, true) => less(y_is_letter),
            (false, false) => compare_numbers(&a, &b, at),
        };
    }
    a.len().cmp(&b.len())
}

/// What differs from `at` on, as numbers where there are digits. Overlong numbers overflow, as in Go.
fn compare_numbers(a: &[char], b: &[char], at: usize) -> Ordering {
    let zero_first = a[at] == '0' || b[at] == '0';
    let leading = a[..at].iter().rev().take_while(|rune| is_digit(**rune)).any(|rune| *rune != '0');
    let start = i64::from(zero_first && leading);
    let number = |text: &[char]| {
        let digits = text[at..].iter().take_while(|rune| is_digit(**rune));
        digits.fold((start, at), |(value, end), digit| {
            let digit = i64::from(*digit as u32) - i64::from(b'0');
            (value.wrapping_mul(10).wrapping_add(digit), end + 1)
        })
    };
    number(a).cmp(&number(b)).then(a[at].cmp(&b[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_quotes() {
        for (text, v2, v3) in [
            ("yes", false, false),
            ("0x1F", false, false),
            ("0o7", false, false),
            ("1_000", false, false),
            ("1:30", false, false),
            ("2021-01-01", false, false),
            ("1.2.3", true, true),
            ("1e3", false, false),
            ("<<", true, true),
            ("=", true, true),
            ("-", true, true),
            (".", true, true),
            ("09", false, false),
            ("0b2", true, true),
            ("nan", true, true),
        ] {
            assert_eq!(is_plain_string(text, Version::V2), v2, "{text}");
            assert_eq!(is_plain_string(text, Version::V3), v3, "{text}");
        }
    }

    #[test]
    fn keys_are_sorted_naturally() {
        let mut keys = ["b10", "b9", "b", "B", "a-1", "a1", "a", "_x", "10", "9", "é"];
        keys.sort_by(|a, b| compare_keys(a, b, Version::V2));
        assert_eq!(keys, ["_x", "9", "10", "B", "a", "a-1", "a1", "b", "b9", "b10", "é"]);
    }
}
