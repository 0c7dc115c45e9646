//! Random searches for a new group, and the classes of them that are worth telling apart.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use trop_allocation::{GroupAllocation, GroupChoice, PreferredRefusal, Probe, Wish, allocate_group};
use trop_model::{Port, PortRange};

use crate::group::model;
use crate::random::any_range_and_world;
use crate::runner::{self, Class};
use crate::wishes::{among, any_sketch, had, others};
use crate::world::{World, port};

/// One search.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) range: PortRange,
    pub(crate) first_base: Port,
    pub(crate) wishes: Vec<Wish>,
    pub(crate) world: World,
    /// Picks one of the probes that the search makes.
    pub(crate) some_probe: Index,
}

/// What a search came to, and what it probed on the way.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) allocation: GroupAllocation,
    pub(crate) probed: Vec<Port>,
}

/// Checks a law for every case, and that the cases were worth it.
#[track_caller]
pub(crate) fn for_all(law: impl Fn(&Case, &Outcome) -> TestCaseResult) {
    let search = |case: &Case| {
        let mut world = case.world.clone();
        let answer = allocate_group(case.range, case.first_base, &case.wishes, &mut world);
        Outcome { allocation: answer.expect("no probe fails"), probed: world.probed }
    };
    runner::for_all(any_case(), search, &CLASSES, law);
}

const CLASSES: [Class<Case, Outcome>; 28] = [
    ("the range begins at 1", |case, _| case.range.first() == Port::MIN),
    ("the range ends at 65535", |case, _| case.range.last() == Port::MAX),
    ("a group of one", |case, _| case.wishes.len() == 1),
    ("a group of three or more", |case, _| 3 <= case.wishes.len()),
    ("first base below the range", |case, _| case.first_base < case.range.first()),
    ("first base above the range", |case, _| case.range.last() < case.first_base),
    ("base below the range", |case, outcome| found(outcome).is_some_and(|base| base < case.range.first())),
    ("base above the first one", |case, outcome| found(outcome).is_some_and(|base| case.first_base < base)),
    ("preferred, all had", |_, outcome| outcome.allocation.choice == GroupChoice::AllPreferred),
    ("preferred, some had, others placed", |case, outcome| {
        let some_had = !had(&case.wishes, &outcome.allocation.preferred_refusals).is_empty();
        some_had && found(outcome).is_some()
    }),
    ("preferred, refused as reserved", |_, outcome| refused(outcome, PreferredRefusal::Reserved)),
    ("preferred, refused as excluded", |_, outcome| refused(outcome, PreferredRefusal::Excluded)),
    ("preferred, refused as in use", |_, outcome| refused(outcome, PreferredRefusal::InUse)),
    ("preferred, refused as in use, met again", |case, outcome| {
        let refusals = &outcome.allocation.preferred_refusals;
        let known: Vec<Port> = (case.wishes.iter().zip(refusals))
            .filter(|(_, refusal)| **refusal == Some(PreferredRefusal::InUse))
            .filter_map(|(wish, _)| wish.preferred.map(|preferred| preferred.port))
            .collect();
        let bases = model::bases(case, refusals);
        let mut met = bases.iter().filter(|base| base.refused.is_none());
        met.any(|base| base.ports.iter().any(|(_, port)| known.contains(port)))
    }),
    ("fallback, placed after a refusal", |_, outcome| {
        let refusals = &outcome.allocation.preferred_refusals;
        refusals.iter().any(Option::is_some) && found(outcome).is_some()
    }),
    ("in use met", |case, outcome| probed(case, outcome, Probe::InUse)),
    ("lingering met, passed over", |case, outcome| {
        matches!(outcome.allocation.choice, GroupChoice::Regular(_))
            && probed(case, outcome, Probe::Lingering)
    }),
    ("stopped by a preferred port", |case, outcome| {
        let refusals = &outcome.allocation.preferred_refusals;
        let bases = model::bases(case, refusals);
        let taken = had(&case.wishes, refusals);
        found(outcome).is_some_and(|found| {
            let mut below = bases.iter().filter(|base| base.base < found);
            below.any(|base| base.ports.iter().any(|(_, port)| taken.contains_key(port)))
        })
    }),
    ("regular", |_, outcome| matches!(outcome.allocation.choice, GroupChoice::Regular(_))),
    ("discouraged skipped", |case, outcome| {
        let bases = model::bases(case, &outcome.allocation.preferred_refusals);
        let passed_over = |found| {
            let mut below = bases.iter().filter(|base| base.base < found && base.refused.is_none());
            below.any(|base| base.is_discouraged())
        };
        matches!(outcome.allocation.choice, GroupChoice::Regular(found) if passed_over(found))
    }),
    ("discouraged chosen", |case, outcome| last_resort(case, outcome, true, false)),
    ("lingering chosen", |case, outcome| last_resort(case, outcome, false, true)),
    ("lingering and discouraged chosen", |case, outcome| last_resort(case, outcome, true, true)),
    (
        "several linger",
        |_, outcome| matches!(&outcome.allocation.choice, GroupChoice::LastResort { lingering, .. } if 2 <= lingering.len()),
    ),
    ("exhausted", |_, outcome| exhausted(outcome, |bases| 1 < bases)),
    ("exhausted with preferred ones had", |case, outcome| {
        exhausted(outcome, |bases| 1 < bases)
            && !had(&case.wishes, &outcome.allocation.preferred_refusals).is_empty()
    }),
    ("exhausted with one base", |_, outcome| exhausted(outcome, |bases| bases == 1)),
    ("exhausted without any base", |_, outcome| exhausted(outcome, |bases| bases == 0)),
];

