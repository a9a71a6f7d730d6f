//! The address that counts as a client: what the first trusted proxy saw, and for IPv6 the network. Not here: counting.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// An entry of `X-Forwarded-For`: some proxies add the port, and brackets to IPv6.
fn forwarded_address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().map(IpAddr::V6).ok();
    let with_port = || entry.parse().map(|address: SocketAddr| address.ip()).ok();
    entry.parse().ok().or_else(with_port).or_else(bare)
}

/// The address to count: the peer, or the one that the first trusted proxy saw. For IPv6 the network is
/// counted, because a client usually has all of its addresses. An entry that can't be read counts for the proxy.
pub fn address(peer: IpAddr, forwarded: &[&str], trusted_proxies: usize) -> IpAddr {
    let client = match trusted_proxies {
        0 => None,
        // Each proxy appends the address it saw; entries further left can be forged.
        hops => forwarded.iter().flat_map(|line| line.split(',')).rev().nth(hops - 1).and_then(forwarded_address),
    };
    network(client.unwrap_or(peer))
}

/// What counts as one client: an IPv4 address, or an IPv6 network.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.into(),
            None => Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)).into(),
        },
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn forwarded_addresses_count_as_far_as_proxies_are_trusted() {
        let peer = ip("10.0.0.1");
        let lines = ["6.6.6.6, 203.0.113.9", "10.0.0.7"];
        assert_eq!(address(peer, &lines, 0), peer);
        assert_eq!(address(peer, &lines, 1), ip("10.0.0.7"));
        assert_eq!(address(peer, &lines, 2), ip("203.0.113.9"));
        assert_eq!(address(peer, &lines, 9), peer);
        assert_eq!(address(peer, &["nonsense"], 1), peer);
        assert_eq!(address(peer, &[], 1), peer);
    }

    #[test]
    fn forwarded_addresses_may_have_ports_and_brackets() {
        let peer = ip("10.0.0.1");
        for (entry, client) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            (" 203.0.113.9 ", "203.0.113.9"),
            ("[2001:db8:1:2::4]:4711", "2001:db8:1:2::"),
            ("[2001:db8:1:2::4]", "2001:db8:1:2::"),
            ("2001:db8:1:2::4", "2001:db8:1:2::"),
            ("[203.0.113.9]", "10.0.0.1"),
            ("203.0.113.9:70000", "10.0.0.1"),
            ("203.0.113.9:", "10.0.0.1"),
            ("[2001:db8::1", "10.0.0.1"),
            ("unknown", "10.0.0.1"),
        ] {
            assert_eq!(address(peer, &[entry], 1), ip(client), "{entry}");
        }
    }

    #[test]
    fn ipv6_is_counted_by_network() {
        let (one, other) = (ip("2001:db8:1:2:3::4"), ip("2001:db8:1:2:ffff::1"));
        assert_eq!(address(one, &[], 0), address(other, &[], 0));
        assert_ne!(address(one, &[], 0), address(ip("2001:db8:1:3::1"), &[], 0));
        assert_eq!(address(ip("::ffff:10.0.0.1"), &[], 0), ip("10.0.0.1"));
    }
}
