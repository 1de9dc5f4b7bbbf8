//! Foreign formats, both directions: what becomes a design, and what a design becomes.
//!
//! [`read_source`] is the one door in: it looks at each document of a text and reads it for what it is. Nothing is dropped
//! silently: what it [found](Read::found) is a component now, or [skipped](Read::skipped) with the place and the reason.

mod kubernetes;
mod pattern;

use std::sync::Arc;

use crate::{
    design::{self, Component, Design, Note, Place, Reason, Skipped},
    document::{self, Document, Error, Limits, Mapping, Node, Source, Span, Text},
};

pub use kubernetes::{Export, LeftOut, WhyLeftOut, export};

/// What a document is, by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A design file of Meshery's (`schemaVersion: designs.meshery.io/…`).
    Design,
    /// A pattern file, Meshery's designs before those (`services:`).
    Pattern,
    /// One Kubernetes object or a list of them.
    Kubernetes,
    /// None of them.
    NotADesign,
}

/// Says what `root` is. A document that has only one of `apiVersion` and `kind` means to be a Kubernetes object.
pub fn detect(root: &Node) -> Format {
    let says = |key: &str| root.field(key).is_some();
    if design::is_design(root) {
        Format::Design
    } else if says("apiVersion") || says("kind") {
        Format::Kubernetes
    } else if pattern::is_pattern(root) {
        Format::Pattern
    } else {
        Format::NotADesign
    }
}

/// What is known of a kind: the registry's part in reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub api_version: Text,
    pub namespaced: bool,
}

/// Finds a kind by its name alone; files older than `apiVersion` in patterns need it.
pub type FindKind<'a> = &'a dyn Fn(&str) -> Option<Known>;

/// For readers that have no registry at hand.
pub fn no_kinds(_kind: &str) -> Option<Known> {
    None
}

/// What was read of one text or of several.
#[derive(Debug, Default)]
pub struct Read {
    /// In the order of the text.
    pub components: Vec<Component>,
    /// What is not a component, and why.
    pub skipped: Vec<Skipped>,
    /// What was taken otherwise than it was written.
    pub notes: Vec<Note>,
    /// What is wrong with documents that could be read nevertheless: duplicate keys.
    pub problems: Vec<(Place, Error)>,
    /// The designs met, without their components.
    pub designs: Vec<Design>,
    /// Objects found: the items of a list and the components of a design count each, every other document as one.
    /// Always the sum of components and skipped.
    pub found: usize,
}

impl Read {
    /// Adds what was read after this.
    pub fn append(&mut self, mut later: Read) {
        self.components.append(&mut later.components);
        self.skipped.append(&mut later.skipped);
        self.notes.append(&mut later.notes);
        self.problems.append(&mut later.problems);
        self.designs.append(&mut later.designs);
        self.found += later.found;
    }

    /// One design of all that was read. Where a single design file was read and nothing else, that is the design (called
    /// `name` when there is one); else a new one, which takes over the relationships of those that were met.
    pub fn into_design(mut self, name: Option<&str>, fallback: &str) -> Design {
        if self.designs.len() == 1 && self.components.iter().all(|component| !component.id.is_nil()) {
            let mut design = self.designs.remove(0);
            design.components = self.components;
            if let Some(name) = name {
                design.name = name.to_owned();
            }
            return design;
        }
        let mut design = Design::new(name.unwrap_or(fallback), self.components);
        design.relationships = self.designs.into_iter().flat_map(|design| design.relationships).collect();
        design
    }

    fn skip(&mut self, place: Place, reason: Reason) {
        self.skipped.push(Skipped { place, reason });
        self.found += 1;
    }

    fn take_design(&mut self, mut design: Design) {
        self.components.append(&mut design.components);
        self.designs.push(design);
    }
}

/// Reads all documents of `source`, each for what it is. Documents that are not YAML are among the skipped.
pub fn read_source(source: &Arc<Source>, limits: Limits, find_kind: FindKind<'_>) -> Read {
    let mut read = Read::default();
    let mut before = 0;
    for document in document::read(source, limits) {
        match document {
            Ok(document) => {
                before = document.index as u32 + 1;
                read_document(source, document, find_kind, &mut read);
            }
            Err(error) => {
                let place = Place { source: source.clone(), document: before, span: error.span };
                before += 1;
                read.skip(place, Reason::Unreadable(error));
            }
        }
    }
    read
}

/// Reads one document for what it is.
pub fn read_document(source: &Arc<Source>, mut document: Document, find_kind: FindKind<'_>, read: &mut Read) {
    let index = document.index as u32;
    let place = |span: Span| Place { source: source.clone(), document: index, span };
    let problems = std::mem::take(&mut document.problems);
    read.problems.extend(problems.into_iter().map(|error| (place(error.span), error)));
    match detect(&document.root) {
        Format::Kubernetes => kubernetes::read(source, document, read),
        Format::Design => match design::read(source, document) {
            Ok(file) => {
                read.skipped.extend(file.skipped);
                read.notes.extend(file.notes);
                read.found += file.found;
                read.take_design(file.design);
            }
            Err(Skipped { place, reason }) => read.skip(place, reason),
        },
        Format::Pattern => pattern::read(source, document, find_kind, read),
        Format::NotADesign => {
            let root = &document.root;
            let reason = match &root.value {
                _ if root.is_null() => Reason::Empty,
                document::Value::Mapping(mapping) if mapping.is_empty() => Reason::Empty,
                document::Value::Mapping(_) => Reason::Missing("apiVersion"),
                _ => Reason::NotAnObject(root.type_name()),
            };
            read.skip(place(root.span), reason);
        }
    }
}

fn object<const N: usize>(entries: [(&str, Node); N]) -> Mapping {
    entries.into_iter().map(|(key, value)| (Text::from(key), value)).collect()
}
