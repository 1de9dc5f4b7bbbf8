//! Everything that can be wrong with what a command is given: it is told with its place and its remedy, nothing is half
//! written, nothing panics, and no control character of the user's reaches a terminal.
//!
//! Transcripts stand in `fixtures/bad-input`; `UPDATE=1 cargo test --test it bad_input` writes them, to be read.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs::{self, File},
    io::{Read, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::common::{TestEnvironment, fixture};

const OBJECT: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: '1'}\n";

/// The commands that read manifests, `@` standing for the path.
const READERS: [&[&str]; 4] = [
    &["pattern", "validate", "-f", "@"],
    &["pattern", "diff", "ok.yaml", "@"],
    &["pattern", "import", "--name", "x", "-f", "@"],
    &["pattern", "export", "--format", "kubernetes", "-f", "@"],
];

fn place() -> TestEnvironment {
    let test = TestEnvironment::new().env("MESHERY_NOW", "2026-11-21T09:00:00Z");
    test.write("ok.yaml", OBJECT);
    test
}

/// What the commands said, with themselves.
#[derive(Default)]
struct Transcript(String);

impl Transcript {
    fn run(&mut self, test: &TestEnvironment, args: &[&str]) {
        self.add(args, &test.run(args));
    }

    fn add(&mut self, args: &[&str], said: &str) {
        let shown: Vec<String> = args
            .iter()
            .map(|arg| if arg.len() > 100 { format!("{}…", &arg[..10]) } else { arg.escape_debug().to_string() })
            .collect();
        let said = said.replace(&"n".repeat(10_000), "nnnnnnnnnn…");
        writeln!(self.0, "$ mesheryctl {}\n{said}", shown.join(" ")).expect("strings take everything");
        assert!(!said.contains("panicked"), "{said}");
        assert!(!said.contains('\u{1b}'), "{said}");
    }

    fn check(&self, name: &str) {
        let path = fixture("bad-input").join(name).with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &self.0).expect("the fixture can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(expected == self.0, "{} is not what is said now:\n{}", path.display(), self.0);
    }
}

/// Each of the readers with each of the paths.
fn readers(test: &TestEnvironment, paths: &[&str]) -> Transcript {
    let mut transcript = Transcript::default();
    for path in paths {
        for command in READERS {
            let args: Vec<&str> = command.iter().map(|arg| if *arg == "@" { *path } else { *arg }).collect();
            transcript.run(test, &args);
        }
    }
    let left: Vec<_> = fs::read_dir(test.data_dir()).expect("a directory").collect();
    assert!(left.is_empty(), "refused, and yet saved: {left:?}");
    transcript
}

#[test]
fn files_that_are_not_manifests() {
    let test = place();
    fs::create_dir(test.dir().join("none")).expect("a directory");
    test.write("none/readme.md", "hello");
    test.write("none/deep/a.yaml", OBJECT);
    test.write("empty.yaml", "");
    test.write("comment.yaml", "# nothing\n---\n");
    test.write("nul.yaml", b"apiVersion: v1\0\n");
    test.write("binary.yaml", b"\x7fELF\x02\x01\x01\0\0\x1b[31m");
    test.write("truncated.yaml", "apiVersion: v1\nkind: ConfigMap\ndata: {a: [1,\n");
    test.write("latin1.yaml", b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \xe9}\n");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| OBJECT.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    test.write("utf16.yaml", [&[0xFF, 0xFE], &utf16(u16::to_le_bytes)[..]].concat());
    test.write("utf16le.yaml", utf16(u16::to_le_bytes));
    test.write("utf16be.yaml", utf16(u16::to_be_bytes));
    readers(
        &test,
        &[
            "missing.yaml",
            "ok.yaml/below",
            "none",
            "*.nothing",
            "[",
            "empty.yaml",
            "comment.yaml",
            "nul.yaml",
            "binary.yaml",
            "truncated.yaml",
            "latin1.yaml",
            "utf16.yaml",
            "utf16le.yaml",
            "utf16be.yaml",
        ],
    )
    .check("files");
}

