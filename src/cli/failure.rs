//! How a command ends, and the one place where the library's errors become advice.

use std::process::ExitCode;

use mesheryctl::backend;
use mesheryctl::document;
use mesheryctl::store::{self, Trouble};

use super::saved::short;
use super::ui::escape_line;

/// A command that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, or the answer is yes: exit status 0.
    Yes,
    /// It ran fine and the answer is no (findings, differences): exit status 1.
    No,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Yes => 0,
            Outcome::No => 1,
        })
    }
}

/// A command that could not do its work: exit status 2.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What happened, and where; lower case, no full stop.
    pub(crate) message: String,
    /// What to do next.
    pub(crate) hints: Vec<String>,
    /// The reader of our output went away: not an error, nothing is said, exit status 0.
    pub(crate) closed_pipe: bool,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), hints: Vec::new(), closed_pipe: false }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }

    /// An operating system's refusal about `path`: `cannot read k8s/web.yaml: permission denied`.
    pub(crate) fn io(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Failure {
        Failure::new(format!("cannot {doing} {}: {}", escape_line(&path.to_string_lossy()), reason(error)))
    }

    /// A text that is no document, with the remedy where one is known.
    pub(crate) fn document(error: &document::Error, source: &document::Source) -> Failure {
        let failure = Failure::new(escape_line(&error.describe(source)));
        match &error.kind {
            document::ErrorKind::DuplicateKey { first, .. } => {
                let first = source.position(first.start);
                failure.hint(format!("it was first set on line {}; keep one of the two", first.line))
            }
            document::ErrorKind::Limit { limit: "bytes", .. } => failure.hint("split the file"),
            _ => failure,
        }
    }
}

/// What the operating system says, in words and without its numbers.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let known = match error.kind() {
        ErrorKind::NotFound => "no such file or directory",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::IsADirectory => "it is a directory",
        ErrorKind::NotADirectory => "a part of the path is a file, not a directory",
        ErrorKind::AlreadyExists => "a file is in the way",
        ErrorKind::StorageFull => "no space left on the device",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        _ => {
            let text = error.to_string();
            return text.split_once(" (os error").map_or(text.clone(), |(words, _)| words.to_owned());
        }
    };
    known.to_owned()
}

/// How many candidates of an ambiguous reference, or tags of a design, are worth reading.
const LISTED_MAX: usize = 10;

impl From<backend::Error> for Failure {
    fn from(error: backend::Error) -> Failure {
        let failure = Failure::new(error.to_string());
        match error {
            backend::Error::Store(error) => failure.hint_for_store(&error),
            backend::Error::Whole { .. } => failure.hint("leave out the `@` and what follows it"),
            backend::Error::NoTarget { reference, .. } => failure.hint(format!(
                "write `{reference}@NUMBER` or `{reference}@TAG`; `mesheryctl pattern history` lists them"
            )),
            backend::Error::Unreadable { .. } => failure.hint("`mesheryctl pattern export --original` gives its files"),
        }
    }
}

impl Failure {
    fn hint_for_store(mut self, error: &store::Error) -> Failure {
        match error {
            store::Error::Unknown { similar, .. } if similar.is_empty() => {
                self.hint("`mesheryctl pattern list` shows what is saved")
            }
            store::Error::Unknown { similar, .. } => {
                let names: Vec<_> = similar.iter().map(|name| format!("`{name}`")).collect();
                self.hint(format!("did you mean {}?", names.join(" or ")))
            }
            store::Error::Ambiguous { candidates, .. } => {
                self.message.push(':');
                for record in candidates.iter().take(LISTED_MAX) {
                    self.message.push_str(&format!("\n  {}  {}", record.id, record.name));
                }
                if candidates.len() > LISTED_MAX {
                    self.message.push_str(&format!("\n  and {} more", candidates.len() - LISTED_MAX));
                }
                self.hint("give the name, or more of the id")
            }
            store::Error::NoVersion { newest, tags, .. } => {
                let tags: Vec<_> = tags.iter().rev().take(LISTED_MAX).map(|tag| format!("v{tag}")).collect();
                let tags = if tags.is_empty() { "no tags".to_owned() } else { format!("tags {}", tags.join(", ")) };
                self.hint(format!("there are versions 1 to {newest}, and {tags}"))
            }
            store::Error::Taken { id, .. } => {
                self.hint(format!("choose another name; the design's id is {}", short(*id)))
            }
            store::Error::TagTaken { .. } => self.hint("`--force` moves it"),
            store::Error::Conflict => self.hint("run the command again"),
            store::Error::Damaged { .. } => {
                self.hint("restore the database from a backup; other versions may be sound")
            }
            store::Error::Database { path, trouble, source } => {
                if let (Trouble::Directory | Trouble::Io | Trouble::Other, Some(source)) = (trouble, source) {
                    self.message.push_str(&format!(" ({source})"));
                }
                self.hint(remedy(*trouble, path))
            }
            store::Error::Name(_) | store::Error::Large { .. } => self,
        }
    }
}

fn remedy(trouble: Trouble, path: &std::path::Path) -> String {
    let directory = path.parent().unwrap_or(path).display();
    let elsewhere = "choose another directory with `--data-dir` or MESHERY_DATA_DIR";
    match trouble {
        Trouble::Directory | Trouble::Unopenable | Trouble::ReadOnly => {
            format!("make {directory} readable and writable, or {elsewhere}")
        }
        Trouble::Full => format!("nothing was changed; free some space where {directory} is, or {elsewhere}"),
        Trouble::Corrupt => format!(
            "restore it from a backup, or save what can be read with `sqlite3 {} .recover`, then move it away",
            path.display()
        ),
        Trouble::Foreign => format!("it is left as it is; move it away, or {elsewhere}"),
        Trouble::Newer { .. } => format!("update mesheryctl, or {elsewhere}"),
        Trouble::Busy => "nothing was changed; run the command again when the other one has finished".to_owned(),
        Trouble::Io | Trouble::Other => format!("nothing was changed; check the disk of {directory}"),
    }
}

/// Output that could not be written.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        let closed_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        Failure { closed_pipe, ..Failure::new(format!("cannot write the output: {}", reason(&error))) }
    }
}
