//! What `-f` takes: charts, kustomizations, Compose projects, archives, commits.

use std::process::Command;

use crate::common::TestEnvironment;

fn inputs() -> TestEnvironment {
    let test = TestEnvironment::new().env("MESHERY_NOW", "2026-11-21T09:00:00Z");
    for part in ["chart", "kustomize", "compose"] {
        test.fixture(&format!("inputs/{part}"), part);
    }
    test
}

fn pattern(test: &TestEnvironment, arguments: &[&str]) -> String {
    test.run(["pattern"].iter().chain(arguments))
}

#[test]
fn a_finding_in_a_chart_stands_in_its_template() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart"]), @r"
    2 files: 2 found, 2 validated · no findings
    --- stderr ---
    note: chart: rendered as the Helm chart web
    ");
    insta::assert_snapshot!(
        pattern(&test, &["validate", "-f", "chart", "--set", "debug=true,replicas=two"]), @r#"
    chart/templates/deployment.yaml:8:13: error[S101 wrong-type]: expected an integer, found string `two`
      |
    8 |   replicas: {{ .Values.replicas }}
      |             ^^^^^^^^^^^^^^^^^^^^^^
      = in: Deployment/web, spec.replicas
      = help: the value is `.Values.replicas`, set with `--set debug=true,replicas=two`

    chart/templates/deployment.yaml:24:9: error[S102 unknown-field]: unknown field `argz`
       |
    24 |         argz: ["--debug"]
       |         ^^^^
       = in: Deployment/web, spec.template.spec.containers[0].argz
       = help: did you mean `args`?

    2 files: 2 found, 2 validated · 2 errors
    --- stderr ---
    note: chart: rendered as the Helm chart web
    [exit status: 1]
    "#);
    test.write("prod.yaml", "resources: {limits: {cpu: 2x}}\n");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart", "--values", "prod.yaml", "-o", "short"]), @r"
    chart/templates/deployment.yaml:27:11: error[S105 format]: `2x` is not a quantity (Deployment/web)
    2 files: 2 found, 2 validated · 1 error
    --- stderr ---
    note: chart: rendered as the Helm chart web
    [exit status: 1]
    ");
}

#[test]
fn a_finding_in_a_kustomization_stands_in_the_patch() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "kustomize/overlays/prod"]), @r#"
    kustomize/overlays/prod/replicas.yaml:6:13: error[S101 wrong-type]: expected an integer, found string `3`
      |
    6 |   replicas: "3"
      |             ^^^
      = in: Deployment/web in prod, spec.replicas
      = help: remove the quotes

    1 file: 2 found, 2 validated · 1 error
    --- stderr ---
    note: kustomize/overlays/prod: rendered as a kustomization
    [exit status: 1]
    "#);
    insta::assert_snapshot!(pattern(&test, &["validate", "-R", "-f", "kustomize", "-o", "short"]), @r"
    kustomize/overlays/prod/replicas.yaml:6:13: error[S101 wrong-type]: expected an integer, found string `3` (Deployment/web in prod)
    1 file: 2 found, 2 validated · 1 error
    --- stderr ---
    note: 1 kustomization built as part of those that name them
    note: kustomize/overlays/prod: rendered as a kustomization
    [exit status: 1]
    ");
}

