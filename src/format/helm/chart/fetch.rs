//! Dependencies that are not in `charts/`: which are wanted, in which version (`internal/resolver` of Helm).

use std::{collections::BTreeSet, sync::Arc};

use sha2::{Digest, Sha256};

use super::{
    Chart,
    decode::{Fields, WrongType},
    load::{Reader, wrong_type},
    metadata::{Dependency, Metadata},
};
use crate::{
    document::{Node, Source},
    format::{
        Remark, Weight,
        helm::{Error, Place, functions, template::Failure, value::Value, version},
    },
    tree::{self, Tree},
};

/// A chart that is to be fetched.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub name: &'a str,
    /// As the dependency or the lock says it: `https://…`, `oci://…`.
    pub repository: &'a str,
    /// A constraint, or the version that was locked.
    pub version: &'a str,
    pub is_locked: bool,
}

impl Wanted<'_> {
    /// Whether this version is one of those that are wanted.
    pub fn takes(&self, version: &str) -> bool {
        if self.is_locked { version == self.version } else { version::is_compatible(self.version, version) }
    }

    /// The only version that is wanted, if it is said in full.
    pub fn exact(&self) -> Option<&str> {
        let in_full = || version::is_version(self.version) && self.version.split('.').take(3).count() == 3;
        (self.is_locked || in_full()).then_some(self.version)
    }
}

/// Gives the files of a chart, with its `Chart.yaml` in the root of the tree.
///
/// # Errors
/// Why it cannot be had.
pub type Fetch<'a> = &'a dyn Fn(&Wanted<'_>) -> Result<Tree, String>;

/// Where a chart lies among others, which dependencies may name by `file://`.
#[derive(Clone)]
pub(super) struct Home {
    pub(super) tree: Tree,
    pub(super) directory: String,
}

impl Home {
    pub(super) fn below(&self, path: &str) -> Home {
        Home { tree: self.tree.clone(), directory: tree::joined(&self.directory, path) }
    }

    /// The directory that a dependency names.
    pub(super) fn of(&self, path: &str) -> Result<Home, tree::Error> {
        let directory = Tree::join(&self.directory, path)?;
        if !self.tree.is_file(&tree::joined(&directory, "Chart.yaml")) {
            return Err(tree::Error::Missing(self.tree.name(&tree::joined(&directory, "Chart.yaml"))));
        }
        Ok(Home { tree: self.tree.clone(), directory })
    }
}

/// `Chart.lock`, or `requirements.lock` of old charts.
pub(super) struct Lock {
    digest: String,
    pub(super) dependencies: Vec<Dependency>,
}

impl Lock {
    pub(super) fn read(root: &Node, source: &Arc<Source>) -> Result<Lock, WrongType> {
        let digest = Fields::of("", root, source)?.text("digest")?;
        Ok(Lock { digest, dependencies: Dependency::read(root, source)? })
    }

    /// Whether it was made of these dependencies.
    pub(super) fn fits(&self, metadata: &Metadata) -> bool {
        let (Ok(asked), Ok(found)) = (list(&metadata.dependencies), list(&self.dependencies)) else { return false };
        // Helm 2 did not count what it had found.
        let of_old = || metadata.api_version == "v1" && self.digest == digest(&object(&asked));
        let as_many = self.dependencies.len() == metadata.dependencies.len();
        as_many && (self.digest == digest(&format!("[{asked},{found}]")) || of_old())
    }
}

/// The chart whose dependencies are looked for.
pub(super) struct Here<'a> {
    pub(super) metadata: &'a Metadata,
    pub(super) lock: Option<(Arc<Source>, Node)>,
    pub(super) home: Option<&'a Home>,
    pub(super) depth: usize,
}

