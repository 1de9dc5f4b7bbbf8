//! Pods as a whole: what containers must not be to each other, and what fields of a pod say of each other.
//! See `ValidatePodSpec`, `ValidatePodCreate`, `ValidatePodTemplateSpec` in `pkg/apis/core/validation/validation.go`.

use crate::{
    document::{Node, Path, Quantity},
    evaluate::{Checker, Location, code::pod as code},
    registry::Version,
};

use super::{
    Table, container, grammar,
    member::{Met, head, is_empty, is_false, is_true, items, number, text},
    mount, probe,
    resources::{self, Owner},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.Pod", pod),
    ("io.k8s.api.core.v1.PodTemplateSpec", template),
    ("io.k8s.api.apps.v1.StatefulSetSpec", volumes_of_stateful_set),
    ("io.k8s.api.core.v1.PodSpec", containers),
    ("io.k8s.api.core.v1.PodSpec", init_containers),
    ("io.k8s.api.core.v1.PodSpec", times),
    ("io.k8s.api.core.v1.PodSpec", names),
    ("io.k8s.api.core.v1.PodSpec", host_namespaces),
    ("io.k8s.api.core.v1.PodSpec", host_ports_match),
    ("io.k8s.api.core.v1.PodSpec", resize_policies),
    ("io.k8s.api.core.v1.PodSpec", pod_resources),
    ("io.k8s.api.core.v1.PodSpec", claims),
];

pub(super) const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];

/// Calls `visit` on each container of each list of `keys`, with its way from the pod's specification.
pub(super) fn each_container(
    spec: &Node,
    path: &Path<'_>,
    keys: &[&str],
    checker: &mut Checker<'_>,
    mut visit: impl FnMut(&Node, &Path<'_>, &mut Checker<'_>),
) {
    for key in keys {
        let list = path.key(key);
        for (index, container) in items(spec, key).iter().enumerate() {
            visit(container, &list.index(index), checker);
        }
    }
}

/// What holds for pods themselves and not for templates of them.
fn pod(pod: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(spec) = pod.field("spec") else { return };
    let path = path.key("spec");
    if let Some(entry) = spec.as_mapping().and_then(|spec| spec.entry("ephemeralContainers"))
        && entry.value.as_sequence().is_some_and(|list| !list.is_empty())
    {
        checker
            .report(
                code::EPHEMERAL_CONTAINER,
                entry.key_span,
                &path.key("ephemeralContainers"),
                "a pod cannot be created with ephemeral containers",
            )
            .help("add them to the running pod with `kubectl debug`");
    }
    if text(spec, "nodeName").is_some() && !items(spec, "schedulingGates").is_empty() {
        checker
            .blame(
                code::SCHEDULING_GATE,
                spec,
                &path,
                "nodeName",
                "`nodeName` is set while `schedulingGates` are there",
            )
            .help("remove `nodeName`, or the gates");
    }
    each_container(spec, &path, &CONTAINERS, checker, |container, path, checker| {
        if let Some(image) = text(container, "image")
            && image.trim() != image
        {
            let message = format!("the image `{image}` begins or ends with white space");
            checker.blame(code::CONTAINER_IMAGE, container, path, "image", message);
        }
    });
    host_ports(spec, &path, is_true(spec, "hostNetwork"), checker);
    claim_names(pod, spec, &path, checker);
}

fn template(template: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(spec) = template.field("spec") else { return };
    let path = path.key("spec");
    if !items(spec, "ephemeralContainers").is_empty() {
        checker.blame_key(
            code::EPHEMERAL_CONTAINER,
            spec,
            &path,
            "ephemeralContainers",
            "a template cannot hold ephemeral containers",
        );
    }
    host_ports(spec, &path, false, checker);
}

