//! What a container may learn of its own pod: fields and resources (the downward API).
//! See `validateObjectFieldSelector`, `validateContainerResourceFieldSelector` in
//! `pkg/apis/core/validation/validation.go` and <https://kubernetes.io/docs/concepts/workloads/pods/downward-api/>.

use crate::{
    document::{Node, Path, Quantity},
    evaluate::{Checker, code::pod as code},
};

use super::{
    Table, grammar,
    member::{listed, text},
};

pub(super) const RULES: Table = &[("io.k8s.api.core.v1.DownwardAPIVolumeFile", file)];

pub(super) const IN_VARIABLES: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

const IN_VOLUMES: &[&str] =
    &["metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid"];

const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
];

fn file(file: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::VOLUME_MEMBER, file, path, &["path"]);
    checker.word(code::VOLUME_PATH, file, path, "path", "path", grammar::relative_path);
    checker.within(code::FILE_MODE, file, path, "mode", 0..=0o777);
    checker.exactly_one(code::DOWNWARD_API, file, path, "file of the downward API", &["fieldRef", "resourceFieldRef"]);
    if let Some(field) = file.field("fieldRef") {
        field_of_pod(field, &path.key("fieldRef"), IN_VOLUMES, checker);
    } else if let Some(reference) = file.field("resourceFieldRef") {
        let path = path.key("resourceFieldRef");
        if reference.as_mapping().is_some() && text(reference, "containerName").is_none() {
            checker
                .blame(code::DOWNWARD_API, reference, &path, "containerName", "`containerName` is missing")
                .help("a volume belongs to no container: say whose resources the file shall hold");
        } else {
            resource(reference, &path, checker);
        }
    }
}

/// A `fieldRef`, where only `fields` may be read whole.
pub(super) fn field_of_pod(reference: &Node, path: &Path<'_>, fields: &[&str], checker: &mut Checker<'_>) {
    checker.one_of(code::DOWNWARD_API, reference, path, "apiVersion", &["v1", ""]);
    checker.not_empty(code::DOWNWARD_API, reference, path, &["fieldPath"]);
    let Some(field) = text(reference, "fieldPath") else { return };
    let subscript = field.strip_suffix("']").and_then(|field| field.split_once("['"));
    let verdict = match subscript {
        Some(("metadata.labels", key)) => grammar::label_key(key),
        Some(("metadata.annotations", key)) => grammar::label_key(&key.to_lowercase()),
        // `spec.host` is the name that `spec.nodeName` had in the first versions; it is still converted.
        None if fields.contains(&field) || (field == "spec.host" && fields.contains(&"spec.nodeName")) => Ok(()),
        _ => Err("no such field can be read here".into()),
    };
    if let Err(why) = verdict {
        checker
            .blame(
                code::DOWNWARD_API,
                reference,
                path,
                "fieldPath",
                format!("`{field}` is not a valid `fieldPath`: {why}"),
            )
            .help(format!(
                "it may be {}, or a label or annotation such as `metadata.labels['app']`",
                listed(fields).replacen(" and ", " or ", 1)
            ));
    }
}

/// A `resourceFieldRef`.
pub(super) fn resource(reference: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::DOWNWARD_API, reference, path, &["resource"]);
    let Some(resource) = text(reference, "resource") else { return };
    let huge_pages = resource.starts_with("limits.hugepages-") || resource.starts_with("requests.hugepages-");
    if !RESOURCES.contains(&resource) && !huge_pages {
        checker
            .blame(code::DOWNWARD_API, reference, path, "resource", format!("`{resource}` cannot be read"))
            .help(format!("it may be {}", listed(RESOURCES).replacen(" and ", " or ", 1)));
        return;
    }
    let Some(divisor) = reference.field("divisor").and_then(Quantity::of).filter(|divisor| !divisor.is_zero()) else {
        return;
    };
    let allowed: &[&str] = if resource.ends_with(".cpu") {
        &["1m", "1"]
    } else {
        &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"]
    };
    if !allowed.iter().any(|unit| Quantity::parse(unit).as_ref() == Some(&divisor)) {
        checker
            .blame(code::DOWNWARD_API, reference, path, "divisor", format!("`{resource}` cannot be divided by this"))
            .help(format!("the divisor may be {}", listed(allowed).replacen(" and ", " or ", 1)));
    }
}
