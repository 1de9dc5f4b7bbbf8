//! What an unquoted scalar means: go-yaml v2's table (`resolve.go`), which Kubernetes reads YAML by.

use super::{Number, Text, Value, error::ErrorKind};

/// The value of an unquoted scalar without a tag.
///
/// ```
/// use mesheryctl::document::{Value, resolve_plain};
/// assert_eq!(resolve_plain("on").unwrap(), Value::Bool(true));
/// assert_eq!(resolve_plain("0777").unwrap().to_string(), "511");
/// assert_eq!(resolve_plain("12:30").unwrap().to_string(), "12:30");
/// ```
pub fn resolve_plain(text: &str) -> Result<Value, ErrorKind> {
    let Some(&first) = text.as_bytes().first() else { return Ok(Value::Null) };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => Ok(word(text)),
        b'.' => dotted(text),
        b'+' | b'-' => match text {
            "-.inf" | "-.Inf" | "-.INF" | "+.inf" | "+.Inf" | "+.INF" => Err(ErrorKind::Number(text.to_owned())),
            _ => Ok(number(text)),
        },
        b'0'..=b'9' => Ok(number(text)),
        _ => Ok(Value::String(text.into())),
    }
}

fn word(text: &str) -> Value {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Value::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Value::Bool(false),
        "~" | "null" | "Null" | "NULL" => Value::Null,
        _ => Value::String(text.into()),
    }
}

fn dotted(text: &str) -> Result<Value, ErrorKind> {
    match text {
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" => Err(ErrorKind::Number(text.to_owned())),
        // Here go-yaml asks only `strconv.ParseFloat`, which takes `.5`, `.5e3`, `.5_0` no.
        _ => Ok(float(text).unwrap_or_else(|| Value::String(text.into()))),
    }
}

fn number(text: &str) -> Value {
    if let Some(whole) = whole(text) {
        return Value::Number(whole);
    }
    let plain: String = text.chars().filter(|&c| c != '_').collect();
    whole(&plain).map(Value::Number).or_else(|| float(&plain)).unwrap_or_else(|| Value::String(text.into()))
}

