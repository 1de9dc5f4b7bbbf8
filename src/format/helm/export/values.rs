//! `values.yaml`: what was lifted out of the objects, under keys named after them.

use std::collections::HashSet;

use crate::document::{Mapping, Node, Text, Value, write_yaml, write_yaml_entry};

/// Keys of the top level that mean something else: Helm's own and those of [`super::namespace`].
const RESERVED: [&str; 3] = ["global", super::namespace::OVERRIDE, super::namespace::CREATE];

/// The values of a chart: one group for each name of an object, in it a section for each object.
#[derive(Debug, Default)]
pub(super) struct Values {
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    key: Text,
    sections: Vec<Section>,
}

/// The values of one object.
#[derive(Debug)]
pub(super) struct Section {
    /// Where they stand: the group, and the key in it unless they stand directly below the group.
    path: Vec<Text>,
    /// The object, in words.
    about: String,
    values: Mapping,
}

impl Values {
    /// A section for an object called `name`, directly below its group or (where one object of the name has that place,
    /// as for a Deployment and its Service) below `key`.
    pub(super) fn section(&self, name: &str, kind: &str, key: Option<&str>, about: String) -> Section {
        let plain = camel_case(name);
        let with_kind = format!("{plain}{}", capitalised(kind));
        let numbered = (2..).map(|number| format!("{with_kind}{number}"));
        let mut candidates = [plain, with_kind.clone()].into_iter().chain(numbered);
        let free = candidates.find(|group| !group.is_empty() && self.is_free(group, key)).unwrap_or_default();
        let path = std::iter::once(free.as_str()).chain(key).map(Text::from).collect();
        Section { path, about, values: Mapping::new() }
    }

    fn is_free(&self, group: &str, key: Option<&str>) -> bool {
        if RESERVED.contains(&group) {
            return false;
        }
        let Some(group) = self.groups.iter().find(|known| known.key == group) else { return true };
        group.sections.iter().all(|section| section.path.get(1).map(Text::as_str) != key)
    }

    /// Takes a section in, unless nothing was put there.
    pub(super) fn add(&mut self, section: Section) {
        let Some(key) = section.path.first().cloned().filter(|_| !section.values.is_empty()) else { return };
        match self.groups.iter_mut().find(|group| group.key == key) {
            Some(group) => group.sections.push(section),
            None => self.groups.push(Group { key, sections: vec![section] }),
        }
    }

    /// How many values there are to change.
    pub(super) fn count(&self) -> usize {
        let sections = self.groups.iter().flat_map(|group| &group.sections);
        sections.map(|section| section.values.entries().iter().map(|entry| leaves(&entry.value)).sum::<usize>()).sum()
    }

    /// The groups as text, each section under a comment that names its object.
    pub(super) fn write(mut self, out: &mut String) {
        for group in &mut self.groups {
            // What stands directly below the group comes first.
            group.sections.sort_by_key(|section| section.path.len());
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("{}:\n", key(&group.key)));
            for section in &group.sections {
                out.push_str(&format!("  # {}\n", section.about));
                let below = section.path.get(1);
                let wrapped = below.map(|key| Mapping::from_iter([(key.clone(), section.values.clone().into())]));
                write_yaml(out, &wrapped.unwrap_or_else(|| section.values.clone()).into(), 2);
            }
        }
    }
}

impl Section {
    /// Puts `value` at `at` and says how a template refers to it; gives it back when something is there already.
    pub(super) fn put(&mut self, at: &[&str], value: Node) -> Result<String, Node> {
        let Some((last, parents)) = at.split_last() else { return Err(value) };
        let mut mapping = &mut self.values;
        for parent in parents {
            if mapping.get(parent).is_none() {
                mapping.insert(*parent, Mapping::new());
            }
            match mapping.get_mut(parent).and_then(Node::as_mapping_mut) {
                Some(inner) => mapping = inner,
                None => return Err(value),
            }
        }
        if mapping.get(last).is_some() {
            return Err(value);
        }
        mapping.insert(*last, value);
        Ok(self.reference(at))
    }

    /// `.Values.web.image`; keys that are no identifiers take `index`.
    pub(super) fn reference(&self, at: &[&str]) -> String {
        let path = self.path.iter().map(Text::as_str).chain(at.iter().copied());
        path.fold(".Values".to_owned(), |reference, key| {
            if is_identifier(key) { format!("{reference}.{key}") } else { format!("(index {reference} \"{key}\")") }
        })
    }
}

/// Whether a key can be named in a template without a thought for quoting.
pub(super) fn is_harmless_key(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= 128
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte))
}

fn is_identifier(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !key.starts_with(|c: char| c.is_ascii_digit())
}

fn key(key: &str) -> String {
    let mut line = String::new();
    write_yaml_entry(&mut line, key, &Node::default(), 0);
    line.trim_end_matches(": null\n").to_owned()
}

fn leaves(node: &Node) -> usize {
    match &node.value {
        Value::Mapping(mapping) if !mapping.is_empty() => {
            mapping.entries().iter().map(|entry| leaves(&entry.value)).sum()
        }
        _ => 1,
    }
}

/// `adService` for `ad-service`.
pub(super) fn camel_case(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut key = words.next().map(uncapitalised).unwrap_or_default();
    key.extend(words.map(capitalised));
    key
}

/// Camel-case keys for `names`, each its own.
pub(super) fn distinct_keys<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let key = |name| {
        let plain = Some(camel_case(name)).filter(|key| !key.is_empty()).unwrap_or_else(|| "other".to_owned());
        let numbered = (2..).map(|number| format!("{plain}{number}"));
        let mut candidates = std::iter::once(plain.clone()).chain(numbered);
        candidates.find(|key| taken.insert(key.clone())).unwrap_or_default()
    };
    names.map(key).collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// `configMap` for `ConfigMap`, `api` for `API`.
fn uncapitalised(word: &str) -> String {
    if word.bytes().all(|byte| !byte.is_ascii_lowercase()) {
        return word.to_ascii_lowercase();
    }
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}
