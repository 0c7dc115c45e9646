//! Which directory is meant.

use trop_ops::{Filter, Target, list};

use crate::memory::Memory;
use crate::samples::{path, planned, policy, request, row};

#[track_caller]
fn check(rows: &[trop_model::Reservation], expected: &str) {
    let target = Target::typed(path("/link"), path("/srv/real"));
    assert_eq!(target.meant(&Memory::of(rows)).unwrap(), path(expected));
}

#[test]
fn what_was_typed_is_meant_unless_only_the_real_place_is_known() {
    check(&[], "/link");
    check(&[row(5000, "/link", "")], "/link");
    check(&[row(5000, "/link", "web"), row(5001, "/srv/real", "")], "/link");
    check(&[row(5001, "/srv/real", "web")], "/srv/real");
}

#[test]
fn reserving_by_another_route_finds_the_same_port() {
    let memory = Memory::of(&[row(5007, "/srv/real", "")]);
    let mut request = request("/link");
    request.target = Target::typed(path("/link"), path("/srv/real"));
    let plan = planned(&memory, &request, &policy(5000, 5009), &[]).unwrap();
    assert_eq!((plan.answer.reservation.port.get(), plan.answer.created), (5007, false));
}

#[test]
fn a_list_can_be_filtered_by_all_at_once() {
    let memory =
        Memory::of(&[row(5000, "/srv/a", ""), row(5001, "/srv/a/b", "web"), row(5002, "/srv/ab", "web")]);
    let ports = |filter: Filter| -> Vec<u16> {
        list(&memory, &filter).unwrap().iter().map(|row| row.port.get()).collect()
    };
    assert_eq!(ports(Filter::default()), [5000, 5001, 5002]);
    let below = || Some(Target::inferred(path("/srv/a")));
    assert_eq!(ports(Filter { path: below(), ..Filter::default() }), [5000, 5001]);
    let web = Some("web".parse().unwrap());
    assert_eq!(ports(Filter { path: below(), tag: web, ..Filter::default() }), [5001]);
    let project = Some("other".parse().unwrap());
    assert_eq!(ports(Filter { project, ..Filter::default() }), [] as [u16; 0]);
}
