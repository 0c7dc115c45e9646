//! What a group is promised, worked out the slow way: every base is tried.

use std::collections::BTreeSet;

use trop_allocation::PreferredRefusal;
use trop_model::{Change, Port, Reservation, ReservationKey, Service, browser};
use trop_ops::{Assigned, GroupRequest, Obstacle, OpsError, Plan, Policy, Prune};

use crate::memory::Memory;
use crate::samples::{DAY, NOW, planned_group, port, time};

/// A group that somebody asks for, and the world in which that happens.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) rows: Vec<Reservation>,
    pub(crate) request: GroupRequest,
    pub(crate) policy: Policy,
    pub(crate) in_use: Vec<u16>,
    pub(crate) lingering: Vec<u16>,
}

/// What comes out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The wanted services have these ports, and those rows are gone.
    Ports(Vec<u16>, BTreeSet<ReservationKey>),
    DoesNotFit,
    Exhausted,
    /// That service is refused.
    CannotJoin(String, &'static str),
}

/// What is promised, and why that is so.
pub(crate) struct Promise {
    pub(crate) outcome: Outcome,
    pub(crate) why: &'static str,
}

impl Case {
    pub(crate) fn memory(&self) -> Memory {
        Memory::of(&self.rows)
    }

    pub(crate) fn plan(&self) -> Result<Plan<Vec<Assigned>>, OpsError> {
        planned_group(&self.memory(), &self.request, &self.policy, (&self.in_use, &self.lingering))
    }

    /// The same world after the plan.
    pub(crate) fn after(&self, plan: &Plan<Vec<Assigned>>) -> Case {
        let mut memory = self.memory();
        memory.apply(&plan.changes);
        Case { rows: memory.rows.into_values().collect(), ..self.clone() }
    }

    pub(crate) fn services(&self) -> &[Service] {
        self.request.group.services()
    }

    pub(crate) fn key_of(&self, service: &Service) -> ReservationKey {
        ReservationKey { path: self.request.path.clone(), tag: Some(service.tag.clone()) }
    }

    /// The port that is stored of a service.
    pub(crate) fn stored(&self, service: &Service) -> Option<u16> {
        let key = self.key_of(service);
        self.rows.iter().find(|row| row.key == key).map(|row| row.port.get())
    }

    pub(crate) fn is_wanted(&self, service: &Service) -> bool {
        self.request.only.as_ref().is_none_or(|only| *only == service.tag)
    }

    pub(crate) fn stays(&self, service: &Service) -> bool {
        self.stored(service).is_some() && !(self.request.overwrite && self.is_wanted(service))
    }

    /// The bases of those that stay and are not on their preferred port.
    pub(crate) fn bases(&self) -> BTreeSet<i32> {
        let staying = self.services().iter().filter(|service| self.stays(service));
        let placed = staying.filter(|service| self.stored(service) != preferred(service));
        placed.map(|service| i32::from(self.stored(service).unwrap()) - i32::from(service.offset)).collect()
    }

    /// The ports of those that are placed anew.
    pub(crate) fn own_ports(&self) -> BTreeSet<u16> {
        let moving = self.services().iter().filter(|service| !self.stays(service));
        moving.filter_map(|service| self.stored(service)).collect()
    }
}

fn preferred(service: &Service) -> Option<u16> {
    service.preferred.map(|port| port.get())
}

pub(crate) fn promise(case: &Case) -> Promise {
    let homeless: Vec<&Service> = case.services().iter().filter(|service| !case.stays(service)).collect();
    let wanted: Vec<&Service> = homeless.iter().copied().filter(|service| case.is_wanted(service)).collect();
    let own = case.own_ports();
    let held = case.rows.iter().map(|row| row.port.get()).filter(|port| !own.contains(port)).collect();
    let mut model = Model { case, own, held, given: BTreeSet::new() };
    let bases: Vec<i32> = case.bases().into_iter().collect();
    match bases[..] {
        _ if wanted.is_empty() => model.with(&[], BTreeSet::new(), "all stay"),
        [] => model.search(&homeless),
        [base] => model.join(base, &wanted),
        _ => model.join_without_base(&wanted),
    }
}

