//! CustomResourceDefinitions become kinds and schemas like Kubernetes' own.
//!
//! Both shapes are read, `apiextensions.k8s.io/v1` and the `v1beta1` that older charts still carry (one schema for all
//! versions, or none at all). What the API server refuses in a definition is refused here with the bytes to blame, as
//! far as it keeps the schema from being understood; judging the definition as an object is `evaluate`'s part.

use crate::document::{Node, Path, Span, Value};

use super::{
    Constraints, Definition, DefinitionId, Deprecation, Kind, ListType, Property, Registry, Schema, Type, version_rank,
};

/// Deeper schemas are refused. The deepest in use nests a pod template in a list in a list.
const DEEPEST: usize = 96;

/// A CustomResourceDefinition that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {kind}")]
pub struct CrdError {
    pub kind: CrdErrorKind,
    /// Where it stands in the definition: `spec.versions[0].name`.
    pub path: String,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrdErrorKind {
    #[error("`{0}` is required here")]
    Missing(&'static str),
    #[error("expected {expected}, found {found}")]
    WrongType { expected: &'static str, found: &'static str },
    #[error("`{found}` is none of {allowed}")]
    Unknown { found: String, allowed: &'static str },
    #[error("the schema nests deeper than {0} levels")]
    TooDeep(usize),
    #[error("`{0}` is a kind of Kubernetes itself")]
    BuiltIn(String),
}

/// What all versions of a definition share.
struct Names<'a> {
    group: &'a str,
    kind: &'a str,
    list_kind: String,
    plural: &'a str,
    singular: String,
    short_names: Vec<Box<str>>,
    categories: Vec<Box<str>>,
    namespaced: bool,
}

struct Served<'a> {
    name: &'a str,
    schema: Schema,
    deprecation: Option<Deprecation>,
}

impl Registry {
    /// Adds the kinds of a CustomResourceDefinition (the whole object; `apiVersion` and `kind` may be missing), one for
    /// each version that it serves, and their lists. A second definition of the same kind takes the place of the first.
    ///
    /// # Errors
    /// With the first thing that keeps the definition from being understood; then nothing is added.
    pub fn add_crd(&mut self, crd: &Node) -> Result<(), CrdError> {
        let path = Path::ROOT.key("spec");
        let spec = required(crd, &Path::ROOT, "spec", mapping)?;
        let names = names(spec, &path)?;
        let mut versions = served(spec, &path)?;
        versions.sort_by_cached_key(|version| version_rank(version.name));
        let built_in = |kind: &&Kind| !kind.custom && *kind.group == *names.group && *kind.kind == *names.kind;
        if let Some(kind) = self.kinds().find(built_in) {
            let kind = CrdErrorKind::BuiltIn(format!("{} {}", kind.api_version(), kind.kind));
            return Err(CrdError { kind, path: path.to_string(), span: spec.span });
        }
        for version in versions {
            self.add_version(&names, version);
        }
        Ok(())
    }

    fn add_version(&mut self, names: &Names<'_>, version: Served<'_>) {
        let mut schema = version.schema;
        schema.kind = Type::Object;
        self.imply(&mut schema, "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        let kind = Kind {
            group: names.group.into(),
            version: version.name.into(),
            kind: names.kind.into(),
            plural: names.plural.into(),
            singular: names.singular.as_str().into(),
            short_names: names.short_names.clone(),
            categories: names.categories.clone(),
            namespaced: names.namespaced,
            storable: true,
            schema: self.define(names, version.name, names.kind, schema),
            deprecation: version.deprecation,
            custom: true,
        };
        let mut list = Schema { kind: Type::Object, required: vec!["items".into()], ..Schema::default() };
        let item = Schema { kind: Type::Reference, reference: Some(kind.schema), ..Schema::default() };
        let items = Schema { kind: Type::Array, items: Some(Box::new(item)), ..Schema::default() };
        list.properties.push(Property { name: "items".into(), schema: items });
        self.imply(&mut list, "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta");
        let list = Kind {
            kind: names.list_kind.as_str().into(),
            plural: "".into(),
            singular: "".into(),
            short_names: Vec::new(),
            categories: Vec::new(),
            namespaced: false,
            storable: false,
            schema: self.define(names, version.name, &names.list_kind, list),
            ..kind.clone()
        };
        self.add_kind(kind);
        self.add_kind(list);
    }

