//! Kubernetes' OpenAPI v3 and aggregated discovery documents: definitions, kinds, resources.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
};

use serde_json::{Map, Value};

use super::{
    super::{DefinitionId, Kind, ListType, Property, Schema, Type, version_rank},
    Error, entries, read_json,
};

/// `v1 List`: any objects at all. No document has it, every client and kubectl itself speaks it.
const LIST: &str = "io.k8s.api.core.v1.List";

/// What the documents of one release say.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) definitions: BTreeMap<String, Value>,
    /// By group, version and kind.
    resources: BTreeMap<Gvk, Resource>,
    /// From the release's own discovery documents, by group and plural.
    discovered: HashMap<(String, String), Names>,
}

type Gvk = (String, String, String);

/// How a kind is reached.
#[derive(Debug, Clone, Default)]
struct Resource {
    plural: String,
    namespaced: bool,
    creatable: bool,
    readable: bool,
}

/// What discovery knows beside the paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    singular: String,
    short_names: Vec<String>,
    categories: Vec<String>,
}

impl Documents {
    /// Reads `api/openapi-spec/v3` and `api/discovery` of a source folder of Kubernetes.
    pub(super) fn read(kubernetes: &Path) -> Result<Documents, Error> {
        let folder = kubernetes.join("api/openapi-spec/v3");
        let mut documents = Documents::default();
        let is = |path: &Path, prefix: &str, suffix: &str| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(prefix) && name.ends_with(suffix)
        };
        for path in entries(&folder)?.iter().filter(|path| is(path, "api", "_openapi.json")) {
            documents.add(read_json(path)?);
        }
        if documents.definitions.is_empty() {
            return Err(Error::NoDocuments(kubernetes.to_owned()));
        }
        let discovery = kubernetes.join("api/discovery");
        if discovery.is_dir() {
            let mut found = Vec::new();
            for path in entries(&discovery)?.iter().filter(|path| is(path, "aggregated_", ".json")) {
                found.push(read_json(path)?);
            }
            documents.discovered = resources(&found);
        }
        documents.definitions.insert(
            LIST.to_owned(),
            serde_json::json!({
                "description": "List holds objects of any kinds.",
                "type": "object",
                "required": ["items"],
                "properties": {
                    "apiVersion": { "type": "string", "description": "Always v1." },
                    "kind": { "type": "string", "description": "Always List." },
                    "metadata": { "allOf": [{ "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta" }],
                        "description": "Standard list metadata." },
                    "items": { "type": "array", "description": "The objects.", "items": { "type": "object",
                        "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true } },
                },
                "x-kubernetes-group-version-kind": [{ "group": "", "version": "v1", "kind": "List" }],
            }),
        );
        Ok(documents)
    }

    fn add(&mut self, mut document: Value) {
        if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas").map(Value::take) {
            for (name, schema) in schemas {
                self.definitions.entry(name).or_insert(schema);
            }
        }
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            self.add_path(path, item);
        }
    }

    /// `/apis/apps/v1/namespaces/{namespace}/deployments/{name}` and its shorter forms; subresources and watches tell nothing.
    fn add_path(&mut self, path: &str, item: &Value) {
        let mut parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let head = if parts.first() == Some(&"api") { 2 } else { 3 };
        if parts.len() <= head || parts.get(head) == Some(&"watch") {
            return;
        }
        parts.drain(..head);
        let namespaced = parts.len() > 2 && parts[..2] == ["namespaces", "{namespace}"];
        if namespaced {
            parts.drain(..2);
        }
        let (plural, by_name) = match parts.as_slice() {
            [plural] => (*plural, false),
            [plural, "{name}"] => (*plural, true),
            _ => return,
        };
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Some(gvk) = gvk(&operation["x-kubernetes-group-version-kind"]) else { continue };
            let resource = self.resources.entry(gvk).or_default();
            resource.plural = plural.to_owned();
            resource.namespaced |= namespaced;
            resource.creatable |= !by_name && method == "post";
            resource.readable |= by_name && method == "get";
        }
    }

    /// Drops the definitions that no kind reaches.
    pub(super) fn prune(&mut self) {
        let mut wanted: Vec<&str> = self.named().map(|(_, name)| name).collect();
        let mut reached: BTreeSet<String> = BTreeSet::new();
        while let Some(name) = wanted.pop() {
            if reached.insert(name.to_owned())
                && let Some(definition) = self.definitions.get(name)
            {
                references(definition, &mut wanted);
            }
        }
        self.definitions.retain(|name, _| reached.contains(name) && primitive(name).is_none());
    }

    /// The kinds that definitions declare. What every group and version declares is the body of a request or an answer.
    fn named(&self) -> impl Iterator<Item = (Gvk, &str)> {
        self.definitions.iter().filter_map(|(name, definition)| {
            let declared = definition["x-kubernetes-group-version-kind"].as_array()?;
            let gvk = gvk(declared.first()?)?;
            (!matches!(gvk.2.as_str(), "DeleteOptions" | "WatchEvent")).then_some((gvk, name.as_str()))
        })
    }

    /// Every kind, sorted. `hints` are a running server's names.
    pub(super) fn kinds(
        &self,
        hints: &HashMap<(String, String), Names>,
        id: &dyn Fn(&str) -> Option<DefinitionId>,
    ) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self
            .named()
            .filter_map(|((group, version, kind), name)| {
                let key = (group, version, kind);
                let resource = self.resources.get(&key).cloned().unwrap_or_default();
                let (group, version, kind) = key;
                let names = (group.clone(), resource.plural.clone());
                let hint = hints.get(&names).cloned().unwrap_or_default();
                let own = self.discovered.get(&names).cloned().unwrap_or_else(|| hint.clone());
                let singular = match resource.plural.as_str() {
                    "" => String::new(),
                    _ if own.singular.is_empty() => kind.to_lowercase(),
                    _ => own.singular,
                };
                Some(Kind {
                    group: group.into(),
                    version: version.into(),
                    kind: kind.into(),
                    plural: resource.plural.into(),
                    singular: singular.into(),
                    short_names: boxed(if own.short_names.is_empty() { hint.short_names } else { own.short_names }),
                    categories: boxed(own.categories),
                    namespaced: resource.namespaced,
                    storable: resource.creatable && resource.readable,
                    schema: id(name)?,
                    deprecation: None,
                    custom: false,
                    alternatives: Vec::new(),
                    status_apart: false,
                })
            })
            .collect();
        kinds.sort_by(|a, b| {
            let key = |kind: &Kind| (kind.group.clone(), kind.kind.clone(), version_rank(&kind.version));
            key(a).cmp(&key(b))
        });
        kinds
    }
}

