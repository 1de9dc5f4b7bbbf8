//! The kustomization file: its fields, those of old included, and what is wrong with them.

use super::{
    Build,
    config::read_spec,
    error::{ErrorKind, Fault, Result},
    fields::FieldSpec,
    load::{Dialect, Location, unreadable},
    read::{Fields, Pair, Word},
    resource::{Behavior, Gvk},
};
use crate::{
    document::{Node, Span},
    tree::{self, joined},
};

/// The names that kustomization files have.
pub(super) const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// All fields of a kustomization.
pub(super) const FIELDS: &[&str] = &[
    "apiVersion",
    "kind",
    "metadata",
    "openapi",
    "namePrefix",
    "nameSuffix",
    "namespace",
    "commonLabels",
    "labels",
    "commonAnnotations",
    "patchesStrategicMerge",
    "patchesJson6902",
    "patches",
    "images",
    "imageTags",
    "replacements",
    "replicas",
    "vars",
    "sortOptions",
    "resources",
    "components",
    "crds",
    "bases",
    "configMapGenerator",
    "secretGenerator",
    "helmGlobals",
    "helmCharts",
    "helmChartInflationGenerator",
    "generatorOptions",
    "configurations",
    "generators",
    "transformers",
    "validators",
    "buildMetadata",
];

#[derive(Debug, Default)]
pub(super) struct Kustomization {
    /// Its file's name in its directory.
    pub(super) file: &'static str,
    pub(super) is_component: bool,
    pub(super) openapi: Option<Word>,
    pub(super) openapi_version: Option<Word>,
    pub(super) name_prefix: Word,
    pub(super) name_suffix: Word,
    pub(super) namespace: Word,
    pub(super) common_labels: Vec<Pair>,
    pub(super) labels: Vec<Label>,
    pub(super) common_annotations: Vec<Pair>,
    pub(super) strategic: Vec<Word>,
    pub(super) json6902: Vec<PatchEntry>,
    pub(super) patches: Vec<PatchEntry>,
    pub(super) images: Vec<Image>,
    pub(super) replacements: Vec<Node>,
    pub(super) replicas: Vec<Replica>,
    pub(super) vars: Vec<Var>,
    pub(super) sort: Option<SortOptions>,
    pub(super) resources: Vec<Word>,
    pub(super) components: Vec<Word>,
    pub(super) crds: Vec<Word>,
    pub(super) config_maps: Vec<Generator>,
    pub(super) secrets: Vec<Generator>,
    pub(super) helm_globals: Option<Node>,
    pub(super) helm_charts: Vec<Node>,
    pub(super) configurations: Vec<Word>,
    pub(super) generators: Vec<Word>,
    pub(super) transformers: Vec<Word>,
    pub(super) validators: Vec<Word>,
    pub(super) build_metadata: Vec<Word>,
}

#[derive(Debug, Default)]
pub(super) struct Label {
    pub(super) pairs: Vec<Pair>,
    pub(super) include_selectors: bool,
    pub(super) include_templates: bool,
    pub(super) fields: Vec<FieldSpec>,
    pub(super) span: Span,
}

#[derive(Debug, Default)]
pub(super) struct PatchEntry {
    pub(super) path: Word,
    pub(super) patch: Word,
    pub(super) target: Option<Selector>,
    pub(super) renames: bool,
    pub(super) rekinds: bool,
    pub(super) span: Span,
}

/// Which objects a patch or a replacement is for; the parts are regular expressions.
#[derive(Debug, Clone, Default)]
pub(super) struct Selector {
    pub(super) gvk: Gvk,
    pub(super) name: Word,
    pub(super) namespace: Word,
    pub(super) labels: Word,
    pub(super) annotations: Word,
    pub(super) span: Span,
}

#[derive(Debug, Default)]
pub(super) struct Image {
    pub(super) name: Word,
    pub(super) new_name: Word,
    pub(super) new_tag: Word,
    pub(super) tag_suffix: Word,
    pub(super) digest: Word,
}