    /// Sets the members that every object has. What a definition says of them may only narrow the name.
    fn imply(&self, schema: &mut Schema, metadata: &str) {
        let text = || Schema { kind: Type::String, ..Schema::default() };
        let metadata = match self.definition_named(metadata) {
            Some(id) => Schema { kind: Type::Reference, reference: Some(id), ..Schema::default() },
            None => Schema { kind: Type::Object, preserve_unknown: true, ..Schema::default() },
        };
        for (name, implied) in [("apiVersion", text()), ("kind", text()), ("metadata", metadata)] {
            match schema.properties.binary_search_by(|property| (*property.name).cmp(name)) {
                Ok(at) => {
                    let described = schema.properties[at].schema.description.take();
                    schema.properties[at].schema = Schema { description: described, ..implied };
                }
                Err(at) => schema.properties.insert(at, Property { name: name.into(), schema: implied }),
            }
        }
    }

    fn define(&mut self, names: &Names<'_>, version: &str, kind: &str, schema: Schema) -> DefinitionId {
        let id = DefinitionId((self.definitions.len() + self.custom.len()) as u32);
        let name = format!("{}/{version}/{kind}", names.group).into();
        self.custom.push(Definition { name, schema });
        id
    }
}

fn names<'a>(spec: &'a Node, path: &Path<'_>) -> Result<Names<'a>, CrdError> {
    let names = required(spec, path, "names", mapping)?;
    let at = path.key("names");
    let kind = required(names, &at, "kind", text)?;
    let namespaced = match required(spec, path, "scope", text)? {
        "Namespaced" => true,
        "Cluster" => false,
        other => {
            let node = spec.get("scope").unwrap_or(spec);
            return Err(unknown(node, &path.key("scope"), other, "Namespaced, Cluster"));
        }
    };
    Ok(Names {
        group: required(spec, path, "group", text)?,
        kind,
        list_kind: names.str_at("listKind").map_or_else(|| format!("{kind}List"), str::to_owned),
        plural: required(names, &at, "plural", text)?,
        singular: names.str_at("singular").map_or_else(|| kind.to_lowercase(), str::to_owned),
        short_names: texts(names, &at, "shortNames")?,
        categories: texts(names, &at, "categories")?,
        namespaced,
    })
}

/// The versions that the definition serves, with their schemas.
fn served<'a>(spec: &'a Node, path: &Path<'_>) -> Result<Vec<Served<'a>>, CrdError> {
    let preserve = flag(spec, path, "preserveUnknownFields")?;
    let shared = match spec.field("validation") {
        Some(validation) => open_api_schema(validation, &path.key("validation"))?,
        None => None,
    };
    let finish = |schema: Option<Schema>| {
        let mut schema = schema.unwrap_or_else(|| Schema { preserve_unknown: true, ..Schema::default() });
        schema.preserve_unknown |= preserve;
        schema
    };
    let mut all = Vec::new();
    let at = path.key("versions");
    let versions = spec.field("versions").map(|versions| sequence(versions, &at)).transpose()?.unwrap_or_default();
    for (index, version) in versions.iter().enumerate() {
        let at = at.index(index);
        mapping(version, &at)?;
        let name = required(version, &at, "name", text)?;
        if version.field("served").is_some() && !flag(version, &at, "served")? {
            continue;
        }
        let own = match version.field("schema") {
            Some(schema) => open_api_schema(schema, &at.key("schema"))?,
            None => None,
        };
        let deprecation = flag(version, &at, "deprecated")?.then(|| Deprecation {
            deprecated_in: None,
            removed_in: None,
            replacement: None,
            warning: version.str_at("deprecationWarning").map(Into::into),
        });
        all.push(Served { name, schema: finish(own.or_else(|| shared.clone())), deprecation });
    }
    match spec.field("version") {
        // v1beta1 before it had a list of versions.
        Some(version) if versions.is_empty() => {
            let name = text(version, &path.key("version"))?;
            all.push(Served { name, schema: finish(shared), deprecation: None });
        }
        None if versions.is_empty() => {
            return Err(error(CrdErrorKind::Missing("versions"), spec, path));
        }
        _ => {}
    }
    Ok(all)
}

fn open_api_schema(holder: &Node, path: &Path<'_>) -> Result<Option<Schema>, CrdError> {
    mapping(holder, path)?;
    match holder.field("openAPIV3Schema") {
        Some(node) => Reader { depth: 0, constrains: false }.schema(node, &path.key("openAPIV3Schema")).map(Some),
        None => Ok(None),
    }
}

/// Reads schema nodes, keeping count of the depth.
#[derive(Clone, Copy)]
struct Reader {
    depth: usize,
    /// Inside `allOf`, `anyOf`, `oneOf` or `not`: see [`Constraints::all_of`].
    constrains: bool,
}

impl Reader {
    fn schema(self, node: &Node, path: &Path<'_>) -> Result<Schema, CrdError> {
        if self.depth > DEEPEST {
            return Err(error(CrdErrorKind::TooDeep(DEEPEST), node, path));
        }
        mapping(node, path)?;
        let inner = Reader { depth: self.depth + 1, ..self };
        let mut schema = Schema {
            kind: kind(node, path)?,
            format: optional(node, path, "format", text)?.map(Into::into),
            properties: inner.properties(node, path)?,
            required: sorted(texts(node, path, "required")?),
            items: inner.one(node, path, "items")?,
            additional: inner.additional(node, path)?,
            default: node.field("default").and_then(json),
            nullable: flag(node, path, "nullable")?,
            list_type: list_type(node, path)?,
            list_map_keys: texts(node, path, "x-kubernetes-list-map-keys")?,
            map_atomic: node.str_at("x-kubernetes-map-type") == Some("atomic"),
            preserve_unknown: self.constrains || flag(node, path, "x-kubernetes-preserve-unknown-fields")?,
            embedded_resource: flag(node, path, "x-kubernetes-embedded-resource")?,
            description: optional(node, path, "description", text)?.map(Into::into),
            ..Schema::default()
        };
        let mut constraints = inner.constraints(node, path)?;
        for value in optional(node, path, "enum", sequence)?.unwrap_or_default() {
            match &value.value {
                Value::String(text) => schema.enumeration.push(text.as_str().into()),
                // With `nullable`, null is taken whatever the list says.
                Value::Null => {}
                _ => constraints.values.extend(json(value)),
            }
        }
        schema.constraints = (constraints != Constraints::default()).then(|| Box::new(constraints));
        Ok(schema)
    }

