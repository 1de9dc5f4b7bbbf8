//! A design as a kustomization: a base, and an overlay for each environment.
//!
//! An environment that is a design of its own gets what turns the base into it: patches, objects that only it has,
//! deletions. One that is only a name gets an overlay that changes nothing, with what one usually changes as comments.

mod patch;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use self::patch::Patch;
use crate::{
    design::{Component, Design, Identity},
    document::{Mapping, Node, to_yaml},
    format,
};

/// An environment to make an overlay for.
#[derive(Debug, Clone, Copy)]
pub struct Environment<'a> {
    /// Also the name of its directory.
    pub name: &'a str,
    /// What is deployed there; what the base says when there is none.
    pub design: Option<&'a Design>,
}

/// Why a design cannot be a kustomization.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    #[error("{kind} `{name}` is there twice, and kustomize takes each object once")]
    Twice { kind: String, name: String },
    #[error("a {kind} has no name, and kustomize takes only objects with one")]
    NoName { kind: String },
    #[error("`{name}` cannot be the name of an environment")]
    Name { name: String },
    #[error("the environment `{name}` is given twice")]
    SameName { name: String },
}

impl ExportError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            ExportError::Twice { .. } => "keep one of the two, or put them into designs of their own",
            ExportError::NoName { .. } => "give it `metadata.name`",
            ExportError::Name { .. } => "use letters, digits and dashes: it becomes the name of a directory",
            ExportError::SameName { .. } => "give each environment once",
        }
    }
}

/// A kustomization as paths and texts: `base/`, and `overlays/NAME/` for each of `environments`. Without environments the
/// base stands at the top.
///
/// # Errors
/// Objects that kustomize does not take, and names that cannot be directories.
pub fn kustomization(design: &Design, environments: &[Environment<'_>]) -> Result<Vec<(String, String)>, ExportError> {
    let base = Objects::of(design)?;
    if environments.is_empty() {
        return Ok(base.files(""));
    }
    let mut files = base.files("base/");
    let mut seen = HashSet::new();
    for environment in environments {
        let name = environment.name;
        if !is_directory_name(name) {
            return Err(ExportError::Name { name: name.to_owned() });
        }
        if !seen.insert(name.to_lowercase()) {
            return Err(ExportError::SameName { name: name.to_owned() });
        }
        let directory = format!("overlays/{name}/");
        match environment.design {
            None => files.push((format!("{directory}{FILE}"), untouched(&base))),
            Some(design) => files.extend(overlay(&base, &Objects::of(design)?, &directory)),
        }
    }
    Ok(files)
}

const FILE: &str = "kustomization.yaml";

fn is_directory_name(name: &str) -> bool {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && name.len() <= 100 && name.chars().all(harmless) && !name.starts_with('.')
}

/// The objects of a design, each once.
struct Objects<'a> {
    export: format::Export<'a>,
    by_identity: HashMap<Identity, &'a Component>,
}

