//! Base64 as Go's decoder of JSON takes it: the standard alphabet with padding (RFC 4648, section 4), line breaks ignored.

/// How many bytes `text` stands for; `None` when it is not base64. Nothing is decoded.
pub(super) fn decoded_len(text: &str) -> Option<usize> {
    let (mut digits, mut padding) = (0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'\r' | b'\n' => {}
            b'=' => padding += 1,
            _ if padding > 0 || value(byte).is_none() => return None,
            _ => digits += 1,
        }
    }
    let whole = digits % 4 != 1 && (digits + padding).is_multiple_of(4) && padding <= 2;
    whole.then_some(digits * 3 / 4)
}

/// The bytes that `text` stands for; `None` when it is not base64.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(decoded_len(text)?);
    let (mut bits, mut held) = (0u32, 0);
    for digit in text.bytes().filter_map(value) {
        bits = bits << 6 | digit;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}

fn value(byte: u8) -> Option<u32> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64() {
        let check = |text: &str, bytes: Option<&[u8]>| {
            assert_eq!(decode(text).as_deref(), bytes, "{text}");
            assert_eq!(decoded_len(text), bytes.map(<[u8]>::len), "{text}");
        };
        check("", Some(b""));
        check("Zg==", Some(b"f"));
        check("Zm8=", Some(b"fo"));
        check("Zm9v\n", Some(b"foo"));
        check("+/+/", Some(&[0xfb, 0xff, 0xbf]));
        for wrong in ["Zg", "Zg=", "Zg===", "Z===", "Zg==Zg==", "Z g=", "-_-_", "Zm9v=", "<b64>"] {
            check(wrong, None);
        }
    }
}
