//! `pattern validate` against the verdict of a real API server (dry run, strict).
//!
//! What the server accepts gets no error from us. What it refuses gets one, or is told of in [`DISAGREEMENTS`].
//! Tried are the Kubernetes objects of `fixtures`, small wrongs done to them, and everything below the directory that
//! `MESHERY_TEST_CORPUS` names. What Compose projects become is to be accepted, all of it.
//!
//! Runs when `MESHERY_TEST_API_SERVER` names the folder with `etcd` and `kube-apiserver` (tests/api-server/build makes
//! and prints it); `curl` must be there.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use mesheryctl::document::{Limits, Source, read};
use serde_json::Value;

use crate::common::{self, TestEnvironment};
use mutations::{Mutation, mutations};
use server::{Answer, Request, Server};

mod mutations;
mod server;

/// What the server refuses and we do not: words of its message, and why. Each is needed by an object of `fixtures`.
/// (None at present; [`UNSEEN`] mutations are told of in the output.)
const DISAGREEMENTS: &[(&str, &str)] = &[];

/// One of so many mutations of `fixtures` is tried.
const EVERY: u64 = 8;

/// So many of a hundred mutations that the server refuses may pass unseen by us.
const UNSEEN: usize = 4;

/// A text with one object.
struct Object {
    /// Where it stands, for people.
    name: String,
    file: PathBuf,
    /// The first and the last line.
    lines: (u64, u64),
    text: String,
    value: Value,
}

#[test]
fn no_error_about_what_the_api_server_accepts() {
    let Some(programs) = env::var_os("MESHERY_TEST_API_SERVER").map(PathBuf::from) else {
        // Past the capture of tests that pass.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: MESHERY_TEST_API_SERVER is not set, nothing was compared with a real API server. \
             Try: MESHERY_TEST_API_SERVER=$(tests/api-server/build) cargo test --test it api_server"
        );
        return;
    };
    let server = Server::start(&programs);
    let fixtures = objects_below(&common::fixture(""));
    let corpus = env::var_os("MESHERY_TEST_CORPUS").map(PathBuf::from);
    let others = corpus.as_deref().map(objects_below).unwrap_or_default();
    let definitions = define(&server, fixtures.iter().chain(&others));
    let mut report = Report::default();

    let accepted = report.compare(&server, &fixtures, &said_of(&common::fixture(""), &definitions));
    report.expect_needed();
    if let Some(corpus) = &corpus {
        report.compare(&server, &others, &said_of(corpus, &definitions));
    }

    let projects = converted([Some(common::fixture("")), corpus.clone()].into_iter().flatten());
    let objects = objects_below(projects.path());
    assert!(!objects.is_empty());
    let taken = report.compare(&server, &objects, &said_of(projects.path(), &definitions));
    report.expect_all(&objects, &taken);

    let right: Vec<Value> = accepted.iter().map(|&index| fixtures[index].value.clone()).collect();
    // Apart, for definitions that are part of an input are those of its custom resources.
    let (definitions_gone_wrong, others_gone_wrong): (Vec<Mutation>, Vec<Mutation>) =
        mutations(&right, EVERY).into_iter().partition(|it| it.object["kind"] == "CustomResourceDefinition");
    for wrong in [definitions_gone_wrong, others_gone_wrong] {
        let place = tempfile::tempdir().expect("a temporary directory");
        let wrong = write(wrong, &place.path().join("mutations.yaml"));
        report.compare_mutations(&server, &wrong, &said_of(place.path(), &definitions));
    }
    report.end();
}

/// What came of the comparisons.
#[derive(Default)]
struct Report {
    failures: Vec<String>,
    summary: Vec<String>,
    mutations: Mutations,
    needed: BTreeSet<&'static str>,
}

/// How mutations fared.
#[derive(Default)]
struct Mutations {
    all: usize,
    rejected: usize,
    unseen: Vec<String>,
}

/// What we say: errors by file and line, and where the objects begin that we set aside without judging them.
#[derive(Default)]
struct Said {
    errors: HashMap<PathBuf, BTreeMap<u64, String>>,
    /// Templates and kustomize's patches: counted, and said to be skipped.
    aside: HashMap<PathBuf, BTreeSet<u64>>,
}

enum Verdict {
    Accepted,
    Rejected(String),
    /// No such kind; the server cannot tell.
    Unserved,
}

