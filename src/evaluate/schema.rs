//! An object against the schema of its kind, and the rules of every definition on the way.
//!
//! The walk follows what the API server's decoder does (`k8s.io/apimachinery/pkg/runtime/serializer/json`, strict):
//! `null` is the same as absent, names of fields are case-sensitive, whole numbers may be written `3.0`, and nothing is
//! converted. Required fields of Kubernetes' own kinds are those that the server's validation insists on, which is fewer
//! than its OpenAPI document claims: see [`Manners`].

use std::{cell::OnceCell, collections::HashSet, sync::OnceLock};

use crate::{
    design::{Component, Origin},
    document::{self, Entry, Limits, Mapping, Node, Path, Source, Span, Text, Value, nearest},
    registry::{Constraints, DefinitionId, Kind, ListType, Registry, Schema, Type, Version},
};

use super::{Checker, Edit, Finding, Fix, Severity, Subject, code::schema as code, format, manners::Manners, rules};

/// Validates objects against one [`Registry`]; shared between threads.
pub struct Validator<'r> {
    registry: &'r Registry,
    /// What is known of each definition beside its schema, by id, found out on first use.
    traits: Vec<OnceLock<Traits>>,
}

/// What a definition's name tells.
#[derive(Default)]
struct Traits {
    checks: &'static [rules::Check],
    manners: Manners,
}

/// How a value is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Kubernetes' own kinds.
    Native,
    /// Custom resources: nulls and list keys are judged by the API extensions server.
    Custom,
    /// Below allOf, anyOf, oneOf and not: values are judged, unknown fields are not.
    Junctor,
}

/// The schemas above a value, to tell where a misplaced field belongs.
struct Frame<'a> {
    schema: &'a Schema,
    key: &'a str,
    parent: Option<&'a Frame<'a>>,
}

