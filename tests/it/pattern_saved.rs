//! `mesheryctl pattern import|list|view|history|tag|rollback|rename|export|delete`.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::common::TestEnvironment;

fn shop() -> TestEnvironment {
    let test = TestEnvironment::new().env("MESHERY_NOW", "2026-11-21T09:00:00Z");
    test.fixture("store/shop", "shop");
    test
}

fn saved(test: &TestEnvironment, arguments: &[&str]) -> String {
    test.run(["pattern"].iter().chain(arguments))
}

fn config_map(test: &TestEnvironment, path: &str, value: &str) {
    let text = format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  key: {value}\n");
    test.write(path, text);
}

/// Saves `app` twice: version 1 holds `one`, version 2 `two`.
fn two_versions() -> TestEnvironment {
    let test = shop();
    config_map(&test, "app.yaml", "one");
    assert!(saved(&test, &["import", "-f", "app.yaml"]).contains("app@1 (created)"));
    config_map(&test, "app.yaml", "two");
    assert!(saved(&test, &["import", "-f", "app.yaml", "-m", "two, not one"]).contains("app@2 (saved)"));
    test
}

#[test]
fn import_counts_everything_and_keeps_what_it_does_not_know() {
    let test = shop();
    insta::assert_snapshot!(saved(&test, &["import", "-f", "shop"]), @r"
    e0efc640-73b8-5027-8c33-c4a5a68b2a11 shop@1 (created)
    found 5 objects: 3 components, 2 skipped
    --- stderr ---
    warning: shop/values.yaml:2:1: skipped: it is neither a Kubernetes object (it has no `apiVersion` and no `kind`) nor a Meshery design
    ");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "shop"]), @r"
    e0efc640-73b8-5027-8c33-c4a5a68b2a11 shop@1 (unchanged)
    found 5 objects: 3 components, 2 skipped
    --- stderr ---
    warning: shop/values.yaml:2:1: skipped: it is neither a Kubernetes object (it has no `apiVersion` and no `kind`) nor a Meshery design
    ");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "shop", "-o", "json", "--name", "copy", "-q"]), @r#"
    {
      "id": "75b99610-2efa-5932-b382-b8e33a42de2d",
      "name": "copy",
      "version": 1,
      "result": "created",
      "found": 5,
      "components": 3,
      "skipped": [
        {
          "at": "shop/values.yaml:2:1",
          "reason": "it is neither a Kubernetes object (it has no `apiVersion` and no `kind`) nor a Meshery design"
        },
        {
          "at": "shop/web.yaml:17:4",
          "reason": "it is empty"
        }
      ]
    }
    --- stderr ---
    warning: shop/values.yaml:2:1: skipped: it is neither a Kubernetes object (it has no `apiVersion` and no `kind`) nor a Meshery design
    "#);
    insta::assert_snapshot!(saved(&test, &["import", "-f", "shop", "--new", "-q"]), @r"
    --- stderr ---
    warning: shop/values.yaml:2:1: skipped: it is neither a Kubernetes object (it has no `apiVersion` and no `kind`) nor a Meshery design
    error: a design called `shop` is already saved
      hint: choose another name; the design's id is e0efc640
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["list"]), @r"
    ID        NAME  VERSION  COMPONENTS  UPDATED
    75b99610  copy  1        3           2026-11-21 09:00:00Z
    e0efc640  shop  1        3           2026-11-21 09:00:00Z
    ");
    insta::assert_snapshot!(saved(&test, &["export", "shop@1", "--format", "kubernetes"]), @r"
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
          - name: web
            image: shop/web:1.4.2
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
      - port: 80
    ---
    apiVersion: example.com/v1alpha1
    kind: Widget
    metadata:
      name: banner
    colour: green
    ");
}

#[test]
fn standard_input_needs_a_name() {
    let test = shop();
    let manifest = test.read("shop/widget.yaml");
    let import = |more: &[&str]| {
        let arguments = ["pattern", "import", "-f", "-"];
        test.run_with_input(arguments.iter().chain(more), manifest.as_bytes())
    };
    insta::assert_snapshot!(import(&[]), @r"
    --- stderr ---
    error: what was given has no name of its own
      hint: `--name NAME` gives it one
    [exit status: 2]
    ");
    insta::assert_snapshot!(import(&["--name", "banner", "-o", "name"]), @"banner");
}

#[test]
fn every_save_is_a_version_and_going_back_is_one_too() {
    let test = two_versions();
    insta::assert_snapshot!(saved(&test, &["tag", "app@1", "v1.0.0"]), @"v1.0.0 stands at app@1");
    insta::assert_snapshot!(saved(&test, &["tag", "app", "v1.0.0"]), @r"
    --- stderr ---
    error: tag v1.0.0 of design `app` already stands at version 1
      hint: `--force` moves it
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["tag", "app", "v1"]), @r"
    --- stderr ---
    error: invalid value 'v1' for '[TAG]': a tag is a semantic version such as v1.2.0 (unexpected end of input while parsing major version number)

    For more information, try '--help'.
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["rollback", "app@v1.0.0"]), @"app@3 holds what app@v1.0.0 held");
    insta::assert_snapshot!(saved(&test, &["rollback", "app@1"]), @"app@3 already holds that (unchanged)");
    insta::assert_snapshot!(saved(&test, &["rollback", "app"]), @r"
    --- stderr ---
    error: `app` does not say which version to go back to
      hint: write `app@NUMBER` or `app@TAG`; `mesheryctl pattern history` lists them
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["tag", "app", "v1.0.0", "--force"]), @"v1.0.0 stands at app@3 (moved from version 1)");
    insta::assert_snapshot!(saved(&test, &["rename", "app", "settings"]), @"app is settings@4 now (bad7e1d7-d26d-5f8f-9530-22174869af72)");
    insta::assert_snapshot!(saved(&test, &["history", "settings"]), @r"
    VERSION  TAGS    COMPONENTS  SAVED                 MESSAGE
    4                1           2026-11-21 09:00:00Z  renamed from app
    3        v1.0.0  1           2026-11-21 09:00:00Z  rolled back to v1.0.0 (version 1)
    2                1           2026-11-21 09:00:00Z  two, not one
    1                1           2026-11-21 09:00:00Z  imported app.yaml
    ");
    insta::assert_snapshot!(saved(&test, &["history", "settings", "--changes"]), @r"
    TIME                  CHANGE       VERSION  DETAIL
    2026-11-21 09:00:00Z  renamed      4        renamed from app
    2026-11-21 09:00:00Z  tag-moved    3        v1.0.0 from version 1
    2026-11-21 09:00:00Z  rolled-back  3        rolled back to v1.0.0 (version 1)
    2026-11-21 09:00:00Z  tagged       1        v1.0.0
    2026-11-21 09:00:00Z  saved        2        two, not one
    2026-11-21 09:00:00Z  created      1        imported app.yaml
    ");
    insta::assert_snapshot!(saved(&test, &["tag", "settings"]), @"v1.0.0 settings@3");
    insta::assert_snapshot!(saved(&test, &["tag", "settings", "v1.0.0", "--delete"]), @"v1.0.0 no longer stands at settings@3");
    // The same manifest under the new name is nothing new.
    config_map(&test, "app.yaml", "one");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "app.yaml", "--name", "settings"]), @r"
    bad7e1d7-d26d-5f8f-9530-22174869af72 settings@4 (unchanged)
    found 1 object: 1 component, 0 skipped
    ");
}

