//! Volumes, claims, classes and drivers.
//!
//! Follows `pkg/apis/core/validation/validation.go` (`ValidatePersistentVolumeSpec`, `ValidatePersistentVolumeClaimSpec`) and
//! `pkg/apis/storage/validation`; <https://kubernetes.io/docs/concepts/storage/persistent-volumes/>.

use crate::{
    document::{Node, Path, Quantity},
    evaluate::{
        Checker,
        code::{policy, value},
    },
    registry::Version,
};

use super::{
    Check,
    at::{At, shown},
    grammar,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.core.v1.PersistentVolume", volume),
    ("io.k8s.api.core.v1.PersistentVolumeClaim", claim),
    ("io.k8s.api.core.v1.PersistentVolumeClaimTemplate", claim_template),
    ("io.k8s.api.storage.v1.StorageClass", class),
    ("io.k8s.api.storage.v1.CSIDriver", driver),
    ("io.k8s.api.storage.v1.CSINode", node_drivers),
    ("io.k8s.api.storage.v1.CSIStorageCapacity", capacity),
    ("io.k8s.api.storage.v1.VolumeAttachmentSpec", attachment),
    ("io.k8s.api.storage.v1.VolumeAttributesClass", attributes_class),
];

/// What the storage of a PersistentVolume can be.
const SOURCES: &[&str] = &[
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "glusterfs",
    "flocker",
    "nfs",
    "rbd",
    "quobyte",
    "cephfs",
    "iscsi",
    "cinder",
    "fc",
    "flexVolume",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "scaleIO",
    "local",
    "storageos",
    "csi",
];

fn volume(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else {
        checker.lacks(policy::VOLUME_SOURCE, &root, "spec", "the volume has no `spec`");
        return;
    };
    access_modes(&spec, checker);
    volume_capacity(&spec, checker);
    volume_source(&spec, checker);
    checker.spelled_if_any(&spec, "storageClassName", "a name of a StorageClass", grammar::dns_subdomain);
    if let Some(csi) = spec.field("csi") {
        driver_name(&csi, "driver", checker);
        checker.filled(&csi, "volumeHandle");
    }
}

fn volume_source(spec: &At<'_>, checker: &mut Checker<'_>) {
    let named = spec.node.entries().filter(|entry| !entry.value.is_null()).map(|entry| entry.key.as_str());
    let sources: Vec<&str> = named.filter(|key| SOURCES.contains(key)).collect();
    match sources[..] {
        [] => {
            checker
                .say(policy::VOLUME_SOURCE, spec, "the volume has no storage")
                .help("name where it is: `csi`, `nfs`, `hostPath`, `local`, …");
        }
        [_] => {}
        [first, second, ..] => {
            if let Some(at) = spec.field(second) {
                checker.say(
                    policy::VOLUME_SOURCE,
                    &at,
                    format!("the volume is `{first}` and `{second}` at once; it can be one thing"),
                );
            }
        }
    }
    if let Some(local) = spec.field("local") {
        checker.filled(&local, "path");
        let affine = spec.node.at(&["nodeAffinity", "required", "nodeSelectorTerms"]).is_some();
        if !affine {
            checker.lacks(
                policy::LOCAL_AFFINITY,
                spec,
                "nodeAffinity",
                "a local volume is on one node, and `nodeAffinity` must say on which",
            );
        }
    }
    if let Some(host) = spec.field("hostPath") {
        checker.filled(&host, "path");
        if spec.text("persistentVolumeReclaimPolicy") == "Recycle"
            && host.text("path").chars().all(|c| matches!(c, '/' | '.'))
            && host.text("path").starts_with('/')
            && !host.text("path").contains("...")
        {
            checker.say(policy::VOLUME_SOURCE, &host, "recycling would delete the root directory of the node");
        }
    }
}

fn volume_capacity(spec: &At<'_>, checker: &mut Checker<'_>) {
    checker.needed(spec, "capacity", "the volume must say how large it is");
    let Some(capacity) = spec.field("capacity").filter(|capacity| capacity.len() > 0) else { return };
    if !capacity.has("storage") || capacity.len() > 1 {
        checker.say(policy::CAPACITY, &capacity, "the capacity of a volume is `storage` and nothing else");
    }
    for at in capacity.entries() {
        positive(&at, checker);
    }
}

fn positive(at: &At<'_>, checker: &mut Checker<'_>) {
    if Quantity::of(at.node).is_some_and(|amount| amount.is_zero() || amount.is_negative()) {
        checker.say(value::QUANTITY, at, "the amount must be above zero");
    }
}

