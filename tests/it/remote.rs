//! What lies elsewhere, from servers that the test runs on this machine.

mod registry;
mod server;

use std::{
    io::Write,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
};

use self::{
    registry::Shelf,
    server::{Asked, Said, Server},
};
use crate::common::TestEnvironment;

const NOW: &str = "2026-11-21T09:00:00Z";
const WEB: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {port: 80}\n";
/// Is in no transcript.
const SECRET: &str = "hunter2";

fn test() -> TestEnvironment {
    TestEnvironment::new().env("MESHERY_NOW", NOW)
}

/// Runs `mesheryctl pattern …`; ports and digests are called `SERVER` and `sha256:…`.
fn pattern(test: &TestEnvironment, server: &Server, arguments: &[&str]) -> String {
    let said = test.run(["pattern"].iter().chain(arguments));
    for secret in [SECRET, "t0ken", "dXNlcjpodW50ZXIy", "b2F1dGgyOmh1bnRlcjI"] {
        assert!(!said.contains(secret), "{said}");
    }
    without_digests(&said.replace(&server.address, "SERVER"))
}

/// Runs of 64 hexadecimal digits are called `…`.
fn without_digests(text: &str) -> String {
    let is_digit = |c: char| c.is_ascii_hexdigit();
    let words = text.split_inclusive(|c| !is_digit(c));
    let shorten = |word: &str| {
        let digits = word.trim_end_matches(|c| !is_digit(c));
        if digits.len() == 64 { format!("…{}", &word[64..]) } else { word.to_owned() }
    };
    words.map(shorten).collect()
}

/// A packed chart.
fn chart(name: &str, version: &str, more: &str) -> Vec<u8> {
    let template = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ .Chart.Name }}'}\ndata: {version: '{{ .Chart.Version }}'}\n";
    let metadata = format!("apiVersion: v2\nname: {name}\nversion: {version}\n{more}");
    let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (path, text) in [("Chart.yaml", metadata.as_str()), ("templates/map.yaml", template)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        builder.append_data(&mut header, format!("{name}/{path}"), text.as_bytes()).expect("memory");
    }
    let mut packed = builder.into_inner().expect("memory");
    packed.flush().expect("memory");
    packed.finish().expect("memory")
}

/// A repository of the chart `red`; the digest of version 9.0.0 is that of something else.
fn charts() -> Server {
    Server::start(|asked| {
        let name = asked.path.trim_start_matches("/charts/");
        match name.strip_prefix("red-").and_then(|name| name.strip_suffix(".tgz")) {
            Some(version) => Said::ok(chart("red", version, "")),
            None if name == "index.yaml" => {
                let entry = |version: &str| {
                    let digest = registry::digest(&chart("red", if version == "9.0.0" { "0" } else { version }, ""));
                    let digest = digest.trim_start_matches("sha256:");
                    format!("  - {{name: red, version: {version}, urls: [red-{version}.tgz], digest: {digest}}}\n")
                };
                let entries = ["1.2.0", "1.3.0", "2.0.0", "9.0.0"].map(entry).concat();
                Said::ok(format!("apiVersion: v1\nentries:\n  red:\n{entries}"))
            }
            None => Said::status(404),
        }
    })
}

