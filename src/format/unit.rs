//! What becomes manifests only as a whole: charts, kustomizations, Compose projects; and how they are told.

use std::str::FromStr;

use super::{compose, kustomize::is_kustomization_file_name};
use crate::document::Node;

/// The kinds of input, by Meshery's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceType {
    Design,
    Kubernetes,
    Helm,
    Kustomize,
    Compose,
}

/// A name that is none of the [`SourceType`]s.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no type of source: there are {names}", names = SourceType::names())]
pub struct UnknownType(String);

impl SourceType {
    pub const ALL: [SourceType; 5] =
        [SourceType::Design, SourceType::Kubernetes, SourceType::Helm, SourceType::Kustomize, SourceType::Compose];

    /// Meshery's name.
    pub fn name(self) -> &'static str {
        self.spellings().0
    }

    /// The name to type.
    pub fn short(self) -> &'static str {
        self.spellings().1
    }

    /// Meshery's name, the short form, and what else people and Meshery's API write, without spaces and hyphens.
    fn spellings(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            SourceType::Design => ("Meshery Design", "design", &["meshery"]),
            SourceType::Kubernetes => {
                ("Kubernetes Manifest", "kubernetes", &["k8s", "manifest", "k8smanifest", "kubernetesmanifests"])
            }
            SourceType::Helm => ("Helm Chart", "helm", &["chart"]),
            SourceType::Kustomize => ("Kustomize", "kustomize", &["kustomization", "k8skustomize"]),
            SourceType::Compose => ("Docker Compose", "compose", &[]),
        }
    }

    fn names() -> String {
        let names: Vec<String> = SourceType::ALL.iter().map(|one| format!("`{}`", one.short())).collect();
        names.join(", ")
    }
}

impl FromStr for SourceType {
    type Err = UnknownType;

    fn from_str(text: &str) -> Result<SourceType, UnknownType> {
        let plain =
            |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase();
        let given = plain(text);
        let is = |one: &SourceType| {
            let (name, short, others) = one.spellings();
            given == plain(name) || given == short || others.contains(&given.as_str())
        };
        SourceType::ALL.into_iter().find(is).ok_or_else(|| UnknownType(text.to_owned()))
    }
}

/// Something that is made into manifests as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A directory with a `Chart.yaml`.
    Chart,
    /// A directory with a `kustomization.yaml`.
    Kustomization,
    /// Files of one project, merged in this order; names in the directory.
    Compose(Vec<String>),
}

impl Unit {
    pub fn source_type(&self) -> SourceType {
        match self {
            Unit::Chart => SourceType::Helm,
            Unit::Kustomization => SourceType::Kustomize,
            Unit::Compose(_) => SourceType::Compose,
        }
    }

    /// In a sentence.
    pub fn noun(&self) -> &'static str {
        match self {
            Unit::Chart => "Helm chart",
            Unit::Kustomization => "kustomization",
            Unit::Compose(_) => "Compose project",
        }
    }

    /// What a directory is that holds files of these names. A chart is nothing but a chart, a kustomization nothing but a
    /// kustomization (as Argo CD has it); a Compose project may stand beside manifests.
    pub fn of_directory<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<Unit> {
        let has = |wanted: &str| names.clone().any(|name| name == wanted);
        if has("Chart.yaml") {
            return Some(Unit::Chart);
        }
        if names.clone().any(is_kustomization_file_name) {
            return Some(Unit::Kustomization);
        }
        Some(Unit::Compose(compose::names_among(has)?.map(str::to_owned).collect()))
    }

    /// What a file of this name stands for: its directory, or (of Compose) itself.
    pub fn of_file(name: &str) -> Option<Unit> {
        match name {
            "Chart.yaml" => Some(Unit::Chart),
            name if is_kustomization_file_name(name) => Some(Unit::Kustomization),
            name if is_compose_name(name) => Some(Unit::Compose(vec![name.to_owned()])),
            _ => None,
        }
    }
}

/// `compose.yaml`, `docker-compose.prod.yml`.
fn is_compose_name(name: &str) -> bool {
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
    let first = stem.map(|stem| stem.split('.').next().unwrap_or_default());
    matches!(first, Some("compose" | "docker-compose"))
}

/// Whether a document is a Compose file by what it says: `services` that name an image or how to build one.
pub fn is_compose(root: &Node) -> bool {
    let is_service = |service: &Node| ["image", "build", "extends"].into_iter().any(|key| service.field(key).is_some());
    let no_object = root.field("apiVersion").is_none() && root.field("kind").is_none();
    no_object && root.field("services").is_some_and(|services| services.entries().any(|one| is_service(&one.value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_by_all_their_names() {
        for (text, expected) in [
            ("Kubernetes Manifest", SourceType::Kubernetes),
            ("Helm Chart", SourceType::Helm),
            ("helm-chart", SourceType::Helm),
            ("HELM", SourceType::Helm),
            ("Docker Compose", SourceType::Compose),
            ("k8s-kustomize", SourceType::Kustomize),
            ("Meshery Design", SourceType::Design),
            ("k8s", SourceType::Kubernetes),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        let error = "terraform".parse::<SourceType>().unwrap_err().to_string();
        assert_eq!(
            error,
            "`terraform` is no type of source: there are `design`, `kubernetes`, `helm`, `kustomize`, `compose`"
        );
    }

    #[test]
    fn directories_by_the_names_in_them() {
        let of = |names: &[&str]| Unit::of_directory(names.iter().copied());
        let compose = |names: &[&str]| Some(Unit::Compose(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(of(&["kustomization.yml", "values.yaml", "Chart.yaml"]), Some(Unit::Chart));
        assert_eq!(of(&["Kustomization", "compose.yaml"]), Some(Unit::Kustomization));
        assert_eq!(of(&["web.yaml", "docker-compose.yml", "compose.yaml"]), compose(&["compose.yaml"]));
        assert_eq!(
            of(&["docker-compose.yml", "docker-compose.override.yml", "docker-compose.prod.yml"]),
            compose(&["docker-compose.yml", "docker-compose.override.yml"])
        );
        assert_eq!(of(&["web.yaml", "chart.yaml"]), None);
        assert_eq!(Unit::of_file("docker-compose.prod.yml"), compose(&["docker-compose.prod.yml"]));
        assert_eq!(Unit::of_file("composed.yml"), None);
    }
}
