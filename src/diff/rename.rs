//! Which removed and which added object are the same under another name.
//!
//! Objects of one kind and namespace are alike when they share most of their leaves (a leaf is a path without list places
//! and the value there, the object's own name made neutral). The search looks only at objects that share a rare leaf, so
//! its cost follows the size of the input and not the number of pairs.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    design::Component,
    document::{Node, Value},
};

use super::{list::fingerprint, pair::Pairing};

/// The share of common leaves from which on two objects are one, in percent.
const ALIKE: usize = 80;
/// Objects with fewer leaves in common are too small to say.
const MIN_COMMON: usize = 4;
/// A leaf that more removed objects have than this tells nothing.
const RARE: usize = 16;

/// Takes renamed objects out of `pairing`'s removed and added ones; gives the older with the newer.
pub(super) fn find<'c>(pairing: &mut Pairing<'c>) -> Vec<(&'c Component, &'c Component)> {
    type Bucket = (Vec<usize>, Vec<usize>);
    let mut buckets: BTreeMap<(String, String), Bucket> = BTreeMap::new();
    let key = |component: &Component| (component.kind.to_string(), component.namespace().unwrap_or("").to_owned());
    for (at, component) in pairing.removed.iter().enumerate() {
        buckets.entry(key(component)).or_default().0.push(at);
    }
    for (at, component) in pairing.added.iter().enumerate() {
        buckets.entry(key(component)).or_default().1.push(at);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (removed, added) in buckets.into_values().filter(|(removed, added)| !removed.is_empty() && !added.is_empty()) {
        let object = |list: &[&'c Component], at: &usize| Object::new(*at, list[*at]);
        let mut old: Vec<Object<'_>> = removed.iter().map(|at| object(&pairing.removed, at)).collect();
        let mut new: Vec<Object<'_>> = added.iter().map(|at| object(&pairing.added, at)).collect();
        pairs.extend(unique(&mut old, &mut new, |object| (!object.leaves.is_empty()).then_some(object.signature)));
        pairs.extend(unique(&mut old, &mut new, |object| stem(object.component)));
        pairs.extend(alike(&old, &new));
    }
    take(pairing, &pairs)
}

fn take<'c>(pairing: &mut Pairing<'c>, pairs: &[(usize, usize)]) -> Vec<(&'c Component, &'c Component)> {
    let renamed = pairs.iter().map(|&(old, new)| (pairing.removed[old], pairing.added[new])).collect();
    let (mut old, mut new) = (vec![true; pairing.removed.len()], vec![true; pairing.added.len()]);
    for &(from, to) in pairs {
        (old[from], new[to]) = (false, false);
    }
    let (mut old, mut new) = (old.into_iter(), new.into_iter());
    pairing.removed.retain(|_| old.next().unwrap_or(true));
    pairing.added.retain(|_| new.next().unwrap_or(true));
    renamed
}

/// An object with what it is recognised by.
struct Object<'c> {
    at: usize,
    component: &'c Component,
    /// Hashes of its leaves, sorted.
    leaves: Vec<u64>,
    signature: u64,
}

impl<'c> Object<'c> {
    fn new(at: usize, component: &'c Component) -> Object<'c> {
        let mut leaves = Vec::new();
        let own = component.name().unwrap_or_default();
        for entry in component.configuration.entries() {
            let path = hash(0, entry.key.as_str());
            if entry.key != "metadata" {
                collect(&entry.value, path, own, &mut leaves);
                continue;
            }
            for entry in entry.value.entries().filter(|entry| !matches!(entry.key.as_str(), "name" | "namespace")) {
                collect(&entry.value, hash(path, entry.key.as_str()), own, &mut leaves);
            }
        }
        leaves.sort_unstable();
        let signature = hash(0, &leaves);
        Object { at, component, leaves, signature }
    }
}

fn collect(node: &Node, path: u64, own: &str, leaves: &mut Vec<u64>) {
    match &node.value {
        Value::Null => {}
        Value::Mapping(mapping) => {
            for entry in mapping.entries() {
                collect(&entry.value, hash(path, entry.key.as_str()), own, leaves);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, hash(path, "[]"), own, leaves)),
        // Labels and selectors follow the name of their object.
        Value::String(text) if !own.is_empty() && text.contains(own) => {
            leaves.push(hash(path, text.replace(own, "\0").as_str()));
        }
        _ => leaves.push(hash(path, &fingerprint(node))),
    }
}

fn hash<T: Hash + ?Sized>(before: u64, value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    before.hash(&mut hasher);
    value.hash(&mut hasher);
    hasher.finish()
}

/// Pairs the objects whose mark no other object of their side has, and takes them out.
fn unique<M: Ord + Clone>(
    old: &mut Vec<Object<'_>>,
    new: &mut Vec<Object<'_>>,
    mark: impl Fn(&Object<'_>) -> Option<M>,
) -> Vec<(usize, usize)> {
    let mut marks: BTreeMap<M, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for object in old.iter() {
        if let Some(mark) = mark(object) {
            marks.entry(mark).or_default().0.push(object.at);
        }
    }
    for object in new.iter() {
        if let Some(mark) = mark(object) {
            marks.entry(mark).or_default().1.push(object.at);
        }
    }
    let pairs: Vec<(usize, usize)> = marks
        .into_values()
        .filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        })
        .collect();
    let (gone, come): (std::collections::HashSet<usize>, std::collections::HashSet<usize>) =
        pairs.iter().copied().unzip();
    old.retain(|object| !gone.contains(&object.at));
    new.retain(|object| !come.contains(&object.at));
    pairs
}

