//! Ingresses, IngressClasses and NetworkPolicies.
//!
//! Follows `pkg/apis/networking/validation/validation.go`;
//! <https://kubernetes.io/docs/concepts/services-networking/ingress/> and `…/network-policies/`.

use crate::{
    document::{Node, Path},
    evaluate::{
        Checker,
        code::{policy, value},
    },
    registry::Version,
};

use super::{
    Check,
    at::{At, shown},
    grammar, metadata, service,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.networking.v1.Ingress", ingress),
    ("io.k8s.api.networking.v1.IngressBackend", backend),
    ("io.k8s.api.networking.v1.IngressClass", class),
    ("io.k8s.api.networking.v1.NetworkPolicySpec", policy),
    ("io.k8s.api.networking.v1.NetworkPolicyPeer", peer),
    ("io.k8s.api.networking.v1.NetworkPolicyPort", policy_port),
    ("io.k8s.api.networking.v1.IPBlock", block),
    ("io.k8s.api.networking.v1.ServiceCIDRSpec", service_cidr),
];

fn ingress(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let spec = root.field("spec");
    let rules = spec.as_ref().map_or(0, |spec| spec.count("rules"));
    if rules == 0 && spec.as_ref().is_none_or(|spec| !spec.has("defaultBackend")) {
        checker
            .say(policy::INGRESS_EMPTY, spec.as_ref().unwrap_or(&root), "the Ingress leads nowhere")
            .help("add `rules` or a `defaultBackend`");
    }
    let Some(spec) = spec else { return };
    if let Some(rules) = spec.field("rules") {
        for rule in rules.items() {
            self::rule(&rule, checker);
        }
    }
    if let Some(tls) = spec.field("tls") {
        for entry in tls.items() {
            if let Some(hosts) = entry.field("hosts") {
                for (at, host) in hosts.texts() {
                    self::host(&at, host, checker);
                }
            }
            checker.spelled_if_any(&entry, "secretName", "a name of a Secret", grammar::dns_subdomain);
        }
    }
    checker.spelled_at(&spec, "ingressClassName", "a name of an IngressClass", grammar::dns_subdomain);
    class_annotation(&root, &spec, checker);
}

fn class_annotation(root: &At<'_>, spec: &At<'_>, checker: &mut Checker<'_>) {
    const KEY: &str = "kubernetes.io/ingress.class";
    let Some(metadata) = root.field("metadata") else { return };
    let Some(annotations) = metadata.field("annotations") else { return };
    let (Some(old), Some(new)) = (annotations.field(KEY), spec.field("ingressClassName")) else { return };
    if old.str() != new.str() {
        checker
            .say(
                value::COMBINATION,
                &old,
                format!("the annotation `{KEY}` and `ingressClassName` name different classes"),
            )
            .help("remove the annotation: `ingressClassName` has replaced it");
    }
}

fn host(at: &At<'_>, host: &str, checker: &mut Checker<'_>) {
    let verdict = if host.contains('*') { grammar::wildcard_dns_subdomain(host) } else { grammar::dns_subdomain(host) };
    checker.spelled(policy::HOST, at, "a host name", verdict);
}

fn rule(rule: &At<'_>, checker: &mut Checker<'_>) {
    if let Some(host) = rule.field("host")
        && let Some(text) = host.str().filter(|text| !text.is_empty())
    {
        if grammar::parse_ip(text).is_some() {
            checker
                .say(policy::HOST, &host, format!("{} is an IP address; an Ingress takes host names", shown(text)))
                .help("remove `host` to take every host");
        } else {
            self::host(&host, text, checker);
        }
    }
    let Some(http) = rule.field("http") else { return };
    let Some(paths) = http.field("paths") else { return };
    checker.needed(&http, "paths", "a rule needs a path");
    for path in paths.items() {
        http_path(&path, checker);
    }
}

