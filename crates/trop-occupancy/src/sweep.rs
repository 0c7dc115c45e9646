//! Finding the sockets that hold ports, those that the system lists and those that only a test finds.

mod workers;

use trop_model::Port;

use self::workers::{Tests, test_all};
use crate::snapshot::{glance, snapshot};
use crate::{Prober, Probes, Protocol, Socket, SocketsNotPermitted};

/// The sockets that hold ports.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// What the system lists, on whatever port, and what was found on the tested ones; by port, protocol and address.
    pub sockets: Vec<Socket>,
    /// Whether the system told. Where it did not, nothing is known of ports that were not tested.
    pub is_list_known: bool,
    /// How many of the ports could not be tested, since the system keeps them from this process.
    pub kept_back: usize,
    /// Whether tests were made and none of them applied, as [`Prober::nothing_applied`] says.
    pub nothing_applied: bool,
}

/// Finds the sockets that `probes` look at. Those that the system lists are found on every port. Others, bound and waiting for nothing, are
/// found on the `tested` ports alone, by binding; each has the address of the probe that was refused. TIME_WAIT is no socket.
/// `step` is called as often as there are tested ports.
///
/// What another prober binds for an instant is not taken for somebody's socket: UDP sockets count that are listed before and after
/// the tests, and what a test has found that nothing explains is tested once more in the end.
///
/// # Errors
/// When a socket is refused for a reason that would hold for every other port too.
pub fn sweep(
    tested: impl IntoIterator<Item = Port>,
    probes: Probes,
    step: impl FnMut(),
) -> Result<Sweep, SocketsNotPermitted> {
    let before = glance();
    let tested: Vec<Port> = tested.into_iter().collect();
    let Tests { suspects, kept_back, prober } = test_all(&tested, probes, &before, step)?;
    let after = snapshot();
    let stays = |socket: &&Socket| {
        probes.concern(socket)
            && (socket.protocol == Protocol::Tcp || !before.is_known() || before.lists(socket))
    };
    let mut sockets: Vec<Socket> = after.sockets().iter().filter(stays).cloned().collect();
    let mut prober_again = Prober::new(probes);
    for port in suspects {
        sockets.extend(prober_again.find_unlisted(port, &after)?.unwrap_or_default());
    }
    sockets.sort_by_key(|socket| (socket.address.port(), socket.protocol, socket.address.ip()));
    let (is_list_known, nothing_applied) = (after.is_known(), prober.nothing_applied());
    Ok(Sweep { sockets, is_list_known, kept_back, nothing_applied })
}
