//! Encodings and digests: base 64, base 32, SHA and Adler.

use base64::{
    Engine,
    alphabet::STANDARD as ALPHABET,
    engine::{GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::format::helm::{
    template::{Args, Failure, Function},
    value::{Str, Type, Value},
};

const TEXT: &[Type] = &[Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("adler32sum", TEXT, |_, args| Ok(adler32(args.text(0).as_bytes()).to_string().into())),
    Function::new("b32dec", TEXT, |_, args| {
        let text = args.text(0);
        Ok(decode32(text.as_bytes()).map_or_else(|error| error.into(), |bytes| Str::from_bytes(bytes).into()))
    }),
    Function::new("b32enc", TEXT, |_, args| Ok(encode32(args.text(0).as_bytes()).into())),
    Function::new("b64dec", TEXT, |_, args| {
        let text = args.text(0);
        Ok(decode64(text.as_bytes()).map_or_else(|error| error.into(), |bytes| Str::from_bytes(bytes).into()))
    }),
    Function::new("b64enc", TEXT, |_, args| Ok(STANDARD.encode(args.text(0).as_bytes()).into())),
    Function::new("sha1sum", TEXT, sum::<Sha1>),
    Function::new("sha256sum", TEXT, sum::<Sha256>),
    Function::new("sha512sum", TEXT, sum::<Sha512>),
];

fn sum<D: Digest>(_: &mut crate::format::helm::template::Context<'_>, args: Args<'_>) -> Result<Value, Failure> {
    Ok(hexadecimal(&D::digest(args.text(0).as_bytes())).into())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    let (a, b) = bytes.iter().fold((1, 0), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % MODULUS;
        (a, (b + a) % MODULUS)
    });
    b << 16 | a
}

/// Base 64 as Go reads it: line breaks do not count, nor do bits beyond the last byte.
///
/// # Errors
/// In Go's words.
pub(super) fn decode64(text: &[u8]) -> Result<Vec<u8>, String> {
    const LENIENT: GeneralPurpose =
        GeneralPurpose::new(&ALPHABET, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));
    let kept: Vec<u8> = text.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    LENIENT.decode(&kept).map_err(|_| {
        let digits = kept.iter().take_while(|byte| ALPHABET.as_str().as_bytes().contains(byte)).count();
        let at = match digits == kept.len() {
            // An incomplete group is refused at its beginning, counted from the end.
            true => text.len() - digits % 4,
            false => original_position(text, bad_position(&kept, digits)),
        };
        format!("illegal base64 data at input byte {at}")
    })
}

/// Where Go stops, when not everything is a digit: at the first byte that cannot be where it is.
fn bad_position(text: &[u8], digits: usize) -> usize {
    let (rest, within) = (&text[digits..], digits % 4);
    if within < 2 || rest[0] != b'=' {
        return digits;
    }
    let padding = rest.iter().take_while(|byte| **byte == b'=').count();
    let needed = 4 - within;
    if padding < needed && rest.len() == padding { text.len() } else { digits + padding.min(needed) }
}

/// The position in `text` of the byte at `at` of what remains without line breaks.
fn original_position(text: &[u8], at: usize) -> usize {
    let kept = text.iter().enumerate().filter(|(_, byte)| !matches!(byte, b'\r' | b'\n'));
    kept.map(|(position, _)| position).nth(at).unwrap_or(text.len())
}

const DIGITS32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn encode32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for group in bytes.chunks(5) {
        let mut bits = [0; 8];
        bits[3..3 + group.len()].copy_from_slice(group);
        let bits = u64::from_be_bytes(bits);
        let digits = (group.len() * 8).div_ceil(5);
        for index in 0..8 {
            let digit = (bits >> (35 - 5 * index) & 31) as usize;
            out.push(if index < digits { DIGITS32[digit].into() } else { '=' });
        }
    }
    out
}

/// # Errors
/// In Go's words.
fn decode32(text: &[u8]) -> Result<Vec<u8>, String> {
    let kept: Vec<u8> = text.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let value = |byte: u8| DIGITS32.iter().position(|digit| *digit == byte);
    let corrupt = |at: usize| format!("illegal base32 data at input byte {at}");
    let mut out = Vec::with_capacity(kept.len() / 8 * 5);
    for (index, group) in kept.chunks(8).enumerate() {
        let start = index * 8;
        let digits = group.iter().take_while(|byte| value(**byte).is_some()).count();
        if digits < 8 {
            check_end32(&kept, start, digits).map_err(corrupt)?;
        }
        let bits =
            group[..digits].iter().filter_map(|byte| value(*byte)).fold(0u64, |bits, digit| bits << 5 | digit as u64);
        let bits = (bits << (40 - 5 * digits)).to_be_bytes();
        out.extend_from_slice(&bits[3..3 + digits * 5 / 8]);
    }
    Ok(out)
}

/// Whether the last group, of so many digits, is padded as it must be; else where Go stops.
fn check_end32(text: &[u8], start: usize, digits: usize) -> Result<(), usize> {
    let Some((first, rest)) = text[start + digits..].split_first() else { return Err(start) };
    if *first != b'=' || digits < 2 || rest.len() >= 8 {
        return Err(start + digits);
    }
    if rest.len() + digits < 7 {
        return Err(text.len());
    }
    if let Some(bad) = rest.iter().take(7 - digits).position(|byte| *byte != b'=') {
        return Err(text.len() - rest.len() + bad - 1);
    }
    if matches!(digits, 3 | 6) { Err(start + digits) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_32() {
        for (text, encoded) in
            [("", ""), ("f", "MY======"), ("foob", "MZXW6YQ="), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI======")]
        {
            assert_eq!(encode32(text.as_bytes()), encoded);
            assert_eq!(decode32(encoded.as_bytes()), Ok(text.as_bytes().to_vec()));
        }
        assert!(decode32(b"MY=").is_err());
    }

    #[test]
    fn base_64() {
        assert_eq!(decode64(b"Zm9v\nYg=="), Ok(b"foob".to_vec()));
        assert_eq!(decode64(b"Zm9v!").unwrap_err(), "illegal base64 data at input byte 4");
        assert_eq!(decode64(b"Zm9vY").unwrap_err(), "illegal base64 data at input byte 4");
        assert_eq!(adler32(b"Wikipedia"), 300286872);
    }
}
