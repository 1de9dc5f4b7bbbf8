//! Pattern files: Meshery's designs until 2024, with `services:` instead of components.
//!
//! A service becomes a component as Meshery's own converter makes it: `type` is the kind, `settings` the configuration;
//! name, namespace, labels and annotations go into `configuration.metadata`, the place on the canvas into
//! `styles.position`. What has no field in a component (traits, the model's name, the key of the service) stays, as
//! it was written, in `metadata.service`.

use std::sync::Arc;

use uuid::Uuid;

use super::{FindKind, Read, object};
use crate::{
    design::{self, Change, Component, Design, Note, Origin, Place, Reason, restore_keys},
    document::{Document, Entry, Mapping, Node, Source, Span, Text, Value},
};

/// `services:` with members that have a `type` (Compose files, whose services have none, are no patterns).
pub(super) fn is_pattern(root: &Node) -> bool {
    let services = root.get("services").and_then(Node::as_mapping);
    services.is_some_and(|services| {
        services.entries().iter().any(|entry| entry.value.str_at("type").is_some())
            || services.is_empty() && root.get("name").is_some()
    })
}

pub(super) fn read(source: &Arc<Source>, document: Document, find_kind: FindKind<'_>, read: &mut Read) {
    let Document { index, mut root, .. } = document;
    design::keys_as_written(&mut root, source);
    let span = root.span;
    let Value::Mapping(mut file) = root.value else { return };
    let services = match file.remove("services").map(|entry| entry.value.value) {
        Some(Value::Mapping(services)) => services,
        _ => Mapping::new(),
    };
    let mut reader = Reader { source, document: index as u32, find_kind, read };
    let mut components = Vec::new();
    let none = services.is_empty();
    for entry in services.into_entries() {
        match reader.service(entry) {
            Ok(component) => {
                components.push(component);
                reader.read.found += 1;
            }
            Err((span, reason)) => {
                let place = reader.place(span);
                reader.read.skip(place, reason);
            }
        }
    }
    if none {
        let place = reader.place(span);
        reader.read.skip(place, Reason::NoComponents);
    }
    let text = |key: &str| file.get(key).and_then(Node::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let version = text("version").unwrap_or_else(|| Design::FIRST_VERSION.to_owned());
    let mut design = Design {
        id: Uuid::nil(),
        name: text("name").unwrap_or_default(),
        version: version.strip_prefix('v').unwrap_or(&version).to_owned(),
        components,
        relationships: Vec::new(),
        extra: Mapping::new(),
    };
    file.remove("name");
    file.remove("version");
    // What else stood there has no place at the top of a design.
    if !file.is_empty() {
        design.extra = object([("metadata", object([("pattern", file.into())]).into())]);
    }
    read.take_design(design);
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    document: u32,
    find_kind: FindKind<'a>,
    read: &'a mut Read,
}

impl Reader<'_> {
    fn service(&mut self, Entry { key, key_span, value }: Entry) -> Result<Component, (Span, Reason)> {
        let (span, found) = (value.span, value.type_name());
        let Value::Mapping(mut service) = value.value else { return Err((key_span, Reason::NotAnObject(found))) };
        let kind_span = service.get("type").map_or(span, |node| node.span);
        let kind = text(&service, "type").ok_or((key_span, Reason::Missing("type")))?;
        // `Deployment.K8s`: the kind, then who was to deploy it.
        let (kind, of_kubernetes) = match kind.split_once('.') {
            Some((kind, adapter)) => (Text::from(kind), adapter == "K8s"),
            None => (kind, true),
        };
        let version_span = service.get("apiVersion").map_or(kind_span, |node| node.span);
        let known = (self.find_kind)(&kind).filter(|_| of_kubernetes);
        let api_version = match text(&service, "apiVersion") {
            Some(version) => version,
            None => self.api_version(&kind, known.as_ref().map(|known| &known.api_version), kind_span),
        };
        let settings = service.remove("settings").map(|entry| entry.value).unwrap_or_default();
        if !matches!(settings.value, Value::Null | Value::Mapping(_)) {
            let found = settings.type_name();
            return Err((settings.span, Reason::WrongType { field: "settings", wanted: "an object", found }));
        }
        let mut configuration = settings;
        self.restore(&mut configuration);
        let namespaced = known.filter(|known| known.api_version == api_version).is_none_or(|known| known.namespaced);
        let name = service_name(&key, &service, &configuration);
        let annotation = is_annotation(&service);
        if !annotation {
            self.metadata(&mut configuration, &mut service, &name, &kind, namespaced);
        }
        let id = service.get("traits").and_then(|traits| traits.at(&["meshmap", "id"])).and_then(Node::as_str);
        let mut component = Component {
            id: id.and_then(|id| Uuid::parse_str(id).ok()).unwrap_or_default(),
            api_version,
            kind,
            display_name: name,
            configuration,
            extra: Mapping::new(),
            origin: Some(Origin {
                source: self.source.clone(),
                document: self.document,
                object: span,
                api_version: version_span,
                kind: kind_span,
            }),
        };
        component.extra = extra(&key, service, annotation);
        Ok(component)
    }

    fn api_version(&mut self, kind: &Text, known: Option<&Text>, span: Span) -> Text {
        let change = match known {
            Some(version) => Change::ApiVersionFound { kind: kind.clone(), api_version: version.clone() },
            None => Change::ApiVersionUnknown { kind: kind.clone() },
        };
        self.note(span, change);
        known.cloned().unwrap_or_default()
    }

    fn restore(&mut self, configuration: &mut Node) {
        let mut restored = Vec::new();
        restore_keys(configuration, &mut |entry, to| {
            restored.push((entry.key_span, Change::KeyRestored { from: entry.key.clone(), to: to.clone() }));
        });
        for (span, change) in restored {
            self.note(span, change);
        }
    }

    /// Moves name, namespace, labels and annotations of the service into `metadata`; what stands there already stays.
    fn metadata(
        &mut self,
        configuration: &mut Node,
        service: &mut Mapping,
        name: &Text,
        kind: &Text,
        namespaced: bool,
    ) {
        let mut metadata = Mapping::new();
        metadata.insert("name", Value::String(name.clone()));
        if let Some(entry) =
            service.remove("namespace").filter(|entry| entry.value.as_str().is_some_and(|ns| !ns.is_empty()))
        {
            if namespaced {
                metadata.insert("namespace", entry.value);
            } else {
                let namespace = entry.value.as_str().unwrap_or_default().into();
                self.note(entry.value.span, Change::NamespaceDropped { kind: kind.clone(), namespace });
            }
        }
        for key in ["labels", "annotations"] {
            let entry = service.remove(key).filter(|entry| entry.value.entries().next().is_some());
            if let Some(mut entry) = entry {
                self.restore(&mut entry.value);
                metadata.insert(key, entry.value);
            }
        }
        if configuration.is_null() {
            configuration.value = Value::Mapping(Mapping::new());
        }
        let Some(object) = configuration.as_mapping_mut() else { return };
        let own = object.remove("metadata").map(|entry| entry.value).unwrap_or_default();
        for entry in own.entries() {
            // The settings speak of the object itself: they win.
            metadata.insert(entry.key.clone(), entry.value.clone());
        }
        object.insert_first("metadata", metadata);
    }

    fn place(&self, span: Span) -> Place {
        Place { source: self.source.clone(), document: self.document, span }
    }

    fn note(&mut self, span: Span, change: Change) {
        let place = self.place(span);
        self.read.notes.push(Note { place, change });
    }
}

