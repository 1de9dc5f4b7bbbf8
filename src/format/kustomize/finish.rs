//! What is left of a build's own notes in the objects that are written.

use super::{
    resource::{Origin, Resource, members, scalar, set as set_member},
    set::Set,
};
use crate::document::{Mapping, Node, Span, Value, to_yaml};

/// Annotations that only tools read between themselves.
const INTERNAL: &[&str] = &[
    "internal.config.kubernetes.io/previousKinds",
    "internal.config.kubernetes.io/previousNames",
    "internal.config.kubernetes.io/prefixes",
    "internal.config.kubernetes.io/suffixes",
    "internal.config.kubernetes.io/previousNamespaces",
    "internal.config.kubernetes.io/allowNameChange",
    "internal.config.kubernetes.io/allowKindChange",
    "internal.config.kubernetes.io/refBy",
    "internal.config.kubernetes.io/generatorBehavior",
    "internal.config.kubernetes.io/needsHashSuffix",
    "internal.config.kubernetes.io/helm-generated",
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id",
];
const ORIGIN: &str = "config.kubernetes.io/origin";
const TRANSFORMATIONS: &str = "alpha.config.kubernetes.io/transformations";
/// The release of kustomize whose output this is.
const MANAGER: &str = "kustomize-v5.8.1";

/// Writes what `buildMetadata` asks for, and makes texts of all annotations.
pub(super) fn finish(set: &mut Set, with_origin: bool, with_transformations: bool, managed_by: bool) {
    for resource in set.contents_mut() {
        if managed_by {
            metadata_member(resource, "labels", "app.kubernetes.io/managed-by", MANAGER);
        }
        clean(resource);
        if let Some(origin) = resource.origin.take().filter(|_| with_origin) {
            metadata_member(resource, "annotations", ORIGIN, &to_yaml(&origin.node()));
        }
        let transformations = std::mem::take(&mut resource.transformations);
        if with_transformations && !transformations.is_empty() {
            let list: Vec<Node> = transformations.iter().map(Origin::node).collect();
            metadata_member(resource, "annotations", TRANSFORMATIONS, &to_yaml(&Node::from(list)));
        }
    }
}

fn clean(resource: &mut Resource) {
    let Some(metadata) = resource.node.as_mapping_mut().and_then(|root| root.get_mut("metadata")) else { return };
    let Some(metadata) = metadata.as_mapping_mut() else { return };
    let Some(annotations) = metadata.get_mut("annotations").and_then(Node::as_mapping_mut) else { return };
    if annotations.is_empty() {
        return;
    }
    annotations.retain(|entry| {
        !INTERNAL.contains(&entry.key.as_str()) && ![ORIGIN, TRANSFORMATIONS].contains(&entry.key.as_str())
    });
    for entry in annotations.entries_mut() {
        if let Some(text) = scalar(&entry.value).filter(|_| entry.value.as_str().is_none()) {
            entry.value.value = Value::String(text);
        }
    }
    if annotations.is_empty() {
        metadata.remove("annotations");
    }
}

fn metadata_member(resource: &mut Resource, field: &str, key: &str, value: &str) {
    let mut node = members(&mut resource.node);
    for name in ["metadata", field] {
        if node.get(name).is_none() {
            node.insert(name, Mapping::new());
        }
        let Some(member) = node.get_mut(name) else { return };
        node = members(member);
    }
    set_member(node, key, Span::default(), Node::string(value));
}

impl Origin {
    /// The origin of what stands at `path` below this.
    pub(super) fn below(&self, path: &str) -> Origin {
        Origin { path: joined(&self.path, path), ..self.clone() }
    }

    /// The origin of what a field of the kustomization makes.
    pub(super) fn configured(&self, file: &str, kind: &str) -> Origin {
        let by = ["builtin".to_owned(), kind.to_owned(), String::new(), String::new()];
        Origin { path: String::new(), configured_in: joined(&self.path, file), configured_by: Some(by) }
    }

    /// The origin of what a generator or transformer makes whose own this is.
    pub(super) fn of_plugin(&self, plugin: &Resource) -> Origin {
        let text = |text: &str| text.to_owned();
        let by = [text(plugin.api_version()), text(plugin.kind()), text(&plugin.name()), text(&plugin.namespace())];
        Origin { path: String::new(), configured_in: self.path.clone(), configured_by: Some(by) }
    }

    fn node(&self) -> Node {
        let mut members = Mapping::new();
        for (key, value) in [("path", &self.path), ("configuredIn", &self.configured_in)] {
            if !value.is_empty() {
                members.insert(key, value.as_str());
            }
        }
        if let Some(by) = &self.configured_by {
            let parts = ["apiVersion", "kind", "name", "namespace"].into_iter().zip(by);
            let parts = parts.filter(|(_, value)| !value.is_empty());
            members.insert(
                "configuredBy",
                parts.map(|(key, value)| (key.into(), value.as_str().into())).collect::<Mapping>(),
            );
        }
        members.into()
    }
}

/// `path` from `directory`, `.` and `..` resolved as far as there is something to leave.
fn joined(directory: &str, path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in directory.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}
