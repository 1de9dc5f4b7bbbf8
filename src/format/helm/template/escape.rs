//! `html`, `js` and `urlquery`, as Go's `text/template` escapes.

use super::number::is_print;
use crate::format::helm::value::Str;

pub(super) fn html(text: &Str) -> Str {
    let mut escaped = Vec::with_capacity(text.len());
    for &byte in text.as_bytes() {
        match byte {
            0 => escaped.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => escaped.extend_from_slice(b"&#34;"),
            b'\'' => escaped.extend_from_slice(b"&#39;"),
            b'&' => escaped.extend_from_slice(b"&amp;"),
            b'<' => escaped.extend_from_slice(b"&lt;"),
            b'>' => escaped.extend_from_slice(b"&gt;"),
            byte => escaped.push(byte),
        }
    }
    Str::from_bytes(escaped)
}

pub(super) fn js(text: &Str) -> Str {
    let mut escaped = String::with_capacity(text.len());
    for chunk in text.as_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' | '\'' | '"' => escaped.extend(['\\', character]),
                '<' | '>' | '&' | '=' | '\0'..' ' => escaped.push_str(&format!("\\u{:04X}", u32::from(character))),
                _ if character.is_ascii() || is_print(character) => escaped.push(character),
                _ => escaped.push_str(&format!("\\u{:04X}", u32::from(character))),
            }
        }
        // U+FFFD can be printed.
        chunk.invalid().iter().for_each(|_| escaped.push(char::REPLACEMENT_CHARACTER));
    }
    Str::new(escaped)
}

pub(super) fn url_query(text: &Str) -> Str {
    let mut escaped = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(byte.into()),
            b' ' => escaped.push('+'),
            byte => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    Str::new(escaped)
}
