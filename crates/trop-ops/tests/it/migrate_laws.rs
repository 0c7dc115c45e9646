//! Laws that hold for every migration.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use trop_model::{Change, Port, Reservation};
use trop_ops::{MigrateRequest, OpsError, Plan, Route, Step, plan_migrate};

use crate::memory::Memory;
use crate::migrate_model::{Model, Outcome, baggage, ports_of, real, rest_below, target};
use crate::samples::{NOW, row, time};

const CASES: u32 = 6_000;
/// How often each class of cases must be met.
const OFTEN: u32 = 30;

/// Few names, so that paths meet; one begins like another, and one is a link.
fn directories() -> impl Strategy<Value = String> {
    let names = select(&["a", "b", "ab"][..]);
    let first = select(&["a", "b", "ab", "l"][..]);
    let below = proptest::collection::vec(names, 0..3);
    let deeper =
        (first, below).prop_map(|(first, below)| format!("/{}", [&[first], &below[..]].concat().join("/")));
    prop_oneof![1 => Just("/".to_owned()), 14 => deeper]
}

fn rows() -> impl Strategy<Value = Vec<Reservation>> {
    let one = (directories(), select(&["", "web"][..]), 0..1_000_i64, any::<bool>());
    proptest::collection::vec(one, 0..12).prop_map(|candidates| {
        let rows =
            (5000..).zip(candidates).map(|(number, (directory, tag, seconds, is_labelled))| Reservation {
                project: is_labelled.then(|| format!("project {number}").parse().unwrap()),
                task: (!is_labelled).then(|| format!("task {number}").parse().unwrap()),
                created_at: time(NOW - 10_000 - seconds),
                last_used_at: time(NOW - seconds),
                ..row(number, &directory, tag)
            });
        let by_key: BTreeMap<_, _> = rows.map(|row| (row.key.clone(), row)).collect();
        by_key.into_values().collect()
    })
}

fn requests() -> impl Strategy<Value = MigrateRequest> {
    let flags = (proptest::bool::weighted(0.6), any::<bool>());
    (directories(), directories(), flags).prop_map(|(from, to, (recursive, force))| MigrateRequest {
        from: target(&from),
        to: target(&to),
        recursive,
        force,
    })
}

fn planned(memory: &Memory, request: &MigrateRequest) -> Result<Plan<Route>, OpsError> {
    let Step::Do(plan) = plan_migrate(memory, request)? else { panic!("nothing is needed") };
    Ok(plan)
}

/// The ledger afterwards, where something is to be done.
fn migrated(memory: &Memory, request: &MigrateRequest) -> Option<Memory> {
    let plan = planned(memory, request).ok()?;
    let mut after = memory.clone();
    after.apply(&plan.changes);
    Some(after)
}

/// Runs a law on many cases and counts the classes of which it says it met them; each must be met often.
fn for_all(law: impl Fn(&Memory, &MigrateRequest) -> Vec<&'static str>, classes: &[&str]) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let met: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let outcome = runner.run(&(rows(), requests()), |(rows, request)| {
        for class in law(&Memory::of(&rows), &request) {
            *met.borrow_mut().entry(class).or_default() += 1;
        }
        Ok(())
    });
    outcome.unwrap();
    let met = met.into_inner();
    for class in classes {
        assert!(OFTEN <= met.get(class).copied().unwrap_or(0), "{class} was met too seldom: {met:?}");
    }
}

/// How the two directories lie to each other.
fn position(model: &Model) -> &'static str {
    match (rest_below(&model.to, &model.from), rest_below(&model.from, &model.to)) {
        (Some(_), Some(_)) => "to where it is",
        (Some(_), None) => "into itself",
        (None, Some(_)) => "to above it",
        (None, None) => "elsewhere",
    }
}

