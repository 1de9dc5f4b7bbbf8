//! What the API server does not tell apart is no difference.

use super::*;

const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment";
const SERVICE: &str = "apiVersion: v1\nkind: Service";
const POD: &str = "apiVersion: v1\nkind: Pod";

fn containers(from: &str) -> String {
    format!("{{containers: [{from}]}}")
}

#[test]
fn defaults_equal_nothing() {
    check_spec(
        DEPLOYMENT,
        "{template: {spec: {containers: [{name: web, image: nginx}]}}}",
        "{replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, minReadySeconds: 0, paused: false,
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}},
          template: {metadata: {creationTimestamp: null, labels: {}}, spec: {
            restartPolicy: Always, dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30, schedulerName: default-scheduler,
            securityContext: {}, hostNetwork: false, serviceAccountName: default, serviceAccount: default,
            containers: [{name: web, image: nginx, imagePullPolicy: Always, terminationMessagePath: /dev/termination-log,
              terminationMessagePolicy: File, resources: {}, env: [], ports: []}]}}}",
        "",
    );
    check_spec(
        SERVICE,
        "{ports: [{port: 80}]}",
        "{type: ClusterIP, sessionAffinity: None, internalTrafficPolicy: Cluster, ports: [{port: 80, protocol: TCP, targetPort: 80}]}",
        "",
    );
    check_spec(
        SERVICE,
        "{type: LoadBalancer, ports: [{port: 80}]}",
        "{type: LoadBalancer, externalTrafficPolicy: Cluster, allocateLoadBalancerNodePorts: true, ports: [{port: 80, nodePort: 0}]}",
        "",
    );
    check_spec(
        "apiVersion: batch/v1\nkind: Job",
        "{template: {spec: {restartPolicy: Never}}}",
        "{completions: 1, parallelism: 1, backoffLimit: 6, completionMode: NonIndexed, suspend: false, template: {spec: {restartPolicy: Never}}}",
        "",
    );
    check_spec(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy",
        "{egress: [{}]}",
        "{policyTypes: [Ingress, Egress], egress: [{}]}",
        "",
    );
    check_spec(
        POD,
        &containers("{name: a, livenessProbe: {httpGet: {port: 80}}}"),
        &containers(
            "{name: a, livenessProbe: {timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3, initialDelaySeconds: 0, httpGet: {port: 80, path: /, scheme: HTTP}}}",
        ),
        "",
    );
}

#[test]
fn what_is_no_default_is_a_difference() {
    check_spec(DEPLOYMENT, "{}", "{replicas: 0}", "  spec.replicas: - → 0");
    check_spec(DEPLOYMENT, "{}", "{strategy: {type: Recreate}}", "  spec.strategy.type: - → \"Recreate\"");
    check_spec(
        POD,
        &containers("{name: a, image: 'a:1'}"),
        &containers("{name: a, image: 'a:1', imagePullPolicy: Always}"),
        "  spec.containers[a].imagePullPolicy: - → \"Always\"",
    );
    check_spec(
        SERVICE,
        "{ports: [{port: 80}]}",
        "{ports: [{port: 80, targetPort: 8080}]}",
        "  spec.ports[80/TCP].targetPort: - → 8080",
    );
    check_spec(POD, "{}", "{automountServiceAccountToken: false}", "  spec.automountServiceAccountToken: - → false");
    check_spec(
        POD,
        "{volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]}",
        "{volumes: [{name: a}, {name: b, hostPath: {path: /}}]}",
        "  spec.volumes[b].emptyDir: {} → -\n  spec.volumes[b].hostPath: - → {\"path\":\"/\"}",
    );
    check_spec(
        "apiVersion: v1\nkind: PersistentVolumeClaim",
        "{}",
        "{storageClassName: ''}",
        "  spec.storageClassName: - → \"\"",
    );
}

#[test]
fn defaults_can_be_shown() {
    let options = Options { ignore_defaults: false, ..Options::default() };
    let (from, to) = (
        components("{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {}}"),
        components("{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {replicas: 1, paused: false}}"),
    );
    let shown = between(&from, &to, &KUBERNETES, &options);
    assert_eq!(lines(&shown), "~ Deployment /x\n  spec.replicas: - → 1\n  spec.paused: - → false\n");
    let hidden = between(&from, &to, &KUBERNETES, &Options::default());
    assert_eq!((hidden.is_empty(), hidden.defaulted), (true, 2));
}