fn http_path(entry: &At<'_>, checker: &mut Checker<'_>) {
    let kind = entry.text("pathType");
    let text = entry.text("path");
    let strict = matches!(kind, "Exact" | "Prefix");
    if !strict && (kind != "ImplementationSpecific" || text.is_empty()) {
        return;
    }
    let Some(at) = entry.field("path") else {
        checker.lacks(policy::INGRESS_PATH, entry, "path", format!("`pathType: {kind}` needs a `path`"));
        return;
    };
    if !text.starts_with('/') {
        checker.say(policy::INGRESS_PATH, &at, format!("{} is not a path: it must begin with `/`", shown(text)));
    }
    if !strict {
        return;
    }
    let sequence = ["//", "/./", "/../", "%2f", "%2F"].into_iter().find(|sequence| text.contains(sequence));
    let suffix = ["/..", "/."].into_iter().find(|suffix| text.ends_with(suffix));
    if let Some(wrong) = sequence.or(suffix) {
        checker.say(
            policy::INGRESS_PATH,
            &at,
            format!("{} holds `{wrong}`, which `pathType: {kind}` does not allow", shown(text)),
        );
    }
}

fn backend(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let backend = At::new(node, path);
    match (backend.field("service"), backend.field("resource")) {
        (Some(_), Some(_)) => {
            checker
                .say(policy::BACKEND, &backend, "the backend is a Service and a resource at once")
                .help("keep one of `service` and `resource`");
        }
        (None, None) => {
            checker
                .say(policy::BACKEND, &backend, "the backend names neither a Service nor a resource")
                .help("add `service` with `name` and `port`");
        }
        (Some(service), None) => service_backend(&service, checker),
        (None, Some(resource)) => {
            if let Some(group) = resource.field("apiGroup").filter(|at| at.str().is_some()) {
                checker.spelled(
                    value::MALFORMED,
                    &group,
                    "an API group",
                    grammar::dns_subdomain(group.str().unwrap_or_default()),
                );
            }
            for key in ["kind", "name"] {
                checker.filled(&resource, key);
                metadata::segment_at(&resource, key, checker);
            }
        }
    }
}

fn service_backend(service: &At<'_>, checker: &mut Checker<'_>) {
    checker.filled(service, "name");
    let relaxed = checker.version >= Version(1, 36);
    checker.spelled_if_any(
        service,
        "name",
        "a name of a Service",
        if relaxed { grammar::dns_label } else { grammar::dns_1035_label },
    );
    let port = service.field("port");
    let name = port.as_ref().map_or("", |port| port.text("name"));
    let number = port.as_ref().and_then(|port| port.number("number")).unwrap_or_default();
    let blamed = port.as_ref().unwrap_or(service);
    match (name.is_empty(), number) {
        (true, 0) => {
            checker
                .say(policy::BACKEND, blamed, "the backend names no port of the Service")
                .help("add `port` with its `number` or its `name`");
        }
        (false, 0) => {
            if let Some(at) = blamed.field("name") {
                service::number_or_name(&at, checker);
            }
        }
        (true, _) => service::port_number(blamed, "number", checker),
        (false, _) => {
            checker
                .say(policy::BACKEND, blamed, "the port has a name and a number")
                .help("keep one of `name` and `number`");
        }
    }
}

