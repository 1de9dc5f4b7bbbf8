//! Which model of Meshery's a component belongs to, in the two ways that a design file says it.
//!
//! `modelReference` is what saved designs carry; the published schema asks for the whole `model` beside it, which this
//! makes from the reference: what only a registry of models knows is left at the schema's neutral values.

use crate::document::{Mapping, Node, Text};

use super::Component;

const NO_ID: &str = "00000000-0000-0000-0000-000000000000";
/// The version of a definition or model that nobody has said more about.
const FIRST: &str = "v1.0.0";
/// The Kubernetes whose kinds the model `kubernetes` holds by default.
const KUBERNETES: &str = "v1.37.0";

/// The `modelReference` of a component: what its file said, else what its API group suggests.
pub(super) fn reference(component: &Component) -> Node {
    match (component.extra.get("modelReference"), component.extra.get("model")) {
        (Some(reference), _) if reference.as_mapping().is_some() => reference.clone(),
        (_, Some(model)) if model.as_mapping().is_some() => from_model(model),
        _ => by_group(component.group()),
    }
}

/// A reference to `model`, as Meshery makes one when it saves a design.
fn from_model(model: &Node) -> Node {
    let text = |path: &[&str], default: &str| Text::from(model.at(path).and_then(Node::as_str).unwrap_or(default));
    let name = text(&["name"], "kubernetes");
    // Older files name the registrant by its host.
    let registrant = text(&["registrant", "kind"], &text(&["registrant", "hostname"], "github"));
    make(
        &text(&["id"], NO_ID),
        &name,
        &text(&["version"], FIRST),
        &text(&["displayName"], &title(&name)),
        &text(&["model", "version"], FIRST),
        &registrant,
    )
}

/// The reference that needs no saying: Kubernetes for its own groups, and for a custom resource the project in the domain
/// of its group (`certificates.cert-manager.io` is of `cert-manager`).
pub(super) fn by_group(group: &str) -> Node {
    let labels: Vec<&str> = group.split('.').collect();
    match labels.as_slice() {
        [_] | [.., "k8s", "io"] => named("kubernetes", Some(KUBERNETES)),
        ["core", "meshery", "io"] => named("meshery-core", None),
        [.., project, _] => {
            let name: String = project.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            named(if name.is_empty() { "kubernetes" } else { &name }.to_ascii_lowercase().as_str(), None)
        }
        [] => named("kubernetes", Some(KUBERNETES)),
    }
}

/// A reference to the model `name` of which only the version of its software is known.
pub fn named(name: &str, version: Option<&str>) -> Node {
    make(NO_ID, name, FIRST, &title(name), version.unwrap_or(FIRST), "github")
}

fn make(id: &str, name: &str, version: &str, display_name: &str, software: &str, registrant: &str) -> Node {
    object([
        ("id", id.into()),
        ("name", name.into()),
        ("version", version.into()),
        ("displayName", display_name.into()),
        ("model", object([("version", software.into())])),
        ("registrant", object([("kind", registrant.into())])),
    ])
}

/// The `model` that the published schema wants of the model behind `reference`.
pub(super) fn hydrated(reference: &Node) -> Node {
    let member = |key: &str, default: &str| reference.get(key).cloned().unwrap_or_else(|| default.into());
    let registrant = reference.at(&["registrant", "kind"]).and_then(Node::as_str).unwrap_or_default();
    object([
        ("id", member("id", NO_ID)),
        ("schemaVersion", "models.meshery.io/v1beta1".into()),
        ("version", member("version", FIRST)),
        ("name", member("name", "")),
        ("displayName", member("displayName", "")),
        ("description", member("displayName", "")),
        ("status", "enabled".into()),
        (
            "registrant",
            object([
                ("id", NO_ID.into()),
                ("schemaVersion", "connections.meshery.io/v1beta1".into()),
                ("name", registrant.into()),
                ("type", "registry".into()),
                ("subType", "".into()),
                ("kind", registrant.into()),
                ("status", "registered".into()),
            ]),
        ),
        ("registrantId", NO_ID.into()),
        ("categoryId", NO_ID.into()),
        (
            "category",
            object([("id", NO_ID.into()), ("name", "Uncategorized".into()), ("metadata", Mapping::new().into())]),
        ),
        ("subCategory", "Uncategorized".into()),
        ("model", reference.get("model").cloned().unwrap_or_else(|| object([("version", FIRST.into())]))),
        ("components", Vec::new().into()),
        ("componentsCount", 0.into()),
        ("relationships", Vec::new().into()),
        ("relationshipsCount", 0.into()),
    ])
}

/// `cert-manager` as `Cert Manager`: what the schema takes for a name to display.
fn title(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let capitalised = words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]);
    capitalised.collect::<Vec<_>>().join(" ")
}

pub(super) fn object<const N: usize>(entries: [(&str, Node); N]) -> Node {
    entries.into_iter().map(|(key, value)| (Text::from(key), value)).collect::<Mapping>().into()
}
