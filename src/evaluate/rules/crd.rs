//! CustomResourceDefinitions: names, versions, conversion, and schemas that are structural.
//!
//! Follows `k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation` and `…/pkg/apiserver/schema/validation.go`;
//! expressions, patterns and defaults are not looked into.
//! <https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/>.

use crate::{
    document::{Node, Path},
    evaluate::{
        Checker,
        code::{policy, value},
    },
};

use super::{
    Check, admission,
    at::{At, shown},
    grammar,
};

pub(super) const RULES: &[(&str, Check)] =
    &[("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition", definition)];

fn definition(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    name(&root, &spec, checker);
    group(&spec, checker);
    approval(&root, &spec, checker);
    checker.chosen(&spec, "scope", &["Namespaced", "Cluster"]);
    if let Some(names) = spec.field("names") {
        self::names(&names, checker);
    }
    versions(&spec, checker);
    if let Some(unknown) = spec.field("preserveUnknownFields").filter(|at| at.node.as_bool() == Some(true)) {
        checker
            .say(policy::CRD_SCHEMA, &unknown, "`preserveUnknownFields: true` is no longer allowed")
            .help("say `x-kubernetes-preserve-unknown-fields: true` in the schemas of the versions");
    }
    if let Some(conversion) = spec.field("conversion") {
        self::conversion(&conversion, checker);
    }
}

fn name(root: &At<'_>, spec: &At<'_>, checker: &mut Checker<'_>) {
    let Some(metadata) = root.field("metadata") else { return };
    let Some(name) = metadata.field("name") else { return };
    let Some(text) = name.str() else { return };
    let plural = spec.field("names").map_or("", |names| names.text("plural")).to_owned();
    let expected = format!("{plural}.{}", spec.text("group"));
    if text != expected && !plural.is_empty() {
        checker.say(
            policy::CRD_NAME,
            &name,
            format!("{} must be called after its plural and its group: `{expected}`", shown(text)),
        );
    }
}

fn group(spec: &At<'_>, checker: &mut Checker<'_>) {
    let Some(group) = spec.field("group") else { return };
    let Some(text) = group.str() else { return };
    let verdict = grammar::dns_subdomain(text)
        .and_then(|()| if text.contains('.') { Ok(()) } else { Err("it must be a domain with a dot".into()) });
    checker.spelled(value::MALFORMED, &group, "an API group", verdict);
}

/// Groups of the Kubernetes community need its approval (KEP-1111).
fn approval(root: &At<'_>, spec: &At<'_>, checker: &mut Checker<'_>) {
    const KEY: &str = "api-approved.kubernetes.io";
    let group = spec.text("group");
    let protected = ["k8s.io", "kubernetes.io"]
        .iter()
        .any(|domain| group == *domain || group.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')));
    if !protected {
        return;
    }
    let annotation = root.node.at(&["metadata", "annotations", KEY]).and_then(Node::as_str).unwrap_or_default();
    let is_url = annotation
        .split_once("://")
        .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty() && !rest.starts_with('/'));
    if !annotation.starts_with("unapproved") && !is_url {
        let Some(at) = spec.field("group") else { return };
        checker
            .say(policy::CRD_APPROVAL, &at, format!("the group {} belongs to the Kubernetes community", shown(group)))
            .help(format!(
                "use a domain of yours; an approved API has the annotation `{KEY}` with the URL of its approval"
            ));
    }
}

fn names(names: &At<'_>, checker: &mut Checker<'_>) {
    for key in ["plural", "kind"] {
        checker.filled(names, key);
    }
    for key in ["plural", "singular"] {
        if let Some(at) = names.field(key)
            && let Some(text) = at.str().filter(|text| !text.is_empty())
        {
            checker.spelled(policy::CRD_NAMES, &at, &format!("a {key} of a kind"), grammar::dns_1035_label(text));
        }
    }
    for key in ["kind", "listKind"] {
        if let Some(at) = names.field(key)
            && let Some(text) = at.str().filter(|text| !text.is_empty())
        {
            checker.spelled(policy::CRD_NAMES, &at, "a name of a kind", grammar::dns_1035_label(&text.to_lowercase()));
        }
    }
    for key in ["shortNames", "categories"] {
        let Some(list) = names.field(key) else { continue };
        for (at, text) in list.texts() {
            checker.spelled(policy::CRD_NAMES, &at, "a short name or a category", grammar::dns_1035_label(text));
        }
    }
    if let Some(list) =
        names.field("listKind").filter(|at| at.str().is_some_and(|text| !text.is_empty() && text == names.text("kind")))
    {
        checker.say(policy::CRD_NAMES, &list, "`kind` and `listKind` are the same");
    }
}