/// The base that was found.
pub(crate) fn found(outcome: &Outcome) -> Option<Port> {
    match &outcome.allocation.choice {
        GroupChoice::Regular(base) | GroupChoice::LastResort { base, .. } => Some(*base),
        GroupChoice::AllPreferred | GroupChoice::Exhausted(_) => None,
    }
}

fn refused(outcome: &Outcome, reason: PreferredRefusal) -> bool {
    outcome.allocation.preferred_refusals.contains(&Some(reason))
}

fn probed(case: &Case, outcome: &Outcome, answer: Probe) -> bool {
    outcome.probed.iter().any(|port| case.world.ports[port].sockets == answer)
}

fn last_resort(case: &Case, outcome: &Outcome, discouraged: bool, lingers: bool) -> bool {
    let GroupChoice::LastResort { base, lingering } = &outcome.allocation.choice else {
        return false;
    };
    let others = others(&case.wishes, &outcome.allocation.preferred_refusals);
    let mut ports = others.iter().filter_map(|(_, wish)| Port::new(base.get() + wish.offset));
    ports.any(|port| case.world.ports[&port].discouraged) == discouraged && lingering.is_empty() != lingers
}

fn exhausted(outcome: &Outcome, bases: fn(u32) -> bool) -> bool {
    matches!(&outcome.allocation.choice, GroupChoice::Exhausted(exhausted) if bases(exhausted.bases))
}

/// Where the search for a base begins.
#[derive(Debug, Clone)]
enum Start {
    Range,
    Within(Index),
    Below(u16),
    Above(u16),
}

fn any_case() -> impl Strategy<Value = Case> {
    let start = prop_oneof![
        4 => Just(Start::Range),
        2 => any::<Index>().prop_map(Start::Within),
        2 => (1..20_u16).prop_map(Start::Below),
        1 => (1..20_u16).prop_map(Start::Above),
    ];
    let offset = prop_oneof![40 => 0..7_u16, 2 => 7..40_u16, 1 => any::<u16>()];
    (any_range_and_world(), start, any_sketch(offset), any::<Index>()).prop_map(
        |((range, world), start, sketch, some_probe)| Case {
            range,
            first_base: first_base(range, start),
            wishes: among(sketch, &world),
            world,
            some_probe,
        },
    )
}

fn first_base(range: PortRange, start: Start) -> Port {
    match start {
        Start::Range => range.first(),
        Start::Within(index) => *index.get(&range.iter().collect::<Vec<_>>()),
        Start::Below(distance) => port(range.first().get().saturating_sub(distance).max(1)),
        Start::Above(distance) => port(range.last().get().saturating_add(distance)),
    }
}
