//! What it means that a socket was refused.

use std::io;

use crate::SocketsNotPermitted;
use crate::platform::{self, errors};

/// Why a socket could not be opened or bound.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Something else has the port at this moment.
    AddressInUse,
    /// This machine has no such protocol, address family or address.
    DoesNotApply,
    /// The system keeps the port from this process, whether somebody holds it or not.
    KeptBack,
    /// Somebody holds the port although it can be bound, or the reason is unknown.
    Unusable,
    /// It has nothing to do with the port.
    NotPermitted(SocketsNotPermitted),
}

impl Refusal {
    /// Judges a socket that could not be opened. No port was named yet, so a denial cannot be about one.
    pub(crate) fn to_open(error: io::Error) -> Refusal {
        match error.raw_os_error() {
            Some(errors::ACCESS_DENIED) => Refusal::NotPermitted(SocketsNotPermitted::Denied(error)),
            _ => Refusal::to_open_or_bind(error),
        }
    }

    /// Judges a socket that could not be bound to `port`.
    pub(crate) fn to_bind(error: io::Error, port: u16) -> Refusal {
        match error.raw_os_error() {
            Some(errors::ACCESS_DENIED) if platform::may_deny(port) => Refusal::KeptBack,
            Some(errors::ACCESS_DENIED) => Refusal::NotPermitted(SocketsNotPermitted::Denied(error)),
            _ => Refusal::to_open_or_bind(error),
        }
    }

    fn to_open_or_bind(error: io::Error) -> Refusal {
        let is_one_of =
            |numbers: &[i32]| error.raw_os_error().is_some_and(|number| numbers.contains(&number));
        match error.kind() {
            io::ErrorKind::AddrInUse => Refusal::AddressInUse,
            io::ErrorKind::AddrNotAvailable => Refusal::DoesNotApply,
            _ if is_one_of(errors::NO_SUCH_KIND) => Refusal::DoesNotApply,
            _ if is_one_of(errors::NOT_PERMITTED) => {
                Refusal::NotPermitted(SocketsNotPermitted::Denied(error))
            }
            _ if is_one_of(errors::TOO_FEW_DESCRIPTORS) => {
                Refusal::NotPermitted(SocketsNotPermitted::TooFewDescriptors(error))
            }
            _ if is_one_of(errors::TOO_LITTLE_MEMORY) => {
                Refusal::NotPermitted(SocketsNotPermitted::TooLittleMemory(error))
            }
            _ => Refusal::Unusable,
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io;

    use super::Refusal;
    use crate::SocketsNotPermitted;

    fn name(refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::AddressInUse => "address in use",
            Refusal::DoesNotApply => "does not apply",
            Refusal::KeptBack => "kept back",
            Refusal::Unusable => "unusable",
            Refusal::NotPermitted(SocketsNotPermitted::Denied(_)) => "denied",
            Refusal::NotPermitted(SocketsNotPermitted::TooFewDescriptors(_)) => "too few descriptors",
            Refusal::NotPermitted(SocketsNotPermitted::TooLittleMemory(_)) => "too little memory",
        }
    }

    #[test]
    fn every_error_number_has_its_meaning() {
        #[track_caller]
        fn check(number: i32, when_opening: &str, when_binding_a_high_port: &str) {
            let error = || io::Error::from_raw_os_error(number);
            assert_eq!(name(Refusal::to_open(error())), when_opening);
            assert_eq!(name(Refusal::to_bind(error(), 65_535)), when_binding_a_high_port);
        }

        check(1 /* EPERM */, "denied", "denied");
        check(12 /* ENOMEM */, "too little memory", "too little memory");
        check(13 /* EACCES */, "denied", "denied");
        check(22 /* EINVAL */, "unusable", "unusable");
        check(23 /* ENFILE */, "too few descriptors", "too few descriptors");
        check(24 /* EMFILE */, "too few descriptors", "too few descriptors");
        check(92 /* ENOPROTOOPT */, "unusable", "unusable");
        check(93 /* EPROTONOSUPPORT */, "does not apply", "does not apply");
        check(94 /* ESOCKTNOSUPPORT */, "does not apply", "does not apply");
        check(97 /* EAFNOSUPPORT */, "does not apply", "does not apply");
        check(98 /* EADDRINUSE */, "address in use", "address in use");
        check(99 /* EADDRNOTAVAIL */, "does not apply", "does not apply");
        check(105 /* ENOBUFS */, "too little memory", "too little memory");
        check(4242, "unusable", "unusable");
    }
}
