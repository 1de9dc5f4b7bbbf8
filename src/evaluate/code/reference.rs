//! `R…`: what objects say of each other. `R1` identity, `R2` references to what is not there, `R3` references to
//! something that is there and does not fit.
//!
//! The severity of an `R2` finding is the one it has when the input itself shows that something is amiss; see
//! [`crate::evaluate::reference`] for when it is only worth knowing.

use super::codes;

codes! {
    DUPLICATE = "R101" "duplicate-object" Warning,
        "The same object is defined twice",
        "Two documents with the same group, kind, namespace and name are one object to Kubernetes: the one applied last wins, so the result depends on the order of documents. An error within one file, a warning within one directory (`kubectl apply -f` applies it as a whole) unless both say the same or a `kustomization.yaml` decides what is applied, worth knowing across directories, where one is usually an alternative to the other (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).",
        wrong "\
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
",
        right "\
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b}
";
    SERVICE_WITHOUT_PODS = "R201" "service-without-pods" Warning,
        "The selector of a Service matches no pod of the input",
        "A Service sends traffic to the pods in its namespace that carry every label of its selector; when none does it has no endpoints and every connection fails. Labels of custom resources count, because operators usually hand them on to the pods they make (https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service).",
        wrong "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: wbe}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
",
        right "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
";
    CONFIG_MAP = "R202" "missing-config-map" Warning,
        "A ConfigMap that is referred to is not in the input",
        "A pod whose ConfigMap is missing does not start (`CreateContainerConfigError`, or a volume that is never mounted) unless the reference says `optional: true`. ConfigMaps that a kustomization generates are known (https://kubernetes.io/docs/concepts/configuration/configmap/).",
        wrong "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, envFrom: [{configMapRef: {name: setings}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
",
        right "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, envFrom: [{configMapRef: {name: settings}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
";
    SECRET = "R203" "missing-secret" Warning,
        "A Secret that is referred to is not in the input",
        "A pod whose Secret is missing does not start unless the reference says `optional: true`. Secrets often come from elsewhere on purpose: name those with `--allow-external Secret/NAME`. Secrets made by cert-manager, sealed-secrets, external-secrets and kustomize objects of the input are known (https://kubernetes.io/docs/concepts/configuration/secret/).",
        wrong "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, envFrom: [{secretRef: {name: credential}}]}]}
---
apiVersion: v1
kind: Secret
metadata: {name: credentials}
",
        right "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, envFrom: [{secretRef: {name: credentials}}]}]}
---
apiVersion: v1
kind: Secret
metadata: {name: credentials}
";
    SERVICE_ACCOUNT = "R204" "missing-service-account" Warning,
        "A ServiceAccount that is referred to is not in the input",
        "Pods of an unknown ServiceAccount are refused by admission, so their controller never gets one; a binding to it grants nothing. `default` exists in every namespace (https://kubernetes.io/docs/concepts/security/service-accounts/).",
        wrong "\
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {serviceAccountName: raeder, containers: [{name: web, image: nginx}]}
",
        right "\
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {serviceAccountName: reader, containers: [{name: web, image: nginx}]}
";
    CLAIM = "R205" "missing-volume-claim" Warning,
        "A PersistentVolumeClaim that is referred to is not in the input",
        "A pod whose claim is missing stays `Pending`. Claims that a StatefulSet of the input makes from its `volumeClaimTemplates` are known (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes).",
        wrong "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec: {containers: [{name: db, image: postgres}], volumes: [{name: data, persistentVolumeClaim: {claimName: date}}]}
",
        right "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec: {containers: [{name: db, image: postgres}], volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}
";
    STORAGE_CLASS = "R206" "missing-storage-class" Warning,
        "A StorageClass that is referred to is not in the input",
        "A claim of an unknown class stays `Pending`. Classes usually come with the cluster, so one is missed only where the same directory defines others, or where the name is a slip away from one that is defined; no class, the empty class and classes that a PersistentVolume of the input carries are fine (https://kubernetes.io/docs/concepts/storage/storage-classes/).",
        wrong "\
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: replicated}
provisioner: example.com/disk
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: replicate, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
        right "\
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: replicated}
provisioner: example.com/disk
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: replicated, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
";
    SERVICE = "R207" "missing-service" Warning,
        "A Service that is referred to is not in the input",
        "An Ingress or route without its Service answers 503; a webhook or an aggregated API without it fails every request it is asked about; pods of a StatefulSet get no names without it (https://kubernetes.io/docs/concepts/services-networking/).",
        wrong "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: wbe, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
",
        right "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
";
    INGRESS_CLASS = "R208" "missing-ingress-class" Warning,
        "An IngressClass that is referred to is not in the input",
        "No controller takes care of an Ingress of an unknown class. Classes usually come with the controller, so one is missed only where the same directory defines others, or where the name is a slip (https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class).",
        wrong "\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: internal}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {ingressClassName: internel, defaultBackend: {resource: {kind: Bucket, name: a}}}
",
        right "\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: internal}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {ingressClassName: internal, defaultBackend: {resource: {kind: Bucket, name: a}}}
";
    SCALE_TARGET = "R209" "missing-scale-target" Warning,
        "The workload that an autoscaler is to scale is not in the input",
        "A HorizontalPodAutoscaler without its target reports `FailedGetScale` and does nothing (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/).",
        wrong "\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
",
        right "\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
";
    BUDGET_WITHOUT_PODS = "R210" "disruption-budget-without-pods" Warning,
        "The selector of a PodDisruptionBudget matches no pod of the input",
        "A budget that selects no pod protects nothing, and nothing says so until a node is drained (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).",
        wrong "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: wbe}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
",
        right "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
";
    POLICY_WITHOUT_PODS = "R211" "network-policy-without-pods" Info,
        "The selector of a NetworkPolicy matches no pod of the input",
        "A policy that selects no pod restricts nothing. It may well be written for pods that others deploy, so this is only worth knowing (https://kubernetes.io/docs/concepts/services-networking/network-policies/).",
        wrong "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: wbe}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
",
        right "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
";
    ROLE = "R212" "missing-role" Warning,
        "The Role or ClusterRole of a binding is not in the input",
        "A binding to a role that does not exist grants nothing, and whoever creates the role later decides what it grants. The roles that every cluster has (`cluster-admin`, `admin`, `edit`, `view`, `system:…`) are known (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).",
        wrong "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: raeder}
",
        right "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
";
    PRIORITY_CLASS = "R213" "missing-priority-class" Warning,
        "A PriorityClass that is referred to is not in the input",
        "Pods of an unknown priority class are refused by admission. Missed only where the same directory defines others, or where the name is a slip; `system-cluster-critical` and `system-node-critical` always exist (https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/).",
        wrong "\
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: critical}
value: 1000
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {priorityClassName: crtical, containers: [{name: web, image: nginx}]}
",
        right "\
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: critical}
value: 1000
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {priorityClassName: critical, containers: [{name: web, image: nginx}]}
";
    RUNTIME_CLASS = "R214" "missing-runtime-class" Warning,
        "A RuntimeClass that is referred to is not in the input",
        "Pods of an unknown runtime class are refused by admission. Missed only where the same directory defines others, or where the name is a slip (https://kubernetes.io/docs/concepts/containers/runtime-class/).",
        wrong "\
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: sandboxed}
handler: runsc
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {runtimeClassName: sandbxed, containers: [{name: web, image: nginx}]}
",
        right "\
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: sandboxed}
handler: runsc
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {runtimeClassName: sandboxed, containers: [{name: web, image: nginx}]}
";
    ADMISSION_POLICY = "R215" "missing-admission-policy" Warning,
        "The admission policy of a binding is not in the input",
        "A binding to a policy that does not exist enforces nothing (https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/).",
        wrong "\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec: {policyName: replica, validationActions: [Deny]}
",
        right "\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec: {policyName: replicas, validationActions: [Deny]}
";
    GATEWAY = "R216" "missing-gateway" Warning,
        "The Gateway of a route, or the class of a Gateway, is not in the input",
        "A route without its Gateway is attached to nothing and receives no traffic. Classes are missed only where the same directory defines others, or where the name is a slip (https://gateway-api.sigs.k8s.io/api-types/httproute/).",
        wrong "\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
spec: {gatewayClassName: any}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {parentRefs: [{name: pubilc}]}
",
        right "\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
spec: {gatewayClassName: any}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {parentRefs: [{name: public}]}
";
    SNAPSHOT_CLASS = "R217" "missing-snapshot-class" Warning,
        "A VolumeSnapshotClass that is referred to is not in the input",
        "A snapshot of an unknown class is never taken. Missed only where the same directory defines others, or where the name is a slip (https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/).",
        wrong "\
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: {name: nightly}
driver: example.com/disk
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: a}
spec: {volumeSnapshotClassName: nightyl, source: {volumeSnapshotContentName: a}}
",
        right "\
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: {name: nightly}
driver: example.com/disk
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: a}
spec: {volumeSnapshotClassName: nightly, source: {volumeSnapshotContentName: a}}
";
    NAMESPACE = "R218" "missing-namespace" Warning,
        "A namespace that objects name is not in the input, which defines others",
        "Objects of a namespace that does not exist are refused. Said once for each namespace, and only of input that defines namespaces at all; those that every cluster has (`default`, `kube-system`, `kube-public`, `kube-node-lease`) are known (https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/).",
        wrong "\
apiVersion: v1
kind: Namespace
metadata: {name: production}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: prodution}
",
        right "\
apiVersion: v1
kind: Namespace
metadata: {name: production}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: production}
";
    MISSING_KEY = "R301" "missing-key" Warning,
        "A ConfigMap or Secret of the input lacks a key that is asked of it",
        "A container whose variable comes from a missing key does not start, and a volume with a missing item is never mounted, unless the reference says `optional: true`. Objects without any data, service account tokens and objects that a controller fills in are left alone (https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/).",
        wrong "\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {level: debug}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, env: [{name: L, valueFrom: {configMapKeyRef: {name: settings, key: lvl}}}]}]}
