//! Places for the services of a group that have none.

use trop_allocation::{
    GroupAllocation, GroupChoice, GroupExhausted, Misplaced, Preferred, PreferredRefusal, Probe, View, Wish,
    allocate_group, find_preferred_refusal, place_in_group,
};
use trop_model::{Change, Ledger, Port, ReservationKey};

use crate::clean::{Cleaned, plan_clean};
use crate::group::Member;
use crate::group_base::Base;
use crate::view::TransactionView;
use crate::{
    BoxedError, CannotJoin, Facts, GroupRequest, NoPlaceLeft, Obstacle, OpsError, Policy, RefusedPort,
    Remark, Step,
};

/// A search for the places of those members that do not stay where they are.
pub(crate) struct Search<'r, L> {
    pub(crate) ledger: &'r L,
    pub(crate) facts: &'r Facts,
    pub(crate) request: &'r GroupRequest,
    pub(crate) policy: &'r Policy,
    pub(crate) members: &'r [Member<'r>],
    pub(crate) base: Base,
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// The new port of each member that was searched for, by its place among the members.
    pub(crate) ports: Vec<Option<Port>>,
    pub(crate) removals: Vec<Change>,
    pub(crate) remarks: Vec<Remark>,
}

/// The members that are searched for, by their places among the members, and what each wants.
struct Wanted {
    indices: Vec<usize>,
    wishes: Vec<Wish>,
}

