//! `.Capabilities`: the cluster that a chart is rendered for, which is made up.

use std::any::Any;

use crate::{
    document::Text,
    format::helm::{
        Error,
        template::{Args, Context, Failure},
        value::{Kind, List, Method, Object, Str, Type, Value},
    },
};

/// The version that charts are told to be rendered by.
const HELM: &str = "v4.3";
/// The versions of Go and Kubernetes' client that Helm is built with.
const HELM_BUILT_WITH: (&str, &str) = ("go1.26.8", "v1.37");
const DEFAULT_KUBE: &str = "v1.37.0";

/// What Kubernetes' client knows of itself, with definitions of kinds.
const KNOWN: [&str; 57] = [
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "lifecycle.k8s.io/v1alpha1",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
];

/// A version of Kubernetes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format::helm) struct KubeVersion {
    /// As it was said, with a `v`.
    full: Text,
    /// Its numbers alone, with a `v`: what constraints are checked with.
    pub(in crate::format::helm) numbers: Text,
    major: u64,
    minor: u64,
}

impl KubeVersion {
    /// Reads what `--kube-version` takes: at least two numbers, and anything after them.
    pub(in crate::format::helm) fn parse(version: &str) -> Result<KubeVersion, Error> {
        let refuse = |why| Err(Error::KubeVersion { version: version.to_owned(), why });
        let trimmed = version.trim_start();
        let rest = trimmed.strip_prefix('v').unwrap_or(trimmed);
        let mut numbers: Vec<u64> = Vec::new();
        let mut rest = Some(rest);
        while let Some(text) = rest {
            let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
            let (digits, after) = text.split_at(end);
            if numbers.is_empty() && digits.len() > 1 && digits.starts_with('0') {
                return refuse("its first number begins with `0`");
            }
            match digits.parse() {
                Ok(number) => numbers.push(number),
                Err(_) if digits.is_empty() => break,
                Err(_) => return refuse("a number of it is too large"),
            }
            rest = after.strip_prefix('.');
        }
        let [major, minor, ..] = numbers.as_slice() else { return refuse("it must have two numbers at least") };
        let dotted: Vec<String> = numbers.iter().map(u64::to_string).collect();
        let full = if version.starts_with('v') { version.into() } else { format!("v{version}").into() };
        Ok(KubeVersion { full, numbers: format!("v{}", dotted.join(".")).into(), major: *major, minor: *minor })
    }

    pub(in crate::format::helm) fn full(&self) -> &str {
        &self.full
    }
}

impl Default for KubeVersion {
    fn default() -> KubeVersion {
        KubeVersion { full: DEFAULT_KUBE.into(), numbers: DEFAULT_KUBE.into(), major: 1, minor: 37 }
    }
}

impl Object for KubeVersion {
    fn type_name(&self) -> &'static str {
        "common.KubeVersion"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Version", Value::string(self.full.clone())),
            ("Major", Value::string(self.major.to_string())),
            ("Minor", Value::string(self.minor.to_string())),
        ]
    }

    fn methods(&self) -> &'static [Method] {
        const METHODS: &[Method] = &[
            Method::new("GitVersion", &[], |object, _, _| of(object, |version: &KubeVersion| version.full.clone())),
            Method::new("String", &[], |object, _, _| of(object, |version: &KubeVersion| version.numbers.clone())),
        ];
        METHODS
    }

    fn display(&self) -> Option<String> {
        Some(self.numbers.to_string())
    }
}

fn of<T: 'static>(object: &dyn Object, text: impl Fn(&T) -> Text) -> Result<Value, Failure> {
    Ok(Value::string(object.as_any().downcast_ref::<T>().map(text).unwrap_or_default()))
}

/// What a cluster can do.
struct Capabilities {
    version: Value,
    api_versions: Value,
    helm: Value,
}

/// `.Capabilities` of a version and of further API versions.
pub(in crate::format::helm) fn capabilities(version: &KubeVersion, further: &[String]) -> Value {
    let known = KNOWN.into_iter().chain(further.iter().map(String::as_str)).map(Str::new).map(Value::String);
    Value::object(Capabilities {
        version: Value::object(version.clone()),
        api_versions: Value::object(VersionSet(List::of(&Type::String, known.collect()))),
        helm: Value::object(HelmVersion),
    })
}

impl Object for Capabilities {
    fn type_name(&self) -> &'static str {
        "*common.Capabilities"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("KubeVersion", self.version.clone()),
            ("APIVersions", self.api_versions.clone()),
            ("HelmVersion", self.helm.clone()),
        ]
    }
}

struct VersionSet(List);

impl Object for VersionSet {
    fn type_name(&self) -> &'static str {
        "common.VersionSet"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn kind(&self) -> Kind {
        Kind::Slice
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::List(self.0.clone()))
    }

    fn methods(&self) -> &'static [Method] {
        const METHODS: &[Method] = &[Method::new("Has", &[Type::String], has)];
        METHODS
    }
}

fn has(object: &dyn Object, _: &mut Context<'_>, args: Args<'_>) -> Result<Value, Failure> {
    let wanted = args.text(0);
    let set = object.as_any().downcast_ref::<VersionSet>();
    Ok(set.is_some_and(|set| set.0.iter().any(|version| version.as_str() == Some(&wanted))).into())
}

struct HelmVersion;

impl Object for HelmVersion {
    fn type_name(&self) -> &'static str {
        "version.BuildInfo"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Version", HELM.into()),
            ("GitCommit", "".into()),
            ("GitTreeState", "".into()),
            ("GoVersion", HELM_BUILT_WITH.0.into()),
            ("KubeClientVersion", HELM_BUILT_WITH.1.into()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_kubernetes_are_read_as_helm_reads_them() {
        for (text, expected) in [
            ("1.29", Some(("v1.29", "v1.29"))),
            ("v1.33.4-gke.1245000", Some(("v1.33.4-gke.1245000", "v1.33.4"))),
            ("1.20.3.4", Some(("v1.20.3.4", "v1.20.3.4"))),
            ("1.20+", Some(("v1.20+", "v1.20"))),
            ("1", None),
            ("", None),
            ("x1.2", None),
            ("01.2", None),
            ("1.99999999999999999999", None),
        ] {
            let found = KubeVersion::parse(text).ok();
            let found = found.as_ref().map(|version| (version.full.as_str(), version.numbers.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
