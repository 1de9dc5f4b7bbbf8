//! Services and the endpoints behind them.
//!
//! Follows `pkg/apis/core/validation/validation.go` (`validateService`, `validateEndpointSubsets`) and
//! `pkg/apis/discovery/validation`; <https://kubernetes.io/docs/concepts/services-networking/service/>.

use std::net::IpAddr;

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::value},
    registry::Version,
};

use super::{
    Check,
    at::{At, shown},
    grammar,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.core.v1.Service", service),
    ("io.k8s.api.core.v1.EndpointSubset", subset),
    ("io.k8s.api.discovery.v1.EndpointSlice", slice),
];

fn service(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else {
        checker.lacks(value::SERVICE_PORTS, &root, "spec", "the Service has no `spec` and so no ports");
        return;
    };
    let kind = Type::of(&spec);
    ports(&spec, kind, checker);
    if let Some(selector) = spec.field("selector") {
        checker.labels(&selector);
    }
    cluster_ips(&spec, kind, checker);
    families(&spec, kind, checker);
    external(&root, &spec, kind, checker);
    session(&spec, checker);
    load_balancer(&spec, kind, checker);
    traffic(&spec, kind, checker);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    ClusterIp,
    NodePort,
    LoadBalancer,
    ExternalName,
    Unknown,
}

impl Type {
    fn of(spec: &At<'_>) -> Type {
        match spec.text("type") {
            "" | "ClusterIP" => Type::ClusterIp,
            "NodePort" => Type::NodePort,
            "LoadBalancer" => Type::LoadBalancer,
            "ExternalName" => Type::ExternalName,
            _ => Type::Unknown,
        }
    }
}

fn is_headless(spec: &At<'_>) -> bool {
    spec.text("clusterIP") == "None"
}

fn ports(spec: &At<'_>, kind: Type, checker: &mut Checker<'_>) {
    let ports = spec.field("ports").filter(|ports| ports.len() > 0);
    let Some(ports) = ports else {
        if !is_headless(spec) && !matches!(kind, Type::ExternalName | Type::Unknown) {
            checker.lacks(value::SERVICE_PORTS, spec, "ports", "the Service has no ports").help(
                "add `ports`; only headless Services (`clusterIP: None`) and those of type ExternalName do without",
            );
        }
        return;
    };
    let several = ports.len() > 1;
    for port in ports.items() {
        if several && port.text("name").is_empty() {
            checker
                .lacks(value::SERVICE_PORT_NAME, &port, "name", "a port of a Service with several ports needs a name")
                .help("add a `name`, such as `http`");
        }
        checker.spelled_if_any(&port, "name", "a name of a port of a Service", grammar::dns_label);
        port_number(&port, "port", checker);
        target_port(&port, checker);
        checker.spelled_at(&port, "appProtocol", "a name of a protocol", grammar::label_key);
        node_port(&port, kind, checker);
    }
    checker.distinct(&ports, "the name", |port| {
        Some(port.text("name")).filter(|name| !name.is_empty()).map(|name| (name.to_owned(), name.to_owned()))
    });
    let protocol =
        |port: &At<'_>| Some(port.text("protocol")).filter(|text| !text.is_empty()).unwrap_or("TCP").to_owned();
    checker.distinct(&ports, "the port", |port| {
        let (protocol, number) = (protocol(port), port.number("port")?);
        Some(((protocol.clone(), number), format!("{number}/{protocol}")))
    });
    checker.distinct(&ports, "the node port", |port| {
        let (protocol, number) = (protocol(port), port.number("nodePort").filter(|&number| number != 0)?);
        Some(((protocol.clone(), number), format!("{number}/{protocol}")))
    });
}

/// Member `key` must be the number of a port.
pub(super) fn port_number(at: &At<'_>, key: &str, checker: &mut Checker<'_>) {
    if let Some(port) = at.field(key)
        && let Some(number) = port.node.as_i64()
        && let Err(why) = grammar::port(number)
    {
        checker.say(value::PORT, &port, format!("`{key}` is {number}: {why}"));
    }
}

/// Member `port` must be the number or the name of a port.
pub(super) fn number_or_name(port: &At<'_>, checker: &mut Checker<'_>) {
    if let Some(text) = port.str() {
        if let Err(why) = grammar::port_name(text) {
            checker.say(value::PORT, port, format!("{} is not a name of a port: {why}", shown(text)));
        }
    } else if let Some(number) = port.node.as_i64()
        && let Err(why) = grammar::port(number)
    {
        checker.say(value::PORT, port, format!("{number} is not a port: {why}"));
    }
}

