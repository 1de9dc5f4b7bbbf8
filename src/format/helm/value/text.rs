//! Strings of templates: bytes as Go has them, and what they were made of.

use std::{borrow::Cow, fmt, ops::Range, rc::Rc, sync::Arc};

use crate::document::{Source, Span, Text};

/// A string of Go's: bytes, nearly always UTF-8. Cheap to clone.
///
/// It may remember what its bytes come from. Who makes a string of another one and wants to keep that uses
/// [`Str::slice`] and [`StrBuilder`]; everything else forgets it, which only means that the bytes are traced to the
/// template's action that printed them.
#[derive(Clone, Default)]
pub struct Str {
    data: Data,
    pieces: Option<Rc<[Piece]>>,
}

#[derive(Clone)]
enum Data {
    Text(Text),
    /// Bytes that are not UTF-8.
    Bytes(Rc<[u8]>),
}

/// A part of a string and what it comes from. Pieces are in order and do not overlap.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Bytes of the string.
    pub made: Span,
    pub whence: Whence,
}

/// Where a part of a string comes from.
#[derive(Debug, Clone)]
pub enum Whence {
    /// Literal text of a template, beginning there.
    Copied { source: Arc<Source>, start: u32 },
    /// Printed by an action of a template.
    Made { source: Arc<Source>, action: Span, via: Option<Rc<Reference>> },
    /// The value that a reference names; not printed so far.
    Value(Rc<Reference>),
}

/// What a template names to reach a value: `.Values.image.tag`, as a chain from its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    parent: Option<Rc<Reference>>,
    step: Step,
    depth: u32,
}

/// Longer references are not remembered: values can hold themselves.
const LONGEST: u32 = 100;

/// One step of a [`Reference`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Key(Text),
    Index(usize),
}

impl Reference {
    /// The reference to what `step` names in the value of `parent`; without one, in what the template was given.
    /// `None` for what is too far down to be of use.
    pub fn below(parent: Option<&Rc<Reference>>, step: Step) -> Option<Rc<Reference>> {
        let depth = parent.map_or(0, |parent| parent.depth + 1);
        (depth < LONGEST).then(|| Rc::new(Reference { parent: parent.cloned(), step, depth }))
    }

    /// The steps from the root that a template is given.
    pub fn steps(&self) -> Vec<&Step> {
        let mut steps = vec![&self.step];
        let mut at = self;
        while let Some(parent) = &at.parent {
            steps.push(&parent.step);
            at = parent;
        }
        steps.reverse();
        steps
    }
}

/// As a template would write it, with `[0]` for items of lists.
impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps().into_iter().try_for_each(|step| match step {
            Step::Key(name) => write!(formatter, ".{name}"),
            Step::Index(index) => write!(formatter, "[{index}]"),
        })
    }
}

impl Default for Data {
    fn default() -> Data {
        Data::Text(Text::new())
    }
}

impl Str {
    pub fn new(text: impl Into<Text>) -> Str {
        Str { data: Data::Text(text.into()), pieces: None }
    }

    /// Any bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Str {
        let data = match String::from_utf8(bytes) {
            Ok(text) => Data::Text(text.into()),
            Err(error) => Data::Bytes(error.into_bytes().into()),
        };
        Str { data, pieces: None }
    }

    /// The same string, made of `pieces`.
    pub fn with_pieces(self, pieces: Vec<Piece>) -> Str {
        Str { pieces: (!pieces.is_empty()).then(|| pieces.into()), ..self }
    }

    /// The same string, as the value that `reference` names; what it remembers already is kept.
    pub fn with_reference(self, reference: &Rc<Reference>) -> Str {
        if self.pieces.is_some() || self.is_empty() {
            return self;
        }
        let made = Span::new(0, self.len());
        self.with_pieces(vec![Piece { made, whence: Whence::Value(reference.clone()) }])
    }

    /// What it was made of, as far as that is known.
    pub fn pieces(&self) -> &[Piece] {
        self.pieces.as_deref().unwrap_or_default()
    }

    pub fn as_bytes(&self) -> &[u8] {
        match &self.data {
            Data::Text(text) => text.as_bytes(),
            Data::Bytes(bytes) => bytes,
        }
    }

    /// The text, when it is UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            Data::Bytes(_) => None,
        }
    }

    /// The text, with U+FFFD for what is not UTF-8 (what Go's `range` and `[]rune` see).
    pub fn to_str(&self) -> Cow<'_, str> {
        match &self.data {
            Data::Text(text) => Cow::Borrowed(text),
            Data::Bytes(bytes) => String::from_utf8_lossy(bytes),
        }
    }

    /// As a key of a map; what is not UTF-8 is replaced.
    pub fn to_text(&self) -> Text {
        match &self.data {
            Data::Text(text) => text.clone(),
            Data::Bytes(bytes) => String::from_utf8_lossy(bytes).as_ref().into(),
        }
    }

    /// Bytes.
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }

    /// A part of it that remembers what it comes from. Ends beyond the string are taken back to it.
    pub fn slice(&self, range: Range<usize>) -> Str {
        let mut builder = StrBuilder::default();
        builder.push_slice(self, range);
        builder.finish()
    }
}

