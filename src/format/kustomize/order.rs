//! The order of the objects that are written.

use std::{cmp::Ordering, collections::HashMap};

use super::{
    config::{FIRST, LAST},
    file::SortOptions,
    resource::{Gvk, Resource},
    set::Set,
};
use crate::document::Text;

/// Sorts by kind where the options ask for the legacy order; else the order of reading stays.
pub(super) fn sort(set: &mut Set, options: &SortOptions) {
    if options.order.as_str() != "legacy" {
        return;
    }
    let text = |kinds: &[&str]| kinds.iter().map(|&kind| Text::from(kind)).collect::<Vec<_>>();
    let (first, last): (Vec<Text>, Vec<Text>) = match &options.legacy {
        Some((first, last)) => {
            (first.iter().map(|kind| kind.text.clone()).collect(), last.iter().map(|kind| kind.text.clone()).collect())
        }
        None => (text(&FIRST), text(&LAST)),
    };
    let mut ranks: HashMap<Text, i64> = HashMap::new();
    let count = first.len() as i64;
    ranks.extend(first.into_iter().enumerate().map(|(at, kind)| (kind, at as i64 - count)));
    ranks.extend(last.into_iter().enumerate().map(|(at, kind)| (kind, at as i64 + 1)));
    let key = |resource: &Resource| {
        let gvk = resource.gvk();
        let name = format!("{}|{}", or(&resource.namespace(), "~X"), or(&resource.name(), "~N"));
        (ranks.get(&gvk.kind).copied().unwrap_or(0), gvk, name)
    };
    set.resources_mut().sort_by_cached_key(|resource| Ranked(key(resource)));
}

#[derive(PartialEq, Eq)]
struct Ranked((i64, Gvk, String));

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        let (Ranked((rank, gvk, name)), Ranked((other_rank, other_gvk, other_name))) = (self, other);
        let kinds = || {
            let order = key_of(gvk).cmp(&key_of(other_gvk));
            let namespaces = gvk.kind == "Namespace" && other_gvk.kind == "Namespace";
            if namespaces && (gvk.group.is_empty() || other_gvk.group.is_empty()) { order.reverse() } else { order }
        };
        rank.cmp(other_rank).then_with(kinds).then_with(|| name.cmp(other_name))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn key_of(gvk: &Gvk) -> String {
    format!("{}_{}_{}", or(&gvk.group, "~G"), or(&gvk.version, "~V"), or(&gvk.kind, "~K"))
}

fn or<'a>(text: &'a Text, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}
