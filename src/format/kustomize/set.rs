//! The objects of a build in their order, found by what they are and were known by.

use std::collections::{HashMap, HashSet};

use super::{
    error::{ErrorKind, Fault, Result},
    resource::{Behavior, Id, Resource},
};
use crate::document::{Span, Text};

#[derive(Debug, Default)]
pub(super) struct Set {
    list: Vec<Resource>,
    /// What they are known by now; `None` until asked for.
    ids: Option<HashSet<Id>>,
    /// Where those stand that have or had a name; `None` until asked for.
    names: Option<HashMap<Text, Vec<usize>>>,
    /// Whether one of them was deleted and is still in the list.
    has_deleted: bool,
}

impl Set {
    pub(super) fn resources(&self) -> &[Resource] {
        &self.list
    }

    /// All of them, to change; what they are known by may be others afterwards.
    pub(super) fn resources_mut(&mut self) -> &mut Vec<Resource> {
        (self.ids, self.names) = (None, None);
        &mut self.list
    }

    /// All of them, to change but for what they are known by.
    pub(super) fn contents_mut(&mut self) -> &mut [Resource] {
        &mut self.list
    }

    /// Changes one of them.
    pub(super) fn change<T>(&mut self, at: usize, change: impl FnOnce(&mut Resource) -> Result<T>) -> Result<T> {
        let resource = &mut self.list[at];
        let (before, names) = (resource.id(), resource.previous.len());
        let done = change(resource);
        self.has_deleted |= resource.node.is_null();
        if resource.previous.len() != names || resource.node.is_null() || resource.id() != before {
            (self.ids, self.names) = (None, None);
        }
        done
    }

    /// # Errors
    /// When there is one that is known by the same.
    pub(super) fn add(&mut self, resource: Resource) -> Result<()> {
        let id = resource.id();
        let ids = self.ids.get_or_insert_with(|| self.list.iter().map(Resource::id).collect());
        if ids.contains(&id) {
            return Err(Fault::new(ErrorKind::Duplicate(id.to_string()), resource.span()));
        }
        if let Some(names) = &mut self.names {
            add_names(names, &resource, self.list.len());
        }
        ids.insert(id);
        self.list.push(resource);
        Ok(())
    }

    pub(super) fn add_all(&mut self, resources: impl IntoIterator<Item = Resource>) -> Result<()> {
        resources.into_iter().try_for_each(|resource| self.add(resource))
    }

    /// Adds what was generated, as its behavior says: as a new one, or over or into the one that is there.
    pub(super) fn absorb(&mut self, mut resource: Resource) -> Result<()> {
        let (id, span) = (resource.id(), resource.span());
        let found = self.known_as(&id);
        let at = match (found.as_slice(), resource.behavior) {
            ([], Behavior::Create) => return self.add(resource),
            ([], _) => {
                let what = "the generator that merges or replaces";
                return Err(Fault::new(ErrorKind::NoMatch { what, id: id.to_string() }, span));
            }
            ([_], Behavior::Create) => return Err(Fault::new(ErrorKind::Duplicate(id.to_string()), span)),
            (&[at], _) => at,
            (several, _) => return Err(several_match("the generator", &id, several.len(), span)),
        };
        let old = &self.list[at];
        let behavior = resource.behavior;
        resource.inherit(old);
        if behavior == Behavior::Merge {
            resource.merge_data(old, "data");
            resource.merge_data(old, "binaryData");
            resource.origin.clone_from(&old.origin);
        }
        self.list[at] = resource;
        (self.ids, self.names) = (None, None);
        Ok(())
    }

    /// Where those stand that have or had a name.
    pub(super) fn named(&mut self, name: &str) -> &[usize] {
        let names = self.names.get_or_insert_with(|| {
            let mut names = HashMap::new();
            self.list.iter().enumerate().for_each(|(at, resource)| add_names(&mut names, resource, at));
            names
        });
        names.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where those stand that are or were known by `id`.
    pub(super) fn known_as(&mut self, id: &Id) -> Vec<usize> {
        self.matching(&id.name, |known| known == id)
    }

    /// Where those stand that have or had the name, with an id for which `matches` holds.
    pub(super) fn matching(&mut self, name: &str, matches: impl Fn(&Id) -> bool) -> Vec<usize> {
        let found = self.named(name).to_vec();
        let holds = |resource: &Resource| resource.previous_ids().chain([resource.id()]).any(|known| matches(&known));
        found.into_iter().filter(|&at| holds(&self.list[at])).collect()
    }

    /// Where the only one stands that is or was known by `id`.
    pub(super) fn only(&mut self, id: &Id, what: &'static str, span: Span) -> Result<usize> {
        match self.known_as(id).as_slice() {
            [at] => Ok(*at),
            [] => Err(Fault::new(ErrorKind::NoMatch { what, id: id.to_string() }, span)),
            several => Err(several_match(what, id, several.len(), span)),
        }
    }

    /// Drops those that were deleted.
    pub(super) fn drop_deleted(&mut self) {
        if std::mem::take(&mut self.has_deleted) {
            self.list.retain(|resource| resource.node.as_mapping().is_some_and(|mapping| !mapping.is_empty()));
            (self.ids, self.names) = (None, None);
        }
    }

    /// # Errors
    /// When two are known by the same.
    pub(super) fn check_unique(&mut self) -> Result<()> {
        if self.ids.is_some() {
            return Ok(());
        }
        let mut seen = HashSet::with_capacity(self.list.len());
        if let Some(twice) = self.list.iter().find(|resource| !seen.insert(resource.id())) {
            return Err(Fault::new(ErrorKind::Duplicate(twice.id().to_string()), twice.span()));
        }
        self.ids = Some(seen);
        Ok(())
    }

    pub(super) fn into_resources(self) -> Vec<Resource> {
        self.list
    }
}

fn several_match(what: &'static str, id: &Id, count: usize, span: Span) -> Fault {
    Fault::new(ErrorKind::SeveralMatches { what, id: id.to_string(), count }, span)
}

fn add_names(names: &mut HashMap<Text, Vec<usize>>, resource: &Resource, at: usize) {
    let all = resource.previous.iter().map(|(_, name, _)| name.clone()).chain([resource.name()]);
    for name in all {
        let places = names.entry(name).or_default();
        if places.last() != Some(&at) {
            places.push(at);
        }
    }
}