#[test]
fn a_compose_project_is_converted_with_an_account() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "compose/compose.yaml"]), @r"
    1 file: 6 found, 6 validated · no findings
    --- stderr ---
    note: compose/compose.yaml: rendered as the Compose project shop
    note: compose/compose.yaml:8:5: services.web.logging: dropped (a cluster collects what containers print)
    note: compose/compose.yaml:7:18: services.web.depends_on.db: approximated → Deployment/web metadata.annotations[meshery.io/depends-on] (said, not enforced: all start at once, and what fails is restarted)
    note: compose/compose.yaml:15:9: services.db.volumes[0]: approximated → Deployment/db spec.template.spec.volumes[0] (it begins empty: what the image has there is not copied)
    note: compose/compose.yaml:17:3: volumes.data: approximated → PersistentVolumeClaim/data (1Gi)
    note: compose/compose.yaml: 5 converted, 3 approximated, 1 dropped
    ");
    insta::assert_snapshot!(pattern(&test, &["export", "-f", "compose", "--format", "kubernetes", "-q"]), @r#"
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app.kubernetes.io/name: web
        app.kubernetes.io/part-of: shop
    spec:
      selector:
        app.kubernetes.io/name: web
        app.kubernetes.io/part-of: shop
      ports:
      - name: tcp-80
        port: 80
        targetPort: 80
        protocol: TCP
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web-published
      labels:
        app.kubernetes.io/name: web
        app.kubernetes.io/part-of: shop
    spec:
      type: LoadBalancer
      selector:
        app.kubernetes.io/name: web
        app.kubernetes.io/part-of: shop
      ports:
      - name: tcp-8080
        port: 8080
        targetPort: 80
        protocol: TCP
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      labels:
        app.kubernetes.io/name: web
        app.kubernetes.io/part-of: shop
      annotations:
        meshery.io/depends-on: db:service_started
        meshery.io/wave: "1"
    spec:
      selector:
        matchLabels:
          app.kubernetes.io/name: web
          app.kubernetes.io/part-of: shop
      template:
        metadata:
          labels:
            app.kubernetes.io/name: web
            app.kubernetes.io/part-of: shop
        spec:
          containers:
          - name: web
            image: nginx:1.29
            ports:
            - name: tcp-80
              containerPort: 80
              protocol: TCP
          automountServiceAccountToken: false
          enableServiceLinks: false
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      labels:
        app.kubernetes.io/name: db
        app.kubernetes.io/part-of: shop
    spec:
      clusterIP: None
      selector:
        app.kubernetes.io/name: db
        app.kubernetes.io/part-of: shop
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: db
      labels:
        app.kubernetes.io/name: db
        app.kubernetes.io/part-of: shop
      annotations:
        meshery.io/wave: "0"
    spec:
      selector:
        matchLabels:
          app.kubernetes.io/name: db
          app.kubernetes.io/part-of: shop
      strategy:
        type: Recreate
      template:
        metadata:
          labels:
            app.kubernetes.io/name: db
            app.kubernetes.io/part-of: shop
        spec:
          containers:
          - name: db
            image: postgres:17
            env:
            - name: POSTGRES_PASSWORD
              value: example
            volumeMounts:
            - name: data
              mountPath: /var/lib/postgresql/data
          volumes:
          - name: data
            persistentVolumeClaim:
              claimName: data
          automountServiceAccountToken: false
          enableServiceLinks: false
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      labels:
        app.kubernetes.io/part-of: shop
    spec:
      accessModes:
      - ReadWriteOnce
      resources:
        requests:
          storage: 1Gi
    "#);
}

#[test]
fn what_is_rendered_is_kept_with_its_files() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["import", "-f", "chart", "--namespace", "shop"]), @r"
    b1e1b8af-e094-5ed6-92f9-4b39b144ceb6 web@1 (created)
    found 2 objects: 2 components, 0 skipped
    --- stderr ---
    note: chart: rendered as the Helm chart web
    ");
    insta::assert_snapshot!(pattern(&test, &["export", "web", "--original", "-o", "original/"]), @r"
    --- stderr ---
    note: 5 files written to original/
    ");
    insta::assert_snapshot!(test.read("original/chart/values.yaml").lines().count(), @"11");
}

