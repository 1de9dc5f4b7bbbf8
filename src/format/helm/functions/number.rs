//! Go's texts of numbers, read and written.

/// How a float is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Float {
    /// `%v`, and `strconv`'s `g` with the fewest digits: `1e+06`.
    General,
    /// As `encoding/json` writes it: `1000000`, `1e+21`, `1e-7`.
    Json,
}

/// Writes a float with the fewest digits that read the same.
pub(crate) fn format_float(value: f64, style: Float) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{:e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let with_exponent = match style {
        // With the fewest digits, the limit is always the sixth place.
        Float::General => !(-4..6).contains(&exponent),
        Float::Json => value != 0.0 && !(1e-6..1e21).contains(&value.abs()),
    };
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if !with_exponent {
        return format!("{sign}{}", value.abs());
    }
    let digits = exponent.unsigned_abs();
    let pad = if digits < 10 && !(style == Float::Json && exponent < 0) { "0" } else { "" };
    format!("{sign}{mantissa}e{}{pad}{digits}", if exponent < 0 { '-' } else { '+' })
}

/// `strconv.ParseInt` of 64 bits in `base`; 0 takes it from the prefix, and underscores with it.
pub(crate) fn parse_int(text: &str, base: u32) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = parse_uint(digits, base)?;
    match negative {
        true if magnitude <= 1 << 63 => Some((magnitude as i64).wrapping_neg()),
        true => None,
        false => i64::try_from(magnitude).ok(),
    }
}

/// `strconv.ParseUint` of 64 bits.
pub(crate) fn parse_uint(text: &str, base: u32) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let (base, digits, underscores) = match (base, lower.as_bytes()) {
        (0, [b'0', b'x', _, ..]) => (16, &lower[2..], true),
        (0, [b'0', b'b', _, ..]) => (2, &lower[2..], true),
        (0, [b'0', b'o', _, ..]) => (8, &lower[2..], true),
        (0, [b'0', _, ..]) => (8, &lower[1..], true),
        (0, _) => (10, &lower[..], true),
        (base, _) => (base, &lower[..], false),
    };
    if underscores && !are_underscores_well_placed(&lower) {
        return None;
    }
    let mut any = false;
    let mut value: u64 = 0;
    for character in digits.chars() {
        if character == '_' && underscores {
            continue;
        }
        any = true;
        value = value.checked_mul(base.into())?.checked_add(character.to_digit(base)?.into())?;
    }
    any.then_some(value)
}

/// They may stand between digits and after the prefix only.
fn are_underscores_well_placed(text: &str) -> bool {
    let mut before = '^';
    let mut rest = text;
    if let [b'0', b'b' | b'o' | b'x', ..] = text.as_bytes() {
        (before, rest) = ('0', &text[2..]);
    }
    let hexadecimal = text.starts_with("0x");
    for character in rest.chars() {
        if character.is_ascii_digit() || hexadecimal && character.is_ascii_hexdigit() {
            before = '0';
        } else if character == '_' {
            if before != '0' {
                return false;
            }
            before = '_';
        } else {
            if before == '_' {
                return false;
            }
            before = '!';
        }
    }
    before != '_'
}

/// `strconv.ParseFloat` of 64 bits; what is too large is none.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let hexadecimal = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X"));
    if let Some(digits) = hexadecimal {
        return parse_hexadecimal_float(text, &digits.to_ascii_lowercase());
    }
    if text.contains('_') && !are_underscores_well_placed(unsigned) {
        return None;
    }
    let value: f64 = text.replace('_', "").parse().ok()?;
    let is_written = unsigned.starts_with(['i', 'I']);
    (value.is_finite() || value.is_nan() || is_written).then_some(value)
}

/// `0x1.8p3`: the exponent is not optional.
fn parse_hexadecimal_float(text: &str, digits: &str) -> Option<f64> {
    let (mantissa, exponent) = digits.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let written = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if written.is_empty() || !written.bytes().all(|byte| byte.is_ascii_digit()) || whole.len() + fraction.len() == 0 {
        return None;
    }
    // More digits than a float has room for would have to be rounded: nobody writes them.
    let bits = u64::from_str_radix(&format!("{whole}{fraction}"), 16).ok().filter(|bits| *bits <= 1 << 53)?;
    let exponent: i32 = exponent.parse().ok()?;
    let value = bits as f64 * 2f64.powi(exponent.checked_sub(4 * fraction.len() as i32)?);
    value.is_finite().then_some(if text.starts_with('-') { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_go_does() {
        for (value, general, json) in [
            (0.0, "0", "0"),
            (-0.0, "-0", "-0"),
            (1.5, "1.5", "1.5"),
            (100000.0, "100000", "100000"),
            (1e6, "1e+06", "1000000"),
            (1234567.5, "1.2345675e+06", "1234567.5"),
            (1e20, "1e+20", "100000000000000000000"),
            (1e21, "1e+21", "1e+21"),
            (0.0001, "0.0001", "0.0001"),
            (0.00001, "1e-05", "0.00001"),
            (1e-7, "1e-07", "1e-7"),
            (1e-10, "1e-10", "1e-10"),
            (-1e100, "-1e+100", "-1e+100"),
        ] {
            assert_eq!(format_float(value, Float::General), general);
            assert_eq!(format_float(value, Float::Json), json);
        }
    }

    #[test]
    fn whole_numbers_are_read_as_go_does() {
        for (text, expected) in [
            ("12", Some(12)),
            ("-012", Some(-10)),
            ("0x1F", Some(31)),
            ("0b101", Some(5)),
            ("1_000", Some(1000)),
            ("1__0", None),
            ("_1", None),
            ("0x", None),
            ("0", Some(0)),
            ("08", None),
            ("", None),
            ("+", None),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
        ] {
            assert_eq!(parse_int(text, 0), expected, "{text}");
        }
    }

    #[test]
    fn floats_are_read_as_go_does() {
        assert_eq!(parse_float("0x1.8p3"), Some(12.0));
        assert_eq!(parse_float("0x10"), None);
        assert_eq!(parse_float("1e400"), None);
        assert_eq!(parse_float("-Inf"), Some(f64::NEG_INFINITY));
        assert_eq!(parse_float(".5"), Some(0.5));
        assert_eq!(parse_float(" 1"), None);
        assert_eq!(parse_float("1_000.5"), Some(1000.5));
        assert_eq!(parse_float("1_.5"), None);
        assert_eq!(parse_float("日本"), None);
    }
}
