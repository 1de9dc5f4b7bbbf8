//! Who may do what, and who decides: accounts, bindings, admission, autoscalers.

use crate::{
    document::{Node, Text},
    evaluate::reference::{
        facts::Want,
        target::{Target, built_in},
    },
};

use super::{Extract, namespace_of, pod::items};

impl Extract<'_> {
    pub(super) fn service_account(&mut self, object: &Node) {
        for (index, secret) in items(object, "secrets") {
            self.ask(Target::Secret, secret.field("name"), format_args!("secrets[{index}].name"));
        }
        self.pull_secrets(object, "imagePullSecrets");
    }

    pub(super) fn binding(&mut self, object: &Node) {
        let role = object.field("roleRef");
        let target = match role.and_then(|role| role.str_at("kind")) {
            Some("ClusterRole") => Some(Target::ClusterRole),
            // A cluster-wide binding cannot name a Role; another rule says so.
            Some("Role") if self.kind == "RoleBinding" => Some(Target::Role),
            _ => None,
        };
        if let Some(target) = target {
            self.ask(target, role.and_then(|role| role.field("name")), format_args!("roleRef.name"));
        }
        for (index, subject) in items(object, "subjects") {
            if subject.str_at("kind") == Some("ServiceAccount") {
                let namespace = namespace_of(subject, &self.namespace);
                let path = format_args!("subjects[{index}].name");
                self.ask_in(Target::ServiceAccount, namespace, subject.field("name"), path);
            }
        }
    }

    pub(super) fn admission(&mut self, object: &Node, spec: &Node) {
        let policy = match self.kind {
            "ValidatingAdmissionPolicyBinding" => Some(Target::ValidatingPolicy),
            "MutatingAdmissionPolicyBinding" => Some(Target::MutatingPolicy),
            _ => None,
        };
        if let Some(target) = policy {
            self.ask(target, spec.field("policyName"), format_args!("spec.policyName"));
        }
        for (index, webhook) in items(object, "webhooks") {
            let service = webhook.at(&["clientConfig", "service"]);
            self.service_reference(service, &format!("webhooks[{index}].clientConfig.service"));
        }
    }

    pub(super) fn autoscaler(&mut self, spec: &Node) {
        let Some(reference) = spec.field("scaleTargetRef") else { return };
        let Some((node, kind)) = reference.field("kind").and_then(|node| Some((node, node.as_str()?))) else { return };
        let api_version = reference.str_at("apiVersion").unwrap_or_default();
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        match Target::of(group, kind).filter(|target| target.scales()) {
            Some(target) => self.ask(target, reference.field("name"), format_args!("spec.scaleTargetRef.name")),
            None if built_in(group) => {
                let reason = not_scalable(kind, api_version);
                self.push(node, "spec.scaleTargetRef.kind", Want::Scalable(reason));
            }
            // Custom resources may have the `scale` subresource.
            None => {}
        }
    }
}

fn not_scalable(kind: &str, api_version: &str) -> Box<str> {
    let right = match kind {
        "Deployment" | "ReplicaSet" | "StatefulSet" => Some("apps/v1"),
        "ReplicationController" => Some("v1"),
        _ => None,
    };
    let given: Text = if api_version.is_empty() {
        "no `apiVersion`".into()
    } else {
        ecow::eco_format!("`apiVersion: {api_version}`")
    };
    match right {
        Some(right) => format!("{kind} with {given} is no kind that can be scaled; it is in `{right}`").into(),
        None => format!("{kind} with {given} is no kind that can be scaled").into(),
    }
}
