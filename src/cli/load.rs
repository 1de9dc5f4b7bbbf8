//! What users name, files or saved designs, as one design.

use std::cell::LazyCell;
use std::path::{Path, PathBuf};

use mesheryctl::backend::Backend;
use mesheryctl::design::{Design, Place, Reason};
use mesheryctl::document::{self, Limits, Mapping, Node, Source};
use mesheryctl::format::{
    self, Read,
    compose::{Account, Fate},
};
use mesheryctl::registry::Registry;
use mesheryctl::source::Provenance;
use mesheryctl::store::{Name, Original, Reference};
use serde::Serialize;

use super::input::{self, Gathered, Given, Input};
use super::output;
use super::saved::{self, Access};
use super::show::count;
use super::ui::escape_line;
use super::{Failure, Ui};

/// How many of the texts that cannot be read are told.
const TOLD_MAX: usize = 20;

/// What files said.
pub(crate) struct Loaded {
    pub(crate) design: Design,
    pub(crate) originals: Vec<Original>,
    /// Objects found: always the sum of components and skipped.
    pub(crate) found: usize,
    pub(crate) skipped: Vec<Skipped>,
    /// Of Compose projects.
    pub(crate) accounts: Vec<Account>,
}

struct Files {
    read: Read,
    originals: Vec<Original>,
    gathered: Gathered,
}

/// What is no component, and why.
#[derive(Debug, Serialize)]
pub(crate) struct Skipped {
    at: String,
    reason: String,
}

/// Reads what was given as one design, and tells on stderr what is worth knowing. The design is called `name`, or as it
/// calls itself, or after the chart, the file or directory it was read from. It remembers where it came from.
pub(crate) fn design(given: &Given<'_>, name: Option<&Name>, ui: &Ui) -> Result<Loaded, Failure> {
    let Files { read, originals, gathered } = files(given, ui)?;
    let (found, skipped) = (read.found, read.skipped.iter().map(skipped).collect());
    let natural = gathered.name.clone().or_else(|| natural_name(given.paths, &gathered.provenance)).unwrap_or_default();
    let mut design = read.into_design(name.map(Name::as_str), &natural);
    describe(&mut design)?;
    remember(&mut design, &gathered.provenance)?;
    if design.name.is_empty() {
        return Err(Failure::new("what was given has no name of its own").hint("`--name NAME` gives it one"));
    }
    Ok(Loaded { design, originals, found, skipped, accounts: gathered.accounts })
}

/// Keeps in the design which commit, URL or artifact it was made of. Files on this machine are their own record.
fn remember(design: &mut Design, provenance: &[Provenance]) -> Result<(), Failure> {
    let elsewhere: Vec<&Provenance> =
        provenance.iter().filter(|provenance| !matches!(provenance, Provenance::Files { .. })).collect();
    if elsewhere.is_empty() {
        return Ok(());
    }
    let json = serde_json::to_string(&elsewhere).map_err(|error| Failure::new(error.to_string()))?;
    let source = Source::new("provenance", json);
    let document = document::read(&source, Limits::default()).next();
    let Some(Ok(mut document)) = document else { return Ok(()) };
    document.root.forget_places();
    if design.extra.get("metadata").and_then(Node::as_mapping).is_none() {
        design.extra.insert("metadata", Mapping::new());
    }
    if let Some(metadata) = design.extra.get_mut("metadata").and_then(Node::as_mapping_mut) {
        metadata.insert("provenance", document.root);
    }
    Ok(())
}

/// Writes what became of every key of Compose files.
pub(crate) fn write_account(path: Option<&Path>, accounts: &[Account]) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    if accounts.is_empty() {
        return Err(Failure::new("`--account` is about Compose files, and there was none"));
    }
    let line = |line: &format::compose::Line| {
        let at = line.place.as_ref().map(|(source, span)| source.place(*span));
        let (fate, to, why) = match &line.fate {
            Fate::Converted { to } => ("converted", to.as_str(), ""),
            Fate::Approximated { to, how } => ("approximated", to.as_str(), how.as_str()),
            Fate::Dropped { why, .. } => ("dropped", "", why.as_str()),
        };
        serde_json::json!({ "path": line.path, "at": at, "fate": fate, "to": to, "why": why })
    };
    let lines: Vec<_> = accounts.iter().flat_map(|account| &account.lines).map(line).collect();
    let text = serde_json::to_string_pretty(&lines).map_err(|error| Failure::new(error.to_string()))?;
    output::write_file(path, format!("{text}\n").as_bytes())
}

