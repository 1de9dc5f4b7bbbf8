//! How many pods there are and which go first: HorizontalPodAutoscalers, PodDisruptionBudgets, PriorityClasses.
//!
//! Follows `pkg/apis/{autoscaling,policy,scheduling}/validation/validation.go`;
//! <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>.

use crate::{
    document::{Node, Path, Quantity},
    evaluate::{
        Checker,
        code::{policy, value},
    },
    registry::Version,
};

use super::{
    Check,
    at::{self, At, shown},
    grammar, metadata,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler", autoscaler),
    ("io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler", autoscaler),
    ("io.k8s.api.autoscaling.v2.MetricSpec", metric),
    ("io.k8s.api.autoscaling.v2.MetricTarget", target),
    ("io.k8s.api.autoscaling.v2.HPAScalingRules", scaling_rules),
    ("io.k8s.api.policy.v1.PodDisruptionBudgetSpec", budget),
    ("io.k8s.api.scheduling.v1.PriorityClass", priority),
];

fn autoscaler(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    bounds(&spec, checker);
    let Some(reference) = spec.field("scaleTargetRef") else { return };
    for key in ["kind", "name"] {
        checker.filled(&reference, key);
        metadata::segment_at(&reference, key, checker);
    }
    if let Some(version) = reference.field("apiVersion")
        && let Some(text) = version.str().filter(|text| text.matches('/').count() > 1)
        && checker.version >= Version(1, 34)
    {
        checker.say(
            policy::SCALE_TARGET,
            &version,
            format!("{} is not an API version: `group/version` or `version`", shown(text)),
        );
    }
}

fn bounds(spec: &At<'_>, checker: &mut Checker<'_>) {
    let (least, most) = (spec.number("minReplicas"), spec.field("maxReplicas"));
    // Since 1.37 an autoscaler may scale to zero, driven by a metric that lives without pods.
    let lowest = if checker.version >= Version(1, 37) { 0 } else { 1 };
    checker.between(spec, "minReplicas", lowest, i64::MAX);
    if least == Some(0)
        && lowest == 0
        && let Some(blamed) = spec.field("minReplicas")
        && !spec
            .field("metrics")
            .is_some_and(|metrics| metrics.items().any(|metric| matches!(metric.text("type"), "Object" | "External")))
        && checker.subject.api_version == "autoscaling/v2"
    {
        checker
            .say(policy::SCALE_BOUNDS, &blamed, "scaling to zero needs a metric that lives without pods")
            .help("add a metric of type `Object` or `External`");
    }
    checker.between(spec, "maxReplicas", 1, i64::MAX);
    if let (Some(least), Some(most)) = (least, most)
        && let Some(number) = most.node.as_i64().filter(|&number| number < least && number > 0)
    {
        checker.say(
            policy::SCALE_BOUNDS,
            &most,
            format!("`maxReplicas` is {number}, below `minReplicas`, which is {least}"),
        );
    }
}

/// Types of metrics and the member that each fills.
const METRICS: &[(&str, &str)] = &[
    ("Object", "object"),
    ("Pods", "pods"),
    ("Resource", "resource"),
    ("External", "external"),
    ("ContainerResource", "containerResource"),
];

