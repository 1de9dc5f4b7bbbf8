//! Pods, wherever their template stands: what they offer to selectors, and all that they need to start.

use crate::{
    document::{Node, Text},
    evaluate::reference::{
        facts::{Gives, Pods, Port, labels},
        target::{Target, built_in},
    },
};

use super::Extract;

impl Extract<'_> {
    /// The pods that this object is or makes. Custom resources with a pod template in the usual place (rollouts, sets of
    /// other projects) are workloads like any other.
    pub(super) fn pods(&mut self, object: &Node) {
        let (path, template) = match (self.group, self.kind) {
            ("", "Pod") => ("spec", Some(object)),
            ("", "PodTemplate") => ("template.spec", object.field("template")),
            ("batch", "CronJob") => {
                ("spec.jobTemplate.spec.template.spec", object.at(&["spec", "jobTemplate", "spec", "template"]))
            }
            _ => ("spec.template.spec", object.at(&["spec", "template"])),
        };
        let Some(template) = template else { return };
        let Some(spec) = template.field("spec").filter(|spec| spec.field("containers").is_some()) else { return };
        let labels = template.at(&["metadata", "labels"]).map(labels).unwrap_or_default();
        let offered = Pods { labels, ports: container_ports(spec), all_declared: all_declared(spec) };
        // What an operator makes of the template of a custom resource may carry its other labels too.
        match &mut self.gives {
            Gives::Maker(makers) if !makers.is_empty() && !built_in(self.group) => {
                let merged = [offered.labels.to_vec(), makers.concat()].concat();
                self.gives = Gives::Pods(Box::new(Pods { labels: merged.into(), all_declared: false, ..offered }));
            }
            _ => self.gives = Gives::Pods(Box::new(offered)),
        }
        self.pod_spec(spec, path);
    }

    fn pod_spec(&mut self, spec: &Node, path: &str) {
        let account = spec.field("serviceAccountName").map(|node| (node, "serviceAccountName"));
        if let Some((node, member)) = account.or(spec.field("serviceAccount").map(|node| (node, "serviceAccount"))) {
            self.ask(Target::ServiceAccount, Some(node), format_args!("{path}.{member}"));
        }
        self.ask(Target::PriorityClass, spec.field("priorityClassName"), format_args!("{path}.priorityClassName"));
        self.ask(Target::RuntimeClass, spec.field("runtimeClassName"), format_args!("{path}.runtimeClassName"));
        self.pull_secrets(spec, &format!("{path}.imagePullSecrets"));
        for (index, volume) in items(spec, "volumes") {
            // A StatefulSet puts its own claims in the place of volumes of the same name.
            let claimed = volume.str_at("name").is_some_and(|name| self.claims.iter().any(|claim| claim == name));
            if !claimed {
                self.volume(volume, &format!("{path}.volumes[{index}]"));
            }
        }
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            for (index, container) in items(spec, list) {
                self.container(container, &format!("{path}.{list}[{index}]"));
            }
        }
    }

    pub(super) fn pull_secrets(&mut self, owner: &Node, path: &str) {
        for (index, secret) in items(owner, "imagePullSecrets") {
            self.ask(Target::Secret, secret.field("name"), format_args!("{path}[{index}].name"));
        }
    }

    fn container(&mut self, container: &Node, path: &str) {
        // kube-webhook-certgen, the usual Job before an admission webhook
        // (https://github.com/kubernetes/ingress-nginx/tree/main/images/kube-webhook-certgen).
        let arguments = items(container, "args").filter_map(|(_, argument)| argument.as_str());
        let made = arguments.filter_map(|argument| argument.strip_prefix("--secret-name="));
        self.makes.extend(made.map(|name| (Target::Secret, name.into())));
        for (index, variable) in items(container, "env") {
            for (member, target) in [("configMapKeyRef", Target::ConfigMap), ("secretKeyRef", Target::Secret)] {
                let Some(reference) = variable.at(&["valueFrom", member]) else { continue };
                self.keyed(target, reference, "name", &format!("{path}.env[{index}].valueFrom.{member}"));
            }
        }
        for (index, source) in items(container, "envFrom") {
            for (member, target) in [("configMapRef", Target::ConfigMap), ("secretRef", Target::Secret)] {
                let Some(reference) = source.field(member) else { continue };
                self.keyed(target, reference, "name", &format!("{path}.envFrom[{index}].{member}"));
            }
        }
    }

    /// A reference to a ConfigMap or Secret, and to its `key` or to the keys of its `items`.
    fn keyed(&mut self, target: Target, reference: &Node, member: &str, path: &str) {
        if reference.field("optional").and_then(Node::as_bool) == Some(true) {
            return;
        }
        let name = reference.field(member);
        self.ask(target, name, format_args!("{path}.{member}"));
        let Some((name, _)) = self.wanted(target, self.namespace.clone(), name) else { return };
        self.ask_key(&name, reference.field("key"), format_args!("{path}.key"));
        for (index, item) in items(reference, "items") {
            self.ask_key(&name, item.field("key"), format_args!("{path}.items[{index}].key"));
        }
    }

    fn volume(&mut self, volume: &Node, path: &str) {
        if let Some(reference) = volume.field("configMap") {
            self.keyed(Target::ConfigMap, reference, "name", &format!("{path}.configMap"));
        }
        if let Some(reference) = volume.field("secret") {
            self.keyed(Target::Secret, reference, "secretName", &format!("{path}.secret"));
        }
        let claim = volume.at(&["persistentVolumeClaim", "claimName"]);
        self.ask(Target::Claim, claim, format_args!("{path}.persistentVolumeClaim.claimName"));
        if let Some(spec) = volume.at(&["ephemeral", "volumeClaimTemplate", "spec"]) {
            self.claim(spec, &format!("{path}.ephemeral.volumeClaimTemplate.spec"));
        }
        if let Some(projected) = volume.field("projected") {
            for (index, source) in items(projected, "sources") {
                for (member, target) in [("configMap", Target::ConfigMap), ("secret", Target::Secret)] {
                    let Some(reference) = source.field(member) else { continue };
                    self.keyed(target, reference, "name", &format!("{path}.projected.sources[{index}].{member}"));
                }
            }
        }
        for plugin in ["cephfs", "cinder", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos"] {
            let name = volume.at(&[plugin, "secretRef", "name"]);
            self.ask(Target::Secret, name, format_args!("{path}.{plugin}.secretRef.name"));
        }
        let name = volume.at(&["csi", "nodePublishSecretRef", "name"]);
        self.ask(Target::Secret, name, format_args!("{path}.csi.nodePublishSecretRef.name"));
        self.ask(Target::Secret, volume.at(&["azureFile", "secretName"]), format_args!("{path}.azureFile.secretName"));
    }
}

