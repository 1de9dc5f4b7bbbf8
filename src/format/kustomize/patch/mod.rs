//! Patches: what they are, and the objects they are for.

pub(super) mod json;
pub(super) mod merge;

use super::{
    Build,
    error::{ErrorKind, Fault, Result},
    file::PatchEntry,
    load::{Dialect, Location},
    read::Word,
    resource::{Budget, Resource, members, scalar},
    select::Matcher,
    set::Set,
};
use crate::document::{Mapping, Node, Span, Value};

/// A patch as it was written.
enum Patch {
    Strategic(Vec<Resource>),
    Json(Vec<json::Operation>),
}

impl Build<'_> {
    /// Applies an entry of `patches`.
    pub(super) fn patch(&mut self, set: &mut Set, at: &Location, entry: &PatchEntry) -> Result<()> {
        let target = entry.target.as_ref().map(Matcher::new).transpose()?;
        match (self.read_patch(at, entry)?, target) {
            (Patch::Json(_), None) => Err(Fault::invalid("a JSON patch needs a `target`", entry.span)),
            (Patch::Json(operations), Some(target)) => {
                let found = self.selected(set, &target, entry.span);
                for at in found {
                    let budget = &mut self.budget;
                    set.change(at, |resource| {
                        resource.remember_id();
                        apply_json(resource, &operations, budget)
                    })?;
                }
                Ok(())
            }
            (Patch::Strategic(patches), None) => {
                for patch in patches {
                    let at = set.only(&patch.original_id(), "the patch of", patch.span())?;
                    self.merge_into(set, at, &patch)?;
                }
                Ok(())
            }
            (Patch::Strategic(patches), Some(target)) => match patches.as_slice() {
                [] => Ok(()),
                [patch] => self.patch_selected(set, patch, &target, entry.span),
                _ => Err(Fault::invalid("a patch with a `target` is one document", entry.span)),
            },
        }
    }

    /// Merges one patch into all objects that a target selects.
    fn patch_selected(&mut self, set: &mut Set, patch: &Resource, target: &Matcher, span: Span) -> Result<()> {
        for field in ["labels", "annotations"] {
            let pairs = patch.node.at(&["metadata", field]).into_iter().flat_map(Node::entries);
            for pair in pairs.filter(|pair| pair.value.is_null()) {
                let message = format!("kustomize makes the text `null` of `{}` in a patch with a `target`", pair.key);
                self.warn(&message, pair.key_span);
            }
        }
        for at in self.selected(set, target, span) {
            let mut patch = patch.clone();
            let api_version = Value::String(set.resources()[at].api_version().into());
            let span = patch.node.field("apiVersion").map_or(Span::default(), |node| node.span);
            members(&mut patch.node).insert("apiVersion", Node::new(api_version, span));
            texts_of(&mut patch, "labels", false);
            texts_of(&mut patch, "annotations", false);
            self.merge_into(set, at, &patch)?;
        }
        set.drop_deleted();
        set.check_unique()
    }

    /// Applies the documents of an entry of `patchesStrategicMerge`.
    pub(super) fn patch_strategic(&mut self, set: &mut Set, patches: Vec<Resource>) -> Result<()> {
        for patch in patches {
            let at = set.only(&patch.original_id(), "the patch of", patch.span())?;
            self.merge_into(set, at, &patch)?;
            set.drop_deleted();
            set.check_unique()?;
        }
        Ok(())
    }

    /// Applies an entry of `patchesJson6902`.
    pub(super) fn patch_json(&mut self, set: &mut Set, at: &Location, entry: &PatchEntry) -> Result<()> {
        let Some(target) = entry.target.as_ref().filter(|target| !target.name.is_empty()) else {
            return Err(Fault::invalid("an entry of `patchesJson6902` needs a `target` with a name", entry.span));
        };
        let Patch::Json(operations) = self.read_patch(at, entry)? else {
            return Err(Fault::invalid("an entry of `patchesJson6902` is a list of operations", entry.span));
        };
        for at in self.selected(set, &Matcher::new(target)?, entry.span) {
            let budget = &mut self.budget;
            set.change(at, |resource| apply_json(resource, &operations, budget))?;
        }
        Ok(())
    }

    /// The documents of a patch that is a path, or the text itself.
    pub(super) fn strategic_patches(&mut self, at: &Location, patch: &Word) -> Result<Vec<Resource>> {
        // Only a text of several lines, or in flow style, can be an object.
        let nodes = if patch.contains('\n') || patch.trim_start().starts_with('{') {
            self.inline(patch, Dialect::Resource)?
        } else {
            self.documents(at, patch, Dialect::Resource)?.to_vec()
        };
        self.resources_of(nodes)
    }

    fn read_patch(&mut self, at: &Location, entry: &PatchEntry) -> Result<Patch> {
        let (is_file, is_text) = (!entry.path.is_empty(), !entry.patch.trim().is_empty());
        if is_file == is_text {
            let how = if is_file { "has a `path` or a `patch`, not both" } else { "needs a `path` or a `patch`" };
            return Err(Fault::invalid(format!("a patch {how}"), entry.span));
        }
        let mut nodes = self.patch_documents(at, entry, Dialect::Resource)?;
        if let [Node { value: Value::Sequence(_), .. }, ..] = nodes.as_slice() {
            nodes = self.patch_documents(at, entry, Dialect::Kubernetes)?;
            let operations = json::operations(&nodes[0])?;
            if operations.is_empty() {
                return Err(Fault::invalid("the patch is empty", entry.span));
            }
            return Ok(Patch::Json(operations));
        }
        let mut patches = self.resources_of(nodes)?;
        if patches.is_empty() {
            self.warn("the patch is empty", entry.span);
        }
        for patch in &mut patches {
            (patch.renames, patch.rekinds) = (entry.renames, entry.rekinds);
        }
        Ok(Patch::Strategic(patches))
    }

    fn patch_documents(&mut self, at: &Location, entry: &PatchEntry, dialect: Dialect) -> Result<Vec<Node>> {
        if entry.path.is_empty() {
            self.inline(&entry.patch, dialect)
        } else {
            Ok(self.documents(at, &entry.path, dialect)?.to_vec())
        }
    }

    /// Where the objects stand that a target selects; none is worth a remark.
    fn selected(&mut self, set: &Set, target: &Matcher, span: Span) -> Vec<usize> {
        let all = set.resources().iter().enumerate();
        let found: Vec<usize> = all.filter(|(_, resource)| target.matches(resource)).map(|(at, _)| at).collect();
        if found.is_empty() {
            self.warn("the target of this patch selects nothing", span);
        }
        found
    }

    fn merge_into(&mut self, set: &mut Set, at: usize, patch: &Resource) -> Result<()> {
        if let Some((directive, span)) = merge::foreign_directive(&patch.node) {
            let message =
                format!("kustomize takes the directive `{directive}` for a field, and so it stays in the object");
            self.warn(&message, span);
        }
        if patch.node.str_at("$patch") == Some("replace") {
            self.warn("kustomize leaves the object as it is when all of it is to be replaced", patch.span());
        }
        self.budget.copy(&patch.node, patch.span())?;
        let schemas = self.schemas();
        set.change(at, |resource| {
            if patch.renames || patch.rekinds {
                resource.remember_id();
            }
            let (name, namespace) = (resource.node.at(&["metadata", "name"]).cloned(), resource.namespace());
            let kind = resource.node.field("kind").cloned();
            let at_namespace = resource.node.at(&["metadata", "namespace"]).cloned();
            let target = std::mem::take(&mut resource.node);
            if patch.node.str_at("$patch") == Some("replace") {
                // kustomize makes the new object, and forgets it.
                resource.node = target;
                return Ok(());
            }
            let Some(merged) = merge::merge(&schemas, target, patch.node.clone())? else { return Ok(()) };
            resource.node = merged;
            if let Some(kind) = kind.filter(|_| !patch.rekinds) {
                members(&mut resource.node).insert("kind", kind);
            }
            if let Some(name) = name.filter(|_| !patch.renames) {
                restore(resource, "name", name);
            }
            match at_namespace {
                Some(node) if !namespace.is_empty() => restore(resource, "namespace", node),
                _ => resource.set_metadata("namespace", namespace),
            }
            Ok(())
        })
    }

    pub(super) fn resources_of(&mut self, nodes: Vec<Node>) -> Result<Vec<Resource>> {
        let mut resources = Vec::with_capacity(nodes.len());
        let mut pending: std::collections::VecDeque<Node> = nodes.into();
        if pending.len() == 1 && pending[0].str_at("kind") == Some("List") {
            // A file that is one list stands for its items.
            if let Some(items) = pending[0].field("items").and_then(Node::as_sequence) {
                pending = items.to_vec().into();
            }
        }
        while let Some(node) = pending.pop_front() {
            if node.is_null() || node.as_mapping().is_some_and(Mapping::is_empty) {
                continue;
            }
            check_resource(&node)?;
            let is_list = node.str_at("kind").is_some_and(|kind| kind.ends_with("List"));
            match node.get("items").filter(|_| is_list) {
                Some(Node { value: Value::Sequence(items), .. }) => pending.extend(items.iter().cloned()),
                Some(items) if items.is_null() => {}
                _ => resources.push(Resource::new(node)),
            }
        }
        Ok(resources)
    }
}