fn versions(spec: &At<'_>, checker: &mut Checker<'_>) {
    let Some(versions) = spec.field("versions") else { return };
    checker.distinct(&versions, "the version", |at| Some((at.text("name").to_owned(), at.text("name").to_owned())));
    let stored = versions.items().filter(|version| version.flag("storage") == Some(true)).count();
    if stored != 1 {
        checker
            .say(
                policy::CRD_STORAGE,
                &versions,
                format!(
                    "{} versions say `storage: true`; it must be one",
                    if stored == 0 { "no".to_owned() } else { stored.to_string() }
                ),
            )
            .help("the objects are kept in this version, whatever version they are written in");
    }
    for version in versions.items() {
        self::version(&version, checker);
    }
}

fn version(version: &At<'_>, checker: &mut Checker<'_>) {
    if let Some(name) = version.field("name")
        && let Some(text) = name.str()
    {
        checker.spelled(policy::CRD_NAMES, &name, "a name of a version", grammar::dns_1035_label(text));
    }
    if let Some(warning) = version.field("deprecationWarning") {
        if version.flag("deprecated") != Some(true) {
            checker.say(
                policy::CRD_VERSION,
                &warning,
                "`deprecationWarning` is set although the version is not `deprecated`",
            );
        } else if warning.str().is_some_and(|text| text.is_empty() || text.len() > 256) {
            checker.say(policy::CRD_VERSION, &warning, "a deprecation warning has 1 to 256 characters");
        }
    }
    let subresources = version.field("subresources");
    if let Some(scale) = subresources.as_ref().and_then(|all| all.field("scale")) {
        for (key, roots) in [
            ("specReplicasPath", &[".spec."][..]),
            ("statusReplicasPath", &[".status."]),
            ("labelSelectorPath", &[".spec.", ".status."]),
        ] {
            scale_path(&scale, key, roots, checker);
        }
    }
    if let Some(columns) = version.field("additionalPrinterColumns") {
        for column in columns.items() {
            self::column(&column, checker);
        }
    }
    let schema = version.field("schema");
    let Some(schema) = schema.as_ref().and_then(|schema| schema.field("openAPIV3Schema")) else {
        checker.lacks(policy::CRD_SCHEMA, version, "schema", "the version has no schema").help(
            "the least is `schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}`",
        );
        return;
    };
    self::schema(&schema, Level::Root, checker);
}

fn scale_path(scale: &At<'_>, key: &str, roots: &[&str], checker: &mut Checker<'_>) {
    let Some(at) = scale.field(key) else { return };
    let Some(text) = at.str() else { return };
    if text.is_empty() && key == "labelSelectorPath" {
        return;
    }
    if !roots.iter().any(|root| text.starts_with(root)) {
        let listed = roots.iter().map(|root| format!("`{root}`")).collect::<Vec<_>>().join(" or ");
        checker.say(policy::CRD_SUBRESOURCE, &at, format!("{} must begin with {listed}", shown(text)));
    }
}

fn column(column: &At<'_>, checker: &mut Checker<'_>) {
    checker.filled(column, "name");
    checker.chosen(column, "type", &["integer", "number", "string", "boolean", "date"]);
    checker.chosen(
        column,
        "format",
        &["int32", "int64", "float", "double", "byte", "date", "date-time", "password", ""],
    );
    if let Some(path) = column.field("jsonPath").filter(|at| at.str().is_some_and(|text| !text.starts_with('.'))) {
        checker
            .say(policy::CRD_COLUMN, &path, "`jsonPath` must begin with `.`")
            .help("such as `.status.phase`; without `{…}`");
    }
}