/// One side of a comparison: a path, or (where there is none of this name) a saved design; see [`SAVED`].
pub(crate) fn path_or_saved(side: &Given<'_>, ui: &Ui) -> Result<Design, Failure> {
    let [given] = side.paths else { return Err(Failure::new("a side is one path")) };
    let text = given.to_string_lossy();
    if let Some(name) = text.strip_prefix(SAVED) {
        return saved_design(name, ui);
    }
    let error = match std::fs::symlink_metadata(given) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && input::is_path(given) => error,
        _ => {
            let Files { read, gathered, .. } = files(side, ui)?;
            return Ok(read.into_design(None, &natural_name(side.paths, &gathered.provenance).unwrap_or_default()));
        }
    };
    if looks_like_a_path(given) {
        return Err(Failure::io("read", given, &error).hint(format!("`{SAVED}NAME` means a saved design")));
    }
    saved_design(&text, ui).map_err(|failure| Failure {
        message: format!("there is no file `{text}`, and {}", failure.message),
        ..failure
    })
}

/// Before a name, says that it is that of a saved design although a file or directory is called so too.
pub(crate) const SAVED: &str = "saved:";

fn saved_design(name: &str, ui: &Ui) -> Result<Design, Failure> {
    let reference = Reference::new(name);
    Ok(saved::ask(ui, Access::Look, async |backend| backend.view(&reference).await)?.design)
}

/// Whether nobody would call a design so.
fn looks_like_a_path(path: &Path) -> bool {
    path.components().count() > 1 || path.extension().is_some_and(input::is_readable_ending)
}

fn files(given: &Given<'_>, ui: &Ui) -> Result<Files, Failure> {
    let mut gathered = input::gather(given, ui)?;
    // Part of a design is no design.
    if !gathered.broken.is_empty() {
        return Err(gathered.broken.swap_remove(0).into_failure());
    }
    let (read, originals) = read(&mut gathered)?;
    tell(&gathered, &read, ui);
    if read.components.is_empty() && read.designs.is_empty() {
        return Err(nothing(given.paths, &gathered, &read));
    }
    Ok(Files { read, originals, gathered })
}

/// Adds what Kubernetes' definitions, and those among the components, tell of the components.
fn describe(design: &mut Design) -> Result<(), Failure> {
    let mut registry = Registry::kubernetes(Registry::LATEST).map_err(|error| Failure::new(error.to_string()))?;
    for component in design.components.iter().filter(|component| component.is_definition()) {
        // One that is no good tells nothing; `pattern validate` says why.
        let _ = registry.add_crd(&component.configuration);
    }
    format::describe(&mut design.components, &registry);
    Ok(())
}

fn read(inputs: &mut Gathered) -> Result<(Read, Vec<Original>), Failure> {
    let (mut all, mut broken) = (Read::default(), Vec::new());
    let rendered = std::mem::take(&mut inputs.originals).into_iter();
    let mut originals: Vec<Original> = rendered
        .map(|read| Original { name: read.name, format: read.format.to_owned(), bytes: read.bytes.to_vec() })
        .collect();
    // Only files older than `apiVersion` ask for it.
    let registry = LazyCell::new(|| Registry::kubernetes(Registry::LATEST).ok());
    let find_kind = |kind: &str| format::kinds_of(registry.as_ref()?)(kind);
    for input in &inputs.files {
        let source = match input.read(&Limits::default())? {
            Ok(source) => source,
            Err(failed) => {
                broken.push(escape_line(&failed.1.describe(&failed.0)));
                continue;
            }
        };
        let read = format::read_source(&source, Limits::default(), &find_kind);
        for skipped in &read.skipped {
            if let Reason::Unreadable(error) = &skipped.reason {
                broken.push(escape_line(&error.describe(&source)));
            }
        }
        if !matches!(input, Input::Made(_)) {
            originals.push(original(input, &source, &read));
        }
        all.append(read);
    }
    if broken.is_empty() { Ok((all, originals)) } else { Err(unreadable(&broken)) }
}

