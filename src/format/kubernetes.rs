//! Kubernetes manifests.
//!
//! In: one object is one component; `kind: List` and every `…List` with `items` give each item as one. Objects are kept
//! whole, `status` too. Out: the same objects, as documents of one text, as a file each, or as one JSON list.

use std::{collections::HashSet, sync::Arc};

use super::{Read, object};
use crate::{
    design::{Component, Origin, Place, Reason},
    document::{Document, Node, Source, Span, Text, Value, to_json, to_yaml},
};

pub(super) fn read(source: &Arc<Source>, document: Document, read: &mut Read) {
    let document_index = document.index as u32;
    let mut reader = Reader { source, document: document_index, read };
    reader.object(document.root, None);
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    document: u32,
    read: &'a mut Read,
}

/// What a typed list says of its items, which need not say it themselves.
struct ItemType {
    api_version: (Text, Span),
    kind: (Text, Span),
}

impl Reader<'_> {
    fn object(&mut self, mut node: Node, item_type: Option<&ItemType>) {
        if let Some(items) = take_items(&mut node) {
            return self.list(&node, items);
        }
        let span = node.span;
        let span_of = |key: &str, node: &Node| node.get(key).map(|value| value.span);
        let mut spans = (span_of("apiVersion", &node), span_of("kind", &node));
        if let (Some(item_type), Some(object)) = (item_type, node.as_mapping_mut()) {
            let mut fill = |key: &str, (text, at): &(Text, Span), span: &mut Option<Span>| {
                if object.get(key).is_none_or(Node::is_null) {
                    object.insert(key, Value::String(text.clone()));
                    *span = Some(*at);
                }
            };
            fill("apiVersion", &item_type.api_version, &mut spans.0);
            fill("kind", &item_type.kind, &mut spans.1);
        }
        match Component::from_object(node) {
            Ok(mut component) => {
                component.origin = Some(Origin {
                    source: self.source.clone(),
                    document: self.document,
                    object: span,
                    api_version: spans.0.unwrap_or(span),
                    kind: spans.1.unwrap_or(span),
                });
                self.read.components.push(component);
                self.read.found += 1;
            }
            Err((_, reason)) => self.skip(span, reason),
        }
    }

    fn list(&mut self, list: &Node, items: Vec<Node>) {
        let kind = list.get("kind").cloned().unwrap_or_default();
        let name = kind.as_str().unwrap_or_default();
        if items.is_empty() {
            return self.skip(list.span, Reason::EmptyList(name.into()));
        }
        let api_version = list.get("apiVersion").cloned().unwrap_or_default();
        let of_items = name.strip_suffix("List").filter(|name| !name.is_empty());
        let item_type = of_items.zip(api_version.as_str()).map(|(name, version)| ItemType {
            api_version: (version.into(), api_version.span),
            kind: (name.into(), kind.span),
        });
        for item in items {
            self.object(item, item_type.as_ref());
        }
    }

    fn skip(&mut self, span: Span, reason: Reason) {
        let place = Place { source: self.source.clone(), document: self.document, span };
        self.read.skip(place, reason);
    }
}

/// The items, if `node` is a list. Custom resources may be called `…List` too: those have a `spec`.
fn take_items(node: &mut Node) -> Option<Vec<Node>> {
    let kind = node.str_at("kind")?;
    if !kind.ends_with("List") || node.get("spec").is_some() {
        return None;
    }
    let plain = kind == "List";
    let list = node.as_mapping_mut()?;
    match list.get_mut("items").map(|items| &mut items.value) {
        Some(Value::Sequence(items)) => Some(std::mem::take(items)),
        None | Some(Value::Null) if plain => Some(Vec::new()),
        _ => None,
    }
}

/// The Kubernetes objects of a design.
#[derive(Debug, Default)]
pub struct Export<'a> {
    pub components: Vec<&'a Component>,
    pub left_out: Vec<LeftOut<'a>>,
}

/// A component that is no object of a cluster.
#[derive(Debug, Clone, Copy)]
pub struct LeftOut<'a> {
    pub component: &'a Component,
    pub why: WhyLeftOut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyLeftOut {
    #[error("it is a remark on the canvas, not an object")]
    Annotation,
    #[error("the design marks it as ignored")]
    Ignored,
    #[error("it has no apiVersion")]
    NoApiVersion,
}

/// Sorts the components of a design into Kubernetes objects and others.
pub fn export(components: &[Component]) -> Export<'_> {
    let mut export = Export::default();
    for component in components {
        match why_left_out(component) {
            None => export.components.push(component),
            Some(why) => export.left_out.push(LeftOut { component, why }),
        }
    }
    export
}

fn why_left_out(component: &Component) -> Option<WhyLeftOut> {
    if component.is_annotation() {
        Some(WhyLeftOut::Annotation)
    } else if component.extra.get("status").and_then(Node::as_str) == Some("ignored") {
        Some(WhyLeftOut::Ignored)
    } else if component.api_version.is_empty() {
        Some(WhyLeftOut::NoApiVersion)
    } else {
        None
    }
}

impl Export<'_> {
    /// All objects as documents of one YAML text.
    pub fn to_yaml(&self) -> String {
        let documents: Vec<String> = self.components.iter().map(|component| to_yaml(&component.to_object())).collect();
        documents.join("---\n")
    }

    /// All objects as one `kind: List` in JSON.
    pub fn to_json(&self) -> String {
        let items: Vec<Node> = self.components.iter().map(|component| component.to_object()).collect();
        to_json(&object([("apiVersion", "v1".into()), ("kind", "List".into()), ("items", items.into())]).into())
    }

    /// Each object as a file: its name and its YAML. Names are like `Deployment-web.yaml`, safe on every file system and
    /// different also where case does not count.
    pub fn to_files(&self) -> Vec<(String, String)> {
        let mut taken = HashSet::new();
        let file = |component: &&Component| {
            let stem = file_stem(component);
            let numbered = (2..).map(|number| format!("{stem}-{number}"));
            let mut names = std::iter::once(stem.clone()).chain(numbered);
            let free = names.find(|name| taken.insert(name.to_ascii_lowercase())).unwrap_or_default();
            (format!("{free}.yaml"), to_yaml(&component.to_object()))
        };
        self.components.iter().map(file).collect()
    }
}

/// File systems take 255 bytes; a number and the ending must fit too.
const LONGEST_STEM: usize = 200;

fn file_stem(component: &Component) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let name = component.name().or(component.generate_name()).unwrap_or_default();
    let mut stem: String = component.kind.chars().map(safe).collect();
    if !name.is_empty() {
        stem.push('-');
        stem.extend(name.chars().map(safe));
    }
    stem.truncate(LONGEST_STEM);
    let stem = stem.trim_matches(['.', '-', '_']);
    // Windows keeps these for devices, with any ending.
    let device = ["con", "prn", "aux", "nul"].contains(&stem.to_ascii_lowercase().as_str());
    if stem.is_empty() || device { format!("object-{stem}").trim_end_matches('-').to_owned() } else { stem.to_owned() }
}
