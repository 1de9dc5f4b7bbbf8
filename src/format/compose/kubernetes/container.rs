//! The container of a service.

use crate::document::{Entry, Node, Span};

use super::{
    super::{path::KeyPath, scalar},
    Writer,
    build::{Object, cpus, flag, int, list, literal, size, text},
    names,
    pod::{Pod, id_fits, seconds},
};

impl Writer<'_> {
    /// Whether the key is one of containers.
    pub(super) fn container_key(&mut self, pod: &mut Pod, node: &Node, entry: &Entry) -> bool {
        let path = pod.path.key(entry.key.clone());
        let (value, span) = (&entry.value, entry.value.span);
        match entry.key.as_str() {
            "image" => {
                pod.container.set("image", value.clone());
                self.converted(path, span, pod.at("image"));
            }
            "build" => self.build(pod, &path, node, entry),
            "entrypoint" => self.command(pod, &path, "command", value),
            "command" => self.command(pod, &path, "args", value),
            "working_dir" => {
                pod.container.set("workingDir", value.clone());
                self.converted(path, span, pod.at("workingDir"));
            }
            "environment" => self.environment(pod, &path, value),
            "env_file" => self.env_files(pod, &path, value),
            "user" => self.user(pod, &path, value),
            "cap_add" | "cap_drop" => self.capabilities(pod, &path, &entry.key, value),
            "privileged" | "read_only" | "tty" | "stdin_open" => self.flags(pod, &path, &entry.key, value),
            "security_opt" => self.security_options(pod, &path, node, value),
            "pull_policy" => self.pull_policy(pod, &path, value),
            "healthcheck" => self.health(pod, &path, value),
            "cpus" | "mem_limit" | "mem_reservation" => self.old_resources(pod, &path, &entry.key, value),
            "gpus" => self.devices(pod, &path, value),
            "labels" => self.pod_labels(pod, &path, value),
            "label_file" => self.converted(path, span, format!("{}.metadata, with `labels`", pod.template)),
            "annotations" => self.pod_annotations(pod, &path, value),
            "volumes" => self.volumes(pod, &path, value),
            "volumes_from" => self.volumes_from(pod, &path, value),
            "tmpfs" => self.tmpfs(pod, &path, value),
            "shm_size" => self.shm(pod, &path, value),
            "configs" | "secrets" => self.file_mounts(pod, &path, &entry.key, value),
            "post_start" | "pre_stop" => self.hooks(pod, &path, &entry.key, value),
            _ => return false,
        }
        true
    }

    fn build(&mut self, pod: &mut Pod, path: &KeyPath, node: &Node, entry: &Entry) {
        let span = entry.key_span;
        if node.field("image").is_some() {
            return self.needless(path, span, "images are built and pushed before they are deployed");
        }
        let name = pod.path.after(1).to_string();
        let image = format!("{}-{name}", self.project.name());
        let how = format!("images are built before they are deployed: build and push `{image}`");
        self.approximated(path, span, pod.at("image"), how);
        pod.container.set("image", text(image, span));
    }

    /// Docker's entrypoint is Kubernetes' command, Docker's command are the arguments.
    fn command(&mut self, pod: &mut Pod, path: &KeyPath, member: &str, value: &Node) {
        let words: Vec<Node> =
            value.items().map(|word| text(literal(word.as_str().unwrap_or_default()), word.span)).collect();
        if words.is_empty() {
            return self.dropped(path, value.span, "Kubernetes cannot empty what the image says");
        }
        pod.container.set(member, list(words));
        self.converted(path, value.span, pod.at(member));
    }

    fn environment(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let mut variables = Vec::new();
        for entry in value.entries() {
            let path = path.key(entry.key.clone());
            let Some(written) = entry.value.as_str() else {
                self.dropped(path, entry.key_span, "it takes its value from a variable that is not set");
                continue;
            };
            if !names::is_variable(&entry.key) {
                self.dropped(path, entry.key_span, "it is no name of a variable in Kubernetes");
                continue;
            }
            self.converted(path, entry.key_span, pod.at(&format!("env[{}]", variables.len())));
            let variable = Object::default().with("name", text(entry.key.clone(), entry.key_span));
            variables.push(variable.with("value", text(literal(written), entry.value.span)).node());
        }
        pod.container.fill_list("env", variables);
    }

    fn env_files(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        for (index, file) in value.items().enumerate() {
            let inside = file.str_at("path").and_then(|path| crate::tree::Tree::join("", path).ok());
            if inside.is_some_and(|path| self.project.tree.is_file(&path)) {
                let how = "its variables as they are now, each with its value";
                self.approximated(path.index(index), file.span, pod.at("env"), how);
            } else {
                self.dropped(path.index(index), file.span, "the file is not there, and not required");
            }
        }
    }

    fn user(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let written = value.as_str().unwrap_or_default();
        let (user, group) = written.split_once(':').map_or((written, None), |(user, group)| (user, Some(group)));
        let id = |name: &str| if name == "root" { Some(0) } else { name.parse().ok() }.filter(|id| id_fits(*id));
        match (id(user), group.map(id)) {
            (Some(user), None | Some(Some(_))) => {
                pod.security.set("runAsUser", int(user, value.span));
                if let Some(group) = group.and_then(id) {
                    pod.security.set("runAsGroup", int(group, value.span));
                }
                self.converted(path, value.span, pod.at("securityContext.runAsUser"));
            }
            (Some(user), Some(None)) => {
                pod.security.set("runAsUser", int(user, value.span));
                let how = "without the group: Kubernetes knows groups by number only";
                self.approximated(path, value.span, pod.at("securityContext.runAsUser"), how);
            }
            (None, _) => self.dropped(path, value.span, "Kubernetes knows users by number only"),
        }
    }

    fn capabilities(&mut self, pod: &mut Pod, path: &KeyPath, key: &str, value: &Node) {
        let member = if key == "cap_add" { "add" } else { "drop" };
        let names = value.items().filter_map(|item| {
            let name = item.as_str()?.to_ascii_uppercase();
            Some(text(name.strip_prefix("CAP_").unwrap_or(&name), item.span))
        });
        let names: Vec<Node> = names.collect();
        if names.is_empty() {
            return self.dropped(path, value.span, "it is empty");
        }
        let known = pod.security_member("capabilities");
        pod.security.set("capabilities", known.with(member, list(names)).node());
        self.converted(path, value.span, pod.at(&format!("securityContext.capabilities.{member}")));
    }

    fn flags(&mut self, pod: &mut Pod, path: &KeyPath, key: &str, value: &Node) {
        let written = flag(value.as_bool().unwrap_or(false), value.span);
        let member = match key {
            "privileged" => "securityContext.privileged",
            "read_only" => "securityContext.readOnlyRootFilesystem",
            "tty" => "tty",
            _ => "stdin",
        };
        match member.strip_prefix("securityContext.") {
            Some(member) => pod.security.set(member, written),
            None => pod.container.set(member, written),
        };
        self.converted(path, value.span, pod.at(member));
    }

    fn security_options(&mut self, pod: &mut Pod, path: &KeyPath, node: &Node, value: &Node) {
        for (index, item) in value.items().enumerate() {
            let path = path.index(index);
            let option = item.as_str().unwrap_or_default();
            let (name, word) = option.split_once([':', '=']).unwrap_or((option, ""));
            let privileged =
                node.get("privileged").and_then(Node::as_bool) == Some(true)
                    || node.get("cap_add").into_iter().flat_map(Node::items).any(|cap| {
                        cap.as_str().is_some_and(|cap| ["SYS_ADMIN", "CAP_SYS_ADMIN", "ALL"].contains(&cap))
                    });
            let profile = |kind: &str| Object::default().with("type", text(kind, item.span)).node();
            match (name, word) {
                ("no-new-privileges", "" | "true") if !privileged => {
                    pod.security.set("allowPrivilegeEscalation", flag(false, item.span));
                    self.converted(path, item.span, pod.at("securityContext.allowPrivilegeEscalation"));
                }
                ("no-new-privileges", _) => {
                    self.dropped(path, item.span, "a privileged container always gains privileges in Kubernetes");
                }
                ("seccomp", "unconfined") => {
                    pod.security.set("seccompProfile", profile("Unconfined"));
                    self.converted(path, item.span, pod.at("securityContext.seccompProfile"));
                }
                ("apparmor", "unconfined") => {
                    pod.security.set("appArmorProfile", profile("Unconfined"));
                    self.converted(path, item.span, pod.at("securityContext.appArmorProfile"));
                }
                ("seccomp" | "apparmor", _) => self.dropped(path, item.span, "profiles must lie on the nodes"),
                ("label", word) => match word.split_once(':') {
                    Some((member @ ("user" | "role" | "type" | "level"), word)) => {
                        let known = pod.security_member("seLinuxOptions");
                        pod.security.set("seLinuxOptions", known.with(member, text(word, item.span)).node());
                        self.converted(path, item.span, pod.at("securityContext.seLinuxOptions"));
                    }
                    _ => self.dropped(path, item.span, "Kubernetes does not switch SELinux off"),
                },
                _ => self.dropped(path, item.span, "Kubernetes has nothing like it"),
            }
        }
    }

    fn pull_policy(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let to = pod.at("imagePullPolicy");
        let (policy, how) = match value.as_str().unwrap_or_default() {
            "always" => ("Always", None),
            "never" => ("Never", None),
            "missing" => ("IfNotPresent", None),
            "build" => ("IfNotPresent", Some("images are built before they are deployed")),
            _ => ("Always", Some("whenever a pod starts")),
        };
        pod.container.set("imagePullPolicy", text(policy, value.span));
        match how {
            Some(how) => self.approximated(path, value.span, to, how),
            None => self.converted(path, value.span, to),
        }
    }

    fn health(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let words: Vec<&str> = value.get("test").into_iter().flat_map(Node::items).filter_map(Node::as_str).collect();
        let disabled = value.get("disable").and_then(Node::as_bool) == Some(true);
        let span = value.get("test").map_or(value.span, |test| test.span);
        let command: Vec<Node> = match words.as_slice() {
            _ if disabled => return self.converted(path, value.span, "no probe"),
            ["NONE", ..] => return self.converted(path, value.span, "no probe"),
            ["CMD-SHELL", line @ ..] => ["/bin/sh", "-c"].iter().chain(line).map(|word| text(*word, span)).collect(),
            ["CMD", words @ ..] if !words.is_empty() => words.iter().map(|word| text(*word, span)).collect(),
            _ => return self.dropped(path, value.span, "the test of the image is not known here"),
        };
        let exec = Object::default().with("command", list(command)).node();
        let mut probe = Object::default().with("exec", exec.clone());
        self.converted(path.key("test"), span, pod.at("readinessProbe.exec"));
        let timing = |key: &str, default: i64| value.get(key).map_or((default, false), seconds);
        for (key, member, default) in [("interval", "periodSeconds", 30), ("timeout", "timeoutSeconds", 30)] {
            let (seconds, rounded) = timing(key, default);
            let at = value.get(key).map_or(span, |node| node.span);
            // Zero is the default in Compose too.
            probe.set(member, int(if seconds == 0 { default } else { seconds }, at));
            if value.get(key).is_some() {
                self.rounded(path.key(key), at, pod.at(&format!("readinessProbe.{member}")), rounded);
            }
        }
        let retries = value.get("retries").and_then(scalar::integer).filter(|retries| *retries > 0).unwrap_or(3);
        let retries = retries.min(1_000_000);
        let at = value.get("retries").map_or(span, |node| node.span);
        probe.set("failureThreshold", int(retries, at));
        if value.get("retries").is_some() {
            self.converted(path.key("retries"), at, pod.at("readinessProbe.failureThreshold"));
        }
        if let Some(period) = value.get("start_period") {
            self.startup(pod, path, value, period, exec, retries);
        } else if let Some(interval) = value.get("start_interval") {
            self.dropped(path.key("start_interval"), interval.span, "without `start_period` it says nothing");
        }
        if let Some(disable) = value.get("disable") {
            self.converted(path.key("disable"), disable.span, pod.at("readinessProbe"));
        }
        pod.container.set("readinessProbe", probe.node());
    }

    /// While it starts, a container may fail as often as fits in `start_period`; afterwards `retries` count.
    fn startup(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node, period: &Node, exec: Node, retries: i64) {
        let every = value.get("start_interval");
        let interval = every.map_or(5, |node| seconds(node).0).max(1);
        let total = seconds(period).0;
        let timeout = value.get("timeout").map_or(30, |node| seconds(node).0).max(1);
        let probe = Object::default()
            .with("exec", exec)
            .with("periodSeconds", int(interval, every.unwrap_or(period).span))
            .with("timeoutSeconds", int(timeout, period.span))
            .with(
                "failureThreshold",
                int(
                    ((total + interval - 1) / interval).saturating_add(retries).max(1).min(i64::from(i32::MAX)),
                    period.span,
                ),
            );
        let to = pod.at("startupProbe");
        let how =
            format!("attempts every {interval} s; when all fail the container is restarted, which Docker does not do");
        self.approximated(path.key("start_period"), period.span, to.clone(), how);
        if let Some(every) = every {
            let rounded = seconds(every).1;
            self.rounded(path.key("start_interval"), every.span, format!("{to}.periodSeconds"), rounded);
        }
        pod.container.set("startupProbe", probe.node());
    }

    fn old_resources(&mut self, pod: &mut Pod, path: &KeyPath, key: &str, value: &Node) {
        match key {
            "cpus" => self.quantity(pod, path, value, "limits", "cpu"),
            "mem_limit" => self.quantity(pod, path, value, "limits", "memory"),
            _ => self.quantity(pod, path, value, "requests", "memory"),
        }
    }

    /// A limit or a request; zero is none.
    pub(super) fn quantity(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node, side: &str, resource: &str) {
        let amount = scalar::number(value).unwrap_or_default();
        if amount <= 0.0 {
            return self.dropped(path, value.span, "zero is no limit");
        }
        let written = if resource == "cpu" { cpus(amount) } else { size(scalar::integer(value).unwrap_or_default()) };
        let target = if side == "limits" { &mut pod.limits } else { &mut pod.requests };
        if !target.has(resource) {
            target.set(resource, text(written, value.span));
        }
        self.converted(path, value.span, pod.at(&format!("resources.{side}.{resource}")));
    }

    /// Devices that are asked for: GPUs.
    pub(super) fn devices(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        for (index, device) in value.items().enumerate() {
            let path = path.index(index);
            let resource = match device.str_at("driver") {
                None | Some("" | "nvidia") => "nvidia.com/gpu",
                Some("amd" | "amd.com") => "amd.com/gpu",
                Some(driver) => {
                    self.dropped(path, device.span, format!("no device plugin is known for the driver `{driver}`"));
                    continue;
                }
            };
            let ids = device.get("device_ids").map(|ids| ids.items().count() as i64);
            let count = ids.or(device.get("count").and_then(scalar::integer)).unwrap_or(-1);
            let how = match (ids, count) {
                (Some(_), _) => Some("as many, whichever they are"),
                (None, ..=0) => Some("one of all: Kubernetes counts devices"),
                _ => None,
            };
            pod.limits.set(resource, text(count.max(1).to_string(), device.span));
            let to = pod.at(&format!("resources.limits[{resource}]"));
            match how {
                Some(how) => self.approximated(path, device.span, to, how),
                None => self.converted(path, device.span, to),
            }
        }
    }

    fn pod_labels(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        for entry in value.entries() {
            let (span, written) = (entry.key_span, entry.value.as_str().unwrap_or_default());
            let path = path.key(entry.key.clone());
            let own = [super::NAME, super::PART_OF].contains(&entry.key.as_str());
            if !names::is_key(&entry.key) || own {
                self.dropped(
                    path,
                    span,
                    if own { "it tells the pods of the project apart" } else { "it is no key of a label" },
                );
            } else if names::is_value(written) {
                pod.labels.set(&entry.key, text(written, entry.value.span));
                self.converted(path, span, format!("{}.metadata.labels[{}]", pod.template, entry.key));
            } else {
                pod.annotations.set(&entry.key, text(written, entry.value.span));
                let to = format!("{}.metadata.annotations[{}]", pod.template, entry.key);
                self.approximated(path, span, to, "an annotation: labels are short and hold no such characters");
            }
        }
    }

    fn pod_annotations(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        for entry in value.entries() {
            let path = path.key(entry.key.clone());
            if names::is_key(&entry.key) {
                pod.annotations.set(&entry.key, text(entry.value.as_str().unwrap_or_default(), entry.value.span));
                self.converted(path, entry.key_span, format!("{}.metadata.annotations[{}]", pod.template, entry.key));
            } else {
                self.dropped(path, entry.key_span, "it is no key of an annotation");
            }
        }
    }

    fn hooks(&mut self, pod: &mut Pod, path: &KeyPath, key: &str, value: &Node) {
        let member = if key == "post_start" { "postStart" } else { "preStop" };
        for (index, hook) in value.items().enumerate() {
            let path = path.index(index);
            let words: Vec<Node> = hook.get("command").into_iter().flat_map(Node::items).cloned().collect();
            if index > 0 {
                self.dropped(path, hook.span, "a container has one such hook");
                continue;
            }
            if words.is_empty() {
                self.dropped(path, hook.span, "it has no command");
                continue;
            }
            let exec = Object::default().with("command", list(words)).node();
            pod.lifecycle.set(member, Object::default().with("exec", exec).node());
            let to = pod.at(&format!("lifecycle.{member}"));
            let more = hook.entries().any(|entry| entry.key != "command");
            if more {
                self.approximated(path, hook.span, to, "as the user and with the variables of the container");
            } else {
                self.converted(path, hook.span, to);
            }
        }
    }
}