struct Model<'c> {
    case: &'c Case,
    own: BTreeSet<u16>,
    held: BTreeSet<u16>,
    /// Preferred ports that were taken.
    given: BTreeSet<u16>,
}

impl Model<'_> {
    fn search(&mut self, homeless: &[&Service]) -> Promise {
        let (first, last) = (self.case.policy.range.first().get(), self.case.policy.range.last().get());
        let lowest = self.case.request.group.base().map_or(first, |base| base.get());
        let fits = |service: &Service| lowest + service.offset <= last;
        if lowest < first || last < lowest || !self.case.services().iter().all(fits) {
            return Promise { outcome: Outcome::DoesNotFit, why: "does not fit" };
        }
        let (preferring, pattern): (Vec<&Service>, Vec<&Service>) =
            homeless.iter().partition(|service| self.prefers(service));
        self.given = preferring.into_iter().filter_map(preferred).collect();
        if pattern.is_empty() {
            return self.with(&[], BTreeSet::new(), "all on preferred ports");
        }
        let best = self.best_base(lowest, &pattern);
        if let Some((false, false, base)) = best {
            return self.with(&at(base, &pattern), BTreeSet::new(), "lowest base");
        }
        let (removed, freed) = self.cleaned();
        self.held.retain(|port| !freed.contains(port));
        let why = match (best, self.best_base(lowest, &pattern)) {
            (_, None) => return Promise { outcome: Outcome::Exhausted, why: "exhausted" },
            (_, Some((false, false, _))) => "lowest base after a clean-up",
            (_, Some((true, ..))) => "lingering",
            (_, Some((_, true, _))) => "refused by browsers",
        };
        let (_, _, base) = self.best_base(lowest, &pattern).unwrap();
        self.with(&at(base, &pattern), removed, why)
    }

    /// The best base of all: whether it lingers, whether browsers refuse it, and where it is.
    fn best_base(&self, lowest: u16, pattern: &[&Service]) -> Option<(bool, bool, u16)> {
        let range = self.case.policy.range;
        let has_place = |number: u16| {
            range.contains(port(number)) && self.refusal(number).is_none() && !self.given.contains(&number)
        };
        let bases = (lowest..=range.last().get())
            .filter(|base| pattern.iter().all(|service| has_place(base + service.offset)));
        let lingers = |number: u16| self.case.lingering.contains(&number) && !self.own.contains(&number);
        let avoids = self.case.policy.avoid_browser_blocked_ports;
        let judged = bases.map(|base| {
            let has =
                |judge: &dyn Fn(u16) -> bool| pattern.iter().any(|service| judge(base + service.offset));
            (has(&lingers), has(&|number| avoids && browser::refuses(port(number))), base)
        });
        judged.min()
    }

    fn join(&mut self, base: i32, wanted: &[&Service]) -> Promise {
        self.given =
            wanted.iter().filter(|service| self.prefers(service)).filter_map(|it| preferred(it)).collect();
        let mut placed = Vec::new();
        for service in wanted.iter().filter(|service| !self.prefers(service)) {
            let number = base + i32::from(service.offset);
            let place = u16::try_from(number).ok().and_then(Port::new);
            let refusal = match place.filter(|place| self.case.policy.range.contains(*place)) {
                None => Some("out of range"),
                Some(place) if self.given.contains(&place.get()) => Some("reserved"),
                Some(place) => self.refusal(place.get()),
            };
            if let Some(why) = refusal {
                return Promise { outcome: Outcome::CannotJoin(service.tag.to_string(), why), why };
            }
            placed.push((*service, place.unwrap().get()));
        }
        let why = if placed.is_empty() { "joined on preferred ports" } else { "joined in the pattern" };
        self.with(&placed, BTreeSet::new(), why)
    }

    fn join_without_base(&mut self, wanted: &[&Service]) -> Promise {
        let why = "disputed";
        match wanted.iter().find(|service| !self.prefers(service)) {
            Some(service) => Promise { outcome: Outcome::CannotJoin(service.tag.to_string(), why), why },
            None => self.with(&[], BTreeSet::new(), "joined on preferred ports in spite of a dispute"),
        }
    }

    /// Whether a service can have its preferred port.
    fn prefers(&self, service: &Service) -> bool {
        let GroupRequest { ignore_occupied, ignore_exclusions, .. } = self.case.request;
        let Some(preferred) = preferred(service) else { return false };
        match self.refusal(preferred) {
            None => true,
            Some("excluded") if ignore_exclusions => ignore_occupied || !self.is_in_use(preferred),
            Some("in use") => ignore_occupied,
            Some(_) => false,
        }
    }

    fn refusal(&self, number: u16) -> Option<&'static str> {
        if self.held.contains(&number) {
            return Some("reserved");
        }
        if self.case.policy.exclusions.contains(port(number)) {
            return Some("excluded");
        }
        self.is_in_use(number).then_some("in use")
    }

    fn is_in_use(&self, number: u16) -> bool {
        self.case.in_use.contains(&number) && !self.own.contains(&number)
    }

    /// Whom a clean-up removes, and what ports that frees.
    fn cleaned(&self) -> (BTreeSet<ReservationKey>, BTreeSet<u16>) {
        let clean_up = self.case.policy.clean_up;
        let listed: Vec<ReservationKey> =
            self.case.services().iter().map(|it| self.case.key_of(it)).collect();
        let goes = |row: &&Reservation| {
            let gone = clean_up.prune == Prune::Gone && row.key.path.as_str().ends_with("gone");
            let expired = clean_up
                .expire_after_days
                .is_some_and(|days| row.last_used_at < time(NOW - i64::from(days) * DAY));
            (gone || expired) && !listed.contains(&row.key)
        };
        let going = self.case.rows.iter().filter(goes);
        going.map(|row| (row.key.clone(), row.port.get())).unzip()
    }

    /// The ports of the wanted services: where they stay, where they are placed, else the preferred one.
    fn with(
        &self,
        placed: &[(&Service, u16)],
        removed: BTreeSet<ReservationKey>,
        why: &'static str,
    ) -> Promise {
        let wanted = self.case.services().iter().filter(|service| self.case.is_wanted(service));
        let port_of = |service: &Service| {
            let place = placed.iter().find(|(other, _)| other.tag == service.tag).map(|(_, port)| *port);
            let stored = self.case.stored(service).filter(|_| self.case.stays(service));
            stored.or(place).or(preferred(service)).unwrap()
        };
        Promise { outcome: Outcome::Ports(wanted.map(port_of).collect(), removed), why }
    }
}

