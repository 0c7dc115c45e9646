//! The ports that the system itself takes for connections.

use std::ops::RangeInclusive;

/// Where Linux says from which ports it takes the local ends of connections (ip(7), `ip_local_port_range`). IPv6 has the same.
#[cfg(target_os = "linux")]
const IP_LOCAL_PORT_RANGE: &str = "/proc/sys/net/ipv4/ip_local_port_range";

/// The ports from which the system takes one for a socket that does not ask for any; `None` where it does not tell, and everywhere
/// except on Linux.
#[must_use]
pub fn ephemeral_ports() -> Option<RangeInclusive<u16>> {
    #[cfg(target_os = "linux")]
    {
        parsed(&std::fs::read_to_string(IP_LOCAL_PORT_RANGE).ok()?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}

/// Two numbers with blanks between.
#[cfg(target_os = "linux")]
fn parsed(text: &str) -> Option<RangeInclusive<u16>> {
    let mut numbers = text.split_ascii_whitespace().map(str::parse);
    match (numbers.next()?, numbers.next()?, numbers.next()) {
        (Ok(first), Ok(last), None) => Some(first..=last),
        _ => None,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_are_a_range() {
        #[track_caller]
        fn check(text: &str, expected: Option<RangeInclusive<u16>>) {
            assert_eq!(parsed(text), expected);
        }

        check("32768\t60999\n", Some(32_768..=60_999));
        check("1 1", Some(1..=1));
        check("", None);
        check("32768\n", None);
        check("32768 60999 1", None);
        check("32768 70000", None);
        check("a b", None);
    }

    #[test]
    fn this_system_has_one() {
        let range = ephemeral_ports();
        assert!(range.is_some_and(|range| !range.is_empty()));
    }
}
