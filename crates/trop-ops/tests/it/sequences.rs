//! Many requests, one after the other, beside a model that only remembers what was promised.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::str::FromStr;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use trop_model::Reservation;
use trop_ops::{Facts, Labelling, Naming, Needs, OpsError, ReserveRequest, Step, plan_reserve};

use crate::memory::Memory;
use crate::samples::{NOW, gather, key, policy, request, time};

const CASES: u32 = 500;
const DIRECTORIES: [&str; 2] = ["/srv/a", "/srv/b"];
const LABELS: [&str; 2] = ["shop", "store"];

/// A request, and how many seconds the clock goes on, or back, before it.
type Asked = (ReserveRequest, i64);

fn namings<T: FromStr<Err: std::fmt::Debug> + Clone + std::fmt::Debug + 'static>()
-> impl Strategy<Value = Naming<T>> {
    let label = proptest::sample::select(&LABELS[..]).prop_map(|text| text.parse().unwrap());
    let unnamed = proptest::option::of(label.clone()).prop_map(|otherwise| Naming::Unnamed { otherwise });
    let named = (label, any::<bool>()).prop_map(|(label, may_change)| Naming::Named { label, may_change });
    let cleared = any::<bool>().prop_map(|may_change| Naming::Cleared { may_change });
    prop_oneof![unnamed, named, cleared]
}

fn sequences() -> impl Strategy<Value = Vec<Asked>> {
    let directory = proptest::sample::select(&DIRECTORIES[..]);
    let one = (directory, namings(), namings(), any::<bool>(), -50..100_i64);
    let asked = one.prop_map(|(directory, project, task, overwrite, seconds)| {
        (ReserveRequest { labelling: Labelling { project, task }, overwrite, ..request(directory) }, seconds)
    });
    proptest::collection::vec(asked, 1..12)
}

/// The label that may be stored afterwards. `None` when the request is to be refused.
fn promised<T: Clone + PartialEq>(stored: Option<&T>, naming: &Naming<T>) -> Option<Option<T>> {
    let (wanted, may_change) = match naming {
        Naming::Unnamed { .. } => (stored.cloned(), false),
        Naming::Named { label, may_change } => (Some(label.clone()), *may_change),
        Naming::Cleared { may_change } => (None, *may_change),
    };
    let is_promised = stored.is_none() || wanted.as_ref() == stored || may_change;
    is_promised.then_some(wanted)
}

/// One request about a row that is stored: what is planned for it is what the model allows, and nothing else changes.
fn ask_again(memory: &mut Memory, stored: &Reservation, request: &ReserveRequest, now: i64) -> &'static str {
    let never = &mut |port| panic!("port {port} is probed");
    let step = plan_reserve(memory, &Facts::at(time(now)), request, &policy(5000, 5009), never);
    let promised = promised(stored.project.as_ref(), &request.labelling.project)
        .zip(promised(stored.task.as_ref(), &request.labelling.task));
    let Some((project, task)) = promised else {
        assert!(matches!(step, Err(OpsError::LabelsKept { .. })), "{step:?}");
        return "refused";
    };
    let Step::Do(plan) = step.unwrap() else { panic!("nothing is to be asked about a row that is stored") };
    let last_used_at = stored.last_used_at.max(time(now));
    let expected = Reservation { project, task, last_used_at, ..stored.clone() };
    let mut expected_rows = memory.clone();
    expected_rows.rows.insert(expected.key.clone(), expected);
    memory.apply(&plan.changes);
    assert_eq!(*memory, expected_rows);
    if plan.changes[0].is_touch() { "refreshed" } else { "written anew" }
}

/// One request about a row that is not there: git is asked for what nobody says, and for nothing else.
fn ask_first(memory: &mut Memory, request: &ReserveRequest, now: i64) -> &'static str {
    let free = &mut |_| Ok(trop_allocation::Probe::Free);
    let mut facts = Facts::at(time(now));
    let mut step = plan_reserve(memory, &facts, request, &policy(5000, 5009), free).unwrap();
    let leaves_one_to_git = matches!(request.labelling.project, Naming::Unnamed { otherwise: None })
        || matches!(request.labelling.task, Naming::Unnamed { otherwise: None });
    if let Step::Needs(needs) = step {
        assert!(leaves_one_to_git && matches!(needs, Needs::Labels(_)), "{needs:?}");
        gather(needs, &mut facts);
        step = plan_reserve(memory, &facts, request, &policy(5000, 5009), free).unwrap();
    }
    assert_eq!(facts.labels.is_some(), leaves_one_to_git);
    let Step::Do(plan) = step else { panic!("a fact is asked for once") };
    memory.apply(&plan.changes);
    assert!(plan.answer.created);
    "made"
}

#[test]
fn labels_change_only_with_leave_and_the_port_and_the_time_of_making_never() {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let met: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let outcome = runner.run(&sequences(), |sequence| {
        let (mut memory, mut now) = (Memory::default(), NOW);
        for (request, seconds) in sequence {
            now += seconds;
            let stored = memory.rows.get(&key(request.target.path.as_str(), "")).cloned();
            let class = match stored {
                Some(stored) => ask_again(&mut memory, &stored, &request, now),
                None => ask_first(&mut memory, &request, now),
            };
            *met.borrow_mut().entry(class).or_default() += 1;
        }
        Ok(())
    });
    outcome.unwrap();
    let met = met.into_inner();
    for class in ["made", "refreshed", "written anew", "refused"] {
        assert!(100 <= met.get(class).copied().unwrap_or(0), "{class} was met too seldom: {met:?}");
    }
}