#[test]
fn texts_that_ask_for_too_much() {
    let test = place();
    test.write("brackets.yaml", "[".repeat(100_000));
    test.write("brackets.json", format!("{{\"a\":{}", "[".repeat(100_000)));
    test.write("maps.yaml", "{a: ".repeat(100_000));
    test.write("dashes.yaml", "- ".repeat(100_000));
    let laughs = (0..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
        format!("{text}a{}: &a{} [{}]\n", n + 1, n + 1, format!("*a{n}, ").repeat(10).trim_end_matches(", "))
    });
    test.write("laughs.yaml", laughs);
    // Sparse: no disk is used.
    File::create(test.dir().join("large.yaml")).and_then(|file| file.set_len(300 << 20)).expect("a sparse file");
    readers(&test, &["brackets.yaml", "brackets.json", "maps.yaml", "dashes.yaml", "laughs.yaml", "large.yaml"])
        .check("limits");
    let digits = format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a}}\nspec: {{replicas: {}}}\n",
        "9".repeat(50_000)
    );
    test.write("digits.yaml", digits);
    let said = test.run(["pattern", "validate", "-f", "digits.yaml"]);
    assert!(said.ends_with("[exit status: 1]\n") && said.len() < 2_000, "{said}");
}

#[test]
fn names_that_are_not_names() {
    let test = place();
    let long = "n".repeat(10_000);
    let mut transcript = Transcript::default();
    for name in [
        "../../etc/passwd",
        "a\u{1b}[31mb\nerror: c",
        &long,
        "",
        " ",
        "@",
        "a@b@c",
        "a@99999999999999999999",
        "a@-1",
        "%00",
    ] {
        for command in ["view", "history", "tag", "rollback", "export"] {
            transcript.run(&test, &["pattern", command, "--", name]);
        }
        transcript.run(&test, &["pattern", "delete", "--yes", "--", name]);
        transcript.run(&test, &["pattern", "rename", "--", name, "b"]);
        for command in [&["explain"][..], &["model", "view"], &["component", "view"]] {
            transcript.run(&test, &[command, &["--", name]].concat());
        }
    }
    for name in ["a\u{1b}[31mb\nerror: c", &long, "", " "] {
        transcript.run(&test, &["pattern", "import", "-f", "ok.yaml", "--name", name]);
    }
    for args in [
        &["config", "set", "nope", "1"][..],
        &["config", "explain", "a\u{1b}[31m"],
        &["config", "set", "kubernetesVersion", "\u{1b}[31m"],
        &["config", "view", "--config", "ok.yaml"],
        &["config", "set", "kubernetesVersion", "1.30", "--config", "ok.yaml/x"],
        &["completion", "\u{1b}[31m"],
        &["version", "\u{1b}[31m"],
        &["pattern", "list", "--data-dir", "ok.yaml"],
        &["pattern", "validate", "-f", "ok.yaml", "--kubernetes-version", "\u{1b}[31m"],
        &["pattern", "validate", "-f", "ok.yaml", "--allow-external", "\u{1b}[31m/"],
    ] {
        transcript.run(&test, args);
    }
    transcript.check("names");
}

#[test]
fn the_same_input_twice() {
    let test = place();
    test.write("dir/a.yaml", OBJECT);
    let mut transcript = Transcript::default();
    for args in [
        &["pattern", "validate", "-f", "-", "-f", "-"][..],
        &["pattern", "import", "-f", "-", "-f", "-"],
        &["pattern", "export", "-f", "-", "-f", "-"],
        &["pattern", "validate", "-f", "dir", "-f", "dir/a.yaml"],
        &["pattern", "validate", "-f", "dir/a.yaml", "-f", "./dir/a.yaml", "-f", "dir/../dir/a.yaml"],
        &["pattern", "import", "--name", "x", "-f", "dir", "-f", "./dir/a.yaml"],
    ] {
        transcript.run(&test, args);
    }
    transcript.check("twice");
}

