//! Short forms as long ones: what the specification calls short syntax, each in the place of what was written.
//!
//! Afterwards ports, volumes, devices, configs, secrets and env files are mappings, `KEY=value` lists are mappings,
//! single strings where lists may stand are lists. Defaults are not filled in: files are merged in this form.

use crate::document::{Entry, Mapping, Node, Span, Value};

use super::{
    error::{Fault, Result},
    mount,
    path::KeyPath,
    port, scalar,
};

/// Brings a whole file into the canonical form.
pub(super) fn canonical(root: &mut Node) -> Result<()> {
    let Some(sections) = root.as_mapping_mut() else { return Ok(()) };
    for section in sections.entries_mut() {
        let path = KeyPath::keys(&[&section.key]);
        match section.key.as_str() {
            "services" | "jobs" => {
                for entry in mapping_entries(&mut section.value) {
                    workload(&mut entry.value, &path.key(entry.key.clone()))?;
                }
            }
            "networks" | "volumes" | "secrets" | "configs" => {
                for entry in mapping_entries(&mut section.value) {
                    resource(&mut entry.value, &path.key(entry.key.clone()))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn mapping_entries(node: &mut Node) -> &mut [Entry] {
    node.as_mapping_mut().map(Mapping::entries_mut).unwrap_or_default()
}

fn workload(node: &mut Node, path: &KeyPath) -> Result<()> {
    container(node, path)?;
    for entry in mapping_entries(node) {
        let path = path.key(entry.key.clone());
        let value = &mut entry.value;
        match entry.key.as_str() {
            "build" => build(value, &path)?,
            "depends_on" => names_to_mapping(value, dependency),
            "provider" => each(value, &["options"], options_to_lists),
            "extends" if value.as_str().is_some() => wrap(value, "service"),
            "ports" => port::expand(value, &path)?,
            "develop" => {
                for item in value.get_mut_items("watch") {
                    each(item, &["ignore", "include"], string_to_list);
                }
            }
            "deploy" => {
                each(value, &["labels"], pairs);
            }
            "pre_start" => {
                for (index, hook) in items_mut(value).iter_mut().enumerate() {
                    container(hook, &path.index(index))?;
                }
            }
            "post_start" | "pre_stop" => {
                for hook in items_mut(value) {
                    each(hook, &["environment"], pairs);
                }
            }
            "triggers" => {
                for item in value.get_mut_items("schedule") {
                    if item.as_str().is_some() {
                        wrap(item, "cron");
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn container(node: &mut Node, path: &KeyPath) -> Result<()> {
    for entry in mapping_entries(node) {
        let path = path.key(entry.key.clone());
        let value = &mut entry.value;
        match entry.key.as_str() {
            "annotations" | "environment" | "labels" | "sysctls" => pairs(value),
            "dns" => {
                string_to_list(value);
                // A variable that is not set is no server.
                if let Value::Sequence(items) = &mut value.value {
                    items.retain(|item| item.as_str() != Some(""));
                }
            }
            "dns_search" | "tmpfs" | "label_file" => string_to_list(value),
            "env_file" => {
                string_to_list(value);
                items_mut(value).iter_mut().filter(|item| item.as_str().is_some()).for_each(|item| wrap(item, "path"));
            }
            "configs" | "secrets" => {
                items_mut(value)
                    .iter_mut()
                    .filter(|item| item.as_str().is_some())
                    .for_each(|item| wrap(item, "source"));
            }
            "extra_hosts" => hosts(value, &path)?,
            "gpus" if value.as_str().is_some() => {
                let all: Mapping = [("count".into(), Node::new("all".into_value(), value.span))].into_iter().collect();
                value.value = Value::Sequence(vec![Node::new(Value::Mapping(all), value.span)]);
            }
            "networks" | "models" => names_to_mapping(value, |_| Node::default()),
            "volumes" => {
                for (index, item) in items_mut(value).iter_mut().enumerate() {
                    mount::volume(item, &path.index(index))?;
                }
            }
            "devices" => {
                for (index, item) in items_mut(value).iter_mut().enumerate() {
                    mount::device(item, &path.index(index))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn build(node: &mut Node, path: &KeyPath) -> Result<()> {
    if node.as_str().is_some() {
        wrap(node, "context");
    }
    for entry in mapping_entries(node) {
        let value = &mut entry.value;
        match entry.key.as_str() {
            "args" | "labels" | "additional_contexts" | "ssh" => pairs(value),
            "no_cache_filter" => string_to_list(value),
            "extra_hosts" => hosts(value, &path.key("extra_hosts"))?,
            "secrets" => {
                items_mut(value)
                    .iter_mut()
                    .filter(|item| item.as_str().is_some())
                    .for_each(|item| wrap(item, "source"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// `external: {name: x}` is `external: true` and `name: x`.
fn resource(node: &mut Node, path: &KeyPath) -> Result<()> {
    each(node, &["labels"], pairs);
    let Some(mapping) = node.as_mapping_mut() else { return Ok(()) };
    let Some(external) = mapping.get_mut("external").filter(|external| external.as_mapping().is_some()) else {
        return Ok(());
    };
    let name = external.get("name").cloned();
    external.value = Value::Bool(true);
    let span = external.span;
    match (name, mapping.get("name")) {
        (Some(name), Some(known)) if name != *known => {
            Err(Fault::value(path, "has another name in `external`; there is only `name`", span))
        }
        (Some(name), None) => {
            mapping.insert("name", name);
            Ok(())
        }
        _ => Ok(()),
    }
}

trait Items {
    fn get_mut_items(&mut self, key: &str) -> &mut [Node];
}

impl Items for Node {
    fn get_mut_items(&mut self, key: &str) -> &mut [Node] {
        self.as_mapping_mut().and_then(|mapping| mapping.get_mut(key)).map(items_mut).unwrap_or_default()
    }
}

pub(super) trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::String(self.into())
    }
}

pub(super) fn items_mut(node: &mut Node) -> &mut [Node] {
    match &mut node.value {
        Value::Sequence(items) => items,
        _ => &mut [],
    }
}

fn each(node: &mut Node, keys: &[&str], change: fn(&mut Node)) {
    let Some(mapping) = node.as_mapping_mut() else { return };
    for key in keys {
        if let Some(value) = mapping.get_mut(key) {
            change(value);
        }
    }
}

/// `x` as `{key: x}`.
fn wrap(node: &mut Node, key: &str) {
    let span = node.span;
    let inner = std::mem::take(node);
    *node = Node::new(Value::Mapping(single(key, span, inner)), span);
}

fn single(key: &str, key_span: Span, value: Node) -> Mapping {
    let mut mapping = Mapping::new();
    mapping.push(Entry { key: key.into(), key_span, value });
    mapping
}

fn string_to_list(node: &mut Node) {
    if node.as_str().is_some() {
        let item = std::mem::take(node);
        *node = Node::new(Value::Sequence(vec![item.clone()]), item.span);
    }
}

/// Options of providers may stand several times.
fn options_to_lists(node: &mut Node) {
    for entry in mapping_entries(node) {
        if entry.value.as_sequence().is_none() {
            let item = std::mem::take(&mut entry.value);
            entry.value = Node::new(Value::Sequence(vec![item.clone()]), item.span);
        }
    }
}

/// `[a=1, b]` as `{a: "1", b: null}`; the last of equal keys wins.
fn pairs(node: &mut Node) {
    let Value::Sequence(items) = &mut node.value else { return };
    let mut mapping = Mapping::with_capacity(items.len());
    for item in std::mem::take(items) {
        let span = item.span;
        let Some(text) = item.as_str() else { continue };
        let (key, value) = match text.split_once('=') {
            Some((key, value)) => (key, Node::new(value.into_value(), span)),
            None => (text, Node::new(Value::Null, span)),
        };
        mapping.remove(key);
        mapping.push(Entry { key: key.into(), key_span: span, value });
    }
    node.value = Value::Mapping(mapping);
}

fn names_to_mapping(node: &mut Node, value: fn(Span) -> Node) {
    let Value::Sequence(items) = &mut node.value else { return };
    let mut mapping = Mapping::with_capacity(items.len());
    for item in std::mem::take(items) {
        let Some(name) = item.as_str() else { continue };
        if mapping.get(name).is_none() {
            mapping.push(Entry { key: name.into(), key_span: item.span, value: value(item.span) });
        }
    }
    node.value = Value::Mapping(mapping);
}

fn dependency(span: Span) -> Node {
    let mut mapping = single("condition", span, Node::new("service_started".into_value(), span));
    mapping.push(Entry { key: "required".into(), key_span: span, value: Node::new(Value::Bool(true), span) });
    Node::new(Value::Mapping(mapping), span)
}

/// `{a: ip}`, `a:ip` and `a=ip` as `a=ip`.
fn hosts(node: &mut Node, path: &KeyPath) -> Result<()> {
    let mut lines = Vec::new();
    let line = |host: &str, address: &str, span: Span| {
        let bare = address.strip_prefix('[').and_then(|address| address.strip_suffix(']')).unwrap_or(address);
        Node::new(format!("{host}={bare}").as_str().into_value(), span)
    };
    match &node.value {
        Value::Mapping(mapping) => {
            for entry in mapping.entries() {
                let one = entry.value.as_str().map(|address| line(&entry.key, address, entry.value.span));
                let many = entry.value.items().filter_map(|item| Some(line(&entry.key, item.as_str()?, item.span)));
                lines.extend(one.into_iter().chain(many));
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                let text = scalar::text(item).unwrap_or_default();
                let Some((host, address)) = text.split_once('=').or_else(|| text.split_once(':')) else {
                    let why = format!("is no host with an address: `{text}`");
                    return Err(Fault::value(path.index(index), why, item.span));
                };
                lines.extend(address.split(',').map(|address| line(host.trim(), address.trim(), item.span)));
            }
        }
        _ => return Ok(()),
    }
    node.value = Value::Sequence(lines);
    Ok(())
}