/// Volumes of claims that the pod itself brings are named after it.
fn claim_names(pod: &Node, spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(pod_name) = pod.at(&["metadata", "name"]).and_then(Node::as_str) else { return };
    let volumes = items(spec, "volumes");
    let claim_of =
        |volume: &Node| volume.field("ephemeral").and(text(volume, "name")).map(|name| format!("{pod_name}-{name}"));
    let list = path.key("volumes");
    for (index, volume) in volumes.iter().enumerate() {
        let path = list.index(index);
        if let Some(claim) = claim_of(volume)
            && let Err(why) = grammar::dns_subdomain(&claim)
            && grammar::dns_subdomain(pod_name).is_ok()
        {
            let message = format!("the claim of this volume would be `{claim}`, which is not a valid name: {why}");
            checker.blame(code::VOLUME_NAME, volume, &path, "name", message);
        }
        let Some(reference) = volume.field("persistentVolumeClaim") else { continue };
        if let Some(name) = text(reference, "claimName")
            && volumes.iter().filter_map(claim_of).any(|claim| claim == name)
        {
            let message = format!("claim `{name}` is made for an ephemeral volume of this pod");
            checker.blame(code::VOLUME_VALUE, reference, &path.key("persistentVolumeClaim"), "claimName", message);
        }
    }
}

fn of_stateful_set(checker: &Checker<'_>) -> bool {
    checker.subject.kind == "StatefulSet" && checker.subject.api_version.starts_with("apps/")
}

/// The claims of a StatefulSet are volumes of its pods
/// (<https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates>).
fn volumes_of_stateful_set(set: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(spec) = set.at(&["template", "spec"]) else { return };
    let claims = items(set, "volumeClaimTemplates").iter();
    let claims: Vec<&str> = claims.filter_map(|claim| claim.at(&["metadata", "name"])?.as_str()).collect();
    let template = path.key("template");
    let volumes = mount::Volumes::of(spec);
    each_container(spec, &template.key("spec"), &CONTAINERS, checker, |container, path, checker| {
        mount::volumes_exist(&volumes, &claims, container, path, checker);
    });
}

fn containers(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if spec.get("containers").is_some_and(is_empty) {
        checker.blame(code::NO_CONTAINERS, spec, path, "containers", "the pod has no containers");
    }
    let mut names: Vec<(&str, &Node)> = Vec::new();
    for key in CONTAINERS {
        let list = path.key(key);
        for (index, container) in items(spec, key).iter().enumerate() {
            let Some(name) = text(container, "name") else { continue };
            match names.iter().find(|(earlier, _)| *earlier == name) {
                None => names.push((name, container)),
                Some((_, first)) => {
                    let first = first.get("name").map_or(first.span, |name| name.span);
                    let first = Location::new(checker.source, first);
                    checker
                        .blame(
                            code::DUPLICATE_CONTAINER,
                            container,
                            &list.index(index),
                            "name",
                            format!("two containers of the pod are named `{name}`"),
                        )
                        .related("the first one", first);
                }
            }
        }
    }
    let targets = || ["containers", "initContainers"].into_iter().flat_map(|key| items(spec, key));
    each_container(spec, path, &["ephemeralContainers"], checker, |container, path, checker| {
        if let Some(target) = text(container, "targetContainerName")
            && !targets().any(|other| text(other, "name") == Some(target))
        {
            let message = format!("the pod has no container `{target}`");
            checker.blame(code::EPHEMERAL_CONTAINER, container, path, "targetContainerName", message);
        }
    });
    each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
        claims_exist(spec, container, path, checker);
    });
    if !of_stateful_set(checker) {
        let volumes = mount::Volumes::of(spec);
        each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
            mount::volumes_exist(&volumes, &[], container, path, checker);
        });
    }
    let grace_period = number(spec, "terminationGracePeriodSeconds").unwrap_or(30);
    // Negative ones are made 1 for pods, and nothing can be shorter in templates.
    let grace_period = grace_period.max(1);
    each_container(spec, path, &CONTAINERS[..2], checker, |container, path, checker| {
        probe::sleeps(container, grace_period, path, checker);
    });
}

