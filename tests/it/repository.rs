//! `mesheryctl pattern validate -R` on a repository as people have it: charts, overlays, definitions in several releases,
//! and files of other programs.

use crate::common::TestEnvironment;

#[test]
fn what_is_no_manifest_is_counted_and_not_judged() {
    let test = TestEnvironment::new();
    let repository = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/evaluate/repository");
    let said = test.run(["pattern", "validate", "-R", "-f", repository, "-s", "kubernetes", "-o", "tap"]);
    insta::assert_snapshot!(said.replace(repository, "."), @r#"
    TAP version 14
    1..23
    not ok 1 - ./crds/objects.yaml: Ruler/Wrong_Name
      ---
      findings:
        - code: "V101 name"
          severity: error
          message: "`Wrong_Name` is not a name for a Ruler: it may hold only lower-case letters, digits, `-` and `.`, not `W`"
          at: {file: "./crds/objects.yaml", line: 25, column: 9}
        - code: "S101 wrong-type"
          severity: error
          message: "expected a string, found null"
          at: {file: "./crds/objects.yaml", line: 28, column: 11}
        - code: "S106 constraint"
          severity: error
          message: "the value must fit exactly one of the alternatives (`oneOf`) of its definition, it fits 0"
          at: {file: "./crds/objects.yaml", line: 29, column: 12}
      ...
    not ok 2 - ./crds/objects.yaml: Rulr/slip
      ---
      findings:
        - code: "S201 unknown-kind"
          severity: error
          message: "example.com/v1 has no kind `Rulr`"
          at: {file: "./crds/objects.yaml", line: 39, column: 7}
          help: "did you mean `Ruler`?"
      ...
    ok 3 - ./crds/ruler.yaml: CustomResourceDefinition/rulers.example.com
      ---
      findings:
        - code: "R101 duplicate-object"
          severity: info
          message: "CustomResourceDefinition/rulers.example.com is also defined in ./crds/next/ruler.yaml"
          at: {file: "./crds/ruler.yaml", line: 4, column: 9}
          help: "whichever is applied last wins: remove or rename one, or keep alternatives in separate inputs"
      ...
    not ok 4 - ./plain/alerts.yaml: the file
      ---
      findings:
        - code: "Y105 no-json-form"
          severity: error
          message: "a mapping key must be a string, number or boolean, not object"
          at: {file: "./plain/alerts.yaml", line: 7, column: 13}
          help: "if this is a template, render it first; if the braces are meant, put the value in quotes"
      ...
    not ok 5 - ./plain/broken.yaml: the file
      ---
      findings:
        - code: "Y101 yaml-syntax"
          severity: error
          message: "unclosed bracket '['"
          at: {file: "./plain/broken.yaml", line: 7, column: 11}
      ...
    ok 6 - ./chart/Chart.yaml: document on line 1 # SKIP not-kubernetes
    ok 7 - ./chart/templates/config.yaml: document on line 2 # SKIP template
    ok 8 - ./chart/templates/deployment.yaml: document on line 1 # SKIP template
    ok 9 - ./chart/templates/deployment.yaml: document on line 13 # SKIP template
    ok 10 - ./chart/values.yaml: document on line 1 # SKIP not-kubernetes
    ok 11 - ./ci/note.yaml: document on line 2 # SKIP unknown-kind
    ok 12 - ./ci/settings.json: document on line 1 # SKIP not-kubernetes
    ok 13 - ./ci/workflow.yaml: document on line 1 # SKIP not-kubernetes
    ok 14 - ./crds/objects.yaml: document on line 33 # SKIP unknown-kind
    ok 15 - ./kustomize/base/kustomization.yaml: document on line 1 # SKIP not-kubernetes
    ok 16 - ./kustomize/overlay/kustomization.yaml: document on line 1 # SKIP not-kubernetes
    ok 17 - ./kustomize/overlay/ports.json: document on line 1 # SKIP patch
    ok 18 - ./kustomize/overlay/replicas.yaml: document on line 1 # SKIP patch
    ok 19 - ./plain/alerts.yaml: document on line 7 # SKIP unreadable
    ok 20 - ./plain/broken.yaml: document on line 7 # SKIP unreadable
    ok 21 - ./plain/kubeconfig.yaml: document on line 2 # SKIP unknown-kind
    ok 22 - ./plain/substituted.yaml: document on line 1 # SKIP template
    ok 23 - all other objects (7 validated in all)
    # 19 files: 24 found, 7 validated, 17 skipped (6 not Kubernetes objects, 3 of unknown kind, 4 templates to be rendered first, 2 kustomize patches, 2 unreadable) · 6 errors, 1 info
    [exit status: 1]
    "#);
}
