//! Real manifests and designs that nobody here wrote, there and back: everything below the directory that
//! `MESHERY_TEST_CORPUS` names.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use mesheryctl::{
    design,
    document::{Limits, Source},
    format::{self, Read},
    registry::Registry,
};
use serde_json::Value;

#[test]
fn real_files_become_designs_and_manifests_again() {
    let Some(corpus) = env::var_os("MESHERY_TEST_CORPUS").map(PathBuf::from) else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: MESHERY_TEST_CORPUS names no directory of real files");
        return;
    };
    let registry = Registry::kubernetes(Registry::LATEST).expect("the newest is built in");
    let (mut files, mut found, mut objects) = (0, 0, 0);
    for path in files_below(&corpus) {
        let Ok(source) = Source::from_bytes(path.display().to_string(), fs::read(&path).expect("a file")) else {
            continue;
        };
        let read = read(source, &registry);
        assert_eq!(read.found, read.components.len() + read.skipped.len(), "{}", path.display());
        files += 1;
        found += read.found;
        if read.components.is_empty() {
            continue;
        }
        let design = read.into_design(None, "corpus");
        let written = design::to_yaml(&design);
        let again = self::read(Source::new("design.yaml", written.as_str()), &registry).into_design(None, "corpus");
        assert_eq!(design::to_yaml(&again), written, "{}: written again, it differs", path.display());
        let (before, after) = (format::export(&design.components), format::export(&again.components));
        let manifest = self::read(Source::new("manifest.yaml", before.to_yaml()), &registry);
        let values = |components: &[&design::Component]| -> Vec<Value> {
            components.iter().map(|it| serde_json::to_value(it.to_object()).expect("an object")).collect()
        };
        let expected = values(&before.components);
        assert_eq!(values(&after.components), expected, "{}", path.display());
        assert_eq!(values(&manifest.components.iter().collect::<Vec<_>>()), expected, "{}", path.display());
        objects += expected.len();
    }
    let _ = writeln!(std::io::stderr(), "{files} files, {found} documents, {objects} objects there and back");
    assert!(objects > 0);
}

fn read(source: Source, registry: &Registry) -> Read {
    format::read_source(&Arc::new(source), Limits::default(), &format::kinds_of(registry))
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut pending = vec![directory.to_path_buf()];
    let mut files = Vec::new();
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(&directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
