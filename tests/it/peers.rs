//! Charts, kustomizations and Compose projects against what helm, kustomize and docker compose make of them; and our
//! exports, given to those programs.
//!
//! Tried is what stands in `fixtures`, and everything below the directory that `MESHERY_TEST_CORPUS` names. Both sides
//! give the same objects or both refuse, or it is told of in [`EXCEPTIONS`].
//!
//! Runs when `MESHERY_TEST_PEERS` names the folder with the programs (tests/peers/build makes and prints it).

use std::{
    collections::BTreeSet,
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use mesheryctl::{format::compose, source::Directory, tree};
use serde_json::{Value, json};

use crate::common::{self, TestEnvironment};
use objects::{Objects, compare};

mod objects;

/// Where we answer otherwise, on purpose: words of what the one that refuses says, and why.
const EXCEPTIONS: &[(&str, &str)] =
    &[("umask false schema", "the Compose specification has `umask`, that release of docker compose not yet")];

/// What a program answers: its output, or what it says in refusing.
type Answer = Result<Vec<u8>, String>;

/// The real programs.
struct Peers(PathBuf);

impl Peers {
    /// `None`, and a line that says so, when there are none.
    fn find(what: &str) -> Option<Peers> {
        let programs = env::var_os("MESHERY_TEST_PEERS").map(PathBuf::from);
        if programs.is_none() {
            // Past the capture of tests that pass.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: MESHERY_TEST_PEERS is not set, {what} not compared with the real programs. \
                 Try: MESHERY_TEST_PEERS=$(tests/peers/build) cargo test --test it peers"
            );
        }
        programs.map(Peers)
    }

    fn command(&self, program: &str, directory: &Path) -> Command {
        let mut command = Command::new(self.0.join(program));
        command.current_dir(directory).env_clear().env("HOME", directory).env("TZ", "UTC").stdin(Stdio::null());
        command
    }

    fn run(&self, program: &str, directory: &Path, arguments: &[&str]) -> Answer {
        answer(self.command(program, directory).args(arguments))
    }

    fn helm(&self, chart: &Path) -> Answer {
        self.run("helm", chart, &["template", "rel", ".", "--namespace", "demo", "--include-crds"])
    }

    fn kustomize(&self, directory: &Path) -> Answer {
        self.run("kustomize", directory, &["build", "."])
    }

    /// The merged model.
    fn compose(&self, files: &[PathBuf]) -> Result<Value, String> {
        let directory = files[0].parent().expect("a file in a directory");
        let mut command = self.command("docker-compose", directory);
        files.iter().for_each(|file| {
            command.arg("-f").arg(file);
        });
        let model = answer(command.args(["config", "--format", "json"]))?;
        serde_json::from_slice(&model).map_err(|error| error.to_string())
    }
}

fn answer(command: &mut Command) -> Answer {
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.success() { Ok(output.stdout) } else { Err(said) }
}

/// What `pattern export` makes of `path`.
fn ours(test: &TestEnvironment, path: &Path, more: &[&str]) -> Answer {
    answer(test.command().args(["pattern", "export", "--format", "kubernetes", "-q", "-f"]).arg(path).args(more))
}

const RELEASE: [&str; 4] = ["--release", "rel", "--namespace", "demo"];

/// What came of the comparisons of one kind of input.
#[derive(Default)]
struct Report {
    compared: usize,
    objects: usize,
    refused: usize,
    empty: usize,
    failures: Vec<String>,
    used: BTreeSet<&'static str>,
}

impl Report {
    /// Compares the objects of two answers; `again` asks the real program once more.
    fn objects(&mut self, path: &Path, real: &Answer, again: impl Fn() -> Answer, ours: &Answer) {
        if real.as_ref().is_ok_and(|text| Objects::of(text).count() == 0) {
            // There is nothing to export, which is an error.
            self.empty += 1;
            return;
        }
        let (Ok(text), Ok(mine)) = (real, ours) else {
            return self.refusals(path, real.as_ref().err(), ours.as_ref().err());
        };
        let (real, mine) = (Objects::of(text), Objects::of(mine));
        let mut differences = real.differences(&real, &mine);
        if !differences.is_empty() {
            let again = again().map(|text| Objects::of(&text)).unwrap_or_default();
            differences = real.differences(&again, &mine);
        }
        self.objects += real.count();
        self.same(path, &differences);
    }

