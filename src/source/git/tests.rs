//! Repositories made by the program `git`, read without it. Without `git` the tests say that they are skipped.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::*;
use crate::source::{
    Access, Client, Credentials, HttpOptions,
    http::tests::{Asked, Said, Server, client},
};

struct Repository {
    directory: tempfile::TempDir,
}

impl Repository {
    /// A repository of a few commits; nothing where there is no `git`.
    fn new() -> Option<Repository> {
        if Command::new("git").arg("--version").output().is_err() {
            std::io::stderr().write_all(b"skipped: there is no `git`\n").expect("a stream");
            return None;
        }
        let repository = Repository { directory: tempfile::tempdir().expect("a directory") };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit("charts/shop/Chart.yaml", "version: 1", "2024-02-03T04:05:06+02:00");
        repository.git(&["tag", "-a", "v1", "-m", "one"]);
        repository.git(&["branch", "feature/x"]);
        repository.commit("charts/shop/Chart.yaml", "version: 2", "2025-01-01T00:00:00Z");
        Some(repository)
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, content).expect("a file");
    }

    fn commit(&self, path: &str, content: &str, date: &str) {
        self.write(path, content);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x", "--date", date]);
    }
}

fn git(directory: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn text(fetched: &Fetched) -> String {
    match fetched.tree.read(&fetched.path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => error.to_string(),
    }
}

fn read(directory: &Path, revision: &str, path: &str) -> String {
    commit(directory, revision, path, Limits::default()).map_or_else(|error| error.to_string(), |found| text(&found))
}

#[test]
fn revisions_are_found() {
    let Some(repository) = Repository::new() else { return };
    let hash = repository.git(&["rev-parse", "v1^{commit}"]);
    let chart = "charts/shop/Chart.yaml";
    for (revision, expected) in [
        ("main", "version: 2"),
        ("HEAD", "version: 2"),
        ("HEAD~1", "version: 1"),
        ("v1", "version: 1"),
        ("v1^{}", "version: 1"),
        ("feature/x", "version: 1"),
        ("refs/heads/feature/x", "version: 1"),
        (&hash, "version: 1"),
        (&hash[..8], "version: 1"),
    ] {
        assert_eq!(read(repository.path(), revision, chart), expected, "{revision}");
    }
    for revision in ["nope", "HEAD~7", "main..v1", "", "-x", "HEAD:charts"] {
        let said = read(repository.path(), revision, chart);
        assert!(said.contains("is no revision of the git repository"), "{revision}: {said}");
    }
    let found = commit(&repository.path().join("charts"), "v1", "shop", Limits::default()).expect("a directory");
    assert_eq!(found.path, "charts/shop");
    assert_eq!(
        found.tree.name("charts/shop/Chart.yaml"),
        format!("{}/charts@v1:shop/Chart.yaml", repository.path().display())
    );
    let Provenance::Git { commit: id, date, path, revision, .. } = found.provenance else { panic!("from git") };
    assert_eq!(
        (id, date.as_str(), path.as_str(), revision.as_str()),
        (hash, "2024-02-03T04:05:06+02:00", "charts/shop", "v1")
    );
    let said = read(repository.path(), "v1", "nope");
    assert!(said.starts_with("there is no `") && said.ends_with("@v1:nope`"), "{said}");
    let outside = tempfile::tempdir().expect("a directory");
    assert!(read(outside.path(), "HEAD", "").contains("cannot read the git repository"));
}

/// However git keeps its objects and names, they are found.
#[test]
fn packed_bare_linked_and_borrowed_repositories_are_read() {
    let Some(repository) = Repository::new() else { return };
    let places = tempfile::tempdir().expect("a directory");
    let origin = repository.path().to_str().expect("text").to_owned();
    let place = |name: &str| places.path().join(name);
    let chart = "charts/shop/Chart.yaml";
    repository.git(&["worktree", "add", "-q", place("linked").to_str().expect("text"), "feature/x"]);
    git(places.path(), &["clone", "-q", "--shared", &origin, "borrowed"]);
    git(places.path(), &["clone", "-q", "--bare", &origin, "bare.git"]);
    git(places.path(), &["clone", "-q", "--depth", "1", &format!("file://{origin}"), "shallow"]);
    repository.git(&["gc", "-q"]);
    repository.git(&["pack-refs", "--all"]);
    for (directory, revision, expected) in [
        (repository.path().to_owned(), "v1", "version: 1"),
        (repository.path().join("charts/.."), "main", "version: 2"),
        (place("linked"), "HEAD", "version: 1"),
        (place("borrowed"), "HEAD", "version: 2"),
        (place("bare.git"), "feature/x", "version: 1"),
        (place("shallow"), "HEAD", "version: 2"),
    ] {
        assert_eq!(read(&directory, revision, chart), expected, "{}", directory.display());
    }
    let url = |place: GitPlace| GitAddress { url: format!("file://{origin}"), credentials: None, place };
    let client = client();
    let options = GitOptions { client: &client, credentials: None, helpers: false, limits: Limits::default() };
    let joined = GitPlace::Joined(format!("feature/x/{chart}"));
    let found = fetch(&url(joined), &options).expect("a file");
    assert_eq!(
        (text(&found).as_str(), found.tree.name(chart)),
        ("version: 1", format!("file://{origin}@feature/x:{chart}"))
    );
}

#[cfg(unix)]
#[test]
fn links_submodules_and_pointers_are_told() {
    use std::os::unix::fs::symlink;
    let Some(repository) = Repository::new() else { return };
    let link = |to: &str, at: &str| symlink(to, repository.path().join(at)).expect("a link");
    link("charts/shop/Chart.yaml", "inside");
    link("../../charts/shop", "charts/dir");
    link("shop", "charts/near");
    link("/etc/passwd", "absolute");
    link("../../x", "out");
    link("loop", "loop");
    link("..", "charts/up");
    repository.write("large.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n");
    repository.git(&["submodule", "--quiet", "add", repository.path().to_str().expect("text"), "module"]);
    repository.commit("z", "z", "2025-01-01T00:00:00Z");
    for (path, expected) in [
        ("inside", "version: 2"),
        ("charts/near/Chart.yaml", "version: 2"),
        ("charts/dir", "is a symbolic link that leads out of the root"),
        ("absolute", "is a symbolic link that leads out of the root"),
        ("out", "is a symbolic link that leads out of the root"),
        ("loop", "has too many symbolic links"),
        ("module", "lies in a submodule, whose files are in a repository of their own"),
        ("module/x", "lies in a submodule, whose files are in a repository of their own"),
        ("large.bin", "is a pointer of Git LFS: the file itself is not in the repository"),
        ("charts/shop", "is a directory"),
        ("../x", "leads out of the root"),
    ] {
        let said = read(repository.path(), "HEAD", path);
        assert!(said.ends_with(expected), "{path}: {said}");
    }
    let found = commit(repository.path(), "HEAD", "", Limits::default()).expect("a commit");
    let files = found.tree.walk("charts", Limits::default()).expect("an end");
    assert_eq!(files, ["charts/dir", "charts/near/Chart.yaml", "charts/shop/Chart.yaml", "charts/up"]);
}

#[test]
fn budgets_hold_in_commits() {
    let Some(repository) = Repository::new() else { return };
    let path = "charts/shop/Chart.yaml";
    let found = commit(repository.path(), "HEAD", path, Limits { file_bytes: 9, ..Limits::default() });
    // The limit is that of every object, commits and directories too.
    assert!(found.is_err());
    let found =
        commit(repository.path(), "HEAD", path, Limits { total_bytes: 9, ..Limits::default() }).expect("a commit");
    assert!(text(&found).contains("limit `total-bytes` of 9"), "{}", text(&found));
}

/// A server of the smart protocol: `git http-backend` behind the test's own.
fn serve(root: PathBuf, password: Option<&'static str>) -> Server {
    Server::start(move |asked| {
        let right = asked.headers.get("authorization").map(String::as_str);
        if password.is_some() && right != password {
            return Said::status(401).with("WWW-Authenticate", "Basic realm=\"x\"");
        }
        if let Some(rest) = asked.path.strip_prefix("/moved/") {
            return Said::status(301).with("Location", format!("/{rest}"));
        }
        backend(&root, asked)
    })
}

fn backend(root: &Path, asked: &Asked) -> Said {
    let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
    let header = |name: &str| asked.headers.get(name).cloned().unwrap_or_default();
    let mut child = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query)
        .env("REQUEST_METHOD", &asked.method)
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", asked.body.len().to_string())
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("git");
    child.stdin.take().expect("a pipe").write_all(&asked.body).expect("a pipe");
    let output = child.wait_with_output().expect("git").stdout;
    let end = output.windows(4).position(|window| window == b"\r\n\r\n").expect("headers");
    let mut said = Said::ok(&output[end + 4..]);
    for line in String::from_utf8_lossy(&output[..end]).lines() {
        match line.split_once(": ") {
            Some(("Status", status)) => said.status = status[..3].parse().expect("a number"),
            Some((name, value)) => said = said.with(name, value),
            None => {}
        }
    }
    said
}

