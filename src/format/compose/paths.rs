//! Paths of files as paths of the tree: `./src` of a file in `app` is `./app/src` from here on.
//!
//! What leads out of the root keeps its `..`, absolute paths, `~` and addresses stay as they are.

use crate::document::{Mapping, Node, Value};

use super::{canonical::items_mut, mount};

/// Resolves the paths of one file, whose relative ones begin at `directory`.
pub(super) fn resolve(root: &mut Node, directory: &str) {
    let Some(sections) = root.as_mapping_mut() else { return };
    for section in ["services", "jobs"] {
        for service in members(sections.get_mut(section)) {
            container(&mut service.value, directory);
            let Some(service) = service.value.as_mapping_mut() else { continue };
            if let Some(build) = service.get_mut("build").and_then(Node::as_mapping_mut) {
                build.get_mut("context").into_iter().for_each(|context| one(context, directory));
                members(build.get_mut("additional_contexts")).iter_mut().for_each(|it| one(&mut it.value, directory));
            }
            let develop = service.get_mut("develop").and_then(Node::as_mapping_mut);
            for watch in develop.and_then(|develop| develop.get_mut("watch")).map(items_mut).unwrap_or_default() {
                member(watch, "path", directory);
            }
            for hook in service.get_mut("pre_start").map(items_mut).unwrap_or_default() {
                container(hook, directory);
            }
        }
    }
    for volume in members(sections.get_mut("volumes")) {
        let local = volume.value.str_at("driver") == Some("local");
        let options = volume.value.as_mapping_mut().and_then(|volume| volume.get_mut("driver_opts"));
        // A bind mount in disguise.
        if let Some(options) = options.filter(|options| local && options.str_at("o") == Some("bind")) {
            member(options, "device", directory);
        }
    }
    for section in ["configs", "secrets"] {
        members(sections.get_mut(section)).iter_mut().for_each(|entry| member(&mut entry.value, "file", directory));
    }
}

fn container(node: &mut Node, directory: &str) {
    let Some(container) = node.as_mapping_mut() else { return };
    container
        .get_mut("env_file")
        .map(items_mut)
        .unwrap_or_default()
        .iter_mut()
        .for_each(|it| member(it, "path", directory));
    container.get_mut("label_file").map(items_mut).unwrap_or_default().iter_mut().for_each(|it| one(it, directory));
    for volume in container.get_mut("volumes").map(items_mut).unwrap_or_default() {
        if volume.str_at("type") == Some("bind") {
            member(volume, "source", directory);
        }
    }
}

fn members(node: Option<&mut Node>) -> &mut [crate::document::Entry] {
    node.and_then(Node::as_mapping_mut).map(Mapping::entries_mut).unwrap_or_default()
}

fn member(node: &mut Node, key: &str, directory: &str) {
    if let Some(value) = node.as_mapping_mut().and_then(|mapping| mapping.get_mut(key)) {
        one(value, directory);
    }
}

fn one(node: &mut Node, directory: &str) {
    let Value::String(path) = &mut node.value else { return };
    let elsewhere = path.starts_with(['/', '~', '\\']) || path.contains("://") || path.starts_with("git@");
    let drive = mount::is_path(path) && path.as_bytes().get(1) == Some(&b':');
    if elsewhere || drive || path.starts_with("service:") || path.starts_with("docker-image:") || path.is_empty() {
        return;
    }
    let cleaned = mount::clean(format!("{directory}/{path}").trim_start_matches('/'));
    *path = match cleaned.as_str() {
        "." => "./".into(),
        outside if outside == ".." || outside.starts_with("../") => outside.into(),
        inside => format!("./{inside}").into(),
    };
}
