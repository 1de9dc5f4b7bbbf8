//! Files to one model: each is read, its variables replaced, checked, brought into the canonical form and merged with those
//! before it; `include` and `extends` bring in others.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};

use crate::{
    document::{Collection, Mapping, Node, Source, Span, Text, Value},
    format::Weight,
    tree::{self, Tree},
};

use super::{
    Limits, canonical, cast, dotenv,
    error::{ErrorKind, Fault, Result},
    merge,
    path::KeyPath,
    paths,
    schema::{self, Whole},
    variable::{self, Scope},
    yaml,
};

/// Names and values of variables.
pub(super) type Variables = BTreeMap<String, String>;

/// Reads files below one root.
pub(super) struct Loader<'a> {
    pub(super) tree: &'a Tree,
    pub(super) limits: Limits,
    pub(super) collection: Collection,
    pub(super) remarks: Vec<(Weight, Span, String)>,
    unset: BTreeSet<String>,
    files: usize,
    budget: usize,
    bases: HashMap<String, Rc<Base>>,
}

/// The files of a model, and what holds for all of them.
#[derive(Clone)]
pub(super) struct Context<'a> {
    /// Relative paths begin here: a path of the tree.
    pub(super) directory: String,
    pub(super) variables: &'a Variables,
    /// The files that included one another to get here.
    pub(super) included: Vec<String>,
}