/// Init containers run to their end before the others start, unless they are sidecars, which `restartPolicy: Always`
/// makes them (KEP-753).
fn init_containers(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let version = checker.version;
    each_container(spec, path, &["initContainers"], checker, |container, path, checker| {
        // Before its gate came on, the field was dropped or refused, depending on the release.
        let sidecar = text(container, "restartPolicy") == Some("Always") && version >= Version(1, 29);
        if version < Version(1, 34) && version >= Version(1, 29) {
            checker.one_of(code::CONTAINER_RESTART, container, path, "restartPolicy", &["Always"]);
        }
        for key in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
            if !sidecar && container.field(key).is_some() {
                checker
                    .blame_key(
                        code::INIT_CONTAINER,
                        container,
                        path,
                        key,
                        format!("`{key}` on an init container that is no sidecar"),
                    )
                    .help("move it to a container, or set `restartPolicy: Always` to keep this one running");
            }
        }
        let list = path.key("resizePolicy");
        for (index, policy) in items(container, "resizePolicy").iter().enumerate() {
            if !sidecar && version >= Version(1, 35) && text(policy, "restartPolicy") == Some("RestartContainer") {
                checker.blame(
                    code::RESIZE_POLICY,
                    policy,
                    &list.index(index),
                    "restartPolicy",
                    "`RestartContainer` on an init container that is no sidecar",
                );
            }
        }
    });
    if version < Version(1, 34) {
        each_container(spec, path, &["containers"], checker, |container, path, checker| {
            if container.field("restartPolicy").is_some() && version >= Version(1, 29) {
                checker
                    .blame_key(
                        code::CONTAINER_RESTART,
                        container,
                        path,
                        "restartPolicy",
                        "`restartPolicy` on a container that is no init container",
                    )
                    .help("set it on the pod, or judge for Kubernetes 1.35 or later");
            }
        });
    }
}

fn times(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.within(code::POD_TIME, spec, path, "activeDeadlineSeconds", 1..=i64::from(i32::MAX));
}

/// Names of other objects, and of the pod in the network.
fn names(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    for key in ["serviceAccountName", "serviceAccount", "nodeName", "priorityClassName", "runtimeClassName"] {
        checker.word(code::REFERENCED_NAME, spec, path, key, "object name", grammar::dns_subdomain);
    }
    checker.not_empty(code::REFERENCED_NAME, spec, path, &["runtimeClassName"]);
    // A StatefulSet gives its pods names of their own.
    if !of_stateful_set(checker) {
        checker.word(code::HOST_NAME, spec, path, "hostname", "host name", grammar::dns_label);
        checker.word(code::HOST_NAME, spec, path, "subdomain", "subdomain", grammar::dns_label);
    }
    let list = path.key("readinessGates");
    for (index, gate) in items(spec, "readinessGates").iter().enumerate() {
        let path = list.index(index);
        checker.not_empty(code::READINESS_GATE, gate, &path, &["conditionType"]);
        checker.word(code::READINESS_GATE, gate, &path, "conditionType", "type of a condition", grammar::label_key);
    }
    host_name_override(spec, path, checker);
}

/// KEP-4762.
fn host_name_override(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    const KEY: &str = "hostnameOverride";
    let Some(name) = spec.field(KEY).filter(|_| checker.version >= Version(1, 35)) else { return };
    for other in ["setHostnameAsFQDN", "hostNetwork"] {
        if is_true(spec, other) {
            checker.blame_key(code::HOST_NAME, spec, path, KEY, format!("`{KEY}` cannot stand beside `{other}: true`"));
        }
    }
    let Some(name) = name.as_str() else { return };
    let verdict = if name.len() > 64 {
        Err(format!("it has {} characters, 64 are allowed", name.len()).into())
    } else {
        grammar::dns_subdomain(name)
    };
    if let Err(why) = verdict {
        checker.blame(code::HOST_NAME, spec, path, KEY, format!("`{name}` is not a valid host name: {why}"));
    }
}

