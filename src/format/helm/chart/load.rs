//! Files to charts, in the order and by the rules of Helm (`pkg/chart/v2/loader`).

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Chart, File,
    decode::WrongType,
    fetch::{Fetch, Here, Home},
    ignore::Rules,
    metadata::{Dependency, Metadata},
};
use crate::{
    document::{self, Node, Source, Span},
    format::{
        Remark, Weight,
        helm::{Error, Limits, Place},
    },
    tree::{self, Kind, Tree, joined},
};

/// Gives the files of a packed chart: its shown name, its bytes. The root of the tree is that of the archive.
///
/// # Errors
/// Why it cannot be unpacked.
pub type Unpack<'a> = &'a dyn Fn(&str, &Arc<[u8]>) -> Result<Tree, String>;

/// How charts are read.
#[derive(Clone, Copy)]
pub struct Loading<'a> {
    /// The tree is that of an unpacked archive: what Helm's rules leave out was left out when it was packed.
    pub packed: bool,
    /// For subcharts that are archives (`charts/*.tgz`).
    pub unpack: Unpack<'a>,
    /// For dependencies that are not in `charts/`. Without it they are an error where the chart is rendered.
    pub fetch: Option<Fetch<'a>>,
    pub limits: Limits,
}

impl Default for Loading<'_> {
    fn default() -> Self {
        Loading { packed: false, unpack: &no_archives, fetch: None, limits: Limits::default() }
    }
}

fn no_archives(_: &str, _: &Arc<[u8]>) -> Result<Tree, String> {
    Err("archives are not read here".to_owned())
}

/// What is left of the budgets.
pub(super) struct Reader<'a> {
    pub(super) loading: &'a Loading<'a>,
    bytes: u64,
    files: usize,
    pub(super) fetches: usize,
}

pub(super) fn chart(tree: &Tree, directory: &str, loading: &Loading<'_>) -> Result<Chart, Error> {
    let home = Home { tree: tree.clone(), directory: directory.to_owned() };
    let tree = &tree.below(directory);
    if !tree.is_file("Chart.yaml") {
        return Err(Error::NoChart { directory: tree.name("") });
    }
    let mut reader = Reader { loading, bytes: 0, files: 0, fetches: 0 };
    let files = reader.below(tree, !loading.packed)?;
    let chart = reader.chart(files, &tree.name(""), Some(&home), 0)?;
    match chart.metadata.api_version.as_str() {
        "v1" | "v2" => Ok(chart),
        other => {
            let message = format!("charts of the version `{other}` are not supported");
            Err(Error::Metadata { file: chart.source.name().to_owned(), message, place: None })
        }
    }
}