fn target_port(port: &At<'_>, checker: &mut Checker<'_>) {
    // 0 and the empty text are how Go writes "not set".
    let target = port.field("targetPort").filter(|at| at.str() != Some("") && at.node.as_i64() != Some(0));
    if let Some(target) = target {
        number_or_name(&target, checker);
    }
}

/// What `--service-node-port-range` of the API server is by default.
const NODE_PORTS: std::ops::RangeInclusive<i64> = 30000..=32767;

fn node_port(port: &At<'_>, kind: Type, checker: &mut Checker<'_>) {
    let Some(node_port) = port.field("nodePort") else { return };
    let Some(number) = node_port.node.as_i64().filter(|&number| number != 0) else { return };
    if kind == Type::ClusterIp {
        checker
            .say(value::NODE_PORT, &node_port, "`nodePort` is set although the type of the Service is ClusterIP")
            .help("remove `nodePort`, or set `type: NodePort`");
    } else if !NODE_PORTS.contains(&number) && matches!(kind, Type::NodePort | Type::LoadBalancer) {
        checker.say(
            value::NODE_PORT_RANGE,
            &node_port,
            format!("the node port {number} is outside of 30000-32767, the range that API servers have by default"),
        );
    }
}

fn cluster_ips(spec: &At<'_>, kind: Type, checker: &mut Checker<'_>) {
    if kind == Type::ExternalName {
        for key in ["clusterIP", "clusterIPs"] {
            if spec.field(key).is_some_and(|at| at.str() != Some("") && !(at.str().is_none() && at.len() == 0)) {
                checker.unwanted(value::CLUSTER_IP, spec, key, "the type of the Service is ExternalName");
            }
        }
        return;
    }
    if is_headless(spec)
        && matches!(kind, Type::NodePort | Type::LoadBalancer)
        && let Some(address) = spec.field("clusterIP")
    {
        checker.say(value::CLUSTER_IP, &address, format!("a Service of type {} cannot be headless", spec.text("type")));
    }
    if let Some(address) = spec.field("clusterIP")
        && let Some(text) = address.str().filter(|text| !text.is_empty() && *text != "None")
    {
        checker.spelled(value::ADDRESS, &address, "an IP address or `None`", grammar::ip(text, checker.version));
    }
    if let Some(addresses) = spec.field("clusterIPs").filter(|list| list.len() > 0) {
        several_cluster_ips(spec, &addresses, checker);
    }
}

fn several_cluster_ips(spec: &At<'_>, addresses: &At<'_>, checker: &mut Checker<'_>) {
    let texts: Vec<&str> = addresses.node.items().filter_map(Node::as_str).collect();
    let Some(&first) = texts.first() else { return };
    if first != spec.text("clusterIP") {
        checker
            .say(
                value::CLUSTER_IP,
                addresses,
                format!("`clusterIPs` begins with {} and `clusterIP` is not the same", shown(first)),
            )
            .help("set `clusterIP` alone, or both with the same first address");
    }
    if texts.len() > 2 {
        checker.say(value::CLUSTER_IP, addresses, "a Service has two cluster addresses at most, one of each IP family");
    }
    if first == "None" {
        if texts.len() > 1 {
            checker.say(value::CLUSTER_IP, addresses, "`None` must stand alone");
        }
        return;
    }
    for (at, text) in addresses.texts() {
        checker.spelled(value::ADDRESS, &at, "an IP address", grammar::ip(text, checker.version));
    }
    let family = |text: &&str| grammar::parse_ip(text).map(|(address, _)| address.is_ipv4());
    if let [a, b] = texts[..]
        && family(&a).is_some()
        && family(&a) == family(&b)
    {
        checker.say(
            value::CLUSTER_IP,
            addresses,
            "both cluster addresses are of one IP family; there may be one of each",
        );
    }
}

fn families(spec: &At<'_>, kind: Type, checker: &mut Checker<'_>) {
    if kind == Type::ExternalName {
        for key in ["ipFamilies", "ipFamilyPolicy"] {
            if spec.field(key).is_some_and(|at| at.str().is_some() || at.len() > 0) {
                checker.unwanted(value::IP_FAMILY, spec, key, "the type of the Service is ExternalName");
            }
        }
        return;
    }
    let Some(families) = spec.field("ipFamilies") else { return };
    for (at, text) in families.texts().filter(|(_, text)| !matches!(*text, "IPv4" | "IPv6")) {
        checker.unsupported(&at, text, &["IPv4", "IPv6"]);
    }
    checker.distinct(&families, "the family", |at| at.str().map(|text| (text.to_owned(), text.to_owned())));
    let first_family = families.node.items().next().and_then(Node::as_str);
    let Some(address) = spec.field("clusterIP") else { return };
    let Some((ip, _)) = address.str().and_then(grammar::parse_ip) else { return };
    if let Some(wanted) = first_family.filter(|family| matches!(*family, "IPv4" | "IPv6"))
        && (wanted == "IPv4") != ip.is_ipv4()
    {
        checker.say(
            value::IP_FAMILY,
            &address,
            format!("{ip} is not an {wanted} address, which `ipFamilies` asks for"),
        );
    }
}

