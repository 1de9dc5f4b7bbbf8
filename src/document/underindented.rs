//! Quoted texts whose further lines stand too far left.
//!
//! YAML 1.2 wants every line of a quoted text to be indented more than the mapping around it; libyaml, and with it the API
//! server, `kubectl` and many a generator of CustomResourceDefinitions, do not. The parser is strict: what is read instead
//! is a copy of the document in which such a text stands on one line, byte for byte as long as it was, so that every
//! value keeps its place. The value of the text itself is read from the original.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle};

/// How many bytes may be read again for the sake of one document.
const BUDGET: usize = 256 << 20;

/// A document in the making of its copy.
pub(super) struct Copy {
    pub(super) text: String,
    /// Where the quoted texts begin that were put on one line.
    pub(super) joined: Vec<u32>,
    readings: usize,
}

impl Copy {
    /// Of the document of `text` that begins at byte `start` and holds byte `at`. Bytes before it become blanks.
    pub(super) fn of(text: &str, start: usize, at: usize) -> Option<Copy> {
        let end = text.get(at..)?.find("\n---").map_or(text.len(), |next| at + next + 1);
        let mut copy = blank(text.get(..start)?);
        copy.push_str(text.get(start..end)?);
        let readings = BUDGET / copy.len().max(1);
        Some(Copy { text: copy, joined: Vec::new(), readings: readings.min(1000) })
    }

    /// Joins the lines of the quoted text that holds byte `at` and begins after byte `from`; false when there is none, or when it
    /// has been done often enough.
    pub(super) fn join(&mut self, from: usize, at: usize) -> bool {
        let Some((start, end)) = quoted(self.text.as_bytes(), from, at) else { return false };
        let known = self.joined.contains(&(start as u32));
        if known || self.readings == 0 || !self.text.is_char_boundary(end) {
            return false;
        }
        self.readings -= 1;
        let joined = self.text[start..end].replace(['\n', '\r'], " ");
        self.text.replace_range(start..end, &joined);
        self.joined.push(start as u32);
        true
    }
}

fn blank(text: &str) -> String {
    text.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }).collect()
}

/// The bytes of the first quoted text after `from` that holds byte `at`, with its quotes.
fn quoted(text: &[u8], from: usize, at: usize) -> Option<(usize, usize)> {
    let mut here = from;
    while here < at.min(text.len()) {
        let begins = here == 0 || matches!(text[here - 1], b' ' | b'\t' | b'\n' | b'[' | b'{' | b',' | b':' | b'-');
        match text[here] {
            b'\'' | b'"' if begins => match closing(text, here) {
                Some(end) if end <= at => here = end,
                Some(end) => return Some((here, end)),
                None => return None,
            },
            b'#' if begins => here = end_of_line(text, here),
            _ => here += 1,
        }
    }
    None
}

/// The byte after the quote that closes the one at `start`.
fn closing(text: &[u8], start: usize) -> Option<usize> {
    let quote = text[start];
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte != quote => at += 1,
            // Two single quotes are one.
            _ if quote == b'\'' && text.get(at + 1) == Some(&quote) => at += 2,
            _ => return Some(at + 1),
        }
    }
    None
}

fn end_of_line(text: &[u8], from: usize) -> usize {
    text[from..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |line| from + line)
}

/// What a quoted text says, whatever stands around it.
pub(super) fn value(quoted: &str) -> Option<Cow<'_, str>> {
    Parser::new_from_str(quoted).find_map(|event| match event {
        Ok((Event::Scalar(text, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..), _)) => Some(text),
        _ => None,
    })
}
