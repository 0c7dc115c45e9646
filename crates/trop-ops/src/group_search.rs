//! Places for the services of a group that have none.

use std::collections::BTreeMap;

use trop_allocation::{
    Blocked, GroupAllocation, GroupChoice, GroupExhausted, Misplaced, Preferred, PreferredRefusal, View,
    Wish, allocate_group, place_in_group,
};
use trop_model::{Change, Ledger, Port, ReservationKey};

use crate::clean::{Cleaned, plan_clean};
use crate::group::Member;
use crate::group_base::Base;
use crate::view::TransactionView;
use crate::{
    BlockedService, CannotJoin, Facts, GroupRequest, NoPlaceLeft, Obstacle, OpsError, Policy, ProbePort,
    RefusedPort, Remark, Step,
};

/// A search for the places of those members that do not stay where they are.
pub(crate) struct Search<'r, L> {
    pub(crate) ledger: &'r L,
    pub(crate) facts: &'r Facts,
    pub(crate) request: &'r GroupRequest,
    pub(crate) policy: &'r Policy,
    pub(crate) members: &'r [Member<'r>],
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// The new ports, by the place of the member among all members.
    pub(crate) ports: BTreeMap<usize, Port>,
    pub(crate) removals: Vec<Change>,
    pub(crate) remarks: Vec<Remark>,
}

/// Members without a place, by their places among all members, and what each of them would like to have.
struct Homeless {
    members: Vec<usize>,
    wishes: Vec<Wish>,
}

