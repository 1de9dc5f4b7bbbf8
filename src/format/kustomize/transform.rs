//! The transformers that set fields of all objects: namespace, prefix and suffix, labels, annotations, images, replicas.

use regex::Regex;

use super::{
    error::{ErrorKind, Fault, Result},
    fields::{DEEPEST, FieldSpec, Make, field, set_entry, set_scalar},
    file::{Image, Replica},
    read::{Pair, Word},
    resource::{Resource, scalar, set},
    set::Set,
};
use crate::document::{Entry, Mapping, Node, Number, Span, Text, Value};

/// Runs a spec on an object; a fault names the object.
fn visit(
    resource: &mut Resource,
    spec: &FieldSpec,
    make: Make,
    set: &mut dyn FnMut(&mut Node) -> Result<()>,
) -> Result<()> {
    spec.visit(&mut resource.node, make, set).map_err(|fault| named(fault, resource, &spec.path))
}

/// Says which object and field a fault is in.
pub(super) fn named(mut fault: Fault, resource: &Resource, field: &str) -> Fault {
    if let ErrorKind::Field { path, id, .. } = &mut *fault.kind {
        *id = resource.id().to_string();
        *path = field.replace('/', ".");
    }
    fault.at(resource.span())
}

/// Which subjects of role bindings get the namespace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Subjects {
    #[default]
    NamedDefault,
    ServiceAccounts,
    None,
}

/// `namespace`, and the NamespaceTransformer.
#[derive(Debug, Default)]
pub(super) struct Namespace {
    pub(super) name: Word,
    pub(super) specs: Vec<FieldSpec>,
    /// Only where none is set.
    pub(super) unset_only: bool,
    pub(super) subjects: Subjects,
}

impl Namespace {
    /// # Errors
    /// When two objects become one.
    pub(super) fn transform(&self, set: &mut Set) -> Result<()> {
        if self.name.is_empty() {
            return Ok(());
        }
        let own = FieldSpec::everywhere("metadata/namespace", true);
        for resource in set.resources_mut().iter_mut().filter(|resource| !resource.by_helm) {
            resource.remember_id();
            self.one(resource, &own)?;
        }
        set.check_unique()
    }

    fn one(&self, resource: &mut Resource, own: &FieldSpec) -> Result<()> {
        let mut put = |node: &mut Node| {
            let is_set = scalar(node).is_some_and(|text| !text.is_empty());
            if self.unset_only && is_set { Ok(()) } else { set_scalar(node, self.name.node().value, self.name.span) }
        };
        if !resource.is_cluster_scoped() {
            visit(resource, own, Make::Text, &mut put)?;
        }
        let binds = ["RoleBinding", "ClusterRoleBinding"].contains(&resource.kind());
        if binds {
            self.bind(resource, &mut put)?;
        }
        for spec in &self.specs {
            let skipped = match spec.path.as_str() {
                "metadata/namespace" => true,
                "metadata/name" => resource.api_version() != "v1",
                "subjects/namespace" => {
                    binds && ["RoleBinding", "ClusterRoleBinding"].contains(&spec.gvk.kind.as_str())
                }
                _ => false,
            };
            if !skipped {
                visit(resource, spec, Make::Text, &mut put)?;
            }
        }
        Ok(())
    }

    fn bind(&self, resource: &mut Resource, put: &mut dyn FnMut(&mut Node) -> Result<()>) -> Result<()> {
        let (field, wanted) = match self.subjects {
            Subjects::NamedDefault => ("name", "default"),
            Subjects::ServiceAccounts => ("kind", "ServiceAccount"),
            Subjects::None => return Ok(()),
        };
        let subjects = resource.node.as_mapping_mut().and_then(|mapping| mapping.get_mut("subjects"));
        let Some(Value::Sequence(subjects)) = subjects.map(|node| &mut node.value) else { return Ok(()) };
        for subject in subjects.iter_mut().filter(|subject| subject.str_at(field) == Some(wanted)) {
            if let Some(members) = subject.as_mapping_mut() {
                if members.get("namespace").is_none() {
                    members.insert("namespace", "");
                }
                members.get_mut("namespace").map_or(Ok(()), &mut *put)?;
            }
        }
        Ok(())
    }
}

