//! Webhooks and policies of admission.
//!
//! Follows `pkg/apis/admissionregistration/validation/validation.go` and `k8s.io/apiserver/pkg/util/webhook`; expressions are
//! not compiled. <https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/>.

use crate::{
    document::{Node, Path},
    evaluate::{
        Checker,
        code::{policy, value},
    },
};

use super::{
    Check,
    at::{At, shown},
    grammar::{self, Verdict},
    metadata, service,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration", configuration),
    ("io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration", configuration),
    ("io.k8s.api.admissionregistration.v1.RuleWithOperations", rule),
    ("io.k8s.api.admissionregistration.v1.NamedRuleWithOperations", rule),
    ("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec", policy),
    ("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec", binding),
    ("io.k8s.api.admissionregistration.v1.ParamKind", param_kind),
    ("io.k8s.api.admissionregistration.v1.ParamRef", param_ref),
];

fn configuration(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(webhooks) = root.field("webhooks") else { return };
    checker.distinct(&webhooks, "the webhook", |hook| {
        Some(hook.text("name")).filter(|name| !name.is_empty()).map(|name| (name.to_owned(), name.to_owned()))
    });
    for hook in webhooks.items() {
        webhook(&hook, checker);
    }
}

fn webhook(hook: &At<'_>, checker: &mut Checker<'_>) {
    if let Some(name) = hook.field("name")
        && let Some(text) = name.str()
    {
        let verdict = grammar::dns_subdomain(text).and_then(|()| {
            if text.split('.').count() < 3 { Err("it must have three parts at least".into()) } else { Ok(()) }
        });
        if let Some(finding) = checker.spelled(policy::WEBHOOK_NAME, &name, "a full name of a webhook", verdict) {
            finding.help("name it under a domain of yours: `check.example.com`");
        }
    }
    if let Some(effects) = hook.field("sideEffects")
        && let Some(text) = effects.str().filter(|text| matches!(*text, "Unknown" | "Some"))
    {
        checker
            .say(policy::SIDE_EFFECTS, &effects, format!("`sideEffects: {text}` is no longer allowed"))
            .help("say `None`, or `NoneOnDryRun` when dry runs are recognised");
    }
    checker.between(hook, "timeoutSeconds", 1, 30);
    review_versions(hook, "admissionReviewVersions", checker);
    match_conditions(hook, checker);
    if let Some(client) = hook.field("clientConfig") {
        client_config(&client, checker);
    }
}

/// The versions of a review that a webhook understands: one of them at least must be one that the server sends.
pub(super) fn review_versions(at: &At<'_>, key: &str, checker: &mut Checker<'_>) {
    let Some(versions) = at.field(key) else { return };
    if versions.len() == 0 {
        checker.say(policy::REVIEW_VERSIONS, &versions, format!("`{key}` is empty")).help("name `v1`");
        return;
    }
    for (at, text) in versions.texts() {
        checker.spelled(value::MALFORMED, &at, "a version", grammar::dns_1035_label(text));
    }
    checker.distinct(&versions, "the version", |at| at.str().map(|text| (text.to_owned(), text.to_owned())));
    if !versions.texts().any(|(_, text)| matches!(text, "v1" | "v1beta1")) {
        checker
            .say(policy::REVIEW_VERSIONS, &versions, format!("`{key}` names no version that the API server sends"))
            .help("name `v1`");
    }
}

fn match_conditions(at: &At<'_>, checker: &mut Checker<'_>) {
    checker.at_most(at, "matchConditions", 64);
    let Some(conditions) = at.field("matchConditions") else { return };
    for condition in conditions.items() {
        blank(&condition, "expression", checker);
        checker.filled(&condition, "name");
        checker.spelled_if_any(&condition, "name", "a qualified name", grammar::label_key);
    }
    checker.distinct(&conditions, "the condition", |at| {
        Some(at.text("name")).filter(|name| !name.is_empty()).map(|name| (name.to_owned(), name.to_owned()))
    });
}