fn conversion(conversion: &At<'_>, checker: &mut Checker<'_>) {
    checker.chosen(conversion, "strategy", &["None", "Webhook"]);
    let webhook = conversion.field("webhook");
    match (conversion.text("strategy"), webhook) {
        ("Webhook", None) => {
            checker.lacks(
                policy::CRD_CONVERSION,
                conversion,
                "webhook",
                "the versions are converted by a webhook, and none is named",
            );
        }
        ("Webhook", Some(webhook)) => {
            admission::review_versions(&webhook, "conversionReviewVersions", checker);
            match webhook.field("clientConfig") {
                Some(client) => admission::client_config(&client, checker),
                None => {
                    checker.lacks(
                        policy::CRD_CONVERSION,
                        &webhook,
                        "clientConfig",
                        "nothing says where the webhook is",
                    );
                }
            }
        }
        ("None", Some(_)) => checker.unwanted(policy::CRD_CONVERSION, conversion, "webhook", "the strategy is `None`"),
        _ => {}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    Field,
    Item,
}

const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object"];
/// What JSON schema has and the schemas of CRDs have not.
const UNSUPPORTED: &[&str] = &["id", "$ref", "definitions", "dependencies", "patternProperties", "additionalItems"];

/// A schema as `properties`, `items` and `additionalProperties` hold it: every node says its type.
fn schema(schema: &At<'_>, level: Level, checker: &mut Checker<'_>) {
    supported(schema, checker);
    schema_type(schema, level, checker);
    if level == Level::Root {
        if schema.flag("nullable") == Some(true) {
            checker.unwanted(policy::CRD_SCHEMA, schema, "nullable", "this is the object itself");
        }
        root_metadata(schema, checker);
    }
    children(schema, level, checker);
    list_type(schema, checker);
    for key in ["allOf", "anyOf", "oneOf"] {
        let Some(branches) = schema.field(key) else { continue };
        for (index, branch) in branches.items().enumerate() {
            // The two patterns that go with `x-kubernetes-int-or-string` may name types.
            let exempt = schema.flag("x-kubernetes-int-or-string") == Some(true)
                && (key == "anyOf" || (key == "allOf" && index == 0));
            if !exempt {
                value_validation(&branch, checker);
            }
        }
    }
    if let Some(not) = schema.field("not") {
        value_validation(&not, checker);
    }
}

fn supported(schema: &At<'_>, checker: &mut Checker<'_>) {
    for key in UNSUPPORTED {
        if let Some(at) = schema.field(key).filter(|at| at.str() != Some("") && !is_empty(at)) {
            checker.say(policy::CRD_SCHEMA, &at, format!("schemas of CustomResourceDefinitions have no `{key}`"));
        }
    }
    if let Some(unique) = schema.field("uniqueItems").filter(|at| at.node.as_bool() == Some(true)) {
        checker
            .say(policy::CRD_SCHEMA, &unique, "`uniqueItems` must not be true")
            .help("say `x-kubernetes-list-type: set`");
    }
    if let Some(items) = schema.field("items").filter(|at| at.node.as_sequence().is_some_and(|list| !list.is_empty())) {
        checker.say(policy::CRD_SCHEMA, &items, "`items` is one schema, not a list of them");
    }
}

/// An empty list or map is as good as none.
fn is_empty(at: &At<'_>) -> bool {
    at.node.as_mapping().is_some_and(|map| map.len() == 0) || at.node.as_sequence().is_some_and(<[Node]>::is_empty)
}

fn schema_type(schema: &At<'_>, level: Level, checker: &mut Checker<'_>) {
    let text = schema.text("type");
    let open = ["x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields"]
        .iter()
        .any(|key| schema.flag(key) == Some(true));
    match schema.field("type").filter(|_| !text.is_empty()) {
        None if level == Level::Root || !open => {
            checker
                .lacks(policy::CRD_SCHEMA, schema, "type", "the schema says no `type`")
                .help("every schema under `properties`, `items` and `additionalProperties` needs one; for any value say `x-kubernetes-preserve-unknown-fields: true`");
        }
        None => {}
        Some(at) if !TYPES.contains(&text) => checker.unsupported(&at, text, TYPES),
        Some(at) if level == Level::Root && text != "object" => {
            checker.say(policy::CRD_SCHEMA, &at, "the root of the schema must be an `object`");
        }
        Some(_) => {}
    }
    if text == "array" && !schema.has("items") {
        checker.lacks(policy::CRD_SCHEMA, schema, "items", "an `array` needs `items`: the schema of its items");
    }
}

/// The metadata of custom resources is known; a schema may restrict names only.
fn root_metadata(schema: &At<'_>, checker: &mut Checker<'_>) {
    let Some(properties) = schema.field("properties") else { return };
    let Some(metadata) = properties.field("metadata") else { return };
    let named = metadata.field("properties");
    if let Some(other) = named.as_ref().and_then(|named| {
        named.entries().find(|at| !matches!(at.path.last(), Some(crate::document::Step::Key("name" | "generateName"))))
    }) {
        checker.say(policy::CRD_SCHEMA, &other, "of `metadata` a schema may describe `name` and `generateName` only");
    }
}

fn children(schema: &At<'_>, level: Level, checker: &mut Checker<'_>) {
    let properties = schema.field("properties").filter(|at| at.len() > 0);
    if let Some(additional) = schema.field("additionalProperties") {
        if properties.is_some() && additional.node.as_bool() != Some(true) {
            checker.say(
                policy::CRD_SCHEMA,
                &additional,
                "an object has `properties` or `additionalProperties`, not both",
            );
        }
        if level == Level::Root {
            checker.say(policy::CRD_SCHEMA, &additional, "`additionalProperties` must not stand at the root");
        }
        if additional.node.as_mapping().is_some() {
            self::schema(&additional, Level::Field, checker);
        }
    }
    if let Some(properties) = properties {
        for property in properties.entries() {
            let is_metadata =
                level == Level::Root && matches!(property.path.last(), Some(crate::document::Step::Key("metadata")));
            // A null is a schema that says nothing.
            if (property.node.as_mapping().is_some() || property.node.is_null()) && !is_metadata {
                self::schema(&property, Level::Field, checker);
            }
        }
    }
    if let Some(items) = schema.field("items").filter(|at| at.node.as_mapping().is_some()) {
        self::schema(&items, Level::Item, checker);
    }
}

fn list_type(schema: &At<'_>, checker: &mut Checker<'_>) {
    checker.chosen(schema, "x-kubernetes-list-type", &["atomic", "set", "map"]);
    checker.chosen(schema, "x-kubernetes-map-type", &["atomic", "granular"]);
    let kind = schema.text("x-kubernetes-list-type");
    let keys = schema.field("x-kubernetes-list-map-keys").filter(|keys| keys.len() > 0);
    if schema.has("x-kubernetes-list-type") && schema.text("type") != "array" {
        checker.unwanted(policy::CRD_LIST, schema, "x-kubernetes-list-type", "the type is not `array`");
    }
    let Some(keys) = keys else {
        if kind == "map" {
            checker.lacks(
                policy::CRD_LIST,
                schema,
                "x-kubernetes-list-map-keys",
                "a list of type `map` needs `x-kubernetes-list-map-keys`",
            );
        }
        return;
    };
    if kind != "map" {
        checker.unwanted(policy::CRD_LIST, schema, "x-kubernetes-list-map-keys", "the list is not of type `map`");
        return;
    }
    let items = schema.node.field("items");
    let properties = items.and_then(|items| items.field("properties"));
    if items.is_some_and(|items| items.str_at("type") != Some("object")) {
        checker.say(policy::CRD_LIST, schema, "the items of a list of type `map` must be objects");
        return;
    }
    for (at, key) in keys.texts() {
        let Some(property) = properties.and_then(|properties| properties.get(key)) else {
            checker.say(policy::CRD_LIST, &at, format!("the items have no property {}", shown(key)));
            continue;
        };
        if matches!(property.str_at("type"), Some("array" | "object")) {
            checker.say(policy::CRD_LIST, &at, format!("the property {} is no scalar and cannot be a key", shown(key)));
        }
        let required = items
            .and_then(|items| items.field("required"))
            .is_some_and(|list| list.items().any(|item| item.as_str() == Some(key)));
        if !required && property.field("default").is_none() {
            checker.say(policy::CRD_LIST, &at, format!("the key {} must be required, or have a default", shown(key)));
        }
    }
    checker.distinct(&keys, "the key", |at| at.str().map(|text| (text.to_owned(), text.to_owned())));
}

/// What may not stand under `allOf`, `anyOf`, `oneOf` and `not`: these say which values are right, not what the shape is.
fn value_validation(schema: &At<'_>, checker: &mut Checker<'_>) {
    for key in [
        "type",
        "title",
        "description",
        "default",
        "nullable",
        "additionalProperties",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource",
        "x-kubernetes-int-or-string",
        "x-kubernetes-list-type",
        "x-kubernetes-map-type",
        "x-kubernetes-list-map-keys",
    ] {
        if let Some(at) =
            schema.field(key).filter(|at| !matches!(at.node.as_bool(), Some(false)) && at.str() != Some(""))
        {
            checker
                .say(
                    policy::CRD_SCHEMA,
                    &at,
                    format!("`{key}` must not stand under `allOf`, `anyOf`, `oneOf` or `not`"),
                )
                .help("describe the shape outside, beside them; inside only which values are right");
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some(branches) = schema.field(key) {
            for branch in branches.items() {
                value_validation(&branch, checker);
            }
        }
    }
    for key in ["not", "items"] {
        if let Some(inner) = schema.field(key).filter(|at| at.node.as_mapping().is_some()) {
            value_validation(&inner, checker);
        }
    }
    if let Some(properties) = schema.field("properties") {
        for property in properties.entries() {
            value_validation(&property, checker);
        }
    }
}
