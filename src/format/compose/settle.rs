//! What follows from a merged model without being written: defaults, names, implied networks and dependencies.

use crate::document::{Entry, Mapping, Node, Span, Text, Value};

use super::{
    canonical::{IntoValue, items_mut},
    error::Result,
    merge,
    path::KeyPath,
    schema,
};

pub(super) fn entries(model: &Node, section: &str) -> impl Iterator<Item = (Text, Node)> {
    let section = model.get(section).cloned().unwrap_or_default();
    let entries = match section.value {
        Value::Mapping(mapping) => mapping.into_entries(),
        _ => Vec::new(),
    };
    entries.into_iter().map(|entry| (entry.key, entry.value))
}

fn section<'m>(model: &'m mut Node, name: &str) -> &'m mut [Entry] {
    let section = model.as_mapping_mut().and_then(|model| model.get_mut(name)?.as_mapping_mut());
    section.map(Mapping::entries_mut).unwrap_or_default()
}

/// Sets `key` to a value that stands where `at` does, unless it is there.
fn default(mapping: &mut Mapping, key: &str, at: Span, value: Value) {
    if mapping.get(key).is_none_or(Node::is_null) {
        mapping.remove(key);
        mapping.push(Entry { key: key.into(), key_span: at, value: Node::new(value, at) });
    }
}

/// Fills in what the specification says of absent keys, and what other keys imply.
pub(super) fn settle(model: &mut Node, project: &str) -> Result<()> {
    for kind in ["services", "jobs"] {
        for entry in section(model, kind) {
            // A service may be declared and left empty where profiles or includes complete it.
            if entry.value.is_null() {
                entry.value = schema::empty_like(&entry.value);
            }
            let at = entry.key_span;
            if let Some(service) = entry.value.as_mapping_mut() {
                workload(service, at);
            }
        }
    }
    networks(model);
    for kind in ["services", "jobs"] {
        for entry in section(model, kind) {
            inherit(&mut entry.value)?;
        }
    }
    for kind in ["networks", "volumes", "secrets", "configs"] {
        for entry in section(model, kind) {
            let at = entry.key_span;
            if entry.value.is_null() {
                entry.value = Node::new(Value::Mapping(Mapping::new()), at);
            }
            let external = entry.value.get("external").and_then(Node::as_bool) == Some(true);
            let name = if external { entry.key.to_string() } else { format!("{project}_{}", entry.key) };
            if let Some(resource) = entry.value.as_mapping_mut() {
                default(resource, "name", at, name.as_str().into_value());
            }
        }
    }
    Ok(())
}

fn workload(service: &mut Mapping, at: Span) {
    if let Some(policy) = service.get_mut("pull_policy").filter(|policy| policy.as_str() == Some("if_not_present")) {
        policy.value = "missing".into_value();
    }
    if let Some(build) = service.get_mut("build") {
        let span = build.span;
        if let Some(build) = build.as_mapping_mut() {
            default(build, "context", span, "./".into_value());
            if build.get("dockerfile").is_none() && build.get("dockerfile_inline").is_none() {
                default(build, "dockerfile", span, "Dockerfile".into_value());
            }
            if let Some(args) = build.get_mut("args").and_then(Node::as_mapping_mut) {
                args.retain(|entry| !entry.value.is_null());
            }
        }
    }
    for item in service.get_mut("ports").map(items_mut).unwrap_or_default() {
        let span = item.span;
        if let Some(port) = item.as_mapping_mut() {
            default(port, "protocol", span, "tcp".into_value());
            default(port, "mode", span, "ingress".into_value());
        }
    }
    for item in service.get_mut("secrets").map(items_mut).unwrap_or_default() {
        let span = item.span;
        let target = format!("/run/secrets/{}", item.str_at("source").unwrap_or_default());
        if let Some(secret) = item.as_mapping_mut() {
            default(secret, "target", span, target.as_str().into_value());
        }
    }
    for item in service.get_mut("env_file").map(items_mut).unwrap_or_default() {
        let span = item.span;
        if let Some(file) = item.as_mapping_mut() {
            default(file, "required", span, Value::Bool(true));
        }
    }
    if let Some(devices) = service.get_mut("gpus") {
        devices_of(devices);
    }
    let reserved = |deploy: &mut Node| {
        let resources = deploy.as_mapping_mut().and_then(|deploy| deploy.get_mut("resources")?.as_mapping_mut());
        let reservations = resources.and_then(|resources| resources.get_mut("reservations")?.as_mapping_mut());
        if let Some(devices) = reservations.and_then(|reservations| reservations.get_mut("devices")) {
            devices_of(devices);
        }
    };
    service.get_mut("deploy").map(reserved);
    dependencies(service, at);
}

fn devices_of(list: &mut Node) {
    for item in items_mut(list) {
        let span = item.span;
        if let Some(device) = item.as_mapping_mut().filter(|device| device.get("device_ids").is_none()) {
            default(device, "count", span, "all".into_value());
        }
    }
}

