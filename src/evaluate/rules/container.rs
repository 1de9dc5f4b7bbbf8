//! Containers by themselves: name, image, ports, restart and resize policies, and what init and ephemeral containers
//! must not have. See `validateContainerCommon` and its neighbours in `pkg/apis/core/validation/validation.go`.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{Met, is_empty, items, number, text},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.Container", common),
    ("io.k8s.api.core.v1.Container", restart_rules),
    ("io.k8s.api.core.v1.EphemeralContainer", common),
    ("io.k8s.api.core.v1.EphemeralContainer", ephemeral),
    ("io.k8s.api.core.v1.ContainerPort", port),
    ("io.k8s.api.core.v1.ContainerResizePolicy", resize_policy),
];

fn common(container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::CONTAINER_NAME, container, path, &["name"]);
    checker.word(code::CONTAINER_NAME, container, path, "name", "container name", grammar::dns_label);
    if container.field("image").is_none_or(is_empty) {
        let name = text(container, "name").unwrap_or_default();
        checker
            .blame(code::CONTAINER_IMAGE, container, path, "image", format!("container `{name}` has no image"))
            .help("set `image`, such as `nginx:1.29`");
    }
    duplicate_port_names(container, path, checker);
    duplicate_resize_policies(container, path, checker);
}

fn duplicate_port_names(container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let ports = items(container, "ports");
    let mut met = Met::default();
    for (index, port) in ports.iter().enumerate() {
        let Some(name) = text(port, "name") else { continue };
        if met.before(name, port).is_some() {
            let list = path.key("ports");
            let message = format!("two ports of the container are named `{name}`");
            checker.blame(code::PORT_NAME, port, &list.index(index), "name", message);
        }
    }
}

fn port(port: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.word(code::PORT_NAME, port, path, "name", "port name", grammar::port_name);
    checker.within(code::PORT_NUMBER, port, path, "containerPort", 1..=65535);
    // 0 is "no host port".
    checker.within(code::PORT_NUMBER, port, path, "hostPort", 0..=65535);
}

fn resize_policy(policy: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 33) {
        return;
    }
    checker.one_of(code::RESIZE_POLICY, policy, path, "resourceName", &["cpu", "memory"]);
    checker.one_of(code::RESIZE_POLICY, policy, path, "restartPolicy", &["NotRequired", "RestartContainer"]);
}

fn duplicate_resize_policies(container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 33) {
        return;
    }
    let policies = items(container, "resizePolicy");
    let mut met = Met::default();
    for (index, policy) in policies.iter().enumerate() {
        let Some(name) = text(policy, "resourceName") else { continue };
        if met.before(name, policy).is_some() {
            let list = path.key("resizePolicy");
            let message = format!("`resizePolicy` names `{name}` twice");
            checker.blame(code::RESIZE_POLICY, policy, &list.index(index), "resourceName", message);
        }
    }
}

/// KEP-5307, container restart rules: since 1.35 any container may have its own restart policy. See `pod` for who may
/// have one before that.
fn restart_rules(container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 35) {
        return;
    }
    checker.one_of(code::CONTAINER_RESTART, container, path, "restartPolicy", &["Always", "Never", "OnFailure"]);
    let rules = items(container, "restartPolicyRules");
    if !rules.is_empty() && container.field("restartPolicy").is_none() {
        checker
            .blame_key(
                code::CONTAINER_RESTART,
                container,
                path,
                "restartPolicyRules",
                "`restartPolicyRules` without `restartPolicy`",
            )
            .help("set the container's `restartPolicy`: it holds where no rule matches");
    }
    if rules.len() > 20 {
        let message = format!("{} restart rules; there may be 20", rules.len());
        checker.blame(code::CONTAINER_RESTART, container, path, "restartPolicyRules", message);
    }
    let list = path.key("restartPolicyRules");
    for (index, rule) in rules.iter().enumerate() {
        restart_rule(rule, &list.index(index), checker);
    }
}

fn restart_rule(rule: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let actions: &[&str] =
        if checker.version >= Version(1, 36) { &["Restart", "RestartAllContainers"] } else { &["Restart"] };
    checker.one_of(code::CONTAINER_RESTART, rule, path, "action", actions);
    let Some(exit_codes) = rule.field("exitCodes") else {
        checker.blame(code::CONTAINER_RESTART, rule, path, "exitCodes", "the restart rule has no `exitCodes`");
        return;
    };
    let path = path.key("exitCodes");
    checker.one_of(code::CONTAINER_RESTART, exit_codes, &path, "operator", &["In", "NotIn"]);
    let values = items(exit_codes, "values");
    if values.len() > 255 {
        let message = format!("{} exit codes; there may be 255", values.len());
        checker.blame(code::CONTAINER_RESTART, exit_codes, &path, "values", message);
    }
}

/// Ephemeral containers are for looking at a running pod: they get nothing of their own
/// (<https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/>).
fn ephemeral(container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    const NOT_FOR_THEM: &[&str] =
        &["ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resources", "resizePolicy"];
    for key in NOT_FOR_THEM {
        if container.field(key).is_some_and(|value| !is_empty(value)) {
            let message = format!("`{key}` cannot be set for an ephemeral container");
            checker.blame_key(code::EPHEMERAL_CONTAINER, container, path, key, message);
        }
    }
    let list = path.key("volumeMounts");
    for (index, mount) in items(container, "volumeMounts").iter().enumerate() {
        for key in ["subPath", "subPathExpr"] {
            if text(mount, key).is_some() {
                let message = format!("`{key}` cannot be set for an ephemeral container");
                checker.blame_key(code::EPHEMERAL_CONTAINER, mount, &list.index(index), key, message);
            }
        }
    }
}

/// `protocol/address/port` on the node, as far as the container asks for it.
pub(super) fn host_port(port: &Node, host_network: bool) -> Option<(&str, &str, i64)> {
    let asked = number(port, "hostPort").filter(|&number| number != 0);
    let asked = if host_network { asked.or_else(|| number(port, "containerPort")) } else { asked };
    Some((text(port, "protocol").unwrap_or("TCP"), text(port, "hostIP").unwrap_or_default(), asked?))
}
