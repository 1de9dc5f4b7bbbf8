//! Files of the tree, read once, through one collection of spans.

use std::{rc::Rc, sync::Arc};

use super::{
    Build, Fetched,
    error::{ErrorKind, Fault, Result},
    read::Word,
};
use crate::{
    document::{self, How, Node, Number, Segment, Source, Span, Text, Trace, Value, read},
    tree::{self, Tree},
};

/// A directory of one of the trees that a build reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Location {
    /// Which of [`Build::trees`].
    pub(super) tree: usize,
    pub(super) directory: String,
}

/// What a path of `resources` leads to.
pub(super) enum Reached {
    File,
    Directory(Location),
}

/// How values are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Dialect {
    /// Kustomizations: what the API server makes of it.
    Kubernetes,
    /// Resources: `yes` and `on` are texts, as in YAML 1.2; see [`reread`].
    Resource,
}

impl Build<'_> {
    /// What stands at a path that a kustomization names.
    pub(super) fn reach(&mut self, from: &Location, path: &Word) -> Result<Reached> {
        let joined = Tree::join(&from.directory, path);
        let kind = match &joined {
            Ok(joined) => self.trees[from.tree].kind(joined).map_err(|error| unreadable(path, error))?,
            Err(_) => None,
        };
        match (joined, kind) {
            (Ok(_), Some(tree::Kind::File)) => Ok(Reached::File),
            (Ok(directory), Some(tree::Kind::Directory)) => {
                Ok(Reached::Directory(Location { tree: from.tree, directory }))
            }
            _ if is_remote(path) => match self.fetch(path)? {
                Fetched::Directory(tree, directory) => {
                    self.trees.push(tree);
                    Ok(Reached::Directory(Location { tree: self.trees.len() - 1, directory }))
                }
                Fetched::File(_) => Ok(Reached::File),
            },
            (Ok(joined), None) => {
                let name = self.trees[from.tree].name(&joined);
                Err(unreadable(path, tree::Error::Missing(name)))
            }
            (Err(error), _) => Err(unreadable(path, error)),
        }
    }

    fn fetch(&mut self, path: &Word) -> Result<Fetched> {
        if let Some(known) = self.fetched.get(path.as_str()) {
            return Ok(known.clone());
        }
        let refused = || Fault::new(ErrorKind::Remote(path.to_string()), path.span);
        let fetch = self.options.fetch.ok_or_else(refused)?;
        let brought = fetch(path).map_err(|why| Fault::new(ErrorKind::Fetch(path.to_string(), why), path.span))?;
        self.fetched.insert(path.to_string(), brought.clone());
        Ok(brought)
    }

    /// The bytes of a file in or below the directory of its kustomization, and what users call it.
    pub(super) fn bytes(&mut self, from: &Location, path: &Word) -> Result<(String, Arc<[u8]>)> {
        let tree = self.trees[from.tree].clone();
        let joined = match Tree::join(&from.directory, path) {
            Ok(joined) if !is_remote(path) || tree.is_file(&joined) => joined,
            _ if is_remote(path) => match self.fetch(path)? {
                Fetched::File(source) => return Ok((source.name().to_owned(), source.text().as_bytes().into())),
                Fetched::Directory(..) => return Err(unreadable(path, tree::Error::Directory(path.to_string()))),
            },
            Ok(joined) => joined,
            Err(error) => return Err(unreadable(path, error)),
        };
        if !from.directory.is_empty() && !joined.starts_with(&format!("{}/", from.directory)) {
            let directory = tree.name(&from.directory);
            return Err(Fault::new(ErrorKind::Outside { path: path.to_string(), directory }, path.span));
        }
        let bytes = tree.read(&joined).map_err(|error| unreadable(path, error))?;
        Ok((tree.name(&joined), bytes))
    }

    /// The documents of a file, without the empty ones.
    pub(super) fn documents(&mut self, from: &Location, path: &Word, dialect: Dialect) -> Result<Rc<Vec<Node>>> {
        let (name, bytes) = self.bytes(from, path)?;
        let key = (from.tree, name, dialect);
        if let Some(known) = self.files.get(&key) {
            return Ok(known.clone());
        }
        let source = Source::from_bytes(key.1.clone(), bytes.to_vec()).map_err(|error| {
            let (source, error) = *error;
            let base = self.collection.add(&Arc::new(source)).unwrap_or_default();
            document_fault(path, error, base)
        })?;
        let documents = Rc::new(self.parse(&Arc::new(source), path, dialect)?);
        self.files.insert(key, documents.clone());
        Ok(documents)
    }

    /// The documents of a text that stands in a kustomization (an inline patch), which keep their places there.
    pub(super) fn inline(&mut self, text: &Word, dialect: Dialect) -> Result<Vec<Node>> {
        let source = match self.collection.locate(text.span) {
            Some((outer, span)) => {
                let trace = trace_of(text, outer, span);
                Arc::new(Source::made(outer.name().to_owned(), text.as_str(), trace))
            }
            None => Arc::new(Source::new("", text.as_str())),
        };
        self.parse(&source, text, dialect)
    }

    /// The documents of a text that somebody made (a chart).
    pub(super) fn parse(&mut self, source: &Arc<Source>, path: &Word, dialect: Dialect) -> Result<Vec<Node>> {
        let limits = self.options.limits;
        let Some(base) = self.collection.add(source) else {
            let kind = ErrorKind::Limit { what: "all texts together", limit: "bytes", allowed: u32::MAX.into() };
            return Err(Fault::new(kind, path.span));
        };
        let mut documents = Vec::new();
        for document in read(source, limits) {
            let document = document.map_err(|error| document_fault(path, error, base))?;
            if let Some(problem) = document.problems.into_iter().next() {
                return Err(document_fault(path, problem, base));
            }
            let mut root = document.root;
            if root.is_null() {
                continue;
            }
            if dialect == Dialect::Resource {
                reread(&mut root, source, false);
            }
            root.shift(base);
            documents.push(root);
        }
        Ok(documents)
    }
}

