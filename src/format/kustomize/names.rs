//! References by name follow the names of what they refer to.

use std::collections::{HashMap, HashSet};

use super::{
    config::{Config, NameReference},
    error::{ErrorKind, Fault, Result},
    fields::{FieldSpec, Make, field},
    resource::{Gvk, Id, NO_NAMESPACE, Resource, scalar, set},
    set::Set,
    transform::named,
};
use crate::document::{Node, Span, Text, Value};

/// What may be referred to, by the names it had.
#[derive(Default)]
struct Targets {
    list: Vec<Target>,
    /// By an earlier name and the namespace of now.
    places: HashMap<(Text, Text), Vec<usize>>,
    /// By an earlier name alone, for those who may refer to everything.
    named: HashMap<Text, Vec<usize>>,
    /// The namespaces that objects first were in, with those they are in now.
    first_namespaces: HashMap<Text, HashSet<Text>>,
}

struct Target {
    id: Id,
    written_namespace: Text,
    previous: Vec<Id>,
    prefixes: Vec<Text>,
    suffixes: Vec<Text>,
}

/// The object that refers.
struct Referrer {
    id: Id,
    prefixes: Vec<Text>,
    suffixes: Vec<Text>,
    /// Group and kind of a binding's role.
    role: Option<Gvk>,
    /// The namespaces that it may look into; `None` is all of them.
    namespaces: Option<Vec<Text>>,
}

/// Rewrites all references of all objects.
pub(super) fn follow(set: &mut Set, config: &Config) -> Result<()> {
    let targets = Targets::of(set.resources());
    let mut by_kind: HashMap<&str, Vec<(&NameReference, &FieldSpec)>> = HashMap::new();
    for reference in &config.name_reference {
        for spec in &reference.from {
            by_kind.entry(&spec.gvk.kind).or_default().push((reference, spec));
        }
    }
    for resource in set.contents_mut() {
        let original = resource.original_id().gvk;
        let lists = [by_kind.get(original.kind.as_str()), by_kind.get("")];
        let specs = lists.into_iter().flatten().flatten().filter(|(_, spec)| original.is_selected(&spec.gvk));
        let mut specs = specs.peekable();
        if specs.peek().is_none() {
            continue;
        }
        let referrer = Referrer::of(resource)?;
        for (reference, spec) in specs {
            let link = Link {
                targets: &targets,
                referrer: &referrer,
                to: &reference.to,
                by_role: spec.path.ends_with("roleRef/name"),
            };
            let done = spec.visit_any(&mut resource.node, Make::Nothing, &mut |node| link.update(node));
            done.map_err(|fault| named(fault, resource, &spec.path))?;
        }
    }
    Ok(())
}

impl Targets {
    fn of(resources: &[Resource]) -> Targets {
        let mut targets = Targets::default();
        for (at, resource) in resources.iter().enumerate() {
            let id = resource.id();
            let previous: Vec<Id> = resource.previous_ids().collect();
            for earlier in &previous {
                let here = targets.places.entry((earlier.name.clone(), id.namespace.clone())).or_default();
                let anywhere = targets.named.entry(earlier.name.clone()).or_default();
                for places in [here, anywhere] {
                    if places.last() != Some(&at) {
                        places.push(at);
                    }
                }
            }
            let first = previous.first().unwrap_or(&id).namespace.clone();
            targets.first_namespaces.entry(first).or_default().insert(id.namespace.clone());
            targets.list.push(Target {
                id,
                written_namespace: resource.namespace(),
                previous,
                prefixes: resource.prefixes.clone(),
                suffixes: resource.suffixes.clone(),
            });
        }
        targets
    }

    /// Those that had `name` and are within the reach of `referrer`, in their order.
    fn had(&self, name: &str, referrer: &Referrer) -> Vec<&Target> {
        let mut places: Vec<usize> = match &referrer.namespaces {
            Some(namespaces) => {
                let key = |namespace: &Text| (Text::from(name), namespace.clone());
                namespaces.iter().filter_map(|namespace| self.places.get(&key(namespace))).flatten().copied().collect()
            }
            None => self.named.get(name).cloned().unwrap_or_default(),
        };
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|at| &self.list[at]).collect()
    }
}

impl Referrer {
    fn of(resource: &Resource) -> Result<Referrer> {
        let id = resource.id();
        let namespaces = if id.is_cluster_scoped() {
            None
        } else {
            let mut namespaces = vec![id.namespace.clone(), NO_NAMESPACE.into()];
            if id.gvk.kind == "RoleBinding" {
                let subjects = resource.node.field("subjects").into_iter().flat_map(Node::items);
                for account in subjects.filter(|subject| subject.str_at("kind") == Some("ServiceAccount")) {
                    match account.get("namespace").map(|namespace| (namespace.as_str(), namespace.span)) {
                        Some((Some(namespace), _)) => namespaces.push(namespace.into()),
                        Some((None, span)) => {
                            let message = format!("a subject of {id} has a `namespace` that is no string");
                            return Err(Fault::invalid(message, span).at(account.span));
                        }
                        None => {}
                    }
                }
            }
            Some(namespaces)
        };
        let role = resource.node.field("roleRef");
        let role = role.and_then(|role| Some((role.str_at("apiGroup")?, role.str_at("kind")?)));
        Ok(Referrer {
            id,
            prefixes: resource.prefixes.clone(),
            suffixes: resource.suffixes.clone(),
            role: role.map(|(group, kind)| Gvk { group: group.into(), version: Text::new(), kind: kind.into() }),
            namespaces,
        })
    }
}

