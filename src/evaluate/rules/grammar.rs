//! The small languages inside Kubernetes' strings: names, labels, ports, addresses.
//!
//! Each function says whether a text is a word of its language and otherwise why not, in a phrase that completes
//! "`Web_1` is not a valid name: …". Sources: RFC 1035 and 1123 as `k8s.io/apimachinery/pkg/util/validation` reads them,
//! <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/> and `…/labels/`.
//!
//! They run on every name of every object, so they look at bytes and allocate only to complain.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::registry::Version;

/// Fine, or what is wrong with it.
pub(crate) type Verdict = Result<(), Cow<'static, str>>;

const LABEL_MAX: usize = 63;
const SUBDOMAIN_MAX: usize = 253;

fn lower_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn at_most(text: &str, length: usize) -> Verdict {
    match text.len() {
        0 => Err("it is empty".into()),
        n if n > length => Err(format!("it has {n} characters, {length} are allowed").into()),
        _ => Ok(()),
    }
}

/// All bytes are `allowed`; `what` names those that are, for the complaint.
fn only(text: &str, allowed: fn(u8) -> bool, what: &str) -> Verdict {
    match text.bytes().position(|byte| !allowed(byte)) {
        None => Ok(()),
        Some(at) => {
            let wrong = text[at..].chars().next().unwrap_or_default();
            let wrong = if wrong == ' ' { "a space".to_owned() } else { format!("`{wrong}`") };
            Err(format!("it may hold only {what}, not {wrong}").into())
        }
    }
}

fn bounded_by(text: &str, allowed: fn(u8) -> bool, what: &str) -> Verdict {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(&first), Some(&last)) if allowed(first) && allowed(last) => Ok(()),
        _ => Err(format!("it must begin and end with {what}").into()),
    }
}

/// A DNS label: `[a-z0-9]([-a-z0-9]*[a-z0-9])?`, at most 63 characters.
pub(crate) fn dns_label(text: &str) -> Verdict {
    at_most(text, LABEL_MAX)?;
    only(text, |b| lower_alphanumeric(b) || b == b'-', "lower-case letters, digits and `-`")?;
    bounded_by(text, lower_alphanumeric, "a lower-case letter or a digit")
}

/// A DNS label that begins with a letter (RFC 1035): the names of Services before 1.34.
pub(crate) fn dns_1035_label(text: &str) -> Verdict {
    dns_label(text)?;
    if text.as_bytes()[0].is_ascii_lowercase() { Ok(()) } else { Err("it must begin with a lower-case letter".into()) }
}

/// Labels joined by dots, at most 253 characters: the names of most objects.
pub(crate) fn dns_subdomain(text: &str) -> Verdict {
    at_most(text, SUBDOMAIN_MAX)?;
    only(text, |b| lower_alphanumeric(b) || b == b'-' || b == b'.', "lower-case letters, digits, `-` and `.`")?;
    for part in text.split('.') {
        bounded_by(part, lower_alphanumeric, "a lower-case letter or a digit, and so must each part between dots")?;
    }
    Ok(())
}

/// A subdomain whose labels may hold `_` and begin with one: DNS search paths.
pub(crate) fn dns_subdomain_with_underscores(text: &str) -> Verdict {
    at_most(text, SUBDOMAIN_MAX)?;
    for part in text.split('.') {
        let part = part.strip_prefix('_').unwrap_or(part);
        only(
            part,
            |b| lower_alphanumeric(b) || b == b'-' || b == b'_',
            "lower-case letters, digits, `-`, `_` and `.`",
        )?;
        bounded_by(part, lower_alphanumeric, "a lower-case letter or a digit, and so must each part between dots")?;
    }
    Ok(())
}

/// `*.` and a subdomain.
pub(crate) fn wildcard_dns_subdomain(text: &str) -> Verdict {
    at_most(text, SUBDOMAIN_MAX)?;
    match text.strip_prefix("*.") {
        Some(rest) => dns_subdomain(rest),
        None => Err("it must begin with `*.`".into()),
    }
}

/// A key of a label or annotation, and every other *qualified name*: `name` or `prefix.example.com/name`.
pub(crate) fn label_key(text: &str) -> Verdict {
    let name = match text.split_once('/') {
        None => text,
        Some((prefix, name)) => {
            if name.contains('/') {
                return Err("it may hold one `/` at most".into());
            }
            dns_subdomain(prefix).map_err(|why| prefixed("the part before `/` is not a DNS subdomain: ", why))?;
            name
        }
    };
    if name.is_empty() && text.len() > name.len() {
        return Err("the part after `/` is empty".into());
    }
    at_most(name, LABEL_MAX)?;
    qualified(name)
}

