//! Selectors: regular expressions over identities, and expressions over labels.

use regex::Regex;

use super::{
    error::{Fault, Result},
    file::Selector,
    resource::{Gvk, Resource, effective, group_version, strings},
};
use crate::document::{Node, Span, Text};

/// A selector ready to use.
#[derive(Debug)]
pub(super) struct Matcher {
    parts: [Option<Regex>; 5],
    labels: Vec<Requirement>,
    annotations: Vec<Requirement>,
}

/// One condition of a label selector.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Requirement {
    In(Text, Vec<Text>),
    NotIn(Text, Vec<Text>),
    Exists(Text),
    Missing(Text),
    Greater(Text, i64),
    Less(Text, i64),
}

impl Matcher {
    pub(super) fn new(selector: &Selector) -> Result<Matcher> {
        let part = |text: &str| {
            let whole = |text| Regex::new(&format!("^(?:{text})$"));
            let refused = |error: regex::Error| {
                let why = error.to_string();
                let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                Fault::invalid(format!("`{text}` is no regular expression: {why}"), selector.span)
            };
            (!text.is_empty()).then(|| whole(text).map_err(refused)).transpose()
        };
        let Gvk { group, version, kind } = &selector.gvk;
        Ok(Matcher {
            parts: [part(group)?, part(version)?, part(kind)?, part(&selector.name)?, part(&selector.namespace)?],
            labels: requirements(&selector.labels, selector.labels.span)?,
            annotations: requirements(&selector.annotations, selector.annotations.span)?,
        })
    }

    fn allows(&self, part: usize, text: &str) -> bool {
        self.parts[part].as_ref().is_none_or(|regex| regex.is_match(text))
    }

    pub(super) fn allows_gvk(&self, gvk: &Gvk) -> bool {
        self.allows(0, &gvk.group) && self.allows(1, &gvk.version) && self.allows(2, &gvk.kind)
    }

    pub(super) fn allows_name(&self, name: &str) -> bool {
        self.allows(3, name)
    }

    pub(super) fn allows_namespace(&self, namespace: &str) -> bool {
        self.allows(4, namespace)
    }

    /// Whether none of the five parts says anything.
    pub(super) fn names_nothing(&self) -> bool {
        self.parts.iter().all(Option::is_none)
    }

    pub(super) fn has_labels(&self) -> bool {
        !(self.labels.is_empty() && self.annotations.is_empty())
    }

    pub(super) fn allows_labels(&self, node: &Node) -> bool {
        hold(&self.labels, node, "labels") && hold(&self.annotations, node, "annotations")
    }

    /// Whether a patch with this target is for `resource`, as it is or as it was at first.
    pub(super) fn matches(&self, resource: &Resource) -> bool {
        let (group, version) = group_version(resource.api_version());
        let is_kind = self.allows(2, resource.kind()) && self.allows(0, group) && self.allows(1, version);
        if !is_kind {
            return false;
        }
        let first = resource.previous.first();
        let was = |allows: &dyn Fn(&(Text, Text, Text)) -> bool| first.is_some_and(allows);
        let is_named = || self.allows_name(&resource.name()) || was(&|(_, name, _)| self.allows_name(name));
        let is_there = || {
            let now = effective(resource.is_cluster_scoped(), &resource.namespace());
            self.allows_namespace(&now) || was(&|(namespace, ..)| self.allows_namespace(namespace))
        };
        (self.parts[3].is_none() || is_named())
            && (self.parts[4].is_none() || is_there())
            && self.allows_labels(&resource.node)
    }
}

fn hold(requirements: &[Requirement], node: &Node, field: &str) -> bool {
    let value = |key: &Text| strings(node, field).find(|(name, _)| *name == key).map(|(_, value)| value);
    requirements.iter().all(|requirement| match requirement {
        Requirement::In(key, values) => value(key).is_some_and(|value| values.contains(&value)),
        Requirement::NotIn(key, values) => value(key).is_none_or(|value| !values.contains(&value)),
        Requirement::Exists(key) => value(key).is_some(),
        Requirement::Missing(key) => value(key).is_none(),
        Requirement::Greater(key, than) => {
            value(key).and_then(|value| value.parse().ok()).is_some_and(|v: i64| v > *than)
        }
        Requirement::Less(key, than) => value(key).and_then(|value| value.parse().ok()).is_some_and(|v: i64| v < *than),
    })
}

/// Reads `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
fn requirements(text: &str, span: Span) -> Result<Vec<Requirement>> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let refused = |part: &str| Fault::invalid(format!("`{}` is no condition of a label selector", part.trim()), span);
    parts.into_iter().map(|part| requirement(part.trim()).ok_or_else(|| refused(part))).collect()
}

fn requirement(part: &str) -> Option<Requirement> {
    let key = |text: &str| {
        let text = text.trim();
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        (!text.is_empty() && text.chars().all(is_name)).then(|| Text::from(text))
    };
    if let Some((name, values)) = part.split_once('(') {
        let (name, operator) = name.trim().rsplit_once(char::is_whitespace)?;
        let values = values.strip_suffix(')')?.split(',').map(|value| value.trim().into()).collect();
        return match operator {
            "in" => Some(Requirement::In(key(name)?, values)),
            "notin" => Some(Requirement::NotIn(key(name)?, values)),
            _ => None,
        };
    }
    if let Some((name, value)) = part.split_once("!=") {
        return Some(Requirement::NotIn(key(name)?, vec![value.trim().into()]));
    }
    if let Some((name, value)) = part.split_once("==").or_else(|| part.split_once('=')) {
        return Some(Requirement::In(key(name)?, vec![value.trim().into()]));
    }
    if let Some((name, value)) = part.split_once('>') {
        return Some(Requirement::Greater(key(name)?, value.trim().parse().ok()?));
    }
    if let Some((name, value)) = part.split_once('<') {
        return Some(Requirement::Less(key(name)?, value.trim().parse().ok()?));
    }
    match part.strip_prefix('!') {
        Some(name) => Some(Requirement::Missing(key(name)?)),
        None => Some(Requirement::Exists(key(part)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_selectors() {
        let labels =
            Node::from(crate::document::Mapping::from_iter([("app".into(), "web".into()), ("n".into(), "3".into())]));
        let metadata = crate::document::Mapping::from_iter([("labels".into(), labels)]);
        let node = Node::from(crate::document::Mapping::from_iter([("metadata".into(), metadata.into())]));
        for (text, expected) in [
            ("", Some(true)),
            ("app=web", Some(true)),
            ("app == web, n!=4", Some(true)),
            ("app in (api, web),!tier", Some(true)),
            ("app notin (web)", Some(false)),
            ("tier", Some(false)),
            ("n>2,n<4", Some(true)),
            ("app is web", None),
        ] {
            let found = requirements(text, Span::default()).ok().map(|found| hold(&found, &node, "labels"));
            assert_eq!(found, expected, "{text}");
        }
    }
}