#[test]
fn a_version_is_viewed_and_exported_as_it_was() {
    let test = two_versions();
    let first = saved(&test, &["view", "app@1"]);
    assert!(first.starts_with("id: bad7e1d7-d26d-5f8f-9530-22174869af72\nname: app\n"), "{first}");
    assert!(first.contains("key: one\n"), "{first}");
    assert_eq!(first, saved(&test, &["export", "app@1"]));
    assert!(saved(&test, &["view", "app", "-o", "json"]).contains("\"key\": \"two\""));
    assert_eq!(saved(&test, &["export", "app", "--original"]), test.read("app.yaml"));
    insta::assert_snapshot!(saved(&test, &["export", "app", "--format", "kubernetes", "-o", "k8s/"]), @r"
    --- stderr ---
    note: 1 file written to k8s/
    ");
    assert_eq!(test.read("k8s/ConfigMap-settings.yaml"), test.read("app.yaml"));
    insta::assert_snapshot!(saved(&test, &["export", "-f", "shop", "-q", "--format", "kubernetes", "-o", "all.yaml"]), @r"
    --- stderr ---
    warning: shop/values.yaml:2:1: skipped: it is neither a Kubernetes object (it has no `apiVersion` and no `kind`) nor a Meshery design
    ");
    assert!(test.read("all.yaml").contains("kind: Widget"));
    // Converting saves nothing.
    insta::assert_snapshot!(saved(&test, &["list", "-o", "name"]), @"app");
    // A design is exported, read again, and is the same.
    insta::assert_snapshot!(saved(&test, &["export", "app", "-o", "app.design.yaml"]), @"");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "app.design.yaml"]), @r"
    bad7e1d7-d26d-5f8f-9530-22174869af72 app@2 (unchanged)
    found 1 object: 1 component, 0 skipped
    ");
}