/// The name of the object: the service's, else what its settings or (for keys that are ids) the canvas call it.
fn service_name(key: &Text, service: &Mapping, settings: &Node) -> Text {
    let told = text(service, "name").or_else(|| {
        let name = settings.at(&["metadata", "name"]).or(settings.field("name"));
        name.and_then(Node::as_str).filter(|name| !name.is_empty()).map(Text::from)
    });
    let label = || {
        let label = service.get("traits")?.at(&["meshmap", "label"])?.as_str()?;
        (Uuid::parse_str(key).is_ok() && !label.is_empty()).then(|| Text::from(label))
    };
    told.or_else(label).unwrap_or_else(|| key.clone())
}

fn is_annotation(service: &Mapping) -> bool {
    let canvas = service.get("traits").and_then(|traits| traits.at(&["meshmap", "meshmodel-metadata", "isAnnotation"]));
    let said = service.get("isAnnotation").filter(|said| !said.is_null()).or(canvas);
    said.and_then(Node::as_bool) == Some(true)
}

/// Styles, model and the rest of the service.
fn extra(key: &Text, mut service: Mapping, annotation: bool) -> Mapping {
    let mut extra = Mapping::new();
    let canvas = service.get("traits").and_then(|traits| traits.field("meshmap"));
    if let Some(styles) = canvas.and_then(styles) {
        extra.insert("styles", styles);
    }
    if let Some(name) = text(&service, "model") {
        let version = text(&service, "version");
        extra.insert("modelReference", design::named_model(&name, version.as_deref()));
    }
    let mut metadata = Mapping::new();
    if annotation {
        metadata.insert("isAnnotation", true);
    }
    service.retain(|entry| !says_nothing(&entry.value) && entry.key != "apiVersion" && entry.key != "name");
    if let Some(depends_on) = service.remove("dependsOn") {
        metadata.insert("dependsOn", depends_on.value);
    }
    service.insert_first("key", Value::String(key.clone()));
    metadata.insert("service", service);
    extra.insert("metadata", metadata);
    extra
}

/// Position and colours, under the names that designs have for them.
fn styles(canvas: &Node) -> Option<Node> {
    let position = canvas.field("position")?;
    let number = |key: &str| position.get(key).filter(|node| matches!(node.value, Value::Number(_))).cloned();
    let (x, y) = (number("posX")?, number("posY")?);
    let drawn = |key: &str| {
        let text = canvas.at(&["meshmodel-metadata", key]).and_then(Node::as_str).unwrap_or_default();
        Node::from(text)
    };
    let mut styles = object([
        ("position", object([("x", x), ("y", y)]).into()),
        ("primaryColor", drawn("primaryColor")),
        ("svgColor", drawn("svgColor")),
        ("svgWhite", drawn("svgWhite")),
        ("svgComplete", drawn("svgComplete")),
    ]);
    let shape = canvas.at(&["meshmodel-metadata", "shape"]).and_then(Node::as_str);
    styles.insert("shape", shape.filter(|shape| design::SHAPES.contains(shape)).unwrap_or("ellipse"));
    Some(styles.into())
}

fn says_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(mapping) => mapping.is_empty(),
        _ => false,
    }
}

fn text(mapping: &Mapping, key: &str) -> Option<Text> {
    mapping.get(key)?.as_str().filter(|text| !text.is_empty()).map(Text::from)
}