/// An expression may not be nothing but space.
fn blank(at: &At<'_>, key: &str, checker: &mut Checker<'_>) {
    if let Some(member) = at.field(key).filter(|member| member.str().is_some_and(|text| text.trim().is_empty())) {
        checker.say(value::EMPTY, &member, format!("`{key}` is empty"));
    }
}

/// Where a webhook is: a URL or a Service.
pub(super) fn client_config(client: &At<'_>, checker: &mut Checker<'_>) {
    match (client.field("url"), client.field("service")) {
        (Some(_), Some(_)) => {
            checker
                .say(policy::WEBHOOK_CLIENT, client, "the webhook is at a URL and at a Service")
                .help("keep one of `url` and `service`");
        }
        (None, None) => {
            checker
                .say(policy::WEBHOOK_CLIENT, client, "nothing says where the webhook is")
                .help("add `service` or `url`");
        }
        (Some(url), None) => {
            if let Some(text) = url.str() {
                checker.spelled(policy::WEBHOOK_CLIENT, &url, "a URL of a webhook", webhook_url(text));
            }
        }
        (None, Some(service)) => {
            for key in ["name", "namespace"] {
                checker.filled(&service, key);
            }
            service::port_number(&service, "port", checker);
            if let Some(path) = service.field("path")
                && let Some(text) = path.str()
            {
                checker.spelled(policy::WEBHOOK_CLIENT, &path, "a path of a webhook", webhook_path(text));
            }
        }
    }
}

