//! A hermetic place to run the binary in, and transcripts to compare.

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A temporary home and working directory; nothing of the caller's environment is seen by the binary.
pub(crate) struct TestEnvironment {
    root: tempfile::TempDir,
    env: Vec<(String, String)>,
}

impl TestEnvironment {
    pub(crate) fn new() -> TestEnvironment {
        let root = tempfile::tempdir().expect("a temporary directory");
        for dir in ["home", "work", "data"] {
            std::fs::create_dir(root.path().join(dir)).expect("a directory in a temporary directory");
        }
        TestEnvironment { root, env: Vec::new() }
    }

    /// Sets a variable for every following run.
    pub(crate) fn env(mut self, name: &str, value: &str) -> TestEnvironment {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The directory that commands run in.
    pub(crate) fn dir(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// Where saved designs go.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.root.path().join("data")
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.dir().join(path);
        std::fs::create_dir_all(path.parent().expect("a path below the working directory")).expect("directories");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.dir().join(path)).expect("a text file")
    }

    /// Copies `fixtures/PATH` of the repository (a file or a directory) to `to`.
    pub(crate) fn fixture(&self, path: &str, to: &str) {
        copy(&fixture(path), &self.dir().join(to));
    }

    /// Commits everything in the working directory to the branch `main` of the repository there, always with one time.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["init", "-q"]);
        self.git(&["add", "."]);
        self.git(&["commit", "-qm", message]);
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]);
        git.env("GIT_AUTHOR_DATE", "2026-11-21T09:00:00Z").env("GIT_COMMITTER_DATE", "2026-11-21T09:00:00Z");
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let done = git.args(arguments).current_dir(self.dir()).output().expect("git is installed");
        assert!(done.status.success(), "{done:?}");
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mesheryctl"));
        command
            .current_dir(self.dir())
            .env_clear()
            .env("HOME", self.root.path().join("home"))
            .env("MESHERY_DATA_DIR", self.data_dir())
            .env("COLUMNS", "100")
            .env("TZ", "UTC")
            .envs(self.env.iter().map(|(name, value)| (name, value)));
        // Windows' loader and Rust's temporary directories need these.
        for name in ["SYSTEMROOT", "TMPDIR"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command
    }

    /// Runs the binary and tells what happened: stdout, then stderr, then the exit status when it is not 0.
    #[must_use]
    pub(crate) fn run<I: IntoIterator<Item: AsRef<OsStr>>>(&self, args: I) -> String {
        self.transcript(&self.command().args(args).stdin(Stdio::null()).output().expect("the binary runs"))
    }

    /// Like [`TestEnvironment::run`], with `input` on standard input.
    #[must_use]
    pub(crate) fn run_with_input<I: IntoIterator<Item: AsRef<OsStr>>>(&self, args: I, input: &[u8]) -> String {
        let mut child = self
            .command()
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        std::thread::scope(|scope| {
            // The binary may stop reading before the end.
            scope.spawn(move || drop(stdin.write_all(input)));
            let output = child.wait_with_output().expect("the binary ends");
            self.transcript(&output)
        })
    }

    /// What a run said: stdout, then stderr, then the exit status when it is not 0.
    pub(crate) fn transcript(&self, output: &Output) -> String {
        let mut text = self.normalize(&output.stdout);
        if !output.stderr.is_empty() {
            text.push_str("--- stderr ---\n");
            text.push_str(&self.normalize(&output.stderr));
        }
        match output.status.code() {
            Some(0) => {}
            Some(code) => text.push_str(&format!("[exit status: {code}]\n")),
            None => text.push_str("[killed]\n"),
        }
        text
    }

    /// The temporary directory is called `$TEST`.
    fn normalize(&self, bytes: &[u8]) -> String {
        let root = self.root.path().canonicalize().expect("the directory is there");
        String::from_utf8_lossy(bytes)
            .replace(&*root.to_string_lossy(), "$TEST")
            .replace(&*self.root.path().to_string_lossy(), "$TEST")
    }
}

/// A file of the repository's `fixtures`.
pub(crate) fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        std::fs::create_dir_all(to.parent().expect("a parent")).expect("directories");
        std::fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        return;
    }
    for entry in std::fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
