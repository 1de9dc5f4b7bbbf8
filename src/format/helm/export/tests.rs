//! Charts of designs, compared as texts: what real Helm makes of such charts was checked against it.

use std::sync::Arc;

use super::*;
use crate::{
    document::{Limits, Source},
    format::{no_kinds, read_source},
};

fn design(text: &str) -> Design {
    let source = Arc::new(Source::new("test", text));
    read_source(&source, Limits::default(), &no_kinds).into_design(Some("My shop"), "")
}

fn file<'a>(chart: &'a Chart, path: &str) -> &'a str {
    let found = chart.files.iter().find(|(known, _)| known == path);
    let paths: Vec<_> = chart.files.iter().map(|(path, _)| path).collect();
    &found.unwrap_or_else(|| panic!("no {path} in {paths:?}")).1
}

/// Checks the values (without the comments) and the template of one object.
fn check(object: &str, path: &str, values: &str, template: &str) {
    let chart = chart(&design(object));
    let said: String = file(&chart, "values.yaml")
        .lines()
        .filter(|line| !line.trim().starts_with('#'))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(said, values);
    assert_eq!(file(&chart, path), template);
}

#[test]
fn the_chart_is_called_after_the_design() {
    let chart =
        chart(&design("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{image: 'b:1.10'}]}}"));
    assert_eq!((chart.name.as_str(), chart.version.as_str()), ("my-shop", "0.0.1"));
    assert_eq!(
        file(&chart, "Chart.yaml"),
        "apiVersion: v2\nname: my-shop\ndescription: The design My shop\ntype: application\nversion: 0.0.1\n\
         appVersion: \"1.10\"\n"
    );
    for (name, expected) in [("", "design"), ("Größe 2", "gr-e-2"), ("../x", "x")] {
        assert_eq!(format::plain_name(name), expected);
    }
    for (given, expected) in [("v1.2.3", "1.2.3"), ("1.2", "0.0.1"), ("", "0.0.1")] {
        assert_eq!(version(given), expected);
    }
}

#[test]
fn values_are_lifted_under_the_name_of_their_object() {
    check(
        "{apiVersion: v1, kind: Service, metadata: {name: ad-service, annotations: {a: b}}, spec: {type: NodePort, \
         ports: [{name: http, port: 80, targetPort: web}, {name: grpc-web, port: 81, targetPort: 8081, nodePort: 30081}]}}",
        "templates/ad-service-service.yaml",
        "adService:\n  service:\n    annotations:\n      a: b\n    type: NodePort\n    ports:\n      http:\n        port: 80\n        \
         targetPort: web\n      grpcWeb:\n        port: 81\n        targetPort: 8081\n        nodePort: 30081\n",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: ad-service\n  annotations:\n    \
         {{- toYaml .Values.adService.service.annotations | nindent 4 }}\nspec:\n  \
         type: {{ .Values.adService.service.type | quote }}\n  ports:\n  - name: http\n    \
         port: {{ .Values.adService.service.ports.http.port }}\n    \
         targetPort: {{ toJson .Values.adService.service.ports.http.targetPort }}\n  - name: grpc-web\n    \
         port: {{ .Values.adService.service.ports.grpcWeb.port }}\n    \
         targetPort: {{ toJson .Values.adService.service.ports.grpcWeb.targetPort }}\n    \
         nodePort: {{ .Values.adService.service.ports.grpcWeb.nodePort }}\n",
    );
    // What is absent can be given; keys that are no identifiers are looked up.
    check(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: 'h:5000/b@sha256:0', \
         env: [{name: X.Y, value: '1'}, {name: Z, valueFrom: {}}]}]}}",
        "templates/a-pod.yaml",
        "a:\n  image:\n    repository: h:5000/b\n    tag: \"\"\n    digest: sha256:0\n    pullPolicy: \"\"\n  env:\n    \
         X.Y: \"1\"\n  resources: {}\n  imagePullSecrets: []\n  nodeSelector: {}\n  tolerations: []\n  affinity: {}\n",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    \
         image: {{ include \"my-shop.image\" .Values.a.image | quote }}\n    env:\n    - name: X.Y\n      \
         value: {{ (index .Values.a.env \"X.Y\") | quote }}\n    - name: Z\n      valueFrom: {}\n    \
         {{- with .Values.a.image.pullPolicy }}\n    imagePullPolicy: {{ . | quote }}\n    {{- end }}\n    \
         {{- with .Values.a.resources }}\n    resources:\n      {{- toYaml . | nindent 6 }}\n    {{- end }}\n  \
         {{- with .Values.a.imagePullSecrets }}\n  imagePullSecrets:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n  \
         {{- with .Values.a.nodeSelector }}\n  nodeSelector:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n  \
         {{- with .Values.a.tolerations }}\n  tolerations:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n  \
         {{- with .Values.a.affinity }}\n  affinity:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n",
    );
}