/// `https://host[:port][/path]`: no user, query or fragment.
fn webhook_url(url: &str) -> Verdict {
    let Some(rest) =
        url.split_once("://").and_then(|(scheme, rest)| scheme.eq_ignore_ascii_case("https").then_some(rest))
    else {
        return Err("it must begin with `https://`".into());
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() {
        return Err("it names no host".into());
    }
    if host.contains('@') {
        return Err("it must not hold a user".into());
    }
    let fragment = rest.split_once('#').is_some_and(|(_, fragment)| !fragment.is_empty());
    let query =
        rest.split('#').next().and_then(|rest| rest.split_once('?')).is_some_and(|(_, query)| !query.is_empty());
    if fragment || query { Err("it must not have a query or a fragment".into()) } else { Ok(()) }
}

fn webhook_path(path: &str) -> Verdict {
    if matches!(path, "" | "/") {
        return Ok(());
    }
    let Some(steps) = path.strip_prefix('/') else { return Err("it must begin with `/`".into()) };
    for step in steps.strip_suffix('/').unwrap_or(steps).split('/') {
        grammar::dns_subdomain(step).map_err(|why| format!("the segment `{step}`: {why}"))?;
    }
    Ok(())
}

fn rule(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let rule = At::new(node, path);
    for (key, what) in [("operations", "operations"), ("apiGroups", "API groups"), ("apiVersions", "API versions")] {
        checker.needed(&rule, key, "the rule matches nothing without");
        checker.wildcard_alone(&rule, key, what);
    }
    checker.needed(&rule, "resources", "the rule matches nothing without");
    if let Some(operations) = rule.field("operations") {
        for (at, text) in
            operations.texts().filter(|(_, text)| !matches!(*text, "*" | "CREATE" | "UPDATE" | "DELETE" | "CONNECT"))
        {
            checker.unsupported(&at, text, &["CREATE", "UPDATE", "DELETE", "CONNECT", "*"]);
        }
    }
    for key in ["apiVersions", "resources"] {
        let Some(list) = rule.field(key) else { continue };
        for (at, _) in list.texts().filter(|(_, text)| text.is_empty()) {
            checker.say(value::EMPTY, &at, format!("an item of `{key}` is empty"));
        }
    }
    if let Some(resources) = rule.field("resources") {
        wildcards(&resources, checker);
    }
}

/// `*/*`, `*`, `pods/*` and `*/scale` stand for others, which must not stand beside them.
fn wildcards(resources: &At<'_>, checker: &mut Checker<'_>) {
    let all: Vec<&str> = resources.node.items().filter_map(Node::as_str).collect();
    if all.len() > 1 && all.contains(&"*/*") {
        checker.say(value::WILDCARD, resources, "`*/*` stands for all resources, so no others may stand beside it");
    }
    // The server looks at the last resource without a subresource only.
    let last_plain = all.iter().rfind(|text| !text.is_empty() && !text.contains('/'));
    if all.contains(&"*") && last_plain.is_some_and(|text| *text != "*") {
        checker.say(value::WILDCARD, resources, "`*` stands for all resources, so no others may stand beside it");
    }
    for (index, (at, text)) in resources.texts().enumerate() {
        let Some((resource, sub)) = text.split_once('/') else { continue };
        let covered = all[..index]
            .iter()
            .filter_map(|earlier| earlier.split_once('/'))
            .find(|(r, s)| (*s == "*" && *r == resource) || (*r == "*" && *s == sub));
        if let Some((r, s)) = covered {
            checker.say(value::WILDCARD, &at, format!("{} is already meant by `{r}/{s}`", shown(text)));
        }
    }
}

fn policy(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    match spec.field("matchConstraints") {
        Some(constraints) => {
            checker.needed(&constraints, "resourceRules", "the policy must say which resources it is about")
        }
        None => {
            checker.lacks(
                value::EMPTY,
                &spec,
                "matchConstraints",
                "`matchConstraints` is missing: the policy must say which resources it is about",
            );
        }
    }
    match_conditions(&spec, checker);
    if spec.count("validations") + spec.count("auditAnnotations") == 0 {
        checker
            .say(policy::ADMISSION_POLICY, &spec, "the policy does nothing")
            .help("add `validations` or `auditAnnotations`");
    }
    if let Some(validations) = spec.field("validations") {
        for validation in validations.items() {
            blank(&validation, "expression", checker);
            if let Some(message) =
                validation.field("message").filter(|at| at.str().is_some_and(|text| text.trim().contains(['\n', '\r'])))
            {
                checker.say(policy::ADMISSION_POLICY, &message, "`message` must not hold a line break");
            }
            checker.chosen(&validation, "reason", &["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"]);
        }
    }
    if let Some(annotations) = spec.field("auditAnnotations") {
        checker.at_most(&spec, "auditAnnotations", 20);
        checker.distinct(&annotations, "the key", |at| Some((at.text("key").to_owned(), at.text("key").to_owned())));
    }
}

fn binding(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    checker.filled(&spec, "policyName");
    checker.spelled_if_any(&spec, "policyName", "a name of a ValidatingAdmissionPolicy", grammar::dns_subdomain);
    let Some(actions) = spec.field("validationActions") else { return };
    checker.needed(&spec, "validationActions", "the binding must say what happens to what the policy refuses");
    for (at, text) in actions.texts().filter(|(_, text)| !matches!(*text, "Deny" | "Warn" | "Audit")) {
        checker.unsupported(&at, text, &["Deny", "Warn", "Audit"]);
    }
    checker.distinct(&actions, "the action", |at| at.str().map(|text| (text.to_owned(), text.to_owned())));
    let has = |name: &str| actions.texts().any(|(_, text)| text == name);
    if has("Deny") && has("Warn") {
        checker
            .say(policy::ADMISSION_POLICY, &actions, "`Deny` and `Warn` say the same to the user twice")
            .help("keep one of them");
    }
}

fn param_kind(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let kind = At::new(node, path);
    checker.needed(&kind, "apiVersion", "the kind of the parameters needs it");
    checker.needed(&kind, "kind", "the parameters need it");
}

fn param_ref(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let reference = At::new(node, path);
    let named = !reference.text("name").is_empty();
    if named == reference.has("selector") {
        checker
            .say(policy::ADMISSION_POLICY, &reference, "parameters are named or selected by labels")
            .help("set one of `name` and `selector`");
    }
    metadata::segment_at(&reference, "name", checker);
    checker.needed(&reference, "parameterNotFoundAction", "what happens when the parameters are not there");
    checker.chosen(&reference, "parameterNotFoundAction", &["Allow", "Deny", ""]);
}