fn external(root: &At<'_>, spec: &At<'_>, kind: Type, checker: &mut Checker<'_>) {
    if kind == Type::ExternalName {
        let name = spec.text("externalName");
        let name = name.strip_suffix('.').unwrap_or(name);
        match spec.field("externalName") {
            Some(at) if !name.is_empty() => {
                checker.spelled(value::EXTERNAL_NAME, &at, "a DNS name", grammar::dns_subdomain(name));
            }
            _ => {
                checker.lacks(
                    value::EXTERNAL_NAME,
                    spec,
                    "externalName",
                    "a Service of type ExternalName needs `externalName`: the DNS name it stands for",
                );
            }
        }
    }
    if let Some(addresses) = spec.field("externalIPs") {
        for (at, text) in addresses.texts() {
            public_address(&at, text, checker);
        }
    }
    if let Some(metadata) = root.field("metadata")
        && let Some(annotations) = metadata.field("annotations")
    {
        let (hints, mode) = ("service.kubernetes.io/topology-aware-hints", "service.kubernetes.io/topology-mode");
        if let (Some(_), Some(mode)) = (annotations.field(hints), annotations.field(mode))
            && mode.str() != annotations.field(hints).and_then(|hints| hints.str())
        {
            checker.say(
                value::COMBINATION,
                &mode,
                format!("the annotation must be the same as `{hints}` when both are set"),
            );
        }
    }
}

/// An address that packets of others can be sent to.
fn public_address(at: &At<'_>, text: &str, checker: &mut Checker<'_>) {
    if checker.spelled(value::ADDRESS, at, "an IP address", grammar::ip(text, checker.version)).is_some() {
        return;
    }
    let Some((address, _)) = grammar::parse_ip(text) else { return };
    let address = address.to_canonical();
    let wrong = match address {
        _ if address.is_unspecified() => "unspecified",
        _ if address.is_loopback() => "a loopback address",
        IpAddr::V4(v4) if v4.is_link_local() => "a link-local address",
        IpAddr::V6(v6) if v6.is_unicast_link_local() => "a link-local address",
        IpAddr::V4(v4) if v4.octets()[..3] == [224, 0, 0] => "a link-local multicast address",
        IpAddr::V6(v6) if v6.segments()[0] & 0xff0f == 0xff02 => "a link-local multicast address",
        _ => return,
    };
    checker.say(value::ENDPOINT_ADDRESS, at, format!("{} is {wrong}: nobody else can reach it", shown(text)));
}

const DAY: i64 = 86400;

fn session(spec: &At<'_>, checker: &mut Checker<'_>) {
    if spec.text("sessionAffinity") == "ClientIP"
        && let Some(config) = spec.field("sessionAffinityConfig")
        && let Some(client) = config.field("clientIP")
    {
        checker.between(&client, "timeoutSeconds", 1, DAY);
    }
}

fn load_balancer(spec: &At<'_>, kind: Type, checker: &mut Checker<'_>) {
    if let Some(ranges) = spec.field("loadBalancerSourceRanges") {
        for (at, text) in ranges.texts() {
            checker.spelled(value::ADDRESS, &at, "an IP network", grammar::cidr(text.trim(), checker.version));
        }
    }
    if kind == Type::LoadBalancer {
        checker.spelled_at(spec, "loadBalancerClass", "a qualified name", grammar::label_key);
    } else if kind != Type::Unknown {
        for key in ["loadBalancerClass", "loadBalancerSourceRanges", "allocateLoadBalancerNodePorts"] {
            if spec.field(key).is_some_and(|at| at.node.as_sequence().is_none_or(|list| !list.is_empty())) {
                checker.unwanted(value::SERVICE_TYPE_FIELD, spec, key, "the type of the Service is not LoadBalancer");
            }
        }
    }
}