#[test]
fn what_looks_like_a_template_stands_for_itself() {
    check(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: {p: '{{{ x }}'}}, data: {b: \"{{ .Y }}\\nlifted\\n\\n\"}}",
        "templates/a-configmap.yaml",
        "{}\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    p: \"{{ \"{{\" }}{ x }}\"\ndata:\n  b: |+\n    \
         {{ \"{{\" }} .Y }}\n    lifted\n\n# end\n",
    );
}

#[test]
fn an_option_does_not_trim_the_text_before_it() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b, args: [\"x\\n\\n\"]}]}}";
    let chart = chart(&design(text));
    let template = file(&chart, "templates/a-pod.yaml");
    assert!(!template.contains("{{- with"), "{template}");
    assert!(!file(&chart, "values.yaml").contains("resources"));
}

#[test]
fn a_host_is_one_value_and_numbers_that_helm_would_spoil_stay() {
    check(
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: {}}, spec: {ingressClassName: p, \
         rules: [{host: x.y}, {host: x.y}], tls: [{hosts: [x.y], secretName: s}]}}",
        "templates/a-ingress.yaml",
        "a:\n  ingress:\n    annotations: {}\n    className: p\n    host: x.y\n    tls:\n      secretName: s\n",
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\n  annotations:\n    \
         {{- toYaml .Values.a.ingress.annotations | nindent 4 }}\nspec:\n  \
         ingressClassName: {{ .Values.a.ingress.className | quote }}\n  rules:\n  \
         - host: {{ .Values.a.ingress.host | quote }}\n  - host: {{ .Values.a.ingress.host | quote }}\n  tls:\n  - hosts:\n    \
         - {{ .Values.a.ingress.host | quote }}\n    secretName: {{ .Values.a.ingress.tls.secretName | quote }}\n",
    );
    check(
        "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, \
         spec: {minReplicas: 2, maxReplicas: 1000000}}",
        "templates/a-horizontalpodautoscaler.yaml",
        "a:\n  autoscaling:\n    minReplicas: 2\n",
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: a\nspec:\n  \
         minReplicas: {{ .Values.a.autoscaling.minReplicas }}\n  maxReplicas: 1000000\n",
    );
}

#[test]
fn the_namespace_can_be_that_of_the_release() {
    check(
        "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n---\n\
         {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: shop}, \
         subjects: [{namespace: shop}, {namespace: other}]}",
        "templates/a-rolebinding.yaml",
        "namespaceOverride: shop\ncreateNamespace: true\n",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: a\n  \
         namespace: {{ include \"my-shop.namespace\" . | quote }}\nsubjects:\n\
         - namespace: {{ include \"my-shop.namespace\" . | quote }}\n- namespace: other\n",
    );
}

#[test]
fn objects_that_share_a_name_have_values_of_their_own() {
    let texts = ["apps/v1, kind: Deployment", "v1, kind: Pod", "v1, kind: Pod", "v1, kind: Service"];
    let objects = texts.map(|text| format!("{{apiVersion: {text}, metadata: {{name: global}}, spec: {{containers: [{{image: b}}], replicas: 1, type: x}}}}"));
    let chart = chart(&design(&objects.join("\n---\n")));
    let keys: Vec<&str> =
        file(&chart, "values.yaml").lines().filter(|line| !line.starts_with([' ', '#']) && !line.is_empty()).collect();
    // `global` is Helm's own.
    assert_eq!(keys, ["globalDeployment:", "globalPod:", "globalPod2:", "globalService:"]);
    assert!(chart.files.iter().any(|(path, _)| path == "templates/global-pod-2.yaml"));
}

#[test]
fn definitions_are_no_templates() {
    let text =
        "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: a.b}, spec: {x: '{{'}}";
    let chart = chart(&design(text));
    assert!(file(&chart, "crds/a.b.yaml").contains("x: \"{{\"\n"));
}