fn bare(repository: &Repository) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a directory");
    git(root.path(), &["clone", "-q", "--bare", repository.path().to_str().expect("text"), "r.git"]);
    root
}

#[test]
fn commits_are_fetched_over_http() {
    let Some(repository) = Repository::new() else { return };
    let hash = repository.git(&["rev-parse", "v1^{commit}"]);
    let root = bare(&repository);
    let server = serve(root.path().to_owned(), None);
    let client = client();
    let options = GitOptions { client: &client, credentials: None, helpers: false, limits: Limits::default() };
    let get = |url: String, place: GitPlace| fetch(&GitAddress { url, credentials: None, place }, &options);
    let path = || "charts/shop/Chart.yaml".to_owned();
    let plain = |revision: &str| GitPlace::Plain { revision: Some(revision.to_owned()), path: path() };
    for (place, expected) in [
        (GitPlace::Plain { revision: None, path: path() }, "version: 2"),
        (plain("main"), "version: 2"),
        (plain("v1"), "version: 1"),
        (plain("refs/tags/v1"), "version: 1"),
        (plain(&hash), "version: 1"),
        (GitPlace::Joined(format!("feature/x/{}", path())), "version: 1"),
        (GitPlace::Joined(format!("{hash}/{}", path())), "version: 1"),
        (GitPlace::Joined(format!("refs/heads/main/{}", path())), "version: 2"),
    ] {
        let found = get(server.url("/r.git"), place.clone()).unwrap_or_else(|error| panic!("{place:?}: {error}"));
        assert_eq!(text(&found), expected, "{place:?}");
    }
    let fetched: Vec<_> = server.log().into_iter().filter(|asked| asked.body.contains_str("command=fetch")).collect();
    assert!(fetched.len() >= 8 && fetched.iter().all(|asked| asked.body.contains_str("deepen 1")), "without history");
    let found = get(server.url("/moved/r.git"), plain("v1")).expect("a file");
    let Provenance::Git { repository: from, commit: id, .. } = &found.provenance else { panic!("from git") };
    assert_eq!((from, id, text(&found).as_str()), (&server.url("/moved/r.git"), &hash, "version: 1"));
    assert_eq!(found.tree.name("x"), format!("{}@v1:x", server.url("/moved/r.git")));

    let wrong = |url: &str, revision: &str| get(server.url(url), plain(revision)).expect_err("nothing").to_string();
    assert!(wrong("/r.git", "nope").contains("no branch or tag of this name"));
    assert!(wrong("/r.git", "HEAD~1").contains("no branch or tag of this name"));
    assert!(wrong("/nope.git", "main").contains("answers 404"), "{}", wrong("/nope.git", "main"));
    assert!(!wrong("/r.git", &"0".repeat(40)).is_empty());
    let small = GitOptions { limits: Limits { total_bytes: 100, ..Limits::default() }, ..options.clone() };
    let address = GitAddress { url: server.url("/r.git"), credentials: None, place: plain("main") };
    let error = fetch(&address, &small).expect_err("too large").to_string();
    assert!(error.contains("exceeds the limit `bytes` of 100"), "{error}");
}

