//! Deployments, ReplicaSets, StatefulSets, DaemonSets, ReplicationControllers: what keeps pods running.
//!
//! Follows `pkg/apis/apps/validation/validation.go` and the part on replication controllers of `pkg/apis/core/validation`,
//! with the defaults of `pkg/apis/apps/v1/defaults.go`.

use crate::{
    document::{Node, Path},
    evaluate::{
        Checker, Location, Severity,
        code::{schema, value},
    },
    registry::Version,
};

use super::{
    Check,
    at::{self, Amount, At},
    grammar, storage,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.apps.v1.Deployment", deployment),
    ("io.k8s.api.apps.v1.ReplicaSet", replica_set),
    ("io.k8s.api.apps.v1.StatefulSet", stateful_set),
    ("io.k8s.api.apps.v1.DaemonSet", daemon_set),
    ("io.k8s.api.apps.v1.ControllerRevision", controller_revision),
    ("io.k8s.api.core.v1.ReplicationController", replication_controller),
];

fn controller_revision(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_negative(&At::new(node, path), &["revision"]);
}

fn deployment(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    checker.not_negative(&spec, &["replicas", "minReadySeconds", "revisionHistoryLimit"]);
    selector_and_template(&spec, checker);
    if let Some(strategy) = spec.field("strategy") {
        deployment_strategy(&strategy, checker);
    }
    progress_deadline(&spec, checker);
}

fn deployment_strategy(strategy: &At<'_>, checker: &mut Checker<'_>) {
    match strategy.text("type") {
        "Recreate" => checker.unwanted(value::STRATEGY_FIELD, strategy, "rollingUpdate", "the strategy is `Recreate`"),
        "" | "RollingUpdate" => {
            let Some(rolling) = strategy.field("rollingUpdate") else { return };
            let unavailable = at::amount(&rolling, "maxUnavailable", true, checker);
            let surge = at::amount(&rolling, "maxSurge", false, checker);
            if unavailable.is_some_and(Amount::is_zero) && surge.is_some_and(Amount::is_zero) {
                stuck(&rolling, checker);
            }
        }
        _ => {}
    }
}

fn stuck(rolling: &At<'_>, checker: &mut Checker<'_>) {
    let Some(unavailable) = rolling.field("maxUnavailable") else { return };
    checker
        .say(
            value::ROLLOUT_STUCK,
            &unavailable,
            "`maxUnavailable` and `maxSurge` are both 0, so no pod could ever be replaced",
        )
        .help("allow one pod more (`maxSurge: 1`) or one pod less (`maxUnavailable: 1`)");
}

const PROGRESS_DEADLINE: i64 = 600;

fn progress_deadline(spec: &At<'_>, checker: &mut Checker<'_>) {
    let ready = spec.number("minReadySeconds").unwrap_or_default();
    let deadline = spec.field("progressDeadlineSeconds");
    let seconds = deadline.as_ref().map_or(Some(PROGRESS_DEADLINE), |at| at.node.as_i64());
    let Some(seconds) = seconds.filter(|&seconds| seconds <= ready) else { return };
    let default = if deadline.is_some() { "" } else { " (the default)" };
    let message = format!(
        "`progressDeadlineSeconds` is {seconds}{default}; it must be above `minReadySeconds`, which is {ready}"
    );
    match (deadline, spec.field("minReadySeconds")) {
        (Some(blamed), _) | (None, Some(blamed)) => checker.say(value::PROGRESS_DEADLINE, &blamed, message),
        (None, None) => return,
    };
}

fn replica_set(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    checker.not_negative(&spec, &["replicas", "minReadySeconds"]);
    selector_and_template(&spec, checker);
}

