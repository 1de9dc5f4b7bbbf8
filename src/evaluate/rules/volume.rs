//! Volumes: one source at most, with what that source needs.
//! See `validateVolumeSource` and the functions it calls in `pkg/apis/core/validation/validation.go`. The sources that
//! PersistentVolumes share with pods are held to the same rules there.

use crate::{
    document::{Node, Path, Quantity},
    evaluate::{Checker, Location, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{Met, among, is_empty, is_true, items, number, text},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.PodSpec", unique),
    ("io.k8s.api.core.v1.Volume", volume),
    ("io.k8s.api.core.v1.EmptyDirVolumeSource", empty_dir),
    ("io.k8s.api.core.v1.HostPathVolumeSource", host_path),
    ("io.k8s.api.core.v1.GitRepoVolumeSource", git_repo),
    ("io.k8s.api.core.v1.GCEPersistentDiskVolumeSource", gce_disk),
    ("io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource", aws_disk),
    ("io.k8s.api.core.v1.SecretVolumeSource", secret),
    ("io.k8s.api.core.v1.ConfigMapVolumeSource", config_map),
    ("io.k8s.api.core.v1.KeyToPath", key_to_path),
    ("io.k8s.api.core.v1.DownwardAPIVolumeSource", default_mode),
    ("io.k8s.api.core.v1.NFSVolumeSource", nfs),
    ("io.k8s.api.core.v1.ISCSIVolumeSource", iscsi),
    ("io.k8s.api.core.v1.GlusterfsVolumeSource", |node, path, checker| {
        filled(node, path, checker, &["endpoints", "path"])
    }),
    ("io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource", |node, path, checker| {
        filled(node, path, checker, &["claimName"]);
    }),
    ("io.k8s.api.core.v1.RBDVolumeSource", |node, path, checker| filled(node, path, checker, &["monitors", "image"])),
    ("io.k8s.api.core.v1.CephFSVolumeSource", |node, path, checker| filled(node, path, checker, &["monitors"])),
    ("io.k8s.api.core.v1.CinderVolumeSource", |node, path, checker| {
        filled(node, path, checker, &["volumeID"]);
        named_secret(node, path, checker, "secretRef");
    }),
    ("io.k8s.api.core.v1.FCVolumeSource", fibre_channel),
    ("io.k8s.api.core.v1.FlexVolumeSource", flex),
    ("io.k8s.api.core.v1.FlockerVolumeSource", flocker),
    ("io.k8s.api.core.v1.AzureFileVolumeSource", |node, path, checker| {
        filled(node, path, checker, &["secretName", "shareName"]);
    }),
    ("io.k8s.api.core.v1.AzureDiskVolumeSource", azure_disk),
    ("io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource", |node, path, checker| {
        filled(node, path, checker, &["volumePath"]);
    }),
    ("io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource", |node, path, checker| {
        filled(node, path, checker, &["pdID"])
    }),
    ("io.k8s.api.core.v1.PortworxVolumeSource", |node, path, checker| filled(node, path, checker, &["volumeID"])),
    ("io.k8s.api.core.v1.QuobyteVolumeSource", quobyte),
    ("io.k8s.api.core.v1.StorageOSVolumeSource", storage_os),
    ("io.k8s.api.core.v1.ScaleIOVolumeSource", |node, path, checker| {
        filled(node, path, checker, &["gateway", "system"]);
        needed(node, path, checker, &["volumeName"]);
    }),
    ("io.k8s.api.core.v1.CSIVolumeSource", csi),
    ("io.k8s.api.core.v1.EphemeralVolumeSource", |node, path, checker| {
        needed(node, path, checker, &["volumeClaimTemplate"]);
    }),
    ("io.k8s.api.core.v1.PersistentVolumeClaimTemplate", claim_template),
    ("io.k8s.api.core.v1.ImageVolumeSource", image),
];

const SOURCES: &[&str] = &[
    "emptyDir",
    "configMap",
    "secret",
    "persistentVolumeClaim",
    "hostPath",
    "projected",
    "ephemeral",
    "csi",
    "downwardAPI",
    "nfs",
    "image",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "iscsi",
    "glusterfs",
    "flocker",
    "rbd",
    "cinder",
    "cephfs",
    "quobyte",
    "fc",
    "flexVolume",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "storageos",
    "scaleIO",
];

fn unique(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let volumes = items(spec, "volumes");
    let list = path.key("volumes");
    let mut met = Met::default();
    for (index, volume) in volumes.iter().enumerate() {
        let Some(name) = text(volume, "name") else { continue };
        if let Some(first) = met.before(name, volume) {
            let first = Location::new(checker.source, first.get("name").map_or(first.span, |name| name.span));
            let message = format!("two volumes of the pod are named `{name}`");
            checker
                .blame(code::VOLUME_NAME, volume, &list.index(index), "name", message)
                .related("the first one", first);
        }
    }
}

fn volume(volume: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if volume.as_mapping().is_none() {
        return;
    }
    checker.not_empty(code::VOLUME_NAME, volume, path, &["name"]);
    checker.word(code::VOLUME_NAME, volume, path, "name", "volume name", grammar::dns_label);
    let sources = among(volume, SOURCES);
    let name = text(volume, "name").unwrap_or_default();
    // A volume without a source is an `emptyDir`: the server fills that in.
    if let [first, second, ..] = sources.as_slice() {
        let message = format!("volume `{name}` has both `{first}` and `{second}`; it may have one source");
        checker.blame_key(code::VOLUME_SOURCE, volume, path, second, message);
    }
    if let Some(iscsi) = volume.field("iscsi")
        && iscsi.field("initiatorName").is_some()
        && text(iscsi, "targetPortal").is_some_and(|portal| name.len() + 1 + portal.len() > 64)
    {
        let message = format!("`{name}` and its `targetPortal` together are longer than 63 characters");
        checker.blame(code::VOLUME_VALUE, volume, path, "name", message);
    }
}

/// Members that the schema requires must say something.
fn filled(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>, keys: &[&str]) {
    checker.not_empty(code::VOLUME_MEMBER, source, path, keys);
}

/// Members that the schema does not require, and the server does.
pub(super) fn needed(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>, keys: &[&str]) {
    if source.as_mapping().is_none() {
        return;
    }
    for key in keys {
        if source.field(key).is_none_or(|value| value.as_str() == Some("")) {
            checker.blame(code::VOLUME_MEMBER, source, path, key, format!("`{key}` is missing"));
        }
    }
}

fn named_secret(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>, key: &str) {
    if let Some(secret) = source.field(key) {
        needed(secret, &path.key(key), checker, &["name"]);
    }
}

fn empty_dir(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if source.field("sizeLimit").and_then(Quantity::of).is_some_and(|limit| limit.is_negative()) {
        checker.blame(code::VOLUME_VALUE, source, path, "sizeLimit", "`sizeLimit` is negative");
    }
}

fn host_path(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["path"]);
    checker.word(code::VOLUME_PATH, source, path, "path", "path", grammar::no_backsteps);
}

