//! Quantities by value: `1000m` = `1`, `1Gi` = `1024Mi`
//! (<https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>).

/// `mantissa` × 10^`exponent` without trailing zeros in the mantissa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Quantity {
    mantissa: i128,
    exponent: i32,
}

/// The value of a quantity; `None` for what is none, or has more digits than any resource has.
pub(super) fn parse(text: &str) -> Option<Quantity> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() + fraction.len() == 0 || fraction.contains('.') {
        return None;
    }
    let (power_of_2, power_of_10) = scale(suffix)?;
    let digits = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    let size: i128 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let mut mantissa = size.checked_mul(1i128 << power_of_2)?;
    let mut exponent = power_of_10 - i32::try_from(fraction.len()).ok()?;
    // Nothing is finer than a nano: the API server rounds up, away from zero.
    while exponent < -9 && mantissa != 0 {
        mantissa = mantissa / 10 + i128::from(mantissa % 10 != 0);
        exponent += 1;
    }
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        exponent += 1;
    }
    if mantissa == 0 {
        exponent = 0;
    }
    Some(Quantity { mantissa: if negative { -mantissa } else { mantissa }, exponent })
}

/// What a suffix multiplies with, as powers of 2 and of 10.
fn scale(suffix: &str) -> Option<(u32, i32)> {
    Some(match suffix {
        "" => (0, 0),
        "n" => (0, -9),
        "u" => (0, -6),
        "m" => (0, -3),
        "k" => (0, 3),
        "M" => (0, 6),
        "G" => (0, 9),
        "T" => (0, 12),
        "P" => (0, 15),
        "E" => (0, 18),
        "Ki" => (10, 0),
        "Mi" => (20, 0),
        "Gi" => (30, 0),
        "Ti" => (40, 0),
        "Pi" => (50, 0),
        "Ei" => (60, 0),
        _ => (0, suffix.strip_prefix(['e', 'E'])?.parse().ok().filter(|power: &i32| power.abs() <= 1000)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_quantities_are_one_value() {
        for same in [
            &["1", "1000m", "1.0", "1e0", "+1", "1000000u", "1."][..],
            &["0.5", "500m", ".5", "5e-1"],
            &["1Gi", "1024Mi", "1048576Ki", "1073741824"],
            &["1k", "1000", "1E3", "1e3"],
            &["0", "0m", "0Gi", "-0", "0.000"],
            &["1E", "1e18", "1000P"],
            &["-1", "-1000m"],
        ] {
            for text in same {
                assert_eq!(parse(text), parse(same[0]), "{text}");
                assert!(parse(text).is_some(), "{text}");
            }
        }
        for (a, b) in [("1", "1m"), ("1G", "1Gi"), ("1E", "1Ei"), ("1", "-1")] {
            assert_ne!(parse(a), parse(b));
        }
        for text in ["", "-", ".", "Gi", "1 Gi", "1GB", "1.2.3", "1e", "0x10", "1ee3", "abc", "1e999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
