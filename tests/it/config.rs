//! `config`, `version`, `completion` and `man`.

use crate::common::TestEnvironment;

const MESHERY: &str = "contexts:
  local:
    endpoint: http://me:s3cret@localhost:9081
    token: default
    platform: kubernetes
    provider: Meshery
    operator: true
current-context: local
tokens:
  - name: default
    location: auth.json
";

#[test]
fn every_layer_is_told() {
    let test = TestEnvironment::new();
    test.write("config.yaml", "# mine\ndataDir: here # why\n");
    test.write(".mesheryctl.yaml", "kubernetesVersion: 1.30\n");
    insta::assert_snapshot!(test.run(["--config", "config.yaml", "config", "explain", "kubernetesVersion"]), @"
    kubernetesVersion: the version of Kubernetes to judge for
      flag         -  (--kubernetes-version, where a command takes it)
    * project      1.30  ($TEST/work/.mesheryctl.yaml)
      user         -  (config.yaml)
      default      1.37  (the newest version that is built in)
    ");
    insta::assert_snapshot!(test.run(["--config", "config.yaml", "config", "set", "kubernetesVersion", "1.33"]), @"
    --- stderr ---
    note: wrote config.yaml
    ");
    let dirs = test.run(["--config", "config.yaml", "--data-dir", "/x", "config", "explain", "dataDir"]);
    // The default differs by platform.
    let dirs: Vec<&str> = dirs.lines().take(4).collect();
    insta::assert_snapshot!(dirs.join("\n"), @"
    dataDir: the directory of saved designs
    * flag         /x  (--data-dir)
      environment  $TEST/data  (MESHERY_DATA_DIR)
      user         here  (config.yaml)
    ");
    assert_eq!(test.read("config.yaml"), "# mine\ndataDir: here # why\nkubernetesVersion: \"1.33\"\n");
}

#[test]
fn secrets_are_not_shown() {
    let test = TestEnvironment::new();
    test.write("../home/.meshery/config.yaml", MESHERY);
    test.write("../home/.meshery/auth.json", "{\"token\": \"s3cret\"}");
    let view = test.run(["--config", "config.yaml", "config", "view"]);
    assert!(!view.contains("s3cret"), "{view}");
    insta::assert_snapshot!(view, @"
    context = local  (meshery: $TEST/home/.meshery/config.yaml)
    dataDir = $TEST/data  (environment: MESHERY_DATA_DIR)
    kubernetesVersion = 1.37  (default: the newest version that is built in)

    Meshery's contexts:
    * local  http://***@localhost:9081  provider Meshery, platform kubernetes, token `default` present
    ");
    for format in ["json", "yaml"] {
        let view = test.run(["--config", "config.yaml", "config", "view", "-o", format]);
        assert!(view.contains("local") && !view.contains("s3cret"), "{view}");
    }
}

#[test]
fn mistakes_are_told_with_a_remedy() {
    let test = TestEnvironment::new();
    insta::assert_snapshot!(test.run(["config", "set", "kubernetesversion", "1.30"]), @"
    --- stderr ---
    error: there is no configuration key `kubernetesversion`
      hint: did you mean `kubernetesVersion`?
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["--config", "c.yaml", "config", "set", "kubernetesVersion", "new"]), @"
    --- stderr ---
    error: c.yaml: `new` is not a version of Kubernetes, such as 1.37
    [exit status: 2]
    ");
    test.write("c.yaml", "dataDir: /x\nkubernetesVersoin: '1.30'\n");
    insta::assert_snapshot!(test.run(["--config", "c.yaml", "config", "view"]), @"
    --- stderr ---
    error: c.yaml:2:1: unknown field `kubernetesVersoin`, expected `dataDir` or `kubernetesVersion`
      hint: mend the file, or use another one with --config FILE
    [exit status: 2]
    ");
    test.write("c.yaml", "dataDir: [\n");
    insta::assert_snapshot!(test.run(["--config", "c.yaml", "config", "set", "dataDir", "/x"]), @"
    --- stderr ---
    error: c.yaml:1:10: dataDir: invalid type: sequence, expected path string
      hint: mend the file, or use another one with --config FILE
    [exit status: 2]
    ");
    assert_eq!(test.read("c.yaml"), "dataDir: [\n");
}

#[test]
fn version_and_manual_pages() {
    let test = TestEnvironment::new();
    let version = test.run(["version", "-o", "json"]);
    let version: serde_json::Value = serde_json::from_str(&version).expect("JSON");
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert!(version["kubernetesVersions"].as_array().is_some_and(|versions| versions.len() >= 11));
    assert_eq!(test.run(["--quiet", "man", "--dir", "man"]), "");
    assert!(test.read("man/mesheryctl-pattern-validate.1").contains("validate"));
}

#[test]
fn completions_know_keys() {
    let test = TestEnvironment::new().env("MESHERYCTL_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "3");
    assert_eq!(test.run(["--", "mesheryctl", "config", "set", "kub"]), "kubernetesVersion");
}
