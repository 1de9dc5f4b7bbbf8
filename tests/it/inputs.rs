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
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart"]), @"");
    insta::assert_snapshot!(
        pattern(&test, &["validate", "-f", "chart", "--set", "debug=true,replicas=two"]), @"");
    test.write("prod.yaml", "resources: {limits: {cpu: 2x}}\n");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart", "--values", "prod.yaml", "-o", "short"]), @"");
}

#[test]
fn a_finding_in_a_kustomization_stands_in_the_patch() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "kustomize/overlays/prod"]), @"");
    insta::assert_snapshot!(pattern(&test, &["validate", "-R", "-f", "kustomize", "-o", "short"]), @"");
}

#[test]
fn a_compose_project_is_converted_with_an_account() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "compose/compose.yaml"]), @"");
    insta::assert_snapshot!(pattern(&test, &["export", "-f", "compose", "--format", "kubernetes", "-q"]), @"");
}

#[test]
fn what_is_rendered_is_kept_with_its_files() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["import", "-f", "chart", "--namespace", "shop"]), @"");
    insta::assert_snapshot!(pattern(&test, &["export", "web", "--original", "-o", "original/"]), @"");
    insta::assert_snapshot!(test.read("original/chart/values.yaml").lines().count(), @"");
}

#[test]
fn a_mixed_directory_is_said() {
    let test = inputs();
    test.write("plain.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\n");
    insta::assert_snapshot!(pattern(&test, &["export", "-R", "-f", ".", "--format", "kubernetes", "-o", "out/"]), @"");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "."]), @"");
}

#[test]
fn source_types_are_assertions() {
    let test = inputs();
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "kustomize/base", "-s", "Helm Chart"]), @"");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "kustomize/base", "-s", "k8s", "-o", "short"]), @"");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart", "-s", "terraform"]), @"");
}

#[test]
fn what_cannot_be_rendered_is_told_with_its_place() {
    let test = inputs();
    test.write("chart/templates/broken.yaml", "a: 1\nb: {{ .Values.no.such }}\n");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart"]), @"");
    insta::assert_snapshot!(pattern(&test, &["import", "-f", "chart"]), @"");
    test.write("kustomize/base/kustomization.yaml", "resources:\n- web.yaml\n- nothing.yaml\n");
    insta::assert_snapshot!(pattern(&test, &["export", "-f", "kustomize/overlays/prod"]), @"");
    test.write("compose/compose.yaml", "services:\n  web:\n    imagee: nginx\n    image: nginx\n");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "compose"]), @"");
}

/// A repository with two commits, the first tagged `v1`.
fn repository(test: &TestEnvironment) {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]);
        git.env("GIT_AUTHOR_DATE", "2026-11-21T09:00:00Z").env("GIT_COMMITTER_DATE", "2026-11-21T09:00:00Z");
        let done = git.args(arguments).current_dir(test.dir()).output().expect("git runs");
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["tag", "v1"]);
    test.write("kustomize/overlays/prod/replicas.yaml", REPLICAS);
    git(&["commit", "-qam", "two"]);
}

const REPLICAS: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 5\n";

#[test]
fn commits_are_inputs() {
    let test = inputs();
    repository(&test);
    insta::assert_snapshot!(
        pattern(&test, &["diff", ".@v1:kustomize/overlays/prod", "kustomize/overlays/prod"]), @"");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "chart@v1:", "-q"]), @"");
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", ".@v2:chart"]), @"");
    pattern(&test, &["import", "-f", ".@v1:chart", "--name", "web"]);
    let design = pattern(&test, &["export", "web"]);
    let provenance = design.find("provenance").map(|at| &design[at..]).expect("the design says where it is from");
    insta::assert_snapshot!(provenance.lines().take(8).collect::<Vec<_>>().join("\n"), @"");
}

#[test]
fn archives_are_inputs() {
    let test = inputs();
    let packed = Command::new("tar").args(["czf", "web.tgz", "chart"]).current_dir(test.dir()).status();
    assert!(packed.expect("tar runs").success());
    insta::assert_snapshot!(pattern(&test, &["validate", "-f", "web.tgz", "--set", "replicas=two", "-o", "short"]), @"");
}
