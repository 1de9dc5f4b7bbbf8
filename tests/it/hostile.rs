//! Texts that nobody wrote by hand: whatever the bytes, reading, judging, mending, comparing and exporting end, and what
//! `tests/fuzz/checks.rs` says of their answers holds. The fuzz targets in `tests/fuzz` call the same functions.

use std::{fs, path::Path};

use proptest::prelude::*;

#[path = "../fuzz/checks.rs"]
mod checks;

use crate::common::{TestEnvironment, fixture};

/// What the fuzzer begins with, and what it has found.
#[test]
fn the_corpus_of_the_fuzzer() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/document");
    let mut count = 0;
    for entry in fs::read_dir(corpus).expect("the corpus") {
        let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
        checks::document(&bytes);
        checks::validate(&bytes);
        count += 1;
    }
    assert!(count >= 10);
}

/// Texts of real shape: what the fixtures of the rules hold.
fn manifests() -> &'static [String] {
    static MANIFESTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    MANIFESTS.get_or_init(|| {
        let mut texts = Vec::new();
        for room in ["rules", "evaluate", "formats", "store"] {
            collect(&fixture(room), &mut texts);
        }
        texts.retain(|text| text.len() < 4000);
        texts.sort();
        assert!(texts.len() > 50);
        texts
    })
}

fn collect(directory: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            texts.extend(fs::read_to_string(path));
        }
    }
}

/// What an author in a hurry does to a text.
#[derive(Debug, Clone)]
enum Slip {
    Delete(usize),
    Duplicate(usize),
    Indent(usize, usize),
    Swap(usize, usize),
    Replace(usize, &'static str),
    Cut(usize),
    /// A letter of a key is lost.
    Misspell(usize, usize),
}

const VALUES: [&str; 14] = [
    "1",
    "-1",
    "yes",
    "~",
    "\"3\"",
    "[]",
    "{}",
    "|",
    "&a x",
    "*a",
    "1e400",
    "é\u{1b}",
    "9999999999999999999999",
    "{<<: {a: 1}}",
];

fn slip() -> impl Strategy<Value = Slip> {
    let line = 0usize..200;
    prop_oneof![
        line.clone().prop_map(Slip::Delete),
        line.clone().prop_map(Slip::Duplicate),
        (line.clone(), 0usize..8).prop_map(|(at, by)| Slip::Indent(at, by)),
        (line.clone(), line.clone()).prop_map(|(one, other)| Slip::Swap(one, other)),
        (line.clone(), proptest::sample::select(&VALUES[..])).prop_map(|(at, value)| Slip::Replace(at, value)),
        (0usize..4000).prop_map(Slip::Cut),
        (line, 0usize..30).prop_map(|(at, letter)| Slip::Misspell(at, letter)),
    ]
}

fn slipped(text: &str, slips: &[Slip]) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for slip in slips {
        let count = lines.len().max(1);
        lines.resize(count, String::new());
        let value =
            |line: &str| line.split_once(": ").map(|(key, value)| (key.to_owned(), value.trim_end().to_owned()));
        match *slip {
            Slip::Delete(at) => drop(lines.remove(at % count)),
            Slip::Duplicate(at) => lines.insert(at % count, lines[at % count].clone()),
            Slip::Indent(at, by) => {
                let line = lines[at % count].trim_start().to_owned();
                lines[at % count] = " ".repeat(by) + &line;
            }
            Slip::Swap(one, other) => {
                let (one, other) = (one % count, other % count);
                if let (Some((a, x)), Some((b, y))) = (value(&lines[one]), value(&lines[other])) {
                    lines[one] = format!("{a}: {y}\n");
                    lines[other] = format!("{b}: {x}\n");
                }
            }
            Slip::Replace(at, new) => {
                if let Some((key, _)) = value(&lines[at % count]) {
                    lines[at % count] = format!("{key}: {new}\n");
                }
            }
            Slip::Cut(at) => {
                let whole = lines.concat();
                lines = vec![whole[..whole.floor_char_boundary(at)].to_owned()];
            }
            Slip::Misspell(at, letter) => {
                let line = &mut lines[at % count];
                let place = line.find(|c: char| c.is_alphabetic()).unwrap_or(0) + letter;
                if line[..line.find(':').unwrap_or(0)].len() > place && line.is_char_boundary(place) {
                    line.remove(place);
                }
            }
        }
    }
    lines.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        checks::document(&bytes);
        checks::validate(&bytes);
    }

    #[test]
    fn slips_in_real_manifests(at in any::<prop::sample::Index>(), slips in prop::collection::vec(slip(), 1..6)) {
        let text = slipped(&manifests()[at.index(manifests().len())], &slips);
        checks::document(text.as_bytes());
        checks::validate(text.as_bytes());
    }
}

/// Recursive definitions are walked as deep as a text may go, on the stack that a thread has.
#[test]
fn the_deepest_text_is_judged_on_a_thread() {
    let depth = 110;
    let schema = (0..depth / 2)
        .fold("{type: string}".to_owned(), |inner, _| format!("{{type: object, properties: {{a: {inner}}}}}"));
    let crd = format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: as.x.io}}\nspec:\n  group: x.io\n  names: {{kind: A, plural: as}}\n  scope: Namespaced\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema: {schema}\n---\napiVersion: x.io/v1\nkind: A\nmetadata: {{name: a}}\n{}1{}\n",
        "a: {".repeat(1) + &"a: {".repeat(depth / 2 - 2) + "a: ",
        "}".repeat(depth / 2 - 1),
    );
    let json = format!("{}1{}", "{\"a\":[".repeat(60), "]}".repeat(60));
    for text in [crd, json] {
        std::thread::Builder::new()
            .stack_size(8 << 20)
            .spawn(move || {
                checks::document(text.as_bytes());
                checks::validate(text.as_bytes());
            })
            .expect("a thread")
            .join()
            .expect("the stack is enough");
    }
}

/// The same files give the same bytes, whatever the order they were made in and the processors there are.
#[test]
fn answers_do_not_depend_on_the_machine() {
    let answer = |reversed: bool, processors: &str| {
        let test = TestEnvironment::new();
        let mut order: Vec<usize> = (0..60).collect();
        if reversed {
            order.reverse();
        }
        for number in order {
            let text = &manifests()[number * manifests().len() / 60];
            test.write(&format!("in/{}/{number}.yaml", number % 3), text);
        }
        let mut command = test.command();
        if cfg!(target_os = "linux") {
            let mut pinned = std::process::Command::new("taskset");
            pinned.args(["-c", processors]).arg(command.get_program()).current_dir(test.dir());
            command = pinned;
        }
        let output =
            command.args(["pattern", "validate", "-R", "-f", "in", "-o", "json"]).output().expect("the binary runs");
        assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
        output.stdout
    };
    let first = answer(false, "0");
    assert!(first.len() > 10_000);
    assert!(first == answer(true, "0-63") && first == answer(false, "0-63"));
}