#[test]
fn originals_come_back_below_the_directory_they_are_asked_into() {
    let test = shop();
    test.fixture("store/shop/web.yaml", "more/shop/web.yaml");
    assert!(saved(&test, &["import", "-f", "shop", "-f", "../work/more/shop/web.yaml", "--name", "x"]).contains("x@1"));
    insta::assert_snapshot!(saved(&test, &["export", "x", "--original"]), @r"
    --- stderr ---
    error: this version was made from 4 files
      hint: `-o DIR/` writes them below a directory
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["export", "x", "--original", "-o", "out/"]), @r"
    --- stderr ---
    note: 4 files written to out/
    ");
    assert_eq!(test.read("out/shop/web.yaml"), test.read("shop/web.yaml"));
    assert_eq!(test.read("out/work/more/shop/web.yaml"), test.read("shop/web.yaml"));
}

#[test]
fn references_are_names_and_beginnings_of_ids() {
    let test = two_versions();
    // Ids of these two begin alike.
    for name in ["app-361", "app-366"] {
        assert!(saved(&test, &["import", "-f", "app.yaml", "--name", name]).contains("created"));
    }
    insta::assert_snapshot!(saved(&test, &["view", "0b9a"]), @r"
    --- stderr ---
    error: `0b9a` may mean any of 2 saved designs:
      0b9af12d-ba29-523f-b390-873c702528d0  app-361
      0b9a3932-b558-5557-9b8f-949341d20393  app-366
      hint: give the name, or more of the id
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["view", "ap"]), @r"
    --- stderr ---
    error: no saved design is called `ap`
      hint: did you mean `app`?
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["view", "nothing-like-it"]), @r"
    --- stderr ---
    error: no saved design is called `nothing-like-it`
      hint: `mesheryctl pattern list` shows what is saved
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["view", "app@7"]), @r"
    --- stderr ---
    error: design `app` has no version 7
      hint: there are versions 1 to 2, and no tags
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["view", "app@v2.0.0"]), @r"
    --- stderr ---
    error: design `app` has no version v2.0.0
      hint: there are versions 1 to 2, and no tags
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["view", "' OR name <> '"]), @r"
    --- stderr ---
    error: no saved design is called `' OR name <> '`
      hint: `mesheryctl pattern list` shows what is saved
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["rename", "app@1", "other"]), @r"
    --- stderr ---
    error: `app@1` names one version, but designs are renamed as a whole
      hint: leave out the `@` and what follows it
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["rename", "app", "app-361"]), @r"
    --- stderr ---
    error: a design called `app-361` is already saved
      hint: choose another name; the design's id is 0b9af12d
    [exit status: 2]
    ");
}

#[test]
fn names_are_checked_and_harmless() {
    let test = two_versions();
    insta::assert_snapshot!(saved(&test, &["import", "-f", "app.yaml", "--name", "a\u{1b}[31mb"]), @r"
    --- stderr ---
    error: a design's name must not hold control characters, `a\u{1b}[31mb` has one at character 2
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["rename", "app", ""]), @r"
    --- stderr ---
    error: a design's name must not be empty
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["rename", "app", &"n".repeat(300)]), @r"
    --- stderr ---
    error: a design's name has at most 255 characters, this one has 300
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["rename", "app", "../../etc/passwd"]), @"app is ../../etc/passwd@3 now (bad7e1d7-d26d-5f8f-9530-22174869af72)");
    insta::assert_snapshot!(saved(&test, &["export", "../../etc/passwd", "-o", "out/"]), @r"
    --- stderr ---
    note: 1 file written to out/
    ");
    assert!(test.read("out/etc-passwd.yaml").contains("../../etc/passwd"));
}