",
        right "\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {level: debug}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, env: [{name: L, valueFrom: {configMapKeyRef: {name: settings, key: level}}}]}]}
";
    TARGET_PORT = "R302" "unknown-target-port" Warning,
        "No pod that a Service selects has a port of the name it targets",
        "A named `targetPort` is looked up among the named ports of each selected pod, for the same protocol; pods without it are left out, so the port of the Service leads nowhere (https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports).",
        wrong "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: web}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{name: http, containerPort: 80}]}]}
",
        right "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{name: http, containerPort: 80}]}]}
";
    UNDECLARED_PORT = "R303" "undeclared-target-port" Info,
        "A Service targets a port number that the selected pods do not declare",
        "Declaring container ports is voluntary and the traffic is sent all the same; but where every container of the selected pods declares its ports, a number that is not among them is often a mistake. A port of the Service without `targetPort` targets its own number (https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports).",
        wrong "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8081}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
",
        right "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
";
    SERVICE_PORT = "R304" "unknown-service-port" Warning,
        "A Service of the input lacks the port that is asked of it",
        "Ingresses, routes, webhooks and aggregated APIs name a port of the Service (its `port` or `name`, not its `targetPort`); without it nothing is forwarded (https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource).",
        wrong "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 8080}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80, targetPort: 8080}]}
",
        right "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80, targetPort: 8080}]}
";
    NOT_SCALABLE = "R305" "not-scalable" Warning,
        "An autoscaler targets something that cannot be scaled",
        "A HorizontalPodAutoscaler works through the `scale` subresource, which among Kubernetes' own kinds only Deployment, StatefulSet and ReplicaSet (`apps/v1`) and ReplicationController (`v1`) have. The kind is looked up in the group of `apiVersion`; without it that is the core group (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/).",
        wrong "\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: DaemonSet, name: web}}
",
        right "\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
";
}