/// `strconv.ParseInt(text, 0, 64)`, then `ParseUint`.
fn whole(text: &str) -> Option<Number> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', ..] => (true, &text[1..]),
        [b'+', ..] => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    // `from_str_radix` would take a second sign.
    if !digits.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    let size = u64::from_str_radix(digits, radix).ok()?;
    match (negative, i64::try_from(size)) {
        (false, Ok(value)) => Some(Number::Int(value)),
        (false, Err(_)) => Some(Number::UInt(size)),
        (true, Ok(value)) => Some(Number::Int(-value)),
        (true, Err(_)) => (size == 1 << 63).then_some(Number::Int(i64::MIN)),
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`; the text is kept in JSON's grammar.
fn float(text: &str) -> Option<Value> {
    let (sign, rest) = match text.as_bytes() {
        [b'-', ..] => ("-", &text[1..]),
        [b'+', ..] => ("", &text[1..]),
        _ => ("", text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if unsigned.is_empty() || !digits(unsigned) {
            return None;
        }
    }
    let value: f64 = rest.parse().ok().filter(|value: &f64| value.is_finite())?;
    let value = if sign.is_empty() { value } else { -value };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        significant => significant,
    };
    let mut json = format!("{sign}{whole}");
    if !fraction.is_empty() {
        json.push('.');
        json.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        json.push('e');
        json.push_str(exponent);
    }
    Some(Value::Number(Number::Float(value, json.into())))
}

/// Whether `text`, written without quotes, would be read as something other than this string by any YAML reader that
/// matters here: go-yaml v2 (kubectl, the API server), and YAML 1.1 and 1.2 readers (timestamps, base 60, `=`).
pub fn is_ambiguous(text: &str) -> bool {
    if !matches!(resolve_plain(text), Ok(Value::String(_))) || text == "=" || text == "<<" {
        return true;
    }
    // Timestamps and sexagesimal numbers begin with a digit and hold nothing but digits and a few signs up to a letter.
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    body.starts_with(|c: char| c.is_ascii_digit())
        && body.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, ':' | '-' | '.' | '_' | 'T' | 't' | 'Z' | 'z' | ' ' | '+' | 'e' | 'E')
        })
        && body.contains([':', '-', 'e', 'E', '_'])
}

/// A scalar with one of YAML's own tags; `None` when the text is not of that type.
pub(super) fn resolve_tagged(tag: &str, text: &str, plain: bool) -> Option<Result<Value, ErrorKind>> {
    let resolved = || resolve_plain(text);
    match tag {
        "str" => Some(Ok(Value::String(text.into()))),
        "null" => matches!(resolved(), Ok(Value::Null)).then_some(Ok(Value::Null)),
        "bool" => Some(resolved()).filter(|value| matches!(value, Ok(Value::Bool(_)))),
        "int" => Some(resolved()).filter(|value| matches!(value, Ok(Value::Number(Number::Int(_) | Number::UInt(_))))),
        "float" => Some(resolved()).filter(|value| matches!(value, Ok(Value::Number(_)) | Err(_))),
        "timestamp" => Some(Ok(Value::String(text.into()))),
        _ if plain => Some(resolved()),
        _ => Some(Ok(Value::String(Text::from(text)))),
    }
}

impl std::fmt::Display for Value {
    /// Scalars as their bare text; collections as their size. For messages.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Null => formatter.write_str("null"),
            Value::Bool(value) => write!(formatter, "{value}"),
            Value::Number(number) => write!(formatter, "{number}"),
            Value::String(text) => formatter.write_str(text),
            Value::Sequence(items) => write!(formatter, "a list of {}", items.len()),
            Value::Mapping(mapping) => write!(formatter, "an object with {} fields", mapping.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Helm 4.2.3 (sigs.k8s.io/yaml) answers, as JSON.
    #[test]
    fn scalars_mean_what_kubernetes_reads() {
        for (text, expected) in [
            ("on", "true"),
            ("yes", "true"),
            ("y", "true"),
            ("TRUE", "true"),
            ("off", "false"),
            ("No", "false"),
            ("n", "false"),
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("0777", "511"),
            ("0o17", "15"),
            ("08", "8"),
            ("1_000", "1000"),
            ("0x1F", "31"),
            ("0b11", "3"),
            ("1.", "1"),
            (".5", "0.5"),
            ("-12", "-12"),
            ("+12", "12"),
            ("1e3", "1e3"),
            ("-0x10", "-16"),
            ("9223372036854775808", "9223372036854775808"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("0.1000000000000000055", "0.1000000000000000055"),
        ] {
            let value = resolve_plain(text).unwrap();
            assert!(!matches!(value, Value::String(_)), "{text}");
            assert_eq!(value.to_string(), expected, "{text}");
        }
        for text in [
            "2001-01-01",
            "12:30:45",
            "=",
            "yEs",
            "nO",
            "0b12",
            "0x",
            "1e",
            "--1",
            "+-1",
            "1.2.3",
            "v1",
            "0xg",
            ".",
            "-",
            "1 ",
        ] {
            assert_eq!(resolve_plain(text).unwrap(), Value::String(text.into()), "{text}");
        }
        for text in [".inf", "-.Inf", ".NaN", "+.INF"] {
            assert!(resolve_plain(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ambiguous_words_are_told() {
        for text in
            ["on", "n", "1_000", "0777", "2001-01-01", "12:30:45", "=", "", "~", ".inf", "1e3", "2001-01-01T00:00:00Z"]
        {
            assert!(is_ambiguous(text), "{text}");
        }
        for text in ["nginx", "v1", "1.2.3", "100m", "1Gi", "a:b", "10.0.0.1/8"] {
            assert!(!is_ambiguous(text), "{text}");
        }
    }
}
