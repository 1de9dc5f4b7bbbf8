//! What `deploy` says of resources, roll-outs and nodes.

use crate::document::Node;

use super::{
    super::{path::KeyPath, scalar},
    NAME, PART_OF, Writer,
    build::{Object, int, list, text},
    names,
    pod::{Pod, seconds},
    workload::Kind,
};

impl Writer<'_> {
    /// Everything of `deploy` but restarts and replicas.
    pub(super) fn deploy(&mut self, pod: &mut Pod, path: &KeyPath, kind: Kind, node: &Node, spec: &mut Object) {
        let path = path.key("deploy");
        for entry in node.get("deploy").into_iter().flat_map(Node::entries) {
            let path = path.key(entry.key.clone());
            match entry.key.as_str() {
                "replicas" | "restart_policy" | "labels" => {}
                "mode" if entry.value.as_str() == Some("global-job") => {
                    self.approximated(path, entry.key_span, kind.name(), "one pod, not one on each node");
                }
                "mode" => self.converted(path, entry.key_span, kind.name()),
                "endpoint_mode" if entry.value.as_str() == Some("vip") => {
                    self.converted(path, entry.key_span, format!("Service/{}", pod.name));
                }
                "endpoint_mode" => self.dropped(path, entry.key_span, "Services have an address of their own"),
                "resources" => self.resources_of(pod, &path, &entry.value),
                "update_config" => self.update(&path, kind, &entry.value, spec, pod),
                "rollback_config" => {
                    self.dropped(path, entry.key_span, "a roll-out is rolled back as it is rolled out")
                }
                "placement" => self.placement(pod, &path, &entry.value),
                key => self.no_place(path, entry.key_span, key),
            }
        }
    }

    fn resources_of(&mut self, pod: &mut Pod, path: &KeyPath, node: &Node) {
        for side in node.entries() {
            let target = if side.key == "limits" { "limits" } else { "requests" };
            for entry in side.value.entries() {
                let path = path.key(side.key.clone()).key(entry.key.clone());
                match entry.key.as_str() {
                    "cpus" => self.quantity(pod, &path, &entry.value, target, "cpu"),
                    "memory" => self.quantity(pod, &path, &entry.value, target, "memory"),
                    "devices" => self.devices(pod, &path, &entry.value),
                    "pids" => self.no_place(path, entry.key_span, "pids_limit"),
                    "generic_resources" => {
                        self.dropped(
                            path,
                            entry.key_span,
                            "a resource of Swarm's nodes is not one of Kubernetes' nodes",
                        );
                    }
                    key => self.no_place(path, entry.key_span, key),
                }
            }
        }
    }

    fn update(&mut self, path: &KeyPath, kind: Kind, node: &Node, spec: &mut Object, pod: &Pod) {
        if kind != Kind::Deployment {
            return self.dropped(path, node.span, "only Deployments are rolled out like that");
        }
        let start_first = node.str_at("order") == Some("start-first");
        let parallel = node.get("parallelism");
        let count = parallel.and_then(scalar::integer).unwrap_or(1).max(0);
        let at = parallel.or(node.get("order")).map_or(node.span, |node| node.span);
        let amount = if count == 0 { text("100%", at) } else { int(count.min(i64::from(i32::MAX)), at) };
        let (surge, unavailable) = if start_first { (amount, int(0, at)) } else { (int(0, at), amount) };
        let rolling = Object::default().with("maxSurge", surge).with("maxUnavailable", unavailable);
        let strategy = Object::default().with("type", text("RollingUpdate", at)).with("rollingUpdate", rolling.node());
        if !pod.exclusive {
            spec.set("strategy", strategy.node());
        }
        let to = format!("Deployment/{} spec.strategy", pod.name);
        for entry in node.entries() {
            let path = path.key(entry.key.clone());
            match entry.key.as_str() {
                "parallelism" | "order" if pod.exclusive => {
                    self.approximated(path, entry.key_span, to.clone(), "Recreate: two pods cannot hold its volume");
                }
                "parallelism" | "order" => self.converted(path, entry.key_span, to.clone()),
                "delay" => {
                    spec.set("minReadySeconds", int(seconds(&entry.value).0, entry.value.span));
                    let to = format!("Deployment/{} spec.minReadySeconds", pod.name);
                    self.approximated(path, entry.key_span, to, "a pod counts as ready after it");
                }
                _ => self.dropped(
                    path,
                    entry.key_span,
                    "a Deployment waits for pods to become ready, and stops when they do not",
                ),
            }
        }
    }

    fn placement(&mut self, pod: &mut Pod, path: &KeyPath, node: &Node) {
        for (index, item) in node.get("constraints").into_iter().flat_map(Node::items).enumerate() {
            self.constraint(pod, path.key("constraints").index(index), item);
        }
        let mut spreads = Vec::new();
        for (index, item) in node.get("preferences").into_iter().flat_map(Node::items).enumerate() {
            let path = path.key("preferences").index(index);
            let label = item.str_at("spread").and_then(|spread| spread.strip_prefix("node.labels."));
            let Some(label) = label.filter(|label| names::is_key(label)) else {
                self.dropped(path, item.span, "pods are spread over labels of nodes");
                continue;
            };
            let selector = Object::default()
                .with(NAME, text(pod.name.as_str(), item.span))
                .with(PART_OF, text(self.part_of.as_str(), item.span));
            let spread = Object::default()
                .with("maxSkew", int(1, item.span))
                .with("topologyKey", text(label, item.span))
                .with("whenUnsatisfiable", text("ScheduleAnyway", item.span))
                .with("labelSelector", Object::default().with("matchLabels", selector.node()).node());
            self.converted(path, item.span, pod.of_spec(&format!("topologySpreadConstraints[{}]", spreads.len())));
            spreads.push(spread.node());
        }
        pod.spec.fill_list("topologySpreadConstraints", spreads);
        if let Some(most) = node.get("max_replicas_per_node") {
            let path = path.key("max_replicas_per_node");
            if scalar::integer(most) == Some(1) {
                let selector = Object::default()
                    .with(NAME, text(pod.name.as_str(), most.span))
                    .with(PART_OF, text(self.part_of.as_str(), most.span));
                let term = Object::default()
                    .with("labelSelector", Object::default().with("matchLabels", selector.node()).node())
                    .with("topologyKey", text("kubernetes.io/hostname", most.span));
                let required =
                    Object::default().with("requiredDuringSchedulingIgnoredDuringExecution", list(vec![term.node()]));
                pod.spec.set("affinity", Object::default().with("podAntiAffinity", required.node()).node());
                self.converted(path, most.span, pod.of_spec("affinity.podAntiAffinity"));
            } else {
                self.dropped(path, most.span, "Kubernetes limits pods on a node to one or spreads them evenly");
            }
        }
        for entry in node.entries().filter(|entry| entry.key.starts_with("x-")) {
            self.no_place(path.key(entry.key.clone()), entry.key_span, &entry.key);
        }
    }

    fn constraint(&mut self, pod: &mut Pod, path: KeyPath, item: &Node) {
        let written = item.as_str().unwrap_or_default();
        let (left, equal, right) = match (written.split_once("=="), written.split_once("!=")) {
            (Some((left, right)), _) => (left.trim(), true, right.trim()),
            (None, Some((left, right))) => (left.trim(), false, right.trim()),
            (None, None) => return self.dropped(path, item.span, "it compares nothing"),
        };
        let span = item.span;
        let (label, value) = match left {
            "node.hostname" => ("kubernetes.io/hostname", right),
            "node.platform.os" => ("kubernetes.io/os", right),
            "node.platform.arch" => (
                "kubernetes.io/arch",
                match right {
                    "x86_64" => "amd64",
                    "aarch64" => "arm64",
                    arch => arch,
                },
            ),
            "node.role" => {
                let operator = if (right == "manager") == equal { "Exists" } else { "DoesNotExist" };
                let term = Object::default().with("key", text("node-role.kubernetes.io/control-plane", span));
                pod.node_terms.push(term.with("operator", text(operator, span)).node());
                let how = "managers are the nodes of the control plane";
                return self.approximated(path, span, pod.of_spec("affinity.nodeAffinity"), how);
            }
            left => match left.strip_prefix("node.labels.") {
                Some(label) => (label, right),
                None => return self.dropped(path, span, "Kubernetes does not know this of a node"),
            },
        };
        if !names::is_key(label) || !names::is_value(value) {
            return self.dropped(path, span, "it is no label that a node can have");
        }
        if equal && !pod.node_selector.has(label) {
            pod.node_selector.set(label, text(value, span));
            self.converted(path, span, pod.of_spec("nodeSelector"));
        } else {
            let operator = if equal { "In" } else { "NotIn" };
            let term = Object::default().with("key", text(label, span)).with("operator", text(operator, span));
            pod.node_terms.push(term.with("values", list(vec![text(value, span)])).node());
            self.converted(path, span, pod.of_spec("affinity.nodeAffinity"));
        }
    }
}
