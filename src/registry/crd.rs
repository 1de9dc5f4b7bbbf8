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

/// The kinds that one CustomResourceDefinition defines, read but not yet part of any [`Registry`].
#[derive(Debug, Clone)]
pub struct CustomKinds {
    names: Names,
    /// The best version first.
    versions: Vec<Served>,
    /// The bytes of the definition's `spec`.
    span: Span,
}

/// What all versions of a definition share.
#[derive(Debug, Clone)]
struct Names {
    group: Box<str>,
    kind: Box<str>,
    list_kind: Box<str>,
    plural: Box<str>,
    singular: Box<str>,
    short_names: Vec<Box<str>>,
    categories: Vec<Box<str>>,
    namespaced: bool,
}

#[derive(Debug, Clone)]
struct Served {
    name: Box<str>,
    schema: Schema,
    deprecation: Option<Deprecation>,
    status_apart: bool,
}

impl CustomKinds {
    /// Reads a CustomResourceDefinition (the whole object; `apiVersion` and `kind` may be missing).
    ///
    /// # Errors
    /// With the first thing that keeps the definition from being understood.
    pub fn read(crd: &Node) -> Result<CustomKinds, CrdError> {
        let path = Path::ROOT.key("spec");
        let spec = required(crd, &Path::ROOT, "spec", mapping)?;
        let names = names(spec, &path)?;
        let mut versions = served(spec, &path)?;
        versions.sort_by_cached_key(|version| version_rank(&version.name));
        Ok(CustomKinds { names, versions, span: spec.span })
    }
}

impl Registry {
    /// Reads and adds the kinds of a CustomResourceDefinition: [`CustomKinds::read`], then [`Registry::add`].
    ///
    /// # Errors
    /// With the first thing that keeps the definition from being understood; then nothing is added.
    pub fn add_crd(&mut self, crd: &Node) -> Result<(), CrdError> {
        self.add(CustomKinds::read(crd)?)
    }

    /// Adds kinds, one for each version that their definition serves, and their lists. A second definition of the same
    /// kind takes the place of the first, which stays as one of [`Kind::alternatives`].
    ///
    /// # Errors
    /// When Kubernetes itself has a kind of that name in that group; then nothing is added.
    pub fn add(&mut self, kinds: CustomKinds) -> Result<(), CrdError> {
        let CustomKinds { names, versions, span } = kinds;
        let built_in = |kind: &&Kind| !kind.custom && kind.group == names.group && kind.kind == names.kind;
        if let Some(kind) = self.kinds().find(built_in) {
            let kind = CrdErrorKind::BuiltIn(format!("{} {}", kind.api_version(), kind.kind));
            return Err(CrdError { kind, path: "spec".to_owned(), span });
        }
        for version in versions {
            self.add_version(&names, version);
        }
        Ok(())
    }

    fn add_version(&mut self, names: &Names, version: Served) {
        let mut schema = version.schema;
        schema.kind = Type::Object;
        self.imply(&mut schema, "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        let kind = Kind {
            group: names.group.clone(),
            version: version.name.clone(),
            kind: names.kind.clone(),
            plural: names.plural.clone(),
            singular: names.singular.clone(),
            short_names: names.short_names.clone(),
            categories: names.categories.clone(),
            namespaced: names.namespaced,
            storable: true,
            schema: self.define(names, &version.name, &names.kind, schema),
            deprecation: version.deprecation,
            custom: true,
            alternatives: Vec::new(),
            status_apart: version.status_apart,
        };
        let mut list = Schema { kind: Type::Object, required: vec!["items".into()], ..Schema::default() };
        let item = Schema { kind: Type::Reference, reference: Some(kind.schema), ..Schema::default() };
        let items = Schema { kind: Type::Array, items: Some(Box::new(item)), ..Schema::default() };
        list.properties.push(Property { name: "items".into(), schema: items });
        self.imply(&mut list, "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta");
        let list = Kind {
            kind: names.list_kind.clone(),
            plural: "".into(),
            singular: "".into(),
            short_names: Vec::new(),
            categories: Vec::new(),
            namespaced: false,
            storable: false,
            schema: self.define(names, &version.name, &names.list_kind, list),
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

    fn define(&mut self, names: &Names, version: &str, kind: &str, schema: Schema) -> DefinitionId {
        let id = DefinitionId((self.definitions.len() + self.custom.len()) as u32);
        let name = format!("{}/{version}/{kind}", names.group).into();
        self.custom.push(Definition { name, schema });
        id
    }
}

fn names(spec: &Node, path: &Path<'_>) -> Result<Names, CrdError> {
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
        group: required(spec, path, "group", text)?.into(),
        kind: kind.into(),
        list_kind: names.str_at("listKind").map_or_else(|| format!("{kind}List").into(), Into::into),
        plural: required(names, &at, "plural", text)?.into(),
        singular: names.str_at("singular").map_or_else(|| kind.to_lowercase().into(), Into::into),
        short_names: texts(names, &at, "shortNames")?,
        categories: texts(names, &at, "categories")?,
        namespaced,
    })
}