/// A value of a label: empty, or like the name part of a key.
pub(crate) fn label_value(text: &str) -> Verdict {
    if text.is_empty() {
        return Ok(());
    }
    at_most(text, LABEL_MAX)?;
    qualified(text)
}

fn qualified(text: &str) -> Verdict {
    only(text, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'), "letters, digits, `-`, `_` and `.`")?;
    bounded_by(text, |b| b.is_ascii_alphanumeric(), "a letter or a digit")
}

fn prefixed(prefix: &str, why: Cow<'static, str>) -> Cow<'static, str> {
    format!("{prefix}{why}").into()
}

/// `acme.io/foo`: a subdomain, `/`, and an HTTP path.
pub(crate) fn domain_prefixed_path(text: &str) -> Verdict {
    let Some((domain, path)) = text.split_once('/').filter(|(domain, path)| !domain.is_empty() && !path.is_empty())
    else {
        return Err("it must be a domain and a path, such as `acme.io/foo`".into());
    };
    dns_subdomain(domain).map_err(|why| prefixed("the part before `/` is not a DNS subdomain: ", why))?;
    only(path, |b| b.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&b), "the characters of a path in a URL")
}

/// A key of a ConfigMap or Secret: a file name.
pub(crate) fn config_key(text: &str) -> Verdict {
    at_most(text, SUBDOMAIN_MAX)?;
    only(text, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'), "letters, digits, `-`, `_` and `.`")?;
    not_dots(text)
}

fn not_dots(text: &str) -> Verdict {
    match text {
        "." => Err("`.` is the directory itself".into()),
        _ if text.starts_with("..") => Err("it must not begin with `..`".into()),
        _ => Ok(()),
    }
}

/// A path without `..` as one of its parts.
pub(crate) fn no_backsteps(text: &str) -> Verdict {
    if text.split('/').any(|part| part == "..") { Err("it must not hold `..`".into()) } else { Ok(()) }
}

/// A path that descends from where it starts.
pub(crate) fn descending_path(text: &str) -> Verdict {
    if text.starts_with('/') {
        return Err("it must be relative".into());
    }
    no_backsteps(text)
}

/// A descending path that does not begin with `..`: names beginning so are the kubelet's in volumes it writes.
pub(crate) fn relative_path(text: &str) -> Verdict {
    descending_path(text)?;
    if text.starts_with("..") { Err("it must not begin with `..`".into()) } else { Ok(()) }
}

/// The name of an environment variable. Since 1.32 every printable ASCII character but `=`
/// (KEP-4369, `RelaxedEnvironmentVariableValidation`), before that `[-._a-zA-Z][-._a-zA-Z0-9]*`.
pub(crate) fn env_name(text: &str, version: Version) -> Verdict {
    at_most(text, usize::MAX)?;
    if version >= Version(1, 32) {
        return only(text, |b| (b' '..=b'~').contains(&b) && b != b'=', "printable ASCII characters and no `=`");
    }
    only(text, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'), "letters, digits, `-`, `_` and `.`")?;
    if text.as_bytes()[0].is_ascii_digit() {
        return Err("it must not begin with a digit (Kubernetes 1.32 and later allow it)".into());
    }
    not_dots(text)
}

/// The number of a port.
pub(crate) fn port(number: i64) -> Verdict {
    if (1..=65535).contains(&number) { Ok(()) } else { Err("a port is a number from 1 to 65535".into()) }
}

/// The name of a port: an IANA service name in lower case (RFC 6335, section 5.1).
pub(crate) fn port_name(text: &str) -> Verdict {
    at_most(text, 15)?;
    only(text, |b| lower_alphanumeric(b) || b == b'-', "lower-case letters, digits and `-`")?;
    bounded_by(text, lower_alphanumeric, "a lower-case letter or a digit")?;
    if text.contains("--") {
        return Err("it must not hold `--`".into());
    }
    if text.bytes().any(|b| b.is_ascii_lowercase()) { Ok(()) } else { Err("it must hold a letter".into()) }
}

/// `[0-9]+%`.
pub(crate) fn percent(text: &str) -> Verdict {
    match text.strip_suffix('%') {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => Ok(()),
        _ => Err("a percentage is a whole number and `%`, such as `25%`".into()),
    }
}

/// The name of an HTTP header, as Kubernetes takes it: `[-A-Za-z0-9]+`.
pub(crate) fn header_name(text: &str) -> Verdict {
    at_most(text, usize::MAX)?;
    only(text, |b| b.is_ascii_alphanumeric() || b == b'-', "letters, digits and `-`")
}

/// An IP address. Until 1.35 octets with leading zeros and IPv4-mapped IPv6 addresses pass
/// (KEP-4858, `StrictIPCIDRValidation`).
pub(crate) fn ip(text: &str, version: Version) -> Verdict {
    let strict = version >= Version(1, 36);
    match parse_ip(text) {
        Some((_, true)) if strict => Err("its numbers must not have leading zeros".into()),
        Some((IpAddr::V6(address), _)) if strict && address.to_ipv4_mapped().is_some() => {
            Err("it is an IPv4 address written as IPv6: write the IPv4 address".into())
        }
        Some(_) => Ok(()),
        None => Err("an IP address looks like `10.9.8.7` or `2001:db8::ffff`".into()),
    }
}

/// An IP network: address and prefix length. Since 1.36 no bits may be set behind the prefix, nor leading zeros be written.
pub(crate) fn cidr(text: &str, version: Version) -> Verdict {
    let strict = version >= Version(1, 36);
    let network = parse_cidr(text).ok_or("a network looks like `10.9.8.0/24` or `2001:db8::/64`")?;
    if !strict {
        return Ok(());
    }
    if network.zeros {
        return Err("its numbers must not have leading zeros".into());
    }
    if matches!(network.address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some()) {
        return Err("it is an IPv4 network written as IPv6: write the IPv4 network".into());
    }
    let masked = network.masked();
    if masked == network.address {
        Ok(())
    } else {
        Err(format!("bits are set behind the prefix: the network is `{masked}/{}`", network.length).into())
    }
}

/// The address behind a text, and whether leading zeros were dropped from it.
pub(crate) fn parse_ip(text: &str) -> Option<(IpAddr, bool)> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some((address, false));
    }
    // Only dotted numbers can have too many zeros: `010.1.2.3`, `::ffff:010.1.2.3`.
    let dotted = text.rfind(':').map_or(0, |colon| colon + 1);
    let mut octets = [0u8; 4];
    let mut parts = text[dotted..].split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = part.trim_start_matches('0');
        *octet = if number.is_empty() { 0 } else { number.parse().ok()? };
    }
    if parts.next().is_some() {
        return None;
    }
    let v4 = Ipv4Addr::from(octets);
    let address = if dotted == 0 { IpAddr::V4(v4) } else { format!("{}{v4}", &text[..dotted]).parse().ok()? };
    Some((address, true))
}

