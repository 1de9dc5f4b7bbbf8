//! All texts that a command reads, what was rendered among them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mesheryctl::document::{Limits, Node, read};
use mesheryctl::format::compose::{Account, Fate, Line};
use mesheryctl::format::{self, Output, RenderError, SourceType, Unit, Weight};
use mesheryctl::source::Provenance;
use mesheryctl::tree::{self, Tree};

use super::{
    Input, PassedOver,
    found::{Found, Item, Where, Whole, find},
    root::{self, Recorded, Rooted},
};
use crate::cli::{
    Failure, Ui,
    rendering::{self, Prepared},
    show::count,
    ui::escape_line,
};

/// What a command was given with `-f`.
pub(crate) struct Given<'a> {
    pub(crate) paths: &'a [PathBuf],
    pub(crate) recursive: bool,
    pub(crate) rendering: &'a rendering::Args,
    /// Says of a name whether nobody wants it: the project's file.
    pub(crate) excludes: &'a dyn Fn(&str) -> bool,
}

/// For commands that the project's file does not speak of.
pub(crate) const NONE_EXCLUDED: &dyn Fn(&str) -> bool = &|_| false;

/// Texts to read, in a fixed order, and what is to be said of the rest.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) files: Vec<Input>,
    /// What could not be rendered.
    pub(crate) broken: Vec<Broken>,
    /// What was rendered, by the names users know, whether objects came of it or not.
    pub(crate) rendered: Vec<String>,
    /// How many things [`Given::excludes`] left out.
    pub(crate) excluded: usize,
    /// Directories below a given one that were not entered because `-R` was not given.
    pub(crate) unread_dirs: Vec<PathBuf>,
    /// Links that lead out of the directory they stand in, and things that are not files.
    pub(crate) passed_over: Vec<PassedOver>,
    pub(crate) provenance: Vec<Provenance>,
    /// The name of what was rendered, if it was one thing and has one.
    pub(crate) name: Option<String>,
    /// The files that what was rendered was made of.
    pub(crate) originals: Vec<Read>,
    /// Accounts of Compose projects.
    pub(crate) accounts: Vec<format::compose::Account>,
}

/// A file that was read to render something, and the short name of what it is of.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) name: String,
    pub(crate) format: &'static str,
    pub(crate) bytes: Arc<[u8]>,
}

/// Something that could not be rendered, and why.
#[derive(Debug)]
pub(crate) struct Broken {
    /// What users call it.
    pub(crate) name: String,
    pub(crate) error: RenderError,
}

impl Given<'_> {
    pub(super) fn source_type(&self) -> Option<SourceType> {
        self.rendering.source_type
    }

    /// Whether there may be anything that is rendered as a whole.
    pub(super) fn finds_units(&self) -> bool {
        !matches!(self.source_type(), Some(SourceType::Kubernetes | SourceType::Design))
    }

    pub(super) fn may_be(&self, unit: &Unit) -> bool {
        self.source_type().is_none_or(|wanted| wanted == unit.source_type())
    }
}

impl Broken {
    /// `web/templates/a.yaml:3:5: …`, or with the unit's name where no place is known.
    pub(crate) fn message(&self) -> String {
        let place = self.error.place().map_or_else(|| self.name.clone(), |(source, span)| source.place(span));
        escape_line(&format!("{place}: {}", self.error))
    }

    pub(crate) fn into_failure(self) -> Failure {
        let failure = Failure::new(self.message());
        self.error.hint().into_iter().fold(failure, Failure::hint)
    }
}

/// Finds and renders what was given. What cannot be rendered is among [`Gathered::broken`].
///
/// # Errors
/// What cannot be read or fetched, and a `--source-type` that is not what is there.
pub(crate) fn gather(given: &Given<'_>, ui: &Ui) -> Result<Gathered, Failure> {
    let mut found = find(given)?;
    let before = found.items.len();
    found.items.retain(|item| !(given.excludes)(&item.name()));
    let excluded = before - found.items.len();
    let prepared = given.rendering.prepare()?;
    build_roots_only(&mut found, ui);
    let Found { items, unread_dirs, passed_over, provenance, kustomized } = found;
    let mut gathered = Gathered { excluded, unread_dirs, passed_over, provenance, ..Gathered::default() };
    let alone = items.len() == 1;
    for item in items {
        let whole = match item {
            Item::Input(input) => {
                gathered.files.push(input);
                continue;
            }
            Item::Whole(whole) => whole,
        };
        match render(&whole, &prepared)? {
            Ok((output, originals)) => {
                gathered.originals.extend(originals);
                gathered.take(&whole, output, alone, ui);
            }
            // A library is there to be rendered by others.
            Err(error) if !alone && error.is_library() => {
                ui.note(&format!("{}: a library chart, which renders nothing by itself", escape_line(&whole.name())));
            }
            Err(error) => {
                gathered.broken.push(Broken { name: whole.name(), error });
            }
        }
    }
    if gathered.broken.is_empty() {
        gathered.tell_unused(&kustomized, ui);
    }
    Ok(gathered)
}

