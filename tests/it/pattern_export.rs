//! `mesheryctl pattern export` into formats of several files, and what it refuses.

use crate::common::TestEnvironment;

fn shop() -> TestEnvironment {
    let test = TestEnvironment::new().env("MESHERY_NOW", "2026-11-21T09:00:00Z");
    test.fixture("shop/right", "shop");
    test
}

fn export(test: &TestEnvironment, arguments: &[&str]) -> String {
    test.run(["pattern", "export"].iter().chain(arguments))
}

#[test]
fn a_chart_wants_a_directory_of_its_own() {
    let test = shop();
    let helm = ["-f", "shop", "--format", "helm"];
    insta::assert_snapshot!(export(&test, &helm), @r"
    --- stderr ---
    error: a chart is several files
      hint: `-o DIR` writes them below a directory, `-o NAME.tgz` packs them
    [exit status: 2]
    ");
    let to = |path| [&helm[..], &["-o", path]].concat();
    insta::assert_snapshot!(export(&test, &to("chart")), @r"
    --- stderr ---
    note: 10 files written to chart
    ");
    test.write("chart/templates/own.yaml", "# own\n");
    insta::assert_snapshot!(export(&test, &to("chart")), @r"
    --- stderr ---
    error: chart is not empty
      hint: choose another directory, or write into this one with `--force`
    [exit status: 2]
    ");
    let mut forced = to("chart");
    forced.push("--force");
    insta::assert_snapshot!(export(&test, &forced), @r"
    --- stderr ---
    note: 10 files written to chart
    ");
    assert_eq!(test.read("chart/templates/own.yaml"), "# own\n");
    insta::assert_snapshot!(export(&test, &to("shop/web.yaml")), @r"
    --- stderr ---
    error: cannot write to shop/web.yaml: a part of the path is a file, not a directory
    [exit status: 2]
    ");
    // Packed, it is the same bytes each time.
    assert_eq!(export(&test, &to("one.tgz")) + &export(&test, &to("two.tgz")), "");
    let bytes = |name: &str| std::fs::read(test.dir().join(name)).expect("a file");
    assert_eq!(bytes("one.tgz"), bytes("two.tgz"));
}

#[test]
fn environments_are_names_or_designs() {
    let test = shop();
    let kustomize = |environments: &str, to: &str| {
        export(&test, &["-f", "shop", "--format", "kustomize", "--environment", environments, "-o", to])
    };
    test.write("prod/web.yaml", test.read("shop/web.yaml").replace("replicas: 3", "replicas: 5"));
    insta::assert_snapshot!(kustomize("dev,prod=prod", "out"), @r"
    --- stderr ---
    note: 11 files written to out
    ");
    insta::assert_snapshot!(test.read("out/overlays/prod/kustomization.yaml"), @r"
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources:
    - ../../base
    patches:
    - path: patch-CronJob-report.yaml
    - path: patch-ConfigMap-web-settings.yaml
    - path: patch-Deployment-web.yaml
    ");
    insta::assert_snapshot!(kustomize("a/b", "other"), @r"
    --- stderr ---
    error: `a/b` cannot be the name of an environment
      hint: use letters, digits and dashes: it becomes the name of a directory
    [exit status: 2]
    ");
    insta::assert_snapshot!(kustomize("prod=nothing", "other"), @r"
    --- stderr ---
    error: there is no file `nothing`, and no saved design is called `nothing`
      hint: `mesheryctl pattern list` shows what is saved
    [exit status: 2]
    ");
    assert!(!test.dir().join("other").exists());
}

#[test]
fn the_repository_is_that_of_the_files() {
    let test = shop();
    let flux = ["-f", "shop", "--format", "flux"];
    insta::assert_snapshot!(export(&test, &flux), @r"
    --- stderr ---
    error: it is not known which repository the manifests lie in
      hint: `--repo URL` says it
    [exit status: 2]
    ");
    test.write(".git/HEAD", "ref: refs/heads/main\n");
    test.write(".git/config", "[remote \"origin\"]\n\turl = https://ada:secret@example.com/ada/shop.git\n");
    insta::assert_snapshot!(export(&test, &flux), @r"
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata:
      name: shop
      namespace: flux-system
    spec:
      interval: 5m
      url: https://example.com/ada/shop.git
      ref:
        branch: main
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: shop
      namespace: flux-system
    spec:
      interval: 10m
      path: ./shop
      prune: true
      wait: true
      timeout: 5m
      sourceRef:
        kind: GitRepository
        name: shop
    ");
    insta::assert_snapshot!(export(&test, &["-f", "shop", "--format", "argocd", "--path", "../x"]), @r"
    --- stderr ---
    error: `../x` is not a path in the repository
      hint: write it from the root of the repository on, without `..`
    [exit status: 2]
    ");
}

#[test]
fn flags_that_say_nothing_about_the_format_are_refused() {
    let test = shop();
    insta::assert_snapshot!(export(&test, &["-f", "shop", "--format", "helm", "--repo", "x", "-o", "out"]), @r"
    --- stderr ---
    error: `--repo`, `--revision` and `--path` is for `--format argocd` and `--format flux` only
    [exit status: 2]
    ");
    insta::assert_snapshot!(export(&test, &["-f", "shop", "--environment", "dev"]), @r"
    --- stderr ---
    error: `--environment` is for `--format kustomize` only
    [exit status: 2]
    ");
    insta::assert_snapshot!(export(&test, &["-f", "shop", "--format", "oci", "--output-format", "json"]), @r"
    --- stderr ---
    error: `--output-format` is for `--format design` and `--format kubernetes` only
    [exit status: 2]
    ");
}

#[test]
fn designs_and_manifests_are_yaml_or_json() {
    let test = shop();
    assert_eq!(export(&test, &["-f", "shop", "-o", "shop.json"]), "");
    assert!(test.read("shop.json").starts_with("{\n  \"id\": "));
    let list = export(&test, &["-f", "shop", "--format", "kubernetes", "--output-format", "json"]);
    assert!(list.starts_with("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n"), "{list}");
    let again = export(&test, &["-f", "shop.json", "--format", "kubernetes"]);
    assert_eq!(again, export(&test, &["-f", "shop", "--format", "kubernetes"]));
}

#[test]
fn an_artifact_is_the_same_bytes_each_time() {
    let test = shop();
    for name in ["one.tar", "two.tar"] {
        assert_eq!(export(&test, &["-f", "shop", "--format", "oci", "-o", name]), "");
    }
    let bytes = |name: &str| std::fs::read(test.dir().join(name)).expect("a file");
    assert_eq!(bytes("one.tar"), bytes("two.tar"));
}