/// An IP address with a prefix length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    pub(crate) address: IpAddr,
    pub(crate) length: u8,
    /// Whether numbers were written with leading zeros.
    zeros: bool,
}

pub(crate) fn parse_cidr(text: &str) -> Option<Network> {
    let (address, length) = text.split_once('/')?;
    if length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (address, zeros) = parse_ip(address)?;
    let zeros = zeros || (length.len() > 1 && length.starts_with('0'));
    let length = length.parse().ok().filter(|&length| length <= if address.is_ipv4() { 32 } else { 128 })?;
    Some(Network { address, length, zeros })
}

impl Network {
    /// Whether `other` is a smaller network inside of this one.
    pub(crate) fn holds(&self, other: &Network) -> bool {
        self.address.is_ipv4() == other.address.is_ipv4()
            && other.length > self.length
            && Network { length: self.length, ..*other }.masked() == self.masked()
    }

    /// The first address of the network.
    pub(crate) fn masked(&self) -> IpAddr {
        let length = u32::from(self.length);
        match self.address {
            IpAddr::V4(address) => {
                Ipv4Addr::from_bits(address.to_bits() & u32::MAX.checked_shl(32 - length).unwrap_or(0)).into()
            }
            IpAddr::V6(address) => {
                Ipv6Addr::from_bits(address.to_bits() & u128::MAX.checked_shl(128 - length).unwrap_or(0)).into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: Version = Version(1, 37);
    const OLD: Version = Version(1, 31);

    #[track_caller]
    fn check(grammar: impl Fn(&str) -> Verdict, right: &[&str], wrong: &[&str]) {
        for text in right {
            assert_eq!(grammar(text), Ok(()), "{text:?}");
        }
        for text in wrong {
            assert!(grammar(text).is_err(), "{text:?} must not pass");
        }
    }

    #[test]
    fn names() {
        let (label, long) = ("a".repeat(63), "a".repeat(64));
        check(dns_label, &["a", "1", "a-b", "a--b", &label], &["", "-a", "a-", "A", "a.b", "a_b", "ä", &long]);
        check(dns_1035_label, &["a", "a1"], &["", "1a", "-a", "a.b"]);
        let name = format!("{}.a", "a".repeat(251));
        check(
            dns_subdomain,
            &["a", "a.b", "1.2", "a-b.c", &name],
            &["", ".", "a.", ".a", "a..b", "A.b", "a-.b", "a.-b", "a_b", &format!("{name}b")],
        );
        check(dns_subdomain_with_underscores, &["_a.b_c", "a"], &["", "__a", "a_", "_", "a..b", "A"]);
        check(wildcard_dns_subdomain, &["*.a", "*.a.b"], &["*", "*a", "a.b", "*.*.a", "*."]);
    }

    #[test]
    fn labels() {
        let long = "a".repeat(64);
        check(
            label_key,
            &["a", "A.b_c-d", "example.com/a", "1/2"],
            &["", "/", "/a", "a/", "a/b/c", "Example.com/a", "-a", "a b", &long],
        );
        check(label_value, &["", "a", "A.b_c-d", "1"], &["-", "a b", "a/b", "_a", "a.", &long]);
        check(domain_prefixed_path, &["acme.io/foo", "a/b/c"], &["", "a", "/a", "a/", "A/b", "a/b c"]);
    }

    #[test]
    fn keys_and_variables() {
        check(config_key, &["a", "A_b.c-d", ".a"], &["", ".", "..", "..a", "a/b", "a b"]);
        check(|t| env_name(t, NEW), &["A", "1a", "a b", "..", "a/b"], &["", "a=b", "ä", "a\nb"]);
        check(|t| env_name(t, OLD), &["A", "a.b-c_d"], &["", "1a", "a b", "..", "..a", "a=b"]);
        check(header_name, &["X-A", "-"], &["", "X_A", "a b", "a:"]);
    }

    #[test]
    fn paths() {
        check(no_backsteps, &["/a", "a", "..a", "a/..b"], &["..", "a/../b", "/.."]);
        check(descending_path, &["a", "..a", "a/b"], &["/a", "..", "a/.."]);
        check(relative_path, &["a", ".a", "a/..b"], &["/a", "..a", "..", "../a"]);
    }

    #[test]
    fn ports_and_percentages() {
        check(
            port_name,
            &["http", "a1", "1a", "a-b", "abcdefghijklmno"],
            &["", "80", "-a", "a-", "a--b", "HTTP", "a_b", "abcdefghijklmnop"],
        );
        assert!(
            port(1).is_ok() && port(65535).is_ok() && port(0).is_err() && port(65536).is_err() && port(-1).is_err()
        );
        check(percent, &["0%", "100%", "1000%"], &["", "%", "1", "-1%", "1.5%", "1 %"]);
    }

    #[test]
    fn addresses() {
        let right = ["1.2.3.4", "::", "::1", "2001:db8::ffff", "FE80:0:0:0:0:0:0:0abc"];
        let wrong = ["", "1.2.3", "1.2.3.256", "a", "::1%eth0", "1.2.3.4.5", "1..2.3", ":1", "1.2.3.-4", " 1.2.3.4"];
        let sloppy = ["010.2.3.4", "::ffff:1.2.3.4", "1.2.3.000"];
        check(|t| ip(t, NEW), &right, &[&wrong[..], &sloppy[..]].concat());
        check(|t| ip(t, OLD), &[&right[..], &sloppy[..]].concat(), &wrong);

        let right = ["10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "1.2.3.4/32"];
        let wrong = ["", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "/8"];
        let sloppy = ["10.0.0.1/8", "10.0.0.0/08", "010.0.0.0/8", "::ffff:1.2.3.0/120"];
        check(|t| cidr(t, NEW), &right, &[&wrong[..], &sloppy[..]].concat());
        check(|t| cidr(t, OLD), &[&right[..], &sloppy[..]].concat(), &wrong);
        assert_eq!(parse_cidr("10.1.2.3/8").map(|network| network.masked()), Some([10, 0, 0, 0].into()));
    }

    #[test]
    fn the_reason_names_what_is_wrong() {
        assert_eq!(dns_label("Web_1").unwrap_err(), "it may hold only lower-case letters, digits and `-`, not `W`");
        assert_eq!(label_value("a b").unwrap_err(), "it may hold only letters, digits, `-`, `_` and `.`, not a space");
        assert_eq!(cidr("10.0.0.1/8", NEW).unwrap_err(), "bits are set behind the prefix: the network is `10.0.0.0/8`");
        assert_eq!(port_name("prometheus-metrics").unwrap_err(), "it has 18 characters, 15 are allowed");
    }
}
