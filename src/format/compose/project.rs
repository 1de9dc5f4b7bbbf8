//! A project: files read, merged and settled.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    document::{self, Collection, Node, Source, Span, Value},
    format::Remark,
    tree::{self, Tree},
};

use super::{
    canonical::IntoValue,
    check, coerce, dotenv,
    error::{Error, ErrorKind, Fault, Result},
    load::{Context, Loader, Variables, env_fault},
    path::KeyPath,
    settle,
    variable::{self, Scope},
    yaml,
};

/// The names that are looked for, in this order; the first of each row is taken.
const NAMES: [&str; 4] = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const OVERRIDES: [&str; 4] =
    ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

/// What reading a project may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of one file.
    pub document: document::Limits,
    /// Files read for one project, those of variables too (`files`).
    pub files: usize,
    /// How deep files may include and services extend one another (`depth`).
    pub depth: usize,
    /// Bytes that interpolation may write (`interpolation`).
    pub interpolation: usize,
    /// Values of the merged project (`values`).
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        let document = document::Limits { nodes: 500_000, alias_nodes: 200_000, ..document::Limits::default() };
        Limits { document, files: 1000, depth: 50, interpolation: variable::BUDGET, values: 500_000 }
    }
}

/// What is not in the files. The library reads no environment: the caller gives the variables it wants to be known.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Variables for interpolation, before those of `.env`. `COMPOSE_PROJECT_NAME` and `COMPOSE_PROFILES` count among
    /// them as they do in `.env`.
    pub variables: BTreeMap<String, String>,
    /// Profiles to enable; `*` is all of them.
    pub profiles: Vec<String>,
    /// The project's name. Without one it is that of `COMPOSE_PROJECT_NAME`, of the files, or of the directory.
    pub project_name: Option<String>,
    /// What the root of the tree is called: a project that has no other name is named after its directory.
    pub directory: String,
    /// Files of variables in place of `.env` of the project's directory.
    pub env_files: Vec<String>,
    pub limits: Limits,
}

/// A Compose project as `docker compose config` shows it, with the place of every value.
#[derive(Debug)]
pub struct Project {
    name: String,
    model: Node,
    remarks: Vec<Remark>,
    pub(super) disabled: Vec<(String, Span, Vec<String>)>,
    /// Values of `environment:` secrets, by the name of the secret; absent where the variable is not given.
    pub(super) secrets: BTreeMap<String, String>,
    pub(super) tree: Tree,
    /// Leads spans to where they stand.
    pub(super) origin: Arc<Source>,
}

impl Project {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The merged model: canonical keys, every value in one form. `env_file` stays although its variables are in
    /// `environment` already.
    pub fn model(&self) -> &Node {
        &self.model
    }

    /// Variables that are not set, keys that are obsolete.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Where a value of [`Project::model`] was written.
    pub fn place(&self, span: Span) -> Option<(Arc<Source>, Span)> {
        if span == Span::default() {
            return None;
        }
        self.origin.traced(span).map(|traced| (traced.source.clone(), traced.span))
    }

    /// The paths of networks that nobody wrote: `default` of services that name none, and then that network itself. They
    /// stand where the name of the service does.
    pub(super) fn implied_networks(&self) -> BTreeSet<String> {
        let mut implied = BTreeSet::new();
        let mut services = BTreeSet::new();
        for kind in ["services", "jobs"] {
            for entry in self.model.get(kind).into_iter().flat_map(Node::entries) {
                services.insert(entry.key_span.start);
                let mut networks = entry.value.get("networks").into_iter().flat_map(Node::entries);
                if networks.any(|network| network.key_span == entry.key_span) {
                    implied.insert(KeyPath::keys(&[kind, &entry.key, "networks", "default"]).to_string());
                }
            }
        }
        let mut networks = self.model.get("networks").into_iter().flat_map(Node::entries);
        if networks.any(|network| services.contains(&network.key_span.start)) {
            implied.insert(KeyPath::keys(&["networks", "default"]).to_string());
        }
        implied
    }
}