#[test]
fn manifests_and_charts_come_from_urls() {
    let test = test();
    let server = Server::start(|asked| match asked.path.split('?').next().unwrap_or_default() {
        "/k8s/web.yaml" => Said::ok(WEB),
        "/red-1.2.0.tgz" => Said::ok(chart("red", "1.2.0", "")),
        "/moved.yaml" => Said::status(302).with("Location", "/k8s/web.yaml"),
        _ => Said::status(404),
    });
    let say = |arguments: &[&str]| pattern(&test, &server, arguments);
    insta::assert_snapshot!(say(&["validate", "-f", &server.url("/k8s/web.yaml"), "-o", "short"]), @"
    http://SERVER/k8s/web.yaml:4:14: error[S101 wrong-type]: expected a string, found integer `80` (ConfigMap/web)
    1 file: 1 found, 1 validated · 1 error
    [exit status: 1]
    ");
    insta::assert_snapshot!(say(&["import", "-f", &server.url("/moved.yaml?sig=hunter2")]), @"
    1386d6e9-fcbd-579c-a40a-9150bf88b6b6 moved@1 (created)
    found 1 object: 1 component, 0 skipped
    ");
    insta::assert_snapshot!(say(&["export", "-f", &server.url("/red-1.2.0.tgz"), "--format", "kubernetes"]), @"
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: red
    data:
      version: 1.2.0
    --- stderr ---
    note: http://SERVER/red-1.2.0.tgz/red: rendered as the Helm chart red
    ");
    insta::assert_snapshot!(say(&["validate", "-f", &server.url("/gone.yaml")]), @"
    --- stderr ---
    error: `http://SERVER/gone.yaml` answers 404
      hint: check the address; some servers answer so, too, to those who may not see it
    [exit status: 2]
    ");
}

#[test]
fn charts_come_from_repositories() {
    let (test, server) = (test(), charts());
    let say = |chart: &str| {
        let reference = format!("helm+{}//{chart}", server.url("/charts"));
        pattern(&test, &server, &["export", "-q", "-f", &reference, "--format", "kubernetes"])
    };
    insta::assert_snapshot!(say("red?version=^1"), @"
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: red
    data:
      version: 1.3.0
    ");
    insta::assert_snapshot!(say("red?version=7.0.0"), @"
    --- stderr ---
    error: http://SERVER/charts has no chart `red` in a version that is wanted
      hint: look up which charts and versions it has, or ask for another one
    [exit status: 2]
    ");
    insta::assert_snapshot!(say("blue"), @"
    --- stderr ---
    error: http://SERVER/charts has no chart `blue`
      hint: look up which charts and versions it has, or ask for another one
    [exit status: 2]
    ");
    insta::assert_snapshot!(say("red?version=9.0.0"), @"
    --- stderr ---
    error: `http://SERVER/charts/red-9.0.0.tgz` has the digest `…`, not `…`
      hint: it was changed since the digest was written: find out by whom before trusting it
    [exit status: 2]
    ");
}

#[test]
fn plain_http_is_for_this_machine() {
    let (test, server) = (test(), Server::start(|_| Said::status(404)));
    insta::assert_snapshot!(pattern(&test, &server, &["validate", "-f", "http://user:hunter2@h.invalid/a.yaml"]), @"
    --- stderr ---
    error: `http://h.invalid/a.yaml` is not asked: plain http can be read and changed on its way; https is asked for
      hint: use https; plain http is for this machine (localhost) only
    [exit status: 2]
    ");
}

#[test]
fn credentials_stay_with_their_host() {
    let test = test();
    let other = Server::start(|_| Said::ok(WEB));
    let elsewhere = other.url("/web.yaml");
    let server = Server::start(move |asked| match asked.header("authorization") {
        "Basic dXNlcjpodW50ZXIy" => Said::status(302).with("Location", elsewhere.clone()),
        _ => Said::status(401),
    });
    let url = server.url("/web.yaml");
    insta::assert_snapshot!(pattern(&test, &server, &["validate", "-f", &url]), @"
    --- stderr ---
    error: `http://SERVER/web.yaml` refuses access (401)
      hint: `docker login` keeps credentials of registries, GITHUB_TOKEN, GITLAB_TOKEN, BITBUCKET_TOKEN, or MESHERY_GIT_TOKEN for MESHERY_GIT_HOST, hold those of other hosts
    [exit status: 2]
    ");
    let url = url.replace("http://", "http://user:hunter2@");
    insta::assert_snapshot!(pattern(&test, &server, &["validate", "-f", &url]), @r#"
    http://SERVER/web.yaml:4:14: error[S101 wrong-type]: expected a string, found integer `80` [fixable]
      |
    4 | data: {port: 80}
      |              ^^
      = in: ConfigMap/web, data.port
      = help: put it in quotes
      = fix: replace `80` by `"80"` (--fix does it)

    1 file: 1 found, 1 validated · 1 error
    [exit status: 1]
    "#);
    let told = other.log();
    assert!(!told.is_empty() && told.iter().all(|asked| !asked.headers.contains_key("authorization")), "{told:?}");
}

/// A registry that wants credentials, and where `docker login` keeps them.
fn guarded(test: TestEnvironment, shelf: &Arc<Mutex<Shelf>>) -> (TestEnvironment, Server) {
    let server = registry::start(shelf.clone(), true);
    test.write("docker/config.json", format!(r#"{{"auths":{{"{}":{{"auth":"dXNlcjpodW50ZXIy"}}}}}}"#, server.address));
    let directory = test.dir().join("docker").to_string_lossy().into_owned();
    (test.env("DOCKER_CONFIG", &directory), server)
}

#[test]
fn designs_are_pushed_and_pulled() {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let (test, server) = guarded(test(), &shelf);
    test.write("web.yaml", WEB);
    let say = |arguments: &[&str]| pattern(&test, &server, arguments);
    let place = format!("oci://{}/designs/web:1.0", server.address);
    insta::assert_snapshot!(say(&["export", "-f", "web.yaml", "--format", "oci", "-o", &place]), @"
    oci://SERVER/designs/web@sha256:…
    --- stderr ---
    note: pushed to oci://SERVER/designs/web:1.0
    ");
    insta::assert_snapshot!(say(&["export", "-f", &place, "--format", "kubernetes"]), @"
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: 80
    ");
    // As a file it is the same, bit by bit, and both forms of the layout are read.
    let _ = say(&["export", "-f", "web.yaml", "--format", "oci", "-o", "web.tar"]);
    let tar = std::fs::read(test.dir().join("web.tar")).expect("a file");
    tar::Archive::new(tar.as_slice()).unpack(test.dir().join("layout")).expect("an archive");
    let index = test.read("layout/index.json");
    let pushed = shelf.lock().expect("no panic").kept["designs/web/manifests/1.0"].1.clone();
    assert!(index.contains(&registry::digest(&pushed)), "{index}");
    for layout in ["web.tar", "layout"] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(say(&["export", "-f", layout, "--format", "kubernetes"]), @"
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web
            data:
              port: 80
            ");
        }
    }
    let wrong = place.replace(":1.0", &format!("@sha256:{}", "0".repeat(64)));
    insta::assert_snapshot!(say(&["validate", "-f", &wrong]), @"
    --- stderr ---
    error: `http://SERVER/v2/designs/web/manifests/sha256:…` answers 404: MANIFEST_UNKNOWN no such tag
      hint: check the address; some servers answer so, too, to those who may not see it
    [exit status: 2]
    ");
    insta::assert_snapshot!(say(&["validate", "-f", &place.replace("1.0", "2.0")]), @"
    --- stderr ---
    error: `http://SERVER/v2/designs/web/manifests/2.0` answers 404: MANIFEST_UNKNOWN no such tag
      hint: check the address; some servers answer so, too, to those who may not see it
    [exit status: 2]
    ");
    insta::assert_snapshot!(say(&["export", "-f", "web.yaml", "--format", "oci", "-o", &wrong]), @"
    --- stderr ---
    error: oci://SERVER/designs/web@sha256:… names what is there by its digest
      hint: push to a tag: `oci://HOST/REPOSITORY:TAG`
    [exit status: 2]
    ");
    insta::assert_snapshot!(say(&["export", "-f", "web.yaml", "--format", "kubernetes", "-o", &place]), @"
    --- stderr ---
    error: `-o oci://…` is for `--format oci` and `--format helm` only
    [exit status: 2]
    ");
}

#[test]
fn what_a_registry_holds_is_verified() {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let (test, server) = (test(), registry::start(shelf.clone(), false));
    test.write("web.yaml", WEB);
    let place = format!("oci://{}/designs/web:1.0", server.address);
    let _ = pattern(&test, &server, &["export", "-f", "web.yaml", "--format", "oci", "-o", &place]);
    for (path, (_, bytes)) in &mut shelf.lock().expect("no panic").kept {
        if path.contains("/blobs/") {
            bytes[0] ^= 1;
        }
    }
    insta::assert_snapshot!(pattern(&test, &server, &["validate", "-f", &place]), @"
    --- stderr ---
    error: a part of `oci://SERVER/designs/web:1.0` has the digest `sha256:…`, not `sha256:…`
      hint: it was changed since the digest was written: find out by whom before trusting it
    [exit status: 2]
    ");
}

#[test]
fn charts_are_pushed_and_pulled() {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let (test, server) = guarded(test(), &shelf);
    test.write("web.yaml", WEB);
    let say = |arguments: &[&str]| pattern(&test, &server, arguments);
    let place = format!("oci://{}/charts/web", server.address);
    insta::assert_snapshot!(say(&["export", "-f", "web.yaml", "--format", "helm", "-o", &place]), @"
    oci://SERVER/charts/web@sha256:…
    --- stderr ---
    note: pushed to oci://SERVER/charts/web:0.0.1
    ");
    insta::assert_snapshot!(say(&["export", "-f", &format!("{place}:0.0.1"), "--format", "kubernetes"]), @"
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: 80
    --- stderr ---
    note: oci://SERVER/charts/web:0.0.1/web: rendered as the Helm chart web
    ");
    let manifest = shelf.lock().expect("no panic").kept["charts/web/manifests/0.0.1"].1.clone();
    let manifest = String::from_utf8_lossy(&manifest);
    for part in [
        r#""config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","#,
        r#""layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","#,
        r#""org.opencontainers.image.version":"0.0.1""#,
    ] {
        assert!(manifest.contains(part), "{manifest}");
    }
}

#[test]
fn a_registry_that_knows_nobody_is_told_with_a_remedy() {
    let (test, server) = (test(), registry::start(Arc::default(), true));
    let place = format!("oci://{}/designs/web:1.0", server.address);
    insta::assert_snapshot!(pattern(&test, &server, &["validate", "-f", &place]), @"
    --- stderr ---
    error: `http://SERVER/token` refuses access (401)
      hint: `docker login` keeps credentials of registries, GITHUB_TOKEN, GITLAB_TOKEN, BITBUCKET_TOKEN, or MESHERY_GIT_TOKEN for MESHERY_GIT_HOST, hold those of other hosts
    [exit status: 2]
    ");
}

#[test]
fn dependencies_are_fetched_where_that_is_wanted() {
    let (test, server) = (test(), charts());
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let registry = registry::start(shelf, false);
    test.write("web.yaml", WEB);
    let place = format!("oci://{}/charts/web", registry.address);
    let _ = pattern(&test, &registry, &["export", "-f", "web.yaml", "--format", "helm", "-o", &place]);
    let dependency = |name: &str, version: &str, repository: &str| {
        format!("- {{name: {name}, version: {version}, repository: '{repository}'}}\n")
    };
    let dependencies = [
        dependency("red", "^1.0.0", &server.url("/charts")),
        dependency("web", "~0.0.0", &format!("oci://{}/charts", registry.address)),
        dependency("common", "0.x", "file://../common"),
    ];
    let metadata =
        |dependencies: &str| format!("apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n{dependencies}");
    test.write("shop/Chart.yaml", metadata(&dependencies.concat()));
    test.write("common/Chart.yaml", "apiVersion: v2\nname: common\nversion: 0.4.0\n");
    test.write("common/templates/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: common}\n");
    let say = |arguments: &[&str]| pattern(&test, &server, arguments);
    let fetching = ["export", "-f", "shop", "--format", "kubernetes", "--fetch-dependencies"];
    insta::assert_snapshot!(say(&["export", "-f", "shop", "--format", "kubernetes"]), @"
    --- stderr ---
    error: shop/Chart.yaml:5:3: the chart `shop` depends on charts that are not in its directory charts/: red, web, common
      hint: put them there with `helm dependency build`, or have them fetched with `--fetch-dependencies`
    [exit status: 2]
    ");
    insta::assert_snapshot!(say(&fetching), @"
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: common
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: red
    data:
      version: 1.3.0
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: 80
    --- stderr ---
    note: shop: rendered as the Helm chart shop
    note: shop/Chart.yaml:5:3: `red` 1.3.0 is fetched
    note: shop/Chart.yaml:6:3: `web` 0.0.1 is fetched
    note: shop/Chart.yaml:7:3: `common` 0.4.0 is fetched
    ");
    let written: Vec<_> = std::fs::read_dir(test.dir().join("shop")).expect("a directory").collect();
    assert_eq!(written.len(), 1, "{written:?}");
    test.write("shop/Chart.lock", "dependencies: []\ndigest: sha256:0\n");
    insta::assert_snapshot!(say(&fetching), @"
    --- stderr ---
    error: shop/Chart.lock:2:9: `shop/Chart.lock` does not fit the dependencies of the chart any more
      hint: run `helm dependency update`, which writes it anew
    [exit status: 2]
    ");
    std::fs::remove_file(test.dir().join("shop/Chart.lock")).expect("a file");
    test.write("shop/Chart.yaml", metadata(&dependency("red", "^7.0.0", &server.url("/charts"))));
    insta::assert_snapshot!(say(&fetching), @"
    --- stderr ---
    error: shop/Chart.yaml:5:3: the dependency `red` cannot be fetched: http://SERVER/charts has no chart `red` in a version that is wanted (look up which charts and versions it has, or ask for another one)
    [exit status: 2]
    ");
    test.write("shop/Chart.yaml", metadata(&dependency("red", "1.x", "@stable")));
    insta::assert_snapshot!(say(&fetching), @"
    --- stderr ---
    error: shop/Chart.yaml:5:3: the dependency `red` cannot be fetched: `@stable` is a name of Helm's own configuration, which is not read; its URL is wanted instead
    [exit status: 2]
    ");
}

/// What `git http-backend` answers, which is a CGI program.
fn git_backend(asked: &Asked, root: &std::path::Path) -> Said {
    let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
    let mut backend = Command::new("git")
        .args(["http-backend"])
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query)
        .env("REQUEST_METHOD", &asked.method)
        .env("CONTENT_TYPE", asked.header("content-type"))
        .env("CONTENT_LENGTH", asked.body.len().to_string())
        .env("GIT_PROTOCOL", asked.header("git-protocol"))
        .env("HTTP_CONTENT_ENCODING", asked.header("content-encoding"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("git runs");
    backend.stdin.take().expect("a pipe").write_all(&asked.body).expect("a program that reads");
    let output = backend.wait_with_output().expect("git ends").stdout;
    let end = output.windows(4).position(|window| window == b"\r\n\r\n").expect("headers");
    let mut said = Said::ok(&output[end + 4..]);
    for line in String::from_utf8_lossy(&output[..end]).lines() {
        match line.split_once(": ") {
            Some(("Status", status)) => said.status = status[..3].parse().expect("a status"),
            Some((name, value)) => said = said.with(name, value),
            None => {}
        }
    }
    said
}

#[test]
fn repositories_are_read_over_http() {
    let test = test().env("MESHERY_GIT_HOST", "127.0.0.1").env("MESHERY_GIT_TOKEN", SECRET);
    let there = Command::new("git").arg("--exec-path").output().map(|output| output.stdout).unwrap_or_default();
    let there = String::from_utf8_lossy(&there).trim().to_owned();
    if !std::path::Path::new(&there).join("git-http-backend").exists() {
        return;
    }
    test.write("k8s/web.yaml", WEB);
    test.commit("one");
    test.git(&["tag", "v1"]);
    test.git(&["clone", "-q", "--bare", ".", "r.git"]);
    let root = test.dir();
    let server = Server::start(move |asked| match asked.header("authorization") {
        // `oauth2:hunter2`
        "Basic b2F1dGgyOmh1bnRlcjI=" => git_backend(asked, &root),
        _ => Said::status(401).with("WWW-Authenticate", "Basic realm=\"git\""),
    });
    let say = |path: &str| pattern(&test, &server, &["validate", "-f", &format!("git+{}{path}", server.url("/r.git"))]);
    insta::assert_snapshot!(say("//k8s?ref=v1"), @r#"
    http://SERVER/r.git@v1:k8s/web.yaml:4:14: error[S101 wrong-type]: expected a string, found integer `80` [fixable]
      |
    4 | data: {port: 80}
      |              ^^
      = in: ConfigMap/web, data.port
      = help: put it in quotes
      = fix: replace `80` by `"80"` (--fix does it)

    1 file: 1 found, 1 validated · 1 error
    [exit status: 1]
    "#);
    insta::assert_snapshot!(say("//k8s?ref=v2"), @"
    --- stderr ---
    error: `v2` is no revision of the git repository `http://SERVER/r.git`: the repository has no branch or tag of this name
      hint: name a branch, a tag or a full commit hash
    [exit status: 2]
    ");
    insta::assert_snapshot!(say("//nothing?ref=v1"), @"
    --- stderr ---
    error: there is no `http://SERVER/r.git@v1:nothing`
    [exit status: 2]
    ");
    let say = |url: &str| pattern(&test, &server, &["validate", "-f", &format!("git+{}", server.url(url))]);
    insta::assert_snapshot!(say("/other.git//k8s"), @"
    --- stderr ---
    error: `http://SERVER/other.git/info/refs` answers 404
      hint: check the address; some servers answer so, too, to those who may not see it
    [exit status: 2]
    ");
}
