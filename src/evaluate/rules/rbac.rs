//! Roles and who has them.
//!
//! Follows `pkg/apis/rbac/validation/validation.go`; <https://kubernetes.io/docs/reference/access-authn-authz/rbac/>.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::policy},
};

use super::{Check, at::At, grammar, metadata};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.rbac.v1.Role", rules),
    ("io.k8s.api.rbac.v1.ClusterRole", rules),
    ("io.k8s.api.rbac.v1.ClusterRole", aggregation),
    ("io.k8s.api.rbac.v1.RoleBinding", binding),
    ("io.k8s.api.rbac.v1.ClusterRoleBinding", binding),
];

const GROUP: &str = "rbac.authorization.k8s.io";

fn rules(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(rules) = root.field("rules") else { return };
    for rule in rules.items() {
        self::rule(&rule, checker);
    }
}

fn rule(rule: &At<'_>, checker: &mut Checker<'_>) {
    if rule.has("verbs") {
        checker.needed(rule, "verbs", "the rule allows nothing");
    }
    let urls = rule.field("nonResourceURLs").filter(|urls| urls.len() > 0);
    let Some(urls) = urls else {
        checker.needed(
            rule,
            "apiGroups",
            "the rule must say of which API groups the resources are; `\"\"` is the core group",
        );
        checker.needed(rule, "resources", "the rule must name resources");
        return;
    };
    if checker.subject.kind == "Role" {
        checker
            .say(policy::RULE_URLS, &urls, "a Role belongs to a namespace, and URLs do not")
            .help("use a ClusterRole");
    }
    if ["apiGroups", "resources", "resourceNames"].iter().any(|key| rule.count(key) > 0) {
        checker
            .say(policy::RULE_URLS, &urls, "the rule is about resources and about URLs")
            .help("make two rules of it");
    }
}

fn aggregation(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if let Some(aggregation) = At::new(node, path).field("aggregationRule") {
        checker.needed(&aggregation, "clusterRoleSelectors", "they select the ClusterRoles that are put together");
    }
}

fn binding(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let cluster = checker.subject.kind == "ClusterRoleBinding";
    if let Some(role) = root.field("roleRef") {
        role_ref(&role, cluster, checker);
    }
    let Some(subjects) = root.field("subjects") else { return };
    for subject in subjects.items() {
        self::subject(&subject, cluster, checker);
    }
}

fn role_ref(role: &At<'_>, cluster: bool, checker: &mut Checker<'_>) {
    if let Some(group) = role.field("apiGroup")
        && let Some(text) = group.str().filter(|text| *text != GROUP && !text.is_empty())
    {
        checker.unsupported(&group, text, &[GROUP]);
    }
    let kinds: &[&str] = if cluster { &["ClusterRole"] } else { &["Role", "ClusterRole"] };
    if let Some(kind) = role.field("kind")
        && let Some(text) = kind.str().filter(|text| !kinds.contains(text))
    {
        let message = format!("a {} cannot refer to a `{text}`", checker.subject.kind);
        let finding = checker.say(policy::ROLE_REF, &kind, message);
        finding.help(if cluster { "it can refer to a ClusterRole" } else { "it can refer to a Role or a ClusterRole" });
    }
    checker.filled(role, "name");
    metadata::segment_at(role, "name", checker);
}

fn subject(subject: &At<'_>, cluster: bool, checker: &mut Checker<'_>) {
    checker.filled(subject, "name");
    match subject.text("kind") {
        "ServiceAccount" => {
            checker.spelled_if_any(subject, "name", "a name of a ServiceAccount", grammar::dns_subdomain);
            if let Some(group) =
                subject.field("apiGroup").filter(|group| group.str().is_some_and(|text| !text.is_empty()))
            {
                checker
                    .say(policy::SUBJECT, &group, "ServiceAccounts are of the core group: `apiGroup` must be empty")
                    .help("remove `apiGroup`");
            }
            if cluster && subject.text("namespace").is_empty() {
                checker.lacks(
                    policy::SUBJECT,
                    subject,
                    "namespace",
                    "the ServiceAccount needs its namespace: a ClusterRoleBinding has none of its own",
                );
            }
        }
        // An empty group is filled in.
        "User" | "Group" => {
            if let Some(group) = subject.field("apiGroup")
                && let Some(text) = group.str().filter(|text| !matches!(*text, "" | GROUP))
            {
                checker.unsupported(&group, text, &[GROUP]);
            }
        }
        other => {
            if let Some(kind) = subject.field("kind") {
                checker
                    .say(policy::SUBJECT, &kind, format!("`{other}` cannot have roles"))
                    .help("subjects are a `User`, a `Group` or a `ServiceAccount`");
            }
        }
    }
}
