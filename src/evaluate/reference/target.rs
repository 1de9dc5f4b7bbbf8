//! The kinds that other objects refer to.

use crate::evaluate::{Code, code::reference as codes};

/// A kind that references are followed to. Everything known of a kind as such stands in this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    ConfigMap,
    Secret,
    ServiceAccount,
    Claim,
    StorageClass,
    Service,
    IngressClass,
    PriorityClass,
    RuntimeClass,
    Role,
    ClusterRole,
    ValidatingPolicy,
    MutatingPolicy,
    Gateway,
    GatewayClass,
    SnapshotClass,
    Namespace,
    Deployment,
    ReplicaSet,
    StatefulSet,
    ReplicationController,
}

use Target::*;

const ALL: [Target; 21] = [
    ConfigMap,
    Secret,
    ServiceAccount,
    Claim,
    StorageClass,
    Service,
    IngressClass,
    PriorityClass,
    RuntimeClass,
    Role,
    ClusterRole,
    ValidatingPolicy,
    MutatingPolicy,
    Gateway,
    GatewayClass,
    SnapshotClass,
    Namespace,
    Deployment,
    ReplicaSet,
    StatefulSet,
    ReplicationController,
];

impl Target {
    /// The group, kind and code for "it is not there".
    fn table(self) -> (&'static str, &'static str, Code) {
        match self {
            ConfigMap => ("", "ConfigMap", codes::CONFIG_MAP),
            Secret => ("", "Secret", codes::SECRET),
            ServiceAccount => ("", "ServiceAccount", codes::SERVICE_ACCOUNT),
            Claim => ("", "PersistentVolumeClaim", codes::CLAIM),
            StorageClass => ("storage.k8s.io", "StorageClass", codes::STORAGE_CLASS),
            Service => ("", "Service", codes::SERVICE),
            IngressClass => ("networking.k8s.io", "IngressClass", codes::INGRESS_CLASS),
            PriorityClass => ("scheduling.k8s.io", "PriorityClass", codes::PRIORITY_CLASS),
            RuntimeClass => ("node.k8s.io", "RuntimeClass", codes::RUNTIME_CLASS),
            Role => ("rbac.authorization.k8s.io", "Role", codes::ROLE),
            ClusterRole => ("rbac.authorization.k8s.io", "ClusterRole", codes::ROLE),
            ValidatingPolicy => ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", codes::ADMISSION_POLICY),
            MutatingPolicy => ("admissionregistration.k8s.io", "MutatingAdmissionPolicy", codes::ADMISSION_POLICY),
            Gateway => ("gateway.networking.k8s.io", "Gateway", codes::GATEWAY),
            GatewayClass => ("gateway.networking.k8s.io", "GatewayClass", codes::GATEWAY),
            SnapshotClass => ("snapshot.storage.k8s.io", "VolumeSnapshotClass", codes::SNAPSHOT_CLASS),
            Namespace => ("", "Namespace", codes::NAMESPACE),
            Deployment => ("apps", "Deployment", codes::SCALE_TARGET),
            ReplicaSet => ("apps", "ReplicaSet", codes::SCALE_TARGET),
            StatefulSet => ("apps", "StatefulSet", codes::SCALE_TARGET),
            ReplicationController => ("", "ReplicationController", codes::SCALE_TARGET),
        }
    }

    /// The target that objects of this group and kind are.
    pub(super) fn of(group: &str, kind: &str) -> Option<Target> {
        ALL.into_iter().find(|target| {
            let (own, name, _) = target.table();
            name == kind && own == group
        })
    }

    pub(super) fn kind(self) -> &'static str {
        self.table().1
    }

    pub(super) fn code(self) -> Code {
        self.table().2
    }

    pub(super) fn namespaced(self) -> bool {
        !self.comes_with_the_platform() && !matches!(self, ClusterRole | ValidatingPolicy | MutatingPolicy | Namespace)
    }

    /// Whether it has the `scale` subresource.
    pub(super) fn scales(self) -> bool {
        matches!(self, Deployment | ReplicaSet | StatefulSet | ReplicationController)
    }

    /// Classes are the business of whoever runs the cluster: they are missed only where the input defines some itself.
    pub(super) fn comes_with_the_platform(self) -> bool {
        matches!(self, StorageClass | IngressClass | PriorityClass | RuntimeClass | GatewayClass | SnapshotClass)
    }

    /// Whether every cluster has this object from the start.
    pub(super) fn always_there(self, namespace: &str, name: &str) -> bool {
        match self {
            ServiceAccount => name == "default",
            ConfigMap => {
                name == "kube-root-ca.crt"
                    || (namespace == "kube-system" && name == "extension-apiserver-authentication")
            }
            Secret => is_generated_token(name),
            PriorityClass => name.starts_with("system-"),
            ClusterRole => name.starts_with("system:") || ["cluster-admin", "admin", "edit", "view"].contains(&name),
            Role => name.starts_with("system:") || name == "extension-apiserver-authentication-reader",
            Namespace => ["default", "kube-system", "kube-public", "kube-node-lease"].contains(&name),
            Service => namespace == "default" && name == "kubernetes",
            _ => false,
        }
    }
}

