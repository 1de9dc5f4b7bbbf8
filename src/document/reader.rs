//! Text to documents: the parser's events become nodes under a budget.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

use super::{
    Entry, Error, ErrorKind, Limits, Mapping, Node, Source, Span, Text, Value, resolve_plain, scalar::resolve_tagged,
};

/// One document of a text.
#[derive(Debug, Clone)]
pub struct Document {
    /// Which document of its source, counted from 0; empty ones count.
    pub index: usize,
    pub root: Node,
    /// What is wrong although the document could be read: duplicate keys (the first one is kept).
    pub problems: Vec<Error>,
}

/// The documents of one text, read as they are asked for. After an error the reader goes on with the next document.
pub struct Documents<'a> {
    source: &'a Source,
    limits: Limits,
    parser: Parser<'a, StrInput<'a>>,
    next: usize,
    started: bool,
    /// Nothing more can be read.
    ended: bool,
}

/// Reads the documents of `source`.
///
/// # Errors
/// Each document may be an [`Error`] of its own; exceeding [`Limits::bytes`] or [`Limits::documents`] ends the reading.
pub fn read(source: &Source, limits: Limits) -> Documents<'_> {
    let options = granit_parser::options! {
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
    };
    let parser = Parser::new_from_str_with_options(source.text(), options);
    Documents { source, limits, parser, next: 0, started: false, ended: false }
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let length = self.source.text().len();
        if !self.started {
            self.started = true;
            if length as u64 > self.limits.bytes.min(u64::from(u32::MAX)) {
                self.ended = true;
                return Some(Err(Error::new(
                    limit("bytes", "the bytes of this text", self.limits.bytes),
                    Span::default(),
                )));
            }
        }
        let read = self.document().transpose()?;
        if self.next > self.limits.documents {
            self.ended = true;
            return Some(Err(Error::new(
                limit("documents", "the documents of this text", self.limits.documents as u64),
                Span::new(length, length),
            )));
        }
        if read.is_err() {
            // The parser looks for the next `---`; what it skips is part of the broken document.
            self.ended = !matches!(self.parser.proceed_next_document(), Ok(true));
        }
        Some(read)
    }
}

impl<'a> Documents<'a> {
    fn document(&mut self) -> Result<Option<Document>, Error> {
        loop {
            match self.event()? {
                None | Some((Event::StreamEnd, _)) => {
                    self.ended = true;
                    return Ok(None);
                }
                Some((Event::DocumentStart(..), _)) => break,
                Some(_) => {}
            }
        }
        let index = self.next;
        self.next += 1;
        let mut loader =
            Loader { documents: self, anchors: HashMap::new(), nodes: 0, alias_nodes: 0, problems: Vec::new() };
        let root = loader.next_node(0)?.unwrap_or_default();
        let problems = std::mem::take(&mut loader.problems);
        Ok(Some(Document { index, root, problems }))
    }

    fn event(&mut self) -> Result<Option<(Event<'a>, Span)>, Error> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let bytes = span.byte_range().unwrap_or(0..0);
                Ok(Some((event, Span::new(bytes.start, bytes.end))))
            }
            Some(Err(error)) => Err(self.syntax(&error)),
        }
    }

    fn syntax(&self, error: &granit_parser::ScanError) -> Error {
        let length = self.source.text().len();
        let at = error.marker().byte_offset().unwrap_or(length).min(length);
        let info = error.info();
        let kind = match error.kind() {
            granit_parser::ErrorKind::RecursionLimitExceeded => {
                limit("depth", "the levels of nesting", self.limits.depth as u64)
            }
            _ => ErrorKind::Syntax(info),
        };
        Error::new(kind, Span::new(at, at))
    }
}

/// One document in the making.
struct Loader<'d, 'a> {
    documents: &'d mut Documents<'a>,
    /// Anchored nodes with the number of nodes each holds.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    alias_nodes: usize,
    problems: Vec<Error>,
}

fn limit(name: &'static str, what: &'static str, allowed: u64) -> ErrorKind {
    ErrorKind::Limit { limit: name, what, allowed }
}

/// Mappings longer than this look for duplicate keys in a set.
const LONG_MAPPING: usize = 16;

