//! `mesheryctl pattern validate`.

use crate::common::TestEnvironment;

#[test]
fn a_missing_file_is_an_error_with_its_name() {
    let test = TestEnvironment::new();
    insta::assert_snapshot!(test.run(["pattern", "validate", "-f", "nowhere.yaml"]), @r"
    --- stderr ---
    error: cannot read nowhere.yaml: no such file or directory
    [exit status: 2]
    ");
}

#[test]
fn after_a_fix_only_the_fixed_definition_counts() {
    let test = TestEnvironment::new();
    test.write(
        "widget.yaml",
        "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {size: {type: integer, maximun: 3}}}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: big}
spec: {size: 5}
",
    );
    insta::assert_snapshot!(test.run(["pattern", "validate", "-f", "widget.yaml", "--fix", "-o", "short"]), @r"
    widget.yaml:21:14: error[S106 constraint]: 5 is too large: it must be at most 3 (Widget/big)
    1 file: 2 found, 2 validated · 1 error, 1 fixed
    [exit status: 1]
    ");
}
