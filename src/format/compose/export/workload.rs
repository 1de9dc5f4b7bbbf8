//! Workloads and their pods.

use crate::document::{Mapping, Node, Span};

use super::{Exporter, Object, escaped};

/// Labels that say which pods a workload has: they are made anew.
const OWN: [&str; 2] = ["app.kubernetes.io/name", "app.kubernetes.io/part-of"];

impl Exporter<'_> {
    pub(super) fn workload(&mut self, object: &Object) {
        let name = object.name().to_owned();
        if name.is_empty() {
            return self.dropped(object, "", Span::default(), "it has no name");
        }
        let (template, at) = match object.kind() {
            "Pod" => (object.node.clone(), String::new()),
            _ => (object.node.at(&["spec", "template"]).cloned().unwrap_or_default(), "spec.template.".to_owned()),
        };
        let pod = template.field("spec").cloned().unwrap_or_default();
        let pod_path = format!("{at}spec");
        let mut service = Mapping::new();
        self.converted(object, "kind", object.node.span, format!("services.{name}"));
        let containers: Vec<Node> = pod.get("containers").into_iter().flat_map(Node::items).cloned().collect();
        for (index, container) in containers.iter().enumerate() {
            let path = format!("{pod_path}.containers[{index}]");
            if index == 0 {
                self.container(object, &path, container, &pod, &pod_path, &mut service, &name);
                self.converted(object, &format!("{path}.name"), container.span, format!("services.{name}"));
                continue;
            }
            let other = format!("{name}-{}", container.str_at("name").unwrap_or("other"));
            let mut sidecar = Mapping::new();
            self.container(object, &path, container, &pod, &pod_path, &mut sidecar, &other);
            sidecar.insert("network_mode", format!("service:{name}"));
            sidecar.remove("expose");
            let how = "a service of its own that shares the network";
            self.approximated(object, &format!("{path}.name"), container.span, format!("services.{other}"), how);
            sidecar.insert("restart", "always");
            self.services.insert(other, sidecar);
        }
        self.init_containers(object, &pod, &pod_path, &name, &mut service);
        self.pod(object, &pod, &pod_path, &mut service, &name);
        self.running(object, &pod, &mut service, &name);
        self.metadata(object, &template, &at, &mut service, &name);
        self.reached(object, &template, &mut service, &name);
        self.services.insert(name, service);
    }

    fn init_containers(&mut self, object: &Object, pod: &Node, pod_path: &str, name: &str, service: &mut Mapping) {
        let mut before: Option<String> = None;
        for (index, container) in pod.get("initContainers").into_iter().flat_map(Node::items).enumerate() {
            let path = format!("{pod_path}.initContainers[{index}]");
            let other = format!("{name}-{}", container.str_at("name").unwrap_or("init"));
            let mut init = Mapping::new();
            self.container(object, &path, container, pod, pod_path, &mut init, &other);
            init.insert("restart", "on-failure");
            if let Some(before) = before.take() {
                init.insert("depends_on", waits(&before));
            }
            let how = "a service of its own that ends before this one starts";
            self.approximated(object, &format!("{path}.name"), container.span, format!("services.{other}"), how);
            self.services.insert(other.clone(), init);
            before = Some(other);
        }
        if let Some(before) = before {
            service.insert("depends_on", waits(&before));
        }
    }

    fn pod(&mut self, object: &Object, pod: &Node, path: &str, service: &mut Mapping, name: &str) {
        let to = |key: &str| format!("services.{name}.{key}");
        for (member, key) in [("hostNetwork", "network_mode"), ("hostPID", "pid"), ("hostIPC", "ipc")] {
            if let Some(value) = pod.field(member) {
                if value.as_bool() == Some(true) {
                    service.insert(key, "host");
                }
                self.converted(object, &format!("{path}.{member}"), value.span, to(key));
            }
        }
        if let Some(seconds) = pod.field("terminationGracePeriodSeconds").and_then(Node::as_i64) {
            service.insert("stop_grace_period", format!("{seconds}s"));
            self.converted(object, &format!("{path}.terminationGracePeriodSeconds"), pod.span, to("stop_grace_period"));
        }
        if let Some(hostname) = pod.field("hostname") {
            service.insert("hostname", Node::from(hostname.value.clone()));
            self.converted(object, &format!("{path}.hostname"), hostname.span, to("hostname"));
        }
        let mut hosts = Vec::new();
        for alias in pod.get("hostAliases").into_iter().flat_map(Node::items) {
            for host in alias.get("hostnames").into_iter().flat_map(Node::items).filter_map(Node::as_str) {
                hosts.push(Node::string(format!("{host}={}", alias.str_at("ip").unwrap_or_default())));
            }
        }
        self.list(object, &format!("{path}.hostAliases"), "extra_hosts", hosts, service, name);
        for (member, key) in [("nameservers", "dns"), ("searches", "dns_search")] {
            let items = pod.at(&["dnsConfig", member]).into_iter().flat_map(Node::items);
            let items = items.map(|item| Node::from(item.value.clone())).collect();
            self.list(object, &format!("{path}.dnsConfig.{member}"), key, items, service, name);
        }
        let options = pod.at(&["dnsConfig", "options"]).into_iter().flat_map(Node::items).map(|option| {
            let name = option.str_at("name").unwrap_or_default();
            Node::string(option.str_at("value").map_or(name.to_owned(), |value| format!("{name}:{value}")))
        });
        self.list(object, &format!("{path}.dnsConfig.options"), "dns_opt", options.collect(), service, name);
        let groups = pod.at(&["securityContext", "supplementalGroups"]).into_iter().flat_map(Node::items);
        let groups = groups.map(|group| Node::string(group.value.to_string())).collect();
        self.list(object, &format!("{path}.securityContext.supplementalGroups"), "group_add", groups, service, name);
        let sysctls = pod.at(&["securityContext", "sysctls"]).into_iter().flat_map(Node::items);
        let sysctls: Mapping = sysctls
            .filter_map(|item| Some((item.str_at("name")?.into(), Node::string(escaped(item.str_at("value")?)))))
            .collect();
        if !sysctls.is_empty() {
            service.insert("sysctls", sysctls);
            self.converted(object, &format!("{path}.securityContext.sysctls"), pod.span, to("sysctls"));
        }
        self.nodes(object, pod, path, service, name);
    }

    fn list(&mut self, object: &Object, path: &str, key: &str, items: Vec<Node>, service: &mut Mapping, name: &str) {
        if !items.is_empty() {
            service.insert(key, items);
            self.converted(object, path, Span::default(), format!("services.{name}.{key}"));
        }
    }

    fn nodes(&mut self, object: &Object, pod: &Node, path: &str, service: &mut Mapping, name: &str) {
        let Some(selector) = pod.get("nodeSelector") else { return };
        let (os, arch) = (selector.str_at("kubernetes.io/os"), selector.str_at("kubernetes.io/arch"));
        let mut constraints = Vec::new();
        for entry in selector.entries() {
            let value = entry.value.as_str().unwrap_or_default();
            let path = format!("{path}.nodeSelector.{}", entry.key);
            match (entry.key.as_str(), os, arch) {
                ("kubernetes.io/os", Some(os), arch) => {
                    service.insert("platform", arch.map_or(os.to_owned(), |arch| format!("{os}/{arch}")));
                    self.converted(object, &path, entry.key_span, format!("services.{name}.platform"));
                }
                ("kubernetes.io/arch", Some(_), _) => {
                    self.converted(object, &path, entry.key_span, format!("services.{name}.platform"))
                }
                (key, ..) => {
                    let left = match key {
                        "kubernetes.io/hostname" => "node.hostname".to_owned(),
                        "kubernetes.io/arch" => "node.platform.arch".to_owned(),
                        key => format!("node.labels.{key}"),
                    };
                    constraints.push(Node::string(escaped(&format!("{left} == {value}"))));
                    self.converted(
                        object,
                        &path,
                        entry.key_span,
                        format!("services.{name}.deploy.placement.constraints"),
                    );
                }
            }
        }
        if !constraints.is_empty() {
            let placement: Mapping = [("constraints".into(), constraints.into())].into_iter().collect();
            set_deploy(service, "placement", placement);
        }
    }

    /// How many pods, and what happens when one ends.
    fn running(&mut self, object: &Object, pod: &Node, service: &mut Mapping, name: &str) {
        let count = object.node.at(&["spec", "replicas"]).or(object.node.at(&["spec", "completions"]));
        if let Some(count) = count {
            let member = if object.kind() == "Job" { "spec.completions" } else { "spec.replicas" };
            set_deploy(service, "replicas", Node::from(count.value.clone()));
            self.converted(object, member, count.span, format!("services.{name}.deploy.replicas"));
            if object.kind() == "Job" && object.node.at(&["spec", "parallelism"]).is_some() {
                self.approximated(
                    object,
                    "spec.parallelism",
                    count.span,
                    format!("services.{name}.deploy.replicas"),
                    "all at once",
                );
            }
        }
        if object.kind() == "DaemonSet" {
            set_deploy(service, "mode", "global");
        }
        let limit = object.node.at(&["spec", "backoffLimit"]);
        let policy = match (object.kind(), pod.str_at("restartPolicy")) {
            ("Job", Some("OnFailure")) => match limit.and_then(Node::as_i64) {
                Some(limit) if limit > 0 => format!("on-failure:{limit}"),
                _ => "on-failure".to_owned(),
            },
            ("Job", _) | (_, Some("Never")) => "no".to_owned(),
            (_, Some("OnFailure")) => "on-failure".to_owned(),
            _ => "always".to_owned(),
        };
        service.insert("restart", policy);
        let to = format!("services.{name}.restart");
        for (path, node) in
            [("spec.backoffLimit", limit), ("spec.template.spec.restartPolicy", pod.get("restartPolicy"))]
        {
            if let Some(node) = node {
                self.converted(object, path, node.span, to.clone());
            }
        }
    }

    fn metadata(&mut self, object: &Object, template: &Node, at: &str, service: &mut Mapping, name: &str) {
        for (member, key) in [("labels", "labels"), ("annotations", "annotations")] {
            let mut pairs = Mapping::new();
            for entry in template.at(&["metadata", member]).into_iter().flat_map(Node::entries) {
                let path = format!("{at}metadata.{member}.{}", entry.key);
                if OWN.contains(&entry.key.as_str()) {
                    self.converted(object, &path, entry.key_span, format!("services.{name}"));
                } else {
                    pairs.insert(entry.key.clone(), escaped(entry.value.as_str().unwrap_or_default()));
                    self.converted(object, &path, entry.key_span, format!("services.{name}.{key}"));
                }
            }
            if !pairs.is_empty() {
                service.insert(key, pairs);
            }
        }
        if object.kind() == "Pod" {
            return;
        }
        for entry in object.node.at(&["metadata", "annotations"]).into_iter().flat_map(Node::entries) {
            let path = format!("metadata.annotations.{}", entry.key);
            match entry.key.as_str() {
                "meshery.io/depends-on" => {
                    let known = |name: &str| self.objects.iter().any(|object| object.name() == name);
                    let mut waits = service.get("depends_on").and_then(Node::as_mapping).cloned().unwrap_or_default();
                    for word in entry.value.as_str().unwrap_or_default().split(',') {
                        let (target, condition) = word.split_once(':').unwrap_or((word, "service_started"));
                        if known(target) {
                            waits.insert(target, dependency(condition));
                        }
                    }
                    service.insert("depends_on", waits);
                    self.converted(object, &path, entry.key_span, format!("services.{name}.depends_on"));
                }
                "meshery.io/wave" => {
                    self.converted(object, &path, entry.key_span, format!("services.{name}.depends_on"))
                }
                _ => self.dropped(object, &path, entry.key_span, "labels of a service are those of its pods"),
            }
        }
        let mut labels = Mapping::new();
        for entry in object.node.at(&["metadata", "labels"]).into_iter().flat_map(Node::entries) {
            let path = format!("metadata.labels.{}", entry.key);
            if OWN.contains(&entry.key.as_str()) {
                self.converted(object, &path, entry.key_span, format!("services.{name}"));
            } else {
                labels.insert(entry.key.clone(), escaped(entry.value.as_str().unwrap_or_default()));
                self.converted(object, &path, entry.key_span, format!("services.{name}.deploy.labels"));
            }
        }
        if !labels.is_empty() {
            set_deploy(service, "labels", labels);
        }
        if let Some(selector) = object.node.at(&["spec", "selector"]) {
            self.converted(object, "spec.selector", selector.span, format!("services.{name}"));
        }
    }

    /// The Services that select the pods.
    fn reached(&mut self, object: &Object, template: &Node, service: &mut Mapping, name: &str) {
        let _ = object;
        let labels = template.at(&["metadata", "labels"]).cloned().unwrap_or_default();
        let (mut ports, mut aliases): (Vec<Node>, Vec<Node>) = (Vec::new(), Vec::new());
        let mut expose: Vec<Node> = service.get("expose").into_iter().flat_map(Node::items).cloned().collect();
        for of in self.objects.iter().filter(|object| object.kind() == "Service") {
            let selector = of.node.at(&["spec", "selector"]);
            let selects = selector.is_some_and(|selector| {
                selector.entries().next().is_some()
                    && selector.entries().all(|entry| labels.get(&entry.key) == Some(&entry.value))
            });
            if !selects {
                continue;
            }
            self.converted(of, "spec.selector", of.node.span, format!("services.{name}"));
            let open =
                matches!(of.node.at(&["spec", "type"]).and_then(Node::as_str), Some("LoadBalancer" | "NodePort"));
            for (index, port) in of.node.at(&["spec", "ports"]).into_iter().flat_map(Node::items).enumerate() {
                let path = format!("spec.ports[{index}]");
                let number = port.get("port").map(|port| port.value.to_string()).unwrap_or_default();
                let target = self.target_port(template, port).unwrap_or_else(|| number.clone());
                let suffix = match port.str_at("protocol") {
                    None | Some("TCP") => String::new(),
                    Some(protocol) => format!("/{}", protocol.to_ascii_lowercase()),
                };
                if open {
                    push_new(&mut ports, format!("{number}:{target}{suffix}"));
                    self.converted(of, &path, port.span, format!("services.{name}.ports"));
                } else {
                    push_new(&mut expose, format!("{target}{suffix}"));
                    let to = format!("services.{name}.expose");
                    if number == target {
                        self.converted(of, &path, port.span, to);
                    } else {
                        self.approximated(
                            of,
                            &path,
                            port.span,
                            to,
                            format!("reached at {target}: Compose forwards no ports inside"),
                        );
                    }
                }
            }
            if of.name() != name && of.name() != format!("{name}-published") {
                push_new(&mut aliases, of.name().to_owned());
            }
            for path in ["spec.type", "spec.clusterIP", "metadata.labels"] {
                self.converted(of, path, of.node.span, format!("services.{name}"));
            }
        }
        if !ports.is_empty() {
            service.insert("ports", ports);
        }
        if !expose.is_empty() {
            service.insert("expose", expose);
        }
        if !aliases.is_empty() && service.get("network_mode").is_none() {
            let network: Mapping = [("aliases".into(), aliases.into())].into_iter().collect();
            let networks: Mapping = [("default".into(), network.into())].into_iter().collect();
            service.insert("networks", networks);
        }
    }

    /// A port of the containers, by number or by its name.
    fn target_port(&self, template: &Node, port: &Node) -> Option<String> {
        let target = port.get("targetPort")?;
        let Some(name) = target.as_str().filter(|text| text.parse::<u16>().is_err()) else {
            return Some(target.value.to_string());
        };
        let containers = template.at(&["spec", "containers"]).into_iter().flat_map(Node::items);
        let mut ports = containers.flat_map(|container| container.get("ports").into_iter().flat_map(Node::items));
        let found = ports.find(|port| port.str_at("name") == Some(name))?;
        found.get("containerPort").map(|port| port.value.to_string())
    }
}

pub(super) fn push_new(list: &mut Vec<Node>, text: String) {
    let node = Node::string(text);
    if !list.contains(&node) {
        list.push(node);
    }
}

/// Sets a member of the `deploy` of a service.
pub(super) fn set_deploy(service: &mut Mapping, key: &str, value: impl Into<Node>) {
    let mut deploy = service.get("deploy").and_then(Node::as_mapping).cloned().unwrap_or_default();
    deploy.insert(key, value);
    service.insert("deploy", deploy);
}

fn dependency(condition: &str) -> Mapping {
    [("condition".into(), Node::string(condition))].into_iter().collect()
}

fn waits(name: &str) -> Mapping {
    [(name.into(), dependency("service_completed_successfully").into())].into_iter().collect()
}