impl Report {
    /// Compares object by object and answers which the server accepted.
    fn compare(&mut self, server: &Server, objects: &[Object], said: &Said) -> Vec<usize> {
        let mut accepted = Vec::new();
        let (mut rejected, mut unserved, mut aside) = (0, 0, 0);
        for (index, (object, verdict)) in objects.iter().zip(verdicts(server, objects)).enumerate() {
            match (verdict, said.error_in(object)) {
                (_, None) if said.sets_aside(object) => aside += 1,
                (Verdict::Accepted, None) => accepted.push(index),
                (Verdict::Accepted, Some(error)) => {
                    accepted.push(index);
                    self.failures.push(format!("{}: the server accepts it, we say: {error}", object.name));
                }
                (Verdict::Rejected(_), Some(_)) => rejected += 1,
                (Verdict::Rejected(message), None) => {
                    rejected += 1;
                    let known = |(words, _): &&(&'static str, &str)| message.contains(*words);
                    match DISAGREEMENTS.iter().find(known) {
                        Some((words, _)) => drop(self.needed.insert(words)),
                        None => self.failures.push(format!("{}: we pass it, the server says: {message}", object.name)),
                    }
                }
                (Verdict::Unserved, _) => unserved += 1,
            }
        }
        let accepted_count = accepted.len();
        self.summary.push(format!(
            "{accepted_count} accepted, {rejected} rejected, {unserved} not served, {aside} set aside by us"
        ));
        accepted
    }

    /// Every line of the list must be needed still.
    fn expect_needed(&mut self) {
        for (words, why) in DISAGREEMENTS.iter().filter(|(words, _)| !self.needed.contains(words)) {
            self.failures.push(format!("no disagreement any more, remove it: {words:?} ({why})"));
        }
    }

    /// What a Compose project becomes is ours: the server has to take it.
    fn expect_all(&mut self, objects: &[Object], accepted: &[usize]) {
        let refused = (0..objects.len()).filter(|index| !accepted.contains(index));
        self.failures.extend(refused.map(|index| format!("{}: the server refuses it", objects[index].name)));
    }

    fn compare_mutations(&mut self, server: &Server, objects: &[Object], said: &Said) {
        self.mutations.all += objects.len();
        for (object, verdict) in objects.iter().zip(verdicts(server, objects)) {
            let error = said.error_in(object);
            match (verdict, error) {
                (Verdict::Accepted, Some(error)) => {
                    let text = &object.text;
                    self.failures.push(format!("{}: the server accepts it, we say: {error}\n{text}", object.name));
                }
                (Verdict::Rejected(message), error) => {
                    self.mutations.rejected += 1;
                    if error.is_none() {
                        self.mutations.unseen.push(format!("  {}: {message}", object.name));
                    }
                }
                (Verdict::Accepted, None) | (Verdict::Unserved, _) => {}
            }
        }
    }

    fn end(mut self) {
        let Mutations { all, rejected, unseen } = &self.mutations;
        let missed = unseen.len();
        let said = format!("of {all} mutations {rejected} rejected, {missed} of them unseen by us:");
        self.summary.extend([said, unseen.join("\n")]);
        if missed * 100 > rejected * UNSEEN {
            self.failures.push(format!("{missed} of {rejected} rejected mutations pass unseen, see above"));
        }
        let _ = writeln!(std::io::stderr(), "{}", self.summary.join("\n"));
        assert!(self.failures.is_empty(), "{} failures\n{}", self.failures.len(), self.failures.join("\n"));
    }
}

impl Said {
    fn error_in(&self, object: &Object) -> Option<&String> {
        let (first, last) = object.lines;
        self.errors.get(&object.file)?.range(first..=last).next().map(|(_, error)| error)
    }

    fn sets_aside(&self, object: &Object) -> bool {
        let (first, last) = object.lines;
        self.aside.get(&object.file).is_some_and(|lines| lines.range(first..=last).next().is_some())
    }
}

/// The Kubernetes objects in the files of a directory, by file and place. Lists are left out: nobody posts them.
fn objects_below(directory: &Path) -> Vec<Object> {
    let mut files = Vec::new();
    list(directory, &mut files);
    files.sort();
    files.iter().flat_map(|file| objects_of(file, directory)).collect()
}

fn list(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display())) {
        let path = entry.expect("an entry of a directory").path();
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            files.push(path);
        }
    }
}

