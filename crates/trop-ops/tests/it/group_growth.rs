//! Stored groups: what stays, what joins, and what cannot.

use trop_model::{Change, Reservation};
use trop_ops::{
    CannotJoin, Facts, GroupRequest, Labelling, Naming, Obstacle, OpsError, Policy, Remark, Said, Step,
};

use crate::memory::Memory;
use crate::samples::{
    DAY, Listed, NOW, check_group, check_group_refused, excluding, group_request, key, only, path,
    planned_group, policy, port, row, said_by_git, time, told, unprobed_step,
};

const SHOP: [Listed<'_>; 3] = [("web", 0, 0), ("api", 1, 0), ("db", 4, 0)];

fn shop() -> GroupRequest {
    group_request("/srv/a", &SHOP)
}

fn of_shop(number: u16, tag: &str) -> Reservation {
    row(number, "/srv/a", tag)
}

#[test]
fn a_stored_group_is_refreshed_and_nothing_else_is_asked_or_probed() {
    let stored = [of_shop(5003, "web"), of_shop(5004, "api"), of_shop(5007, "db")];
    let touch = |row: &Reservation| Change::Touch { row: row.clone(), last_used_at: time(NOW) };
    #[track_caller]
    fn check(stored: &[Reservation], request: &GroupRequest, expected: &[Change]) {
        let Step::Do(plan) = unprobed_step(stored, request, &Facts::at(time(NOW))).unwrap() else {
            panic!("nothing is needed");
        };
        assert_eq!(plan.changes, expected);
        assert!(plan.answer.iter().all(|assigned| !assigned.created));
    }
    let touches: Vec<Change> = stored.iter().map(touch).collect();
    check(&stored, &shop(), &touches);
    check(&stored, &only("api", &shop()), &touches[1..2]);
    check(&stored, &GroupRequest { ignore_occupied: true, ignore_exclusions: true, ..shop() }, &touches);
    // Neither outside the range nor where the tropfile says something else.
    check(&stored, &group_request("/srv/a", &[("api", 0, 0), ("db", 65_535, 9000)]), &touches[1..]);
    let outside = [of_shop(7000, "web")];
    check(&outside, &group_request("/srv/a", &SHOP[..1]), &[touch(&outside[0])]);
}

#[test]
fn a_service_that_is_new_or_was_released_has_its_place_in_the_pattern() {
    let policy = policy(5000, 5019);
    let (web, api, db) = (of_shop(5003, "web"), of_shop(5004, "api"), of_shop(5007, "db"));
    let expected: (&[u16], &[&str]) = (&[5003, 5004, 5007], &[]);
    check_group(&[web.clone(), api.clone()], &shop(), &policy, &[5003, 5004], expected);
    check_group(&[api.clone(), db.clone()], &shop(), &policy, &[5004, 5007], expected);
    check_group(&[web, db.clone()], &shop(), &policy, &[], expected);
    check_group(std::slice::from_ref(&db), &shop(), &policy, &[], expected);
    check_group(&[db], &only("web", &shop()), &policy, &[], (&[5003], &[]));
}

#[test]
fn a_new_service_takes_its_preferred_port_before_its_place() {
    let stored = [of_shop(5003, "web")];
    let request = group_request("/srv/a", &[("web", 0, 0), ("api", 1, 8080)]);
    check_group(&stored, &request, &policy(5000, 5009), &[], (&[5003, 8080], &[]));
    let said = "port 8080 for api cannot be had: it is in use; 5004 comes in its place";
    check_group(&stored, &request, &policy(5000, 5009), &[8080], (&[5003, 5004], &[said]));
    let ignoring = GroupRequest { ignore_occupied: true, ..request };
    check_group(&stored, &ignoring, &policy(5000, 5009), &[8080], (&[5003, 8080], &[]));
}

#[test]
fn a_place_that_browsers_refuse_or_that_lingers_will_do() {
    let stored = [of_shop(5059, "web"), of_shop(5063, "db")];
    let said = "no better place was left for the group: web browsers refuse to open 5060";
    check_group(&stored, &shop(), &policy(5000, 5099), &[], (&[5059, 5060, 5063], &[said]));
    let plan = planned_group(&Memory::of(&stored), &shop(), &policy(5000, 5099), (&[], &[5060])).unwrap();
    assert_eq!(plan.answer[1].reservation.port, port(5060));
}

#[test]
fn services_that_are_all_on_their_preferred_ports_leave_the_base_open() {
    let services = [("web", 0, 5005), ("api", 1, 8080), ("db", 4, 0)];
    let stored = [of_shop(5005, "web"), of_shop(8080, "api")];
    let request = group_request("/srv/a", &services);
    check_group(&stored, &request, &policy(5000, 5009), &[], (&[5005, 8080, 5004], &[]));
    check_group(&stored, &request, &policy(5000, 5009), &[5004], (&[5005, 8080, 5006], &[]));
}

/// What is said of the services that stay. All are stored, or only those are asked for that are.
#[track_caller]
fn check_kept(stored: &[Reservation], request: &GroupRequest, expected: &[(&str, u16, Said)]) {
    let Step::Do(plan) = unprobed_step(stored, request, &Facts::at(time(NOW))).unwrap() else {
        panic!("nothing is needed");
    };
    let kept: Vec<(&str, u16, Said)> = (plan.remarks.iter())
        .map(|remark| match remark {
            Remark::ServiceKept { service, kept, said } => (service.as_str(), kept.get(), *said),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kept, expected);
}

#[test]
fn another_preferred_port_than_the_one_it_has_is_told_and_changes_nothing() {
    let stored = [of_shop(5003, "web"), of_shop(5004, "api")];
    let preferring = |web, api| group_request("/srv/a", &[("web", 0, web), ("api", 1, api)]);
    check_kept(&stored, &preferring(5003, 5004), &[]);
    check_kept(&stored, &preferring(8080, 0), &[("web", 5003, Said::Preferred(port(8080)))]);
    let both = [("web", 5003, Said::Preferred(port(5004))), ("api", 5004, Said::Preferred(port(5003)))];
    check_kept(&stored, &preferring(5004, 5003), &both);
    check_kept(&stored, &only("api", &preferring(5004, 5003)), &both[1..]);
    let said = "web keeps port 5003, although 8080 is preferred";
    check_group(&stored, &preferring(8080, 0), &policy(5000, 5009), &[], (&[5003, 5004], &[said]));
}

/// It is where the tropfile places it without: nobody could do anything about that.
#[test]
fn a_preferred_port_that_still_cannot_be_had_is_no_difference() {
    let stored = [of_shop(5003, "web"), of_shop(5004, "api"), row(8080, "/srv/b", "")];
    let request = group_request("/srv/a", &[("web", 0, 8080), ("api", 1, 0)]);
    check_group(&stored, &request, &policy(5000, 5009), &[], (&[5003, 5004], &[]));
    check_group(&stored[..2], &request, &excluding(&["8080"], policy(5000, 5009)), &[], (&[5003, 5004], &[]));
    let Step::Do(plan) = unprobed_step(&stored, &request, &Facts::at(time(NOW))).unwrap() else {
        panic!("nothing is needed")
    };
    let messages: Vec<String> = plan.remarks.iter().map(Remark::message).collect();
    assert_eq!(messages, ["port 8080 for web cannot be had: it is reserved for /srv/b; 5003 is kept"]);
    // Elsewhere than at its offset it is told of all the same.
    let moved = group_request("/srv/a", &[("web", 9, 8080), ("api", 1, 0), ("db", 4, 0)]);
    let more = [of_shop(5003, "web"), of_shop(5004, "api"), of_shop(5007, "db"), row(8080, "/srv/b", "")];
    let kept = "web keeps port 5003, although its offset 9 now means 5012";
    check_group(&more, &moved, &policy(5000, 5009), &[], (&[5003, 5004, 5007], &[kept]));
}

#[test]
fn another_offset_than_that_of_the_others_is_told_and_changes_nothing() {
    let stored = [of_shop(5003, "web"), of_shop(5004, "api"), of_shop(5007, "db")];
    let offsets = |web, api, db| group_request("/srv/a", &[("web", web, 0), ("api", api, 0), ("db", db, 0)]);
    let said = |offset, base| Said::Offset { offset, base };
    check_kept(&stored, &offsets(10, 11, 14), &[]);
    check_kept(&stored, &offsets(9, 1, 4), &[("web", 5003, said(9, 5003))]);
    check_kept(&stored, &offsets(0, 1, 5), &[("db", 5007, said(5, 5003))]);
    // Where no base is that of more than half of them, nobody can tell which one has changed.
    let at_odds = "the services do not lie at their offsets from one base: web (offset 0) has port 5003, \
                   api (offset 2) has port 5004, db (offset 6) has port 5007";
    check_group(&stored, &offsets(0, 2, 6), &policy(5000, 5009), &[], (&[5003, 5004, 5007], &[at_odds]));
    check_group(&stored, &only("api", &offsets(0, 2, 6)), &policy(5000, 5009), &[], (&[5004], &[at_odds]));
    check_kept(&stored, &only("web", &offsets(9, 1, 4)), &[("web", 5003, said(9, 5003))]);
    check_kept(&stored, &only("api", &offsets(9, 1, 4)), &[]);
    let said = "db keeps port 5007, although its offset 5 now means 5008";
    check_group(&stored, &offsets(0, 1, 5), &policy(5000, 5009), &[], (&[5003, 5004, 5007], &[said]));
}

#[test]
fn a_service_whose_place_cannot_be_had_is_refused() {
    let web = of_shop(5003, "web");
    let with = |other: Reservation| vec![web.clone(), other];
    let in_range = policy(5000, 5009);
    let check = |stored: &[Reservation], policy: &Policy, in_use: &[u16], expected: &str| {
        check_group_refused(stored, &shop(), policy, in_use, &format!("/srv/a (tag {expected}"));
    };
    check(
        &with(row(5004, "/srv/b", "x")),
        &in_range,
        &[],
        "api) has no place: port 5004, at offset 1, is reserved for /srv/b (tag x)",
    );
    check(
        &with(of_shop(5004, "")),
        &in_range,
        &[],
        "api) has no place: port 5004, at offset 1, is reserved for /srv/a",
    );
    check(
        &with(of_shop(5004, "other")),
        &in_range,
        &[],
        "api) has no place: port 5004, at offset 1, is reserved for /srv/a (tag other)",
    );
    check(
        &with(web.clone()),
        &excluding(&["5004"], in_range.clone()),
        &[],
        "api) has no place: port 5004, at offset 1, is excluded",
    );
    check(&with(web.clone()), &in_range, &[5007], "db) has no place: port 5007, at offset 4, is in use");
    check(
        &with(web.clone()),
        &policy(5000, 5006),
        &[],
        "db) has no place: at offset 4 it would be 5007, which is not in 5000..5006",
    );
    check(
        &[of_shop(2, "db")],
        &policy(1, 9),
        &[],
        "web) has no place: at offset 0 it would be -2, which is not in 1..9",
    );
    check(
        &[of_shop(4, "db")],
        &policy(1, 9),
        &[],
        "web) has no place: at offset 0 it would be 0, which is not in 1..9",
    );
    check(
        &[of_shop(65_535, "web")],
        &policy(60_000, 65_535),
        &[],
        "api) has no place: at offset 1 it would be 65536, which is not in 60000..65535",
    );
}

#[test]
fn a_service_cannot_join_at_the_preferred_port_of_another_one() {
    let request = group_request("/srv/a", &[("web", 0, 0), ("api", 1, 0), ("db", 4, 5004)]);
    let refused = "/srv/a (tag api) has no place: port 5004, at offset 1, is reserved for /srv/a (tag db)";
    check_group_refused(&[of_shop(5003, "web")], &request, &policy(5000, 5009), &[], refused);
    let stored = [of_shop(5003, "web"), of_shop(5004, "db")];
    check_group_refused(&stored, &request, &policy(5000, 5009), &[], refused);
    // Where it is not to be had for db either, its place is the only thing in the way.
    let refused = "/srv/a (tag api) has no place: port 5004, at offset 1, is in use";
    check_group_refused(&stored[..1], &request, &policy(5000, 5009), &[5004], refused);
}

#[test]
fn where_the_others_do_not_agree_only_a_preferred_port_is_a_place() {
    let stored = [of_shop(5003, "web"), of_shop(5005, "api")];
    let refused = "/srv/a (tag db) has no place: where the group begins is not clear from its other services: \
                   web (offset 0) has port 5003, api (offset 1) has port 5005";
    check_group_refused(&stored, &shop(), &policy(5000, 5009), &[], refused);
    let preferring = group_request("/srv/a", &[("web", 0, 0), ("api", 1, 0), ("db", 4, 8080)]);
    let kept = "the services do not lie at their offsets from one base: web (offset 0) has port 5003, \
                api (offset 1) has port 5005";
    check_group(&stored, &preferring, &policy(5000, 5009), &[], (&[5003, 5005, 8080], &[kept]));
    check_group(&stored, &only("db", &preferring), &policy(5000, 5009), &[], (&[8080], &[]));
    check_group_refused(&stored, &preferring, &policy(5000, 5009), &[8080], refused);
    let taken = [stored[0].clone(), stored[1].clone(), row(8080, "/srv/b", "")];
    check_group_refused(&taken, &preferring, &policy(5000, 5009), &[], refused);
    // One who is on a preferred port has no say.
    let agreed = group_request("/srv/a", &[("web", 0, 0), ("api", 1, 5005), ("db", 4, 0)]);
    check_group(&stored, &agreed, &policy(5000, 5009), &[], (&[5003, 5005, 5007], &[]));
}

#[test]
fn the_refusal_is_plain_data() {
    let stored = [of_shop(5003, "web"), row(5004, "/srv/b", "")];
    let refused = planned_group(&Memory::of(&stored), &shop(), &policy(5000, 5009), (&[], &[]));
    let Err(OpsError::CannotJoin(refused)) = refused else { panic!("{refused:?}") };
    let CannotJoin { key: joining, offset, obstacle: Obstacle::Refused(refused), .. } = *refused else {
        panic!("{refused:?}");
    };
    assert_eq!((joining, offset), (key("/srv/a", "api"), 1));
    assert_eq!((refused.port, refused.reserved_for), (port(5004), Some(key("/srv/b", ""))));
}

#[test]
fn a_refusal_tells_why_the_preferred_port_was_not_had_either() {
    let check = |stored: &[Reservation], request: &GroupRequest, expected: &str| {
        let refused = planned_group(&Memory::of(stored), request, &policy(5000, 5009), (&[8080], &[]));
        let error = refused.unwrap_err();
        let told: Vec<String> = error.remarks().iter().map(Remark::message).collect();
        assert_eq!(told, [expected], "{error}");
    };
    let preferring = group_request("/srv/a", &[("web", 0, 0), ("api", 1, 8080)]);
    let expected = "port 8080 for api cannot be had: it is in use";
    check(&[of_shop(5003, "web"), row(5004, "/srv/b", "")], &preferring, expected);
    let disputed = group_request("/srv/a", &[("web", 0, 0), ("db", 1, 0), ("api", 2, 8080)]);
    check(&[of_shop(5003, "web"), of_shop(5008, "db")], &disputed, expected);
    let stored: Vec<Reservation> =
        (5000..=5009).map(|number| row(number, "/srv/b", &format!("t{number}"))).collect();
    check(&stored, &preferring, expected);
}

#[test]
fn nothing_is_cleaned_up_to_let_a_service_join() {
    let facts = Facts { labels: Some(said_by_git(path("/srv/a"))), ..Facts::at(time(NOW)) };
    let check = |stored: &[Reservation]| {
        let refused = unprobed_step(stored, &shop(), &facts);
        assert!(matches!(refused, Err(OpsError::CannotJoin(_))), "{refused:?}");
    };
    check(&[of_shop(5003, "web"), row(5004, "/srv/gone", ""), row(5007, "/srv/gone", "x")]);
    check(&[of_shop(5003, "web"), of_shop(5005, "api"), row(5007, "/srv/gone", "x")]);
    check(&[of_shop(5008, "web"), of_shop(5009, "api"), row(5007, "/srv/gone", "x")]);
}

#[test]
fn other_tags_of_the_directory_and_the_untagged_row_are_nothing_to_the_group() {
    let strangers = [of_shop(5000, ""), of_shop(5001, "other"), row(5002, "/srv/a/below", "api")];
    check_group(&strangers, &shop(), &policy(5000, 5009), &[], (&[5003, 5004, 5007], &[]));
    let (web, db) = (of_shop(5004, "web"), of_shop(5008, "db"));
    let stored = [&strangers[..], &[web, db]].concat();
    check_group(&stored, &shop(), &policy(5000, 5009), &[], (&[5004, 5005, 5008], &[]));
}

#[test]
fn a_stored_group_is_relabelled_where_it_is() {
    let stored = [of_shop(5003, "web"), of_shop(5004, "api"), of_shop(5007, "db")];
    let labelling = Labelling {
        project: Naming::Named { label: "store".parse().unwrap(), may_change: true },
        task: Naming::Unnamed { otherwise: Some("main".parse().unwrap()) },
    };
    let request = GroupRequest { labelling, ..shop() };
    check_group(&stored, &request, &policy(5000, 5009), &[5003], (&[5003, 5004, 5007], &[]));
    let plan = planned_group(&Memory::of(&stored), &request, &policy(5000, 5009), (&[], &[])).unwrap();
    let labels =
        plan.answer.iter().map(|assigned| (&assigned.reservation.project, &assigned.reservation.task));
    assert_eq!(labels.collect::<Vec<_>>(), [(&Some("store".parse().unwrap()), &None); 3]);
}

#[test]
fn a_clock_that_was_set_back_makes_no_service_look_unused() {
    let later = |number, tag| Reservation { last_used_at: time(NOW + DAY), ..of_shop(number, tag) };
    let stored = [later(5003, "web"), of_shop(5004, "api")];
    let pair = group_request("/srv/a", &SHOP[..2]);
    for overwrite in [false, true] {
        let request = GroupRequest { overwrite, ..pair.clone() };
        let plan = planned_group(&Memory::of(&stored), &request, &policy(5000, 5009), (&[], &[])).unwrap();
        let used: Vec<_> = plan.answer.iter().map(|assigned| assigned.reservation.last_used_at).collect();
        assert_eq!(used, [time(NOW + DAY), time(NOW)]);
        assert!(told(&plan).is_empty());
    }
}
