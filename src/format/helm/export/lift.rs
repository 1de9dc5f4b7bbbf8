//! Which values of an object a user of a chart wants to change.

use super::{
    template::{How, Template, can_end_with_an_option},
    values::{Section, distinct_keys, is_harmless_key},
    workload,
};
use crate::{
    design::Component,
    document::{Mapping, Node, Number, Value},
};

/// Texts that are longer belong to the object, not among what is set on a command line.
const LONGEST_TEXT: usize = 256;
/// Helm reads numbers of values as floats, and prints those from here on with an exponent.
const FIRST_LONG_NUMBER: i64 = 1_000_000;
/// Above it floats do not hold all whole numbers.
const LAST_EXACT_NUMBER: i64 = 1 << 53;

/// What is lifted out of a kind, and where it stands among the values.
pub(super) struct Recipe {
    /// Below the group of the object's name; directly in it when there is none.
    pub(super) key: Option<&'static str>,
    lift: fn(&mut Lifter<'_>, &mut Node),
}

impl Recipe {
    /// The recipe for a kind, if it has values that are worth lifting.
    pub(super) fn of(component: &Component) -> Option<Recipe> {
        let (key, lift): (_, fn(&mut Lifter<'_>, &mut Node)) = match (component.group(), component.kind.as_str()) {
            ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet") => (None, workload::controller),
            ("batch", "Job") | ("", "ReplicationController") => (None, workload::controller),
            ("batch", "CronJob") => (None, workload::cron_job),
            ("", "Pod") => (None, workload::pod),
            ("", "Service") => (Some("service"), service),
            ("", "ConfigMap") => (Some("config"), config_map),
            ("", "Secret") => (Some("secret"), secret),
            ("", "PersistentVolumeClaim") => (Some("persistence"), claim),
            ("", "ServiceAccount") => (Some("serviceAccount"), annotations),
            ("networking.k8s.io", "Ingress") => (Some("ingress"), ingress),
            ("autoscaling", "HorizontalPodAutoscaler") => (Some("autoscaling"), autoscaler),
            ("policy", "PodDisruptionBudget") => (Some("podDisruptionBudget"), disruption_budget),
            _ => return None,
        };
        Some(Recipe { key, lift })
    }

    /// Moves values of `object` to `section` and leaves marks of `template` in their places. `image` is the name of the
    /// helper that writes an image.
    pub(super) fn apply(&self, object: &mut Node, template: &mut Template, section: &mut Section, image: &str) {
        (self.lift)(&mut Lifter { template, section, image }, object);
    }
}

/// Moves values from an object to a section.
pub(super) struct Lifter<'a> {
    template: &'a mut Template,
    section: &'a mut Section,
    image: &'a str,
}

impl Lifter<'_> {
    /// Moves the value of `node` to `at`; nothing happens when that place is taken.
    fn lift(&mut self, node: &mut Node, at: &[&str], how: How) {
        match self.section.put(at, std::mem::take(node)) {
            Ok(reference) => *node = self.template.value(reference, how),
            Err(value) => *node = value,
        }
    }

    /// A whole number that is not huge.
    pub(super) fn number(&mut self, node: Option<&mut Node>, at: &[&str]) {
        if let Some(node) = node.filter(|node| node.as_i64().is_some_and(|it| it.abs() < FIRST_LONG_NUMBER)) {
            self.lift(node, at, How::Plain);
        }
    }

    /// A text of one line.
    pub(super) fn text(&mut self, node: Option<&mut Node>, at: &[&str]) {
        let fits = |node: &Node| node.as_str().is_some_and(|text| text.len() <= LONGEST_TEXT && !text.contains('\n'));
        if let Some(node) = node.filter(|node| fits(node)) {
            self.lift(node, at, How::Quoted);
        }
    }

    /// What may be a number or a text: a port by number or name, an amount or a share.
    fn either(&mut self, node: Option<&mut Node>, at: &[&str]) {
        match node {
            Some(node) if node.as_str().is_some_and(|text| text.len() <= LONGEST_TEXT) => {
                self.lift(node, at, How::Json);
            }
            Some(node) if node.as_i64().is_some() => self.lift(node, at, How::Json),
            _ => {}
        }
    }

    /// The member `key` of `parent` as lines of YAML; where it is absent, it can be given.
    pub(super) fn block_or_option(&mut self, parent: &mut Node, key: &str, at: &[&str], empty: Node) {
        let Some(mapping) = parent.as_mapping_mut() else { return };
        match mapping.get_mut(key) {
            Some(node) if node.type_name() == empty.type_name() && is_exact(node) => self.lift(node, at, How::Block),
            Some(_) => {}
            None => self.option(mapping, key, at, empty, How::Block),
        }
    }