#[test]
fn a_project_file_with_mistakes() {
    let mut transcript = Transcript::default();
    for text in
        ["kubernetesVersion: [\n", "nope: 1\n", "ignore:\n- codes: [S102]\n", "kubernetesVersion: 1.5\n", "\u{1b}: 1\n"]
    {
        let test = place();
        test.write(".mesheryctl.yaml", text);
        transcript.run(&test, &["pattern", "validate", "-f", "ok.yaml"]);
    }
    transcript.check("project");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::{ffi::OsStrExt, fs::symlink};

    use super::*;

    #[test]
    fn what_lies_in_directories_and_is_no_file() {
        let test = place();
        test.write("d/a.yaml", OBJECT);
        let at = |path: &str| test.dir().join("d").join(path);
        let fifo = Command::new("mkfifo").arg(at("fifo.yaml")).status();
        assert!(fifo.is_ok_and(|status| status.success()), "a pipe can be made");
        symlink("/etc/passwd", at("out.yaml")).expect("a link");
        symlink("loop.yaml", at("loop.yaml")).expect("a link");
        symlink("nowhere", at("lost.yaml")).expect("a link");
        symlink(".", at("self")).expect("a link");
        let mut transcript = Transcript::default();
        transcript.run(&test, &["pattern", "validate", "-R", "-f", "d"]);
        transcript.run(&test, &["pattern", "validate", "-f", "d/*.yaml"]);
        transcript.run(&test, &["pattern", "validate", "-f", "d/loop.yaml"]);
        transcript.run(&test, &["pattern", "import", "-R", "-f", "d"]);
        transcript.run(&test, &["pattern", "validate", "-f", "/dev/null"]);
        transcript.run(&test, &["pattern", "export", "-f", "ok.yaml", "-o", "ok.yaml/below"]);
        transcript.check("directories");
        assert_eq!(test.read("ok.yaml"), OBJECT);
    }

    #[test]
    fn names_of_files_reach_no_terminal_as_they_are() {
        let test = place();
        let write = |name: &[u8], text: &str| {
            fs::create_dir_all(test.dir().join("e")).expect("a directory");
            fs::write(test.dir().join("e").join(OsStr::from_bytes(name)), text).is_ok()
        };
        let strange = write(b"esc\x1b[31m.yaml", "kind: [\n")
            && write(b"new\nerror: line.yaml", "kind: 1\n")
            && write(b"bad\xff.yaml", OBJECT)
            && write(b"bad\xfe.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: 1}\n");
        if !strange {
            return eprintln!("skipped: this file system takes no such names");
        }
        let mut transcript = Transcript::default();
        for format in ["human", "json", "junit", "github", "tap", "markdown"] {
            transcript.run(&test, &["pattern", "validate", "-f", "e", "-o", format]);
        }
        for command in [
            &["pattern", "import", "-f", "e"][..],
            &["pattern", "diff", "ok.yaml", "e"],
            &["pattern", "export", "-f", "e"],
        ] {
            transcript.run(&test, command);
        }
        transcript.check("file-names");
        // Each fix goes into the file it is for.
        let said = test.run(["pattern", "validate", "-f", "e", "--fix"]);
        assert!(said.contains("1 fixed"), "{said}");
        let sound = fs::read_to_string(test.dir().join("e").join(OsStr::from_bytes(b"bad\xff.yaml"))).expect("a text");
        assert_eq!(sound, OBJECT);
    }

    /// Every command, with the part of the world it talks to gone.
    #[test]
    fn closed_and_full_streams() {
        let test = place();
        assert!(test.run(["pattern", "import", "-f", "ok.yaml", "--name", "a"]).contains("a@1"));
        for line in [
            "pattern validate -f ok.yaml",
            "pattern validate -f ok.yaml -o sarif",
            "pattern diff ok.yaml ok.yaml",
            "pattern export -f ok.yaml",
            "pattern view a",
            "pattern list",
            "pattern history a",
            "explain pod --recursive",
            "explain S102",
            "model list",
            "component list",
            "config view",
            "completion bash",
            "version",
            "--help",
            "--version",
        ] {
            let shell = |redirect: &str| {
                let mut command = test.command();
                let program = command.get_program().to_owned();
                command = {
                    let mut shell = Command::new("sh");
                    shell
                        .current_dir(test.dir())
                        .env_clear()
                        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
                    shell
                };
                let output = command
                    .args(["-c", &format!("\"$0\" {line} {redirect}")])
                    .arg(program)
                    .stdin(Stdio::null())
                    .output()
                    .expect("a shell");
                (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
            };
            assert_eq!(shell(">&-"), (Some(0), String::new()), "{line} >&-");
            assert_eq!(shell("2>&-"), (Some(0), String::new()), "{line} 2>&-");
            assert_eq!(shell("<&-"), (Some(0), String::new()), "{line} <&-");
            assert_eq!(shell(">/dev/null 2>/dev/full").0, Some(0), "{line} 2>/dev/full");
            let (status, said) = shell(">/dev/full");
            assert_eq!(status, Some(2), "{line} >/dev/full: {said}");
            assert!(!said.contains("panicked"), "{line} >/dev/full: {said}");

            // A reader that goes away before anything was written.
            let mut child = test
                .command()
                .args(line.split(' '))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the binary runs");
            drop(child.stdout.take());
            let output = child.wait_with_output().expect("it ends");
            assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]), "{line} | head -0");
        }
    }

    #[test]
    fn a_pipe_that_is_named_is_read_once() {
        let test = place();
        let pipe = test.dir().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()), "a pipe can be made");
        std::thread::scope(|scope| {
            scope.spawn(|| fs::write(&pipe, OBJECT).expect("written"));
            let said = test.run(["pattern", "validate", "-f", "pipe"]);
            assert_eq!(said, "1 file: 1 found, 1 validated · no findings\n");
        });
    }

    #[test]
    fn a_full_disk_leaves_what_was_there() {
        let test = place();
        let said = test.run(["pattern", "export", "-f", "ok.yaml", "-o", "/dev/full"]);
        assert_eq!(
            said,
            "--- stderr ---\nerror: cannot write /dev/full: no space left on the device\n[exit status: 2]\n"
        );
        let said = test.run(["pattern", "import", "-f", "ok.yaml", "--name", "x", "--data-dir", "/dev/null/data"]);
        assert!(said.contains("cannot use the database") && said.ends_with("[exit status: 2]\n"), "{said}");
    }

    /// A line of 2 GB through standard input, in an address space that could not hold it.
    #[test]
    fn an_endless_line_is_refused_in_bounded_memory() {
        let test = place();
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 1500000; exec \"$0\" pattern validate -f -"]).arg(test.command().get_program());
        let mut child = shell
            .current_dir(test.dir())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell");
        let started = Instant::now();
        let mut stdin = child.stdin.take().expect("a pipe");
        let chunk = vec![b'x'; 1 << 20];
        // It stops reading when it has seen enough.
        let sent = (0..2048).take_while(|_| stdin.write_all(&chunk).is_ok()).count();
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with("error: - exceeds the limit `bytes` of 268435456"), "{said}");
        assert_eq!(output.status.code(), Some(2));
        assert!(sent < 300, "{sent} MB were taken");
        assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
    }
}

