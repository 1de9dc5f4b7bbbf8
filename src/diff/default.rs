//! What the API server makes of a member that is not there.
//!
//! What its code fills in (`data/defaults.txt`), what the schema says (`default`), and what its types do not tell from
//! nothing: empty structs (`data/structs.txt`) and zero values (`data/omitted.txt`).

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    document::{self, Limits, Mapping, Node, Source, Value},
    registry::Schema,
};

/// The value that the API server puts into member `name` of a `definition` when it is absent, given the members beside it.
pub(super) fn of(definition: Option<&str>, name: &str, beside: &Mapping, schema: Option<&Schema>) -> Option<Node> {
    let known = definition.and_then(|definition| TABLE.get(short(definition)));
    if let Some((_, default)) = known.and_then(|known| known.defaults.iter().find(|(known, _)| *known == name)) {
        return match default {
            Default::Value(node) => Some(node.clone()),
            Default::Rule(rule) => rule(beside),
        };
    }
    if (name == "metadata" && schema.is_some()) || known.is_some_and(|known| known.structs.contains(&name)) {
        return Some(Mapping::new().into());
    }
    parse(schema?.default.as_deref()?)
}

/// Whether the zero value (`false`, `0`, `""`) of member `name` is the same as none.
pub(super) fn omits_zero(definition: Option<&str>, name: &str) -> bool {
    definition.and_then(|definition| TABLE.get(short(definition))).is_some_and(|known| known.omitted.contains(&name))
}

/// Whether `node` is false, zero or the empty string.
pub(super) fn is_zero(node: &Node) -> bool {
    match &node.value {
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == 0.0,
        Value::String(text) => text.is_empty(),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => false,
    }
}

/// `io.k8s.api.core.v1.PodSpec` as the tables have it: `core.v1.PodSpec`.
pub(super) fn short(definition: &str) -> &str {
    definition
        .strip_prefix("io.k8s.api.")
        .or_else(|| definition.strip_prefix("io.k8s.apiextensions-apiserver.pkg.apis."))
        .or_else(|| definition.strip_prefix("io.k8s.kube-aggregator.pkg.apis."))
        .unwrap_or(definition)
}

#[derive(Default)]
struct Known {
    omitted: Vec<&'static str>,
    structs: Vec<&'static str>,
    defaults: Vec<(&'static str, Default)>,
}

enum Default {
    Value(Node),
    Rule(Rule),
}

type Rule = fn(&Mapping) -> Option<Node>;

static TABLE: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Known> = HashMap::new();
    for (definition, words) in lines(include_str!("data/omitted.txt")) {
        table.entry(definition).or_default().omitted.extend(words);
    }
    for (definition, words) in lines(include_str!("data/structs.txt")) {
        table.entry(definition).or_default().structs.extend(words);
    }
    for (definition, words) in lines(include_str!("data/defaults.txt")) {
        let known = table.entry(definition).or_default();
        for word in words {
            let Some((name, value)) = word.split_once('=') else { continue };
            let default = match value.strip_prefix('@') {
                Some(rule) => rule_named(rule).map(Default::Rule),
                None => parse(value).map(Default::Value),
            };
            known.defaults.extend(default.map(|default| (name, default)));
        }
    }
    table
});

fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words))
    })
}

fn parse(json: &str) -> Option<Node> {
    let source = Source::new("default", json);
    Some(document::read(&source, Limits::default()).next()?.ok()?.root)
}