#[test]
fn a_design_may_call_itself_with_spaces_around() {
    let test = shop();
    test.write("padded.yaml", "schemaVersion: designs.meshery.io/v1beta1\nname: 'Gerrit operator '\ncomponents: []\n");
    let said = saved(&test, &["import", "-f", "padded.yaml", "-o", "name"]);
    assert!(said.starts_with("Gerrit operator\n"), "{said}");
}

#[test]
fn deleting_wants_to_be_confirmed() {
    let test = two_versions();
    insta::assert_snapshot!(saved(&test, &["delete", "app"]), @r"
    --- stderr ---
    error: deleting app needs to be confirmed
      hint: nobody can be asked here; `--yes` confirms
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["delete", "app", "nothing", "--yes"]), @r"
    --- stderr ---
    error: no saved design is called `nothing`
      hint: `mesheryctl pattern list` shows what is saved
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["delete", "app@1", "--yes"]), @r"
    --- stderr ---
    error: `app@1` names one version, but designs are deleted as a whole
      hint: leave out the `@` and what follows it
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["delete", "app", "app", "--yes"]), @"deleted app (bad7e1d7-d26d-5f8f-9530-22174869af72, 2 versions)");
    insta::assert_snapshot!(saved(&test, &["list"]), @r"
    --- stderr ---
    note: no designs are saved; `mesheryctl pattern import -f PATH` saves one
    ");
}

