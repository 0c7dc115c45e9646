//! An inclusive run of ports.

use std::fmt;
use std::str::FromStr;

use crate::{InvalidPort, Port};

/// All ports from `first` to `last`, both included; never empty.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PortRange {
    first: Port,
    last: Port,
}

/// Text that is no port and no range of ports.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRange {
    /// One of the two ends is no port.
    #[error(transparent)]
    Port(#[from] InvalidPort),
    /// The ends are the wrong way round.
    #[error("the range {0}..{1} ends before it begins")]
    Backwards(Port, Port),
}

impl PortRange {
    /// The ports from `first` to `last`.
    ///
    /// # Errors
    /// When `last` is below `first`.
    pub fn new(first: Port, last: Port) -> Result<PortRange, InvalidRange> {
        if first <= last { Ok(PortRange { first, last }) } else { Err(InvalidRange::Backwards(first, last)) }
    }

    /// The lowest port.
    #[must_use]
    pub fn first(self) -> Port {
        self.first
    }

    /// The highest port.
    #[must_use]
    pub fn last(self) -> Port {
        self.last
    }

    /// How many ports there are, 1 to 65535.
    #[must_use]
    pub fn count(self) -> u32 {
        u32::from(self.last.get()) - u32::from(self.first.get()) + 1
    }

    /// Whether `port` is one of them.
    #[must_use]
    pub fn contains(self, port: Port) -> bool {
        self.first <= port && port <= self.last
    }

    /// The same range, reaching up to `last` at least.
    pub(crate) fn extended_to(self, last: Port) -> PortRange {
        PortRange { first: self.first, last: self.last.max(last) }
    }

    /// The ports in ascending order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Port> {
        (self.first.get()..=self.last.get()).filter_map(Port::new)
    }
}

impl From<Port> for PortRange {
    fn from(port: Port) -> PortRange {
        PortRange { first: port, last: port }
    }
}

impl FromStr for PortRange {
    type Err = InvalidRange;

    /// Reads `5000..5009`, or `5001` for that one port. Blanks around the numbers are allowed.
    fn from_str(text: &str) -> Result<PortRange, InvalidRange> {
        match text.split_once("..") {
            Some((first, last)) => PortRange::new(first.trim().parse()?, last.trim().parse()?),
            None => Ok(PortRange::from(text.trim().parse::<Port>()?)),
        }
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}

impl fmt::Debug for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
