//! How a command ends, and the one place where the library's errors become advice.

use std::process::ExitCode;

use mesheryctl::document;

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
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
            std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            std::io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
            std::io::ErrorKind::StorageFull => "no space left on the device".to_owned(),
            std::io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(format!("cannot {doing} {}: {reason}", path.display()))
    }

    /// A text that is no document, with the remedy where one is known.
    pub(crate) fn document(error: &document::Error, source: &document::Source) -> Failure {
        let failure = Failure::new(error.describe(source));
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

/// Output that could not be written.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        let closed_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        Failure { closed_pipe, ..Failure::new(format!("cannot write the output: {error}")) }
    }
}
