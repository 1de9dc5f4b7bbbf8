//! ConfigMaps, Secrets, quotas and limits: what namespaces hold beside workloads.
//!
//! Follows `pkg/apis/core/validation/validation.go` (`ValidateConfigMap`, `ValidateSecret`, `ValidateResourceQuota`,
//! `ValidateLimitRange`) and `pkg/apis/core/helper`; <https://kubernetes.io/docs/concepts/configuration/secret/>.

use crate::{
    document::{Mapping, Node, Path, Quantity},
    evaluate::{Checker, base64, code::value},
};

use super::{
    Check,
    at::{At, shown},
    grammar,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.core.v1.ConfigMap", config_map),
    ("io.k8s.api.core.v1.Secret", secret),
    ("io.k8s.api.core.v1.ResourceQuota", quota),
    ("io.k8s.api.core.v1.LimitRangeItem", limits),
    ("io.k8s.api.core.v1.LimitRangeSpec", limit_types),
];

/// Bytes that the values of one ConfigMap or Secret may have.
const MAX: usize = 1 << 20;

fn config_map(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let (data, binary) = (root.field("data"), root.field("binaryData"));
    let mut bytes = 0;
    if let Some(data) = &data {
        keys(data, checker);
        bytes += texts(data);
        overlap(data, binary.as_ref(), checker);
    }
    if let Some(binary) = &binary {
        keys(binary, checker);
        bytes += decoded(binary);
    }
    if bytes > MAX {
        checker
            .say(
                value::TOO_MUCH,
                data.as_ref().or(binary.as_ref()).unwrap_or(&root),
                format!("the ConfigMap holds {bytes} bytes; {MAX} are allowed"),
            )
            .help("put large files into a volume or an image");
    }
}

fn texts(data: &At<'_>) -> usize {
    data.node.entries().map(|entry| entry.value.as_str().map_or(0, str::len)).sum()
}

fn keys(data: &At<'_>, checker: &mut Checker<'_>) {
    for entry in data.node.entries() {
        if let Err(why) = grammar::config_key(&entry.key) {
            checker.report(
                value::CONFIG_KEY,
                entry.key_span,
                &data.path.key(&entry.key),
                format!("{} is not a key: {why}", shown(&entry.key)),
            );
        }
    }
}

fn overlap(data: &At<'_>, binary: Option<&At<'_>>, checker: &mut Checker<'_>) {
    let Some(binary) = binary.and_then(|binary| binary.node.as_mapping()) else { return };
    for entry in data.node.entries() {
        if binary.get(&entry.key).is_some() {
            let message = format!("the key {} is in `data` and in `binaryData`", shown(&entry.key));
            checker.report(value::CONFIG_OVERLAP, entry.key_span, &data.path.key(&entry.key), message);
        }
    }
}

/// The bytes behind the values; what is not base64 is the schema's business.
fn decoded(data: &At<'_>) -> usize {
    data.node.entries().filter_map(|entry| base64::decoded_len(entry.value.as_str()?)).sum()
}

fn secret(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let (data, plain) = (root.field("data"), root.field("stringData"));
    let mut bytes = 0;
    let mut sound = true;
    if let Some(data) = &data {
        keys(data, checker);
        bytes += decoded(data);
        sound =
            data.node.entries().all(|entry| base64::decoded_len(entry.value.as_str().unwrap_or_default()).is_some());
    }
    if let Some(plain) = &plain {
        keys(plain, checker);
        bytes += texts(plain);
    }
    if bytes > MAX {
        checker.say(
            value::TOO_MUCH,
            data.as_ref().or(plain.as_ref()).unwrap_or(&root),
            format!("the Secret holds {bytes} bytes; {MAX} are allowed"),
        );
    }
    if sound {
        secret_type(&root, checker);
    }
}

/// A value of a Secret as it will be stored: `stringData` wins.
fn secret_value(root: &At<'_>, key: &str) -> Option<Vec<u8>> {
    let text = |map: &str| root.node.field(map).and_then(|map| map.get(key));
    if let Some(plain) = text("stringData") {
        return Some(plain.as_str().unwrap_or_default().as_bytes().to_vec());
    }
    let encoded = text("data")?;
    Some(base64::decode(encoded.as_str().unwrap_or_default()).unwrap_or_default())
}

fn secret_type(root: &At<'_>, checker: &mut Checker<'_>) {
    let Some(at) = root.field("type") else { return };
    let kind = root.text("type");
    let has = |key: &str| secret_value(root, key).is_some();
    let missing = |key: &str, checker: &mut Checker<'_>| {
        checker.say(value::SECRET_KEYS, &at, format!("a Secret of type `{kind}` needs the key `{key}`"));
    };
    match kind {
        "kubernetes.io/tls" => {
            ["tls.crt", "tls.key"].iter().filter(|key| !has(key)).for_each(|key| missing(key, checker))
        }
        "kubernetes.io/ssh-auth" if secret_value(root, "ssh-privatekey").is_none_or(|value| value.is_empty()) => {
            missing("ssh-privatekey", checker)
        }
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => {
            missing("username` or `password", checker)
        }
        "kubernetes.io/dockerconfigjson" => docker(root, ".dockerconfigjson", checker),
        "kubernetes.io/dockercfg" => docker(root, ".dockercfg", checker),
        "kubernetes.io/service-account-token" => {
            let account = root
                .node
                .at(&["metadata", "annotations"])
                .and_then(|map| map.str_at("kubernetes.io/service-account.name"));
            if account.is_none_or(str::is_empty) {
                checker
                    .say(
                        value::SECRET_ACCOUNT,
                        &at,
                        "a Secret with the token of a ServiceAccount must name the account",
                    )
                    .help("add the annotation `kubernetes.io/service-account.name`");
            }
        }
        _ => {}
    }
}

