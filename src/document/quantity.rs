//! Amounts as Kubernetes writes them: `500m`, `1.5Gi`, `2e3`.
//!
//! The grammar, the rounding up to nano units and the cap of binary amounts are those of
//! `k8s.io/apimachinery/pkg/api/resource` (<https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>).
//! Values are exact: `1000m`, `1` and `1e0` are equal, whatever their size.

use std::cmp::Ordering;

use super::{Node, Text, Value};

/// An exact decimal number; equal amounts are equal however they were written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    negative: bool,
    /// Decimal digits without zeros at either end; empty for zero.
    digits: Text,
    /// The power of ten that the last digit counts.
    exponent: i64,
}

/// Amounts below this power of ten are rounded up, away from zero.
const NANO: i64 = -9;

impl Quantity {
    /// The amount that `text` writes; `None` when it is not a quantity.
    pub fn parse(text: &str) -> Option<Quantity> {
        // The decoder of the API server trims, so `" 1Gi"` is 1Gi.
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, rest) = split_digits(unsigned);
        let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), split_digits);
        let suffix = Suffix::parse(suffix)?;
        if whole.is_empty() && fraction.is_empty() && !suffix.goes_without_digits() {
            return None;
        }

        let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|digit| digit - b'0').collect();
        let mut exponent = -(fraction.len() as i64);
        match suffix {
            Suffix::Decimal(power) => exponent += power,
            Suffix::Binary(power) => multiply(&mut digits, 1 << power),
        }
        round_up(&mut digits, &mut exponent);
        let amount = Quantity::normal(negative, &digits, exponent);
        Some(match suffix {
            Suffix::Binary(_) => amount.capped(),
            Suffix::Decimal(_) => amount,
        })
    }

    /// The amount of a string or a number.
    pub fn of(node: &Node) -> Option<Quantity> {
        match &node.value {
            Value::String(text) => Quantity::parse(text),
            Value::Number(number) => Quantity::parse(&number.to_string()),
            _ => None,
        }
    }

    fn normal(negative: bool, digits: &[u8], exponent: i64) -> Quantity {
        let first = digits.iter().position(|&digit| digit != 0).unwrap_or(digits.len());
        let last = digits.iter().rposition(|&digit| digit != 0).map_or(first, |last| last + 1);
        let exponent = if first == last { 0 } else { exponent + (digits.len() - last) as i64 };
        Quantity {
            negative: negative && first < last,
            digits: digits[first..last].iter().map(|digit| char::from(digit + b'0')).collect(),
            exponent,
        }
    }

    /// Amounts with a binary suffix end at 2^63-1 of either sign.
    fn capped(self) -> Quantity {
        let cap = Quantity::from(i64::MAX);
        if self.magnitude(&cap) == Ordering::Greater { Quantity { negative: self.negative, ..cap } } else { self }
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether the amount is a whole number of units.
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether the amount is a whole number of thousandths.
    pub fn is_whole_milli(&self) -> bool {
        self.exponent >= -3
    }

    /// The amount in whole units, if it is one and is not astronomic.
    pub fn to_i128(&self) -> Option<i128> {
        let power = 10i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let digits = if self.is_zero() { 0 } else { self.digits.parse::<i128>().ok()? };
        let magnitude = digits.checked_mul(power)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    fn magnitude(&self, other: &Quantity) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        // The power of ten of the first digit decides, then the digits in their order.
        let leading = |quantity: &Quantity| quantity.exponent + quantity.digits.len() as i64;
        leading(self).cmp(&leading(other)).then_with(|| self.digits.as_bytes().cmp(other.digits.as_bytes()))
    }
}

impl From<i64> for Quantity {
    fn from(value: i64) -> Quantity {
        let digits: Vec<u8> = value.unsigned_abs().to_string().bytes().map(|digit| digit - b'0').collect();
        Quantity::normal(value < 0, &digits, 0)
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Quantity) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What stands behind the digits: a power of ten, or a power of two.
#[derive(Clone, Copy)]
enum Suffix {
    Decimal(i64),
    Binary(u32),
}

impl Suffix {
    fn parse(text: &str) -> Option<Suffix> {
        Some(match text {
            "" => Suffix::Decimal(0),
            "n" => Suffix::Decimal(-9),
            "u" => Suffix::Decimal(-6),
            "m" => Suffix::Decimal(-3),
            "k" => Suffix::Decimal(3),
            "M" => Suffix::Decimal(6),
            "G" => Suffix::Decimal(9),
            "T" => Suffix::Decimal(12),
            "P" => Suffix::Decimal(15),
            "E" => Suffix::Decimal(18),
            "Ki" => Suffix::Binary(10),
            "Mi" => Suffix::Binary(20),
            "Gi" => Suffix::Binary(30),
            "Ti" => Suffix::Binary(40),
            "Pi" => Suffix::Binary(50),
            "Ei" => Suffix::Binary(60),
            // The API server keeps the low 32 bits of larger exponents; so do we, to agree with it.
            _ => Suffix::Decimal(i64::from(text.strip_prefix(['e', 'E'])?.parse::<i64>().ok()? as i32)),
        })
    }