/// The versions that the definition serves, with their schemas.
fn served(spec: &Node, path: &Path<'_>) -> Result<Vec<Served>, CrdError> {
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
    let has_status = |holder: &Node| holder.at(&["subresources", "status"]).is_some();
    let status_shared = has_status(spec);
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
        let status_apart = status_shared || has_status(version);
        let schema = finish(own.or_else(|| shared.clone()));
        all.push(Served { name: name.into(), schema, deprecation, status_apart });
    }
    match spec.field("version") {
        // v1beta1 before it had a list of versions.
        Some(version) if versions.is_empty() => {
            let name = text(version, &path.key("version"))?.into();
            all.push(Served { name, schema: finish(shared), deprecation: None, status_apart: status_shared });
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

#[cfg(test)]
mod tests {
    use crate::document::{Limits, Source, read};

    use super::{super::Lookup, *};

    const GATEWAY: &str = include_str!("../../fixtures/registry/crd/gateway.yaml");
    const V1BETA1: &str = include_str!("../../fixtures/registry/crd/v1beta1.yaml");

    fn add(text: &str) -> (Registry, Result<(), CrdError>) {
        let mut registry = Registry::kubernetes(Registry::LATEST).expect("an embedded version");
        let source = Source::new("crd.yaml", text);
        let document = read(&source, Limits::default()).next().expect("a document").expect("YAML");
        let result = registry.add_crd(&document.root);
        (registry, result)
    }

    #[test]
    fn kinds_carry_names_scope_and_deprecation() {
        let (registry, result) = add(GATEWAY);
        assert_eq!(result, Ok(()));
        let found = registry.find("gw");
        let versions: Vec<_> = found.iter().map(|kind| &*kind.version).collect();
        assert_eq!(versions, ["v1", "v1beta1"], "the best first, what is not served left out");
        assert!(
            found.iter().all(|kind| kind.custom && kind.namespaced && kind.storable && *kind.singular == *"gateway")
        );
        let warning = found[1].deprecation.as_ref().and_then(|deprecation| deprecation.warning.as_deref());
        assert_eq!((warning, &found[0].deprecation), (Some("use net.example.com/v1"), &None));
        assert!(matches!(registry.lookup("net.example.com/v1", "GatewayList"), Lookup::Found(list) if !list.storable));
        let wrong = registry.lookup("net.example.com/v2", "Gateway");
        assert_eq!(
            wrong,
            Lookup::WrongVersion { served: vec!["net.example.com/v1".into(), "net.example.com/v1beta1".into()] }
        );
        let models = registry.models();
        assert_eq!((models[1].name, models[1].components.len()), ("net.example.com", 2));
    }

    #[test]
    fn schemas_keep_every_constraint() {
        let (registry, _) = add(GATEWAY);
        let gateway = registry.find("gateways.v1.net.example.com")[0];
        let field = |path: &str| registry.field(gateway, &path.split('.').collect::<Vec<_>>()).expect("a field");
        let root = &registry.definition(gateway.schema).schema;
        assert_eq!(registry.description(gateway.schema, None), Some("Gateway lets traffic in."));
        assert_eq!(root.property("apiVersion").map(|schema| schema.kind), Some(Type::String));
        assert_eq!(field("metadata.labels").type_name(), "map[string]string");
        let class = field("spec.class");
        assert_eq!((class.required, class.default(), class.enumeration().len()), (true, Some("\"public\""), 2));
        assert!(class.schema.nullable);
        assert_eq!(class.description(), Some("Class says who implements it."));
        let listeners = field("spec.listeners").schema;
        assert_eq!((listeners.list_type, listeners.list_map_keys.len()), (Some(ListType::Map), 2));
        let constraints = |path: &str| field(path).schema.constraints.clone().unwrap_or_default();
        assert_eq!(constraints("spec.listeners").min_items, Some(1));
        let port = constraints("spec.listeners.port");
        assert_eq!((port.minimum, port.maximum), (Some((1.0, false)), Some((65536.0, true))));
        assert_eq!(constraints("spec.listeners.protocol").pattern.as_deref(), Some("^[A-Z]+$"));
        let weight = constraints("spec.listeners.weight");
        assert_eq!((weight.values, weight.multiple_of), (vec!["0.5".into(), "1".into()], Some(0.5)));
        assert_eq!(
            (field("spec.timeout").type_name().as_str(), constraints("spec.timeout").any_of.len()),
            ("IntOrString", 2)
        );
        let target = constraints("spec.target");
        assert_eq!((target.one_of.len(), target.not.is_some()), (2, true));
        assert!(target.one_of.iter().all(|schema| schema.preserve_unknown));
        assert!(field("spec.target").schema.map_atomic && field("spec.template").schema.embedded_resource);
        assert!(field("spec.anything").schema.additional.as_ref().is_some_and(|any| any.kind == Type::Any));
        assert_eq!(
            registry.field(gateway, &["spec", "clas"]).map_err(|error| error.similar).err(),
            Some(vec!["class".into()])
        );
    }

    #[test]
    fn the_older_shape_is_read() {
        let (registry, result) = add(V1BETA1);
        assert_eq!(result, Ok(()));
        let mesh = registry.find("meshes")[0];
        assert!(!mesh.namespaced);
        assert_eq!(registry.field(mesh, &["spec", "mtls"]).map(|field| field.type_name()), Ok("boolean".into()));
    }

    #[test]
    fn what_cannot_be_understood_is_refused_where_it_stands() {
        let check = |text: &str, expected: &str| {
            let (registry, result) = add(text);
            assert_eq!(result.map_err(|error| error.to_string()), Err(expected.to_owned()), "{text}");
            assert!(registry.kinds().all(|kind| !kind.custom), "nothing is added: {text}");
        };
        let spec =
            |rest: &str| format!("spec: {{group: g.io, scope: Cluster, names: {{kind: K, plural: ks}}, {rest}}}");
        let schema = |schema: &str| spec(&format!("versions: [{{name: v1, schema: {{openAPIV3Schema: {schema}}}}}]"));
        check("x", ": `spec` is required here");
        check("spec: 3", "spec: expected an object, found integer");
        check("spec: {names: {kind: K, plural: ks}}", "spec: `scope` is required here");
        check(
            "spec: {names: {kind: K, plural: ks}, scope: Galaxy}",
            "spec.scope: `Galaxy` is none of Namespaced, Cluster",
        );
        check(&spec("x: y"), "spec: `versions` is required here");
        check(&spec("versions: {}"), "spec.versions: expected a list, found object");
        check(&spec("versions: [1]"), "spec.versions[0]: expected an object, found integer");
        check(&spec("versions: [{served: true}]"), "spec.versions[0]: `name` is required here");
        let at = "spec.versions[0].schema.openAPIV3Schema";
        check(&schema("[]"), &format!("{at}: expected an object, found list"));
        check(
            &schema("{type: car}"),
            &format!("{at}.type: `car` is none of object, array, string, integer, number, boolean"),
        );
        check(&schema("{properties: {a: 1}}"), &format!("{at}.properties.a: expected an object, found integer"));
        check(&schema("{items: [{}]}"), &format!("{at}.items: expected an object, found list"));
        check(
            &schema("{maxLength: -1}"),
            &format!("{at}.maxLength: expected a whole number, zero or more, found integer"),
        );
        check(&schema("{anyOf: [1]}"), &format!("{at}.anyOf[0]: expected an object, found integer"));
        check(
            "spec: {group: apps, scope: Namespaced, names: {kind: Deployment, plural: deployments}, version: v1}",
            "spec: `apps/v1 Deployment` is a kind of Kubernetes itself",
        );
    }

    #[test]
    fn depth_is_bounded() {
        // Made by hand: the reader of documents stops earlier.
        let node = |depth| {
            (0..depth).fold(Node::from(crate::document::Mapping::new()), |inner, _| {
                Node::from(crate::document::Mapping::from_iter([("items".into(), inner)]))
            })
        };
        let reader = Reader { depth: 0, constrains: false };
        assert!(reader.schema(&node(DEEPEST), &Path::ROOT).is_ok());
        let error = reader.schema(&node(DEEPEST + 50), &Path::ROOT).expect_err("too deep");
        assert_eq!(error.kind, CrdErrorKind::TooDeep(DEEPEST));
    }

    #[test]
    fn a_second_definition_replaces_the_first() {
        let (mut registry, _) = add(GATEWAY);
        let source = Source::new("again.yaml", GATEWAY.replace("[gw]", "[gate]"));
        let document = read(&source, Limits::default()).next().expect("a document").expect("YAML");
        let before = registry.kinds().count();
        assert_eq!(registry.add_crd(&document.root), Ok(()));
        assert_eq!((registry.kinds().count(), registry.find("gw").len(), registry.find("gate").len()), (before, 0, 2));
    }
}
