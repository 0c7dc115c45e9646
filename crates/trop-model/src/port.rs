//! One port number.

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use crate::quoted;

/// A TCP or UDP port number, 1 to 65535. Port 0 means "any" to the operating system and is never one of these.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(NonZeroU16);

impl Port {
    /// The lowest port, 1.
    pub const MIN: Port = Port(NonZeroU16::MIN);
    /// The highest port, 65535.
    pub const MAX: Port = Port(NonZeroU16::MAX);

    /// The port with that number, or `None` for 0.
    #[must_use]
    pub const fn new(number: u16) -> Option<Port> {
        match NonZeroU16::new(number) {
            Some(number) => Some(Port(number)),
            None => None,
        }
    }

    /// The number, 1 to 65535.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0.get()
    }

    /// The next higher port, or `None` after 65535.
    #[must_use]
    pub fn next(self) -> Option<Port> {
        self.0.checked_add(1).map(Port)
    }
}

/// A number or text that is no port.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a port (ports are 1 to 65535)")]
pub struct InvalidPort(String);

impl TryFrom<i64> for Port {
    type Error = InvalidPort;

    fn try_from(number: i64) -> Result<Port, InvalidPort> {
        /// Apart, so that what nearly always happens stays short.
        #[cold]
        fn refused(number: i64) -> InvalidPort {
            InvalidPort(number.to_string())
        }

        u16::try_from(number).ok().and_then(Port::new).ok_or_else(|| refused(number))
    }
}

impl FromStr for Port {
    type Err = InvalidPort;

    /// Reads decimal digits and nothing else: no sign, no blanks, no underscore.
    fn from_str(text: &str) -> Result<Port, InvalidPort> {
        let invalid = || InvalidPort(quoted(text));
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid());
        }
        text.parse().ok().and_then(Port::new).ok_or_else(invalid)
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
