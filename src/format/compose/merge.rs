//! How later files change earlier ones.
//!
//! Mappings are merged, lists are appended to (what is identical stands once), everything else is replaced; what this
//! adds to that (commands are replaced, variables are set, ports and volumes are told apart by what they mean) stands in
//! [`rule`] and [`identity`]. Both sides are in the [canonical](super::canonical) form.

use std::collections::HashMap;

use crate::document::{Mapping, Node, Value};

use super::{
    error::{ErrorKind, Fault, Result},
    path::KeyPath,
    scalar,
};

/// `base` with what `over` says.
pub(super) fn merge(base: Node, over: Node, path: &mut KeyPath) -> Result<Node> {
    match rule(path) {
        Rule::Replace => return Ok(over),
        Rule::Pairs => return Ok(merged_pairs(base, over)),
        Rule::Driver if !same_driver(&base, &over) => return Ok(over),
        Rule::Subnets => return Ok(merged_subnets(base, over)),
        Rule::Limit if base.as_mapping().is_none() || over.as_mapping().is_none() => return Ok(over),
        _ => {}
    }
    if over.is_null() {
        return Ok(base);
    }
    let (ours, theirs) = (base.type_name(), over.type_name());
    match (base.value, over.value) {
        (Value::Mapping(base), Value::Mapping(later)) => {
            let mapping = merge_mappings(base, later, path)?;
            Ok(Node::new(Value::Mapping(mapping), over.span))
        }
        (Value::Sequence(mut items), Value::Sequence(later)) => {
            for item in later {
                if !items.contains(&item) {
                    items.push(item);
                }
            }
            Ok(Node::new(Value::Sequence(items), over.span))
        }
        (Value::Mapping(_) | Value::Sequence(_), _) => {
            Err(Fault::new(ErrorKind::Merge { path: path.to_string(), ours, theirs }, over.span))
        }
        (_, value) => Ok(Node::new(value, over.span)),
    }
}

fn merge_mappings(mut base: Mapping, over: Mapping, path: &mut KeyPath) -> Result<Mapping> {
    for entry in over.into_entries() {
        let Some(known) = base.get_mut(&entry.key) else {
            base.push(entry);
            continue;
        };
        path.push(entry.key.clone());
        *known = merge(std::mem::take(known), entry.value, path)?;
        path.pop();
    }
    Ok(base)
}

enum Rule {
    Usual,
    Replace,
    /// Mappings whose values are replaced even by null.
    Pairs,
    /// Merged when both have the same `driver` or one has none.
    Driver,
    /// Told apart by their `subnet`.
    Subnets,
    /// Merged when both are mappings.
    Limit,
}

fn rule(path: &KeyPath) -> Rule {
    const REPLACED: [&str; 3] = ["command", "entrypoint", "healthcheck.test"];
    const PAIRS: [&str; 9] = [
        "annotations",
        "build.args",
        "build.additional_contexts",
        "build.labels",
        "deploy.labels",
        "environment",
        "labels",
        "sysctls",
        "volumes.*.volume.labels",
    ];
    let is = |suffix: &str| path.matches(&format!("services.*.{suffix}")) || path.matches(&format!("jobs.*.{suffix}"));
    if path.len() < 3 {
        Rule::Usual
    } else if path.matches("networks.*.ipam.config") {
        Rule::Subnets
    } else if ["networks.*.labels", "volumes.*.labels", "secrets.*.labels", "configs.*.labels"]
        .iter()
        .any(|p| path.matches(p))
    {
        Rule::Pairs
    } else if REPLACED.iter().any(|suffix| is(suffix)) {
        Rule::Replace
    } else if PAIRS.iter().any(|suffix| is(suffix)) {
        Rule::Pairs
    } else if is("logging") {
        Rule::Driver
    } else if is("ulimits.*") {
        Rule::Limit
    } else {
        Rule::Usual
    }
}

