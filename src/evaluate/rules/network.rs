//! A pod's DNS and hosts file.
//! See `validatePodDNSConfig`, `ValidateHostAliases` in `pkg/apis/core/validation/validation.go`.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{head, items, text},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.PodSpec", policy),
    ("io.k8s.api.core.v1.PodDNSConfig", dns_config),
    ("io.k8s.api.core.v1.HostAlias", host_alias),
];

fn policy(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if text(spec, "dnsPolicy") != Some("None") {
        return;
    }
    let servers = spec.field("dnsConfig").map_or(&[][..], |config| items(config, "nameservers"));
    if servers.is_empty() {
        checker
            .blame(code::POD_DNS, spec, path, "dnsPolicy", "`dnsPolicy: None` without a name server")
            .help("set `dnsConfig.nameservers`");
    }
}

fn dns_config(config: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let version = checker.version;
    let servers = items(config, "nameservers");
    if servers.len() > 3 {
        let message = format!("{} name servers; resolvers take 3", servers.len());
        checker.blame(code::POD_DNS, config, path, "nameservers", message);
    }
    let list = path.key("nameservers");
    for (index, server) in servers.iter().enumerate() {
        each(server, &list.index(index), "address of a name server", |text| grammar::ip(text, version), checker);
    }
    searches(config, path, checker);
    let list = path.key("options");
    for (index, option) in items(config, "options").iter().enumerate() {
        if option.as_mapping().is_some() && text(option, "name").is_none() {
            checker.report(code::POD_DNS, head(option), &list.index(index), "the option has no name");
        }
    }
}

fn searches(config: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let searches = items(config, "searches");
    if searches.len() > 32 {
        let message = format!("{} search domains; resolvers take 32", searches.len());
        checker.blame(code::POD_DNS, config, path, "searches", message);
    }
    let lengths = searches.iter().filter_map(Node::as_str).map(|search| search.len() + 1);
    let length = lengths.sum::<usize>().saturating_sub(1);
    if length > 2048 {
        let message = format!("the search domains take {length} characters; resolvers take 2048");
        checker.blame(code::POD_DNS, config, path, "searches", message);
    }
    // KEP-4427: since 1.33 `_` is allowed, and `.` alone.
    let relaxed = checker.version >= Version(1, 33);
    let list = path.key("searches");
    for (index, search) in searches.iter().enumerate() {
        let search_domain = |text: &str| match text.strip_suffix('.').unwrap_or(text) {
            _ if relaxed && text == "." => Ok(()),
            text if relaxed => grammar::dns_subdomain_with_underscores(text),
            text => grammar::dns_subdomain(text),
        };
        each(search, &list.index(index), "search domain", search_domain, checker);
    }
}

fn host_alias(alias: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let version = checker.version;
    if let Some(ip) = alias.field("ip") {
        each(ip, &path.key("ip"), "IP address", |text| grammar::ip(text, version), checker);
    }
    let list = path.key("hostnames");
    for (index, name) in items(alias, "hostnames").iter().enumerate() {
        each(name, &list.index(index), "host name", grammar::dns_subdomain, checker);
    }
}

/// The string `node`, empty ones included, must be a word of `grammar`.
fn each(
    node: &Node,
    path: &Path<'_>,
    what: &str,
    grammar: impl Fn(&str) -> grammar::Verdict,
    checker: &mut Checker<'_>,
) {
    if let Some(text) = node.as_str()
        && let Err(why) = grammar(text)
    {
        checker.report(code::POD_DNS, node.span, path, format!("`{text}` is not a valid {what}: {why}"));
    }
}
