//! What is cleaned up: when ports run out, and when somebody asks for it.

use trop_model::{Change, RemovalReason, Reservation};
use trop_ops::{
    CleanUp, Facts, Needs, OpsError, Policy, Prune, Remark, ReserveRequest, Step, plan_clean_up, plan_reserve,
};

use crate::memory::Memory;
use crate::samples::{
    DAY, NOW, looked_at, path, planned, planned_clean_up, policy, port, request, row, said_by_git, time, told,
};

fn unused_for(days: i64, row: Reservation) -> Reservation {
    Reservation { last_used_at: time(NOW - days * DAY - 1), ..row }
}

fn removals(changes: &[Change]) -> Vec<(u16, RemovalReason)> {
    let removal = |change: &Change| match change {
        Change::Remove { row, reason } => Some((row.port.get(), *reason)),
        _ => None,
    };
    changes.iter().filter_map(removal).collect()
}

/// A range of three ports: one reserved by a vanished directory, one long unused, one alive.
fn full() -> Memory {
    Memory::of(&[
        row(5000, "/srv/alive", ""),
        row(5001, "/srv/gone", ""),
        unused_for(30, row(5002, "/srv/old", "")),
    ])
}

#[track_caller]
fn check(clean_up: CleanUp, expected_port: u16, expected_removals: &[(u16, RemovalReason)]) {
    let policy = Policy { clean_up, ..policy(5000, 5002) };
    let plan = planned(&full(), &request("/srv/new"), &policy, &[]).unwrap();
    assert_eq!(plan.answer.reservation.port.get(), expected_port);
    assert_eq!(removals(&plan.changes), expected_removals);
    full().apply(&plan.changes);
}

#[test]
fn what_is_gone_or_expired_makes_room() {
    let (gone, expired) = ((5001, RemovalReason::Gone), (5002, RemovalReason::Expired));
    check(CleanUp { prune: Prune::Gone, expire_after_days: Some(30) }, 5001, &[gone, expired]);
    check(CleanUp { prune: Prune::Gone, expire_after_days: None }, 5001, &[gone]);
    check(CleanUp { prune: Prune::Nothing, expire_after_days: Some(30) }, 5002, &[expired]);
    check(CleanUp { prune: Prune::Gone, expire_after_days: Some(31) }, 5001, &[gone]);
}

#[test]
fn without_a_clean_up_a_full_range_is_exhausted() {
    let policy =
        Policy { clean_up: CleanUp { prune: Prune::Nothing, expire_after_days: None }, ..policy(5000, 5002) };
    let error = planned(&full(), &request("/srv/new"), &policy, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no port is available in 5000..5002: of its 3 ports 3 are reserved, 0 excluded and 0 in use"
    );
}

#[test]
fn a_free_port_spares_everybody() {
    let plan = planned(&full(), &request("/srv/new"), &policy(5000, 5003), &[]).unwrap();
    assert_eq!(plan.answer.reservation.port.get(), 5003);
    assert_eq!(removals(&plan.changes), []);
}

#[test]
fn ports_of_last_resort_come_after_the_clean_up() {
    let memory = Memory::of(&[row(5059, "/srv/gone", "")]);
    let plan = planned(&memory, &request("/srv/new"), &policy(5059, 5061), &[]).unwrap();
    assert_eq!(plan.answer.reservation.port.get(), 5059);
}

#[test]
fn an_unmounted_disk_keeps_its_reservations_and_is_told_of_once() {
    let memory = Memory::of(&[
        row(5000, "/mnt/unmounted", ""),
        row(5001, "/mnt/unmounted", "web"),
        row(5002, "/srv/gone", ""),
    ]);
    let plan = planned(&memory, &request("/srv/new"), &policy(5000, 5002), &[]).unwrap();
    assert_eq!(removals(&plan.changes), [(5002, RemovalReason::Gone)]);
    assert!(matches!(told(&plan).as_slice(), [Remark::KeptWhileUncertain { .. }]), "{:?}", plan.remarks);
}

#[test]
fn the_key_that_is_allocated_afresh_is_spared() {
    let memory = Memory::of(&[row(7000, "/srv/gone", ""), row(5000, "/srv/alive", "")]);
    let overwrite = ReserveRequest { overwrite: true, preferred: Some(port(5000)), ..request("/srv/gone") };
    let error = planned(&memory, &overwrite, &policy(5000, 5000), &[]).unwrap_err();
    assert!(matches!(error, OpsError::Exhausted(_)), "{error}");
}