fn docker(root: &At<'_>, key: &str, checker: &mut Checker<'_>) {
    let Some(bytes) = secret_value(root, key) else {
        let message = format!("a Secret of type `{}` needs the key `{key}`", root.text("type"));
        let at = root.field("type");
        checker.say(value::SECRET_KEYS, at.as_ref().unwrap_or(root), message);
        return;
    };
    let parsed = serde_json::from_slice::<Option<serde_json::Map<String, serde_json::Value>>>(&bytes);
    if parsed.is_err() {
        let map = root.field("stringData").filter(|map| map.node.get(key).is_some()).or_else(|| root.field("data"));
        let at = map.as_ref().and_then(|map| map.field(key));
        // The value is a secret: nothing of it is shown.
        checker
            .say(
                value::SECRET_JSON,
                at.as_ref().unwrap_or(root),
                format!("what stands under `{key}` is not a JSON object"),
            )
            .help("it is the content of Docker's `config.json`");
    }
}

/// Resources whose amounts are counts.
const COUNTED: &[&str] = &[
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];
/// Resources that quotas know without a domain, beside [`COUNTED`].
const MEASURED: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
];

fn is_quota_resource(name: &str) -> bool {
    COUNTED.contains(&name)
        || MEASURED.contains(&name)
        || name.starts_with("hugepages-")
        || name.starts_with("requests.hugepages-")
}

fn quota(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    let hard = spec.field("hard");
    if let Some(hard) = &hard {
        quota_amounts(hard, checker);
    }
    let limited: Vec<&str> =
        hard.as_ref().map_or_else(Vec::new, |hard| hard.node.entries().map(|entry| entry.key.as_str()).collect());
    if let Some(scopes) = spec.field("scopes") {
        let named: Vec<&str> = scopes.node.items().filter_map(Node::as_str).collect();
        for (at, scope) in scopes.texts() {
            quota_scope(&at, scope, &limited, checker);
        }
        conflicting_scopes(&scopes, &named, checker);
    }
    if let Some(selector) = spec.field("scopeSelector")
        && let Some(expressions) = selector.field("matchExpressions")
    {
        for expression in expressions.items() {
            scope_expression(&expression, &limited, checker);
        }
        let named: Vec<&str> = expressions.node.items().filter_map(|item| item.str_at("scopeName")).collect();
        conflicting_scopes(&expressions, &named, checker);
    }
}

fn quota_amounts(hard: &At<'_>, checker: &mut Checker<'_>) {
    for entry in hard.node.entries() {
        let path = hard.path.key(&entry.key);
        let verdict = grammar::label_key(&entry.key);
        if let Err(why) = &verdict {
            checker.report(
                value::RESOURCE_NAME,
                entry.key_span,
                &path,
                format!("{} is not a name of a resource: {why}", shown(&entry.key)),
            );
        } else if !entry.key.contains('/') && !is_quota_resource(&entry.key) {
            let message = format!("{} is no resource that a quota can limit", shown(&entry.key));
            checker
                .report(value::RESOURCE_NAME, entry.key_span, &path, message)
                .help("objects of other kinds are counted as `count/PLURAL.GROUP`, such as `count/jobs.batch`");
        }
        let at = At { node: &entry.value, path };
        let Some(amount) = Quantity::of(&entry.value) else { continue };
        if amount.is_negative() {
            checker.say(value::QUANTITY, &at, format!("the amount of {} is negative", shown(&entry.key)));
        } else if COUNTED.contains(&entry.key.as_str()) && !amount.is_whole() {
            checker.say(
                value::QUANTITY,
                &at,
                format!("{} are counted: the amount must be a whole number", shown(&entry.key)),
            );
        }
    }
}

const SCOPES: &[&str] = &[
    "Terminating",
    "NotTerminating",
    "BestEffort",
    "NotBestEffort",
    "PriorityClass",
    "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
];

fn quota_scope(at: &At<'_>, scope: &str, limited: &[&str], checker: &mut Checker<'_>) {
    if !SCOPES.contains(&scope) {
        checker.unsupported(at, scope, SCOPES);
        return;
    }
    let fits = |resource: &str| match scope {
        "BestEffort" => resource == "pods",
        "VolumeAttributesClass" => matches!(resource, "persistentvolumeclaims" | "requests.storage"),
        _ => matches!(
            resource,
            "pods" | "cpu" | "memory" | "limits.cpu" | "limits.memory" | "requests.cpu" | "requests.memory"
        ),
    };
    if let Some(resource) = limited.iter().find(|resource| is_quota_resource(resource) && !fits(resource)) {
        checker
            .say(
                value::QUOTA_SCOPE,
                at,
                format!("the scope `{scope}` says nothing of `{resource}`, which this quota limits"),
            )
            .help("make a quota of its own for the resource");
    }
}

