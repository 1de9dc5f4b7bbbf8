//! Where the API server judges otherwise than its OpenAPI document says, by definition.
//!
//! What fixtures and real manifests exercise was tried on a server of 1.37, and `tests/it/api_server.rs` tries it again; the
//! rest follows `pkg/apis/*/validation` and the defaults of the same version. `DROPPED` holds 1.37's feature gates.

use crate::document::Node;

/// What the server does with the values of one definition beside what the schema says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manners {
    /// Fields that are called required and may be missing.
    pub(super) not_insisted_on: &'static [&'static str],
    /// Fields that are dropped unread after they were decoded.
    pub(super) dropped: &'static [Dropped],
    /// Fields that are called optional and may not be missing.
    pub(super) insisted_on: &'static [&'static str],
    /// Enumerations that do not take an empty text for "not set".
    pub(super) never_empty: &'static [&'static str],
}

/// A field, and the values that are dropped from it.
type Dropped = (&'static str, fn(&Node) -> bool);

impl Manners {
    pub(super) fn of(definition: &str) -> Manners {
        fn look_up<T>(table: &[(&str, &'static [T])], definition: &str) -> &'static [T] {
            table.iter().find(|(known, _)| *known == definition).map_or(&[], |(_, fields)| fields)
        }
        Manners {
            not_insisted_on: look_up(NOT_INSISTED_ON, definition),
            dropped: look_up(DROPPED, definition),
            insisted_on: look_up(INSISTED_ON, definition),
            never_empty: look_up(NEVER_EMPTY, definition),
        }
    }

    pub(super) const NONE: Manners = Manners { not_insisted_on: &[], dropped: &[], insisted_on: &[], never_empty: &[] };

    /// Whether the server throws `value` of the field `name` away: it must be of the right shape, and no more.
    pub(super) fn drops(&self, name: &str, value: &Node) -> bool {
        self.dropped.iter().any(|(field, when)| *field == name && when(value))
    }
}

/// Fields that OpenAPI calls required and the API server does not insist on: it fills in a default or is content with the
/// zero value.
const NOT_INSISTED_ON: &[(&str, &[&str])] = &[
    ("io.k8s.api.apps.v1.StatefulSetSpec", &["serviceName"]),
    ("io.k8s.api.apps.v1.ControllerRevision", &["revision"]),
    ("io.k8s.api.batch.v1.PodFailurePolicy", &["rules"]),
    ("io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern", &["status"]),
    ("io.k8s.api.core.v1.Event", &["involvedObject"]),
    ("io.k8s.api.core.v1.HTTPHeader", &["value"]),
    ("io.k8s.api.core.v1.ISCSIVolumeSource", &["lun"]),
    ("io.k8s.api.core.v1.ISCSIPersistentVolumeSource", &["lun"]),
    ("io.k8s.api.core.v1.LimitRangeSpec", &["limits"]),
    ("io.k8s.api.core.v1.PreferredSchedulingTerm", &["preference"]),
    ("io.k8s.api.core.v1.ScaleIOVolumeSource", &["secretRef"]),
    ("io.k8s.api.core.v1.SleepAction", &["seconds"]),
    ("io.k8s.api.core.v1.Sysctl", &["value"]),
    ("io.k8s.api.discovery.v1.EndpointSlice", &["endpoints"]),
    ("io.k8s.api.networking.v1.NetworkPolicySpec", &["podSelector"]),
    ("io.k8s.api.rbac.v1.RoleRef", &["apiGroup"]),
    ("io.k8s.api.rbac.v1.Role", &["rules"]),
    ("io.k8s.api.rbac.v1.ClusterRole", &["rules"]),
    ("io.k8s.api.scheduling.v1.PriorityClass", &["value"]),
    ("io.k8s.api.storage.v1.CSIDriver", &["spec"]),
    ("io.k8s.api.storage.v1.CSINode", &["spec"]),
    ("io.k8s.api.storage.v1.CSINodeSpec", &["drivers"]),
    ("io.k8s.api.storage.v1.TokenRequest", &["audience"]),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion",
        &["served", "storage"],
    ),
];

/// Fields that OpenAPI calls optional and the API server insists on. What is required below them it tells itself.
const INSISTED_ON: &[(&str, &[&str])] = &[
    ("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy", &["spec"]),
    ("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding", &["spec"]),
    ("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec", &["policyName"]),
    ("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec", MUTATING_POLICY),
    ("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicy", &["spec"]),
    ("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicyBinding", &["spec"]),
    ("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicyBindingSpec", &["policyName"]),
    ("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicySpec", MUTATING_POLICY),
    ("io.k8s.api.admissionregistration.v1beta1.MutatingAdmissionPolicy", &["spec"]),
    ("io.k8s.api.admissionregistration.v1beta1.MutatingAdmissionPolicyBinding", &["spec"]),
    ("io.k8s.api.admissionregistration.v1beta1.MutatingAdmissionPolicyBindingSpec", &["policyName"]),
    ("io.k8s.api.admissionregistration.v1beta1.MutatingAdmissionPolicySpec", MUTATING_POLICY),
    ("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy", &["spec"]),
    ("io.k8s.api.batch.v1.JobTemplateSpec", &["spec"]),
    ("io.k8s.api.core.v1.Pod", &["spec"]),
    ("io.k8s.api.core.v1.PodTemplate", &["template"]),
    ("io.k8s.api.core.v1.PodTemplateSpec", &["spec"]),
    ("io.k8s.api.networking.v1.ServiceCIDR", &["spec"]),
    ("io.k8s.api.storagemigration.v1.StorageVersionMigration", &["spec"]),
    ("io.k8s.api.storagemigration.v1beta1.StorageVersionMigration", &["spec"]),
    ("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService", &["spec"]),
];

const MUTATING_POLICY: &[&str] = &["matchConstraints", "mutations", "reinvocationPolicy"];

/// Fields behind a feature gate that is off by default, and values that a kind's strategy clears before it validates.
const DROPPED: &[(&str, &[Dropped])] = &[
    ("io.k8s.api.core.v1.GRPCAction", &[("mode", always)]),
    ("io.k8s.api.core.v1.HTTPGetAction", &[("protocol", always)]),
    ("io.k8s.api.core.v1.Lifecycle", &[("stopSignal", always)]),
    ("io.k8s.api.core.v1.PersistentVolumeClaimSpec", &[("dataSource", no_claim_and_no_snapshot)]),
    ("io.k8s.api.core.v1.PodSpec", &[("evictionResponders", always)]),
];

/// Words whose field is a pointer in Go: only leaving them out makes the server choose.
const NEVER_EMPTY: &[(&str, &[&str])] = &[
    ("io.k8s.api.admissionregistration.v1.MatchResources", &["matchPolicy"]),
    (
        "io.k8s.api.admissionregistration.v1.MutatingWebhook",
        &["failurePolicy", "matchPolicy", "reinvocationPolicy", "sideEffects"],
    ),
    ("io.k8s.api.admissionregistration.v1.NamedRuleWithOperations", &["scope"]),
    ("io.k8s.api.admissionregistration.v1.RuleWithOperations", &["scope"]),
    ("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec", &["failurePolicy"]),
    ("io.k8s.api.admissionregistration.v1.ValidatingWebhook", &["failurePolicy", "matchPolicy", "sideEffects"]),
    ("io.k8s.api.batch.v1.JobSpec", &["completionMode", "podReplacementPolicy"]),
    ("io.k8s.api.core.v1.PersistentVolumeClaimSpec", &["volumeMode"]),
    ("io.k8s.api.core.v1.PersistentVolumeSpec", &["volumeMode"]),
    ("io.k8s.api.core.v1.PodSecurityContext", &["supplementalGroupsPolicy"]),
    ("io.k8s.api.core.v1.PodSpec", &["preemptionPolicy"]),
    ("io.k8s.api.core.v1.SecurityContext", &["procMount"]),
    ("io.k8s.api.core.v1.ServiceSpec", &["internalTrafficPolicy", "ipFamilyPolicy"]),
    ("io.k8s.api.core.v1.TopologySpreadConstraint", &["nodeAffinityPolicy", "nodeTaintsPolicy"]),
    ("io.k8s.api.core.v1.VolumeMount", &["mountPropagation"]),
    ("io.k8s.api.discovery.v1.EndpointPort", &["protocol"]),
    ("io.k8s.api.networking.v1.HTTPIngressPath", &["pathType"]),
    ("io.k8s.api.networking.v1.NetworkPolicyPort", &["protocol"]),
    ("io.k8s.api.policy.v1.PodDisruptionBudgetSpec", &["unhealthyPodEvictionPolicy"]),
    ("io.k8s.api.scheduling.v1.PriorityClass", &["preemptionPolicy"]),
    ("io.k8s.api.storage.v1.StorageClass", &["volumeBindingMode"]),
];

fn always(_: &Node) -> bool {
    true
}

/// `dataSourceIsPvcOrSnapshot` of Kubernetes: anything else belongs into `dataSourceRef`.
fn no_claim_and_no_snapshot(source: &Node) -> bool {
    let text = |key| source.str_at(key).unwrap_or_default();
    !matches!(
        (text("apiGroup"), text("kind")),
        ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
    )
}
