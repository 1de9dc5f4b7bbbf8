//! URLs: Sprig's `url.go` on Go's `net/url`.

use std::net::IpAddr;

use super::print::quote;
use crate::format::helm::{
    template::{Args, Context, Failure, Function},
    value::{Map, Str, Type, Value},
};

type Answer = Result<Value, Failure>;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("urlJoin", &[Type::MAP], join),
    Function::new("urlParse", &[Type::String], |_, args| {
        let text = args.text(0);
        let url = Url::parse(text.as_bytes()).map_err(|why| format!("unable to parse url: {why}"))?;
        Ok(url.into_value())
    }),
];

/// The parts of a URL, unescaped.
#[derive(Debug, Default)]
struct Url {
    scheme: Vec<u8>,
    opaque: Vec<u8>,
    /// A name and perhaps a password, escaped.
    userinfo: Option<Vec<u8>>,
    host: Vec<u8>,
    path: Vec<u8>,
    query: Vec<u8>,
    fragment: Vec<u8>,
}

/// Which part of a URL something is escaped for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Path,
    Userinfo,
    Host,
    Zone,
    Fragment,
}

fn is_escaped(byte: u8, mode: Mode) -> bool {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => false,
        b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'[' | b']' | b'<'
        | b'>' | b'"'
            if matches!(mode, Mode::Host | Mode::Zone) =>
        {
            false
        }
        b'$' | b'&' | b'+' | b',' | b'/' | b':' | b';' | b'=' | b'?' | b'@' => match mode {
            Mode::Path => byte == b'?',
            Mode::Userinfo => matches!(byte, b'@' | b'/' | b'?' | b':'),
            Mode::Fragment => false,
            Mode::Host | Mode::Zone => true,
        },
        b'!' | b'(' | b')' | b'*' => mode != Mode::Fragment,
        _ => true,
    }
}

fn escape(text: &[u8], mode: Mode) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        match is_escaped(byte, mode) {
            true => out.extend_from_slice(format!("%{byte:02X}").as_bytes()),
            false => out.push(byte),
        }
    }
    out
}

fn unescape(text: &[u8], mode: Mode) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte != b'%' {
            if matches!(mode, Mode::Host | Mode::Zone) && byte < 0x80 && is_escaped(byte, mode) {
                return Err(format!("invalid character {} in host name", quote(&[byte])));
            }
            out.push(byte);
            at += 1;
            continue;
        }
        let shown = &text[at..text.len().min(at + 3)];
        let refused = || format!("invalid URL escape {}", quote(shown));
        let digit = |index: usize| shown.get(index).and_then(|digit| char::from(*digit).to_digit(16));
        let (Some(high), Some(low)) = (digit(1), digit(2)) else { return Err(refused()) };
        let value = (high << 4 | low) as u8;
        let is_percent = shown == b"%25";
        let bad = match mode {
            Mode::Host => high < 8 && !is_percent,
            Mode::Zone => !is_percent && value != b' ' && is_escaped(value, Mode::Host),
            _ => false,
        };
        if bad {
            return Err(refused());
        }
        out.push(value);
        at += 3;
    }
    Ok(out)
}

fn position(text: &[u8], wanted: u8) -> Option<usize> {
    text.iter().position(|byte| *byte == wanted)
}

/// The text before the first `separator`, and the text after it.
fn cut(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    position(text, separator).map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])))
}