fn conflicting_scopes(at: &At<'_>, named: &[&str], checker: &mut Checker<'_>) {
    for (one, other) in [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")] {
        if named.contains(&one) && named.contains(&other) {
            checker.say(value::QUOTA_SCOPE, at, format!("no pod is in both scopes, `{one}` and `{other}`"));
        }
    }
}

fn scope_expression(expression: &At<'_>, limited: &[&str], checker: &mut Checker<'_>) {
    let Some(scope) = expression.field("scopeName") else { return };
    let Some(name) = scope.str() else { return };
    quota_scope(&scope, name, limited, checker);
    let operator = expression.text("operator");
    if !matches!(name, "PriorityClass" | "VolumeAttributesClass")
        && SCOPES.contains(&name)
        && matches!(operator, "In" | "NotIn" | "DoesNotExist")
    {
        checker.say(
            value::QUOTA_SCOPE,
            expression,
            format!("the scope `{name}` has no values to compare with: its operator must be `Exists`"),
        );
    }
    match (operator, expression.count("values")) {
        ("In" | "NotIn", 0) => {
            checker.lacks(
                value::SELECTOR_VALUES,
                expression,
                "values",
                format!("`{operator}` needs `values` to compare with"),
            );
        }
        ("Exists" | "DoesNotExist", 1..) => checker.unwanted(
            value::SELECTOR_VALUES,
            expression,
            "values",
            &format!("`{operator}` compares with no value"),
        ),
        _ => {}
    }
}

fn limit_types(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if let Some(limits) = At::new(node, path).field("limits") {
        checker.distinct(&limits, "the type", |limit| {
            Some((limit.text("type").to_owned(), limit.text("type").to_owned()))
        });
    }
}

fn limits(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let limit = At::new(node, path);
    let kind = limit.text("type");
    if let Some(at) = limit.field("type")
        && !kind.contains('/')
        && !matches!(kind, "Pod" | "Container" | "PersistentVolumeClaim")
    {
        checker.unsupported(&at, kind, &["Pod", "Container", "PersistentVolumeClaim"]);
    }
    if kind == "Pod" {
        for key in ["default", "defaultRequest"] {
            if limit.count(key) > 0 {
                checker.unwanted(
                    value::LIMIT_RANGE,
                    &limit,
                    key,
                    "the limits are of pods, and defaults are given to containers",
                );
            }
        }
    }
    if kind == "PersistentVolumeClaim" && ["min", "max"].iter().all(|key| limit.node.at(&[key, "storage"]).is_none()) {
        checker.say(value::LIMIT_RANGE, &limit, "limits of claims need a `min` or `max` of `storage`");
    }
    for key in ["min", "max", "default", "defaultRequest", "maxLimitRequestRatio"] {
        if let Some(amounts) = limit.field(key) {
            limit_resources(&amounts, kind, checker);
        }
    }
    // Each pair in ascending order.
    const ORDER: &[(&str, &str)] = &[
        ("min", "max"),
        ("min", "defaultRequest"),
        ("defaultRequest", "max"),
        ("defaultRequest", "default"),
        ("min", "default"),
        ("default", "max"),
    ];
    for (lower, upper) in ORDER {
        limit_order(&limit, lower, upper, checker);
    }
}

fn limit_resources(amounts: &At<'_>, kind: &str, checker: &mut Checker<'_>) {
    for entry in amounts.node.entries() {
        let name = entry.key.as_str();
        let known = match kind {
            "Pod" | "Container" => {
                matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-")
            }
            _ => is_quota_resource(name) || name == "storage",
        };
        let why = match grammar::label_key(name) {
            Err(why) => why,
            Ok(()) if !known && !name.contains('/') => "it is not a resource that has limits".into(),
            Ok(()) => continue,
        };
        checker.report(
            value::RESOURCE_NAME,
            entry.key_span,
            &amounts.path.key(name),
            format!("{} is not a name of a resource: {why}", shown(name)),
        );
    }
}

fn limit_order(limit: &At<'_>, lower: &str, upper: &str, checker: &mut Checker<'_>) {
    let (Some(low), Some(high)) = (limit.field(lower), limit.field(upper)) else { return };
    let amount = |map: Option<&Mapping>, name: &str| map.and_then(|map| map.get(name)).and_then(Quantity::of);
    for at in low.node.entries() {
        let (Some(a), Some(b)) = (Quantity::of(&at.value), amount(high.node.as_mapping(), &at.key)) else { continue };
        if a > b {
            let message = format!("the `{lower}` of {} is above its `{upper}`", shown(&at.key));
            checker.report(value::LIMIT_RANGE, at.value.span, &low.path.key(&at.key), message);
        }
    }
}
