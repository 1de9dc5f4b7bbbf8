//! `V…`, continued. `V4…`: networking; `V5…`: RBAC; `V6…`: storage; `V7…`: autoscaling and scheduling; `V8…`: admission, custom
//! resources and the machinery of the API.

use super::codes;

codes! {
    INGRESS_EMPTY = "V401" "ingress-empty" Error,
        "An Ingress has neither rules nor a default backend",
        "An Ingress leads requests to backends; one of `rules` and `defaultBackend` is needed.",
        wrong "kind: Ingress\nspec: {}\n",
        right "kind: Ingress\nspec:\n  defaultBackend:\n    service: {name: web, port: {number: 80}}\n";

    HOST = "V402" "host" Error,
        "A host of an Ingress is not a DNS name",
        "Hosts are DNS names, or one wildcard label and a DNS name; no addresses, ports or URLs (https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards).",
        wrong "rules:\n- host: https://example.com\n",
        right "rules:\n- host: example.com\n";

    INGRESS_PATH = "V403" "ingress-path" Error,
        "A path of an Ingress is not an absolute, plain path",
        "Paths begin with `/`. With `Exact` and `Prefix` they hold no `//`, no `.` or `..` segments and no encoded slash.",
        wrong "paths:\n- {path: app, pathType: Prefix}\n",
        right "paths:\n- {path: /app, pathType: Prefix}\n";

    BACKEND = "V404" "ingress-backend" Error,
        "A backend of an Ingress is not one Service with one port, or one resource",
        "A backend has `service`, with the number or the name of a port, or `resource`.",
        wrong "backend:\n  service: {name: web}\n",
        right "backend:\n  service: {name: web, port: {number: 80}}\n";

    CLASS_PARAMETERS = "V405" "ingress-class-parameters" Error,
        "The parameters of an IngressClass contradict their scope",
        "Parameters of scope `Namespace` name their namespace, those of scope `Cluster` do not.",
        wrong "parameters: {kind: Config, name: a, scope: Namespace}\n",
        right "parameters: {kind: Config, name: a, scope: Namespace, namespace: ingress}\n";

    POLICY_PEER = "V406" "network-policy-peer" Error,
        "A peer of a NetworkPolicy is nobody, or two things at once",
        "A peer is selected by labels, or is an `ipBlock` (https://kubernetes.io/docs/concepts/services-networking/network-policies/).",
        wrong "from:\n- {}\n",
        right "from:\n- podSelector: {}\n";

    POLICY_PORT = "V407" "network-policy-port-range" Error,
        "A range of ports in a NetworkPolicy has no sound beginning",
        "`endPort` needs a numeric `port` that is not above it.",
        wrong "ports:\n- {port: 90, endPort: 80}\n",
        right "ports:\n- {port: 80, endPort: 90}\n";

    IP_BLOCK = "V408" "ip-block-exception" Error,
        "An exception is not inside of the network it is taken from",
        "Each network under `except` is smaller than `cidr` and inside of it.",
        wrong "ipBlock: {cidr: 10.0.0.0/8, except: [192.168.0.0/16]}\n",
        right "ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}\n";

    RULE_URLS = "V501" "rule-urls" Error,
        "A rule about URLs stands where it cannot",
        "`nonResourceURLs` is for ClusterRoles, in rules without `apiGroups` and `resources` (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).",
        wrong "kind: Role\nrules:\n- {nonResourceURLs: [/metrics], verbs: [get]}\n",
        right "kind: ClusterRole\nrules:\n- {nonResourceURLs: [/metrics], verbs: [get]}\n";

    ROLE_REF = "V502" "role-ref" Error,
        "A binding refers to something that is not a role it can give",
        "A RoleBinding refers to a Role or a ClusterRole, a ClusterRoleBinding to a ClusterRole.",
        wrong "kind: ClusterRoleBinding\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\n",
        right "kind: ClusterRoleBinding\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}\n";

    SUBJECT = "V503" "subject" Error,
        "A subject of a binding is not a User, Group or ServiceAccount in due form",
        "A ServiceAccount has no API group; in a ClusterRoleBinding it needs its namespace.",
        wrong "kind: ClusterRoleBinding\nsubjects:\n- {kind: ServiceAccount, name: builder}\n",
        right "kind: ClusterRoleBinding\nsubjects:\n- {kind: ServiceAccount, name: builder, namespace: ci}\n";

    ACCESS_MODES = "V601" "access-modes" Error,
        "A volume or claim has no access modes, or modes that exclude each other",
        "At least one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, or ReadWriteOncePod alone (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes).",
        wrong "kind: PersistentVolumeClaim\nspec:\n  accessModes: []\n",
        right "kind: PersistentVolumeClaim\nspec:\n  accessModes: [ReadWriteOnce]\n";

    CAPACITY = "V602" "storage-size" Error,
        "A volume or claim does not say how large it is",
        "A volume has `capacity.storage` and nothing else there, a claim `resources.requests.storage`.",
        wrong "kind: PersistentVolumeClaim\nspec:\n  accessModes: [ReadWriteOnce]\n",
        right "kind: PersistentVolumeClaim\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 10Gi}}\n";

    VOLUME_SOURCE = "V603" "persistent-volume-source" Error,
        "A PersistentVolume is nowhere, or in two places",
        "Exactly one of `csi`, `nfs`, `hostPath`, `local`, … says where the storage is.",
        wrong "kind: PersistentVolume\nspec:\n  capacity: {storage: 1Gi}\n",
        right "kind: PersistentVolume\nspec:\n  capacity: {storage: 1Gi}\n  nfs: {server: 192.0.2.1, path: /}\n";

    LOCAL_AFFINITY = "V604" "local-volume-without-node" Error,
        "A local volume does not say on which node it is",
        "Pods that use it must be scheduled there, so `nodeAffinity.required` is needed.",
        wrong "spec:\n  local: {path: /mnt/disk}\n",
        right "spec:\n  local: {path: /mnt/disk}\n  nodeAffinity:\n    required:\n      nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [a]}]}]\n";

    DATA_SOURCE = "V605" "data-source" Error,
        "The source of a claim's data cannot be one",
        "Without `apiGroup` the source is a PersistentVolumeClaim; `dataSource` and `dataSourceRef` agree when both are there.",
        wrong "dataSourceRef: {kind: VolumeSnapshot, name: a}\n",
        right "dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}\n";

    SCALE_BOUNDS = "V701" "replica-bounds" Error,
        "The bounds of an autoscaler contradict each other",
        "`maxReplicas` is not below `minReplicas`; scaling to zero needs a metric of type Object or External (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/).",
        wrong "minReplicas: 5\nmaxReplicas: 3\n",
        right "minReplicas: 3\nmaxReplicas: 5\n";

    SCALE_TARGET = "V702" "scale-target" Error,
        "The API version of an autoscaler's target is malformed",
        "It is `group/version`, such as `apps/v1`.",
        wrong "scaleTargetRef: {apiVersion: apps/v1/x, kind: Deployment, name: web}\n",
        right "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n";

    METRIC = "V703" "metric" Error,
        "A metric of an autoscaler does not have the shape of its type",
        "A metric fills the one member that its type names, and its target has the amount that fits: utilization or an average for resources, a value or an average for objects.",
        wrong "metrics:\n- type: Resource\n",
        right "metrics:\n- type: Resource\n  resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}\n";

    BUDGET_BOTH = "V704" "budget-both" Error,
        "A PodDisruptionBudget has two bounds",
        "`minAvailable` and `maxUnavailable` exclude each other (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).",
        wrong "minAvailable: 1\nmaxUnavailable: 1\n",
        right "minAvailable: 1\n";

    PRIORITY = "V705" "priority" Error,
        "A PriorityClass has a name or a value that belongs to Kubernetes",
        "Names that begin with `system-` and values above 1000000000 are for critical pods of the system.",
        wrong "kind: PriorityClass\nmetadata: {name: system-mine}\nvalue: 5\n",
        right "kind: PriorityClass\nmetadata: {name: mine}\nvalue: 5\n";

    WEBHOOK_NAME = "V801" "webhook-name" Error,
        "The name of a webhook is not a full name",
        "A DNS name with three parts at least, so that webhooks of different people do not clash.",
        wrong "webhooks:\n- name: check\n",
        right "webhooks:\n- name: check.example.com\n";

    WEBHOOK_CLIENT = "V802" "webhook-client" Error,
        "A webhook is nowhere, in two places, or at a malformed one",
        "`service` or `url`, which begins with `https://` and has no user, query or fragment.",
        wrong "clientConfig: {url: http://example.com}\n",
        right "clientConfig: {url: https://example.com}\n";

    REVIEW_VERSIONS = "V803" "review-versions" Error,
        "A webhook understands no version of what the API server sends",
        "At least one of `v1` and `v1beta1`.",
        wrong "admissionReviewVersions: []\n",
        right "admissionReviewVersions: [v1]\n";

    SIDE_EFFECTS = "V804" "side-effects" Error,
        "A webhook does not rule out side effects",
        "`admissionregistration.k8s.io/v1` takes `None` and `NoneOnDryRun` only.",
        wrong "sideEffects: Unknown\n",
        right "sideEffects: None\n";

    ADMISSION_POLICY = "V805" "admission-policy" Error,
        "A ValidatingAdmissionPolicy or its binding is not complete",
        "A policy validates or annotates something; a binding names its parameters or selects them, and does not deny and warn at once.",
        wrong "validationActions: [Deny, Warn]\n",
        right "validationActions: [Deny]\n";

    CRD_NAME = "V811" "crd-name" Error,
        "A CustomResourceDefinition is not called after its plural and its group",
        "`metadata.name` is `spec.names.plural`, a dot, and `spec.group`.",
        wrong "metadata: {name: widget.example.com}\nspec: {group: example.com, names: {plural: widgets}}\n",
        right "metadata: {name: widgets.example.com}\nspec: {group: example.com, names: {plural: widgets}}\n";

    CRD_NAMES = "V812" "crd-names" Error,
        "A plural, kind, short name or version of a CustomResourceDefinition is malformed",
        "They are DNS labels that begin with a letter; kinds may have capitals.",
        wrong "names: {plural: Widgets, kind: Widget}\n",
        right "names: {plural: widgets, kind: Widget}\n";

    CRD_APPROVAL = "V813" "crd-approval" Error,
        "A CustomResourceDefinition is in a group of the Kubernetes community",
        "Groups under `k8s.io` and `kubernetes.io` need the annotation `api-approved.kubernetes.io` (KEP-1111).",
        wrong "spec: {group: mine.k8s.io}\n",
        right "spec: {group: mine.example.com}\n";

    CRD_STORAGE = "V814" "crd-storage-version" Error,
        "Not exactly one version of a CustomResourceDefinition is stored",
        "Objects are kept in one version and converted to the others.",
        wrong "versions:\n- {name: v1, served: true, storage: false}\n",
        right "versions:\n- {name: v1, served: true, storage: true}\n";

    CRD_VERSION = "V815" "crd-deprecation" Error,
        "The deprecation warning of a version is misplaced or malformed",
        "It belongs to a version with `deprecated: true` and has 1 to 256 characters.",
        wrong "name: v1\ndeprecationWarning: use v2\n",
        right "name: v1\ndeprecated: true\ndeprecationWarning: use v2\n";

    CRD_SCHEMA = "V816" "crd-schema" Error,
        "The schema of a custom resource is missing or not structural",
        "Every part says its type; `allOf`, `anyOf`, `oneOf` and `not` restrict values and do not describe shapes (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema).",
        wrong "openAPIV3Schema:\n  type: object\n  properties:\n    spec: {}\n",
        right "openAPIV3Schema:\n  type: object\n  properties:\n    spec: {type: object}\n";

    CRD_LIST = "V817" "crd-list-type" Error,
        "The keys of a list in a schema do not fit",
        "A list of type `map` names the keys of its items, which are scalar, and required or with a default.",
        wrong "type: array\nx-kubernetes-list-type: map\n",
        right "type: array\nx-kubernetes-list-type: map\nx-kubernetes-list-map-keys: [name]\n";

    CRD_COLUMN = "V818" "crd-column" Error,
        "The path of a printer column is not a simple path",
        "It begins with a dot: `.status.phase`.",
        wrong "jsonPath: status.phase\n",
        right "jsonPath: .status.phase\n";

    CRD_CONVERSION = "V819" "crd-conversion" Error,
        "The conversion between versions is not complete",
        "The strategy `Webhook` needs `webhook.clientConfig`; the strategy `None` has no webhook.",
        wrong "conversion: {strategy: Webhook}\n",
        right "conversion: {strategy: None}\n";

    CRD_SUBRESOURCE = "V820" "crd-scale-path" Error,
        "A path of the scale subresource leads outside",
        "`specReplicasPath` is under `.spec.`, `statusReplicasPath` under `.status.`.",
        wrong "scale: {specReplicasPath: .replicas, statusReplicasPath: .status.replicas}\n",
        right "scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}\n";

    API_SERVICE = "V831" "api-service" Error,
        "An APIService contradicts itself",
        "It is called `VERSION.GROUP`, has a group unless it is `v1` of the core, and trusts a certificate or none, not both.",
        wrong "metadata: {name: metrics}\nspec: {group: metrics.k8s.io, version: v1beta1}\n",
        right "metadata: {name: v1beta1.metrics.k8s.io}\nspec: {group: metrics.k8s.io, version: v1beta1}\n";

    FLOW_CONTROL = "V832" "flow-control" Error,
        "A FlowSchema or PriorityLevelConfiguration does not fit together",
        "A rule has subjects and requests, and each subject, level and response fills the member that its kind or type names (https://kubernetes.io/docs/concepts/cluster-administration/flow-control/).",
        wrong "subjects:\n- {kind: User}\n",
        right "subjects:\n- {kind: User, user: {name: jane}}\n";

    SIGNING_REQUEST = "V833" "signing-request" Error,
        "A CertificateSigningRequest holds no request, or names no signer",
        "`request` is the base64 of a PEM block, `signerName` is a domain, `/` and a name.",
        wrong "signerName: mine\n",
        right "signerName: example.com/mine\n";
}