/// A file, or a document of it, whose services may be extended.
struct Base {
    file: String,
    directory: String,
    services: Mapping,
    resets: Vec<KeyPath>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(tree: &'a Tree, limits: Limits) -> Loader<'a> {
        Loader {
            tree,
            limits,
            collection: Collection::default(),
            remarks: Vec::new(),
            unset: BTreeSet::new(),
            files: 0,
            budget: limits.interpolation.min(variable::BUDGET),
            bases: HashMap::new(),
        }
    }

    pub(super) fn note(&mut self, span: Span, message: impl Into<String>) {
        self.remarks.push((Weight::Note, span, message.into()));
    }

    pub(super) fn warn(&mut self, span: Span, message: impl Into<String>) {
        self.remarks.push((Weight::Warning, span, message.into()));
    }

    /// Reads a file of the tree and takes it in; the second is where its bytes begin in the collection.
    pub(super) fn text(&mut self, what: &'static str, path: &str, asked: Span) -> Result<(Arc<Source>, u32)> {
        self.files += 1;
        if self.files > self.limits.files {
            let kind =
                ErrorKind::Limit { what: "the number of files read", limit: "files", allowed: self.limits.files };
            return Err(Fault::new(kind, asked));
        }
        let missing = |why| Fault::new(ErrorKind::File { what, path: path.to_owned(), why }, asked);
        let inside = Tree::join("", path).map_err(missing)?;
        let bytes = self.tree.read(&inside).map_err(missing)?;
        let source = match Source::from_bytes(self.tree.name(&inside), bytes.to_vec()) {
            Ok(source) => Arc::new(source),
            Err(wrong) => return Err(Fault::new(ErrorKind::Document(wrong.1.kind), asked)),
        };
        match self.collection.add(&source) {
            Some(base) => Ok((source, base)),
            None => {
                let kind = ErrorKind::Limit { what: "all texts together", limit: "bytes", allowed: u32::MAX as usize };
                Err(Fault::new(kind, asked))
            }
        }
    }

    /// The model of several files, later ones over earlier ones.
    pub(super) fn model(&mut self, files: &[(String, Span)], context: &Context<'_>) -> Result<Node> {
        let mut model = Node::from(Mapping::new());
        for (file, asked) in files {
            model = self.file(model, file, *asked, context)?;
        }
        schema::check(&model, Whole::Yes)?;
        take_variables(&mut model, context.variables);
        Ok(model)
    }

    fn file(&mut self, mut model: Node, file: &str, asked: Span, context: &Context<'_>) -> Result<Node> {
        let (source, base) = self.text("Compose file", file, asked)?;
        let documents = yaml::read(&source, base, self.limits.document)
            .map_err(|error| Fault::new(ErrorKind::Document(error.kind), error.span))?;
        let mut context = context.clone();
        context.included.push(file.to_owned());
        for document in documents {
            if document.root.is_null() {
                continue;
            }
            let mut root = self.prepared(document.root, &context.directory, context.variables)?;
            self.include(&mut root, &document.resets, &context)?;
            reset(&mut model, &document.resets);
            self.extend_all(&mut root, file, &document.resets, &context)?;
            model = merge::merge(model, root, &mut KeyPath::default())?;
            merge::unite(&mut model);
            self.check_size(&model)?;
        }
        if let Some(version) = model.as_mapping_mut().and_then(|mapping| mapping.remove("version")) {
            self.note(version.key_span, "`version` is obsolete and says nothing");
        }
        Ok(model)
    }

    /// A document on its own: variables replaced, checked, canonical, its paths those of the tree.
    fn prepared(&mut self, mut root: Node, directory: &str, variables: &Variables) -> Result<Node> {
        if root.as_mapping().is_none() {
            return Err(Fault::new(ErrorKind::NotAMapping(root.type_name()), root.span));
        }
        let lookup = |name: &str| variables.get(name).cloned();
        let mut scope = Scope { lookup: &lookup, unset: Vec::new(), budget: self.budget };
        let unset = cast::interpolate(&mut root, &mut scope)?;
        self.budget = scope.budget;
        for (name, span) in unset {
            if self.unset.insert(name.clone()) {
                self.warn(span, format!("variable `{name}` is not set: it stands for nothing"));
            }
        }
        promote(&mut root)?;
        schema::check(&root, Whole::No)?;
        canonical::canonical(&mut root)?;
        paths::resolve(&mut root, directory);
        Ok(root)
    }

    fn check_size(&self, model: &Node) -> Result<()> {
        let allowed = self.limits.values;
        if count(model, allowed) > allowed {
            let kind = ErrorKind::Limit { what: "the values of the merged project", limit: "values", allowed };
            return Err(Fault::new(kind, model.span));
        }
        Ok(())
    }

    fn include(&mut self, root: &mut Node, resets: &[KeyPath], context: &Context<'_>) -> Result<()> {
        let Some(include) = root.as_mapping_mut().and_then(|mapping| mapping.remove("include")) else { return Ok(()) };
        for item in include.value.items() {
            let mut files = Vec::new();
            for path in names(item.get("path").unwrap_or(item)) {
                files.push((inside(&context.directory, path, "included file")?, path.span));
            }
            let Some((main, asked)) = files.first().cloned() else { continue };
            let directory = match item.get("project_directory") {
                Some(given) => inside(&context.directory, given, "project directory")?,
                None => tree::parent(&main).to_owned(),
            };
            if let Some(start) = context.included.iter().position(|file| *file == main) {
                let names = context.included[start..].iter().chain([&main]).cloned().collect();
                return Err(Fault::new(ErrorKind::Cycle { what: "includes", names }, asked));
            }
            if context.included.len() >= self.limits.depth {
                let allowed = self.limits.depth;
                let kind = ErrorKind::Limit { what: "the nesting of includes", limit: "depth", allowed };
                return Err(Fault::new(kind, asked));
            }
            let variables = self.included_variables(item, &directory, context)?;
            let inner = Context { directory, variables: &variables, included: context.included.clone() };
            let imported = self.model(&files, &inner)?;
            import(root, imported, resets)?;
        }
        Ok(())
    }

    fn included_variables(&mut self, item: &Node, directory: &str, context: &Context<'_>) -> Result<Variables> {
        let mut variables = context.variables.clone();
        let mut files = Vec::new();
        match item.get("env_file") {
            Some(given) => {
                for path in names(given).filter(|path| path.as_str() != Some("/dev/null")) {
                    files.push((inside(&context.directory, path, "env file")?, path.span));
                }
            }
            None => {
                let path = tree::joined(directory, ".env");
                files.extend(self.tree.is_file(&path).then_some((path, item.span)));
            }
        }
        for (name, value) in self.env_files(&files, context.variables)? {
            variables.entry(name).or_insert(value);
        }
        Ok(variables)
    }

    /// The variables of several files, later ones over earlier ones.
    pub(super) fn env_files(&mut self, files: &[(String, Span)], known: &Variables) -> Result<Variables> {
        let mut found = Variables::new();
        for (file, asked) in files {
            let (source, base) = self.text("env file", file, *asked)?;
            let lookup = |name: &str| known.get(name).or_else(|| found.get(name)).cloned();
            let read = dotenv::read(source.text(), &lookup);
            let read = read.map_err(|problem| env_fault(&source, base, problem))?;
            found.extend(read.into_iter().map(|variable| (variable.name, variable.value)));
        }
        Ok(found)
    }

    fn extend_all(&mut self, root: &mut Node, file: &str, resets: &[KeyPath], context: &Context<'_>) -> Result<()> {
        for section in ["services", "jobs"] {
            let Some(services) = root.get(section).and_then(Node::as_mapping) else { continue };
            if services.entries().iter().all(|entry| entry.value.get("extends").is_none()) {
                continue;
            }
            let base = Rc::new(Base {
                file: file.to_owned(),
                directory: context.directory.clone(),
                services: services.clone(),
                resets: resets.to_vec(),
            });
            let names: Vec<Text> = services.entries().iter().map(|entry| entry.key.clone()).collect();
            for name in names {
                let extended = self.extended(&base, &name, context.variables, &mut Vec::new())?;
                let services = root.as_mapping_mut().and_then(|root| root.get_mut(section)?.as_mapping_mut());
                if let Some(service) = services.and_then(|services| services.get_mut(&name)) {
                    *service = extended;
                }
            }
        }
        Ok(())
    }

    /// Service `name` of `base` with what it extends.
    fn extended(
        &mut self,
        base: &Rc<Base>,
        name: &str,
        variables: &Variables,
        chain: &mut Vec<(String, String)>,
    ) -> Result<Node> {
        let mut service = base.services.get(name).cloned().unwrap_or_default();
        let Some(extends) = service.as_mapping_mut().and_then(|mapping| mapping.remove("extends")) else {
            return Ok(service);
        };
        let span = extends.value.span;
        let here = (base.file.clone(), name.to_owned());
        if let Some(start) = chain.iter().position(|known| *known == here) {
            let names = chain[start..].iter().chain([&here]).map(|(file, name)| format!("{name} in {file}")).collect();
            return Err(Fault::new(ErrorKind::Cycle { what: "extensions", names }, span));
        }
        chain.push(here);
        if chain.len() > self.limits.depth {
            let allowed = self.limits.depth;
            let kind = ErrorKind::Limit { what: "the nesting of extensions", limit: "depth", allowed };
            return Err(Fault::new(kind, span));
        }
        let other = match extends.value.get("file") {
            Some(file) => self.base(&inside(&base.directory, file, "extended file")?, file.span, variables)?,
            None => base.clone(),
        };
        let wanted = extends.value.str_at("service").unwrap_or_default();
        if other.services.get(wanted).is_none() {
            let nearest = crate::document::nearest(wanted, other.services.entries().iter().map(|entry| &*entry.key));
            return Err(Fault::new(
                ErrorKind::Undefined {
                    user: format!("`extends` of `{name}`"),
                    what: "service",
                    name: wanted.to_owned(),
                    nearest: nearest.map(str::to_owned),
                },
                span,
            ));
        }
        let mut parent = self.extended(&other, wanted, variables, chain)?;
        if parent.is_null() {
            return Ok(service);
        }
        reset_at(&mut parent, &base.resets, &mut KeyPath::keys(&["services", name]));
        let merged = merge::merge(parent, service, &mut KeyPath::keys(&["services", name]))?;
        self.check_size(&merged)?;
        Ok(merged)
    }

    /// A file that others extend.
    fn base(&mut self, file: &str, asked: Span, variables: &Variables) -> Result<Rc<Base>> {
        if let Some(known) = self.bases.get(file) {
            return Ok(known.clone());
        }
        let (source, start) = self.text("extended file", file, asked)?;
        let documents = yaml::read(&source, start, self.limits.document)
            .map_err(|error| Fault::new(ErrorKind::Document(error.kind), error.span))?;
        let directory = tree::parent(file).to_owned();
        let mut services = Mapping::new();
        let mut resets = Vec::new();
        for document in documents.into_iter().filter(|document| !document.root.is_null()) {
            let root = self.prepared(document.root, &directory, variables)?;
            for entry in root.get("services").map(Node::entries).into_iter().flatten() {
                services.insert(entry.key.clone(), entry.value.clone());
            }
            resets.extend(document.resets);
        }
        let base = Rc::new(Base { file: file.to_owned(), directory, services, resets });
        self.bases.insert(file.to_owned(), base.clone());
        Ok(base)
    }
}

pub(super) fn env_fault(source: &Source, base: u32, problem: dotenv::Problems) -> Fault {
    let start = base + source.line_start(problem.line as u32);
    let kind = ErrorKind::EnvFile { file: source.name().to_owned(), line: problem.line, why: problem.why };
    Fault::new(kind, Span { start, end: start + 1 })
}

/// The path that `node` writes, below the root; what lies elsewhere is an error.
fn inside(directory: &str, node: &Node, what: &'static str) -> Result<String> {
    let path = node.as_str().unwrap_or_default();
    if path.contains("://") || path.starts_with("git@") || path.starts_with("oci:") {
        return Err(Fault::new(ErrorKind::Remote { what, path: path.to_owned() }, node.span));
    }
    Tree::join(directory, path)
        .map_err(|why| Fault::new(ErrorKind::File { what, path: path.to_owned(), why }, node.span))
}

/// A string or each of several.
fn names(node: &Node) -> impl Iterator<Item = &Node> {
    node.as_str().map(|_| node).into_iter().chain(node.items())
}

fn count(node: &Node, most: usize) -> usize {
    let mut pending = vec![node];
    let mut counted = 0;
    while let Some(node) = pending.pop() {
        counted += 1;
        if counted > most {
            break;
        }
        pending.extend(node.items());
        pending.extend(node.entries().map(|entry| &entry.value));
    }
    counted
}

/// Extensions that became keys: `x-develop` and, in what it watches, `x-initialSync`. The key wins where both are written.
fn promote(root: &mut Node) -> Result<()> {
    let services = root.as_mapping_mut().and_then(|root| root.get_mut("services")?.as_mapping_mut());
    for entry in services.map(Mapping::entries_mut).unwrap_or_default() {
        let path = KeyPath::keys(&["services", &entry.key]);
        promote_key(&mut entry.value, "x-develop", "develop", &path)?;
        let develop = entry.value.as_mapping_mut().and_then(|service| service.get_mut("develop")?.as_mapping_mut());
        for watch in develop.and_then(|develop| develop.get_mut("watch")).map(canonical::items_mut).unwrap_or_default()
        {
            promote_key(watch, "x-initialSync", "initial_sync", &path)?;
        }
    }
    Ok(())
}

fn promote_key(node: &mut Node, from: &str, to: &str, path: &KeyPath) -> Result<()> {
    let Some(mapping) = node.as_mapping_mut() else { return Ok(()) };
    let Some(mut entry) = mapping.remove(from) else { return Ok(()) };
    if let Some(own) = mapping.remove(to).filter(|own| !own.value.is_null()) {
        entry.value = merge::merge(entry.value, own.value, &mut path.key(to))?;
    }
    entry.key = to.into();
    mapping.push(entry);
    Ok(())
}

/// Takes away what `!reset` and `!override` name.
fn reset(model: &mut Node, resets: &[KeyPath]) {
    if !resets.is_empty() {
        reset_at(model, resets, &mut KeyPath::default());
    }
}

fn reset_at(node: &mut Node, resets: &[KeyPath], path: &mut KeyPath) {
    let Some(mapping) = node.as_mapping_mut() else { return };
    mapping.retain(|entry| !resets.contains(&path.key(entry.key.clone())));
    for entry in mapping.entries_mut() {
        path.push(entry.key.clone());
        reset_at(&mut entry.value, resets, path);
        path.pop();
    }
}

/// Puts the resources of an included model under those of the including one.
fn import(root: &mut Node, mut imported: Node, resets: &[KeyPath]) -> Result<()> {
    let Some(target) = root.as_mapping_mut() else { return Ok(()) };
    for section in ["services", "jobs", "volumes", "networks", "secrets", "configs", "models"] {
        let Some(from) = imported.as_mapping_mut().and_then(|mapping| mapping.remove(section)) else { continue };
        let Value::Mapping(from) = from.value.value else { continue };
        if target.get(section).and_then(Node::as_mapping).is_none() {
            target.remove(section);
            target.insert(section, Mapping::new());
        }
        let Some(to) = target.get_mut(section).and_then(Node::as_mapping_mut) else { continue };
        for mut entry in from.into_entries() {
            let mut path = KeyPath::keys(&[section, &entry.key]);
            match to.get_mut(&entry.key) {
                None => to.push(entry),
                Some(known) if *known == entry.value => {}
                Some(known) => {
                    reset_at(&mut entry.value, resets, &mut path);
                    *known = merge::merge(entry.value, std::mem::take(known), &mut path)?;
                }
            }
        }
    }
    Ok(())
}

/// Gives variables and arguments of builds without a value the one that is known.
fn take_variables(model: &mut Node, variables: &Variables) {
    let Some(sections) = model.as_mapping_mut() else { return };
    for section in ["services", "jobs"] {
        let Some(services) = sections.get_mut(section).and_then(Node::as_mapping_mut) else { continue };
        for service in services.entries_mut() {
            let Some(service) = service.value.as_mapping_mut() else { continue };
            service.get_mut("environment").into_iter().for_each(|pairs| take_values(pairs, variables));
            let build = service.get_mut("build").and_then(Node::as_mapping_mut);
            build.and_then(|build| build.get_mut("args")).into_iter().for_each(|pairs| take_values(pairs, variables));
        }
    }
}

fn take_values(pairs: &mut Node, variables: &Variables) {
    for entry in pairs.as_mapping_mut().map(Mapping::entries_mut).unwrap_or_default() {
        if let (Value::Null, Some(value)) = (&entry.value.value, variables.get(&*entry.key)) {
            entry.value.value = Value::String(value.as_str().into());
        }
    }
}