#[test]
fn credentials_reach_the_server_and_nobody_else() {
    let Some(repository) = Repository::new() else { return };
    let root = bare(&repository);
    let server = serve(root.path().to_owned(), Some("Basic dXNlcjpodW50ZXIy"));
    let client = client();
    let place = GitPlace::Plain { revision: Some("main".to_owned()), path: String::new() };
    let open = serve(root.path().to_owned(), None);
    let target = open.url("");
    let leads = Server::start(move |asked| Said::status(301).with("Location", format!("{target}{}", asked.path)));
    let credentials = Some(Credentials::basic("user", "hunter2"));
    let address = GitAddress { url: leads.url("/r.git"), credentials, place: place.clone() };
    let options = GitOptions { client: &client, credentials: None, helpers: false, limits: Limits::default() };
    fetch(&address, &options).expect("a commit");
    assert!(open.log().iter().any(|asked| asked.method == "POST"));
    assert!(open.log().iter().all(|asked| !asked.headers.contains_key("authorization")));
    let mut address = GitAddress { url: server.url("/r.git"), credentials: None, place };
    let mut options = GitOptions { client: &client, credentials: None, helpers: false, limits: Limits::default() };
    let refused = fetch(&address, &options).expect_err("no credentials");
    assert!(matches!(&refused, Error::Unauthorized { status: 401, .. }), "{refused}");
    address.credentials = Some(Credentials::basic("user", "hunter2"));
    let found = fetch(&address, &options).expect("a commit");
    assert!(!format!("{found:?} {address:?} {options:?}").contains("hunter2"));
    let moved = server.url("/r.git");
    let other = Server::start(move |asked| {
        let rest = asked.path.strip_prefix("/r.git").expect("the repository");
        Said::status(301).with("Location", format!("{moved}{rest}"))
    });
    let away = GitAddress { url: other.url("/r.git"), ..address.clone() };
    let before = server.log().len();
    assert!(matches!(fetch(&away, &options), Err(Error::Unauthorized { .. })));
    assert!(server.log()[before..].iter().all(|asked| !asked.headers.contains_key("authorization")));
    assert!(other.log().iter().all(|asked| asked.headers.contains_key("authorization")));
    options.credentials = Some(Credentials::basic("user", "wrong"));
    let refused = fetch(&address, &options).expect_err("wrong credentials").to_string();
    assert!(refused.contains("refuses access (401)") && !refused.contains("wrong"), "{refused}");
}

