//! What no key alone shows: references to what is not there, keys that exclude one another, dependencies in a circle.

use std::{collections::HashMap, net::IpAddr};

use crate::document::{Node, Span, nearest};

use super::{
    error::{ErrorKind, Fault, Result},
    path::KeyPath,
    scalar,
};

/// Checks a settled project; `disabled` are the services that no profile asks for.
pub(super) fn check(model: &Node, disabled: &[String]) -> Result<()> {
    for kind in ["configs", "secrets"] {
        let keys: &[&str] =
            if kind == "configs" { &["file", "environment", "content"] } else { &["file", "environment"] };
        for entry in model.get(kind).into_iter().flat_map(Node::entries) {
            file_object(&KeyPath::keys(&[kind, &entry.key]), &entry.value, keys)?;
        }
    }
    for entry in model.get("volumes").into_iter().flat_map(Node::entries) {
        external_alone(&KeyPath::keys(&["volumes", &entry.key]), &entry.value)?;
    }
    for entry in model.get("jobs").into_iter().flat_map(Node::entries) {
        let twice = model.at(&["services", &entry.key]).is_some() || disabled.iter().any(|name| *name == *entry.key);
        if twice {
            return Err(Fault::value(
                KeyPath::keys(&["jobs", &entry.key]),
                "is the name of a service too",
                entry.key_span,
            ));
        }
    }
    for kind in ["services", "jobs"] {
        for entry in model.get(kind).into_iter().flat_map(Node::entries) {
            Service { model, disabled, kind, name: &entry.key, node: &entry.value, at: entry.key_span }.check()?;
        }
    }
    cycles(model)
}

fn file_object(path: &KeyPath, node: &Node, keys: &[&str]) -> Result<()> {
    let external = node.get("external").and_then(Node::as_bool) == Some(true);
    let given: Vec<&&str> = keys.iter().filter(|key| node.get(key).is_some()).collect();
    match given.as_slice() {
        [] if external => Ok(()),
        [] => Err(Fault::value(path, format!("needs one of {}", keys.join(", ")), node.span)),
        [_] => Ok(()),
        _ => Err(Fault::value(path, format!("takes only one of {}", keys.join(", ")), node.span)),
    }
}

fn external_alone(path: &KeyPath, node: &Node) -> Result<()> {
    if node.get("external").and_then(Node::as_bool) != Some(true) {
        return Ok(());
    }
    let other =
        node.entries().find(|entry| !["name", "external"].contains(&&*entry.key) && !entry.key.starts_with("x-"));
    match other {
        Some(entry) => {
            Err(Fault::value(path, format!("is external: `{}` says nothing there", entry.key), entry.key_span))
        }
        None => Ok(()),
    }
}

struct Service<'m> {
    model: &'m Node,
    disabled: &'m [String],
    kind: &'m str,
    name: &'m str,
    node: &'m Node,
    at: Span,
}

