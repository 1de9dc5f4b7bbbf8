//! Text to documents: the parser's events become nodes under a budget.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

use super::{
    Entry, Error, ErrorKind, Limits, Mapping, Node, Source, Span, Text, Value, resolve_plain, scalar::resolve_tagged,
    underindented,
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
    /// Where the document being read begins, and where the last event ended.
    begun: usize,
    seen: usize,
    /// The place of a quoted text that is not indented enough, if that is why a document could not be read.
    underindented: Option<usize>,
    /// Where quoted texts begin that the parser sees on one line and the source has on several.
    joined: &'a [u32],
    /// Of equal keys the last one counts, not the first.
    keep_last: bool,
}

/// Reads the documents of `source`.
///
/// # Errors
/// Each document may be an [`Error`] of its own; exceeding [`Limits::bytes`] or [`Limits::documents`] ends the reading.
pub fn read(source: &Source, limits: Limits) -> Documents<'_> {
    documents(source, source.text(), limits, &[])
}

/// As [`read`], but of equal keys in one mapping the last one is kept, as decoders do that are not strict.
pub fn read_lenient(source: &Source, limits: Limits) -> Documents<'_> {
    Documents { keep_last: true, ..read(source, limits) }
}

/// Reads `text`, which is that of `source` but for the quoted texts that `joined` tells of.
fn documents<'a>(source: &'a Source, text: &'a str, limits: Limits, joined: &'a [u32]) -> Documents<'a> {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
    };
    let parser = Parser::new_from_str_with_options(text, options);
    Documents {
        source,
        limits,
        parser,
        next: 0,
        started: false,
        ended: false,
        begun: 0,
        seen: 0,
        underindented: None,
        joined,
        keep_last: false,
    }
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
        let read = read.or_else(|error| self.read_again().ok_or(error));
        // The copy was read to its end, the text was not.
        let reread = self.underindented.take().is_some();
        if read.is_err() || reread {
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
                Some((Event::DocumentStart(..), span)) => {
                    self.begun = span.start as usize;
                    break;
                }
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
                self.seen = bytes.end;
                Ok(Some((event, Span::new(bytes.start, bytes.end))))
            }
            Some(Err(error)) => {
                let place = error.marker().byte_offset();
                let underindented = matches!(error.kind(), granit_parser::ErrorKind::InvalidQuotedScalarIndent);
                self.underindented = place.filter(|_| underindented);
                Err(self.syntax(&error))
            }
        }
    }

    /// The document that could not be read, if all that is wrong with it is the indentation of quoted texts.
    fn read_again(&self) -> Option<Document> {
        let (mut at, mut seen) = (self.underindented?, self.seen);
        let mut copy = underindented::Copy::of(self.source.text(), self.begun, at)?;
        while copy.join(seen, at) {
            let again = documents(self.source, &copy.text, self.limits, &copy.joined);
            let mut again = Documents { keep_last: self.keep_last, ..again };
            match again.document() {
                Ok(Some(document)) => return Some(Document { index: self.next.saturating_sub(1), ..document }),
                Ok(None) => return None,
                Err(_) => (at, seen) = (again.underindented?, again.seen),
            }
        }
        None
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

/// Mappings longer than this look for their keys in a table.
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
        } else if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && self.ends_unfinished(&text, span) {
            // There is no last line break to keep; libyaml, and so the API server, makes none up.
            Ok(Value::String(text.strip_suffix('\n').unwrap_or(&text).into()))
        } else if self.documents.joined.contains(&span.start) {
            let original = underindented::value(self.documents.source.slice(span));
            Ok(Value::String(original.unwrap_or(text).as_ref().into()))
        } else {
            Ok(Value::String(text.as_ref().into()))
        }
    }

    /// Whether a block scalar is cut off by the end of a text whose last line has no line break.
    fn ends_unfinished(&self, scalar: &str, span: Span) -> bool {
        let text = self.documents.source.text();
        // Folding changes what stands between words, not the words.
        let last = scalar.trim_end_matches('\n').rsplit(['\n', ' ']).next().unwrap_or_default();
        span.end as usize >= text.len() && !last.is_empty() && text.ends_with(last)
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
        let mut mapping = Growing::default();
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
                merge(&mut mapping, &mut merged, value)?;
                continue;
            }
            let name = key_text(&key, raw.as_deref())?;
            let own = !merged.remove(&name);
            let entry = Entry { key: name, key_span: key.span, value };
            match mapping.get(&entry.key).filter(|_| own) {
                Some(earlier) => {
                    let kind = ErrorKind::DuplicateKey { key: entry.key.to_string(), first: earlier.key_span };
                    self.problems.push(Error::new(kind, key.span));
                    if self.documents.keep_last {
                        mapping.set(entry);
                    }
                }
                None => mapping.set(entry),
            }
        };
        let span = collection_end(start, end, Some(last));
        Ok(Node::new(Value::Mapping(mapping.done), span))
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

