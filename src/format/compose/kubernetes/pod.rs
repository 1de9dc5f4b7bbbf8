//! The pod of a service: what is said once for all its containers.

use std::{collections::BTreeSet, net::IpAddr};

use crate::document::{Entry, Node, Span};

use super::{
    super::{path::KeyPath, scalar},
    Writer,
    build::{Object, flag, int, list, text},
    names,
};

/// A pod with its one container in the making.
#[derive(Default)]
pub(super) struct Pod {
    /// Of the workload, and the label of the pods.
    pub(super) name: String,
    pub(super) path: KeyPath,
    /// `Deployment/web spec.template`.
    pub(super) template: String,
    /// `containers[0]` or `initContainers[1]`.
    pub(super) place: String,
    pub(super) spec: Object,
    pub(super) container: Object,
    pub(super) security: Object,
    pub(super) pod_security: Object,
    pub(super) limits: Object,
    pub(super) requests: Object,
    pub(super) node_selector: Object,
    pub(super) node_terms: Vec<Node>,
    pub(super) labels: Object,
    pub(super) annotations: Object,
    pub(super) volumes: Vec<Node>,
    pub(super) mounts: Vec<Node>,
    pub(super) volume_names: BTreeSet<String>,
    pub(super) lifecycle: Object,
    /// Mounts a claim that only one pod may write.
    pub(super) exclusive: bool,
}

impl Pod {
    /// The place of a member of the container.
    pub(super) fn at(&self, member: &str) -> String {
        format!("{}.spec.{}.{member}", self.template, self.place)
    }

    /// The place of a member of the pod.
    pub(super) fn of_spec(&self, member: &str) -> String {
        format!("{}.spec.{member}", self.template)
    }

    fn host(&self, key: &str, node: &Node) -> bool {
        node.str_at(key) == Some("host")
    }
}