fn objects_of(file: &Path, root: &Path) -> Vec<Object> {
    let Ok(text) = fs::read_to_string(file) else { return Vec::new() };
    let mut parts: Vec<(u64, String)> = vec![(1, String::new())];
    for (number, line) in (1..).zip(text.lines()) {
        if line.split_whitespace().next() == Some("---") && line.starts_with("---") {
            parts.push((number, String::new()));
        }
        let part = &mut parts.last_mut().expect("there is one").1;
        part.push_str(line);
        part.push('\n');
    }
    let shown = file.strip_prefix(root).unwrap_or(file).display();
    let object = |(line, text): (u64, String)| {
        let value = object_in(&text)?;
        let lines = (line, line + text.lines().count() as u64 - 1);
        Some(Object { name: format!("{shown}:{line}"), file: file.to_owned(), lines, text, value })
    };
    parts.into_iter().filter_map(object).collect()
}

/// The value of a text that holds one whole Kubernetes object.
fn object_in(text: &str) -> Option<Value> {
    let source = Source::new("object", text);
    let document = read(&source, Limits::default()).next()?.ok()?;
    let value = serde_json::to_value(&document.root).ok()?;
    let is_object = value["apiVersion"].is_string() && value["kind"].as_str().is_some_and(|it| !it.ends_with("List"));
    is_object.then_some(value)
}

/// The objects of every Compose project below some directories, as a file for each project.
fn converted(directories: impl Iterator<Item = PathBuf>) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary directory");
    let mut files = Vec::new();
    directories.for_each(|directory| list(&directory, &mut files));
    files.sort();
    let is_main = |file: &&PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"].contains(&&*name)
    };
    let environment = TestEnvironment::new();
    for (number, file) in files.iter().filter(is_main).enumerate() {
        let mut command = environment.command();
        command.args(["pattern", "export", "--format", "kubernetes", "--file"]).arg(file);
        let output =
            command.arg("-o").arg(place.path().join(format!("{number}.yaml"))).output().expect("the binary runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() || said.contains("error: "), "{}: {said}", file.display());
    }
    place
}

/// What the binary says of the files below `directory`.
fn said_of(directory: &Path, definitions: &tempfile::TempDir) -> Said {
    let place = TestEnvironment::new();
    let mut command = place.command();
    // File by file: the server is asked about the objects that stand in them, and not about what is rendered.
    command.args(["pattern", "validate", "--recursive", "--output", "json", "--source-type", "kubernetes"]);
    command.arg("--crds").arg(definitions.path()).arg("--file").arg(directory);
    let output = command.output().expect("the binary runs");
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let mut said = Said::default();
    for skipped in report["counts"]["skippedDocuments"].as_array().expect("what was skipped") {
        if matches!(skipped["reason"].as_str(), Some("template" | "patch")) {
            let file = PathBuf::from(skipped["file"].as_str().unwrap_or_default());
            said.aside.entry(file).or_default().insert(skipped["line"].as_u64().unwrap_or_default());
        }
    }
    for finding in report["findings"].as_array().expect("findings") {
        let text = |key: &str| finding[key].as_str().unwrap_or_default();
        if text("severity") == "error" {
            let error = format!("{} {} ({})", text("code"), text("message"), text("path"));
            let line = finding["line"].as_u64().unwrap_or_default();
            said.errors.entry(PathBuf::from(text("file"))).or_default().entry(line).or_insert(error);
        }
    }
    said
}

