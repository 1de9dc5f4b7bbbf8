//! Volumes in containers: what is mounted must exist, once per place, and stay inside its volume.
//! See `ValidateVolumeMounts`, `ValidateVolumeDevices` in `pkg/apis/core/validation/validation.go`.

use std::collections::{HashMap, HashSet};

use crate::{
    document::{Node, Path},
    evaluate::{Checker, Location, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{Met, is_true, items, listed_or, text},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.VolumeMount", mount),
    ("io.k8s.api.core.v1.VolumeDevice", device),
    ("io.k8s.api.core.v1.Container", places),
    ("io.k8s.api.core.v1.EphemeralContainer", places),
];

fn mount(mount: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::VOLUME_MOUNT, mount, path, &["name", "mountPath"]);
    checker.word(code::SUB_PATH, mount, path, "subPath", "`subPath`", grammar::descending_path);
    checker.word(code::SUB_PATH, mount, path, "subPathExpr", "`subPathExpr`", grammar::descending_path);
    if text(mount, "subPath").is_some() && text(mount, "subPathExpr").is_some() {
        checker.blame_key(
            code::SUB_PATH,
            mount,
            path,
            "subPathExpr",
            "the mount has both `subPath` and `subPathExpr`; it may have one",
        );
    }
    recursive_read_only(mount, path, checker);
}

/// KEP-3857, recursive read-only mounts.
fn recursive_read_only(mount: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    const KEY: &str = "recursiveReadOnly";
    if checker.version < Version(1, 31) {
        return;
    }
    checker.one_of(code::VOLUME_MOUNT, mount, path, KEY, &["Disabled", "IfPossible", "Enabled"]);
    let Some(mode @ ("IfPossible" | "Enabled")) = text(mount, KEY) else { return };
    if !is_true(mount, "readOnly") {
        checker
            .blame(code::VOLUME_MOUNT, mount, path, KEY, format!("`{KEY}: {mode}` on a mount that is not read-only"))
            .help("set `readOnly: true`");
    }
    if text(mount, "mountPropagation").is_some_and(|propagation| propagation != "None") {
        let message = format!("`{KEY}: {mode}` cannot stand beside `mountPropagation`");
        checker.blame(code::VOLUME_MOUNT, mount, path, KEY, message);
    }
}

fn device(device: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::VOLUME_MOUNT, device, path, &["name", "devicePath"]);
    checker.word(code::VOLUME_MOUNT, device, path, "devicePath", "`devicePath`", grammar::no_backsteps);
}

/// What the mounts and devices of one container must not be to each other.
fn places(container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let mounts = items(container, "volumeMounts");
    let devices = items(container, "volumeDevices");
    let list = path.key("volumeMounts");
    let privileged = container.field("securityContext").is_some_and(|context| is_true(context, "privileged"));
    let mut places = Met::default();
    for (index, mount) in mounts.iter().enumerate() {
        let path = list.index(index);
        if let Some(place) = text(mount, "mountPath")
            && let Some(first) = places.before(place, mount)
        {
            let first = first.get("mountPath").map_or(first.span, |place| place.span);
            let first = Location::new(checker.source, first);
            let message = format!("`{place}` is mounted twice in one container");
            checker
                .blame(code::DUPLICATE_MOUNT, mount, &path, "mountPath", message)
                .related("first mounted here", first);
        }
        if text(mount, "mountPropagation") == Some("Bidirectional") && !privileged {
            checker
                .blame(
                    code::VOLUME_MOUNT,
                    mount,
                    &path,
                    "mountPropagation",
                    "`Bidirectional` mount propagation in a container that is not privileged",
                )
                .help("use `HostToContainer`, or set `securityContext.privileged: true`");
        }
    }
    let list = path.key("volumeDevices");
    for (key, mount_key) in [("name", "name"), ("devicePath", "mountPath")] {
        let mounted: HashSet<&str> = mounts.iter().filter_map(|mount| text(mount, mount_key)).collect();
        let mut met = Met::default();
        for (index, device) in devices.iter().enumerate() {
            let path = list.index(index);
            let Some(value) = text(device, key) else { continue };
            if met.before(value, device).is_some() {
                let message = format!("two devices of the container have the {key} `{value}`");
                checker.blame(code::DUPLICATE_MOUNT, device, &path, key, message);
            }
            if mounted.contains(value) {
                let message = format!("`{value}` is in `volumeMounts` too: a volume is a file system or a device");
                checker.blame(code::DUPLICATE_MOUNT, device, &path, key, message);
            }
        }
    }
}