#[test]
fn shells_know_saved_names() {
    let test = two_versions().env("MESHERYCTL_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "3");
    assert_eq!(test.run(["--", "mesheryctl", "pattern", "view", "ap"]), "app");
}

#[test]
fn lists_are_paged_and_sorted() {
    let test = two_versions();
    for name in ["b", "c"] {
        assert!(saved(&test, &["import", "-f", "app.yaml", "--name", name]).contains("created"));
    }
    insta::assert_snapshot!(saved(&test, &["list", "--pagesize", "2"]), @r"
    ID        NAME  VERSION  COMPONENTS  UPDATED
    bad7e1d7  app   2        1           2026-11-21 09:00:00Z
    e09e1053  b     1        1           2026-11-21 09:00:00Z
    --- stderr ---
    note: page 1 of 2: 2 of 3 designs
    ");
    insta::assert_snapshot!(saved(&test, &["list", "--pagesize", "2", "--page", "2", "-o", "yaml"]), @r"
    total: 3
    page: 2
    pagesize: 2
    designs:
    - id: cc34ad90-99e5-5a62-8d07-f04f64bc3dbd
      name: c
      version: 1
      semver: 0.0.1
      components: 1
      created: 2026-11-21T09:00:00Z
      updated: 2026-11-21T09:00:00Z
    --- stderr ---
    note: page 2 of 2: 1 of 3 designs
    ");
    insta::assert_snapshot!(saved(&test, &["list", "--page", "0"]), @r"
    --- stderr ---
    error: invalid value '0' for '--page <PAGE>': 0 is not in 1..=4294967295

    For more information, try '--help'.
    [exit status: 2]
    ");
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_saved() {
    let test = shop();
    test.write("bad/a.yaml", "apiVersion: v1\nkind: [\n");
    test.write("bad/b.yaml", [0xFF, 0xFE, 0x00]);
    test.write("empty/readme.md", "nothing");
    test.write("none/values.yaml", "replicas: 2\n");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "bad", "-f", "shop", "--name", "x"]), @r"
    --- stderr ---
    error: 2 documents cannot be read:
      bad/a.yaml:2:7: unclosed bracket '['
      bad/b.yaml:1:1: the text is UTF-16; Kubernetes manifests are UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`
      hint: mend it, or leave it out by naming files or a glob
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "empty"]), @r"
    --- stderr ---
    error: there is no YAML or JSON file in empty
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "none"]), @r"
    --- stderr ---
    warning: none/values.yaml:1:1: skipped: it is neither a Kubernetes object (it has no `apiVersion` and no `kind`) nor a Meshery design
    error: 1 document found in 1 file, but no Kubernetes object and no design
    [exit status: 2]
    ");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "gone"]), @r"
    --- stderr ---
    error: cannot read gone: no such file or directory
    [exit status: 2]
    ");
    // Nothing was saved, so nothing was made.
    assert_eq!(std::fs::read_dir(test.data_dir()).expect("a directory").count(), 0);
}

#[test]
fn a_place_that_cannot_hold_designs_is_named_with_the_remedy() {
    let test = two_versions();
    insta::assert_snapshot!(saved(&test, &["import", "-f", "app.yaml", "--data-dir", "app.yaml"]), @r"
    --- stderr ---
    error: cannot use the database `app.yaml/meshery.db`: its directory cannot be made (File exists (os error 17))
      hint: make app.yaml readable and writable, or choose another directory with `--data-dir` or MESHERY_DATA_DIR
    [exit status: 2]
    ");
    let database = test.data_dir().join("meshery.db");
    let mut bytes = std::fs::read(&database).expect("the database");
    // https://www.sqlite.org/fileformat.html#user_version_number
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&database, &bytes).expect("written");
    insta::assert_snapshot!(saved(&test, &["list"]), @r"
    --- stderr ---
    error: cannot use the database `$TEST/data/meshery.db`: it was written by a newer release (its schema is 99, this release knows 1)
      hint: update mesheryctl, or choose another directory with `--data-dir` or MESHERY_DATA_DIR
    [exit status: 2]
    ");
    bytes[100..].fill(0xA5);
    std::fs::write(&database, &bytes).expect("written");
    insta::assert_snapshot!(saved(&test, &["list"]), @r"
    --- stderr ---
    error: cannot use the database `$TEST/data/meshery.db`: it is damaged
      hint: restore it from a backup, or save what can be read with `sqlite3 $TEST/data/meshery.db .recover`, then move it away
    [exit status: 2]
    ");
    std::fs::write(&database, "a text\n".repeat(1000)).expect("written");
    insta::assert_snapshot!(saved(&test, &["import", "-f", "app.yaml"]), @r"
    --- stderr ---
    error: cannot use the database `$TEST/data/meshery.db`: it is not a database of Meshery's
      hint: it is left as it is; move it away, or choose another directory with `--data-dir` or MESHERY_DATA_DIR
    [exit status: 2]
    ");
}

fn import(test: &TestEnvironment, path: &str) -> Command {
    let mut command = test.command();
    command.args(["pattern", "import", "-f", path, "--name", "shared"]).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn versions(test: &TestEnvironment) -> usize {
    saved(test, &["history", "shared", "-o", "name"]).lines().filter(|line| line.starts_with("shared@")).count()
}

#[test]
fn processes_that_import_at_once_all_succeed() {
    let test = shop();
    let mut children = Vec::new();
    for writer in 0..4 {
        let path = format!("{writer}.yaml");
        config_map(&test, &path, &format!("v{writer}"));
        children.push(import(&test, &path).spawn().expect("the binary runs"));
    }
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(versions(&test), 4);
}

#[test]
fn killed_imports_leave_whole_versions_only() {
    let test = shop();
    for round in 0..25 {
        config_map(&test, "app.yaml", &format!("v{round}"));
        let mut child = import(&test, "app.yaml").spawn().expect("the binary runs");
        // From before the database is opened until after the import is done.
        std::thread::sleep(Duration::from_micros(round * 800));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }
    config_map(&test, "app.yaml", "last");
    assert!(import(&test, "app.yaml").status().expect("it ends").success());
    let versions = versions(&test);
    assert!(versions >= 1);
    for number in 1..=versions {
        let version = saved(&test, &["export", &format!("shared@{number}"), "--format", "kubernetes"]);
        assert!(version.starts_with("apiVersion: v1\n") && !version.contains("---"), "{version}");
    }
}
