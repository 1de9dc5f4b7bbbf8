//! Compose files as values.
//!
//! Compose reads YAML by go-yaml v4's rules, Kubernetes by v2's: here `yes` is a string, keys of a mapping win over those
//! that `<<` brings wherever it stands, a key that stands twice is an error, and the tags `!reset` and `!override` say how
//! files are merged. So these texts have a loader of their own, with the budgets of `document`.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use super::path::KeyPath;
use crate::document::{Entry, Error, ErrorKind, Limits, Mapping, Node, Source, Span, Text, Value, resolve_plain};

/// One document of a Compose file.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) root: Node,
    /// What `!reset` and `!override` take away from the files before.
    pub(super) resets: Vec<KeyPath>,
}

/// Reads all documents of `source`, whose bytes count from `base`.
pub(super) fn read(source: &Source, base: u32, limits: Limits) -> Result<Vec<Loaded>, Error> {
    let too_long = source.text().len() as u64 > limits.bytes;
    if too_long {
        let kind = ErrorKind::Limit { limit: "bytes", what: "the bytes of this text", allowed: limits.bytes };
        return Err(Error::new(kind, Span { start: base, end: base }));
    }
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
    };
    let parser = Parser::new_from_str_with_options(source.text(), options);
    let mut loader = Loader {
        parser,
        source,
        base,
        limits,
        anchors: HashMap::new(),
        nodes: 0,
        alias_nodes: 0,
        path: KeyPath::default(),
        resets: Vec::new(),
    };
    let mut documents = Vec::new();
    while let Some((event, _)) = loader.event()? {
        if !matches!(event, Event::DocumentStart(..)) {
            continue;
        }
        loader.anchors.clear();
        let root = match loader.event()? {
            Some((event, span)) => loader.node(event, span, 0)?.unwrap_or_default(),
            None => Node::default(),
        };
        documents.push(Loaded { root, resets: std::mem::take(&mut loader.resets) });
    }
    Ok(documents)
}

struct Anchor {
    node: Node,
    size: usize,
    /// Relative to the anchored node.
    resets: Vec<KeyPath>,
}

struct Loader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    source: &'a Source,
    base: u32,
    limits: Limits,
    anchors: HashMap<usize, Anchor>,
    nodes: usize,
    alias_nodes: usize,
    /// Where the node being read stands.
    path: KeyPath,
    resets: Vec<KeyPath>,
}

/// What a tag asks of the merge.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Nothing,
    Reset,
    Override,
}

fn asked(tag: Option<&Tag>) -> Asked {
    match tag {
        Some(tag) if tag.core_suffix().is_some() => Asked::Nothing,
        Some(tag) if tag.suffix() == "reset" => Asked::Reset,
        Some(tag) if tag.suffix() == "override" => Asked::Override,
        _ => Asked::Nothing,
    }
}

