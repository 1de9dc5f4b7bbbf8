//! `P…`: pods that the API server refuses although they have the shape of pods.
//!
//! `P1…`: containers and pods; `P2…`: volumes; `P3…`: scheduling and security. The rules are those of
//! `ValidatePodSpec` in Kubernetes' `pkg/apis/core/validation/validation.go`.

use super::codes;

codes! {
    CONTAINER_NAME = "P101" "container-name" Error,
        "The name of a container is not a DNS label",
        "A container's name is at most 63 lower-case letters, digits and `-`, beginning and ending with a letter or digit (RFC 1123).",
        wrong "containers:\n- name: Web_1\n  image: nginx\n",
        right "containers:\n- name: web-1\n  image: nginx\n";

    CONTAINER_IMAGE = "P102" "container-image" Error,
        "A container has no image, or one with white space around it",
        "Every container needs an image. The schema does not say so, because admission may fill it in; the API server does (https://kubernetes.io/docs/concepts/containers/images/).",
        wrong "containers:\n- name: web\n",
        right "containers:\n- name: web\n  image: nginx:1.29\n";

    DUPLICATE_CONTAINER = "P103" "duplicate-container" Error,
        "Two containers of a pod have the same name",
        "Containers, init containers and ephemeral containers of a pod share one set of names.",
        wrong "containers:\n- name: web\n  image: nginx\n- name: web\n  image: envoy\n",
        right "containers:\n- name: web\n  image: nginx\n- name: proxy\n  image: envoy\n";

    PORT_NUMBER = "P104" "port-number" Error,
        "A port is outside of 1 to 65535",
        "Ports of TCP, UDP and SCTP are numbers from 1 to 65535.",
        wrong "ports:\n- containerPort: 80800\n",
        right "ports:\n- containerPort: 8080\n";

    PORT_NAME = "P105" "port-name" Error,
        "The name of a container's port is not valid, or there twice",
        "Port names are IANA service names in lower case: at most 15 letters, digits and single `-`, with at least one letter (RFC 6335, section 5.1). Within one container each is there once.",
        wrong "ports:\n- name: prometheus-metrics\n  containerPort: 9090\n",
        right "ports:\n- name: metrics\n  containerPort: 9090\n";

    HOST_PORT = "P106" "host-port" Error,
        "A port of the node is used twice, or differs from the container's on the host's network",
        "Two containers of a pod cannot have the same port of the node; and with `hostNetwork: true` a container's port is the node's port.",
        wrong "hostNetwork: true\ncontainers:\n- name: web\n  image: nginx\n  ports:\n  - containerPort: 80\n    hostPort: 8080\n",
        right "hostNetwork: true\ncontainers:\n- name: web\n  image: nginx\n  ports:\n  - containerPort: 80\n";

    ENV_NAME = "P107" "env-name" Error,
        "The name of an environment variable is not valid",
        "Since Kubernetes 1.32 a name may hold every printable ASCII character but `=` (KEP-4369); before that letters, digits, `_`, `-` and `.`, not beginning with a digit.",
        wrong "env:\n- name: A=B\n  value: c\n",
        right "env:\n- name: A\n  value: B=c\n";

    ENV_SOURCE = "P108" "env-source" Error,
        "The source of an environment variable is missing, ambiguous or incomplete",
        "A variable has a `value` or exactly one source in `valueFrom`; an item of `envFrom` has exactly one of `configMapRef` and `secretRef`. The source needs the name of its object, and the key where there is one (https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/).",
        wrong "env:\n- name: A\n  value: b\n  valueFrom:\n    secretKeyRef: {name: s, key: k}\n",
        right "env:\n- name: A\n  valueFrom:\n    secretKeyRef: {name: s, key: k}\n";

    DOWNWARD_API = "P109" "downward-api" Error,
        "A field or resource of the pod that cannot be read",
        "The downward API gives containers a few fields of their pod, labels and annotations by key, and the resources of containers (https://kubernetes.io/docs/concepts/workloads/pods/downward-api/).",
        wrong "env:\n- name: POD\n  valueFrom:\n    fieldRef: {fieldPath: metadata.podName}\n",
        right "env:\n- name: POD\n  valueFrom:\n    fieldRef: {fieldPath: metadata.name}\n";

    RESOURCE_NAME = "P110" "resource-name" Error,
        "Containers have no such resource",
        "Containers have `cpu`, `memory`, `ephemeral-storage`, huge pages, and extended resources with a domain such as `nvidia.com/gpu` (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/).",
        wrong "resources:\n  limits: {gpu: 1}\n",
        right "resources:\n  limits: {nvidia.com/gpu: 1}\n";

    RESOURCE_AMOUNT = "P111" "resource-amount" Error,
        "The amount of a resource is negative, or a fraction of something whole",
        "Amounts are not negative, and extended resources come in whole numbers.",
        wrong "resources:\n  limits: {nvidia.com/gpu: 500m}\n",
        right "resources:\n  limits: {nvidia.com/gpu: 1}\n";

    REQUEST_OVER_LIMIT = "P112" "request-over-limit" Error,
        "A request is above its limit, or differs where it must not",
        "A container cannot be promised more than it may use. Extended resources and huge pages cannot be overcommitted: their request equals their limit.",
        wrong "resources:\n  requests: {memory: 2Gi}\n  limits: {memory: 1Gi}\n",
        right "resources:\n  requests: {memory: 1Gi}\n  limits: {memory: 2Gi}\n";

    HUGE_PAGES = "P113" "huge-pages" Error,
        "Huge pages without CPU or memory, or in an amount that is not whole pages",
        "Huge pages come in whole pages, beside a request or limit of `cpu` or `memory` (https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/).",
        wrong "resources:\n  limits: {hugepages-2Mi: 3Mi, memory: 1Gi}\n",
        right "resources:\n  limits: {hugepages-2Mi: 4Mi, memory: 1Gi}\n";

    UNKNOWN_VOLUME = "P114" "unknown-volume" Error,
        "A container uses a volume that its pod does not have",
        "Every name in `volumeMounts` and `volumeDevices` is the name of one of the pod's `volumes`.",
        wrong "containers:\n- name: web\n  image: nginx\n  volumeMounts: [{name: data, mountPath: /data}]\n",
        right "volumes:\n- name: data\n  emptyDir: {}\ncontainers:\n- name: web\n  image: nginx\n  volumeMounts: [{name: data, mountPath: /data}]\n";

    DUPLICATE_MOUNT = "P115" "duplicate-mount" Error,
        "Two volumes in the same place of a container",
        "Each path in a container holds one volume, and a volume is either mounted or given as a device.",
        wrong "volumeMounts:\n- {name: a, mountPath: /data}\n- {name: b, mountPath: /data}\n",
        right "volumeMounts:\n- {name: a, mountPath: /data/a}\n- {name: b, mountPath: /data/b}\n";

    SUB_PATH = "P116" "sub-path" Error,
        "A path inside of a volume leads out of it",
        "`subPath` and `subPathExpr` are relative and hold no `..`; a mount has one of them at most (https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath).",
        wrong "volumeMounts:\n- {name: a, mountPath: /data, subPath: ../b}\n",
        right "volumeMounts:\n- {name: a, mountPath: /data, subPath: b}\n";

    VOLUME_MOUNT = "P117" "volume-mount" Error,
        "A volume is mounted in a way that cannot be",
        "Mounts need a name and a path; `Bidirectional` propagation needs a privileged container; recursive read-only mounts are read-only and propagate nothing; block devices are persistent volume claims (https://kubernetes.io/docs/concepts/storage/volumes/).",
        wrong "volumeMounts:\n- {name: a, mountPath: /data, mountPropagation: Bidirectional}\n",
        right "volumeMounts:\n- {name: a, mountPath: /data, mountPropagation: HostToContainer}\n";

    HANDLER = "P118" "handler" Error,
        "A probe or hook has no handler, or several",
        "A probe has exactly one of `exec`, `httpGet`, `tcpSocket` and `grpc`; a lifecycle hook exactly one of `exec`, `httpGet`, `tcpSocket` and `sleep` (https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/).",
        wrong "livenessProbe:\n  periodSeconds: 5\n",
        right "livenessProbe:\n  periodSeconds: 5\n  httpGet: {port: 8080}\n";

    HANDLER_TARGET = "P119" "handler-target" Error,
        "A probe or hook cannot reach what it is for",
        "Ports are numbers from 1 to 65535 or names of ports, commands are not empty, header names hold letters, digits and `-`, and a hook does not sleep longer than the pod has to terminate.",
        wrong "livenessProbe:\n  httpGet: {port: \"8080\"}\n",
        right "livenessProbe:\n  httpGet: {port: 8080}\n";

    PROBE_SETTING = "P120" "probe-setting" Error,
        "A probe has a setting it cannot have",
        "Times and thresholds are not negative; liveness and startup probes succeed after one success; readiness probes terminate nothing.",
        wrong "livenessProbe:\n  successThreshold: 2\n  httpGet: {port: 8080}\n",
        right "livenessProbe:\n  successThreshold: 1\n  httpGet: {port: 8080}\n";

    CONTAINER_RESTART = "P121" "container-restart" Error,
        "A container has a restart policy it cannot have",
        "Init containers with `restartPolicy: Always` are sidecars (KEP-753). Since 1.35 every container may have a policy and rules by exit code (KEP-5307).",
        wrong "containers:\n- name: web\n  image: nginx\n  restartPolicyRules:\n  - {action: Restart, exitCodes: {operator: In, values: [42]}}\n",
        right "containers:\n- name: web\n  image: nginx\n  restartPolicy: Never\n  restartPolicyRules:\n  - {action: Restart, exitCodes: {operator: In, values: [42]}}\n";

    INIT_CONTAINER = "P122" "init-container" Error,
        "An init container has what only running containers have",
        "Probes and hooks are for containers that keep running: init containers have them as sidecars only (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/).",
        wrong "initContainers:\n- name: setup\n  image: busybox\n  readinessProbe: {exec: {command: [\"true\"]}}\n",
        right "initContainers:\n- name: proxy\n  image: envoy\n  restartPolicy: Always\n  readinessProbe: {exec: {command: [\"true\"]}}\n";

    EPHEMERAL_CONTAINER = "P123" "ephemeral-container" Error,
        "Ephemeral containers where there can be none, or with what they cannot have",
        "They are added to running pods for debugging, and have no ports, probes, resources or hooks (https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/).",
        wrong "spec:\n  ephemeralContainers:\n  - {name: debug, image: busybox}\n",
        right "# kubectl debug -it POD --image=busybox\n";

    RESIZE_POLICY = "P124" "resize-policy" Error,
        "A resize policy that cannot be",
        "Each of `cpu` and `memory` has one policy, `NotRequired` or `RestartContainer`, and a container that is never restarted is not restarted for this either (https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/).",
        wrong "restartPolicy: Never\ncontainers:\n- name: web\n  image: nginx\n  resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]\n",
        right "restartPolicy: Never\ncontainers:\n- name: web\n  image: nginx\n  resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]\n";

    NO_CONTAINERS = "P125" "no-containers" Error,
        "A pod without containers",
        "A pod has at least one container beside its init containers.",
        wrong "spec:\n  containers: []\n",
        right "spec:\n  containers:\n  - name: web\n    image: nginx\n";

    POD_TIME = "P126" "pod-time" Error,
        "A pod's deadline is out of range",
        "`activeDeadlineSeconds` is from 1 to 2147483647.",
        wrong "spec:\n  activeDeadlineSeconds: 0\n",
        right "spec:\n  activeDeadlineSeconds: 600\n";

    POD_DNS = "P127" "pod-dns" Error,
        "A pod's DNS or hosts file cannot be written",
        "Resolvers take 3 name servers and 32 search domains of 2048 characters; `dnsPolicy: None` needs a name server; addresses are IP addresses and names DNS names (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/).",
        wrong "dnsPolicy: None\n",
        right "dnsPolicy: None\ndnsConfig:\n  nameservers: [192.0.2.1]\n";

    HOST_NAME = "P128" "host-name" Error,
        "A pod's host name is not valid",
        "`hostname` and `subdomain` are DNS labels; `hostnameOverride` is a DNS subdomain of at most 64 characters and stands alone.",
        wrong "spec:\n  hostname: web.example.com\n",
        right "spec:\n  hostname: web\n  subdomain: example\n";

    REFERENCED_NAME = "P129" "referenced-name" Error,
        "The name of another object cannot be one",
        "Names of service accounts, nodes, priority and runtime classes are DNS subdomains.",
        wrong "spec:\n  serviceAccountName: Web_App\n",
        right "spec:\n  serviceAccountName: web-app\n";

    HOST_NAMESPACE = "P130" "host-namespace" Error,
        "A pod shares namespaces of the node that exclude each other",
        "Processes are shared with the node or among the containers, not both; and a pod with users of its own (`hostUsers: false`) cannot share the node's network, processes or IPC (https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/).",
        wrong "hostPID: true\nshareProcessNamespace: true\n",
        right "shareProcessNamespace: true\n";

    RESOURCE_CLAIM = "P131" "resource-claim" Error,
        "A resource claim is not named, not there, or there twice",
        "Each claim of a pod has a name and one source, and containers name claims of their pod (https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/).",
        wrong "resourceClaims:\n- name: gpu\n",
        right "resourceClaims:\n- name: gpu\n  resourceClaimTemplateName: one-gpu\n";

    READINESS_GATE = "P132" "readiness-gate" Error,
        "The condition of a readiness gate is not a qualified name",
        "Types of conditions look like labels' keys: `name` or `example.com/name`.",
        wrong "readinessGates:\n- conditionType: \"load balanced\"\n",
        right "readinessGates:\n- conditionType: example.com/load-balanced\n";

    POD_RESOURCES = "P133" "pod-resources" Error,
        "Resources of a pod as a whole that cannot be",
        "A pod itself has CPU, memory and huge pages, no claims, and no container may have a limit above the pod's (KEP-2837).",
        wrong "resources:\n  limits: {memory: 1Gi}\ncontainers:\n- name: web\n  image: nginx\n  resources: {limits: {memory: 2Gi}}\n",
        right "resources:\n  limits: {memory: 2Gi}\ncontainers:\n- name: web\n  image: nginx\n  resources: {limits: {memory: 2Gi}}\n";

    VOLUME_NAME = "P201" "volume-name" Error,
        "The name of a volume is not valid, or there twice",
        "A volume's name is a DNS label and the only one of its pod.",
        wrong "volumes:\n- name: My_Data\n  emptyDir: {}\n",
        right "volumes:\n- name: my-data\n  emptyDir: {}\n";

    VOLUME_SOURCE = "P202" "volume-source" Error,
        "A volume has several sources",
        "Each volume says once what it holds; one that says nothing is an `emptyDir` (https://kubernetes.io/docs/concepts/storage/volumes/).",
        wrong "volumes:\n- name: data\n  emptyDir: {}\n  secret: {secretName: keys}\n",
        right "volumes:\n- name: data\n  secret: {secretName: keys}\n";

    VOLUME_MEMBER = "P203" "volume-member" Error,
        "The source of a volume lacks something it needs",
        "What a source needs beyond the schema depends on its kind; the message names it (https://kubernetes.io/docs/concepts/storage/volumes/).",
        wrong "volumes:\n- name: keys\n  secret: {}\n",
        right "volumes:\n- name: keys\n  secret: {secretName: keys}\n";

    VOLUME_PATH = "P204" "volume-path" Error,
        "A path in the source of a volume is not valid",
        "Paths of files in a volume are relative, hold no `..` and do not begin with `..`; paths of the node and of NFS servers are absolute.",
        wrong "configMap:\n  name: web\n  items: [{key: a, path: /etc/a}]\n",
        right "configMap:\n  name: web\n  items: [{key: a, path: etc/a}]\n";

    FILE_MODE = "P205" "file-mode" Error,
        "A file mode is out of range",
        "Modes are from 0 to 0777. JSON has no octal numbers and YAML has: 0644 is 420 in JSON.",
        wrong "secret:\n  secretName: keys\n  defaultMode: 644\n",
        right "secret:\n  secretName: keys\n  defaultMode: 0644\n";

    VOLUME_VALUE = "P206" "volume-value" Error,
        "The source of a volume has a value it cannot have",
        "What a source may say depends on its kind; the message names it.",
        wrong "gcePersistentDisk: {pdName: a, partition: 256}\n",
        right "gcePersistentDisk: {pdName: a, partition: 1}\n";

    PROJECTED = "P207" "projected-volume" Error,
        "The sources of a projected volume collide",
        "Each item of `sources` has one source, and no two write the same file (https://kubernetes.io/docs/concepts/storage/projected-volumes/).",
        wrong "projected:\n  sources:\n  - secret: {name: a}\n    configMap: {name: b}\n",
        right "projected:\n  sources:\n  - secret: {name: a}\n  - configMap: {name: b}\n";

    CLAIM_TEMPLATE = "P208" "claim-template" Error,
        "The template of an ephemeral volume's claim sets more than labels and annotations",
        "The claim is named after pod and volume and belongs to the pod (https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/).",
        wrong "volumeClaimTemplate:\n  metadata: {name: data}\n",
        right "volumeClaimTemplate:\n  metadata: {labels: {app: web}}\n";

    TOLERATION = "P301" "toleration" Error,
        "A toleration contradicts itself",
        "`Exists` takes no value, a missing key needs `Exists`, and `tolerationSeconds` belongs to `NoExecute` (https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/).",
        wrong "tolerations:\n- {key: a, operator: Exists, value: b}\n",
        right "tolerations:\n- {key: a, operator: Equal, value: b}\n";

    NODE_SELECTOR = "P302" "node-selector" Error,
        "A selector of nodes cannot select",
        "`In` and `NotIn` need values, `Exists` and `DoesNotExist` take none, `Gt` and `Lt` take one; keys and values are those of labels; the only field is `metadata.name` (https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/).",
        wrong "matchExpressions:\n- {key: disk, operator: In}\n",
        right "matchExpressions:\n- {key: disk, operator: In, values: [ssd]}\n";

    AFFINITY_WEIGHT = "P303" "affinity-weight" Error,
        "The weight of a preference is not from 1 to 100",
        "Weights of preferred affinity are from 1 to 100.",
        wrong "- weight: 0\n  preference: {}\n",
        right "- weight: 1\n  preference: {}\n";

    POD_AFFINITY = "P304" "pod-affinity" Error,
        "A term of affinity between pods is not complete",
        "Each term has a topology, the key of a node's label; `matchLabelKeys` and `mismatchLabelKeys` add to a `labelSelector` and exclude each other (https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/).",
        wrong "- labelSelector: {}\n  topologyKey: \"\"\n",
        right "- labelSelector: {}\n  topologyKey: kubernetes.io/hostname\n";

    TOPOLOGY_SPREAD = "P305" "topology-spread" Error,
        "A topology spread constraint contradicts itself or another",
        "`maxSkew` and `minDomains` are at least 1, `minDomains` needs `DoNotSchedule`, and each pair of topology and consequence is there once (https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/).",
        wrong "- {maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}\n",
        right "- {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}\n";

    SCHEDULING_GATE = "P306" "scheduling-gate" Error,
        "A scheduling gate that cannot be",
        "Gates are qualified names, each there once, and a pod behind gates has no node yet (https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/).",
        wrong "nodeName: n1\nschedulingGates: [{name: example.com/wait}]\n",
        right "schedulingGates: [{name: example.com/wait}]\n";

    PRIVILEGE = "P311" "privilege" Error,
        "Privileges that contradict each other",
        "A container that is privileged or has `CAP_SYS_ADMIN` can escalate, whatever `allowPrivilegeEscalation` says; an unmasked /proc needs `hostUsers: false` (https://kubernetes.io/docs/tasks/configure-pod-container/security-context/).",
        wrong "securityContext:\n  privileged: true\n  allowPrivilegeEscalation: false\n",
        right "securityContext:\n  allowPrivilegeEscalation: false\n";

    USER_ID = "P312" "user-id" Error,
        "A user or group is not a number from 0 to 2147483647",
        "Identifiers of users and groups are numbers of 31 bits.",
        wrong "securityContext:\n  runAsUser: -1\n",
        right "securityContext:\n  runAsUser: 1000\n";

    SECURITY_PROFILE = "P313" "security-profile" Error,
        "A seccomp or AppArmor profile is not complete",
        "`localhostProfile` belongs to `type: Localhost` and to no other type (https://kubernetes.io/docs/tutorials/security/seccomp/).",
        wrong "seccompProfile:\n  type: Localhost\n",
        right "seccompProfile:\n  type: Localhost\n  localhostProfile: profiles/web.json\n";

    SECURITY_VALUE = "P314" "security-value" Error,
        "A security context has a value it cannot have",
        "The message names the values there are.",
        wrong "securityContext:\n  seLinuxChangePolicy: Never\n",
        right "securityContext:\n  seLinuxChangePolicy: Recursive\n";

    SYSCTL = "P315" "sysctl" Error,
        "A kernel parameter that cannot be set",
        "Names are made of parts joined by `.` or `/`, each is set once, and a pod on the node's network or IPC cannot change theirs (https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/).",
        wrong "hostNetwork: true\nsecurityContext:\n  sysctls: [{name: net.core.somaxconn, value: \"1024\"}]\n",
        right "securityContext:\n  sysctls: [{name: net.core.somaxconn, value: \"1024\"}]\n";

    POD_OS = "P316" "pod-os" Error,
        "A pod for one system has options of another",
        "A pod that says `os.name` is refused with options of the other system (https://kubernetes.io/docs/concepts/workloads/pods/#pod-os).",
        wrong "os: {name: windows}\nsecurityContext: {runAsUser: 1000}\n",
        right "os: {name: windows}\nsecurityContext:\n  windowsOptions: {runAsUserName: ContainerUser}\n";

    WINDOWS_OPTIONS = "P317" "windows-options" Error,
        "Options for Windows have a value they cannot have",
        "Users are `USER` or `DOMAIN\\USER` as Active Directory takes them; credential specifications are not empty and at most 64 KiB.",
        wrong "windowsOptions:\n  runAsUserName: \"a:b\"\n",
        right "windowsOptions:\n  runAsUserName: ContainerUser\n";

    HOST_PROCESS = "P318" "host-process" Error,
        "Host processes of Windows mixed with containers, or off the host's network",
        "Either all containers of a pod are host processes or none is, and they are on the host's network (https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/).",
        wrong "securityContext:\n  windowsOptions: {hostProcess: true}\n",
        right "hostNetwork: true\nsecurityContext:\n  windowsOptions: {hostProcess: true}\n";

    ROOT_USER = "P319" "root-user" Warning,
        "A container must not run as root, and runs as user 0",
        "The API server takes it and the kubelet refuses to start the container (`CreateContainerConfigError`).",
        wrong "securityContext:\n  runAsNonRoot: true\n  runAsUser: 0\n",
        right "securityContext:\n  runAsNonRoot: true\n  runAsUser: 1000\n";
}