impl Gathered {
    /// What to say where all that was given is rendered, and nothing comes of it.
    pub(crate) fn nothing_rendered(&self) -> Failure {
        let objects = if self.rendered.len() == 1 { "renders no objects" } else { "render no objects" };
        Failure::new(format!("{} {objects}", self.rendered.join(", ")))
            .hint("other values may: `--values FILE`, `--set KEY=VALUE`, `--profile PROFILE`")
    }

    /// Says which files stand below a kustomization and are no part of one.
    fn tell_unused(&self, kustomized: &[PathBuf], ui: &Ui) {
        if kustomized.is_empty() {
            return;
        }
        let used: HashSet<PathBuf> =
            self.originals.iter().filter_map(|original| Path::new(&original.name).canonicalize().ok()).collect();
        let unused = |path: &&PathBuf| path.canonicalize().map_or(true, |real| !used.contains(&real));
        let unused: Vec<String> =
            kustomized.iter().filter(unused).map(|path| escape_line(&super::name(path))).collect();
        if let Some(first) = unused.first() {
            let files = count(unused.len(), "file");
            let more = if unused.len() > 1 { " among them" } else { "" };
            ui.note(&format!("{files} below a kustomization that names them nowhere, not read: {first}{more}"));
        }
    }

    fn take(&mut self, whole: &Whole, output: Output, alone: bool, ui: &Ui) {
        let Output { rendered, name, account } = output;
        let called = escape_line(&whole.name());
        let what = whole.unit.noun();
        match &name {
            Some(name) => ui.note(&format!("{called}: rendered as the {what} {}", escape_line(name))),
            None => ui.note(&format!("{called}: rendered as a {what}")),
        }
        for remark in rendered.remarks {
            let place = remark.place.map(|(source, span)| source.place(span));
            let text = escape_line(&match place {
                Some(place) => format!("{place}: {}", remark.message),
                None => format!("{called}: {}", remark.message),
            });
            match remark.weight {
                Weight::Note => ui.note(&text),
                Weight::Warning => ui.warn(&text),
            }
        }
        self.files.extend(rendered.texts.into_iter().map(Input::Made));
        self.rendered.push(called.clone());
        if alone {
            self.name = name;
        }
        if let Some(account) = account {
            tell(&account, &called, ui);
            self.accounts.push(account);
        }
    }
}

/// What is not the same any more is said at once, and what is so for one reason is said once; the account has all of it.
fn tell(account: &Account, called: &str, ui: &Ui) {
    let mut groups: Vec<(Weight, &str, Vec<&Line>)> = Vec::new();
    for line in &account.lines {
        let (weight, why) = match &line.fate {
            Fate::Converted { .. } => continue,
            Fate::Approximated { how, .. } => (Weight::Note, how.as_str()),
            Fate::Dropped { why, weight } => (*weight, why.as_str()),
        };
        match groups.iter_mut().find(|group| (group.0, group.1) == (weight, why)) {
            Some(group) => group.2.push(line),
            None => groups.push((weight, why, vec![line])),
        }
    }
    for (weight, why, lines) in groups {
        let text = escape_line(&said(&lines, why, called));
        match weight {
            Weight::Note => ui.note(&text),
            Weight::Warning => ui.warn(&text),
        }
    }
    let (converted, approximated, dropped) = account.counts();
    ui.note(&format!("{called}: {converted} converted, {approximated} approximated, {dropped} dropped"));
}

