//! Which addresses get in each other's way.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a socket at `held` gets in the way of one at `probed` that has the same port and, when it is IPv6, is IPv6 only.
///
/// Lists do not say whether a socket at `::` is IPv6 only. It is taken to claim IPv4 as well.
pub(crate) fn in_the_way(held: IpAddr, probed: IpAddr) -> bool {
    if held == IpAddr::V6(Ipv6Addr::UNSPECIFIED) {
        return true;
    }
    let held = held.to_canonical();
    let same_family = held.is_ipv4() == probed.is_ipv4();
    same_family && (held == probed || held.is_unspecified() || probed.is_unspecified())
}

/// Whether the system may keep a socket from `probed` because of one at `listed`. On Linux an IPv6 socket that is not IPv6 only,
/// which is not listed, keeps others from 0.0.0.0 whatever its address is.
pub(crate) fn may_keep_from(listed: IpAddr, probed: IpAddr) -> bool {
    probed == IpAddr::V4(Ipv4Addr::UNSPECIFIED) || in_the_way(listed, probed)
}

#[cfg(test)]
mod tests {
    use super::in_the_way;

    #[test]
    fn the_same_address_and_unspecified_ones_are_in_the_way() {
        #[track_caller]
        fn check(held: &str, gets_in_the_way_of: &[&str]) {
            let probed = ["127.0.0.1", "::1", "0.0.0.0", "::"];
            let found = probed
                .into_iter()
                .filter(|probed| in_the_way(held.parse().unwrap(), probed.parse().unwrap()));
            assert_eq!(found.collect::<Vec<_>>(), gets_in_the_way_of);
        }

        check("127.0.0.1", &["127.0.0.1", "0.0.0.0"]);
        check("127.0.0.2", &["0.0.0.0"]);
        check("0.0.0.0", &["127.0.0.1", "0.0.0.0"]);
        check("::1", &["::1", "::"]);
        check("fe80::1", &["::"]);
        check("::", &["127.0.0.1", "::1", "0.0.0.0", "::"]);
        check("::ffff:127.0.0.1", &["127.0.0.1", "0.0.0.0"]);
        check("::ffff:0.0.0.0", &["127.0.0.1", "0.0.0.0"]);
        check("::ffff:127.0.0.2", &["0.0.0.0"]);
    }
}
