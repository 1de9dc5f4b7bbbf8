//! Fields as people ask for them: `deployment.spec.template.spec.containers.image`.

use super::{DefinitionId, Kind, Property, Registry, Schema, Type};
use crate::document::similar;

/// A field of some kind, or the kind itself.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Its own name; the kind's for the object itself.
    pub name: &'a str,
    pub schema: &'a Schema,
    /// Where the fields below it are defined, when that has a name.
    pub definition: Option<DefinitionId>,
    pub required: bool,
    /// What its place says of it.
    description: Option<&'a str>,
    registry: &'a Registry,
}

/// A path that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{parent}` has no field `{name}`")]
pub struct NoSuchField {
    pub name: String,
    /// The path down to which fields were found: `deployment.spec`.
    pub parent: String,
    /// The fields of closest name.
    pub similar: Vec<String>,
}

impl Registry {
    /// The field that `path` leads to from the object of this kind; lists and maps are seen through.
    ///
    /// # Errors
    /// With the first name that is no field.
    pub fn field<'a>(&'a self, kind: &'a Kind, path: &[&str]) -> Result<Field<'a>, NoSuchField> {
        let definition = Some(kind.schema);
        let schema = &self.definition(kind.schema).schema;
        let description = self.description(kind.schema, None);
        let mut field = Field { name: &kind.kind, schema, definition, required: false, description, registry: self };
        let mut parent = kind.kind.to_string();
        for &name in path {
            let children = field.children();
            field = children.iter().find(|child| child.name == name).copied().ok_or_else(|| NoSuchField {
                name: name.to_owned(),
                parent: parent.clone(),
                similar: similar(name, children.iter().map(|child| child.name))
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
            })?;
            parent.push('.');
            parent.push_str(name);
        }
        Ok(field)
    }
}

impl<'a> Field<'a> {
    /// The fields of this field's objects: of its items or values when it is a list or a map.
    pub fn children(&self) -> Vec<Field<'a>> {
        let registry = self.registry;
        let schema = shape(registry, self.schema).schema;
        let field = |property: &'a Property| Field {
            name: &property.name,
            schema: &property.schema,
            definition: shape(registry, &property.schema).definition,
            required: schema.requires(&property.name),
            description: match self.definition {
                Some(id) => registry.description(id, Some(&property.name)),
                None => property.schema.description.as_deref(),
            },
            registry,
        };
        schema.properties.iter().map(field).collect()
    }

    /// Its type in kubectl's words: `string`, `[]Container`, `map[string]Quantity`.
    pub fn type_name(&self) -> String {
        match self.definition {
            // The object itself.
            Some(id) if std::ptr::eq(self.schema, &self.registry.definition(id).schema) => short(self.registry, id),
            _ => type_name(self.registry, self.schema),
        }
    }

    /// What is said of the field, and of its type when that says more.
    pub fn description(&self) -> Option<&'a str> {
        self.description.or_else(|| self.registry.description(self.definition?, None))
    }

    /// The value the API server fills in, as JSON text.
    pub fn default(&self) -> Option<&'a str> {
        self.schema.default.as_deref()
    }

    /// The strings it may hold; for a list, its items.
    pub fn enumeration(&self) -> &'a [Box<str>] {
        &shape(self.registry, self.schema).schema.enumeration
    }
}

struct Shape<'a> {
    schema: &'a Schema,
    definition: Option<DefinitionId>,
}

/// The schema behind references, lists and maps.
fn shape<'a>(registry: &'a Registry, schema: &'a Schema) -> Shape<'a> {
    // Lists of lists exist, and no document nests them deeper than two; a bound keeps hostile ones finite.
    const DEEPEST: usize = 128;
    let mut shape = Shape { schema, definition: None };
    for _ in 0..DEEPEST {
        let schema = shape.schema;
        shape = match (schema.kind, schema.reference, schema.items.as_deref(), schema.additional.as_deref()) {
            (Type::Reference, Some(id), ..) => Shape { schema: &registry.definition(id).schema, definition: Some(id) },
            (Type::Array, _, Some(items), _) => Shape { schema: items, definition: None },
            (Type::Object, _, _, Some(values)) if schema.properties.is_empty() => {
                Shape { schema: values, definition: None }
            }
            _ => break,
        };
    }
    shape
}

fn type_name(registry: &Registry, schema: &Schema) -> String {
    let inner = |inner: &Option<Box<Schema>>| inner.as_deref().map_or("Object".to_owned(), |s| type_name(registry, s));
    match schema.kind {
        Type::Any => "Object".to_owned(),
        Type::Object if schema.additional.is_some() => format!("map[string]{}", inner(&schema.additional)),
        Type::Object => "Object".to_owned(),
        Type::Array => format!("[]{}", inner(&schema.items)),
        Type::String if schema.format.as_deref() == Some("date-time") => "Time".to_owned(),
        Type::String => "string".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::IntOrString => "IntOrString".to_owned(),
        Type::Quantity => "Quantity".to_owned(),
        Type::Reference => schema.reference.map_or("Object".to_owned(), |id| short(registry, id)),
    }
}

/// `io.k8s.api.core.v1.Container` → `Container`.
fn short(registry: &Registry, id: DefinitionId) -> String {
    let name = &registry.definition(id).name;
    name.rsplit(['.', '/']).next().unwrap_or(name).to_owned()
}