/// The tokens that clusters before 1.24 made for each account, as they stand in exported objects: `web-token-x7k2p`.
fn is_generated_token(name: &str) -> bool {
    let generated = |suffix: &str| suffix.len() == 5 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let suffix = name.rsplit_once("-token-").or(name.rsplit_once("-dockercfg-")).map(|(_, suffix)| suffix);
    suffix.is_some_and(generated)
}

/// The group that serves `kind` today: workloads and policies began in `extensions`, and an object of it is the same object.
/// <https://kubernetes.io/docs/reference/using-api/deprecation-guide/>
pub(super) fn present_group<'a>(group: &'a str, kind: &str) -> &'a str {
    match (group, kind) {
        ("extensions", "Deployment" | "DaemonSet" | "ReplicaSet") => "apps",
        ("extensions", "Ingress" | "NetworkPolicy") => "networking.k8s.io",
        _ => group,
    }
}

/// Whether Kubernetes itself defines the kinds of a group (as opposed to a CustomResourceDefinition).
pub(super) fn built_in(group: &str) -> bool {
    const SUFFIX: &str = ".k8s.io";
    const CUSTOM: [&str; 3] = ["gateway.networking.k8s.io", "snapshot.storage.k8s.io", "kustomize.config.k8s.io"];
    !group.contains('.') || (group.ends_with(SUFFIX) && !group.ends_with(".x-k8s.io") && !CUSTOM.contains(&group))
}

pub(super) const KUSTOMIZATION: &str = "Kustomization";

/// Whether an object is kustomize's (a `kustomization.yaml` may go without `apiVersion` and kind is then `Kustomization`).
pub(super) fn is_kustomization(group: &str, kind: &str) -> bool {
    group == "kustomize.config.k8s.io" || (group.is_empty() && kind == KUSTOMIZATION)
}

/// Kubernetes' kinds that live outside namespaces and that nothing refers to, sorted.
const CLUSTER_SCOPED: [&str; 28] = [
    "APIService",
    "CSIDriver",
    "CSINode",
    "CertificateSigningRequest",
    "ClusterCIDR",
    "ClusterRoleBinding",
    "ClusterTrustBundle",
    "CustomResourceDefinition",
    "DeviceClass",
    "DeviceTaintRule",
    "FlowSchema",
    "IPAddress",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "Node",
    "PersistentVolume",
    "PodSecurityPolicy",
    "PriorityLevelConfiguration",
    "ResourceClass",
    "ResourcePoolStatusRequest",
    "ResourceSlice",
    "ServiceCIDR",
    "StorageVersion",
    "StorageVersionMigration",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
    "VolumeAttributesClass",
];

/// Whether a kind lives outside namespaces, for when no registry is there to say so.
pub(super) fn cluster_scoped(group: &str, kind: &str) -> bool {
    Target::of(group, kind).is_some_and(|target| !target.namespaced())
        || (built_in(group) && CLUSTER_SCOPED.binary_search(&kind).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;

    #[test]
    fn scopes_and_groups_are_those_of_the_registry() {
        for version in Registry::versions() {
            let registry = Registry::kubernetes(*version).expect("the embedded definitions can be read");
            for kind in registry.kinds().filter(|kind| kind.storable) {
                let name = format!("{} of {} in {version}", kind.kind, kind.api_version());
                assert_eq!(cluster_scoped(&kind.group, &kind.kind), !kind.namespaced, "{name}");
                assert!(built_in(&kind.group), "{name}");
            }
        }
        for target in ALL.into_iter().filter(|target| built_in(target.table().0)) {
            let registry = Registry::kubernetes(Registry::LATEST).expect("the embedded definitions can be read");
            let found = registry.kinds().any(|kind| *kind.group == *target.table().0 && *kind.kind == *target.kind());
            assert!(found, "{}", target.kind());
        }
    }
}
