//! What the cluster keeps for its own working: leases, certificates, flow control, aggregated APIs, runtime classes.
//!
//! Follows `pkg/apis/{coordination,certificates,flowcontrol,node}/validation` and
//! `k8s.io/kube-aggregator/pkg/apis/apiregistration/validation`.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, base64, code::policy},
};

use super::{
    Check,
    at::{At, shown},
    grammar, service,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.coordination.v1.LeaseSpec", lease),
    ("io.k8s.api.certificates.v1.CertificateSigningRequestSpec", signing_request),
    ("io.k8s.api.node.v1.RuntimeClass", runtime_class),
    ("io.k8s.api.flowcontrol.v1.FlowSchema", flow_schema),
    ("io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration", priority_level),
    ("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService", api_service),
];

fn lease(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    checker.between(&spec, "leaseDurationSeconds", 1, i64::MAX);
    checker.not_negative(&spec, &["leaseTransitions"]);
}

const USAGES: &[&str] = &[
    "signing",
    "digital signature",
    "content commitment",
    "key encipherment",
    "key agreement",
    "data encipherment",
    "cert sign",
    "crl sign",
    "encipher only",
    "decipher only",
    "any",
    "server auth",
    "client auth",
    "code signing",
    "email protection",
    "s/mime",
    "ipsec end system",
    "ipsec tunnel",
    "ipsec user",
    "timestamping",
    "ocsp signing",
    "microsoft sgc",
    "netscape sgc",
];

fn signing_request(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    checker.needed(&spec, "usages", "the certificate must be good for something");
    if let Some(usages) = spec.field("usages") {
        for (at, text) in usages.texts().filter(|(_, text)| !USAGES.contains(text)) {
            checker.unsupported(&at, text, USAGES);
        }
        checker.distinct(&usages, "the usage", |at| at.str().map(|text| (text.to_owned(), text.to_owned())));
    }
    checker.between(&spec, "expirationSeconds", 600, i64::MAX);
    if let Some(signer) = spec.field("signerName")
        && let Some(text) = signer.str()
    {
        let verdict = match text.split('/').collect::<Vec<_>>()[..] {
            [domain, name] if domain.contains('.') => {
                domain.split('.').try_for_each(grammar::dns_label).and_then(|()| grammar::dns_subdomain(name))
            }
            _ => Err("it is a domain with a dot, `/` and a name".into()),
        };
        let legacy = text == "kubernetes.io/legacy-unknown";
        checker.spelled(
            policy::SIGNING_REQUEST,
            &signer,
            "a name of a signer",
            if legacy { Err("it is not allowed any more".into()) } else { verdict },
        );
    }
    if let Some(request) = spec.field("request")
        && let Some(text) = request.str()
    {
        let pem = base64::decode(text);
        if pem.is_none_or(|pem| !String::from_utf8_lossy(&pem).contains("-----BEGIN ")) {
            checker
                .say(
                    policy::SIGNING_REQUEST,
                    &request,
                    "`request` is not the base64 of a PEM block with a certificate request",
                )
                .help("encode the file that openssl made: `base64 -w0 request.csr`");
        }
    }
}

fn runtime_class(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    checker.filled(&root, "handler");
    checker.spelled_if_any(&root, "handler", "a name of a handler", grammar::dns_label);
    if let Some(scheduling) = root.field("scheduling")
        && let Some(selector) = scheduling.field("nodeSelector")
    {
        checker.labels(&selector);
    }
}

const VERBS: &[&str] = &["get", "list", "create", "update", "delete", "deletecollection", "patch", "watch", "proxy"];

fn flow_schema(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    // 0 is as good as none: the server fills in a default.
    if spec.number("matchingPrecedence") != Some(0) {
        checker.between(&spec, "matchingPrecedence", 1, 10_000);
    }
    let name = root.node.at(&["metadata", "name"]).and_then(Node::as_str);
    if spec.number("matchingPrecedence") == Some(1)
        && name != Some("exempt")
        && let Some(precedence) = spec.field("matchingPrecedence")
    {
        checker.say(policy::FLOW_CONTROL, &precedence, "`matchingPrecedence: 1` belongs to the schema called `exempt`");
    }
    if let Some(method) = spec.field("distinguisherMethod") {
        checker.chosen(&method, "type", &["ByUser", "ByNamespace"]);
    }
    if let Some(level) = spec.field("priorityLevelConfiguration") {
        checker.filled(&level, "name");
        checker.spelled_if_any(&level, "name", "a name of a PriorityLevelConfiguration", grammar::dns_subdomain);
    }
    let Some(rules) = spec.field("rules") else { return };
    for rule in rules.items() {
        flow_rule(&rule, checker);
    }
}

fn flow_rule(rule: &At<'_>, checker: &mut Checker<'_>) {
    checker.needed(rule, "subjects", "the rule must say whose requests it is about");
    if rule.count("resourceRules") + rule.count("nonResourceRules") == 0 {
        checker
            .say(policy::FLOW_CONTROL, rule, "the rule is about no requests")
            .help("add `resourceRules` or `nonResourceRules`");
    }
    if let Some(subjects) = rule.field("subjects") {
        for subject in subjects.items() {
            flow_subject(&subject, checker);
        }
    }
    for (list, keys) in [
        ("resourceRules", &["verbs", "apiGroups", "resources"][..]),
        ("nonResourceRules", &["verbs", "nonResourceURLs"]),
    ] {
        let Some(rules) = rule.field(list) else { continue };
        for rule in rules.items() {
            for key in keys {
                checker.needed(&rule, key, "the rule matches nothing without");
                checker.wildcard_alone(&rule, key, "of them");
            }
            if let Some(verbs) = rule.field("verbs") {
                for (at, text) in verbs.texts().filter(|(_, text)| *text != "*" && !VERBS.contains(text)) {
                    checker.unsupported(&at, text, VERBS);
                }
            }
            if let Some(urls) = rule.field("nonResourceURLs") {
                for (at, text) in urls.texts().filter(|(_, text)| *text != "*" && !text.starts_with('/')) {
                    let message = format!("{} is not a path: it must begin with `/`", shown(text));
                    checker.say(policy::FLOW_CONTROL, &at, message);
                }
            }
            if list == "resourceRules" && rule.flag("clusterScope") != Some(true) {
                checker.needed(
                    &rule,
                    "namespaces",
                    "a rule that is not about the cluster must name namespaces, or `*`",
                );
            }
        }
    }
}