/// `namePrefix` (`is_prefix`) and `nameSuffix`.
pub(super) fn affix(set: &mut Set, affix: &Word, specs: &[FieldSpec], is_prefix: bool) -> Result<()> {
    for resource in set.resources_mut() {
        let id = resource.original_id();
        let fixed = matches!(id.gvk.kind.as_str(), "CustomResourceDefinition" | "Namespace")
            || (id.gvk.group == "apiregistration.k8s.io" && id.gvk.kind == "APIService");
        if fixed {
            continue;
        }
        for spec in specs.iter().filter(|spec| id.gvk.is_selected(&spec.gvk)) {
            if spec.path == "metadata/name" && !affix.is_empty() {
                let known = if is_prefix { &mut resource.prefixes } else { &mut resource.suffixes };
                known.push(affix.text.clone());
                resource.remember_id();
            }
            visit(resource, spec, Make::Text, &mut |node| {
                let old = scalar(node).unwrap_or_default();
                let text = if is_prefix { format!("{}{old}", affix.text) } else { format!("{old}{}", affix.text) };
                set_scalar(node, Value::String(text.into()), Span::default())
            })?;
        }
    }
    Ok(())
}

/// Labels or annotations.
pub(super) fn pairs(set: &mut Set, pairs: &[Pair], specs: &[FieldSpec]) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    for resource in set.contents_mut() {
        for spec in specs {
            visit(resource, spec, Make::Mapping, &mut |node| {
                pairs.iter().try_for_each(|pair| set_entry(node, &pair.key, pair.key_span, pair.value.node()))
            })?;
        }
    }
    Ok(())
}

/// Renames and retags images, in the fields of the specs and wherever `containers` or `initContainers` are.
pub(super) fn images(set: &mut Set, image: &Image, specs: &[FieldSpec]) -> Result<()> {
    let pattern = format!("^{}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$", image.name.text);
    let refused = |_| Fault::invalid(format!("`{}` is no regular expression", image.name.text), image.name.span);
    let pattern = Regex::new(&pattern).map_err(refused)?;
    let retag = |node: &mut Node| {
        if let Some(text) = scalar(node).filter(|text| pattern.is_match(text)) {
            let (text, span) = retagged(&text, image);
            node.value = Value::String(text.into());
            if span != Span::default() {
                node.span = span;
            }
        }
    };
    for resource in set.contents_mut().iter_mut().filter(|resource| resource.kind() != "CustomResourceDefinition") {
        in_containers(&mut resource.node, &retag);
        for spec in specs {
            visit(resource, spec, Make::Nothing, &mut |node| {
                retag(node);
                Ok(())
            })?;
        }
    }
    Ok(())
}