fn stateful_set(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    checker.not_negative(&spec, &["replicas", "minReadySeconds"]);
    selector_and_template(&spec, checker);
    volumes_of_claims(&spec, checker);
    if let Some(ordinals) = spec.field("ordinals") {
        checker.not_negative(&ordinals, &["start"]);
    }
    if checker.version >= Version(1, 33) {
        checker.spelled_if_any(&spec, "serviceName", "a name of a Service", grammar::dns_label);
    }
    if let Some(policy) = spec.field("persistentVolumeClaimRetentionPolicy") {
        for key in ["whenDeleted", "whenScaled"] {
            checker.chosen(&policy, key, &["Retain", "Delete", ""]);
        }
    }
    if let Some(strategy) = spec.field("updateStrategy") {
        stateful_strategy(&strategy, checker);
    }
    if checker.version >= Version(1, 34)
        && let Some(claims) = spec.field("volumeClaimTemplates")
    {
        for claim in claims.items() {
            if let Some(spec) = claim.field("spec") {
                storage::claim_spec(&spec, checker);
            }
        }
    }
}

/// A volume with the name of a claim template is replaced by the claim before anybody looks at it
/// (`volumesToAddForTemplates` of Kubernetes): what was said of it is worth a warning.
fn volumes_of_claims(spec: &At<'_>, checker: &mut Checker<'_>) {
    let claims = spec.node.field("volumeClaimTemplates").into_iter().flat_map(Node::items);
    let names: Vec<&str> = claims.filter_map(|claim| claim.at(&["metadata", "name"]).and_then(Node::as_str)).collect();
    let volumes = spec.node.at(&["template", "spec", "volumes"]).into_iter().flat_map(Node::items);
    let is_replaced = |volume: &Node| volume.str_at("name").is_some_and(|name| names.contains(&name));
    for (index, _) in volumes.enumerate().filter(|(_, volume)| is_replaced(volume)) {
        let below = format!("{}.template.spec.volumes[{index}].", spec.path);
        for finding in checker.findings.iter_mut().filter(|it| it.path.starts_with(&below)) {
            if finding.code != schema::UNKNOWN_FIELD {
                finding.severity = finding.severity.min(Severity::Warning);
            }
        }
    }
}

fn stateful_strategy(strategy: &At<'_>, checker: &mut Checker<'_>) {
    match strategy.text("type") {
        "OnDelete" => checker.unwanted(value::STRATEGY_FIELD, strategy, "rollingUpdate", "the strategy is `OnDelete`"),
        "" | "RollingUpdate" => {
            let Some(rolling) = strategy.field("rollingUpdate") else { return };
            checker.not_negative(&rolling, &["partition"]);
            // Until then the field is behind a feature gate that is off, and the server drops it.
            if checker.version >= Version(1, 37)
                && at::amount(&rolling, "maxUnavailable", true, checker).is_some_and(Amount::is_zero)
                && let Some(unavailable) = rolling.field("maxUnavailable")
            {
                checker.say(
                    value::ROLLOUT_STUCK,
                    &unavailable,
                    "`maxUnavailable` is 0, so no pod could ever be replaced",
                );
            }
        }
        _ => {}
    }
}

fn daemon_set(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    checker.not_negative(&spec, &["minReadySeconds", "revisionHistoryLimit"]);
    selector_and_template(&spec, checker);
    if let Some(strategy) = spec.field("updateStrategy")
        && matches!(strategy.text("type"), "" | "RollingUpdate")
        && let Some(rolling) = strategy.field("rollingUpdate")
    {
        daemon_rollout(&rolling, checker);
    }
}

/// A DaemonSet replaces pods in one of two ways: the old one first, or the new one first.
fn daemon_rollout(rolling: &At<'_>, checker: &mut Checker<'_>) {
    let unavailable = at::amount(rolling, "maxUnavailable", true, checker);
    let surge = at::amount(rolling, "maxSurge", true, checker);
    let surges = surge.is_some_and(|surge| !surge.is_zero());
    // By default one pod may be missing and none may be too many.
    match unavailable {
        Some(amount) if amount.is_zero() && !surges => stuck(rolling, checker),
        Some(amount) if amount.is_zero() => {}
        _ if surges => {
            let Some(blamed) = rolling.field("maxSurge") else { return };
            checker
                .say(
                    value::ROLLOUT_BOTH,
                    &blamed,
                    "`maxSurge` is set and `maxUnavailable` is not 0; a DaemonSet takes one of them",
                )
                .help("set `maxUnavailable: 0` (it is 1 when it is not set)");
        }
        _ => {}
    }
}

