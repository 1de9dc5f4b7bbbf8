//! What templates made, as manifests: taken apart, hooks apart from the rest, in the order of installation
//! (`pkg/release/v1/util` of Helm).

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Error, Limits, Place,
    chart::decode::{Fields, WrongType},
};
use crate::{
    document::{self, Node, Segment, Source, Span, Trace},
    format::{Remark, Role, Weight},
};

/// What a template made.
pub(super) struct Output {
    /// `chart/templates/x.yaml`
    pub(super) template: String,
    /// A text with a trace.
    pub(super) source: Arc<Source>,
}

/// One document that a template made.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) template: String,
    pub(super) source: Arc<Source>,
    kind: String,
}

/// A manifest that is run at points in the life of a release.
#[derive(Debug, Clone)]
pub struct Hook {
    /// The template that made it, as Helm calls it: `chart/templates/x.yaml`.
    pub template: String,
    pub source: Arc<Source>,
    pub kind: String,
    pub name: String,
    /// `pre-install`, `test` …
    pub events: Vec<&'static str>,
    /// Lower ones run first.
    pub weight: i64,
    /// `before-hook-creation` …, as it is written.
    pub delete_policies: Vec<String>,
}

/// What became of all templates.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) manifests: Vec<Manifest>,
    pub(super) hooks: Vec<Hook>,
}

/// Kinds in the order in which they are installed; those not named come last, by their names.
const INSTALLED: [&str; 38] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

const EVENTS: [&str; 9] = [
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
];

const HOOK: &str = "helm.sh/hook";
const HOOK_WEIGHT: &str = "helm.sh/hook-weight";
const HOOK_DELETE_POLICY: &str = "helm.sh/hook-delete-policy";

impl Hook {
    pub fn role(&self) -> Role {
        if self.events.contains(&"test") { Role::Test } else { Role::Hook }
    }
}

impl Sorted {
    /// Takes apart what the templates made.
    ///
    /// # Errors
    /// What is not YAML, or not what a manifest's head can be.
    pub(super) fn of(mut outputs: Vec<Output>, limits: &Limits, remarks: &mut Vec<Remark>) -> Result<Sorted, Error> {
        outputs.sort_by(|a, b| a.template.cmp(&b.template));
        let mut sorted = Sorted::default();
        for output in outputs {
            for span in split(output.source.text()) {
                let source = Arc::new(cut(&output.source, span));
                sorted.take(&output.template, source, limits, remarks)?;
            }
        }
        sorted.manifests.sort_by_key(|manifest| rank(&manifest.kind));
        sorted.hooks.sort_by_key(|hook| rank(&hook.kind));
        Ok(sorted)
    }

    fn take(
        &mut self,
        template: &str,
        source: Arc<Source>,
        limits: &Limits,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), Error> {
        let root = match document::read_lenient(&source, limits.document).next() {
            None => return Ok(()),
            Some(Ok(document)) => document.root,
            Some(Err(error)) => return Err(no_manifest(template, error.kind.to_string(), &source, error.span)),
        };
        // Comments only.
        if root.is_null() {
            return Ok(());
        }
        let Head { kind, name, annotations } = Head::read(&root, &source).map_err(|error| {
            let WrongType { field, expected, found, place } = error;
            let what = if field.is_empty() { "it".to_owned() } else { format!("its `{field}`") };
            no_manifest(template, format!("{what} must be of the type {expected}, not {found}"), &source, place.span)
        })?;
        let Some(said) = annotations.get(HOOK) else {
            self.manifests.push(Manifest { template: template.to_owned(), source, kind });
            return Ok(());
        };
        let Some(events) = said.split(',').map(event).collect() else {
            let message = format!("`{kind}/{name}` is left out: `{said}` is not the name of a hook");
            let place = place(&source, root.span);
            remarks.push(Remark { weight: Weight::Warning, place: Some((place.source, place.span)), message });
            return Ok(());
        };
        let policies = annotations.get(HOOK_DELETE_POLICY).map(String::as_str).unwrap_or_default();
        let policies = policies.split(',').map(|policy| policy.trim().to_lowercase());
        let delete_policies = policies.filter(|policy| !policy.is_empty()).collect();
        let weight = annotations.get(HOOK_WEIGHT).and_then(|weight| weight.parse().ok()).unwrap_or(0);
        self.hooks.push(Hook { template: template.to_owned(), source, kind, name, events, weight, delete_policies });
        Ok(())
    }
}

/// What of a manifest decides where it belongs.
struct Head {
    kind: String,
    name: String,
    annotations: BTreeMap<String, String>,
}

impl Head {
    fn read(root: &Node, source: &Arc<Source>) -> Result<Head, WrongType> {
        let fields = Fields::of("", root, source)?;
        fields.text("apiVersion")?;
        let kind = fields.text("kind")?;
        let none = Node::default();
        let metadata = Fields::of("metadata", fields.get("metadata").unwrap_or(&none), source)?;
        let name = metadata.text("name")?;
        Ok(Head { kind, name, annotations: metadata.labels("annotations")?.unwrap_or_default() })
    }
}

fn event(said: &str) -> Option<&'static str> {
    match said.trim().to_lowercase().as_str() {
        "test-success" => Some("test"),
        said => EVENTS.into_iter().find(|event| *event == said),
    }
}

