//! `helmCharts`: what a chart's renderer is asked for.

use super::{
    Build, HelmChart,
    error::{ErrorKind, Fault, Result},
    load::{Dialect, Location},
    read::{Fields, Word},
    resource::Resource,
};
use crate::document::Node;

const FIELDS: &[&str] = &[
    "name",
    "version",
    "repo",
    "releaseName",
    "namespace",
    "additionalValuesFiles",
    "valuesFile",
    "valuesInline",
    "valuesMerge",
    "includeCRDs",
    "skipHooks",
    "apiVersions",
    "kubeVersion",
    "nameTemplate",
    "skipTests",
    "debug",
    "devel",
];
/// Of `helmChartInflationGenerator`.
const OLD_FIELDS: &[&str] = &[
    "chartName",
    "chartVersion",
    "chartRepoUrl",
    "chartHome",
    "chartRepoName",
    "helmBin",
    "helmHome",
    "values",
    "valuesLocal",
    "valuesMerge",
    "releaseName",
    "releaseNamespace",
    "extraArgs",
];

impl Build<'_> {
    /// The objects of an entry of `helmCharts`. `namespace` is that of the kustomization or of one that it is part of.
    pub(super) fn inflate(
        &mut self,
        at: &Location,
        entry: &Node,
        globals: Option<&Node>,
        namespace: &Word,
    ) -> Result<Vec<Resource>> {
        let chart = self.read_chart(at, entry, globals, namespace)?;
        if chart.name.is_empty() {
            return Err(Fault::invalid("a chart needs a `name`", entry.span));
        }
        let name = Word { text: chart.name.as_str().into(), span: entry.span };
        let refused = || Fault::new(ErrorKind::NoHelm(name.to_string()), entry.span);
        let render = self.options.helm.ok_or_else(refused)?;
        let sources = render(&chart).map_err(|why| Fault::new(ErrorKind::Helm(name.to_string(), why), entry.span))?;
        let mut nodes = Vec::new();
        for source in sources {
            nodes.extend(self.parse(&source, &name, Dialect::Resource)?);
        }
        let mut resources = self.resources_of(nodes)?;
        resources.iter_mut().for_each(|resource| resource.by_helm = true);
        Ok(resources)
    }

    fn read_chart(&self, at: &Location, entry: &Node, globals: Option<&Node>, namespace: &Word) -> Result<HelmChart> {
        let none = Node::default();
        let globals = Fields::of(globals.unwrap_or(&none), "`helmGlobals`")?;
        globals.only(&["chartHome", "configHome"])?;
        let fields = Fields::of(entry, "a chart")?;
        let is_old = fields.get("chartName").is_some();
        // As a generator of its own it is an object, and says its globals itself.
        let known = [FIELDS, &["apiVersion", "kind", "metadata", "chartHome", "configHome"]].concat();
        fields.only(if is_old { OLD_FIELDS } else { &known })?;
        let text = |new: &str, old: &str| fields.text(if is_old { old } else { new }).map(|word| word.to_string());
        let texts = |name: &str| Ok(fields.texts(name)?.iter().map(|word| word.to_string()).collect());
        let home = [fields.text("chartHome")?, globals.text("chartHome")?].into_iter().find(|home| !home.is_empty());
        let own = text("namespace", "namespace")?;
        let merge = fields.text("valuesMerge")?;
        if !["", "merge", "override", "replace"].contains(&merge.as_str()) {
            let message = format!("`valuesMerge` is `merge`, `override` or `replace`, not `{}`", merge.text);
            return Err(Fault::invalid(message, merge.span));
        }
        Ok(HelmChart {
            tree: self.trees[at.tree].clone(),
            directory: at.directory.clone(),
            chart_home: home.map_or_else(|| "charts".into(), |home| home.to_string()),
            name: text("name", "chartName")?,
            version: text("version", "chartVersion")?,
            repo: text("repo", "chartRepoUrl")?,
            release_name: text("releaseName", "releaseName")?,
            namespace: if own.is_empty() { namespace.to_string() } else { own },
            values_file: text("valuesFile", "values")?,
            additional_values_files: texts("additionalValuesFiles")?,
            values_inline: fields.get(if is_old { "valuesLocal" } else { "valuesInline" }).cloned(),
            values_merge: if merge.is_empty() { "override".into() } else { merge.to_string() },
            include_crds: fields.flag("includeCRDs")?,
            skip_hooks: fields.flag("skipHooks")?,
            skip_tests: fields.flag("skipTests")?,
            api_versions: texts("apiVersions")?,
            kube_version: text("kubeVersion", "kubeVersion")?,
            name_template: text("nameTemplate", "nameTemplate")?,
        })
    }
}
