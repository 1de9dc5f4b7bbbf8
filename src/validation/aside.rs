//! What people keep beside their manifests and no API server ever sees as it stands: templates that are not rendered yet,
//! and the patches of Kustomize. They are found, counted and not judged.
//!
//! A broken manifest must not pass for one of them. A text is a template when what keeps it from being read or from being
//! taken is itself a placeholder, or when it belongs to a Helm chart that is part of the input.

use std::collections::HashSet;

use crate::{
    document::{self, Error, ErrorKind, Limits, Node, Source, Span},
    evaluate::{Finding, Location, Severity, Skip},
    format::kustomize::is_kustomization_file_name,
};

/// Whether `error` is the work of a template language: its braces, outside of what YAML quotes, on the line to blame or
/// just above it.
pub(super) fn is_of_template(error: &Error, source: &Source) -> bool {
    /// A directive on a line of its own may be noticed only after the lines that it brings.
    const LINES_ABOVE: usize = 3;
    if !matches!(error.kind, ErrorKind::Syntax(_) | ErrorKind::Key(_)) {
        return false;
    }
    let blamed = source.position(error.span.start).line;
    let said = |line: &u32| !matches!(source.line(*line).trim_start().as_bytes().first(), None | Some(b'#'));
    let above = (1..blamed).rev().filter(said).take(LINES_ABOVE);
    std::iter::once(blamed).chain(above).any(|line| has_bare_action(source.line(line)))
}

/// Whether an error of `findings` is about a placeholder that somebody is to replace.
pub(super) fn blame_placeholders(findings: &[Finding], source: &Source) -> bool {
    findings.iter().any(|finding| {
        let blamed = source.slice(finding.location.span);
        finding.severity == Severity::Error && is_one_line(blamed) && has_placeholder(blamed)
    })
}

/// Values are short; the span of an object that holds a script would prove nothing.
fn is_one_line(text: &str) -> bool {
    text.len() < 512 && !text.contains('\n')
}

/// The `${NAME}` of envsubst, Cluster API and Flux, whose templates are YAML throughout. What stands in `{{ … }}` and YAML
/// can read all the same is judged as it stands: templates in those languages give themselves away elsewhere.
fn has_placeholder(text: &str) -> bool {
    let variable = |rest: &str| {
        let name = rest.split(['}', ':']).next().unwrap_or_default();
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '=');
        !name.is_empty() && name.len() < rest.len() && name.chars().all(word)
    };
    text.split("${").skip(1).any(variable)
}

/// Whether `line` holds a template's action that YAML does not see as part of a quoted text.
fn has_bare_action(line: &str) -> bool {
    let mut at = 0;
    while let Some(found) = line[at..].find("{{").or_else(|| line[at..].find("{%")) {
        let (before, action) = line.split_at(at + found);
        let action = action.split_once(if action.starts_with("{{") { "}}" } else { "%}" }).map_or(action, |cut| cut.0);
        let quote = open_quote(before);
        // `"{{ include "name" . }}"`: the quotes inside end the one around.
        let bare = quote.is_none_or(|quote| action.contains(quote));
        if bare && !is_evaluated_later(action) {
            return true;
        }
        at += found + 2;
    }
    false
}

/// The quote that is still open at the end of `text`.
fn open_quote(text: &str) -> Option<char> {
    let mut open = None;
    for c in text.chars() {
        match open {
            Some(quote) if quote == c => open = None,
            None if matches!(c, '"' | '\'') => open = Some(c),
            _ => {}
        }
    }
    open
}

/// Placeholders that are meant to be in the object: those of alerts and of workflows. Without quotes they are a mistake.
fn is_evaluated_later(action: &str) -> bool {
    const THEIRS: [&str; 9] =
        ["$labels", "$value", "inputs.", "workflow.", "steps.", "tasks.", "pod.", "item", "outputs."];
    let says = action.trim_start_matches(['{', '-', '%', ' ']);
    THEIRS.iter().any(|theirs| says.starts_with(theirs))
}

/// What the kustomizations of an input say of its files: which are patches, and which are whole objects.
#[derive(Debug, Default)]
pub(super) struct Listed {
    patches: HashSet<String>,
    resources: HashSet<String>,
}