/// Which bytes of `text` stand where in `outer`, line by line as far as they stand there as they are.
fn trace_of(text: &str, outer: &Arc<Source>, span: Span) -> Trace {
    let written = outer.slice(span);
    let mut trace = Trace::default();
    let (mut made, mut from) = (0, 0);
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end_matches('\n');
        if let Some(at) = written[from..].find(shown).filter(|_| !shown.is_empty()) {
            let start = span.start as usize + from + at;
            trace.push(Segment {
                made: Span::new(made, made + shown.len()),
                source: outer.clone(),
                from: Span::new(start, start + shown.len()),
                how: How::Copied,
            });
            from += at + shown.len();
        }
        made += line.len();
    }
    if trace.segments().is_empty() {
        trace.push(Segment { made: Span::new(0, made), source: outer.clone(), from: span, how: How::Made(None) });
    }
    trace
}

/// Makes of plain scalars what kustomize's reader of YAML makes of them: `yes` and its like are texts, keys as well as
/// values; a date is a time, but for an annotation; a whole number has no exponent.
fn reread(node: &mut Node, source: &Source, as_written: bool) {
    let written = |span: Span| {
        let text = source.slice(span);
        let is_other = ["y", "n", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str());
        is_other.then(|| Text::from(text))
    };
    match &mut node.value {
        Value::Bool(_) => {
            if let Some(text) = written(node.span) {
                node.value = Value::String(text);
            }
        }
        Value::Number(Number::Float(value, _)) if value.fract() == 0.0 && value.abs() < 9e15 => {
            node.value = Value::Number(Number::Int(*value as i64));
        }
        Value::String(text) if !as_written && is_date(text) && source.slice(node.span) == text.as_str() => {
            *text = format!("{text}T00:00:00Z").into();
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| reread(item, source, as_written)),
        Value::Mapping(mapping) => {
            for entry in mapping.entries_mut() {
                if let ("true" | "false", Some(text)) = (entry.key.as_str(), written(entry.key_span)) {
                    entry.key = text;
                }
                reread(&mut entry.value, source, as_written || entry.key == "annotations");
            }
        }
        _ => {}
    }
}

/// `2001-12-14`.
fn is_date(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| text.as_bytes()[range].iter().all(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && digits(0..4) && digits(5..7) && digits(8..10)
}

/// Whether a path can only mean something elsewhere: a URL, or the address of a repository.
fn is_remote(path: &str) -> bool {
    let hosts = ["github.com/", "gitlab.com/", "bitbucket.org/", "git@", "git::", "gh:"];
    path.contains("://")
        || hosts.iter().any(|host| path.to_ascii_lowercase().starts_with(host))
        || path.contains("?ref=")
}

pub(super) fn unreadable(path: &Word, error: tree::Error) -> Fault {
    Fault::new(ErrorKind::Unreadable { path: path.to_string(), error }, path.span)
}

fn document_fault(path: &str, error: document::Error, base: u32) -> Fault {
    let span = Span { start: error.span.start + base, end: error.span.end + base };
    Fault::new(ErrorKind::Document { path: path.into(), error: error.kind }, span)
}
