//! Plans of one reservation.

use trop_allocation::PreferredRefusal;
use trop_model::{Change, PortRange};
use trop_ops::{OpsError, Policy, Remark, ReserveRequest};

use crate::memory::Memory;
use crate::samples::{NOW, key, planned, policy, port, request, row, time, told};

/// The port that is assigned, and how many remarks everybody gets to see.
#[track_caller]
fn check(memory: &Memory, request: &ReserveRequest, policy: &Policy, in_use: &[u16], expected: (u16, usize)) {
    let plan = planned(memory, request, policy, in_use).unwrap();
    assert_eq!((plan.answer.reservation.port.get(), told(&plan).len()), expected, "{:?}", plan.remarks);
    let mut after = memory.clone();
    after.apply(&plan.changes);
    assert_eq!(after.rows.get(&plan.answer.reservation.key), Some(&plan.answer.reservation));
}

#[test]
fn a_stored_key_keeps_its_port_without_a_probe() {
    let memory = Memory::of(&[row(5003, "/srv/a", "")]);
    let plan = planned(&memory, &request("/srv/a"), &policy(5000, 5009), &[5003]).unwrap();
    assert!(!plan.answer.created);
    assert_eq!(plan.changes, [Change::Touch { row: row(5003, "/srv/a", ""), last_used_at: time(NOW) }]);
}

#[test]
fn a_new_key_gets_the_lowest_port_that_can_be_had() {
    let memory = Memory::of(&[row(5000, "/srv/b", ""), row(5001, "/srv/a", "web")]);
    check(&memory, &request("/srv/a"), &policy(5000, 5009), &[], (5002, 0));
    check(&memory, &request("/srv/a"), &policy(5000, 5009), &[5002, 5003], (5004, 0));
    let excluding = Policy {
        exclusions: ["5002..5005".parse::<PortRange>().unwrap()].into_iter().collect(),
        ..policy(5000, 5009)
    };
    check(&memory, &request("/srv/a"), &excluding, &[], (5006, 0));
}

#[test]
fn a_preferred_port_comes_first_and_its_refusal_is_told() {
    let memory = Memory::of(&[row(6001, "/srv/b", "")]);
    let preferring = |number| ReserveRequest { preferred: Some(port(number)), ..request("/srv/a") };
    check(&memory, &preferring(8080), &policy(5000, 5009), &[], (8080, 0));
    check(&memory, &preferring(8080), &policy(5000, 5009), &[8080], (5000, 1));
    check(&memory, &preferring(6001), &policy(5000, 5009), &[], (5000, 1));
    let plan = planned(&memory, &preferring(6001), &policy(5000, 5009), &[]).unwrap();
    assert!(
        matches!(&plan.remarks[0], Remark::PreferredPortRefused { refused, .. } if refused.reserved_for == Some(key("/srv/b", "")))
    );
}

#[test]
fn what_is_ignored_is_ignored_for_the_preferred_port_alone() {
    let memory = Memory::default();
    let excluding = Policy {
        exclusions: ["5000".parse::<PortRange>().unwrap(), "5002".parse().unwrap()].into_iter().collect(),
        ..policy(5000, 5009)
    };
    let preferring = ReserveRequest { preferred: Some(port(5002)), ..request("/srv/a") };
    check(&memory, &preferring, &excluding, &[], (5001, 1));
    check(
        &memory,
        &ReserveRequest { ignore_exclusions: true, ..preferring.clone() },
        &excluding,
        &[],
        (5002, 0),
    );
    check(
        &memory,
        &ReserveRequest { ignore_exclusions: true, ..preferring.clone() },
        &excluding,
        &[5002],
        (5001, 1),
    );
    check(
        &memory,
        &ReserveRequest { ignore_occupied: true, ..preferring },
        &policy(5000, 5009),
        &[5000, 5002],
        (5002, 0),
    );
}

