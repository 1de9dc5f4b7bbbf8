//! Names, namespaces, labels, annotations, finalizers and owners: `metadata`, whatever the kind.
//!
//! Follows `k8s.io/apimachinery/pkg/api/validation/objectmeta.go` and the name functions of `pkg/apis/*/validation`;
//! <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/>.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::value},
    registry::Version,
};

use super::{
    Check,
    at::{At, shown},
    grammar::{self, Verdict},
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.core.v1.PodTemplateSpec", template),
    ("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector", selector),
    ("io.k8s.api.core.v1.Namespace", namespace),
];

/// The language of the names of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    Subdomain,
    Label,
    /// Labels; before 1.36 they had to begin with a letter.
    Service,
    Ip,
    ConfigKey,
    /// Whatever can stand in a URL: the least that every name must be.
    Segment,
}

/// Groups all of whose kinds are named by DNS subdomains, but for those that [`names`] lists before them.
const SUBDOMAIN_GROUPS: &[&str] = &[
    "",
    "admissionregistration.k8s.io",
    "apps",
    "autoscaling",
    "batch",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
    "storagemigration.k8s.io",
];

/// The other groups of Kubernetes' own: how their kinds are named differs, and no rule of ours knows it.
const OTHER_GROUPS: &[&str] = &[
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "certificates.k8s.io",
    "events.k8s.io",
    "internal.apiserver.k8s.io",
    "rbac.authorization.k8s.io",
];

fn names(group: &str, kind: &str) -> Names {
    match (group, kind) {
        ("", "Namespace") | ("apps", "StatefulSet") => Names::Label,
        ("", "Service") => Names::Service,
        // Their strategies check no name, so only what every name must be is asked for.
        ("", "Event" | "ComponentStatus") => Names::Segment,
        ("networking.k8s.io", "IPAddress") => Names::Ip,
        ("coordination.k8s.io", "LeaseCandidate") => Names::ConfigKey,
        _ if SUBDOMAIN_GROUPS.contains(&group) => Names::Subdomain,
        // Custom resources.
        _ if group.contains('.') && !OTHER_GROUPS.contains(&group) => Names::Subdomain,
        _ => Names::Segment,
    }
}

impl Names {
    fn check(self, name: &str, version: Version) -> Verdict {
        match self {
            Names::Subdomain => grammar::dns_subdomain(name),
            Names::Service if version < Version(1, 36) => grammar::dns_1035_label(name),
            Names::Label | Names::Service => grammar::dns_label(name),
            Names::Ip => grammar::ip(name, version),
            Names::ConfigKey => grammar::config_key(name),
            Names::Segment => path_segment(name),
        }
    }
}

/// A name that can stand between the slashes of a URL.
pub(super) fn path_segment(name: &str) -> Verdict {
    match name {
        "." | ".." => Err(format!("it may not be `{name}`").into()),
        _ => match name.chars().find(|character| matches!(character, '/' | '%')) {
            Some(character) => Err(format!("it may not hold `{character}`").into()),
            None => Ok(()),
        },
    }
}

/// The check of every object's metadata. Unlike the others it belongs to no definition: it runs on every root.
pub(super) fn object(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let (group, kind) = (group_of(&checker.subject.api_version).to_owned(), checker.subject.kind.clone());
    if !is_created_by_name(&group, &kind) {
        return;
    }
    let names = names(&group, &kind);
    let Some(metadata) = root.field("metadata") else {
        if is_named_by_server(&kind) {
            return;
        }
        checker.lacks(
            value::NAME_MISSING,
            &root,
            "metadata",
            format!("this {kind} has no name: `metadata` is missing"),
        );
        return;
    };
    name(&metadata, names, &kind, checker);
    if is_namespaced(&group, &kind) {
        namespace_of(&metadata, checker);
    }
    if let Some(labels) = metadata.field("labels") {
        checker.labels(&labels);
    }
    if let Some(annotations) = metadata.field("annotations") {
        self::annotations(&annotations, checker);
    }
    if let Some(finalizers) = metadata.field("finalizers") {
        self::finalizers(&finalizers, STRICT_FINALIZERS.contains(&group.as_str()) && kind != "Event", checker);
    }
    owners(&metadata, checker);
}

fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Reviews and their like are questions: they are answered, not kept, and need no name.
fn is_created_by_name(group: &str, kind: &str) -> bool {
    match group {
        "authentication.k8s.io" | "authorization.k8s.io" => false,
        "" => !matches!(kind, "Binding" | "Status") && !kind.ends_with("List"),
        _ => !kind.ends_with("List"),
    }
}

