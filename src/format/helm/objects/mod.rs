//! What templates are given: `.Values`, `.Chart`, `.Release`, `.Capabilities`, `.Files`, `.Subcharts`
//! (`recAllTpls` of Helm's `pkg/engine`).

mod capabilities;
mod files;
mod glob;

use std::{collections::HashMap, sync::Arc};

use super::{
    chart::{Dependency, Import, Metadata},
    dependency::Member,
    values::setting::{Data, Setting, Table},
};
use crate::{
    document::{Source, Text},
    format::helm::value::{Map, Step, Str, Type, Value},
};

pub(super) use capabilities::{KubeVersion, capabilities};

/// The type of values in Helm.
const VALUES: &str = "common.Values";

/// What the templates of one chart are given.
pub(super) struct Scope<'a> {
    pub(super) chart: &'a Member<'a>,
    /// `shop/charts/database`
    pub(super) path: String,
    /// The root that templates begin with.
    pub(super) root: Map,
    /// The same as `.Values`, with places.
    values: Table,
}

/// The release that charts are rendered for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Release<'a> {
    pub(super) name: &'a str,
    pub(super) namespace: &'a str,
    pub(super) is_upgrade: bool,
}

impl Release<'_> {
    fn value(self) -> Value {
        let entries: [(&str, Value); 6] = [
            ("Name", self.name.into()),
            ("Namespace", self.namespace.into()),
            ("IsUpgrade", self.is_upgrade.into()),
            ("IsInstall", (!self.is_upgrade).into()),
            ("Revision", Value::int(1)),
            ("Service", "Helm".into()),
        ];
        map(entries)
    }
}

/// The scopes of a chart and all its subcharts.
pub(super) fn scopes<'a>(
    chart: &'a Member<'a>,
    values: &Table,
    release: Release<'_>,
    capabilities: Value,
) -> Vec<Scope<'a>> {
    let mut building = Building { release: release.value(), capabilities, tables: HashMap::new(), scopes: Vec::new() };
    let given = building.map_of(values);
    building.scope(chart, chart.name.to_string(), (values.clone(), given), true);
    building.scopes
}

struct Building<'a> {
    release: Value,
    capabilities: Value,
    /// What tables have become: those that are one stay one.
    tables: HashMap<usize, Map>,
    scopes: Vec<Scope<'a>>,
}

impl<'a> Building<'a> {
    fn scope(&mut self, chart: &'a Member<'a>, path: String, (values, given): (Table, Map), is_root: bool) -> Map {
        let subcharts = Map::new();
        let root = Map::new();
        let metadata = metadata(chart);
        metadata.insert("IsRoot", is_root.into());
        root.insert("Chart", metadata.into());
        root.insert("Files", files::files(&chart.chart.files));
        root.insert("Release", self.release.clone());
        root.insert("Capabilities", self.capabilities.clone());
        root.insert("Values", given.named(VALUES).into());
        root.insert("Subcharts", subcharts.clone().into());
        for member in &chart.members {
            let below = values.get(&member.name).and_then(|setting| setting.table().cloned()).unwrap_or_default();
            let given = self.map_of(&below);
            let path = format!("{path}/charts/{}", member.name);
            subcharts.insert(member.name.clone(), self.scope(member, path, (below, given), false).into());
        }
        self.scopes.push(Scope { chart, path, root: root.clone().named(VALUES), values });
        root
    }

    fn map_of(&mut self, table: &Table) -> Map {
        if let Some(map) = self.tables.get(&table.identity()) {
            return map.clone();
        }
        let map = Map::new();
        self.tables.insert(table.identity(), map.clone());
        for (key, setting) in table.entries().iter() {
            map.insert(key.clone(), self.value_of(setting));
        }
        map
    }

    fn value_of(&mut self, setting: &Setting) -> Value {
        match &setting.data {
            Data::Null => Value::Nil,
            Data::Bool(value) => Value::Bool(*value),
            Data::Int(value) => Value::int64(*value),
            Data::Float(value) => Value::Float(*value),
            Data::String(text) => Value::string(text.clone()),
            Data::List(items) => Value::list(items.iter().map(|item| self.value_of(item)).collect::<Vec<_>>()),
            Data::Table(table) => Value::Map(self.map_of(table)),
        }
    }
}