impl Reader<'_> {
    /// The files of a directory, those of a directory before what comes after it.
    pub(super) fn below(&mut self, tree: &Tree, by_rules: bool) -> Result<Vec<File>, Error> {
        let mut rules = by_rules.then(Rules::default);
        if by_rules && tree.is_file(".helmignore") {
            let name = tree.name(".helmignore");
            let text = self.file(tree, ".helmignore")?;
            let text = String::from_utf8_lossy(&text.bytes);
            rules = Some(Rules::parse(&text).map_err(|(rule, why)| Error::Ignore { file: name, rule, why })?);
        } else if by_rules {
            rules = Rules::parse("").ok();
        }
        let mut files = Vec::new();
        let mut pending = vec![(String::new(), Kind::Directory)];
        while let Some((path, kind)) = pending.pop() {
            let ignored = |rules: &Rules| !path.is_empty() && rules.ignores(&path, kind == Kind::Directory);
            if rules.as_ref().is_some_and(ignored) {
                continue;
            }
            if kind == Kind::File {
                files.push(self.file(tree, &path)?);
                continue;
            }
            let entries = tree.list(&path)?;
            self.files += entries.len();
            let allowed = self.loading.limits.files;
            if self.files > allowed {
                return Err(Error::Limit { what: tree.name(""), limit: "chart-files", allowed: allowed as u64 });
            }
            pending.extend(entries.into_iter().rev().map(|(name, kind)| (joined(&path, &name), kind)));
        }
        Ok(files)
    }

    fn file(&mut self, tree: &Tree, path: &str) -> Result<File, Error> {
        let bytes = tree.read(path)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map_or_else(|| bytes.clone(), Arc::from);
        self.bytes += bytes.len() as u64;
        let allowed = self.loading.limits.bytes;
        if self.bytes > allowed {
            return Err(Error::Limit { what: tree.name(""), limit: "chart-bytes", allowed });
        }
        Ok(File { path: path.to_owned(), shown: tree.name(path), bytes })
    }

    /// Sorts the files of a chart by what they are for. `home` is where it lies, unless it came packed.
    pub(super) fn chart(
        &mut self,
        files: Vec<File>,
        shown: &str,
        home: Option<&Home>,
        depth: usize,
    ) -> Result<Chart, Error> {
        let allowed = self.loading.limits.depth;
        if depth > allowed {
            return Err(Error::Limit { what: shown.to_owned(), limit: "chart-depth", allowed: allowed as u64 });
        }
        let Some(found) = files.iter().find(|file| file.path == "Chart.yaml") else {
            return Err(Error::NoChart { directory: shown.to_owned() });
        };
        let (source, root) = one_document(found, &self.loading.limits)?;
        let mut metadata = Metadata::read(&root, &source).map_err(|error| wrong_type(&found.shown, error))?;
        let mut sorted = Sorted::default();
        for file in files {
            sorted.take(file, &mut metadata, &self.loading.limits)?;
        }
        let metadata = metadata.checked(&root, &source)?;
        let mut charts = Vec::new();
        for (name, files) in std::mem::take(&mut sorted.charts) {
            let within = home.map(|home| home.below("charts").below(&name));
            let Some(chart) = self.subchart(&name, files, (shown, within.as_ref()), depth)? else { continue };
            charts.push((name, chart));
        }
        if self.loading.fetch.is_some() {
            let here = Here { metadata: &metadata, lock: sorted.lock.take(), home, depth };
            self.missing(&mut charts, &here, &mut sorted.remarks)?;
            charts.sort_by(|one, other| one.0.cmp(&other.0));
        }
        let charts = charts.into_iter().map(|(_, chart)| chart).collect();
        let Sorted { templates, files, defaults, schema, remarks, requires, .. } = sorted;
        let declares_dependencies = requires || root.field("dependencies").is_some();
        Ok(Chart { metadata, declares_dependencies, source, root, defaults, schema, templates, files, charts, remarks })
    }

    fn subchart(
        &mut self,
        name: &str,
        files: Vec<File>,
        (of, home): (&str, Option<&Home>),
        depth: usize,
    ) -> Result<Option<Chart>, Error> {
        if name.starts_with(['_', '.']) {
            return Ok(None);
        }
        let is_packed = name.ends_with(".tgz");
        let (files, shown) = if is_packed {
            let Some(packed) = files.into_iter().next().filter(|file| file.path == name) else {
                let message = "it is a directory, and its name that of an archive".to_owned();
                return Err(Error::Archive { file: format!("{of}/charts/{name}"), message });
            };
            (self.unpacked(&packed)?, packed.shown)
        } else {
            let shown = files.first().and_then(|file| Some(file.shown.strip_suffix(&file.path)?.to_owned() + name));
            let within = |mut file: File| {
                file.path = file.path.split_once('/')?.1.to_owned();
                Some(file)
            };
            (files.into_iter().filter_map(within).collect(), shown.unwrap_or_else(|| format!("{of}/charts/{name}")))
        };
        self.chart(files, &shown, home.filter(|_| !is_packed), depth + 1).map(Some)
    }

    /// The files of an archive, all of which are in a directory.
    fn unpacked(&mut self, packed: &File) -> Result<Vec<File>, Error> {
        let refuse = |message: String| Error::Archive { file: packed.shown.clone(), message };
        let tree = (self.loading.unpack)(&packed.shown, &packed.bytes).map_err(refuse)?;
        let mut files = self.below(&tree, false)?;
        for file in &mut files {
            match file.path.split_once('/') {
                Some((_, path)) => file.path = path.to_owned(),
                None => return Err(refuse(format!("`{}` is outside of the chart's directory", file.path))),
            }
        }
        if files.is_empty() {
            return Err(refuse("there is no file in it".to_owned()));
        }
        Ok(files)
    }
}

