//! Random searches, and proof that they reach every class of search worth telling apart.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use trop_allocation::{Allocation, Choice, Preferred, PreferredRefusal, Probe, Refusal, allocate_one};
use trop_model::{Port, PortRange};

use crate::world::{Facts, World, port, range};

const CASES: u32 = 2_000;
const REACHED_AT_LEAST: u32 = 20;
const WIDEST: u16 = 40;
/// How many ports below and above the range the world knows, where there are as many: a preferred port may be one.
const MARGIN: u16 = 5;

/// One search.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) range: PortRange,
    pub(crate) preferred: Option<Preferred>,
    pub(crate) world: World,
    /// Picks one of the probes that the search makes.
    pub(crate) some_probe: Index,
}

impl Case {
    pub(crate) fn facts(&self, port: Port) -> Facts {
        self.world.ports[&port]
    }
}

/// What a search came to, and what it probed on the way.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) allocation: Allocation,
    pub(crate) probed: Vec<Port>,
}

/// Checks a law for every case, and that the cases were worth it.
#[track_caller]
#[expect(clippy::print_stdout, reason = "the counts are part of what the test shows")]
pub(crate) fn for_all(law: impl Fn(&Case, &Outcome) -> TestCaseResult) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let reached = RefCell::new([0; CLASSES.len()]);

    let verdict = runner.run(&any_case(), |case| {
        let mut world = case.world.clone();
        let allocation = allocate_one(case.range, case.preferred, &mut world).expect("no probe fails");
        let outcome = Outcome { allocation, probed: world.probed };
        for (count, (_, belongs)) in reached.borrow_mut().iter_mut().zip(CLASSES) {
            *count += u32::from(belongs(&case, &outcome));
        }
        law(&case, &outcome)
    });

    if let Err(failure) = verdict {
        panic!("{failure}");
    }
    let counts: Vec<_> = CLASSES.iter().map(|(name, _)| *name).zip(reached.into_inner()).collect();
    println!("{counts:?}");
    let missed: Vec<_> = counts.iter().filter(|(_, count)| *count < REACHED_AT_LEAST).collect();
    assert!(missed.is_empty(), "hardly reached: {missed:?}");
}

