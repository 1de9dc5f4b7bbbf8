//! Decimals without rounding (`shopspring/decimal`), which Sprig computes floats with.

use num_bigint::BigInt;

use super::number::{Float, format_float};
use crate::format::helm::template::Failure;

/// A whole number and the power of ten that it is multiplied with.
#[derive(Debug, Clone)]
pub(super) struct Decimal {
    value: BigInt,
    exponent: i64,
}

/// Digits after the point that a division gives.
const DIVISION_DIGITS: i64 = 16;

/// Floats have at most so many digits; results of results stay within a few times that.
const DIGITS: u64 = 100_000;

impl Decimal {
    /// The decimal of the fewest digits that reads as `value`.
    ///
    /// # Errors
    /// What is not a number.
    pub(super) fn from_float(value: f64) -> Result<Decimal, Failure> {
        if !value.is_finite() {
            let shown = format_float(value, Float::General);
            return Err(Failure::Error(format!("Cannot create a Decimal from {}", shown)));
        }
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i64);
        let value = mantissa.replace('.', "").parse().unwrap_or_default();
        Ok(Decimal { value, exponent: exponent.parse::<i64>().unwrap_or(0) - fraction })
    }

    pub(super) fn to_float(&self) -> f64 {
        format!("{}e{}", self.value, self.exponent).parse().unwrap_or(f64::NAN)
    }

    pub(super) fn add(self, other: Decimal) -> Result<Decimal, Failure> {
        let (a, b, exponent) = aligned(self, other);
        Decimal { value: a + b, exponent }.checked()
    }

    pub(super) fn subtract(self, other: Decimal) -> Result<Decimal, Failure> {
        let (a, b, exponent) = aligned(self, other);
        Decimal { value: a - b, exponent }.checked()
    }

    pub(super) fn multiply(self, other: Decimal) -> Result<Decimal, Failure> {
        Decimal { value: self.value * other.value, exponent: self.exponent + other.exponent }.checked()
    }

    /// Rounded, half away from zero.
    pub(super) fn divide(self, other: Decimal) -> Result<Decimal, Failure> {
        let zero = BigInt::default();
        if other.value == zero {
            return Err("decimal division by 0".into());
        }
        let shift = self.exponent - other.exponent + DIVISION_DIGITS;
        let (mut dividend, mut divisor) = (self.value, other.value);
        if shift >= 0 {
            dividend *= power(shift);
        } else {
            divisor *= power(-shift);
        }
        let quotient = &dividend / &divisor;
        let rest = &dividend % &divisor;
        let is_half = rest.magnitude() * 2u8 >= *divisor.magnitude();
        let is_negative = (dividend < zero) != (divisor < zero);
        let away = BigInt::from(if !is_half {
            0
        } else if is_negative {
            -1
        } else {
            1
        });
        Decimal { value: quotient + away, exponent: -DIVISION_DIGITS }.checked()
    }

    fn checked(self) -> Result<Decimal, Failure> {
        if self.value.bits() > DIGITS * 4 {
            let budget = crate::format::helm::template::Budget { limit: "decimal-digits", allowed: DIGITS };
            return Err(Failure::Limit(budget));
        }
        Ok(self)
    }
}

/// Both as multiples of the same power of ten.
fn aligned(a: Decimal, b: Decimal) -> (BigInt, BigInt, i64) {
    let exponent = a.exponent.min(b.exponent);
    (a.value * power(a.exponent - exponent), b.value * power(b.exponent - exponent), exponent)
}

/// Exponents of floats are small, and products are checked.
fn power(exponent: i64) -> BigInt {
    BigInt::from(10u8).pow(u32::try_from(exponent).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_do_not_round_like_floats() {
        let decimal = |value| Decimal::from_float(value).unwrap();
        assert_eq!(decimal(0.1).add(decimal(0.2)).unwrap().to_float(), 0.3);
        assert_eq!(decimal(1.1).multiply(decimal(1.1)).unwrap().to_float(), 1.21);
        assert_eq!(decimal(-2.0).divide(decimal(3.0)).unwrap().to_float(), -0.6666666666666667);
        assert!(decimal(1.0).divide(decimal(0.0)).is_err());
        assert!(Decimal::from_float(f64::INFINITY).is_err());
    }
}
