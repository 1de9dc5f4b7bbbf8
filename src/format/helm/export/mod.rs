//! A design as a Helm chart.
//!
//! ```text
//! object ─ lift (values a user wants to change) ─┬→ template: the object with marks → templates/NAME-KIND.yaml
//!                                                └→ values under the object's name  → values.yaml
//! ```
//! With the values that it comes with, the chart renders exactly the objects of the design. What looks like a template in
//! an object stands for itself. CustomResourceDefinitions go to `crds/`, where Helm installs them first and renders
//! nothing.

mod lift;
mod namespace;
mod template;
#[cfg(test)]
mod tests;
mod values;
mod workload;

use std::collections::HashSet;

use self::{
    lift::{Recipe, tag_of},
    template::Template,
    values::Values,
};
use crate::{
    design::{Component, Design},
    document::{Mapping, Node, to_yaml},
    format,
};

/// A chart as files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The chart's name: that of the design as Helm takes it.
    pub name: String,
    pub version: String,
    /// Paths below the chart's directory and the texts there; `Chart.yaml` comes first.
    pub files: Vec<(String, String)>,
    /// How many values can be changed.
    pub values: usize,
}

/// Makes a chart of the objects of `design`.
pub fn chart(design: &Design) -> Chart {
    let components = format::export(&design.components).components;
    let mut making = Making::new(design, &components);
    let mut rendered = Vec::new();
    for component in &components {
        let file = making.file(component);
        rendered.push(file);
    }
    let mut files = vec![
        ("Chart.yaml".to_owned(), making.chart_yaml(design, &components)),
        (".helmignore".to_owned(), ".git/\n.DS_Store\n*.tgz\n*.orig\n*~\n".to_owned()),
        ("templates/_helpers.tpl".to_owned(), making.helpers()),
        ("templates/NOTES.txt".to_owned(), notes()),
    ];
    let (name, version) = (making.name.clone(), making.version.clone());
    let values = making.values.count();
    files.insert(1, ("values.yaml".to_owned(), making.values_yaml()));
    files.extend(rendered);
    Chart { name, version, files, values }
}

/// A chart in the making.
struct Making<'a> {
    name: String,
    version: String,
    namespace: Option<&'a str>,
    creates_namespace: bool,
    values: Values,
    taken: HashSet<String>,
}

