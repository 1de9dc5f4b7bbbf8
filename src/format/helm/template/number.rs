//! Plain values as text, by the flags, widths and precisions of Go's `fmt`.

use std::sync::LazyLock;

use regex::Regex;

use crate::format::helm::value::{Str, StrBuilder};

/// How a verb is to be printed: `%-08.3f`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spec {
    pub sharp: bool,
    pub zero: bool,
    pub plus: bool,
    pub minus: bool,
    pub space: bool,
    /// `%#v`
    pub sharp_v: bool,
    /// `%+v`
    pub plus_v: bool,
    pub width: Option<i64>,
    pub precision: Option<i64>,
}

impl Spec {
    fn padding(self, used: usize) -> usize {
        (self.width.unwrap_or(0).unsigned_abs() as usize).saturating_sub(used)
    }

    /// Writes `bytes`, filled up to the width.
    fn pad_bytes(self, bytes: &[u8], out: &mut StrBuilder) {
        let fill = self.padding(String::from_utf8_lossy(bytes).chars().count());
        if self.minus {
            out.push_bytes(bytes);
            out.push_str(&" ".repeat(fill));
        } else {
            out.push_str(&if self.zero { "0" } else { " " }.repeat(fill));
            out.push_bytes(bytes);
        }
    }

    pub(super) fn pad(self, text: &str, out: &mut StrBuilder) {
        self.pad_bytes(text.as_bytes(), out);
    }

    /// A string, cut to the precision in characters.
    pub(super) fn string(self, bytes: &[u8], out: &mut StrBuilder) {
        self.pad_bytes(self.cut(bytes), out);
    }

