//! Groups that are placed anew.

use trop_model::Reservation;
use trop_ops::{GroupRequest, Labelling, Naming};

use crate::memory::Memory;
use crate::samples::{
    Listed, NOW, assigned, check_group, check_group_refused, excluding, group_request, only, planned_group,
    policy, row, time,
};

const PAIR: [Listed<'_>; 2] = [("web", 0, 0), ("api", 1, 0)];

fn anew(services: &[Listed<'_>]) -> GroupRequest {
    GroupRequest { overwrite: true, ..group_request("/srv/a", services) }
}

fn of_group(number: u16, tag: &str) -> Reservation {
    row(number, "/srv/a", tag)
}

#[test]
fn the_whole_group_is_placed_anew_and_its_own_ports_count_as_free() {
    let stored = [of_group(5003, "web"), of_group(5008, "api")];
    check_group(&stored, &anew(&PAIR), &policy(5000, 5009), &[], (&[5000, 5001], &[]));
    let in_use = [5000, 5001, 5002, 5003, 5008];
    check_group(&stored, &anew(&PAIR), &policy(5000, 5009), &in_use, (&[5003, 5004], &[]));
    let own = [of_group(5003, "web"), of_group(5004, "api")];
    let every: Vec<u16> = (5000..=5009).collect();
    check_group(&own, &anew(&PAIR), &policy(5000, 5009), &every, (&[5003, 5004], &[]));
    check_group(&own, &anew(&PAIR), &excluding(&["5003"], policy(5000, 5009)), &[5005], (&[5000, 5001], &[]));
    let outside = [of_group(8080, "web"), of_group(8081, "api")];
    let preferring = anew(&[("web", 0, 8080), ("api", 1, 0)]);
    check_group(&outside, &preferring, &policy(5000, 5009), &[8080], (&[8080, 5001], &[]));
}

#[test]
fn services_may_exchange_their_ports() {
    let stored = [of_group(5000, "web"), of_group(5001, "api"), of_group(5002, "db")];
    let preferring = anew(&[("web", 0, 5001), ("api", 1, 5002), ("db", 2, 5000)]);
    check_group(&stored, &preferring, &policy(5000, 5009), &[5000, 5001, 5002], (&[5001, 5002, 5000], &[]));
    let turned = anew(&[("web", 2, 0), ("api", 1, 0), ("db", 0, 0)]);
    check_group(&stored, &turned, &policy(5000, 5009), &[5000, 5001, 5002], (&[5002, 5001, 5000], &[]));
}

#[test]
fn when_it_was_made_and_the_labels_that_are_not_named_stay() {
    let web = Reservation { task: Some("main".parse().unwrap()), ..of_group(5005, "web") };
    let memory = Memory::of(&[web.clone(), of_group(5008, "api")]);
    let kept = planned_group(&memory, &anew(&PAIR), &policy(5000, 5009), (&[], &[])).unwrap();
    let moved = |row: &Reservation, port| Reservation { port, last_used_at: time(NOW), ..row.clone() };
    let first = &kept.answer[0];
    assert_eq!((first.reservation.clone(), first.created), (moved(&web, first.reservation.port), false));
    let labelling = Labelling {
        project: Naming::Named { label: "store".parse().unwrap(), may_change: true },
        task: Naming::Unnamed { otherwise: Some("other".parse().unwrap()) },
    };
    let relabelled = GroupRequest { labelling, ..anew(&PAIR) };
    let plan = planned_group(&memory, &relabelled, &policy(5000, 5009), (&[], &[])).unwrap();
    assert_eq!(assigned(&memory, &plan), [5000, 5001]);
    let reservation = &plan.answer[0].reservation;
    assert_eq!((&reservation.project, &reservation.task), (&Some("store".parse().unwrap()), &web.task));
}

#[test]
fn services_that_were_not_there_are_made_beside_those_that_are_moved() {
    let memory = Memory::of(&[of_group(5005, "web")]);
    let plan = planned_group(&memory, &anew(&PAIR), &policy(5000, 5009), (&[], &[])).unwrap();
    assert_eq!(assigned(&memory, &plan), [5000, 5001]);
    let created: Vec<bool> = plan.answer.iter().map(|assigned| assigned.created).collect();
    assert_eq!(created, [false, true]);
}

#[test]
fn other_tags_of_the_directory_and_the_untagged_row_keep_their_ports() {
    let stored = [of_group(5000, ""), of_group(5002, "other"), of_group(5006, "web"), of_group(5007, "api")];
    check_group(&stored, &anew(&PAIR), &policy(5000, 5009), &[], (&[5003, 5004], &[]));
    let preferring = anew(&[("web", 0, 5000), ("api", 1, 0)]);
    let said = "port 5000 for web cannot be had: it is reserved for /srv/a; 5003 comes in its place";
    check_group(&stored, &preferring, &policy(5000, 5009), &[], (&[5003, 5004], &[said]));
}

#[test]
fn one_service_alone_is_placed_anew_where_the_others_say() {
    let services = [("web", 0, 0), ("api", 1, 0), ("db", 2, 0)];
    let stored = [of_group(5003, "web"), of_group(5009, "api"), of_group(5005, "db")];
    let api = only("api", &anew(&services));
    check_group(&stored, &api, &policy(5000, 5009), &[], (&[5004], &[]));
    let refused = "/srv/a (tag api) has no place: port 5004, at offset 1, is in use";
    check_group_refused(&stored, &api, &policy(5000, 5009), &[5004], refused);
    // Its own port needs no probe.
    let in_place = [of_group(5003, "web"), of_group(5004, "api")];
    check_group(&in_place, &api, &policy(5000, 5009), &[5004], (&[5004], &[]));
    let refused = "/srv/a (tag web) has no place: where the group begins is not clear from its other services: \
                   api (offset 1) has port 5009, db (offset 2) has port 5005";
    check_group_refused(&stored, &only("web", &anew(&services)), &policy(5000, 5009), &[], refused);
}

#[test]
fn one_service_alone_without_stored_ones_beside_it_is_searched_with_the_whole_pattern() {
    let stored = [of_group(5005, "web")];
    check_group(&stored, &only("web", &anew(&PAIR)), &policy(5000, 5009), &[5001], (&[5002], &[]));
    // What is not asked for has nothing that could be taken from it.
    check_group(&stored, &only("api", &anew(&PAIR)), &policy(5000, 5009), &[], (&[5006], &[]));
}
