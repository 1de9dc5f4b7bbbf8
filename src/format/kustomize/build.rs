//! The build of one kustomization on top of those it names.

use std::rc::Rc;

use super::{
    Build,
    config::{self, Config, merge_spec},
    error::{ErrorKind, Fault, Result},
    fields::FieldSpec,
    file::{Kustomization, Label, SortOptions, Var},
    hash,
    load::{Dialect, Location, Reached},
    names,
    read::Word,
    resource::{Origin, Resource},
    schema::Schemas,
    set::Set,
    transform::{self, Namespace},
    vars,
};
use crate::{
    document::{Node, Span},
    tree,
};

/// What is put together from the bottom up.
#[derive(Default)]
pub(super) struct Accumulator {
    pub(super) set: Set,
    /// `None` before anything was read.
    pub(super) config: Option<Rc<Config>>,
    pub(super) vars: Vec<Var>,
}

/// One kustomization at work.
pub(super) struct Layer<'a> {
    pub(super) at: &'a Location,
    pub(super) kustomization: &'a Kustomization,
    /// The directories that lead here, this one last.
    chain: &'a [Location],
    /// Where its resources come from, if that is to be told.
    pub(super) origin: Option<Origin>,
    /// The namespace that its charts get.
    pub(super) helm_namespace: Word,
}

/// A transformer of a kustomization's own fields.
type Transformer<'b> = Box<dyn FnOnce(&mut Build<'_>, &mut Set) -> Result<()> + 'b>;

