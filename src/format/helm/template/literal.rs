//! Literals by the rules of Go's `strconv`.

use super::ast::Number;

const INVALID: &str = "invalid syntax";

/// A quoted string (`"…"`) or a raw one without its quotes and escapes.
///
/// # Errors
/// Escapes that Go does not know.
pub(super) fn unquote(literal: &str) -> Result<Vec<u8>, String> {
    let inner = &literal[1..literal.len() - 1];
    if literal.starts_with('`') {
        return Ok(inner.bytes().filter(|&byte| byte != b'\r').collect());
    }
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while !rest.is_empty() {
        rest = match unquote_one(rest, '"').ok_or(INVALID)? {
            (Unit::Byte(byte), rest) => {
                bytes.push(byte);
                rest
            }
            (Unit::Char(character), rest) => {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                rest
            }
        };
    }
    Ok(bytes)
}

/// The code of a character constant: `'a'`, `'\n'`.
///
/// # Errors
/// More or less than one character, escapes that Go does not know.
pub(super) fn character(literal: &str) -> Result<u32, String> {
    let (unit, rest) = unquote_one(&literal[1..], '\'').ok_or(INVALID)?;
    if rest != "'" {
        return Err(format!("malformed character constant: {literal}"));
    }
    Ok(match unit {
        Unit::Byte(byte) => byte.into(),
        Unit::Char(character) => character.into(),
    })
}

enum Unit {
    Byte(u8),
    Char(char),
}

/// The first character of a literal between `quote`s, and what follows it.
fn unquote_one(text: &str, quote: char) -> Option<(Unit, &str)> {
    let mut characters = text.chars();
    let first = characters.next()?;
    if first == quote {
        return None;
    }
    if first != '\\' {
        return Some((Unit::Char(first), characters.as_str()));
    }
    let escape = characters.next()?;
    let rest = characters.as_str();
    let simple = |byte: char| Some((Unit::Char(byte), rest));
    match escape {
        'a' => simple('\x07'),
        'b' => simple('\x08'),
        'f' => simple('\x0c'),
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        'v' => simple('\x0b'),
        '\\' => simple('\\'),
        '\'' | '"' if escape == quote => simple(escape),
        'x' | 'u' | 'U' => {
            let count = match escape {
                'x' => 2,
                'u' => 4,
                _ => 8,
            };
            let code = digits(rest, count, 16)?;
            let unit = if escape == 'x' { Unit::Byte(code as u8) } else { Unit::Char(char::from_u32(code)?) };
            Some((unit, &rest[count..]))
        }
        '0'..='7' => {
            let code = digits(&text[1..], 3, 8).filter(|&code| code <= 255)?;
            Some((Unit::Byte(code as u8), &text[4..]))
        }
        _ => None,
    }
}

/// Exactly `count` digits.
fn digits(text: &str, count: usize, radix: u32) -> Option<u32> {
    let digits = text.get(..count)?;
    digits.chars().all(|digit| digit.is_digit(radix)).then(|| u32::from_str_radix(digits, radix).ok())?
}

/// A number, as every type that can hold it.
///
/// # Errors
/// What is none, and whole numbers that no type holds.
pub(super) fn number(text: &str) -> Result<Number, String> {
    let is_float = !(is_hex_int(text)) && text.contains(['.', 'e', 'E', 'p', 'P']);
    let (negative, magnitude) = magnitude(text);
    let uint = magnitude.filter(|_| !text.starts_with(['+', '-']));
    let int = magnitude.and_then(|magnitude| match negative {
        true if magnitude == 1 << 63 => Some(i64::MIN),
        true => i64::try_from(magnitude).ok().map(|magnitude| -magnitude),
        false => i64::try_from(magnitude).ok(),
    });
    if int.is_some() || uint.is_some() {
        let float = int.map(|int| int as f64).or(uint.map(|uint| uint as f64));
        // `-0` is a natural number too.
        return Ok(Number { int, uint: uint.or(int.filter(|&int| int == 0).map(|_| 0)), float, is_float });
    }
    let Some(float) = float(text) else { return Err(format!("illegal number syntax: {text:?}")) };
    if !text.contains(['.', 'e', 'E', 'p', 'P']) {
        return Err(format!("integer overflow: {text:?}"));
    }
    let int = (float.fract() == 0.0 && float.abs() < 9.3e18).then_some(float as i64);
    let uint = (float.fract() == 0.0 && (0.0..1.8e19).contains(&float)).then_some(float as u64);
    Ok(Number { int, uint, float: Some(float), is_float })
}