#[test]
fn nothing_lifts_another_keys_reservation() {
    let memory = Memory::of(&[row(5002, "/srv/b", "")]);
    let force = ReserveRequest {
        preferred: Some(port(5002)),
        overwrite: true,
        ignore_occupied: true,
        ignore_exclusions: true,
        ..request("/srv/a")
    };
    check(&memory, &force, &policy(5000, 5009), &[], (5000, 1));
}

#[test]
fn overwriting_prefers_ones_own_port_unprobed_and_keeps_what_is_not_named() {
    let memory = Memory::of(&[row(5005, "/srv/a", ""), row(5000, "/srv/b", "")]);
    let overwrite = ReserveRequest { overwrite: true, ..request("/srv/a") };
    check(&memory, &overwrite, &policy(5000, 5009), &[5005], (5005, 0));
    check(&memory, &overwrite, &policy(6000, 6009), &[5005], (5005, 0));
    let elsewhere = ReserveRequest { preferred: Some(port(5007)), ..overwrite };
    let plan = planned(&memory, &elsewhere, &policy(5000, 5009), &[]).unwrap();
    let before = row(5005, "/srv/a", "");
    let after = plan.answer.reservation;
    assert_eq!((after.port, after.last_used_at), (port(5007), time(NOW)));
    assert_eq!((after.created_at, after.project), (before.created_at, before.project));
}

#[test]
fn a_strict_port_is_that_port_or_none() {
    let memory = Memory::of(&[row(5003, "/srv/a", ""), row(5004, "/srv/b/gone", "")]);
    let strict = |directory: &str, number| ReserveRequest {
        preferred: Some(port(number)),
        strict_port: true,
        ..request(directory)
    };
    check(&memory, &strict("/srv/a", 5003), &policy(5000, 5009), &[5003], (5003, 0));
    check(&memory, &strict("/srv/c", 5005), &policy(5000, 5009), &[], (5005, 0));
    let refused = |request| planned(&memory, &request, &policy(5000, 5009), &[5006]).unwrap_err();
    assert!(matches!(refused(strict("/srv/a", 5005)), OpsError::OtherPortKept { .. }));
    for (number, expected) in [(5004, PreferredRefusal::Reserved), (5006, PreferredRefusal::InUse)] {
        let error = refused(strict("/srv/c", number));
        assert!(
            matches!(&error, OpsError::PreferredPortRefused(refused) if refused.refusal == expected),
            "{error}"
        );
    }
}

#[test]
fn where_no_port_is_left_the_preferred_one_is_not_passed_over_in_silence() {
    let memory = Memory::of(&[row(5000, "/srv/b", "")]);
    let asked = ReserveRequest { preferred: Some(port(5000)), ..request("/srv/a") };
    let error = planned(&memory, &asked, &policy(5000, 5000), &[]).unwrap_err();
    let told: Vec<String> = error.remarks().iter().map(Remark::message).collect();
    assert_eq!(told, ["port 5000 cannot be had: it is reserved for /srv/b"]);
}

#[test]
fn browsers_ports_wait_until_nothing_else_is_left() {
    let memory = Memory::of(&[row(5059, "/srv/b", "")]);
    check(&Memory::default(), &request("/srv/a"), &policy(5060, 5062), &[], (5062, 0));
    check(&memory, &request("/srv/a"), &policy(5059, 5061), &[], (5060, 1));
    let careless = Policy { avoid_browser_blocked_ports: false, ..policy(5060, 5062) };
    check(&memory, &request("/srv/a"), &careless, &[], (5060, 0));
}

#[test]
fn a_clock_that_was_set_back_makes_nothing_look_unused() {
    let mut later = row(5003, "/srv/a", "");
    later.last_used_at = time(NOW + 1000);
    let plan = planned(&Memory::of(&[later.clone()]), &request("/srv/a"), &policy(5000, 5009), &[]).unwrap();
    assert_eq!(plan.answer.reservation, later);
}
