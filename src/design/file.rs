//! Reading Meshery's design files: `designs.meshery.io/v1beta1` (what nearly all are), `v1beta2` and `v1beta3`.
//!
//! What the design room knows by name becomes a field; everything else stays in `extra` as it was written, unless it says
//! no more than what the writer would say anyway. So a file written by us, whose boilerplate the published schema asks
//! for, is small in memory; and one from elsewhere loses nothing but what Meshery itself leaves out when it saves: the
//! registry's own data (`model` beside `modelReference`, `capabilities`, the definition's `schema`).

use std::sync::Arc;

use uuid::Uuid;

use super::{
    Change, Component, Design, Note, Origin, Place, Reason, Skipped, keys::keys_as_written, model,
    readable::restore_keys, text_member,
};
use crate::document::{Document, Mapping, Node, Source, Span, Text, Value};

/// A design file and what there is to say of it.
#[derive(Debug)]
pub struct FileRead {
    pub design: Design,
    pub skipped: Vec<Skipped>,
    pub notes: Vec<Note>,
    /// Components the file lists: those of the design and those that were skipped.
    pub found: usize,
}

pub(super) const SCHEMAS: &str = "designs.meshery.io/";
pub(super) const SCHEMA: &str = "designs.meshery.io/v1beta1";
const KNOWN: [&str; 3] = [SCHEMA, "designs.meshery.io/v1beta2", "designs.meshery.io/v1beta3"];

/// Whether a document says that it is one of Meshery's design files.
pub fn is_design(root: &Node) -> bool {
    root.str_at("schemaVersion").is_some_and(|version| version.starts_with(SCHEMAS))
}

/// Reads a document that [`is_design`]. Ids that the file does not tell are nil, and so is the name empty: what they follow
/// from may not be known yet, see [`Design::settle`].
///
/// # Errors
/// The whole document is skipped when it is a version nobody knows or its components are no list.
pub fn read(source: &Arc<Source>, document: Document) -> Result<FileRead, Skipped> {
    let mut reader = Reader { source, document: document.index as u32, skipped: Vec::new(), notes: Vec::new() };
    let Document { mut root, .. } = document;
    keys_as_written(&mut root, source);
    let root_span = root.span;
    let Value::Mapping(mut file) = root.value else {
        return Err(reader.skip(root_span, Reason::Empty));
    };
    if let Some(version) = file.get("schemaVersion") {
        let text = version.as_str().unwrap_or_default();
        if !KNOWN.contains(&text) {
            return Err(reader.skip(version.span, Reason::UnknownSchema(text.into())));
        }
        if text == SCHEMA {
            file.remove("schemaVersion");
        }
    }
    let components = reader.list(&mut file, "components")?;
    let relationships = reader.list(&mut file, "relationships")?;
    let found = components.len().max(1);
    if components.is_empty() {
        let skipped = reader.skip(root_span, Reason::NoComponents);
        reader.skipped.push(skipped);
    }
    let name = take_text(&mut file, "name").unwrap_or_default();
    let id = take_uuid(&mut file, "id").unwrap_or_default();
    let version = take_text(&mut file, "version").filter(|version| !version.is_empty());
    let version = version.unwrap_or_else(|| Design::FIRST_VERSION.into());
    file.retain(|entry| !entry.value.is_null());
    let design = Design {
        id,
        name: name.into(),
        version: version.strip_prefix('v').unwrap_or(&version).to_owned(),
        components: components.into_iter().filter_map(|component| reader.component(component)).collect(),
        relationships,
        extra: file,
    };
    Ok(FileRead { design, skipped: reader.skipped, notes: reader.notes, found })
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    document: u32,
    skipped: Vec<Skipped>,
    notes: Vec<Note>,
}

