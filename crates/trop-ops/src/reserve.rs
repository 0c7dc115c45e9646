//! One reservation: keeping it, or finding a port for it.

use trop_allocation::{Choice, Preferred, View, allocate_one, find_preferred_refusal};
use trop_model::{Ledger, Port, Reservation, ReservationKey, Tag};

use crate::clean::{Cleaned, plan_clean};
use crate::labels::Labels;
use crate::row::{Decided, kept_row, placed_row};
use crate::view::TransactionView;
use crate::{
    Assigned, Facts, Labelling, NoneLeft, OpsError, Plan, Policy, ProbePort, RefusedPort, Remark, Step,
    Target,
};

/// What somebody wants reserved.
#[derive(Debug, Clone)]
pub struct ReserveRequest {
    /// For which directory.
    pub target: Target,
    /// Under which tag.
    pub tag: Option<Tag>,
    /// What is said of its project and its task.
    pub labelling: Labelling,
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
    probe: ProbePort<'_>,
) -> Result<Step<Plan<Assigned>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let key = ReservationKey { path: request.target.meant(ledger)?, tag: request.tag.clone() };
    let stored = ledger.find(&key)?;
    let labels = match &stored {
        Some(stored) => request.labelling.on_stored(stored)?,
        None => match request.labelling.on_new(&key.path, facts) {
            // Then all of this is asked again.
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(labels) => labels,
        },
    };
    if stored.is_none() {
        ledger.require_searchable()?;
    }
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
    let Decided { change, answer } = kept_row(stored, labels, facts.now);
    Ok(Plan { changes: vec![change], answer, remarks })
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
    fn run(self, probe: ProbePort<'_>) -> Result<Step<Plan<Assigned>>, OpsError> {
        let preferred = self.preferred();
        let holder = self.holder(preferred)?;
        let mut view = self.view(preferred, holder.as_ref(), probe)?;
        if let (true, Some(preferred)) = (self.request.strict_port, preferred) {
            return match find_preferred_refusal(preferred, &mut view).map_err(OpsError::Probe)? {
                None => Ok(Step::Do(self.assign(preferred.port))),
                Some(refusal) => Err(OpsError::PreferredPortRefused(RefusedPort {
                    service: None,
                    port: preferred.port,
                    refusal,
                    reserved_for: holder,
                })),
            };
        }
        let allocation = allocate_one(self.policy.range, preferred, &mut view).map_err(OpsError::Probe)?;
        let (choice, cleaned) = match allocation.choice {
            good @ (Choice::Preferred(_) | Choice::Regular(_)) => (good, Cleaned::default()),
            poor => match self.make_room(poor, &mut view)? {
                Step::Needs(needs) => return Ok(Step::Needs(needs)),
                Step::Do(settled) => settled,
            },
        };
        let mut remarks = cleaned.remarks;
        let taken = match choice {
            Choice::Preferred(port) | Choice::Regular(port) | Choice::LastResort(port) => Some(port),
            Choice::Exhausted(_) => None,
        };
        // The clean-up may have freed the very port that could not be had before.
        let missed = preferred.filter(|preferred| Some(preferred.port) != taken);
        if let (Some(Preferred { port, .. }), Some(refusal)) = (missed, allocation.preferred_refusal) {
            let refused = RefusedPort { service: None, port, refusal, reserved_for: holder };
            remarks.push(Remark::PreferredPortRefused { refused, taken });
        }
        let taken = match choice {
            Choice::Preferred(port) | Choice::Regular(port) => port,
            Choice::LastResort(taken) => {
                remarks.push(Remark::LastResort { taken, refused_by_browsers: view.discouraged(taken) });
                taken
            }
            Choice::Exhausted(counts) => return Err(OpsError::Exhausted(NoneLeft { counts, remarks })),
        };
        if !matches!(choice, Choice::Preferred(_)) {
            remarks.extend(view.passed_over(taken));
        }
        let mut plan = self.assign(taken);
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
        probe: ProbePort<'p>,
    ) -> Result<TransactionView<'p>, OpsError> {
        let own = self.stored.iter().map(|stored| stored.port).collect();
        let reserved = self.ledger.ports_in(self.policy.range)?;
        let mut view = TransactionView::new(self.policy, reserved, own, probe);
        if let (Some(preferred), Some(_)) = (preferred, holder) {
            view.reserve(preferred.port);
        }
        Ok(view)
    }

    /// Where no good port was found: cleans up once, and if anything goes, searches the range again.
    fn make_room(
        &self,
        poor: Choice,
        view: &mut TransactionView<'_>,
    ) -> Result<Step<(Choice, Cleaned)>, OpsError> {
        let is_spared = |key: &ReservationKey| *key == self.key;
        plan_clean(self.ledger, self.facts, self.policy.clean_up, &is_spared)?.try_map(|cleaned| {
            if cleaned.removals.is_empty() {
                return Ok((poor, cleaned));
            }
            view.give_back(&cleaned.removals);
            let again = allocate_one(self.policy.range, None, view).map_err(OpsError::Probe)?;
            Ok((again.choice, cleaned))
        })
    }

    fn assign(self, port: Port) -> Plan<Assigned> {
        let Decided { change, answer } = placed_row(self.key, port, self.labels, self.stored, self.facts.now);
        Plan { changes: vec![change], answer, remarks: Vec::new() }
    }
}
