//! One reservation: keeping it, or finding a port for it.

use trop_allocation::{Choice, Preferred, Probe, Refusal, View, allocate_one, find_preferred_refusal};
use trop_model::{
    Change, Exclusions, Ledger, Port, PortRange, PortSet, Project, Reservation, ReservationKey, Tag, Task,
    Timestamp, browser,
};

use crate::clean::{Cleaned, plan_clean};
use crate::labels::{Labels, plan_new_labels, require_labels};
use crate::{BoxedError, CleanUp, Facts, Naming, NoneLeft, OpsError, Plan, Remark, Step, Target};

/// What somebody wants reserved.
#[derive(Debug, Clone)]
pub struct ReserveRequest {
    /// For which directory.
    pub target: Target,
    /// Under which tag.
    pub tag: Option<Tag>,
    /// What is said of its project.
    pub project: Naming<Project>,
    /// What is said of its task.
    pub task: Naming<Task>,
    /// The port to have if possible, which may lie outside the range.
    pub preferred: Option<Port>,
    /// Whether no other port than the preferred one will do.
    pub strict_port: bool,
    /// Whether a reservation that exists is allocated afresh.
    pub overwrite: bool,
    /// Whether the preferred port may be in use.
    pub ignore_occupied: bool,
    /// Whether the preferred port may be excluded.
    pub ignore_exclusions: bool,
}

/// The rules by which ports are handed out.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Where to look for a port.
    pub range: PortRange,
    /// What never to hand out.
    pub exclusions: Exclusions,
    /// Whether ports that web browsers refuse to open wait until nothing else is left.
    pub avoid_browser_blocked_ports: bool,
    /// How to make room when there is none.
    pub clean_up: CleanUp,
}

/// The reservation that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The reservation as it is stored afterwards.
    pub reservation: Reservation,
    /// Whether there was none before.
    pub created: bool,
    /// How many ports of the range were not even looked at, since they are reserved and lie below.
    pub passed_over: usize,
}

/// Plans one reservation.
///
/// A key that has a port keeps it. Otherwise: the preferred port; the lowest good port of the range; the same after a clean-up;
/// a port of last resort. `probe` is asked only for candidates. Labels that are stored stay unless others are named and may
/// come in their place, also where the port is allocated afresh.
///
/// # Errors
/// When the ledger cannot be read, a label would change without permission, a port cannot be probed, the only port that would do
/// cannot be had, or none can.
pub fn plan_reserve<L>(
    ledger: &L,
    facts: &Facts,
    request: &ReserveRequest,
    policy: &Policy,
    probe: &mut dyn FnMut(Port) -> Result<Probe, BoxedError>,
) -> Result<Step<Plan<Assigned>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let key = ReservationKey { path: request.target.meant(ledger)?, tag: request.tag.clone() };
    let stored = ledger.by_key(&key)?;
    let labels = match &stored {
        Some(stored) => require_labels(stored, request)?,
        None => match plan_new_labels(&key, facts, request) {
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(labels) => labels,
        },
    };
    match stored {
        Some(stored) if !request.overwrite => keep(stored, labels, facts, request).map(Step::Do),
        stored => Search { ledger, facts, request, policy, key, stored, labels }.run(probe),
    }
}

/// The key has its port. Nothing is searched, nothing probed.
fn keep(
    stored: Reservation,
    labels: Labels,
    facts: &Facts,
    request: &ReserveRequest,
) -> Result<Plan<Assigned>, OpsError> {
    let kept = stored.port;
    let other_port_asked = request.preferred.filter(|&asked| asked != kept);
    let mut remarks = Vec::new();
    if let Some(asked) = other_port_asked {
        if request.strict_port {
            return Err(OpsError::OtherPortKept { key: stored.key, kept, asked });
        }
        remarks.push(Remark::OtherPortKept { kept, asked });
    }
    let last_used_at = last_use(&stored, facts);
    let is_relabelled = labels != Labels::of(&stored);
    let Labels { project, task } = labels;
    let reservation = Reservation { project, task, last_used_at, ..stored.clone() };
    let change = if is_relabelled {
        Change::Put { row: reservation.clone(), replaces: Some(stored) }
    } else {
        Change::Touch { row: stored, last_used_at }
    };
    Ok(Plan {
        changes: vec![change],
        answer: Assigned { reservation, created: false, passed_over: 0 },
        remarks,
    })
}

/// Now, except that a clock that was set back makes nothing look unused.
fn last_use(stored: &Reservation, facts: &Facts) -> Timestamp {
    stored.last_used_at.max(facts.now)
}

/// A search for a port, for a new key or for one that is allocated afresh.
struct Search<'r, L> {
    ledger: &'r L,
    facts: &'r Facts,
    request: &'r ReserveRequest,
    policy: &'r Policy,
    key: ReservationKey,
    stored: Option<Reservation>,
    labels: Labels,
}