#[derive(Default)]
struct Sorted {
    templates: Vec<File>,
    files: Vec<File>,
    charts: BTreeMap<String, Vec<File>>,
    defaults: Vec<(Arc<Source>, Node)>,
    schema: Option<Arc<Source>>,
    /// There is a list of dependencies in `requirements.yaml`.
    requires: bool,
    lock: Option<(Arc<Source>, Node)>,
    remarks: Vec<Remark>,
}

impl Sorted {
    fn take(&mut self, mut file: File, metadata: &mut Metadata, limits: &Limits) -> Result<(), Error> {
        match file.path.as_str() {
            "Chart.yaml" => {}
            "Chart.lock" => self.lock = Some(one_document(&file, limits)?),
            "values.yaml" => self.defaults = mappings(&file.text()?, limits)?,
            "values.schema.json" => self.schema = Some(file.text()?),
            "requirements.yaml" => {
                let (source, root) = one_document(&file, limits)?;
                self.requires = root.field("dependencies").is_some();
                if self.requires {
                    let read = Dependency::read(&root, &source);
                    metadata.dependencies = read.map_err(|error| wrong_type(&file.shown, error))?;
                }
                self.old(file, source, metadata, "dependencies stand in Chart.yaml");
            }
            "requirements.lock" => {
                let (source, root) = one_document(&file, limits)?;
                self.lock = Some((source.clone(), root));
                self.old(file, source, metadata, "dependencies are locked in Chart.lock");
            }
            path if path.starts_with("templates/") => self.templates.push(file),
            path => match path.strip_prefix("charts/") {
                Some(path) if !path.ends_with(".prov") => {
                    file.path = path.to_owned();
                    let name = file.path.split('/').next().unwrap_or_default().to_owned();
                    self.charts.entry(name).or_default().push(file);
                }
                _ => self.files.push(file),
            },
        }
        Ok(())
    }

    /// Files of charts of the version `v1`.
    fn old(&mut self, file: File, source: Arc<Source>, metadata: &Metadata, now: &str) {
        if metadata.api_version == "v1" {
            self.files.push(file);
            return;
        }
        let message = format!("since `apiVersion: v2` {now}; `{}` is read nevertheless", file.path);
        self.remarks.push(Remark { weight: Weight::Note, place: Some((source, Span::default())), message });
    }
}

/// The first document of a file; `null` of an empty one.
fn one_document(file: &File, limits: &Limits) -> Result<(Arc<Source>, Node), Error> {
    let source = file.text()?;
    let root = match document::read_lenient(&source, limits.document).next() {
        None => Node::default(),
        Some(Ok(document)) => document.root,
        Some(Err(error)) => return Err(Error::Document { file: source, error }),
    };
    Ok((source, root))
}

/// The documents of a text of values, each of which is a mapping.
pub(in crate::format::helm) fn mappings(
    source: &Arc<Source>,
    limits: &Limits,
) -> Result<Vec<(Arc<Source>, Node)>, Error> {
    let mut mappings = Vec::new();
    for document in document::read_lenient(source, limits.document) {
        let root = document.map_err(|error| Error::Document { file: source.clone(), error })?.root;
        match root.value {
            document::Value::Mapping(_) => mappings.push((source.clone(), root)),
            document::Value::Null => {}
            _ => {
                let place = Place { source: source.clone(), span: root.span };
                return Err(Error::NoMapping { file: source.name().to_owned(), found: root.type_name(), place });
            }
        }
    }
    Ok(mappings)
}

pub(super) fn wrong_type(file: &str, error: WrongType) -> Error {
    let WrongType { field, expected, found, place } = error;
    let what = if field.is_empty() { "it".to_owned() } else { format!("`{field}`") };
    let message = format!("{what} must be {}, not {found}", article(expected));
    Error::Metadata { file: file.to_owned(), message, place: Some(place) }
}

fn article(noun: &str) -> String {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {noun}") } else { format!("a {noun}") }
}

impl From<tree::Error> for Error {
    fn from(error: tree::Error) -> Error {
        Error::Tree(error)
    }
}