#[test]
fn a_mixed_directory_is_said() {
    let test = inputs();
    test.write("plain.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\n");
    insta::assert_snapshot!(pattern(&test, &["export", "-R", "-f", ".", "--format", "kubernetes", "-o", "out/"]), @r"
    --- stderr ---
    note: 1 kustomization built as part of those that name them
    note: ./chart: rendered as the Helm chart web
    note: ./compose/compose.yaml: rendered as the Compose project shop
    note: ./compose/compose.yaml:8:5: services.web.logging: dropped (a cluster collects what containers print)
    note: ./compose/compose.yaml:7:18: services.web.depends_on.db: approximated → Deployment/web metadata.annotations[meshery.io/depends-on] (said, not enforced: all start at once, and what fails is restarted)
    note: ./compose/compose.yaml:15:9: services.db.volumes[0]: approximated → Deployment/db spec.template.spec.volumes[0] (it begins empty: what the image has there is not copied)
    note: ./compose/compose.yaml:17:3: volumes.data: approximated → PersistentVolumeClaim/data (1Gi)
    note: ./compose/compose.yaml: 5 converted, 3 approximated, 1 dropped
    note: ./kustomize/overlays/prod: rendered as a kustomization
    note: 11 files written to out/
    ");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "."]), @r"
    1 file: 1 found, 1 validated · no findings
    --- stderr ---
    note: 4 directories below not read; -R reads them too
    ");
}

#[test]
fn source_types_are_assertions() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "kustomize/base", "-s", "Helm Chart"]), @r"
    --- stderr ---
    error: there is no Chart.yaml in kustomize/base, so it is no source of the type Helm Chart
      hint: leave out `--source-type`, and it is found out what it is
    [exit status: 2]
    ");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "kustomize/base", "-s", "k8s", "-o", "short"]), @"2 files: 2 found, 1 validated, 1 skipped (1 not a Kubernetes object) · no findings");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart", "-s", "terraform"]), @r"
    --- stderr ---
    error: invalid value 'terraform' for '--source-type <TYPE>': `terraform` is no type of source: there are `design`, `kubernetes`, `helm`, `kustomize`, `compose`

    For more information, try '--help'.
    [exit status: 2]
    ");
}

#[test]
fn what_cannot_be_rendered_is_told_with_its_place() {
    let test = inputs();
    test.write("chart/templates/broken.yaml", "a: 1\nb: {{ .Values.no.such }}\n");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart"]), @r"
    chart/templates/broken.yaml:2:7: error[Y107 not-rendered]: cannot render the chart: nil pointer evaluating interface {}.such
      |
    2 | b: {{ .Values.no.such }}
      |       ^^^^^^^^^^^^^^^

    1 file: 1 found, 0 validated, 1 skipped (1 unreadable) · 1 error
    [exit status: 1]
    ");
    insta::assert_snapshot!(pattern(&test, &["import", "-f", "chart"]), @r"
    --- stderr ---
    error: chart/templates/broken.yaml:2:7: cannot render the chart: nil pointer evaluating interface {}.such
    [exit status: 2]
    ");
    test.write("kustomize/base/kustomization.yaml", "resources:\n- web.yaml\n- nothing.yaml\n");
    insta::assert_snapshot!(pattern(&test, &["export", "-f", "kustomize/overlays/prod"]), @r"
    --- stderr ---
    error: kustomize/base/kustomization.yaml:3:3: `nothing.yaml`: there is no `kustomize/base/nothing.yaml`
    [exit status: 2]
    ");
    test.write("compose/compose.yaml", "services:\n  web:\n    imagee: nginx\n    image: nginx\n");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "compose"]), @r"
    compose/compose.yaml:3:5: error[Y107 not-rendered]: `services.web` has no key `imagee`; did you mean `image`?
      |
    3 |     imagee: nginx
      |     ^^^^^^

    1 file: 1 found, 0 validated, 1 skipped (1 unreadable) · 1 error
    [exit status: 1]
    ");
}

/// A repository with two commits, the first tagged `v1`.
fn repository(test: &TestEnvironment) {
    test.commit("one");
    test.git(&["tag", "v1"]);
    test.write("kustomize/overlays/prod/replicas.yaml", REPLICAS);
    test.commit("two");
}

const REPLICAS: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 5\n";