#[test]
fn nothing_at_home_is_needed_to_judge() {
    let test = place();
    let bare = |args: &[&str]| {
        let output = Command::new(test.command().get_program())
            .args(args)
            .current_dir(test.dir())
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .expect("the binary runs");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    bare(&["pattern", "validate", "-f", "ok.yaml"]);
    bare(&["pattern", "diff", "ok.yaml", "ok.yaml"]);
    bare(&["pattern", "export", "-f", "ok.yaml"]);
    bare(&["explain", "pod"]);
    bare(&["version"]);
}

#[test]
fn terminals_of_every_size_and_colour() {
    let test = place();
    test.write("bad.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n");
    for columns in ["0", "1", "-5", "99999999999", "x"] {
        for line in
            ["pattern validate -f bad.yaml", "pattern diff ok.yaml bad.yaml", "explain pod", "component list", "--help"]
        {
            let output =
                test.command().env("COLUMNS", columns).args(line.split(' ')).output().expect("the binary runs");
            assert!(output.status.code().is_some_and(|code| code < 2), "COLUMNS={columns} {line}: {output:?}");
        }
    }
    let coloured = |color: &str, no_color: &str| {
        let output = test
            .command()
            .env("NO_COLOR", no_color)
            .args(["pattern", "validate", "-f", "bad.yaml", "--color", color])
            .output()
            .expect("the binary runs");
        output.stdout.contains(&0x1b)
    };
    assert!(coloured("always", "1") && !coloured("never", "") && !coloured("auto", "1"));
}

#[test]
fn a_thousand_files_are_one_input() {
    let test = place();
    for number in 0..1000 {
        test.write(&format!("many/{number}.yaml"), OBJECT.replace("name: a", &format!("name: a{number}")));
    }
    let said = test.run(["pattern", "validate", "-f", "many"]);
    assert_eq!(said, "1000 files: 1000 found, 1000 validated · no findings\n");
    assert!(test.run(["pattern", "import", "-f", "many"]).contains("found 1000 objects: 1000 components, 0 skipped"));
}

#[test]
fn a_slow_writer_is_waited_for() {
    let test = place();
    let mut child = test
        .command()
        .args(["pattern", "validate", "-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    for part in OBJECT.split_inclusive('\n') {
        stdin.write_all(part.as_bytes()).expect("it reads");
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(stdin);
    let mut said = String::new();
    child.stdout.take().expect("a pipe").read_to_string(&mut said).expect("a text");
    assert_eq!(said, "1 file: 1 found, 1 validated · no findings\n");
    assert!(child.wait().expect("it ends").success());
}
