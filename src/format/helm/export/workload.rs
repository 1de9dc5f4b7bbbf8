//! What is lifted out of workloads: replicas, where and as what their pods run.

use super::{
    lift::{Lifter, at_mut, claim_at, items_mut},
    values::{distinct_keys, is_harmless_key},
};
use crate::document::{Mapping, Node};

/// A workload with a template of its pods.
pub(super) fn controller(lifter: &mut Lifter<'_>, object: &mut Node) {
    lifter.number(at_mut(object, &["spec", "replicas"]), &["replicas"]);
    if let Some(pod) = at_mut(object, &["spec", "template", "spec"]) {
        pod_spec(lifter, pod);
    }
    let claims = items_mut(object, &["spec", "volumeClaimTemplates"]);
    if let [claim] = claims {
        return claim_at(lifter, claim, &["persistence"]);
    }
    let keys = keys_of(claims, |claim| claim.at(&["metadata", "name"]));
    for (claim, key) in claims.iter_mut().zip(&keys) {
        claim_at(lifter, claim, &["persistence", key]);
    }
}

pub(super) fn cron_job(lifter: &mut Lifter<'_>, object: &mut Node) {
    lifter.text(at_mut(object, &["spec", "schedule"]), &["schedule"]);
    if let Some(pod) = at_mut(object, &["spec", "jobTemplate", "spec", "template", "spec"]) {
        pod_spec(lifter, pod);
    }
}

pub(super) fn pod(lifter: &mut Lifter<'_>, object: &mut Node) {
    if let Some(pod) = at_mut(object, &["spec"]) {
        pod_spec(lifter, pod);
    }
}

fn pod_spec(lifter: &mut Lifter<'_>, pod: &mut Node) {
    if let [only] = items_mut(pod, &["containers"]) {
        container(lifter, only, &[]);
    } else {
        containers(lifter, pod, "containers");
    }
    containers(lifter, pod, "initContainers");
    let (map, list): (Node, Node) = (Mapping::new().into(), Vec::new().into());
    lifter.block_or_option(pod, "imagePullSecrets", &["imagePullSecrets"], list.clone());
    lifter.block_or_option(pod, "nodeSelector", &["nodeSelector"], map.clone());
    lifter.block_or_option(pod, "tolerations", &["tolerations"], list);
    lifter.block_or_option(pod, "affinity", &["affinity"], map);
}

fn containers(lifter: &mut Lifter<'_>, pod: &mut Node, member: &str) {
    let items = items_mut(pod, &[member]);
    let keys = keys_of(items, |container| container.get("name"));
    for (item, key) in items.iter_mut().zip(&keys) {
        container(lifter, item, &[member, key]);
    }
}

fn keys_of(items: &[Node], name: impl Fn(&Node) -> Option<&Node>) -> Vec<String> {
    let names: Vec<&str> = items.iter().map(|item| name(item).and_then(Node::as_str).unwrap_or_default()).collect();
    distinct_keys(names.into_iter())
}

/// A container's image, environment and resources below `at`.
fn container(lifter: &mut Lifter<'_>, container: &mut Node, at: &[&str]) {
    let below = |keys: &[&'static str]| at.iter().chain(keys).copied().collect::<Vec<&str>>();
    let has_image = container.str_at("image").is_some();
    lifter.image(at_mut(container, &["image"]), &below(&["image"]));
    if has_image {
        lifter.text_or_option(container, "imagePullPolicy", &below(&["image", "pullPolicy"]));
    }
    for variable in items_mut(container, &["env"]) {
        let Some(name) = variable.str_at("name").filter(|name| is_harmless_key(name)).map(str::to_owned) else {
            continue;
        };
        let mut path = below(&["env"]);
        path.push(&name);
        lifter.text(at_mut(variable, &["value"]), &path);
    }
    lifter.block_or_option(container, "resources", &below(&["resources"]), Mapping::new().into());
}
