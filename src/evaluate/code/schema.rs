//! `S1…`: objects that do not have the shape of their kind. `S2…`: kinds that the API server does not serve.

use super::codes;

codes! {
    TYPE = "S101" "wrong-type" Error,
        "A value is of another type than its field takes",
        "The API server decodes objects into typed fields and refuses the whole object when one value does not fit. The usual causes are missing or superfluous quotes: unquoted `true`, `on`, `0777` or `1.10` are not strings, quoted `\"3\"` is not a number.",
        wrong "env:\n- name: DEBUG\n  value: true\n",
        right "env:\n- name: DEBUG\n  value: \"true\"\n";
    UNKNOWN_FIELD = "S102" "unknown-field" Error,
        "The kind has no such field",
        "The API server refuses it when it validates strictly (kubectl's default) and otherwise drops it without a word, so what was meant never happens.",
        wrong "spec:\n  replica: 3\n",
        right "spec:\n  replicas: 3\n";
    MISSING_FIELD = "S103" "missing-field" Error,
        "A field that the kind requires is missing",
        "The API server refuses objects without their required fields; `null` counts as missing.",
        wrong "containers:\n- image: nginx\n",
        right "containers:\n- name: web\n  image: nginx\n";
    ENUM = "S104" "unsupported-value" Error,
        "A value is not among the ones its field takes",
        "The field takes a fixed set of words, and their case matters.",
        wrong "ports:\n- containerPort: 80\n  protocol: tcp\n",
        right "ports:\n- containerPort: 80\n  protocol: TCP\n";
    FORMAT = "S105" "format" Error,
        "A value does not have the format of its field",
        "Some strings and numbers must have a form the API server can decode: base64 for `data` of Secrets, RFC 3339 for times, quantities such as `500m` or `1Gi`, numbers within 32 or 64 bits.",
        wrong "kind: Secret\ndata:\n  password: secret!\n",
        right "kind: Secret\ndata:\n  password: c2VjcmV0IQ==\n";
    CONSTRAINT = "S106" "constraint" Error,
        "A value breaks a constraint of its CustomResourceDefinition",
        "The schema of the CustomResourceDefinition bounds the value (minimum, length, pattern, allOf/anyOf/oneOf/not), and the API server enforces it.",
        wrong "spec:\n  size: 0   # the CRD says: minimum 1\n",
        right "spec:\n  size: 1\n";
    DUPLICATE_ITEM = "S107" "duplicate-item" Warning,
        "Two items of a list have the same key",
        "The list is merged by key (`x-kubernetes-list-map-keys`): with the same key twice, `kubectl apply` loses one of the items and server-side apply refuses the object. In custom resources the API server refuses it outright.",
        wrong "env:\n- {name: A, value: \"1\"}\n- {name: A, value: \"2\"}\n",
        right "env:\n- {name: A, value: \"1\"}\n- {name: B, value: \"2\"}\n";
    UNKNOWN_KIND = "S201" "unknown-kind" Error,
        "The API group serves no such kind",
        "Kinds are spelled in upper camel case and singular, and each belongs to one API group.",
        wrong "apiVersion: apps/v1\nkind: Deploymnet\n",
        right "apiVersion: apps/v1\nkind: Deployment\n";
    UNKNOWN_VERSION = "S202" "unknown-version" Error,
        "The kind is not served in this version of its API",
        "The group and kind exist, the version does not.",
        wrong "apiVersion: apps/v2\nkind: Deployment\n",
        right "apiVersion: apps/v1\nkind: Deployment\n";
    UNKNOWN_GROUP = "S203" "unknown-group" Error,
        "There is no such API group",
        "Groups of custom resources are domain names; a group without a dot is one of Kubernetes' own, and this one is not.",
        wrong "apiVersion: app/v1\nkind: Deployment\n",
        right "apiVersion: apps/v1\nkind: Deployment\n";
    REMOVED_API = "S204" "removed-api" Error,
        "Kubernetes no longer serves this version of the API",
        "It was removed (https://kubernetes.io/docs/reference/using-api/deprecation-guide/): the API server answers `no matches for kind`. `--kubernetes-version` says which version to judge for.",
        wrong "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\n",
        right "apiVersion: networking.k8s.io/v1\nkind: Ingress\n";
    DEPRECATED_API = "S205" "deprecated-api" Warning,
        "This version of the API is deprecated",
        "It still works and will be removed: move to the replacement before the cluster is upgraded (https://kubernetes.io/docs/reference/using-api/deprecation-guide/).",
        wrong "apiVersion: v1\nkind: Endpoints\n",
        right "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n";
    TOO_NEW = "S206" "api-too-new" Error,
        "This version of Kubernetes does not serve the API yet",
        "The API appears in a later version of Kubernetes than the one judged for (`--kubernetes-version`).",
        wrong "# --kubernetes-version 1.29\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n",
        right "# --kubernetes-version 1.30\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n";
    UNUSABLE_CRD = "S207" "unusable-crd" Warning,
        "A CustomResourceDefinition cannot be used to validate custom resources",
        "Its schema could not be read, so the custom resources it defines are not validated here. What the API server refuses about the definition itself is reported apart.",
        wrong "kind: CustomResourceDefinition\nspec:\n  versions: none\n",
        right "kind: CustomResourceDefinition\nspec:\n  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]\n";
}