#[derive(Debug, Default)]
pub(super) struct Replica {
    pub(super) name: Word,
    pub(super) count: i64,
    pub(super) span: Span,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Var {
    pub(super) name: Word,
    pub(super) gvk: Gvk,
    pub(super) object: Word,
    pub(super) namespace: Word,
    pub(super) field: Word,
}

#[derive(Debug, Default)]
pub(super) struct SortOptions {
    pub(super) order: Word,
    /// Kinds that come first and kinds that come last.
    pub(super) legacy: Option<(Vec<Word>, Vec<Word>)>,
}

impl SortOptions {
    /// kustomize's own order of kinds.
    pub(super) fn legacy() -> SortOptions {
        SortOptions { order: Word { text: "legacy".into(), span: Span::default() }, legacy: None }
    }
}

/// An entry of `configMapGenerator` or `secretGenerator`.
#[derive(Debug, Clone, Default)]
pub(super) struct Generator {
    pub(super) namespace: Word,
    pub(super) name: Word,
    pub(super) behavior: Behavior,
    pub(super) literals: Vec<Word>,
    pub(super) files: Vec<Word>,
    pub(super) envs: Vec<Word>,
    pub(super) options: GeneratorOptions,
    /// Of secrets.
    pub(super) of_type: Word,
    pub(super) span: Span,
}

#[derive(Debug, Clone, Default)]
pub(super) struct GeneratorOptions {
    pub(super) labels: Vec<Pair>,
    pub(super) annotations: Vec<Pair>,
    pub(super) without_hash: bool,
    pub(super) immutable: bool,
}

impl Build<'_> {
    /// Reads the kustomization of a directory that `from` names.
    pub(super) fn kustomization(&mut self, at: &Location, from: &Word) -> Result<Kustomization> {
        let tree = &self.trees[at.tree];
        let here = |name: &&str| tree.is_file(&joined(&at.directory, name));
        let found: Vec<&'static str> = FILE_NAMES.into_iter().filter(here).collect();
        let directory = || match tree.name(&at.directory) {
            name if name.is_empty() => ".".to_owned(),
            name => name,
        };
        let file = match found.as_slice() {
            [] if !tree.is_directory(&at.directory) => {
                return Err(unreadable(from, tree::Error::Missing(directory())));
            }
            [] => return Err(Fault::new(ErrorKind::NoKustomization(directory()), from.span)),
            [file] => *file,
            _ => {
                let files = found.iter().map(|&file| file.to_owned()).collect();
                return Err(Fault::new(ErrorKind::SeveralKustomizations { directory: directory(), files }, from.span));
            }
        };
        let documents = self.documents(at, &Word { text: file.into(), span: from.span }, Dialect::Kubernetes)?;
        let Some(root) = documents.first() else { return Err(Fault::new(ErrorKind::Empty, from.span)) };
        read(file, root)
    }
}