/// The volumes of a pod, found by name by each of its containers.
pub(super) struct Volumes<'a> {
    all: &'a [Node],
    by_name: HashMap<&'a str, &'a Node>,
}

impl<'a> Volumes<'a> {
    pub(super) fn of(spec: &'a Node) -> Volumes<'a> {
        let all = items(spec, "volumes");
        // The first of a name counts; that there is a second is said elsewhere.
        let by_name = all.iter().rev().filter_map(|volume| Some((text(volume, "name")?, volume))).collect();
        Volumes { all, by_name }
    }
}

/// Whether the volumes that a container names are volumes of its pod, or `claims`, which a StatefulSet makes volumes of.
pub(super) fn volumes_exist(
    volumes: &Volumes<'_>,
    claims: &[&str],
    container: &Node,
    path: &Path<'_>,
    checker: &mut Checker<'_>,
) {
    for (key, what) in [("volumeMounts", "mounted"), ("volumeDevices", "used as a device")] {
        let list = path.key(key);
        for (index, item) in items(container, key).iter().enumerate() {
            let Some(name) = text(item, "name").filter(|name| !claims.contains(name)) else { continue };
            match volumes.by_name.get(name) {
                None => {
                    let message = format!("volume `{name}` is {what}, but the pod has no volume of that name");
                    let finding = checker.blame(code::UNKNOWN_VOLUME, item, &list.index(index), "name", message);
                    finding.help(known_volumes(volumes));
                }
                Some(volume)
                    if key == "volumeDevices"
                        && volume.field("persistentVolumeClaim").is_none()
                        && volume.field("ephemeral").is_none() =>
                {
                    let message = format!("volume `{name}` is {what}, but it is not a persistent volume claim");
                    checker.blame(code::VOLUME_MOUNT, item, &list.index(index), "name", message);
                }
                Some(_) => {}
            }
        }
    }
    files_of_variables(volumes, container, path, checker);
}

fn known_volumes(volumes: &Volumes<'_>) -> String {
    let names: Vec<&str> = volumes.all.iter().take(9).filter_map(|volume| text(volume, "name")).collect();
    match names.as_slice() {
        [] => "the pod has no volumes: add one to `spec.volumes`".to_owned(),
        [..] if names.len() > 8 => "add it to `spec.volumes`, or correct the name".to_owned(),
        names => format!("add it to `spec.volumes`, or use {}", listed_or(names)),
    }
}

/// KEP-3721: variables read from files take them from `emptyDir` volumes.
fn files_of_variables(volumes: &Volumes<'_>, container: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 35) {
        return;
    }
    let list = path.key("env");
    for (index, variable) in items(container, "env").iter().enumerate() {
        let Some(reference) = variable.at(&["valueFrom", "fileKeyRef"]) else { continue };
        let Some(name) = text(reference, "volumeName") else { continue };
        let (item, source);
        item = list.index(index);
        source = item.key("valueFrom");
        let path = source.key("fileKeyRef");
        match volumes.by_name.get(name) {
            None => {
                let message = format!("the pod has no volume `{name}`");
                checker
                    .blame(code::UNKNOWN_VOLUME, reference, &path, "volumeName", message)
                    .help(known_volumes(volumes));
            }
            Some(volume) if volume.field("emptyDir").is_none() => {
                let message = format!("volume `{name}` is not an `emptyDir`");
                checker.blame(code::ENV_SOURCE, reference, &path, "volumeName", message);
            }
            Some(_) => {}
        }
    }
}
