//! Configuration in layers: flag > environment > project's file > user's file > default.
//!
//! Typed configuration is read with serde; what is wrong with the user's own file is told with its place. Meshery's
//! context file (`~/.meshery/config.yaml`) is only read: it belongs to Meshery. Tokens are never read at all, only
//! their names and whether their file is there.

use std::{
    collections::BTreeMap,
    fmt,
    io::Read,
    path::{Path, PathBuf},
};

use mesheryctl::{
    document::{Source, nearest},
    evaluate::project,
    registry::Version,
};
use serde::{Deserialize, Serialize};

use super::{Failure, Global, context};

/// Configuration files are small; more is a mistake.
const MAX_BYTES: u64 = 1 << 20;

/// What can be configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Context,
    DataDir,
    KubernetesVersion,
}

/// Where a value comes from, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    Flag,
    Environment,
    Project,
    User,
    Meshery,
    Default,
}

/// One layer's word on a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Candidate {
    pub(crate) origin: Origin,
    /// The flag, the variable or the file.
    pub(crate) place: String,
    /// `None`: this layer says nothing.
    pub(crate) value: Option<String>,
}

/// The user's own file.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct User {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data_dir: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kubernetes_version: Option<String>,
}

/// Meshery's context file, as its own `mesheryctl` writes it. What we do not know is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Meshery {
    pub(crate) contexts: BTreeMap<String, Context>,
    pub(crate) current_context: String,
    pub(crate) tokens: Vec<Token>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Context {
    pub(crate) endpoint: String,
    /// The name of an entry of [`Meshery::tokens`].
    pub(crate) token: String,
    pub(crate) platform: String,
    pub(crate) provider: String,
    pub(crate) channel: String,
    pub(crate) version: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Token {
    pub(crate) name: String,
    /// Relative to Meshery's directory unless absolute.
    pub(crate) location: PathBuf,
}

impl Key {
    pub(crate) const ALL: [Key; 3] = [Key::Context, Key::DataDir, Key::KubernetesVersion];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Key::Context => "context",
            Key::DataDir => "dataDir",
            Key::KubernetesVersion => "kubernetesVersion",
        }
    }

    pub(crate) fn about(self) -> &'static str {
        match self {
            Key::Context => "the Meshery server to talk to, by its name in Meshery's context file",
            Key::DataDir => "the directory of saved designs",
            Key::KubernetesVersion => "the version of Kubernetes to judge for",
        }
    }

    /// Finds a key by its name.
    pub(crate) fn find(text: &str) -> Result<Key, Failure> {
        if let Some(key) = Key::ALL.into_iter().find(|key| key.name() == text) {
            return Ok(key);
        }
        let names = Key::ALL.map(Key::name);
        let failure = Failure::new(format!("there is no configuration key `{text}`"));
        Err(match nearest(text, names) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint(format!("the keys are {}", names.join(", "))),
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Origin::Flag => "flag",
            Origin::Environment => "environment",
            Origin::Project => "project",
            Origin::User => "user",
            Origin::Meshery => "meshery",
            Origin::Default => "default",
        })
    }
}

/// All layers, read once.
#[derive(Debug)]
pub(crate) struct Settings {
    global: Global,
    pub(crate) user_file: PathBuf,
    pub(crate) user: User,
    pub(crate) project: Option<(PathBuf, project::Project)>,
    pub(crate) meshery_file: Option<PathBuf>,
    pub(crate) meshery: Meshery,
}

impl Settings {
    /// Reads every layer; one that is not there says nothing, one that is wrong is a failure.
    pub(crate) fn load(global: &Global) -> Result<Settings, Failure> {
        let user_file = context::config_file(global)?;
        let meshery_file = meshery_dir().map(|directory| directory.join("config.yaml"));
        let meshery = match &meshery_file {
            Some(path) => read_meshery(path)?,
            None => Meshery::default(),
        };
        let project = project()?;
        Ok(Settings { global: global.clone(), user: read_user(&user_file)?, user_file, project, meshery_file, meshery })
    }

    /// What every layer says of a key, the strongest first.
    pub(crate) fn candidates(&self, key: Key) -> Vec<Candidate> {
        let layer = |origin, place: String, value: Option<String>| Candidate { origin, place, value };
        let user = |value: Option<String>| layer(Origin::User, self.user_file.display().to_string(), value);
        let environment = |name: &str| layer(Origin::Environment, name.to_owned(), variable(name));
        match key {
            Key::Context => {
                let current = Some(self.meshery.current_context.clone()).filter(|name| !name.is_empty());
                let place = self.meshery_file.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
                vec![environment("MESHERY_CONTEXT"), layer(Origin::Meshery, place, current)]
            }
            Key::DataDir => {
                // The flag and its variable arrive in one value; when they differ it is the flag's.
                let given = self.global.data_dir.as_ref().map(|path| path.display().to_string());
                let variable = environment("MESHERY_DATA_DIR");
                let flag = given.filter(|given| Some(given) != variable.value.as_ref());
                let default = context::default_data_dir().map(|path| path.display().to_string()).ok();
                vec![
                    layer(Origin::Flag, "--data-dir".to_owned(), flag),
                    variable,
                    user(self.user.data_dir.as_ref().map(|path| path.display().to_string())),
                    layer(Origin::Default, "the platform's data directory".to_owned(), default),
                ]
            }
            Key::KubernetesVersion => {
                let (place, version) = match &self.project {
                    Some((path, project)) => (path.display().to_string(), project.kubernetes_version),
                    None => (project::FILE_NAME.to_owned(), None),
                };
                vec![
                    layer(Origin::Flag, "--kubernetes-version, where a command takes it".to_owned(), None),
                    layer(Origin::Project, place, version.map(|version| version.to_string())),
                    user(self.user.kubernetes_version.clone()),
                    layer(
                        Origin::Default,
                        "the newest version that is built in".to_owned(),
                        Some(mesheryctl::registry::Registry::LATEST.to_string()),
                    ),
                ]
            }
        }
    }

