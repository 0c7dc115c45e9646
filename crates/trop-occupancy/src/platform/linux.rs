//! Linux: the kernel lists its sockets in text files.

mod held;
mod listing;
mod proc_net;

use std::fs;

use crate::Occupancy;
use crate::bind::open;
use crate::probes::{ProbedSocket, Protocol};
use crate::snapshot::{Listed, Role};

pub(crate) use self::held::find_held;
use self::listing::{Listing, Trace};
use self::proc_net::{ListedSocket, State};

/// The first port that is open to every process, unless the system says otherwise (ip(7)).
const FIRST_UNPRIVILEGED_PORT: u16 = 1024;

/// What the kernel listed when it was read.
///
/// TCP and UDP differ: a TCP socket that is only bound, as another prober's is, is not listed; a UDP socket is. So what is
/// read about TCP counts at once, and once read it serves a whole round of questions: reading can take many milliseconds, and
/// what has changed since shows in the bind itself. A UDP socket counts only when two readings, with a pause between them, both
/// show it.
#[derive(Debug, Default)]
pub(crate) struct SystemList {
    tcp: Option<Listing>,
    udp: Listing,
    udp_before: Listing,
}

impl SystemList {
    /// Whether an earlier reading showed somebody who holds that port in the way of `socket`.
    pub(crate) fn showed_holder(&self, socket: ProbedSocket) -> bool {
        match socket.protocol {
            Protocol::Tcp => {
                self.tcp.as_ref().is_some_and(|tcp| tcp.trace_in_the_way(socket.address) == Trace::Holder)
            }
            Protocol::Udp => self.udp.shared_with(&self.udp_before, socket.address),
        }
    }

    /// Whether an earlier reading showed closed connections in the way of `socket`, and nothing else.
    pub(crate) fn shows_only_time_wait(&self, socket: ProbedSocket) -> bool {
        let tcp = self.tcp.as_ref().filter(|_| socket.protocol == Protocol::Tcp);
        tcp.is_some_and(|tcp| tcp.trace_in_the_way(socket.address) == Trace::OnlyTimeWait)
    }

    /// Says what the list makes of the refusal of `socket`, if anything, and reads it where that is needed. To be called again
    /// only after a pause.
    pub(crate) fn explain(&mut self, socket: ProbedSocket) -> Option<Occupancy> {
        match socket.protocol {
            Protocol::Tcp => {
                let tcp = self.tcp.get_or_insert_with(|| Listing::read(Protocol::Tcp));
                explain_tcp(tcp.trace_in_the_way(socket.address), socket)
            }
            Protocol::Udp => {
                self.udp_before = std::mem::replace(&mut self.udp, Listing::read(Protocol::Udp));
                None
            }
        }
    }
}

fn explain_tcp(trace: Trace, socket: ProbedSocket) -> Option<Occupancy> {
    match trace {
        Trace::Nothing => None,
        Trace::Holder => Some(Occupancy::InUse),
        Trace::OnlyTimeWait => can_reuse(socket).then_some(Occupancy::Lingering),
    }
}

/// Whether the port can be bound beside TIME_WAIT.
fn can_reuse(wanted: ProbedSocket) -> bool {
    let bound = open(wanted).and_then(|socket| {
        socket.set_reuse_address(true)?;
        socket.bind(&wanted.address.into())
    });
    bound.is_ok()
}

/// Every socket that the kernel lists, whosever it is.
pub(crate) fn list_sockets() -> Option<Vec<Listed>> {
    let known = [Protocol::Tcp, Protocol::Udp].map(Listing::read_known);
    let is_known = known.iter().any(Option::is_some);
    let sockets = known.iter().flatten().flat_map(Listing::sockets).filter_map(listed);
    is_known.then(|| sockets.collect())
}

/// `None` for what is no socket any more.
fn listed(socket: &ListedSocket) -> Option<Listed> {
    let role = match socket.state {
        State::TimeWait => return None,
        State::Listens => Role::Listens,
        State::Open => Role::Bound,
        State::Connected => Role::Connected,
    };
    let ListedSocket { protocol, local: address, user_id, inode, .. } = *socket;
    let is_orphan = inode == 0;
    let user_id = (!is_orphan).then_some(user_id);
    Some(Listed { port: address.port(), protocol, address, role, user_id, is_orphan })
}

/// Linux lets no two sockets have the same port where one could take what is meant for the other.
pub(crate) fn bind_overlooks_holder(_bound: ProbedSocket) -> bool {
    false
}

/// Whether "access denied" may be about `port`. Otherwise it is a sandbox: Landlock answers so for every port.
pub(crate) fn may_deny(port: u16) -> bool {
    let configured = fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    let first_unprivileged = configured.ok().and_then(|text| text.trim().parse().ok());
    port < first_unprivileged.unwrap_or(FIRST_UNPRIVILEGED_PORT)
}

/// Source: errno(3), `asm-generic/errno.h`, valid for every architecture but Alpha, MIPS, PA-RISC and SPARC.
pub(crate) mod errors {
    /// EACCES.
    pub(crate) const ACCESS_DENIED: i32 = 13;
    /// EPERM.
    pub(crate) const NOT_PERMITTED: &[i32] = &[1];
    /// ENFILE, EMFILE.
    pub(crate) const TOO_FEW_DESCRIPTORS: &[i32] = &[23, 24];
    /// ENOMEM, ENOBUFS.
    pub(crate) const TOO_LITTLE_MEMORY: &[i32] = &[12, 105];
    /// EPROTONOSUPPORT, ESOCKTNOSUPPORT, EAFNOSUPPORT.
    pub(crate) const NO_SUCH_KIND: &[i32] = &[93, 94, 97];
}
