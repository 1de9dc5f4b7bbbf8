//! Runs `fixtures/rules/pod/<rule>/{wrong,right}.yaml`: each `wrong` gets exactly the codes that its comments expect, on
//! their lines (`# expect: P105`), each `right` gets none. A real API server has refused and accepted them.

use std::{collections::BTreeSet, fs, path::Path as FilePath};

use crate::{
    document::{Limits, Node, Path, Source, read},
    evaluate::{Checker, Finding, Subject},
    registry::Version,
};

/// Which members of which definitions are of which definition, as far as pods go: `*` stands for items of lists.
const SHAPES: &[(&str, &[(&str, &str)])] = &[
    ("Pod", &[("spec", "PodSpec")]),
    ("Deployment", &[("spec", "DeploymentSpec")]),
    ("DeploymentSpec", &[("template", "PodTemplateSpec")]),
    ("PodTemplateSpec", &[("spec", "PodSpec")]),
    (
        "PodSpec",
        &[
            ("containers*", "Container"),
            ("initContainers*", "Container"),
            ("ephemeralContainers*", "EphemeralContainer"),
            ("volumes*", "Volume"),
            ("affinity", "Affinity"),
            ("tolerations*", "Toleration"),
            ("topologySpreadConstraints*", "TopologySpreadConstraint"),
            ("securityContext", "PodSecurityContext"),
            ("dnsConfig", "PodDNSConfig"),
            ("hostAliases*", "HostAlias"),
            ("os", "PodOS"),
            ("resources", "ResourceRequirements"),
        ],
    ),
    ("Container", CONTAINER),
    ("EphemeralContainer", CONTAINER),
    ("EnvVar", &[("valueFrom", "EnvVarSource")]),
    (
        "EnvVarSource",
        &[
            ("configMapKeyRef", "ConfigMapKeySelector"),
            ("secretKeyRef", "SecretKeySelector"),
            ("fileKeyRef", "FileKeySelector"),
        ],
    ),
    ("Lifecycle", &[("postStart", "LifecycleHandler"), ("preStop", "LifecycleHandler")]),
    ("Probe", HANDLER),
    ("LifecycleHandler", HANDLER),
    (
        "SecurityContext",
        &[
            ("seccompProfile", "SeccompProfile"),
            ("appArmorProfile", "AppArmorProfile"),
            ("windowsOptions", "WindowsSecurityContextOptions"),
        ],
    ),
    (
        "PodSecurityContext",
        &[
            ("seccompProfile", "SeccompProfile"),
            ("appArmorProfile", "AppArmorProfile"),
            ("windowsOptions", "WindowsSecurityContextOptions"),
        ],
    ),
    (
        "Affinity",
        &[("nodeAffinity", "NodeAffinity"), ("podAffinity", "PodAffinity"), ("podAntiAffinity", "PodAffinity")],
    ),
    (
        "NodeAffinity",
        &[
            ("requiredDuringSchedulingIgnoredDuringExecution", "NodeSelector"),
            ("preferredDuringSchedulingIgnoredDuringExecution*", "PreferredSchedulingTerm"),
        ],
    ),
    ("NodeSelector", &[("nodeSelectorTerms*", "NodeSelectorTerm")]),
    ("PreferredSchedulingTerm", &[("preference", "NodeSelectorTerm")]),
    (
        "PodAffinity",
        &[
            ("requiredDuringSchedulingIgnoredDuringExecution*", "PodAffinityTerm"),
            ("preferredDuringSchedulingIgnoredDuringExecution*", "WeightedPodAffinityTerm"),
        ],
    ),
    ("WeightedPodAffinityTerm", &[("podAffinityTerm", "PodAffinityTerm")]),
    (
        "Volume",
        &[
            ("emptyDir", "EmptyDirVolumeSource"),
            ("hostPath", "HostPathVolumeSource"),
            ("gitRepo", "GitRepoVolumeSource"),
            ("gcePersistentDisk", "GCEPersistentDiskVolumeSource"),
            ("awsElasticBlockStore", "AWSElasticBlockStoreVolumeSource"),
            ("secret", "SecretVolumeSource"),
            ("configMap", "ConfigMapVolumeSource"),
            ("downwardAPI", "DownwardAPIVolumeSource"),
            ("nfs", "NFSVolumeSource"),
            ("iscsi", "ISCSIVolumeSource"),
            ("glusterfs", "GlusterfsVolumeSource"),
            ("persistentVolumeClaim", "PersistentVolumeClaimVolumeSource"),
            ("rbd", "RBDVolumeSource"),
            ("cephfs", "CephFSVolumeSource"),
            ("cinder", "CinderVolumeSource"),
            ("fc", "FCVolumeSource"),
            ("flexVolume", "FlexVolumeSource"),
            ("flocker", "FlockerVolumeSource"),
            ("azureFile", "AzureFileVolumeSource"),
            ("azureDisk", "AzureDiskVolumeSource"),
            ("vsphereVolume", "VsphereVirtualDiskVolumeSource"),
            ("photonPersistentDisk", "PhotonPersistentDiskVolumeSource"),
            ("portworxVolume", "PortworxVolumeSource"),
            ("quobyte", "QuobyteVolumeSource"),
            ("storageos", "StorageOSVolumeSource"),
            ("scaleIO", "ScaleIOVolumeSource"),
            ("csi", "CSIVolumeSource"),
            ("ephemeral", "EphemeralVolumeSource"),
            ("image", "ImageVolumeSource"),
            ("projected", "ProjectedVolumeSource"),
        ],
    ),
    ("SecretVolumeSource", &[("items*", "KeyToPath")]),
    ("ConfigMapVolumeSource", &[("items*", "KeyToPath")]),
    ("SecretProjection", &[("items*", "KeyToPath")]),
    ("ConfigMapProjection", &[("items*", "KeyToPath")]),
    ("DownwardAPIVolumeSource", &[("items*", "DownwardAPIVolumeFile")]),
    ("DownwardAPIProjection", &[("items*", "DownwardAPIVolumeFile")]),
    ("EphemeralVolumeSource", &[("volumeClaimTemplate", "PersistentVolumeClaimTemplate")]),
    ("ProjectedVolumeSource", &[("sources*", "VolumeProjection")]),
    (
        "VolumeProjection",
        &[
            ("secret", "SecretProjection"),
            ("configMap", "ConfigMapProjection"),
            ("downwardAPI", "DownwardAPIProjection"),
            ("serviceAccountToken", "ServiceAccountTokenProjection"),
            ("clusterTrustBundle", "ClusterTrustBundleProjection"),
            ("podCertificate", "PodCertificateProjection"),
        ],
    ),
];

