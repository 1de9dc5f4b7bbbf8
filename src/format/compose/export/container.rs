//! Containers.

use crate::document::{Mapping, Node, Quantity};

use super::{
    Exporter, Object, escaped, unescaped, words,
    workload::{push_new, set_deploy},
};

impl Exporter<'_> {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn container(
        &mut self,
        object: &Object,
        path: &str,
        container: &Node,
        pod: &Node,
        pod_path: &str,
        service: &mut Mapping,
        name: &str,
    ) {
        let to = |key: &str| format!("services.{name}.{key}");
        for (member, key) in
            [("image", "image"), ("workingDir", "working_dir"), ("stdin", "stdin_open"), ("tty", "tty")]
        {
            if let Some(value) = container.field(member) {
                let value_node =
                    value.as_str().map_or_else(|| Node::from(value.value.clone()), |text| escaped(text).into());
                service.insert(key, value_node);
                self.converted(object, &format!("{path}.{member}"), value.span, to(key));
            }
        }
        for (member, key) in [("command", "entrypoint"), ("args", "command")] {
            if let Some(value) = container.field(member) {
                service.insert(key, words(value));
                self.converted(object, &format!("{path}.{member}"), value.span, to(key));
            }
        }
        if let Some(policy) = container.field("imagePullPolicy") {
            let word = match policy.as_str() {
                Some("Always") => "always",
                Some("Never") => "never",
                _ => "missing",
            };
            service.insert("pull_policy", word);
            self.converted(object, &format!("{path}.imagePullPolicy"), policy.span, to("pull_policy"));
        }
        let mut expose = Vec::new();
        for (index, port) in container.get("ports").into_iter().flat_map(Node::items).enumerate() {
            if let Some(number) = port.get("containerPort") {
                let suffix = match port.str_at("protocol") {
                    None | Some("TCP") => String::new(),
                    Some(protocol) => format!("/{}", protocol.to_ascii_lowercase()),
                };
                push_new(&mut expose, format!("{}{suffix}", number.value));
                self.converted(object, &format!("{path}.ports[{index}]"), port.span, to("expose"));
            }
        }
        if !expose.is_empty() {
            service.insert("expose", expose);
        }
        self.environment(object, path, container, service, name);
        self.security(object, path, container, pod, service, name);
        self.resources(object, path, container, service, name);
        self.probes(object, path, container, service, name);
        self.mounts(object, (path, container), (pod_path, pod), service, name);
    }

    fn environment(&mut self, object: &Object, path: &str, container: &Node, service: &mut Mapping, name: &str) {
        let mut variables = Mapping::new();
        let to = format!("services.{name}.environment");
        for (index, from) in container.get("envFrom").into_iter().flat_map(Node::items).enumerate() {
            let path = format!("{path}.envFrom[{index}]");
            let config =
                from.at(&["configMapRef", "name"]).and_then(Node::as_str).and_then(|name| self.find("ConfigMap", name));
            let Some(config) = config else {
                self.dropped(
                    object,
                    &path,
                    from.span,
                    "values of Secrets, and what is not in the design, are not written",
                );
                continue;
            };
            let prefix = from.str_at("prefix").unwrap_or_default();
            for entry in config.node.get("data").into_iter().flat_map(Node::entries) {
                variables.insert(format!("{prefix}{}", entry.key), escaped(entry.value.as_str().unwrap_or_default()));
            }
            self.converted(config, "data", config.node.span, to.clone());
            self.converted(object, &path, from.span, to.clone());
        }
        for (index, variable) in container.get("env").into_iter().flat_map(Node::items).enumerate() {
            let path = format!("{path}.env[{index}]");
            let Some(key) = variable.str_at("name") else { continue };
            let reference = variable.at(&["valueFrom", "configMapKeyRef"]);
            let secret = variable.at(&["valueFrom", "secretKeyRef"]);
            if let Some(value) = variable.field("value").and_then(Node::as_str) {
                variables.insert(key, escaped(&unescaped(value)));
                let refers = value.replace("$$", "").contains("$(");
                if refers {
                    self.approximated(object, &path, variable.span, to.clone(), "`$(NAME)` stays as it is written");
                } else {
                    self.converted(object, &path, variable.span, to.clone());
                }
            } else if let Some(reference) = reference {
                let config = reference.str_at("name").and_then(|name| self.find("ConfigMap", name));
                let value = config.and_then(|config| config.node.get("data")?.str_at(reference.str_at("key")?));
                match (config, value) {
                    (Some(config), Some(value)) => {
                        variables.insert(key, escaped(value));
                        self.converted(object, &path, variable.span, to.clone());
                        self.converted(
                            config,
                            &format!("data.{}", reference.str_at("key").unwrap_or_default()),
                            config.node.span,
                            to.clone(),
                        );
                    }
                    _ => self.dropped(object, &path, variable.span, "its ConfigMap is not among the objects"),
                }
            } else if secret.is_some() {
                variables.insert(key, format!("${{{}:-}}", variable_name(key)));
                let how = format!("the value of the Secret is not written: give the variable `{}`", variable_name(key));
                self.approximated(object, &path, variable.span, to.clone(), how);
            } else if variable.get("valueFrom").is_some() {
                self.dropped(object, &path, variable.span, "only Kubernetes knows this of a pod");
            } else {
                variables.insert(key, "");
                self.converted(object, &path, variable.span, to.clone());
            }
        }
        if !variables.is_empty() {
            service.insert("environment", variables);
        }
    }

    fn security(
        &mut self,
        object: &Object,
        path: &str,
        container: &Node,
        pod: &Node,
        service: &mut Mapping,
        name: &str,
    ) {
        let to = |key: &str| format!("services.{name}.{key}");
        let context = container.field("securityContext").cloned().unwrap_or_default();
        let of = |key: &str| context.field(key).or(pod.at(&["securityContext", key])).and_then(Node::as_i64);
        if let Some(user) = of("runAsUser") {
            service.insert("user", of("runAsGroup").map_or(user.to_string(), |group| format!("{user}:{group}")));
        }
        let base = format!("{path}.securityContext");
        for entry in context.entries() {
            let path = format!("{base}.{}", entry.key);
            let on = entry.value.as_bool() == Some(true);
            match entry.key.as_str() {
                "runAsUser" | "runAsGroup" => self.converted(object, &path, entry.key_span, to("user")),
                "privileged" => {
                    service.insert("privileged", on);
                    self.converted(object, &path, entry.key_span, to("privileged"));
                }
                "readOnlyRootFilesystem" => {
                    service.insert("read_only", on);
                    self.converted(object, &path, entry.key_span, to("read_only"));
                }
                "allowPrivilegeEscalation" if !on => {
                    service.insert("security_opt", vec![Node::string("no-new-privileges:true")]);
                    self.converted(object, &path, entry.key_span, to("security_opt"));
                }
                "capabilities" => {
                    for (member, key) in [("add", "cap_add"), ("drop", "cap_drop")] {
                        if let Some(list) = entry.value.get(member) {
                            service.insert(key, words(list));
                            self.converted(object, &format!("{path}.{member}"), list.span, to(key));
                        }
                    }
                }
                _ => {}
            }
        }
        for key in ["runAsUser", "runAsGroup"] {
            if pod.at(&["securityContext", key]).is_some() && path.ends_with("containers[0]") {
                let path = format!("{}.securityContext.{key}", path.rsplit_once('.').map_or(path, |(pod, _)| pod));
                self.converted(object, &path, pod.span, to("user"));
            }
        }
    }

    fn resources(&mut self, object: &Object, path: &str, container: &Node, service: &mut Mapping, name: &str) {
        let mut resources = Mapping::new();
        for (side, key) in [("limits", "limits"), ("requests", "reservations")] {
            let mut amounts = Mapping::new();
            for entry in container.at(&["resources", side]).into_iter().flat_map(Node::entries) {
                let path = format!("{path}.resources.{side}.{}", entry.key);
                let to = format!("services.{name}.deploy.resources.{key}");
                match (entry.key.as_str(), Quantity::of(&entry.value)) {
                    ("cpu", Some(amount)) => match decimal(&amount, &entry.value) {
                        Some(text) => {
                            amounts.insert("cpus", text);
                            self.converted(object, &path, entry.key_span, to);
                        }
                        None => self.dropped(object, &path, entry.key_span, "Compose counts thousandths of a CPU"),
                    },
                    ("memory", Some(amount)) if amount.to_i128().is_some() => {
                        let bytes = amount.to_i128().unwrap_or_default();
                        amounts.insert("memory", bytes.to_string());
                        self.converted(object, &path, entry.key_span, to);
                    }
                    ("nvidia.com/gpu" | "amd.com/gpu", Some(amount)) if side == "limits" => {
                        let driver = if entry.key == "amd.com/gpu" { "amd" } else { "nvidia" };
                        let count = amount.to_i128().and_then(|count| i64::try_from(count).ok()).unwrap_or(1);
                        let device: Mapping = [
                            ("driver".into(), Node::string(driver)),
                            ("count".into(), count.into()),
                            ("capabilities".into(), vec![Node::string("gpu")].into()),
                        ]
                        .into_iter()
                        .collect();
                        service.insert("gpus", vec![device.into()]);
                        self.converted(object, &path, entry.key_span, format!("services.{name}.gpus"));
                    }
                    _ => {}
                }
            }
            if !amounts.is_empty() {
                resources.insert(key, amounts);
            }
        }
        if !resources.is_empty() {
            set_deploy(service, "resources", resources);
        }
    }

    fn probes(&mut self, object: &Object, path: &str, container: &Node, service: &mut Mapping, name: &str) {
        let to = format!("services.{name}.healthcheck");
        let chosen = ["readinessProbe", "livenessProbe"].into_iter().find(|key| container.field(key).is_some());
        let Some((key, probe)) = chosen.and_then(|key| Some((key, container.field(key)?))) else { return };
        let mut health = Mapping::new();
        let path_of = |key: &str| format!("{path}.{key}");
        let http = probe.field("httpGet");
        if let Some(command) = probe.at(&["exec", "command"]) {
            let parts: Vec<&str> = command.items().filter_map(Node::as_str).collect();
            let test = match parts.as_slice() {
                ["/bin/sh" | "sh", "-c", line] => vec!["CMD-SHELL", *line],
                parts => std::iter::once("CMD").chain(parts.iter().copied()).collect(),
            };
            health.insert("test", test.into_iter().map(|word| Node::string(escaped(word))).collect::<Vec<_>>());
            self.converted(object, &path_of(&format!("{key}.exec")), command.span, format!("{to}.test"));
        } else if let Some((http, port)) = http.and_then(|http| Some((http, http.get("port")?.as_i64()?))) {
            let scheme = http.str_at("scheme").unwrap_or("HTTP").to_ascii_lowercase();
            let line = format!(
                "wget -q -O /dev/null {scheme}://127.0.0.1:{port}{} || exit 1",
                http.str_at("path").unwrap_or("/")
            );
            health.insert("test", vec![Node::string("CMD-SHELL"), Node::string(escaped(&line))]);
            self.approximated(
                object,
                &path_of(&format!("{key}.httpGet")),
                http.span,
                format!("{to}.test"),
                "with wget, which the image must have",
            );
        } else {
            return self.dropped(object, &path_of(key), probe.span, "a health check is a command in the container");
        }
        for (member, key_of, default) in [("periodSeconds", "interval", 10), ("timeoutSeconds", "timeout", 1)] {
            let seconds = probe.field(member).and_then(Node::as_i64).unwrap_or(default);
            health.insert(key_of, format!("{seconds}s"));
            self.converted(object, &path_of(&format!("{key}.{member}")), probe.span, format!("{to}.{key_of}"));
        }
        let retries = probe.field("failureThreshold").and_then(Node::as_i64).unwrap_or(3);
        health.insert("retries", retries);
        self.converted(object, &path_of(&format!("{key}.failureThreshold")), probe.span, format!("{to}.retries"));
        if let Some(startup) = container.field("startupProbe") {
            let period = startup.field("periodSeconds").and_then(Node::as_i64).unwrap_or(10);
            let attempts = startup.field("failureThreshold").and_then(Node::as_i64).unwrap_or(3);
            let extra = attempts.saturating_sub(retries).max(1);
            health.insert("start_period", format!("{}s", extra.saturating_mul(period)));
            health.insert("start_interval", format!("{period}s"));
            let how = "the time that its attempts take";
            self.approximated(object, &path_of("startupProbe"), startup.span, format!("{to}.start_period"), how);
        } else if let Some(delay) = probe.field("initialDelaySeconds").and_then(Node::as_i64) {
            health.insert("start_period", format!("{delay}s"));
            let how = "failures in it do not count";
            self.approximated(
                object,
                &path_of(&format!("{key}.initialDelaySeconds")),
                probe.span,
                format!("{to}.start_period"),
                how,
            );
        }
        service.insert("healthcheck", health);
    }
}

/// A number of CPUs in Compose's decimals.
fn decimal(amount: &Quantity, node: &Node) -> Option<String> {
    if let Some(whole) = amount.to_i128() {
        return Some(whole.to_string());
    }
    let text = node.as_str().map_or_else(|| node.value.to_string(), str::to_owned);
    match text.strip_suffix('m') {
        Some(milli) => milli.parse::<u64>().ok().map(|milli| format!("{}.{:03}", milli / 1000, milli % 1000)),
        None => text.parse::<f64>().ok().map(|value| value.to_string()),
    }
}

pub(super) fn variable_name(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let name: String = name.chars().map(safe).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}
