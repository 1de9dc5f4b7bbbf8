//! What runs the pods of a service, and what `deploy` says of it.

use crate::document::{Entry, Node, Span};

use super::{
    super::{path::KeyPath, scalar},
    DEPENDS_ON, NAME, PART_OF, WAVE, Writer,
    build::{Object, flag, int, list, text},
    names, object,
    pod::Pod,
    replicas,
};
use crate::{document::Quantity, format::Weight};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Deployment,
    DaemonSet,
    Job,
    CronJob,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Deployment => "Deployment",
            Kind::DaemonSet => "DaemonSet",
            Kind::Job => "Job",
            Kind::CronJob => "CronJob",
        }
    }

    /// Whether its pods run until they are stopped.
    fn runs_on(self) -> bool {
        matches!(self, Kind::Deployment | Kind::DaemonSet)
    }
}

/// Keys that others than the container and the pod look after.
const OWN: [&str; 14] = [
    "ports",
    "expose",
    "restart",
    "scale",
    "deploy",
    "depends_on",
    "links",
    "container_name",
    "triggers",
    "pre_start",
    "provider",
    "profiles",
    "name",
    "x",
];

impl Writer<'_> {
    pub(super) fn workload(&mut self, section: &'static str, entry: &Entry) {
        let path = KeyPath::keys(&[section, &entry.key]);
        let (node, at) = (&entry.value, entry.key_span);
        if node.field("provider").is_some() {
            return self.dropped(path, at, "something outside the project provides it");
        }
        let kind = self.kind(section, &entry.key, node);
        let name = self.workloads.get(&*entry.key).cloned().unwrap_or_default();
        if name != *entry.key {
            let message = format!("service `{}` is called `{name}`: names of Kubernetes are DNS labels", entry.key);
            self.remark(Weight::Warning, at, message);
        }
        let inner = if kind == Kind::CronJob { "spec.jobTemplate.spec.template" } else { "spec.template" };
        let mut pod = Pod {
            name: name.clone(),
            path: path.clone(),
            template: format!("{}/{name} {inner}", kind.name()),
            place: "containers[0]".to_owned(),
            ..Pod::default()
        };
        let ports = self.ports(&mut pod, node);
        self.pod_keys(&mut pod, node, |key| !OWN.contains(&key));
        if let Some(profiles) = node.get("profiles") {
            self.converted(
                path.key("profiles"),
                profiles.span,
                format!("{}/{name}: one of them is active", kind.name()),
            );
        }
        self.init_containers(&mut pod, node);
        let mut spec = Object::default();
        let restart = self.restart(&path, kind, node, &mut spec);
        self.deploy(&mut pod, &path, kind, node, &mut spec);
        self.scale(&path, kind, node, &name, &mut spec);
        let annotations = self.order(&path, kind, entry, &name);
        self.balance(&mut pod, at);
        self.reach(&pod, entry, &ports, kind.runs_on());
        let template = self.template(&mut pod, &entry.key, at, restart);
        let labels = self.workload_labels(&path, node, &name, kind, at);
        self.finish_workload(kind, &path, node, (name, at), (labels, annotations), (spec, template, pod.exclusive));
    }

    fn kind(&self, section: &str, name: &str, node: &Node) -> Kind {
        if section == "jobs" {
            let scheduled = node.at(&["triggers", "schedule"]).is_some_and(|list| list.items().next().is_some());
            return if scheduled { Kind::CronJob } else { Kind::Job };
        }
        let mode = node.at(&["deploy", "mode"]).and_then(Node::as_str).unwrap_or_default();
        let serves = ["ports", "expose", "healthcheck"].iter().any(|key| node.field(key).is_some());
        let condition = node.at(&["deploy", "restart_policy", "condition"]).and_then(Node::as_str);
        let policy = condition.or(node.str_at("restart")).unwrap_or("always");
        let once = policy == "no" || policy == "none" || policy.starts_with("on-failure");
        match mode {
            "global" => Kind::DaemonSet,
            "replicated-job" | "global-job" => Kind::Job,
            _ if self.awaited.contains(name) || (once && !serves) => Kind::Job,
            _ => Kind::Deployment,
        }
    }

    /// `restartPolicy` of the pod; attempts of a Job.
    fn restart(&mut self, path: &KeyPath, kind: Kind, node: &Node, spec: &mut Object) -> (&'static str, Span) {
        let written = node.field("restart");
        let policy_node = node.at(&["deploy", "restart_policy"]);
        let condition = policy_node.and_then(|policy| policy.field("condition"));
        let (word, span) = match condition.or(written) {
            Some(node) => (node.as_str().unwrap_or_default(), node.span),
            None => ("", Span::default()),
        };
        let (word, attempts) = word.split_once(':').unwrap_or((word, ""));
        let max =
            policy_node.and_then(|policy| policy.get("max_attempts")).or(attempts.parse::<i64>().ok().and(written));
        let attempts = max.and_then(scalar::integer).or(attempts.parse().ok());
        let (policy, how) = match (kind.runs_on(), word) {
            (true, "" | "always" | "unless-stopped" | "any") => ("Always", ""),
            (true, _) => ("Always", "what serves is always restarted"),
            (false, "no" | "none") => ("Never", ""),
            (false, "on-failure" | "") => ("OnFailure", ""),
            (false, _) => ("OnFailure", "a Job ends when its command does"),
        };
        if !kind.runs_on() {
            let limit =
                if policy == "Never" { Some(0) } else { attempts.map(|count| count.clamp(0, i64::from(i32::MAX))) };
            if let Some(limit) = limit {
                spec.set("backoffLimit", int(limit, max.map_or(span, |node| node.span)));
            }
        }
        let to = "restartPolicy of the pod";
        if let Some(written) = written {
            match how {
                "" => self.converted(path.key("restart"), written.span, to),
                how => self.approximated(path.key("restart"), written.span, to, how),
            }
        }
        for entry in policy_node.into_iter().flat_map(Node::entries) {
            let path = path.key("deploy").key("restart_policy").key(entry.key.clone());
            match (entry.key.as_str(), how) {
                ("condition", "") => self.converted(path, entry.key_span, to),
                ("condition", how) => self.approximated(path, entry.key_span, to, how),
                ("max_attempts", _) if !kind.runs_on() => self.converted(path, entry.key_span, "spec.backoffLimit"),
                ("delay", _) => self.dropped(path, entry.key_span, "the kubelet waits longer after each failure"),
                _ => self.dropped(path, entry.key_span, "pods are restarted as often as it takes"),
            }
        }
        (policy, span)
    }

    fn scale(&mut self, path: &KeyPath, kind: Kind, node: &Node, name: &str, spec: &mut Object) {
        let Some(count) = replicas(node) else { return };
        let written = node.at(&["deploy", "replicas"]).or(node.get("scale"));
        let span = written.map_or(Span::default(), |node| node.span);
        let count = count.clamp(0, i64::from(i32::MAX));
        let member = match kind {
            Kind::Deployment => {
                spec.set("replicas", int(count, span));
                "spec.replicas"
            }
            Kind::Job => {
                spec.set("completions", int(count, span)).set("parallelism", int(count, span));
                "spec.completions"
            }
            Kind::DaemonSet | Kind::CronJob => "",
        };
        for (path, node) in [
            (path.key("scale"), node.get("scale")),
            (path.key("deploy").key("replicas"), node.at(&["deploy", "replicas"])),
        ] {
            match (node, member) {
                (None, _) => {}
                (Some(node), "") => self.dropped(path, node.span, "there is one pod on each node, or for each time"),
                (Some(node), member) => self.converted(path, node.span, format!("{}/{name} {member}", kind.name())),
            }
        }
    }

    /// `depends_on` as annotations.
    fn order(&mut self, path: &KeyPath, kind: Kind, entry: &Entry, name: &str) -> Object {
        let mut annotations = Object::default();
        let mut words = Vec::new();
        let dependencies = entry.value.get("depends_on");
        for dependency in dependencies.into_iter().flat_map(Node::entries) {
            let condition = dependency.value.str_at("condition").unwrap_or("service_started");
            let target = self.workloads.get(&*dependency.key).cloned();
            let path = path.key("depends_on").key(dependency.key.clone());
            let Some(target) = target else {
                self.dropped(path, dependency.key_span, "it is not started");
                continue;
            };
            words.push(format!("{target}:{condition}"));
            let how = match condition {
                "service_healthy" => {
                    "said, not enforced: all start at once, and the Service has no address before it is ready"
                }
                "service_completed_successfully" => {
                    "said, not enforced: nothing waits for a Job; what needs it is restarted until it is done"
                }
                _ => "said, not enforced: all start at once, and what fails is restarted",
            };
            self.approximated(
                path,
                dependency.key_span,
                format!("{}/{name} metadata.annotations[{DEPENDS_ON}]", kind.name()),
                how,
            );
        }
        if !words.is_empty() {
            let span = dependencies.map_or(entry.key_span, |node| node.span);
            annotations.set(DEPENDS_ON, text(words.join(","), span));
        }
        let ordered = self.waves.values().any(|wave| *wave > 0);
        if let (true, Some(wave)) = (ordered, self.waves.get(&*entry.key)) {
            annotations.set(WAVE, text(wave.to_string(), entry.key_span));
        }
        annotations
    }

    /// A request above its limit is refused by Kubernetes.
    fn balance(&mut self, pod: &mut Pod, at: Span) {
        let (limits, requests) = (std::mem::take(&mut pod.limits).node(), std::mem::take(&mut pod.requests).node());
        for entry in requests.entries() {
            let limit = limits.get(&entry.key).filter(|limit| Quantity::of(limit) < Quantity::of(&entry.value));
            if limit.is_some() {
                let message = format!(
                    "service `{}` reserves more {} than its limit: the limit is asked for",
                    pod.name, entry.key
                );
                self.remark(Weight::Warning, at, message);
            }
            pod.requests.set(&entry.key, limit.unwrap_or(&entry.value).clone());
        }
        for entry in limits.entries() {
            pod.limits.set(&entry.key, entry.value.clone());
        }
    }

    fn init_containers(&mut self, pod: &mut Pod, node: &Node) {
        let mut containers = Vec::new();
        for (index, hook) in node.get("pre_start").into_iter().flat_map(Node::items).enumerate() {
            let path = pod.path.key("pre_start").index(index);
            if hook.field("image").is_none() {
                self.dropped(path, hook.span, "it has no image of its own, nor has the service");
                continue;
            }
            let mut inner = Pod {
                name: pod.name.clone(),
                path: path.clone(),
                template: pod.template.clone(),
                place: format!("initContainers[{}]", containers.len()),
                volumes: std::mem::take(&mut pod.volumes),
                volume_names: std::mem::take(&mut pod.volume_names),
                ..Pod::default()
            };
            // What is said of pods is said by the service already.
            const OF_CONTAINERS: [&str; 17] = [
                "image",
                "entrypoint",
                "command",
                "working_dir",
                "environment",
                "env_file",
                "user",
                "cap_add",
                "cap_drop",
                "privileged",
                "read_only",
                "tty",
                "stdin_open",
                "pull_policy",
                "volumes",
                "configs",
                "secrets",
            ];
            self.pod_keys(&mut inner, hook, |key| OF_CONTAINERS.contains(&key));
            for entry in hook.entries().filter(|entry| !OF_CONTAINERS.contains(&entry.key.as_str())) {
                self.dropped(
                    path.key(entry.key.clone()),
                    entry.key_span,
                    "an init container is in the pod of its service",
                );
            }
            containers.push(inner.finished_container(&format!("init-{index}"), hook.span));
            pod.volumes = inner.volumes;
            pod.volume_names = inner.volume_names;
            pod.exclusive |= inner.exclusive;
        }
        pod.spec.fill_list("initContainers", containers);
    }

    /// The pod template.
    fn template(&mut self, pod: &mut Pod, service: &str, at: Span, restart: (&'static str, Span)) -> Node {
        let container = pod.finished_container(&names::label(service), at);
        let mut spec = std::mem::take(&mut pod.spec);
        spec.set("containers", list(vec![container]));
        if restart.0 != "Always" {
            spec.set("restartPolicy", text(restart.0, restart.1));
        }
        spec.fill("nodeSelector", std::mem::take(&mut pod.node_selector));
        if !pod.node_terms.is_empty() {
            let term = Object::default().with("matchExpressions", list(std::mem::take(&mut pod.node_terms)));
            let terms = Object::default().with("nodeSelectorTerms", list(vec![term.node()]));
            let required = Object::default().with("requiredDuringSchedulingIgnoredDuringExecution", terms.node());
            let mut affinity = Object::default().with("nodeAffinity", required.node());
            let known = std::mem::take(&mut spec).node();
            for entry in known.entries() {
                if entry.key == "affinity" {
                    entry.value.entries().for_each(|inner| {
                        affinity.set(&inner.key, inner.value.clone());
                    });
                } else {
                    spec.set(&entry.key, entry.value.clone());
                }
            }
            spec.set("affinity", affinity.node());
        }
        spec.fill("securityContext", std::mem::take(&mut pod.pod_security));
        spec.fill_list("volumes", std::mem::take(&mut pod.volumes));
        // Containers of Compose know nothing of the API.
        spec.set("automountServiceAccountToken", flag(false, at));
        spec.set("enableServiceLinks", flag(false, at));
        let mut labels = self.labels(Some(&pod.name), at);
        for entry in std::mem::take(&mut pod.labels).node().entries() {
            labels.set(&entry.key, entry.value.clone());
        }
        let mut metadata = Object::default().with("labels", labels.node());
        metadata.fill("annotations", std::mem::take(&mut pod.annotations));
        let spec = spec.in_order(&["initContainers", "containers", "restartPolicy"]);
        Object::default().with("metadata", metadata.node()).with("spec", spec.node()).node()
    }

    fn workload_labels(&mut self, path: &KeyPath, node: &Node, name: &str, kind: Kind, at: Span) -> (Object, Object) {
        let (mut labels, mut annotations) = (self.labels(Some(name), at), Object::default());
        for entry in node.at(&["deploy", "labels"]).into_iter().flat_map(Node::entries) {
            let path = path.key("deploy").key("labels").key(entry.key.clone());
            let written = entry.value.as_str().unwrap_or_default();
            let own = [NAME, PART_OF].contains(&entry.key.as_str());
            if !names::is_key(&entry.key) || own {
                self.dropped(path, entry.key_span, "it is no label that is free");
            } else if names::is_value(written) {
                labels.set(&entry.key, entry.value.clone());
                self.converted(path, entry.key_span, format!("{}/{name} metadata.labels", kind.name()));
            } else {
                annotations.set(&entry.key, entry.value.clone());
                self.approximated(
                    path,
                    entry.key_span,
                    format!("{}/{name} metadata.annotations", kind.name()),
                    "an annotation",
                );
            }
        }
        (labels, annotations)
    }

    fn finish_workload(
        &mut self,
        kind: Kind,
        path: &KeyPath,
        node: &Node,
        (name, at): (String, Span),
        ((labels, more), mut annotations): ((Object, Object), Object),
        (mut spec, template, exclusive): (Object, Node, bool),
    ) {
        for entry in more.node().entries() {
            annotations.set(&entry.key, entry.value.clone());
        }
        let mut metadata = Object::default().with("name", text(name.as_str(), at)).with("labels", labels.node());
        metadata.fill("annotations", annotations);
        if kind.runs_on() {
            let selector =
                Object::default().with(NAME, text(name.as_str(), at)).with(PART_OF, text(self.part_of.as_str(), at));
            spec.set("selector", Object::default().with("matchLabels", selector.node()).node());
        }
        if kind == Kind::Deployment && exclusive {
            spec.set("strategy", Object::default().with("type", text("Recreate", at)).node());
        }
        spec.set("template", template);
        let order = ["replicas", "selector", "strategy", "minReadySeconds", "template"];
        let spec = spec.in_order(&order).node();
        if let Some(triggers) = node.get("triggers") {
            let path = path.key("triggers");
            if let Some(manual) = triggers.get("manual") {
                self.approximated(
                    path.key("manual"),
                    manual.span,
                    format!("{}/{name}", kind.name()),
                    "started when it is applied",
                );
            }
            if kind == Kind::CronJob {
                return self.cron(&path, triggers, metadata, spec, at);
            }
        }
        let version = if kind == Kind::Job { "batch/v1" } else { "apps/v1" };
        let mut made = object(version, kind.name(), metadata, at);
        made.set("spec", spec);
        self.push(made);
    }

    fn cron(&mut self, path: &KeyPath, triggers: &Node, metadata: Object, job: Node, at: Span) {
        for (index, schedule) in triggers.get("schedule").into_iter().flat_map(Node::items).enumerate() {
            let path = path.key("schedule").index(index);
            if index > 0 {
                self.dropped(path, schedule.span, "a CronJob has one schedule");
                continue;
            }
            let mut spec = Object::default();
            for (key, member) in [("cron", "schedule"), ("timezone", "timeZone")] {
                if let Some(value) = schedule.get(key) {
                    spec.set(member, value.clone());
                }
            }
            if let Some(concurrency) = schedule.get("concurrency") {
                spec.set("concurrencyPolicy", text("Forbid", concurrency.span));
                let how = "what is missed while one runs is not made up for";
                self.approximated(path.key("concurrency"), concurrency.span, "spec.concurrencyPolicy", how);
            }
            if let Some(missed) = schedule.get("missed_fires") {
                self.dropped(path.key("missed_fires"), missed.span, "a CronJob starts the last one that was missed");
            }
            self.converted(path, schedule.span, "CronJob spec.schedule");
            spec.set("jobTemplate", Object::default().with("spec", job.clone()).node());
            let mut made = object("batch/v1", "CronJob", metadata.copy(), at);
            made.set("spec", spec.node());
            self.push(made);
        }
    }
}