impl<'r> Validator<'r> {
    pub fn new(registry: &'r Registry) -> Validator<'r> {
        let traits = (0..registry.definition_count()).map(|_| OnceLock::new()).collect();
        Validator { registry, traits }
    }

    /// All that is wrong with the shape and the values of `component`, whose kind is `kind`.
    pub fn validate(&self, component: &Component, kind: &Kind, origin: &Origin, findings: &mut Vec<Finding>) {
        let subject = subject(component);
        let mut check =
            Checker { source: &origin.source, version: self.registry.version(), subject: &subject, findings };
        let mode = if kind.custom { Mode::Custom } else { Mode::Native };
        let root = Frame { schema: &EMPTY, key: "", parent: None };
        for rule in rules::OF_OBJECT {
            rule(&component.configuration, &Path::ROOT, &mut check);
        }
        let before = check.findings.len();
        self.definition(kind.schema, &component.configuration, &Path::ROOT, &root, mode, &mut check);
        for &other in &kind.alternatives {
            if check.findings.len() == before {
                break;
            }
            // The input defines the kind more than once (two releases of its vendor, say) and does not tell which of them
            // the cluster has: the definition that fits best is the one that was meant.
            let first: Vec<Finding> = check.findings.drain(before..).collect();
            self.definition(other, &component.configuration, &Path::ROOT, &root, mode, &mut check);
            if check.findings.len() - before >= first.len() {
                check.findings.truncate(before);
                check.findings.extend(first);
            }
        }
        if mode == Mode::Native || kind.status_apart {
            forget_status(check.findings, before, mode);
        }
        say_duplicates_once(check.findings, before);
    }

    fn traits(&self, id: DefinitionId) -> &Traits {
        static NONE: Traits = Traits { checks: &[], manners: Manners::NONE };
        let Some(slot) = self.traits.get(id.0 as usize) else { return &NONE };
        slot.get_or_init(|| {
            let name = &*self.registry.definition(id).name;
            Traits { checks: rules::of_definition(name), manners: Manners::of(name) }
        })
    }

    fn definition(
        &self,
        id: DefinitionId,
        node: &Node,
        path: &Path<'_>,
        above: &Frame<'_>,
        mode: Mode,
        check: &mut Checker<'_>,
    ) {
        let traits = self.traits(id);
        let before = check.findings.len();
        self.shape(&self.registry.definition(id).schema, traits.manners, node, path, above, mode, check);
        // A rule sees values of the right type only: what the schema has complained about is said once.
        let sound = check.findings[before..].iter().all(|finding| finding.code != code::TYPE);
        if sound && !node.is_null() {
            for rule in traits.checks {
                rule(node, path, check);
            }
        }
    }

    fn value(
        &self,
        schema: &Schema,
        node: &Node,
        path: &Path<'_>,
        above: &Frame<'_>,
        mode: Mode,
        check: &mut Checker<'_>,
    ) {
        let mode = schema.reference.map_or(mode, |id| self.mode_of(id, mode));
        if node.is_null() {
            // Kubernetes' own kinds take a null item for an empty one; custom resources only where it is allowed or
            // defaulted.
            if mode != Mode::Native && !schema.nullable && schema.default.is_none() && schema.kind != Type::Any {
                type_finding(schema, node, path, check);
            }
            return;
        }
        match schema.reference {
            Some(id) => self.definition(id, node, path, above, mode, check),
            None => self.shape(schema, Manners::NONE, node, path, above, mode, check),
        }
    }

    /// The metadata of custom resources is decoded like that of Kubernetes' own kinds (`creationTimestamp: null` is fine).
    fn mode_of(&self, id: DefinitionId, mode: Mode) -> Mode {
        if mode == Mode::Custom && !self.registry.is_custom(id) { Mode::Native } else { mode }
    }

    #[allow(clippy::too_many_arguments)]
    fn shape(
        &self,
        schema: &Schema,
        manners: Manners,
        node: &Node,
        path: &Path<'_>,
        above: &Frame<'_>,
        mode: Mode,
        check: &mut Checker<'_>,
    ) {
        if node.is_null() {
            return;
        }
        match (schema.kind, &node.value) {
            // Below allOf and its like, what has no type of its own still says something of values that have one.
            (Type::Any, Value::String(text)) if mode == Mode::Junctor => {
                format::word(schema, text, node, path, check);
                format::string(schema, text, node, path, check)
            }
            (Type::Any, Value::Mapping(mapping)) if mode == Mode::Junctor => {
                self.object(schema, manners, node, mapping, path, above, mode, check)
            }
            (Type::Any, Value::Sequence(items)) if mode == Mode::Junctor => {
                self.list(schema, items, path, above, mode, check)
            }
            (Type::Any, _) => {}
            (Type::Reference, _) => {
                if let Some(id) = schema.reference {
                    return self.definition(id, node, path, above, mode, check);
                }
            }
            (Type::Object, Value::Mapping(mapping)) => {
                self.object(schema, manners, node, mapping, path, above, mode, check)
            }
            (Type::Array, Value::Sequence(items)) => self.list(schema, items, path, above, mode, check),
            (Type::String, Value::String(text)) => {
                // An empty word is "not set" to Kubernetes' own kinds: the server fills in the default.
                if mode != Mode::Native || !text.is_empty() {
                    format::word(schema, text, node, path, check);
                }
                format::string(schema, text, node, path, check)
            }
            (Type::String, Value::Sequence(items)) if is_bytes(schema, items, mode) => {}
            (Type::Boolean, Value::Bool(_)) => {}
            (Type::Integer, Value::Number(number)) if number.is_whole() => {
                format::integer(schema.format.as_deref(), number, node, path, check)
            }
            (Type::Number, Value::Number(_)) => {}
            (Type::IntOrString, Value::String(_)) => {}
            (Type::IntOrString, Value::Number(number)) if number.is_whole() => {
                // `intstr.IntOrString` holds 32 bits; the schemas of custom resources say how many.
                let bits = if mode == Mode::Native { Some("int32") } else { schema.format.as_deref() };
                format::integer(bits, number, node, path, check)
            }
            (Type::Quantity, Value::String(_) | Value::Number(_)) => format::quantity(node, path, check),
            _ => return type_finding(schema, node, path, check),
        }
        if let Some(constraints) = &schema.constraints {
            format::constraints(constraints, node, path, check);
            self.junctors(schema, constraints, node, path, above, check);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn object(
        &self,
        schema: &Schema,
        manners: Manners,
        node: &Node,
        mapping: &Mapping,
        path: &Path<'_>,
        above: &Frame<'_>,
        mode: Mode,
        check: &mut Checker<'_>,
    ) {
        let root = path.last().is_none();
        // `type: object` and no more: any object (Kubernetes' own), or one whose members are pruned (custom resources).
        let open =
            schema.preserve_unknown || mode == Mode::Junctor || (mode == Mode::Native && schema.properties.is_empty());
        let unset = OnceCell::new();
        for entry in mapping.entries() {
            let frame = Frame { schema, key: &entry.key, parent: Some(above) };
            let below = path.key(&entry.key);
            // A member that is null is not set: own kinds do not see it, of custom resources it is pruned or defaulted.
            let named = schema.property(&entry.key);
            if (named.is_some() || schema.additional.is_some()) && entry.value.is_null() {
                continue;
            }
            let before = check.findings.len();
            match (named, &schema.additional) {
                (Some(property), _) => self.value(property, &entry.value, &below, &frame, mode, check),
                (None, Some(additional)) => self.value(additional, &entry.value, &below, &frame, mode, check),
                (None, None)
                    if schema.embedded_resource && matches!(entry.key.as_str(), "apiVersion" | "kind" | "metadata") => {
                }
                (None, None) if open => {}
                (None, None) => {
                    let unset = unset.get_or_init(|| unset_fields(schema, mapping, root));
                    self.unknown_field(schema, unset, entry, &below, above, check);
                }
            }
            if manners.never_empty.contains(&&*entry.key)
                && let Some(property) = named
                && entry.value.as_str() == Some("")
            {
                format::word(property, "", &entry.value, &below, check);
            }
            if manners.drops(&entry.key, &entry.value) {
                forgive(&mut check.findings[before..]);
            }
        }
        // Before 1.34 the server took StatefulSets without looking at their pods.
        let unseen = check.version < Version(1, 34) && check.subject.kind == "StatefulSet";
        let insisted_on = manners.insisted_on.iter().copied().filter(|_| !unseen);
        for name in schema.required.iter().map(|name| &**name).chain(insisted_on) {
            let told_elsewhere = root && matches!(name, "apiVersion" | "kind" | "metadata");
            if !told_elsewhere && !manners.not_insisted_on.contains(&name) && absent(schema, node, name, mode) {
                let at = missing_at(node, mapping, check.source);
                check.report(code::MISSING_FIELD, at, &path.key(name), format!("missing field `{name}`"));
            }
        }
    }

    fn list(
        &self,
        schema: &Schema,
        items: &[Node],
        path: &Path<'_>,
        above: &Frame<'_>,
        mode: Mode,
        check: &mut Checker<'_>,
    ) {
        if let Some(item_schema) = &schema.items {
            let is_object = self.registry.resolve(item_schema).kind == Type::Object;
            for (index, item) in items.iter().enumerate() {
                // Go's decoder makes an empty object of a null among objects.
                let empty = Node { value: Value::Mapping(Mapping::default()), span: item.span };
                let item = if mode == Mode::Native && is_object && item.is_null() { &empty } else { item };
                if mode == Mode::Native && item.is_null() {
                    format::word(item_schema, "", item, &path.index(index), check);
                }
                self.value(item_schema, item, &path.index(index), above, mode, check);
            }
        }
        let keys: Vec<&str> = match (&schema.patch_merge_key, schema.list_type) {
            _ if !schema.list_map_keys.is_empty() => schema.list_map_keys.iter().map(|key| &**key).collect(),
            (Some(key), _) => vec![key],
            (None, Some(ListType::Set)) if mode == Mode::Custom => vec![],
            _ => return,
        };
        let mut seen: std::collections::HashMap<Vec<String>, Span> = std::collections::HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let key: Vec<String> = if keys.is_empty() {
                vec![format!("{}", item.value)]
            } else {
                keys.iter()
                    .map(|key| {
                        item.field(key).map_or_else(|| self.default_of(schema, key), |value| value.value.to_string())
                    })
                    .collect()
            };
            if key.iter().all(String::is_empty) {
                continue;
            }
            if let Some(first) = seen.get(&key) {
                let first = super::Location::new(check.source, *first);
                let named: Vec<String> =
                    keys.iter().zip(&key).map(|(name, value)| format!("{name} `{value}`")).collect();
                let what = if named.is_empty() { format!("value `{}`", key[0]) } else { named.join(" and ") };
                let at = keys.first().and_then(|key| item.get(key)).map_or(item.span, |value| value.span);
                let finding =
                    check.report(code::DUPLICATE_ITEM, at, &path.index(index), format!("{what} is in this list twice"));
                finding.related("first here", first);
                if mode == Mode::Custom {
                    finding.severity = Severity::Error;
                }
                continue;
            }
            seen.insert(key, item.span);
        }
    }

    /// The default of a list key, so that `{containerPort: 53}` and `{containerPort: 53, protocol: TCP}` are one.
    fn default_of(&self, list: &Schema, key: &str) -> String {
        let item = list.items.as_ref().map(|item| self.registry.resolve(item));
        let default = item.and_then(|item| item.property(key)).and_then(|property| property.default.as_deref());
        default.map(|json| json.trim_matches('"').to_owned()).unwrap_or_default()
    }

    fn junctors(
        &self,
        schema: &Schema,
        constraints: &Constraints,
        node: &Node,
        path: &Path<'_>,
        above: &Frame<'_>,
        check: &mut Checker<'_>,
    ) {
        if !constraints.has_junctors() {
            return;
        }
        // Defaults are filled in before values are judged.
        let filled = with_defaults(schema, node);
        let node = &filled;
        let holds = |schema: &Schema, check: &Checker<'_>| {
            let mut trial = Vec::new();
            let mut quiet =
                Checker { source: check.source, version: check.version, subject: check.subject, findings: &mut trial };
            self.value(schema, node, path, above, Mode::Junctor, &mut quiet);
            trial.is_empty()
        };
        for schema in &constraints.all_of {
            self.value(schema, node, path, above, Mode::Junctor, check);
        }
        if !constraints.any_of.is_empty() && !constraints.any_of.iter().any(|schema| holds(schema, check)) {
            check.report(
                code::CONSTRAINT,
                node.span,
                path,
                "the value fits none of the alternatives (`anyOf`) of its definition",
            );
        }
        if !constraints.one_of.is_empty() {
            let fitting = constraints.one_of.iter().filter(|schema| holds(schema, check)).count();
            if fitting != 1 {
                let message = format!(
                    "the value must fit exactly one of the alternatives (`oneOf`) of its definition, it fits {fitting}"
                );
                check.report(code::CONSTRAINT, node.span, path, message);
            }
        }
        if constraints.not.as_deref().is_some_and(|schema| holds(schema, check)) {
            check.report(
                code::CONSTRAINT,
                node.span,
                path,
                "the value is of the form that its definition rules out (`not`)",
            );
        }
    }

    fn unknown_field(
        &self,
        schema: &Schema,
        unset: &[&str],
        entry: &Entry,
        path: &Path<'_>,
        above: &Frame<'_>,
        check: &mut Checker<'_>,
    ) {
        let name = entry.key.as_str();
        let meant = nearest(name, unset.iter().copied());
        let finding = check.report(code::UNKNOWN_FIELD, entry.key_span, path, format!("unknown field `{name}`"));
        if let Some(meant) = meant {
            finding.help(format!("did you mean `{meant}`?"));
            let fits = schema.property(meant).is_some_and(|property| self.could_be(property, &entry.value));
            if fits {
                let edit = Edit { span: entry.key_span, replacement: meant.to_owned() };
                finding.fix(Fix { title: format!("replace `{name}` by `{meant}`"), edits: vec![edit] });
            }
            return;
        }
        if let Some(place) = self.belongs_to(name, above) {
            finding.help(format!("`{name}` is a field of `{place}`: check the indentation"));
        } else if let Some(child) =
            schema.properties.iter().find(|property| self.registry.resolve(&property.schema).property(name).is_some())
        {
            finding.help(format!("`{name}` is a field of `{}` below: check the indentation", child.name));
        } else if (1..=12).contains(&schema.properties.len()) {
            let names: Vec<&str> = schema
                .properties
                .iter()
                .map(|property| &*property.name)
                .filter(|name| !matches!(*name, "apiVersion" | "kind"))
                .collect();
            finding.help(format!("the fields here are {}", names.join(", ")));
        }
    }

    /// The nearest object above that has a field `name`.
    fn belongs_to(&self, name: &str, above: &Frame<'_>) -> Option<String> {
        let mut frame = Some(above);
        while let Some(here) = frame {
            if self.registry.resolve(here.schema).property(name).is_some() {
                let key = here.parent.map_or("", |parent| parent.key);
                return Some(if key.is_empty() { "the object itself".to_owned() } else { key.to_owned() });
            }
            frame = here.parent;
        }
        None
    }

    /// Whether `node` has the type that `schema` asks for, as far as its top goes.
    fn could_be(&self, schema: &Schema, node: &Node) -> bool {
        match self.registry.resolve(schema).kind {
            Type::Object => node.as_mapping().is_some() || node.is_null(),
            Type::Array => node.as_sequence().is_some() || node.is_null(),
            Type::String => node.as_str().is_some(),
            Type::Boolean => node.as_bool().is_some(),
            Type::Integer | Type::Number => matches!(node.value, Value::Number(_)),
            Type::IntOrString | Type::Quantity => matches!(node.value, Value::Number(_) | Value::String(_)),
            Type::Any | Type::Reference => true,
        }
    }
}

/// The fields that an unknown one may have been meant for: those of the schema that are not there. So many that nobody
/// would know them by heart are not guessed at: each unknown field would be compared with all of them.
fn unset_fields<'s>(schema: &'s Schema, mapping: &Mapping, root: bool) -> Vec<&'s str> {
    const MOST: usize = 1000;
    let there: HashSet<&str> = mapping.entries().iter().map(|entry| entry.key.as_str()).collect();
    let fields = schema.properties.iter().map(|property| &*property.name);
    // An object has been told by these two already, and its configuration does not hold them.
    let told = |field: &str| root && matches!(field, "apiVersion" | "kind");
    fields.take(MOST).filter(|field| !there.contains(field) && !told(field)).collect()
}

