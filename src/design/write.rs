//! Writing designs: one canonical form of Meshery's `designs.meshery.io/v1beta1`, made to be read in reviews.
//!
//! It is the version that every Meshery imports. The published schema asks much of each component; what says nothing
//! about this design stands on a few lines in flow style after the configuration, and a model is written once and
//! referred to by alias. Keys have a fixed order, components that of the design. A design that came as another version
//! of the format keeps saying so.

use std::{borrow::Cow, fmt::Write as _};

use super::{Component, Design, file::SCHEMA, model};
use crate::document::{self, Mapping, Node, Text, Value, write_yaml_entry};

/// The shapes that the published schema knows.
pub const SHAPES: [&str; 25] = [
    "ellipse",
    "triangle",
    "round-triangle",
    "rectangle",
    "round-rectangle",
    "bottom-round-rectangle",
    "cut-rectangle",
    "barrel",
    "rhomboid",
    "diamond",
    "round-diamond",
    "pentagon",
    "round-pentagon",
    "hexagon",
    "round-hexagon",
    "concave-hexagon",
    "heptagon",
    "round-heptagon",
    "octagon",
    "round-octagon",
    "star",
    "tag",
    "round-tag",
    "vee",
    "polygon",
];

/// The canonical design file.
pub fn to_yaml(design: &Design) -> String {
    let mut out = String::new();
    for (key, value) in head(design) {
        write_yaml_entry(&mut out, &key, &value, 0);
    }
    if design.components.is_empty() {
        out.push_str("components: []\n");
    } else {
        out.push_str("components:\n");
    }
    let mut anchors = Anchors::default();
    for component in &design.components {
        let mut lead = "- ";
        for (key, form, value) in fields(component) {
            out.push_str(lead);
            lead = "  ";
            match form {
                Form::Block => write_yaml_entry(&mut out, key, &value, 2),
                Form::Line => writeln!(out, "{key}: {}", document::to_flow_yaml(&value)).expect("strings take all"),
                Form::Shared => anchors.write(&mut out, key, &value),
            }
        }
    }
    let relationships = Node::from(design.relationships.clone());
    write_yaml_entry(&mut out, "relationships", &relationships, 0);
    out
}

/// The same as JSON, with nothing shared.
pub fn to_json(design: &Design) -> String {
    let mut file: Mapping = head(design).into_iter().map(|(key, value)| (key, value.into_owned())).collect();
    let component = |component| {
        let fields = fields(component).into_iter().map(|(key, _, value)| (Text::from(key), value.into_owned()));
        Node::from(fields.collect::<Mapping>())
    };
    file.insert("components", design.components.iter().map(component).collect::<Vec<_>>());
    file.insert("relationships", design.relationships.clone());
    document::to_json(&file.into())
}

fn head(design: &Design) -> Vec<(Text, Cow<'_, Node>)> {
    let mut head: Vec<(Text, Cow<'_, Node>)> = vec![
        ("id".into(), Cow::Owned(design.id.to_string().into())),
        ("name".into(), Cow::Owned(design.name.as_str().into())),
        (
            "schemaVersion".into(),
            design.extra.get("schemaVersion").map_or_else(|| Cow::Owned(SCHEMA.into()), Cow::Borrowed),
        ),
        ("version".into(), Cow::Owned(design.version.as_str().into())),
    ];
    let rest = design.extra.entries().iter().filter(|entry| entry.key != "schemaVersion");
    head.extend(rest.map(|entry| (entry.key.clone(), Cow::Borrowed(&entry.value))));
    head
}

/// How a field of a component is laid out.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Block,
    /// On one line, in flow style.
    Line,
    /// On one line, and only once: an anchor where it stands first, then aliases.
    Shared,
}

type Field<'a> = (&'a str, Form, Cow<'a, Node>);

/// The fields of a component in the order of the file.
fn fields(component: &Component) -> Vec<Field<'_>> {
    let extra = &component.extra;
    let reference = model::reference(component);
    let mut fields: Vec<Field<'_>> = vec![
        ("id", Form::Block, Cow::Owned(component.id.to_string().into())),
        ("displayName", Form::Block, Cow::Owned(Value::String(component.display_name.clone()).into())),
        ("component", Form::Line, Cow::Owned(definition(component))),
        ("configuration", Form::Block, configuration(component)),
    ];
    let said = extra.get("status").filter(|status| !status.is_null()).map(|status| ("status", status));
    fields.extend(said.map(|(key, value)| (key, Form::Block, Cow::Borrowed(value))));
    fields.extend(extra.get("styles").map(|styles| ("styles", Form::Block, with_required_styles(styles))));
    for (key, default) in defaults() {
        let value = extra.get(key).map_or(Cow::Owned(default), Cow::Borrowed);
        fields.push((key, Form::Block, value));
    }
    fields.push(metadata(component));
    // Keys this room does not know come last.
    let known = |key: &str| {
        fields.iter().any(|(known, ..)| *known == key) || matches!(key, "model" | "modelReference" | "capabilities")
    };
    let unknown: Vec<Field<'_>> = extra
        .entries()
        .iter()
        .filter(|entry| !known(&entry.key))
        .map(|entry| (entry.key.as_str(), Form::Block, Cow::Borrowed(&entry.value)))
        .collect();
    fields.push(("model", Form::Shared, Cow::Owned(model::hydrated(&reference))));
    fields.push(("modelReference", Form::Shared, Cow::Owned(reference)));
    fields.extend(unknown);
    fields
}

