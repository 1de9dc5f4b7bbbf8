//! Data and volumes: ConfigMaps, Secrets, claims and the classes behind them.

use crate::{
    document::{Node, Text},
    evaluate::reference::{facts::Gives, target::Target},
};

use super::{Extract, pod::items};

impl Extract<'_> {
    /// The keys of a ConfigMap or Secret. One without data is there to be filled in, and so is one that a controller
    /// is told to write to by an annotation.
    pub(super) fn keys(&mut self, object: &Node) {
        let members = ["data", "binaryData", "stringData"];
        let entries = members.into_iter().filter_map(|member| object.field(member)).flat_map(Node::entries);
        let keys: Box<[_]> = entries.map(|entry| entry.key.clone()).collect();
        let annotations = object.at(&["metadata", "annotations"]);
        let injected = annotations.into_iter().flat_map(Node::entries).any(|entry| {
            let key = entry.key.as_str();
            key.contains("inject") || key.contains("reflect") || key.contains("replicat")
        });
        let token = object.str_at("type") == Some("kubernetes.io/service-account-token");
        if token {
            let account = annotations.and_then(|map| map.field("kubernetes.io/service-account.name"));
            let path = format_args!("metadata.annotations[kubernetes.io/service-account.name]");
            self.ask(Target::ServiceAccount, account, path);
        }
        self.gives = Gives::Keys { open: keys.is_empty() || injected || token, keys };
    }

    pub(super) fn persistent_volume(&mut self, spec: &Node) {
        if let Some(class) = spec.str_at("storageClassName") {
            self.makes.push((Target::StorageClass, class.into()));
        }
    }

    pub(super) fn claim(&mut self, spec: &Node, path: &str) {
        self.ask(Target::StorageClass, spec.field("storageClassName"), format_args!("{path}.storageClassName"));
    }

    /// A StatefulSet makes a claim `TEMPLATE-SET-0`, … of each template
    /// (<https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage>).
    pub(super) fn stateful_set(&mut self, spec: &Node) {
        self.ask(Target::Service, spec.field("serviceName"), format_args!("spec.serviceName"));
        for (index, template) in items(spec, "volumeClaimTemplates") {
            if let Some(name) = template.at(&["metadata", "name"]).and_then(Node::as_str) {
                self.makes.push((Target::Claim, ordinals(name, self.name)));
                self.claims.push(name.into());
            }
            if let Some(claim) = template.field("spec") {
                self.claim(claim, &format!("spec.volumeClaimTemplates[{index}].spec"));
            }
        }
    }

    pub(super) fn snapshot(&mut self, spec: &Node) {
        let class = spec.field("volumeSnapshotClassName");
        self.ask(Target::SnapshotClass, class, format_args!("spec.volumeSnapshotClassName"));
        let claim = spec.at(&["source", "persistentVolumeClaimName"]);
        self.ask(Target::Claim, claim, format_args!("spec.source.persistentVolumeClaimName"));
    }
}

/// All claims of a template under one name, which no object can have.
fn ordinals(template: &str, set: &str) -> Text {
    ecow::eco_format!("{template}-{set}-*")
}
