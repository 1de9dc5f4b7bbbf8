//! Projected volumes: several sources in one directory, whose files must not collide.
//! See `validateProjectionSources` in `pkg/apis/core/validation/validation.go`.

use crate::{
    document::{Node, Path, Span},
    evaluate::{Checker, Location, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{among, items, listed, number, text},
    volume::{default_mode, needed},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.ProjectedVolumeSource", volume),
    ("io.k8s.api.core.v1.VolumeProjection", one_source),
    ("io.k8s.api.core.v1.SecretProjection", named),
    ("io.k8s.api.core.v1.ConfigMapProjection", named),
    ("io.k8s.api.core.v1.ServiceAccountTokenProjection", token),
    ("io.k8s.api.core.v1.ClusterTrustBundleProjection", trust_bundle),
    ("io.k8s.api.core.v1.PodCertificateProjection", certificate),
];

const SOURCES: &[&str] =
    &["secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate"];

fn volume(volume: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    default_mode(volume, path, checker);
    let mut taken: Vec<(&str, Span)> = Vec::new();
    let list = path.key("sources");
    for (index, source) in items(volume, "sources").iter().enumerate() {
        let path = list.index(index);
        for place in files(source) {
            let Some(file) = place.as_str().filter(|file| !file.is_empty()) else { continue };
            match taken.iter().find(|(earlier, _)| *earlier == file) {
                None => taken.push((file, place.span)),
                Some(&(_, first)) => {
                    let first = Location::new(checker.source, first);
                    checker
                        .report(code::PROJECTED, place.span, &path, format!("two sources write the file `{file}`"))
                        .related("the first one", first);
                }
            }
        }
    }
}

/// The paths that a source writes. Tokens are left out, as the server leaves them out.
fn files(source: &Node) -> Vec<&Node> {
    let mut files = Vec::new();
    for key in ["secret", "configMap", "downwardAPI"] {
        files.extend(source.field(key).into_iter().flat_map(|s| items(s, "items")).filter_map(|item| item.get("path")));
    }
    files.extend(source.at(&["clusterTrustBundle", "path"]));
    for key in ["credentialBundlePath", "keyPath", "certificateChainPath"] {
        files.extend(source.at(&["podCertificate", key]));
    }
    files
}

fn one_source(projection: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let there = among(projection, SOURCES);
    if let [_, second, ..] = there.as_slice() {
        let message = format!("{} stand in one item; each item of `sources` may have one", listed(&there));
        checker.blame_key(code::PROJECTED, projection, path, second, message).help("put each into an item of its own");
    }
}

fn named(projection: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    needed(projection, path, checker, &["name"]);
}

/// <https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken>
fn token(token: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::VOLUME_MEMBER, token, path, &["path"]);
    checker.within(code::VOLUME_VALUE, token, path, "expirationSeconds", 600..=1 << 32);
    if checker.version >= Version(1, 30) {
        checker.word(code::VOLUME_PATH, token, path, "path", "path", grammar::relative_path);
    }
}

/// KEP-3257, on by default since 1.37.
fn trust_bundle(bundle: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 37) {
        return;
    }
    checker.exactly_one(code::PROJECTED, bundle, path, "trust bundle", &["name", "signerName"]);
    checker.not_empty(code::VOLUME_MEMBER, bundle, path, &["path", "name", "signerName"]);
    checker.word(code::VOLUME_PATH, bundle, path, "path", "path", grammar::relative_path);
    checker.word(code::VOLUME_VALUE, bundle, path, "signerName", "signer name", signer);
    if bundle.field("name").is_some() && bundle.field("labelSelector").is_some() {
        let message = "`labelSelector` beside `name`: it selects among bundles of a signer";
        checker.blame_key(code::PROJECTED, bundle, path, "labelSelector", message);
    }
}

/// KEP-4317, on by default since 1.37.
fn certificate(certificate: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 37) {
        return;
    }
    const PATHS: [&str; 3] = ["credentialBundlePath", "keyPath", "certificateChainPath"];
    const KEYS: &[&str] = &["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
    checker.not_empty(code::VOLUME_MEMBER, certificate, path, &["signerName"]);
    checker.word(code::VOLUME_VALUE, certificate, path, "signerName", "signer name", signer);
    checker.one_of(code::VOLUME_VALUE, certificate, path, "keyType", KEYS);
    for key in PATHS {
        checker.word(code::VOLUME_PATH, certificate, path, key, "path", grammar::relative_path);
    }
    if certificate.as_mapping().is_some() && PATHS.iter().all(|key| text(certificate, key).is_none()) {
        let message = format!("the certificate is written nowhere: none of {} is set", listed(&PATHS));
        checker.blame(code::VOLUME_MEMBER, certificate, path, "keyType", message);
    }
    let kubernetes = text(certificate, "signerName").is_some_and(|name| {
        name.split('/').next().is_some_and(|domain| domain == "kubernetes.io" || domain.ends_with(".kubernetes.io"))
    });
    let day = 24 * 60 * 60;
    if number(certificate, "maxExpirationSeconds").is_some() {
        let longest = if kubernetes { day } else { 91 * day };
        checker.within(code::VOLUME_VALUE, certificate, path, "maxExpirationSeconds", 3600..=longest);
    }
}

/// `example.com/signer`.
fn signer(name: &str) -> grammar::Verdict {
    let Some((domain, rest)) =
        name.split_once('/').filter(|(domain, rest)| domain.contains('.') && !rest.contains('/'))
    else {
        return Err("it looks like `example.com/signer`".into());
    };
    for label in domain.split('.') {
        grammar::dns_label(label)?;
    }
    for part in rest.split('.') {
        grammar::dns_subdomain(part)?;
    }
    Ok(())
}
