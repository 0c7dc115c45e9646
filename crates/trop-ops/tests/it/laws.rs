//! Laws that hold for every ledger and every request.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};

use trop_model::{Port, Reservation};
use trop_ops::{OpsError, Policy, Prune, ReserveRequest};

use crate::memory::Memory;
use crate::samples::{DAY, NOW, planned, policy, port, request, row, time};

const CASES: u32 = 2_000;
/// Rows and requests are about these directories, ports about this short range, so that they meet often.
const DIRECTORIES: [&str; 6] = ["/srv/a", "/srv/b", "/srv/c", "/srv/gone", "/srv/a/gone", "/mnt/unmounted"];
const FIRST: u16 = 5059;
const LAST: u16 = 5062;

fn rows() -> impl Strategy<Value = Vec<Reservation>> {
    let one = (0..DIRECTORIES.len(), 0..2_usize, FIRST - 2..LAST + 3, 0..60_i64);
    proptest::collection::vec(one, 0..14).prop_map(|candidates| {
        let mut kept: Vec<Reservation> = Vec::new();
        for (directory, tag, number, days) in candidates {
            let mut row = row(number, DIRECTORIES[directory], ["", "web"][tag]);
            row.last_used_at = time(NOW - days * DAY);
            if kept.iter().all(|other| other.port != row.port && other.key != row.key) {
                kept.push(row);
            }
        }
        kept
    })
}

fn requests() -> impl Strategy<Value = ReserveRequest> {
    let preferred = proptest::option::of(FIRST - 3..LAST + 4);
    (0..DIRECTORIES.len(), preferred, any::<[bool; 4]>()).prop_map(|(directory, preferred, flags)| {
        ReserveRequest {
            preferred: preferred.map(port),
            strict_port: flags[0] && preferred.is_some(),
            overwrite: flags[1],
            ignore_occupied: flags[2],
            ignore_exclusions: flags[3],
            ..request(DIRECTORIES[directory])
        }
    })
}

fn policies() -> impl Strategy<Value = Policy> {
    (proptest::collection::vec(FIRST..=LAST, 0..4), any::<[bool; 3]>()).prop_map(|(excluded, flags)| {
        let mut policy = policy(FIRST, LAST);
        policy.exclusions = excluded.into_iter().map(|number| port(number).into()).collect();
        policy.avoid_browser_blocked_ports = flags[0];
        policy.clean_up.prune = if flags[1] { Prune::Gone } else { Prune::Nothing };
        policy.clean_up.expire_after_days = flags[2].then_some(30);
        policy
    })
}

/// Runs a law on many cases and counts the classes of which it says it met them; each must be met often.
fn for_all(law: impl Fn(&Memory, &ReserveRequest, &Policy, &[u16]) -> Vec<&'static str>, classes: &[&str]) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let met: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let in_use = proptest::collection::vec(FIRST - 3..LAST + 4, 0..8);
    let outcome = runner.run(&(rows(), requests(), policies(), in_use), |(rows, request, policy, in_use)| {
        for class in law(&Memory::of(&rows), &request, &policy, &in_use) {
            *met.borrow_mut().entry(class).or_default() += 1;
        }
        Ok(())
    });
    outcome.unwrap();
    let met = met.into_inner();
    for class in classes {
        assert!(20 <= met.get(class).copied().unwrap_or(0), "{class} was met too seldom: {met:?}");
    }
}

#[test]
fn a_plan_keeps_one_port_for_each_key_and_one_key_for_each_port() {
    let law = |memory: &Memory, request: &ReserveRequest, policy: &Policy, in_use: &[u16]| match planned(
        memory, request, policy, in_use,
    ) {
        Ok(plan) => {
            let mut after = memory.clone();
            after.apply(&plan.changes);
            assert_eq!(after.rows.get(&plan.answer.reservation.key), Some(&plan.answer.reservation));
            let removed = memory.rows.keys().filter(|key| !after.rows.contains_key(key)).count();
            vec![
                if plan.answer.created { "created" } else { "existing" },
                if removed == 0 { "nobody removed" } else { "somebody removed" },
                if plan.remarks.is_empty() { "without remarks" } else { "with remarks" },
            ]
        }
        Err(OpsError::Exhausted(_)) => vec!["exhausted"],
        Err(OpsError::PreferredPortRefused { .. }) => vec!["preferred port refused"],
        Err(OpsError::OtherPortKept { .. }) => vec!["other port kept"],
        Err(error) => panic!("{error}"),
    };
    let classes = [
        "created",
        "existing",
        "nobody removed",
        "somebody removed",
        "with remarks",
        "exhausted",
        "preferred port refused",
        "other port kept",
    ];
    for_all(law, &classes);
}

#[test]
fn what_is_newly_handed_out_was_free() {
    let law = |memory: &Memory, request: &ReserveRequest, policy: &Policy, in_use: &[u16]| {
        let Ok(plan) = planned(memory, request, policy, in_use) else { return vec!["refused"] };
        let assigned = plan.answer.reservation;
        let before = memory.rows.get(&assigned.key);
        if before.is_some_and(|before| before.port == assigned.port) {
            return vec!["kept"];
        }
        let asked_for = |lifted: bool| lifted && request.preferred == Some(assigned.port);
        let has = |ports: &[u16], port: Port| ports.contains(&port.get());
        assert!(!has(in_use, assigned.port) || asked_for(request.ignore_occupied));
        assert!(!policy.exclusions.contains(assigned.port) || asked_for(request.ignore_exclusions));
        vec!["handed out", if has(in_use, assigned.port) { "occupied on request" } else { "free" }]
    };
    for_all(law, &["refused", "kept", "handed out", "occupied on request", "free"]);
}

#[test]
fn asking_twice_gives_the_same_port() {
    let law = |memory: &Memory, request: &ReserveRequest, policy: &Policy, in_use: &[u16]| {
        let Ok(first) = planned(memory, request, policy, in_use) else { return vec!["refused"] };
        let mut after = memory.clone();
        after.apply(&first.changes);
        let again = ReserveRequest { overwrite: false, strict_port: false, ..request.clone() };
        let second = planned(&after, &again, policy, in_use).unwrap();
        assert_eq!(second.answer.reservation, first.answer.reservation);
        assert!(!second.answer.created);
        vec!["asked twice"]
    };
    for_all(law, &["refused", "asked twice"]);
}
