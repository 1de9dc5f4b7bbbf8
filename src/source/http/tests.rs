//! A server of a few lines on this machine, and what the client does with it.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::Mutex,
    thread,
};

use super::*;

#[derive(Debug, Clone, Default)]
pub(in crate::source) struct Asked {
    pub method: String,
    /// With the query.
    pub path: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

#[derive(Debug, Default)]
pub(in crate::source) struct Said {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Said {
    pub(in crate::source) fn ok(body: impl Into<Vec<u8>>) -> Said {
        Said { status: 200, body: body.into(), ..Said::default() }
    }

    pub(in crate::source) fn status(status: u16) -> Said {
        Said { status, ..Said::default() }
    }

    pub(in crate::source) fn with(mut self, name: &str, value: impl Into<String>) -> Said {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// Lives as long as the test's process; its threads are few.
pub(in crate::source) struct Server {
    pub address: String,
    pub asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(in crate::source) fn start(answer: impl Fn(&Asked) -> Said + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (asked.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (log.clone(), answer.clone());
                thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Server { address, asked }
    }

    pub(in crate::source) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(in crate::source) fn log(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }
}

/// A server that sends a byte now and then, and never ends.
fn dripping() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // An answer before the question would be an error of its own.
            let asked = BufReader::new(stream.try_clone().expect("a socket")).lines();
            let _ = asked.map_while(Result::ok).find(String::is_empty);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(100));
            }
        }
    });
    url
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Said) {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    let mut line = String::new();
    let _ = reader.read_line(&mut line);
    let mut words = line.split_whitespace().map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return };
    let mut asked = Asked { method, path, ..Asked::default() };
    loop {
        let mut line = String::new();
        let _ = reader.read_line(&mut line);
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        asked.headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = asked.headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    asked.body = vec![0; length];
    reader.read_exact(&mut asked.body).expect("a body");
    let said = answer(&asked);
    log.lock().expect("no panic").push(asked.clone());
    let mut head = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", said.status);
    for (name, value) in &said.headers {
        head += &format!("{name}: {value}\r\n");
    }
    if asked.method != "HEAD" && !said.headers.iter().any(|(name, _)| name == "Content-Length") {
        head += &format!("Content-Length: {}\r\n", said.body.len());
    }
    let _ = stream.write_all((head + "\r\n").as_bytes());
    let _ = stream.write_all(&said.body);
}

pub(in crate::source) fn client() -> Client {
    Client::new(HttpOptions { timeout: Duration::from_secs(20), ..HttpOptions::default() }).expect("a client")
}

fn said<T>(result: Result<T>) -> String {
    result.map_or_else(|error| error.to_string(), |_| "ok".to_owned())
}

#[test]
fn answers_come_under_budgets() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/large" => Said::ok(vec![b'x'; 100_000]),
        "/loop" => Said::status(302).with("Location", "/loop"),
        "/short" => Said::ok("abc").with("Content-Length", "50"),
        "/slow" => {
            thread::sleep(Duration::from_millis(4000));
            Said::ok("late")
        }
        "/file.yaml?token=secret" => Said::ok("kind: A"),
        "/private?token=secret" => Said::status(401),
        _ => Said::status(404),
    });
    let client = client();
    let get = |path: &str| said(client.get(&server.url(path), None, 1000));
    let at = server.url("");
    assert_eq!(get("/large"), format!("the answer of `{at}/large` exceeds the limit `bytes` of 1000"));
    assert_eq!(get("/loop"), format!("`{at}/loop` exceeds the limit `redirects` of 10"));
    assert_eq!(get("/private?token=secret"), format!("`{at}/private` refuses access (401)"));
    assert_eq!(get("/gone"), format!("`{at}/gone` answers 404"));
    assert!(get("/short").starts_with(&format!("cannot reach `{at}/short`")), "{}", get("/short"));
    let hasty = Client::new(HttpOptions { timeout: Duration::from_millis(1000), ..HttpOptions::default() });
    let hasty = hasty.expect("a client");
    let late = said(hasty.get(&server.url("/slow"), None, 1000));
    assert_eq!(late, format!("`{at}/slow` did not answer within 1 seconds"));
    assert!(said(hasty.get(&dripping(), None, 1000)).ends_with("did not answer within 1 seconds"));
    let fetched = client.download(&server.url("/file.yaml?token=secret"), None, Limits::default()).expect("a file");
    assert_eq!(fetched.tree.name(&fetched.path), format!("{at}/file.yaml"));
    assert!(!format!("{:?}", fetched.provenance).contains("secret"));
}