/// The containers that run beside each other: the plain ones and the init containers that stay (sidecars,
/// <https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/>).
fn running(spec: &Node) -> impl Iterator<Item = &Node> {
    let stays = |container: &&Node| container.str_at("restartPolicy") == Some("Always");
    let sidecars = spec.field("initContainers").into_iter().flat_map(Node::items).filter(stays);
    spec.field("containers").into_iter().flat_map(Node::items).chain(sidecars)
}

fn container_ports(spec: &Node) -> Box<[Port]> {
    let ports = running(spec).flat_map(|container| items(container, "ports")).filter_map(|(_, port)| {
        Some(Port {
            name: port.str_at("name").unwrap_or_default().into(),
            number: port.field("containerPort")?.as_i64()?,
            protocol: protocol(port),
        })
    });
    ports.collect()
}

fn all_declared(spec: &Node) -> bool {
    running(spec).all(|container| items(container, "ports").next().is_some())
}

/// `TCP` unless the port says otherwise.
pub(super) fn protocol(port: &Node) -> Text {
    port.str_at("protocol").unwrap_or("TCP").into()
}

/// The items of list `member`, counted.
pub(super) fn items<'n>(node: &'n Node, member: &str) -> impl Iterator<Item = (usize, &'n Node)> {
    node.field(member).into_iter().flat_map(Node::items).enumerate()
}