fn rule_named(name: &str) -> Option<Rule> {
    Some(match name {
        "account" => |beside| beside.get("serviceAccountName").cloned().or_else(|| Some("default".into())),
        "account-alias" => |beside| beside.get("serviceAccount").cloned().or_else(|| Some("default".into())),
        "affinity" => affinity,
        "backoff" => |beside| Some(if has(beside, "backoffLimitPerIndex") { i64::from(i32::MAX) } else { 6 }.into()),
        "completions" => |beside| (!has(beside, "parallelism")).then(|| 1.into()),
        "count" => |beside| (text(beside, "allocationMode", "ExactCount") == "ExactCount").then(|| 1.into()),
        "external" => {
            |beside| matches!(text(beside, "type", "ClusterIP"), "NodePort" | "LoadBalancer").then(|| "Cluster".into())
        }
        "internal" => |beside| (text(beside, "type", "ClusterIP") != "ExternalName").then(|| "Cluster".into()),
        "kind-list" => |beside| Some(format!("{}List", text(beside, "kind", "")).into()),
        "limits" => |beside| beside.get("limits").cloned(),
        "lower-kind" => |beside| Some(text(beside, "kind", "").to_lowercase().into()),
        // A volume that does not say what it is.
        "no-source" => |beside| {
            let says_more = beside.entries().iter().any(|entry| entry.key != "name" && !entry.value.is_null());
            (!says_more).then(|| Mapping::new().into())
        },
        "node-ports" => |beside| (text(beside, "type", "ClusterIP") == "LoadBalancer").then(|| true.into()),
        "policy-types" => policy_types,
        "port" => |beside| beside.get("port").cloned(),
        "pull" => |beside| Some(if is_latest(text(beside, "image", "")) { "Always" } else { "IfNotPresent" }.into()),
        "replacement" => {
            |beside| Some(if has(beside, "podFailurePolicy") { "Failed" } else { "TerminatingOrFailed" }.into())
        }
        "rolling" => |beside| (text(beside, "type", "RollingUpdate") == "RollingUpdate").then(|| Mapping::new().into()),
        // A StatefulSet that names the strategy without configuring it gets no configuration.
        "rolling-untyped" => |beside| text(beside, "type", "").is_empty().then(|| Mapping::new().into()),
        "subject-group" => |beside| {
            let ours = matches!(text(beside, "kind", ""), "User" | "Group");
            Some(if ours { "rbac.authorization.k8s.io" } else { "" }.into())
        },
        _ => return None,
    })
}

fn has(beside: &Mapping, name: &str) -> bool {
    beside.get(name).is_some_and(|node| !node.is_null())
}

fn text<'a>(beside: &'a Mapping, name: &str, default: &'a str) -> &'a str {
    beside.get(name).and_then(Node::as_str).filter(|text| !text.is_empty()).unwrap_or(default)
}

/// Whether an image is pulled each time: its tag is `latest`, or it has neither tag nor digest.
fn is_latest(image: &str) -> bool {
    let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    let last = name.rsplit('/').next().unwrap_or(name);
    last.split_once(':').map_or(digest.is_none(), |(_, tag)| tag == "latest")
}

fn affinity(service: &Mapping) -> Option<Node> {
    (text(service, "sessionAffinity", "None") == "ClientIP").then(|| {
        let timeout = Mapping::from_iter([("timeoutSeconds".into(), Node::from(10_800))]);
        Mapping::from_iter([("clientIP".into(), timeout.into())]).into()
    })
}

fn policy_types(policy: &Mapping) -> Option<Node> {
    let mut types = vec![Node::string("Ingress")];
    if policy.get("egress").is_some_and(|rules| rules.items().next().is_some()) {
        types.push("Egress".into());
    }
    Some(types.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        for (definition, words) in lines(include_str!("data/defaults.txt")) {
            for word in words {
                let (name, value) = word.split_once('=').expect(word);
                let known =
                    value.strip_prefix('@').map_or_else(|| parse(value).is_some(), |rule| rule_named(rule).is_some());
                assert!(known, "{definition}.{name}");
            }
        }
        for file in
            [include_str!("data/defaults.txt"), include_str!("data/omitted.txt"), include_str!("data/structs.txt")]
        {
            let names: Vec<_> = lines(file).map(|(definition, _)| definition).collect();
            let mut unique = names.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!(names.len(), unique.len(), "a definition stands twice");
        }
    }

    #[test]
    fn images_without_a_tag_are_the_latest() {
        for (image, latest) in [
            ("nginx", true),
            ("nginx:latest", true),
            ("nginx:1.27", false),
            ("localhost:5000/nginx", true),
            ("localhost:5000/nginx:1", false),
            ("nginx@sha256:abc", false),
            ("nginx:latest@sha256:abc", true),
            ("", true),
        ] {
            assert_eq!(is_latest(image), latest, "{image}");
        }
    }
}
