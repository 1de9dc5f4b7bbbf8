//! The short form of ports: `[[host:]published:]target[/protocol]`, each number a range or not.

use std::net::IpAddr;

use crate::document::{Entry, Mapping, Node, Number, Span, Value};

use super::{
    canonical::IntoValue,
    error::{ErrorKind, Fault, Result},
    path::KeyPath,
    scalar,
};

/// Ports of one service (`ports`): no machine has more.
const MOST: usize = 1 << 16;

/// Replaces short forms by the mappings they stand for, one for each port.
pub(super) fn expand(node: &mut Node, path: &KeyPath) -> Result<()> {
    let Value::Sequence(items) = &mut node.value else { return Ok(()) };
    let mut ports = Vec::new();
    for (index, item) in std::mem::take(items).into_iter().enumerate() {
        if item.as_mapping().is_some() {
            ports.push(item);
            continue;
        }
        let text = scalar::text(&item).unwrap_or_default();
        match short(&text, item.span) {
            Ok(expanded) if ports.len() + expanded.len() > MOST => {
                let kind = ErrorKind::Limit { what: "the number of ports", limit: "ports", allowed: MOST };
                return Err(Fault::new(kind, item.span));
            }
            Ok(expanded) => ports.extend(expanded),
            Err(why) => return Err(Fault::value(path.index(index), format!("{why}: `{text}`"), item.span)),
        }
    }
    *items = ports;
    Ok(())
}

fn short(text: &str, span: Span) -> std::result::Result<Vec<Node>, &'static str> {
    let (address, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let protocol = protocol.to_ascii_lowercase();
    if !["tcp", "udp", "sctp"].contains(&protocol.as_str()) {
        return Err("has a protocol that is not tcp, udp or sctp");
    }
    let (rest, target) = address.rsplit_once(':').map_or(("", address), |(rest, target)| (rest, target));
    let (host, published) = match rest.rsplit_once(':') {
        Some((host, published)) => (host, published),
        None => ("", rest),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if !host.is_empty() && host.parse::<IpAddr>().is_err() {
        return Err("has no IP address before the ports");
    }
    let (start, end) = range(target).ok_or("has no port of the container")?;
    let published_range = match published {
        "" => None,
        published => Some(range(published).ok_or("has no port of the host")?),
    };
    let count = end - start;
    let spread = published_range.filter(|(from, to)| to - from != count);
    if spread.is_some() && count != 0 {
        return Err("has ranges of different lengths");
    }
    let one = |offset: u16| {
        let published = match (published_range, spread) {
            (None, _) => None,
            // One port of the container for any of a range of the host.
            (_, Some((from, to))) => Some(format!("{from}-{to}")),
            (Some((from, _)), None) => Some((from + offset).to_string()),
        };
        port(host, start + offset, published, &protocol, span)
    };
    Ok((0..=count).map(one).collect())
}

fn range(text: &str) -> Option<(u16, u16)> {
    let (start, end) = text.split_once('-').unwrap_or((text, text));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(start) || !digits(end) {
        return None;
    }
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then_some((start, end))
}

fn port(host: &str, target: u16, published: Option<String>, protocol: &str, span: Span) -> Node {
    let mut mapping = Mapping::new();
    let mut add = |key: &str, value: Value| {
        mapping.push(Entry { key: key.into(), key_span: span, value: Node::new(value, span) });
    };
    add("mode", "ingress".into_value());
    if !host.is_empty() {
        add("host_ip", host.into_value());
    }
    add("target", Value::Number(Number::Int(target.into())));
    if let Some(published) = published {
        add("published", published.as_str().into_value());
    }
    add("protocol", protocol.into_value());
    Node::new(Value::Mapping(mapping), span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> String {
        let show = |node: &Node| {
            let part = |key: &str| node.get(key).and_then(scalar::text).unwrap_or_default();
            format!("{}|{}>{}/{} ", part("host_ip"), part("published"), part("target"), part("protocol"))
        };
        match short(text, Span::default()) {
            Ok(ports) => ports.iter().map(show).collect(),
            Err(why) => why.to_owned(),
        }
    }

    #[test]
    fn short_ports() {
        for (text, expected) in [
            ("80", "|>80/tcp "),
            ("8080:80/udp", "|8080>80/udp "),
            ("127.0.0.1:8080:80", "127.0.0.1|8080>80/tcp "),
            ("[::1]:8080:80", "::1|8080>80/tcp "),
            ("127.0.0.1::80", "127.0.0.1|>80/tcp "),
            ("3000-3001:80-81", "|3000>80/tcp |3001>81/tcp "),
            ("3000-3005:80", "|3000-3005>80/tcp "),
            ("80-81", "|>80/tcp |>81/tcp "),
            ("1-2:3-5", "has ranges of different lengths"),
            ("x", "has no port of the container"),
            ("99999", "has no port of the container"),
            ("a:1:2", "has no IP address before the ports"),
            ("80/x", "has a protocol that is not tcp, udp or sctp"),
        ] {
            assert_eq!(run(text), expected, "{text}");
        }
    }
}