fn boxed(texts: Vec<String>) -> Vec<Box<str>> {
    texts.into_iter().map(Into::into).collect()
}

fn gvk(value: &Value) -> Option<Gvk> {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Some((text("group")?, text("version")?, text("kind")?))
}

/// The names in aggregated discovery documents, by group and plural.
pub(super) fn resources(documents: &[Value]) -> HashMap<(String, String), Names> {
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let mut all = HashMap::new();
    let groups = documents.iter().flat_map(|document| document["items"].as_array().into_iter().flatten());
    for group in groups {
        let name = group["metadata"]["name"].as_str().unwrap_or_default();
        let versions = group["versions"].as_array().into_iter().flatten();
        for resource in versions.flat_map(|version| version["resources"].as_array().into_iter().flatten()) {
            let Some(plural) = resource["resource"].as_str() else { continue };
            all.entry((name.to_owned(), plural.to_owned())).or_insert_with(|| Names {
                singular: resource["singularResource"].as_str().unwrap_or_default().to_owned(),
                short_names: texts(&resource["shortNames"]),
                categories: texts(&resource["categories"]),
            });
        }
    }
    all
}

/// The texts of a definition: its own, then those of its properties by name.
pub(super) fn descriptions(definition: &Value) -> impl Iterator<Item = &str> {
    let sorted: BTreeMap<&String, &Value> = definition["properties"].as_object().into_iter().flatten().collect();
    std::iter::once(definition)
        .chain(sorted.into_values())
        .map(|schema| schema["description"].as_str().unwrap_or_default())
}