fn class(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let spec = root.field("spec");
    if spec.as_ref().is_none_or(|spec| spec.text("controller").is_empty()) {
        let blamed = spec.as_ref().unwrap_or(&root);
        checker.lacks(
            value::EMPTY,
            blamed,
            "controller",
            "`controller` is missing: it says who serves the Ingresses of this class",
        );
    }
    let Some(spec) = spec else { return };
    checker.spelled_if_any(&spec, "controller", "a domain and a path", grammar::domain_prefixed_path);
    if spec.text("controller").len() > 250
        && let Some(controller) = spec.field("controller")
    {
        checker.say(value::TOO_MUCH, &controller, "`controller` has more than 250 characters");
    }
    let Some(parameters) = spec.field("parameters") else { return };
    checker.spelled_at(&parameters, "apiGroup", "an API group", grammar::dns_subdomain);
    for key in ["kind", "name"] {
        checker.filled(&parameters, key);
        metadata::segment_at(&parameters, key, checker);
    }
    match parameters.text("scope") {
        "" | "Cluster" => checker.unwanted(
            policy::CLASS_PARAMETERS,
            &parameters,
            "namespace",
            "the scope of the parameters is `Cluster`",
        ),
        "Namespace" if !parameters.has("namespace") => {
            checker.lacks(
                policy::CLASS_PARAMETERS,
                &parameters,
                "namespace",
                "the scope of the parameters is `Namespace`, and none is named",
            );
        }
        "Namespace" => checker.spelled_at(&parameters, "namespace", "a name of a namespace", grammar::dns_label),
        _ => checker.chosen(&parameters, "scope", &["Cluster", "Namespace"]),
    }
}

fn policy(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    let Some(types) = spec.field("policyTypes") else { return };
    if types.len() > 2 {
        checker.say(value::TOO_MUCH, &types, "there are two policy types, `Ingress` and `Egress`");
        return;
    }
    for (at, text) in types.texts().filter(|(_, text)| !matches!(*text, "Ingress" | "Egress")) {
        checker.unsupported(&at, text, &["Ingress", "Egress"]);
    }
}

fn peer(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let peer = At::new(node, path);
    let selectors = peer.has("podSelector") || peer.has("namespaceSelector");
    match (peer.has("ipBlock"), selectors) {
        (false, false) => {
            checker
                .say(policy::POLICY_PEER, &peer, "the peer names nobody")
                .help("add `podSelector`, `namespaceSelector` or `ipBlock`; to allow everybody, leave out the list");
        }
        (true, true) => {
            checker
                .say(policy::POLICY_PEER, &peer, "a peer is an `ipBlock` or is selected by labels, not both")
                .help("make two peers of it");
        }
        _ => {}
    }
}

fn policy_port(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let entry = At::new(node, path);
    let (port, end) = (entry.field("port"), entry.field("endPort"));
    let Some(port) = port else {
        checker.unwanted(policy::POLICY_PORT, &entry, "endPort", "`port`, where the range begins, is missing");
        return;
    };
    service::number_or_name(&port, checker);
    let Some(end) = end else { return };
    match (port.node.as_i64(), end.node.as_i64()) {
        (None, _) => checker.unwanted(policy::POLICY_PORT, &entry, "endPort", "`port` is a name"),
        (Some(first), Some(last)) if last < first => {
            checker.say(policy::POLICY_PORT, &end, format!("the range ends at {last}, before it begins at {first}"));
        }
        _ => service::port_number(&entry, "endPort", checker),
    }
}

fn block(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let block = At::new(node, path);
    let Some(cidr) = block.field("cidr") else { return };
    let Some(text) = cidr.str() else { return };
    checker.spelled(value::ADDRESS, &cidr, "an IP network", grammar::cidr(text, checker.version));
    let Some(outer) = grammar::parse_cidr(text) else { return };
    let Some(exceptions) = block.field("except") else { return };
    for (at, text) in exceptions.texts() {
        checker.spelled(value::ADDRESS, &at, "an IP network", grammar::cidr(text, checker.version));
        let Some(inner) = grammar::parse_cidr(text) else { continue };
        if !outer.holds(&inner) {
            checker.say(
                policy::IP_BLOCK,
                &at,
                format!("{} is not inside of {}", shown(text), shown(cidr.str().unwrap_or_default())),
            );
        }
    }
}

fn service_cidr(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    checker.needed(&spec, "cidrs", "the addresses of Services come from here");
    checker.at_most(&spec, "cidrs", 2);
    let Some(networks) = spec.field("cidrs") else { return };
    for (at, text) in networks.texts() {
        checker.spelled(value::ADDRESS, &at, "an IP network", grammar::cidr(text, Version(1, 36)));
    }
}