static EMPTY: Schema = Schema::EMPTY;

/// `node` with the defaults of the members that it leaves out, at every depth. What is filled in stands where `node` does.
fn with_defaults(schema: &Schema, node: &Node) -> Node {
    let mut filled = node.clone();
    match &mut filled.value {
        Value::Mapping(mapping) => {
            for property in &schema.properties {
                let name = &*property.name;
                match (mapping.get_mut(name), &property.schema.default) {
                    (Some(value), _) if !value.is_null() => *value = with_defaults(&property.schema, value),
                    (_, Some(default)) => {
                        if let Some(mut value) = parsed(default) {
                            value.span = node.span;
                            mapping.insert(name, value);
                        }
                    }
                    _ => {}
                }
            }
            if let Some(additional) = &schema.additional {
                let named = |key: &str| schema.property(key).is_some();
                let keys: Vec<Text> =
                    mapping.entries().iter().map(|entry| entry.key.clone()).filter(|key| !named(key)).collect();
                for key in keys {
                    if let Some(value) = mapping.get_mut(&key) {
                        *value = with_defaults(additional, value);
                    }
                }
            }
        }
        Value::Sequence(items) => {
            if let Some(schema) = &schema.items {
                items.iter_mut().for_each(|item| *item = with_defaults(schema, item));
            }
        }
        _ => {}
    }
    filled
}