    /// `m` alone is 0 to the API server's fast path; amounts that need big numbers need digits too.
    fn goes_without_digits(self) -> bool {
        match self {
            Suffix::Decimal(power) => power >= NANO,
            Suffix::Binary(power) => power <= 40,
        }
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len()))
}

/// Multiplies a decimal number, most significant digit first.
fn multiply(digits: &mut Vec<u8>, factor: u64) {
    let mut carry = 0u64;
    for digit in digits.iter_mut().rev() {
        // At most 9 * 2^60 + 2^61: it fits.
        let product = u64::from(*digit) * factor + carry;
        *digit = (product % 10) as u8;
        carry = product / 10;
    }
    let mut head = Vec::new();
    while carry > 0 {
        head.push((carry % 10) as u8);
        carry /= 10;
    }
    digits.splice(0..0, head.into_iter().rev());
}

/// Rounds away from zero to nano units.
fn round_up(digits: &mut Vec<u8>, exponent: &mut i64) {
    if *exponent >= NANO {
        return;
    }
    let dropped = usize::try_from(NANO - *exponent).unwrap_or(usize::MAX);
    let kept = digits.len().saturating_sub(dropped);
    let up = digits[kept..].iter().any(|&digit| digit != 0);
    digits.truncate(kept);
    *exponent = NANO;
    if !up {
        return;
    }
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Quantity::parse(text), Some(Quantity::parse(expected).unwrap()), "{text}");
    }

    #[test]
    fn equal_amounts_are_equal() {
        check("1000m", "1");
        check("1e3", "1k");
        check("1E3", "1000");
        check("0.5", "500m");
        check("1.5Gi", "1610612736");
        check("1Ki", "1024");
        check("+1", "1");
        check("007", "7");
        check("-0", "0");
        check("0Gi", "0");
        check(".5", "0.5");
        check("1.", "1");
        check("1e-3", "1m");
        check(" 1Gi ", "1Gi");
        check("1E", "1000000000000000000");
        check("1000000000000000000000000000000000000000", "1e39");
    }

    #[test]
    fn small_amounts_are_rounded_up_and_binary_ones_capped() {
        check("0.1n", "1n");
        check("-0.1n", "-1n");
        check("1.0000000001", "1.000000001");
        check("0.9999999999", "1");
        check("0.0000000000", "0");
        check("8Ei", "9223372036854775807");
        check("-9Ei", "-9223372036854775807");
        check("9E", "9e18");
        check("100E", "1e20");
    }

    #[test]
    fn what_is_no_quantity() {
        for text in [
            "", " ", "1 Gi", "1gi", "1GB", "1K", "abc", "1.2.3", "1e", "--1", "1e1.5", "0x10", "1,5", "1mi", "Ei",
            "e-10",
        ] {
            assert_eq!(Quantity::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn order_is_of_amounts() {
        let sorted = ["-1k", "-2", "-1", "-1m", "0", "1n", "1m", "999m", "1", "1.001", "2", "1k", "1Ki", "1M", "1e30"];
        for pair in sorted.windows(2) {
            assert!(Quantity::parse(pair[0]).unwrap() < Quantity::parse(pair[1]).unwrap(), "{pair:?}");
        }
    }

    #[test]
    fn whole_numbers() {
        let of = |text| Quantity::parse(text).unwrap();
        assert!(of("1").is_whole() && of("1000m").is_whole() && !of("1m").is_whole());
        assert!(of("1m").is_whole_milli() && !of("1u").is_whole_milli());
        assert_eq!(of("-2Ki").to_i128(), Some(-2048));
        assert_eq!(of("1m").to_i128(), None);
        assert_eq!(of("1e400").to_i128(), None);
        assert_eq!(of("0").to_i128(), Some(0));
    }
}