fn original(input: &Input, source: &Source, read: &Read) -> Original {
    let format = if read.designs.is_empty() { "kubernetes" } else { "design" };
    Original { name: input.name(), format: format.to_owned(), bytes: source.text().as_bytes().to_vec() }
}

/// Part of a design is no design: one text that cannot be read ends it, after all of them were looked at.
fn unreadable(broken: &[String]) -> Failure {
    let hint = "mend it, or leave it out by naming files or a glob";
    if let [only] = broken {
        return Failure::new(only.clone()).hint(hint);
    }
    let mut message = format!("{} cannot be read:", count(broken.len(), "document"));
    for one in broken.iter().take(TOLD_MAX) {
        message.push_str("\n  ");
        message.push_str(one);
    }
    if broken.len() > TOLD_MAX {
        message.push_str(&format!("\n  and {} more", broken.len() - TOLD_MAX));
    }
    Failure::new(message).hint(hint)
}

fn tell(inputs: &Gathered, read: &Read, ui: &Ui) {
    for (path, why) in &inputs.passed_over {
        ui.warn(&format!("{}: passed over: {why}", escape_line(path)));
    }
    if !inputs.unread_dirs.is_empty() {
        let directories: Vec<_> = inputs.unread_dirs.iter().map(|path| path.display().to_string()).collect();
        ui.note(&format!("not entered without -R: {}", directories.join(", ")));
    }
    for (place, error) in &read.problems {
        ui.warn(&format!("{}: {}", at(place), error.kind));
    }
    for note in &read.notes {
        ui.note(&format!("{}: {}", at(&note.place), note.change));
    }
    // Empty documents are everyday; the count tells of them.
    for skipped in read.skipped.iter().filter(|skipped| skipped.reason != Reason::Empty) {
        ui.warn(&format!("{}: skipped: {}", at(&skipped.place), skipped.reason));
    }
}

fn nothing(given: &[PathBuf], inputs: &Gathered, read: &Read) -> Failure {
    let failure = match inputs.files.len() {
        0 if !inputs.rendered.is_empty() => return inputs.nothing_rendered(),
        0 => Failure::new(format!("there is no YAML or JSON file in {}", input::named(given))),
        files => Failure::new(format!(
            "{} found in {}, but no Kubernetes object and no design",
            count(read.found, "document"),
            count(files, "file")
        )),
    };
    if inputs.unread_dirs.is_empty() { failure } else { failure.hint("`-R` reads the directories below too") }
}

fn skipped(skipped: &mesheryctl::design::Skipped) -> Skipped {
    Skipped { at: at(&skipped.place), reason: skipped.reason.to_string() }
}

/// `web.yaml:3:1`.
fn at(place: &Place) -> String {
    place.source.place(place.span)
}

/// What one file or directory is called: `shop` for `k8s/shop.yaml`, `k8s` for `k8s/`; the same of what lies elsewhere.
fn natural_name(given: &[PathBuf], provenance: &[Provenance]) -> Option<String> {
    let [path] = given else { return None };
    if path == Path::new("-") {
        return None;
    }
    let Ok(real) = path.canonicalize() else { return name_elsewhere(provenance.first()?) };
    let name = if real.is_dir() { real.file_name() } else { path.file_stem() };
    name.map(|name| name.to_string_lossy().trim().to_owned())
}

fn name_elsewhere(provenance: &Provenance) -> Option<String> {
    let path = match provenance {
        Provenance::Files { path } | Provenance::Archive { path, .. } => path,
        Provenance::Git { repository, path, .. } if path.is_empty() => repository,
        Provenance::Git { path, .. } => path,
        Provenance::Url { url, .. } => url,
        Provenance::Oci { repository, .. } => repository,
        Provenance::Chart { chart, .. } => return Some(chart.clone()),
    };
    Some(Path::new(path.trim_end_matches('/')).file_stem()?.to_string_lossy().into_owned())
}
