//! Texts that were made of other texts (rendered templates, merged overlays) and remember of which.
//!
//! A made text is read and judged like any other; only when a place is to be shown, [`Source::traced`] leads back to the
//! text that a person wrote.

use std::sync::Arc;

use super::{Document, Error, Limits, Node, Source, Span, Text, Value, read};

/// Where the bytes of a made text come from: segments in its order that do not overlap. Bytes between them come from
/// nowhere in particular.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    segments: Vec<Segment>,
}

/// A piece of a made text and what it was made of.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Bytes of the made text.
    pub made: Span,
    /// The text they come from, which may be a made one itself.
    pub source: Arc<Source>,
    /// Bytes of that text.
    pub from: Span,
    pub how: How,
}

/// How a piece follows from what it comes from.
#[derive(Debug, Clone)]
pub enum How {
    /// Byte for byte.
    Copied,
    /// As a whole, by an expression: `{{ .Values.image.tag | quote }}`.
    Made(Option<Arc<Via>>),
}

/// What an expression refers to, where it is a plain reference.
#[derive(Debug, Clone)]
pub struct Via {
    /// `.Values.image.tag`.
    pub what: Text,
    /// Where the value was set.
    pub place: Option<(Arc<Source>, Span)>,
}

/// The place that a person wrote.
#[derive(Debug, Clone, Copy)]
pub struct Traced<'a> {
    pub source: &'a Arc<Source>,
    pub span: Span,
    pub via: Option<&'a Via>,
}

impl Trace {
    /// Adds the next piece. Empty ones are passed over; a copy that goes on where the one before ended becomes one with it.
    pub fn push(&mut self, segment: Segment) {
        if segment.made.is_empty() {
            return;
        }
        if let (Some(last), How::Copied) = (self.segments.last_mut(), &segment.how)
            && matches!(last.how, How::Copied)
            && last.made.end == segment.made.start
            && last.from.end == segment.from.start
            && Arc::ptr_eq(&last.source, &segment.source)
        {
            last.made.end = segment.made.end;
            last.from.end = segment.from.end;
            return;
        }
        self.segments.push(segment);
    }

    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The segment that a span begins in, else the first one that it meets, else the last one before it.
    fn segment(&self, span: Span) -> Option<&Segment> {
        let at = self.segments.partition_point(|segment| segment.made.end <= span.start);
        let met = self.segments.get(at).filter(|segment| segment.made.start < span.end.max(span.start + 1));
        met.or_else(|| at.checked_sub(1).and_then(|before| self.segments.get(before)))
    }

    /// One step back.
    fn step(&self, span: Span) -> Option<Traced<'_>> {
        let segment = self.segment(span)?;
        let via = match &segment.how {
            How::Copied => None,
            How::Made(via) => via.as_deref(),
        };
        let start = match segment.how {
            How::Copied => {
                segment.from.start + span.start.clamp(segment.made.start, segment.made.end) - segment.made.start
            }
            How::Made(_) => segment.from.start,
        };
        // A span over several pieces ends with the last of them that stands in the same text.
        let last = self.segment(Span { start: span.end.saturating_sub(1).max(span.start), end: span.end });
        let last = last.filter(|last| Arc::ptr_eq(&last.source, &segment.source)).unwrap_or(segment);
        let end = match last.how {
            How::Copied => last.from.start + span.end.clamp(last.made.start, last.made.end) - last.made.start,
            How::Made(_) => last.from.end,
        };
        Some(Traced { source: &segment.source, span: Span { start, end: end.max(start) }, via })
    }
}

impl Source {
    /// The documents of several texts as one text.
    pub fn joined<'a>(name: impl Into<String>, sources: impl IntoIterator<Item = &'a Arc<Source>>) -> Source {
        let (mut text, mut trace) = (String::new(), Trace::default());
        for source in sources {
            if !text.is_empty() {
                text.push_str("---\n");
            }
            let start = text.len();
            text.push_str(source.text());
            let from = Span::new(0, source.text().len());
            trace.push(Segment { made: Span::new(start, text.len()), source: source.clone(), from, how: How::Copied });
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        Source::made(name, text, trace)
    }

    /// `name:line:column` of where a span was written by a person.
    pub fn place(&self, span: Span) -> String {
        let traced = self.traced(span);
        let (source, span) = traced.map_or((self, span), |traced| (traced.source, traced.span));
        let at = source.position(span.start);
        format!("{}:{}:{}", source.name(), at.line, at.column)
    }

    /// Where `span` was written by a person; `None` for texts that were not made of others.
    pub fn traced(&self, span: Span) -> Option<Traced<'_>> {
        let mut found = self.trace()?.step(span)?;
        let mut via = found.via;
        // Made texts are made of older ones: this ends.
        while let Some(step) = found.source.trace().and_then(|trace| trace.step(found.span)) {
            via = via.or(step.via);
            found = step;
        }
        Some(Traced { via, ..found })
    }
}

/// Several texts whose bytes count on from one to the next, so that a span says which text it is of.
///
/// What is read through it has such spans, and may be put together from several texts: [`Collection::into_source`] is
/// then the source of the whole.
#[derive(Debug, Default)]
pub struct Collection {
    trace: Trace,
    end: u32,
}