/// The files of the project in a directory: the first of the default names that is there, and its override.
pub fn find(tree: &Tree, directory: &str) -> Option<Vec<String>> {
    let names = names_among(|name| tree.is_file(&tree::joined(directory, name)))?;
    Some(names.map(|name| tree::joined(directory, name)).collect())
}

/// The names that `docker compose` takes of those that are there: of a project, and perhaps of its override.
pub(in crate::format) fn names_among(there: impl Fn(&str) -> bool) -> Option<impl Iterator<Item = &'static str>> {
    let first = |names: [&'static str; 4]| names.into_iter().find(|name| there(name));
    Some(std::iter::once(first(NAMES)?).chain(first(OVERRIDES)))
}

/// Reads the project that `files` are of, later ones over earlier ones; without files, those that [`find`] finds.
///
/// # Errors
/// What `docker compose config` refuses, with the place, and files outside the tree.
pub fn read(tree: &Tree, files: &[String], options: &Options) -> std::result::Result<Project, Error> {
    let files = match files {
        [] => find(tree, "").ok_or_else(|| {
            let tried = NAMES.map(str::to_owned).into();
            Error { kind: ErrorKind::NoFile { tried }, place: None }
        })?,
        files => files.to_vec(),
    };
    let mut loader = Loader::new(tree, options.limits);
    match project(&mut loader, &files, options) {
        Ok(parts) => Ok(parts.into_project(loader)),
        Err(fault) => Err(fault.into_error(&loader.collection)),
    }
}

struct Parts {
    name: String,
    model: Node,
    disabled: Vec<(String, Span, Vec<String>)>,
    secrets: BTreeMap<String, String>,
}

impl Parts {
    fn into_project(self, loader: Loader<'_>) -> Project {
        let tree = loader.tree.clone();
        let place = |collection: &Collection, span: Span| {
            let known = span != Span::default();
            known.then(|| collection.locate(span)).flatten().map(|(source, span)| (source.clone(), span))
        };
        let remarks = loader.remarks.iter().map(|(weight, span, message)| Remark {
            weight: *weight,
            place: place(&loader.collection, *span),
            message: message.clone(),
        });
        let remarks = remarks.collect();
        let origin = loader.collection.into_source(self.name.clone());
        let Parts { name, model, disabled, secrets } = self;
        Project { name, model, remarks, disabled, secrets, tree, origin }
    }
}

fn project(loader: &mut Loader<'_>, files: &[String], options: &Options) -> Result<Parts> {
    let mut paths = Vec::new();
    for file in files {
        let missing =
            |why| Fault::new(ErrorKind::File { what: "Compose file", path: file.clone(), why }, Span::default());
        paths.push((Tree::join("", file).map_err(missing)?, Span::default()));
    }
    let directory = paths.first().map_or("", |(file, _)| tree::parent(file)).to_owned();
    let mut variables = options.variables.clone();
    let default = tree::joined(&directory, ".env");
    let env_files: Vec<(String, Span)> = match options.env_files.as_slice() {
        [] => loader.tree.is_file(&default).then_some((default, Span::default())).into_iter().collect(),
        given => given.iter().map(|file| (file.clone(), Span::default())).collect(),
    };
    for (name, value) in loader.env_files(&env_files, &options.variables)? {
        variables.entry(name).or_insert(value);
    }
    let name = project_name(loader, &paths, &directory, &variables, options)?;
    variables.insert("COMPOSE_PROJECT_NAME".to_owned(), name.clone());
    let context = Context { directory, variables: &variables, included: Vec::new() };
    let mut model = loader.model(&paths, &context)?;
    let profiles = profiles(&variables, options);
    if model.get("services").is_none() && model.get("jobs").is_none() {
        let known = model.entries().next().is_some();
        if !known {
            return Err(Fault::new(ErrorKind::Empty, Span::default()));
        }
    }
    let secrets = secrets(&mut model, &variables);
    settle::settle(&mut model, &name)?;
    coerce::coerce(&mut model)?;
    let disabled = settle::select(&mut model, &profiles);
    let names: Vec<String> = disabled.iter().map(|(path, ..)| path.after(1).to_string()).collect();
    check::check(&model, &names)?;
    environments(loader, &mut model, &variables)?;
    if let Some(mapping) = model.as_mapping_mut()
        && mapping.get("name").is_some()
        && let Some(written) = mapping.get_mut("name")
    {
        written.value = name.as_str().into_value();
    }
    let disabled = disabled.into_iter().map(|(path, span, profiles)| (path.to_string(), span, profiles)).collect();
    Ok(Parts { name, model, disabled, secrets })
}