/// Kinds of Kubernetes that live in namespaces. The server drops the namespace of others without looking at it, and of
/// kinds that are not Kubernetes' own this room cannot tell.
fn is_namespaced(group: &str, kind: &str) -> bool {
    match group {
        "" => !matches!(kind, "Namespace" | "Node" | "PersistentVolume" | "ComponentStatus"),
        "apps" | "batch" | "autoscaling" | "policy" | "discovery.k8s.io" | "events.k8s.io" | "coordination.k8s.io" => {
            true
        }
        "networking.k8s.io" => matches!(kind, "Ingress" | "NetworkPolicy"),
        "rbac.authorization.k8s.io" => matches!(kind, "Role" | "RoleBinding"),
        _ => false,
    }
}

/// A LimitRange without a name gets a random one.
fn is_named_by_server(kind: &str) -> bool {
    kind == "LimitRange"
}

fn name(metadata: &At<'_>, names: Names, kind: &str, checker: &mut Checker<'_>) {
    let version = checker.version;
    let generated = metadata.field("generateName").filter(|at| at.str() != Some(""));
    if let Some(prefix) = &generated
        && let Some(text) = prefix.str()
    {
        // Letters and digits will follow, so the prefix may end with a dash.
        let probe = if text.ends_with('-') && text.len() > 1 {
            format!("{}a", &text[..text.len() - 1])
        } else {
            text.to_owned()
        };
        if let Err(why) = names.check(&probe, version) {
            checker.say(value::NAME, prefix, format!("{} cannot begin the name of a {kind}: {why}", shown(text)));
        }
    }
    match metadata.field("name") {
        None if generated.is_none() && !is_named_by_server(kind) => {
            checker
                .lacks(value::NAME_MISSING, metadata, "name", format!("this {kind} has no name"))
                .help("set `metadata.name`");
        }
        None => {}
        Some(name) => match name.str() {
            Some("") if generated.is_none() => {
                checker.say(value::NAME_MISSING, &name, format!("the name of this {kind} is empty"));
            }
            Some("") | None => {}
            Some(text) => {
                if let Err(why) = names.check(text, version) {
                    let finding =
                        checker.say(value::NAME, &name, format!("{} is not a name for a {kind}: {why}", shown(text)));
                    if text.contains("{{") || text.contains('$') {
                        finding.help("this looks like a template that has not been rendered");
                    }
                }
            }
        },
    }
}

fn namespace_of(metadata: &At<'_>, checker: &mut Checker<'_>) {
    if let Some(namespace) = metadata.field("namespace")
        && let Some(text) = namespace.str().filter(|text| !text.is_empty())
    {
        checker.spelled(value::NAMESPACE_NAME, &namespace, "a name for a namespace", grammar::dns_label(text));
    }
}

const ANNOTATION_BYTES: usize = 256 << 10;

fn annotations(annotations: &At<'_>, checker: &mut Checker<'_>) {
    let Some(mapping) = annotations.node.as_mapping() else { return };
    let mut bytes = 0;
    for entry in mapping.entries() {
        if let Err(why) = grammar::label_key(&entry.key.to_lowercase()) {
            let path = annotations.path.key(&entry.key);
            checker.report(
                value::ANNOTATION_KEY,
                entry.key_span,
                &path,
                format!("{} is not an annotation key: {why}", shown(&entry.key)),
            );
        }
        bytes += entry.key.len() + entry.value.as_str().map_or(0, str::len);
    }
    if bytes > ANNOTATION_BYTES {
        checker
            .say(value::TOO_MUCH, annotations, format!("the annotations have {bytes} bytes; {ANNOTATION_BYTES} are allowed"))
            .help("`kubectl apply` copies the whole object into an annotation: use `kubectl apply --server-side` for large objects");
    }
}