impl Pod {
    /// A mapping of the container's security context, taken out.
    fn security_member(&mut self, key: &str) -> Object {
        let known = std::mem::take(&mut self.security).node();
        let mut found = Object::default();
        for entry in known.entries() {
            if entry.key == key {
                entry.value.entries().for_each(|inner| {
                    found.set(&inner.key, inner.value.clone());
                });
            } else {
                self.security.set(&entry.key, entry.value.clone());
            }
        }
        found
    }

    /// The container with everything that was gathered for it.
    pub(super) fn finished_container(&mut self, name: &str, at: Span) -> Node {
        const ORDER: [&str; 16] = [
            "name",
            "image",
            "imagePullPolicy",
            "command",
            "args",
            "workingDir",
            "ports",
            "env",
            "resources",
            "volumeMounts",
            "readinessProbe",
            "startupProbe",
            "lifecycle",
            "securityContext",
            "stdin",
            "tty",
        ];
        let mut container = std::mem::take(&mut self.container);
        container.set("name", text(name, at));
        let mut resources = Object::default();
        resources.fill("limits", std::mem::take(&mut self.limits));
        resources.fill("requests", std::mem::take(&mut self.requests));
        container.fill("resources", resources);
        container.fill_list("volumeMounts", std::mem::take(&mut self.mounts));
        container.fill("lifecycle", std::mem::take(&mut self.lifecycle));
        container.fill("securityContext", std::mem::take(&mut self.security));
        container.in_order(&ORDER).node()
    }
}