impl Reader<'_> {
    /// Adds the dependencies that are not there, by the names that their archives would have.
    pub(super) fn missing(
        &mut self,
        charts: &mut Vec<(String, Chart)>,
        here: &Here<'_>,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), Error> {
        let there: BTreeSet<String> = charts.iter().map(|(_, chart)| chart.name().to_owned()).collect();
        let needs = &here.metadata.dependencies;
        // What names no repository has to be there, as in Helm.
        let is_missing = |need: &Dependency| !there.contains(&need.name) && !need.repository.is_empty();
        if !needs.iter().any(is_missing) {
            return Ok(());
        }
        let lock = here.lock.as_ref().map(|(source, root)| fitting(source, root, here.metadata)).transpose()?;
        let mut had = BTreeSet::new();
        for (at, need) in needs.iter().enumerate().filter(|(_, need)| is_missing(need)) {
            let locked = lock.as_ref().and_then(|lock| lock.dependencies.get(at)).filter(|lock| lock.name == need.name);
            let Dependency { repository, version, .. } = locked.unwrap_or(need);
            let wanted = Wanted { name: &need.name, repository, version, is_locked: locked.is_some() };
            // Aliases may mean one chart.
            if !had.insert((wanted.name, repository, version)) {
                continue;
            }
            let chart = self.fetched(&wanted, need, here)?;
            let version = &chart.metadata.version;
            let place = need.place.as_ref().and_then(Place::remark);
            let message = format!("`{}` {version} is fetched", need.name);
            remarks.push(Remark { weight: Weight::Note, place, message });
            charts.push((format!("{}-{version}.tgz", need.name), chart));
        }
        Ok(())
    }

    fn fetched(&mut self, wanted: &Wanted<'_>, need: &Dependency, here: &Here<'_>) -> Result<Chart, Error> {
        let refuse = |message: String| Error::Fetch { name: need.name.clone(), message, place: need.place.clone() };
        self.fetches += 1;
        let allowed = self.loading.limits.fetches;
        if self.fetches > allowed {
            let what = format!("the dependency `{}`", need.name);
            return Err(Error::Limit { what, limit: "chart-fetches", allowed: allowed as u64 });
        }
        let depth = here.depth + 1;
        let chart = match (wanted.repository.strip_prefix("file://"), self.loading.fetch) {
            (Some(path), _) => {
                let beside = beside(here.home, path, need)?;
                let tree = beside.tree.below(&beside.directory);
                let files = self.below(&tree, true)?;
                self.chart(files, &tree.name(""), Some(&beside), depth)?
            }
            (None, Some(fetch)) => {
                let tree = fetch(wanted).map_err(refuse)?;
                let files = self.below(&tree, false)?;
                self.chart(files, &tree.name(""), None, depth)?
            }
            (None, None) => return Err(refuse("charts are not fetched here".to_owned())),
        };
        let (name, version) = (chart.name(), &chart.metadata.version);
        if name != need.name || !version::is_compatible(&need.version, version) {
            let message = format!("what is there is `{name}` {version}, and not `{}` {}", need.name, need.version);
            return Err(refuse(message));
        }
        Ok(chart)
    }
}

/// The directory that a dependency names by `file://`.
fn beside(home: Option<&Home>, path: &str, need: &Dependency) -> Result<Home, Error> {
    let (name, place) = (need.name.clone(), need.place.clone());
    let Some(home) = home else {
        let message = format!("`file://{path}` is no place beside a packed chart");
        return Err(Error::Fetch { name, message, place });
    };
    home.of(path).map_err(|error| match error.leads_out() {
        true => Error::Outside { name, path: path.to_owned(), place },
        false => Error::Fetch { name, message: error.to_string(), place },
    })
}

/// The lock of a chart, if it is that of its dependencies.
fn fitting(source: &Arc<Source>, root: &Node, metadata: &Metadata) -> Result<Lock, Error> {
    let lock = Lock::read(root, source).map_err(|error| wrong_type(source.name(), error))?;
    if lock.fits(metadata) {
        return Ok(lock);
    }
    let place = Place { source: source.clone(), span: root.get("digest").map_or(root.span, |digest| digest.span) };
    Err(Error::Stale { file: source.name().to_owned(), place })
}