impl Scope<'_> {
    /// `.Template` of the template that is executed next.
    pub(super) fn set_template(&self, name: &str) {
        let template = map([("Name", name.into()), ("BasePath", format!("{}/templates", self.path).into())]);
        let named = template.as_map().map(|map| Value::Map(map.named(VALUES)));
        self.root.insert("Template", named.unwrap_or_default());
    }

    /// Where the value that `steps` lead to from the root was set. It may have been changed by templates since.
    pub(super) fn place(&self, steps: &[&Step]) -> Option<(Arc<Source>, crate::document::Span)> {
        let (Step::Key(first), rest) = steps.split_first()? else { return None };
        let place = match first.as_str() {
            "Values" => setting(&self.values, rest)?.place?,
            "Chart" => {
                let Some(Step::Key(field)) = rest.first() else { return None };
                self.chart.chart.said(field)?
            }
            "Subcharts" => {
                let Some((Step::Key(name), rest)) = rest.split_first().filter(|(_, rest)| rest.len() > 1) else {
                    return None;
                };
                let below = self.values.get(name)?.table()?.clone();
                setting(&below, &rest[1..])?.place?
            }
            _ => return None,
        };
        Some((place.source, place.span))
    }
}

fn setting(values: &Table, steps: &[&Step]) -> Option<Setting> {
    steps.iter().try_fold(Setting::from(values.clone()), |setting, step| match (&setting.data, step) {
        (Data::Table(table), Step::Key(key)) => table.get(key),
        (Data::List(items), Step::Index(index)) => items.get(*index).cloned(),
        _ => None,
    })
}

/// `.Chart`: the fields by their names in Go.
fn metadata(chart: &Member<'_>) -> Map {
    let Metadata {
        name: _,
        version,
        app_version,
        api_version,
        kind,
        description,
        home,
        icon,
        sources,
        keywords,
        maintainers,
        annotations,
        kube_version,
        condition,
        tags,
        deprecated,
        dependencies,
    } = chart.chart.metadata();
    let dependencies = chart.dependencies.as_ref().unwrap_or(if chart.chart.declares_dependencies() {
        const { &Vec::new() }
    } else {
        dependencies
    });
    let annotations = match annotations {
        None => Map::nil(&Type::String),
        Some(annotations) => {
            let map = Map::of(&Type::String);
            for (key, value) in annotations {
                map.insert(key.as_str(), value.as_str().into());
            }
            map
        }
    };
    let maintainers = maintainers.iter().map(|one| {
        map([
            ("Name", one.name.as_str().into()),
            ("Email", one.email.as_str().into()),
            ("URL", one.url.as_str().into()),
        ])
    });
    let entries: [(&str, Value); 17] = [
        ("Name", chart.name.as_str().into()),
        ("Home", home.as_str().into()),
        ("Sources", texts(sources)),
        ("Version", version.as_str().into()),
        ("Description", description.as_str().into()),
        ("Keywords", texts(keywords)),
        ("Maintainers", Value::list(maintainers)),
        ("Icon", icon.as_str().into()),
        ("APIVersion", api_version.as_str().into()),
        ("Condition", condition.as_str().into()),
        ("Tags", tags.as_str().into()),
        ("AppVersion", app_version.as_str().into()),
        ("Deprecated", (*deprecated).into()),
        ("Annotations", annotations.into()),
        ("KubeVersion", kube_version.as_str().into()),
        ("Dependencies", Value::list(dependencies.iter().map(dependency))),
        ("Type", kind.as_str().into()),
    ];
    entries.into_iter().map(|(key, value)| (Text::from(key), value)).collect()
}

fn dependency(dependency: &Dependency) -> Value {
    let imports = dependency.imports.iter().map(|import| {
        let (child, parent) = match import {
            Import::Export(name) => (format!("exports.{name}"), "."),
            Import::Table { child, parent } => (child.clone(), parent.as_str()),
        };
        let import = Map::of(&Type::String);
        import.insert("child", child.into());
        import.insert("parent", parent.into());
        import.into()
    });
    map([
        ("Name", dependency.name.as_str().into()),
        ("Version", dependency.version.as_str().into()),
        ("Repository", dependency.repository.as_str().into()),
        ("Condition", dependency.condition.as_str().into()),
        ("Tags", texts(&dependency.tags)),
        ("Enabled", dependency.enabled.into()),
        ("ImportValues", Value::list(imports)),
        ("Alias", dependency.alias.as_str().into()),
    ])
}

fn texts(texts: &[String]) -> Value {
    Value::list(texts.iter().map(|text| Value::String(Str::new(text.as_str()))))
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::map(entries.into_iter().map(|(key, value)| (Text::from(key), value)))
}