fn git_repo(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["repository"]);
    checker.word(code::VOLUME_PATH, source, path, "directory", "path", grammar::descending_path);
}

fn gce_disk(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["pdName"]);
    checker.within(code::VOLUME_VALUE, source, path, "partition", 0..=255);
}

fn aws_disk(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["volumeID"]);
    checker.within(code::VOLUME_VALUE, source, path, "partition", 0..=255);
}

fn secret(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    needed(source, path, checker, &["secretName"]);
    default_mode(source, path, checker);
}

fn config_map(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    needed(source, path, checker, &["name"]);
    default_mode(source, path, checker);
}

pub(super) fn default_mode(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    mode(source, path, checker, "defaultMode");
}

/// File modes are decimal in JSON: who writes 644 means 0644.
fn mode(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>, key: &str) {
    let Some(mode) = number(source, key).filter(|mode| !(0..=0o777).contains(mode)) else { return };
    let message = format!("`{key}` is {mode}; it must be from 0 to 0777 (511)");
    let finding = checker.blame(code::FILE_MODE, source, path, key, message);
    if (600..=777).contains(&mode) && mode.to_string().bytes().all(|digit| digit < b'8') {
        finding.help(format!("write it in octal: `0{mode}`"));
    }
}

fn key_to_path(item: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(item, path, checker, &["key", "path"]);
    checker.word(code::VOLUME_PATH, item, path, "path", "path", grammar::relative_path);
    mode(item, path, checker, "mode");
}

