//! What was given, as what it is: texts, and what is rendered as a whole.

use std::path::{Path, PathBuf};

use mesheryctl::document::Limits;
use mesheryctl::format::{SourceType, Unit};
use mesheryctl::source::{self, Packed, Provenance, Reference};
use mesheryctl::tree::{self, Memory, Tree};

use super::{
    Input, PassedOver, disk,
    disk::Walk,
    fetched,
    gathered::Given,
    root::{self, PIPED, Rooted},
};
use crate::cli::{Failure, ui::escape_line};

/// In a fixed order, and what was passed over.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) items: Vec<Item>,
    /// Directories below a given one that were not entered because `-R` was not given.
    pub(super) unread_dirs: Vec<PathBuf>,
    /// Links that lead out of the directory they stand in, and things that are not files.
    pub(super) passed_over: Vec<PassedOver>,
    /// Files below a kustomization, which decides what becomes of them.
    pub(super) kustomized: Vec<PathBuf>,
    pub(super) provenance: Vec<Provenance>,
}

#[derive(Debug)]
pub(super) enum Item {
    Input(Input),
    Whole(Whole),
}

/// Something that is rendered as a whole, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub(super) unit: Unit,
    pub(super) at: Where,
}

#[derive(Debug, Clone)]
pub(super) enum Where {
    /// A directory on this machine.
    Disk(PathBuf),
    /// A directory of a commit, an archive, an artifact.
    Tree(Tree, String),
}

impl Whole {
    /// What users call it: its directory, or the (first) file of a Compose project.
    pub(super) fn name(&self) -> String {
        let file = match &self.unit {
            Unit::Compose(files) => files.first().map_or("", String::as_str),
            Unit::Chart | Unit::Kustomization => "",
        };
        match &self.at {
            Where::Disk(dir) if dir == Path::new(".") && !file.is_empty() => file.to_owned(),
            Where::Disk(dir) if file.is_empty() => super::name(dir),
            Where::Disk(dir) => super::name(&dir.join(file)),
            Where::Tree(tree, directory) => tree.name(&tree::joined(directory, file)),
        }
    }
}

impl Item {
    pub(super) fn name(&self) -> String {
        match self {
            Item::Input(input) => input.name(),
            Item::Whole(whole) => whole.name(),
        }
    }

    /// Its path on this machine.
    pub(super) fn path(&self) -> Option<PathBuf> {
        match self {
            Item::Input(Input::File(path) | Input::Stream(path)) => Some(path.clone()),
            Item::Whole(Whole { unit: Unit::Compose(files), at: Where::Disk(dir) }) => {
                Some(files.first().map_or_else(|| dir.clone(), |file| dir.join(file)))
            }
            Item::Whole(Whole { at: Where::Disk(dir), .. }) => Some(dir.clone()),
            _ => None,
        }
    }
}

/// Says what `given` is.
pub(super) fn find(given: &Given<'_>) -> Result<Found, Failure> {
    let mut found = Found::default();
    for path in given.paths {
        let before = found.items.len();
        one(path, given, &mut found)?;
        if let Some(wanted) = given.source_type() {
            expect(wanted, path, &found.items[before..])?;
        }
    }
    if given.paths.len() > 1 {
        found.items = disk::once_each(found.items);
    }
    one_project(&mut found.items);
    Ok(found)
}

fn one(path: &Path, given: &Given<'_>, found: &mut Found) -> Result<(), Failure> {
    let walk = Walk { recursive: given.recursive, units: given.finds_units() };
    // A `?` begins the query of an address; what is no address is a path, and may be a glob.
    let exists = |text: &str| Path::new(text).symlink_metadata().is_ok();
    let Some(text) = path.to_str() else { return walk.path(path, found) };
    match Reference::parse(text, exists).map_err(fetched::failure)? {
        Reference::Stdin if found.items.iter().any(|item| item.name() == PIPED) => {
            Err(Failure::new("standard input (`-`) was given twice"))
        }
        Reference::Stdin => standard_input(given, found),
        Reference::Path(text) => {
            let path = Path::new(&text);
            if path.join(LAYOUT).is_file() {
                let opened = source::open(path, tree::Limits::default()).map_err(fetched::failure)?;
                return layout(&opened, given, found);
            }
            if path.is_file() { file(path, given, found) } else { walk.path(path, found) }
        }
        reference => {
            let fetched = fetched::fetch(&reference)?;
            found.provenance.push(fetched.provenance.clone());
            if fetched.tree.is_file(LAYOUT) && !matches!(fetched.provenance, Provenance::Git { .. }) {
                return layout(&fetched, given, found);
            }
            let is_commit = matches!(fetched.provenance, Provenance::Git { .. });
            let path = match fetched.provenance {
                Provenance::Oci { .. } => artifact_path(&fetched.tree).unwrap_or(fetched.path),
                _ => fetched.path,
            };
            inside(&fetched.tree, &path, given.recursive || !is_commit, given, found)
        }
    }
}

