//! Laws that hold for every ledger and every group.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use trop_allocation::Probe;
use trop_model::{Change, GroupSpec, Port, Reservation};
use trop_ops::{Assigned, Facts, GroupRequest, Plan, Policy, Prune, Step, plan_group};

use crate::group_model::{Case, Outcome, outcome, promise};
use crate::samples::{DAY, Listed, NOW, assigned, group, group_request, only, policy, port, row, time};

const CASES: u32 = 4_000;
/// Ports are about this short range, so that they meet often. Browsers refuse two of them.
const FIRST: u16 = 5058;
const LAST: u16 = 5068;
const TAGS: [&str; 4] = ["web", "api", "db", "job"];
/// Where other rows are. The first one is the directory of the group.
const DIRECTORIES: [&str; 5] = ["/srv/a", "/srv/b", "/srv/a/gone", "/srv/gone", "/mnt/unmounted"];

/// Where a service is stored.
#[derive(Debug, Clone, Copy)]
enum Stored {
    Nowhere,
    InPattern,
    OnPreferred,
    At(u16),
}

fn numbers() -> impl Strategy<Value = u16> {
    FIRST - 3..LAST + 4
}

/// A group of up to four services, in any order.
fn groups() -> impl Strategy<Value = GroupSpec> {
    let offsets = Just((0..7).collect::<Vec<u16>>()).prop_shuffle();
    let preferred = proptest::collection::vec(proptest::option::weighted(0.45, numbers()), TAGS.len());
    let base = proptest::option::weighted(0.3, FIRST - 1..FIRST + 4);
    let tags = Just(TAGS.to_vec()).prop_shuffle();
    let count = proptest::sample::select(&[1, 2, 3, 3, 4, 4][..]);
    (tags, count, offsets, preferred, base).prop_map(|(tags, count, offsets, preferred, base)| {
        let mut listed: Vec<Listed<'_>> = Vec::new();
        for (index, tag) in tags.into_iter().take(count).enumerate() {
            let wish = preferred[index].filter(|wish| listed.iter().all(|(.., other)| other != wish));
            listed.push((tag, offsets[index], wish.unwrap_or(0)));
        }
        GroupSpec::new(base.map(port), group(&listed).services().to_vec()).unwrap()
    })
}

fn requests() -> impl Strategy<Value = GroupRequest> {
    let flag = |often| proptest::bool::weighted(often);
    let only = proptest::option::weighted(0.3, any::<prop::sample::Index>());
    (groups(), only, flag(0.3), flag(0.3), flag(0.3)).prop_map(
        |(group, only, overwrite, ignore_occupied, ignore_exclusions)| {
            let only = only.map(|index| index.get(group.services()).tag.clone());
            let request = group_request(DIRECTORIES[0], &[("web", 0, 0)]);
            GroupRequest { group, only, overwrite, ignore_occupied, ignore_exclusions, ..request }
        },
    )
}

/// Where the services of a group are stored. A third of all groups is new.
fn stored() -> impl Strategy<Value = (u16, Vec<Stored>)> {
    let one = prop_oneof![
        3 => Just(Stored::Nowhere),
        5 => Just(Stored::InPattern),
        2 => Just(Stored::OnPreferred),
        2 => numbers().prop_map(Stored::At),
    ];
    let some = proptest::collection::vec(one, TAGS.len());
    (FIRST - 2..FIRST + 6, prop_oneof![1 => Just(vec![Stored::Nowhere; TAGS.len()]), 2 => some])
}

fn others() -> impl Strategy<Value = Vec<(Reservation, i64)>> {
    let tag = proptest::sample::select(&["", "other", "web"][..]);
    let one = (proptest::sample::select(&DIRECTORIES[..]), tag, numbers(), 0..60_i64);
    let rows = one.prop_map(|(directory, tag, number, days)| (row(number, directory, tag), days));
    proptest::collection::vec(rows, 0..8)
}

fn policies() -> impl Strategy<Value = Policy> {
    (proptest::collection::vec(numbers(), 0..5), any::<[bool; 3]>()).prop_map(|(excluded, flags)| {
        let mut policy = policy(FIRST, LAST);
        policy.exclusions = excluded.into_iter().map(|number| port(number).into()).collect();
        policy.avoid_browser_blocked_ports = flags[0] || flags[1];
        policy.clean_up.prune = if flags[1] { Prune::Gone } else { Prune::Nothing };
        policy.clean_up.expire_after_days = flags[2].then_some(30);
        policy
    })
}