impl Url {
    fn parse(text: &[u8]) -> Result<Url, String> {
        let (before, fragment) = cut(text, b'#');
        let told = |shown: &[u8], why: String| format!("parse {}: {why}", quote(shown));
        let mut url = Url::parse_reference(before).map_err(|why| told(before, why))?;
        if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) {
            url.fragment = unescape(fragment, Mode::Fragment).map_err(|why| told(text, why))?;
        }
        Ok(url)
    }

    /// Without the fragment.
    fn parse_reference(text: &[u8]) -> Result<Url, String> {
        if text.iter().any(|byte| *byte < b' ' || *byte == 0x7F) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        let mut url = Url::default();
        if text == b"*" {
            url.path = text.to_vec();
            return Ok(url);
        }
        let (scheme, rest) = scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (mut rest, query) = cut(rest, b'?');
        url.query = query.unwrap_or_default().to_vec();
        if !rest.starts_with(b"/") {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_vec();
                return Ok(url);
            }
            if cut(rest, b'/').0.contains(&b':') {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        if (!url.scheme.is_empty() || !rest.starts_with(b"///")) && rest.starts_with(b"//") {
            let end = position(&rest[2..], b'/').map_or(rest.len(), |at| at + 2);
            let (authority, path) = (&rest[2..end], &rest[end..]);
            url.set_authority(authority)?;
            rest = path;
        }
        url.path = unescape(rest, Mode::Path)?;
        Ok(url)
    }

    fn set_authority(&mut self, authority: &[u8]) -> Result<(), String> {
        let at = authority.iter().rposition(|byte| *byte == b'@');
        self.host = self.parse_host(at.map_or(authority, |at| &authority[at + 1..]))?;
        if let Some(at) = at {
            self.userinfo = Some(parse_userinfo(&authority[..at])?);
        }
        Ok(())
    }

    fn parse_host(&self, host: &[u8]) -> Result<Vec<u8>, String> {
        match host.iter().rposition(|byte| *byte == b'[') {
            Some(0) => return parse_literal(host),
            Some(_) => return Err("invalid IP-literal".to_owned()),
            None => {}
        }
        // Other schemes have lists of hosts there.
        let is_strict = self.scheme == b"http" || self.scheme == b"https";
        let colon = if is_strict { position(host, b':') } else { host.iter().rposition(|byte| *byte == b':') };
        if let Some(colon) = colon {
            check_port(&host[colon..])?;
        }
        unescape(host, Mode::Host)
    }

    /// The host without its port, and without the brackets of an address.
    fn hostname(&self) -> &[u8] {
        let port = self.host.iter().rposition(|byte| *byte == b':').filter(|at| check_port(&self.host[*at..]).is_ok());
        let host = &self.host[..port.unwrap_or(self.host.len())];
        host.strip_prefix(b"[").and_then(|inner| inner.strip_suffix(b"]")).unwrap_or(host)
    }

    fn into_value(self) -> Value {
        let hostname = self.hostname().to_vec();
        let parts = [
            ("scheme", self.scheme),
            ("host", self.host),
            ("hostname", hostname),
            ("path", self.path),
            ("query", self.query),
            ("opaque", self.opaque),
            ("fragment", self.fragment),
            ("userinfo", self.userinfo.unwrap_or_default()),
        ];
        Value::map(parts.map(|(name, bytes)| (name.into(), Str::from_bytes(bytes).into())))
    }

    fn into_bytes(self) -> Vec<u8> {
        let mut out = Vec::new();
        if !self.scheme.is_empty() {
            out.extend_from_slice(&self.scheme);
            out.push(b':');
        }
        if !self.opaque.is_empty() {
            out.extend_from_slice(&self.opaque);
        } else {
            let has_authority = !self.host.is_empty() || self.userinfo.is_some();
            if has_authority || !self.scheme.is_empty() && !self.path.is_empty() {
                out.extend_from_slice(b"//");
            }
            if let Some(userinfo) = &self.userinfo {
                out.extend_from_slice(userinfo);
                out.push(b'@');
            }
            out.extend(escape(&self.host, Mode::Host));
            let path = if self.path == b"*" { self.path } else { escape(&self.path, Mode::Path) };
            if !path.is_empty() && !path.starts_with(b"/") && !self.host.is_empty() {
                out.push(b'/');
            }
            if out.is_empty() && cut(&path, b'/').0.contains(&b':') {
                out.extend_from_slice(b"./");
            }
            out.extend(path);
        }
        if !self.query.is_empty() {
            out.push(b'?');
            out.extend_from_slice(&self.query);
        }
        if !self.fragment.is_empty() {
            out.push(b'#');
            out.extend(escape(&self.fragment, Mode::Fragment));
        }
        out
    }
}

fn scheme(text: &[u8]) -> Result<(&[u8], &[u8]), String> {
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok((&text[..at], &text[at + 1..])),
            _ => return Ok((b"", text)),
        }
    }
    Ok((b"", text))
}

fn check_port(port: &[u8]) -> Result<(), String> {
    match port {
        [] => Ok(()),
        [b':', digits @ ..] if digits.iter().all(u8::is_ascii_digit) => Ok(()),
        port => Err(format!("invalid port {} after host", quote(port))),
    }
}

/// An address in brackets.
fn parse_literal(host: &[u8]) -> Result<Vec<u8>, String> {
    let Some(end) = host.iter().rposition(|byte| *byte == b']') else { return Err("missing ']' in host".to_owned()) };
    let (inner, port) = (&host[1..end], &host[end + 1..]);
    check_port(port)?;
    let zone = inner.windows(3).position(|window| window == b"%25").unwrap_or(inner.len());
    let mut address = unescape(&inner[..zone], Mode::Host)?;
    address.extend(unescape(&inner[zone..], Mode::Zone)?);
    let shown = String::from_utf8_lossy(&address).into_owned();
    match shown.split('%').next().unwrap_or_default().parse::<IpAddr>() {
        Ok(IpAddr::V6(_)) => {}
        Ok(IpAddr::V4(_)) => return Err("invalid IP-literal".to_owned()),
        Err(_) => return Err(format!("invalid host: ParseAddr({}): unable to parse IP", quote(shown.as_bytes()))),
    }
    Ok([b"[", address.as_slice(), b"]", port].concat())
}

/// Escapes it anew.
fn parse_userinfo(text: &[u8]) -> Result<Vec<u8>, String> {
    let is_valid = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(byte);
    if !text.iter().all(is_valid) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    let (name, password) = cut(text, b':');
    let mut out = escape(&unescape(name, Mode::Userinfo)?, Mode::Userinfo);
    if let Some(password) = password {
        out.push(b':');
        out.extend(escape(&unescape(password, Mode::Userinfo)?, Mode::Userinfo));
    }
    Ok(out)
}

fn join(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let parts = args.map(0);
    let mut url = Url {
        scheme: part(&parts, "scheme")?,
        host: part(&parts, "host")?,
        path: part(&parts, "path")?,
        query: part(&parts, "query")?,
        opaque: part(&parts, "opaque")?,
        fragment: part(&parts, "fragment")?,
        userinfo: None,
    };
    let userinfo = part(&parts, "userinfo")?;
    if !userinfo.is_empty() {
        let whole = [b"proto://", userinfo.as_slice(), b"@host"].concat();
        let parsed = Url::parse(&whole).map_err(|why| format!("unable to parse userinfo in dict: {why}"))?;
        url.userinfo = parsed.userinfo;
    }
    Ok(Str::from_bytes(url.into_bytes()).into())
}

fn part(parts: &Map, key: &str) -> Result<Vec<u8>, Failure> {
    match parts.get(key) {
        None => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(text.as_bytes().to_vec()),
        Some(Value::Nil) => Err(super::lists::NIL.into()),
        Some(value) => {
            let kind = value.kind().name();
            Err(Failure::Error(format!("unable to parse {key} key, must be of type string, but {kind} found")))
        }
    }
}