impl Service<'_> {
    fn path(&self, key: &str) -> KeyPath {
        KeyPath::keys(&[self.kind, self.name]).key(key)
    }

    fn refuse<T>(&self, key: &str, why: impl Into<String>) -> Result<T> {
        let span = self.node.get(key).map_or(self.at, |node| node.span);
        Err(Fault::value(self.path(key), why, span))
    }

    fn check(&self) -> Result<()> {
        if ["build", "image", "provider"].iter().all(|key| self.node.field(key).is_none()) {
            let path = KeyPath::keys(&[self.kind, self.name]);
            return Err(Fault::value(path, "has neither an `image` nor a `build`", self.at));
        }
        self.networks()?;
        self.references()?;
        self.values()?;
        self.same("scale", &["replicas"])?;
        self.same("cpus", &["resources", "limits", "cpus"])?;
        self.same("mem_limit", &["resources", "limits", "memory"])?;
        self.same("mem_reservation", &["resources", "reservations", "memory"])?;
        self.same("pids_limit", &["resources", "limits", "pids"])?;
        self.mounts()
    }

    fn networks(&self) -> Result<()> {
        let mode = self.node.str_at("network_mode").filter(|mode| !mode.is_empty());
        let networks: Vec<_> = self.node.get("networks").into_iter().flat_map(Node::entries).collect();
        if mode.is_some() && !networks.is_empty() {
            return self.refuse("network_mode", "and `networks` exclude each other");
        }
        for network in networks {
            self.defined("networks", "network", &network.key, network.key_span)?;
        }
        Ok(())
    }

    fn references(&self) -> Result<()> {
        for dependency in self.node.get("depends_on").into_iter().flat_map(Node::entries) {
            let optional = dependency.value.get("required").and_then(Node::as_bool) == Some(false);
            let known = self.disabled.iter().any(|name| *name == *dependency.key);
            let job = self.kind == "jobs" && self.model.at(&["jobs", &dependency.key]).is_some();
            if (known && optional) || job {
                continue;
            }
            self.defined("services", "service", &dependency.key, dependency.key_span)?;
        }
        for (key, section, what) in [("configs", "configs", "config"), ("secrets", "secrets", "secret")] {
            for item in self.node.get(key).into_iter().flat_map(Node::items) {
                let source = item.str_at("source").unwrap_or_default();
                self.defined(section, what, source, item.span)?;
            }
        }
        for secret in self.node.at(&["build", "secrets"]).into_iter().flat_map(Node::items) {
            self.defined("secrets", "secret", secret.str_at("source").unwrap_or_default(), secret.span)?;
        }
        for model in self.node.get("models").into_iter().flat_map(Node::entries) {
            self.defined("models", "model", &model.key, model.key_span)?;
        }
        for volume in self.node.get("volumes").into_iter().flat_map(Node::items) {
            if volume.str_at("type") == Some("volume")
                && let Some(source) = volume.str_at("source").filter(|source| !source.is_empty())
            {
                self.defined("volumes", "volume", source, volume.span)?;
            }
            if volume.str_at("type") == Some("bind") && volume.field("source").is_none() {
                return Err(Fault::value(self.path("volumes"), "needs a `source` for a bind mount", volume.span));
            }
        }
        Ok(())
    }

    fn defined(&self, section: &str, what: &'static str, name: &str, span: Span) -> Result<()> {
        let section = self.model.get(section);
        if section.is_some_and(|section| section.get(name).is_some()) {
            return Ok(());
        }
        let names = section.into_iter().flat_map(Node::entries).map(|entry| &*entry.key);
        let nearest = nearest(name, names).map(str::to_owned);
        let user = format!("service `{}`", self.name);
        Err(Fault::new(ErrorKind::Undefined { user, what, name: name.to_owned(), nearest }, span))
    }

    fn values(&self) -> Result<()> {
        if let Some(first) = self.node.at(&["healthcheck", "test"]).and_then(|test| test.items().next())
            && !matches!(first.as_str(), Some("CMD" | "CMD-SHELL" | "NONE"))
        {
            return Err(Fault::value(
                self.path("healthcheck").key("test"),
                "must begin with CMD, CMD-SHELL or NONE",
                first.span,
            ));
        }
        if let Some(build) = self.node.get("build")
            && build.get("dockerfile").is_some()
            && build.get("dockerfile_inline").is_some()
        {
            return self.refuse("build", "takes only one of dockerfile, dockerfile_inline");
        }
        for (index, port) in self.node.get("ports").into_iter().flat_map(Node::items).enumerate() {
            let path = self.path("ports").index(index);
            if let Some(host) = port.get("host_ip")
                && host.as_str().is_some_and(|text| text.parse::<IpAddr>().is_err())
            {
                return Err(Fault::value(
                    path.key("host_ip"),
                    format!("is no IP address: `{}`", host.value),
                    host.span,
                ));
            }
            let target = port.get("target").and_then(scalar::integer);
            if target.is_none_or(|target| !(0..=65535).contains(&target)) {
                return Err(Fault::value(path, "has no port of the container", port.span));
            }
        }
        if let Some(policy) = self.node.str_at("pull_policy") {
            let every = policy.strip_prefix("every_").is_some_and(|rest| scalar::duration(rest).is_some());
            let known = ["always", "never", "build", "missing", "refresh", "daily", "weekly"].contains(&policy);
            if !known && !every {
                return self.refuse("pull_policy", format!("is no policy: `{policy}`"));
            }
        }
        let replicas = self.node.at(&["deploy", "replicas"]).or(self.node.get("scale"));
        let count = replicas.and_then(scalar::integer).unwrap_or(1);
        if count < 0 {
            return self.refuse("scale", "must not be negative");
        }
        if count > 1 && self.node.field("container_name").is_some() {
            return self.refuse("container_name", "cannot be that of several replicas");
        }
        for watch in self.node.at(&["develop", "watch"]).into_iter().flat_map(Node::items) {
            let action = watch.str_at("action").unwrap_or_default();
            if watch.get("target").is_none() && !["rebuild", "restart"].contains(&action) {
                return Err(Fault::value(
                    self.path("develop").key("watch"),
                    "needs a `target` for this action",
                    watch.span,
                ));
            }
        }
        let devices = self.node.at(&["deploy", "resources", "reservations", "devices"]);
        for device in self.node.get("gpus").into_iter().chain(devices).flat_map(Node::items) {
            if device.get("count").is_some() && device.get("device_ids").is_some() {
                return Err(Fault::value(self.path("gpus"), "takes only one of count, device_ids", device.span));
            }
        }
        Ok(())
    }

    /// That an old key and its successor in `deploy` do not contradict each other.
    fn same(&self, key: &str, successor: &[&str]) -> Result<()> {
        let (Some(old), Some(deploy)) = (self.node.field(key), self.node.field("deploy")) else { return Ok(()) };
        // As soon as there is the mapping around it, an absent successor counts as zero there; only replicas may be absent.
        let Some(new) = deploy.at(successor) else { return Ok(()) };
        if scalar::text(old) == scalar::text(new) {
            return Ok(());
        }
        self.refuse(key, format!("and `deploy.{}` say different things", successor.join(".")))
    }

    fn mounts(&self) -> Result<()> {
        let mut seen: Vec<String> = Vec::new();
        let tmpfs = self.node.get("tmpfs").into_iter().flat_map(Node::items);
        let tmpfs = tmpfs.filter_map(|item| Some((item.as_str()?.split(':').next()?.to_owned(), item.span)));
        let volumes = self.node.get("volumes").into_iter().flat_map(Node::items);
        let volumes = volumes.filter_map(|item| Some((item.str_at("target")?.to_owned(), item.span)));
        for (target, span) in tmpfs.chain(volumes) {
            if seen.contains(&target) {
                return Err(Fault::value(self.path("volumes"), format!("mounts two things at `{target}`"), span));
            }
            seen.push(target);
        }
        Ok(())
    }
}

