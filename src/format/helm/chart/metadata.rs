//! `Chart.yaml`: what a chart says of itself, checked as Helm checks it (`pkg/chart/v2`).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    document::{Node, Source, Value},
    format::helm::{
        Error, Place,
        chart::decode::{Fields, WrongType},
        version,
    },
};

/// What `Chart.yaml` says.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    pub name: String,
    pub version: String,
    pub app_version: String,
    /// `v1`, `v2`; `v1` where nothing is said.
    pub api_version: String,
    /// `application`, `library` or nothing.
    pub kind: String,
    pub description: String,
    pub home: String,
    pub icon: String,
    pub sources: Vec<String>,
    pub keywords: Vec<String>,
    pub maintainers: Vec<Maintainer>,
    pub annotations: Option<BTreeMap<String, String>>,
    /// The versions of Kubernetes that it is for, as a constraint.
    pub kube_version: String,
    pub condition: String,
    pub tags: String,
    pub deprecated: bool,
    pub dependencies: Vec<Dependency>,
}

#[derive(Debug, Clone, Default)]
pub struct Maintainer {
    pub name: String,
    pub email: String,
    pub url: String,
}

/// A chart that another one needs.
#[derive(Debug, Clone, Default)]
pub struct Dependency {
    pub name: String,
    /// A constraint.
    pub version: String,
    pub repository: String,
    /// Paths of values, of which the first one that is there decides.
    pub condition: String,
    pub tags: Vec<String>,
    pub(in crate::format::helm) enabled: bool,
    pub(in crate::format::helm) imports: Vec<Import>,
    /// `import-values` as it is written.
    pub(super) said_imports: Vec<Node>,
    pub alias: String,
    /// Where it is written.
    pub(in crate::format::helm) place: Option<Place>,
}

/// An item of `import-values`.
#[derive(Debug, Clone)]
pub(in crate::format::helm) enum Import {
    /// A name below `exports` of the subchart.
    Export(String),
    Table {
        child: String,
        parent: String,
    },
}

impl Metadata {
    /// Reads the mapping of a `Chart.yaml`. Nothing is checked yet: dependencies of old charts stand in another file.
    pub(super) fn read(root: &Node, source: &Arc<Source>) -> Result<Metadata, WrongType> {
        let fields = Fields::of("", root, source)?;
        let text = |name| fields.text(name);
        let api_version = text("apiVersion")?;
        Ok(Metadata {
            name: text("name")?,
            version: text("version")?,
            app_version: text("appVersion")?,
            api_version: if api_version.is_empty() { "v1".to_owned() } else { api_version },
            kind: text("type")?,
            description: text("description")?,
            home: text("home")?,
            icon: text("icon")?,
            sources: fields.texts("sources")?,
            keywords: fields.texts("keywords")?,
            maintainers: Maintainer::read(&fields, source)?,
            annotations: fields.labels("annotations")?,
            kube_version: text("kubeVersion")?,
            condition: text("condition")?,
            tags: text("tags")?,
            deprecated: fields.flag("deprecated")?,
            dependencies: Dependency::read(root, source)?,
        })
    }

    /// Whether its templates can only be included.
    pub fn is_library(&self) -> bool {
        self.kind.eq_ignore_ascii_case("library")
    }

    /// Cleans the texts and refuses what Helm refuses. Places are those in `source`.
    pub(super) fn checked(mut self, root: &Node, source: &Arc<Source>) -> Result<Metadata, Error> {
        for text in [
            &mut self.name,
            &mut self.description,
            &mut self.home,
            &mut self.icon,
            &mut self.condition,
            &mut self.tags,
            &mut self.app_version,
            &mut self.kube_version,
        ]
        .into_iter()
        .chain(&mut self.sources)
        .chain(&mut self.keywords)
        .chain(self.maintainers.iter_mut().flat_map(|one| [&mut one.name, &mut one.email, &mut one.url]))
        {
            clean(text);
        }
        let refuse = |field: &str, message: String| {
            let span = root.get(field).map_or(root.span, |node| node.span);
            let place = Some(Place { source: source.clone(), span });
            Err(Error::Metadata { file: source.name().to_owned(), message, place })
        };
        if self.name.is_empty() {
            return refuse("name", "the chart has no `name`".to_owned());
        }
        if matches!(self.name.as_str(), "." | "..") || self.name.contains(['/', '\\']) {
            return refuse("name", format!("`{}` is not allowed as the name of a chart", self.name));
        }
        if self.version.is_empty() {
            return refuse("version", "the chart has no `version`".to_owned());
        }
        if !version::is_version(&self.version) {
            return refuse("version", format!("the version `{}` of the chart is not a semantic version", self.version));
        }
        if !matches!(self.kind.as_str(), "" | "application" | "library") {
            return refuse("type", format!("the type of the chart is `{}`, not `application` or `library`", self.kind));
        }
        check_dependencies(&mut self.dependencies, source)?;
        Ok(self)
    }
}