#[test]
fn a_row_that_changed_since_the_look_stays() {
    let memory = full();
    let policy =
        Policy { clean_up: CleanUp { prune: Prune::Gone, expire_after_days: None }, ..policy(5000, 5002) };
    let mut facts = Facts { labels: Some(said_by_git(path("/srv/new"))), ..Facts::at(time(NOW)) };
    let free = &mut |_| Ok(trop_allocation::Probe::Free);
    let step = plan_reserve(&memory, &facts, &request("/srv/new"), &policy, free).unwrap();
    let Step::Needs(Needs::Directories(rows)) = step else { panic!("the directories are to be looked at") };
    facts.directories = Some(rows.into_iter().map(looked_at).collect());
    let refreshed = Reservation { last_used_at: time(NOW), ..row(5001, "/srv/gone", "") };
    let mut later = memory.clone();
    later.rows.insert(refreshed.key.clone(), refreshed);
    let error = plan_reserve(&later, &facts, &request("/srv/new"), &policy, free).unwrap_err();
    assert!(matches!(error, OpsError::Exhausted(_)), "{error}");
}

#[test]
fn what_expires_is_not_said_to_be_kept() {
    let memory = Memory::of(&[unused_for(30, row(5000, "/mnt/unmounted", ""))]);
    let plan = planned(&memory, &request("/srv/new"), &policy(5000, 5000), &[]).unwrap();
    assert_eq!(removals(&plan.changes), [(5000, RemovalReason::Expired)]);
    assert!(plan.remarks.is_empty(), "{:?}", plan.remarks);
}

/// Requires which of many reservations go, and of which directories it is told that theirs stay.
#[track_caller]
fn check_asked_for(
    prune: Prune,
    expire_after_days: Option<u32>,
    expected_removals: &[(u16, RemovalReason)],
    expected_kept: &[&str],
) {
    let memory = Memory::of(&[
        row(5000, "/srv/alive", ""),
        row(5001, "/srv/gone", ""),
        unused_for(30, row(5002, "/srv/gone", "web")),
        row(5003, "/srv/hidden", ""),
        unused_for(30, row(5004, "/srv/hidden", "web")),
        unused_for(30, row(5005, "/srv/old", "")),
        unused_for(29, row(5006, "/srv/old", "web")),
        row(5007, "/srv/unmounted", ""),
    ]);
    let plan = planned_clean_up(&memory, CleanUp { prune, expire_after_days });
    assert_eq!(removals(&plan.changes), expected_removals);
    assert_eq!(plan.changes.len(), expected_removals.len());
    let kept = |remark: &Remark| match remark {
        Remark::KeptWhileUncertain { path, .. } => path.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(plan.remarks.iter().map(kept).collect::<Vec<_>>(), expected_kept);
}

#[test]
fn who_asks_for_it_gets_each_kind_of_clean_up_by_itself_or_both() {
    let gone = [(5001, RemovalReason::Gone), (5002, RemovalReason::Gone)];
    let expired = [5002, 5004, 5005].map(|port| (port, RemovalReason::Expired));
    let out_of_sight = ["/srv/hidden", "/srv/unmounted"];
    check_asked_for(Prune::Nothing, None, &[], &[]);
    check_asked_for(Prune::Gone, None, &gone, &out_of_sight);
    check_asked_for(Prune::Nothing, Some(30), &expired, &[]);
    check_asked_for(Prune::Gone, Some(30), &[&gone, &expired[1..]].concat(), &out_of_sight);
}

#[test]
fn what_is_not_found_goes_only_by_force_and_what_is_hidden_stays() {
    let not_found = [5001, 5002, 5007].map(|port| (port, RemovalReason::Gone));
    check_asked_for(Prune::NotFound, None, &not_found, &["/srv/hidden"]);
}

#[test]
fn a_row_that_is_used_while_directories_are_looked_at_does_not_expire_either() {
    let old = unused_for(100, row(5000, "/srv/gone", ""));
    let clean_up = CleanUp { prune: Prune::Gone, expire_after_days: Some(30) };
    let looked_at = vec![looked_at(old.clone())];
    let facts = Facts { directories: Some(looked_at), ..Facts::at(time(NOW)) };
    let used = Memory::of(&[Reservation { last_used_at: time(NOW), ..old.clone() }]);
    for (memory, expected) in [(Memory::of(&[old]), 1), (used, 0)] {
        let Step::Do(plan) = plan_clean_up(&memory, &facts, clean_up).unwrap() else {
            panic!("the directories were looked at")
        };
        assert_eq!(plan.changes.len(), expected);
    }
}

#[test]
fn no_directory_is_looked_at_for_nothing() {
    let facts = Facts::at(time(NOW));
    let needs_nothing = |memory: &Memory, prune| {
        let clean_up = CleanUp { prune, expire_after_days: Some(30) };
        matches!(plan_clean_up(memory, &facts, clean_up), Ok(Step::Do(_)))
    };
    assert!(needs_nothing(&full(), Prune::Nothing));
    assert!(needs_nothing(&Memory::of(&[]), Prune::Gone));
    assert!(!needs_nothing(&full(), Prune::Gone));
}