/// A default as a value.
fn parsed(json: &str) -> Option<Node> {
    let source = Source::new("default", json);
    document::read(&source, Limits::default()).next()?.ok().map(|document| document.root)
}

/// Where a rule refuses two items of a list for being alike, that they also share a key goes without saying.
fn say_duplicates_once(findings: &mut Vec<Finding>, start: usize) {
    let refused: Vec<String> = findings[start..]
        .iter()
        .filter(|finding| finding.severity == Severity::Error && finding.code != code::DUPLICATE_ITEM)
        .map(|finding| finding.path.clone())
        .collect();
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= start
            || finding.code != code::DUPLICATE_ITEM
            || !refused.iter().any(|path| {
                path.strip_prefix(&finding.path).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            })
    });
}

/// The server drops the `status` of what is created (it has a door of its own) before it looks at values: only the decoder
/// sees it, which complains of unknown fields and, for Kubernetes' own kinds, of types.
fn forget_status(findings: &mut Vec<Finding>, start: usize, mode: Mode) {
    let decoded = |finding: &Finding| {
        finding.code == code::UNKNOWN_FIELD
            || mode == Mode::Native && (finding.code == code::TYPE || finding.code == code::FORMAT)
    };
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        let in_status =
            finding.path.strip_prefix("status").is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        at <= start || !in_status || decoded(finding)
    });
}

