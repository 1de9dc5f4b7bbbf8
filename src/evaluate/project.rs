//! `.mesheryctl.yaml`: what a repository has decided about its own evaluation.
//!
//! ```yaml
//! kubernetesVersion: "1.33"
//! crds: [crds/]
//! allowExternal: [Secret/registry-*]
//! exclude: ["vendor/**"]
//! severity: {R201: error}
//! ignore:
//!   - code: S102
//!     path: legacy/*.yaml
//!     object: Deployment/web
//!     reason: the operator reads it
//!     owner: team-shop
//!     expires: 2027-03-01
//! ```
//!
//! Read like every document, so that what is wrong with it has a place; and strictly, so that a mistyped key is not a
//! decision silently lost. An exception has a reason and an owner, and may have an end, after which its findings are
//! back with the owner's name beside them.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;

use crate::{
    document::{self, Limits, Node, Source, Span, Value, nearest},
    registry::Version,
};

use super::{Code, Finding, Location, Related, Severity, Suppression, code::document as codes, suppress};

/// The name of the file, in the root of a project.
pub const FILE_NAME: &str = ".mesheryctl.yaml";

/// A project's decisions. The default decides nothing.
#[derive(Debug, Default)]
pub struct Project {
    pub kubernetes_version: Option<Version>,
    /// Files and directories with CustomResourceDefinitions, relative to the file.
    pub crds: Vec<String>,
    /// What references may point at although nothing defines it.
    pub allow_external: Vec<String>,
    exclude: Vec<GlobMatcher>,
    /// Severities to report instead of the catalogue's, by id of the code.
    severity: BTreeMap<&'static str, Severity>,
    ignore: Vec<Ignore>,
}

/// An accepted exception.
#[derive(Debug)]
struct Ignore {
    codes: Vec<Code>,
    /// All files when absent.
    path: Option<GlobMatcher>,
    /// All objects when absent; `Kind/name` otherwise.
    object: Option<GlobMatcher>,
    reason: String,
    owner: String,
    /// The last day on which it holds.
    expires: Option<Date>,
    location: Location,
}

/// Something wrong with the file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    #[error("{0}")]
    Text(document::ErrorKind),
    #[error("the file has more than one document")]
    Documents,
    #[error("unknown key `{key}`{}", did_you_mean(*.nearest))]
    UnknownKey { key: String, nearest: Option<&'static str> },
    #[error("{what} must be {wanted}, not {found}")]
    Type { what: String, wanted: &'static str, found: &'static str },
    #[error("`{0}` is missing")]
    Missing(&'static str),
    #[error("`{0}` is empty")]
    Empty(String),
    #[error("`{text}` is not a code that can be set here: {help}")]
    Code { text: String, help: String },
    #[error("`{text}` is not a glob: {reason}")]
    Glob { text: String, reason: String },
    #[error("`{0}` is not a date (YYYY-MM-DD)")]
    Date(String),
    #[error("`{0}` is not a version of Kubernetes, such as 1.33")]
    Version(String),
    #[error("`{0}` is not a severity (error, warning, info)")]
    Severity(String),
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default()
}

/// `.mesheryctl.yaml:3:5: unknown key …`.
impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Location { file, start, .. } = &self.location;
        write!(out, "{file}:{}:{}: {}", start.line, start.column, self.kind)
    }
}

impl Project {
    /// Reads the project's file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the text.
    pub fn read(source: &Source) -> Result<Project, Vec<Problem>> {
        let mut reader = Reader { source, problems: Vec::new() };
        let mut project = Project::default();
        // Generous for a file of decisions, and nothing that could hurt.
        let limits = Limits { bytes: 4 << 20, documents: 16, ..Limits::default() };
        let mut full = 0;
        for read in document::read(source, limits) {
            match read {
                Err(error) => reader.problem(error.span, ProblemKind::Text(error.kind)),
                Ok(document) => {
                    for error in document.problems {
                        reader.problem(error.span, ProblemKind::Text(error.kind));
                    }
                    if document.root.is_null() {
                        continue;
                    }
                    full += 1;
                    if full > 1 {
                        reader.problem(document.root.span, ProblemKind::Documents);
                        break;
                    }
                    reader.project(&document.root, &mut project);
                }
            }
        }
        reader.problems.sort_by_key(|problem| problem.location.span);
        if reader.problems.is_empty() { Ok(project) } else { Err(reader.problems) }
    }

    /// Whether a file, named relative to the project's file, is not to be evaluated.
    pub fn excludes(&self, file: &str) -> bool {
        self.exclude.iter().any(|glob| glob.is_match(file))
    }