/// Which namespaces of the node a pod may share, and with what beside.
fn host_namespaces(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if is_true(spec, "shareProcessNamespace") && is_true(spec, "hostPID") {
        checker.blame(
            code::HOST_NAMESPACE,
            spec,
            path,
            "shareProcessNamespace",
            "`shareProcessNamespace` and `hostPID` cannot both be true",
        );
    }
    if !is_false(spec, "hostUsers") || checker.version < Version(1, 33) {
        return;
    }
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        if is_true(spec, key) {
            checker
                .blame(code::HOST_NAMESPACE, spec, path, key, format!("`{key}: true` with `hostUsers: false`"))
                .help("a pod with users of its own cannot share this namespace of the node");
        }
    }
    if checker.version < Version(1, 34) {
        return;
    }
    each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
        if !items(container, "volumeDevices").is_empty() {
            checker.blame_key(
                code::HOST_NAMESPACE,
                container,
                path,
                "volumeDevices",
                "`volumeDevices` in a pod with `hostUsers: false`",
            );
        }
    });
}

/// On the node's network a container's port is the node's port.
fn host_ports_match(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if !is_true(spec, "hostNetwork") {
        return;
    }
    each_container(spec, path, &["containers"], checker, |container, path, checker| {
        let list = path.key("ports");
        for (index, port) in items(container, "ports").iter().enumerate() {
            let (Some(host), Some(inner)) = (number(port, "hostPort"), number(port, "containerPort")) else { continue };
            if host != 0 && host != inner {
                let message = format!("`hostPort` {host} differs from `containerPort` {inner} on the host's network");
                checker
                    .blame(code::HOST_PORT, port, &list.index(index), "hostPort", message)
                    .help("with `hostNetwork: true` both are the same port: remove `hostPort`");
            }
        }
    });
}

/// Two containers of a pod cannot have the same port of the node.
fn host_ports(spec: &Node, path: &Path<'_>, host_network: bool, checker: &mut Checker<'_>) {
    let mut taken: Vec<((&str, &str, i64), &Node)> = Vec::new();
    for key in ["containers", "initContainers"] {
        let list = path.key(key);
        for (index, container) in items(spec, key).iter().enumerate() {
            if key == "initContainers" {
                // They run one by one: only their own ports can conflict.
                taken.clear();
            }
            let item = list.index(index);
            let ports = item.key("ports");
            for (index, port) in items(container, "ports").iter().enumerate() {
                let Some(place) = container::host_port(port, host_network) else { continue };
                let Some((_, first)) = taken.iter().find(|(earlier, _)| *earlier == place) else {
                    taken.push((place, port));
                    continue;
                };
                let first = Location::new(checker.source, head(first));
                let (protocol, _, number) = place;
                let key = if port.field("hostPort").is_some() { "hostPort" } else { "containerPort" };
                let message = format!("port {number} ({protocol}) of the node is used twice");
                checker
                    .blame(code::HOST_PORT, port, &ports.index(index), key, message)
                    .related("first used here", first);
            }
        }
    }
}

fn resize_policies(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if text(spec, "restartPolicy") != Some("Never") || checker.version < Version(1, 33) {
        return;
    }
    each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
        let list = path.key("resizePolicy");
        for (index, policy) in items(container, "resizePolicy").iter().enumerate() {
            if text(policy, "restartPolicy") == Some("RestartContainer") {
                checker
                    .blame(
                        code::RESIZE_POLICY,
                        policy,
                        &list.index(index),
                        "restartPolicy",
                        "`RestartContainer` in a pod with `restartPolicy: Never`",
                    )
                    .help("use `NotRequired`, or another `restartPolicy` of the pod");
            }
        }
    });
}

