//! What a shell may offer where a name is wanted. Never an error and never a wait: somebody is typing.

use std::{sync::mpsc, thread, time::Duration};

use clap_complete::CompletionCandidate;
use mesheryctl::{evaluate::Code, registry::Registry};

use super::settings::Key;

/// Longer than this feels like a hang.
const PATIENCE: Duration = Duration::from_millis(150);

/// Codes of findings, by id and by name.
pub(crate) fn codes() -> Vec<CompletionCandidate> {
    let candidate = |value: &str, code: &Code| CompletionCandidate::new(value).help(Some(code.summary.into()));
    let codes = Code::all();
    codes.iter().flat_map(|code| [candidate(code.id, code), candidate(code.name, code)]).collect()
}

/// Keys of the configuration.
pub(crate) fn keys() -> Vec<CompletionCandidate> {
    let candidate = |key: Key| CompletionCandidate::new(key.name()).help(Some(key.about().into()));
    Key::ALL.into_iter().map(candidate).collect()
}

/// Kinds of Kubernetes, as `explain` takes them: `deployment`.
pub(crate) fn kinds() -> Vec<CompletionCandidate> {
    in_time(|| {
        let Ok(registry) = Registry::kubernetes(Registry::LATEST) else { return Vec::new() };
        let mut names: Vec<String> = registry.kinds().map(|kind| kind.singular.to_string()).collect();
        names.sort();
        names.dedup();
        names.into_iter().filter(|name| !name.is_empty()).map(CompletionCandidate::new).collect()
    })
}

/// Versions of Kubernetes that are built in.
pub(crate) fn kubernetes_versions() -> Vec<CompletionCandidate> {
    Registry::versions().iter().map(|version| CompletionCandidate::new(version.to_string())).collect()
}

/// Candidates that have to be looked up: what `find` knows in time, or none. Its thread dies with the process.
pub(crate) fn in_time(find: impl FnOnce() -> Vec<CompletionCandidate> + Send + 'static) -> Vec<CompletionCandidate> {
    let (found, candidates) = mpsc::channel();
    let work = thread::Builder::new().spawn(move || {
        // Nobody listens any more when it took too long.
        let _ = found.send(find());
    });
    match work {
        Ok(_) => candidates.recv_timeout(PATIENCE).unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits() {
        let now = std::time::Instant::now();
        let late = in_time(|| {
            thread::sleep(Duration::from_secs(5));
            vec![CompletionCandidate::new("late")]
        });
        assert!(late.is_empty() && now.elapsed() < Duration::from_secs(2));
        assert_eq!(in_time(|| vec![CompletionCandidate::new("a")]).len(), 1);
        assert!(kinds().iter().any(|candidate| candidate.get_value() == "deployment"));
        assert!(codes().iter().any(|candidate| candidate.get_value() == "S102"));
    }
}