fn metric(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let metric = At::new(node, path);
    let kind = metric.text("type");
    let Some((_, member)) = METRICS.iter().find(|(name, _)| *name == kind) else {
        if let Some(at) = metric.field("type") {
            checker.unsupported(&at, kind, &METRICS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
        return;
    };
    for (_, other) in METRICS.iter().filter(|(_, other)| other != member) {
        checker.unwanted(policy::METRIC, &metric, other, &format!("the type of the metric is `{kind}`"));
    }
    let Some(source) = metric.field(member) else {
        checker.lacks(policy::METRIC, &metric, member, format!("a metric of type `{kind}` needs `{member}`"));
        return;
    };
    metric_source(&source, kind, checker);
}

fn metric_source(source: &At<'_>, kind: &str, checker: &mut Checker<'_>) {
    if let Some(identifier) = source.field("metric") {
        checker.filled(&identifier, "name");
        metadata::segment_at(&identifier, "name", checker);
    }
    if let Some(object) = source.field("describedObject") {
        for key in ["kind", "name"] {
            checker.filled(&object, key);
            metadata::segment_at(&object, key, checker);
        }
    }
    for key in ["name", "container"] {
        checker.filled(source, key);
    }
    checker.spelled_if_any(source, "container", "a name of a container", grammar::dns_label);
    let Some(target) = source.field("target") else { return };
    // What each type can be held against, and whether one of them is enough.
    let (choices, both): (&[&str], bool) = match kind {
        "Object" => (&["value", "averageValue"], true),
        "External" => (&["value", "averageValue"], false),
        "Pods" => (&["averageValue"], true),
        _ => (&["averageUtilization", "averageValue"], false),
    };
    let set = choices.iter().filter(|choice| target.has(choice)).count();
    if set == 0 {
        let listed = choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(" or ");
        checker.say(policy::METRIC, &target, format!("the target of a metric of type `{kind}` needs {listed}"));
    } else if set > 1 && !both {
        checker.say(
            policy::METRIC,
            &target,
            format!("the target of a metric of type `{kind}` is one of `{}` and `{}`", choices[0], choices[1]),
        );
    }
}

fn target(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let target = At::new(node, path);
    checker.chosen(&target, "type", &["Utilization", "Value", "AverageValue"]);
    for key in ["value", "averageValue"] {
        if let Some(at) = target
            .field(key)
            .filter(|at| Quantity::of(at.node).is_some_and(|amount| amount.is_zero() || amount.is_negative()))
        {
            checker.say(value::QUANTITY, &at, format!("`{key}` must be above zero"));
        }
    }
    checker.between(&target, "averageUtilization", 1, i64::MAX);
}

fn scaling_rules(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let rules = At::new(node, path);
    checker.between(&rules, "stabilizationWindowSeconds", 0, 3600);
    checker.chosen(&rules, "selectPolicy", &["Max", "Min", "Disabled"]);
    if let Some(policies) = rules.field("policies") {
        if policies.len() == 0 {
            checker.say(value::EMPTY, &policies, "`policies` is empty").help("remove it for the default policies");
        }
        for policy in policies.items() {
            checker.chosen(&policy, "type", &["Pods", "Percent"]);
            checker.between(&policy, "value", 1, i64::MAX);
            checker.between(&policy, "periodSeconds", 1, 1800);
        }
    }
    if let Some(tolerance) =
        rules.field("tolerance").filter(|at| Quantity::of(at.node).is_some_and(|amount| amount.is_negative()))
    {
        checker.say(value::QUANTITY, &tolerance, "`tolerance` is negative");
    }
}

fn budget(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    if spec.has("minAvailable")
        && let Some(most) = spec.field("maxUnavailable")
    {
        checker
            .say(policy::BUDGET_BOTH, &most, "`minAvailable` and `maxUnavailable` are both set")
            .help("keep one of them");
    }
    for key in ["minAvailable", "maxUnavailable"] {
        at::amount(&spec, key, true, checker);
    }
}

const HIGHEST_PRIORITY: i64 = 1_000_000_000;

fn priority(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(metadata) = root.field("metadata") else { return };
    if metadata.text("name").starts_with("system-") {
        let known = matches!(
            (metadata.text("name"), root.number("value")),
            ("system-cluster-critical", Some(2_000_000_000)) | ("system-node-critical", Some(2_000_001_000))
        );
        if !known && let Some(name) = metadata.field("name") {
            checker.say(policy::PRIORITY, &name, "names that begin with `system-` belong to Kubernetes");
        }
    } else if let Some(at) = root.field("value")
        && let Some(number) = at.node.as_i64().filter(|&number| number > HIGHEST_PRIORITY)
    {
        checker.say(
            policy::PRIORITY,
            &at,
            format!("the priority {number} is above {HIGHEST_PRIORITY}; what is above belongs to Kubernetes"),
        );
    }
}
