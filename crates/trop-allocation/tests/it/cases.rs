//! Random searches for one port, and the classes of them that are worth telling apart.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use trop_allocation::{Allocation, Choice, Preferred, PreferredRefusal, Probe, Refusal, allocate_one};
use trop_model::{Port, PortRange};

use crate::random::any_range_and_world;
use crate::runner::{self, Class};
use crate::world::{Facts, World};

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
pub(crate) fn for_all(law: impl Fn(&Case, &Outcome) -> TestCaseResult) {
    let search = |case: &Case| {
        let mut world = case.world.clone();
        let allocation = allocate_one(case.range, case.preferred, &mut world).expect("no probe fails");
        Outcome { allocation, probed: world.probed }
    };
    runner::for_all(any_case(), search, &CLASSES, law);
}

const CLASSES: [Class<Case, Outcome>; 23] = [
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

fn any_case() -> impl Strategy<Value = Case> {
    let preferred = prop::option::weighted(0.75, any::<(Index, bool, bool)>());
    (any_range_and_world(), preferred, any::<Index>()).prop_map(|((range, world), preferred, some_probe)| {
        let preferred = preferred.map(|(index, ignore_occupied, ignore_exclusions)| {
            let ports: Vec<_> = world.ports.keys().copied().collect();
            Preferred { port: *index.get(&ports), ignore_occupied, ignore_exclusions }
        });
        Case { range, preferred, world, some_probe }
    })
}