fn object(list: &str) -> String {
    format!("{{\"dependencies\":{list}}}")
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// Dependencies as Go writes Helm's struct of them as JSON.
fn list(dependencies: &[Dependency]) -> Result<String, Failure> {
    let all: Vec<String> = dependencies.iter().map(one).collect::<Result<_, _>>()?;
    Ok(format!("[{}]", all.join(",")))
}

fn one(dependency: &Dependency) -> Result<String, Failure> {
    let text = |text: &str| functions::json(&Value::string(text));
    let mut members = vec![format!("\"name\":{}", text(&dependency.name)?)];
    let mut member = |name: &str, value: &str| -> Result<(), Failure> {
        if !value.is_empty() || name == "repository" {
            members.push(format!("\"{name}\":{}", text(value)?));
        }
        Ok(())
    };
    member("version", &dependency.version)?;
    member("repository", &dependency.repository)?;
    member("condition", &dependency.condition)?;
    if !dependency.tags.is_empty() {
        let tags: Vec<String> = dependency.tags.iter().map(|tag| text(tag)).collect::<Result<_, _>>()?;
        members.push(format!("\"tags\":[{}]", tags.join(",")));
    }
    if dependency.enabled {
        members.push("\"enabled\":true".to_owned());
    }
    if !dependency.said_imports.is_empty() {
        let imports = dependency.said_imports.iter().map(|node| functions::json(&Value::from_node(node)));
        members.push(format!("\"import-values\":[{}]", imports.collect::<Result<Vec<_>, _>>()?.join(",")));
    }
    if !dependency.alias.is_empty() {
        members.push(format!("\"alias\":{}", text(&dependency.alias)?));
    }
    Ok(format!("{{{}}}", members.join(",")))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::{
        format::helm::{Limits, Loading},
        tree::Memory,
    };

    const DEPENDENCIES: &str = r#"dependencies:
- {name: red, version: "^1.2.0 <1.9 || ^1.0", repository: "http://127.0.0.1:5078", tags: [a&b], import-values: [{child: a, parent: b}, data]}
- {name: blue, version: ">=1.2 <2", repository: "oci://127.0.0.1:5077/c", alias: navy}
- {name: common, version: 0.x.x, repository: "file://../common", condition: "common.enabled"}
"#;
    /// As Helm 4.3.1 wrote it for these.
    const LOCK: &str = "dependencies:
- name: red
  repository: http://127.0.0.1:5078
  version: 1.3.0
- name: blue
  repository: oci://127.0.0.1:5077/c
  version: 1.3.0
- name: common
  repository: file://../common
  version: 0.4.0
digest: sha256:434a2dde44a421aad555d96ea34d64143ee68ddea58e1336f44c2dcd69162efb
";

    fn chart(name: &str, version: &str, more: &str) -> String {
        format!("apiVersion: v2\nname: {name}\nversion: {version}\n{more}")
    }

    /// What is asked for when the chart in `web/` is loaded, and what comes of it; `latest` is what there is of everything.
    fn asked(files: &[(&str, String)], latest: &str, limits: Limits) -> String {
        let mut tree = Memory::new("");
        for (path, text) in files {
            tree.insert(path, text.as_bytes());
        }
        let log = RefCell::new(Vec::new());
        let fetch = |wanted: &Wanted<'_>| {
            let takes = if wanted.takes(latest) { "takes" } else { "does not take" };
            log.borrow_mut().push(format!("{} of {} {takes} {latest}", wanted.name, wanted.repository));
            let mut tree = Memory::new("far/");
            tree.insert("Chart.yaml", chart(wanted.name, latest, "").as_bytes());
            Ok(Tree::new(tree))
        };
        let loading = Loading { fetch: Some(&fetch), limits, ..Loading::default() };
        let loaded = Chart::load_in(&Tree::new(tree), "web", &loading);
        log.borrow_mut().push(match loaded {
            Ok(chart) => {
                let charts = chart.charts.iter().map(|chart| format!("{} {}", chart.name(), chart.metadata.version));
                charts.collect::<Vec<_>>().join(", ")
            }
            Err(error) => format!("error: {error}"),
        });
        log.into_inner().join("\n")
    }

    #[test]
    fn what_is_not_there_is_fetched() {
        let web = ("web/Chart.yaml", chart("web", "1.0.0", DEPENDENCIES));
        let common = ("common/Chart.yaml", chart("common", "0.4.0", ""));
        let lock = |text: &str| ("web/Chart.lock", text.to_owned());
        let (red, blue) = ("red of http://127.0.0.1:5078", "blue of oci://127.0.0.1:5077/c");
        let all = "blue 1.5.0, common 0.4.0, red 1.5.0";
        for (files, latest, expected) in [
            (vec![web.clone(), common.clone()], "1.5.0", format!("{red} takes 1.5.0\n{blue} takes 1.5.0\n{all}")),
            (
                vec![web.clone(), common.clone(), lock(LOCK)],
                "1.5.0",
                format!("{red} does not take 1.5.0\n{blue} does not take 1.5.0\n{all}"),
            ),
            (
                vec![web.clone(), common.clone(), lock(&LOCK.replace("1.3.0", "1.4.0"))],
                "1.5.0",
                "error: `web/Chart.lock` does not fit the dependencies of the chart any more".to_owned(),
            ),
            (
                vec![web.clone(), common.clone(), ("web/charts/red/Chart.yaml", chart("red", "1.2.9", ""))],
                "1.5.0",
                format!("{blue} takes 1.5.0\nblue 1.5.0, common 0.4.0, red 1.2.9"),
            ),
            (
                vec![web.clone()],
                "1.5.0",
                format!(
                    "{red} takes 1.5.0\n{blue} takes 1.5.0\nerror: the dependency `common` cannot be fetched: there is no \
                     `common/Chart.yaml`"
                ),
            ),
            (
                vec![web],
                "2.0.0",
                format!(
                    "{red} does not take 2.0.0\nerror: the dependency `red` cannot be fetched: what is there is `red` \
                     2.0.0, and not `red` ^1.2.0 <1.9 || ^1.0"
                ),
            ),
        ] {
            assert_eq!(asked(&files, latest, Limits::default()), expected);
        }
    }

    #[test]
    fn charts_that_need_each_other_come_to_an_end() {
        let needs = |name: &str, other: &str| {
            let dependency =
                format!("dependencies: [{{name: {other}, version: 1.x, repository: 'file://../{other}'}}]");
            chart(name, "1.0.0", &dependency)
        };
        let files = [("web/Chart.yaml", needs("web", "shop")), ("shop/Chart.yaml", needs("shop", "web"))];
        let said = |limits| asked(&files, "1.0.0", limits);
        assert!(said(Limits::default()).contains("exceeds the limit `chart-depth` of 32"));
        assert!(said(Limits { fetches: 3, ..Limits::default() }).contains("exceeds the limit `chart-fetches` of 3"));
        let out = [("web/Chart.yaml", needs("web", "../../shop"))];
        let said = asked(&out, "1.0.0", Limits::default());
        assert!(said.contains("`../../../shop` leads out of the root"), "{said}");
    }
}
