//! A registry of a few lines (the distribution specification), which keeps everything in memory.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use sha2::{Digest, Sha256};

use super::server::{Asked, Said, Server};

/// What a registry holds, by `REPOSITORY/manifests/NAME` and `REPOSITORY/blobs/DIGEST`.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) kept: BTreeMap<String, (String, Vec<u8>)>,
}

/// A registry that wants `user:hunter2` for its tokens, if it is `guarded`.
pub(super) fn start(shelf: Arc<Mutex<Shelf>>, guarded: bool) -> Server {
    Server::start(move |asked| {
        if asked.path.starts_with("/token?") {
            let right = asked.header("authorization") == "Basic dXNlcjpodW50ZXIy";
            return if right { Said::ok(r#"{"token":"t0ken"}"#) } else { Said::status(401) };
        }
        if guarded && asked.header("authorization") != "Bearer t0ken" {
            let challenge = format!(r#"Bearer realm="http://{}/token",service="test""#, asked.header("host"));
            return Said::status(401).with("WWW-Authenticate", challenge);
        }
        answer(&mut shelf.lock().expect("no panic"), asked)
    })
}

pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

fn answer(shelf: &mut Shelf, asked: &Asked) -> Said {
    let path = asked.path.trim_start_matches("/v2/").trim_end_matches('/');
    if path.is_empty() || path == "v2" {
        return Said::ok("{}");
    }
    if let Some((repository, digest)) = path.split_once("/blobs/uploads/1?digest=") {
        let digest = digest.replace("%3A", ":");
        assert_eq!(self::digest(&asked.body), digest);
        shelf.kept.insert(format!("{repository}/blobs/{digest}"), (String::new(), asked.body.clone()));
        return Said::status(201);
    }
    if let Some(repository) = path.strip_suffix("/blobs/uploads") {
        return Said::status(202).with("Location", format!("/v2/{repository}/blobs/uploads/1"));
    }
    if let Some((repository, _)) = path.split_once("/tags/list") {
        let start = format!("{repository}/manifests/");
        let names = shelf.kept.keys().filter_map(|key| key.strip_prefix(&start)).filter(|name| !name.contains(':'));
        let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
        return Said::ok(format!(r#"{{"name":"{repository}","tags":[{}]}}"#, names.join(",")));
    }
    if asked.method == "PUT" {
        let kept = (asked.header("content-type").to_owned(), asked.body.clone());
        let digest = digest(&asked.body);
        let repository = path.split("/manifests/").next().unwrap_or_default();
        shelf.kept.insert(format!("{repository}/manifests/{digest}"), kept.clone());
        shelf.kept.insert(path.to_owned(), kept);
        return Said::status(201).with("Docker-Content-Digest", digest);
    }
    match shelf.kept.get(path) {
        Some((kind, bytes)) => Said::ok(bytes.clone())
            .with("Content-Type", if kind.is_empty() { "application/octet-stream" } else { kind })
            .with("Docker-Content-Digest", digest(bytes)),
        None => Said {
            body: br#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such tag"}]}"#.to_vec(),
            ..Said::status(404)
        },
    }
}