fn at<'s>(base: u16, pattern: &[&'s Service]) -> Vec<(&'s Service, u16)> {
    pattern.iter().map(|service| (*service, base + service.offset)).collect()
}

/// What came out.
pub(crate) fn outcome(result: &Result<Plan<Vec<Assigned>>, OpsError>) -> Outcome {
    match result {
        Ok(plan) => {
            let ports = plan.answer.iter().map(|assigned| assigned.reservation.port.get()).collect();
            let removed = plan.changes.iter().filter(|change| matches!(change, Change::Remove { .. }));
            Outcome::Ports(ports, removed.map(|change| change.row().key.clone()).collect())
        }
        Err(OpsError::GroupDoesNotFit { .. }) => Outcome::DoesNotFit,
        Err(OpsError::GroupExhausted(_)) => Outcome::Exhausted,
        Err(OpsError::CannotJoin(refused)) => {
            let why = match &refused.obstacle {
                Obstacle::Disputed(_) => "disputed",
                Obstacle::OutOfRange { .. } => "out of range",
                Obstacle::Refused(refused) => match refused.refusal {
                    PreferredRefusal::Reserved => "reserved",
                    PreferredRefusal::Excluded => "excluded",
                    PreferredRefusal::InUse => "in use",
                },
            };
            Outcome::CannotJoin(refused.key.tag.as_ref().unwrap().to_string(), why)
        }
        Err(error) => panic!("{error}"),
    }
}