/// # Errors
/// What has no kind or no name is no resource.
fn check_resource(node: &Node) -> Result<()> {
    let Some(kind) = node.field("kind").and_then(scalar).filter(|kind| !kind.is_empty()) else {
        return Err(Fault::new(ErrorKind::NotAResource("kind"), node.span));
    };
    let name = node.at(&["metadata", "name"]).and_then(scalar);
    if !kind.ends_with("List") && name.is_none_or(|name| name.is_empty()) {
        return Err(Fault::new(ErrorKind::NotAResource("metadata.name"), node.span));
    }
    Ok(())
}

fn restore(resource: &mut Resource, field: &str, value: Node) {
    let root = members(&mut resource.node);
    if root.get("metadata").is_none() {
        root.insert("metadata", Mapping::new());
    }
    if let Some(metadata) = root.get_mut("metadata") {
        members(metadata).insert(field, value);
    }
}

fn apply_json(resource: &mut Resource, operations: &[json::Operation], budget: &mut Budget) -> Result<()> {
    let id = resource.id();
    json::apply(&mut resource.node, operations, budget, &|| id.to_string())?;
    check_resource(&resource.node)?;
    // To kustomize the object was JSON, where a null annotation is the text `null`.
    texts_of(resource, "annotations", true);
    Ok(())
}

/// Makes texts of the scalars among the labels or annotations: of a null that is written, or of all, the text `null`.
fn texts_of(resource: &mut Resource, field: &str, all: bool) {
    let metadata = resource.node.as_mapping_mut().and_then(|root| root.get_mut("metadata"));
    let members = metadata.and_then(Node::as_mapping_mut).and_then(|metadata| metadata.get_mut(field));
    for entry in members.and_then(Node::as_mapping_mut).into_iter().flat_map(Mapping::entries_mut) {
        let is_written_null = entry.value.is_null() && (all || !entry.value.span.is_empty());
        if let Some(text) = if is_written_null { Some("null".into()) } else { scalar(&entry.value) } {
            entry.value.value = Value::String(text);
        }
    }
}