/// Puts a string together of others and remembers what they come from.
///
/// ```ignore
/// let mut quoted = StrBuilder::default();
/// quoted.push_str("'");
/// quoted.push(text);
/// quoted.push_str("'");
/// Ok(Value::String(quoted.finish()))
/// ```
#[derive(Debug, Default)]
pub struct StrBuilder {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
}

impl StrBuilder {
    /// Adds text that comes from nowhere in particular.
    pub fn push_str(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Adds bytes that come from nowhere in particular.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds a string and what it comes from.
    pub fn push(&mut self, text: &Str) {
        self.push_slice(text, 0..text.len());
    }

    /// Adds a part of a string and what it comes from. Ends beyond the string are taken back to it.
    pub fn push_slice(&mut self, text: &Str, range: Range<usize>) {
        let end = range.end.min(text.len());
        let start = range.start.min(end);
        let base = self.bytes.len();
        self.bytes.extend_from_slice(&text.as_bytes()[start..end]);
        let pieces = text.pieces();
        let first = pieces.partition_point(|piece| piece.made.end as usize <= start);
        for piece in pieces[first..].iter().take_while(|piece| (piece.made.start as usize) < end) {
            let (from, to) = ((piece.made.start as usize).max(start), (piece.made.end as usize).min(end));
            let mut whence = piece.whence.clone();
            if let Whence::Copied { start, .. } = &mut whence {
                *start += from as u32 - piece.made.start;
            }
            self.push_piece(Piece { made: Span::new(base + from - start, base + to - start), whence });
        }
    }

    /// Adds bytes that come from `whence`.
    pub fn push_from(&mut self, bytes: &[u8], whence: Whence) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.push_piece(Piece { made: Span::new(start, self.bytes.len()), whence });
    }

    /// Copies that go on where the one before ended become one with it.
    fn push_piece(&mut self, piece: Piece) {
        if piece.made.is_empty() {
            return;
        }
        if let (Some(last), Whence::Copied { source, start }) = (self.pieces.last_mut(), &piece.whence)
            && let Whence::Copied { source: before, start: begun } = &last.whence
            && last.made.end == piece.made.start
            && begun + (last.made.end - last.made.start) == *start
            && Arc::ptr_eq(source, before)
        {
            last.made.end = piece.made.end;
            return;
        }
        self.pieces.push(piece);
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn finish(self) -> Str {
        Str::from_bytes(self.bytes).with_pieces(self.pieces)
    }
}

impl<T: Into<Text>> From<T> for Str {
    fn from(text: T) -> Str {
        Str::new(text)
    }
}

/// Equality is of the bytes: what they come from does not matter.
impl PartialEq for Str {
    fn eq(&self, other: &Str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Str {}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Str) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    fn cmp(&self, other: &Str) -> std::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.to_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_remember_what_they_come_from() {
        let source = Arc::new(Source::new("t", "0123456789"));
        let mut builder = StrBuilder::default();
        builder.push_from(b"234", Whence::Copied { source: source.clone(), start: 2 });
        builder.push_from(b"567", Whence::Copied { source: source.clone(), start: 5 });
        builder.push_str("--");
        let name = Reference::below(None, Step::Key("name".into())).expect("short");
        builder.push(&Str::new("abc").with_reference(&name));
        let whole = builder.finish();
        assert_eq!((whole.pieces().len(), whole.as_str()), (2, Some("234567--abc")), "what goes on is one piece");

        let part = whole.slice(2..10);
        assert_eq!(part.as_str(), Some("4567--ab"));
        let shown: Vec<String> = part
            .pieces()
            .iter()
            .map(|piece| match &piece.whence {
                Whence::Copied { start, .. } => format!("{:?} from {start}", piece.made.range()),
                Whence::Value(reference) => format!("{:?} {reference}", piece.made.range()),
                Whence::Made { .. } => String::new(),
            })
            .collect();
        assert_eq!(shown, ["0..4 from 4", "6..8 .name"]);
    }

    #[test]
    fn strings_are_bytes() {
        let text = Str::new("aä");
        assert_eq!((text.len(), text.slice(0..2).as_str(), text.slice(0..2).to_str()), (3, None, "a\u{fffd}".into()));
        assert_eq!(Str::from_bytes(text.as_bytes().to_vec()), text);
    }

    #[test]
    fn references_do_not_grow_without_end() {
        let longer = |parent: Option<Rc<Reference>>| Reference::below(parent.as_ref(), Step::Index(0));
        let mut reference = longer(None);
        for _ in 0..LONGEST {
            reference = reference.and_then(|reference| longer(Some(reference)));
        }
        assert_eq!(reference, None);
    }
}
