//! git's smart protocol over the room's own HTTP client, so that its budgets, its rules of access and of credentials
//! hold for repositories too.

use std::{
    any::Any,
    io::{self, BufRead, BufReader, Cursor, Read, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use gix::protocol::transport::client::{
    AuthenticationRequired,
    blocking_io::http::{GetResponse, Http, PostBodyDataKind, PostResponse},
};

use crate::source::{
    Client, Credentials, Error, Secret,
    http::{Answer, Body, HeaderName, HeaderValue, Method, Request, Url, same_origin},
};

/// Why the last request failed, in our own words.
pub(super) type Failure = Arc<Mutex<Option<Error>>>;

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) struct Backend {
    pub client: Client,
    /// The repository, where the credentials belong: answers may lead to other hosts.
    pub home: String,
    pub credentials: Option<Credentials>,
    /// Bytes of one answer.
    pub limit: u64,
    pub failure: Failure,
    /// Where the repository is in the end.
    pub moved: Option<String>,
}

/// A request whose body is still being written, or its answer.
enum Exchange {
    Open { backend: Backend, method: Method, url: String, headers: Vec<String>, body: Vec<u8> },
    Answered { headers: Option<Vec<u8>>, body: Option<Body> },
    Failed,
}

type Shared = Arc<Mutex<Exchange>>;

impl Exchange {
    /// Sends the request, if that has not been done.
    fn answer(&mut self) -> io::Result<()> {
        if !matches!(self, Exchange::Open { .. }) {
            return Ok(());
        }
        if let Exchange::Open { backend, method, url, headers, body } = std::mem::replace(self, Exchange::Failed) {
            *self = Exchange::answered(backend.send(method, &url, &headers, body)?);
        }
        Ok(())
    }

    fn answered(answer: Answer) -> Exchange {
        let line = |(name, value): (&HeaderName, &HeaderValue)| {
            [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\n"].concat()
        };
        Exchange::Answered { headers: Some(answer.headers.iter().flat_map(line).collect()), body: Some(answer.body) }
    }
}

impl Backend {
    fn again(&self) -> Backend {
        Backend {
            client: self.client.clone(),
            home: self.home.clone(),
            credentials: self.credentials.clone(),
            limit: self.limit,
            failure: self.failure.clone(),
            moved: None,
        }
    }

    fn send(&self, method: Method, url: &str, headers: &[String], body: Vec<u8>) -> io::Result<Answer> {
        let mut request = Request { method, body, ..Request::get(url, self.limit) };
        let mut helper = None;
        for line in headers {
            let Some((name, value)) = line.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("authorization") {
                // What a credential helper gave; it stays with its host as ours does.
                helper = Some(Credentials::Header(Secret::new(value.trim())));
                continue;
            }
            let name: HeaderName = name.parse().map_err(io::Error::other)?;
            request.headers.push((name, HeaderValue::from_str(value.trim()).map_err(io::Error::other)?));
        }
        let at_home = match (Url::parse(&self.home), Url::parse(url)) {
            (Ok(home), Ok(there)) => same_origin(&home, &there),
            _ => false,
        };
        request.credentials = helper.as_ref().or(self.credentials.as_ref()).filter(|_| at_home);
        self.client.send(request).and_then(Answer::success).map_err(|error| {
            *locked(&self.failure) = Some(error.clone());
            match error {
                Error::Unauthorized { status: 401, .. } => {
                    io::Error::new(io::ErrorKind::PermissionDenied, AuthenticationRequired::default())
                }
                error => io::Error::other(error),
            }
        })
    }
}

impl Http for Backend {
    type Headers = Part;
    type ResponseBody = Part;
    type PostBody = Writer;

    fn get(
        &mut self,
        url: &str,
        base_url: &str,
        headers: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> gix::Result<GetResponse<Part, Part>> {
        let headers: Vec<String> = headers.into_iter().map(|line| line.as_ref().to_owned()).collect();
        let answer = self.send(Method::GET, url, &headers, Vec::new()).map_err(gix::Error::from_error)?;
        let tail = url.strip_prefix(base_url).unwrap_or_default();
        self.moved = answer.url.as_str().strip_suffix(tail).map(str::to_owned);
        let shared: Shared = Arc::new(Mutex::new(Exchange::answered(answer)));
        Ok(GetResponse { headers: Part::headers(&shared), body: Part::body(&shared) })
    }

    fn post(
        &mut self,
        url: &str,
        _base_url: &str,
        headers: impl IntoIterator<Item = impl AsRef<str>>,
        _body: PostBodyDataKind,
    ) -> gix::Result<PostResponse<Part, Part, Writer>> {
        let headers = headers.into_iter().map(|line| line.as_ref().to_owned()).collect();
        let (method, url) = (Method::POST, url.to_owned());
        let open = Exchange::Open { backend: self.again(), method, url, headers, body: Vec::new() };
        let shared: Shared = Arc::new(Mutex::new(open));
        let (headers, body) = (Part::headers(&shared), Part::body(&shared));
        Ok(PostResponse { post_body: Writer(shared), headers, body })
    }

    fn configure(&mut self, _config: &dyn Any) -> gix::Result {
        Ok(())
    }

    fn redirected_base_url(&self) -> Option<String> {
        self.moved.clone()
    }
}

/// The body of a request; what is asked for fits into memory.
pub(super) struct Writer(Shared);

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut *locked(&self.0) {
            Exchange::Open { body, .. } => body.extend_from_slice(bytes),
            _ => return Err(io::ErrorKind::BrokenPipe.into()),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The headers or the body of an answer. The first that is read sends the request.
pub(super) struct Part {
    shared: Shared,
    wants_body: bool,
    reader: Option<BufReader<Box<dyn Read + Send>>>,
}

impl Part {
    fn headers(shared: &Shared) -> Part {
        Part { shared: shared.clone(), wants_body: false, reader: None }
    }

    fn body(shared: &Shared) -> Part {
        Part { shared: shared.clone(), wants_body: true, reader: None }
    }

    fn reader(&mut self) -> io::Result<&mut BufReader<Box<dyn Read + Send>>> {
        if self.reader.is_none() {
            let mut exchange = locked(&self.shared);
            exchange.answer()?;
            let part: Option<Box<dyn Read + Send>> = match &mut *exchange {
                Exchange::Answered { body, .. } if self.wants_body => body.take().map(|body| Box::new(body) as _),
                Exchange::Answered { headers, .. } => headers.take().map(|lines| Box::new(Cursor::new(lines)) as _),
                _ => None,
            };
            let part = part.ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?;
            drop(exchange);
            self.reader = Some(BufReader::new(part));
        }
        self.reader.as_mut().ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader()?.read(buffer)
    }
}

impl BufRead for Part {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader()?.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Some(reader) = &mut self.reader {
            reader.consume(amount);
        }
    }
}
