//! A group: its services stay where they are, and those that have no port yet find one.

use trop_allocation::Probe;
use trop_model::{Change, GroupSpec, Ledger, Port, Reservation, ReservationKey, Service, Tag};
use trop_paths::AbsPath;

use crate::group_base::{Base, differences};
use crate::group_search::{Found, Search};
use crate::labels::Labels;
use crate::row::{Decided, kept_row, placed_row};
use crate::{Assigned, BoxedError, Facts, Labelling, OpsError, Placed, Plan, Policy, Step};

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

/// A service, and what is stored of it.
pub(crate) struct Member<'r> {
    pub(crate) service: &'r Service,
    pub(crate) stored: Option<Reservation>,
    pub(crate) is_wanted: bool,
    /// Whether it has a port and keeps it.
    pub(crate) stays: bool,
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
    probe: &mut dyn FnMut(Port) -> Result<Probe, BoxedError>,
) -> Result<Step<Plan<Vec<Assigned>>>, OpsError>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    let members = request.members(ledger.at(&request.path)?);
    let mut labels = Vec::new();
    for member in members.iter().filter(|member| member.is_wanted) {
        match member.labels(request, facts)? {
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(found) => labels.push(found),
        }
    }
    let found = if members.iter().any(|member| member.is_wanted && !member.stays) {
        let base = Base::of(&members);
        match (Search { ledger, facts, request, policy, members: &members, base }).run(probe)? {
            Step::Needs(needs) => return Ok(Step::Needs(needs)),
            Step::Do(found) => found,
        }
    } else {
        Found::default()
    };
    let Found { ports, removals, mut remarks } = found;
    remarks.splice(0..0, differences(&members));
    let wanted = members.into_iter().enumerate().filter(|(_, member)| member.is_wanted);
    let decided = wanted.zip(labels).filter_map(|((index, member), labels)| {
        member.decide(request, ports.get(index).copied().flatten(), labels, facts)
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

    /// The services, in their order, with their rows among those of the directory.
    fn members(&self, mut rows: Vec<Reservation>) -> Vec<Member<'_>> {
        let services = self.group.services().iter();
        let with_row = services.map(|service| {
            let row = rows.iter().position(|row| row.key.tag.as_ref() == Some(&service.tag));
            let stored = row.map(|index| rows.swap_remove(index));
            let is_wanted = self.only.as_ref().is_none_or(|only| *only == service.tag);
            let stays = stored.is_some() && !(is_wanted && self.overwrite);
            Member { service, stored, is_wanted, stays }
        });
        with_row.collect()
    }
}

impl Member<'_> {
    /// The port that it keeps.
    pub(crate) fn kept(&self) -> Option<Port> {
        self.stored.as_ref().filter(|_| self.stays).map(|row| row.port)
    }

    /// Where it stays, unless that is its preferred port.
    pub(crate) fn placed(&self) -> Option<Placed> {
        let Service { tag, offset, preferred, .. } = self.service;
        let port = self.kept().filter(|port| Some(*port) != *preferred)?;
        Some(Placed { service: tag.clone(), offset: *offset, port })
    }

    /// Whether this is the key of the row that is stored of it.
    pub(crate) fn has_key(&self, key: &ReservationKey) -> bool {
        self.stored.as_ref().is_some_and(|row| row.key == *key)
    }

    fn labels(&self, request: &GroupRequest, facts: &Facts) -> Result<Step<Labels>, OpsError> {
        match &self.stored {
            Some(stored) => request.labelling.on_stored(stored).map(Step::Do),
            None => Ok(request.labelling.on_new(&request.path, facts)),
        }
    }

    fn decide(
        self,
        request: &GroupRequest,
        found: Option<Port>,
        labels: Labels,
        facts: &Facts,
    ) -> Option<Decided> {
        match self.stored {
            Some(stored) if self.stays => Some(kept_row(stored, labels, facts.now)),
            stored => Some(placed_row(request.key(self.service), found?, labels, stored, facts.now)),
        }
    }
}
