//! The world as it is in one transaction.

use trop_allocation::{Probe, Refusal, View};
use trop_model::{Change, Port, PortRange, PortSet, browser};

use crate::{BoxedError, Policy, ProbePort, Remark};

/// What the search for ports may know: the stored reservations, the rules, and a way to probe.
pub(crate) struct TransactionView<'p> {
    policy: &'p Policy,
    reserved: PortSet,
    /// Ports of what is allocated afresh: eligible without a probe, since whoever uses them is their owner.
    own: Vec<Port>,
    probe: ProbePort<'p>,
}

impl<'p> TransactionView<'p> {
    pub(crate) fn new(
        policy: &'p Policy,
        mut reserved: PortSet,
        own: Vec<Port>,
        probe: ProbePort<'p>,
    ) -> TransactionView<'p> {
        for port in &own {
            reserved.remove(*port);
        }
        TransactionView { policy, reserved, own, probe }
    }

    /// From now on the port is somebody else's.
    pub(crate) fn reserve(&mut self, port: Port) {
        self.reserved.insert(port);
    }

    /// From now on the ports of these rows are nobody's.
    pub(crate) fn give_back(&mut self, removals: &[Change]) {
        for removal in removals {
            self.reserved.remove(removal.row().port);
        }
    }

    /// What to say of the reserved ports below the one that was found.
    pub(crate) fn passed_over(&self, found: Port) -> Option<Remark> {
        let below = Port::new(found.get() - 1)?;
        let below = PortRange::new(self.policy.range.first(), below).ok()?;
        let count = self.reserved.within(below).count();
        (0 < count).then_some(Remark::PassedOver { count, below: found })
    }
}

impl View for TransactionView<'_> {
    type Error = BoxedError;

    fn refusal(&self, port: Port) -> Option<Refusal> {
        if self.reserved.contains(port) {
            return Some(Refusal::Reserved);
        }
        self.policy.exclusions.contains(port).then_some(Refusal::Excluded)
    }

    fn reserved_from(&self, port: Port) -> usize {
        self.reserved.run_from(port)
    }

    fn discouraged(&self, port: Port) -> bool {
        self.policy.avoid_browser_blocked_ports && browser::refuses(port)
    }

    fn probe(&mut self, port: Port) -> Result<Probe, BoxedError> {
        if self.own.contains(&port) { Ok(Probe::Free) } else { (self.probe)(port) }
    }
}