    /// Applies severities and exceptions to the findings of a whole evaluation, and answers with what there is to say of
    /// the exceptions: those that hold nothing back. `relative` names a finding's file relative to the project's file;
    /// `checked` are the files evaluated, named so. `today` decides which exceptions are over.
    pub fn apply(
        &self,
        findings: &mut [Finding],
        checked: &[&str],
        today: Date,
        relative: impl Fn(&str) -> String,
    ) -> Vec<Finding> {
        let mut used = vec![false; self.ignore.len()];
        for finding in findings {
            if let Some(severity) = self.severity.get(finding.code.id) {
                finding.severity = *severity;
            }
            if self.ignore.is_empty() || !suppress::can_be_ignored(finding.code) {
                continue;
            }
            let file = relative(&finding.location.file);
            for (ignore, used) in self.ignore.iter().zip(&mut used) {
                if ignore.matches(finding, &file) {
                    *used = true;
                    ignore.apply(finding, today);
                }
            }
        }
        // An exception for files that this run did not look at may well be needed.
        let idle = self.ignore.iter().zip(&used).filter(|(ignore, used)| {
            !**used && checked.iter().any(|file| ignore.path.as_ref().is_none_or(|path| path.is_match(file)))
        });
        idle.map(|(ignore, _)| ignore.unused()).collect()
    }
}

impl Ignore {
    fn matches(&self, finding: &Finding, file: &str) -> bool {
        self.codes.contains(&finding.code)
            && self.path.as_ref().is_none_or(|path| path.is_match(file))
            && self.object.as_ref().is_none_or(|object| {
                finding
                    .subject
                    .as_ref()
                    .is_some_and(|subject| object.is_match(format!("{}/{}", subject.kind, subject.name)))
            })
    }

    fn apply(&self, finding: &mut Finding, today: Date) {
        match self.expires {
            Some(expires) if expires < today => finding.related.push(Related {
                message: format!("{} had accepted this until {expires}: {}", self.owner, self.reason),
                location: self.location.clone(),
            }),
            _ => {
                let by = || Suppression { reason: self.reason.clone(), owner: Some(self.owner.clone()) };
                finding.suppressed.get_or_insert_with(by);
            }
        }
    }

    fn unused(&self) -> Finding {
        let codes: Vec<&str> = self.codes.iter().map(|code| code.id).collect();
        let message = format!("nothing to ignore: no {} that this entry speaks of was found", codes.join(", "));
        let mut finding = Finding::new(codes::IGNORE_UNUSED, message, self.location.clone());
        finding.help(format!("remove the entry; {} answers for it", self.owner));
        finding
    }
}