impl Build<'_> {
    /// Builds everything: the root kustomization, and what is done once at the end.
    pub(super) fn run(&mut self, directory: &str) -> Result<Set> {
        let directory = tree::Tree::join("", directory).map_err(|error| {
            Fault::new(ErrorKind::Unreadable { path: directory.to_owned(), error }, Span::default())
        })?;
        let at = Location { tree: 0, directory };
        let kustomization = self.kustomization(&at, &Word::default())?;
        self.use_openapi(&at, &kustomization, true)?;
        let origin = (!kustomization.build_metadata.is_empty()).then(Origin::default);
        let chain = [at.clone()];
        let layer = Layer {
            at: &at,
            helm_namespace: kustomization.namespace.clone(),
            kustomization: &kustomization,
            chain: &chain,
            origin,
        };
        let Accumulator { mut set, config, vars } = self.accumulate(&layer, Accumulator::default())?;
        let config = config.unwrap_or_else(|| self.builtin.clone());
        add_hashes(&mut set);
        names::follow(&mut set, &config)?;
        self.resolve(&mut set, &vars, &config)?;
        set.resources_mut().retain(|resource| !is_local(resource));
        match &kustomization.sort {
            Some(options) => super::order::sort(&mut set, options),
            None if self.options.sort => super::order::sort(&mut set, &SortOptions::legacy()),
            None => {}
        }
        set.check_unique()?;
        let wants = |option: &str| kustomization.build_metadata.iter().any(|word| word.as_str() == option);
        super::finish::finish(
            &mut set,
            wants("originAnnotations"),
            wants("transformerAnnotations"),
            wants("managedByLabel"),
        );
        Ok(set)
    }

    /// Does what a kustomization says; `into` is empty but for components, which work on what is there.
    fn accumulate(&mut self, layer: &Layer<'_>, mut into: Accumulator) -> Result<Accumulator> {
        let kustomization = layer.kustomization;
        for path in &kustomization.resources {
            self.add_path(layer, path, &mut into)?;
        }
        self.configure(layer, &mut into)?;
        self.run_generators(layer, &mut into.set)?;
        for path in &kustomization.components {
            let Reached::Directory(at) = self.reach(layer.at, path)? else {
                let error = tree::Error::NotADirectory(path.to_string());
                return Err(super::load::unreadable(path, error));
            };
            into = self.descend(layer, &at, path, Some(into))?;
        }
        self.run_transformers(layer, &mut into)?;
        if let Some(validator) = self.plugins(layer, &kustomization.validators)?.first() {
            return Err(Fault::new(ErrorKind::Plugin(validator.id().to_string()), validator.span()));
        }
        vars::bind(&mut into.set, &kustomization.vars, &mut into.vars)?;
        Ok(into)
    }

    /// Adds the objects of a file, or of the kustomization in a directory.
    fn add_path(&mut self, layer: &Layer<'_>, path: &Word, into: &mut Accumulator) -> Result<()> {
        match self.reach(layer.at, path)? {
            Reached::File => {
                let nodes = self.documents(layer.at, path, Dialect::Resource)?.to_vec();
                let mut resources = self.resources_of(nodes)?;
                let origin = layer.origin.as_ref().map(|origin| origin.below(path));
                resources.iter_mut().for_each(|resource| resource.origin.clone_from(&origin));
                into.set.add_all(resources)?;
            }
            Reached::Directory(at) => {
                let below = self.descend(layer, &at, path, None)?;
                into.set.add_all(below.set.into_resources())?;
                if let Some(config) = below.config {
                    self.merge_config(&mut into.config, config, path.span)?;
                }
                below.vars.into_iter().try_for_each(|var| vars::add(&mut into.vars, var))?;
            }
        }
        let allowed = self.options.resources;
        if into.set.resources().len() > allowed {
            let kind = ErrorKind::Limit { what: "the resources", limit: "resources", allowed: allowed as u64 };
            return Err(Fault::new(kind, path.span));
        }
        Ok(())
    }

    /// The objects that a path leads to, alone.
    pub(super) fn accumulate_one(&mut self, layer: &Layer<'_>, path: &Word) -> Result<Vec<Resource>> {
        let mut into = Accumulator::default();
        self.add_path(layer, path, &mut into)?;
        Ok(into.set.into_resources())
    }

    /// Builds the kustomization of another directory: a component when there is something to work on, else a base.
    fn descend(
        &mut self,
        layer: &Layer<'_>,
        at: &Location,
        path: &Word,
        into: Option<Accumulator>,
    ) -> Result<Accumulator> {
        self.enter(layer, at, path)?;
        let kustomization = self.kustomization(at, path)?;
        if kustomization.is_component != into.is_some() {
            let found = if kustomization.is_component { "Component" } else { "Kustomization" };
            let wanted = if into.is_some() { "Component" } else { "Kustomization" };
            let kind = ErrorKind::WrongKustomizationKind { path: path.to_string(), found: found.into(), wanted };
            return Err(Fault::new(kind, path.span));
        }
        self.use_openapi(at, &kustomization, false)?;
        let outer = &layer.kustomization.namespace;
        let inherited = if outer.is_empty() { &layer.helm_namespace } else { outer };
        let own = &kustomization.namespace;
        let below = Layer {
            at,
            helm_namespace: if own.is_empty() { inherited } else { own }.clone(),
            kustomization: &kustomization,
            chain: &[layer.chain, std::slice::from_ref(at)].concat(),
            origin: layer.origin.as_ref().map(|origin| origin.below(path)),
        };
        self.accumulate(&below, into.unwrap_or_default())
    }

    /// # Errors
    /// What leads back, too deep, or to too many kustomizations.
    fn enter(&mut self, layer: &Layer<'_>, at: &Location, path: &Word) -> Result<()> {
        let holds = |visited: &Location| {
            visited.tree == at.tree
                && (at.directory.is_empty()
                    || visited.directory == at.directory
                    || visited.directory.starts_with(&format!("{}/", at.directory)))
        };
        if let Some(visited) = layer.chain.iter().find(|visited| holds(visited)) {
            let directory = match self.trees[visited.tree].name(&visited.directory) {
                name if name.is_empty() => ".".to_owned(),
                name => name,
            };
            return Err(Fault::new(ErrorKind::Cycle { path: path.to_string(), directory }, path.span));
        }
        self.kustomizations += 1;
        let limit = |what, limit, allowed: usize| {
            Err(Fault::new(ErrorKind::Limit { what, limit, allowed: allowed as u64 }, path.span))
        };
        if layer.chain.len() >= self.options.depth {
            return limit("the levels of kustomizations", "depth", self.options.depth);
        }
        if self.kustomizations > self.options.kustomizations {
            return limit("the kustomizations", "kustomizations", self.options.kustomizations);
        }
        Ok(())
    }

    /// Takes the schemas that a kustomization brings; the first one that brings some decides for all.
    fn use_openapi(&mut self, at: &Location, kustomization: &Kustomization, is_root: bool) -> Result<()> {
        if let Some(version) = kustomization.openapi_version.as_ref().filter(|version| version.as_str() != "v1.21.2") {
            let message =
                format!("the OpenAPI document of Kubernetes `{}` is not built in, only `v1.21.2`", version.text);
            return Err(Fault::invalid(message, version.span));
        }
        let Some(path) = kustomization.openapi.as_ref().filter(|_| !self.has_schemas) else { return Ok(()) };
        if let Some(document) = self.documents(at, path, Dialect::Kubernetes)?.first() {
            // Those of the root stand instead of kustomize's own.
            let base = if is_root { Rc::new(Schemas::default()) } else { self.schemas.clone() };
            self.schemas = base.extended(document);
            self.has_schemas = true;
        }
        Ok(())
    }

    fn configure(&mut self, layer: &Layer<'_>, into: &mut Accumulator) -> Result<()> {
        let kustomization = layer.kustomization;
        let mut own = Config::default();
        for path in &kustomization.configurations {
            for document in self.documents(layer.at, path, Dialect::Kubernetes)?.iter().take(1) {
                own.merge(Config::read(document)?, path.span)?;
            }
        }
        let span = kustomization.configurations.first().map_or(Span::default(), |path| path.span);
        let mut config = self.builtin.clone();
        if !kustomization.configurations.is_empty() {
            Rc::make_mut(&mut config).merge(own, span)?;
        }
        self.merge_config(&mut into.config, config, span)?;
        for path in &kustomization.crds {
            for document in self.documents(layer.at, path, Dialect::Kubernetes)?.iter().take(1) {
                let config = into.config.get_or_insert_with(|| self.builtin.clone());
                Rc::make_mut(config).merge(config::from_definitions(document), path.span)?;
            }
        }
        Ok(())
    }

    /// Merges configurations, all of which hold kustomize's own. Which one comes first matters: a spec for all kinds adds
    /// nothing to one for some kind, but not the other way round.
    fn merge_config(&self, into: &mut Option<Rc<Config>>, other: Rc<Config>, span: Span) -> Result<()> {
        let is_builtin = Rc::ptr_eq(&other, &self.builtin);
        match into {
            Some(_) if is_builtin => Ok(()),
            None if is_builtin => {
                *into = Some(other);
                Ok(())
            }
            _ => Rc::make_mut(into.get_or_insert_default()).merge(Config::clone(&other), span),
        }
    }

    fn run_generators(&mut self, layer: &Layer<'_>, set: &mut Set) -> Result<()> {
        let kustomization = layer.kustomization;
        let origin = |kind| layer.origin.as_ref().map(|origin| origin.configured(kustomization.file, kind));
        for (generators, kind) in
            [(&kustomization.config_maps, "ConfigMapGenerator"), (&kustomization.secrets, "SecretGenerator")]
        {
            for generator in generators {
                let mut resource = self.generate(layer.at, generator, kind == "SecretGenerator")?;
                resource.origin = origin(kind);
                set.absorb(resource)?;
            }
        }
        for chart in &kustomization.helm_charts {
            let globals = kustomization.helm_globals.as_ref();
            for mut resource in self.inflate(layer.at, chart, globals, &layer.helm_namespace)? {
                resource.origin = origin("HelmChartInflationGenerator");
                set.absorb(resource)?;
            }
        }
        for plugin in self.plugins(layer, &kustomization.generators)? {
            for mut resource in self.run_generator(layer, &plugin)? {
                resource.origin = plugin.origin.as_ref().map(|origin| origin.of_plugin(&plugin));
                set.absorb(resource)?;
            }
        }
        Ok(())
    }

    fn run_transformers(&mut self, layer: &Layer<'_>, into: &mut Accumulator) -> Result<()> {
        let config = into.config.clone().unwrap_or_else(|| self.builtin.clone());
        let set = &mut into.set;
        let kustomization = layer.kustomization;
        for (kind, transformer) in self.transformers(layer, &config)? {
            transformer(self, set)?;
            let origin = layer.origin.as_ref().map(|origin| origin.configured(kustomization.file, kind));
            tell(set, origin);
            set.drop_deleted();
        }
        for plugin in self.plugins(layer, &kustomization.transformers)? {
            self.run_transformer(layer, set, &plugin)?;
            tell(set, plugin.origin.as_ref().map(|origin| origin.of_plugin(&plugin)));
            set.drop_deleted();
        }
        Ok(())
    }

    /// The transformers that the fields of a kustomization ask for, in kustomize's order.
    fn transformers<'b>(
        &mut self,
        layer: &'b Layer<'_>,
        config: &'b Config,
    ) -> Result<Vec<(&'static str, Transformer<'b>)>> {
        let kustomization = layer.kustomization;
        let at = layer.at;
        let mut list: Vec<(&'static str, Transformer<'b>)> = Vec::new();
        let mut strategic = Vec::new();
        for patch in &kustomization.strategic {
            strategic.extend(self.strategic_patches(at, patch)?);
        }
        if let ([first, ..], true) = (kustomization.strategic.as_slice(), strategic.is_empty()) {
            return Err(Fault::invalid("the patches are empty", first.span));
        }
        if !strategic.is_empty() {
            let patch: Transformer<'b> = Box::new(move |build, set| build.patch_strategic(set, strategic));
            list.push(("PatchStrategicMergeTransformer", patch));
        }
        for entry in &kustomization.patches {
            list.push(("PatchTransformer", Box::new(move |build, set| build.patch(set, at, entry))));
        }
        if !kustomization.namespace.is_empty() {
            let (name, specs) = (kustomization.namespace.clone(), config.namespace.clone());
            let namespace = Namespace { name, specs, ..Namespace::default() };
            list.push(("NamespaceTransformer", Box::new(move |_, set| namespace.transform(set))));
        }
        for (kind, affix, specs, is_prefix) in [
            ("PrefixTransformer", &kustomization.name_prefix, &config.name_prefix, true),
            ("SuffixTransformer", &kustomization.name_suffix, &config.name_suffix, false),
        ] {
            if !affix.is_empty() {
                list.push((kind, Box::new(move |_, set| transform::affix(set, affix, specs, is_prefix))));
            }
        }
        for label in &kustomization.labels {
            let specs = label_specs(label, config)?;
            list.push(("LabelTransformer", Box::new(move |_, set| transform::pairs(set, &label.pairs, &specs))));
        }
        if !(kustomization.labels.is_empty() && kustomization.common_labels.is_empty()) {
            let pairs = &kustomization.common_labels;
            list.push((
                "LabelTransformer",
                Box::new(move |_, set| transform::pairs(set, pairs, &config.common_labels)),
            ));
        }
        if !kustomization.common_annotations.is_empty() {
            let (pairs, specs) = (&kustomization.common_annotations, &config.common_annotations);
            list.push(("AnnotationsTransformer", Box::new(move |_, set| transform::pairs(set, pairs, specs))));
        }
        for entry in &kustomization.json6902 {
            list.push(("PatchJson6902Transformer", Box::new(move |build, set| build.patch_json(set, at, entry))));
        }
        for replica in &kustomization.replicas {
            list.push((
                "ReplicaCountTransformer",
                Box::new(move |_, set| transform::replicas(set, replica, &config.replicas)),
            ));
        }
        for image in &kustomization.images {
            list.push(("ImageTagTransformer", Box::new(move |_, set| transform::images(set, image, &config.images))));
        }
        if !kustomization.replacements.is_empty() {
            let entries: &'b [Node] = &kustomization.replacements;
            list.push(("ReplacementTransformer", Box::new(move |build, set| build.replace(set, at, entries))));
        }
        Ok(list)
    }
}

