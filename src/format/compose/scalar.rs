//! Durations, sizes, numbers and command lines as Compose writes them.

use std::time::Duration;

use crate::document::{Node, Number, Value};

/// A scalar as the text that Compose makes of it where it wants a string: Go's `fmt.Sprint`.
pub(super) fn text(node: &Node) -> Option<String> {
    Some(match &node.value {
        Value::String(text) => text.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Number(Number::Float(value, _)) => float_text(*value),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => return None,
    })
}

/// Go writes floats with an exponent below 1e-4 and from 1e21 on.
fn float_text(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || (1e-4..1e21).contains(&size) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}

/// A number that is written as one or as a string.
pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => Some(number.as_f64()),
        Value::String(text) => text.parse().ok().filter(|value: &f64| value.is_finite()),
        _ => None,
    }
}

pub(super) fn integer(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// `1m30s`, `1500ms`, `2d`; a sequence of whole numbers or decimals with a unit each.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let unsigned = text.trim_start_matches('+');
    if unsigned == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = unsigned;
    let mut total = 0u128;
    while !rest.is_empty() {
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (amount, after) = rest.split_at(length);
        let unit_length = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_length);
        total = total.checked_add(part(amount, nanoseconds(unit)?)?)?;
        rest = after;
    }
    let nanoseconds = u64::try_from(total).ok().filter(|&total| total <= i64::MAX as u64)?;
    (!unsigned.is_empty()).then(|| Duration::from_nanos(nanoseconds))
}

fn nanoseconds(unit: &str) -> Option<u128> {
    Some(match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        "w" => 604_800_000_000_000,
        _ => return None,
    })
}

fn part(amount: &str, unit: u128) -> Option<u128> {
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    if (whole.is_empty() && fraction.is_empty()) || whole.len() > 19 || fraction.len() > 18 {
        return None;
    }
    let whole = if whole.is_empty() { 0 } else { whole.parse::<u128>().ok()? };
    let parts = if fraction.is_empty() { 0 } else { fraction.parse::<u128>().ok()? };
    whole.checked_mul(unit)?.checked_add(parts * unit / 10u128.pow(fraction.len() as u32))
}

/// As Go writes it: `1m30s`, `1.5s`, `2h0m0s`, `500ms`.
pub(super) fn duration_text(value: Duration) -> String {
    let nanoseconds = value.as_nanos();
    let decimal = |unit: u128, name: &str| {
        let fraction = format!("{:0width$}", nanoseconds % unit, width = unit.ilog10() as usize);
        let fraction = fraction.trim_end_matches('0');
        let dot = if fraction.is_empty() || unit == 1 { "" } else { "." };
        format!("{}{dot}{}{name}", nanoseconds / unit, if unit == 1 { "" } else { fraction })
    };
    match nanoseconds {
        0 => "0s".to_owned(),
        1..1_000 => decimal(1, "ns"),
        1_000..1_000_000 => decimal(1_000, "µs"),
        1_000_000..1_000_000_000 => decimal(1_000_000, "ms"),
        _ => {
            let minutes = value.as_secs() / 60;
            let rest = Duration::from_nanos((nanoseconds % 60_000_000_000) as u64);
            let fraction = format!("{:09}", rest.subsec_nanos());
            let fraction = fraction.trim_end_matches('0');
            let dot = if fraction.is_empty() { "" } else { "." };
            let seconds = format!("{}{dot}{fraction}s", rest.as_secs());
            match (minutes / 60, minutes % 60) {
                (0, 0) => seconds,
                (0, minutes) => format!("{minutes}m{seconds}"),
                (hours, minutes) => format!("{hours}h{minutes}m{seconds}"),
            }
        }
    }
}

/// `512m`, `1.5gb`, `64 KiB`: sizes in powers of 1024, in bytes.
pub(super) fn bytes(text: &str) -> Option<i64> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let length = text.rfind(|c: char| c.is_ascii_digit() || c == '.')? + 1;
    let (amount, unit) = text.split_at(length);
    let amount: f64 = amount.parse().ok().filter(|amount: &f64| *amount >= 0.0)?;
    let unit = unit.strip_prefix(' ').unwrap_or(unit).to_ascii_lowercase();
    let power = match unit.trim_end_matches('b').trim_end_matches('i') {
        "" if unit != "i" && unit != "ib" => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        "p" => 5,
        _ => return None,
    };
    let value = amount * 1024f64.powi(power);
    (value < 9.2e18).then_some(value as i64)
}

/// The words of a command line: blanks part them, quotes and `\` keep them together.
///
/// # Errors
/// A quote without an end.
pub(super) fn words(line: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None | Some('"'), '\\') => {
                let next = characters.next().ok_or("ends in a backslash")?;
                word.get_or_insert_default().push(next);
            }
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            // A shell's separators end the command there.
            (None, ';' | '&' | '|' | '<' | '>') => break,
            (None, '(' | ')') => return Err("holds a parenthesis outside quotes"),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if quote.is_some() { Err("has a quote without an end") } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_and_written() {
        for (text, expected) in [
            ("30s", "30s"),
            ("1m30s", "1m30s"),
            ("90s", "1m30s"),
            ("2h", "2h0m0s"),
            ("1500ms", "1.5s"),
            ("0.5s", "500ms"),
            ("1d", "24h0m0s"),
            ("250us", "250µs"),
            ("0", "0s"),
            ("1m0.25s", "1m0.25s"),
        ] {
            assert_eq!(duration(text).map(duration_text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "5", "s", "1x", "1.s.", "-1s", "99999999999999999999s"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn sizes() {
        for (text, expected) in [
            ("1024", Some(1024)),
            ("-1", Some(-1)),
            ("512m", Some(512 << 20)),
            ("1.5GB", Some(3 << 29)),
            ("64 KiB", Some(64 << 10)),
            ("10b", Some(10)),
            ("", None),
            ("x", None),
            ("1x", None),
            ("1ib", None),
        ] {
            assert_eq!(bytes(text), expected, "{text}");
        }
    }

    #[test]
    fn command_lines() {
        for (line, expected) in [
            ("echo hello", vec!["echo", "hello"]),
            (r#"sh -c "echo 'a b' \"c\"" x\ y"#, vec!["sh", "-c", "echo 'a b' \"c\"", "x y"]),
            ("a '' \"\"", vec!["a", "", ""]),
            ("  a\n b ", vec!["a", "b"]),
            ("", vec![]),
        ] {
            assert_eq!(words(line), Ok(expected.into_iter().map(str::to_owned).collect()), "{line}");
        }
        assert!(words("a 'b").is_err());
    }

    #[test]
    fn floats_as_go_writes_them() {
        for (value, expected) in [(1.5, "1.5"), (1000.0, "1000"), (1e21, "1e+21"), (1.5e-7, "1.5e-07"), (0.0, "0")] {
            assert_eq!(float_text(value), expected);
        }
    }
}
