//! HTTP repositories of charts: an index, and archives that it names.

use std::cmp::Reverse;

use semver::Version;

use super::{
    Client, Credentials, Error, Fetched, OciAddress, Provenance, Registry, Result, files_of,
    http::{parse, same_origin, shown},
    provenance::sha256,
};
use crate::{
    document::{self, Node, Source},
    tree::Limits,
};

/// Bytes of an index; the largest public ones have about 25 MB.
const INDEX_BYTES: u64 = 64 << 20;

/// A repository whose index has been read.
#[derive(Debug)]
pub struct ChartRepository<'a> {
    client: &'a Client,
    credentials: Option<Credentials>,
    limits: Limits,
    url: String,
    index: Node,
}

/// One version of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartVersion {
    pub chart: String,
    pub version: String,
    /// Of the archive; may be relative to the repository.
    pub url: String,
    /// SHA-256 of the archive, in hexadecimal.
    pub digest: Option<String>,
}

impl<'a> ChartRepository<'a> {
    /// Reads the index of the repository at a URL; `credentials` are for its host alone.
    ///
    /// # Errors
    /// What the server says, and an index that is too large or none.
    pub fn open(client: &'a Client, url: &str, credentials: Option<Credentials>, limits: Limits) -> Result<Self> {
        let mut at = parse(url)?;
        let credentials = credentials.or_else(|| super::http::credentials_of(&mut at));
        let url = at.as_str().trim_end_matches('/').to_owned();
        let name = format!("{}/index.yaml", shown(&at).trim_end_matches('/'));
        let bytes = client.get(&below(&at, "index.yaml")?, credentials.as_ref(), INDEX_BYTES.min(limits.file_bytes))?;
        let index = index_of(&name, bytes)?;
        Ok(ChartRepository { client, credentials, limits, url, index })
    }

    /// The versions of a chart as the index lists them; entries without version or URL are left out.
    pub fn versions(&self, chart: &str) -> Vec<ChartVersion> {
        let entries = self.index.get("entries").and_then(|entries| entries.get(chart));
        let listed = entries.into_iter().flat_map(Node::items);
        listed
            .filter_map(|entry| {
                Some(ChartVersion {
                    chart: chart.to_owned(),
                    version: entry.str_at("version")?.to_owned(),
                    url: entry.get("urls")?.items().next()?.as_str()?.to_owned(),
                    digest: entry.str_at("digest").filter(|digest| !digest.is_empty()).map(str::to_owned),
                })
            })
            .collect()
    }

    /// The newest version of a chart that `wanted` takes; without it, the newest that is no pre-release.
    ///
    /// # Errors
    /// [`Error::Chart`].
    pub fn newest(&self, chart: &str, wanted: Option<&dyn Fn(&str) -> bool>) -> Result<ChartVersion> {
        let semantic = |version: &str| Version::parse(version.trim_start_matches('v')).ok();
        let takes = |version: &str| match wanted {
            Some(wanted) => wanted(version),
            None => semantic(version).is_some_and(|version| version.pre.is_empty()),
        };
        let mut found: Vec<_> = self.versions(chart).into_iter().filter(|found| takes(&found.version)).collect();
        // What is no version in their sense is older than all that are.
        found.sort_by_cached_key(|found| Reverse(semantic(&found.version)));
        found.into_iter().next().ok_or_else(|| Error::Chart {
            repository: super::http::without_secrets(&self.url),
            chart: chart.to_owned(),
            wanted: if self.versions(chart).is_empty() {
                String::new()
            } else {
                " in a version that is wanted".to_owned()
            },
        })
    }

    /// The files of a chart. Credentials go only where the repository is.
    ///
    /// # Errors
    /// What the server says, another digest than the index has, and as [`super::unpack`].
    pub fn fetch(&self, chart: &ChartVersion) -> Result<Fetched> {
        if chart.url.starts_with("oci://") {
            return Registry::new(self.client, None, self.limits).fetch(&OciAddress::parse(&chart.url)?);
        }
        let home = parse(&self.url)?;
        let mut url = parse(&below(&home, &chart.url)?)?;
        // A repository cannot give credentials for other hosts.
        let _ = super::http::credentials_of(&mut url);
        let credentials = self.credentials.as_ref().filter(|_| same_origin(&home, &url));
        let bytes = self.client.get(url.as_str(), credentials, self.limits.file_bytes)?;
        let (name, found) = (shown(&url), sha256(&bytes));
        if let Some(digest) = &chart.digest {
            let expected = digest.trim_start_matches("sha256:").to_ascii_lowercase();
            if expected != found {
                return Err(Error::Digest { what: format!("`{name}`"), expected, found });
            }
        }
        let provenance = Provenance::Chart {
            repository: super::http::without_secrets(&self.url),
            chart: chart.chart.clone(),
            version: chart.version.clone(),
            url: name.clone(),
            sha256: found,
        };
        files_of(&name, bytes, provenance, self.limits)
    }
}

/// A URL as the index means it: absolute, or below the repository.
fn below(home: &super::http::Url, url: &str) -> Result<String> {
    let mut base = home.clone();
    base.set_path(&format!("{}/", home.path().trim_end_matches('/')));
    let query = base.query().map(str::to_owned);
    let mut joined = base.join(url).map_err(|error| {
        Error::malformed(
            format!("`{}`", shown(home)),
            format!("names the URL `{}`, which is none: {error}", super::http::without_secrets(url)),
        )
    })?;
    // Some servers want the query of the repository with every file.
    if joined.query().is_none() && same_origin(home, &joined) {
        joined.set_query(query.as_deref());
    }
    Ok(joined.into())
}

