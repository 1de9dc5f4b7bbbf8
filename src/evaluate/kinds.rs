//! Whether the API server serves an object's kind at all.

use crate::{
    design::{Component, Origin},
    document::{Path, Span, nearest},
    registry::{Kind, Lookup, Registry},
};

use super::{Checker, Code, Finding, code::schema as code, subject};

/// What can be said of an object by its kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known<'r> {
    /// It can be validated.
    Kind(&'r Kind),
    /// A custom resource whose definition is not at hand: it cannot be judged.
    Custom,
    /// The server does not serve it; a finding says so.
    Refused,
}

/// Looks the kind of `component` up and reports what is wrong with it.
pub fn known<'r>(
    registry: &'r Registry,
    component: &Component,
    origin: &Origin,
    findings: &mut Vec<Finding>,
) -> Known<'r> {
    let (api_version, kind) = (component.api_version.as_str(), component.kind.as_str());
    let subject = subject(component);
    let version = registry.version();
    let mut check = Checker { source: &origin.source, version, subject: &subject, findings };
    let mut report = |code: Code, span: Span, key: &str, message: String, help: Option<String>| {
        let finding = check.report(code, span, &Path::ROOT.key(key), message);
        finding.help = help;
        Known::Refused
    };
    match registry.lookup(api_version, kind) {
        Lookup::Found(found) => {
            if let Some(deprecation) = &found.deprecation {
                let removed = deprecation
                    .removed_in
                    .map_or(String::new(), |removed| format!(", and Kubernetes {removed} no longer serves it"));
                let since =
                    deprecation.deprecated_in.map_or(String::new(), |since| format!(" since Kubernetes {since}"));
                let message = format!("{api_version} {kind} is deprecated{since}{removed}");
                let help = deprecation.replacement.as_ref().map(|new| match &*new.kind == kind {
                    true => format!("use `apiVersion: {}`", new.api_version),
                    false => format!("use `apiVersion: {}` and `kind: {}`", new.api_version, new.kind),
                });
                report(code::DEPRECATED_API, origin.api_version, "apiVersion", message, help);
            }
            Known::Kind(found)
        }
        Lookup::Removed { removed_in, replacement, .. } => {
            let message = format!("{api_version} {kind} is not served since Kubernetes {removed_in}");
            let help = replacement.as_ref().map(|new| match &*new.kind == kind {
                true => format!("use `apiVersion: {}` (its fields may differ)", new.api_version),
                false => {
                    format!("use `apiVersion: {}` and `kind: {}` (their fields differ)", new.api_version, new.kind)
                }
            });
            report(code::REMOVED_API, origin.api_version, "apiVersion", message, help)
        }
        Lookup::NotYet { since } => {
            let message = format!("{api_version} {kind} is served since Kubernetes {since}, not in {version}");
            report(code::TOO_NEW, origin.api_version, "apiVersion", message, None)
        }
        Lookup::WrongVersion { served } => {
            let message = format!("{kind} is not served as {api_version}");
            report(
                code::UNKNOWN_VERSION,
                origin.api_version,
                "apiVersion",
                message,
                Some(format!("it is served as {}", served.join(", "))),
            )
        }
        // Configuration of a program (kubectl, kustomize), no object of a cluster.
        Lookup::WrongKind { .. } if (api_version == "v1" && kind == "Config") || api_version == "builtin" => {
            Known::Custom
        }
        // Of groups that are not Kubernetes' own, the input need not define every kind; only a slip of the pen is certain.
        Lookup::WrongKind { similar } if is_custom_group(registry, component.group()) && !slipped(kind, &similar) => {
            Known::Custom
        }
        Lookup::WrongKind { similar } => {
            let elsewhere = homes(registry, kind);
            let message = format!("{api_version} has no kind `{kind}`");
            match (elsewhere.is_empty(), similar.first()) {
                (false, _) => report(
                    code::UNKNOWN_KIND,
                    origin.api_version,
                    "apiVersion",
                    message,
                    Some(format!("{kind} belongs to {}", elsewhere.join(", "))),
                ),
                (true, Some(meant)) => {
                    report(code::UNKNOWN_KIND, origin.kind, "kind", message, Some(format!("did you mean `{meant}`?")))
                }
                (true, None) => report(code::UNKNOWN_KIND, origin.kind, "kind", message, None),
            }
        }
        Lookup::UnknownGroup => {
            let group = component.group();
            if group.contains('.') {
                return Known::Custom;
            }
            let elsewhere = homes(registry, kind);
            let groups = registry.kinds().map(|kind| &*kind.group);
            // Other programs say `apiVersion` and `kind` too, and have no metadata.
            if elsewhere.is_empty() && component.configuration.field("metadata").is_none() {
                return Known::Custom;
            }
            let help = match (elsewhere.is_empty(), nearest(group, groups)) {
                (false, _) => Some(format!("{kind} belongs to {}", elsewhere.join(", "))),
                (true, Some(meant)) => Some(format!("did you mean `{meant}`?")),
                (true, None) => None,
            };
            report(
                code::UNKNOWN_GROUP,
                origin.api_version,
                "apiVersion",
                format!("there is no API group `{group}`"),
                help,
            )
        }
    }
}

/// Whether all that is known of `group` comes from CustomResourceDefinitions.
fn is_custom_group(registry: &Registry, group: &str) -> bool {
    registry.kinds().filter(|kind| &*kind.group == group).all(|kind| kind.custom)
}

/// Whether `kind` is the first of `similar` but for one letter or the case.
fn slipped(kind: &str, similar: &[String]) -> bool {
    similar.first().is_some_and(|meant| strsim::osa_distance(&kind.to_lowercase(), &meant.to_lowercase()) <= 1)
}

/// The API versions that serve a kind of this name.
fn homes(registry: &Registry, kind: &str) -> Vec<String> {
    registry
        .kinds()
        .filter(|known| &*known.kind == kind && known.deprecation.is_none())
        .map(Kind::api_version)
        .collect()
}