    fn same(&mut self, path: &Path, differences: &[String]) {
        self.compared += 1;
        if !differences.is_empty() {
            let first: Vec<&str> = differences.iter().map(String::as_str).take(5).collect();
            let lines = first.join("\n    ");
            self.failures.push(format!("{}: {} differences\n    {lines}", path.display(), differences.len()));
        }
    }

    /// One side refuses, or both do.
    fn refusals(&mut self, path: &Path, real: Option<&String>, ours: Option<&String>) {
        self.refused += 1;
        let (who, said) = match (real, ours) {
            (Some(_), Some(_)) | (None, None) => return,
            (Some(said), None) => ("only the real program", said),
            (None, Some(said)) => ("only ours", said),
        };
        match EXCEPTIONS.iter().find(|(words, _)| said.contains(words)) {
            Some((words, _)) => {
                self.used.insert(words);
            }
            None => self.failures.push(format!("{}: {who} refuses it\n    {said}", path.display())),
        }
    }

    fn end(self, what: &str) {
        let Report { compared, objects, refused, empty, failures, used } = self;
        let _ = writeln!(
            std::io::stderr(),
            "{what}: {compared} compared with the real program, {objects} objects; {refused} refused, {empty} without objects, {} exceptions",
            used.len()
        );
        assert!(failures.is_empty(), "{what}: {} differ\n{}", failures.len(), failures.join("\n"));
        assert!(compared > 0);
    }
}

/// `fixtures`, and the corpus where there is one.
fn roots() -> Vec<PathBuf> {
    std::iter::once(common::fixture("")).chain(env::var_os("MESHERY_TEST_CORPUS").map(PathBuf::from)).collect()
}