const ACCESS_MODES: &[&str] = &["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

fn access_modes(spec: &At<'_>, checker: &mut Checker<'_>) {
    let Some(modes) = spec.field("accessModes").filter(|modes| modes.len() > 0) else {
        checker
            .lacks(
                policy::ACCESS_MODES,
                spec,
                "accessModes",
                "`accessModes` is missing: it says who may mount the volume",
            )
            .help("for a disk: `accessModes: [ReadWriteOnce]`");
        return;
    };
    for (at, text) in modes.texts().filter(|(_, text)| !ACCESS_MODES.contains(text)) {
        checker.unsupported(&at, text, ACCESS_MODES);
    }
    let exclusive = |text: &str| text == "ReadWriteOncePod";
    if modes.texts().any(|(_, text)| exclusive(text))
        && modes.texts().any(|(_, text)| !exclusive(text) && ACCESS_MODES.contains(&text))
    {
        checker.say(policy::ACCESS_MODES, &modes, "`ReadWriteOncePod` excludes every other access mode");
    }
}

fn claim(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    match root.field("spec") {
        Some(spec) => claim_spec(&spec, checker),
        None => {
            checker.lacks(value::EMPTY, &root, "spec", "the claim has no `spec`: it asks for nothing");
        }
    }
}

fn claim_template(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if let Some(spec) = At::new(node, path).field("spec") {
        claim_spec(&spec, checker);
    }
}

/// The `spec` of a PersistentVolumeClaim.
pub(super) fn claim_spec(spec: &At<'_>, checker: &mut Checker<'_>) {
    access_modes(spec, checker);
    claim_size(spec, checker);
    checker.spelled_if_any(spec, "storageClassName", "a name of a StorageClass", grammar::dns_subdomain);
    if checker.version >= Version(1, 34) {
        checker.spelled_if_any(
            spec,
            "volumeAttributesClassName",
            "a name of a VolumeAttributesClass",
            grammar::dns_subdomain,
        );
    }
    if let Some(reference) = spec.field("dataSourceRef") {
        data_source(&reference, checker);
    }
    // What is neither a claim nor a snapshot the server drops from `dataSource`, unread.
    if let Some(source) = spec.field("dataSource")
        && matches!(
            (source.text("apiGroup"), source.text("kind")),
            ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
        )
    {
        data_source(&source, checker);
    }
    if let (Some(source), Some(reference)) = (spec.field("dataSource"), spec.field("dataSourceRef"))
        && reference.text("namespace").is_empty()
        && ["apiGroup", "kind", "name"].iter().any(|key| source.text(key) != reference.text(key))
    {
        checker
            .say(policy::DATA_SOURCE, &source, "`dataSource` and `dataSourceRef` name different objects")
            .help("remove `dataSource`");
    }
}

fn claim_size(spec: &At<'_>, checker: &mut Checker<'_>) {
    let resources = spec.field("resources");
    let requests = resources.as_ref().and_then(|resources| resources.field("requests"));
    let Some(storage) = requests.as_ref().and_then(|requests| requests.field("storage")) else {
        let blamed = requests.as_ref().or(resources.as_ref()).unwrap_or(spec);
        checker
            .say(policy::CAPACITY, blamed, "the claim does not say how much storage it wants")
            .help("add `resources: {requests: {storage: 10Gi}}`");
        return;
    };
    positive(&storage, checker);
}

fn data_source(source: &At<'_>, checker: &mut Checker<'_>) {
    for key in ["kind", "name"] {
        checker.filled(source, key);
    }
    if source.text("apiGroup").is_empty() && source.has("kind") && source.text("kind") != "PersistentVolumeClaim" {
        checker
            .say(
                policy::DATA_SOURCE,
                source,
                format!(
                    "without `apiGroup` only a PersistentVolumeClaim can be the source, not a {}",
                    shown(source.text("kind"))
                ),
            )
            .help("snapshots are of `apiGroup: snapshot.storage.k8s.io`");
    }
    checker.spelled_if_any(source, "apiGroup", "an API group", grammar::dns_subdomain);
}

fn class(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    checker.filled(&root, "provisioner");
    if let Some(provisioner) = root.field("provisioner")
        && let Some(text) = provisioner.str().filter(|text| !text.is_empty())
    {
        checker.spelled(
            value::MALFORMED,
            &provisioner,
            "a name of a provisioner",
            grammar::label_key(&text.to_lowercase()),
        );
    }
    if let Some(parameters) = root.field("parameters") {
        self::parameters(&parameters, checker);
    }
    checker.chosen(&root, "reclaimPolicy", &["Delete", "Retain", ""]);
    let Some(topologies) = root.field("allowedTopologies") else { return };
    for term in topologies.items() {
        let Some(expressions) = term.field("matchLabelExpressions") else { continue };
        for expression in expressions.items() {
            checker.needed(&expression, "values", "a topology needs values to choose from");
            checker.spelled_at(&expression, "key", "a label key", grammar::label_key);
            if let Some(values) = expression.field("values") {
                checker.distinct(&values, "the value", |at| at.str().map(|text| (text.to_owned(), text.to_owned())));
            }
        }
        checker.distinct(&expressions, "the topology key", |at| {
            Some((at.text("key").to_owned(), at.text("key").to_owned()))
        });
    }
}

fn parameters(parameters: &At<'_>, checker: &mut Checker<'_>) {
    let bytes: usize =
        parameters.node.entries().map(|entry| entry.key.len() + entry.value.as_str().map_or(0, str::len)).sum();
    if parameters.len() > 512 || bytes > 256 << 10 {
        checker.say(value::TOO_MUCH, parameters, "the parameters are too many: 512 are allowed, with 256 KiB together");
    }
    if parameters.node.entries().any(|entry| entry.key.is_empty()) {
        checker.say(value::EMPTY, parameters, "a parameter has an empty name");
    }
}

fn driver_name(at: &At<'_>, key: &str, checker: &mut Checker<'_>) {
    let Some(driver) = at.field(key) else { return };
    let Some(text) = driver.str() else { return };
    let verdict = grammar::dns_subdomain(&text.to_lowercase())
        .and_then(|()| if text.len() > 63 { Err("it has more than 63 characters".into()) } else { Ok(()) });
    checker.spelled(value::MALFORMED, &driver, "a name of a CSI driver", verdict);
}

fn driver(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    checker.chosen(&spec, "fsGroupPolicy", &["ReadWriteOnceWithFSType", "File", "None"]);
    if let Some(modes) = spec.field("volumeLifecycleModes") {
        for (at, text) in modes.texts().filter(|(_, text)| !matches!(*text, "Persistent" | "Ephemeral")) {
            checker.unsupported(&at, text, &["Persistent", "Ephemeral"]);
        }
    }
    if let Some(tokens) = spec.field("tokenRequests") {
        checker.distinct(&tokens, "the audience", |at| {
            Some((at.text("audience").to_owned(), at.text("audience").to_owned()))
        });
        for token in tokens.items() {
            checker.between(&token, "expirationSeconds", 600, 1 << 32);
        }
    }
}

fn node_drivers(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else { return };
    let Some(drivers) = spec.field("drivers") else { return };
    checker.distinct(&drivers, "the driver", |at| Some((at.text("name").to_owned(), at.text("name").to_owned())));
    for driver in drivers.items() {
        driver_name(&driver, "name", checker);
        checker.filled(&driver, "nodeID");
        if let Some(allocatable) = driver.field("allocatable") {
            checker.not_negative(&allocatable, &["count"]);
        }
        let Some(keys) = driver.field("topologyKeys") else { continue };
        for (at, text) in keys.texts() {
            checker.spelled(value::LABEL_KEY, &at, "a label key", grammar::label_key(text));
        }
        checker.distinct(&keys, "the topology key", |at| at.str().map(|text| (text.to_owned(), text.to_owned())));
    }
}

fn capacity(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    checker.spelled_at(&root, "storageClassName", "a name of a StorageClass", grammar::dns_subdomain);
    if let Some(capacity) =
        root.field("capacity").filter(|at| Quantity::of(at.node).is_some_and(|amount| amount.is_negative()))
    {
        checker.say(value::QUANTITY, &capacity, "the capacity is negative");
    }
}

fn attachment(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    driver_name(&spec, "attacher", checker);
    checker.spelled_at(&spec, "nodeName", "a name of a Node", grammar::dns_subdomain);
    let Some(source) = spec.field("source") else { return };
    if source.has("inlineVolumeSpec") == source.has("persistentVolumeName") {
        checker
            .say(policy::VOLUME_SOURCE, &source, "an attachment has one source")
            .help("set one of `persistentVolumeName` and `inlineVolumeSpec`");
    }
    checker.spelled_at(&source, "persistentVolumeName", "a name of a PersistentVolume", grammar::dns_subdomain);
}

fn attributes_class(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    driver_name(&root, "driverName", checker);
    checker.needed(&root, "parameters", "a class of attributes needs one");
    if let Some(parameters) = root.field("parameters") {
        self::parameters(&parameters, checker);
    }
}
