//! Joins the search for a port to the probes that it asks for, and names who holds a port.

use trop_allocation::Probe;
use trop_config::{Declaration, Effective, settings};
use trop_model::Port;
use trop_occupancy::{Holder, Occupancy, Prober, Probes, find_held, holder};
use trop_ops::BoxedError;
use trop_system::User;

use crate::details::Details;

/// The settings that say which protocols and addresses are looked at.
pub(crate) const KINDS_OF_PROBES: [&Declaration; 5] = [
    &settings::SKIP_TCP.declaration,
    &settings::SKIP_UDP.declaration,
    &settings::SKIP_IP4.declaration,
    &settings::SKIP_IP6.declaration,
    &settings::CHECK_ALL_INTERFACES.declaration,
];

/// What to say where those leave nothing.
pub(crate) const NOTHING_LOOKED_AT: &str =
    "nothing is looked at: both protocols are skipped, or both address families";

/// Probes as the settings say.
pub(crate) struct Sockets {
    prober: Option<Prober>,
}

impl Sockets {
    /// The probes that are left after every `--skip-*`.
    pub(crate) fn new(effective: &Effective) -> Sockets {
        Sockets { prober: probes(effective).map(Prober::new) }
    }

    /// What sockets say of the port.
    pub(crate) fn probe(&mut self, port: Port, details: &mut Details) -> Result<Probe, BoxedError> {
        let Some(prober) = &mut self.prober else {
            details.add(|| format!("port {port} counts as free without a probe"));
            return Ok(Probe::Free);
        };
        let (probe, finding) = match prober.probe(port)? {
            Occupancy::Free => (Probe::Free, "is free"),
            Occupancy::Lingering => {
                (Probe::Lingering, "is free, but a closed connection still lingers on it")
            }
            Occupancy::InUse => (Probe::InUse, "is in use"),
        };
        details.add(|| format!("port {port} {finding}"));
        Ok(probe)
    }

    /// Whether ports counted as free because this machine has nothing to probe.
    pub(crate) fn nothing_applied(&self) -> bool {
        self.prober.as_ref().is_some_and(Prober::nothing_applied)
    }
}

/// Which of these ports a process has now.
pub(crate) fn find_held_ports(effective: &Effective, ports: &[Port]) -> Vec<Port> {
    probes(effective).map_or(Vec::new(), |probes| find_held(ports, probes))
}

/// The probes that are left after every `--skip-*`; `None` where everything counts as free without one.
pub(crate) fn probes(effective: &Effective) -> Option<Probes> {
    (!effective.get(&settings::SKIP_OCCUPANCY_CHECK)).then(|| kinds_of_probes(effective))
}

/// What [`KINDS_OF_PROBES`] say, whether or not ports are probed before they are handed out.
pub(crate) fn kinds_of_probes(effective: &Effective) -> Probes {
    Probes {
        tcp: !effective.get(&settings::SKIP_TCP),
        udp: !effective.get(&settings::SKIP_UDP),
        ipv4: !effective.get(&settings::SKIP_IP4),
        ipv6: !effective.get(&settings::SKIP_IP6),
        all_interfaces: effective.get(&settings::CHECK_ALL_INTERFACES),
    }
}

/// Who has a socket on the port, fit to stand in a sentence, where it is visible.
pub(crate) fn describe_holder(port: Port) -> Option<String> {
    let Holder { process_id, process_name } = holder(port)?;
    Some(format!("{} has it", describe_process(process_id, &process_name)))
}

/// `process 4711 (node, ann)`
pub(crate) fn describe_process(process_id: u32, name: &str) -> String {
    let user = trop_system::process_user(process_id).map(User::look_up);
    let user = user.map_or(String::new(), |user| format!(", {user}"));
    format!("process {process_id} ({name}{user})")
}
