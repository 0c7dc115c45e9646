//! New groups: where their services go, and why they go nowhere.

use trop_allocation::Probe;
use trop_model::{Change, GroupSpec, Misfit, Port, Reservation};
use trop_ops::{
    CleanUp, Facts, GroupRequest, Labelling, Naming, Needs, OpsError, Policy, Prune, Remark, Step, plan_group,
};

use crate::memory::Memory;
use crate::samples::{
    DAY, Listed, NOW, assigned, check_group, excluding, group, group_request, looked_at, only, path,
    planned_group, policy, port, row, said_by_git, texts, time, told, unprobed_step,
};

const SHOP: [Listed<'_>; 3] = [("web", 0, 0), ("api", 1, 0), ("db", 4, 0)];
const PAIR: [Listed<'_>; 2] = [("web", 0, 0), ("api", 1, 0)];

fn from_base(base: u16, services: &[Listed<'_>]) -> GroupRequest {
    let group = GroupSpec::new(Some(port(base)), group(services).services().to_vec()).unwrap();
    GroupRequest { group, ..group_request("/srv/a", services) }
}

fn unused_for(days: i64, row: Reservation) -> Reservation {
    Reservation { last_used_at: time(NOW - days * DAY - 1), ..row }
}

#[test]
fn a_new_group_takes_the_lowest_base_at_which_every_service_has_a_port() {
    let shop = group_request("/srv/a", &SHOP);
    check_group(&[], &shop, &policy(5000, 5009), &[], (&[5000, 5001, 5004], &[]));
    check_group(&[], &shop, &policy(5000, 5004), &[], (&[5000, 5001, 5004], &[]));
    let other = [row(5001, "/srv/b", "web")];
    check_group(&other, &shop, &policy(5000, 5009), &[], (&[5002, 5003, 5006], &[]));
    check_group(&[], &shop, &policy(5000, 5009), &[5004], (&[5001, 5002, 5005], &[]));
    let excluding = excluding(&["5004..5005"], policy(5000, 5009));
    check_group(&[], &shop, &excluding, &[], (&[5002, 5003, 5006], &[]));
}

#[test]
fn the_search_begins_at_the_base_that_is_listed_and_never_goes_below() {
    check_group(&[], &from_base(5003, &SHOP), &policy(5000, 5009), &[], (&[5003, 5004, 5007], &[]));
    check_group(&[], &from_base(5003, &SHOP), &policy(5000, 5009), &[5003], (&[5004, 5005, 5008], &[]));
    check_exhausted(
        &from_base(5005, &SHOP),
        &policy(5000, 5009),
        &[],
        &[5005],
        &[("web", 0, 0, 1), ("api", 0, 0, 0), ("db", 0, 0, 0)],
    );
}

#[test]
fn a_preferred_port_that_can_be_had_is_taken_and_stands_in_the_way_of_the_others() {
    let check = |services: &[Listed<'_>], expected: &[u16]| {
        check_group(&[], &group_request("/srv/a", services), &policy(5000, 5009), &[], (expected, &[]));
    };
    check(&[("web", 0, 8080), ("api", 1, 0)], &[8080, 5001]);
    check(&[("web", 0, 8080), ("api", 1, 8081)], &[8080, 8081]);
    check(&[("web", 0, 5001), ("api", 1, 0)], &[5001, 5002]);
    check(&[("web", 0, 0), ("api", 1, 5000)], &[5001, 5000]);
}

#[test]
fn a_preferred_port_that_cannot_be_had_is_told_with_its_holder() {
    let request = group_request("/srv/a", &[("web", 0, 8080), ("api", 1, 0)]);
    let check = |stored: &[Reservation], policy: &Policy, in_use: &[u16], reason: &str| {
        let said = format!("port 8080 for web cannot be had: it is {reason}; 5000 comes in its place");
        check_group(stored, &request, policy, in_use, (&[5000, 5001], &[&said]));
    };
    check(&[], &policy(5000, 5009), &[8080], "in use");
    check(&[], &excluding(&["8080"], policy(5000, 5009)), &[], "excluded");
    check(&[row(8080, "/srv/b", "x")], &policy(5000, 5009), &[], "reserved for /srv/b (tag x)");
    check(&[row(8080, "/srv/a", "")], &policy(5000, 5009), &[], "reserved for /srv/a");
}

#[test]
fn what_is_ignored_is_ignored_for_preferred_ports_alone() {
    let services = [("web", 0, 8080), ("api", 1, 0)];
    let ignoring =
        GroupRequest { ignore_occupied: true, ignore_exclusions: true, ..group_request("/srv/a", &services) };
    let policy = excluding(&["5001", "8080"], policy(5000, 5009));
    check_group(&[], &ignoring, &policy, &[5002, 8080], (&[8080, 5003], &[]));
    let occupied = GroupRequest { ignore_exclusions: false, ..ignoring.clone() };
    let excluded = "port 8080 for web cannot be had: it is excluded; 5003 comes in its place";
    check_group(&[], &occupied, &policy, &[5002, 8080], (&[5003, 5004], &[excluded]));
    let reserved = "port 8080 for web cannot be had: it is reserved for /srv/b; 5003 comes in its place";
    check_group(&[row(8080, "/srv/b", "")], &ignoring, &policy, &[5002], (&[5003, 5004], &[reserved]));
}

#[test]
fn one_service_alone_goes_where_the_others_still_fit_later() {
    let pair = group_request("/srv/a", &PAIR);
    check_group(&[], &only("web", &pair), &policy(5000, 5009), &[5001], (&[5002], &[]));
    let web = [row(5002, "/srv/a", "web")];
    check_group(&web, &only("api", &pair), &policy(5000, 5009), &[5001], (&[5003], &[]));
    // The preferred port of another one is kept free for it.
    let preferring = group_request("/srv/a", &[("web", 0, 0), ("api", 1, 5000)]);
    check_group(&[], &only("web", &preferring), &policy(5000, 5009), &[], (&[5001], &[]));
}

#[test]
fn one_service_alone_hears_of_nothing_but_itself() {
    let preferring = group_request("/srv/a", &[("web", 0, 8080), ("api", 1, 8081)]);
    let said = "port 8081 for api cannot be had: it is in use; 5001 comes in its place";
    check_group(&[], &only("api", &preferring), &policy(5000, 5009), &[8080, 8081], (&[5001], &[said]));

    let pair = group_request("/srv/a", &PAIR);
    let said = "no better place was left for the group: web browsers refuse to open 5060";
    check_group(&[], &only("api", &pair), &policy(5059, 5060), &[], (&[5060], &[said]));
    check_group(&[], &only("web", &pair), &policy(5059, 5060), &[], (&[5059], &[]));
    let plan = planned_group(&Memory::default(), &only("web", &pair), &policy(5000, 5001), (&[], &[5001]));
    assert!(told(&plan.unwrap()).is_empty());
}

#[test]
fn a_group_without_a_place_has_what_is_gone_or_expired_cleaned_up() {
    let full = [
        row(5000, "/srv/alive", ""),
        row(5001, "/srv/gone", ""),
        unused_for(30, row(5002, "/srv/old", "")),
        row(5003, "/srv/alive", "web"),
    ];
    #[track_caller]
    fn check(full: &[Reservation], prune: Prune, expire_after_days: Option<u32>, expected: Option<&[u16]>) {
        let clean_up = CleanUp { prune, expire_after_days };
        let policy = Policy { clean_up, ..policy(5000, 5003) };
        let pair = group_request("/srv/a", &PAIR);
        match expected {
            Some(expected) => check_group(full, &pair, &policy, &[], (expected, &[])),
            None => {
                let refused = planned_group(&Memory::of(full), &pair, &policy, (&[], &[]));
                assert!(matches!(refused, Err(OpsError::GroupExhausted(_))), "{refused:?}");
            }
        }
    }
    check(&full, Prune::Gone, Some(30), Some(&[5001, 5002]));
    check(&full, Prune::Gone, None, None);
    check(&full, Prune::Nothing, Some(30), None);
    check(&full, Prune::Nothing, None, None);
    check(&full[..2], Prune::Nothing, None, Some(&[5002, 5003]));
}

#[test]
fn a_clean_up_frees_no_preferred_port_and_searches_with_those_that_could_be_had() {
    let stored = [row(5000, "/srv/gone", ""), row(8080, "/srv/gone", "web")];
    let services = [("web", 0, 8080), ("api", 1, 8081), ("db", 2, 0)];
    let said =
        "port 8080 for web cannot be had: it is reserved for /srv/gone (tag web); 5000 comes in its place";
    check_group(
        &stored,
        &group_request("/srv/a", &services),
        &policy(5000, 5002),
        &[],
        (&[5000, 8081, 5002], &[said]),
    );
}

#[test]
fn a_preferred_port_that_could_be_had_is_not_probed_again_after_a_clean_up() {
    let stored = row(5000, "/srv/gone", "");
    let facts = Facts {
        directories: Some(vec![looked_at(stored.clone())]),
        labels: Some(said_by_git(path("/srv/a"))),
        ..Facts::at(time(NOW))
    };
    let mut probed = Vec::new();
    let mut probe = |port: Port| {
        probed.push(port.get());
        Ok(Probe::Free)
    };
    let request = group_request("/srv/a", &[("web", 1, 8080), ("api", 0, 0)]);
    let policy = policy(5000, 5001);
    let taken = [stored, row(5001, "/srv/b", "")];
    let step = plan_group(&Memory::of(&taken), &facts, &request, &policy, &mut probe).unwrap();
    assert!(matches!(step, Step::Do(_)), "{step:?}");
    assert_eq!(probed, [8080, 5000]);
}

#[test]
fn a_clean_up_spares_the_group_itself() {
    let services = [("web", 0, 8080), ("api", 1, 0)];
    let stored = [
        unused_for(60, row(8080, "/srv/a", "web")),
        unused_for(60, row(5000, "/srv/old", "")),
        unused_for(60, row(5001, "/srv/a", "other")),
    ];
    for request in [
        group_request("/srv/a", &services),
        only("api", &group_request("/srv/a", &services)),
        GroupRequest { overwrite: true, ..group_request("/srv/a", &services) },
    ] {
        let memory = Memory::of(&stored);
        let plan = planned_group(&memory, &request, &policy(5000, 5001), (&[], &[])).unwrap();
        assert_eq!(assigned(&memory, &plan).last(), Some(&5001));
        let removal = |change: &&Change| matches!(change, Change::Remove { .. });
        let removed: Vec<u16> =
            plan.changes.iter().filter(removal).map(|change| change.row().port.get()).collect();
        assert_eq!(removed, [5001, 5000]);
    }
}

#[test]
fn last_come_the_places_that_browsers_refuse_and_then_those_that_linger() {
    #[track_caller]
    fn check(stored: &[Reservation], policy: &Policy, lingering: &[u16], expected: (&[u16], &[&str])) {
        let memory = Memory::of(stored);
        let plan = planned_group(&memory, &group_request("/srv/a", &PAIR), policy, (&[], lingering)).unwrap();
        let said: Vec<String> = told(&plan).into_iter().map(Remark::message).collect();
        assert_eq!((assigned(&memory, &plan).as_slice(), said), (expected.0, texts(expected.1)));
    }
    let refused = "no better place was left for the group: web browsers refuse to open 5060";
    let lingers = "no better place was left for the group: a closed connection still lingers on 5058";
    let both = "no better place was left for the group: web browsers refuse to open 5060, \
                and a closed connection still lingers on 5059";
    check(&[], &policy(5058, 5061), &[], (&[5058, 5059], &[]));
    check(&[], &policy(5058, 5061), &[5058], (&[5059, 5060], &[refused]));
    check(
        &[],
        &policy(5058, 5060),
        &[5058, 5059],
        (
            &[5058, 5059],
            &["no better place was left for the group: a closed connection still lingers on 5058, 5059"],
        ),
    );
    check(&[], &policy(5058, 5059), &[5058], (&[5058, 5059], &[lingers]));
    check(&[], &policy(5059, 5060), &[5059], (&[5059, 5060], &[both]));
    check(&[row(5058, "/srv/b", "")], &policy(5058, 5060), &[], (&[5059, 5060], &[refused]));
    check(&[row(5058, "/srv/gone", "")], &policy(5058, 5060), &[], (&[5058, 5059], &[]));
    let careless = Policy { avoid_browser_blocked_ports: false, ..policy(5060, 5062) };
    check(&[], &careless, &[], (&[5060, 5061], &[]));
}

#[test]
fn a_preferred_port_may_be_one_that_browsers_refuse() {
    let request = group_request("/srv/a", &[("web", 0, 6000), ("api", 1, 0)]);
    check_group(&[], &request, &policy(5000, 5009), &[], (&[6000, 5001], &[]));
}

/// At how many bases each service had a port that was reserved, excluded or in use.
type Counted<'t> = (&'t str, u32, u32, u32);

#[track_caller]
fn check_exhausted(
    request: &GroupRequest,
    policy: &Policy,
    stored: &[Reservation],
    in_use: &[u16],
    expected: &[Counted<'_>],
) {
    let refused = planned_group(&Memory::of(stored), request, policy, (in_use, &[]));
    let Err(OpsError::GroupExhausted(none_left)) = refused else { panic!("{refused:?}") };
    let counted: Vec<Counted<'_>> = (none_left.blocked.iter())
        .map(|blocked| (blocked.service.as_str(), blocked.reserved, blocked.excluded, blocked.in_use))
        .collect();
    assert_eq!(counted, expected);
}

#[test]
fn where_no_place_is_left_each_service_counts_what_it_met() {
    let stored = [row(5001, "/srv/b", "")];
    let policy = excluding(&["5003"], policy(5000, 5005));
    let request = group_request("/srv/a", &[("db", 5, 8080), PAIR[0], PAIR[1]]);
    check_exhausted(&request, &policy, &stored, &[5005], &[("web", 1, 1, 0), ("api", 1, 1, 1)]);
    check_exhausted(&only("db", &request), &policy, &stored, &[5005], &[("web", 1, 1, 0), ("api", 1, 1, 1)]);
    // The second search counts anew.
    let stored = [row(5005, "/srv/gone", "")];
    let last = group_request("/srv/a", &[("db", 5, 0)]);
    check_exhausted(&last, &policy, &stored, &[5005], &[("db", 0, 0, 1)]);
}

#[test]
fn where_no_place_is_left_the_clean_up_tells_what_it_kept() {
    let stored = [row(5000, "/mnt/unmounted", ""), row(5001, "/srv/gone", "")];
    let request = group_request("/srv/a", &PAIR);
    let refused = planned_group(&Memory::of(&stored), &request, &policy(5000, 5001), (&[], &[])).unwrap_err();
    assert!(matches!(refused.remarks(), [Remark::KeptWhileUncertain { .. }]), "{refused:?}");
}

#[test]
fn a_group_that_can_never_fit_is_told_so_before_any_probe() {
    #[track_caller]
    fn check(request: &GroupRequest, expected: &[Misfit]) {
        let facts = Facts { labels: Some(said_by_git(path("/srv/a"))), ..Facts::at(time(NOW)) };
        match unprobed_step(&[], request, &facts) {
            Err(OpsError::GroupDoesNotFit { misfits, .. }) => assert_eq!(misfits, expected),
            other => panic!("{other:?}"),
        }
    }
    check(&from_base(4999, &PAIR), &[Misfit::Base(port(4999))]);
    check(&from_base(5010, &PAIR), &[Misfit::Base(port(5010))]);
    check(&from_base(5009, &PAIR), &[Misfit::Offset { index: 1, port: 5010 }]);
    let far = group_request("/srv/a", &[("web", 10, 0), ("api", 9, 0), ("db", 65_000, 8080)]);
    check(&far, &[Misfit::Offset { index: 0, port: 5010 }, Misfit::Offset { index: 2, port: 70_000 }]);
}

#[test]
fn new_rows_have_the_labels_of_their_directory() {
    let request = group_request("/srv/a", &PAIR);
    let asked = unprobed_step(&[], &request, &Facts::at(time(NOW))).unwrap();
    assert!(matches!(&asked, Step::Needs(Needs::Labels(of)) if *of == path("/srv/a")), "{asked:?}");

    let labels = |labelling: Labelling| {
        let request = GroupRequest { labelling, ..request.clone() };
        let plan = planned_group(&Memory::default(), &request, &policy(5000, 5009), (&[], &[])).unwrap();
        let rows = plan.answer.into_iter().map(|assigned| assigned.reservation);
        rows.map(|row| [row.project.map(|it| it.to_string()), row.task.map(|it| it.to_string())])
            .collect::<Vec<_>>()
    };
    let both = |project: &str, task: &str| vec![[Some(project.to_owned()), Some(task.to_owned())]; 2];
    assert_eq!(labels(request.labelling.clone()), both("git-project", "git-task"));
    let shop = Naming::Named { label: "shop".parse().unwrap(), may_change: false };
    let main = Naming::Unnamed { otherwise: Some("main".parse().unwrap()) };
    assert_eq!(labels(Labelling { project: shop, task: main }), both("shop", "main"));
}

#[test]
fn a_label_that_would_change_is_refused_before_any_port_is_judged() {
    let labelling = Labelling {
        project: Naming::Named { label: "store".parse().unwrap(), may_change: false },
        task: Naming::Cleared { may_change: false },
    };
    let stored = [row(5001, "/srv/a", "api")];
    let request = GroupRequest { labelling, ..group_request("/srv/a", &PAIR) };
    for request in [request.clone(), GroupRequest { overwrite: true, ..request.clone() }] {
        let refused = unprobed_step(&stored, &request, &Facts::at(time(NOW))).unwrap_err();
        assert_eq!(refused.to_string(), "/srv/a (tag api) has project shop already, not store");
    }
    // Those that nobody asked for have no say.
    check_group(&stored, &only("web", &request), &policy(5000, 5009), &[], (&[5000], &[]));
}