type Class = (&'static str, fn(&Case, &Outcome) -> bool);

const CLASSES: [Class; 23] = [
    ("the range begins at 1", |case, _| case.range.first() == Port::MIN),
    ("the range ends at 65535", |case, _| case.range.last() == Port::MAX),
    ("no port is preferred", |case, _| case.preferred.is_none()),
    ("preferred, had", |_, outcome| matches!(outcome.allocation.choice, Choice::Preferred(_))),
    (
        "preferred, had outside the range",
        |case, outcome| matches!(outcome.allocation.choice, Choice::Preferred(port) if !case.range.contains(port)),
    ),
    ("preferred, had although discouraged", |case, outcome| had(case, outcome, |facts| facts.discouraged)),
    ("preferred, had although lingering", |case, outcome| {
        had(case, outcome, |facts| facts.sockets == Probe::Lingering)
    }),
    ("preferred, had although in use", |case, outcome| {
        had(case, outcome, |facts| facts.sockets == Probe::InUse)
    }),
    ("preferred, had although excluded", |case, outcome| had(case, outcome, |facts| facts.excluded)),
    ("preferred, refused as reserved", |_, outcome| refused(outcome, PreferredRefusal::Reserved)),
    ("preferred, refused as excluded", |_, outcome| refused(outcome, PreferredRefusal::Excluded)),
    ("preferred, refused as in use", |_, outcome| refused(outcome, PreferredRefusal::InUse)),
    ("preferred, refused outside the range", |case, outcome| {
        outcome.allocation.preferred_refusal.is_some()
            && case.preferred.is_some_and(|preferred| !case.range.contains(preferred.port))
    }),
    ("preferred, refused as in use, met again", |case, outcome| {
        refused(outcome, PreferredRefusal::InUse)
            && case.preferred.is_some_and(|preferred| {
                met(case, outcome).any(|port| port == preferred.port && case.facts(port).refusal().is_none())
            })
    }),
    ("reserved met", |case, outcome| {
        met(case, outcome).any(|port| case.facts(port).refusal() == Some(Refusal::Reserved))
    }),
    ("excluded met", |case, outcome| {
        met(case, outcome).any(|port| case.facts(port).refusal() == Some(Refusal::Excluded))
    }),
    ("in use met", |case, outcome| probed(case, outcome, Probe::InUse)),
    ("lingering met", |case, outcome| probed(case, outcome, Probe::Lingering)),
    ("discouraged skipped", |case, outcome| {
        matches!(outcome.allocation.choice, Choice::Regular(_))
            && met(case, outcome)
                .any(|port| case.facts(port).refusal().is_none() && case.facts(port).discouraged)
    }),
    ("discouraged chosen", |case, outcome| last_resort(case, outcome, true, Probe::Free)),
    ("lingering chosen", |case, outcome| last_resort(case, outcome, false, Probe::Lingering)),
    ("lingering and discouraged chosen", |case, outcome| last_resort(case, outcome, true, Probe::Lingering)),
    ("exhausted", |_, outcome| matches!(outcome.allocation.choice, Choice::Exhausted(_))),
];

fn had(case: &Case, outcome: &Outcome, so: fn(Facts) -> bool) -> bool {
    matches!(outcome.allocation.choice, Choice::Preferred(port) if so(case.facts(port)))
}

fn refused(outcome: &Outcome, reason: PreferredRefusal) -> bool {
    outcome.allocation.preferred_refusal == Some(reason)
}

fn probed(case: &Case, outcome: &Outcome, answer: Probe) -> bool {
    outcome.probed.iter().any(|&port| case.facts(port).sockets == answer)
}

fn last_resort(case: &Case, outcome: &Outcome, discouraged: bool, sockets: Probe) -> bool {
    matches!(outcome.allocation.choice, Choice::LastResort(port)
        if case.facts(port).discouraged == discouraged && case.facts(port).sockets == sockets)
}

/// The ports of the range that a search from below comes by before it ends.
fn met(case: &Case, outcome: &Outcome) -> impl Iterator<Item = Port> {
    let choice = outcome.allocation.choice;
    case.range.iter().take_while(move |&port| match choice {
        Choice::Preferred(_) => false,
        Choice::Regular(found) => port < found,
        Choice::LastResort(_) | Choice::Exhausted(_) => true,
    })
}

/// Of a hundred ports, how many are reserved, excluded, discouraged, in use, lingering.
type Densities = [u8; 5];
/// One roll of a hundred-sided die for each of: reserved, excluded, discouraged, what sockets say.
type Rolls = [u8; 4];

fn any_case() -> impl Strategy<Value = Case> {
    let rolls = prop::collection::vec(prop::array::uniform4(0..100_u8), usize::from(WIDEST + 2 * MARGIN));
    let densities = prop::array::uniform5(any_density());
    let preferred = prop::option::weighted(0.75, any::<(Index, bool, bool)>());
    (any_range(), densities, rolls, preferred, any::<Index>()).prop_map(
        |(range, densities, rolls, preferred, some_probe)| {
            let world = world(range, densities, &rolls);
            let preferred = preferred.map(|(index, ignore_occupied, ignore_exclusions)| {
                let ports: Vec<_> = world.ports.keys().copied().collect();
                Preferred { port: *index.get(&ports), ignore_occupied, ignore_exclusions }
            });
            Case { range, preferred, world, some_probe }
        },
    )
}

fn any_range() -> impl Strategy<Value = PortRange> {
    (1..=WIDEST).prop_flat_map(|width| {
        let highest = u16::MAX - (width - 1);
        let first = prop_oneof![4 => 1..=highest, 1 => Just(1), 1 => Just(highest)];
        first.prop_map(move |first| range(first, first + (width - 1)))
    })
}

/// None, some or all: each decides differently what a search comes to.
fn any_density() -> impl Strategy<Value = u8> {
    prop_oneof![3 => Just(0), 3 => 1..100_u8, 1 => Just(100)]
}

fn world(range: PortRange, densities: Densities, rolls: &[Rolls]) -> World {
    let first = range.first().get().saturating_sub(MARGIN).max(1);
    let last = range.last().get().saturating_add(MARGIN);
    let ports = (first..=last).map(port).zip(rolls.iter().map(|&rolls| facts(densities, rolls))).collect();
    World { ports, ..World::default() }
}

fn facts([reserved, excluded, discouraged, in_use, lingering]: Densities, rolls: Rolls) -> Facts {
    let sockets = match rolls[3] {
        roll if roll < in_use => Probe::InUse,
        roll if roll < in_use.saturating_add(lingering) => Probe::Lingering,
        _ => Probe::Free,
    };
    Facts {
        reserved: rolls[0] < reserved,
        excluded: rolls[1] < excluded,
        discouraged: rolls[2] < discouraged,
        sockets,
    }
}