/// The fields that an entry of `labels` is for.
fn label_specs(label: &Label, config: &Config) -> Result<Vec<FieldSpec>> {
    let mut specs = label.fields.clone();
    let mut add =
        |more: &[FieldSpec]| more.iter().try_for_each(|spec| merge_spec(&mut specs, spec.clone(), label.span));
    add(&config.labels)?;
    if label.include_selectors {
        add(&config.common_labels)?;
    } else {
        if label.include_templates {
            add(&config.template_labels)?;
        }
        add(&[FieldSpec::everywhere("metadata/labels", true)])?;
    }
    Ok(specs)
}

/// Notes what changed the objects, or made those of unknown origin.
fn tell(set: &mut Set, origin: Option<Origin>) {
    let Some(origin) = origin else { return };
    for resource in set.contents_mut() {
        match resource.origin {
            None => resource.origin = Some(origin.clone()),
            Some(_) => resource.transformations.push(origin.clone()),
        }
    }
}

/// Ends the names of generated objects with the hash of what they hold.
pub(super) fn add_hashes(set: &mut Set) {
    for resource in set.resources_mut().iter_mut().filter(|resource| resource.needs_hash) {
        let hash = hash::hash(resource);
        resource.remember_id();
        let name = format!("{}-{hash}", resource.name());
        resource.set_metadata("name", name.into());
    }
}

/// Whether an object is only there for others (`config.kubernetes.io/local-config`).
fn is_local(resource: &Resource) -> bool {
    let mark = resource.node.at(&["metadata", "annotations"]);
    let mark = mark.and_then(|annotations| annotations.get("config.kubernetes.io/local-config"));
    mark.is_some_and(|mark| super::resource::scalar(mark).is_none_or(|text| text != "false"))
}
