//! Which addresses may be asked: the guard against requests that a server is talked into.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs},
    sync::Arc,
};

use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

use crate::source::{Error, Result};

/// Who may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Everybody: for a program that its user runs.
    #[default]
    Any,
    /// Only addresses of the public Internet: for a server that fetches what others name. The address that is connected
    /// to is judged, not the name, so that a name that changes its address gains nothing.
    Public,
}

/// Whether a host is this machine, by its name or address.
pub fn loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

/// Why an address is not of the public Internet, if it is not: IANA's special-purpose registries (RFC 6890), and what
/// they forget.
pub(crate) fn special(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => special_v4(address),
        IpAddr::V6(address) => special_v6(address),
    }
}

fn special_v4(address: Ipv4Addr) -> Option<&'static str> {
    Some(match address.octets() {
        [0, ..] => "an unspecified address",
        [127, ..] => "an address of this machine",
        [10, ..] | [192, 168, ..] => "a private address",
        [172, b, ..] if b & 0xF0 == 16 => "a private address",
        [169, 254, 169, 254] => "an address of metadata services",
        [169, 254, ..] => "a link-local address",
        [100, b, ..] if b & 0xC0 == 64 => "an address of a carrier's network",
        // Alibaba's metadata service lies in the carrier's network, Oracle's in this one.
        [192, 0, 0, _] => "a reserved address",
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => "an address of documentation",
        [198, 18 | 19, ..] => "an address of benchmarks",
        [192, 88, 99, _] => "a reserved address",
        [224..=239, ..] => "a multicast address",
        [240..=255, ..] => "a reserved address",
        _ => return None,
    })
}

fn special_v6(address: Ipv6Addr) -> Option<&'static str> {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| special_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match segments {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("an unspecified address"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("an address of this machine"),
        // Mapped, compatible and translated forms of IPv4.
        [0, 0, 0, 0, 0, 0xFFFF | 0, high, low] | [0, 0, 0, 0, 0xFFFF, 0, high, low] => {
            embedded(high, low).or(Some("an IPv4 address in disguise"))
        }
        [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x64, 0xFF9B, 1, ..] => Some("a private address"),
        [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, 0, ..] => Some("an address of a tunnel"),
        [0x2001, 0xDB8, ..] | [0x3FFF, ..] => Some("an address of documentation"),
        [0x100, 0, 0, 0, ..] => Some("a reserved address"),
        [0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x254] => Some("an address of metadata services"),
        [first, ..] => match first {
            0xFC00..=0xFDFF => Some("a private address"),
            0xFE80..=0xFEBF => Some("a link-local address"),
            0xFEC0..=0xFEFF => Some("a private address"),
            0xFF00..=0xFFFF => Some("a multicast address"),
            _ => None,
        },
    }
}

pub(super) type LookUp = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// Judges addresses where the connection is made.
#[derive(Clone)]
pub(super) struct Guard {
    pub access: Access,
    pub look_up: Arc<LookUp>,
}

impl Guard {
    pub(super) fn new(access: Access) -> Guard {
        let look_up = |host: &str| Ok((host, 0).to_socket_addrs()?.map(|address| address.ip()).collect());
        Guard { access, look_up: Arc::new(look_up) }
    }

    /// Addresses that stand in the URL itself; the resolver never sees them.
    pub(super) fn check(&self, url: &Url, shown: &str) -> Result<()> {
        let host = url.host_str().unwrap_or_default();
        let Ok(address) = host.trim_matches(['[', ']']).parse() else { return Ok(()) };
        match self.judge(address) {
            Some(why) => Err(Error::Refused { url: shown.to_owned(), why: format!("it is {why}") }),
            None => Ok(()),
        }
    }

    fn judge(&self, address: IpAddr) -> Option<&'static str> {
        if self.access == Access::Any { None } else { special(address) }
    }

    fn addresses(&self, host: &str) -> std::result::Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
        let all = (self.look_up)(host)?;
        let mut why = None;
        let allowed: Vec<SocketAddr> = all
            .into_iter()
            .filter(|address| match self.judge(*address) {
                None => true,
                Some(reason) => {
                    why = Some(reason);
                    false
                }
            })
            .map(|address| SocketAddr::new(address, 0))
            .collect();
        match why {
            Some(why) if allowed.is_empty() => {
                Err(Box::new(Error::Refused { url: host.to_owned(), why: format!("its name leads to {why}") }))
            }
            _ => Ok(Box::new(allowed.into_iter())),
        }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move { tokio::task::spawn_blocking(move || guard.addresses(name.as_str())).await? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "169.254.1.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:8.8.8.8",
            "::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2001::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "ff02::1",
            "fec0::1",
        ] {
            assert!(special(address.parse().expect("an address")).is_some(), "{address}");
        }
        for address in ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"] {
            assert_eq!(special(address.parse().expect("an address")), None, "{address}");
        }
    }

    #[test]
    fn this_machine_is_known_by_name_and_address() {
        for (host, expected) in [
            ("localhost", true),
            ("LOCALHOST", true),
            ("a.localhost", false),
            ("127.0.0.2", true),
            ("[::1]", true),
            ("localhost.evil.example", false),
            ("127.0.0.1.nip.io", false),
            ("10.0.0.1", false),
        ] {
            assert_eq!(loopback(host), expected, "{host}");
        }
    }
}