    fn cut(self, bytes: &[u8]) -> &[u8] {
        let Some(precision) = self.precision else { return bytes };
        let text = String::from_utf8_lossy(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let end = text.char_indices().nth(precision as usize).map_or(text.len(), |(at, _)| at);
                &bytes[..end]
            }
            // Each byte that is not UTF-8 counts as one character.
            Err(_) => {
                &bytes[..text.chars().take(precision as usize).map(char::len_utf8).sum::<usize>().min(bytes.len())]
            }
        }
    }

    pub(super) fn hex(self, bytes: &[u8], upper: bool, out: &mut StrBuilder) {
        let bytes = &bytes[..bytes.len().min(self.precision.map_or(usize::MAX, |precision| precision as usize))];
        let prefix = match (self.sharp, upper) {
            (false, _) => "",
            (true, false) => "0x",
            (true, true) => "0X",
        };
        let pairs = bytes.iter().map(|byte| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") });
        let text = if self.space {
            pairs.map(|pair| format!("{prefix}{pair}")).collect::<Vec<_>>().join(" ")
        } else {
            let pairs: String = pairs.collect();
            if pairs.is_empty() { pairs } else { format!("{prefix}{pairs}") }
        };
        self.pad(&text, out);
    }

    pub(super) fn quoted(self, text: &Str, out: &mut StrBuilder) {
        let cut = Str::from_bytes(self.cut(text.as_bytes()).to_vec());
        let can_be_raw =
            |text: &str| !text.chars().any(|c| c == '`' || c == '\u{feff}' || c == '\x7f' || c < ' ' && c != '\t');
        match cut.as_str() {
            Some(raw) if self.sharp && can_be_raw(raw) => self.pad(&format!("`{raw}`"), out),
            _ => self.pad(&quote(cut.as_bytes(), '"', self.plus), out),
        }
    }

    /// A whole number; `false` when it has no such verb.
    pub(super) fn integer(self, number: i64, unsigned: bool, verb: char, out: &mut StrBuilder) -> bool {
        let negative = !unsigned && number < 0;
        let size = if negative { number.unsigned_abs() } else { number as u64 };
        let digits = match verb {
            'v' if self.sharp_v && unsigned => format!("{size:x}"),
            'v' | 'd' => size.to_string(),
            'b' => format!("{size:b}"),
            'o' | 'O' => format!("{size:o}"),
            'x' => format!("{size:x}"),
            'X' => format!("{size:X}"),
            'c' | 'q' | 'U' => {
                self.character(number as u64, verb, out);
                return true;
            }
            _ => return false,
        };
        if self.precision == Some(0) && size == 0 {
            out.push_str(&" ".repeat(self.padding(0)));
            return true;
        }
        let sign = match () {
            () if negative => "-",
            () if self.plus => "+",
            () if self.space => " ",
            () => "",
        };
        let least = match self.precision {
            Some(precision) => precision as usize,
            None if self.zero && !self.minus => self.padding(sign.len()),
            None => 0,
        };
        let digits = format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
        let prefix = match verb {
            'v' if self.sharp_v && unsigned => "0x",
            'O' => "0o",
            'b' if self.sharp => "0b",
            'o' if self.sharp && !digits.starts_with('0') => "0",
            'x' if self.sharp => "0x",
            'X' if self.sharp => "0X",
            _ => "",
        };
        Spec { zero: false, ..self }.pad(&format!("{sign}{prefix}{digits}"), out);
        true
    }

    fn character(self, code: u64, verb: char, out: &mut StrBuilder) {
        let character = u32::try_from(code).ok().and_then(char::from_u32);
        let shown = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        match verb {
            'c' => self.pad(&shown.to_string(), out),
            'q' => self.pad(&quote(shown.to_string().as_bytes(), '\'', self.plus), out),
            _ => {
                let least = self.precision.unwrap_or(4).max(4) as usize;
                let digits = format!("{code:X}");
                let mut text = format!("U+{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
                if let (true, Some(character)) = (self.sharp, character.filter(|&character| is_print(character))) {
                    text.push_str(&format!(" '{character}'"));
                }
                Spec { zero: false, ..self }.pad(&text, out);
            }
        }
    }

    /// A float; `false` when it has no such verb.
    pub(super) fn float(self, number: f64, verb: char, out: &mut StrBuilder) -> bool {
        let (format, default) = match verb {
            'v' | 'g' => ('g', None),
            'G' => ('G', None),
            'e' | 'E' => (verb, Some(6)),
            'f' | 'F' => ('f', Some(6)),
            _ => return false,
        };
        let precision = self.precision.map(|precision| precision as usize).or(default);
        let mut digits = float(number.abs(), format, precision);
        let negative = number.is_sign_negative() && !number.is_nan();
        let sign = match () {
            () if negative => "-",
            () if self.plus => "+",
            () if self.space => " ",
            () => "",
        };
        if !number.is_finite() {
            // Infinity is signed, what is no number only if asked.
            Spec { zero: false, ..self }
                .pad(&format!("{}{digits}", if number.is_infinite() && sign.is_empty() { "+" } else { sign }), out);
            return true;
        }
        if self.sharp {
            digits = with_point(&digits, matches!(format, 'g' | 'G').then(|| precision.unwrap_or(6)));
        }
        let fill = self.padding(sign.len() + digits.len());
        if self.zero && !self.minus && fill > 0 {
            out.push_str(&format!("{sign}{}{digits}", "0".repeat(fill)));
        } else {
            self.pad(&format!("{sign}{digits}"), out);
        }
        true
    }
}

/// `#`: always a decimal point, and `significant` digits.
fn with_point(digits: &str, significant: Option<usize>) -> String {
    let tail = digits.find(['e', 'E']).unwrap_or(digits.len());
    let (mantissa, tail) = digits.split_at(tail);
    let point = if mantissa.contains('.') { "" } else { "." };
    let counted = mantissa.trim_start_matches(['0', '.']).chars().filter(char::is_ascii_digit).count();
    let counted = if mantissa == "0" { 1 } else { counted };
    let zeros = "0".repeat(significant.unwrap_or(0).saturating_sub(counted));
    format!("{mantissa}{point}{zeros}{tail}")
}

/// `strconv.FormatFloat` of a number that is not negative; without precision the fewest digits that tell it.
pub(super) fn float(number: f64, format: char, precision: Option<usize>) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return "Inf".to_owned();
    }
    match format {
        'f' => precision.map_or_else(|| format!("{number}"), |precision| fixed(number, precision)),
        'e' | 'E' => exponential(number, precision, format),
        _ => {
            let significant = precision.map(|precision| precision.clamp(1, DIGITS));
            let shown = match significant {
                Some(digits) => format!("{number:.*e}", digits - 1),
                None => format!("{number:e}"),
            };
            let (mantissa, exponent) = shown.split_once('e').unwrap_or((&shown, "0"));
            let exponent: i32 = exponent.parse().unwrap_or(0);
            let mantissa =
                if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
            let count = mantissa.len() - usize::from(mantissa.contains('.'));
            let mut most = significant.map_or(6, |digits| digits as i32);
            if significant.is_some() && most > count as i32 && count as i32 > exponent {
                most = count as i32;
            }
            if exponent < -4 || exponent >= most {
                return exponential(number, Some(count - 1), if format == 'G' { 'E' } else { 'e' });
            }
            let decimals = (count as i32 - 1 - exponent).max(0) as usize;
            format!("{number:.decimals$}")
        }
    }
}