fn rank(kind: &str) -> (usize, String) {
    match INSTALLED.iter().position(|known| *known == kind) {
        Some(rank) => (rank, String::new()),
        None => (INSTALLED.len(), kind.to_owned()),
    }
}

/// Where documents stand: between lines that begin with `---`, whatever follows it.
fn split(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    let mut add = |start: usize, end: usize| {
        let (document, end) = (&text[start..end], end);
        let blank = document.len() - document.trim_start().len();
        if blank < document.len() {
            spans.push(Span::new(start + blank, end));
        }
    };
    let mut at = start;
    while at < text.len() {
        if let Some(rest) = text[at..].strip_prefix("---") {
            add(start, at);
            start = text.len() - rest.trim_start_matches([' ', '\t']).len();
            at = start;
        }
        at = text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
    }
    add(start, text.len());
    spans
}

/// A part of a made text, with its part of the trace.
fn cut(source: &Source, span: Span) -> Source {
    let mut trace = Trace::default();
    for segment in source.trace().map(Trace::segments).unwrap_or_default() {
        let made = Span { start: segment.made.start.max(span.start), end: segment.made.end.min(span.end) };
        if made.is_empty() {
            continue;
        }
        let from = match segment.how {
            document::How::Copied => Span {
                start: segment.from.start + (made.start - segment.made.start),
                end: segment.from.start + (made.end - segment.made.start),
            },
            document::How::Made(_) => segment.from,
        };
        let made = Span { start: made.start - span.start, end: made.end - span.start };
        trace.push(Segment { made, source: segment.source.clone(), from, how: segment.how.clone() });
    }
    Source::made(source.name(), source.slice(span), trace)
}

/// Where a person wrote it.
fn place(source: &Arc<Source>, span: Span) -> Place {
    match source.traced(span) {
        Some(traced) => Place { source: traced.source.clone(), span: traced.span },
        None => Place { source: source.clone(), span },
    }
}

fn no_manifest(template: &str, message: String, source: &Arc<Source>, span: Span) -> Error {
    Error::Manifest { template: template.to_owned(), message, place: place(source, span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_split_as_helm_splits_them() {
        for (text, expected) in [
            ("a: 1\n---\nb: 2\n", vec!["a: 1\n", "b: 2\n"]),
            ("\n---\na: 1\n---\n\n--- \nb: 2", vec!["a: 1\n", "b: 2"]),
            ("a: 1\n---b: 2\n", vec!["a: 1\n", "b: 2\n"]),
            ("a: |\n  ---\n", vec!["a: |\n  ---\n"]),
            ("  ---\na: 1", vec!["a: 1"]),
            ("--- # b\na: 1", vec!["# b\na: 1"]),
            ("----\na: 1", vec!["-\na: 1"]),
            ("\n \n", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<_> = split(text).into_iter().map(|span| &text[span.range()]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    fn sorted(text: &str) -> Result<String, Error> {
        let source = Arc::new(Source::made("t.yaml", text, Trace::default()));
        let outputs = vec![Output { template: "t.yaml".to_owned(), source }];
        let mut remarks = Vec::new();
        let sorted = Sorted::of(outputs, &Limits::default(), &mut remarks)?;
        let mut found: Vec<String> = sorted.manifests.iter().map(|manifest| manifest.kind.clone()).collect();
        found.extend(sorted.hooks.iter().map(|hook| {
            format!("{}:{}:{}:{}", hook.kind, hook.events.join("+"), hook.weight, hook.delete_policies.join("+"))
        }));
        found.extend(remarks.into_iter().map(|remark| remark.message));
        Ok(found.join(" "))
    }

    #[test]
    fn manifests_stand_in_the_order_of_installation() {
        let kinds = ["Z", "Deployment", "A", "Service", "ConfigMap", "Z"];
        let text: String = kinds.iter().map(|kind| format!("---\nkind: {kind}\n")).collect();
        assert_eq!(sorted(&text).ok().as_deref(), Some("ConfigMap Service Deployment A Z Z"));
    }

    #[test]
    fn hooks_stand_apart() {
        let hook =
            |annotations: &str| sorted(&format!("kind: Job\nmetadata:\n  name: a\n  annotations:\n{annotations}"));
        for (annotations, expected) in [
            ("    helm.sh/hook: Pre-Install, test\n    helm.sh/hook-weight: \"-5\"\n", "Job:pre-install+test:-5:"),
            ("    helm.sh/hook: test-success\n    helm.sh/hook-weight: x\n", "Job:test:0:"),
            (
                "    helm.sh/hook: pre-delete\n    helm.sh/hook-delete-policy: before-hook-creation, Hook-Failed\n",
                "Job:pre-delete:0:before-hook-creation+hook-failed",
            ),
            ("    helm.sh/hook: crd-install\n", "`Job/a` is left out: `crd-install` is not the name of a hook"),
            ("    a: 1\n", "Job"),
        ] {
            assert_eq!(hook(annotations).ok().as_deref(), Some(expected), "{annotations}");
        }
        assert!(hook("    a: {}\n").is_err());
        assert!(sorted("just words").is_err());
        assert!(sorted("# a comment").is_ok());
    }
}