impl Collection {
    /// Takes a text in.
    ///
    /// # Errors
    /// `None` when all texts together exceed the 4 GiB that spans can tell apart.
    pub fn add(&mut self, source: &Arc<Source>) -> Option<u32> {
        let (base, length) = (self.end, u32::try_from(source.text().len()).ok()?);
        // One byte is between two texts, so that the end of one is not the beginning of the other.
        self.end = base.checked_add(length)?.checked_add(1)?;
        let made = Span { start: base, end: base + length + 1 };
        let from = Span { start: 0, end: length + 1 };
        self.trace.push(Segment { made, source: source.clone(), from, how: How::Copied });
        Some(base)
    }

    /// The documents of `source`, which is taken in, with spans of the collection. Spans in errors are those of `source`.
    pub fn read(&mut self, source: &Arc<Source>, limits: Limits) -> Vec<Result<Document, Error>> {
        let Some(base) = self.add(source) else {
            let limit =
                super::ErrorKind::Limit { limit: "bytes", what: "all texts together", allowed: u32::MAX.into() };
            return vec![Err(Error::new(limit, Span::default()))];
        };
        let shifted = |document: Result<Document, Error>| {
            document.map(|mut document| {
                document.root.shift(base);
                document
            })
        };
        read(source, limits).map(shifted).collect()
    }

    /// Where a span of the collection stands.
    pub fn locate(&self, span: Span) -> Option<(&Arc<Source>, Span)> {
        self.trace.step(span).map(|traced| (traced.source, traced.span))
    }

    /// A source without text of its own that leads every span of the collection to where it stands.
    pub fn into_source(self, name: impl Into<String>) -> Arc<Source> {
        Arc::new(Source::made(name, String::new(), self.trace))
    }
}

impl Node {
    /// Makes it a value that no text carries.
    pub fn forget_places(&mut self) {
        self.span = Span::default();
        match &mut self.value {
            Value::Sequence(items) => items.iter_mut().for_each(Node::forget_places),
            Value::Mapping(mapping) => {
                for entry in mapping.entries_mut() {
                    entry.key_span = Span::default();
                    entry.value.forget_places();
                }
            }
            _ => {}
        }
    }

    /// Moves all its spans by `by` bytes; those of values that no text carries stay.
    pub fn shift(&mut self, by: u32) {
        let moved = |span: &mut Span| {
            if *span != Span::default() {
                *span = Span { start: span.start + by, end: span.end + by };
            }
        };
        moved(&mut self.span);
        match &mut self.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Mapping(mapping) => {
                for entry in mapping.entries_mut() {
                    moved(&mut entry.key_span);
                    entry.value.shift(by);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::to_yaml_traced;

    fn source(name: &str, text: &str) -> Arc<Source> {
        Arc::new(Source::new(name, text))
    }

    fn found(made: &Source, needle: &str) -> String {
        let start = made.text().find(needle).expect("it is there");
        let traced = made.traced(Span::new(start, start + needle.len())).expect("traced");
        let at = traced.source.position(traced.span.start);
        format!("{}:{}:{} {}", traced.source.name(), at.line, at.column, traced.source.slice(traced.span))
    }

    #[test]
    fn what_was_rendered_leads_to_its_template() {
        let template = source("t.yaml", "a: {{ .x }}\nb: 2\n");
        let mut trace = Trace::default();
        let mut push = |made: (usize, usize), from: (usize, usize), how| {
            let (made, from) = (Span::new(made.0, made.1), Span::new(from.0, from.1));
            trace.push(Segment { made, source: template.clone(), from, how });
        };
        push((0, 3), (0, 3), How::Copied);
        push((3, 8), (3, 11), How::Made(None));
        push((8, 14), (11, 17), How::Copied);
        let made = Source::made("made", "a: 12345\nb: 2\n", trace);
        assert_eq!(found(&made, "123"), "t.yaml:1:4 {{ .x }}");
        assert_eq!(found(&made, "b"), "t.yaml:2:1 b");
        assert_eq!(found(&made, "12345\nb: 2"), "t.yaml:1:4 {{ .x }}\nb: 2");
    }

    #[test]
    fn what_was_put_together_leads_to_its_parts() {
        let (first, second) = (source("a.yaml", "x: {w: 1}\n"), source("b.yaml", "\nz:\n- 5\n"));
        let mut collection = Collection::default();
        let mut root = |source| collection.read(source, Limits::default()).remove(0).expect("it can be read").root;
        let (mut a, b) = (root(&first), root(&second));
        a.as_mapping_mut().expect("a mapping").push(b.as_mapping().expect("a mapping").entries()[0].clone());
        let made = to_yaml_traced(&a, &collection.into_source("all"));
        let made = Source::made("made", made.0, made.1);
        assert_eq!(made.text(), "x:\n  w: 1\nz:\n- 5\n");
        assert_eq!(found(&made, "w"), "a.yaml:1:5 w");
        assert_eq!(found(&made, "z"), "b.yaml:2:1 z");
        assert_eq!(found(&made, "- 5"), "b.yaml:3:3 5");
    }
}