/// References of one object to objects of one kind.
struct Link<'a> {
    targets: &'a Targets,
    referrer: &'a Referrer,
    to: &'a Gvk,
    /// The role's kind is written beside its name.
    by_role: bool,
}

impl Link<'_> {
    /// Rewrites what a field spec leads to: a name, an object with a name, or a list of those.
    fn update(&self, node: &mut Node) -> Result<()> {
        match &mut node.value {
            Value::Sequence(items) => {
                let mut items = items.iter_mut().filter(|item| !item.is_null());
                items.try_for_each(|item| if item.as_mapping().is_some() { self.object(item) } else { self.name(item) })
            }
            Value::Mapping(_) => self.object(node),
            Value::Null => Ok(()),
            _ => self.name(node),
        }
    }

    fn name(&self, node: &mut Node) -> Result<()> {
        let Some(old) = scalar(node) else { return Ok(()) };
        let candidates = self.targets.had(&old, self.referrer);
        if let Some(target) = self.select(&old, candidates, false, node.span)?
            && target.id.name != old
        {
            node.value = Value::String(target.id.name.clone());
        }
        Ok(())
    }

    /// Of an object with `name` and perhaps `namespace`, both follow.
    fn object(&self, node: &mut Node) -> Result<()> {
        let span = node.span;
        let Some(name) = node.get("name") else { return Err(field("", "it has no `name`", span)) };
        let Some(old) = scalar(name) else { return Ok(()) };
        let mut candidates = self.targets.had(&old, self.referrer);
        if let Some(namespace) = node.get("namespace").and_then(scalar) {
            let reach = |now: &Text| self.referrer.namespaces.as_ref().is_none_or(|all| all.contains(now));
            let first = self.targets.first_namespaces.get(&namespace);
            let was_there = first.is_some_and(|now| now.iter().any(reach));
            candidates.retain(|target| {
                let first = target.previous.first().unwrap_or(&target.id);
                if was_there { first.namespace == namespace } else { target.id.namespace == namespace }
            });
        }
        let Some(target) = self.select(&old, candidates, true, span)? else { return Ok(()) };
        let Some(members) = node.as_mapping_mut() else { return Ok(()) };
        for (key, value) in [("name", &target.id.name), ("namespace", &target.written_namespace)] {
            if !value.is_empty() {
                let span = members.get(key).map_or(span, |old| old.span);
                set(members, key, Span::default(), Node::new(Value::String(value.clone()), span));
            }
        }
        Ok(())
    }

    /// The one that is meant, if that is clear.
    fn select<'t>(
        &self,
        name: &str,
        mut candidates: Vec<&'t Target>,
        with_namespace: bool,
        span: Span,
    ) -> Result<Option<&'t Target>> {
        let referrer = self.referrer;
        let had_kind = |target: &Target, gvk: &Gvk| target.previous.iter().any(|id| id.gvk.is_selected(gvk));
        candidates.retain(|target| had_kind(target, self.to));
        if let Some(role) = referrer.role.as_ref().filter(|_| self.by_role) {
            candidates.retain(|target| had_kind(target, role));
        }
        candidates.retain(|target| {
            referrer.id.is_cluster_scoped()
                || target.id.is_cluster_scoped()
                || target.id.gvk.kind == "ServiceAccount"
                || target.id.namespace == referrer.id.namespace
        });
        if let [only] = candidates.as_slice() {
            return Ok(Some(only));
        }
        let fits = |target: &Target, or_none: bool| {
            ends_alike(&target.prefixes, &referrer.prefixes, or_none)
                && ends_alike(&target.suffixes, &referrer.suffixes, or_none)
        };
        candidates.retain(|target| fits(target, true));
        if candidates.len() > 1 {
            candidates.retain(|target| fits(target, false));
        }
        let Some((first, others)) = candidates.split_first() else { return Ok(None) };
        let same = |other: &&Target| {
            other.id.name == first.id.name && (!with_namespace || other.written_namespace == first.written_namespace)
        };
        if others.iter().all(same) {
            return Ok(Some(first));
        }
        let id = format!("to `{}` in {}", name, referrer.id);
        Err(Fault::new(ErrorKind::SeveralMatches { what: "the reference", id, count: candidates.len() }, span))
    }
}

/// Whether one list ends like the other; with `or_none` an empty one fits all.
fn ends_alike(a: &[Text], b: &[Text], or_none: bool) -> bool {
    if a.is_empty() || b.is_empty() {
        return or_none || (a.is_empty() && b.is_empty());
    }
    let length = a.len().min(b.len());
    a[a.len() - length..] == b[b.len() - length..]
}
