//! `generators` and `transformers`: kustomize's built-in ones as objects, in files or in the kustomization itself.

use super::{
    Build,
    build::Layer,
    config::read_spec_loosely,
    error::{ErrorKind, Fault, Result},
    fields::FieldSpec,
    file::{PatchEntry, read_generator_fields, read_image, read_patch, read_replica, read_selector},
    load::Dialect,
    read::{Fields, Word},
    resource::Resource,
    select::Matcher,
    set::Set,
    transform::{self, Namespace, Subjects},
};
use crate::document::{Mapping, Node, Value};

impl Build<'_> {
    /// The objects that an entry of `generators`, `transformers` or `validators` means: those of a file or a
    /// kustomization, or the text itself.
    pub(super) fn plugins(&mut self, layer: &Layer<'_>, entries: &[Word]) -> Result<Vec<Resource>> {
        let mut set = Set::default();
        for entry in entries {
            if entry.contains('\n') {
                let nodes = self.inline(entry, Dialect::Resource)?;
                let mut resources = self.resources_of(nodes)?;
                let origin = layer.origin.as_ref().map(|origin| origin.below(layer.kustomization.file));
                resources.iter_mut().for_each(|resource| resource.origin.clone_from(&origin));
                set.add_all(resources)?;
            } else {
                for resource in self.accumulate_one(layer, entry)? {
                    set.add(resource)?;
                }
            }
        }
        Ok(set.into_resources())
    }

    /// Runs a generator.
    pub(super) fn run_generator(&mut self, layer: &Layer<'_>, plugin: &Resource) -> Result<Vec<Resource>> {
        builtin(plugin)?;
        let fields = Fields::of(&plugin.node, "a generator")?;
        match plugin.kind() {
            kind @ ("ConfigMapGenerator" | "SecretGenerator") => {
                let mut generator = read_generator_fields(fields)?;
                let metadata = plugin.node.field("metadata").map(|node| Fields::of(node, "`metadata`")).transpose()?;
                let own = |name| metadata.map_or_else(|| Ok(Word::default()), |metadata| metadata.text(name));
                for (field, name) in [(&mut generator.name, "name"), (&mut generator.namespace, "namespace")] {
                    if field.is_empty() {
                        *field = own(name)?;
                    }
                }
                Ok(vec![self.generate(layer.at, &generator, kind == "SecretGenerator")?])
            }
            "HelmChartInflationGenerator" => {
                self.inflate(layer.at, &plugin.node, Some(&Node::default()), &layer.helm_namespace)
            }
            "IAMPolicyGenerator" => Ok(vec![service_account(&plugin.node)?]),
            _ => Err(unknown(plugin)),
        }
    }

    /// Runs a transformer.
    pub(super) fn run_transformer(&mut self, layer: &Layer<'_>, set: &mut Set, plugin: &Resource) -> Result<()> {
        builtin(plugin)?;
        let at = layer.at;
        let fields = Fields::of(&plugin.node, "a transformer")?;
        let specs = || fields.list("fieldSpecs")?.iter().map(read_spec_loosely).collect::<Result<Vec<FieldSpec>>>();
        match plugin.kind() {
            "AnnotationsTransformer" => transform::pairs(set, &fields.pairs("annotations")?, &specs()?),
            "LabelTransformer" => transform::pairs(set, &fields.pairs("labels")?, &specs()?),
            "PrefixTransformer" => transform::affix(set, &fields.text("prefix")?, &specs()?, true),
            "SuffixTransformer" => transform::affix(set, &fields.text("suffix")?, &specs()?, false),
            "PrefixSuffixTransformer" => {
                transform::affix(set, &fields.text("prefix")?, &specs()?, true)?;
                transform::affix(set, &fields.text("suffix")?, &specs()?, false)
            }
            "NamespaceTransformer" => namespace(fields, specs()?)?.transform(set),
            "ImageTagTransformer" => {
                let none = Node::default();
                transform::images(set, &read_image(fields.get("imageTag").unwrap_or(&none))?, &specs()?)
            }
            "ReplicaCountTransformer" => {
                let none = Node::default();
                transform::replicas(set, &read_replica(fields.get("replica").unwrap_or(&none))?, &specs()?)
            }
            "PatchTransformer" => {
                self.patch(set, at, &read_patch(&only(&plugin.node, &["path", "patch", "target", "options"]))?)
            }
            "PatchStrategicMergeTransformer" => {
                let mut patches = Vec::new();
                for path in fields.texts("paths")? {
                    patches.extend(self.strategic_patches(at, &path)?);
                }
                let text = fields.text("patches")?;
                if !text.is_empty() {
                    let nodes = self.inline(&text, Dialect::Resource)?;
                    patches.extend(self.resources_of(nodes)?);
                }
                self.patch_strategic(set, patches)
            }
            "PatchJson6902Transformer" => {
                let entry = PatchEntry {
                    path: fields.text("path")?,
                    patch: fields.text("jsonOp")?,
                    target: fields.get("target").map(read_selector).transpose()?,
                    span: plugin.node.span,
                    ..PatchEntry::default()
                };
                self.patch_json(set, at, &entry)
            }
            "ReplacementTransformer" => self.replace(set, at, fields.list("replacements")?),
            "ValueAddTransformer" => self.add_values(layer, set, fields),
            "HashTransformer" => {
                super::build::add_hashes(set);
                Ok(())
            }
            _ => Err(unknown(plugin)),
        }
    }

    fn add_values(&mut self, layer: &Layer<'_>, set: &mut Set, fields: Fields<'_>) -> Result<()> {
        let mut value = fields.text("value")?;
        value.text = value.trim().into();
        if value.is_empty() {
            value.text = crate::tree::file_name(&layer.at.directory).into();
        }
        let mut targets = fields.list("targets")?.to_vec();
        let path = fields.text("targetFilePath")?;
        if !path.is_empty() {
            for document in self.documents(layer.at, &path, Dialect::Kubernetes)?.iter().take(1) {
                targets.extend(Fields::of(document, "a list of targets")?.list("targets")?.iter().cloned());
            }
        }
        for target in &targets {
            let fields = Fields::of(target, "a target")?;
            let selector = fields.get("selector").map(read_selector).transpose()?;
            let matcher = selector.as_ref().map(Matcher::new).transpose()?;
            let (path, position) = (fields.text("fieldPath")?, fields.number("filePathPosition")?);
            if path.is_empty() || position < 0 {
                return Err(Fault::invalid("a target needs a `fieldPath`, and no negative position", target.span));
            }
            for resource in set.resources_mut() {
                if matcher.as_ref().is_some_and(|matcher| !matcher.matches(resource)) {
                    continue;
                }
                let is_namespace = path.as_str() == "metadata/namespace";
                if !is_namespace || !resource.is_cluster_scoped() {
                    let done = transform::add_value(resource, &value, &path, if is_namespace { 0 } else { position });
                    done.map_err(|fault| transform::named(fault, resource, &path))?;
                }
            }
        }
        Ok(())
    }
}

