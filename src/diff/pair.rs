//! Which components of two lists are the same object.

use std::collections::BTreeMap;

use crate::{
    design::{Component, Identity},
    registry::Registry,
};

use super::list::fingerprint;

/// Two lists, brought together.
pub(super) struct Pairing<'c> {
    /// On both sides, the older first.
    pub(super) same: Vec<(&'c Component, &'c Component)>,
    pub(super) removed: Vec<&'c Component>,
    pub(super) added: Vec<&'c Component>,
}

/// Pairs components of one identity. A list that holds an identity more than once (overlays read together, objects without
/// a name) has equal ones paired first, so that the order of files decides nothing where it need not.
pub(super) fn by_identity<'c>(from: &'c [Component], to: &'c [Component], registry: &Registry) -> Pairing<'c> {
    type Sides<'c> = (Vec<&'c Component>, Vec<&'c Component>);
    let mut by_identity: BTreeMap<Identity, Sides<'c>> = BTreeMap::new();
    for component in from {
        by_identity.entry(identity(component, registry)).or_default().0.push(component);
    }
    for component in to {
        by_identity.entry(identity(component, registry)).or_default().1.push(component);
    }
    let mut pairing = Pairing { same: Vec::with_capacity(from.len()), removed: Vec::new(), added: Vec::new() };
    for (mut old, mut new) in by_identity.into_values() {
        if old.len() > 1 || new.len() > 1 {
            pair_equal(&mut old, &mut new, &mut pairing.same);
        }
        let both = old.len().min(new.len());
        pairing.removed.extend(old.drain(both..));
        pairing.added.extend(new.drain(both..));
        pairing.same.extend(old.into_iter().zip(new));
    }
    pairing
}

fn pair_equal<'c>(
    old: &mut Vec<&'c Component>,
    new: &mut Vec<&'c Component>,
    same: &mut Vec<(&'c Component, &'c Component)>,
) {
    let print = |component: &&Component| (fingerprint(&component.configuration), component.api_version.clone());
    let mut waiting: BTreeMap<_, Vec<&'c Component>> = BTreeMap::new();
    for component in new.drain(..) {
        waiting.entry(print(&component)).or_default().push(component);
    }
    old.retain(|component| {
        let found = waiting.get_mut(&print(component)).and_then(Vec::pop);
        same.extend(found.map(|found| (*component, found)));
        found.is_none()
    });
    new.extend(waiting.into_values().flatten());
    old.sort_by_cached_key(print);
}

/// The identity that counts: objects of cluster-wide kinds live in no namespace, whatever they say.
fn identity(component: &Component, registry: &Registry) -> Identity {
    let mut identity = component.identity();
    if !identity.namespace.is_empty()
        && registry.kind(&component.api_version, &component.kind).is_some_and(|kind| !kind.namespaced)
    {
        identity.namespace = Default::default();
    }
    if identity.name.is_empty() {
        // Objects that the server is to name are told apart by what it is told to begin the name with.
        let prefix = component.configuration.at(&["metadata", "generateName"]).and_then(|node| node.as_str());
        identity.name = prefix.unwrap_or_default().into();
    }
    identity
}