/// Reads on after a problem, to tell all of them at once.
struct Reader<'a> {
    source: &'a Source,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.problems.push(Problem { kind, location: Location::new(self.source, span) });
    }

    fn project(&mut self, root: &Node, project: &mut Project) {
        const KEYS: &[&str] = &["kubernetesVersion", "crds", "allowExternal", "exclude", "severity", "ignore"];
        if !self.mapping("the file", root, KEYS) {
            return;
        }
        project.kubernetes_version = root.field("kubernetesVersion").and_then(|node| self.version(node));
        project.crds = self.strings("crds", root).into_iter().map(|(text, _)| text).collect();
        project.allow_external = self.strings("allowExternal", root).into_iter().map(|(text, _)| text).collect();
        let exclude = self.strings("exclude", root);
        project.exclude = exclude.into_iter().filter_map(|(text, span)| self.glob(&text, span, true)).collect();
        if let Some(node) = root.field("severity") {
            self.severities(node, project);
        }
        for node in self.list("ignore", root) {
            project.ignore.extend(self.ignore(node));
        }
    }

    fn severities(&mut self, node: &Node, project: &mut Project) {
        if node.as_mapping().is_none() {
            return self.wrong_type("severity", "an object of codes", node);
        }
        for entry in node.entries() {
            let code = self.code(&entry.key, entry.key_span);
            let severity = match entry.value.as_str() {
                Some("error") => Severity::Error,
                Some("warning") => Severity::Warning,
                Some("info") => Severity::Info,
                _ => {
                    let text = self.source.slice(entry.value.span).to_owned();
                    self.problem(entry.value.span, ProblemKind::Severity(text));
                    continue;
                }
            };
            project.severity.extend(code.map(|code| (code.id, severity)));
        }
    }

    fn ignore(&mut self, node: &Node) -> Option<Ignore> {
        const KEYS: &[&str] = &["code", "path", "object", "reason", "owner", "expires"];
        if !self.mapping("an entry of `ignore`", node, KEYS) {
            return None;
        }
        let codes = self.codes(node);
        let path = self.text("path", node).and_then(|(text, span)| self.glob(&text, span, true));
        let object = self.text("object", node).and_then(|(text, span)| self.glob(&text, span, false));
        let reason = self.required("reason", node);
        let owner = self.required("owner", node);
        let expires = self.text("expires", node).and_then(|(text, span)| {
            let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
            if date.is_none() {
                self.problem(span, ProblemKind::Date(text));
            }
            date
        });
        let location = Location::new(self.source, self.head(node));
        Some(Ignore { codes, path, object, reason: reason?, owner: owner?, expires, location })
    }

    /// `code: S102`, `code: S102, R201` or a list.
    fn codes(&mut self, node: &Node) -> Vec<Code> {
        let Some(value) = node.field("code") else {
            self.problem(self.head(node), ProblemKind::Missing("code"));
            return Vec::new();
        };
        let texts = match value.as_sequence() {
            Some(_) => self.strings("code", node),
            None => self.text("code", node).into_iter().collect(),
        };
        if texts.is_empty() && value.as_sequence().is_some() {
            self.problem(value.span, ProblemKind::Empty("code".to_owned()));
        }
        let names = texts.iter().flat_map(|(text, span)| text.split(',').map(|name| (name.trim(), *span)));
        names.filter_map(|(name, span)| self.code(name, span)).collect()
    }

    fn code(&mut self, name: &str, span: Span) -> Option<Code> {
        suppress::code(name).map_err(|help| self.problem(span, ProblemKind::Code { text: name.to_owned(), help })).ok()
    }

    fn version(&mut self, node: &Node) -> Option<Version> {
        // `1.30` without quotes is a number; its text is what was meant.
        let text = node.as_str().unwrap_or_else(|| self.source.slice(node.span)).to_owned();
        let version = text.parse().ok();
        if version.is_none() {
            self.problem(node.span, ProblemKind::Version(text));
        }
        version
    }

    /// In paths `*` stops at `/` and `**` does not; in names of objects it does not matter.
    fn glob(&mut self, text: &str, span: Span, path: bool) -> Option<GlobMatcher> {
        match GlobBuilder::new(text).literal_separator(path).build() {
            Ok(glob) => Some(glob.compile_matcher()),
            Err(error) => {
                let reason = error.kind().to_string();
                self.problem(span, ProblemKind::Glob { text: text.to_owned(), reason });
                None
            }
        }
    }

    fn required(&mut self, key: &'static str, node: &Node) -> Option<String> {
        if node.field(key).is_none() {
            self.problem(self.head(node), ProblemKind::Missing(key));
        }
        self.text(key, node).map(|(text, _)| text)
    }

    /// A text that is not empty.
    fn text(&mut self, key: &str, node: &Node) -> Option<(String, Span)> {
        let value = node.field(key)?;
        match value.as_str() {
            Some(text) if text.trim().is_empty() => self.problem(value.span, ProblemKind::Empty(key.to_owned())),
            Some(text) => return Some((text.trim().to_owned(), value.span)),
            None => self.wrong_type(key, "a text", value),
        }
        None
    }

    fn strings(&mut self, key: &str, node: &Node) -> Vec<(String, Span)> {
        let mut strings = Vec::new();
        for item in self.list(key, node) {
            match item.as_str() {
                Some(text) => strings.push((text.to_owned(), item.span)),
                None => self.wrong_type(key, "a list of texts", item),
            }
        }
        strings
    }

    fn list<'n>(&mut self, key: &str, node: &'n Node) -> &'n [Node] {
        match node.field(key).map(|value| (value, &value.value)) {
            None => &[],
            Some((_, Value::Sequence(items))) => items,
            Some((value, _)) => {
                self.wrong_type(key, "a list", value);
                &[]
            }
        }
    }

    /// Whether `node` is a mapping; keys that are not among `keys` are problems.
    fn mapping(&mut self, what: &str, node: &Node, keys: &'static [&'static str]) -> bool {
        if node.as_mapping().is_none() {
            self.wrong_type(what, "an object", node);
            return false;
        }
        for entry in node.entries().filter(|entry| !keys.contains(&entry.key.as_str())) {
            let nearest = nearest(&entry.key, keys.iter().copied());
            self.problem(entry.key_span, ProblemKind::UnknownKey { key: entry.key.to_string(), nearest });
        }
        true
    }

    fn wrong_type(&mut self, what: &str, wanted: &'static str, node: &Node) {
        // Keys are quoted; `an entry of …` is not a key.
        let what = if what.contains(' ') { what.to_owned() } else { format!("`{what}`") };
        self.problem(node.span, ProblemKind::Type { what, wanted, found: node.type_name() });
    }

    /// Where a mapping begins: its first key.
    fn head(&self, node: &Node) -> Span {
        node.entries().next().map_or(node.span, |entry| entry.key_span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{Subject, code::schema};

    fn problems(text: &str) -> String {
        match Project::read(&Source::new("p", text)) {
            Ok(_) => String::new(),
            Err(problems) => problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"),
        }
    }

    #[test]
    fn all_keys_are_read() {
        let text = "# nothing else\nkubernetesVersion: 1.30\ncrds: [crds/]\nallowExternal: [Secret/*]\nexclude: ['vendor/**']\nseverity: {S102: info}\n";
        let project = Project::read(&Source::new("p", text)).unwrap();
        assert_eq!(project.kubernetes_version, Some(Version(1, 30)));
        assert_eq!((project.crds, project.allow_external), (vec!["crds/".to_owned()], vec!["Secret/*".to_owned()]));
        assert_eq!(project.exclude.len(), 1);
        assert_eq!(project.severity["S102"], Severity::Info);
        assert_eq!(problems(""), "");
        assert_eq!(problems("# nothing\n---\n"), "");
    }

    #[test]
    fn every_problem_is_told_at_once_with_its_place() {
        insta::assert_snapshot!(
            problems("kubernetesversion: 1\nexclude: vendor\nseverity: {S102: fatal, S9: error}\nignore:\n- code: [unknown-filed]\n  path: 'a['\n  expires: 2026-2-30\n  owner: ''\n- 7\ncrds: [1]\ncrds: []\n"),
            @"
        p:1:1: unknown key `kubernetesversion`; did you mean `kubernetesVersion`?
        p:2:10: `exclude` must be a list, not string
        p:3:18: `fatal` is not a severity (error, warning, info)
        p:3:25: `S9` is not a code that can be set here: `mesheryctl explain` lists the codes
        p:5:3: `reason` is missing
        p:5:10: `unknown-filed` is not a code that can be set here: did you mean `unknown-field`?
        p:6:9: `a[` is not a glob: unclosed character class; missing ']'
        p:7:12: `2026-2-30` is not a date (YYYY-MM-DD)
        p:8:10: `owner` is empty
        p:9:3: an entry of `ignore` must be an object, not integer
        p:10:8: `crds` must be a list of texts, not integer
        p:11:1: key `crds` is already set in this mapping
        "
        );
        insta::assert_snapshot!(problems("- a\n"), @"p:1:1: the file must be an object, not list");
        insta::assert_snapshot!(problems("crds: []\n---\ncrds: []\n"), @"p:3:1: the file has more than one document");
        insta::assert_snapshot!(problems("a: [\n"), @"p:1:4: unclosed bracket '['");
        insta::assert_snapshot!(problems("kubernetesVersion: new\nseverity: []\nignore: [{code: [], reason: a, owner: b}]\n"), @"
        p:1:20: `new` is not a version of Kubernetes, such as 1.33
        p:2:11: `severity` must be an object of codes, not list
        p:3:17: `code` is empty
        ");
    }

    /// Evaluates one finding (S102 of Deployment/web in `k8s/web.yaml`) on 2026-11-21.
    fn check(ignore: &str, expected: &str) {
        let source = Source::new(FILE_NAME, format!("ignore:\n- {{{ignore}, reason: why, owner: team}}\n"));
        let project = Project::read(&source).unwrap();
        let web = Source::new("./k8s/web.yaml", "replica: 1\n");
        let mut finding = Finding::new(schema::UNKNOWN_FIELD, "x".to_owned(), Location::new(&web, Span::new(0, 7)));
        let text = |text: &str| text.to_owned();
        finding.subject = Some(Subject {
            api_version: text("apps/v1"),
            kind: text("Deployment"),
            namespace: text("shop"),
            name: text("web"),
        });
        let mut findings = [finding];
        let relative = |file: &str| file.trim_start_matches("./").to_owned();
        let said = project.apply(&mut findings, &["k8s/web.yaml"], jiff::civil::date(2026, 11, 21), relative);
        let [finding] = findings;
        let mut result: Vec<String> = Vec::new();
        result.extend(finding.suppressed.map(|by| format!("{} ({})", by.reason, by.owner.unwrap_or_default())));
        result.extend(finding.related.into_iter().map(|related| related.message));
        result.extend(said.into_iter().map(|finding| format!("{}: {}", finding.code.id, finding.message)));
        assert_eq!(result.join("\n"), expected, "{ignore}");
    }

    #[test]
    fn exceptions_hold_until_they_are_over() {
        check("code: S102", "why (team)");
        check("code: 'R101, unknown-field', path: k8s/*.yaml, object: Deployment/w*", "why (team)");
        check("code: S102, expires: 2026-11-21", "why (team)");
        check("code: S102, expires: 2026-11-20", "team had accepted this until 2026-11-20: why");
        let idle = "Y203: nothing to ignore: no S102 that this entry speaks of was found";
        check("code: S102, object: Service/web", idle);
        check("code: S102, path: '*.yaml', object: Deployment/web", "");
        check("code: S102, path: '**/*.yaml', object: Deployment/web", "why (team)");
    }
}