fn merged_pairs(base: Node, over: Node) -> Node {
    match (base.value, over.value) {
        (Value::Mapping(mut base), Value::Mapping(over_entries)) => {
            for entry in over_entries.into_entries() {
                base.remove(&entry.key);
                base.push(entry);
            }
            Node::new(Value::Mapping(base), over.span)
        }
        (base, Value::Null) => Node::new(base, over.span),
        (_, value) => Node::new(value, over.span),
    }
}

fn same_driver(base: &Node, over: &Node) -> bool {
    match (base.get("driver"), over.get("driver")) {
        (Some(base), Some(over)) => base == over,
        _ => true,
    }
}

fn merged_subnets(base: Node, over: Node) -> Node {
    let Value::Sequence(mut subnets) = base.value else { return over };
    let span = over.span;
    for later in over.items() {
        match subnets.iter_mut().find(|known| known.get("subnet") == later.get("subnet")) {
            Some(known) => {
                if let (Some(known), Some(later)) = (known.as_mapping_mut(), later.as_mapping()) {
                    later.entries().iter().for_each(|entry| known.insert(entry.key.clone(), entry.value.clone()));
                }
            }
            None => subnets.push(later.clone()),
        }
    }
    Node::new(Value::Sequence(subnets), span)
}

/// Lets the last one of several list items stand that are the same thing, in the place of the first.
pub(super) fn unite(root: &mut Node) {
    let mut path = KeyPath::default();
    unite_below(root, &mut path);
}

fn unite_below(node: &mut Node, path: &mut KeyPath) {
    match &mut node.value {
        Value::Mapping(mapping) => {
            for entry in mapping.entries_mut() {
                path.push(entry.key.clone());
                unite_below(&mut entry.value, path);
                path.pop();
            }
        }
        Value::Sequence(items) => {
            if let Some(identity) = identity(path) {
                let mut places: HashMap<String, usize> = HashMap::new();
                let mut kept: Vec<Node> = Vec::new();
                for item in std::mem::take(items) {
                    match identity(&item).map(|name| (places.get(&name).copied(), name)) {
                        Some((Some(at), _)) => kept[at] = item,
                        Some((None, name)) => {
                            places.insert(name, kept.len());
                            kept.push(item);
                        }
                        None => kept.push(item),
                    }
                }
                *items = kept;
            }
        }
        _ => {}
    }
}

type Identity = fn(&Node) -> Option<String>;

/// What makes two items of the list at `path` the same.
fn identity(path: &KeyPath) -> Option<Identity> {
    const WORDS: [&str; 13] = [
        "build.tags",
        "cap_add",
        "cap_drop",
        "dns",
        "dns_opt",
        "dns_search",
        "expose",
        "links",
        "networks.*.aliases",
        "networks.*.link_local_ips",
        "profiles",
        "tmpfs",
        "group_add",
    ];
    let is = |suffix: &str| path.matches(&format!("services.*.{suffix}"));
    if path.len() < 3 {
        return None;
    }
    Some(match () {
        () if is("volumes") || is("devices") => |node| node.str_at("target").map(str::to_owned),
        () if is("configs") => |node| mounted(node, ""),
        () if is("secrets") => |node| mounted(node, "/run/secrets"),
        () if is("env_file") => |node| node.str_at("path").map(str::to_owned),
        () if is("ports") => port,
        () if WORDS.iter().any(|word| is(word)) => {
            |node| scalar::text(node).map(|text| text.split('=').next().unwrap_or_default().to_owned())
        }
        () => return None,
    })
}

fn mounted(node: &Node, directory: &str) -> Option<String> {
    let by_name = || node.str_at("source").map(|source| format!("{directory}/{source}"));
    node.str_at("target").map(str::to_owned).or_else(by_name)
}

fn port(node: &Node) -> Option<String> {
    let part = |key: &str| node.get(key).and_then(scalar::text);
    let host = part("host_ip").unwrap_or_else(|| "0.0.0.0".to_owned());
    let protocol = part("protocol").unwrap_or_else(|| "tcp".to_owned());
    Some(format!("{host}:{}:{}/{protocol}", part("published").unwrap_or_default(), part("target")?))
}
