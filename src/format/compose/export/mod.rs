//! Kubernetes objects as a Compose file.
//!
//! Each workload is a service of its name: its first container; further ones are services that share its network, and init
//! containers are services that it waits for. Services of Kubernetes are ports and aliases, claims are volumes, ConfigMaps
//! are configs with their content. The content of Secrets is not written into the file: each of their keys is a secret that
//! takes its value from a variable. What no rule takes is in the account as dropped, leaf by leaf.

mod container;
mod mounts;
mod workload;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    design::Component,
    document::{Mapping, Node, Source, Span, Text, to_yaml},
    format::Weight,
};

use super::{Account, Fate, Line};

/// The `compose.yaml` that objects of Kubernetes are, and what became of each of their values.
pub fn export(components: &[Component]) -> (String, Account) {
    let objects = components.iter().filter(|component| !component.api_version.is_empty()).map(|component| {
        let source = component.origin.as_ref().map(|origin| origin.source.clone());
        Object::new(component.to_object(), source)
    });
    from_objects(objects.collect())
}

/// One object and what is known of its values.
struct Object {
    node: Node,
    source: Option<Arc<Source>>,
    /// `Deployment/web`.
    id: String,
}

impl Object {
    fn new(node: Node, source: Option<Arc<Source>>) -> Object {
        let name = node.at(&["metadata", "name"]).and_then(Node::as_str).unwrap_or_default();
        let id = format!("{}/{name}", node.str_at("kind").unwrap_or_default());
        Object { node, source, id }
    }

    fn kind(&self) -> &str {
        self.node.str_at("kind").unwrap_or_default()
    }

    fn name(&self) -> &str {
        self.node.at(&["metadata", "name"]).and_then(Node::as_str).unwrap_or_default()
    }

    fn place(&self, span: Span) -> Option<(Arc<Source>, Span)> {
        let source = self.source.as_ref().filter(|_| span != Span::default())?;
        match source.traced(span) {
            Some(traced) => Some((traced.source.clone(), traced.span)),
            None => Some((source.clone(), span)),
        }
    }
}

fn from_objects(objects: Vec<Object>) -> (String, Account) {
    let mut exporter = Exporter { objects: &objects, ..Exporter::new() };
    for object in &objects {
        exporter.object(object);
    }
    exporter.left_over();
    (exporter.file(), exporter.account)
}

/// A file and its account in the making.
struct Exporter<'a> {
    objects: &'a [Object],
    account: Account,
    services: BTreeMap<String, Mapping>,
    volumes: Mapping,
    configs: Mapping,
    secrets: Mapping,
}

impl<'a> Exporter<'a> {
    fn new() -> Exporter<'a> {
        Exporter {
            objects: &[],
            account: Account::default(),
            services: BTreeMap::new(),
            volumes: Mapping::new(),
            configs: Mapping::new(),
            secrets: Mapping::new(),
        }
    }

    fn object(&mut self, object: &Object) {
        match object.kind() {
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" | "Pod" => self.workload(object),
            // Those are met where pods use them.
            "Service" | "ConfigMap" | "Secret" | "PersistentVolumeClaim" => {}
            _ => self.dropped(object, "", Span::default(), "Compose has no such objects"),
        }
    }

    fn find(&self, kind: &str, name: &str) -> Option<&'a Object> {
        self.objects.iter().find(|object| object.kind() == kind && object.name() == name)
    }

    fn note(&mut self, object: &Object, path: &str, span: Span, fate: Fate) {
        let path = if path.is_empty() { object.id.clone() } else { format!("{} {path}", object.id) };
        self.account.lines.push(Line { path, place: object.place(span), fate });
    }

    fn converted(&mut self, object: &Object, path: &str, span: Span, to: impl Into<String>) {
        self.note(object, path, span, Fate::Converted { to: to.into() });
    }

    fn approximated(&mut self, object: &Object, path: &str, span: Span, to: impl Into<String>, how: impl Into<String>) {
        self.note(object, path, span, Fate::Approximated { to: to.into(), how: how.into() });
    }

    fn dropped(&mut self, object: &Object, path: &str, span: Span, why: impl Into<String>) {
        self.note(object, path, span, Fate::Dropped { why: why.into(), weight: Weight::Warning });
    }

    /// Every leaf that has no line gets one.
    fn left_over(&mut self) {
        for object in self.objects {
            let known: Vec<String> = self.account.lines.iter().map(|line| line.path.clone()).collect();
            if known.contains(&object.id) {
                continue;
            }
            let own: Vec<&str> =
                known.iter().filter_map(|path| path.strip_prefix(&object.id)?.strip_prefix(' ')).collect();
            let mut leaves = Vec::new();
            leaves_of(&object.node, &mut String::new(), &mut leaves);
            for (path, span) in leaves {
                let spoken = |line: &&str| {
                    path.strip_prefix(*line).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                };
                if !own.iter().any(spoken) {
                    let why = match (path.as_str(), own.is_empty()) {
                        ("apiVersion" | "kind" | "metadata.name", false) => continue,
                        (_, true) => "nothing that is exported uses the object",
                        _ => "Compose has nothing like it",
                    };
                    self.dropped(object, &path, span, why);
                }
            }
        }
    }

    fn file(&self) -> String {
        let mut file = Mapping::new();
        let services =
            self.services.iter().map(|(name, service)| (Text::from(name.as_str()), Node::from(service.clone())));
        file.insert("services", services.collect::<Mapping>());
        for (key, section) in [("volumes", &self.volumes), ("configs", &self.configs), ("secrets", &self.secrets)] {
            if !section.is_empty() {
                file.insert(key, section.clone());
            }
        }
        to_yaml(&file.into())
    }
}

fn leaves_of(node: &Node, path: &mut String, leaves: &mut Vec<(String, Span)>) {
    let length = path.len();
    let mut inner = false;
    for (index, item) in node.items().enumerate() {
        inner = true;
        path.push_str(&format!("[{index}]"));
        leaves_of(item, path, leaves);
        path.truncate(length);
    }
    for entry in node.entries() {
        inner = true;
        if length > 0 {
            path.push('.');
        }
        path.push_str(&entry.key);
        leaves_of(&entry.value, path, leaves);
        path.truncate(length);
    }
    if !inner {
        leaves.push((path.clone(), node.span));
    }
}

/// Compose replaces variables in every string: what is meant literally has a second `$`.
fn escaped(text: &str) -> String {
    text.replace('$', "$$")
}

/// What Kubernetes makes of a command or variable without its `$(NAME)`: `$$` is one `$`.
fn unescaped(text: &str) -> String {
    text.replace("$$", "$")
}

fn words(node: &Node) -> Node {
    let words = node.items().filter_map(Node::as_str).map(|word| Node::string(escaped(&unescaped(word))));
    words.collect::<Vec<_>>().into()
}
