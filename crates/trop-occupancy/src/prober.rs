//! Asking whether ports are in use.

use std::thread;
use std::time::Duration;

use trop_model::Port;

use crate::bind::try_bind;
use crate::platform::SystemList;
use crate::probes::ProbedSocket;
use crate::refusal::Refusal;
use crate::{Occupancy, Probes, Role, Snapshot, Socket, SocketsNotPermitted};

/// How often a refused bind that nothing explains is repeated. Another prober is usually gone at the first.
const MORE_TRIES: u32 = 3;

/// How long to wait before each repetition. A probe takes microseconds.
pub(crate) const PAUSE: Duration = Duration::from_millis(1);

/// After so many ports that stayed refused through all tries, a refusal is believed at once: other probers do not sit on dozens
/// of ports, and a round over thousands of bound sockets must end.
const PATIENCE: u32 = 32;

/// Probes one port after another, for one round of questions.
///
/// It keeps what the system listed when it last looked there, so that a round over thousands of used ports does not read
/// that list thousands of times. A socket that was seen in it is believed to be there still as long as the bind is refused.
#[derive(Debug)]
pub struct Prober {
    probes: Probes,
    list: SystemList,
    tried_in_vain: u32,
    some_were_made: bool,
    some_applied: bool,
}

impl Prober {
    /// A prober that makes these probes for every port.
    #[must_use]
    pub fn new(probes: Probes) -> Prober {
        Prober {
            probes,
            list: SystemList::default(),
            tried_in_vain: 0,
            some_were_made: false,
            some_applied: false,
        }
    }

    /// Whether `port` is in use now, as far as the probes look.
    ///
    /// # Errors
    /// When a socket is refused for a reason that would hold for every other port too.
    pub fn probe(&mut self, port: Port) -> Result<Occupancy, SocketsNotPermitted> {
        let mut found = Occupancy::Free;
        for socket in self.probes.sockets(port) {
            let answer = self.probe_socket(socket)?;
            self.some_were_made = true;
            let Some(occupancy) = answer else { continue };
            self.some_applied = true;
            if occupancy == Occupancy::InUse {
                return Ok(Occupancy::InUse);
            }
            found = found.max(occupancy);
        }
        Ok(found)
    }

    /// The sockets that some process must have on `port` although `snapshot` does not list them: for each probe that is refused with
    /// nothing listed in its way, one at the address of the probe. What the snapshot explains is not probed, and TIME_WAIT is
    /// no socket. `None` when the system keeps the port from this process, so that it cannot look.
    ///
    /// # Errors
    /// Those of [`Prober::probe`].
    pub(crate) fn find_unlisted(
        &mut self,
        port: Port,
        snapshot: &Snapshot,
    ) -> Result<Option<Vec<Socket>>, SocketsNotPermitted> {
        let mut found = Vec::new();
        for probed in self.probes.sockets(port).filter(|probed| !snapshot.may_explain(*probed)) {
            let answer = match try_bind(probed) {
                Err(Refusal::KeptBack) => return Ok(None),
                Err(Refusal::AddressInUse) => self.look_into(probed)?,
                answer => occupancy_by(answer)?,
            };
            self.some_were_made = true;
            self.some_applied |= answer.is_some();
            if self.list.shows_only_time_wait(probed) {
                continue;
            }
            if answer == Some(Occupancy::InUse) {
                let ProbedSocket { protocol, address } = probed;
                found.push(Socket { protocol, address, role: Role::Unlisted, user_id: None, process: None });
            }
        }
        Ok(Some(found))
    }

    /// Whether probes were made and none of them applied: this machine has none of the protocols, address families and
    /// addresses that were to be tried. The ports asked about counted as free, and nobody looked.
    #[must_use]
    pub fn nothing_applied(&self) -> bool {
        self.some_were_made && !self.some_applied
    }

    /// From now on this prober speaks for another one's probes, too, where it says whether any applied.
    pub(crate) fn join(&mut self, other: &Prober) {
        self.some_were_made |= other.some_were_made;
        self.some_applied |= other.some_applied;
    }

