//! Services: how pods are reached.

use std::{
    collections::{HashMap, HashSet},
    net::IpAddr,
};

use crate::document::{Entry, Node, Span};

use super::{
    super::{path::KeyPath, scalar},
    NAME, PART_OF, Writer,
    build::{Object, int, text},
    names, object,
    pod::Pod,
};

/// One port of a container, and the ports of the outside that lead to it.
struct Port {
    target: i64,
    protocol: String,
    span: Span,
}

/// Ports of the containers and of the outside, in the order of the file.
#[derive(Default)]
pub(super) struct Ports {
    inner: Vec<Port>,
    outer: Vec<(i64, Port)>,
    /// Where ports are in `inner`, and which are in `outer`.
    known: HashMap<(i64, String), usize>,
    published: HashSet<(i64, String)>,
}

impl Ports {
    pub(super) fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// The place of a port among those of the containers, which it is added to.
    fn add(&mut self, target: i64, protocol: &str, span: Span) -> usize {
        *self.known.entry((target, protocol.to_owned())).or_insert_with(|| {
            self.inner.push(Port { target, protocol: protocol.to_owned(), span });
            self.inner.len() - 1
        })
    }
}

fn port_name(protocol: &str, port: i64) -> String {
    format!("{}-{port}", protocol.to_ascii_lowercase())
}