    fn properties(self, node: &Node, path: &Path<'_>) -> Result<Vec<Property>, CrdError> {
        let Some(properties) = node.field("properties") else { return Ok(Vec::new()) };
        let path = path.key("properties");
        mapping(properties, &path)?;
        let mut all = Vec::with_capacity(properties.entries().count());
        for entry in properties.entries() {
            let schema = self.schema(&entry.value, &path.key(&entry.key))?;
            all.push(Property { name: entry.key.as_str().into(), schema });
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    fn additional(self, node: &Node, path: &Path<'_>) -> Result<Option<Box<Schema>>, CrdError> {
        match node.field("additionalProperties").map(|additional| &additional.value) {
            Some(Value::Bool(true)) => Ok(Some(Box::new(Schema { preserve_unknown: true, ..Schema::default() }))),
            None | Some(Value::Bool(false)) => Ok(None),
            Some(_) => self.one(node, path, "additionalProperties"),
        }
    }

    fn one(self, node: &Node, path: &Path<'_>, key: &'static str) -> Result<Option<Box<Schema>>, CrdError> {
        node.field(key).map(|inner| self.schema(inner, &path.key(key)).map(Box::new)).transpose()
    }

    fn all(self, node: &Node, path: &Path<'_>, key: &'static str) -> Result<Vec<Schema>, CrdError> {
        let path = path.key(key);
        let schemas = node.field(key).map(|schemas| sequence(schemas, &path)).transpose()?.unwrap_or_default();
        schemas.iter().enumerate().map(|(at, schema)| self.schema(schema, &path.index(at))).collect()
    }

    fn constraints(self, node: &Node, path: &Path<'_>) -> Result<Constraints, CrdError> {
        let count = |key| optional(node, path, key, count);
        let bound = |key, exclusive| -> Result<Option<(f64, bool)>, CrdError> {
            let exclusive = flag(node, path, exclusive)?;
            Ok(optional(node, path, key, number)?.map(|bound| (bound, exclusive)))
        };
        let inside = Reader { constrains: true, ..self };
        Ok(Constraints {
            minimum: bound("minimum", "exclusiveMinimum")?,
            maximum: bound("maximum", "exclusiveMaximum")?,
            multiple_of: optional(node, path, "multipleOf", number)?,
            min_length: count("minLength")?,
            max_length: count("maxLength")?,
            min_items: count("minItems")?,
            max_items: count("maxItems")?,
            min_properties: count("minProperties")?,
            max_properties: count("maxProperties")?,
            pattern: optional(node, path, "pattern", text)?.map(Into::into),
            values: Vec::new(),
            all_of: inside.all(node, path, "allOf")?,
            any_of: inside.all(node, path, "anyOf")?,
            one_of: inside.all(node, path, "oneOf")?,
            not: inside.one(node, path, "not")?,
        })
    }
}

fn kind(node: &Node, path: &Path<'_>) -> Result<Type, CrdError> {
    const ALLOWED: &str = "object, array, string, integer, number, boolean";
    if flag(node, path, "x-kubernetes-int-or-string")? {
        return Ok(Type::IntOrString);
    }
    Ok(match optional(node, path, "type", text)? {
        Some("object") => Type::Object,
        Some("array") => Type::Array,
        Some("string") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("") | None => Type::Any,
        Some(other) => return Err(unknown(node.get("type").unwrap_or(node), &path.key("type"), other, ALLOWED)),
    })
}

fn list_type(node: &Node, path: &Path<'_>) -> Result<Option<ListType>, CrdError> {
    const KEY: &str = "x-kubernetes-list-type";
    Ok(Some(match optional(node, path, KEY, text)? {
        None => return Ok(None),
        Some("atomic") => ListType::Atomic,
        Some("set") => ListType::Set,
        Some("map") => ListType::Map,
        Some(other) => return Err(unknown(node.get(KEY).unwrap_or(node), &path.key(KEY), other, "atomic, set, map")),
    }))
}

/// How a value of one type is taken from a node.
type Take<'a, T> = fn(&'a Node, &Path<'_>) -> Result<T, CrdError>;

fn required<'a, T>(node: &'a Node, path: &Path<'_>, key: &'static str, take: Take<'a, T>) -> Result<T, CrdError> {
    optional(node, path, key, take)?.ok_or_else(|| error(CrdErrorKind::Missing(key), node, path))
}

fn optional<'a, T>(node: &'a Node, path: &Path<'_>, key: &str, take: Take<'a, T>) -> Result<Option<T>, CrdError> {
    node.field(key).map(|member| take(member, &path.key(key))).transpose()
}

fn flag(node: &Node, path: &Path<'_>, key: &str) -> Result<bool, CrdError> {
    let boolean: Take<'_, bool> = |node, path| node.as_bool().ok_or_else(|| wrong_type("a boolean", node, path));
    Ok(optional(node, path, key, boolean)?.unwrap_or(false))
}

fn text<'a>(node: &'a Node, path: &Path<'_>) -> Result<&'a str, CrdError> {
    node.as_str().ok_or_else(|| wrong_type("a string", node, path))
}

fn number(node: &Node, path: &Path<'_>) -> Result<f64, CrdError> {
    match &node.value {
        Value::Number(number) => Ok(number.as_f64()),
        _ => Err(wrong_type("a number", node, path)),
    }
}

fn count(node: &Node, path: &Path<'_>) -> Result<u64, CrdError> {
    let count = node.as_i64().and_then(|number| u64::try_from(number).ok());
    count.ok_or_else(|| wrong_type("a whole number, zero or more", node, path))
}

fn mapping<'a>(node: &'a Node, path: &Path<'_>) -> Result<&'a Node, CrdError> {
    node.as_mapping().map(|_| node).ok_or_else(|| wrong_type("an object", node, path))
}

fn sequence<'a>(node: &'a Node, path: &Path<'_>) -> Result<&'a [Node], CrdError> {
    node.as_sequence().ok_or_else(|| wrong_type("a list", node, path))
}

fn texts(node: &Node, path: &Path<'_>, key: &str) -> Result<Vec<Box<str>>, CrdError> {
    let path = path.key(key);
    let items = node.field(key).map(|items| sequence(items, &path)).transpose()?.unwrap_or_default();
    items.iter().enumerate().map(|(at, item)| text(item, &path.index(at)).map(Into::into)).collect()
}

fn sorted(mut texts: Vec<Box<str>>) -> Vec<Box<str>> {
    texts.sort();
    texts
}

fn json(node: &Node) -> Option<Box<str>> {
    serde_json::to_string(node).ok().map(Into::into)
}

fn error(kind: CrdErrorKind, node: &Node, path: &Path<'_>) -> CrdError {
    CrdError { kind, path: path.to_string(), span: node.span }
}

fn wrong_type(expected: &'static str, node: &Node, path: &Path<'_>) -> CrdError {
    error(CrdErrorKind::WrongType { expected, found: node.type_name() }, node, path)
}

fn unknown(node: &Node, path: &Path<'_>, found: &str, allowed: &'static str) -> CrdError {
    error(CrdErrorKind::Unknown { found: found.to_owned(), allowed }, node, path)
}
