//! Which fields the transformers work on: kustomize's tables, and what `configurations` and `crds` add.

use super::{
    error::{Fault, Result},
    fields::FieldSpec,
    read::Fields,
    resource::Gvk,
};
use crate::document::{Node, Span, Text};

/// Field specs by transformer.
#[derive(Debug, Clone, Default)]
pub(super) struct Config {
    pub(super) name_prefix: Vec<FieldSpec>,
    pub(super) name_suffix: Vec<FieldSpec>,
    pub(super) namespace: Vec<FieldSpec>,
    pub(super) common_labels: Vec<FieldSpec>,
    pub(super) labels: Vec<FieldSpec>,
    pub(super) template_labels: Vec<FieldSpec>,
    pub(super) common_annotations: Vec<FieldSpec>,
    pub(super) var_reference: Vec<FieldSpec>,
    pub(super) images: Vec<FieldSpec>,
    pub(super) replicas: Vec<FieldSpec>,
    pub(super) name_reference: Vec<NameReference>,
}

/// Fields that name objects of a kind.
#[derive(Debug, Clone, Default)]
pub(super) struct NameReference {
    pub(super) to: Gvk,
    pub(super) from: Vec<FieldSpec>,
}

/// kustomize's tables: the name of a list, then its paths (`+`: made where missing) with the kinds they are for,
/// `Kind[.version[.group]]`.
const TABLES: &str = include_str!("data/fields.txt");

/// The order that kinds take in lists of field specs, and in the legacy order of objects.
pub(super) const FIRST: [&str; 22] = [
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];
pub(super) const LAST: [&str; 2] = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

impl Config {
    /// kustomize's own.
    pub(super) fn builtin() -> Config {
        let mut config = Config::default();
        let mut list = "";
        for line in TABLES.lines() {
            let Some(spec) = line.strip_prefix(' ') else {
                list = line;
                if let Some(to) = line.strip_prefix("nameReference ") {
                    config.name_reference.push(NameReference { to: read_gvk(to), from: Vec::new() });
                }
                continue;
            };
            let mut words = spec.split(' ');
            let path = words.next().unwrap_or_default();
            let (path, create) = path.strip_prefix('+').map_or((path, false), |path| (path, true));
            let specs = words.map(|kind| FieldSpec::new(read_gvk(kind), path, create));
            if let Some(list) = config.list(list) {
                list.extend(specs);
            } else if let Some(reference) = config.name_reference.last_mut() {
                reference.from.extend(specs);
            }
        }
        config.sort();
        config
    }

    fn list(&mut self, name: &str) -> Option<&mut Vec<FieldSpec>> {
        Some(match name {
            "namePrefix" => &mut self.name_prefix,
            "nameSuffix" => &mut self.name_suffix,
            "namespace" => &mut self.namespace,
            "commonLabels" => &mut self.common_labels,
            "labels" => &mut self.labels,
            "templateLabels" => &mut self.template_labels,
            "commonAnnotations" => &mut self.common_annotations,
            "varReference" => &mut self.var_reference,
            "images" => &mut self.images,
            "replicas" => &mut self.replicas,
            _ => return None,
        })
    }

    /// Reads a file of `configurations`.
    pub(super) fn read(node: &Node) -> Result<Config> {
        let mut config = Config::default();
        Fields::of(node, "a transformer configuration")?.only(&[LISTS, &["nameReference"]].concat())?;
        for list in LISTS {
            let specs =
                node.field(list).into_iter().flat_map(Node::items).map(read_spec).collect::<Result<Vec<_>>>()?;
            if let Some(list) = config.list(list) {
                *list = specs;
            }
        }
        for reference in node.field("nameReference").into_iter().flat_map(Node::items) {
            let fields = Fields::of(reference, "a name reference")?;
            fields.only(&["group", "version", "kind", "fieldSpecs"])?;
            let from = fields.list("fieldSpecs")?.iter().map(read_spec).collect::<Result<Vec<_>>>()?;
            config.name_reference.push(NameReference { to: fields.gvk()?, from });
        }
        Ok(config)
    }

    /// Adds what `other` has.
    ///
    /// # Errors
    /// Two specs of one field that disagree on `create`.
    pub(super) fn merge(&mut self, mut other: Config, span: Span) -> Result<()> {
        for list in LISTS {
            let theirs = other.list(list).map(std::mem::take).unwrap_or_default();
            if let Some(ours) = self.list(list) {
                theirs.into_iter().try_for_each(|spec| merge_spec(ours, spec, span))?;
            }
        }
        for reference in other.name_reference {
            match self.name_reference.iter_mut().find(|known| known.to == reference.to) {
                Some(known) => {
                    reference.from.into_iter().try_for_each(|spec| merge_spec(&mut known.from, spec, span))?
                }
                None => self.name_reference.push(reference),
            }
        }
        self.sort();
        Ok(())
    }