fn nfs(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["server", "path"]);
    checker.word(code::VOLUME_PATH, source, path, "path", "path", |path| {
        if path.starts_with('/') { Ok(()) } else { Err("it must begin with `/`".into()) }
    });
}

fn iscsi(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["targetPortal", "iqn"]);
    checker.within(code::VOLUME_VALUE, source, path, "lun", 0..=255);
    checker.word(code::VOLUME_VALUE, source, path, "iqn", "iSCSI name", iscsi_name);
    checker.word(code::VOLUME_VALUE, source, path, "initiatorName", "iSCSI name", iscsi_name);
    let authenticated = is_true(source, "chapAuthDiscovery") || is_true(source, "chapAuthSession");
    if authenticated && source.field("secretRef").is_none() {
        checker.blame(code::VOLUME_MEMBER, source, path, "secretRef", "CHAP authentication without `secretRef`");
    }
}

/// RFC 3720, section 3.2.6.3, as far as the server holds names to it.
fn iscsi_name(name: &str) -> grammar::Verdict {
    let alphanumeric =
        |text: &str, length: usize| text.len() == length + 1 && text.bytes().skip(1).all(|b| b.is_ascii_alphanumeric());
    let right = if let Some(rest) = name.strip_prefix("eui") {
        alphanumeric(rest, 16)
    } else if let Some(rest) = name.strip_prefix("naa") {
        alphanumeric(rest, 32)
    } else if name.starts_with("iqn") {
        name.match_indices("iqn.").any(|(at, _)| is_qualified(&name[at + 4..]))
    } else {
        false
    };
    if right { Ok(()) } else { Err("it looks like `iqn.2001-04.com.example:storage.disk1`".into()) }
}

/// `2001-04.com.example:storage`.
fn is_qualified(text: &str) -> bool {
    let bytes = text.as_bytes();
    let dated = bytes.len() > 8
        && bytes[..8].iter().enumerate().all(|(at, &b)| match at {
            4 => b == b'-',
            7 => b == b'.',
            _ => b.is_ascii_digit(),
        });
    // The authority ends at a colon; what follows may hold colons too.
    dated
        && text[8..].match_indices(':').any(|(at, _)| {
            let (authority, name) = (&text[8..8 + at], &text[9 + at..]);
            !authority.is_empty()
                && authority.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
                && !name.is_empty()
                && !name.contains(|c: char| ",;*&$|".contains(c) || c.is_ascii_whitespace())
        })
}

fn fibre_channel(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let has = |key: &str| !items(source, key).is_empty();
    match (has("targetWWNs"), has("wwids")) {
        (false, false) => {
            checker.blame(code::VOLUME_MEMBER, source, path, "targetWWNs", "neither `targetWWNs` nor `wwids`");
        }
        (true, true) => {
            let message = "both `targetWWNs` and `wwids`; the volume may have one of them";
            checker.blame_key(code::VOLUME_VALUE, source, path, "wwids", message);
        }
        (true, false) if source.field("lun").is_none() => {
            checker.blame_key(code::VOLUME_MEMBER, source, path, "targetWWNs", "`targetWWNs` without `lun`");
        }
        _ => {}
    }
    if has("targetWWNs") {
        checker.within(code::VOLUME_VALUE, source, path, "lun", 0..=255);
    }
}

fn flex(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["driver"]);
    let path = path.key("options");
    for entry in source.field("options").into_iter().flat_map(Node::entries) {
        let domain = entry.key.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let reserved = ["kubernetes.io", "k8s.io"];
        if reserved.iter().any(|name| format!(".{domain}").ends_with(&format!(".{name}"))) {
            let message = format!("the option `{}` is in a domain of Kubernetes' own", entry.key);
            checker.report(code::VOLUME_VALUE, entry.key_span, &path.key(&entry.key), message);
        }
    }
}

fn flocker(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    match (text(source, "datasetName"), text(source, "datasetUUID")) {
        (None, None) => {
            checker.blame(code::VOLUME_MEMBER, source, path, "datasetName", "neither `datasetName` nor `datasetUUID`");
        }
        (Some(_), Some(_)) => {
            let message = "both `datasetName` and `datasetUUID`; the volume may have one of them";
            checker.blame_key(code::VOLUME_VALUE, source, path, "datasetUUID", message);
        }
        (Some(name), None) if name.contains('/') => {
            checker.blame(code::VOLUME_VALUE, source, path, "datasetName", format!("`{name}` must not hold `/`"));
        }
        _ => {}
    }
}