impl Writer<'_> {
    /// Takes over all keys of a service that say something of its container or pod.
    pub(super) fn pod_keys(&mut self, pod: &mut Pod, node: &Node, keys: impl Fn(&str) -> bool) {
        for entry in node.entries().filter(|entry| keys(&entry.key)) {
            if entry.value.is_null() {
                self.dropped(pod.path.key(entry.key.clone()), entry.key_span, "it has no value");
            } else if !self.container_key(pod, node, entry) && !self.pod_key(pod, node, entry) {
                self.no_place(pod.path.key(entry.key.clone()), entry.key_span, &entry.key);
            }
        }
    }

    /// Whether the key is one of pods.
    fn pod_key(&mut self, pod: &mut Pod, node: &Node, entry: &Entry) -> bool {
        let path = pod.path.key(entry.key.clone());
        let (value, span) = (&entry.value, entry.value.span);
        match entry.key.as_str() {
            "hostname" => self.hostname(pod, &path, value),
            "domainname" => self.dropped(path, span, "the domain of a pod is that of its namespace and cluster"),
            "dns" | "dns_search" | "dns_opt" => self.dns(pod, &path, &entry.key, value),
            "extra_hosts" => self.hosts(pod, &path, value),
            "group_add" => self.groups(pod, &path, value),
            "network_mode" => self.network_mode(pod, &path, value),
            "pid" => self.shared(pod, &path, value, "hostPID"),
            "ipc" => self.shared(pod, &path, value, "hostIPC"),
            "platform" => self.platform(pod, &path, value),
            "stop_grace_period" => {
                let seconds = seconds(value);
                pod.spec.set("terminationGracePeriodSeconds", int(seconds.0, span));
                self.rounded(path, span, pod.of_spec("terminationGracePeriodSeconds"), seconds.1);
            }
            "sysctls" => self.sysctls(pod, &path, node, value),
            "networks" => self.networks(&path, value),
            _ => return false,
        }
        true
    }

    /// Kubernetes counts whole seconds.
    pub(super) fn rounded(&mut self, path: KeyPath, span: Span, to: String, rounded: bool) {
        if rounded {
            self.approximated(path, span, to, "rounded up to whole seconds");
        } else {
            self.converted(path, span, to);
        }
    }

    fn hostname(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let name = value.as_str().unwrap_or_default();
        if names::is_label(name) {
            pod.spec.set("hostname", text(name, value.span));
            self.approximated(path, value.span, pod.of_spec("hostname"), "inside the pod; others do not resolve it");
        } else {
            self.dropped(path, value.span, "the name of a pod's host is a DNS label");
        }
    }

    fn dns(&mut self, pod: &mut Pod, path: &KeyPath, key: &str, value: &Node) {
        let member = match key {
            "dns" => "nameservers",
            "dns_search" => "searches",
            _ => "options",
        };
        let mut items = Vec::new();
        for (index, item) in value.items().enumerate() {
            let word = item.as_str().unwrap_or_default();
            let fine = match key {
                "dns" => word.parse::<IpAddr>().is_ok() && items.len() < 3,
                "dns_search" => names::is_domain(word.trim_end_matches('.')) && items.len() < 32,
                _ => !word.is_empty(),
            };
            if !fine {
                self.dropped(path.index(index), item.span, format!("`{word}` is none that a pod can have"));
                continue;
            }
            let to = format!("dnsConfig.{member}[{}]", items.len());
            self.approximated(path.index(index), item.span, pod.of_spec(&to), "besides the DNS of the cluster");
            items.push(match (key, word.split_once(':')) {
                ("dns_opt", Some((name, value))) => {
                    Object::default().with("name", text(name, item.span)).with("value", text(value, item.span)).node()
                }
                ("dns_opt", None) => Object::default().with("name", text(word, item.span)).node(),
                _ => text(word, item.span),
            });
        }
        if items.is_empty() {
            return;
        }
        let mut config = Object::default();
        let known = std::mem::take(&mut pod.spec);
        let known = known.node();
        for entry in known.entries() {
            match entry.key.as_str() {
                "dnsConfig" => entry.value.entries().for_each(|inner| {
                    config.set(&inner.key, inner.value.clone());
                }),
                other => {
                    pod.spec.set(other, entry.value.clone());
                }
            }
        }
        config.set(member, list(items));
        pod.spec.set("dnsConfig", config.node());
    }

    fn hosts(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let mut aliases: Vec<Node> = Vec::new();
        for (index, item) in value.items().enumerate() {
            let (host, address) = item.as_str().and_then(|line| line.split_once('=')).unwrap_or_default();
            if address.parse::<IpAddr>().is_err() {
                self.dropped(path.index(index), item.span, format!("`{address}` is no address that a cluster knows"));
            } else if !names::is_domain(host) {
                self.dropped(path.index(index), item.span, format!("`{host}` is no DNS name"));
            } else {
                let to = format!("hostAliases[{}]", aliases.len());
                self.converted(path.index(index), item.span, pod.of_spec(&to));
                let names = list(vec![text(host, item.span)]);
                aliases.push(Object::default().with("ip", text(address, item.span)).with("hostnames", names).node());
            }
        }
        pod.spec.fill_list("hostAliases", aliases);
    }

    fn groups(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let mut groups = Vec::new();
        for (index, item) in value.items().enumerate() {
            match item.as_str().and_then(|text| text.parse::<i64>().ok()).filter(|id| id_fits(*id)) {
                Some(id) => {
                    let to = pod.of_spec(&format!("securityContext.supplementalGroups[{}]", groups.len()));
                    self.converted(path.index(index), item.span, to);
                    groups.push(int(id, item.span));
                }
                None => self.dropped(path.index(index), item.span, "Kubernetes knows groups by number only"),
            }
        }
        pod.pod_security.fill_list("supplementalGroups", groups);
    }

    fn network_mode(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let span = value.span;
        match value.as_str().unwrap_or_default() {
            "host" => {
                pod.spec.set("hostNetwork", flag(true, span));
                pod.spec.set("dnsPolicy", text("ClusterFirstWithHostNet", span));
                self.converted(path, span, pod.of_spec("hostNetwork"));
            }
            "bridge" | "default" => self.needless(path, span, "every pod has a network of its own"),
            "none" => self.dropped(path, span, "pods are never without network; a NetworkPolicy would close it"),
            _ => self.dropped(path, span, "only containers of one pod share a network"),
        }
    }

    fn shared(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node, member: &str) {
        if value.as_str() == Some("host") {
            pod.spec.set(member, flag(true, value.span));
            self.converted(path, value.span, pod.of_spec(member));
        } else {
            self.dropped(path, value.span, "only containers of one pod share it");
        }
    }

    fn platform(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let written = value.as_str().unwrap_or_default();
        let mut parts = written.split('/');
        let os = parts.next().unwrap_or_default();
        if !["linux", "windows"].contains(&os) {
            return self.dropped(path, value.span, format!("no node has the platform `{written}`"));
        }
        pod.node_selector.set("kubernetes.io/os", text(os, value.span));
        if let Some(arch) = parts.next() {
            let arch = match arch {
                "x86_64" => "amd64",
                "aarch64" => "arm64",
                arch => arch,
            };
            pod.node_selector.set("kubernetes.io/arch", text(names::data_key(arch), value.span));
        }
        let to = pod.of_spec("nodeSelector");
        match parts.next() {
            Some(variant) => {
                self.approximated(path, value.span, to, format!("nodes do not tell the variant `{variant}`"))
            }
            None => self.converted(path, value.span, to),
        }
    }

    fn sysctls(&mut self, pod: &mut Pod, path: &KeyPath, node: &Node, value: &Node) {
        let mut items = Vec::new();
        for entry in value.entries() {
            let path = path.key(entry.key.clone());
            let namespaced = ["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."];
            let of_ipc = namespaced.iter().any(|prefix| entry.key.starts_with(prefix));
            let of_net = entry.key.starts_with("net.");
            if (of_net && pod.host("network_mode", node)) || (of_ipc && pod.host("ipc", node)) {
                self.dropped(path, entry.key_span, "a pod that shares it with the host cannot set it");
            } else if !(of_net || of_ipc)
                || !entry.key.split('.').all(names::is_value)
                || entry.key.to_ascii_lowercase() != *entry.key
            {
                self.dropped(path, entry.key_span, "it belongs to the node, not to a pod");
            } else {
                let to = pod.of_spec(&format!("securityContext.sysctls[{}]", items.len()));
                let safe = [
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.ping_group_range",
                    "net.ipv4.ip_unprivileged_port_start",
                    "kernel.shm_rmid_forced",
                ];
                if safe.contains(&entry.key.as_str()) {
                    self.converted(path, entry.key_span, to);
                } else {
                    self.approximated(path, entry.key_span, to, "nodes must allow it");
                }
                let sysctl = Object::default().with("name", text(entry.key.clone(), entry.key_span));
                let written = scalar::text(&entry.value).unwrap_or_default();
                items.push(sysctl.with("value", text(written, entry.value.span)).node());
            }
        }
        pod.pod_security.fill_list("sysctls", items);
    }
}

/// Whole seconds, rounded up, and whether they were.
pub(super) fn seconds(value: &Node) -> (i64, bool) {
    let duration = value.as_str().and_then(scalar::duration).unwrap_or_default();
    let whole = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX).min(i64::from(i32::MAX) - 1);
    if duration.subsec_nanos() > 0 { (whole + 1, true) } else { (whole, false) }
}

/// User and group ids end at 2^31-1.
pub(super) fn id_fits(id: i64) -> bool {
    (0..=i64::from(i32::MAX)).contains(&id)
}