/// Who a finding is about.
pub fn subject(component: &Component) -> Subject {
    Subject {
        api_version: component.api_version.to_string(),
        kind: component.kind.to_string(),
        namespace: component.namespace().unwrap_or_default().to_owned(),
        name: component.name().unwrap_or_default().to_owned(),
    }
}

/// What the server does not come to judge is worth a warning: it decodes the value and then throws it away.
fn forgive(findings: &mut [Finding]) {
    let decoded = |finding: &&mut Finding| finding.code != code::TYPE && finding.code != code::UNKNOWN_FIELD;
    for finding in findings.iter_mut().filter(decoded) {
        finding.severity = finding.severity.min(Severity::Warning);
    }
}

/// Whether the required field `name` of `node` is missed. Of custom resources, defaults are filled in before, and nulls
/// stay where the schema allows them.
fn absent(schema: &Schema, node: &Node, name: &str, mode: Mode) -> bool {
    let property = schema.property(name);
    match node.get(name) {
        _ if mode == Mode::Native => node.field(name).is_none(),
        None => property.is_none_or(|property| property.default.is_none()),
        Some(value) => value.is_null() && property.is_some_and(|it| !it.nullable && it.default.is_none()),
    }
}

/// Go's decoder takes a list of small numbers for bytes, as well as base64; the validator of custom resources takes any.
fn is_bytes(schema: &Schema, items: &[Node], mode: Mode) -> bool {
    let byte = |item: &Node| item.is_null() || item.as_i64().is_some_and(|byte| (0..256).contains(&byte));
    schema.format.as_deref() == Some("byte") && (mode != Mode::Native || items.iter().all(byte))
}

