//! What README.md and docs/ show is what happens. Every `console` block is run line by line in a directory that has
//! `fixtures/shop`, one shell after the other, and its output compared with the one shown; a line `…` stands for any
//! lines. The directory is called `/home/ada/src`. The clock starts at nine and each command takes it a minute on. `UPDATE=1` writes the outputs anew. Links must lead somewhere.
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use crate::common::TestEnvironment;

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = [root, &root.join("docs")]
        .into_iter()
        .flat_map(|directory| fs::read_dir(directory).expect("a directory"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below the root").display().to_string()
}

/// The place a document's commands run in; files they change stay changed for the commands after them.
struct Shell {
    environment: TestEnvironment,
    status: i32,
    minutes: u32,
}

impl Shell {
    fn new() -> Shell {
        let environment = TestEnvironment::new();
        for fixture in ["shop", "inputs"] {
            environment.fixture(fixture, &format!("fixtures/{fixture}"));
        }
        Shell { environment, status: 0, minutes: 0 }
    }

    /// What a command prints on both channels, in order.
    fn run(&mut self, command: &str) -> String {
        let script = format!("exec 2>&1; (exit {}); {command}", self.status);
        self.minutes += 1;
        let binary = Path::new(env!("CARGO_BIN_EXE_mesheryctl")).parent().expect("a directory");
        let output = self
            .environment
            .command()
            .get_envs()
            .fold(std::process::Command::new("sh"), |mut shell, (name, value)| {
                shell.env(name, value.unwrap_or_default());
                shell
            })
            .env_remove("MESHERY_DATA_DIR")
            .env("MESHERY_NOW", format!("2026-11-21T09:{:02}:00Z", self.minutes))
            .env("PATH", format!("{}:/usr/bin:/bin", binary.display()))
            .args(["-c", &script])
            .current_dir(self.environment.dir())
            .stdin(Stdio::null())
            .output()
            .expect("sh runs");
        self.status = output.status.code().unwrap_or(127);
        let directory = self.environment.dir().canonicalize().expect("it is there");
        let home = directory.with_file_name("home");
        String::from_utf8_lossy(&output.stdout)
            .replace(&*home.to_string_lossy(), "/home/ada")
            .replace(&*directory.to_string_lossy(), "/home/ada/src")
    }
}

/// Runs the blocks of a document; gives it back with what really happened, and how often that differed.
fn replay(text: &str) -> (String, Vec<String>) {
    let mut shell = Shell::new();
    let (mut fresh, mut differences) = (String::new(), Vec::new());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        if line != "```console" {
            continue;
        }
        while let Some(line) = lines.next_if(|line| *line != "```") {
            let mut command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("not a command: {line}")).to_owned();
            fresh.push_str(line);
            fresh.push('\n');
            let goes_on =
                |command: &str| command.ends_with('\\') || (command.contains("<<'END'") && !command.ends_with("\nEND"));
            while goes_on(&command) {
                let more = lines.next().expect("the rest of a command");
                fresh.push_str(more);
                fresh.push('\n');
                command = format!("{command}\n{more}");
            }
            let mut shown = Vec::new();
            while let Some(line) = lines.next_if(|line| *line != "```" && !line.starts_with("$ ")) {
                shown.push(line);
            }
            let output = shell.run(&command);
            let printed: Vec<&str> = output.lines().collect();
            let told = if like(&shown, &printed) { &shown } else { &printed };
            if told != &shown {
                differences.push(format!("$ {command}\n{output}"));
            }
            for line in told {
                fresh.push_str(line.trim_end());
                fresh.push('\n');
            }
        }
    }
    (fresh, differences)
}

/// Whether what is shown is what was printed: `…` stands for any lines.
fn like(shown: &[&str], printed: &[&str]) -> bool {
    match shown {
        [] => printed.is_empty(),
        ["…", rest @ ..] => (0..=printed.len()).any(|from| like(rest, &printed[from..])),
        [line, rest @ ..] => {
            printed.first().is_some_and(|first| *line == first.trim_end()) && like(rest, &printed[1..])
        }
    }
}

#[test]
fn what_the_documents_show_is_what_happens() {
    let mut wrong = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a text");
        if !text.contains("```console\n") {
            continue;
        }
        let (fresh, differences) = replay(&text);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, fresh).expect("written");
        } else if !differences.is_empty() {
            wrong.push(format!("{} shows something else than\n\n{}", name(&path), differences.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE=1 writes it", wrong.join("\n"));
}

/// The anchors that headings get on GitHub.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |c: char| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    headings.map(|heading| heading.chars().filter_map(kept).collect()).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a text");
        let mut prose = String::new();
        for (number, part) in text.split("```").enumerate() {
            if number % 2 == 0 {
                prose.push_str(part);
            }
        }
        for (at, _) in prose.match_indices("](") {
            let link = prose[at + 2..].split(')').next().unwrap_or_default();
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().expect("a directory").join(file) };
            let there = target.exists()
                && (anchor.is_empty() || anchors(&fs::read_to_string(&target).unwrap_or_default()).contains(anchor));
            if !there {
                wrong.push(format!("{}: {link}", name(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