impl<L> Search<'_, L>
where
    L: Ledger,
    OpsError: From<L::Error>,
{
    pub(crate) fn run(self, probe: ProbePort<'_>) -> Result<Step<Found>, OpsError> {
        let mut view = self.view(probe)?;
        match Base::of(self.members) {
            Base::Unsettled => self.search(&mut view),
            Base::Settled(base) => self.join(Some(base), &mut view).map(Step::Do),
            Base::Disputed => self.join(None, &mut view).map(Step::Do),
        }
    }

    /// A place for all that have none, whether they are wanted now or not: there shall be room for them later.
    fn search(&self, view: &mut TransactionView<'_>) -> Result<Step<Found>, OpsError> {
        let range = self.policy.range;
        let misfits = self.request.group.misfits(range);
        if !misfits.is_empty() {
            return Err(OpsError::GroupDoesNotFit { range, misfits });
        }
        let homeless = self.homeless(|_| true);
        let first_base = self.request.group.first_base(range);
        let first = allocate_group(range, first_base, &homeless.wishes, view).map_err(OpsError::Probe)?;
        let settled = match first.choice {
            GroupChoice::AllPreferred | GroupChoice::Regular(_) => Step::Do((first, Cleaned::default())),
            GroupChoice::LastResort { .. } | GroupChoice::Exhausted(_) => {
                self.make_room(first, &homeless, first_base, view)?
            }
        };
        settled.try_map(|(allocation, cleaned)| self.settle(allocation, cleaned, &homeless, view))
    }

    /// Where no good place was found: cleans up once, and if anything goes, searches the range again.
    fn make_room(
        &self,
        poor: GroupAllocation,
        homeless: &Homeless,
        first_base: Port,
        view: &mut TransactionView<'_>,
    ) -> Result<Step<(GroupAllocation, Cleaned)>, OpsError> {
        let is_spared = |key: &ReservationKey| self.request.has_member(key);
        plan_clean(self.ledger, self.facts, self.policy.clean_up, &is_spared)?.try_map(|cleaned| {
            if cleaned.removals.is_empty() {
                return Ok((poor, cleaned));
            }
            view.give_back(&cleaned.removals);
            let wishes = homeless.without_refused(&poor);
            let again = allocate_group(self.policy.range, first_base, &wishes, view);
            let GroupAllocation { choice, .. } = again.map_err(OpsError::Probe)?;
            Ok((GroupAllocation { choice, ..poor }, cleaned))
        })
    }

    /// What the search came to, with what is to be told of it.
    fn settle(
        &self,
        allocation: GroupAllocation,
        cleaned: Cleaned,
        homeless: &Homeless,
        view: &TransactionView<'_>,
    ) -> Result<Found, OpsError> {
        let ports = allocation.ports(&homeless.wishes);
        let found = homeless.by_member(ports.into_iter().flatten().map(Some));
        let Cleaned { removals, mut remarks } = cleaned;
        remarks.extend(self.refused_preferences(homeless, &allocation.preferred_refusals, &found)?);
        match allocation.choice {
            GroupChoice::Exhausted(counts) => return Err(self.none_left(&counts, homeless, remarks)),
            GroupChoice::LastResort { lingering, .. } => {
                remarks.extend(self.last_resort(&found, &lingering, view));
            }
            GroupChoice::AllPreferred | GroupChoice::Regular(_) => {}
        }
        Ok(Found { ports: found, removals, remarks })
    }

    /// Places where the services that stay say the others are. Where they do not agree, there are preferred ports alone.
    fn join(&self, base: Option<i32>, view: &mut TransactionView<'_>) -> Result<Found, OpsError> {
        let homeless = self.homeless(|member| member.is_wanted);
        let growth =
            place_in_group(self.policy.range, base, &homeless.wishes, view).map_err(OpsError::Probe)?;
        let found = homeless.by_member(growth.places.iter().map(|place| place.ok()));
        let mut remarks = self.refused_preferences(&homeless, &growth.preferred_refusals, &found)?;
        for (place, member) in growth.places.into_iter().zip(&homeless.members) {
            if let Err(misplaced) = place {
                let service = self.members[*member].service;
                return Err(OpsError::CannotJoin(Box::new(CannotJoin {
                    key: self.request.key(service),
                    offset: service.offset,
                    obstacle: self.obstacle(misplaced, &homeless)?,
                    remarks,
                })));
            }
        }
        remarks.extend(self.last_resort(&found, &[], view));
        Ok(Found { ports: found, removals: Vec::new(), remarks })
    }

    fn homeless(&self, is_meant: impl Fn(&Member<'_>) -> bool) -> Homeless {
        let homeless = self.members.iter().enumerate().filter(|(_, member)| member.is_homeless());
        let meant = homeless.filter(|(_, member)| is_meant(member));
        let (members, wishes) = meant.map(|(index, member)| (index, self.wish(member))).unzip();
        Homeless { members, wishes }
    }

    fn wish(&self, member: &Member<'_>) -> Wish {
        let GroupRequest { ignore_occupied, ignore_exclusions, .. } = *self.request;
        let preferred =
            member.service.preferred.map(|port| Preferred { port, ignore_occupied, ignore_exclusions });
        Wish { offset: member.service.offset, preferred }
    }

    fn view<'p>(&'p self, probe: ProbePort<'p>) -> Result<TransactionView<'p>, OpsError> {
        let own = self.members.iter().filter_map(|member| Some(member.given_up()?.port)).collect();
        let reserved = self.ledger.ports_in(self.policy.range)?;
        let mut view = TransactionView::new(self.policy, reserved, own, probe);
        let homeless = self.members.iter().filter(|member| member.is_homeless());
        for preferred in homeless.filter_map(|member| member.service.preferred) {
            if self.holder(preferred)?.is_some() {
                view.reserve(preferred);
            }
        }
        Ok(view)
    }

    /// Whose the port is, unless it belongs to a service that gives it up.
    fn holder(&self, port: Port) -> Result<Option<ReservationKey>, OpsError> {
        let row = self.ledger.by_port(port)?;
        let is_given_up = |key: &ReservationKey| {
            self.members.iter().filter_map(Member::given_up).any(|given_up| given_up.key == *key)
        };
        Ok(row.map(|row| row.key).filter(|key| !is_given_up(key)))
    }

    /// A remark on each preferred port that a service that is wanted now did not get.
    fn refused_preferences(
        &self,
        homeless: &Homeless,
        refusals: &[Option<PreferredRefusal>],
        found: &BTreeMap<usize, Port>,
    ) -> Result<Vec<Remark>, OpsError> {
        let mut remarks = Vec::new();
        for (index, refusal) in homeless.members.iter().zip(refusals) {
            let Member { service, is_wanted, .. } = &self.members[*index];
            let (Some(port), Some(refusal), true) = (service.preferred, *refusal, *is_wanted) else {
                continue;
            };
            let taken = found.get(index).copied();
            // The clean-up may have freed the very port that could not be had before.
            if taken != Some(port) {
                let reserved_for = self.holder(port)?;
                let refused = RefusedPort { service: Some(service.tag.clone()), port, refusal, reserved_for };
                remarks.push(Remark::PreferredPortRefused { refused, taken });
            }
        }
        Ok(remarks)
    }

    /// A remark on those services that are wanted now and got a port for want of a better one.
    fn last_resort(
        &self,
        found: &BTreeMap<usize, Port>,
        lingering: &[Port],
        view: &TransactionView<'_>,
    ) -> Option<Remark> {
        let wanted = found.iter().filter(|(index, _)| self.members[**index].is_wanted);
        let in_pattern =
            wanted.filter(|(index, port)| self.members[**index].service.preferred != Some(**port));
        let (mut refused_by_browsers, mut lingers) = (Vec::new(), Vec::new());
        for (_, port) in in_pattern {
            if view.discouraged(*port) {
                refused_by_browsers.push(*port);
            }
            if lingering.contains(port) {
                lingers.push(*port);
            }
        }
        Remark::group_last_resort(refused_by_browsers, lingers)
    }

    fn none_left(&self, counts: &GroupExhausted, homeless: &Homeless, remarks: Vec<Remark>) -> OpsError {
        let GroupExhausted { range, first_base, bases, blocked } = counts;
        let blocked = blocked.iter().map(|blocked| {
            let Blocked { wish, reserved, excluded, in_use } = *blocked;
            let service = self.members[homeless.members[wish]].service;
            BlockedService {
                service: service.tag.clone(),
                offset: service.offset,
                reserved,
                excluded,
                in_use,
            }
        });
        OpsError::GroupExhausted(NoPlaceLeft {
            range: *range,
            first_base: *first_base,
            bases: *bases,
            blocked: blocked.collect(),
            remarks,
        })
    }

    fn obstacle(&self, misplaced: Misplaced, homeless: &Homeless) -> Result<Obstacle, OpsError> {
        let refused = |port, refusal, reserved_for| {
            Obstacle::Refused(RefusedPort { service: None, port, refusal, reserved_for })
        };
        Ok(match misplaced {
            Misplaced::NoBase => Obstacle::Disputed(self.members.iter().filter_map(Member::anchor).collect()),
            Misplaced::OutOfRange(port) => Obstacle::OutOfRange { port, range: self.policy.range },
            Misplaced::Refused { port, refusal } => refused(port, refusal, self.holder(port)?),
            Misplaced::TakenByWish { port, wish } => {
                let sibling = self.members[homeless.members[wish]].service;
                refused(port, PreferredRefusal::Reserved, Some(self.request.key(sibling)))
            }
        })
    }
}

impl Homeless {
    /// The ports that were found for them, in their order, by the place of each member among all.
    fn by_member(&self, found: impl Iterator<Item = Option<Port>>) -> BTreeMap<usize, Port> {
        self.members.iter().copied().zip(found).filter_map(|(member, port)| Some((member, port?))).collect()
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
