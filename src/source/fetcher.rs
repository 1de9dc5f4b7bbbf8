//! One door for all references.

use std::path::Path;

use semver::{Version, VersionReq};

use super::{
    ChartRepository, Client, Credentials, Error, Fetched, GitOptions, OciAddress, OciVersion, Reference, Registry,
    Result, commit, fetch,
    http::{self, without_secrets},
    open,
};
use crate::tree::Limits;

/// Fetches whatever a [`Reference`] names.
#[derive(Clone, Copy)]
pub struct Fetcher<'a> {
    pub client: &'a Client,
    pub limits: Limits,
    /// The credentials for a host (a registry's with its port), if there are any.
    pub credentials: &'a dyn Fn(&str) -> Option<Credentials>,
    /// As [`GitOptions::helpers`].
    pub helpers: bool,
}

impl Fetcher<'_> {
    /// # Errors
    /// As the call that the reference stands for; [`Reference::Stdin`] is the caller's to read.
    pub fn fetch(&self, reference: &Reference) -> Result<Fetched> {
        match reference {
            Reference::Stdin => {
                Err(Error::Reference { text: "-".to_owned(), why: "is the standard input, and no place".to_owned() })
            }
            Reference::Path(path) => open(Path::new(path), self.limits),
            Reference::GitLocal { directory, revision, path } => {
                commit(Path::new(directory), revision, path, self.limits)
            }
            Reference::Git(address) => {
                let credentials = self.for_url(&address.url);
                let (client, limits, helpers) = (self.client, self.limits, self.helpers);
                fetch(address, &GitOptions { client, credentials, helpers, limits })
            }
            Reference::Url(url) => self.client.download(url, self.for_url(url).as_ref(), self.limits),
            Reference::Oci(address) => {
                Registry::new(self.client, (self.credentials)(&address.registry), self.limits).fetch(address)
            }
            Reference::Chart { repository, chart, version } => self.chart(repository, chart, version.as_deref()),
        }
    }

    fn for_url(&self, url: &str) -> Option<Credentials> {
        (self.credentials)(http::parse(url).ok()?.host_str()?)
    }

    fn chart(&self, repository: &str, chart: &str, version: Option<&str>) -> Result<Fetched> {
        let charts = ChartRepository::open(self.client, repository, self.for_url(repository), self.limits)?;
        let Some(asked) = version else { return charts.fetch(&charts.newest(chart, None)?) };
        // A version without operator is that one: Helm's rules, not Cargo's.
        if !asked.contains(['^', '~', '<', '>', '=', '*', ',', ' ']) {
            return charts.fetch(&charts.newest(chart, Some(&|version| version == asked))?);
        }
        let wanted = VersionReq::parse(asked).map_err(|error| Error::Reference {
            text: without_secrets(repository),
            why: format!("is asked for the versions `{asked}`, which cannot be read: {error}"),
        })?;
        let takes = |version: &str| {
            Version::parse(version.trim_start_matches('v')).is_ok_and(|version| wanted.matches(&version))
        };
        charts.fetch(&charts.newest(chart, Some(&takes))?)
    }

    /// A chart of a repository (`https://…` with an index, `oci://…`): in the version `exact`, or the newest that `takes`.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`], and [`Error::Chart`].
    pub fn dependency(
        &self,
        repository: &str,
        chart: &str,
        exact: Option<&str>,
        takes: &dyn Fn(&str) -> bool,
    ) -> Result<Fetched> {
        let Some(below) = repository.strip_prefix("oci://") else {
            let charts = ChartRepository::open(self.client, repository, self.for_url(repository), self.limits)?;
            return charts.fetch(&charts.newest(chart, Some(takes))?);
        };
        let mut address = OciAddress::parse(&format!("oci://{}/{chart}", below.trim_end_matches('/')))?;
        let registry = Registry::new(self.client, (self.credentials)(&address.registry), self.limits);
        let version = match exact {
            Some(version) => version.to_owned(),
            None => newest_tag(registry.tags(&address)?, takes).ok_or_else(|| Error::Chart {
                repository: repository.to_owned(),
                chart: chart.to_owned(),
                wanted: " in a version that is wanted".to_owned(),
            })?,
        };
        // Tags have no `+`; Helm writes `_` instead.
        address.version = OciVersion::Tag(version.replace('+', "_"));
        registry.fetch(&address)
    }
}