/// A file that was named: what it is by its name, its first bytes, or (for Compose) by what it says.
fn file(path: &Path, given: &Given<'_>, found: &mut Found) -> Result<(), Failure> {
    if looks_packed(path) {
        let fetched = source::open(path, tree::Limits::default()).map_err(fetched::failure)?;
        found.provenance.push(fetched.provenance.clone());
        if fetched.tree.is_file(LAYOUT) {
            return layout(&fetched, given, found);
        }
        return inside(&fetched.tree, &fetched.path, true, given, found);
    }
    if !given.finds_units() {
        found.items.push(Item::Input(Input::File(path.to_path_buf())));
        return Ok(());
    }
    let name = path.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    let by_name = Unit::of_file(name).filter(|unit| given.may_be(unit));
    let by_type = (given.source_type() == Some(SourceType::Compose)).then(|| Unit::Compose(vec![name.to_owned()]));
    let unit = by_type.or(by_name).or_else(|| says_compose(path).then(|| Unit::Compose(vec![name.to_owned()])));
    let item = match unit {
        Some(unit) => {
            let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Item::Whole(Whole { unit, at: Where::Disk(dir.to_path_buf()) })
        }
        None => Item::Input(Input::File(path.to_path_buf())),
    };
    found.items.push(item);
    Ok(())
}

/// The mark of an OCI image layout, as a directory or an archive.
const LAYOUT: &str = "oci-layout";

/// What the one artifact of an image layout holds.
fn layout(fetched: &source::Fetched, given: &Given<'_>, found: &mut Found) -> Result<(), Failure> {
    let limits = tree::Limits::default();
    let read = || {
        let (artifact, _) = source::read_layout(&fetched.tree, None, limits)?;
        artifact.files(fetched.tree.name("").trim_end_matches('/'), limits)
    };
    let tree = read().map_err(fetched::failure)?;
    let path = artifact_path(&tree).or_else(|| source::top_directory(&tree)).unwrap_or_default();
    inside(&tree, &path, true, given, found)
}

/// The design among the files of an artifact. What lies beside it says how it is listed, and is nothing to deploy.
fn artifact_path(tree: &Tree) -> Option<String> {
    ["design.yml", "design.yaml"].into_iter().find(|path| tree.is_file(path)).map(str::to_owned)
}

/// Files of a tree, by the rules for directories on disk. Of an archive everything is wanted.
fn inside(tree: &Tree, path: &str, recursive: bool, given: &Given<'_>, found: &mut Found) -> Result<(), Failure> {
    let refused = |error: tree::Error| Failure::new(escape_line(&error.to_string()));
    if tree.is_file(path) {
        let unit = Unit::of_file(tree::file_name(path)).filter(|unit| given.finds_units() && given.may_be(unit));
        let at = Where::Tree(tree.clone(), tree::parent(path).to_owned());
        found.items.push(match unit {
            Some(unit) => Item::Whole(Whole { unit, at }),
            None => Item::Input(Input::Inside(tree.clone(), path.to_owned())),
        });
        return Ok(());
    }
    let before = found.items.len();
    let mut pending = vec![path.to_owned()];
    let mut entries = 0;
    while let Some(directory) = pending.pop() {
        let names = tree.list(&directory).map_err(refused)?;
        entries += names.len();
        if entries > tree::Limits::default().entries {
            let (name, most) = (tree.name(path), tree::Limits::default().entries);
            return Err(Failure::new(format!("{} exceeds the limit `entries` of {most}", escape_line(&name))));
        }
        let unit = Unit::of_directory(names.iter().map(|(name, _)| name.as_str())).filter(|_| given.finds_units());
        if let Some(unit) = &unit {
            let at = Where::Tree(tree.clone(), directory.clone());
            found.items.push(Item::Whole(Whole { unit: unit.clone(), at }));
        }
        if matches!(unit, Some(Unit::Chart | Unit::Kustomization)) {
            continue;
        }
        for (name, kind) in names {
            let path = tree::joined(&directory, &name);
            let part = unit.is_some() && matches!(Unit::of_file(&name), Some(Unit::Compose(_)));
            match kind {
                tree::Kind::Directory if recursive => pending.push(path),
                tree::Kind::Directory => found.unread_dirs.push(PathBuf::from(tree.name(&path))),
                tree::Kind::File if part || !Path::new(&name).extension().is_some_and(disk::is_readable_ending) => {}
                tree::Kind::File => found.items.push(Item::Input(Input::Inside(tree.clone(), path))),
            }
        }
    }
    found.items[before..].sort_by_key(Item::name);
    Ok(())
}