fn read(file: &'static str, root: &Node) -> Result<Kustomization> {
    let fields = Fields::of(root, "a kustomization")?;
    fields.only(FIELDS)?;
    let (kind, version) = (fields.text("kind")?, fields.text("apiVersion")?);
    let is_component = kind.as_str() == "Component";
    if !is_component && !kind.is_empty() && kind.as_str() != "Kustomization" {
        return Err(Fault::invalid(
            format!("`kind` is `Kustomization` or `Component`, not `{}`", kind.text),
            kind.span,
        ));
    }
    let wanted = if is_component { "kustomize.config.k8s.io/v1alpha1" } else { "kustomize.config.k8s.io/v1beta1" };
    if !version.is_empty() && version.as_str() != wanted {
        let kind = if is_component { "Component" } else { "Kustomization" };
        let message = format!("`apiVersion` of a {kind} is `{wanted}`, not `{}`", version.text);
        return Err(Fault::invalid(message, version.span));
    }
    let says = |entry: &crate::document::Entry| {
        !["apiVersion", "kind"].contains(&entry.key.as_str()) && !entry.value.is_null()
    };
    if !root.entries().any(says) {
        return Err(Fault::new(ErrorKind::Empty, root.span));
    }
    let global = fields.get("generatorOptions").map(read_options).transpose()?.unwrap_or_default();
    let generators = |name| fields.list(name)?.iter().map(|node| read_generator(node, &global)).collect::<Result<_>>();
    let patches = |name| fields.list(name)?.iter().map(read_patch).collect::<Result<Vec<_>>>();
    let openapi = fields.get("openapi").map(|node| Fields::of(node, "`openapi`")).transpose()?;
    let part = |name| {
        let part = openapi.map(|openapi| openapi.text(name)).transpose()?;
        Ok(part.filter(|part| !part.is_empty()))
    };
    Ok(Kustomization {
        file,
        is_component,
        openapi: part("path")?,
        openapi_version: part("version")?,
        name_prefix: fields.text("namePrefix")?,
        name_suffix: fields.text("nameSuffix")?,
        namespace: fields.text("namespace")?,
        common_labels: fields.pairs("commonLabels")?,
        labels: fields.list("labels")?.iter().map(read_label).collect::<Result<_>>()?,
        common_annotations: fields.pairs("commonAnnotations")?,
        strategic: fields.texts("patchesStrategicMerge")?,
        json6902: patches("patchesJson6902")?,
        patches: patches("patches")?,
        images: [fields.list("images")?, fields.list("imageTags")?]
            .concat()
            .iter()
            .map(read_image)
            .collect::<Result<_>>()?,
        replacements: fields.list("replacements")?.to_vec(),
        replicas: fields.list("replicas")?.iter().map(read_replica).collect::<Result<_>>()?,
        vars: fields.list("vars")?.iter().map(read_var).collect::<Result<_>>()?,
        sort: fields.get("sortOptions").map(read_sort).transpose()?,
        resources: [fields.texts("resources")?, fields.texts("bases")?].concat(),
        components: fields.texts("components")?,
        crds: fields.texts("crds")?,
        config_maps: generators("configMapGenerator")?,
        secrets: generators("secretGenerator")?,
        helm_globals: fields.get("helmGlobals").cloned(),
        helm_charts: [fields.list("helmCharts")?, fields.list("helmChartInflationGenerator")?].concat(),
        configurations: fields.texts("configurations")?,
        generators: fields.texts("generators")?,
        transformers: fields.texts("transformers")?,
        validators: fields.texts("validators")?,
        build_metadata: fields.texts("buildMetadata")?,
    })
}

fn read_label(node: &Node) -> Result<Label> {
    let fields = Fields::of(node, "an entry of `labels`")?;
    fields.only(&["pairs", "includeSelectors", "includeTemplates", "fields"])?;
    Ok(Label {
        pairs: fields.pairs("pairs")?,
        include_selectors: fields.flag("includeSelectors")?,
        include_templates: fields.flag("includeTemplates")?,
        fields: fields.list("fields")?.iter().map(read_spec).collect::<Result<_>>()?,
        span: node.span,
    })
}

pub(super) fn read_patch(node: &Node) -> Result<PatchEntry> {
    let fields = Fields::of(node, "a patch")?;
    fields.only(&["path", "patch", "target", "options"])?;
    let options = fields.get("options").map(|node| Fields::of(node, "`options`")).transpose()?;
    let option = |name| options.map_or(Ok(false), |options| options.flag(name));
    if let Some(options) = options {
        options.only(&["allowNameChange", "allowKindChange"])?;
    }
    Ok(PatchEntry {
        path: fields.text("path")?,
        patch: fields.text("patch")?,
        target: fields.get("target").map(read_selector).transpose()?,
        renames: option("allowNameChange")?,
        rekinds: option("allowKindChange")?,
        span: node.span,
    })
}

pub(super) fn read_selector(node: &Node) -> Result<Selector> {
    let fields = Fields::of(node, "a selector")?;
    fields.only(&["group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector"])?;
    Ok(Selector {
        gvk: fields.gvk()?,
        name: fields.text("name")?,
        namespace: fields.text("namespace")?,
        labels: fields.text("labelSelector")?,
        annotations: fields.text("annotationSelector")?,
        span: node.span,
    })
}

pub(super) fn read_image(node: &Node) -> Result<Image> {
    let fields = Fields::of(node, "an entry of `images`")?;
    fields.only(&["name", "newName", "tagSuffix", "newTag", "digest"])?;
    Ok(Image {
        name: fields.text("name")?,
        new_name: fields.text("newName")?,
        new_tag: fields.text("newTag")?,
        tag_suffix: fields.text("tagSuffix")?,
        digest: fields.text("digest")?,
    })
}

pub(super) fn read_replica(node: &Node) -> Result<Replica> {
    let fields = Fields::of(node, "an entry of `replicas`")?;
    fields.only(&["name", "count"])?;
    let span = fields.get("count").map_or(node.span, |count| count.span);
    Ok(Replica { name: fields.text("name")?, count: fields.number("count")?, span })
}