fn traffic(spec: &At<'_>, kind: Type, checker: &mut Checker<'_>) {
    let reachable = matches!(kind, Type::NodePort | Type::LoadBalancer)
        || (kind == Type::ClusterIp && spec.count("externalIPs") > 0);
    if !reachable && kind != Type::Unknown && !spec.text("externalTrafficPolicy").is_empty() {
        checker.unwanted(
            value::SERVICE_TYPE_FIELD,
            spec,
            "externalTrafficPolicy",
            "the Service cannot be reached from outside of the cluster",
        );
    }
    let checked = kind == Type::LoadBalancer && spec.text("externalTrafficPolicy") == "Local";
    if let Some(port) =
        spec.field("healthCheckNodePort").filter(|at| at.node.as_i64().is_some_and(|number| number != 0))
    {
        if checked {
            port_number(spec, "healthCheckNodePort", checker);
        } else if kind != Type::Unknown {
            checker
                .say(
                    value::SERVICE_TYPE_FIELD,
                    &port,
                    "`healthCheckNodePort` is for `type: LoadBalancer` with `externalTrafficPolicy: Local`",
                )
                .help("remove `healthCheckNodePort`");
        }
    }
    // Behind a feature gate before 1.31: the server drops the field.
    if checker.version >= Version(1, 34) {
        checker.chosen(spec, "trafficDistribution", &["PreferClose", "PreferSameZone", "PreferSameNode"]);
    }
}

fn subset(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let subset = At::new(node, path);
    if subset.count("addresses") + subset.count("notReadyAddresses") == 0 {
        checker
            .say(value::ENDPOINTS, &subset, "the subset has no addresses")
            .help("add `addresses` or `notReadyAddresses`");
    }
    for key in ["addresses", "notReadyAddresses"] {
        let Some(addresses) = subset.field(key) else { continue };
        for address in addresses.items() {
            if let Some(ip) = address.field("ip")
                && let Some(text) = ip.str()
            {
                public_address(&ip, text, checker);
            }
            checker.spelled_if_any(&address, "hostname", "a DNS label", grammar::dns_label);
            checker.spelled_at(&address, "nodeName", "a name of a Node", grammar::dns_subdomain);
        }
    }
    let Some(ports) = subset.field("ports") else { return };
    for port in ports.items() {
        if ports.len() > 1 && port.text("name").is_empty() {
            checker.lacks(value::SERVICE_PORT_NAME, &port, "name", "one of several ports needs a name");
        }
        checker.spelled_if_any(&port, "name", "a name of a port", grammar::dns_label);
        port_number(&port, "port", checker);
        checker.spelled_at(&port, "appProtocol", "a name of a protocol", grammar::label_key);
    }
}

fn slice(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let slice = At::new(node, path);
    checker.at_most(&slice, "endpoints", 1000);
    checker.at_most(&slice, "ports", 20000);
    if let Some(ports) = slice.field("ports") {
        for port in ports.items() {
            checker.spelled_if_any(&port, "name", "a name of a port", grammar::dns_label);
            checker.spelled_at(&port, "appProtocol", "a name of a protocol", grammar::label_key);
        }
        checker.distinct(&ports, "the port named", |port| {
            Some((port.text("name").to_owned(), port.text("name").to_owned()))
        });
    }
    let kind = slice.text("addressType").to_owned();
    let Some(endpoints) = slice.field("endpoints") else { return };
    for endpoint in endpoints.items() {
        slice_endpoint(&endpoint, &kind, checker);
    }
}

fn slice_endpoint(endpoint: &At<'_>, kind: &str, checker: &mut Checker<'_>) {
    checker.at_most(endpoint, "addresses", 100);
    checker.spelled_at(endpoint, "nodeName", "a name of a Node", grammar::dns_subdomain);
    checker.spelled_at(endpoint, "hostname", "a DNS label", grammar::dns_label);
    let Some(addresses) = endpoint.field("addresses") else { return };
    if addresses.len() == 0 {
        checker.say(value::ENDPOINTS, &addresses, "the endpoint has no addresses");
    }
    for (at, text) in addresses.texts() {
        match kind {
            "IPv4" | "IPv6" => {
                public_address(&at, text, checker);
                if let Some((address, _)) = grammar::parse_ip(text)
                    && address.to_canonical().is_ipv4() != (kind == "IPv4")
                {
                    checker.say(
                        value::ENDPOINT_ADDRESS,
                        &at,
                        format!("{} is not an {kind} address, which `addressType` promises", shown(text)),
                    );
                }
            }
            "FQDN" => {
                let name = text.strip_suffix('.').unwrap_or(text);
                let verdict = grammar::dns_subdomain(name)
                    .and_then(|()| if name.contains('.') { Ok(()) } else { Err("it has no dot".into()) });
                checker.spelled(value::ENDPOINT_ADDRESS, &at, "a full DNS name", verdict);
            }
            _ => {}
        }
    }
}