/// No float has more digits than this, before or behind the point: what is asked for beyond them are zeros.
const DIGITS: usize = 1_100;

fn fixed(number: f64, precision: usize) -> String {
    format!("{number:.*}{}", precision.min(DIGITS), "0".repeat(precision.saturating_sub(DIGITS)))
}

/// With an exponent of at least two digits.
fn exponential(number: f64, precision: Option<usize>, letter: char) -> String {
    let shown = match precision {
        Some(precision) => format!("{number:.*e}", precision.min(DIGITS)),
        None => format!("{number:e}"),
    };
    let zeros = "0".repeat(precision.unwrap_or(0).saturating_sub(DIGITS));
    let (mantissa, exponent) = shown.split_once('e').unwrap_or((&shown, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}{zeros}{letter}{sign}{:02}", exponent.abs())
}

/// `strconv.Quote`, or with `ascii` `strconv.QuoteToASCII`.
pub fn quote(bytes: &[u8], quote: char, ascii: bool) -> String {
    let mut quoted = String::with_capacity(bytes.len() + 2);
    quoted.push(quote);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_quoted(&mut quoted, character, quote, ascii);
        }
        for byte in chunk.invalid() {
            quoted.push_str(&format!("\\x{byte:02x}"));
        }
    }
    quoted.push(quote);
    quoted
}

fn push_quoted(quoted: &mut String, character: char, quote: char, ascii: bool) {
    match character {
        '\\' => quoted.push_str("\\\\"),
        '\x07' => quoted.push_str("\\a"),
        '\x08' => quoted.push_str("\\b"),
        '\x0c' => quoted.push_str("\\f"),
        '\n' => quoted.push_str("\\n"),
        '\r' => quoted.push_str("\\r"),
        '\t' => quoted.push_str("\\t"),
        '\x0b' => quoted.push_str("\\v"),
        _ if character == quote => {
            quoted.push('\\');
            quoted.push(quote);
        }
        _ if character.is_ascii() || !ascii => {
            if is_print(character) {
                quoted.push(character);
            } else {
                push_code(quoted, character.into());
            }
        }
        _ => push_code(quoted, character.into()),
    }
}

fn push_code(quoted: &mut String, code: u32) {
    quoted.push_str(&match code {
        0..0x20 | 0x7f => format!("\\x{code:02x}"),
        0..0x1_0000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    });
}

/// `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols, and the ASCII space.
pub(super) fn is_print(character: char) -> bool {
    static OTHERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{L}\p{M}\p{N}\p{P}\p{S}]$").ok());
    if character.is_ascii() {
        return matches!(character, ' '..='~');
    }
    OTHERS.as_ref().is_some_and(|others| others.is_match(character.encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_go_writes_them() {
        let check = |number: f64, format: char, precision: Option<usize>, expected: &str| {
            assert_eq!(float(number, format, precision), expected, "{number} {format} {precision:?}");
        };
        check(1.0, 'g', None, "1");
        check(100_000.0, 'g', None, "100000");
        check(1_000_000.0, 'g', None, "1e+06");
        check(123_456_789.0, 'g', None, "1.23456789e+08");
        check(0.0001, 'g', None, "0.0001");
        check(0.00001, 'g', None, "1e-05");
        check(3.25, 'g', Some(2), "3.2");
        check(100.0, 'g', Some(2), "1e+02");
        check(100.0, 'g', Some(5), "100");
        check(2.5, 'f', Some(0), "2");
        check(1234.5678, 'e', Some(2), "1.23e+03");
        check(0.1, 'f', Some(70_000), &format!("{:.60}{}", 0.1, "0".repeat(69_940)));
        check(2.0, 'e', Some(70_000), &format!("2.{}e+00", "0".repeat(70_000)));
        check(2.0, 'g', Some(70_000), "2");
        check(1e100, 'f', None, &format!("1{}", "0".repeat(100)));
    }
}