impl<L> Search<'_, L>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    fn run(
        self,
        probe: &mut dyn FnMut(Port) -> Result<Probe, BoxedError>,
    ) -> Result<Step<Plan<Assigned>>, OpsError> {
        let preferred = self.preferred();
        let holder = self.holder(preferred)?;
        let mut view = self.view(preferred, holder.as_ref(), probe)?;
        if let (true, Some(preferred)) = (self.request.strict_port, preferred) {
            return match find_preferred_refusal(preferred, &mut view).map_err(OpsError::Probe)? {
                None => Ok(Step::Do(self.assign(preferred.port))),
                Some(refusal) => Err(OpsError::PreferredPortRefused {
                    port: preferred.port,
                    refusal,
                    reserved_for: holder,
                }),
            };
        }
        let allocation = allocate_one(self.policy.range, preferred, &mut view).map_err(OpsError::Probe)?;
        let (choice, cleaned) = match self.make_room(allocation.choice, &mut view)? {
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(settled) => settled,
        };
        let mut remarks = cleaned.remarks;
        let taken = match choice {
            Choice::Preferred(port) | Choice::Regular(port) => port,
            Choice::LastResort(taken) => {
                remarks.push(Remark::LastResort { taken, refused_by_browsers: view.discouraged(taken) });
                taken
            }
            Choice::Exhausted(counts) => return Err(OpsError::Exhausted(NoneLeft { counts, remarks })),
        };
        // The clean-up may have freed the very port that could not be had before.
        let other_taken = preferred.filter(|preferred| preferred.port != taken);
        if let (Some(Preferred { port, .. }), Some(refusal)) = (other_taken, allocation.preferred_refusal) {
            remarks.push(Remark::PreferredPortRefused { port, refusal, reserved_for: holder, taken });
        }
        let passed_over = match choice {
            Choice::Preferred(_) => 0,
            _ => view.count_reserved_below(taken),
        };
        let mut plan = self.assign(taken);
        plan.answer.passed_over = passed_over;
        plan.changes.splice(0..0, cleaned.removals);
        plan.remarks = remarks;
        Ok(Step::Do(plan))
    }

    /// The port that was asked for, else the one that the key has.
    fn preferred(&self) -> Option<Preferred> {
        let own = self.stored.as_ref().map(|stored| stored.port);
        let port = self.request.preferred.or(own)?;
        let ReserveRequest { ignore_occupied, ignore_exclusions, .. } = *self.request;
        Some(Preferred { port, ignore_occupied, ignore_exclusions })
    }

    /// The other key that has the preferred port.
    fn holder(&self, preferred: Option<Preferred>) -> Result<Option<ReservationKey>, OpsError> {
        let Some(preferred) = preferred else {
            return Ok(None);
        };
        let row = self.ledger.by_port(preferred.port)?;
        Ok(row.map(|row| row.key).filter(|key| *key != self.key))
    }

    fn view<'p>(
        &'p self,
        preferred: Option<Preferred>,
        holder: Option<&ReservationKey>,
        probe: &'p mut dyn FnMut(Port) -> Result<Probe, BoxedError>,
    ) -> Result<TransactionView<'p>, OpsError> {
        let own = self.stored.as_ref().map(|stored| stored.port);
        let mut reserved = self.ledger.ports_in(self.policy.range)?;
        if let (Some(preferred), Some(_)) = (preferred, holder) {
            reserved.insert(preferred.port);
        }
        if let Some(own) = own {
            reserved.remove(own);
        }
        Ok(TransactionView { policy: self.policy, own, reserved, probe })
    }

    /// Where no good port was found: cleans up once, and if anything goes, searches the range again.
    fn make_room(
        &self,
        choice: Choice,
        view: &mut TransactionView<'_>,
    ) -> Result<Step<(Choice, Cleaned)>, OpsError> {
        if let Choice::Preferred(_) | Choice::Regular(_) = choice {
            return Ok(Step::Do((choice, Cleaned::default())));
        }
        let cleaned = match plan_clean(self.ledger, self.facts, self.policy.clean_up, &self.key)? {
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(cleaned) => cleaned,
        };
        if cleaned.removals.is_empty() {
            return Ok(Step::Do((choice, cleaned)));
        }
        for removal in &cleaned.removals {
            view.reserved.remove(removal.row().port);
        }
        let again = allocate_one(self.policy.range, None, view).map_err(OpsError::Probe)?;
        Ok(Step::Do((again.choice, cleaned)))
    }

    fn assign(self, port: Port) -> Plan<Assigned> {
        let created = self.stored.is_none();
        let now = self.facts.now;
        let (created_at, last_used_at) = match &self.stored {
            Some(stored) => (stored.created_at, last_use(stored, self.facts)),
            None => (now, now),
        };
        let Labels { project, task } = self.labels;
        let reservation = Reservation { key: self.key, port, project, task, created_at, last_used_at };
        let change = Change::Put { row: reservation.clone(), replaces: self.stored };
        Plan {
            changes: vec![change],
            answer: Assigned { reservation, created, passed_over: 0 },
            remarks: Vec::new(),
        }
    }
}

/// The world as it is in this transaction.
struct TransactionView<'p> {
    policy: &'p Policy,
    /// The port of the key that is allocated afresh: eligible without a probe, since whoever uses it is its owner.
    own: Option<Port>,
    reserved: PortSet,
    probe: &'p mut dyn FnMut(Port) -> Result<Probe, BoxedError>,
}

impl TransactionView<'_> {
    fn count_reserved_below(&self, port: Port) -> usize {
        let below = self.policy.range.iter().take_while(|candidate| *candidate < port);
        below.filter(|candidate| self.reserved.contains(*candidate)).count()
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

    fn discouraged(&self, port: Port) -> bool {
        self.policy.avoid_browser_blocked_ports && browser::refuses(port)
    }

    fn probe(&mut self, port: Port) -> Result<Probe, BoxedError> {
        if self.own == Some(port) { Ok(Probe::Free) } else { (self.probe)(port) }
    }
}