impl<'a> Objects<'a> {
    fn of(design: &'a Design) -> Result<Objects<'a>, ExportError> {
        let export = format::export(&design.components);
        let mut by_identity = HashMap::new();
        for component in &export.components {
            let kind = component.kind.to_string();
            if component.name().is_none_or(str::is_empty) && component.generate_name().is_none() {
                return Err(ExportError::NoName { kind });
            }
            let known = by_identity.insert(identity(component), *component);
            if known.is_some() {
                let name = component.name().or(component.generate_name()).unwrap_or_default().to_owned();
                return Err(ExportError::Twice { kind, name });
            }
        }
        Ok(Objects { export, by_identity })
    }

    fn files(&self, directory: &str) -> Vec<(String, String)> {
        let files = self.export.to_files();
        let resources: Vec<Node> = files.iter().map(|(name, _)| name.as_str().into()).collect();
        let mut all =
            vec![(format!("{directory}{FILE}"), to_yaml(&kustomization_file([("resources", resources.into())])))];
        all.extend(files.into_iter().map(|(name, text)| (format!("{directory}{name}"), text)));
        all
    }
}

/// Kustomize tells objects apart by their version too, and takes `default` for no namespace.
fn identity(component: &Component) -> Identity {
    let mut identity = component.identity();
    identity.group = component.api_version.clone();
    if identity.namespace == "default" {
        identity.namespace = "".into();
    }
    identity
}

fn kustomization_file<const N: usize>(members: [(&str, Node); N]) -> Node {
    let mut file = Mapping::new();
    file.insert("apiVersion", "kustomize.config.k8s.io/v1beta1");
    file.insert("kind", "Kustomization");
    for (key, value) in members {
        if value.as_sequence().is_none_or(|items| !items.is_empty()) {
            file.insert(key, value);
        }
    }
    file.into()
}

/// What turns `base` into `wanted`.
fn overlay(base: &Objects<'_>, wanted: &Objects<'_>, directory: &str) -> Vec<(String, String)> {
    let mut resources = vec![Node::from("../../base")];
    let (mut patches, mut files) = (Vec::new(), Vec::new());
    // Names of the files are those of the objects in the design they come from.
    let old_names = names(&base.export);
    let new_names = names(&wanted.export);
    for component in &base.export.components {
        let id = identity(component);
        let patch = match wanted.by_identity.get(&id) {
            None => Some(Patch::deletion(component)),
            Some(new) => patch::between(component, new),
        };
        let (Some(patch), Some(name)) = (patch, old_names.get(&id)) else { continue };
        let path = format!("patch-{name}");
        patches.push(patch.reference(&path, component));
        files.push((format!("{directory}{path}"), to_yaml(&patch.body)));
    }
    for component in wanted.export.components.iter().filter(|it| !base.by_identity.contains_key(&identity(it))) {
        let Some(name) = new_names.get(&identity(component)) else { continue };
        resources.push(name.as_str().into());
        files.push((format!("{directory}{name}"), to_yaml(&component.to_object())));
    }
    let file = kustomization_file([("resources", resources.into()), ("patches", patches.into())]);
    files.insert(0, (format!("{directory}{FILE}"), to_yaml(&file)));
    files
}

fn names(export: &format::Export<'_>) -> HashMap<Identity, String> {
    let names = export.to_files().into_iter().map(|(name, _)| name);
    export.components.iter().map(|component| identity(component)).zip(names).collect()
}

/// An overlay that adds nothing yet.
fn untouched(base: &Objects<'_>) -> String {
    let mut text = to_yaml(&kustomization_file([("resources", vec![Node::from("../../base")].into())]));
    text.push_str("# What often differs between environments; take out the `#` of what you change.\n");
    text.push_str("# namespace: NAME\n");
    let mut images = BTreeMap::new();
    let mut replicas = Vec::new();
    for component in &base.export.components {
        if let (Some(name), Some(count)) =
            (component.name(), component.configuration.at(&["spec", "replicas"]).and_then(Node::as_i64))
        {
            replicas.push((name, count));
        }
        let containers = component.configuration.at(&["spec", "template", "spec", "containers"]);
        for image in containers.into_iter().flat_map(Node::items).filter_map(|container| container.str_at("image")) {
            let (name, tag) = split_image(image);
            images.entry(name).or_insert(tag);
        }
    }
    section(&mut text, "images", images.into_iter().map(|(name, tag)| [("name", name.into()), ("newTag", tag.into())]));
    section(&mut text, "replicas", replicas.into_iter().map(|(name, n)| [("name", name.into()), ("count", n.into())]));
    text
}

/// A list as a comment.
fn section(text: &mut String, key: &str, items: impl Iterator<Item = [(&'static str, Node); 2]>) {
    let items: Vec<Node> = items
        .map(|item| item.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>().into())
        .collect();
    if items.is_empty() {
        return;
    }
    let list: Mapping = [(key.into(), items.into())].into_iter().collect();
    to_yaml(&list.into()).lines().for_each(|line| text.push_str(&format!("# {line}\n")));
}

fn split_image(image: &str) -> (&str, &str) {
    let image = image.split_once('@').map_or(image, |(image, _)| image);
    let start = image.rfind('/').map_or(0, |slash| slash + 1);
    match image[start..].rfind(':') {
        Some(colon) => (&image[..start + colon], &image[start + colon + 1..]),
        None => (image, "latest"),
    }
}