fn cases() -> impl Strategy<Value = Case> {
    let in_use = proptest::collection::vec(numbers(), 0..8);
    let lingering = proptest::collection::vec(numbers(), 0..9);
    (requests(), stored(), others(), policies(), in_use, lingering).prop_map(
        |(request, (base, stored), others, policy, in_use, lingering)| {
            let members = request.group.services().iter().zip(stored).filter_map(|(service, stored)| {
                let number = match stored {
                    Stored::Nowhere => return None,
                    Stored::InPattern => base + service.offset,
                    Stored::OnPreferred => service.preferred?.get(),
                    Stored::At(number) => number,
                };
                Some((row(number, DIRECTORIES[0], service.tag.as_str()), 40))
            });
            let mut rows: Vec<Reservation> = Vec::new();
            for (mut row, days) in members.chain(others) {
                row.last_used_at = time(NOW - days * DAY - 1);
                if rows.iter().all(|other| other.port != row.port && other.key != row.key) {
                    rows.push(row);
                }
            }
            Case { rows, request, policy, in_use, lingering }
        },
    )
}

/// Runs a law on many cases and counts the classes of which it says it met them; each must be met often.
fn for_all(law: impl Fn(&Case) -> Vec<&'static str>, classes: &[&str]) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let met: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let outcome = runner.run(&cases(), |case| {
        for class in law(&case) {
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
fn a_group_gets_what_is_promised_or_is_refused_for_the_reason_that_is_promised() {
    let law = |case: &Case| {
        let promise = promise(case);
        assert_eq!(outcome(&case.plan()), promise.outcome);
        let how = match (&case.request.only, case.request.overwrite) {
            (None, false) => "the whole group",
            (None, true) => "the whole group anew",
            (Some(_), false) => "one service",
            (Some(_), true) => "one service anew",
        };
        vec![promise.why, how]
    };
    let classes = [
        "the whole group",
        "the whole group anew",
        "one service",
        "one service anew",
        "all stay",
        "all on preferred ports",
        "lowest base",
        "lowest base after a clean-up",
        "lingering",
        "refused by browsers",
        "exhausted",
        "does not fit",
        "joined on preferred ports",
        "joined in the pattern",
        "joined on preferred ports in spite of a dispute",
        "disputed",
        "out of range",
        "reserved",
        "excluded",
        "in use",
    ];
    for_all(law, &classes);
}

#[test]
fn every_wanted_service_has_one_row_and_whoever_is_not_asked_for_keeps_his() {
    let law = |case: &Case| {
        let Ok(plan) = case.plan() else { return vec!["refused"] };
        // Two keys with one port do not get past this.
        assigned(&case.memory(), &plan);
        let wanted = case.services().iter().filter(|service| case.is_wanted(service));
        let keys: Vec<_> = plan.answer.iter().map(|assigned| assigned.reservation.key.clone()).collect();
        assert_eq!(keys, wanted.map(|service| case.key_of(service)).collect::<Vec<_>>());
        let removed = plan.changes.iter().filter(|change| matches!(change, Change::Remove { .. })).count();
        vec![
            if removed == 0 { "nobody removed" } else { "somebody removed" },
            if case.request.only.is_some() { "one" } else { "all" },
            if keys.len() < case.services().len() { "fewer than listed" } else { "all that are listed" },
        ]
    };
    for_all(law, &["refused", "nobody removed", "somebody removed", "one", "all", "fewer than listed"]);
}

#[test]
fn who_has_a_port_moves_only_when_the_group_is_placed_anew() {
    let law = |case: &Case| {
        let Ok(plan) = case.plan() else { return vec!["refused"] };
        let mut classes = Vec::new();
        for after in plan.answer.iter().map(|assigned| &assigned.reservation) {
            let Some(before) = case.rows.iter().find(|row| row.key == after.key) else { continue };
            assert!(before.port == after.port || case.request.overwrite);
            let expected = Reservation { port: after.port, last_used_at: time(NOW), ..before.clone() };
            assert_eq!(*after, expected);
            classes.push(if before.port == after.port { "kept" } else { "moved" });
        }
        classes
    };
    for_all(law, &["refused", "kept", "moved"]);
}

#[test]
fn a_service_that_joins_is_on_its_preferred_port_or_where_the_others_say() {
    let law = |case: &Case| {
        let Ok(plan) = case.plan() else { return vec!["refused"] };
        let bases = case.bases();
        let wanted = case.services().iter().filter(|service| case.is_wanted(service));
        let mut classes = Vec::new();
        for (service, assigned) in wanted.zip(&plan.answer) {
            let port = assigned.reservation.port;
            if case.stays(service) || bases.is_empty() {
                continue;
            }
            if service.preferred == Some(port) {
                classes.push("on its preferred port");
                continue;
            }
            let base = i32::from(port.get()) - i32::from(service.offset);
            assert_eq!(bases.iter().collect::<Vec<_>>(), [&base]);
            classes.push("in the pattern");
        }
        classes
    };
    for_all(law, &["refused", "on its preferred port", "in the pattern"]);
}

#[test]
fn what_is_newly_handed_out_was_free() {
    let law = |case: &Case| {
        let Ok(plan) = case.plan() else { return vec!["refused"] };
        let own = case.own_ports();
        let wanted = case.services().iter().filter(|service| case.is_wanted(service));
        let mut classes = Vec::new();
        for (service, assigned) in wanted.zip(&plan.answer).filter(|(service, _)| !case.stays(service)) {
            let port = assigned.reservation.port;
            let asked_for = |lifted: bool| lifted && service.preferred == Some(port);
            let is_own = own.contains(&port.get());
            let is_in_use = case.in_use.contains(&port.get());
            assert!(!is_in_use || is_own || asked_for(case.request.ignore_occupied));
            let is_excluded = case.policy.exclusions.contains(port);
            assert!(!is_excluded || asked_for(case.request.ignore_exclusions));
            classes.push(match (is_in_use, is_own, is_excluded) {
                (true, true, _) => "in use by the group itself",
                (true, false, _) => "in use and asked for",
                (_, _, true) => "excluded and asked for",
                _ => "free",
            });
        }
        classes
    };
    let classes = ["in use by the group itself", "in use and asked for", "excluded and asked for", "free"];
    for_all(law, &classes);
}

fn ports(plan: &Plan<Vec<Assigned>>) -> Vec<Port> {
    plan.answer.iter().map(|assigned| assigned.reservation.port).collect()
}

#[test]
fn asking_again_only_refreshes_without_a_probe() {
    let law = |case: &Case| {
        let Ok(first) = case.plan() else { return vec!["refused"] };
        let after = case.after(&first);
        let again = GroupRequest { overwrite: false, ..case.request.clone() };
        let never = &mut |port: Port| -> Result<Probe, _> { panic!("port {port} is probed") };
        let facts = Facts::at(time(NOW + 1));
        let Step::Do(second) = plan_group(&after.memory(), &facts, &again, &case.policy, never).unwrap()
        else {
            panic!("nothing is needed");
        };
        assert!(second.changes.iter().all(Change::is_touch), "{:?}", second.changes);
        assert_eq!(ports(&second), ports(&first));
        vec!["asked again"]
    };
    for_all(law, &["refused", "asked again"]);
}

#[test]
fn placing_the_whole_group_anew_once_more_changes_nothing() {
    let law = |case: &Case| {
        let case = Case {
            request: GroupRequest { only: None, overwrite: true, ..case.request.clone() },
            ..case.clone()
        };
        let promised = match outcome(&case.plan()) {
            Outcome::Ports(ports, removed) if removed.is_empty() => ports,
            _ => return vec!["refused, or somebody removed"],
        };
        let after = case.after(&case.plan().unwrap());
        assert_eq!(outcome(&after.plan()), Outcome::Ports(promised, [].into()));
        vec!["placed anew twice"]
    };
    for_all(law, &["refused, or somebody removed", "placed anew twice"]);
}

/// Each service alone, one after the other. `None` when one of them is refused or somebody is removed on the way.
fn one_after_the_other(case: &Case, tags: &[&str]) -> Option<Case> {
    tags.iter().try_fold(case.clone(), |case, tag| {
        let alone = Case { request: only(tag, &case.request), ..case.clone() };
        let plan = alone.plan().ok()?;
        let removes = plan.changes.iter().any(|change| matches!(change, Change::Remove { .. }));
        (!removes).then(|| Case { request: case.request.clone(), ..alone.after(&plan) })
    })
}

#[test]
fn one_service_after_the_other_is_the_whole_group_at_once() {
    let law = |case: &Case| {
        let request = GroupRequest { only: None, overwrite: false, ..case.request.clone() };
        let case = Case { request, ..case.clone() };
        let tags: Vec<&str> = case.services().iter().map(|service| service.tag.as_str()).collect();
        let reversed: Vec<&str> = tags.iter().rev().copied().collect();
        let homeless = case.services().iter().find(|service| !case.stays(service));
        match outcome(&case.plan()) {
            Outcome::Ports(_, removed) if removed.is_empty() => {
                let whole = case.after(&case.plan().unwrap());
                for order in [tags, reversed] {
                    let single = one_after_the_other(&case, &order).map(|case| case.memory());
                    assert_eq!(single, Some(whole.memory()));
                }
                vec![promise(&case).why]
            }
            Outcome::Ports(..) => vec!["somebody removed"],
            Outcome::CannotJoin(..) => vec!["cannot join"],
            // What has no place as a whole, has none in parts.
            refused @ (Outcome::Exhausted | Outcome::DoesNotFit) => {
                let request = only(homeless.unwrap().tag.as_str(), &case.request);
                assert_eq!(outcome(&Case { request, ..case.clone() }.plan()), refused);
                vec!["no place"]
            }
        }
    };
    let classes = [
        "all stay",
        "all on preferred ports",
        "lowest base",
        "lingering",
        "refused by browsers",
        "joined on preferred ports",
        "joined in the pattern",
        "joined on preferred ports in spite of a dispute",
        "no place",
    ];
    for_all(law, &classes);
}