    /// The member `key` of `parent` as text; where it is absent, it can be given.
    pub(super) fn text_or_option(&mut self, parent: &mut Node, key: &str, at: &[&str]) {
        let Some(mapping) = parent.as_mapping_mut() else { return };
        match mapping.get_mut(key) {
            Some(node) => self.text(Some(node), at),
            None => self.option(mapping, key, at, "".into(), How::Quoted),
        }
    }

    fn option(&mut self, mapping: &mut Mapping, key: &str, at: &[&str], empty: Node, how: How) {
        if !can_end_with_an_option(mapping) {
            return;
        }
        if let Ok(reference) = self.section.put(at, empty) {
            mapping.insert(key, self.template.option(reference, how));
        }
    }

    /// `repository[:tag][@digest]` as its parts.
    pub(super) fn image(&mut self, node: Option<&mut Node>, at: &[&str]) {
        let Some(node) = node else { return };
        let Some(parts) = node.as_str().and_then(image_parts) else { return };
        if let Ok(reference) = self.section.put(at, parts) {
            let expression = format!("include \"{}\" {reference}", self.image);
            *node = self.template.value(expression, How::Quoted);
        }
    }

    /// The texts of one line in a mapping of users' keys.
    fn texts(&mut self, object: &mut Node, member: &str) {
        let Some(mapping) = object.as_mapping_mut().and_then(|object| object.get_mut(member)?.as_mapping_mut()) else {
            return;
        };
        for entry in mapping.entries_mut().iter_mut().filter(|entry| is_harmless_key(&entry.key)) {
            let key = entry.key.clone();
            self.text(Some(&mut entry.value), &[&key]);
        }
    }
}

/// Whether all numbers in `node` survive being read as floats.
fn is_exact(node: &Node) -> bool {
    match &node.value {
        Value::Number(Number::Int(value)) => value.abs() < LAST_EXACT_NUMBER,
        Value::Number(Number::UInt(_)) => false,
        _ => node.items().chain(node.entries().map(|entry| &entry.value)).all(is_exact),
    }
}

/// The parts of an image reference, or `None` when they would not be the same reference again.
fn image_parts(image: &str) -> Option<Node> {
    let (rest, digest) = image.split_once('@').unwrap_or((image, ""));
    let name_start = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (repository, tag) = match rest[name_start..].rfind(':') {
        Some(colon) => (&rest[..name_start + colon], &rest[name_start + colon + 1..]),
        None => (rest, ""),
    };
    let with = |lead: &str, part: &str| if part.is_empty() { String::new() } else { format!("{lead}{part}") };
    let again = format!("{repository}{}{}", with(":", tag), with("@", digest));
    if repository.is_empty() || again != image || image.contains(char::is_whitespace) {
        return None;
    }
    let mut parts = Mapping::new();
    parts.insert("repository", repository);
    parts.insert("tag", tag);
    if !digest.is_empty() {
        parts.insert("digest", digest);
    }
    Some(parts.into())
}

/// The tag of an image, if it has one.
pub(super) fn tag_of(image: &str) -> Option<String> {
    let parts = image_parts(image)?;
    Some(parts.str_at("tag")?.to_owned()).filter(|tag| !tag.is_empty())
}

/// The node behind a chain of member names.
pub(super) fn at_mut<'a>(node: &'a mut Node, keys: &[&str]) -> Option<&'a mut Node> {
    keys.iter().try_fold(node, |node, key| node.as_mapping_mut()?.get_mut(key))
}

/// The items of a sequence behind a chain of member names; none for everything else.
pub(super) fn items_mut<'a>(node: &'a mut Node, keys: &[&str]) -> &'a mut [Node] {
    match at_mut(node, keys).map(|node| &mut node.value) {
        Some(Value::Sequence(items)) => items,
        _ => &mut [],
    }
}

fn annotations(lifter: &mut Lifter<'_>, object: &mut Node) {
    if let Some(metadata) = at_mut(object, &["metadata"]) {
        lifter.block_or_option(metadata, "annotations", &["annotations"], Mapping::new().into());
    }
}

fn service(lifter: &mut Lifter<'_>, object: &mut Node) {
    annotations(lifter, object);
    lifter.text(at_mut(object, &["spec", "type"]), &["type"]);
    let ports = items_mut(object, &["spec", "ports"]);
    if let [port] = ports {
        lifter.number(at_mut(port, &["port"]), &["port"]);
        lifter.either(at_mut(port, &["targetPort"]), &["targetPort"]);
        lifter.number(at_mut(port, &["nodePort"]), &["nodePort"]);
        return;
    }
    let names: Vec<String> = ports.iter().map(|port| port.str_at("name").unwrap_or("port").to_owned()).collect();
    let keys = distinct_keys(names.iter().map(String::as_str));
    for (port, key) in ports.iter_mut().zip(&keys) {
        lifter.number(at_mut(port, &["port"]), &["ports", key, "port"]);
        lifter.either(at_mut(port, &["targetPort"]), &["ports", key, "targetPort"]);
        lifter.number(at_mut(port, &["nodePort"]), &["ports", key, "nodePort"]);
    }
}