/// Lines of one reason, at the place of the first.
fn said(lines: &[&Line], why: &str, called: &str) -> String {
    const NAMED: usize = 3;
    let Some(first) = lines.first() else { return String::new() };
    let place = first.place.as_ref().map_or_else(|| called.to_owned(), |(source, span)| source.place(*span));
    if let [only] = lines {
        return format!("{place}: {}: {}", only.path, only.fate);
    }
    let mut paths: Vec<&str> = lines.iter().take(NAMED).map(|line| line.path.as_str()).collect();
    let more = lines.len().saturating_sub(NAMED);
    let more_of_them = format!("{more} more");
    if more > 0 {
        paths.push(&more_of_them);
    }
    let last = paths.pop().unwrap_or_default();
    let fate = if matches!(first.fate, Fate::Dropped { .. }) { "dropped" } else { "approximated" };
    format!("{place}: {} and {last}: {fate} ({why})", paths.join(", "))
}

fn render(whole: &Whole, prepared: &Prepared) -> Result<Result<(Output, Vec<Read>), RenderError>, Failure> {
    let in_tree = |tree: &Tree, directory: &str, called: &str| {
        let recorded = Recorded::new(tree);
        let output =
            prepared.with(called, |rendering| format::render(&whole.unit, &recorded.tree(), directory, rendering))?;
        let format = whole.unit.source_type().short();
        let read = recorded.read().into_iter().map(|(name, bytes)| Read { name, format, bytes });
        Ok((output, read.collect()))
    };
    let dir = match &whole.at {
        Where::Tree(tree, directory) => {
            let called = match tree::file_name(directory) {
                "" if tree.name("").is_empty() || tree.name("") == "." => here(),
                name => name.to_owned(),
            };
            return Ok(in_tree(tree, directory, &called));
        }
        Where::Disk(dir) => dir,
    };
    let called = dir.canonicalize().ok().and_then(|real| Some(real.file_name()?.to_string_lossy().into_owned()));
    let called = called.unwrap_or_default();
    let roots = match whole.unit {
        Unit::Kustomization => root::widening(dir)?,
        Unit::Chart if prepared.fetches_dependencies() => root::above(dir)?,
        Unit::Chart | Unit::Compose(_) => vec![root::repository_or_self(dir)?],
    };
    let mut last = None;
    for root in roots {
        let Rooted { tree, directory } = root::rooted(dir, &root)?;
        match in_tree(&tree, &directory, &called) {
            Err(error) if error.leads_out() => last = Some(error),
            result => return Ok(result),
        }
    }
    last.map(Err).ok_or_else(|| Failure::new(format!("{} cannot be read", escape_line(&whole.name()))))
}

/// The name of the current directory.
fn here() -> String {
    let name = std::env::current_dir().ok().and_then(|here| Some(here.file_name()?.to_string_lossy().into_owned()));
    name.unwrap_or_default()
}

/// Where several kustomizations were found, those that others build on are built as parts of them, and not once more.
fn build_roots_only(found: &mut Found, ui: &Ui) {
    let is_kustomization = |item: &Item| matches!(item, Item::Whole(Whole { unit: Unit::Kustomization, .. }));
    if found.items.iter().filter(|item| is_kustomization(item)).count() < 2 {
        return;
    }
    let mut bases: HashSet<PathBuf> = HashSet::new();
    let mut components: HashSet<PathBuf> = HashSet::new();
    for item in &found.items {
        let Item::Whole(Whole { unit: Unit::Kustomization, at: Where::Disk(dir) }) = item else { continue };
        let Some(root) = kustomization(dir) else { continue };
        if root.str_at("kind") == Some("Component") {
            components.extend(dir.canonicalize());
        }
        let listed = ["resources", "bases", "components"].into_iter().filter_map(|key| root.get(key));
        let named = listed.flat_map(Node::items).filter_map(Node::as_str);
        bases.extend(named.filter_map(|path| dir.join(path).canonicalize().ok()).filter(|path| path.is_dir()));
    }
    let before = found.items.len();
    found.items.retain(|item| match item {
        Item::Whole(Whole { unit: Unit::Kustomization, at: Where::Disk(dir) }) => {
            dir.canonicalize().map_or(true, |real| !bases.contains(&real) && !components.contains(&real))
        }
        _ => true,
    });
    let parts = before - found.items.len();
    if parts > 0 {
        ui.note(&format!("{} built as part of those that name them", count(parts, "kustomization")));
    }
}

fn kustomization(dir: &Path) -> Option<Node> {
    let entries = std::fs::read_dir(dir).ok()?.filter_map(Result::ok);
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let name = names.into_iter().find(|name| Unit::of_file(name) == Some(Unit::Kustomization))?;
    let input = Input::File(dir.join(name));
    let source = input.read(&Limits::default()).ok()?.ok()?;
    read(&source, Limits::default()).next()?.ok().map(|document| document.root)
}
