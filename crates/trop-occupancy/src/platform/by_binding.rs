//! Which ports are held, found out by probing each.

use trop_model::Port;

use crate::{Occupancy, Prober, Probes};

pub(crate) fn find_held(ports: &[Port], probes: Probes) -> Vec<Port> {
    let mut prober = Prober::new(probes);
    let held = ports.iter().filter(|port| matches!(prober.probe(**port), Ok(Occupancy::InUse)));
    held.copied().collect()
}
