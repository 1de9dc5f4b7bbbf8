//! Environment variables and where their values come from.
//! See `ValidateEnv`, `ValidateEnvFrom` in `pkg/apis/core/validation/validation.go`.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::pod as code},
    registry::Version,
};

use super::{
    Table, downward, grammar,
    member::{among, text},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.EnvVar", variable),
    ("io.k8s.api.core.v1.EnvFromSource", from),
    ("io.k8s.api.core.v1.ConfigMapKeySelector", key_of_object),
    ("io.k8s.api.core.v1.SecretKeySelector", key_of_object),
    ("io.k8s.api.core.v1.FileKeySelector", key_of_file),
];

const SOURCES: &[&str] = &["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

fn variable(variable: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let version = checker.version;
    checker.not_empty(code::ENV_NAME, variable, path, &["name"]);
    checker.word(code::ENV_NAME, variable, path, "name", "name of an environment variable", |text| {
        grammar::env_name(text, version)
    });
    let Some(source) = variable.field("valueFrom") else { return };
    if source.as_mapping().is_none() {
        return;
    }
    let name = text(variable, "name").unwrap_or_default();
    let sources = if version >= Version(1, 35) { SOURCES } else { &SOURCES[..4] };
    checker.exactly_one(code::ENV_SOURCE, source, &path.key("valueFrom"), &format!("`valueFrom` of `{name}`"), sources);
    if text(variable, "value").is_some() && !among(source, sources).is_empty() {
        checker
            .blame_key(
                code::ENV_SOURCE,
                variable,
                path,
                "valueFrom",
                format!("`{name}` has both `value` and `valueFrom`; it may have one"),
            )
            .help("remove one of them");
    }
    let path = path.key("valueFrom");
    if let Some(field) = source.field("fieldRef") {
        downward::field_of_pod(field, &path.key("fieldRef"), downward::IN_VARIABLES, checker);
    }
    if let Some(resource) = source.field("resourceFieldRef") {
        downward::resource(resource, &path.key("resourceFieldRef"), checker);
    }
}

fn from(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let version = checker.version;
    checker.word(code::ENV_NAME, source, path, "prefix", "prefix of environment variables", |text| {
        grammar::env_name(text, version)
    });
    checker.exactly_one(code::ENV_SOURCE, source, path, "item of `envFrom`", &["configMapRef", "secretRef"]);
    for key in ["configMapRef", "secretRef"] {
        if let Some(object) = source.field(key) {
            name_of_object(object, &path.key(key), checker);
        }
    }
}

fn name_of_object(reference: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if reference.as_mapping().is_some() && text(reference, "name").is_none() {
        checker.blame(code::ENV_SOURCE, reference, path, "name", "the name of the object is missing");
    }
    checker.word(code::ENV_SOURCE, reference, path, "name", "object name", grammar::dns_subdomain);
}

fn key_of_object(selector: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    name_of_object(selector, path, checker);
    checker.not_empty(code::ENV_SOURCE, selector, path, &["key"]);
    checker.word(code::ENV_SOURCE, selector, path, "key", "key", grammar::config_key);
}

fn key_of_file(selector: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 35) {
        return;
    }
    checker.not_empty(code::ENV_SOURCE, selector, path, &["key", "volumeName", "path"]);
    checker.word(code::ENV_SOURCE, selector, path, "key", "name of an environment variable", |text| {
        grammar::env_name(text, Version(1, 35))
    });
    checker.word(code::ENV_SOURCE, selector, path, "volumeName", "volume name", grammar::dns_label);
    checker.word(code::ENV_SOURCE, selector, path, "path", "path", grammar::no_backsteps);
}