impl Writer<'_> {
    /// Reads `ports` and `expose` of a service.
    pub(super) fn ports(&mut self, pod: &mut Pod, node: &Node) -> Ports {
        let mut ports = Ports::default();
        for (index, item) in node.get("ports").into_iter().flat_map(Node::items).enumerate() {
            self.port(pod, &mut ports, &pod.path.key("ports").index(index), item);
        }
        for (index, item) in node.get("expose").into_iter().flat_map(Node::items).enumerate() {
            self.exposed(pod, &mut ports, &pod.path.key("expose").index(index), item);
        }
        let inner = ports.inner.iter().map(|port| {
            let container = Object::default()
                .with("name", text(port_name(&port.protocol, port.target), port.span))
                .with("containerPort", int(port.target, port.span));
            container.with("protocol", text(port.protocol.as_str(), port.span)).node()
        });
        pod.container.fill_list("ports", inner.collect());
        ports
    }

    fn port(&mut self, pod: &Pod, ports: &mut Ports, path: &KeyPath, item: &Node) {
        let target = item.get("target").and_then(scalar::integer).unwrap_or_default();
        let protocol = item.str_at("protocol").unwrap_or("tcp").to_ascii_uppercase();
        if !(1..=65535).contains(&target) || !["TCP", "UDP", "SCTP"].contains(&protocol.as_str()) {
            return self.dropped(path, item.span, "a Service has no such port");
        }
        let index = ports.add(target, &protocol, item.span);
        let inner = format!("Service/{} spec.ports[{index}]", pod.name);
        let published = item.get("published").and_then(scalar::text).unwrap_or_default();
        let first = published
            .split('-')
            .next()
            .and_then(|port| port.parse::<i64>().ok())
            .filter(|port| (1..=65535).contains(port));
        let loopback =
            item.str_at("host_ip").and_then(|ip| ip.parse::<IpAddr>().ok()).is_some_and(|ip| ip.is_loopback());
        for key in ["name", "app_protocol"] {
            if let Some(value) = item.get(key) {
                self.dropped(path.key(key), value.span, "it says how the port is used, not what is opened");
            }
        }
        let Some(first) = first else {
            return self.approximated(
                path,
                item.span,
                inner,
                "inside the cluster only: the port outside was any that is free",
            );
        };
        if loopback {
            return self.approximated(
                path,
                item.span,
                inner,
                "inside the cluster only: use `kubectl port-forward` from a machine of yours",
            );
        }
        if !ports.published.insert((first, protocol.clone())) {
            return self.approximated(path, item.span, inner, "the outside has one such port");
        }
        let outer = format!("Service/{}-published spec.ports[{}]", pod.name, ports.outer.len());
        ports.outer.push((first, Port { target, protocol, span: item.span }));
        let how = if published.contains('-') {
            "the first port of the range"
        } else if item.get("host_ip").is_some_and(|ip| ip.as_str() != Some("0.0.0.0")) {
            "the address is the load balancer's"
        } else {
            ""
        };
        match how {
            "" => self.converted(path, item.span, format!("{inner}, {outer}")),
            how => self.approximated(path, item.span, format!("{inner}, {outer}"), how),
        }
    }

    fn exposed(&mut self, pod: &Pod, ports: &mut Ports, path: &KeyPath, item: &Node) {
        let written = item.as_str().unwrap_or_default();
        let (range, protocol) = written.split_once('/').unwrap_or((written, "tcp"));
        let (start, end) = range.split_once('-').unwrap_or((range, range));
        let protocol = protocol.to_ascii_uppercase();
        let (Ok(start), Ok(end)) = (start.parse::<i64>(), end.parse::<i64>()) else {
            return self.dropped(path, item.span, format!("`{written}` is no port"));
        };
        let fits = (1..=65535).contains(&start) && (start..=65535).contains(&end);
        if !fits || end - start > 100 || !["TCP", "UDP", "SCTP"].contains(&protocol.as_str()) {
            return self.dropped(path, item.span, "a Service has no such ports");
        }
        let first = ports.add(start, &protocol, item.span);
        for port in start + 1..=end {
            ports.add(port, &protocol, item.span);
        }
        self.converted(path, item.span, format!("Service/{} spec.ports[{first}]", pod.name));
    }

    fn selector(&self, name: &str, span: Span) -> Node {
        let selector = Object::default().with(NAME, text(name, span));
        selector.with(PART_OF, text(self.part_of.as_str(), span)).node()
    }

    /// The Services of a service.
    pub(super) fn reach(&mut self, pod: &Pod, entry: &Entry, ports: &Ports, runs_on: bool) {
        let span = entry.key_span;
        let mut aliases = self.aliases(pod, entry, runs_on);
        if ports.is_empty() && (!runs_on || (aliases.is_empty() && !self.is_named(&entry.key))) {
            return;
        }
        let inner: Vec<Node> = ports.inner.iter().map(|port| service_port(port.target, port)).collect();
        aliases.insert(0, (pod.name.clone(), span));
        for (name, span) in aliases {
            self.service(&name, &pod.name, span, None, inner.clone());
        }
        if !ports.outer.is_empty() {
            let name = self.names.claim("Service", &format!("{}-published", pod.name));
            let outer = ports.outer.iter().map(|(port, of)| service_port(*port, of)).collect();
            self.service(&name, &pod.name, span, Some("LoadBalancer"), outer);
        }
    }

    fn service(&mut self, name: &str, of: &str, span: Span, kind: Option<&str>, ports: Vec<Node>) {
        let mut metadata = Object::default().with("name", text(name, span));
        metadata.set("labels", self.labels(Some(of), span).node());
        let mut spec = Object::default();
        if let Some(kind) = kind {
            spec.set("type", text(kind, span));
        } else if ports.is_empty() {
            spec.set("clusterIP", text("None", span));
        }
        spec.set("selector", self.selector(of, span));
        spec.fill_list("ports", ports);
        let mut service = object("v1", "Service", metadata, span);
        service.set("spec", spec.node());
        self.push(service);
    }

    /// Whether another service names this one: waits for it, links to it, or has its name among its words.
    fn is_named(&self, name: &str) -> bool {
        let among = |node: &Node| holds_word(node, name, 0);
        self.services().filter(|other| *other.key != *name).any(|other| {
            let waits = other.value.at(&["depends_on", name]).is_some();
            waits
                || ["environment", "command", "entrypoint", "healthcheck"]
                    .iter()
                    .filter_map(|key| other.value.get(key))
                    .any(among)
        })
    }

    /// Other names that the service is known by: of its networks, of links to it, of its container.
    fn aliases(&mut self, pod: &Pod, entry: &Entry, runs_on: bool) -> Vec<(String, Span)> {
        let mut asked: Vec<(KeyPath, String, Span)> = Vec::new();
        for network in entry.value.get("networks").into_iter().flat_map(Node::entries) {
            for (index, alias) in network.value.get("aliases").into_iter().flat_map(Node::items).enumerate() {
                let path = pod.path.key("networks").key(network.key.clone()).key("aliases").index(index);
                asked.push((path, alias.as_str().unwrap_or_default().to_owned(), alias.span));
            }
        }
        if let Some(name) = entry.value.get("container_name") {
            asked.push((pod.path.key("container_name"), name.as_str().unwrap_or_default().to_owned(), name.span));
        }
        for other in self.services() {
            for (index, link) in other.value.get("links").into_iter().flat_map(Node::items).enumerate() {
                let (service, alias) =
                    link.as_str().map(|text| text.split_once(':').unwrap_or((text, text))).unwrap_or_default();
                if service == &*entry.key {
                    let path = KeyPath::keys(&["services", &other.key, "links"]).index(index);
                    asked.push((path, alias.to_owned(), link.span));
                }
            }
        }
        let mut aliases: Vec<(String, Span)> = Vec::new();
        for (path, alias, span) in asked {
            let known = alias == pod.name || aliases.iter().any(|(name, _)| *name == alias);
            if known {
                self.converted(path, span, format!("Service/{alias}"));
            } else if !runs_on {
                self.dropped(path, span, "nobody connects to what runs to its end");
            } else if !names::is_label(&alias) {
                self.dropped(path, span, format!("`{alias}` is no name of a Service"));
            } else if !self.names.is_free("Service", &alias) {
                self.dropped(path, span, format!("the name `{alias}` is taken by another Service"));
            } else {
                self.names.claim("Service", &alias);
                self.approximated(path, span, format!("Service/{alias}"), "all pods of the namespace resolve it");
                aliases.push((alias, span));
            }
        }
        aliases
    }

    pub(super) fn networks(&mut self, path: &KeyPath, value: &Node) {
        for network in value.entries() {
            let path = path.key(network.key.clone());
            for entry in network.value.entries().filter(|entry| entry.key != "aliases") {
                let why = "pods choose no addresses and have one network";
                self.dropped(path.key(entry.key.clone()), entry.key_span, why);
            }
            self.needless(path, network.key_span, "pods have one network");
        }
    }
}

fn service_port(port: i64, of: &Port) -> Node {
    Object::default()
        .with("name", text(port_name(&of.protocol, port), of.span))
        .with("port", int(port, of.span))
        .with("targetPort", int(of.target, of.span))
        .with("protocol", text(of.protocol.as_str(), of.span))
        .node()
}

/// Whether a text in `node` has `word` between signs that names do not hold.
fn holds_word(node: &Node, word: &str, depth: usize) -> bool {
    if depth > 8 {
        return false;
    }
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let of_text = node.as_str().is_some_and(|text| text.split(|c| !inside(c)).any(|part| part == word));
    of_text
        || node.items().any(|item| holds_word(item, word, depth + 1))
        || node.entries().any(|entry| holds_word(&entry.value, word, depth + 1))
}
