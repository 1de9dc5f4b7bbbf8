//! Foreign formats, both directions: what becomes a design, and what a design becomes.
//!
//! [`read_source`] is the one door in: it looks at each document of a text and reads it for what it is. Nothing is dropped
//! silently: what it [found](Read::found) is a component now, or [skipped](Read::skipped) with the place and the reason.

mod archive;
pub mod compose;
pub mod gitops;
pub mod helm;
mod kubernetes;
pub mod kustomize;
pub mod oci;
mod pattern;
mod render;
mod rendered;
#[cfg(test)]
mod round_trips;
#[cfg(test)]
mod tests;
mod unit;

use std::sync::Arc;

use crate::{
    design::{self, Component, Design, Note, Place, Reason, Skipped},
    document::{self, Document, Error, Limits, Mapping, Node, Source, Span, Text},
    registry::Registry,
};

pub use archive::to_tgz;
pub use kubernetes::{Export, LeftOut, WhyLeftOut, export};
pub use render::{Output, RenderError, Rendering, render};
pub use rendered::{Made, Remark, Rendered, Role, Weight};
pub use unit::{SourceType, Unit, UnknownType, is_compose};

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

/// A [`FindKind`] that asks the kinds of `registry`: the best version of the kind of exactly this name.
pub fn kinds_of(registry: &Registry) -> impl Fn(&str) -> Option<Known> + '_ {
    |name| {
        let api_version = registry.api_versions_of(name).into_iter().next()?;
        let kind = registry.kinds().find(|kind| *kind.kind == *name && kind.api_version() == api_version)?;
        Some(Known { api_version: api_version.into(), namespaced: kind.namespaced })
    }
}

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

    /// One design of all that was read: the design that was met where there is one and no second, with everything else added
    /// to it; otherwise a new one, which takes over what the designs met say beyond their components. It is called `name`,
    /// or what it calls itself, or `fallback`.
    pub fn into_design(mut self, name: Option<&str>, fallback: &str) -> Design {
        let mut design = match self.designs.len() {
            1 => self.designs.remove(0),
            _ => Design::new(name.unwrap_or(fallback), Vec::new()),
        };
        for met in self.designs {
            design.relationships.extend(met.relationships);
            for entry in met.extra.into_entries().into_iter().filter(|entry| entry.key != "schemaVersion") {
                // What several say differently, the first one says.
                if design.extra.get(&entry.key).is_none() {
                    design.extra.insert(entry.key, entry.value);
                }
            }
        }
        design.components = self.components;
        design.settle(name.unwrap_or(fallback));
        if let Some(name) = name {
            design.name = name.to_owned();
        }
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
                document::Value::Mapping(_) => Reason::NotADesign,
                _ => Reason::NotAnObject(root.type_name()),
            };
            read.skip(place(root.span), reason);
        }
    }
}

/// Says of each component what `registry` knows and its manifest does not tell: whether its kind lives in namespaces.
pub fn describe(components: &mut [Component], registry: &Registry) {
    for component in components {
        let Some(kind) = registry.kind(&component.api_version, &component.kind) else { continue };
        let told = component.configuration.at(&["metadata", "namespace"]).is_some();
        if told == kind.namespaced || component.is_annotation() {
            continue;
        }
        if component.extra.get("metadata").and_then(Node::as_mapping).is_none() {
            component.extra.insert("metadata", Mapping::new());
        }
        if let Some(metadata) = component.extra.get_mut("metadata").and_then(Node::as_mapping_mut) {
            metadata.remove("isNamespaced");
            metadata.insert("isNamespaced", kind.namespaced);
        }
    }
}

/// The longest name that Helm lets a release have; objects and packages may have longer ones.
const LONGEST_NAME: usize = 53;

/// The name of a design as charts, packages and objects can have it: small letters, digits, single dashes between them.
pub fn plain_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    name.truncate(LONGEST_NAME);
    let name = name.trim_end_matches('-');
    if name.is_empty() { "design".to_owned() } else { name.to_owned() }
}

fn object<const N: usize>(entries: [(&str, Node); N]) -> Mapping {
    entries.into_iter().map(|(key, value)| (Text::from(key), value)).collect()
}