fn replication_controller(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else {
        checker.lacks(
            value::EMPTY,
            &root,
            "spec",
            "`spec` is missing: a ReplicationController needs a selector and a pod template",
        );
        return;
    };
    checker.not_negative(&spec, &["replicas", "minReadySeconds"]);
    let Some(template) = spec.field("template") else {
        checker.lacks(value::EMPTY, &spec, "template", "`template` is missing: there is nothing to run");
        return;
    };
    always_running(&template, checker);
    let labels = template.node.at(&["metadata", "labels"]);
    let selector = spec.field("selector").filter(|selector| selector.len() > 0);
    let Some(selector) = selector else {
        if labels.is_none_or(|labels| labels.entries().next().is_none()) {
            checker
                .lacks(value::SELECTOR_EMPTY, &spec, "selector", "nothing says which pods belong to this ReplicationController: `selector` is missing, and so are the labels of the template")
                .help("give `template.metadata.labels` a label: it is then also the selector");
        }
        return;
    };
    checker.labels(&selector);
    let matches = selector
        .node
        .entries()
        .all(|entry| labels.and_then(|labels| labels.str_at(&entry.key)) == entry.value.as_str());
    if !matches {
        mismatch(&selector, &template, checker);
    }
}

/// What Deployments, ReplicaSets, StatefulSets and DaemonSets ask of `selector` and `template`.
fn selector_and_template(spec: &At<'_>, checker: &mut Checker<'_>) {
    let template = spec.field("template");
    if let Some(template) = &template {
        always_running(template, checker);
    }
    let Some(selector) = spec.field("selector") else { return };
    if selector.count("matchLabels") + selector.count("matchExpressions") == 0 {
        checker
            .say(value::SELECTOR_EMPTY, &selector, "the selector is empty, so it would take every pod of the namespace")
            .help("name the labels of the pod template under `matchLabels`");
        return;
    }
    match template {
        // Where the template is missing the schema says so, but for ReplicaSets.
        None if checker.subject.kind != "ReplicaSet" => {}
        None => {
            checker.lacks(value::EMPTY, spec, "template", "`template` is missing: there is nothing to run");
        }
        Some(template) => {
            if at::selects(selector.node, template.node.at(&["metadata", "labels"])) == Some(false) {
                mismatch(&selector, &template, checker);
            }
        }
    }
}

fn mismatch(selector: &At<'_>, template: &At<'_>, checker: &mut Checker<'_>) {
    let metadata = template.field("metadata");
    let labels = metadata.as_ref().and_then(|metadata| metadata.field("labels"));
    let blamed = labels.or(metadata).unwrap_or(*template);
    let place = Location::new(checker.source, selector.node.span);
    checker
        .say(value::SELECTOR_MISMATCH, &blamed, "the selector does not match the labels of the pod template")
        .help("give the pods every label that the selector names")
        .related("the selector is here", place);
}

/// Pods that are kept running are restarted whatever happens, and have no deadline.
fn always_running(template: &At<'_>, checker: &mut Checker<'_>) {
    let Some(spec) = template.field("spec") else { return };
    let kind = checker.subject.kind.clone();
    if let Some(policy) =
        spec.field("restartPolicy").filter(|policy| matches!(policy.str(), Some("Never" | "OnFailure")))
    {
        checker
            .say(
                value::RESTART_POLICY,
                &policy,
                format!("the pods of a {kind} are always restarted: `restartPolicy` must be `Always`"),
            )
            .help("remove `restartPolicy`; for work that ends use a Job");
    }
    checker.unwanted(
        value::ACTIVE_DEADLINE,
        &spec,
        "activeDeadlineSeconds",
        &format!("the pods of a {kind} run without end"),
    );
}