impl<'a> Making<'a> {
    fn new(design: &Design, components: &[&'a Component]) -> Making<'a> {
        let namespace = namespace::main_of(components);
        Making {
            name: format::plain_name(&design.name),
            version: version(&design.version),
            namespace,
            creates_namespace: components.iter().any(|it| namespace.is_some_and(|name| namespace::is(it, name))),
            values: Values::default(),
            taken: HashSet::new(),
        }
    }

    /// The name and text of a component's file.
    fn file(&mut self, component: &Component) -> (String, String) {
        if component.is_definition() {
            let text = to_yaml(&component.to_object());
            return (self.path("crds", &[component.name().unwrap_or_default()]), text);
        }
        let text = self.template(component);
        let name = component.name().or(component.generate_name()).unwrap_or_default();
        (self.path("templates", &[name, &component.kind]), text)
    }

    fn template(&mut self, component: &Component) -> String {
        let mut object = component.to_object();
        let mut template = Template::of(&object);
        if let Some(recipe) = Recipe::of(component) {
            let name = component.name().or(component.generate_name()).unwrap_or_default();
            let mut section = self.values.section(name, &component.kind, recipe.key, about(component));
            recipe.apply(&mut object, &mut template, &mut section, &format!("{}.image", self.name));
            self.values.add(section);
        }
        let Some(main) = self.namespace else { return template.write(&object) };
        let expression = format!("include \"{}.namespace\" .", self.name);
        namespace::follow(&mut object, main, &expression, &mut template);
        if !namespace::is(component, main) {
            return template.write(&object);
        }
        if let Some(name) = lift::at_mut(&mut object, &["metadata", "name"]) {
            *name = template.value(expression, template::How::Quoted);
        }
        format!("{{{{- if .Values.{} }}}}\n{}{{{{- end }}}}\n", namespace::CREATE, template.write(&object))
    }

    /// A path that no other file has, also where case does not count.
    fn path(&mut self, directory: &str, parts: &[&str]) -> String {
        let stem = file_stem(parts);
        let numbered = (2..).map(|number| format!("{directory}/{stem}-{number}.yaml"));
        let mut paths = std::iter::once(format!("{directory}/{stem}.yaml")).chain(numbered);
        paths.find(|path| self.taken.insert(path.clone())).unwrap_or_default()
    }

    fn chart_yaml(&self, design: &Design, components: &[&Component]) -> String {
        let mut chart = Mapping::new();
        chart.insert("apiVersion", "v2");
        chart.insert("name", self.name.as_str());
        let description = design.extra.get("description").and_then(Node::as_str).filter(|text| !text.is_empty());
        chart.insert("description", description.map_or_else(|| format!("The design {}", design.name), str::to_owned));
        chart.insert("type", "application");
        chart.insert("version", self.version.as_str());
        if let Some(tag) = common_tag(components) {
            chart.insert("appVersion", tag);
        }
        to_yaml(&chart.into())
    }

    fn values_yaml(self) -> String {
        let mut out = String::new();
        if let Some(main) = self.namespace {
            out.push_str("# The namespace of the objects; when it is empty, that of the release.\n");
            let mut values = Mapping::new();
            values.insert(namespace::OVERRIDE, main);
            out.push_str(&to_yaml(&values.into()));
        }
        if self.creates_namespace {
            out.push_str("# Whether the namespace is a part of the chart.\n");
            out.push_str(&format!("{}: true\n", namespace::CREATE));
        }
        self.values.write(&mut out);
        if out.is_empty() { "{}\n".to_owned() } else { out }
    }

    fn helpers(&self) -> String {
        let name = &self.name;
        let mut out = format!(
            "{{{{/* An image by its parts. */}}}}\n\
             {{{{- define \"{name}.image\" -}}}}\n\
             {{{{ .repository }}}}{{{{ with .tag }}}}:{{{{ . }}}}{{{{ end }}}}{{{{ with .digest }}}}@{{{{ . }}}}{{{{ end }}}}\n\
             {{{{- end }}}}\n"
        );
        if self.namespace.is_some() {
            out.push_str(&format!(
                "\n{{{{/* The namespace of the objects. */}}}}\n\
                 {{{{- define \"{name}.namespace\" -}}}}\n\
                 {{{{ .Values.{} | default .Release.Namespace }}}}\n\
                 {{{{- end }}}}\n",
                namespace::OVERRIDE
            ));
        }
        out
    }
}

fn notes() -> String {
    "{{ .Chart.Name }} {{ .Chart.Version }} is installed as {{ .Release.Name }}.\n\n\
     What can be changed: helm show values CHART\n\
     What is installed:   helm get manifest {{ .Release.Name }} --namespace {{ .Release.Namespace }}\n"
        .to_owned()
}

/// `Deployment web in shop`, on one line whatever the names.
fn about(component: &Component) -> String {
    let name = component.name().or(component.generate_name()).unwrap_or_default();
    let place = component.namespace().map(|namespace| format!(" in {namespace}")).unwrap_or_default();
    format!("{} {name}{place}", component.kind).chars().filter(|c| !c.is_control()).collect()
}

/// The tag that the images of all workloads share, if they do.
fn common_tag(components: &[&Component]) -> Option<String> {
    let mut images = Vec::new();
    components.iter().for_each(|component| main_images(&component.configuration, &mut images));
    let mut tags = images.into_iter().map(tag_of);
    let first = tags.next()??;
    tags.all(|tag| tag.as_deref() == Some(&first)).then_some(first)
}

fn main_images<'a>(configuration: &'a Node, images: &mut Vec<&'a str>) {
    let specs: [&[&str]; 3] =
        [&["spec"], &["spec", "template", "spec"], &["spec", "jobTemplate", "spec", "template", "spec"]];
    for pod in specs.iter().filter_map(|path| configuration.at(path)) {
        let containers = pod.field("containers").into_iter().flat_map(Node::items);
        images.extend(containers.filter_map(|container| container.str_at("image")));
    }
}

/// File systems take 255 bytes; a number and the ending must fit too.
const LONGEST_STEM: usize = 200;

/// `web-deployment`.
fn file_stem(parts: &[&str]) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c.to_ascii_lowercase() } else { '-' };
    let parts: Vec<String> = parts.iter().map(|part| part.chars().map(safe).collect()).collect();
    let mut stem = parts.join("-");
    stem.truncate(LONGEST_STEM);
    // Helm takes no notice of files whose names begin with a dot.
    let stem = stem.trim_matches(['.', '-']);
    if stem.is_empty() { "object".to_owned() } else { stem.to_owned() }
}

/// Helm takes semantic versions only.
fn version(version: &str) -> String {
    let version = version.strip_prefix('v').unwrap_or(version);
    semver::Version::parse(version).map_or_else(|_| Design::FIRST_VERSION.to_owned(), |version| version.to_string())
}