/// Links and shared namespaces and volumes imply dependencies.
fn dependencies(service: &mut Mapping, at: Span) {
    let mut implied: Vec<(String, Span, bool)> = Vec::new();
    for link in service.get("links").into_iter().flat_map(Node::items) {
        let name = link.as_str().unwrap_or_default();
        implied.push((name.split(':').next().unwrap_or_default().to_owned(), link.span, true));
    }
    for namespace in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
        if let Some(value) = service.get(namespace)
            && let Some(name) = value.as_str().and_then(|text| text.strip_prefix("service:"))
        {
            implied.push((name.to_owned(), value.span, true));
        }
    }
    for other in service.get("volumes_from").into_iter().flat_map(Node::items) {
        let name = other.as_str().unwrap_or_default();
        if !name.starts_with("container:") {
            implied.push((name.split(':').next().unwrap_or_default().to_owned(), other.span, false));
        }
    }
    if let Some(written) = service.get_mut("depends_on").and_then(Node::as_mapping_mut) {
        for entry in written.entries_mut() {
            let at = entry.key_span;
            if let Some(dependency) = entry.value.as_mapping_mut() {
                default(dependency, "condition", at, "service_started".into_value());
                default(dependency, "required", at, Value::Bool(true));
            }
        }
    }
    if implied.is_empty() {
        return;
    }
    default(service, "depends_on", at, Value::Mapping(Mapping::new()));
    let Some(depends) = service.get_mut("depends_on").and_then(Node::as_mapping_mut) else { return };
    for (name, span, restart) in implied {
        if depends.get(&name).is_some() {
            continue;
        }
        let mut dependency = Mapping::new();
        default(&mut dependency, "condition", span, "service_started".into_value());
        default(&mut dependency, "restart", span, Value::Bool(restart));
        default(&mut dependency, "required", span, Value::Bool(true));
        depends.push(Entry { key: name.into(), key_span: span, value: Node::new(Value::Mapping(dependency), span) });
    }
}

/// Services without networks are on `default`, which exists as soon as one is on it.
fn networks(model: &mut Node) {
    let mut used: Option<Span> = None;
    for kind in ["services", "jobs"] {
        for entry in section(model, kind) {
            let at = entry.key_span;
            let Some(service) = entry.value.as_mapping_mut() else { continue };
            if service.get("provider").is_some() || service.get("network_mode").is_some() {
                continue;
            }
            if service.get("networks").is_none_or(|networks| networks.entries().next().is_none()) {
                service.remove("networks");
                let mut networks = Mapping::new();
                networks.push(Entry { key: "default".into(), key_span: at, value: Node::new(Value::Null, at) });
                default(service, "networks", at, Value::Mapping(networks));
            }
            if service.get("networks").is_some_and(|networks| networks.get("default").is_some()) {
                used.get_or_insert(at);
            }
        }
    }
    let (Some(at), Some(model)) = (used, model.as_mapping_mut()) else { return };
    default(model, "networks", at, Value::Mapping(Mapping::new()));
    if let Some(networks) = model.get_mut("networks").and_then(Node::as_mapping_mut)
        && networks.get("default").is_none()
    {
        networks.push(Entry { key: "default".into(), key_span: at, value: Node::new(Value::Null, at) });
    }
}

/// A `pre_start` hook is a container with everything of its service's that it does not say itself, but the volumes.
fn inherit(service: &mut Node) -> Result<()> {
    let Some(mapping) = service.as_mapping_mut() else { return Ok(()) };
    if mapping.get("pre_start").is_none_or(|hooks| hooks.items().next().is_none()) {
        return Ok(());
    }
    let mut base = Mapping::new();
    for key in schema::container_keys().filter(|key| *key != "volumes") {
        if let Some(entry) = mapping.entry(key) {
            base.push(entry.clone());
        }
    }
    for hook in mapping.get_mut("pre_start").map(items_mut).unwrap_or_default() {
        let own = std::mem::take(hook);
        let span = own.span;
        let base = Node::new(Value::Mapping(base.clone()), span);
        *hook = merge::merge(base, own, &mut KeyPath::keys(&["services", "hook"]))?;
    }
    Ok(())
}

/// Removes what no active profile asks for; the names of what went, with their places.
pub(super) fn select(model: &mut Node, profiles: &[String]) -> Vec<(KeyPath, Span, Vec<String>)> {
    let mut disabled = Vec::new();
    for kind in ["services", "jobs"] {
        let services = model.as_mapping_mut().and_then(|model| model.get_mut(kind)?.as_mapping_mut());
        let Some(services) = services else { continue };
        services.retain(|entry| {
            let wanted: Vec<String> = entry
                .value
                .get("profiles")
                .into_iter()
                .flat_map(Node::items)
                .filter_map(|p| p.as_str().map(str::to_owned))
                .collect();
            let active = wanted.is_empty() || profiles.iter().any(|profile| profile == "*" || wanted.contains(profile));
            if !active {
                disabled.push((KeyPath::keys(&[kind, &entry.key]), entry.key_span, wanted));
            }
            active
        });
    }
    disabled
}