/// KEP-2837, resources of the pod as a whole.
fn pod_resources(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if let Some(overhead) = spec.field("overhead") {
        resources::list(overhead, &path.key("overhead"), checker);
    }
    let Some(own) = spec.field("resources").filter(|_| checker.version >= Version(1, 34)) else { return };
    let path_of_own = path.key("resources");
    if spec.at(&["os", "name"]).and_then(Node::as_str) == Some("windows") {
        checker.blame_key(code::POD_RESOURCES, spec, path, "resources", "a Windows pod has no resources of its own");
        return;
    }
    if own.field("claims").is_some() {
        checker.blame_key(code::POD_RESOURCES, own, &path_of_own, "claims", "a pod itself has no resource claims");
    }
    for key in ["limits", "requests"] {
        let list = path_of_own.key(key);
        for entry in own.field(key).into_iter().flat_map(Node::entries) {
            // Names that no container may have either are reported already.
            if resources::name(&entry.key, Owner::Container).is_ok()
                && let Err(why) = resources::name(&entry.key, Owner::Pod)
            {
                let message = format!("`{}` is not a resource of pods: {why}", entry.key);
                checker.report(code::POD_RESOURCES, entry.key_span, &list.key(&entry.key), message);
            }
        }
    }
    within_pod_limits(spec, own, path, checker);
}

/// No container may have more than its pod.
fn within_pod_limits(spec: &Node, own: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(limits) = own.field("limits") else { return };
    each_container(spec, path, &["containers"], checker, |container, path, checker| {
        let (resources, list);
        resources = path.key("resources");
        list = resources.key("limits");
        for entry in container.at(&["resources", "limits"]).into_iter().flat_map(Node::entries) {
            let Some(limit) = limits.field(&entry.key).and_then(Quantity::of) else { continue };
            if Quantity::of(&entry.value).is_some_and(|amount| amount > limit) {
                let message = format!("the limit of `{}` is above that of the whole pod", entry.key);
                checker.report(code::POD_RESOURCES, entry.value.span, &list.key(&entry.key), message);
            }
        }
    });
}

/// Resource claims of the pod (KEP-4381), whose gate came on in 1.34.
fn claims(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 34) {
        return;
    }
    let claims = items(spec, "resourceClaims");
    let list = path.key("resourceClaims");
    let mut met = Met::default();
    for (index, claim) in claims.iter().enumerate() {
        let path = list.index(index);
        checker.not_empty(code::RESOURCE_CLAIM, claim, &path, &["name"]);
        checker.word(code::RESOURCE_CLAIM, claim, &path, "name", "claim name", grammar::dns_label);
        if let Some(name) = text(claim, "name")
            && met.before(name, claim).is_some()
        {
            checker.blame(code::RESOURCE_CLAIM, claim, &path, "name", format!("two claims are named `{name}`"));
        }
        const SOURCES: [&str; 2] = ["resourceClaimName", "resourceClaimTemplateName"];
        checker.exactly_one(code::RESOURCE_CLAIM, claim, &path, "claim", &SOURCES);
        for key in SOURCES {
            checker.word(code::RESOURCE_CLAIM, claim, &path, key, "object name", grammar::dns_subdomain);
        }
    }
}

fn claims_exist(spec: &Node, container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 34) {
        return;
    }
    let Some(resources) = container.field("resources") else { return };
    let path = path.key("resources");
    let list = path.key("claims");
    for (index, claim) in items(resources, "claims").iter().enumerate() {
        let Some(name) = text(claim, "name") else { continue };
        if !items(spec, "resourceClaims").iter().any(|known| text(known, "name") == Some(name)) {
            let message = format!("the pod has no resource claim `{name}`");
            checker
                .blame(code::RESOURCE_CLAIM, claim, &list.index(index), "name", message)
                .help("add it to `spec.resourceClaims`");
        }
    }
}
