//! `-f PATH|DIR|GLOB|-|URL`: which texts a command reads, and their bytes under a budget.
//!
//! [`found::find`] says what there is: files, and what is rendered as a whole (charts, kustomizations, Compose projects);
//! [`gathered::gather`] renders the latter, so that only texts are left.

mod disk;
mod fetched;
mod found;
mod gathered;
mod root;

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use mesheryctl::document::{Limits, Source};
use mesheryctl::format::Made;
use mesheryctl::source::Reference;
use mesheryctl::tree::Tree;
use mesheryctl::validation;

use super::{Failure, ui::escape_line};

pub(crate) use disk::{is_glob, is_readable_ending, plain};
pub(crate) use fetched::{dependency, failure, push};
pub(crate) use gathered::{Broken, Gathered, Given, NONE_EXCLUDED, gather};

/// A text to read.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    Stdin,
    /// A pipe or a device that was named: `<(helm template …)`, `/dev/null`. Its bytes come once.
    Stream(PathBuf),
    File(PathBuf),
    /// A file of a commit, an archive, an artifact.
    Inside(Tree, String),
    /// What was rendered.
    Made(Made),
}

/// What was passed over, and why.
pub(crate) type PassedOver = (String, String);

impl Input {
    /// The name users see: the path as they wrote it. Bytes that are no text are escaped, so that two files never share
    /// a name.
    pub(crate) fn name(&self) -> String {
        match self {
            Input::Stdin => "-".to_owned(),
            Input::File(path) | Input::Stream(path) => name(path),
            Input::Inside(tree, path) => tree.name(path),
            Input::Made(made) => made.source.name().to_owned(),
        }
    }

    /// Whether it can be read once only.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self, Input::Stdin | Input::Stream(_))
    }

    /// The whole input, decoded or with what is wrong with it.
    ///
    /// # Errors
    /// What the operating system refuses, and more bytes than a text may have.
    pub(crate) fn read(&self, limits: &Limits) -> Result<validation::Text, Failure> {
        match self {
            Input::Made(made) => Ok(Ok(made.source.clone())),
            _ => Ok(Source::from_bytes(self.name(), self.bytes(limits)?).map(Arc::new)),
        }
    }

    /// The bytes of the whole input.
    ///
    /// # Errors
    /// As [`Input::read`].
    pub(crate) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Failure> {
        let read = match self {
            Input::Stdin => bounded(std::io::stdin().lock(), limits, 0),
            Input::File(path) | Input::Stream(path) => File::open(path).and_then(|file| {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                bounded(file, limits, size)
            }),
            Input::Inside(tree, path) => {
                let bytes = tree.read(path).map_err(|error| Failure::new(escape_line(&error.to_string())))?;
                bounded(&*bytes, limits, bytes.len() as u64)
            }
            Input::Made(made) => return Ok(made.source.text().as_bytes().to_vec()),
        };
        let bytes = read.map_err(|error| Failure::io("read", Path::new(&self.name()), &error))?;
        bytes.ok_or_else(|| {
            let (name, most) = (escape_line(&self.name()), limits.bytes);
            Failure::new(format!("{name} exceeds the limit `bytes` of {most} for one text"))
                .hint("split it into several files")
        })
    }
}

fn name(path: &Path) -> String {
    let chunks = path.as_os_str().as_encoded_bytes().utf8_chunks();
    chunks.fold(String::new(), |name, chunk| {
        let bad: String = chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")).collect();
        name + chunk.valid() + &bad
    })
}

/// Whether what a user typed is no address of anything but a path on this machine.
pub(crate) fn is_path(path: &Path) -> bool {
    let reference = path.to_str().map(|text| Reference::parse(text, |text| Path::new(text).exists()));
    !is_glob(path) && matches!(reference, None | Some(Ok(Reference::Path(_))))
}

/// The places that were given, for messages.
pub(crate) fn named(given: &[PathBuf]) -> String {
    let names: Vec<String> = given.iter().map(|path| escape_line(&name(path))).collect();
    names.join(", ")
}

/// Reads at most the budget; `None` when there is more. Nothing is reserved for what a size only claims.
fn bounded(reader: impl Read, limits: &Limits, size: u64) -> std::io::Result<Option<Vec<u8>>> {
    if size > limits.bytes {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    reader.take(limits.bytes + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limits.bytes).then_some(bytes))
}