/// All files below the [`roots`] whose names are wanted, sorted.
fn files(wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut pending = roots();
    let mut files = Vec::new();
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.file_name().and_then(|name| name.to_str()).is_some_and(&wanted) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn directories(wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let directories: BTreeSet<PathBuf> =
        files(wanted).iter().filter_map(|file| file.parent().map(Path::to_path_buf)).collect();
    directories.into_iter().collect()
}

#[test]
fn charts_render_as_helm_renders_them() {
    let Some(peers) = Peers::find("charts were") else { return };
    let (test, mut report) = (TestEnvironment::new(), Report::default());
    for chart in directories(|name| name == "Chart.yaml") {
        report.objects(&chart, &peers.helm(&chart), || peers.helm(&chart), &ours(&test, &chart, &RELEASE));
    }
    report.end("charts");
}

#[test]
fn kustomizations_build_as_kustomize_builds_them() {
    let Some(peers) = Peers::find("kustomizations were") else { return };
    let (test, mut report) = (TestEnvironment::new(), Report::default());
    for directory in directories(|name| matches!(name, "kustomization.yaml" | "kustomization.yml" | "Kustomization")) {
        let real = peers.kustomize(&directory);
        report.objects(&directory, &real, || peers.kustomize(&directory), &ours(&test, &directory, &[]));
    }
    report.end("kustomizations");
}

#[test]
fn compose_projects_are_what_docker_compose_reads() {
    let Some(peers) = Peers::find("Compose projects were").filter(has_compose) else { return };
    let mut report = Report::default();
    let is_project = |name: &str| {
        let stem = name.strip_suffix(".yaml").or(name.strip_suffix(".yml"));
        stem.is_some_and(|stem| matches!(stem, "compose" | "docker-compose"))
    };
    for directory in directories(is_project) {
        let directory = directory.canonicalize().expect("it is there");
        let tree = Directory::open(&directory, tree::Limits::default()).expect("a directory").into_tree();
        let name = directory.file_name().expect("a name").to_string_lossy().into_owned();
        let options = compose::Options { directory: name, ..compose::Options::default() };
        let files = compose::find(&tree, "").expect("one of the names");
        let mine = compose::read(&tree, &files, &options);
        let real = peers.compose(&files.iter().map(|file| directory.join(file)).collect::<Vec<_>>());
        match (real, mine) {
            (Ok(real), Ok(mine)) => {
                let mut model = serde_json::to_value(mine.model()).expect("a value");
                model["name"] = mine.name().into();
                without_unused(&mut model, &real);
                let (real, mine) = (plain(real, &directory), plain(model, &directory));
                let mut differences = Vec::new();
                compare(&real, &real, &mine, "", &mut differences);
                report.objects += 1;
                report.same(&directory, &differences);
            }
            (real, mine) => {
                let mine = mine.err().map(|error| error.describe());
                report.refusals(&directory, real.err().as_ref(), mine.as_ref());
            }
        }
    }
    report.end("Compose projects");
}

fn has_compose(peers: &Peers) -> bool {
    let there = peers.0.join("docker-compose").is_file();
    if !there {
        let _ = writeln!(std::io::stderr(), "SKIPPED: docker-compose is not among the real programs");
    }
    there
}

/// Docker leaves out what no service uses.
fn without_unused(model: &mut Value, real: &Value) {
    for section in ["networks", "volumes", "configs", "secrets"] {
        if let Some(members) = model.get_mut(section).and_then(Value::as_object_mut) {
            members.retain(|name, _| real.get(section).is_some_and(|known| known.get(name).is_some()));
        }
    }
}

/// A model without what is said in another way only: paths are relative here, sizes and counts may be texts there,
/// variables of `env_file` are in `environment`, `$` is doubled there, and a default is left out there.
fn plain(value: Value, directory: &Path) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, value)| {
                key != "env_file" && !(key == "create_host_path" && *value == Value::Bool(true))
            });
            kept.map(|(key, value)| (key, plain(value, directory))).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(|item| plain(item, directory)).collect::<Vec<_>>().into(),
        Value::Number(number) => json!(number.to_string()),
        Value::String(text) => {
            let below = text.strip_prefix(&*directory.to_string_lossy()).map(|rest| rest.trim_start_matches('/'));
            let text = below.unwrap_or(&text);
            // The directory is the home of those programs.
            let below = text.strip_prefix("./").or(text.strip_prefix("~/"));
            let text = below.unwrap_or(if text == "." { "" } else { text });
            json!(text.replace("$$", "$"))
        }
        other => other,
    }
}

/// The shop as a chart, as a kustomization and as a Compose project, given to the programs that read those.
#[test]
fn real_programs_take_the_exports() {
    let Some(peers) = Peers::find("exports were") else { return };
    let test = TestEnvironment::new();
    let design = common::fixture("shop/right");
    let export = |format: &str, to: &str| {
        let to = test.dir().join(to);
        let made = test
            .command()
            .args(["pattern", "export", "-q", "--format", format, "-f"])
            .arg(&design)
            .arg("-o")
            .arg(&to)
            .output();
        assert!(made.expect("the binary runs").status.success(), "{format}");
        to
    };
    let plain = ours(&test, &design, &[]);
    let mut report = Report::default();

    let chart = export("helm", "chart/");
    let lint = peers.run("helm", &chart, &["lint", "--strict", "."]);
    assert!(lint.is_ok(), "{lint:?}");
    let real = peers.helm(&chart);
    report.objects(&chart, &real, || peers.helm(&chart), &plain);
    report.objects(&chart, &real, || peers.helm(&chart), &ours(&test, &chart, &RELEASE));

    let directory = export("kustomize", "kustomization/");
    report.objects(&directory, &peers.kustomize(&directory), || peers.kustomize(&directory), &plain);
    if has_compose(&peers) {
        let file = export("compose", "compose.yaml");
        peers.compose(&[file]).unwrap_or_else(|said| panic!("{said}"));
    }
    report.end("exports");
}