fn config_map(lifter: &mut Lifter<'_>, object: &mut Node) {
    lifter.texts(object, "data");
}

/// `data` is base64, as the object has it.
fn secret(lifter: &mut Lifter<'_>, object: &mut Node) {
    lifter.texts(object, "stringData");
    lifter.texts(object, "data");
}

fn claim(lifter: &mut Lifter<'_>, object: &mut Node) {
    claim_at(lifter, object, &[]);
}

/// A claim's size and class below `at`.
pub(super) fn claim_at(lifter: &mut Lifter<'_>, claim: &mut Node, at: &[&str]) {
    let below = |key| at.iter().copied().chain([key]).collect::<Vec<_>>();
    lifter.text(at_mut(claim, &["spec", "resources", "requests", "storage"]), &below("size"));
    if let Some(spec) = at_mut(claim, &["spec"]) {
        lifter.text_or_option(spec, "storageClassName", &below("storageClass"));
    }
}

fn ingress(lifter: &mut Lifter<'_>, object: &mut Node) {
    annotations(lifter, object);
    let Some(spec) = at_mut(object, &["spec"]) else { return };
    lifter.text_or_option(spec, "ingressClassName", &["className"]);
    hosts(lifter, spec);
    let entries = items_mut(spec, &["tls"]);
    let names: Vec<String> =
        entries.iter().map(|entry| entry.str_at("secretName").unwrap_or("secret").to_owned()).collect();
    let keys = distinct_keys(names.iter().map(String::as_str));
    let only = entries.len() == 1;
    for (entry, key) in entries.iter_mut().zip(&keys) {
        let secret_name = at_mut(entry, &["secretName"]);
        if only {
            lifter.text(secret_name, &["tls", "secretName"]);
        } else {
            lifter.text(secret_name, &["tls", key, "secretName"]);
        }
    }
    if spec.get("tls").is_none() {
        lifter.block_or_option(spec, "tls", &["tls"], Vec::new().into());
    }
}

/// A host is one value, however often rules and certificates name it.
fn hosts(lifter: &mut Lifter<'_>, spec: &mut Node) {
    let mut places: Vec<&mut Node> = Vec::new();
    let Some(members) = spec.as_mapping_mut() else { return };
    for entry in members.entries_mut() {
        let Value::Sequence(items) = &mut entry.value.value else { continue };
        match entry.key.as_str() {
            "rules" => places.extend(items.iter_mut().filter_map(|rule| at_mut(rule, &["host"]))),
            "tls" => places.extend(items.iter_mut().flat_map(|entry| items_mut(entry, &["hosts"]))),
            _ => {}
        }
    }
    let mut names: Vec<String> = Vec::new();
    for name in places.iter().filter_map(|place| place.as_str()).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let keys = distinct_keys(names.iter().map(String::as_str));
    for (name, key) in names.iter().zip(&keys) {
        let at: &[&str] = if names.len() == 1 { &["host"] } else { &["hosts", key] };
        let Ok(reference) = lifter.section.put(at, name.as_str().into()) else { continue };
        for place in places.iter_mut().filter(|place| place.as_str() == Some(name)) {
            **place = lifter.template.value(reference.clone(), How::Quoted);
        }
    }
}

fn autoscaler(lifter: &mut Lifter<'_>, object: &mut Node) {
    lifter.number(at_mut(object, &["spec", "minReplicas"]), &["minReplicas"]);
    lifter.number(at_mut(object, &["spec", "maxReplicas"]), &["maxReplicas"]);
    let cpu = "targetCPUUtilizationPercentage";
    lifter.number(at_mut(object, &["spec", cpu]), &[cpu]);
    for metric in items_mut(object, &["spec", "metrics"]) {
        let key = match metric.at(&["resource", "name"]).and_then(Node::as_str) {
            Some("cpu") => cpu,
            Some("memory") => "targetMemoryUtilizationPercentage",
            _ => continue,
        };
        lifter.number(at_mut(metric, &["resource", "target", "averageUtilization"]), &[key]);
    }
}

fn disruption_budget(lifter: &mut Lifter<'_>, object: &mut Node) {
    for key in ["minAvailable", "maxUnavailable"] {
        lifter.either(at_mut(object, &["spec", key]), &[key]);
    }
}