fn in_containers(node: &mut Node, retag: &dyn Fn(&mut Node)) {
    match &mut node.value {
        Value::Mapping(mapping) => {
            for Entry { key, value, .. } in mapping.entries_mut() {
                in_containers(value, retag);
                let is_list = ["containers", "initContainers"].contains(&key.as_str());
                if let (true, Value::Sequence(items)) = (is_list, &mut value.value) {
                    let containers = items.iter_mut().filter_map(Node::as_mapping_mut);
                    containers.filter_map(|container| container.get_mut("image")).for_each(retag);
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| in_containers(item, retag)),
        _ => {}
    }
}

/// The image as an entry of `images` wants it, and where that is written.
fn retagged(text: &str, image: &Image) -> (String, Span) {
    let (name, tag, digest) = split_image(text);
    let name = if image.new_name.is_empty() { name } else { image.new_name.as_str() };
    let (new_tag, new_digest) = (image.new_tag.as_str(), image.digest.as_str());
    let suffixed;
    let (tag, digest) = match (new_tag.is_empty(), new_digest.is_empty()) {
        (false, _) => (new_tag, new_digest),
        (true, false) => ("", new_digest),
        (true, true) if !image.tag_suffix.is_empty() => {
            suffixed = format!("{tag}{}", image.tag_suffix.text);
            (suffixed.as_str(), "")
        }
        (true, true) => (tag, digest),
    };
    let mut text = name.to_owned();
    for (mark, part) in [(':', tag), ('@', digest)] {
        if !part.is_empty() {
            text.push(mark);
            text.push_str(part);
        }
    }
    let places = [&image.new_tag, &image.digest, &image.tag_suffix, &image.new_name];
    let span = places.into_iter().find(|word| !word.is_empty()).map_or(Span::default(), |word| word.span);
    (text, span)
}

/// Name, tag and digest of `[[host[:port]/]component/]component[:tag][@digest]`.
fn split_image(text: &str) -> (&str, &str, &str) {
    let start = text.find('/').unwrap_or(0);
    let find = |mark| text[start..].find(mark).map(|at| at + start);
    match (find(':'), find('@')) {
        (None, None) => (text, "", ""),
        (Some(tag), Some(digest)) if tag < digest => (&text[..tag], &text[tag + 1..digest], &text[digest + 1..]),
        (_, Some(digest)) => (&text[..digest], "", &text[digest + 1..]),
        (Some(tag), None) => (&text[..tag], &text[tag + 1..], ""),
    }
}

/// Sets the number of replicas of the objects that have or had a name.
pub(super) fn replicas(set: &mut Set, replica: &Replica, specs: &[FieldSpec]) -> Result<()> {
    let mut found = false;
    for spec in specs {
        for at in set.matching(&replica.name, |id| id.name == replica.name.text && id.gvk.is_selected(&spec.gvk)) {
            found = true;
            let resource = &mut set.contents_mut()[at];
            let count = Value::Number(Number::Int(replica.count));
            visit(resource, spec, Make::Number, &mut |node| set_scalar(node, count.clone(), replica.span))?;
        }
    }
    if found {
        return Ok(());
    }
    let id = format!("`{}`", replica.name.text);
    Err(Fault::new(ErrorKind::NoMatch { what: "the entry of `replicas` for", id }, replica.name.span))
}

/// The ValueAddTransformer: writes a value to a field, or a name into a path that the field holds.
pub(super) fn add_value(resource: &mut Resource, value: &Word, path: &str, position: i64) -> Result<()> {
    let mut names: Vec<String> = super::fields::split(path, '/');
    if names.len() > DEEPEST {
        return Err(field("", format!("the path has more than {DEEPEST} names"), value.span));
    }
    let Some(last) = names.pop() else { return Ok(()) };
    let mut node = &mut resource.node;
    for name in names {
        let members = super::resource::members(node);
        if members.get(&name).is_none() {
            members.insert(name.as_str(), Mapping::new());
        }
        let Some(member) = members.get_mut(&name) else { return Ok(()) };
        node = member;
    }
    let members = super::resource::members(node);
    let old = members.get(&last).map(|node| scalar(node).ok_or_else(|| field(path, "it holds no scalar", node.span)));
    let old = old.transpose()?.unwrap_or_default();
    let text = if position > 0 { inserted(&old, position as usize - 1, value) } else { value.text.clone() };
    set(members, &last, Span::default(), Node::new(Value::String(text), value.span));
    Ok(())
}

/// `a/b` with `name` before its part `at`, else behind the last.
fn inserted(path: &str, at: usize, name: &str) -> Text {
    let (root, rest) = path.strip_prefix('/').map_or(("", path), |rest| ("/", rest));
    let mut parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
    parts.insert(at.min(parts.len()), name);
    format!("{root}{}", parts.join("/")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_split_and_put_together() {
        let word = |text: &str| Word { text: text.into(), span: Span::default() };
        let check = |text: &str, [new_name, new_tag, tag_suffix, digest]: [&str; 4], expected: &str| {
            let image = Image {
                name: Word::default(),
                new_name: word(new_name),
                new_tag: word(new_tag),
                tag_suffix: word(tag_suffix),
                digest: word(digest),
            };
            assert_eq!(retagged(text, &image).0, expected);
        };
        check("nginx", ["", "1", "", ""], "nginx:1");
        check("a.b:5000/nginx:1@sha256:x", ["c", "", "", ""], "c:1@sha256:x");
        check("a.b:5000/nginx:1@sha256:x", ["", "2", "", ""], "a.b:5000/nginx:2");
        check("nginx:1", ["", "", "", "sha256:y"], "nginx@sha256:y");
        check("nginx:1", ["", "2", "", "sha256:y"], "nginx:2@sha256:y");
        check("nginx:1@sha256:x", ["", "", "-b", ""], "nginx:1-b");
    }

    #[test]
    fn names_go_into_paths() {
        for (path, at, expected) in [("", 5, "n"), ("/", 0, "/n"), ("a/b/c", 1, "a/n/b/c"), ("/a", 9, "/a/n")] {
            assert_eq!(inserted(path, at, "n"), expected);
        }
    }
}
