//! One text and its name; byte offsets to lines and columns.

use std::sync::OnceLock;

use super::{Error, ErrorKind, Trace};

/// A half-open range of bytes in one [`Source`]. Four bytes each: [`super::Limits`] keeps texts below 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// The span as a range to slice the text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Where something stands: both numbers count from 1, columns in characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// A text with the name users know it by (a path, `-` for standard input).
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// Characters before each block of [`BLOCK`] bytes; counted when a long line is asked about.
    characters: OnceLock<Vec<u32>>,
    /// For a text that was made of others.
    trace: Option<Trace>,
}

/// Places in lines longer than this are counted from the block they stand in: a minified file is one line, and a column
/// must not cost the whole of it.
const BLOCK: usize = 4096;

impl Source {
    /// A text from the bytes of a file: UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    /// [`ErrorKind::Encoding`] with the first byte that is to blame: UTF-16 and other encodings, binary files.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Source, Box<(Source, Error)>> {
        let name = name.into();
        let reason = match bytes.as_slice() {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some((
                0,
                "the text is UTF-16; Kubernetes manifests are UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`",
            )),
            // Every text of ours begins with ASCII.
            &[a, 0, b, 0, ..] if a != 0 && b != 0 => {
                Some((0, "the text looks like UTF-16: convert it with `iconv -f UTF-16LE -t UTF-8`"))
            }
            &[0, a, 0, b, ..] if a != 0 && b != 0 => {
                Some((0, "the text looks like UTF-16: convert it with `iconv -f UTF-16BE -t UTF-8`"))
            }
            _ => bytes
                .iter()
                .position(|&byte| byte == 0)
                .map(|at| (at, "the file is binary (it holds a NUL byte), not YAML or JSON")),
        };
        let (at, reason, bytes) = match (reason, String::from_utf8(bytes)) {
            (None, Ok(text)) => return Ok(Source::new(name, text)),
            (Some((at, reason)), text) => {
                (at, reason, text.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes))
            }
            (None, Err(error)) => {
                let at = error.utf8_error().valid_up_to();
                (
                    at,
                    "the text is not UTF-8 here; if it is Latin-1, convert it with `iconv -f LATIN1 -t UTF-8`",
                    error.into_bytes(),
                )
            }
        };
        // What precedes the bad byte is kept, so that line and column can be told.
        let sound = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let error = Error::new(ErrorKind::Encoding(reason.to_owned()), Span::new(sound.len(), sound.len()));
        Err(Box::new((Source::new(name, sound), error)))
    }

    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
            trace: None,
        }
    }

    /// A text that was made of others, as `trace` tells.
    pub fn made(name: impl Into<String>, text: impl Into<String>, trace: Trace) -> Source {
        Source { trace: Some(trace), ..Source::new(name, text) }
    }

    /// How the text was made of others, if it was.
    pub fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of `span`; empty when the span does not fit this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte offset; offsets past the end stand at the end.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset).max(1);
        let start = starts[line - 1] as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        let characters = if end - start <= BLOCK {
            characters(&self.text.as_bytes()[start..end])
        } else {
            self.characters_before(end) - self.characters_before(start)
        };
        let bom = usize::from(line == 1 && end > 0 && self.text.starts_with(BOM));
        Position { line: line as u32, column: (1 + characters - bom) as u32 }
    }

    /// The text of a line (counted from 1) without its line break; empty past the end.
    pub fn line(&self, number: u32) -> &str {
        &self.text[self.line_range(number)]
    }

    /// The bytes of [`Source::line`].
    pub(crate) fn line_range(&self, number: u32) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let Some(&start) = starts.get((number as usize).wrapping_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = starts.get(number as usize).map_or(self.text.len(), |&next| next as usize);
        let whole = self.text[start as usize..end].trim_end_matches(['\n', '\r']);
        let shown = whole.trim_start_matches(BOM);
        let end = start as usize + whole.len();
        end - shown.len()..end
    }

    /// Byte offset at which a line (counted from 1) begins; the text's length past the end.
    pub fn line_start(&self, number: u32) -> u32 {
        self.line_starts().get((number as usize).wrapping_sub(1)).copied().unwrap_or(self.text.len() as u32)
    }

    pub fn line_count(&self) -> u32 {
        self.line_starts().len() as u32
    }

    /// Characters that begin before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blocks = self.characters.get_or_init(|| {
            let mut before = 0;
            let begin = |block| {
                let begins = before;
                before += characters(block) as u32;
                begins
            };
            // The text's end may begin a block of its own.
            bytes.chunks(BLOCK).chain([&[][..]]).map(begin).collect()
        });
        let block = offset / BLOCK;
        blocks[block] as usize + characters(&bytes[block * BLOCK..offset])
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
            starts.push(0);
            for (at, &byte) in bytes.iter().enumerate() {
                // A lone carriage return ends a line too (YAML 1.2, 5.4).
                if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                    starts.push(at as u32 + 1);
                }
            }
            starts
        })
    }
}

const BOM: char = '\u{feff}';

/// The bytes that begin a character: no need for a slice to end on a boundary.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_every_kind_of_line_break() {
        let source = Source::new("a", "\u{feff}ä: 1\r\nb: 2\rc: 3\n");
        let at = |needle: &str| source.position(source.text().find(needle).unwrap() as u32);
        assert_eq!(at("1"), Position { line: 1, column: 4 });
        assert_eq!(at("b"), Position { line: 2, column: 1 });
        assert_eq!(at("3"), Position { line: 3, column: 4 });
        assert_eq!(source.line(1), "ä: 1");
        assert_eq!(source.line(3), "c: 3");
        assert_eq!(source.line(99), "");
        assert_eq!(source.position(9999).line, 4);
    }

    #[test]
    fn columns_of_long_lines_are_exact() {
        let line = "aä€𝄞".repeat(BLOCK);
        for (before, last) in [("", ""), ("x\n", "\n"), ("\u{feff}", "\r\ny")] {
            let source = Source::new("a", format!("{before}{line}{last}"));
            let start = before.len();
            for (count, (at, _)) in line.char_indices().enumerate().step_by(97) {
                assert_eq!(source.position((start + at) as u32).column, count as u32 + 1);
            }
            assert_eq!(source.position((start + line.len()) as u32).column, 4 * BLOCK as u32 + 1);
            assert_eq!(source.line(source.position(start as u32).line), line);
        }
    }
}