/// Where to point at when something is not there: the object's first key, or its brackets.
fn missing_at(node: &Node, mapping: &Mapping, source: &Source) -> Span {
    match mapping.entries().first() {
        Some(entry) if !entry.key_span.is_empty() && !source.slice(node.span).starts_with('{') => entry.key_span,
        _ => node.span,
    }
}

fn type_finding(schema: &Schema, node: &Node, path: &Path<'_>, check: &mut Checker<'_>) {
    let wanted = match schema.kind {
        Type::Object => "an object",
        Type::Array => "a list",
        Type::String => "a string",
        Type::Integer => "an integer",
        Type::Number => "a number",
        Type::Boolean => "a boolean",
        Type::IntOrString => "an integer or a string",
        Type::Quantity => "a quantity",
        Type::Any | Type::Reference => "another value",
    };
    let raw = check.source.slice(node.span).to_owned();
    let shown = match &node.value {
        Value::Sequence(_) | Value::Mapping(_) | Value::Null => node.type_name().to_owned(),
        Value::String(text) => format!("string `{}`", text.chars().take(40).collect::<String>()),
        // Bare words that YAML 1.1 makes booleans of surprise people: show what was written.
        value if !raw.contains('\n') && raw != value.to_string() && raw.len() < 40 => {
            format!("{} `{raw}` (read as {value})", node.type_name())
        }
        value => format!("{} `{value}`", node.type_name()),
    };
    let finding = check.report(code::TYPE, node.span, path, format!("expected {wanted}, found {shown}"));
    let replace = |replacement: String| Fix {
        title: format!("replace `{raw}` by `{replacement}`"),
        edits: vec![Edit { span: node.span, replacement }],
    };
    match (schema.kind, &node.value) {
        // What was written without quotes is what was meant, letter by letter.
        (Type::String, Value::Bool(_) | Value::Number(_)) if !raw.is_empty() && !raw.contains(['"', '\\', '\n']) => {
            finding.help("put it in quotes").fix(replace(format!("\"{raw}\"")));
        }
        (Type::Integer, Value::String(text)) if text.parse::<i64>().is_ok_and(|number| number.to_string() == *text) => {
            finding.help("remove the quotes").fix(replace(text.to_string()));
        }
        (Type::Boolean, Value::String(text)) if matches!(text.as_str(), "true" | "false") => {
            finding.help("remove the quotes").fix(replace(text.to_string()));
        }
        (Type::Array, Value::Mapping(_)) => {
            finding.help("begin the item with `- `");
        }
        (Type::Array, Value::String(_) | Value::Number(_) | Value::Bool(_))
            if !raw.contains('\n') && !raw.is_empty() =>
        {
            finding.help(format!("write it as a list: `[{raw}]`"));
        }
        _ => {}
    }
}