#[test]
fn only_https_is_asked_beyond_this_machine() {
    let client = client();
    for (url, expected) in [
        ("http://example.com/a", "plain http"),
        ("ftp://example.com/a", "only https"),
        ("file:///etc/passwd", "names no host"),
        ("http://user:hunter2@example.com/?hunter2", "plain http"),
        ("nonsense", "is no URL"),
    ] {
        let said = said(client.get(url, None, 10));
        assert!(said.contains(expected) && !said.contains("hunter2"), "{url}: {said}");
    }
    let away = Server::start(|_| Said::status(301).with("Location", "http://example.com/x"));
    // No TLS there: an error, and no panic for want of a provider of cryptography.
    assert!(said(client.get(&format!("https://{}/", away.address), None, 10)).starts_with("cannot reach"));
    assert!(said(client.get(&away.url("/"), None, 10)).contains("`http://example.com/x` is not asked: plain http"));
}

#[test]
fn credentials_stay_with_their_host() {
    let other = Server::start(|_| Said::ok("file"));
    let target = other.url("/blob");
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/here" => Said::status(302).with("Location", "/there"),
        "/there" => Said::ok("file"),
        _ => Said::status(307).with("Location", target.clone()),
    });
    let credentials = Credentials::basic("user", "hunter2");
    for path in ["/here", "/away"] {
        client().get(&server.url(path), Some(&credentials), 100).expect("a file");
    }
    let with_url = server.url("/away").replace("http://", "http://user:hunter2@");
    client().get(&with_url, None, 100).expect("a file");
    assert!(server.log().iter().all(|asked| asked.headers["authorization"] == "Basic dXNlcjpodW50ZXIy"));
    assert_eq!(server.log().len(), 4);
    assert_eq!(other.log().len(), 2);
    assert!(other.log().iter().all(|asked| !asked.headers.contains_key("authorization")));
    assert!(!format!("{credentials:?}").contains("hunter2"));
}

#[test]
fn servers_ask_public_addresses_only() {
    let server = Server::start(|_| Said::ok("metadata"));
    let port = server.address.rsplit_once(':').expect("a port").1.to_owned();
    let public = HttpOptions { access: Access::Public, plain_http: true, ..HttpOptions::default() };
    let client = Client::new(public.clone()).expect("a client");
    let ask = |client: &Client, host: &str| said(client.get(&format!("http://{host}:{port}/"), None, 100));
    for (host, why) in [
        ("127.0.0.1", "it is an address of this machine"),
        ("2130706433", "it is an address of this machine"),
        ("0x7f.1", "it is an address of this machine"),
        ("169.254.169.254", "it is an address of metadata services"),
        ("[::ffff:10.0.0.1]", "it is a private address"),
        ("[fd00:ec2::254]", "it is an address of metadata services"),
    ] {
        assert!(ask(&client, host).ends_with(why), "{host}: {}", ask(&client, host));
    }
    // A name whose address changes: what is connected to is judged each time.
    let asked = Mutex::new(0);
    let look_up = move |_: &str| {
        let mut times = asked.lock().expect("no panic");
        *times += 1;
        Ok(vec![if *times == 1 { "10.0.0.1" } else { "127.0.0.1" }.parse().expect("an address")])
    };
    let guard = Guard { access: Access::Public, look_up: Arc::new(look_up) };
    let rebound = Client::guarded(public.clone(), guard.clone()).expect("a client");
    assert_eq!(ask(&rebound, "a.example"), "`a.example` is not asked: its name leads to a private address");
    assert_eq!(ask(&rebound, "a.example"), "`a.example` is not asked: its name leads to an address of this machine");
    let open = Client::guarded(
        HttpOptions { plain_http: true, ..HttpOptions::default() },
        Guard { access: Access::Any, ..guard },
    );
    assert_eq!(ask(&open.expect("a client"), "a.example"), "ok");
    assert!(server.log().len() == 1);
    let proxy = Some(Proxy { url: Secret::new("http://proxy.example:3128"), except: String::new() });
    assert!(Client::new(HttpOptions { proxy, ..public }).is_err());
}

#[test]
fn secrets_are_taken_out_of_texts() {
    for (text, expected) in [
        ("https://u:p@h/x?t=1#f", "https://h/x"),
        ("https://u:p@h", "https://h"),
        ("https://a@b@h/x@y", "https://h/x@y"),
        ("plain@text", "plain@text"),
    ] {
        assert_eq!(without_secrets(text), expected);
    }
}