    /// The strongest layer that says something.
    pub(crate) fn winner(&self, key: Key) -> Option<Candidate> {
        self.candidates(key).into_iter().find(|candidate| candidate.value.is_some())
    }
}

/// The project's file of the directory that the command runs in.
pub(crate) fn project() -> Result<Option<(PathBuf, project::Project)>, Failure> {
    match std::env::current_dir().ok().and_then(|directory| find_project(&directory)) {
        Some(path) => Ok(Some((path.clone(), read_project(&path)?))),
        None => Ok(None),
    }
}

/// The version of Kubernetes to judge for: the flag's, the project's, the user's, or the newest there is. An account without
/// a home directory (a container, a CI step) has no user's file, and that is no failure.
pub(crate) fn kubernetes_version(
    flag: Option<Version>,
    project: Option<&project::Project>,
    global: &Global,
) -> Result<Version, Failure> {
    if let Some(version) = flag.or(project.and_then(|project| project.kubernetes_version)) {
        return Ok(version);
    }
    let user = match context::config_file(global) {
        Ok(file) => read_user(&file)?,
        Err(_) => User::default(),
    };
    // The file was refused if it were no version.
    Ok(user.kubernetes_version.and_then(|text| text.parse().ok()).unwrap_or(mesheryctl::registry::Registry::LATEST))
}

/// The nearest project's file at or above `directory`, as far as the repository goes.
pub(crate) fn find_project(directory: &Path) -> Option<PathBuf> {
    for directory in directory.ancestors() {
        let file = directory.join(project::FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        if directory.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Reads a project's file.
pub(crate) fn read_project(path: &Path) -> Result<project::Project, Failure> {
    let text = read(path)?.unwrap_or_default();
    project::Project::read(&Source::new(path.display().to_string(), text)).map_err(|problems| {
        let mut lines = problems.iter().map(project::Problem::to_string);
        let first = lines.next().unwrap_or_default();
        lines.fold(Failure::new(first), Failure::hint)
    })
}

/// Reads the user's file; nothing when it is not there.
pub(crate) fn read_user(path: &Path) -> Result<User, Failure> {
    match read(path)? {
        Some(text) => parse_user(path, &text),
        None => Ok(User::default()),
    }
}

pub(crate) fn parse_user(path: &Path, text: &str) -> Result<User, Failure> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(User::default());
    }
    let mut user: User = serde_yaml::from_str(text).map_err(|error| malformed(path, &error))?;
    // What a file says of places is relative to the file, wherever the command runs.
    user.data_dir = user.data_dir.map(|dir| path.with_file_name("").join(dir));
    if let Some(version) = &user.kubernetes_version
        && version.parse::<Version>().is_err()
    {
        return Err(Failure::new(format!(
            "{}: `{version}` is not a version of Kubernetes, such as {}",
            path.display(),
            mesheryctl::registry::Registry::LATEST
        )));
    }
    Ok(user)
}

fn read_meshery(path: &Path) -> Result<Meshery, Failure> {
    match read(path)? {
        Some(text) if !text.trim().is_empty() => serde_yaml::from_str(&text).map_err(|error| malformed(path, &error)),
        _ => Ok(Meshery::default()),
    }
}

fn malformed(path: &Path, error: &serde_yaml::Error) -> Failure {
    let place = error.location().map(|at| format!(":{}:{}", at.line(), at.column())).unwrap_or_default();
    // The library repeats the place behind its message.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Failure::new(format!("{}{place}: {message}", path.display()))
        .hint("mend the file, or use another one with --config FILE")
}

fn read(path: &Path) -> Result<Option<String>, Failure> {
    let failed = |error: &std::io::Error| Failure::io("read", path, error);
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(&error)),
    };
    let mut text = String::new();
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| failed(&error))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(Failure::new(format!("{} exceeds the limit of {MAX_BYTES} bytes", path.display())));
    }
    Ok(Some(text))
}

/// Meshery's own directory, which is the same on every platform.
pub(crate) fn meshery_dir() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().join(".meshery"))
}

fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(|value| value.to_string_lossy().into_owned())
}