const CONTAINER: &[(&str, &str)] = &[
    ("ports*", "ContainerPort"),
    ("env*", "EnvVar"),
    ("envFrom*", "EnvFromSource"),
    ("resources", "ResourceRequirements"),
    ("resizePolicy*", "ContainerResizePolicy"),
    ("volumeMounts*", "VolumeMount"),
    ("volumeDevices*", "VolumeDevice"),
    ("livenessProbe", "Probe"),
    ("readinessProbe", "Probe"),
    ("startupProbe", "Probe"),
    ("lifecycle", "Lifecycle"),
    ("securityContext", "SecurityContext"),
];

const HANDLER: &[(&str, &str)] =
    &[("exec", "ExecAction"), ("httpGet", "HTTPGetAction"), ("tcpSocket", "TCPSocketAction"), ("grpc", "GRPCAction")];

fn walk(node: &Node, path: &Path<'_>, definition: &str, checker: &mut Checker<'_>) {
    for check in super::of_definition(&format!("io.k8s.api.core.v1.{definition}")) {
        check(node, path, checker);
    }
    let members = SHAPES.iter().find(|(name, _)| *name == definition).map_or(&[][..], |(_, members)| members);
    for (key, definition) in members {
        match key.strip_suffix('*') {
            None => {
                if let Some(member) = node.field(key) {
                    walk(member, &path.key(key), definition, checker);
                }
            }
            Some(key) => {
                let list = path.key(key);
                for (index, item) in node.get(key).into_iter().flat_map(Node::items).enumerate() {
                    walk(item, &list.index(index), definition, checker);
                }
            }
        }
    }
}

fn findings(source: &Source, version: Version) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in read(source, Limits::default()) {
        let document = document.expect("a fixture is YAML");
        let kind = document.root.str_at("kind").unwrap_or_default().to_owned();
        let subject =
            Subject { api_version: "v1".to_owned(), kind: kind.clone(), namespace: String::new(), name: String::new() };
        let mut checker = Checker { source, version, subject: &subject, findings: &mut findings };
        walk(&document.root, &Path::ROOT, &kind, &mut checker);
    }
    findings
}

/// What the file's findings are, and what its comments expect, if they differ.
fn check(file: &FilePath) -> Option<String> {
    let text = fs::read_to_string(file).unwrap();
    let source = Source::new(file.display().to_string(), text.clone());
    let found: BTreeSet<(u32, String)> = findings(&source, Version(1, 37))
        .into_iter()
        .map(|finding| (finding.location.start.line, finding.code.id.to_owned()))
        .collect();
    let expected: BTreeSet<(u32, String)> = text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| Some((index as u32 + 1, line.split_once("# expect: ")?.1)))
        .flat_map(|(line, codes)| codes.split(' ').map(move |code| (line, code.to_owned())))
        .collect();
    (found != expected).then(|| format!("{}: found {found:?}, expected {expected:?}", file.display()))
}

#[test]
fn every_rule_refuses_its_wrong_and_passes_its_right() {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules/pod");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    let files = folders.iter().flat_map(|folder| ["wrong.yaml", "right.yaml"].map(|name| folder.join(name)));
    let differences: Vec<String> = files.filter_map(|file| check(&file)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