#[test]
fn a_default_stands_beside_the_value_that_replaces_it() {
    let report = diff(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {}}",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {replicas: 3}}",
    );
    assert_eq!(json(&report.components[0].fields[0].default), "1");
}

#[test]
fn quantities_are_values_and_ports_are_not() {
    let with = |limits: &str, port: &str| {
        containers(&format!(
            "{{name: a, resources: {{limits: {{{limits}}}}}, readinessProbe: {{httpGet: {{port: {port}}}}}}}"
        ))
    };
    check_spec(POD, &with("cpu: 1, memory: 1Gi", "80"), &with("cpu: 1000m, memory: 1024Mi", "80"), "");
    check_spec(POD, &with("cpu: 0.5", "80"), &with("cpu: 500m", "80"), "");
    check_spec(POD, &with("cpu: 1", "80"), &with("cpu: 2", "80"), "  spec.containers[a].resources.limits.cpu: 1 → 2");
    check_spec(
        POD,
        &with("cpu: 1", "80"),
        &with("cpu: 1", "'80'"),
        "  spec.containers[a].readinessProbe.httpGet.port: 80 → \"80\"",
    );
    check(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: 1000m}}",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: '1'}}",
        "~ ConfigMap /x\n  data.a: \"1000m\" → \"1\"",
    );
}

#[test]
fn lists_are_matched_by_their_keys() {
    check_spec(
        POD,
        &containers("{name: a, image: x}, {name: b, image: v1}"),
        &containers("{name: b, image: z}, {name: a, image: x}"),
        "  spec.containers[b].image: \"v1\" → \"z\"",
    );
    check_spec(
        POD,
        &containers("{name: a, env: [{name: X, value: '1'}, {name: Y, value: '2'}]}"),
        &containers("{name: a, env: [{name: Y, value: '2'}, {name: Z, value: '3'}, {name: X, value: '1'}]}"),
        "  spec.containers[a].env[Z]: - → {\"name\":\"Z\",\"value\":\"3\"}",
    );
    check_spec(
        SERVICE,
        "{ports: [{port: 80}, {port: 53, protocol: UDP}]}",
        "{ports: [{port: 53, protocol: UDP, name: dns}, {port: 80}]}",
        "  spec.ports[53/UDP].name: - → \"dns\"",
    );
    check(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, finalizers: [a/b, c/d]}}",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, finalizers: [c/d, a/b, e/f]}}",
        "~ ConfigMap /x\n  metadata.finalizers[e/f]: - → \"e/f\"",
    );
}

#[test]
fn order_counts_where_the_server_acts_on_it() {
    check_spec(
        POD,
        &containers("{name: a, args: [a, b]}"),
        &containers("{name: a, args: [b, a]}"),
        "  spec.containers[a].args[0]: - → \"b\"\n  spec.containers[a].args[1]: \"b\" → -",
    );
    check_spec(
        POD,
        "{initContainers: [{name: a}, {name: b}]}",
        "{initContainers: [{name: b}, {name: a}]}",
        "  spec.initContainers: [\"a\",\"b\"] → [\"b\",\"a\"] [1, 0]",
    );
    check_spec(
        POD,
        &containers("{name: a, env: [{name: A, value: x}, {name: B, value: $(A)}]}"),
        &containers("{name: a, env: [{name: B, value: $(A)}, {name: A, value: x}]}"),
        "  spec.containers[a].env: [\"A\",\"B\"] → [\"B\",\"A\"] [1, 0]",
    );
}

#[test]
fn metadata_is_known_whatever_the_kind() {
    check(
        "{apiVersion: example.com/v1, kind: Thing, metadata: {name: x, labels: {}, finalizers: [a/b, c/d]}}",
        "{apiVersion: example.com/v1, kind: Thing, metadata: {name: x, finalizers: [c/d, a/b]}}",
        "",
    );
}

#[test]
fn cluster_wide_objects_have_no_namespace() {
    let report = diff(
        "{apiVersion: v1, kind: Namespace, metadata: {name: x}}",
        "{apiVersion: v1, kind: Namespace, metadata: {name: x, namespace: shop}}",
    );
    assert_eq!(report.count(ChangeKind::Modified), 1);
}