/// # Errors
/// All but kustomize's own would run a program.
fn builtin(plugin: &Resource) -> Result<()> {
    if plugin.api_version() == "builtin" {
        return Ok(());
    }
    Err(Fault::new(ErrorKind::Plugin(plugin.id().to_string()), plugin.span()))
}

fn unknown(plugin: &Resource) -> Fault {
    let message = format!("there is no built-in `{}` to be run here", plugin.kind());
    Fault::invalid(message, plugin.node.field("kind").map_or(plugin.node.span, |kind| kind.span))
}

fn namespace(fields: Fields<'_>, specs: Vec<FieldSpec>) -> Result<Namespace> {
    let none = Node::default();
    let subjects = fields.text("setRoleBindingSubjects")?;
    let subjects = match subjects.as_str() {
        "" | "defaultOnly" => Subjects::NamedDefault,
        "allServiceAccounts" => Subjects::ServiceAccounts,
        "none" => Subjects::None,
        other => {
            let message =
                format!("`setRoleBindingSubjects` is `defaultOnly`, `allServiceAccounts` or `none`, not `{other}`");
            return Err(Fault::invalid(message, subjects.span));
        }
    };
    Ok(Namespace {
        name: Fields::of(fields.get("metadata").unwrap_or(&none), "`metadata`")?.text("namespace")?,
        specs,
        unset_only: fields.flag("unsetOnly")?,
        subjects,
    })
}

/// The members of these names.
fn only(node: &Node, names: &[&str]) -> Node {
    let members = node.entries().filter(|entry| names.contains(&entry.key.as_str()));
    let members: Mapping = members.map(|entry| (entry.key.clone(), entry.value.clone())).collect();
    Node::new(Value::Mapping(members), node.span)
}

/// The ServiceAccount that GKE's workload identity wants.
fn service_account(node: &Node) -> Result<Resource> {
    let fields = Fields::of(node, "an IAMPolicyGenerator")?;
    let none = Node::default();
    let cloud = fields.text("cloud")?;
    if cloud.as_str() != "gke" {
        return Err(Fault::invalid(format!("`cloud` is `gke`, not `{}`", cloud.text), cloud.span).at(node.span));
    }
    let account = Fields::of(fields.get("serviceAccount").unwrap_or(&none), "`serviceAccount`")?;
    let service = Fields::of(fields.get("kubernetesService").unwrap_or(&none), "`kubernetesService`")?;
    let (name, project) = (account.text("name")?, account.text("projectId")?);
    let mail = format!("{}@{}.iam.gserviceaccount.com", name.text, project.text);
    let value = |text: &str| Node::new(Value::String(text.into()), node.span);
    let object = |members: Vec<(&str, Node)>| {
        let members: Mapping = members.into_iter().map(|(key, value)| (key.into(), value)).collect();
        Node::new(Value::Mapping(members), node.span)
    };
    let mut metadata = vec![
        ("annotations", object(vec![("iam.gke.io/gcp-service-account", value(&mail))])),
        ("name", service.text("name")?.node()),
    ];
    let namespace = service.text("namespace")?;
    if !namespace.is_empty() {
        metadata.push(("namespace", namespace.node()));
    }
    let kind = vec![("apiVersion", value("v1")), ("kind", value("ServiceAccount")), ("metadata", object(metadata))];
    Ok(Resource::new(object(kind)))
}