    /// The answer of one probe, or `None` when it does not apply on this machine.
    fn probe_socket(&mut self, socket: ProbedSocket) -> Result<Option<Occupancy>, SocketsNotPermitted> {
        match try_bind(socket) {
            Err(Refusal::AddressInUse) if self.list.showed_holder(socket) => Ok(Some(Occupancy::InUse)),
            Err(Refusal::AddressInUse) => self.look_into(socket),
            answer => occupancy_by(answer),
        }
    }

    /// Finds out what "address in use" means.
    fn look_into(&mut self, socket: ProbedSocket) -> Result<Option<Occupancy>, SocketsNotPermitted> {
        if self.tried_in_vain == PATIENCE {
            return Ok(Some(self.list.explain(socket).unwrap_or(Occupancy::InUse)));
        }
        let mut is_explained = false;
        let explain = || self.list.explain(socket).inspect(|_| is_explained = true);
        let found = bind_again(explain, || try_bind(socket))?;
        if found == Some(Occupancy::InUse) && !is_explained {
            self.tried_in_vain += 1;
        }
        Ok(found)
    }
}

/// Looks into "address in use": until something explains it, a repeated bind is answered otherwise, or the tries are used up.
fn bind_again(
    mut explain: impl FnMut() -> Option<Occupancy>,
    mut bind: impl FnMut() -> Result<(), Refusal>,
) -> Result<Option<Occupancy>, SocketsNotPermitted> {
    for _ in 0..MORE_TRIES {
        if let Some(occupancy) = explain() {
            return Ok(Some(occupancy));
        }
        thread::sleep(PAUSE);
        match bind() {
            Err(Refusal::AddressInUse) => {}
            answer => return occupancy_by(answer),
        }
    }
    Ok(Some(Occupancy::InUse))
}

/// What one bind says by itself.
fn occupancy_by(answer: Result<(), Refusal>) -> Result<Option<Occupancy>, SocketsNotPermitted> {
    match answer {
        Ok(()) => Ok(Some(Occupancy::Free)),
        Err(Refusal::AddressInUse | Refusal::KeptBack | Refusal::Unusable) => Ok(Some(Occupancy::InUse)),
        Err(Refusal::DoesNotApply) => Ok(None),
        Err(Refusal::NotPermitted(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::bind_again;
    use crate::refusal::Refusal;
    use crate::{Occupancy, SocketsNotPermitted};

    #[test]
    fn a_bind_is_repeated_three_times_unless_something_explains_the_refusal() {
        #[track_caller]
        fn check(refusals: usize, explanations: &[Option<Occupancy>], expected: Occupancy) {
            let mut explanations = explanations.iter().copied();
            let mut binds = 0;
            let bind = || {
                binds += 1;
                if binds <= refusals { Err(Refusal::AddressInUse) } else { Ok(()) }
            };
            let found = bind_again(|| explanations.next().flatten(), bind);
            assert_eq!(found.unwrap(), Some(expected));
        }

        check(0, &[], Occupancy::Free);
        check(1, &[], Occupancy::Free);
        check(2, &[], Occupancy::Free);
        check(3, &[], Occupancy::InUse);
        check(0, &[Some(Occupancy::InUse)], Occupancy::InUse);
        check(0, &[Some(Occupancy::Lingering)], Occupancy::Lingering);
        check(1, &[None, Some(Occupancy::Lingering)], Occupancy::Lingering);
        check(2, &[None, None, Some(Occupancy::InUse)], Occupancy::InUse);
        check(3, &[None, None, None, Some(Occupancy::Lingering)], Occupancy::InUse);
    }

    #[test]
    fn what_is_not_about_the_port_ends_the_repetition() {
        let denied =
            || Refusal::NotPermitted(SocketsNotPermitted::Denied(io::ErrorKind::PermissionDenied.into()));
        assert!(bind_again(|| None, || Err(denied())).is_err());
        assert_eq!(bind_again(|| None, || Err(Refusal::DoesNotApply)).unwrap(), None);
        assert_eq!(bind_again(|| None, || Err(Refusal::Unusable)).unwrap(), Some(Occupancy::InUse));
    }
}