#[test]
fn commits_are_inputs() {
    let test = inputs();
    repository(&test);
    insta::assert_snapshot!(
        pattern(&test, &["diff", ".@v1:kustomize/overlays/prod", "kustomize/overlays/prod"]), @r#"
    ~ apps/Deployment prod/web   kustomize/base/web.yaml:1
      ~ spec.replicas: "3" → 5

    0 added, 0 removed, 1 modified, 1 unchanged
    --- stderr ---
    note: .@v1:kustomize/overlays/prod: rendered as a kustomization
    note: kustomize/overlays/prod: rendered as a kustomization
    [exit status: 1]
    "#);
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart@v1:", "-q"]), @"2 files: 2 found, 2 validated · no findings");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", ".@v2:chart"]), @r#"
    --- stderr ---
    error: `v2` is no revision of the git repository `.`: couldn't parse revision, input="v2": Reference "v2" could not be found: NotFound
      hint: name a branch, a tag or a full commit hash
    [exit status: 2]
    "#);
    pattern(&test, &["import", "-f", ".@v1:chart", "--name", "web"]);
    let design = pattern(&test, &["export", "web"]);
    let provenance = design.find("provenance").map(|at| &design[at..]).expect("the design says where it is from");
    insta::assert_snapshot!(provenance.lines().take(8).collect::<Vec<_>>().join("\n"), @r#"
    provenance:
      - from: git
        repository: "."
        revision: v1
        commit: 39e503eeef95b9319ab93085a347e7c7e23572b4
        date: "2026-11-21T09:00:00+00:00"
        path: chart
    components:
    "#);
}

#[test]
fn standard_input_is_what_it_says() {
    let test = inputs();
    let said = |input: &[u8]| test.run_with_input(["pattern", "validate", "-f", "-"], input);
    let compose = "services:\n  web:\n    image: nginx\n    env_file: compose/web.env\n";
    test.write("compose/web.env", "COLOR=blue\n");
    insta::assert_snapshot!(said(compose.as_bytes()), @r"
    1 file: 1 found, 1 validated · no findings
    --- stderr ---
    note: -: rendered as the Compose project work
    note: -:4:15: services.web.env_file[0]: approximated → Deployment/web spec.template.spec.containers[0].env (its variables as they are now, each with its value)
    note: -: 2 converted, 1 approximated, 0 dropped
    ");
    insta::assert_snapshot!(said(b"services:\n  web:\n    image: nginx\n    prots: []\n"), @r"
    -:4:5: error[Y107 not-rendered]: `services.web` has no key `prots`; did you mean `ports`?
      |
    4 |     prots: []
      |     ^^^^^

    1 file: 1 found, 0 validated, 1 skipped (1 unreadable) · 1 error
    [exit status: 1]
    ");
    let packed = Command::new("tar").args(["czf", "-", "chart"]).current_dir(test.dir()).output().expect("tar runs");
    insta::assert_snapshot!(said(&packed.stdout), @r"
    2 files: 2 found, 2 validated · no findings
    --- stderr ---
    note: -/chart: rendered as the Helm chart web
    ");
    insta::assert_snapshot!(said(b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"), @"1 file: 1 found, 1 validated · no findings");
}

#[test]
fn what_renders_nothing_is_said() {
    let test = inputs();
    for template in ["deployment", "service"] {
        test.write(&format!("chart/templates/{template}.yaml"), "{{ if .Values.debug }}kind: A{{ end }}\n");
    }
    let said = pattern(&test, &["validate", "-f", "chart", "-q"]);
    insta::assert_snapshot!(said, @r"
    --- stderr ---
    error: chart renders no objects
      hint: other values may: `--values FILE`, `--set KEY=VALUE`, `--profile PROFILE`
    [exit status: 2]
    ");
    assert_eq!(pattern(&test, &["import", "-f", "chart", "-q"]), said);
}

#[test]
fn archives_are_inputs() {
    let test = inputs();
    let packed = Command::new("tar").args(["czf", "web.tgz", "chart"]).current_dir(test.dir()).status();
    assert!(packed.expect("tar runs").success());
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "web.tgz", "--set", "replicas=two", "-o", "short"]), @r"
    web.tgz/chart/templates/deployment.yaml:8:13: error[S101 wrong-type]: expected an integer, found string `two` (Deployment/web)
    2 files: 2 found, 2 validated · 1 error
    --- stderr ---
    note: web.tgz/chart: rendered as the Helm chart web
    [exit status: 1]
    ");
}
