//! Probes and lifecycle hooks: one handler each, that can work.
//! See `validateProbe`, `validateHandler`, `validateLifecycle` in `pkg/apis/core/validation/validation.go`.

use crate::{
    document::{Node, Path, Value},
    evaluate::{Checker, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{items, number},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.Container", of_container),
    ("io.k8s.api.core.v1.Probe", probe),
    ("io.k8s.api.core.v1.LifecycleHandler", hook),
    ("io.k8s.api.core.v1.ExecAction", exec),
    ("io.k8s.api.core.v1.HTTPGetAction", http_get),
    ("io.k8s.api.core.v1.TCPSocketAction", tcp_socket),
    ("io.k8s.api.core.v1.GRPCAction", grpc),
];

/// What depends on which probe of the container it is.
fn of_container(container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    for key in ["livenessProbe", "startupProbe"] {
        let Some(probe) = container.field(key) else { continue };
        if let Some(threshold) = number(probe, "successThreshold").filter(|threshold| !matches!(threshold, 0 | 1)) {
            let message = format!("`successThreshold` of a {key} is {threshold}; it must be 1");
            checker
                .blame(code::PROBE_SETTING, probe, &path.key(key), "successThreshold", message)
                .help("one success ends this probe; only a readiness probe can ask for more");
        }
    }
    if let Some(probe) = container.field("readinessProbe")
        && probe.field("terminationGracePeriodSeconds").is_some()
    {
        checker
            .blame_key(
                code::PROBE_SETTING,
                probe,
                &path.key("readinessProbe"),
                "terminationGracePeriodSeconds",
                "a readiness probe has no `terminationGracePeriodSeconds`",
            )
            .help("remove it: a failing readiness probe terminates nothing");
    }
}

fn probe(probe: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.exactly_one(code::HANDLER, probe, path, "probe", &["exec", "httpGet", "tcpSocket", "grpc"]);
    for key in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
        checker.within(code::PROBE_SETTING, probe, path, key, 0..=i64::MAX);
    }
    checker.within(code::PROBE_SETTING, probe, path, "terminationGracePeriodSeconds", 1..=i64::MAX);
}

fn hook(hook: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    // Sleep is dropped before its gate came on (KEP-3960).
    let keys: &[&str] = if checker.version >= Version(1, 30) {
        &["exec", "httpGet", "tcpSocket", "sleep"]
    } else {
        &["exec", "httpGet", "tcpSocket"]
    };
    checker.exactly_one(code::HANDLER, hook, path, "lifecycle hook", keys);
}

fn exec(exec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if exec.as_mapping().is_some() && items(exec, "command").is_empty() {
        checker.blame(code::HANDLER_TARGET, exec, path, "command", "the `exec` handler has no command");
    }
}

fn http_get(action: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    port(action, path, checker);
    let list = path.key("httpHeaders");
    for (index, header) in items(action, "httpHeaders").iter().enumerate() {
        let path = list.index(index);
        checker.not_empty(code::HANDLER_TARGET, header, &path, &["name"]);
        checker.word(code::HANDLER_TARGET, header, &path, "name", "header name", grammar::header_name);
    }
}

fn tcp_socket(action: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    port(action, path, checker);
}

fn grpc(action: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.within(code::HANDLER_TARGET, action, path, "port", 1..=65535);
}

/// A port by number or by name.
fn port(action: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(port) = action.field("port") else { return };
    match &port.value {
        Value::String(name) => {
            if let Err(why) = grammar::port_name(name) {
                let message = format!("`{name}` is not a valid port name: {why}");
                let finding = checker.report(code::HANDLER_TARGET, port.span, &path.key("port"), message);
                if name.parse::<u16>().is_ok() {
                    finding.help(format!("write the number without quotes: `port: {name}`"));
                }
            }
        }
        _ => checker.within(code::HANDLER_TARGET, action, path, "port", 1..=65535),
    }
}

/// A hook may not sleep longer than the pod has to die.
pub(super) fn sleeps(container: &Node, grace_period: i64, path: &Path<'_>, checker: &mut Checker<'_>) {
    let least = if checker.version >= Version(1, 33) { 0 } else { 1 };
    if checker.version < Version(1, 30) {
        return;
    }
    let lifecycle = path.key("lifecycle");
    for key in ["postStart", "preStop"] {
        let Some(sleep) = container.at(&["lifecycle", key, "sleep"]) else { continue };
        let Some(seconds) = number(sleep, "seconds") else { continue };
        let hook = lifecycle.key(key);
        let path = hook.key("sleep");
        if seconds > grace_period {
            let message = format!("`{key}` sleeps {seconds} seconds, but the pod has {grace_period} to terminate");
            checker
                .blame(code::HANDLER_TARGET, sleep, &path, "seconds", message)
                .help("raise `terminationGracePeriodSeconds` of the pod");
        } else if seconds < least {
            let message = format!("`{key}` sleeps {seconds} seconds; the least is {least}");
            checker.blame(code::HANDLER_TARGET, sleep, &path, "seconds", message);
        }
    }
}