impl<L> Search<'_, L>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    pub(crate) fn run(
        self,
        probe: &mut dyn FnMut(Port) -> Result<Probe, BoxedError>,
    ) -> Result<Step<Found>, OpsError> {
        let mut view = self.view(probe)?;
        match self.base {
            Base::Unsettled => self.search(&mut view),
            Base::Settled(base) => self.join(base, &mut view).map(Step::Do),
            Base::Disputed => self.join_without_base(&mut view).map(Step::Do),
        }
    }

    /// A place for the whole group, or for what is not on its preferred port of it.
    fn search(&self, view: &mut TransactionView<'_>) -> Result<Step<Found>, OpsError> {
        let range = self.policy.range;
        let misfits = self.request.group.misfits(range);
        if !misfits.is_empty() {
            return Err(OpsError::GroupDoesNotFit { range, misfits });
        }
        let wanted = self.wanted(|_| true);
        let first_base = self.request.group.first_base(range);
        let first = allocate_group(range, first_base, &wanted.wishes, view).map_err(OpsError::Probe)?;
        let (settled, cleaned) = match first.choice {
            GroupChoice::AllPreferred | GroupChoice::Regular(_) => (first, Cleaned::default()),
            GroupChoice::LastResort { .. } | GroupChoice::Exhausted(_) => {
                match self.make_room(first, &wanted, first_base, view)? {
                    Step::Needs(needs) => return Ok(Step::Needs(needs)),
                    Step::Do(settled) => settled,
                }
            }
        };
        let Cleaned { removals, mut remarks } = cleaned;
        let ports = settled.ports(&wanted.wishes).unwrap_or_default();
        match settled.choice {
            GroupChoice::Exhausted(counts) => return Err(self.none_left(counts, &wanted, remarks)),
            GroupChoice::LastResort { mut lingering, .. } => {
                let now = self.wanted_now(&wanted, &ports);
                lingering.retain(|port| now.contains(port));
                let placed_now = wanted.in_pattern(&ports).filter(|port| now.contains(port));
                let refused = placed_now.filter(|port| view.discouraged(*port)).collect();
                remarks.extend(Remark::group_last_resort(refused, lingering));
            }
            GroupChoice::AllPreferred | GroupChoice::Regular(_) => {}
        }
        remarks.extend(self.refused_preferences(&wanted, &settled.preferred_refusals, &ports)?);
        Ok(Step::Do(Found { ports: self.by_member(&wanted, &ports), removals, remarks }))
    }

    /// Where no good place was found: cleans up once, and if anything goes, searches the range again.
    fn make_room(
        &self,
        poor: GroupAllocation,
        wanted: &Wanted,
        first_base: Port,
        view: &mut TransactionView<'_>,
    ) -> Result<Step<(GroupAllocation, Cleaned)>, OpsError> {
        let is_spared = |key: &ReservationKey| self.request.has_member(key);
        plan_clean(self.ledger, self.facts, self.policy.clean_up, &is_spared)?.try_map(|cleaned| {
            if cleaned.removals.is_empty() {
                return Ok((poor, cleaned));
            }
            view.give_back(&cleaned.removals);
            let wishes = wanted.without_refused(&poor);
            let again = allocate_group(self.policy.range, first_base, &wishes, view);
            let GroupAllocation { choice, .. } = again.map_err(OpsError::Probe)?;
            Ok((GroupAllocation { choice, ..poor }, cleaned))
        })
    }

    /// Places where the services that stay say the others are.
    fn join(&self, base: i32, view: &mut TransactionView<'_>) -> Result<Found, OpsError> {
        let wanted = self.wanted(|member| member.is_wanted);
        let growth =
            place_in_group(self.policy.range, base, &wanted.wishes, view).map_err(OpsError::Probe)?;
        let mut ports = Vec::new();
        for (place, index) in growth.places.into_iter().zip(&wanted.indices) {
            match place {
                Ok(port) => ports.push(port),
                Err(misplaced) => {
                    let obstacle = self.obstacle(misplaced, &wanted)?;
                    return Err(self.cannot_join(*index, obstacle));
                }
            }
        }
        let mut remarks = self.refused_preferences(&wanted, &growth.preferred_refusals, &ports)?;
        let refused_by_browsers = wanted.in_pattern(&ports).filter(|port| view.discouraged(*port)).collect();
        remarks.extend(Remark::group_last_resort(refused_by_browsers, Vec::new()));
        Ok(Found { ports: self.by_member(&wanted, &ports), removals: Vec::new(), remarks })
    }

    /// Where the services that stay do not agree, there is a place for those alone that can have their preferred port.
    fn join_without_base(&self, view: &mut TransactionView<'_>) -> Result<Found, OpsError> {
        let wanted = self.wanted(|member| member.is_wanted);
        let mut ports = Vec::new();
        for (wish, index) in wanted.wishes.iter().zip(&wanted.indices) {
            let had = match wish.preferred {
                Some(preferred) => {
                    let refusal = find_preferred_refusal(preferred, view).map_err(OpsError::Probe)?;
                    refusal.is_none().then_some(preferred.port)
                }
                None => None,
            };
            let Some(port) = had else {
                let placed = self.members.iter().filter_map(Member::placed).collect();
                return Err(self.cannot_join(*index, Obstacle::Disputed(placed)));
            };
            ports.push(port);
        }
        Ok(Found { ports: self.by_member(&wanted, &ports), ..Found::default() })
    }

    fn wanted(&self, is_searched_for: impl Fn(&Member<'_>) -> bool) -> Wanted {
        let homeless = self.members.iter().enumerate().filter(|(_, member)| !member.stays);
        let searched = homeless.filter(|(_, member)| is_searched_for(member));
        let (indices, wishes) = searched.map(|(index, member)| (index, self.wish(member))).unzip();
        Wanted { indices, wishes }
    }

    fn wish(&self, member: &Member<'_>) -> Wish {
        let GroupRequest { ignore_occupied, ignore_exclusions, .. } = *self.request;
        let preferred =
            member.service.preferred.map(|port| Preferred { port, ignore_occupied, ignore_exclusions });
        Wish { offset: member.service.offset, preferred }
    }

    fn view<'p>(
        &'p self,
        probe: &'p mut dyn FnMut(Port) -> Result<Probe, BoxedError>,
    ) -> Result<TransactionView<'p>, OpsError> {
        let homeless = self.members.iter().filter(|member| !member.stays);
        let own = homeless.clone().filter_map(|member| member.stored.as_ref().map(|row| row.port)).collect();
        let reserved = self.ledger.ports_in(self.policy.range)?;
        let mut view = TransactionView::new(self.policy, reserved, own, probe);
        for preferred in homeless.filter_map(|member| member.service.preferred) {
            if self.holder(preferred)?.is_some() {
                view.reserve(preferred);
            }
        }
        Ok(view)
    }

    /// Whose the port is, unless it belongs to a service that is placed anew.
    fn holder(&self, port: Port) -> Result<Option<ReservationKey>, OpsError> {
        let row = self.ledger.by_port(port)?;
        let is_placed_anew =
            |key: &ReservationKey| self.members.iter().any(|member| !member.stays && member.has_key(key));
        Ok(row.map(|row| row.key).filter(|key| !is_placed_anew(key)))
    }

    /// A remark on each preferred port of a service that is wanted now, where the service got another one.
    fn refused_preferences(
        &self,
        wanted: &Wanted,
        refusals: &[Option<PreferredRefusal>],
        ports: &[Port],
    ) -> Result<Vec<Remark>, OpsError> {
        let mut remarks = Vec::new();
        for ((index, taken), refusal) in wanted.indices.iter().zip(ports).zip(refusals) {
            let Member { service, is_wanted, .. } = &self.members[*index];
            let (Some(port), Some(refusal), true) = (service.preferred, *refusal, *is_wanted) else {
                continue;
            };
            // The clean-up may have freed the very port that could not be had before.
            if port != *taken {
                let refused = RefusedPort {
                    service: Some(service.tag.clone()),
                    port,
                    refusal,
                    reserved_for: self.holder(port)?,
                };
                remarks.push(Remark::PreferredPortRefused { refused, taken: *taken });
            }
        }
        Ok(remarks)
    }

    /// The ports of the services that are wanted now.
    fn wanted_now(&self, wanted: &Wanted, ports: &[Port]) -> Vec<Port> {
        let placed = wanted.indices.iter().zip(ports);
        placed.filter(|(index, _)| self.members[**index].is_wanted).map(|(_, port)| *port).collect()
    }

    fn by_member(&self, wanted: &Wanted, ports: &[Port]) -> Vec<Option<Port>> {
        let mut by_member = vec![None; self.members.len()];
        for (index, port) in wanted.indices.iter().zip(ports) {
            by_member[*index] = Some(*port);
        }
        by_member
    }

    fn none_left(&self, counts: GroupExhausted, wanted: &Wanted, remarks: Vec<Remark>) -> OpsError {
        let service = |wish: usize| self.members[wanted.indices[wish]].service.clone();
        let blocked = counts.blocked.iter().map(|blocked| (service(blocked.wish), *blocked)).collect();
        OpsError::GroupExhausted(NoPlaceLeft { counts, blocked, remarks })
    }

    fn obstacle(&self, misplaced: Misplaced, wanted: &Wanted) -> Result<Obstacle, OpsError> {
        let refused = |port, refusal, reserved_for| {
            Obstacle::Refused(RefusedPort { service: None, port, refusal, reserved_for })
        };
        Ok(match misplaced {
            Misplaced::OutOfRange(port) => Obstacle::OutOfRange { port, range: self.policy.range },
            Misplaced::Refused { port, refusal } => refused(port, refusal, self.holder(port)?),
            Misplaced::TakenByWish { port, wish } => {
                let sibling = self.members[wanted.indices[wish]].service;
                refused(port, PreferredRefusal::Reserved, Some(self.request.key(sibling)))
            }
        })
    }

    fn cannot_join(&self, index: usize, obstacle: Obstacle) -> OpsError {
        let service = self.members[index].service;
        let key = self.request.key(service);
        OpsError::CannotJoin(Box::new(CannotJoin { key, offset: service.offset, obstacle }))
    }
}

impl Wanted {
    /// The ports of those that are not on their preferred one.
    fn in_pattern(&self, ports: &[Port]) -> impl Iterator<Item = Port> {
        let placed = ports.iter().zip(&self.wishes);
        placed
            .filter(|(port, wish)| wish.preferred.is_none_or(|preferred| preferred.port != **port))
            .map(|(port, _)| *port)
    }

    /// The same wishes once more, after a search: a preferred port that could be had is taken without another probe, and one that
    /// could not is no longer wished for.
    fn without_refused(&self, searched: &GroupAllocation) -> Vec<Wish> {
        let wishes = self.wishes.iter().zip(&searched.preferred_refusals);
        wishes
            .map(|(wish, refusal)| {
                let had = wish.preferred.filter(|_| refusal.is_none());
                Wish { preferred: had.map(|had| Preferred { ignore_occupied: true, ..had }), ..*wish }
            })
            .collect()
    }
}
