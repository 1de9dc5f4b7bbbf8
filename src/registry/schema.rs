//! What a value of some kind may look like: the structural schema of Kubernetes' OpenAPI documents and of
//! CustomResourceDefinitions, in one form.

use serde::{Deserialize, Serialize};

/// The index of a named definition (`io.k8s.api.core.v1.PodSpec`) in one [`super::Registry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DefinitionId(pub u32);

/// One schema node. Small on purpose: `None` and empty mean "says nothing about it".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    pub kind: Type,
    /// Where the shape is told, for [`Type::Reference`]. Everything else on this node (default, merge keys) holds beside it.
    pub reference: Option<DefinitionId>,
    /// OpenAPI `format` (`int32`, `int64`, `byte`, `date-time`, `double`).
    pub format: Option<Box<str>>,
    /// Members of an object, sorted by name.
    pub properties: Vec<Property>,
    /// Names of the members that must be there, sorted.
    pub required: Vec<Box<str>>,
    /// The schema of members that `properties` does not name. `None`: there may be none (the API server prunes or refuses them).
    pub additional: Option<Box<Schema>>,
    /// The schema of a list's items.
    pub items: Option<Box<Schema>>,
    /// The allowed strings.
    pub enumeration: Vec<Box<str>>,
    /// The value the API server fills in, as JSON text.
    pub default: Option<Box<str>>,
    pub nullable: bool,
    /// How two lists are merged and which members identify an item: see [`ListType`].
    pub list_type: Option<ListType>,
    /// `x-kubernetes-list-map-keys`, in their order.
    pub list_map_keys: Vec<Box<str>>,
    /// `x-kubernetes-patch-strategy` (`merge`, `replace`, `retainKeys`, `merge,retainKeys`).
    pub patch_strategy: Option<Box<str>>,
    pub patch_merge_key: Option<Box<str>>,
    /// `x-kubernetes-map-type: atomic`.
    pub map_atomic: bool,
    /// `x-kubernetes-preserve-unknown-fields`: members nobody names are kept.
    pub preserve_unknown: bool,
    /// `x-kubernetes-embedded-resource`: `apiVersion`, `kind` and `metadata` are implied.
    pub embedded_resource: bool,
    /// For people. CustomResourceDefinitions only: Kubernetes' own texts are asked for with
    /// [`super::Registry::description`].
    pub description: Option<Box<str>>,
    /// Constraints that only CustomResourceDefinitions use.
    pub constraints: Option<Box<Constraints>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// Any JSON value (`RawExtension`, `JSON`, no type given).
    #[default]
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    /// `x-kubernetes-int-or-string`.
    IntOrString,
    /// `resource.Quantity`: a number or a string such as `500m`, `1Gi`.
    Quantity,
    /// See [`Schema::reference`].
    Reference,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Property {
    pub name: Box<str>,
    pub schema: Schema,
}

/// `x-kubernetes-list-type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListType {
    Atomic,
    /// Each value at most once.
    Set,
    /// Each combination of [`Schema::list_map_keys`] at most once.
    Map,
}

/// JSON Schema constraints, as the structural schemas of CRDs may carry them
/// (<https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation>).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    /// Each bound with whether it is exclusive.
    pub minimum: Option<(f64, bool)>,
    pub maximum: Option<(f64, bool)>,
    pub multiple_of: Option<f64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    /// RE2 syntax.
    pub pattern: Option<Box<str>>,
    /// Enumerated values that are not strings, as JSON text.
    pub values: Vec<Box<str>>,
    /// In these four, `properties` only constrain: what they do not name is the outer schema's business, so their nodes
    /// all have `preserve_unknown`, and [`Type::Any`] with `properties` applies to values that are objects.
    pub all_of: Vec<Schema>,
    pub any_of: Vec<Schema>,
    pub one_of: Vec<Schema>,
    pub not: Option<Box<Schema>>,
}

impl Constraints {
    /// Whether other schemas are part of this one.
    pub fn has_junctors(&self) -> bool {
        !(self.all_of.is_empty() && self.any_of.is_empty() && self.one_of.is_empty() && self.not.is_none())
    }
}

impl Schema {
    /// A schema that says nothing: any value.
    pub const EMPTY: Schema = Schema {
        kind: Type::Any,
        reference: None,
        format: None,
        properties: Vec::new(),
        required: Vec::new(),
        additional: None,
        items: None,
        enumeration: Vec::new(),
        default: None,
        nullable: false,
        list_type: None,
        list_map_keys: Vec::new(),
        patch_strategy: None,
        patch_merge_key: None,
        map_atomic: false,
        preserve_unknown: false,
        embedded_resource: false,
        constraints: None,
        description: None,
    };

    /// The schema of member `name`, as far as this node itself names it (references are not followed).
    pub fn property(&self, name: &str) -> Option<&Schema> {
        let at = self.properties.binary_search_by(|property| (*property.name).cmp(name)).ok()?;
        Some(&self.properties[at].schema)
    }

    pub fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| &**required == name)
    }
}
