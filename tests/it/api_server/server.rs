//! A real etcd and kube-apiserver for the length of a test.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

const TOKEN: &str = "a-token-for-one-test";
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs while it lives. The ServiceAccount and NamespaceLifecycle plugins are off: they refuse objects for what the
/// cluster does not hold yet, before anybody looks at the object.
pub(super) struct Server {
    // Fields are dropped in order: the processes before the directory they write to.
    _processes: Vec<Process>,
    directory: tempfile::TempDir,
    port: u16,
}

/// A child that does not outlive its parent's interest, panics included.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// To get something, or (with a body) to post it.
pub(super) struct Request {
    pub(super) path: String,
    pub(super) body: Option<String>,
}

/// What the server answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Server {
    /// Starts the programs of the folder `programs` and waits until they answer.
    pub(super) fn start(programs: &Path) -> Server {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let [client, peer, port] = free_ports();
        let file = |name: &str| directory.path().join(name).display().to_string();
        fs::write(file("tokens.csv"), format!("{TOKEN},admin,admin,system:masters\n")).expect("a file");
        let (clients, peers) = (format!("http://127.0.0.1:{client}"), format!("http://127.0.0.1:{peer}"));
        let etcd = spawn(
            &programs.join("etcd"),
            directory.path(),
            &[
                ("data-dir", &file("etcd")),
                ("unsafe-no-fsync", "true"),
                ("listen-client-urls", &clients),
                ("advertise-client-urls", &clients),
                ("listen-peer-urls", &peers),
                ("initial-advertise-peer-urls", &peers),
                ("initial-cluster", &format!("default={peers}")),
            ],
        );
        // The server makes itself a certificate; its key signs the tokens of ServiceAccounts, which nobody asks for.
        let key = file("certificates/apiserver.key");
        let api = spawn(
            &programs.join("kube-apiserver"),
            directory.path(),
            &[
                ("etcd-servers", &clients),
                ("bind-address", "127.0.0.1"),
                ("advertise-address", "127.0.0.1"),
                ("secure-port", &port.to_string()),
                ("endpoint-reconciler-type", "none"),
                ("cert-dir", &file("certificates")),
                ("token-auth-file", &file("tokens.csv")),
                ("service-account-key-file", &key),
                ("service-account-signing-key-file", &key),
                ("service-account-issuer", "https://localhost"),
                ("authorization-mode", "RBAC"),
                ("allow-privileged", "true"),
                ("disable-admission-plugins", "ServiceAccount,NamespaceLifecycle"),
            ],
        );
        let mut server = Server { _processes: vec![Process(api), Process(etcd)], directory, port };
        server.wait_until_ready();
        server
    }

    fn wait_until_ready(&mut self) {
        let began = Instant::now();
        while self.get("/readyz?verbose").status != 200 {
            for process in &mut self._processes {
                let ended = process.0.try_wait().expect("a child can be asked");
                assert!(ended.is_none() && began.elapsed() < PATIENCE, "the API server does not start: {}", self.log());
            }
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// The last words of the programs.
    fn log(&self) -> String {
        ["etcd.log", "kube-apiserver.log"]
            .iter()
            .map(|name| fs::read_to_string(self.directory.path().join(name)).unwrap_or_default())
            .map(|text| text.lines().rev().take(5).collect::<Vec<_>>().join("\n") + "\n")
            .collect()
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask(&[Request { path: path.to_owned(), body: None }]).remove(0)
    }

    /// The answers to many requests, over one connection. Bodies are posted as YAML.
    pub(super) fn ask(&self, requests: &[Request]) -> Vec<Answer> {
        let scratch = tempfile::tempdir_in(self.directory.path()).expect("a temporary directory");
        let at = |name: String| scratch.path().join(name);
        let mut config = String::new();
        for (index, request) in requests.iter().enumerate() {
            let (sent, got) = (at(format!("{index}.sent")), at(format!("{index}.got")));
            if index > 0 {
                config.push_str("next\n");
            }
            let _ = writeln!(config, "silent\ninsecure\nurl = \"https://127.0.0.1:{}{}\"", self.port, request.path);
            let _ = writeln!(config, "header = \"Authorization: Bearer {TOKEN}\"\noutput = \"{}\"", got.display());
            let _ = writeln!(config, "write-out = \"%{{http_code}}\\n\"\nmax-time = 60");
            if let Some(body) = &request.body {
                fs::write(&sent, body).expect("a file");
                let _ = writeln!(config, "data-binary = \"@{}\"", sent.display());
                config.push_str("header = \"Content-Type: application/yaml\"\n");
            }
        }
        let said = curl(&config);
        let statuses: Vec<u16> = said.lines().map(|line| line.parse().unwrap_or_default()).collect();
        assert_eq!(statuses.len(), requests.len(), "curl answers each request: {said}");
        let body = |index: usize| fs::read(at(format!("{index}.got"))).unwrap_or_default();
        statuses
            .into_iter()
            .enumerate()
            .map(|(index, status)| Answer { status, body: serde_json::from_slice(&body(index)).unwrap_or_default() })
            .collect()
    }
}

fn curl(config: &str) -> String {
    let mut curl = Command::new("curl")
        .args(["--disable", "--noproxy", "*", "--config", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("curl is installed");
    let mut stdin = curl.stdin.take().expect("a pipe");
    thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(config.as_bytes()));
        let output = curl.wait_with_output().expect("curl ends");
        String::from_utf8_lossy(&output.stdout).into_owned()
    })
}

fn spawn(program: &Path, directory: &Path, flags: &[(&str, &str)]) -> Child {
    let name = program.file_name().expect("a program").to_string_lossy();
    let log: PathBuf = directory.join(format!("{name}.log"));
    let log = fs::File::create(log).expect("a file");
    Command::new(program)
        .args(flags.iter().map(|(name, value)| format!("--{name}={value}")))
        .current_dir(directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()))
}

/// Ports that nobody listens on: all are held before any is let go.
fn free_ports<const N: usize>() -> [u16; N] {
    let held: [TcpListener; N] = std::array::from_fn(|_| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    held.map(|listener| listener.local_addr().expect("an address").port())
}