impl Reader<'_> {
    fn component(&mut self, mut node: Node) -> Option<Component> {
        let span = node.span;
        let mut component = match self.declared(&mut node) {
            Ok(component) => component,
            Err((span, reason)) => {
                let skipped = self.skip(span, reason);
                self.skipped.push(skipped);
                return None;
            }
        };
        if let Some(origin) = &mut component.origin {
            origin.object = span;
        }
        if was_drawn_by_the_old_canvas(&component) {
            let mut restored = Vec::new();
            restore_keys(&mut component.configuration, &mut |entry, to| {
                restored.push((entry.key_span, Change::KeyRestored { from: entry.key.clone(), to: to.clone() }));
            });
            let restored = restored.into_iter().map(|(span, change)| self.note(span, change));
            self.notes.extend(restored.collect::<Vec<_>>());
        }
        self.settle_name(&mut component, span);
        drop_defaults(&mut component);
        Some(component)
    }

    /// The fields of a component declaration, the unknown ones in `extra`.
    fn declared(&mut self, node: &mut Node) -> Result<Component, (Span, Reason)> {
        let (span, found) = (node.span, node.type_name());
        let Some(fields) = node.as_mapping_mut() else { return Err((span, Reason::NotAnObject(found))) };
        let mut definition = fields.remove("component").map(|entry| entry.value).unwrap_or_default();
        let definition_span = if definition.span.is_empty() { span } else { definition.span };
        let kind = text_member(&definition, "kind").map_err(|reason| (definition_span, reason))?;
        let version = definition.field("version");
        let api_version = version.and_then(Node::as_str).unwrap_or_default().into();
        let origin = Origin {
            source: self.source.clone(),
            document: self.document,
            object: span,
            api_version: version.map_or(definition_span, |node| node.span),
            kind: definition.get("kind").map_or(definition_span, |node| node.span),
        };
        let configuration = fields.remove("configuration").map(|entry| entry.value).unwrap_or_default();
        if !matches!(configuration.value, Value::Null | Value::Mapping(_)) {
            let found = configuration.type_name();
            let reason = Reason::WrongType { field: "configuration", wanted: "an object", found };
            return Err((configuration.span, reason));
        }
        let id = take_uuid(fields, "id").unwrap_or_default();
        let display_name = take_text(fields, "displayName").unwrap_or_default();
        if let Some(definition) = definition.as_mapping_mut() {
            definition.remove("kind");
            definition.remove("version");
            definition.retain(|entry| !(entry.key == "schema" && is_blank(&entry.value)));
            if !definition.is_empty() {
                fields.insert("component", std::mem::take(definition));
            }
        }
        let extra = std::mem::take(fields);
        Ok(Component { id, api_version, kind, display_name, configuration, extra, origin: Some(origin) })
    }

    /// Meshery calls an object by the name on the canvas; designs drawn there have no other.
    fn settle_name(&mut self, component: &mut Component, span: Span) {
        let natural = component.natural_name();
        if component.display_name.is_empty() {
            component.display_name = natural;
            return;
        }
        if component.is_annotation() || component.generate_name().is_some() || component.display_name == component.kind
        {
            return;
        }
        let display = component.display_name.clone();
        match component.name() {
            Some(name) if !name.is_empty() => {
                if *name != *display {
                    let change = Change::NamesDiffer { display, name: name.into() };
                    self.notes.push(self.note(span, change));
                }
            }
            _ => set_name(&mut component.configuration, display),
        }
    }

    fn list(&mut self, file: &mut Mapping, field: &'static str) -> Result<Vec<Node>, Skipped> {
        let Some(entry) = file.remove(field) else { return Ok(Vec::new()) };
        match entry.value.value {
            Value::Sequence(items) => Ok(items),
            Value::Null => Ok(Vec::new()),
            _ => {
                let found = entry.value.type_name();
                Err(self.skip(entry.value.span, Reason::WrongType { field, wanted: "a list", found }))
            }
        }
    }

    fn place(&self, span: Span) -> Place {
        Place { source: self.source.clone(), document: self.document, span }
    }

    fn skip(&self, span: Span, reason: Reason) -> Skipped {
        Skipped { place: self.place(span), reason }
    }

    fn note(&self, span: Span, change: Change) -> Note {
        Note { place: self.place(span), change }
    }
}

/// The canvas that displayed keys with spaces also left these in each component; no other writer does.
fn was_drawn_by_the_old_canvas(component: &Component) -> bool {
    let metadata = component.extra.get("metadata");
    metadata.is_some_and(|metadata| metadata.get("whiteboardData").is_some() || metadata.get("fieldRefData").is_some())
}

/// Sets `metadata.name`, before all else, where the configuration leaves room for it.
pub(crate) fn set_name(configuration: &mut Node, name: Text) {
    if configuration.is_null() {
        configuration.value = Value::Mapping(Mapping::new());
    }
    let Some(object) = configuration.as_mapping_mut() else { return };
    if object.get("metadata").is_none_or(Node::is_null) {
        object.remove("metadata");
        object.insert_first("metadata", Mapping::new());
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Node::as_mapping_mut) {
        metadata.remove("name");
        metadata.insert_first("name", Value::String(name));
    }
}

/// Takes out of `extra` what the writer says of every component, and what tells nothing.
fn drop_defaults(component: &mut Component) {
    let reference = model::reference(component);
    let by_default = reference == model::by_group(component.group());
    let defaults = super::write::defaults();
    let extra = &mut component.extra;
    if let Some(metadata) = extra.get_mut("metadata").and_then(Node::as_mapping_mut) {
        let default = super::write::default_metadata(&component.configuration);
        metadata.retain(|entry| {
            let null = entry.value.is_null() && default.get(&entry.key).is_some();
            !null && default.get(&entry.key) != Some(&entry.value)
        });
    }
    extra.retain(|entry| match entry.key.as_str() {
        "modelReference" => !by_default,
        "model" => entry.value != model::hydrated(&reference) && !entry.value.is_null(),
        "capabilities" | "styles" | "component" | "metadata" => !is_blank(&entry.value),
        "status" => entry.value.as_str() != Some("enabled"),
        key => !defaults.iter().any(|(known, default)| *known == key && *default == entry.value),
    });
}

/// Says nothing: null, an empty string, list or object.
fn is_blank(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(mapping) => mapping.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Takes a text member out; one of another type stays where it is.
fn take_text(mapping: &mut Mapping, key: &str) -> Option<Text> {
    let text: Text = mapping.get(key)?.as_str()?.into();
    mapping.remove(key);
    Some(text)
}

fn take_uuid(mapping: &mut Mapping, key: &str) -> Option<Uuid> {
    let id = Uuid::parse_str(mapping.get(key)?.as_str()?).ok()?;
    mapping.remove(key);
    Some(id).filter(|id| !id.is_nil())
}
