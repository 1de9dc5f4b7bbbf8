//! A registry of a few lines, and what is pulled from it and pushed to it.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{Arc, Mutex},
};

use super::*;
use crate::source::{
    Credentials, Provenance,
    http::tests::{Asked, Said, Server, client},
};

#[derive(Default)]
struct Shelf {
    manifests: BTreeMap<String, Vec<u8>>,
    blobs: BTreeMap<String, Vec<u8>>,
    upload: Vec<u8>,
    pieces: usize,
}

/// What a registry of the test does otherwise than it should.
#[derive(Clone, Default)]
struct Manner {
    /// Wants a token for `user:hunter2`.
    token: bool,
    /// Where blobs are, if not here.
    blobs_at: Option<String>,
}

fn registry(shelf: Arc<Mutex<Shelf>>, manner: Manner) -> Server {
    Server::start(move |asked| {
        let host = format!("http://{}", asked.headers["host"]);
        let authorization = asked.headers.get("authorization").map_or("", String::as_str);
        if asked.path.starts_with("/token?") {
            let right = authorization == "Basic dXNlcjpodW50ZXIy" && asked.path.contains("service=reg");
            let actions = if asked.path.ends_with("%2Cpush") { "push" } else { "pull" };
            return if right { Said::ok(format!(r#"{{"token":"{actions}"}}"#)) } else { Said::status(401) };
        }
        let writes = !matches!(asked.method.as_str(), "GET" | "HEAD");
        if manner.token && authorization != "Bearer push" && (writes || authorization != "Bearer pull") {
            let challenge = format!(r#"Bearer realm="{host}/token",service="reg",scope="ignored""#);
            return Said::status(401).with("WWW-Authenticate", challenge);
        }
        answer(&mut shelf.lock().expect("no panic"), asked, &manner)
    })
}

fn answer(shelf: &mut Shelf, asked: &Asked, manner: &Manner) -> Said {
    let rest = asked.path.strip_prefix("/v2/team/shop/").expect("the repository");
    let unknown = || Said {
        body: br#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such tag"}]}"#.to_vec(),
        ..Said::status(404)
    };
    match (asked.method.as_str(), rest.split_once('/').expect("a kind")) {
        ("GET", ("manifests", name)) => shelf.manifests.get(name).cloned().map_or_else(unknown, Said::ok),
        ("PUT", ("manifests", name)) => {
            shelf.manifests.insert(name.to_owned(), asked.body.clone());
            Said::status(201).with("Docker-Content-Digest", format!("sha256:{}", sha256(&asked.body)))
        }
        ("HEAD", ("blobs", digest)) => Said::status(if shelf.blobs.contains_key(digest) { 200 } else { 404 }),
        ("GET", ("blobs", digest)) => match &manner.blobs_at {
            Some(place) => Said::status(307).with("Location", format!("{place}/{digest}?signature=s3cret")),
            None => shelf.blobs.get(digest).cloned().map_or_else(unknown, Said::ok),
        },
        ("POST", _) => {
            shelf.upload.clear();
            Said::status(202).with("Location", "/v2/team/shop/blobs/uploads/1?state=a")
        }
        ("PATCH", _) => {
            let range = format!("{}-{}", shelf.upload.len(), shelf.upload.len() + asked.body.len() - 1);
            assert_eq!(asked.headers["content-range"], range);
            shelf.upload.extend(&asked.body);
            shelf.pieces += 1;
            Said::status(202).with("Location", "/v2/team/shop/blobs/uploads/2?state=b")
        }
        ("PUT", _) => {
            shelf.upload.extend(&asked.body);
            let digest = format!("sha256:{}", sha256(&shelf.upload));
            assert!(asked.path.ends_with(&digest.replace(':', "%3A")), "{}", asked.path);
            let bytes = std::mem::take(&mut shelf.upload);
            shelf.blobs.insert(digest, bytes);
            Said::status(201)
        }
        _ => Said::status(405),
    }
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        builder.append_data(&mut header, name, content.as_bytes()).expect("memory");
    }
    let mut packed = builder.into_inner().expect("memory");
    packed.flush().expect("memory");
    packed.finish().expect("memory")
}

fn chart() -> Artifact {
    let content = archive(&[("shop/Chart.yaml", "name: shop"), ("shop/templates/a.yaml", "a")]);
    Artifact {
        artifact_type: None,
        config: Blob::new("application/vnd.cncf.helm.config.v1+json", &br#"{"name":"shop"}"#[..]),
        layers: vec![Blob::new("application/vnd.cncf.helm.chart.content.v1.tar+gzip", content)],
        annotations: [("org.opencontainers.image.version".to_owned(), "1.2.0".to_owned())].into(),
    }
}

fn at(server: &Server, version: &str) -> OciAddress {
    OciAddress::parse(&format!("oci://{}/team/shop{version}", server.address)).expect("an address")
}

#[test]
fn what_is_pushed_is_pulled() {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let server = registry(shelf.clone(), Manner { token: true, ..Manner::default() });
    let (client, limits) = (client(), Limits::default());
    let mut registry = Registry::new(&client, Some(Credentials::basic("user", "hunter2")), limits);
    registry.chunk = 100;
    let artifact = chart();
    let digest = registry.push(&at(&server, ":1.2.0"), &artifact).expect("pushed");
    assert_eq!(digest, artifact.digest());
    let pieces = shelf.lock().expect("no panic").pieces;
    assert_eq!(pieces, (artifact.layers[0].bytes.len() - 1) / 100);
    registry.push(&at(&server, ":1.2.0"), &artifact).expect("pushed again");
    assert_eq!(shelf.lock().expect("no panic").pieces, pieces, "what is there is not sent");

    shelf.lock().expect("no panic").manifests.insert(digest.clone(), manifest::encode(&artifact));
    for version in [":1.2.0".to_owned(), format!("@{digest}")] {
        let registry = Registry::new(&client, Some(Credentials::basic("user", "hunter2")), limits);
        assert_eq!(registry.pull(&at(&server, &version)).expect("an artifact"), (artifact.clone(), digest.clone()));
        let fetched = registry.fetch(&at(&server, &version)).expect("files");
        assert_eq!(fetched.path, "shop");
        assert_eq!(&*fetched.tree.read("shop/templates/a.yaml").expect("a file"), b"a");
        assert!(matches!(fetched.provenance, Provenance::Oci { digest: found, .. } if found == digest));
    }
    let anonymous = Registry::new(&client, None, limits).pull(&at(&server, ":1.2.0")).expect_err("no token");
    assert_eq!(anonymous, Error::Unauthorized { url: server.url("/token"), status: 401 });
    assert!(server.log().iter().all(|asked| asked.path.starts_with("/token") || {
        !asked.headers.get("authorization").is_some_and(|value| value.contains("Basic"))
    }));
}

#[test]
fn what_is_wrong_is_refused() {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let server = registry(shelf.clone(), Manner::default());
    let client = client();
    let artifact = chart();
    let open = |limits| Registry::new(&client, None, limits);
    open(Limits::default()).push(&at(&server, ":1"), &artifact).expect("pushed");
    let pull = |version: &str, limits| match open(limits).pull(&at(&server, version)) {
        Ok(_) => "ok".to_owned(),
        Err(error) => error.to_string().replace(&server.address, "h"),
    };
    let limits = Limits::default();
    assert_eq!(pull(":2", limits), "`http://h/v2/team/shop/manifests/2` answers 404: MANIFEST_UNKNOWN no such tag");
    assert_eq!(
        pull(":1", Limits { file_bytes: 50, ..limits }),
        "`oci://h/team/shop:1` exceeds the limit `file-bytes` of 50"
    );
    assert_eq!(
        pull(":1", Limits { total_bytes: 50, ..limits }),
        "`oci://h/team/shop:1` exceeds the limit `total-bytes` of 50"
    );

    let layer = artifact.layers[0].digest();
    let edit = |change: &dyn Fn(&mut Shelf)| change(&mut shelf.lock().expect("no panic"));
    edit(&|shelf| shelf.blobs.get_mut(&layer).expect("a layer")[20] ^= 1);
    assert!(pull(":1", limits).starts_with("a part of `oci://h/team/shop:1` has the digest `sha256:"));
    edit(&|shelf| shelf.blobs.get_mut(&layer).expect("a layer").extend([0; 100_000]));
    assert!(pull(":1", limits).contains("exceeds the limit `bytes`"), "{}", pull(":1", limits));
    let digest = format!("sha256:{}", "0".repeat(64));
    edit(&|shelf| drop(shelf.manifests.insert(digest.clone(), b"{}".to_vec())));
    assert!(
        pull(&format!("@{digest}"), limits).starts_with(&format!("the manifest of `oci://h/team/shop@{digest}` has"))
    );
    for (text, expected) in [
        ("nonsense", "the manifest of `oci://h/team/shop:x` is none"),
        ("{}", "missing field"),
        (r#"{"schemaVersion":2,"manifests":[]}"#, "is an index of 0 artifacts"),
        (
            r#"{"schemaVersion":2,"config":{"mediaType":"a","digest":"../../x","size":1},"layers":[]}"#,
            "a digest `../../x`",
        ),
    ] {
        edit(&|shelf| drop(shelf.manifests.insert("x".to_owned(), text.as_bytes().to_vec())));
        assert!(pull(":x", limits).contains(expected), "{}", pull(":x", limits));
    }
}

#[test]
fn blobs_elsewhere_see_no_credentials() {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let blobs = shelf.clone();
    let other = Server::start(move |asked| {
        let digest = asked.path.trim_start_matches('/').split('?').next().expect("a path").to_owned();
        Said::ok(blobs.lock().expect("no panic").blobs[&digest].clone())
    });
    let manner = Manner { token: true, blobs_at: Some(other.url("")) };
    let server = registry(shelf, manner);
    let client = client();
    let registry = Registry::new(&client, Some(Credentials::basic("user", "hunter2")), Limits::default());
    registry.push(&at(&server, ":1"), &chart()).expect("pushed");
    assert_eq!(registry.pull(&at(&server, ":1")).expect("an artifact").0, chart());
    assert_eq!(other.log().len(), 2);
    assert!(other.log().iter().all(|asked| !asked.headers.contains_key("authorization")));
}

#[test]
fn layers_become_files() {
    let gzip = archive(&[("a.yaml", "a"), ("b/c.yaml", "c")]);
    let files = |layers: Vec<Blob>| match Artifact::new("x", layers).files("oci://h/x:1", Limits::default()) {
        Ok(tree) => tree.walk("", Limits::default()).expect("few").join(" "),
        Err(error) => error.to_string(),
    };
    let plain = |title: &str| Blob::new("text/plain", &b"x"[..]).titled(title);
    let mut directory = Blob::new("t", gzip.clone()).titled("dir");
    directory.annotations.insert(UNPACK.to_owned(), "true".to_owned());
    for (layers, expected) in [
        (vec![Blob::new("application/vnd.cncf.flux.content.v1.tar+gzip", gzip.clone())], "a.yaml b/c.yaml"),
        (vec![plain("x.yaml"), Blob::new("t", gzip.clone()).titled("y.tgz")], "x.yaml y.tgz"),
        (vec![directory], "a.yaml b/c.yaml"),
        (vec![Blob::new("t", &b""[..])], "sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (vec![plain("x"), plain("x")], "`oci://h/x:1` holds `x` twice"),
        (vec![plain("../x")], "`oci://h/x:1` has a layer with the title `../x`, which is no path"),
        (vec![plain("/x")], "`oci://h/x:1` has a layer with the title `/x`, which is no path"),
        (vec![plain("a\\..\\x")], "`oci://h/x:1` has a layer with the title `a\\..\\x`, which is no path"),
    ] {
        assert_eq!(files(layers), expected);
    }
}

#[test]
fn layouts_are_written_and_read() {
    let (one, two) = (chart(), Artifact::new("application/x", vec![Blob::new("text/plain", &b"x"[..]).titled("x")]));
    let files = write_layout([("1.2.0", &one), ("2", &two)]);
    let again = write_layout([("1.2.0", &one), ("2", &two)]);
    assert!(files.paths().eq(again.paths()));
    let limits = Limits::default();
    let tree = Tree::new(files.clone());
    assert_eq!(read_layout(&tree, Some("1.2.0"), limits).expect("an artifact"), (one.clone(), one.digest()));
    assert_eq!(read_layout(&tree, Some("2"), limits).expect("an artifact").0, two);
    let said = |tree: &Tree, tag| read_layout(tree, tag, limits).expect_err("refused").to_string();
    assert!(said(&tree, None).contains("holds 2 artifacts, and one is read"));
    assert!(said(&tree, Some("3")).contains("holds 0 artifacts with the tag `3`"));
    for (path, bytes, expected) in [
        (format!("blobs/{}", one.layers[0].digest().replace(':', "/")), "changed", "has the digest"),
        (format!("blobs/{}", one.digest().replace(':', "/")), "{}", "has the digest"),
        ("oci-layout".to_owned(), r#"{"imageLayoutVersion":"9"}"#, "a layout of version `9`"),
        (
            "index.json".to_owned(),
            r#"{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"sha256:../../x","size":1}]}"#,
            "which is no digest",
        ),
        ("index.json".to_owned(), "[", "EOF"),
    ] {
        let mut files = files.clone();
        files.insert(&path, bytes.as_bytes());
        let tag = if path == "index.json" { None } else { Some("1.2.0") };
        assert!(said(&Tree::new(files), tag).contains(expected), "{path}");
    }
}

#[test]
fn credentials_of_docker_are_read() {
    let config = DockerConfig::parse(
        r#"{"auths": {"ghcr.io": {"auth": "dXNlcjpodW50ZXIy"}, "https://index.docker.io/v1/": {"username": "u", "password": "p"},
            "quay.io": {}, "bad.example": {"auth": "%%%"}}, "credsStore": "desktop", "credHelpers": {"gcr.io": "gcloud"}}"#,
    )
    .expect("a configuration");
    for (host, expected) in [
        ("ghcr.io", Stored::Credentials(Credentials::basic("user", "hunter2"))),
        ("docker.io", Stored::Credentials(Credentials::basic("u", "p"))),
        ("quay.io", Stored::Program("docker-credential-desktop".to_owned())),
        ("gcr.io", Stored::Program("docker-credential-gcloud".to_owned())),
        ("other.example", Stored::Nothing),
    ] {
        assert_eq!(config.stored(host), expected, "{host}");
    }
    assert!(!format!("{config:?}").contains("dXNlcjpodW50ZXIy"));
    let error = DockerConfig::parse(r#"{"auths": {"h": {"auth": 7}}, "secret""#).expect_err("no JSON").to_string();
    assert!(error.contains("line 1") && !error.contains("secret"), "{error}");
}