fn flow_subject(subject: &At<'_>, checker: &mut Checker<'_>) {
    const KINDS: &[(&str, &str)] = &[("User", "user"), ("Group", "group"), ("ServiceAccount", "serviceAccount")];
    let kind = subject.text("kind");
    let Some((_, member)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        checker.chosen(subject, "kind", &["User", "Group", "ServiceAccount"]);
        return;
    };
    for (_, other) in KINDS.iter().filter(|(_, other)| other != member) {
        checker.unwanted(policy::FLOW_CONTROL, subject, other, &format!("the subject is a `{kind}`"));
    }
    match subject.field(member) {
        Some(who) => {
            checker.filled(&who, "name");
            checker.filled(&who, "namespace");
            if member == &"serviceAccount" {
                if who.text("name") != "*" {
                    checker.spelled_if_any(&who, "name", "a name of a ServiceAccount", grammar::dns_subdomain);
                }
                checker.spelled_if_any(&who, "namespace", "a name of a Namespace", grammar::dns_label);
            }
        }
        None => {
            checker.lacks(
                policy::FLOW_CONTROL,
                subject,
                member,
                format!("a subject of kind `{kind}` needs `{member}`"),
            );
        }
    }
}

fn priority_level(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    checker.filled(&spec, "type");
    checker.chosen(&spec, "type", &["Exempt", "Limited", ""]);
    match spec.text("type") {
        "Exempt" => checker.unwanted(policy::FLOW_CONTROL, &spec, "limited", "the type is `Exempt`"),
        "Limited" => {
            checker.unwanted(policy::FLOW_CONTROL, &spec, "exempt", "the type is `Limited`");
            let Some(limited) = spec.field("limited") else {
                checker.lacks(policy::FLOW_CONTROL, &spec, "limited", "the type is `Limited` and nothing says how");
                return;
            };
            checker.not_negative(&limited, &["nominalConcurrencyShares", "borrowingLimitPercent"]);
            checker.between(&limited, "lendablePercent", 0, 100);
            if let Some(response) = limited.field("limitResponse") {
                limit_response(&response, checker);
            }
        }
        _ => {}
    }
}

fn limit_response(response: &At<'_>, checker: &mut Checker<'_>) {
    checker.chosen(response, "type", &["Queue", "Reject"]);
    match (response.text("type"), response.field("queuing")) {
        ("Reject", Some(_)) => checker.unwanted(policy::FLOW_CONTROL, response, "queuing", "requests are rejected"),
        ("Queue", None) => {
            checker.lacks(policy::FLOW_CONTROL, response, "queuing", "requests are queued and nothing says how");
        }
        ("Queue", Some(queuing)) => {
            for key in ["queues", "handSize", "queueLengthLimit"] {
                // What is 0 is filled in.
                checker.not_negative(&queuing, &[key]);
            }
        }
        _ => {}
    }
}

fn api_service(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    let (group, version) = (spec.text("group"), spec.text("version"));
    if let Some(metadata) = root.field("metadata")
        && let Some(name) = metadata.field("name")
        && let Some(text) = name.str().filter(|text| !text.is_empty() && *text != format!("{version}.{group}"))
    {
        checker.say(
            policy::API_SERVICE,
            &name,
            format!("{} must be called after its version and group: `{version}.{group}`", shown(text)),
        );
    }
    if group.is_empty() && version != "v1" {
        checker.lacks(policy::API_SERVICE, &spec, "group", "`group` is missing");
    }
    checker.spelled_if_any(&spec, "group", "an API group", grammar::dns_subdomain);
    checker.needed(&spec, "version", "the API needs it");
    checker.spelled_if_any(&spec, "version", "a version", grammar::dns_1035_label);
    checker.between(&spec, "groupPriorityMinimum", 1, 20_000);
    checker.between(&spec, "versionPriority", 1, 1000);
    let insecure = spec.field("insecureSkipTLSVerify").filter(|at| at.node.as_bool() == Some(true));
    let bundle = spec.field("caBundle").filter(|at| at.str().is_some_and(|text| !text.is_empty()));
    let Some(service) = spec.field("service") else {
        for at in [&insecure, &bundle].into_iter().flatten() {
            checker.say(
                policy::API_SERVICE,
                at,
                "an API of the server itself (without `service`) needs no certificates",
            );
        }
        return;
    };
    for key in ["namespace", "name"] {
        checker.needed(&service, key, "the Service needs it");
    }
    service::port_number(&service, "port", checker);
    if let (Some(insecure), Some(_)) = (insecure, bundle) {
        checker
            .say(policy::API_SERVICE, &insecure, "`insecureSkipTLSVerify` makes `caBundle` useless")
            .help("keep one of them");
    }
}
