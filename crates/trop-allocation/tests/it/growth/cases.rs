//! Random services that join a group, and the classes of searches that are worth telling apart.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use trop_allocation::{GroupGrowth, Misplaced, PreferredRefusal, Probe, Wish, place_in_group};
use trop_model::{Port, PortRange};

use crate::random::any_range_and_world;
use crate::runner::{self, Class};
use crate::wishes::{among, any_sketch, had};
use crate::world::{Facts, World};

/// One search.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) range: PortRange,
    pub(crate) base: i32,
    pub(crate) wishes: Vec<Wish>,
    pub(crate) world: World,
    /// Picks one of the probes that the search makes.
    pub(crate) some_probe: Index,
}

/// What a search came to, and what it probed on the way.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) growth: GroupGrowth,
    pub(crate) probed: Vec<Port>,
}

/// Checks a law for every case, and that the cases were worth it.
#[track_caller]
pub(crate) fn for_all(law: impl Fn(&Case, &Outcome) -> TestCaseResult) {
    let search = |case: &Case| {
        let mut world = case.world.clone();
        let answer = place_in_group(case.range, Some(case.base), &case.wishes, &mut world);
        Outcome { growth: answer.expect("no probe fails"), probed: world.probed }
    };
    runner::for_all(any_case(), search, &CLASSES, law);
}

const CLASSES: [Class<Case, Outcome>; 17] = [
    ("base below 1", |case, _| case.base < 1),
    ("base above 65535", |case, _| 65_535 < case.base),
    ("preferred, had", |case, outcome| !had(&case.wishes, &outcome.growth.preferred_refusals).is_empty()),
    ("preferred, refused", |_, outcome| outcome.growth.preferred_refusals.iter().any(Option::is_some)),
    ("preferred, refused, placed", |_, outcome| {
        let mut answers = outcome.growth.preferred_refusals.iter().zip(&outcome.growth.places);
        answers.any(|(refusal, place)| refusal.is_some() && place.is_ok())
    }),
    ("placed", |case, outcome| placed(case, outcome, |_| true)),
    ("placed with a base below 1", |case, outcome| case.base < 1 && placed(case, outcome, |_| true)),
    ("placed although discouraged", |case, outcome| placed(case, outcome, |facts| facts.discouraged)),
    ("placed although lingering", |case, outcome| {
        placed(case, outcome, |facts| facts.sockets == Probe::Lingering)
    }),
    ("out of range", |_, outcome| misplaced(outcome, |why| matches!(why, Misplaced::OutOfRange(_)))),
    ("below 1", |_, outcome| misplaced(outcome, |why| matches!(why, Misplaced::OutOfRange(..1)))),
    ("above 65535", |_, outcome| misplaced(outcome, |why| matches!(why, Misplaced::OutOfRange(65_536..)))),
    ("reserved", |_, outcome| refused(outcome, PreferredRefusal::Reserved)),
    ("excluded", |_, outcome| refused(outcome, PreferredRefusal::Excluded)),
    ("in use", |_, outcome| refused(outcome, PreferredRefusal::InUse)),
    ("taken by a wish", |_, outcome| misplaced(outcome, |why| matches!(why, Misplaced::TakenByWish { .. }))),
    ("all placed", |_, outcome| outcome.growth.places.iter().all(Result::is_ok)),
];

/// Whether a wish is at its offset above the base, on a port like that.
fn placed(case: &Case, outcome: &Outcome, so: fn(Facts) -> bool) -> bool {
    let on_preferred = had(&case.wishes, &outcome.growth.preferred_refusals);
    let mut ports = outcome.growth.places.iter().flatten();
    ports.any(|port| !on_preferred.contains_key(port) && so(case.world.ports[port]))
}

fn misplaced(outcome: &Outcome, so: fn(&Misplaced) -> bool) -> bool {
    outcome.growth.places.iter().any(|place| place.as_ref().is_err_and(so))
}

fn refused(outcome: &Outcome, reason: PreferredRefusal) -> bool {
    let mut places = outcome.growth.places.iter();
    places.any(|place| matches!(place, Err(Misplaced::Refused { refusal, .. }) if *refusal == reason))
}

/// Where the base lies.
#[derive(Debug, Clone)]
enum Start {
    /// Where one of the wishes has its place at a port that the world knows.
    PlaceOn(Index, Index),
    /// Where one of the wishes has its place at a port that some wish prefers.
    PlaceOnPreferred(Index, Index),
    /// So far from the lowest port of the range.
    Near(i32),
    At(i32),
}

fn any_case() -> impl Strategy<Value = Case> {
    let extreme = prop_oneof![Just(i32::MIN), Just(-65_535), Just(65_536), Just(i32::MAX)];
    let start = prop_oneof![
        6 => any::<(Index, Index)>().prop_map(|(wish, port)| Start::PlaceOn(wish, port)),
        3 => any::<(Index, Index)>().prop_map(|(wish, port)| Start::PlaceOnPreferred(wish, port)),
        3 => (-20..40_i32).prop_map(Start::Near),
        1 => extreme.prop_map(Start::At),
    ];
    let offset = prop_oneof![6 => 0..8_u16, 2 => 8..40_u16, 1 => any::<u16>()];
    (any_range_and_world(), start, any_sketch(offset), any::<Index>()).prop_map(
        |((range, world), start, sketch, some_probe)| {
            let wishes = among(sketch, &world);
            Case { range, base: base(range, start, &wishes, &world), wishes, world, some_probe }
        },
    )
}

fn base(range: PortRange, start: Start, wishes: &[Wish], world: &World) -> i32 {
    let known: Vec<Port> = world.ports.keys().copied().collect();
    let preferred = || wishes.iter().filter_map(|wish| wish.preferred).map(|preferred| preferred.port);
    let below = |port: Port, wish: Index| i32::from(port.get()) - i32::from(wish.get(wishes).offset);
    match start {
        Start::PlaceOn(wish, port) => below(*port.get(&known), wish),
        Start::PlaceOnPreferred(wish, port) => {
            let ports: Vec<Port> = preferred().chain([range.first()]).collect();
            below(*port.get(&ports), wish)
        }
        Start::Near(distance) => i32::from(range.first().get()) + distance,
        Start::At(base) => base,
    }
}
