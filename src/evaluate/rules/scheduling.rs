//! Where a pod may run, by its own word: tolerations, spread, gates, node labels.
//! See `ValidateTolerations`, `validateTopologySpreadConstraints`, `validateSchedulingGates` in
//! `pkg/apis/core/validation/validation.go`.

use std::collections::HashSet;

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{Met, items, text},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.Toleration", toleration),
    ("io.k8s.api.core.v1.TopologySpreadConstraint", spread),
    ("io.k8s.api.core.v1.PodSpec", spread_once),
    ("io.k8s.api.core.v1.PodSpec", gates),
    ("io.k8s.api.core.v1.PodSpec", node_selector),
];

/// <https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/>
fn toleration(toleration: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.word(code::TOLERATION, toleration, path, "key", "taint key", grammar::label_key);
    let operator = text(toleration, "operator").unwrap_or("Equal");
    if text(toleration, "key").is_none() && operator != "Exists" {
        checker
            .blame(code::TOLERATION, toleration, path, "operator", "a toleration without key tolerates nothing")
            .help("set `key`, or `operator: Exists` to tolerate every taint");
    }
    let value = text(toleration, "value").unwrap_or_default();
    match operator {
        "Equal" => checker.word(code::TOLERATION, toleration, path, "value", "taint value", grammar::label_value),
        "Exists" if !value.is_empty() => {
            checker
                .blame(code::TOLERATION, toleration, path, "value", "`operator: Exists` with a `value`")
                .help("remove `value`, or use `operator: Equal`");
        }
        // KEP-5471, whose gate is off by default; before 1.35 the schema does not know them.
        "Lt" | "Gt" if checker.version >= Version(1, 35) => {
            let message = format!("`operator: {operator}` works only where an alpha feature is turned on");
            checker.blame(code::TOLERATION, toleration, path, "operator", message).help("use `Equal` or `Exists`");
        }
        _ => {}
    }
    if toleration.field("tolerationSeconds").is_some() && text(toleration, "effect") != Some("NoExecute") {
        checker
            .blame(
                code::TOLERATION,
                toleration,
                path,
                "tolerationSeconds",
                "`tolerationSeconds` without `effect: NoExecute`",
            )
            .help("only `NoExecute` evicts running pods; set that effect, or remove `tolerationSeconds`");
    }
}

/// <https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/>
fn spread(constraint: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.within(code::TOPOLOGY_SPREAD, constraint, path, "maxSkew", 1..=i64::MAX);
    checker.within(code::TOPOLOGY_SPREAD, constraint, path, "minDomains", 1..=i64::MAX);
    checker.not_empty(code::TOPOLOGY_SPREAD, constraint, path, &["topologyKey", "whenUnsatisfiable"]);
    if constraint.field("minDomains").is_some() && text(constraint, "whenUnsatisfiable") == Some("ScheduleAnyway") {
        checker
            .blame(code::TOPOLOGY_SPREAD, constraint, path, "minDomains", "`minDomains` with `ScheduleAnyway`")
            .help("set `whenUnsatisfiable: DoNotSchedule`, or remove `minDomains`");
    }
    match_label_keys(constraint, path, checker);
}

/// Label keys whose values come from the incoming pod (KEP-3243).
fn match_label_keys(constraint: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let keys = items(constraint, "matchLabelKeys");
    let selector = constraint.field("labelSelector");
    if !keys.is_empty() && selector.is_none() {
        checker.blame_key(
            code::TOPOLOGY_SPREAD,
            constraint,
            path,
            "matchLabelKeys",
            "`matchLabelKeys` without `labelSelector`",
        );
    }
    let list = path.key("matchLabelKeys");
    for (index, key) in keys.iter().enumerate() {
        let Some(text) = key.as_str() else { continue };
        if let Err(why) = grammar::label_key(text) {
            let message = format!("`{text}` is not a valid label key: {why}");
            checker.report(code::TOPOLOGY_SPREAD, key.span, &list.index(index), message);
        }
        if selector.is_some_and(|selector| selects_too(selector, text, checker.version < Version(1, 34))) {
            let message = format!("`{text}` is in `labelSelector` too");
            checker.report(code::TOPOLOGY_SPREAD, key.span, &list.index(index), message);
        }
    }
}

/// Whether the selector selects by `key` already. Where the server writes the keys of `matchLabelKeys` into the
/// selector itself, it overlooks one, because it takes that for its own.
pub(super) fn selects_too(selector: &Node, key: &str, strictly: bool) -> bool {
    let label = selector.field("matchLabels").is_some_and(|labels| labels.get(key).is_some());
    let expressions = items(selector, "matchExpressions").iter();
    let expressions = expressions.filter(|expression| text(expression, "key") == Some(key)).count();
    usize::from(label) + expressions > usize::from(!strictly)
}

/// Each pair of topology and consequence once.
fn spread_once(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let constraints = items(spec, "topologySpreadConstraints");
    let list = path.key("topologySpreadConstraints");
    let mut met = HashSet::new();
    for (index, constraint) in constraints.iter().enumerate() {
        let pair = |node| Some((text(node, "topologyKey")?, text(node, "whenUnsatisfiable")?));
        let Some((topology, consequence)) = pair(constraint) else { continue };
        if !met.insert((topology, consequence)) {
            let message = format!("two constraints spread over `{topology}` with `{consequence}`");
            checker
                .blame(code::TOPOLOGY_SPREAD, constraint, &list.index(index), "topologyKey", message)
                .help("make one of them");
        }
    }
}

/// KEP-3521.
fn gates(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let gates = items(spec, "schedulingGates");
    let list = path.key("schedulingGates");
    let mut met = Met::default();
    for (index, gate) in gates.iter().enumerate() {
        let path = list.index(index);
        checker.not_empty(code::SCHEDULING_GATE, gate, &path, &["name"]);
        checker.word(code::SCHEDULING_GATE, gate, &path, "name", "gate name", grammar::label_key);
        if let Some(name) = text(gate, "name")
            && met.before(name, gate).is_some()
        {
            checker.blame(code::SCHEDULING_GATE, gate, &path, "name", format!("two gates are named `{name}`"));
        }
    }
}

fn node_selector(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let path = path.key("nodeSelector");
    for entry in spec.field("nodeSelector").into_iter().flat_map(Node::entries) {
        if let Err(why) = grammar::label_key(&entry.key) {
            let message = format!("`{}` is not a valid label key: {why}", entry.key);
            checker.report(code::NODE_SELECTOR, entry.key_span, &path.key(&entry.key), message);
        }
        if let Some(value) = entry.value.as_str()
            && let Err(why) = grammar::label_value(value)
        {
            let message = format!("`{value}` is not a valid label value: {why}");
            checker.report(code::NODE_SELECTOR, entry.value.span, &path.key(&entry.key), message);
        }
    }
}