fn profiles(variables: &Variables, options: &Options) -> Vec<String> {
    if !options.profiles.is_empty() {
        return options.profiles.clone();
    }
    let listed = variables.get("COMPOSE_PROFILES").map(String::as_str).unwrap_or_default();
    listed.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn project_name(
    loader: &mut Loader<'_>,
    files: &[(String, Span)],
    directory: &str,
    variables: &Variables,
    options: &Options,
) -> Result<String> {
    if let Some(name) =
        options.project_name.as_ref().or(variables.get("COMPOSE_PROJECT_NAME")).filter(|n| !n.is_empty())
    {
        let valid = normal(name) == *name;
        return if valid {
            Ok(name.clone())
        } else {
            Err(Fault::new(ErrorKind::ProjectName(name.clone()), Span::default()))
        };
    }
    let mut written = None;
    for (file, _) in files {
        // What is wrong with a file is told when it is read for good.
        let Ok(bytes) = loader.tree.read(file) else { continue };
        let Ok(source) = Source::from_bytes(file.clone(), bytes.to_vec()) else { continue };
        let documents = yaml::read(&source, 0, loader.limits.document).unwrap_or_default();
        let names = documents.iter().filter_map(|document| document.root.str_at("name"));
        written = names.filter(|name| !name.is_empty()).map(str::to_owned).next_back().or(written);
    }
    let named = match written {
        Some(text) => {
            let lookup = |name: &str| variables.get(name).cloned();
            let mut scope = Scope { lookup: &lookup, unset: Vec::new(), budget: variable::BUDGET };
            let path = KeyPath::keys(&["name"]);
            variable::interpolate(&text, &mut scope)
                .map_err(|problem| super::cast::fault(problem, &text, &path, Span::default()))?
        }
        None => String::new(),
    };
    let of_directory = tree::file_name(directory);
    let fallbacks = [named.as_str(), of_directory, options.directory.as_str()];
    let name = fallbacks.iter().map(|name| normal(name)).find(|name| !name.is_empty());
    name.ok_or_else(|| Fault::new(ErrorKind::ProjectName(options.directory.clone()), Span::default()))
}

/// A name as projects have them.
fn normal(name: &str) -> String {
    let kept = |c: &char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-');
    name.to_lowercase().chars().filter(kept).collect::<String>().trim_start_matches(['_', '-']).to_owned()
}

/// Values of secrets and configs that come from variables.
fn secrets(model: &mut Node, variables: &Variables) -> BTreeMap<String, String> {
    let value = |node: &Node| node.str_at("environment").and_then(|name| variables.get(name)).cloned();
    let secrets = settle::entries(model, "secrets");
    let found = secrets.filter_map(|(name, secret)| Some((name.to_string(), value(&secret)?))).collect();
    let configs = model.as_mapping_mut().and_then(|model| model.get_mut("configs")?.as_mapping_mut());
    for entry in configs.map(document::Mapping::entries_mut).unwrap_or_default() {
        let Some(text) = value(&entry.value) else { continue };
        let span = entry.value.get("environment").map_or(entry.value.span, |node| node.span);
        if let Some(config) = entry.value.as_mapping_mut() {
            config.remove("environment");
            config.push(document::Entry {
                key: "content".into(),
                key_span: span,
                value: Node::new(text.as_str().into_value(), span),
            });
        }
    }
    found
}

/// Adds what `env_file` and `label_file` hold to variables and labels, which win.
fn environments(loader: &mut Loader<'_>, model: &mut Node, variables: &Variables) -> Result<()> {
    for section in ["services", "jobs"] {
        let services = model.as_mapping_mut().and_then(|model| model.get_mut(section)?.as_mapping_mut());
        for service in services.map(document::Mapping::entries_mut).unwrap_or_default() {
            container(loader, &mut service.value, variables)?;
            let hooks = service.value.as_mapping_mut().and_then(|service| service.get_mut("pre_start"));
            for hook in hooks.map(super::canonical::items_mut).unwrap_or_default() {
                container(loader, hook, variables)?;
            }
        }
    }
    Ok(())
}

fn container(loader: &mut Loader<'_>, node: &mut Node, variables: &Variables) -> Result<()> {
    let own = node.get("environment").cloned().unwrap_or_default();
    let files: Vec<Node> = node.get("env_file").into_iter().flat_map(Node::items).cloned().collect();
    let mut from_files = document::Mapping::new();
    for file in files {
        let path = file.str_at("path").unwrap_or_default();
        let required = file.get("required").and_then(Node::as_bool).unwrap_or(true);
        let missing = Tree::join("", path).is_ok_and(|path| matches!(loader.tree.kind(&path), Ok(None)));
        if missing && !required {
            continue;
        }
        let (source, base) = loader.text("env file", path, file.get("path").map_or(file.span, |node| node.span))?;
        let known = |name: &str| {
            let of_service = || own.get(name).and_then(Node::as_str).map(str::to_owned);
            variables.get(name).cloned().or_else(of_service)
        };
        let read = match file.str_at("format") {
            None | Some("") => dotenv::read(source.text(), &known),
            Some("raw") => dotenv::read_raw(source.text(), &known),
            Some(format) => {
                let kind = ErrorKind::EnvFileFormat { format: format.to_owned() };
                return Err(Fault::new(kind, file.span));
            }
        };
        for variable in read.map_err(|problem| env_fault(&source, base, problem))? {
            let span = Span { start: base + variable.span.start, end: base + variable.span.end };
            let value = Node::new(variable.value.as_str().into_value(), span);
            from_files.remove(&variable.name);
            from_files.push(document::Entry { key: variable.name.into(), key_span: span, value });
        }
    }
    overlay(node, "environment", from_files);
    let files: Vec<Node> = node.get("label_file").into_iter().flat_map(Node::items).cloned().collect();
    let mut labels = document::Mapping::new();
    for file in files {
        let (source, base) = loader.text("label file", file.as_str().unwrap_or_default(), file.span)?;
        let read = dotenv::read(source.text(), &|_| None);
        for label in read.map_err(|problem| env_fault(&source, base, problem))? {
            let span = Span { start: base + label.span.start, end: base + label.span.end };
            labels.insert(label.name, Node::new(label.value.as_str().into_value(), span));
        }
    }
    overlay(node, "labels", labels);
    Ok(())
}

/// Puts `beneath` under the mapping at `key`.
fn overlay(node: &mut Node, key: &str, mut beneath: document::Mapping) {
    let Some(mapping) = node.as_mapping_mut().filter(|_| !beneath.is_empty()) else { return };
    let span = mapping.get(key).map_or(beneath.entries()[0].key_span, |own| own.span);
    if let Some(own) = mapping.get(key) {
        for entry in own.entries() {
            beneath.remove(&entry.key);
            beneath.push(entry.clone());
        }
    }
    mapping.remove(key);
    mapping.push(document::Entry { key: key.into(), key_span: span, value: Node::new(Value::Mapping(beneath), span) });
}