/// The name without the hash of its content that Kustomize puts behind the names of generated ConfigMaps and Secrets
/// (ten characters of an alphabet without vowels and look-alikes; kustomize, `api/hasher`).
fn stem(component: &Component) -> Option<String> {
    if !matches!(component.kind.as_str(), "ConfigMap" | "Secret") {
        return None;
    }
    let (stem, suffix) = component.name()?.rsplit_once('-')?;
    let generated = suffix.len() == 10 && suffix.bytes().all(|byte| b"2456789bcdfghkmt".contains(&byte));
    (generated && !stem.is_empty()).then(|| stem.to_owned())
}

/// Pairs objects that are each other's best match and alike enough.
fn alike(old: &[Object<'_>], new: &[Object<'_>]) -> Vec<(usize, usize)> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, object) in old.iter().enumerate() {
        for &leaf in &object.leaves {
            let holders = holders.entry(leaf).or_default();
            // One more than tells anything is enough to know that it tells nothing.
            if holders.last() != Some(&at) && holders.len() <= RARE {
                holders.push(at);
            }
        }
    }
    let mut best_of_old: Vec<Option<Best>> = vec![None; old.len()];
    let mut best_of_new: Vec<Option<Best>> = vec![None; new.len()];
    for (at, object) in new.iter().enumerate() {
        let candidates: std::collections::BTreeSet<usize> = object
            .leaves
            .iter()
            .filter_map(|leaf| holders.get(leaf))
            .filter(|holders| holders.len() <= RARE)
            .flatten()
            .copied()
            .collect();
        // Only the most promising are compared leaf by leaf: those whose size is nearest.
        let mut candidates: Vec<usize> = candidates.into_iter().collect();
        candidates.sort_by_key(|&other| old[other].leaves.len().abs_diff(object.leaves.len()));
        for other in candidates.into_iter().take(4 * RARE) {
            let Some(score) = likeness(&old[other].leaves, &object.leaves) else { continue };
            raise(&mut best_of_old[other], score, at);
            raise(&mut best_of_new[at], score, other);
        }
    }
    let mutual = |(at, best): (usize, &Option<Best>)| {
        let other = best.filter(|best| !best.tied)?.other;
        let back = best_of_old[other].filter(|best| !best.tied)?.other;
        (back == at).then(|| (old[other].at, new[at].at))
    };
    best_of_new.iter().enumerate().filter_map(mutual).collect()
}

/// The best match so far.
#[derive(Clone, Copy)]
struct Best {
    score: usize,
    other: usize,
    /// Another one is as good: nobody can tell which it is.
    tied: bool,
}

fn raise(best: &mut Option<Best>, score: usize, other: usize) {
    match best {
        Some(best) if score < best.score => {}
        Some(best) if score == best.score => best.tied = true,
        _ => *best = Some(Best { score, other, tied: false }),
    }
}

/// Twice the common leaves by all leaves, in hundredths of a percent; `None` when that is not alike.
fn likeness(a: &[u64], b: &[u64]) -> Option<usize> {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    let score = 20_000 * common / (a.len() + b.len()).max(1);
    (common >= MIN_COMMON && score >= ALIKE * 100).then_some(score)
}
