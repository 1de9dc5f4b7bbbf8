//! The house rules that no compiler keeps: which room may know which, and what source files may not hold.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Each room and the rooms it may use: the table of `docs/ARCHITECTURE.md`, of which a room may only name rooms above it.
const ROOMS: &[(&str, &[&str])] = &[
    ("tree", &[]),
    ("document", &[]),
    ("source", &["tree", "document"]),
    ("design", &["document"]),
    ("registry", &["document", "design"]),
    ("diff", &["document", "design", "registry"]),
    ("format", &["tree", "document", "design", "registry"]),
    ("evaluate", &["document", "design", "registry"]),
    ("store", &["document", "design", "registry"]),
    ("validation", &["document", "design", "registry", "format", "evaluate"]),
    ("backend", &["document", "design", "registry", "diff", "format", "evaluate", "store"]),
];

fn sources(below: &str) -> Vec<PathBuf> {
    let mut pending = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(below)];
    let mut files = Vec::new();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(fs::read_dir(&path).expect("a directory").map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn room_of(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("a file of src");
    let first = below.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms that a text names after `crate::`, also in `use crate::{a, b::c}`.
fn rooms_named(text: &str) -> Vec<(usize, String)> {
    let word = |text: &str| text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let mut named = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let line = text[..at].matches('\n').count() + 1;
        let rest = &text[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            named.push((line, word(rest)));
            continue;
        };
        let mut depth = 0;
        let mut expects = true;
        for (offset, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => expects = true,
                c if expects && c.is_ascii_alphanumeric() => {
                    named.push((line, word(&group[offset..])));
                    expects = false;
                }
                _ => {}
            }
        }
    }
    named
}

#[test]
fn rooms_know_only_the_rooms_their_row_names() {
    let table: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for path in sources("src") {
        let room = room_of(&path);
        if matches!(room.as_str(), "lib" | "main" | "cli") {
            continue;
        }
        let allowed = table.get(room.as_str()).unwrap_or_else(|| panic!("src/{room} is not in the table of rooms"));
        for (line, named) in rooms_named(&fs::read_to_string(&path).expect("a text")) {
            let is_room = table.contains_key(named.as_str());
            if is_room && named != room && !allowed.contains(&named.as_str()) {
                wrong.push(format!("{}:{line}: `{room}` may not know `{named}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The library never prints, exits, reads the environment or looks for a home directory.
#[test]
fn the_library_keeps_to_itself() {
    let forbidden = [
        "println!",
        "print!(",
        "eprintln!",
        "process::exit",
        "env::var",
        "env::current_dir",
        "directories::",
        "SystemTime::now",
        "Timestamp::now",
    ];
    let mut wrong = Vec::new();
    for path in sources("src") {
        if matches!(room_of(&path).as_str(), "main" | "cli")
            || path.ends_with("tests.rs")
            || path.iter().any(|part| part == "tests")
        {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a text");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line_of_code = line.split("//").next().unwrap_or_default();
            if let Some(word) = forbidden.iter().find(|word| line_of_code.contains(**word)) {
                wrong.push(format!("{}:{}: `{word}`", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_fits_a_sitting() {
    let mut wrong = Vec::new();
    for path in sources("src").into_iter().chain(sources("tests")) {
        let text = fs::read_to_string(&path).expect("a text");
        if !text.starts_with("//!") && !path.to_string_lossy().contains("/cli/") {
            wrong.push(format!("{}: no `//!` header", path.display()));
        }
        if text.lines().count() > 1000 {
            wrong.push(format!("{}: {} lines", path.display(), text.lines().count()));
        }
        for word in ["todo!(", "unimplemented!(", "FIXME", "#[ignore"] {
            if text.contains(word) && !path.ends_with("architecture.rs") {
                wrong.push(format!("{}: `{word}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Modules that `main.rs` forgets would never run.
#[test]
fn every_test_module_is_registered() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = fs::read_to_string(dir.join("main.rs")).expect("a text");
    for entry in fs::read_dir(dir).expect("a directory") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") {
            assert!(main.contains(&format!("mod {module};")), "tests/it/{name} is not in main.rs");
        }
    }
}
