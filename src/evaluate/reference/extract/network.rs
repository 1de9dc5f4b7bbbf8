//! Services and what sends traffic to them: Ingress, the Gateway API, webhooks, aggregated APIs.

use crate::{
    document::{Node, Text},
    evaluate::{
        code::reference as codes,
        reference::{
            facts::{Gives, Port, PortName, Selection, Selector, TargetPort, Want},
            target::Target,
        },
    },
};

use super::{
    Extract, namespace_of,
    pod::{items, protocol},
    port_name,
};

impl Extract<'_> {
    pub(super) fn service(&mut self, spec: &Node) {
        let external = spec.str_at("type") == Some("ExternalName");
        let ports = items(spec, "ports").filter_map(|(_, port)| {
            Some(Port {
                name: port.str_at("name").unwrap_or_default().into(),
                number: port.field("port")?.as_i64()?,
                protocol: protocol(port),
            })
        });
        self.gives = Gives::Ports((!external).then(|| ports.collect()));
        let Some(node) = spec.field("selector").filter(|_| !external) else { return };
        let selector = Selector::of_map(node);
        if selector.is_empty() {
            return;
        }
        let ports = items(spec, "ports").filter_map(|(index, port)| target_port(index, port, spec)).collect();
        let selection = Selection { code: codes::SERVICE_WITHOUT_PODS, selector, ports };
        self.push(node, "spec.selector", Want::Pods(Box::new(selection)));
    }

    pub(super) fn ingress(&mut self, object: &Node, spec: &Node) {
        self.ask(Target::IngressClass, spec.field("ingressClassName"), format_args!("spec.ingressClassName"));
        self.ingress_tls(object, spec);
        for member in ["defaultBackend", "backend"] {
            self.ingress_backend(spec.field(member), &format!("spec.{member}"));
        }
        for (rule, node) in items(spec, "rules") {
            let Some(http) = node.field("http") else { continue };
            for (index, path) in items(http, "paths") {
                self.ingress_backend(path.field("backend"), &format!("spec.rules[{rule}].http.paths[{index}].backend"));
            }
        }
    }

    /// cert-manager makes the Secrets of an Ingress that asks for it
    /// (<https://cert-manager.io/docs/usage/ingress/#supported-annotations>).
    fn ingress_tls(&mut self, object: &Node, spec: &Node) {
        let issued = issued_by_cert_manager(object);
        for (index, tls) in items(spec, "tls") {
            let name = tls.field("secretName");
            let Some((wanted, node)) = self.wanted(Target::Secret, self.namespace.clone(), name) else { continue };
            if issued {
                self.makes.push((Target::Secret, wanted.name));
                continue;
            }
            let path = format!("spec.tls[{index}].secretName");
            for key in ["tls.crt", "tls.key"] {
                self.push(node, &path, Want::Key(wanted.clone(), key.into()));
            }
            self.push(node, &path, Want::Object(wanted));
        }
    }

    /// A backend of `networking.k8s.io/v1` (`service: {name, port: {number|name}}`) or of the versions before
    /// (`serviceName`, `servicePort`).
    fn ingress_backend(&mut self, backend: Option<&Node>, path: &str) {
        let Some(backend) = backend else { return };
        let (name, port, name_path, port_path) = match backend.field("service") {
            Some(service) => {
                let port = service.field("port");
                let member = if port.and_then(|port| port.field("name")).is_some() { "name" } else { "number" };
                let port = port.and_then(|port| port.field(member));
                (service.field("name"), port, format!("{path}.service.name"), format!("{path}.service.port.{member}"))
            }
            None => (
                backend.field("serviceName"),
                backend.field("servicePort"),
                format!("{path}.serviceName"),
                format!("{path}.servicePort"),
            ),
        };
        // The AWS load balancer controller's actions: an annotation, not a Service.
        if port.and_then(Node::as_str) == Some("use-annotation") {
            return;
        }
        self.ask(Target::Service, name, format_args!("{name_path}"));
        if let Some((wanted, _)) = self.wanted(Target::Service, self.namespace.clone(), name) {
            self.ask_port(&wanted, port, format_args!("{port_path}"));
        }
    }

    /// The `{namespace, name, port}` of webhooks and APIServices; their port is 443 unless said.
    pub(super) fn service_reference(&mut self, service: Option<&Node>, path: &str) {
        let Some(service) = service else { return };
        let name = service.field("name");
        let namespace = namespace_of(service, &Text::new());
        self.ask_in(Target::Service, namespace.clone(), name, format_args!("{path}.name"));
        let Some((wanted, node)) = self.wanted(Target::Service, namespace, name) else { return };
        match service.field("port") {
            Some(port) => self.ask_port(&wanted, Some(port), format_args!("{path}.port")),
            None => self.push(node, format_args!("{path}.name"), Want::Port(wanted, PortName::Number(443))),
        }
    }

    pub(super) fn gateway_api(&mut self, object: &Node, spec: &Node) {
        match self.kind {
            "Gateway" => self.gateway(object, spec),
            kind if kind.ends_with("Route") => self.route(spec),
            _ => {}
        }
    }

    fn gateway(&mut self, object: &Node, spec: &Node) {
        self.ask(Target::GatewayClass, spec.field("gatewayClassName"), format_args!("spec.gatewayClassName"));
        let issued = issued_by_cert_manager(object);
        for (listener, node) in items(spec, "listeners") {
            let Some(tls) = node.field("tls") else { continue };
            for (index, reference) in items(tls, "certificateRefs") {
                if reference.str_at("kind").is_some_and(|kind| kind != "Secret") {
                    continue;
                }
                let path = format!("spec.listeners[{listener}].tls.certificateRefs[{index}].name");
                let namespace = namespace_of(reference, &self.namespace);
                match reference.str_at("name") {
                    Some(name) if issued => self.makes.push((Target::Secret, name.into())),
                    _ => self.ask_in(Target::Secret, namespace, reference.field("name"), format_args!("{path}")),
                }
            }
        }
    }

    fn route(&mut self, spec: &Node) {
        for (index, parent) in items(spec, "parentRefs") {
            if parent.str_at("kind").is_some_and(|kind| kind != "Gateway") {
                continue;
            }
            let namespace = namespace_of(parent, &self.namespace);
            let path = format_args!("spec.parentRefs[{index}].name");
            self.ask_in(Target::Gateway, namespace, parent.field("name"), path);
        }
        for (rule, node) in items(spec, "rules") {
            for (index, backend) in items(node, "backendRefs") {
                self.backend_reference(backend, &format!("spec.rules[{rule}].backendRefs[{index}]"));
            }
            for (index, filter) in items(node, "filters") {
                let Some(backend) = filter.at(&["requestMirror", "backendRef"]) else { continue };
                let path = format!("spec.rules[{rule}].filters[{index}].requestMirror.backendRef");
                self.backend_reference(backend, &path);
            }
        }
    }

    fn backend_reference(&mut self, backend: &Node, path: &str) {
        let is = |member: &str, value: &str| backend.str_at(member).is_none_or(|text| text == value);
        if !is("kind", "Service") || !is("group", "") {
            return;
        }
        let name = backend.field("name");
        let namespace = namespace_of(backend, &self.namespace);
        self.ask_in(Target::Service, namespace.clone(), name, format_args!("{path}.name"));
        if let Some((wanted, _)) = self.wanted(Target::Service, namespace, name) {
            self.ask_port(&wanted, backend.field("port"), format_args!("{path}.port"));
        }
    }
}

/// Where a port of a Service leads. A headless Service only publishes the addresses of its pods, so its numbers (but not
/// its names) lead nowhere in particular.
fn target_port(index: usize, port: &Node, spec: &Node) -> Option<TargetPort> {
    let headless = spec.str_at("clusterIP") == Some("None");
    let (member, node) = match port.field("targetPort") {
        Some(node) if node.as_i64() != Some(0) && node.as_str() != Some("") => ("targetPort", node),
        _ => ("port", port.field("port")?),
    };
    let target = port_name(node)?;
    if headless && matches!(target, PortName::Number(_)) {
        return None;
    }
    let path = format!("spec.ports[{index}].{member}").into();
    Some(TargetPort { place: node.span, path, port: target, protocol: protocol(port) })
}

fn issued_by_cert_manager(object: &Node) -> bool {
    let asks = |key: &str| key.starts_with("cert-manager.io/") || key == "kubernetes.io/tls-acme";
    let annotations = object.at(&["metadata", "annotations"]);
    annotations.into_iter().flat_map(Node::entries).any(|entry| asks(&entry.key))
}