impl Listed {
    /// Reads `root` if it is a kustomization, which file `name` holds.
    pub(super) fn read(&mut self, name: &str, root: &Node) {
        let (directory, file) = name.rsplit_once('/').unwrap_or(("", name));
        let by_name = is_kustomization_file_name(file);
        let by_group = root.str_at("apiVersion").is_some_and(|version| version.starts_with("kustomize.config.k8s.io/"));
        if !by_name && !by_group {
            return;
        }
        let listed = |key: &str| root.field(key).and_then(Node::as_sequence).unwrap_or_default();
        let path =
            |node: &Node| node.as_str().or(node.str_at("path")).filter(|path| is_one_line(path)).map(str::to_owned);
        let resolve = |paths: &mut HashSet<String>, key: &str| {
            paths.extend(listed(key).iter().filter_map(path).map(|path| normal(&format!("{directory}/{path}"))));
        };
        for key in ["patches", "patchesStrategicMerge", "patchesJson6902"] {
            resolve(&mut self.patches, key);
        }
        for key in ["resources", "crds"] {
            resolve(&mut self.resources, key);
        }
    }

    pub(super) fn append(&mut self, other: Listed) {
        self.patches.extend(other.patches);
        self.resources.extend(other.resources);
    }

    /// Whether a kustomization lists file `name` as a patch, and none as an object.
    pub(super) fn is_patch(&self, name: &str) -> bool {
        if self.patches.is_empty() {
            return false;
        }
        let name = normal(name);
        self.patches.contains(&name) && !self.resources.contains(&name)
    }
}

/// The directories of the Helm charts of an input.
#[derive(Debug, Default)]
pub(super) struct Charts(HashSet<String>);

impl Charts {
    pub(super) fn among<'a>(names: impl Iterator<Item = &'a str>) -> Charts {
        let chart = |name: &str| {
            let (directory, file) = name.rsplit_once('/').unwrap_or(("", name));
            (file == "Chart.yaml").then(|| normal(directory))
        };
        Charts(names.filter_map(chart).collect())
    }

    /// Whether file `name` is below the `templates` of one of them.
    pub(super) fn render(&self, name: &str) -> bool {
        let name = normal(name);
        let directory = |(at, _): (usize, &str)| match at {
            0 => Some(""),
            _ => name[..at].strip_suffix('/'),
        };
        !self.0.is_empty() && name.match_indices("templates/").filter_map(directory).any(|chart| self.0.contains(chart))
    }
}

/// A path without `.`, `..` and doubled separators, as far as it says itself.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// All documents of `source`, as passed over because of `skip`; empty ones stay empty.
pub(super) fn documents(source: &Source, limits: Limits, skip: Skip) -> Vec<(Skip, Location)> {
    let location = |span: Span| Location::new(source, span);
    document::read(source, limits)
        .map(|document| match document {
            Ok(document) if document.root.is_null() => (Skip::Empty, location(document.root.span)),
            Ok(document) => (skip, location(document.root.span)),
            Err(error) => (skip, location(error.span)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_of_templates_and_braces_of_others() {
        for line in [
            "{{- if .Values.enabled }}",
            "  name: {{ .Release.Name }}",
            "  name: \"{{ template \"web.name\" . }}\"",
            "  - {{ quote .Values.host }}",
            "{% if debug %}",
            "  'a': {{ b }}",
        ] {
            assert!(has_bare_action(line), "{line}");
        }
        for line in [
            "  summary: \"{{ $labels.instance }} is down\"",
            "  summary: {{ $labels.instance }} is down",
            "  args: [\"{{inputs.parameters.name}}\"]",
            "  name: '{{ .Name }}'",
            "  empty: {}",
            "",
        ] {
            assert!(!has_bare_action(line), "{line}");
        }
    }

    #[test]
    fn placeholders() {
        for text in ["${NAME}", "${REPLICAS:=3}", "${CLUSTER_NAME}-md-0"] {
            assert!(has_placeholder(text), "{text}");
        }
        for text in ["$HOME", "$(NAME)", "a{b}", "a-{{ .b }}", "${", "${}"] {
            assert!(!has_placeholder(text), "{text}");
        }
    }

    #[test]
    fn paths() {
        for (path, expected) in [("./a//b/../c.yaml", "a/c.yaml"), ("../x", "../x"), ("/a/./b", "/a/b"), ("", "")] {
            assert_eq!(normal(path), expected);
        }
        let charts = Charts::among(["./web/Chart.yaml", "values.yaml"].into_iter());
        assert!(charts.render("web/templates/a/b.yaml"));
        assert!(!charts.render("web/crds/a.yaml") && !charts.render("templates/a.yaml"));
        assert!(Charts::among(["/a/Chart.yaml"].into_iter()).render("/a/templates/b.yaml"));
        let charts = Charts::among(["Chart.yaml"].into_iter());
        assert!(charts.render("./templates/a.yaml"));
    }
}