/// Creates the CustomResourceDefinitions among `objects`, waits until their kinds are served, and keeps the texts of those
/// that the server took.
fn define<'o>(server: &Server, objects: impl Iterator<Item = &'o Object>) -> tempfile::TempDir {
    const PATH: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    let place = tempfile::tempdir().expect("a temporary directory");
    let definitions: Vec<&Object> =
        objects.filter(|object| object.value["kind"] == "CustomResourceDefinition").collect();
    let post = |object: &&Object| Request { path: PATH.to_owned(), body: Some(object.text.clone()) };
    let answers = server.ask(&definitions.iter().map(post).collect::<Vec<_>>());
    for (index, (object, answer)) in definitions.iter().zip(answers).enumerate() {
        if answer.status == 201 {
            fs::write(place.path().join(format!("{index}.yaml")), &object.text).expect("a file");
        }
    }
    // A definition settles within a second; a name that is taken never does.
    for _ in 0..100 {
        let answer = server.get(PATH);
        let settled = |definition: &Value| {
            let conditions = definition["status"]["conditions"].as_array().map_or(&[][..], Vec::as_slice);
            let is = |kind, status| conditions.iter().any(|it| it["type"] == kind && it["status"] == status);
            (is("Established", "True") && served(server, definition)) || is("NamesAccepted", "False")
        };
        if answer.body["items"].as_array().is_some_and(|items| items.iter().all(settled)) {
            return place;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the server does not serve the definitions that it took")
}

fn served(server: &Server, definition: &Value) -> bool {
    let spec = &definition["spec"];
    let versions = spec["versions"].as_array().map_or(&[][..], Vec::as_slice);
    versions.iter().filter(|version| version["served"] == true).all(|version| {
        let group_version = format!("{}/{}", text(&spec["group"]), text(&version["name"]));
        resources(server, &[group_version]).keys().any(|(_, kind)| *kind == text(&spec["names"]["kind"]))
    })
}

/// Where objects of a kind are posted: by apiVersion and kind, the plural and whether there is a namespace.
type Resources = HashMap<(String, String), (String, bool)>;

fn resources(server: &Server, api_versions: &[String]) -> Resources {
    let requests: Vec<Request> =
        api_versions.iter().map(|api_version| Request { path: root_of(api_version), body: None }).collect();
    let mut resources = Resources::new();
    for (api_version, answer) in api_versions.iter().zip(server.ask(&requests)) {
        for resource in answer.body["resources"].as_array().into_iter().flatten() {
            let plural = text(&resource["name"]);
            if !plural.contains('/') {
                let namespaced = resource["namespaced"] == true;
                resources.insert((api_version.clone(), text(&resource["kind"])), (plural, namespaced));
            }
        }
    }
    resources
}

fn root_of(api_version: &str) -> String {
    format!("/{}/{api_version}", if api_version.contains('/') { "apis" } else { "api" })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What the server says of creating each object.
fn verdicts(server: &Server, objects: &[Object]) -> Vec<Verdict> {
    let plain = |text: &str| text.bytes().all(|it| it.is_ascii_alphanumeric() || b"./-".contains(&it));
    let api_versions: BTreeSet<String> =
        objects.iter().map(|object| text(&object.value["apiVersion"])).filter(|text| plain(text)).collect();
    let resources = resources(server, &Vec::from_iter(api_versions));
    let path = |object: &Object| {
        let (api_version, kind) = (text(&object.value["apiVersion"]), text(&object.value["kind"]));
        let root = root_of(&api_version);
        let (plural, namespaced) = resources.get(&(api_version, kind))?;
        let namespace = text(&object.value["metadata"]["namespace"]);
        let space = match namespaced {
            true if namespace.is_empty() || !plain(&namespace) => "/namespaces/default".to_owned(),
            true => format!("/namespaces/{namespace}"),
            false => String::new(),
        };
        Some(format!("{root}{space}/{plural}?dryRun=All&fieldValidation=Strict"))
    };
    let paths: Vec<Option<String>> = objects.iter().map(path).collect();
    let request = |(object, path): (&Object, &Option<String>)| {
        Some(Request { path: path.clone()?, body: Some(object.text.clone()) })
    };
    let requests: Vec<Request> = objects.iter().zip(&paths).filter_map(request).collect();
    let mut answers = server.ask(&requests).into_iter();
    paths.iter().map(|path| path.as_ref().and_then(|_| answers.next()).map_or(Verdict::Unserved, verdict)).collect()
}

fn verdict(answer: Answer) -> Verdict {
    match answer.status {
        // 409: it is there already, which is found out after all else was found right.
        200 | 201 | 409 => Verdict::Accepted,
        400..500 => Verdict::Rejected(text(&answer.body["message"])),
        status => panic!("the server answers {status}: {}", answer.body),
    }
}

/// Writes objects to a file, one to a document of one line.
fn write(mutations: Vec<Mutation>, file: &Path) -> Vec<Object> {
    let mut all = String::new();
    let mut written = Vec::new();
    for (index, mutation) in (0..).zip(mutations) {
        let text = mutation.object.to_string();
        all.push_str("---\n");
        all.push_str(&text);
        all.push('\n');
        let line = 2 * index + 2;
        let (name, value) = (mutation.name, mutation.object);
        written.push(Object { name, file: file.to_owned(), lines: (line, line), text, value });
    }
    fs::write(file, all).expect("a file");
    written
}