#[test]
fn servers_fetch_by_https_only() {
    let client = Client::new(HttpOptions { access: Access::Public, ..HttpOptions::default() }).expect("a client");
    let options = GitOptions { client: &client, credentials: None, helpers: false, limits: Limits::default() };
    for (url, why) in [
        ("file:///etc", "repositories come by https"),
        ("ssh://git@h.example/r", "repositories come by https"),
        ("http://127.0.0.1:1/r.git", "it is an address of this machine"),
        ("https://169.254.169.254/r.git", "it is an address of metadata services"),
    ] {
        let place = GitPlace::Plain { revision: None, path: String::new() };
        let address = GitAddress { url: url.to_owned(), credentials: None, place };
        let error = fetch(&address, &options).expect_err("refused").to_string();
        assert!(error.ends_with(why), "{url}: {error}");
    }
}

#[test]
fn tokens_are_for_their_hosts() {
    let variables = |name: &str| match name {
        "GITHUB_TOKEN" => Some("hub".to_owned()),
        "GITLAB_TOKEN" => Some(String::new()),
        "MESHERY_GIT_TOKEN" => Some("own".to_owned()),
        "MESHERY_GIT_HOST" => Some("git.example".to_owned()),
        _ => None,
    };
    for (host, expected) in [
        ("github.com", Some(Credentials::basic("x-access-token", "hub"))),
        ("git.example", Some(Credentials::basic("oauth2", "own"))),
        ("gitlab.com", None),
        ("github.com.evil.example", None),
        ("other.example", None),
    ] {
        assert_eq!(environment_token(host, variables), expected, "{host}");
    }
}