#[test]
fn a_plan_is_what_the_model_says() {
    let law = |memory: &Memory, request: &MigrateRequest| {
        let model = Model::of(memory, request);
        let (outcome, class) = match planned(memory, request) {
            Ok(plan) => {
                assert_eq!([plan.answer.from.as_str(), plan.answer.to.as_str()], [&model.from, &model.to]);
                let class = if plan.changes.is_empty() { "nothing to do" } else { position(&model) };
                let mut after = memory.clone();
                after.apply(&plan.changes);
                (Outcome::Moved(ports_of(&after)), class)
            }
            Err(OpsError::NothingToMove { directory, below }) => {
                assert_eq!(directory.as_str(), model.from);
                (Outcome::Nothing, if below == 0 { "nothing there" } else { "nothing there but below" })
            }
            Err(OpsError::Collisions(collisions)) => {
                let ports = collisions.iter().map(|pair| (pair.moving.port.get(), pair.standing.port.get()));
                (Outcome::Collisions(ports.collect()), "collisions")
            }
            Err(error) => panic!("{error}"),
        };
        assert_eq!(outcome, model.outcome(request.force));
        let through_a_link = model.from != real(&model.from);
        vec![class, if through_a_link { "behind a link" } else { "real" }]
    };
    let positions = ["into itself", "to above it", "elsewhere"];
    let others = ["nothing to do", "nothing there", "nothing there but below", "collisions", "behind a link"];
    for_all(law, &[&positions[..], &others].concat());
}

#[test]
fn no_reservation_is_lost_or_doubled() {
    let by_port = |memory: &Memory| -> BTreeMap<Port, Reservation> {
        memory.rows.values().map(|row| (row.port, baggage(row))).collect()
    };
    let law = |memory: &Memory, request: &MigrateRequest| {
        let careful = planned(memory, &MigrateRequest { force: false, ..request.clone() });
        let in_the_way: BTreeSet<Port> = match careful {
            Err(OpsError::Collisions(pairs)) => pairs.iter().map(|pair| pair.standing.port).collect(),
            _ => BTreeSet::new(),
        };
        let Some(after) = migrated(memory, request) else { return vec!["refused"] };
        let mut expected = by_port(memory);
        expected.retain(|port, _| !in_the_way.contains(port));
        assert_eq!(by_port(&after), expected);
        vec![match () {
            () if after == *memory => "as before",
            () if in_the_way.is_empty() => "moved",
            () => "moved in the place of others",
        }]
    };
    for_all(law, &["refused", "as before", "moved", "moved in the place of others"]);
}

/// To and fro is as before, unless what came back met others on the way: at the other place, or under the other name of one. And
/// from behind a link one comes back only by a link.
#[test]
fn there_and_back_again_is_as_before() {
    let law = |memory: &Memory, request: &MigrateRequest| {
        let model = Model::of(memory, request);
        let (from, to) = (request.from.path.as_str(), request.to.path.as_str());
        let names = [from.to_owned(), real(from), to.to_owned(), real(to)];
        let mut others = model.ports.keys().filter(|place| !model.moves(place));
        if others.any(|place| names.iter().any(|name| model.is_at(place, name))) {
            return vec!["others are there"];
        }
        let comes_from_a_link = model.from != real(from);
        if comes_from_a_link && to == real(to) {
            return vec!["leaves the link"];
        }
        let Some(there) = migrated(memory, request) else { return vec!["refused"] };
        let back = MigrateRequest { from: request.to.clone(), to: request.from.clone(), ..request.clone() };
        let again = match planned(&there, &back) {
            Ok(plan) => plan,
            Err(error) => panic!("{error}"),
        };
        let moves = again.changes.iter().filter(|change| matches!(change, Change::Move { .. })).count();
        assert_eq!(moves, again.changes.len());
        let mut after = there.clone();
        after.apply(&again.changes);
        assert_eq!(&after, memory);
        let how = if request.recursive { "as a tree" } else { "alone" };
        let what = if moves == 0 { "nothing" } else { position(&model) };
        vec![what, how, if comes_from_a_link { "by links" } else { "by real paths" }]
    };
    let met = ["into itself", "to above it", "elsewhere", "as a tree", "alone", "by links", "by real paths"];
    for_all(law, &met);
}