fn definition(component: &Component) -> Node {
    let mut definition = Mapping::new();
    definition.insert("version", Value::String(component.api_version.clone()));
    definition.insert("kind", Value::String(component.kind.clone()));
    definition.insert("schema", "");
    let more = component.extra.get("component").map(Node::entries).into_iter().flatten();
    for entry in more.filter(|entry| entry.key != "schema") {
        definition.insert(entry.key.clone(), entry.value.clone());
    }
    definition.into()
}

/// The schema wants an object even where there is nothing to configure.
fn configuration(component: &Component) -> Cow<'_, Node> {
    if component.configuration.is_null() {
        Cow::Owned(Mapping::new().into())
    } else {
        Cow::Borrowed(&component.configuration)
    }
}

/// What the schema asks of every component and what it is when nobody says otherwise.
pub(super) fn defaults() -> [(&'static str, Node); 4] {
    [
        ("description", "".into()),
        ("format", "JSON".into()),
        ("schemaVersion", "components.meshery.io/v1beta1".into()),
        ("version", "v1.0.0".into()),
    ]
}

pub(super) fn default_metadata(configuration: &Node) -> Mapping {
    let namespaced = configuration.at(&["metadata", "namespace"]).is_some();
    Mapping::from_iter([
        ("genealogy".into(), "".into()),
        ("isAnnotation".into(), false.into()),
        ("isNamespaced".into(), namespaced.into()),
        ("published".into(), false.into()),
        ("instanceDetails".into(), Mapping::new().into()),
        ("configurationUISchema".into(), "".into()),
    ])
}

fn metadata(component: &Component) -> Field<'_> {
    let mut metadata = default_metadata(&component.configuration);
    for entry in component.extra.get("metadata").map(Node::entries).into_iter().flatten() {
        metadata.insert(entry.key.clone(), entry.value.clone());
    }
    let deep = metadata.entries().iter().any(|entry| match &entry.value.value {
        Value::Mapping(inner) => !inner.is_empty(),
        Value::Sequence(items) => !items.is_empty(),
        Value::String(text) => text.len() > 100 || text.contains('\n'),
        _ => false,
    });
    ("metadata", if deep { Form::Block } else { Form::Line }, Cow::Owned(metadata.into()))
}

/// Styles that say anything must say these.
fn with_required_styles(styles: &Node) -> Cow<'_, Node> {
    let required =
        [("shape", "ellipse"), ("primaryColor", ""), ("svgColor", ""), ("svgWhite", ""), ("svgComplete", "")];
    let Some(mapping) = styles.as_mapping() else { return Cow::Borrowed(styles) };
    if required.iter().all(|(key, _)| mapping.get(key).is_some()) {
        return Cow::Borrowed(styles);
    }
    let mut complete = mapping.clone();
    for (key, default) in required {
        if complete.get(key).is_none() {
            complete.insert(key, default);
        }
    }
    Cow::Owned(complete.into())
}

/// The values written once, each with the name of its anchor.
#[derive(Default)]
struct Anchors {
    seen: Vec<(Node, String)>,
}

impl Anchors {
    fn write(&mut self, out: &mut String, key: &str, value: &Node) {
        if let Some((_, anchor)) = self.seen.iter().find(|(seen, _)| seen == value) {
            writeln!(out, "{key}: *{anchor}").expect("strings take all");
            return;
        }
        let anchor = self.name(key, value);
        writeln!(out, "{key}: &{anchor} {}", document::to_flow_yaml(value)).expect("strings take all");
        self.seen.push((value.clone(), anchor));
    }

    /// `kubernetes`, `kubernetes-reference`, `kubernetes-2`.
    fn name(&self, key: &str, value: &Node) -> String {
        let model = value.str_at("name").unwrap_or_default();
        let model: String = model.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let suffix = if key == "model" { "" } else { "-reference" };
        let base = format!("{}{suffix}", if model.is_empty() { "model" } else { &model });
        let taken = |name: &str| self.seen.iter().any(|(_, seen)| seen == name);
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        std::iter::once(base.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(base)
    }
}