fn index_of(name: &str, bytes: Vec<u8>) -> Result<Node> {
    let broken =
        |source: &Source, error: &document::Error| Error::malformed(error.describe(source), "in the index of charts");
    let source = Source::from_bytes(name, bytes).map_err(|error| broken(&error.0, &error.1))?;
    let read = document::read(&source, document::Limits::default()).next();
    let document = read.transpose().map_err(|error| broken(&source, &error))?;
    let root = document.map(|document| document.root).filter(|root| root.as_mapping().is_some());
    let root = root.ok_or_else(|| Error::malformed(format!("`{name}`"), "is no index of charts"))?;
    match root.get("entries") {
        Some(entries) if entries.as_mapping().is_some() || entries.is_null() => Ok(root),
        _ => Err(Error::malformed(format!("`{name}`"), "is no index of charts: it has no `entries`")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::source::http::tests::{Asked, Said, Server, client};

    fn archive() -> Vec<u8> {
        let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.set_size(10);
        builder.append_data(&mut header, "shop/Chart.yaml", &b"name: shop"[..]).expect("memory");
        let mut packed = builder.into_inner().expect("memory");
        packed.flush().expect("memory");
        packed.finish().expect("memory")
    }

    fn index(digest: &str, elsewhere: &str) -> String {
        let entry = |version: &str, url: &str, digest: &str| {
            format!("  - {{name: shop, version: {version}, urls: [{url}], digest: '{digest}'}}\n")
        };
        let entries = [
            entry("1.9.0", "old.tgz", ""),
            entry("v1.10.0", "charts/shop.tgz", digest),
            entry("2.0.0-rc.1", elsewhere, ""),
            entry("odd", "/odd.tgz", &"0".repeat(64)),
            "  - {name: shop, version: 3.0.0}\n  - 7\n".to_owned(),
        ];
        format!("apiVersion: v1\nentries:\n  shop:\n{}", entries.concat())
    }

    #[test]
    fn charts_are_found_fetched_and_verified() {
        let other = Server::start(|_| Said::ok(archive()));
        let elsewhere = other.url("/shop-2.tgz").replace("http://", "http://evil:token@");
        let server = Server::start(move |asked: &Asked| match asked.path.as_str() {
            "/stable/index.yaml" => Said::ok(index(&sha256(&archive()), &elsewhere)),
            "/stable/charts/shop.tgz" | "/odd.tgz" => Said::ok(archive()),
            _ => Said::status(404),
        });
        let client = client();
        let url = server.url("/stable/").replace("http://", "http://user:hunter2@");
        let charts = ChartRepository::open(&client, &url, None, Limits::default()).expect("an index");
        assert_eq!(charts.versions("shop").len(), 4);

        let newest = charts.newest("shop", None).expect("a version");
        assert_eq!(newest.version, "v1.10.0");
        let fetched = charts.fetch(&newest).expect("a chart");
        assert_eq!((fetched.path.as_str(), fetched.tree.is_file("shop/Chart.yaml")), ("shop", true));
        let shown = serde_json::to_string(&fetched.provenance).expect("json");
        assert!(shown.contains(&sha256(&archive())) && !shown.contains("hunter2"), "{shown}");

        let odd = charts.newest("shop", Some(&|version| version == "odd")).expect("a version");
        assert!(matches!(charts.fetch(&odd), Err(Error::Digest { .. })));
        let away = charts.newest("shop", Some(&|version| version.ends_with("rc.1"))).expect("a version");
        charts.fetch(&away).expect("a chart");
        assert!(!other.log()[0].headers.contains_key("authorization"));
        assert!(server.log().iter().all(|asked| asked.headers.contains_key("authorization")));

        let said =
            |result: Result<ChartVersion>| result.expect_err("no chart").to_string().replace(&server.address, "h");
        assert_eq!(said(charts.newest("nope", None)), "http://h/stable has no chart `nope`");
        assert_eq!(
            said(charts.newest("shop", Some(&|_| false))),
            "http://h/stable has no chart `shop` in a version that is wanted"
        );
    }

    #[test]
    fn indexes_that_are_none_are_errors() {
        let bomb = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n".to_owned()
            + &(b'c'..=b'l')
                .map(|c| {
                    let (c, p) = (c as char, (c - 1) as char);
                    format!("{c}: &{c} [{}]\n", vec![format!("*{p}"); 9].join(", "))
                })
                .collect::<String>();
        for (text, expected) in [
            ("", "is no index of charts"),
            ("- a", "is no index of charts"),
            ("entries: 7", "it has no `entries`"),
            ("<html>", "is no index of charts"),
            ("entries: {a: [", "in the index of charts"),
            (bomb.as_str(), "limit `aliases`"),
        ] {
            let said = index_of("index.yaml", text.as_bytes().to_vec()).map(|_| ()).map_err(|error| error.to_string());
            assert!(said.as_ref().is_err_and(|said| said.contains(expected)), "{text}: {said:?}");
        }
        for text in ["entries: {}", "entries:", "entries: {shop: 7, b: [null, {version: {}, urls: 3}], c: {x: 1}}"] {
            let index = index_of("index.yaml", text.as_bytes().to_vec()).expect("an index");
            let (client, url) = (client(), "https://h.example".to_owned());
            let charts = ChartRepository { client: &client, credentials: None, limits: Limits::default(), url, index };
            assert!(["shop", "b", "c", "d"].iter().all(|chart| charts.versions(chart).is_empty()));
        }
    }

    #[test]
    fn large_indexes_are_not_read() {
        let server = Server::start(|_| Said::ok(vec![b' '; 1 << 20]));
        let limits = Limits { file_bytes: 1000, ..Limits::default() };
        let error = ChartRepository::open(&client(), &server.url(""), None, limits).map(|_| ()).expect_err("too large");
        assert!(error.to_string().contains("limit `bytes` of 1000"), "{error}");
    }
}