fn is_hex_int(text: &str) -> bool {
    text.starts_with("0x") && !text.contains(['p', 'P']) || text.starts_with("0X") && !text.contains(['p', 'P'])
}

/// Sign and size of a whole number with the prefixes and underscores of Go's literals.
fn magnitude(text: &str) -> (bool, Option<u64>) {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = digits.to_ascii_lowercase();
    let (radix, prefixed) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, 2),
        [b'0', b'o', ..] => (8, 2),
        [b'0', b'b', ..] => (2, 2),
        [b'0', _, ..] => (8, 1),
        _ => (10, 0),
    };
    if !underscores_are_right(&lower, prefixed) {
        return (negative, None);
    }
    let plain: String = lower[prefixed..].chars().filter(|&digit| digit != '_').collect();
    let sound = plain.chars().all(|digit| digit.is_digit(radix));
    (negative, sound.then(|| u64::from_str_radix(&plain, radix).ok()).flatten())
}

/// Underscores stand between digits, or between the prefix and a digit.
fn underscores_are_right(digits: &str, prefixed: usize) -> bool {
    let bytes = digits.as_bytes();
    (prefixed..bytes.len()).all(|at| {
        let before = at > prefixed && bytes[at - 1].is_ascii_hexdigit() || at == prefixed && prefixed > 0;
        bytes[at] != b'_' || before && bytes.get(at + 1).is_some_and(u8::is_ascii_hexdigit)
    })
}

fn float(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (sign, digits) = match lower.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, lower.strip_prefix('+').unwrap_or(&lower)),
    };
    let prefixed = if digits.starts_with("0x") { 2 } else { 0 };
    if digits.contains('_') && !underscores_are_right(digits, prefixed) {
        return None;
    }
    let plain = digits.replace('_', "");
    let size = match plain.strip_prefix("0x") {
        Some(hex) => hex_float(hex)?,
        None if plain.starts_with(|first: char| first.is_ascii_digit() || first == '.') => plain.parse::<f64>().ok()?,
        None => return None,
    };
    size.is_finite().then_some(sign * size)
}

/// `1.8p3`: the exponent is of two, and must be there.
fn hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let exponent: i32 = exponent.parse().ok()?;
    let size = u64::from_str_radix(&digits, 16).ok()? as f64;
    Some(size * 2f64.powi(exponent.checked_sub(4 * i32::try_from(fraction.len()).ok()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_of_every_type_that_holds_them() {
        let check = |text: &str, int: Option<i64>, float: Option<f64>, is_float: bool| {
            let number = number(text).expect(text);
            assert_eq!((number.int, number.float, number.is_float), (int, float, is_float), "{text}");
        };
        check("12", Some(12), Some(12.0), false);
        check("-0x1F", Some(-31), Some(-31.0), false);
        check("017", Some(15), Some(15.0), false);
        check("0b1_01", Some(5), Some(5.0), false);
        check("1_000", Some(1000), Some(1000.0), false);
        check("1e3", Some(1000), Some(1000.0), true);
        check("1.5", None, Some(1.5), true);
        check("0x1.8p1", Some(3), Some(3.0), true);
        check("18446744073709551615", None, Some(18_446_744_073_709_551_615.0), false);
        for (text, message) in [
            ("089", "integer overflow: \"089\""),
            ("1__0", "illegal number syntax: \"1__0\""),
            ("99999999999999999999", "integer overflow: \"99999999999999999999\""),
            (".", "illegal number syntax: \".\""),
        ] {
            assert_eq!(number(text).expect_err(text), message);
        }
    }

    #[test]
    fn strings_know_the_escapes_of_go() {
        let check = |literal: &str, expected: Option<&[u8]>| {
            assert_eq!(unquote(literal).ok().as_deref(), expected, "{literal}");
        };
        check(r#""a\tb\"c\\""#, Some(b"a\tb\"c\\"));
        check(r#""\x41\101\u00e4\U0001F600""#, Some("AAä😀".as_bytes()));
        check(r#""\xff""#, Some(b"\xff"));
        check("`a\\n\r\nb`", Some(b"a\\n\nb"));
        for wrong in [r#""\q""#, r#""\'""#, r#""\x4""#, r#""\ud800""#, r#""\400""#] {
            check(wrong, None);
        }
        assert_eq!(character("'ä'"), Ok(228));
        assert_eq!(character(r"'\''"), Ok(39));
        assert!(character("'ab'").is_err());
    }
}