fn azure_disk(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["diskName", "diskURI", "cachingMode", "kind"]);
    let Some(uri) = text(source, "diskURI") else { return };
    let prefix = match text(source, "kind") {
        Some("Managed") => "/subscriptions/",
        // The server fills in `Shared`.
        Some("Dedicated" | "Shared") | None => "https://",
        Some(_) => return,
    };
    if !uri.starts_with(prefix) {
        let message = format!("`{uri}` is not the URI of a disk of this kind: it must begin with `{prefix}`");
        checker.blame(code::VOLUME_VALUE, source, path, "diskURI", message);
    }
}

fn quobyte(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["registry", "volume"]);
    if text(source, "tenant").is_some_and(|tenant| tenant.len() > 64) {
        checker.blame(code::VOLUME_VALUE, source, path, "tenant", "the tenant is longer than 64 characters");
        return;
    }
    checker.word(code::VOLUME_VALUE, source, path, "registry", "registry", |registry| {
        if registry.split(',').all(is_host_and_port) { Ok(()) } else { Err("it must be `host:port`".into()) }
    });
}

/// `host:port`, with IPv6 addresses in brackets; either part may be empty.
fn is_host_and_port(text: &str) -> bool {
    match text.rsplit_once(':') {
        Some((host, port)) if host.starts_with('[') => {
            host.find(']').is_some_and(|at| at + 1 == host.len()) && !port.contains(['[', ']'])
        }
        Some((host, port)) => !host.contains([':', '[', ']']) && !port.contains(['[', ']']),
        None => false,
    }
}

fn storage_os(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    needed(source, path, checker, &["volumeName"]);
    for key in ["volumeName", "volumeNamespace"] {
        checker.word(code::VOLUME_VALUE, source, path, key, "name", grammar::dns_label);
    }
    named_secret(source, path, checker, "secretRef");
}

fn csi(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    filled(source, path, checker, &["driver"]);
    checker.word(code::VOLUME_VALUE, source, path, "driver", "driver name", |name| {
        if name.len() > 63 {
            return Err(format!("it has {} characters, 63 are allowed", name.len()).into());
        }
        grammar::dns_subdomain(&name.to_ascii_lowercase())
    });
    named_secret(source, path, checker, "nodePublishSecretRef");
    if let Some(secret) = source.field("nodePublishSecretRef") {
        let path = path.key("nodePublishSecretRef");
        checker.word(code::VOLUME_VALUE, secret, &path, "name", "object name", grammar::dns_subdomain);
    }
}

/// The claim is named after pod and volume: its template brings labels and annotations and nothing else. A template
/// in a StatefulSet is a claim, not one of these.
fn claim_template(template: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let path = path.key("metadata");
    for entry in template.field("metadata").into_iter().flat_map(Node::entries) {
        let allowed = matches!(entry.key.as_str(), "labels" | "annotations");
        if !allowed && !entry.value.is_null() && !is_empty(&entry.value) {
            let message = format!("`{}` cannot be set in the template of an ephemeral volume's claim", entry.key);
            checker
                .report(code::CLAIM_TEMPLATE, entry.key_span, &path.key(&entry.key), message)
                .help("labels and annotations can; the claim is named after pod and volume");
        }
    }
}

fn image(source: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version >= Version(1, 37) {
        needed(source, path, checker, &["reference"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_disks() {
        for name in
            ["iqn.2001-04.com.example:storage.disk1:a", "eui.02004567A425678D", "naa.62004567BA64678D0123456789ABCDEF"]
        {
            assert_eq!(iscsi_name(name), Ok(()), "{name}");
        }
        for name in ["", "iqn", "iqn.2001.com:a", "iqn.2001-04.com.example", "iqn.2001-04.com:a b", "eui.1", "disk"] {
            assert!(iscsi_name(name).is_err(), "{name}");
        }
        assert!(is_host_and_port("a:1") && is_host_and_port("[::1]:1") && is_host_and_port(":"));
        assert!(!is_host_and_port("a") && !is_host_and_port("a:b:c") && !is_host_and_port("[::1]"));
    }
}