/// Archives are known by their endings: whoever packs one says so.
fn looks_packed(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    [".tgz", ".tar", ".tar.gz", ".zip"].iter().any(|ending| name.ends_with(ending))
}

/// Standard input comes once: what it is, its bytes say.
fn standard_input(given: &Given<'_>, found: &mut Found) -> Result<(), Failure> {
    let bytes = Input::Stdin.bytes(&Limits::default())?;
    if given.finds_units() && Packed::of(&bytes).is_some() {
        let files = source::unpack(PIPED, &bytes, tree::Limits::default()).map_err(fetched::failure)?;
        let tree = Tree::new(files);
        let top = source::top_directory(&tree).unwrap_or_default();
        return inside(&tree, &top, true, given, found);
    }
    let compose = Unit::Compose(vec![PIPED.to_owned()]);
    let says = || std::str::from_utf8(&bytes).is_ok_and(is_compose_text);
    let item = if given.source_type() == Some(SourceType::Compose) || given.source_type().is_none() && says() {
        let Rooted { tree, directory } = root::piped(bytes)?;
        Item::Whole(Whole { unit: compose, at: Where::Tree(tree, directory) })
    } else {
        let mut files = Memory::new("");
        files.insert(PIPED, bytes);
        Item::Input(Input::Inside(Tree::new(files), PIPED.to_owned()))
    };
    found.items.push(item);
    Ok(())
}

/// A Compose file by another name. Only small files are looked into: real ones have a few hundred lines.
fn says_compose(path: &Path) -> bool {
    const MOST: u64 = 1 << 20;
    let small = path.metadata().is_ok_and(|metadata| metadata.len() <= MOST);
    small && std::fs::read_to_string(path).is_ok_and(|text| is_compose_text(&text))
}

fn is_compose_text(text: &str) -> bool {
    if !text.contains("services:") || text.contains("apiVersion:") {
        return false;
    }
    let source = mesheryctl::document::Source::new("", text);
    let mut documents = mesheryctl::document::read(&source, mesheryctl::document::Limits::default());
    matches!(documents.next(), Some(Ok(document)) if mesheryctl::format::is_compose(&document.root))
}

/// `--source-type` is an assertion: what was given must hold such a thing.
fn expect(wanted: SourceType, path: &Path, items: &[Item]) -> Result<(), Failure> {
    let is_unit = |item: &Item| matches!(item, Item::Whole(whole) if whole.unit.source_type() == wanted);
    let wants_unit = matches!(wanted, SourceType::Helm | SourceType::Kustomize | SourceType::Compose);
    if !wants_unit || items.iter().any(is_unit) {
        return Ok(());
    }
    let what = match wanted {
        SourceType::Helm => "no Chart.yaml",
        SourceType::Kustomize => "no kustomization.yaml",
        _ => "no Compose file",
    };
    let path = escape_line(&path.to_string_lossy());
    Err(Failure::new(format!("there is {what} in {path}, so it is no source of the type {}", wanted.name()))
        .hint("leave out `--source-type`, and it is found out what it is"))
}

/// Compose files of one directory that were named one by one are one project, as `docker compose -f A -f B` has it.
fn one_project(items: &mut Vec<Item>) {
    let mut kept: Vec<Item> = Vec::new();
    for item in items.drain(..) {
        if let Item::Whole(Whole { unit: Unit::Compose(files), at: Where::Disk(dir) }) = &item {
            let same = kept.iter_mut().find_map(|kept| match kept {
                Item::Whole(Whole { unit: Unit::Compose(first), at: Where::Disk(other) }) if other == dir => {
                    Some(first)
                }
                _ => None,
            });
            if let Some(first) = same {
                first.extend(files.iter().filter(|file| !first.contains(file)).cloned().collect::<Vec<_>>());
                continue;
            }
        }
        kept.push(item);
    }
    *items = kept;
}