/// A node of an OpenAPI document as a [`Schema`].
///
/// # Errors
/// The name of a definition that `id` does not know.
pub(super) fn schema(value: &Value, id: &dyn Fn(&str) -> Option<DefinitionId>) -> Result<Schema, String> {
    let text = |key: &str| value[key].as_str();
    let flag = |key: &str| value[key].as_bool().unwrap_or(false);
    let mut schema = Schema {
        format: text("format").map(Into::into),
        required: sorted_texts(&value["required"]),
        default: default(&value["default"]),
        list_type: text("x-kubernetes-list-type").and_then(list_type),
        list_map_keys: texts(&value["x-kubernetes-list-map-keys"]),
        patch_strategy: text("x-kubernetes-patch-strategy").map(Into::into),
        patch_merge_key: text("x-kubernetes-patch-merge-key").map(Into::into),
        map_atomic: text("x-kubernetes-map-type") == Some("atomic"),
        preserve_unknown: flag("x-kubernetes-preserve-unknown-fields"),
        embedded_resource: flag("x-kubernetes-embedded-resource"),
        ..Schema::default()
    };
    if let Some(target) = reference(value) {
        match primitive(target) {
            Some((kind, format)) => {
                schema.kind = kind;
                schema.format = format.map(Into::into);
                schema.preserve_unknown |= kind == Type::Object;
            }
            None => {
                schema.kind = Type::Reference;
                schema.reference = Some(id(target).ok_or_else(|| target.to_owned())?);
            }
        }
        return Ok(schema);
    }
    schema.kind = match text("type") {
        Some("object") => Type::Object,
        Some("array") => Type::Array,
        Some("string") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        _ => Type::Any,
    };
    let properties: BTreeMap<&String, &Value> = value["properties"].as_object().into_iter().flatten().collect();
    for (name, property) in properties {
        schema.properties.push(Property { name: name.as_str().into(), schema: self::schema(property, id)? });
    }
    for (key, slot) in [("items", &mut schema.items), ("additionalProperties", &mut schema.additional)] {
        if value[key].is_object() {
            *slot = Some(Box::new(self::schema(&value[key], id)?));
        }
    }
    Ok(schema)
}

/// Definitions that are no objects, told in place where they are used.
fn primitive(name: &str) -> Option<(Type, Option<&'static str>)> {
    let (package, short) = name.rsplit_once('.')?;
    match (package, short) {
        ("io.k8s.apimachinery.pkg.api.resource", "Quantity") => Some((Type::Quantity, None)),
        ("io.k8s.apimachinery.pkg.util.intstr", "IntOrString") => Some((Type::IntOrString, None)),
        ("io.k8s.apimachinery.pkg.apis.meta.v1", "Time" | "MicroTime") => Some((Type::String, Some("date-time"))),
        ("io.k8s.apimachinery.pkg.apis.meta.v1", "FieldsV1") => Some((Type::Object, None)),
        ("io.k8s.apimachinery.pkg.runtime", "RawExtension") => Some((Type::Any, None)),
        // Each decodes itself, so the API server's strict decoding sees nothing inside.
        (
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1",
            "JSON" | "JSONSchemaPropsOrArray" | "JSONSchemaPropsOrBool" | "JSONSchemaPropsOrStringArray",
        ) => Some((Type::Any, None)),
        _ => None,
    }
}