fn read_var(node: &Node) -> Result<Var> {
    let fields = Fields::of(node, "an entry of `vars`")?;
    fields.only(&["name", "objref", "fieldref"])?;
    let none = Node::default();
    let object = Fields::of(fields.get("objref").unwrap_or(&none), "`objref`")?;
    object.only(&["apiVersion", "group", "version", "kind", "name", "namespace"])?;
    let field = Fields::of(fields.get("fieldref").unwrap_or(&none), "`fieldref`")?;
    field.only(&["fieldPath"])?;
    let mut path = field.text("fieldPath")?;
    if path.is_empty() {
        path.text = "metadata.name".into();
    }
    let mut gvk = object.gvk()?;
    let api_version = object.text("apiVersion")?;
    if !api_version.is_empty() {
        gvk = Gvk::new(&api_version, &gvk.kind);
    }
    Ok(Var {
        name: fields.text("name")?,
        gvk,
        object: object.text("name")?,
        namespace: object.text("namespace")?,
        field: path,
    })
}

fn read_sort(node: &Node) -> Result<SortOptions> {
    let fields = Fields::of(node, "`sortOptions`")?;
    fields.only(&["order", "legacySortOptions"])?;
    let order = fields.text("order")?;
    if !["legacy", "fifo"].contains(&order.as_str()) {
        let message = format!("`order` is `legacy` or `fifo`, not `{}`", order.text);
        return Err(Fault::invalid(message, order.span).at(node.span));
    }
    let legacy = fields.get("legacySortOptions").map(|node| Fields::of(node, "`legacySortOptions`")).transpose()?;
    if let Some(legacy) = legacy.filter(|_| order.as_str() == "fifo") {
        return Err(Fault::invalid("`legacySortOptions` need the order `legacy`", legacy.node.span));
    }
    let lists = |legacy: Fields<'_>| Ok((legacy.texts("orderFirst")?, legacy.texts("orderLast")?));
    Ok(SortOptions { order, legacy: legacy.map(lists).transpose()? })
}

fn read_options(node: &Node) -> Result<GeneratorOptions> {
    let fields = Fields::of(node, "generator options")?;
    fields.only(&["labels", "annotations", "disableNameSuffixHash", "immutable"])?;
    Ok(GeneratorOptions {
        labels: fields.pairs("labels")?,
        annotations: fields.pairs("annotations")?,
        without_hash: fields.flag("disableNameSuffixHash")?,
        immutable: fields.flag("immutable")?,
    })
}

/// Reads a generator's entry; what `global` says holds where the entry says nothing.
fn read_generator(node: &Node, global: &GeneratorOptions) -> Result<Generator> {
    let fields = Fields::of(node, "a generator")?;
    fields.only(&["namespace", "name", "behavior", "literals", "files", "envs", "env", "options", "type"])?;
    let mut generator = read_generator_fields(fields)?;
    for (own, all) in
        [(&mut generator.options.labels, &global.labels), (&mut generator.options.annotations, &global.annotations)]
    {
        for pair in all {
            if !own.iter().any(|known| known.key == pair.key) {
                own.push(pair.clone());
            }
        }
        own.sort_by(|a, b| a.key.cmp(&b.key));
    }
    generator.options.without_hash |= global.without_hash;
    generator.options.immutable |= global.immutable;
    Ok(generator)
}

/// The fields of a generator, which may be a document of its own.
pub(super) fn read_generator_fields(fields: Fields<'_>) -> Result<Generator> {
    let behavior = fields.text("behavior")?;
    let env = fields.text("env")?;
    let mut envs = fields.texts("envs")?;
    if !env.is_empty() {
        envs.push(env);
    }
    Ok(Generator {
        namespace: fields.text("namespace")?,
        name: fields.text("name")?,
        behavior: match behavior.as_str() {
            "replace" => Behavior::Replace,
            "merge" => Behavior::Merge,
            _ => Behavior::Create,
        },
        literals: fields.texts("literals")?,
        files: fields.texts("files")?,
        envs,
        options: fields.get("options").map(read_options).transpose()?.unwrap_or_default(),
        of_type: fields.text("type")?,
        span: fields.node.span,
    })
}