impl Maintainer {
    fn read(fields: &Fields<'_>, source: &Arc<Source>) -> Result<Vec<Maintainer>, WrongType> {
        let one = |node: &Node| {
            let fields = Fields::of("maintainers", no_null("maintainers", node, source)?, source)?;
            Ok(Maintainer { name: fields.text("name")?, email: fields.text("email")?, url: fields.text("url")? })
        };
        fields.items("maintainers")?.iter().map(one).collect()
    }
}

impl Dependency {
    /// The `dependencies` of a mapping, which may be that of `requirements.yaml`.
    pub(super) fn read(root: &Node, source: &Arc<Source>) -> Result<Vec<Dependency>, WrongType> {
        let one = |node: &Node| {
            let fields = Fields::of("dependencies", no_null("dependencies", node, source)?, source)?;
            let said_imports = fields.items("import-values")?.to_vec();
            Ok(Dependency {
                name: fields.text("name")?,
                version: fields.text("version")?,
                repository: fields.text("repository")?,
                condition: fields.text("condition")?,
                tags: fields.texts("tags")?,
                enabled: fields.flag("enabled")?,
                imports: said_imports.iter().filter_map(Import::of).collect(),
                said_imports,
                alias: fields.text("alias")?,
                place: Some(Place { source: source.clone(), span: node.span }),
            })
        };
        Fields::of("", root, source)?.items("dependencies")?.iter().map(one).collect()
    }

    /// What it is called among the values of the chart that needs it.
    pub fn called(&self) -> &str {
        if self.alias.is_empty() { &self.name } else { &self.alias }
    }
}

impl Import {
    /// `None` for what is neither a name nor a mapping, which Helm passes over.
    fn of(node: &Node) -> Option<Import> {
        if let Some(name) = node.as_str() {
            return Some(Import::Export(name.to_owned()));
        }
        node.as_mapping()?;
        // What is not there is what Go prints of it, and not found.
        let text = |name| match node.get(name).map(|node| &node.value) {
            Some(Value::String(text)) => text.to_string(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(value)) => value.to_string(),
            _ => "<nil>".to_owned(),
        };
        Some(Import::Table { child: text("child"), parent: text("parent") })
    }
}

fn no_null<'a>(field: &str, node: &'a Node, source: &Arc<Source>) -> Result<&'a Node, WrongType> {
    if !node.is_null() {
        return Ok(node);
    }
    let place = Place { source: source.clone(), span: node.span };
    Err(WrongType { field: format!("an item of {field}"), expected: "object", found: "null", place })
}

fn check_dependencies(dependencies: &mut [Dependency], source: &Arc<Source>) -> Result<(), Error> {
    let refuse = |dependency: &Dependency, message: String| {
        let place = dependency.place.clone();
        let file = place.as_ref().map_or(source, |place| &place.source).name().to_owned();
        Err(Error::Metadata { file, message, place })
    };
    let mut called = BTreeSet::new();
    for dependency in dependencies {
        let texts =
            [&mut dependency.name, &mut dependency.version, &mut dependency.repository, &mut dependency.condition];
        texts.into_iter().chain(&mut dependency.tags).for_each(clean);
        let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
        if !dependency.alias.chars().all(allowed) {
            let message = format!(
                "the alias `{}` of the dependency `{}` has other characters than letters, digits, `-` and `_`",
                dependency.alias, dependency.name
            );
            return refuse(dependency, message);
        }
        if !called.insert(dependency.called().to_owned()) {
            return refuse(dependency, format!("there is more than one dependency called `{}`", dependency.called()));
        }
    }
    Ok(())
}

/// White space becomes a space, what cannot be printed is dropped.
fn clean(text: &mut String) {
    let printed = |character: char| {
        let invisible = matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        if character.is_whitespace() { Some(' ') } else { (!character.is_control() && !invisible).then_some(character) }
    };
    if !text.chars().all(|character| character.is_ascii_graphic()) {
        *text = text.chars().filter_map(printed).collect();
    }
}