/// The definition a node refers to: `$ref`, or the only member of `allOf` when something stands beside it.
fn reference(value: &Value) -> Option<&str> {
    let node = match value["allOf"].as_array().map(Vec::as_slice) {
        Some([only]) => only,
        _ => value,
    };
    node["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

/// Collects the definitions that `schema` refers to, looking only where schemas stand (a property may be called `$ref`).
fn references<'a>(schema: &'a Value, into: &mut Vec<&'a str>) {
    into.extend(reference(schema));
    let properties = schema["properties"].as_object().map(Map::values);
    let inner = ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key));
    for schema in properties.into_iter().flatten().chain(inner) {
        references(schema, into);
    }
}

/// A default as JSON text. Empty ones are what the Go type holds when nobody set it: they say nothing.
fn default(value: &Value) -> Option<Box<str>> {
    let empty = match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    };
    (!empty).then(|| value.to_string().into())
}

fn list_type(text: &str) -> Option<ListType> {
    match text {
        "atomic" => Some(ListType::Atomic),
        "set" => Some(ListType::Set),
        "map" => Some(ListType::Map),
        _ => None,
    }
}

fn texts(value: &Value) -> Vec<Box<str>> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(Into::into)).collect()
}

fn sorted_texts(value: &Value) -> Vec<Box<str>> {
    let mut texts = texts(value);
    texts.sort();
    texts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nodes_become_schemas() {
        let id = |name: &str| (name == "a.Thing").then_some(DefinitionId(7));
        let check = |node: Value, expected: Schema| {
            assert_eq!(schema(&node, &id), Ok(expected), "{node}");
        };
        let of = |kind| Schema { kind, ..Schema::default() };
        let thing = || Schema { reference: Some(DefinitionId(7)), ..of(Type::Reference) };
        let to = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        check(json!({}), of(Type::Any));
        check(to("a.Thing"), thing());
        check(json!({ "allOf": [to("a.Thing")], "default": {}, "description": "x" }), thing());
        check(
            json!({ "allOf": [to("a.Thing")], "default": { "b": 1 } }),
            Schema { default: Some(r#"{"b":1}"#.into()), ..thing() },
        );
        check(to("io.k8s.apimachinery.pkg.api.resource.Quantity"), of(Type::Quantity));
        check(to("io.k8s.apimachinery.pkg.util.intstr.IntOrString"), of(Type::IntOrString));
        check(to("io.k8s.apimachinery.pkg.runtime.RawExtension"), of(Type::Any));
        check(json!({ "type": "integer", "default": 0 }), of(Type::Integer));
        check(
            json!({ "type": "object", "additionalProperties": { "type": "string", "default": "" } }),
            Schema { additional: Some(Box::new(of(Type::String))), ..of(Type::Object) },
        );
        // A property may have the name of a keyword.
        let property = Property { name: "$ref".into(), schema: of(Type::String) };
        check(
            json!({ "type": "object", "properties": { "$ref": { "type": "string" } } }),
            Schema { properties: vec![property], ..of(Type::Object) },
        );
        assert_eq!(schema(&json!({ "items": to("b.Gone") }), &id), Err("b.Gone".to_owned()));
    }

    #[test]
    fn paths_tell_plural_scope_and_whether_objects_have_names() {
        let mut documents = Documents::default();
        let operation =
            json!({ "x-kubernetes-group-version-kind": { "group": "g", "version": "v1", "kind": "Thing" } });
        let mut check = |path: &str, method: &str, expected: (&str, bool, bool, bool)| {
            documents.add_path(path, &json!({ method: operation }));
            let thing = documents.resources.values().next().cloned().unwrap_or_default();
            assert_eq!((thing.plural.as_str(), thing.namespaced, thing.creatable, thing.readable), expected, "{path}");
        };
        check("/apis/g/v1/", "get", ("", false, false, false));
        check("/apis/g/v1/watch/things", "get", ("", false, false, false));
        check("/apis/g/v1/namespaces/{namespace}/others/{name}/scale", "get", ("", false, false, false));
        check("/apis/g/v1/things", "get", ("things", false, false, false));
        check("/apis/g/v1/namespaces/{namespace}/things", "post", ("things", true, true, false));
        check("/apis/g/v1/namespaces/{namespace}/things/{name}", "get", ("things", true, true, true));
    }
}
