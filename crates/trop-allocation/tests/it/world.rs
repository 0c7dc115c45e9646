//! A world that is known beforehand, port by port, and remembers what was probed.

use std::collections::BTreeMap;

use trop_allocation::{Preferred, Probe, Refusal, View, Wish};
use trop_model::{Port, PortRange};

/// What is the case at one port.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) reserved: bool,
    pub(crate) excluded: bool,
    pub(crate) discouraged: bool,
    pub(crate) sockets: Probe,
}

impl Facts {
    pub(crate) const FREE: Facts =
        Facts { reserved: false, excluded: false, discouraged: false, sockets: Probe::Free };

    pub(crate) fn refusal(self) -> Option<Refusal> {
        match (self.reserved, self.excluded) {
            (true, _) => Some(Refusal::Reserved),
            (false, true) => Some(Refusal::Excluded),
            (false, false) => None,
        }
    }
}

/// The error of a probe, with the port that was probed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotPermitted(pub(crate) Port);

/// A view of ports that were all described beforehand. It panics when it is asked about another one.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    pub(crate) ports: BTreeMap<Port, Facts>,
    /// How many probes succeed before the first that does not; `None` when all do.
    pub(crate) probes_until_failure: Option<usize>,
    /// The ports that were probed, in that order.
    pub(crate) probed: Vec<Port>,
}

impl View for World {
    type Error = NotPermitted;

    fn refusal(&self, port: Port) -> Option<Refusal> {
        self.ports[&port].refusal()
    }

    fn reserved_from(&self, port: Port) -> usize {
        let described = self.ports.range(port..).zip(port.get()..=u16::MAX);
        described.take_while(|((port, facts), number)| port.get() == *number && facts.reserved).count()
    }

    fn discouraged(&self, port: Port) -> bool {
        self.ports[&port].discouraged
    }

    fn probe(&mut self, port: Port) -> Result<Probe, NotPermitted> {
        let fails = self.probes_until_failure == Some(self.probed.len());
        self.probed.push(port);
        if fails { Err(NotPermitted(port)) } else { Ok(self.ports[&port].sockets) }
    }
}

/// The port with that number.
pub(crate) fn port(number: u16) -> Port {
    Port::new(number).expect("tests name ports from 1 to 65535")
}

/// From `first` to `last`, both included.
pub(crate) fn range(first: u16, last: u16) -> PortRange {
    PortRange::new(port(first), port(last)).expect("tests name the lower end first")
}

/// That port, with nothing ignored.
pub(crate) fn preferred(number: u16) -> Preferred {
    Preferred { port: port(number), ignore_occupied: false, ignore_exclusions: false }
}

/// A wish with that offset and no preferred port.
pub(crate) fn wish(offset: u16) -> Wish {
    Wish { offset, preferred: None }
}

/// A wish with that offset for that port.
pub(crate) fn wish_for(offset: u16, preferred: Preferred) -> Wish {
    Wish { offset, preferred: Some(preferred) }
}