/// `<<: value`. As in go-yaml v2, members of earlier mappings of a list win over later ones, and what the merge brings
/// replaces what stands before it.
fn merge(mapping: &mut Growing, merged: &mut HashSet<Text>, value: Node) -> Result<(), Error> {
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
            merged.insert(entry.key.clone());
            mapping.set(entry);
        }
    }
    Ok(())
}

/// A mapping in the making, which finds its keys in constant time.
#[derive(Default)]
struct Growing {
    done: Mapping,
    /// Where the keys stand, as soon as there are more than are quickly looked through.
    places: HashMap<Text, usize>,
}

impl Growing {
    fn place(&self, key: &str) -> Option<usize> {
        match self.done.len() {
            ..=LONG_MAPPING => self.done.entries().iter().position(|entry| entry.key == key),
            _ => self.places.get(key).copied(),
        }
    }

    fn get(&self, key: &str) -> Option<&Entry> {
        self.place(key).map(|at| &self.done.entries()[at])
    }

    /// Adds an entry, or puts it in the place of the one with its key.
    fn set(&mut self, entry: Entry) {
        if let Some(at) = self.place(&entry.key) {
            self.done.entries_mut()[at] = entry;
            return;
        }
        self.done.push(entry);
        if self.done.len() > LONG_MAPPING {
            let entries = self.done.entries().iter().enumerate();
            self.places.extend(entries.skip(self.places.len()).map(|(at, entry)| (entry.key.clone(), at)));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> (Source, Result<Document, Error>) {
        let source = Source::new("test", text);
        let document = read(&source, Limits::default()).next().expect("a document");
        (source, document)
    }

    /// The value at a chain of keys and indices, and the text of its span.
    fn at(text: &str, steps: &[&str]) -> (String, String) {
        let (source, document) = first(text);
        let root = document.unwrap_or_else(|error| panic!("{}", error.describe(&source))).root;
        let node = steps.iter().fold(&root, |node, step| match step.parse::<usize>() {
            Ok(index) if node.as_sequence().is_some() => &node.as_sequence().unwrap()[index],
            _ => node.get(step).unwrap_or_else(|| panic!("no {step}")),
        });
        (format!("{}", node.value), source.slice(node.span).to_owned())
    }

    fn error(text: &str) -> String {
        let (source, document) = first(text);
        document.map(|_| ()).expect_err("an error").describe(&source)
    }

    #[test]
    fn every_value_knows_its_bytes() {
        let text = "a: [1, \"two\", {b: c}]\nd:\n- x\n- k: 'v'   # note\n  l: 0777\ne: |\n  text\n  more\n";
        for (steps, value, bytes) in [
            (&["a"][..], "a list of 3", "[1, \"two\", {b: c}]"),
            (&["a", "1"], "two", "\"two\""),
            (&["a", "2"], "an object with 1 fields", "{b: c}"),
            (&["d", "0"], "x", "x"),
            (&["d", "1"], "an object with 2 fields", "k: 'v'   # note\n  l: 0777"),
            (&["d", "1", "k"], "v", "'v'"),
            (&["d", "1", "l"], "511", "0777"),
        ] {
            assert_eq!(at(text, steps), (value.to_owned(), bytes.to_owned()), "{steps:?}");
        }
        assert_eq!(at(text, &["e"]).0, "text\nmore\n");
    }

    #[test]
    fn keys_are_what_kubernetes_makes_of_them() {
        for (text, key) in
            [("on: 1", "true"), ("n: 1", "false"), ("0777: 1", "511"), ("'on': 1", "on"), ("1.50: 1", "1.50")]
        {
            let (_, document) = first(text);
            assert_eq!(document.unwrap().root.as_mapping().unwrap().entries()[0].key, key, "{text}");
        }
    }

    #[test]
    fn quoted_texts_may_stand_further_left_than_yaml_wants() {
        let text = "---\n# it's\nspec:\n  - a: 'one\n  two\n\n  it''s'\n    b: \"x \\\"\n  y\\\n  z\"\n    c: 3\n---\nd: 'e\nf'\n";
        let (source, document) = first(text);
        let root = document.unwrap_or_else(|error| panic!("{}", error.describe(&source))).root;
        let item = &root.get("spec").and_then(Node::as_sequence).expect("a list")[0];
        for (key, value, bytes) in [
            ("a", "one two\nit's", "'one\n  two\n\n  it''s'"),
            ("b", "x \" yz", "\"x \\\"\n  y\\\n  z\""),
            ("c", "3", "3"),
        ] {
            let node = item.get(key).expect("a member");
            assert_eq!((node.value.to_string().as_str(), source.slice(node.span)), (value, bytes));
        }
        let read: Vec<_> = read(&source, Limits::default()).collect();
        assert_eq!(read.len(), 2);
        let second = read[1].as_ref().expect("a document");
        assert_eq!((second.index, second.root.str_at("d")), (1, Some("e f")));
        // What is broken otherwise too is told where it is.
        assert!(error("a: 'b\nc'\nd: [\n").contains("test:"), "{}", error("a: 'b\nc'\nd: [\n"));
    }

    #[test]
    fn a_text_of_many_documents_survives_a_broken_one() {
        let source = Source::new(
            "test",
            "\u{feff}a: 1\r\n---\r\n# nothing\r\n---\r\nb: [\r\n---\r\nc: 3\r\n...\r\n---\r\n\"x\"\r\n",
        );
        let read: Vec<_> = read(&source, Limits::default())
            .map(|document| match document {
                Ok(document) => format!("{} {}", document.index, document.root.value),
                Err(error) => error.describe(&source),
            })
            .collect();
        assert_eq!(read.len(), 5, "{read:#?}");
        assert_eq!(read[0], "0 an object with 1 fields");
        assert_eq!(read[1], "1 null");
        assert!(read[2].starts_with("test:"), "{}", read[2]);
        assert_eq!(read[3], "3 an object with 1 fields");
        assert_eq!(read[4], "4 x");
    }

    #[test]
    fn a_lenient_reader_keeps_the_last_of_equal_keys() {
        let source = Source::new("test", "a: 1\nb: 2\na: 3\n");
        let document = read_lenient(&source, Limits::default()).next().expect("a document").expect("it can be read");
        assert_eq!(document.root.get("a").and_then(Node::as_i64), Some(3));
        assert_eq!(document.problems.len(), 1);
    }

    #[test]
    fn duplicate_keys_are_problems_with_both_places() {
        let (source, document) = first("spec:\n  a: 1\n  b: 2\n  a: 3\n");
        let document = document.unwrap();
        assert_eq!(document.root.get("spec").unwrap().get("a").unwrap().as_i64(), Some(1));
        let [problem] = &document.problems[..] else { panic!("{:?}", document.problems) };
        assert_eq!(problem.describe(&source), "test:4:3: key `a` is already set in this mapping");
        let ErrorKind::DuplicateKey { first, .. } = problem.kind else { panic!() };
        assert_eq!(source.position(first.start).line, 2);
        // Long mappings find them as well.
        let long: String = (0..40).map(|n| format!("k{n}: {n}\n")).chain(["k7: again\n".to_owned()]).collect();
        assert_eq!(self::first(&long).1.unwrap().problems.len(), 1);
    }

    #[test]
    fn merge_keys_work_as_in_go_yaml() {
        let text = "base: &b {p: 1, q: 2}\nmore: &m {q: 3}\nc:\n  <<: [*b, *m]\n  p: 9\nd:\n  \"<<\": plain\n";
        assert_eq!(at(text, &["c", "p"]).0, "9");
        assert_eq!(at(text, &["c", "q"]).0, "2");
        assert_eq!(at(text, &["d", "<<"]).0, "plain");
        assert!(first(text).1.unwrap().problems.is_empty());
        assert!(error("a: {<<: 1}\n").contains("a merge key"));
    }

    /// What sigs.k8s.io/yaml makes of block scalars that the text ends in.
    #[test]
    fn a_missing_last_line_break_is_not_made_up() {
        for (text, expected) in [
            ("a: |\n  b", "b"),
            ("a: |+\n  b", "b"),
            ("a: >\n  b\n  c", "b c"),
            ("a: |\n  b\n", "b\n"),
            ("a: |\n  b\n  ", "b\n"),
        ] {
            let source = Source::new("test", text);
            let root = read(&source, Limits::default()).next().unwrap().unwrap().root;
            assert_eq!(root.str_at("a"), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn tags_decide_types() {
        assert_eq!(at("a: !!str 12\n", &["a"]).0, "12");
        assert_eq!(at("a: !custom 12\n", &["a"]).0, "12");
        assert_eq!(at("a: !!float 12\n", &["a"]).0, "12");
        assert!(error("a: !!int x\n").contains("cannot read `x` as a !!int"));
    }

    #[test]
    fn hostile_texts_meet_a_limit() {
        let laughs: String = (0..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
            let alias = format!("*a{n}, ").repeat(10);
            format!("{text}a{}: &a{} [{}]\n", n + 1, n + 1, alias.trim_end_matches(", "))
        });
        assert!(error(&laughs).contains("limit `aliases`"), "{}", error(&laughs));
        for open in ["[", "{a: ", "- ", "? ", "a:\n"] {
            let text: String = match open {
                "a:\n" => (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
                _ => open.repeat(100_000),
            };
            let said = error(&text);
            assert!(said.contains("limit `depth`") || said.contains("test:1:"), "{open}: {said}");
        }
        let source = Source::new("test", "---\n".repeat(100));
        let limits = Limits { documents: 10, ..Limits::default() };
        assert!(matches!(
            read(&source, limits).last(),
            Some(Err(Error { kind: ErrorKind::Limit { limit: "documents", .. }, .. }))
        ));
        let limits = Limits { bytes: 8, ..Limits::default() };
        assert!(matches!(
            read(&source, limits).next(),
            Some(Err(Error { kind: ErrorKind::Limit { limit: "bytes", .. }, .. }))
        ));
        let limits = Limits { nodes: 5, ..Limits::default() };
        let source = Source::new("test", "[1, 2, 3, 4, 5, 6]");
        assert!(matches!(
            read(&source, limits).next(),
            Some(Err(Error { kind: ErrorKind::Limit { limit: "nodes", .. }, .. }))
        ));
        assert!(error("a: &a [*a]\n").contains("alias"), "{}", error("a: &a [*a]\n"));
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_place() {
        for (bytes, expected) in [
            (&b"a: 1\nb: \xff\n"[..], "f:2:4: the text is not UTF-8 here"),
            (b"a: 1\n\0", "f:2:1: the file is binary"),
            (b"\xff\xfea\0", "f:1:1: the text is UTF-16"),
            (b"a\0:\0", "f:1:1: the text looks like UTF-16"),
        ] {
            let (source, error) = *Source::from_bytes("f", bytes.to_vec()).expect_err("not a text");
            assert!(error.describe(&source).starts_with(expected), "{}", error.describe(&source));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,200}") {
            let source = Source::new("test", text);
            for document in read(&source, Limits::default()) { let _ = document; }
        }

        #[test]
        fn no_yaml_like_text_makes_it_panic(parts in proptest::collection::vec(proptest::sample::select(vec![
            "a", "- ", ": ", "\n", "  ", "[", "]", "{", "}", ",", "&a ", "*a", "|", ">", "'", "\"", "#", "---", "...", "<<: ", "!!int ", "%", "? ", "\t", "0x", "~", "\u{feff}", "é",
        ]), 0..60)) {
            let source = Source::new("test", parts.concat());
            for document in read(&source, Limits::default()).flatten() {
                walk(&source, &document.root);
            }
        }
    }

    /// Every span lies in the text, on character boundaries.
    fn walk(source: &Source, node: &Node) {
        assert!(source.text().get(node.span.range()).is_some(), "{:?} in {:?}", node.span, source.text());
        for item in node.items() {
            walk(source, item);
        }
        for entry in node.entries() {
            walk(source, &entry.value);
        }
    }
}
