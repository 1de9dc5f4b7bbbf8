//! `Y1…`: texts that cannot be read, and objects that cannot be told.

use super::codes;

codes! {
    SYNTAX = "Y101" "yaml-syntax" Error,
        "The text is not YAML",
        "The API server's decoder stops at the first thing that is not YAML, and so does everything behind it: nothing of this document reaches the cluster.",
        wrong "metadata:\n  name: web\n name: api\n",
        right "metadata:\n  name: web\n";
    DUPLICATE_KEY = "Y102" "duplicate-key" Error,
        "A mapping has the same key twice",
        "One of the two values is lost: kubectl keeps the last, the API server refuses the object.",
        wrong "metadata:\n  name: a\n  name: b\n",
        right "metadata:\n  name: b\n";
    LIMIT = "Y103" "limit" Error,
        "The text exceeds a limit",
        "Every reader here has a budget (bytes, documents, nesting, values, values repeated by aliases), so that no input can exhaust the machine; the API server has such limits too (CVE-2019-11253).",
        wrong "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n# … and so on\n",
        right "a: [x, x, x]\n";
    ENCODING = "Y104" "encoding" Error,
        "The text is not UTF-8",
        "Manifests are UTF-8. Convert the file (`iconv -f UTF-16 -t UTF-8`), or leave it out when it is not a manifest.",
        wrong "# bytes FF FE: UTF-16\n",
        right "kind: ConfigMap\n";
    NOT_JSON = "Y105" "no-json-form" Error,
        "A value or key has no form in JSON, which Kubernetes' API speaks",
        "Lists, mappings and nulls cannot be keys, and `.inf` and `.nan` cannot be numbers. A frequent cause is a template that was not rendered: `{{ name }}` is a mapping in a mapping to YAML.",
        wrong "metadata:\n  name: {{ name }}\n",
        right "metadata:\n  name: web\n";
    MISSING_KIND = "Y106" "missing-kind" Error,
        "An object says only half of what it is",
        "Every object needs `apiVersion` and `kind`, both strings: without them nobody knows what to do with it.",
        wrong "kind: ConfigMap\nmetadata: {name: a}\n",
        right "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    NOT_RENDERED = "Y107" "not-rendered" Error,
        "A chart, a kustomization or a Compose project cannot be rendered",
        "Without manifests there is nothing to judge, and nothing to deploy either: what helm, kustomize or docker compose would refuse is refused here, at the place where it is written.",
        wrong "# kustomization.yaml\nresources:\n- no-such-file.yaml\n",
        right "# kustomization.yaml\nresources:\n- web.yaml\n";
    IGNORE = "Y201" "ignore-comment" Warning,
        "An ignore comment cannot be understood",
        "It holds nothing back. The comment reads `# mesheryctl:ignore CODE, CODE -- reason` and stands on the line of the finding or the one above; `ignore-file` is for the whole file. Codes are ids (`S102`) or names (`unknown-field`).",
        wrong "replica: 3 # mesheryctl:ignore S1O2 -- the operator reads it\n",
        right "replica: 3 # mesheryctl:ignore S102 -- the operator reads it\n";
    IGNORE_REASON = "Y202" "ignore-reason" Warning,
        "An ignore comment does not say why",
        "It holds nothing back until it does: an exception that nobody can explain later cannot be removed later either.",
        wrong "replica: 3 # mesheryctl:ignore S102\n",
        right "replica: 3 # mesheryctl:ignore S102 -- the operator reads it\n";
    IGNORE_UNUSED = "Y203" "ignore-unused" Info,
        "There is nothing to ignore here",
        "What the comment or the entry of the project's file holds back is not found any more. Remove it, lest it hide something new.",
        wrong "replicas: 3 # mesheryctl:ignore S102 -- the operator reads it\n",
        right "replicas: 3\n";
}