impl<'a> Loader<'_, 'a> {
    /// The next node, or `None` where the collection or document around it ends.
    fn next_node(&mut self, depth: usize) -> Result<Option<Node>, Error> {
        match self.documents.event()? {
            Some((event, span)) => self.node(event, span, depth),
            None => Ok(None),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Option<Node>, Error> {
        self.nodes += 1;
        if self.nodes > self.documents.limits.nodes {
            return Err(Error::new(
                limit("nodes", "the values of one document", self.documents.limits.nodes as u64),
                span,
            ));
        }
        if depth > self.documents.limits.depth {
            return Err(Error::new(limit("depth", "the levels of nesting", self.documents.limits.depth as u64), span));
        }
        let before = self.nodes;
        let (node, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                (Node::new(self.scalar(text, style, tag.as_deref(), span)?, span), anchor)
            }
            Event::SequenceStart(_, anchor, _) => (self.sequence(span, depth)?, anchor),
            Event::MappingStart(_, anchor, _) => (self.mapping(span, depth)?, anchor),
            Event::Alias(anchor) => return self.alias(anchor, span).map(Some),
            _ => return Ok(None),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), self.nodes - before + 1));
        }
        Ok(Some(node))
    }

    fn scalar(
        &mut self,
        text: Cow<'a, str>,
        style: ScalarStyle,
        tag: Option<&granit_parser::Tag>,
        span: Span,
    ) -> Result<Value, Error> {
        let plain = matches!(style, ScalarStyle::Plain);
        if let Some(tag) = tag {
            // A lone `!` (the non-specific tag) makes a string of it, as does every tag that is not YAML's own.
            let Some(name) = tag.core_suffix() else { return Ok(Value::String(text.as_ref().into())) };
            return match resolve_tagged(name, &text, plain) {
                Some(value) => value.map_err(|kind| Error::new(kind, span)),
                None => Err(Error::new(ErrorKind::Syntax(format!("cannot read `{text}` as a !!{name}")), span)),
            };
        }
        if plain {
            resolve_plain(&text).map_err(|kind| Error::new(kind, span))
        } else {
            Ok(Value::String(text.as_ref().into()))
        }
    }

    fn sequence(&mut self, start: Span, depth: usize) -> Result<Node, Error> {
        let mut items = Vec::new();
        let end = loop {
            let Some((event, span)) = self.documents.event()? else { break start };
            if matches!(event, Event::SequenceEnd) {
                break span;
            }
            items.extend(self.node(event, span, depth + 1)?);
        };
        let end = collection_end(start, end, items.last().map(|item| item.span));
        Ok(Node::new(Value::Sequence(items), end))
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Result<Node, Error> {
        let mut mapping = Mapping::new();
        let mut seen: HashSet<Text> = HashSet::new();
        // Keys that a merge brought: a later key of the mapping's own replaces them.
        let mut merged: HashSet<Text> = HashSet::new();
        let mut last = start;
        let end = loop {
            let Some((event, span)) = self.documents.event()? else { break start };
            if matches!(event, Event::MappingEnd) {
                break span;
            }
            let merges = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let raw = if let Event::Scalar(text, ..) = &event { Some(text.clone()) } else { None };
            let key = self.node(event, span, depth + 1)?.unwrap_or_default();
            let value = self.next_node(depth + 1)?.unwrap_or_default();
            last = if value.span.end > key.span.end { value.span } else { key.span };
            if merges {
                self.merge(&mut mapping, &mut merged, value)?;
                seen.extend(
                    mapping.entries().iter().filter(|_| mapping.len() > LONG_MAPPING).map(|entry| entry.key.clone()),
                );
                continue;
            }
            let name = key_text(&key, raw.as_deref())?;
            if merged.remove(&name) {
                mapping.remove(&name);
                seen.remove(&name);
            }
            if mapping.len() == LONG_MAPPING {
                seen.extend(mapping.entries().iter().map(|entry| entry.key.clone()));
            }
            let known =
                if mapping.len() >= LONG_MAPPING { !seen.insert(name.clone()) } else { mapping.get(&name).is_some() };
            if known {
                let first = mapping.entry(&name).map(|entry| entry.key_span).unwrap_or_default();
                self.problems.push(Error::new(ErrorKind::DuplicateKey { key: name.to_string(), first }, key.span));
            } else {
                mapping.push(Entry { key: name, key_span: key.span, value });
            }
        };
        let span = collection_end(start, end, Some(last));
        Ok(Node::new(Value::Mapping(mapping), span))
    }

    /// `<<: value`. As in go-yaml v2, members of earlier mappings of a list win over later ones, and what the merge
    /// brings replaces what stands before it.
    fn merge(&mut self, mapping: &mut Mapping, merged: &mut HashSet<Text>, value: Node) -> Result<(), Error> {
        let parts = match value.value {
            Value::Mapping(_) => vec![value],
            Value::Sequence(items) => items,
            _ => return Err(Error::new(ErrorKind::Merge(value.type_name()), value.span)),
        };
        for part in parts.into_iter().rev() {
            let span = part.span;
            let name = part.type_name();
            let Value::Mapping(part) = part.value else { return Err(Error::new(ErrorKind::Merge(name), span)) };
            for entry in part.into_entries() {
                mapping.remove(&entry.key);
                merged.insert(entry.key.clone());
                mapping.push(entry);
            }
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node, Error> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            // The anchor is not finished: an alias inside the node it names.
            let name = self.documents.source.slice(span).trim_start_matches('*').to_owned();
            return Err(Error::new(ErrorKind::UnknownAnchor(name), span));
        };
        self.alias_nodes += size;
        let allowed = self.documents.limits.alias_nodes;
        if self.alias_nodes > allowed {
            return Err(Error::new(limit("aliases", "the values that aliases repeat", allowed as u64), span));
        }
        self.nodes += size;
        // The copy stands where its anchor stands: that is the text to mend.
        Ok(node.clone())
    }
}

/// The end of a collection: its closing bracket, or (block style, where the parser's end is the next token) the end of
/// its last child.
fn collection_end(start: Span, end: Span, last_child: Option<Span>) -> Span {
    if end.is_empty() {
        Span { start: start.start, end: last_child.map_or(start.end, |child| child.end).max(start.start) }
    } else {
        Span { start: start.start, end: end.end }
    }
}

/// A key as JSON has it. go-yaml makes `true` of `on:` and `511` of `0777:`.
fn key_text(key: &Node, raw: Option<&str>) -> Result<Text, Error> {
    match &key.value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(value) => Ok(if *value { "true".into() } else { "false".into() }),
        Value::Number(number) => Ok(number.to_string().into()),
        // `"": 1` is a key; an empty plain key or `~:` is not.
        Value::Null => match raw {
            Some(text) if !text.is_empty() => Err(Error::new(ErrorKind::Key("null"), key.span)),
            _ => Err(Error::new(ErrorKind::Key("nothing"), key.span)),
        },
        Value::Sequence(_) | Value::Mapping(_) => Err(Error::new(ErrorKind::Key(key.type_name()), key.span)),
    }
}
