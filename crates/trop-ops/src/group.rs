//! A group: its services stay where they are, and those that have no port yet find one.

use trop_allocation::PreferredRefusal;
use trop_model::{Change, GroupSpec, Ledger, Port, Reservation, ReservationKey, Service, Tag};
use trop_paths::AbsPath;

use crate::group_base::differences;
use crate::group_search::{Found, Search};
use crate::labels::Labels;
use crate::row::{Decided, kept_row, placed_row};
use crate::{Anchor, Assigned, Facts, Labelling, OpsError, Plan, Policy, ProbePort, RefusedPort, Step};

/// Which services somebody wants reserved.
#[derive(Debug, Clone)]
pub struct GroupRequest {
    /// The directory of the tropfile, canonical.
    pub path: AbsPath,
    /// What the tropfile lists.
    pub group: GroupSpec,
    /// The one service that is wanted; `None` when all of them are.
    pub only: Option<Tag>,
    /// What is said of their projects and their tasks.
    pub labelling: Labelling,
    /// Whether services that have a port are placed anew.
    pub overwrite: bool,
    /// Whether preferred ports may be in use.
    pub ignore_occupied: bool,
    /// Whether preferred ports may be excluded.
    pub ignore_exclusions: bool,
}

/// A service of the group that is planned.
pub(crate) struct Member<'r> {
    pub(crate) service: &'r Service,
    pub(crate) is_wanted: bool,
    pub(crate) standing: Standing,
}

/// Whether a service has a place.
pub(crate) enum Standing {
    /// It has a port and keeps it.
    Stays(Reservation),
    /// It has none, or gives up the one that it has.
    Homeless {
        /// What is stored of it.
        before: Option<Reservation>,
    },
}

/// Plans the services of a group, all that are wanted or none. The answer has them in the order of the group.
///
/// A service that has a port keeps it. The others take their preferred port, else their place in the pattern: where some stay that
/// are not on their preferred port, these settle where the group is, and whoever cannot have its place there is refused. Otherwise the
/// whole pattern is searched, also for services that are not wanted now, so that there is room for them later. The
/// search ends as that for one reservation does: after a clean-up, or with ports of last resort.
///
/// # Errors
/// When the ledger cannot be read, a label would change without permission, a port cannot be probed, the group can have no place in
/// the range, none is left, or a service cannot join the others.
pub fn plan_group<L>(
    ledger: &L,
    facts: &Facts,
    request: &GroupRequest,
    policy: &Policy,
    probe: ProbePort<'_>,
) -> Result<Step<Plan<Vec<Assigned>>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let stored = ledger.find_at(&request.path)?;
    let is_empty = stored.is_empty();
    let members = request.members(stored);
    let mut labels = Vec::new();
    for member in members.iter().filter(|member| member.is_wanted) {
        match member.labels(request, facts)? {
            // Then all of this is asked again.
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(found) => labels.push(found),
        }
    }
    if is_empty {
        ledger.require_searchable()?;
    }
    let found = if members.iter().any(|member| member.is_wanted && member.is_homeless()) {
        match (Search { ledger, facts, request, policy, members: &members }).run(probe)? {
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(found) => found,
        }
    } else {
        Found::default()
    };
    let Found { ports, removals, mut remarks } = found;
    let kept = differences(&members, |service, port| request.find_refusal(ledger, policy, service, port))?;
    remarks.splice(0..0, kept);
    let wanted = members.into_iter().enumerate().filter(|(_, member)| member.is_wanted);
    let decided = wanted.zip(labels).filter_map(|((index, member), labels)| {
        member.decide(request, ports.get(&index).copied(), labels, facts)
    });
    let (rows, answer): (Vec<Change>, Vec<Assigned>) =
        decided.map(|Decided { change, answer }| (change, answer)).unzip();
    Ok(Step::Do(Plan { changes: removals.into_iter().chain(rows).collect(), answer, remarks }))
}

impl GroupRequest {
    pub(crate) fn key(&self, service: &Service) -> ReservationKey {
        ReservationKey { path: self.path.clone(), tag: Some(service.tag.clone()) }
    }

    /// Whether the key is that of one of the services.
    pub(crate) fn has_member(&self, key: &ReservationKey) -> bool {
        let has_tag = |service: &Service| key.tag.as_ref() == Some(&service.tag);
        key.path == self.path && self.group.services().iter().any(has_tag)
    }

    /// Why the preferred port of a service cannot be had even by a group that is placed anew, as far as that is on record.
    fn find_refusal<L>(
        &self,
        ledger: &L,
        policy: &Policy,
        service: &Service,
        port: Port,
    ) -> Result<Option<RefusedPort>, OpsError>
    where
        L: Ledger,
        OpsError: From<L::Error>,
    {
        let holder = ledger.by_port(port)?.map(|row| row.key).filter(|key| !self.has_member(key));
        let refusal = if holder.is_some() {
            PreferredRefusal::Reserved
        } else if policy.exclusions.contains(port) && !self.ignore_exclusions {
            PreferredRefusal::Excluded
        } else {
            return Ok(None);
        };
        Ok(Some(RefusedPort { service: Some(service.tag.clone()), port, refusal, reserved_for: holder }))
    }

    /// The services, in their order, with their rows among those of the directory.
    fn members(&self, mut rows: Vec<Reservation>) -> Vec<Member<'_>> {
        let services = self.group.services().iter();
        let with_row = services.map(|service| {
            let row = rows.iter().position(|row| row.key.tag.as_ref() == Some(&service.tag));
            let stored = row.map(|index| rows.swap_remove(index));
            let is_wanted = self.only.as_ref().is_none_or(|only| *only == service.tag);
            let standing = match stored {
                Some(row) if !(is_wanted && self.overwrite) => Standing::Stays(row),
                before => Standing::Homeless { before },
            };
            Member { service, is_wanted, standing }
        });
        with_row.collect()
    }
}

impl Member<'_> {
    pub(crate) fn is_homeless(&self) -> bool {
        matches!(self.standing, Standing::Homeless { .. })
    }

    /// The port that it keeps.
    pub(crate) fn kept(&self) -> Option<Port> {
        let Standing::Stays(row) = &self.standing else { return None };
        Some(row.port)
    }

    /// The row that it gives up for another place.
    pub(crate) fn given_up(&self) -> Option<&Reservation> {
        let Standing::Homeless { before } = &self.standing else { return None };
        before.as_ref()
    }

    /// What it says of the base, when it stays and is not on its preferred port.
    pub(crate) fn anchor(&self) -> Option<Anchor> {
        let Service { tag, offset, preferred, .. } = self.service;
        let port = self.kept().filter(|port| Some(*port) != *preferred)?;
        Some(Anchor { service: tag.clone(), offset: *offset, port })
    }

    fn labels(&self, request: &GroupRequest, facts: &Facts) -> Result<Step<Labels>, OpsError> {
        match &self.standing {
            Standing::Stays(stored) | Standing::Homeless { before: Some(stored) } => {
                request.labelling.on_stored(stored).map(Step::Do)
            }
            Standing::Homeless { before: None } => Ok(request.labelling.on_new(&request.path, facts)),
        }
    }

    /// What becomes of its row. Nothing where it has no place and none was found.
    fn decide(
        self,
        request: &GroupRequest,
        found: Option<Port>,
        labels: Labels,
        facts: &Facts,
    ) -> Option<Decided> {
        match self.standing {
            Standing::Stays(stored) => Some(kept_row(stored, labels, facts.now)),
            Standing::Homeless { before } => {
                Some(placed_row(request.key(self.service), found?, labels, before, facts.now))
            }
        }
    }
}
