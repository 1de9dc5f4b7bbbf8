//! Go's `time.Duration`: nanoseconds, and their text.

use super::{number::parse_float, print::quote};
pub(super) use crate::format::helm::template::duration as format_duration;
use crate::format::helm::value::{IntType, Value};

pub(super) const SECOND: i64 = 1_000_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// `time.ParseDuration`.
///
/// # Errors
/// In Go's words.
pub(super) fn parse_duration(text: &str) -> Result<i64, String> {
    let refused = |why: &str| format!("time: {why} {}", quote_plain(text));
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(refused("invalid duration"));
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (part, after) = parse_part(rest).map_err(|why| refused(&why))?;
        total = total.checked_add(part).filter(|total| *total <= 1 << 63).ok_or_else(|| refused("invalid duration"))?;
        rest = after;
    }
    match negative {
        true => Ok((total as i64).wrapping_neg()),
        false => i64::try_from(total).map_err(|_| refused("invalid duration")),
    }
}

/// The quotes of Go's `time`: everything that is not printable ASCII is escaped byte by byte.
pub(super) fn quote_plain(text: &str) -> String {
    let mut out = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..0x80 => out.push(char::from(byte)),
            byte => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

/// A number and its unit.
fn parse_part(text: &str) -> Result<(u64, &str), String> {
    const INVALID: &str = "invalid duration";
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, mut rest) = text.split_at(digits(text));
    let mut fraction = "";
    if let Some(after) = rest.strip_prefix('.') {
        (fraction, rest) = after.split_at(digits(after));
    }
    if whole.is_empty() && fraction.is_empty() {
        return Err(INVALID.to_owned());
    }
    let value: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| INVALID.to_owned())? };
    let end = rest.find(|character: char| character == '.' || character.is_ascii_digit()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(end);
    let scale = match unit {
        "" => return Err("missing unit in duration".to_owned()),
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => SECOND as u64,
        "m" => MINUTE as u64,
        "h" => HOUR as u64,
        unit => return Err(format!("unknown unit {} in duration", quote_plain(unit))),
    };
    let value = value.checked_mul(scale).filter(|value| *value <= 1 << 63).ok_or(INVALID)?;
    let value = value + fraction_of(fraction, scale);
    if value > 1 << 63 { Err(INVALID.to_owned()) } else { Ok((value, rest)) }
}

/// The fraction in nanoseconds; digits that a 63-bit number has no room for do not count.
fn fraction_of(digits: &str, scale: u64) -> u64 {
    let (mut value, mut divisor): (u64, f64) = (0, 1.0);
    for digit in digits.bytes() {
        let next = (value <= (i64::MAX as u64) / 10).then(|| value * 10 + u64::from(digit - b'0'));
        match next.filter(|next| *next <= 1 << 63) {
            Some(next) => (value, divisor) = (next, divisor * 10.0),
            None => break,
        }
    }
    (value as f64 * (scale as f64 / divisor)) as u64
}

/// Helm's `asDuration`: durations, texts of them, and numbers as seconds.
///
/// # Errors
/// In Helm's words.
pub(super) fn to_duration(value: &Value) -> Result<i64, String> {
    match value {
        Value::Int(value, IntType::Duration) => Ok(*value),
        Value::Nil => Err("invalid duration".to_owned()),
        Value::String(text) => {
            let shown = text.to_str();
            let trimmed = shown.trim();
            if trimmed.is_empty() {
                return Err("empty duration".to_owned());
            }
            if let Ok(duration) = parse_duration(trimmed) {
                return Ok(duration);
            }
            match parse_float(trimmed) {
                Some(seconds) => from_seconds(seconds),
                None => Err(format!("could not parse duration {}", quote(text.as_bytes()))),
            }
        }
        Value::Int(value, IntType::Uint64) if *value < 0 => {
            Err(format!("duration seconds overflow: {}", *value as u64))
        }
        Value::Int(value, _) => value.checked_mul(SECOND).ok_or_else(|| format!("duration seconds overflow: {value}")),
        Value::Float(seconds) => from_seconds(*seconds),
        value => Err(format!("unsupported duration type {}", value.type_name())),
    }
}

fn from_seconds(seconds: f64) -> Result<i64, String> {
    let shown = super::number::format_float(seconds, super::number::Float::General);
    if !seconds.is_finite() {
        return Err(format!("invalid duration seconds: {shown}"));
    }
    const MOST: f64 = i64::MAX as f64 / SECOND as f64;
    if !(-MOST..=MOST).contains(&seconds) {
        return Err(format!("duration seconds overflow: {shown}"));
    }
    Ok(super::cast::truncate(seconds * SECOND as f64))
}

/// `Duration.Truncate`.
pub(super) fn truncate(duration: i64, multiple: i64) -> i64 {
    if multiple <= 0 { duration } else { duration - duration % multiple }
}

/// `Duration.Round`: half away from zero; what has no room is the end of the range.
pub(super) fn round(duration: i64, multiple: i64) -> i64 {
    if multiple <= 0 {
        return duration;
    }
    let rest = (duration % multiple).unsigned_abs();
    let down = duration - duration % multiple;
    if rest < multiple.unsigned_abs() - rest {
        return down;
    }
    match duration {
        ..0 => down.checked_sub(multiple).unwrap_or(i64::MIN),
        _ => down.checked_add(multiple).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_and_read() {
        for (text, nanoseconds) in [
            ("1h2m3.5s", 3_723_500_000_000),
            ("-1m0s", -60_000_000_000),
            ("1.5ms", 1_500_000),
            ("2µs", 2_000),
            ("7ns", 7),
            ("0s", 0),
            ("2562047h47m16.854775807s", i64::MAX),
            ("-2562047h47m16.854775808s", i64::MIN),
        ] {
            assert_eq!(format_duration(nanoseconds), text);
            assert_eq!(parse_duration(text), Ok(nanoseconds));
        }
        assert_eq!(parse_duration("1.5h"), Ok(5_400_000_000_000));
        assert_eq!(parse_duration("1d").unwrap_err(), "time: unknown unit \"d\" in duration \"1d\"");
        assert_eq!(parse_duration("3").unwrap_err(), "time: missing unit in duration \"3\"");
    }

    #[test]
    fn durations_are_rounded_half_away_from_zero() {
        assert_eq!(round(15, 10), 20);
        assert_eq!(round(-15, 10), -20);
        assert_eq!(round(14, 10), 10);
        assert_eq!(round(14, 0), 14);
        assert_eq!(truncate(-19, 10), -10);
    }
}