/// Groups whose finalizers must be known ones or name a domain.
const STRICT_FINALIZERS: &[&str] =
    &["", "apps", "autoscaling", "batch", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io"];

fn finalizers(finalizers: &At<'_>, strict: bool, checker: &mut Checker<'_>) {
    for (at, text) in finalizers.texts() {
        let malformed =
            checker.spelled(value::FINALIZER, &at, "a name of a finalizer", grammar::label_key(text)).is_some();
        if strict
            && !malformed
            && !text.contains('/')
            && !["kubernetes", "orphan", "foregroundDeletion"].contains(&text)
        {
            checker
                .say(value::FINALIZER, &at, format!("{} is not the name of a finalizer: it has no domain", shown(text)))
                .help("name it after who removes it: `example.com/cleanup`");
        }
    }
    let has = |name: &str| finalizers.texts().any(|(_, text)| text == name);
    if has("orphan") && has("foregroundDeletion") {
        checker.say(
            value::FINALIZER,
            finalizers,
            "`orphan` keeps what the object owns and `foregroundDeletion` deletes it: only one can be meant",
        );
    }
}

fn owners(metadata: &At<'_>, checker: &mut Checker<'_>) {
    let Some(owners) = metadata.field("ownerReferences") else { return };
    let mut controllers: Vec<&Node> = Vec::new();
    for owner in owners.items() {
        for key in ["apiVersion", "kind", "name", "uid"] {
            checker.filled(&owner, key);
        }
        if let Some(version) = owner.field("apiVersion")
            && let Some(text) = version.str()
            && (text.matches('/').count() > 1 || (text.contains('/') && text.ends_with('/')))
        {
            checker.say(
                value::OWNER,
                &version,
                format!("{} is not an API version: `group/version` or `version`", shown(text)),
            );
        }
        if owner.text("apiVersion") == "v1" && owner.text("kind") == "Event" {
            checker.say(value::OWNER, &owner, "an Event cannot own anything");
        }
        // The server keeps one of owners that are the same in everything.
        if owner.flag("controller") == Some(true) && !controllers.contains(&owner.node) {
            controllers.push(owner.node);
            if controllers.len() == 2 {
                checker.say(
                    value::OWNER,
                    &owner,
                    "a second owner says `controller: true`; an object has one controller",
                );
            }
        }
    }
}

/// `spec.finalizers` of a namespace.
fn namespace(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    if let Some(finalizers) = spec.field("finalizers") {
        self::finalizers(&finalizers, true, checker);
    }
}

/// Of the metadata of a pod template only labels, annotations and finalizers are looked at.
fn template(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(metadata) = root.field("metadata") else { return };
    if let Some(labels) = metadata.field("labels") {
        checker.labels(&labels);
    }
    if let Some(annotations) = metadata.field("annotations") {
        self::annotations(&annotations, checker);
    }
}

/// Label selectors: the well-formedness that every owner of one asks for.
fn selector(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    // The selector of a metric is handed on to whoever serves the metric, unread; those of claim templates are read since 1.34.
    let unread = checker.subject.kind == "HorizontalPodAutoscaler"
        || (checker.version < Version(1, 34) && path.to_string().contains("volumeClaimTemplates"));
    if unread {
        return;
    }
    let selector = At::new(node, path);
    if let Some(labels) = selector.field("matchLabels") {
        checker.labels(&labels);
    }
    let Some(requirements) = selector.field("matchExpressions") else { return };
    for requirement in requirements.items() {
        self::requirement(&requirement, checker);
    }
}

fn requirement(requirement: &At<'_>, checker: &mut Checker<'_>) {
    if let Some(key) = requirement.field("key")
        && let Some(text) = key.str()
    {
        checker.spelled(value::LABEL_KEY, &key, "a label key", grammar::label_key(text));
    }
    let Some(operator) = requirement.field("operator") else { return };
    let Some(text) = operator.str() else { return };
    match text {
        "In" | "NotIn" if requirement.count("values") == 0 => {
            checker.lacks(
                value::SELECTOR_VALUES,
                requirement,
                "values",
                format!("`{text}` needs `values` to compare with"),
            );
        }
        "In" | "NotIn" => {}
        "Exists" | "DoesNotExist" if requirement.count("values") > 0 => {
            checker.unwanted(
                value::SELECTOR_VALUES,
                requirement,
                "values",
                &format!("`{text}` compares with no value"),
            );
        }
        "Exists" | "DoesNotExist" => {}
        _ => checker.unsupported(&operator, text, &["In", "NotIn", "Exists", "DoesNotExist"]),
    }
    if let Some(values) = requirement.field("values") {
        for (at, text) in values.texts() {
            checker.spelled(value::LABEL_VALUE, &at, "a label value", grammar::label_value(text));
        }
    }
}

/// The code that [`path_segment`] complains with, for names of other objects.
pub(super) fn segment_at(at: &At<'_>, key: &str, checker: &mut Checker<'_>) {
    checker.spelled_if_any(at, key, "a name of an object", path_segment);
}