    fn sort(&mut self) {
        for list in LISTS {
            if let Some(list) = self.list(list) {
                list.sort_by_cached_key(|spec| rank(&spec.gvk));
            }
        }
        self.name_reference.sort_by_cached_key(|reference| rank(&reference.to));
    }
}

const LISTS: &[&str] = &[
    "namePrefix",
    "nameSuffix",
    "namespace",
    "commonLabels",
    "labels",
    "templateLabels",
    "commonAnnotations",
    "varReference",
    "images",
    "replicas",
];

/// Adds a spec to a list that does not have it.
pub(super) fn merge_spec(list: &mut Vec<FieldSpec>, spec: FieldSpec, span: Span) -> Result<()> {
    match list.iter().find(|known| known.gvk.is_selected(&spec.gvk) && known.path == spec.path) {
        Some(known) if known.create != spec.create => {
            let message = format!("`{}` is a field with `create: {}` already", spec.path, known.create);
            Err(Fault::invalid(message, span))
        }
        Some(_) => Ok(()),
        None => {
            list.push(spec);
            Ok(())
        }
    }
}

fn read_gvk(text: &str) -> Gvk {
    let mut parts = text.splitn(3, '.').map(|part| if part == "*" { Text::new() } else { part.into() });
    let mut next = || parts.next().unwrap_or_default();
    let (kind, version, group) = (next(), next(), next());
    Gvk { group, version, kind }
}

/// A field spec as a user writes it.
pub(super) fn read_spec(node: &Node) -> Result<FieldSpec> {
    Fields::of(node, "a field specification")?.only(&["group", "version", "kind", "path", "create"])?;
    read_spec_loosely(node)
}

/// The same in a transformer that is an object, where kustomize passes over what it does not know.
pub(super) fn read_spec_loosely(node: &Node) -> Result<FieldSpec> {
    let fields = Fields::of(node, "a field specification")?;
    Ok(FieldSpec::new(fields.gvk()?, &fields.text("path")?, fields.flag("create")?))
}

/// Where a kind stands in a sorted list.
fn rank(gvk: &Gvk) -> (i32, String) {
    let place = |list: &[&str]| list.iter().position(|kind| *kind == gvk.kind).map(|at| at as i32);
    let place = place(&FIRST).map(|at| at - FIRST.len() as i32).or(place(&LAST).map(|at| at + 1)).unwrap_or(0);
    let or = |text: &Text, other: &str| if text.is_empty() { other.to_owned() } else { text.to_string() };
    (place, format!("{}_{}_{}", or(&gvk.group, "~G"), or(&gvk.version, "~V"), or(&gvk.kind, "~K")))
}

/// The field specs that the OpenAPI definitions of custom resources (`crds`) tell of with `x-kubernetes-…` members.
pub(super) fn from_definitions(definitions: &Node) -> Config {
    let mut config = Config::default();
    for definition in definitions.entries() {
        let properties = definition.value.at(&["Schema", "properties"]);
        let properties = properties.or_else(|| definition.value.at(&["schema", "properties"]));
        let is_kind =
            |properties: &Node| ["kind", "apiVersion", "metadata"].iter().all(|name| properties.get(name).is_some());
        if let Some(properties) = properties.filter(|properties| is_kind(properties)) {
            let kind = definition.key.rsplit('.').next().unwrap_or_default();
            let gvk = Gvk { kind: kind.into(), ..Gvk::default() };
            collect(&mut config, definitions, &gvk, properties, &mut Vec::new());
        }
    }
    config
}

fn collect(config: &mut Config, definitions: &Node, gvk: &Gvk, properties: &Node, path: &mut Vec<String>) {
    const DEPTH: usize = 32;
    if path.len() > DEPTH {
        return;
    }
    for property in properties.entries() {
        path.push(property.key.to_string());
        let says = |name: &str| property.value.str_at(name);
        let spec = |path: &[String]| FieldSpec::new(gvk.clone(), &path.join("/"), false);
        for (mark, list) in [
            ("x-kubernetes-annotation", &mut config.common_annotations),
            ("x-kubernetes-label-selector", &mut config.common_labels),
            ("x-kubernetes-identity", &mut config.name_prefix),
        ] {
            if says(mark).is_some() {
                list.push(spec(path));
            }
        }
        if let (Some(version), Some(kind)) =
            (says("x-kubernetes-object-ref-api-version"), says("x-kubernetes-object-ref-kind"))
        {
            let name = says("x-kubernetes-object-ref-name-key").unwrap_or("name");
            let to = Gvk { group: Text::new(), version: version.into(), kind: kind.into() };
            let from = vec![spec(&[path.as_slice(), &[name.to_owned()]].concat())];
            config.name_reference.push(NameReference { to, from });
        }
        let referred = says("$ref").and_then(|name| definitions.field(name));
        let referred = referred.and_then(|definition| definition.at(&["Schema", "properties"]));
        if let Some(properties) = referred {
            collect(config, definitions, gvk, properties, path);
        }
        path.pop();
    }
}