/// Services that wait for one another in a circle.
fn cycles(model: &Node) -> Result<()> {
    let services: Vec<_> = model.get("services").into_iter().flat_map(Node::entries).collect();
    let places: HashMap<&str, usize> = services.iter().enumerate().map(|(at, entry)| (&*entry.key, at)).collect();
    let place = |name: &str| places.get(name).copied();
    let next: Vec<Vec<usize>> = services
        .iter()
        .map(|entry| {
            entry.value.get("depends_on").into_iter().flat_map(Node::entries).filter_map(|d| place(&d.key)).collect()
        })
        .collect();
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0u8; services.len()];
    for start in 0..services.len() {
        let mut way: Vec<(usize, usize)> = if state[start] == 0 { vec![(start, 0)] } else { Vec::new() };
        while let Some((at, turn)) = way.last().copied() {
            state[at] = 1;
            let Some(&to) = next[at].get(turn) else {
                state[at] = 2;
                way.pop();
                continue;
            };
            if let Some(last) = way.last_mut() {
                last.1 += 1;
            }
            match state[to] {
                0 => way.push((to, 0)),
                1 => {
                    let begin = way.iter().position(|(step, _)| *step == to).unwrap_or(0);
                    let names = way[begin..].iter().map(|(step, _)| *step).chain([to]);
                    let names = names.map(|step| services[step].key.to_string()).collect();
                    let kind = ErrorKind::Cycle { what: "dependencies", names };
                    return Err(Fault::new(kind, services[at].key_span));
                }
                _ => {}
            }
        }
    }
    Ok(())
}