impl<'a> Loader<'a> {
    fn event(&mut self) -> Result<Option<(Event<'a>, Span)>, Error> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let bytes = span.byte_range().unwrap_or(0..0);
                let base = self.base as usize;
                Ok(Some((event, Span::new(base + bytes.start, base + bytes.end))))
            }
            Some(Err(error)) => {
                let length = self.source.text().len();
                let at = self.base as usize + error.marker().byte_offset().unwrap_or(length).min(length);
                let kind = match error.kind() {
                    granit_parser::ErrorKind::RecursionLimitExceeded => self.depth_limit(),
                    _ => ErrorKind::Syntax(error.info()),
                };
                Err(Error::new(kind, Span::new(at, at)))
            }
        }
    }

    fn depth_limit(&self) -> ErrorKind {
        ErrorKind::Limit { limit: "depth", what: "the levels of nesting", allowed: self.limits.depth as u64 }
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Error> {
        self.nodes += nodes;
        if self.nodes <= self.limits.nodes {
            return Ok(());
        }
        let allowed = self.limits.nodes as u64;
        Err(Error::new(ErrorKind::Limit { limit: "nodes", what: "the values of one text", allowed }, span))
    }

    /// The node that begins with `event`; `None` when it is tagged `!reset`.
    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Option<Node>, Error> {
        if depth > self.limits.depth {
            return Err(Error::new(self.depth_limit(), span));
        }
        self.count(1, span)?;
        let (before, resets) = (self.nodes, self.resets.len());
        let (node, anchor, asked) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(&text, style, tag.as_deref()).map_err(|kind| Error::new(kind, span))?;
                (Node::new(value, span), anchor, asked(tag.as_deref()))
            }
            Event::SequenceStart(_, anchor, tag) => (self.sequence(span, depth)?, anchor, asked(tag.as_deref())),
            Event::MappingStart(_, anchor, tag) => (self.mapping(span, depth)?, anchor, asked(tag.as_deref())),
            Event::Alias(anchor) => return self.alias(anchor, span).map(Some),
            _ => return Ok(Some(Node::default())),
        };
        if asked != Asked::Nothing {
            self.resets.push(self.path.clone());
        }
        if anchor != 0 {
            let resets = self.resets[resets..].iter().map(|path| path.after(self.path.len())).collect();
            self.anchors.insert(anchor, Anchor { node: node.clone(), size: self.nodes - before + 1, resets });
        }
        Ok((asked != Asked::Reset).then_some(node))
    }

    fn sequence(&mut self, start: Span, depth: usize) -> Result<Node, Error> {
        let mut items: Vec<Node> = Vec::new();
        let mut index = 0;
        while let Some((event, span)) = self.event()? {
            if matches!(event, Event::SequenceEnd) {
                let whole = ended(start, span, items.last().map(|item| item.span));
                return Ok(Node::new(Value::Sequence(items), whole));
            }
            self.path.push_index(index);
            let item = self.node(event, span, depth + 1);
            self.path.pop();
            items.extend(item?);
            index += 1;
        }
        Ok(Node::new(Value::Sequence(items), start))
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Result<Node, Error> {
        let mut own: Vec<Entry> = Vec::new();
        let mut places: HashMap<Text, usize> = HashMap::new();
        let mut merged: Vec<Node> = Vec::new();
        let (mut last, mut end) = (start, start);
        while let Some((event, key_span)) = self.event()? {
            end = key_span;
            let (key, plain) = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, style, _, tag) => {
                    let key = scalar(&text, style, tag.as_deref()).map_err(|kind| Error::new(kind, key_span))?;
                    if !matches!(key, Value::String(_)) {
                        let kind = Node::from(key).type_name();
                        return Err(Error::new(ErrorKind::Key(kind), key_span));
                    }
                    (Text::from(text.as_ref()), matches!(style, ScalarStyle::Plain))
                }
                Event::Alias(anchor) => (self.key_of(anchor, key_span)?, false),
                _ => return Err(Error::new(ErrorKind::Key("a collection"), key_span)),
            };
            self.count(1, key_span)?;
            let Some((event, span)) = self.event()? else { break };
            if plain && key == "<<" {
                let value = self.node(event, span, depth + 1)?.unwrap_or_default();
                last = value.span;
                merged.push(value);
                continue;
            }
            self.path.push(key.clone());
            let value = self.node(event, span, depth + 1);
            self.path.pop();
            last = span;
            let Some(value) = value? else { continue };
            last = if value.span.end > last.end { value.span } else { last };
            if let Some(&first) = places.get(&key) {
                let first = own[first].key_span;
                let first = Span { start: first.start - self.base, end: first.end - self.base };
                let kind = ErrorKind::DuplicateKey { key: key.to_string(), first };
                return Err(Error::new(kind, key_span));
            }
            places.insert(key.clone(), own.len());
            own.push(Entry { key, key_span, value });
        }
        for value in merged {
            merge(&mut own, &mut places, value)?;
        }
        let whole = ended(start, end, Some(last));
        let mut mapping = Mapping::with_capacity(own.len());
        own.into_iter().for_each(|entry| mapping.push(entry));
        Ok(Node::new(Value::Mapping(mapping), whole))
    }

    fn key_of(&self, anchor: usize, span: Span) -> Result<Text, Error> {
        let key = self.anchors.get(&anchor).and_then(|anchor| anchor.node.as_str());
        key.map(Text::from).ok_or(Error::new(ErrorKind::Key("an alias"), span))
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node, Error> {
        let Some(Anchor { node, size, resets }) = self.anchors.get(&anchor) else {
            let local = Span { start: span.start - self.base, end: span.end - self.base };
            let name = self.source.slice(local).trim_start_matches('*').to_owned();
            return Err(Error::new(ErrorKind::UnknownAnchor(name), span));
        };
        let (node, size) = (node.clone(), *size);
        let resets: Vec<KeyPath> = resets.iter().map(|path| self.path.joined(path)).collect();
        self.resets.extend(resets);
        self.alias_nodes += size;
        if self.alias_nodes > self.limits.alias_nodes {
            let allowed = self.limits.alias_nodes as u64;
            let kind = ErrorKind::Limit { limit: "aliases", what: "the values that aliases repeat", allowed };
            return Err(Error::new(kind, span));
        }
        self.count(size, span)?;
        Ok(node)
    }
}

/// `<<: value`: members that the mapping has not itself; of a list, earlier mappings win.
fn merge(own: &mut Vec<Entry>, places: &mut HashMap<Text, usize>, value: Node) -> Result<(), Error> {
    let parts = match value.value {
        Value::Mapping(_) => vec![value],
        Value::Sequence(items) => items,
        _ => return Err(Error::new(ErrorKind::Merge(value.type_name()), value.span)),
    };
    for part in parts {
        let (span, name) = (part.span, part.type_name());
        let Value::Mapping(part) = part.value else { return Err(Error::new(ErrorKind::Merge(name), span)) };
        for entry in part.into_entries() {
            if !places.contains_key(&entry.key) {
                places.insert(entry.key.clone(), own.len());
                own.push(entry);
            }
        }
    }
    Ok(())
}

/// The end of a collection is its closing bracket, or (block style) the end of its last child.
fn ended(start: Span, end: Span, last: Option<Span>) -> Span {
    let end = if end.is_empty() { last.map_or(start.end, |last| last.end).max(start.start) } else { end.end };
    Span { start: start.start, end }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, ErrorKind> {
    let plain = matches!(style, ScalarStyle::Plain);
    match tag.and_then(|tag| tag.core_suffix()) {
        Some("str") => Ok(Value::String(text.into())),
        Some(_) => plain_scalar(text),
        None if plain => plain_scalar(text),
        None => Ok(Value::String(text.into())),
    }
}

/// YAML 1.2 has two booleans, 1.1 had twenty-two.
fn plain_scalar(text: &str) -> Result<Value, ErrorKind> {
    match resolve_plain(text) {
        Ok(Value::Bool(_)) if !["true", "false"].contains(&text.to_ascii_lowercase().as_str()) => {
            Ok(Value::String(text.into()))
        }
        value => value,
    }
}
