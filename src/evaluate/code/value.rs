//! `V…`: values of the right type that the API server refuses all the same, of everything that is not a pod.
//!
//! `V0…`: what many kinds share; `V1…`: metadata; `V2…`: services and configuration; `V3…`: workloads and jobs.
//! See `policy` for the others.

use super::codes;

codes! {
    MALFORMED = "V001" "malformed-text" Error,
        "A text is not a word of the language it is written in",
        "Names of other objects, protocols, API groups and their like have grammars of their own; the message says what is wrong (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).",
        wrong "kind: Ingress\nspec:\n  ingressClassName: My_Class\n",
        right "kind: Ingress\nspec:\n  ingressClassName: my-class\n";

    EMPTY = "V002" "empty-value" Error,
        "A value that is needed is missing or empty",
        "The schema takes an empty text or list, and the API server refuses it: to it, empty is missing.",
        wrong "kind: Role\nrules:\n- apiGroups: [\"\"]\n  resources: []\n  verbs: [get]\n",
        right "kind: Role\nrules:\n- apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]\n";

    OUT_OF_RANGE = "V003" "out-of-range" Error,
        "A number is outside of its bounds",
        "Counts and durations must not be negative, and some have an upper bound.",
        wrong "kind: Deployment\nspec:\n  replicas: -1\n",
        right "kind: Deployment\nspec:\n  replicas: 1\n";

    UNSUPPORTED = "V004" "not-among-values" Error,
        "A text is not one of the values that are allowed",
        "Like an enumeration of the schema, where the schema has none. Upper and lower case count.",
        wrong "kind: NetworkPolicy\nspec:\n  policyTypes: [ingress]\n",
        right "kind: NetworkPolicy\nspec:\n  policyTypes: [Ingress]\n";

    DUPLICATE_ITEM = "V005" "not-distinct" Error,
        "Two items of a list are the same where each must be there once",
        "Ports of a Service, webhooks of a configuration, versions of a CustomResourceDefinition and other lists are told apart by these values.",
        wrong "kind: Service\nspec:\n  ports:\n  - {name: a, port: 80}\n  - {name: b, port: 80}\n",
        right "kind: Service\nspec:\n  ports:\n  - {name: a, port: 80}\n  - {name: b, port: 81}\n";

    WILDCARD = "V006" "wildcard-beside-others" Error,
        "`*` stands beside others that it already means",
        "In rules of webhooks, policies and flow schemas `*` must be the only item of its list.",
        wrong "apiGroups: [\"*\", apps]\n",
        right "apiGroups: [\"*\"]\n";

    TOO_MUCH = "V007" "too-much" Error,
        "A text, list or object is larger than the API server takes",
        "All annotations of an object together have 256 KiB, the data of a ConfigMap or Secret 1 MiB, and many lists a number of items.",
        wrong "kind: ServiceCIDR\nspec:\n  cidrs: [10.0.0.0/16, \"fd00::/64\", 10.1.0.0/16]\n",
        right "kind: ServiceCIDR\nspec:\n  cidrs: [10.0.0.0/16, \"fd00::/64\"]\n";

    AMOUNT = "V008" "number-or-percentage" Error,
        "A text is not a percentage, or above 100% where that makes no sense",
        "`maxSurge`, `maxUnavailable` and `minAvailable` are a number (`1`, without quotes) or a percentage (`25%`).",
        wrong "maxUnavailable: \"1\"\n",
        right "maxUnavailable: 1\n";

    QUANTITY = "V009" "amount-sign" Error,
        "An amount is negative, zero or a fraction where it must not be",
        "Storage must be above zero, and what is counted (pods, services) is a whole number.",
        wrong "kind: ResourceQuota\nspec:\n  hard:\n    pods: \"1.5\"\n",
        right "kind: ResourceQuota\nspec:\n  hard:\n    pods: \"2\"\n";

    ADDRESS = "V010" "address" Error,
        "A text is not an IP address, or not an IP network",
        "Since Kubernetes 1.36 numbers with leading zeros and networks with bits set behind the prefix are refused too (KEP-4858).",
        wrong "cidr: 10.0.0.1/8\n",
        right "cidr: 10.0.0.0/8\n";

    PORT = "V011" "port" Error,
        "A port is not a number from 1 to 65535, or not a name of a port",
        "Names of ports are IANA service names in lower case: at most 15 letters, digits and single `-`, with at least one letter (RFC 6335, section 5.1).",
        wrong "kind: Service\nspec:\n  ports:\n  - port: 80800\n",
        right "kind: Service\nspec:\n  ports:\n  - port: 8080\n";

    COMBINATION = "V012" "contradiction" Error,
        "Two values that must agree do not",
        "An old way and a new way to say the same are both used, and say different things.",
        wrong "kind: Ingress\nmetadata:\n  annotations: {kubernetes.io/ingress.class: nginx}\nspec:\n  ingressClassName: traefik\n",
        right "kind: Ingress\nspec:\n  ingressClassName: traefik\n";

    NAME = "V101" "name" Error,
        "The name of an object is not a valid name for its kind",
        "Most kinds take a DNS subdomain: at most 253 lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit. Namespaces, StatefulSets and Services take a label of at most 63, without dots (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).",
        wrong "metadata:\n  name: Web_1\n",
        right "metadata:\n  name: web-1\n";

    NAME_MISSING = "V102" "name-missing" Error,
        "An object has no name",
        "Every object that is kept has `metadata.name`, or `metadata.generateName` for `kubectl create` to make one.",
        wrong "kind: ConfigMap\nmetadata:\n  labels: {app: web}\n",
        right "kind: ConfigMap\nmetadata:\n  name: web\n  labels: {app: web}\n";

    NAMESPACE_NAME = "V103" "namespace-name" Error,
        "The namespace of an object is not a name of a namespace",
        "A namespace is a DNS label: at most 63 lower-case letters, digits and `-`.",
        wrong "metadata:\n  name: web\n  namespace: My_Team\n",
        right "metadata:\n  name: web\n  namespace: my-team\n";

    LABEL_KEY = "V104" "label-key" Error,
        "A key of a label is malformed",
        "A key is a name of at most 63 letters, digits, `-`, `_` and `.`, and may have a DNS subdomain and `/` before it (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/).",
        wrong "labels:\n  my app: web\n",
        right "labels:\n  my-app: web\n";

    LABEL_VALUE = "V105" "label-value" Error,
        "A value of a label is malformed",
        "A value is empty or has at most 63 letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit. What does not fit belongs into an annotation.",
        wrong "labels:\n  owner: jane@example.com\n",
        right "annotations:\n  owner: jane@example.com\n";

    ANNOTATION_KEY = "V106" "annotation-key" Error,
        "A key of an annotation is malformed",
        "Keys of annotations follow the grammar of keys of labels; their values are free.",
        wrong "annotations:\n  \"a b\": c\n",
        right "annotations:\n  a-b: c\n";

    FINALIZER = "V107" "finalizer" Error,
        "A finalizer has no valid name, or two contradict each other",
        "A finalizer is a qualified name, `example.com/cleanup`. `orphan` and `foregroundDeletion` exclude each other.",
        wrong "metadata:\n  finalizers: [\"clean up\"]\n",
        right "metadata:\n  finalizers: [example.com/clean-up]\n";

    OWNER = "V108" "owner-reference" Error,
        "An owner reference is not well-formed",
        "An owner has an API version, kind, name and uid; one owner at most is the controller (https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/).",
        wrong "ownerReferences:\n- {apiVersion: a/b/c, kind: Foo, name: a, uid: b}\n",
        right "ownerReferences:\n- {apiVersion: a/b, kind: Foo, name: a, uid: b}\n";

    SELECTOR_VALUES = "V109" "selector-values" Error,
        "An expression of a selector has values where it must have none, or the other way round",
        "`In` and `NotIn` compare with `values`; `Exists` and `DoesNotExist` compare with nothing.",
        wrong "matchExpressions:\n- {key: app, operator: In}\n",
        right "matchExpressions:\n- {key: app, operator: In, values: [web]}\n";

    SERVICE_PORTS = "V201" "service-without-ports" Error,
        "A Service has no ports",
        "Only headless Services and those of type ExternalName need no ports (https://kubernetes.io/docs/concepts/services-networking/service/).",
        wrong "kind: Service\nspec:\n  selector: {app: web}\n",
        right "kind: Service\nspec:\n  selector: {app: web}\n  ports:\n  - port: 80\n";

    SERVICE_PORT_NAME = "V202" "port-without-name" Error,
        "One of several ports has no name",
        "With more than one port each needs a name, so that they can be told apart.",
        wrong "kind: Service\nspec:\n  ports:\n  - port: 80\n  - port: 443\n",
        right "kind: Service\nspec:\n  ports:\n  - {name: http, port: 80}\n  - {name: https, port: 443}\n";

    NODE_PORT = "V203" "node-port-of-cluster-ip" Error,
        "A Service of type ClusterIP has a node port",
        "Node ports exist for the types NodePort and LoadBalancer; the type is ClusterIP when none is given.",
        wrong "kind: Service\nspec:\n  ports:\n  - {port: 80, nodePort: 30080}\n",
        right "kind: Service\nspec:\n  type: NodePort\n  ports:\n  - {port: 80, nodePort: 30080}\n";

    NODE_PORT_RANGE = "V204" "node-port-range" Warning,
        "A node port is outside of the usual range",
        "API servers take node ports from 30000 to 32767 unless `--service-node-port-range` says otherwise.",
        wrong "kind: Service\nspec:\n  type: NodePort\n  ports:\n  - {port: 80, nodePort: 8080}\n",
        right "kind: Service\nspec:\n  type: NodePort\n  ports:\n  - {port: 80, nodePort: 30080}\n";

    CLUSTER_IP = "V205" "cluster-ip" Error,
        "The cluster addresses of a Service contradict its type or each other",
        "ExternalName Services have none, NodePort and LoadBalancer Services cannot be headless, and `clusterIPs` begins with `clusterIP` and has one address of each IP family at most.",
        wrong "kind: Service\nspec:\n  type: NodePort\n  clusterIP: None\n",
        right "kind: Service\nspec:\n  clusterIP: None\n";

    IP_FAMILY = "V206" "ip-family" Error,
        "The IP families of a Service contradict its type or its addresses",
        "ExternalName Services have no IP families; the first cluster address is of the first family.",
        wrong "kind: Service\nspec:\n  clusterIP: 10.96.0.9\n  ipFamilies: [IPv6]\n",
        right "kind: Service\nspec:\n  clusterIP: 10.96.0.9\n  ipFamilies: [IPv4]\n";

    EXTERNAL_NAME = "V207" "external-name" Error,
        "A Service of type ExternalName names no DNS name",
        "`externalName` is the DNS name that the Service stands for; URLs and ports are not part of it.",
        wrong "kind: Service\nspec:\n  type: ExternalName\n  externalName: https://example.com\n",
        right "kind: Service\nspec:\n  type: ExternalName\n  externalName: example.com\n";

    SERVICE_TYPE_FIELD = "V208" "field-of-other-service-type" Error,
        "A Service has a field that its type does not have",
        "`loadBalancerClass`, `loadBalancerSourceRanges` and `allocateLoadBalancerNodePorts` are for the type LoadBalancer, `externalTrafficPolicy` for Services that can be reached from outside.",
        wrong "kind: Service\nspec:\n  loadBalancerClass: example.com/lb\n",
        right "kind: Service\nspec:\n  type: LoadBalancer\n  loadBalancerClass: example.com/lb\n";

    ENDPOINTS = "V209" "no-addresses" Error,
        "Endpoints have no addresses",
        "Each subset of Endpoints and each endpoint of an EndpointSlice has an address.",
        wrong "kind: Endpoints\nsubsets:\n- ports: [{port: 80}]\n",
        right "kind: Endpoints\nsubsets:\n- addresses: [{ip: 192.0.2.1}]\n  ports: [{port: 80}]\n";

    ENDPOINT_ADDRESS = "V210" "endpoint-address" Error,
        "An address that others are to reach cannot be reached by others",
        "Loopback, link-local and unspecified addresses mean something else on every node; in an EndpointSlice all addresses are of its type.",
        wrong "kind: Endpoints\nsubsets:\n- addresses: [{ip: 127.0.0.1}]\n",
        right "kind: Endpoints\nsubsets:\n- addresses: [{ip: 192.0.2.1}]\n";

    CONFIG_KEY = "V211" "config-key" Error,
        "A key of a ConfigMap or Secret cannot be a file name",
        "Keys have at most 253 letters, digits, `-`, `_` and `.`.",
        wrong "kind: ConfigMap\ndata:\n  conf/app.ini: \"\"\n",
        right "kind: ConfigMap\ndata:\n  app.ini: \"\"\n";

    CONFIG_OVERLAP = "V212" "config-key-twice" Error,
        "A key of a ConfigMap is in `data` and in `binaryData`",
        "Both are files of one directory once the ConfigMap is mounted.",
        wrong "kind: ConfigMap\ndata: {a: b}\nbinaryData: {a: Yg==}\n",
        right "kind: ConfigMap\ndata: {a: b}\n";

    SECRET_KEYS = "V213" "secret-keys" Error,
        "A Secret lacks a key that its type demands",
        "`kubernetes.io/tls` needs `tls.crt` and `tls.key`, `kubernetes.io/ssh-auth` needs `ssh-privatekey`, and so on (https://kubernetes.io/docs/concepts/configuration/secret/#secret-types).",
        wrong "kind: Secret\ntype: kubernetes.io/ssh-auth\nstringData: {key: …}\n",
        right "kind: Secret\ntype: kubernetes.io/ssh-auth\nstringData: {ssh-privatekey: …}\n";

    SECRET_JSON = "V214" "docker-config" Error,
        "What a Secret holds as Docker's configuration is not JSON",
        "The value of `.dockerconfigjson` or `.dockercfg` is a JSON object, as `docker login` writes it.",
        wrong "kind: Secret\ntype: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: nothing}\n",
        right "kind: Secret\ntype: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: '{\"auths\":{}}'}\n";

    SECRET_ACCOUNT = "V215" "token-without-account" Error,
        "A Secret for a token does not say of which ServiceAccount",
        "A Secret of type `kubernetes.io/service-account-token` names the account in the annotation `kubernetes.io/service-account.name`.",
        wrong "kind: Secret\nmetadata: {name: token}\ntype: kubernetes.io/service-account-token\n",
        right "kind: Secret\nmetadata:\n  name: token\n  annotations: {kubernetes.io/service-account.name: builder}\ntype: kubernetes.io/service-account-token\n";

    RESOURCE_NAME = "V216" "limited-resource" Error,
        "A resource of a quota or of limits is unknown or malformed",
        "Quotas know `cpu`, `memory`, `requests.cpu`, `pods`, … and `count/PLURAL.GROUP`; resources of others have a domain (https://kubernetes.io/docs/concepts/policy/resource-quotas/).",
        wrong "kind: ResourceQuota\nspec:\n  hard: {deployments: 5}\n",
        right "kind: ResourceQuota\nspec:\n  hard: {count/deployments.apps: 5}\n";

    QUOTA_SCOPE = "V217" "quota-scope" Error,
        "A scope of a quota says nothing of what the quota limits",
        "Scopes select pods (or claims), so such a quota can limit only what pods (or claims) use.",
        wrong "kind: ResourceQuota\nspec:\n  hard: {services: 5}\n  scopes: [Terminating]\n",
        right "kind: ResourceQuota\nspec:\n  hard: {pods: 5}\n  scopes: [Terminating]\n";

    LIMIT_RANGE = "V218" "limit-range" Error,
        "The limits of a LimitRange contradict each other",
        "For each resource: min, default request, default limit and max, in ascending order. Defaults are for containers only.",
        wrong "kind: LimitRange\nspec:\n  limits:\n  - {type: Container, min: {cpu: 2}, max: {cpu: 1}}\n",
        right "kind: LimitRange\nspec:\n  limits:\n  - {type: Container, min: {cpu: 1}, max: {cpu: 2}}\n";

    SELECTOR_EMPTY = "V301" "selector-empty" Error,
        "A workload selects no particular pods",
        "The selector of a workload says which pods are its own; an empty one would take every pod of the namespace.",
        wrong "kind: Deployment\nspec:\n  selector: {}\n",
        right "kind: Deployment\nspec:\n  selector:\n    matchLabels: {app: web}\n";

    SELECTOR_MISMATCH = "V302" "selector-mismatch" Error,
        "The selector of a workload does not match its own pods",
        "The pods of the template must have every label that the selector names, or the workload would not know its own pods (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector).",
        wrong "kind: Deployment\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: api}}\n",
        right "kind: Deployment\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n";

    RESTART_POLICY = "V303" "restart-policy" Error,
        "The restart policy of a pod template does not fit the workload",
        "What keeps running takes `Always`, which is the default; Jobs take `Never` or `OnFailure` and must say so.",
        wrong "kind: Job\nspec:\n  template:\n    spec: {containers: []}\n",
        right "kind: Job\nspec:\n  template:\n    spec: {restartPolicy: Never, containers: []}\n";

    ACTIVE_DEADLINE = "V304" "active-deadline" Error,
        "Pods that are to run for ever have a deadline",
        "`activeDeadlineSeconds` is for pods of Jobs and for pods on their own.",
        wrong "kind: Deployment\nspec:\n  template:\n    spec: {activeDeadlineSeconds: 60}\n",
        right "kind: Job\nspec:\n  activeDeadlineSeconds: 60\n";

    ROLLOUT_STUCK = "V305" "rollout-stuck" Error,
        "A rolling update may neither stop an old pod nor start a new one",
        "With `maxSurge` and `maxUnavailable` both 0 nothing could ever be replaced.",
        wrong "rollingUpdate: {maxSurge: 0, maxUnavailable: 0}\n",
        right "rollingUpdate: {maxSurge: 1, maxUnavailable: 0}\n";

    ROLLOUT_BOTH = "V306" "rollout-both" Error,
        "A DaemonSet is to start new pods first and stop old ones first",
        "On each node a DaemonSet replaces its pod in one order: `maxSurge` or `maxUnavailable` is above 0, not both. `maxUnavailable` is 1 when it is not set.",
        wrong "kind: DaemonSet\nspec:\n  updateStrategy:\n    rollingUpdate: {maxSurge: 1}\n",
        right "kind: DaemonSet\nspec:\n  updateStrategy:\n    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}\n";

    STRATEGY_FIELD = "V307" "strategy-field" Error,
        "A workload has settings of a strategy that it does not use",
        "`rollingUpdate` belongs to the strategy `RollingUpdate`.",
        wrong "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}\n",
        right "strategy: {type: Recreate}\n";

    PROGRESS_DEADLINE = "V308" "progress-deadline" Error,
        "A rollout fails before a pod can count as ready",
        "`progressDeadlineSeconds` (600 when it is not set) must be above `minReadySeconds`.",
        wrong "minReadySeconds: 60\nprogressDeadlineSeconds: 30\n",
        right "minReadySeconds: 60\nprogressDeadlineSeconds: 300\n";

    JOB_INDEXED = "V309" "job-indexes" Error,
        "Settings of indexes do not fit the completion mode of a Job",
        "`completionMode: Indexed` needs `completions`; `backoffLimitPerIndex`, `maxFailedIndexes` and `successPolicy` need it (https://kubernetes.io/docs/concepts/workloads/controllers/job/).",
        wrong "kind: Job\nspec:\n  backoffLimitPerIndex: 1\n",
        right "kind: Job\nspec:\n  completionMode: Indexed\n  completions: 3\n  backoffLimitPerIndex: 1\n";

    JOB_FAILURE_POLICY = "V310" "pod-failure-policy" Error,
        "A rule of a Job's pod failure policy cannot work",
        "A rule compares exit codes or conditions; exit codes are in ascending order, each once, and of a container that exists (https://kubernetes.io/docs/tasks/job/pod-failure-policy/).",
        wrong "rules:\n- action: FailJob\n",
        right "rules:\n- action: FailJob\n  onExitCodes: {operator: In, values: [42]}\n";

    JOB_SUCCESS_POLICY = "V311" "success-policy" Error,
        "A rule of a Job's success policy cannot be met",
        "`succeededIndexes` lists indexes below `completions` in ascending order, such as `0,2-4`, and `succeededCount` is no more than there are.",
        wrong "rules:\n- succeededIndexes: 4-2\n",
        right "rules:\n- succeededIndexes: 2-4\n";

    JOB_SELECTOR = "V312" "job-selector" Error,
        "A Job has a selector that is not its own",
        "Each Job gets a selector that matches its pods only. Adopting others needs `manualSelector: true`, which Jobs of CronJobs cannot have.",
        wrong "kind: Job\nspec:\n  selector: {matchLabels: {app: web}}\n",
        right "kind: Job\nspec: {}\n";

    SCHEDULE = "V313" "cron-schedule" Error,
        "The schedule of a CronJob cannot be read",
        "Five fields of cron, a macro such as `@daily`, or `@every 1h30m`. Time zones belong into `timeZone` since Kubernetes 1.29 (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax).",
        wrong "schedule: \"0 25 * * *\"\n",
        right "schedule: \"0 23 * * *\"\n";

    TIME_ZONE = "V314" "time-zone" Error,
        "The time zone of a CronJob cannot be one",
        "`timeZone` is a name of the IANA time zone database, such as `Europe/Berlin`.",
        wrong "timeZone: Local\n",
        right "timeZone: Etc/UTC\n";
}