/// The newest version among the tags of a chart.
fn newest_tag(tags: Vec<String>, takes: &dyn Fn(&str) -> bool) -> Option<String> {
    let versions = tags.into_iter().map(|tag| tag.replace('_', "+")).filter(|version| takes(version));
    let read = versions.filter_map(|text| Some((Version::parse(text.trim_start_matches('v')).ok()?, text)));
    read.max().map(|(_, version)| version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::http::tests::{Said, Server, client};

    #[test]
    fn references_are_fetched() {
        let server = Server::start(|asked| match asked.path.as_str() {
            "/c/index.yaml" => {
                let entry = |version| format!("  - {{version: {version}, urls: [{version}.yaml]}}\n");
                Said::ok(format!("entries:\n  shop:\n{}", ["1.2.0", "1.3.0", "2.0.0"].map(entry).concat()))
            }
            "/gone" => Said::status(404),
            path => Said::ok(path),
        });
        let directory = tempfile::tempdir().expect("a directory");
        std::fs::write(directory.path().join("a.yaml"), "from disk").expect("a file");
        let client = client();
        let credentials = |host: &str| (host == "127.0.0.1").then(|| Credentials::basic("user", "hunter2"));
        let fetcher = Fetcher { client: &client, limits: Limits::default(), credentials: &credentials, helpers: false };
        let read = |text: &str| {
            let reference = Reference::parse(text, |path| Path::new(path).exists())?;
            let found = fetcher.fetch(&reference)?;
            Ok(String::from_utf8_lossy(&found.tree.read(&found.path)?).into_owned())
        };
        let said = |text: &str| read(text).unwrap_or_else(|error: Error| error.to_string());
        let path = directory.path().join("a.yaml").display().to_string();
        let chart = |query: &str| format!("helm+{}//shop{query}", server.url("/c"));
        for (text, expected) in [
            (path, "from disk"),
            (server.url("/x.yaml"), "/x.yaml"),
            (chart(""), "/c/2.0.0.yaml"),
            (chart("?version=1.2.0"), "/c/1.2.0.yaml"),
            (chart("?version=%5E1.2"), "/c/1.3.0.yaml"),
            (chart("?version=1.2"), "has no chart `shop` in a version that is wanted"),
            (chart("?version=>=1 <2"), "cannot be read"),
            (server.url("/gone"), "answers 404"),
            ("-".to_owned(), "`-` is the standard input, and no place"),
        ] {
            assert!(said(&text).contains(expected), "{text}: {}", said(&text));
        }
        assert!(server.log().iter().all(|asked| asked.headers.contains_key("authorization")));
    }

    #[test]
    fn charts_of_registries_are_found_by_their_tags() {
        let server = Server::start(|asked| match asked.path.as_str() {
            "/v2/c/shop/tags/list" => Said::ok(r#"{"tags":["1.2.0","1.3.0_a","latest"]}"#)
                .with("Link", r#"</v2/c/shop/tags/list?last=latest>; rel="next""#),
            "/v2/c/shop/tags/list?last=latest" => Said::ok(r#"{"tags":["1.10.0","2.0.0"]}"#),
            _ => Said::status(404),
        });
        let client = client();
        let fetcher = Fetcher { client: &client, limits: Limits::default(), credentials: &|_| None, helpers: false };
        let repository = format!("oci://{}/c/", server.address);
        let found = |exact: Option<&str>, start: &str| {
            let found = fetcher.dependency(&repository, "shop", exact, &|version| version.starts_with(start));
            found.expect_err("no manifest is there").to_string()
        };
        for (exact, start, expected) in [
            (None, "1.", "/v2/c/shop/manifests/1.10.0` answers 404"),
            (None, "1.3", "/v2/c/shop/manifests/1.3.0_a` answers 404"),
            (None, "3.", "has no chart `shop` in a version that is wanted"),
            (Some("4.0.0+b"), "", "/v2/c/shop/manifests/4.0.0_b` answers 404"),
        ] {
            assert!(found(exact, start).contains(expected), "{}", found(exact, start));
        }
    }
}
