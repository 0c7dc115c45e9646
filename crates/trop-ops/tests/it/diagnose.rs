//! Health, judged by what is known: for each check what is well, what is not, and what helps.

use trop_model::{Exclusions, PortRange, Reservation};
use trop_ops::{
    Check, CheckStatus, CleanUp, Concern, DatabaseState, DirectoryState, Exposed, HealthFacts, Prune, Remedy,
    ServedElsewhere, Servers, Unwritable, diagnose,
};

use crate::samples::{DAY, NOW, key, looked_at, path, port, row, time};

/// Everything is well, and nothing is reserved.
fn well() -> HealthFacts {
    HealthFacts {
        now: time(NOW),
        data_directory: path("/home/ada/.trop"),
        directory_state: DirectoryState::There,
        other_owner: None,
        network_file_system: None,
        exposed: Some(Exposed::default()),
        unwritable: None,
        database: DatabaseState::Current,
        reservations: Some(Vec::new()),
        range: ports(5000, 5009),
        exclusions: Exclusions::default(),
        avoid_browser_blocked_ports: true,
        expire_after_days: 30,
        ephemeral_ports: Some(ports(32_768, 60_999)),
        servers: Some(Servers::default()),
    }
}

fn ports(first: u16, last: u16) -> PortRange {
    PortRange::new(port(first), port(last)).unwrap()
}

fn blocked(in_place: bool, obstacle: &str) -> DirectoryState {
    DirectoryState::Blocked { in_place, obstacle: obstacle.to_owned() }
}

fn exposed(own: &[&str]) -> Exposed {
    Exposed { own: own.iter().map(Into::into).collect(), common_directory: None }
}

fn with_rows(rows: impl IntoIterator<Item = Reservation>) -> HealthFacts {
    HealthFacts { reservations: Some(rows.into_iter().map(looked_at).collect()), ..well() }
}

fn with_rows_on(ports: impl IntoIterator<Item = u16>) -> HealthFacts {
    with_rows(ports.into_iter().map(|port| row(port, &format!("/srv/{port}"), "")))
}

/// What is said of that concern. Everything else is well, as far as it can be known.
#[track_caller]
fn checked(facts: &HealthFacts, concern: Concern) -> Check {
    let mut checks = diagnose(facts);
    let others = checks.iter().filter(|check| check.concern != concern);
    for other in others {
        assert_ne!(other.status, CheckStatus::Problem, "{other:?}");
    }
    let index = checks.iter().position(|check| check.concern == concern).unwrap();
    checks.swap_remove(index)
}

#[track_caller]
fn check(facts: &HealthFacts, concern: Concern, status: CheckStatus, message: &str, remedy: Option<Remedy>) {
    let checked = checked(facts, concern);
    assert_eq!((checked.status, checked.message.as_str(), &checked.remedy), (status, message, &remedy));
}

use CheckStatus::{Ok, Problem, Unknown};

#[test]
fn every_check_is_always_made_in_the_same_order() {
    let names = |facts: &HealthFacts| -> Vec<&str> {
        diagnose(facts).iter().map(|check| check.concern.name()).collect()
    };
    let all = names(&well());
    assert_eq!(all.len(), 9);
    assert_eq!(names(&HealthFacts { reservations: None, ..well() }), all);
    assert!(diagnose(&well()).iter().all(|check| check.status == Ok && check.remedy.is_none()));
}

#[test]
fn a_problem_has_a_remedy_and_what_is_well_has_none() {
    let bad = HealthFacts {
        directory_state: blocked(true, "/home/ada/.trop is not a directory"),
        network_file_system: Some("nfs"),
        exposed: Some(exposed(&["/home/ada/.trop"])),
        database: DatabaseState::Busy("locked".to_owned()),
        ephemeral_ports: Some(ports(1, 65_535)),
        servers: Some(served(0)),
        ..with_rows_on((5000..=5009).chain([6000]))
    };
    let gone = row(7000, "/srv/gone", "");
    let reservations = bad.reservations.into_iter().flatten().chain([looked_at(gone)]).collect();
    for Check { concern, status, remedy, .. } in
        diagnose(&HealthFacts { reservations: Some(reservations), ..bad })
    {
        assert_ne!((concern, status), (concern, Ok));
        assert!(remedy.is_some(), "{concern:?}");
    }
}

#[test]
fn where_the_data_directory_is_and_whose() {
    let check = |directory_state: DirectoryState, owner: Option<&str>, status, message: &str, remedy| {
        let facts = HealthFacts { directory_state, other_owner: owner.map(str::to_owned), ..well() };
        check(&facts, Concern::DataDirectory, status, message, remedy);
    };
    let as_owner = || Some(Remedy::RunAsOwner("bob".to_owned()));
    check(DirectoryState::There, None, Ok, "/home/ada/.trop is there", None);
    let not_yet = "/home/ada/.trop is not there yet; the first reservation makes it";
    check(DirectoryState::Absent, None, Ok, not_yet, None);
    check(DirectoryState::There, Some("bob"), Problem, "/home/ada/.trop belongs to bob", as_owner());
    let not_ours = "/home/ada/.trop is not there, and its place belongs to bob";
    check(DirectoryState::Absent, Some("bob"), Problem, not_ours, as_owner());
    let clear = Some(Remedy::ClearThePlace);
    let file = "/home/ada/.trop is not a directory";
    check(blocked(true, file), None, Problem, file, clear.clone());
    let below = "/home/ada/.trop cannot be made: /home/ada is a link that leads nowhere";
    check(blocked(false, "/home/ada is a link that leads nowhere"), None, Problem, below, clear);
    let hidden = DirectoryState::Unknown("Permission denied".to_owned());
    let unseen = "/home/ada/.trop cannot be looked at (Permission denied)";
    check(hidden, None, Problem, unseen, Some(Remedy::MendPermissions));
}

#[test]
fn a_network_file_system_is_a_problem() {
    check(
        &HealthFacts { network_file_system: Some("nfs"), ..well() },
        Concern::FileSystem,
        Problem,
        "the data directory lies on a network file system (nfs), and belongs to one machine alone",
        Some(Remedy::MoveDataDirectory),
    );
}

#[test]
fn permissions_are_neither_too_wide_nor_too_narrow() {
    let check_exposed = |exposed: Exposed, details: &[&str]| {
        let facts = HealthFacts { exposed: Some(exposed.clone()), ..well() };
        let found = checked(&facts, Concern::Permissions);
        assert_eq!((found.status, found.remedy), (Problem, Some(Remedy::KeepOthersOut(exposed))));
        assert_eq!(found.details, details);
    };
    check_exposed(exposed(&["/a", "/b"]), &["/a", "/b"]);
    let in_common = Exposed { common_directory: Some("/tmp".into()), ..exposed(&["/tmp/trop.db"]) };
    check_exposed(in_common, &["/tmp/trop.db", "/tmp"]);
    check_exposed(Exposed { common_directory: Some("/tmp".into()), ..exposed(&[]) }, &["/tmp"]);
    check(
        &HealthFacts { exposed: None, ..well() },
        Concern::Permissions,
        Ok,
        "nothing is stored there from which to keep group and others out",
        None,
    );
    for (is_something_in_the_way, remedy) in [(false, Remedy::MendPermissions), (true, Remedy::ClearThePlace)]
    {
        let unwritable = Unwritable { why: "cannot write /a".to_owned(), is_something_in_the_way };
        check(
            &HealthFacts { unwritable: Some(unwritable), ..well() },
            Concern::Permissions,
            Problem,
            "nothing can be reserved: cannot write /a",
            Some(remedy),
        );
    }
}

#[test]
fn what_is_wrong_with_a_database_is_told_of_it_alone() {
    let state = |database: DatabaseState, reservations| HealthFacts { database, reservations, ..well() };
    let absent = state(DatabaseState::Absent, Some(Vec::new()));
    check(&absent, Concern::Database, Ok, "there is no database yet; the first reservation makes it", None);
    let older = checked(&state(DatabaseState::Older(1), Some(Vec::new())), Concern::Database);
    assert!(older.status == Ok && older.message.contains("older layout 1"), "{older:?}");
    let busy = state(DatabaseState::Busy("locked".to_owned()), None);
    check(&busy, Concern::Database, Unknown, "locked", Some(Remedy::Wait));
    let unusable = state(
        DatabaseState::Unusable {
            message: "it is damaged".to_owned(),
            details: vec!["page 2".to_owned()],
            help: "begin anew".to_owned(),
            can_start_over: true,
        },
        None,
    );
    let remedy = Remedy::MendDatabase { help: "begin anew".to_owned(), can_start_over: true };
    check(&unusable, Concern::Database, Problem, "it is damaged", Some(remedy));
    let of_rows =
        [Concern::Range, Concern::BrowserPorts, Concern::StaleReservations, Concern::ServedElsewhere];
    for check in diagnose(&unusable).iter().filter(|check| of_rows.contains(&check.concern)) {
        assert_eq!((check.status, check.message.as_str()), (Unknown, "what is reserved cannot be read"));
    }
}

#[test]
fn a_range_is_full_at_ninety_in_a_hundred_of_what_can_be_handed_out() {
    let check = |facts: HealthFacts, status, message: &str| {
        let (are_reserved, are_excluded) = (!message.contains(", 0 are"), message.contains("excluded"));
        let remedy = (status == Problem).then_some(Remedy::MakeRoom { are_reserved, are_excluded });
        check(&facts, Concern::Range, status, message, remedy);
    };
    let of_ten = |reserved: u16| {
        format!("of 10 ports that can be handed out from 5000..5009, {reserved} are reserved")
    };
    check(with_rows_on([]), Ok, &of_ten(0));
    check(with_rows_on(5000..=5007), Ok, &of_ten(8));
    check(with_rows_on(5000..=5008), Problem, &of_ten(9));
    check(with_rows_on((5000..=5007).chain([4999, 5010])), Ok, &of_ten(8));
    let excluding = |first, last| [ports(first, last)].into_iter().collect::<Exclusions>();
    let eight_excluded = HealthFacts { exclusions: excluding(5000, 5007), ..with_rows_on(5000..=5008) };
    check(
        eight_excluded,
        Ok,
        "of 2 ports that can be handed out from 5000..5009 (8 excluded), 1 is reserved",
    );
    let all_excluded = HealthFacts { exclusions: excluding(1, 9999), ..well() };
    let none_left = "of 0 ports that can be handed out from 5000..5009 (10 excluded), 0 are reserved";
    check(all_excluded, Problem, none_left);
}

#[test]
fn the_ports_of_connections_lie_outside_of_the_range() {
    let check = |ephemeral, status, message: &str, remedy| {
        let facts = HealthFacts { ephemeral_ports: ephemeral, ..well() };
        check(&facts, Concern::EphemeralPorts, status, message, remedy);
    };
    let from = |range: PortRange| format!("the system takes the ports of connections from {range}, and ");
    for apart in [ports(5010, 6000), ports(4000, 4999)] {
        check(Some(apart), Ok, &(from(apart) + "none from 5000..5009"), None);
    }
    for (range, both) in [(ports(5009, 6000), 1), (ports(4000, 5001), 2), (ports(1, 65_535), 10)] {
        let message = format!("{}{both} of them can be handed out from 5000..5009", from(range));
        check(Some(range), Problem, &message, Some(Remedy::MoveRange { out_of: range }));
    }
    let unknown = "the system does not tell from which ports it takes those of connections";
    check(None, Unknown, unknown, None);
    let excluded = HealthFacts {
        exclusions: [ports(5000, 5009)].into_iter().collect(),
        ephemeral_ports: Some(ports(1, 65_535)),
        ..well()
    };
    let of_excluded = diagnose(&excluded).into_iter().find(|check| check.concern == Concern::EphemeralPorts);
    assert_eq!(of_excluded.unwrap().status, Ok);
}

#[test]
fn ports_that_browsers_refuse_are_named() {
    let facts = || with_rows([row(6000, "/srv/a", "web"), row(5001, "/srv/b", "")]);
    let refused = checked(&facts(), Concern::BrowserPorts);
    assert_eq!((refused.status, refused.details), (Problem, vec!["port 6000: /srv/a (tag web)".to_owned()]));
    assert_eq!(refused.remedy, Some(Remedy::GiveBack(vec![key("/srv/a", "web")])));
    let allowed =
        checked(&HealthFacts { avoid_browser_blocked_ports: false, ..facts() }, Concern::BrowserPorts);
    assert_eq!((allowed.status, allowed.details.len(), allowed.remedy), (Ok, 1, None));
}

#[test]
fn what_is_stale_goes_by_the_command_that_removes_no_more() {
    let used = |days: i64, row: Reservation| Reservation { last_used_at: time(NOW - days * DAY), ..row };
    let (gone, old) = (row(5000, "/srv/gone", ""), used(31, row(5001, "/srv/old", "")));
    let both = used(31, row(5002, "/srv/both/gone", "web"));
    let check = |rows: Vec<Reservation>, count: usize, prune, expire_after_days| {
        let stale = checked(&with_rows(rows), Concern::StaleReservations);
        let remedy = Remedy::CleanUp(CleanUp { prune, expire_after_days });
        assert_eq!((stale.status, stale.details.len(), stale.remedy), (Problem, count, Some(remedy)));
    };
    check(vec![gone.clone()], 1, Prune::Gone, None);
    check(vec![both.clone()], 1, Prune::Gone, None);
    check(vec![old.clone()], 1, Prune::Nothing, Some(30));
    check(vec![gone, old, both], 3, Prune::Gone, Some(30));
    let daily = HealthFacts { expire_after_days: 1, ..with_rows([used(2, row(5000, "/srv/old", ""))]) };
    let details = checked(&daily, Concern::StaleReservations).details;
    assert_eq!(details, ["port 5000: /srv/old: not used for more than 1 day"]);
    let alive = with_rows([used(30, row(5000, "/srv/a", "")), used(-1, row(5001, "/srv/b", ""))]);
    assert_eq!(checked(&alive, Concern::StaleReservations).status, Ok);
}

#[test]
fn what_is_kept_while_uncertain_is_named_and_is_no_problem() {
    let kept = checked(
        &with_rows([row(5000, "/mnt/unmounted", ""), row(5001, "/srv/hidden", "web")]),
        Concern::StaleReservations,
    );
    assert_eq!(kept.status, Ok);
    assert_eq!(
        kept.details,
        [
            "port 5000: /mnt/unmounted: kept, since it is not found, but all that is left above it is /mnt, so a disk may just not be mounted",
            "port 5001: /srv/hidden (tag web): kept, since it cannot be looked at (permission denied)",
        ]
    );
}

fn served(hidden: usize) -> Servers {
    let process = "process 9 (node) in /tmp".to_owned();
    let elsewhere = vec![ServedElsewhere { key: key("/srv/a", ""), port: port(5000), process }];
    Servers { elsewhere, hidden }
}

#[test]
fn ports_that_are_served_from_elsewhere_are_named() {
    let elsewhere =
        checked(&HealthFacts { servers: Some(served(1)), ..with_rows_on([5000]) }, Concern::ServedElsewhere);
    assert_eq!(elsewhere.status, Problem);
    assert_eq!(elsewhere.details, ["port 5000: /srv/a: served by process 9 (node) in /tmp"]);
    assert_eq!(elsewhere.remedy, Some(Remedy::StopOrGiveBack(vec![key("/srv/a", "")])));
    check(
        &HealthFacts { servers: None, ..well() },
        Concern::ServedElsewhere,
        Unknown,
        "the system does not tell who listens on which port",
        None,
    );
    let one = "a reserved port is served from elsewhere; of 1 it cannot be seen from where it is served";
    assert_eq!(elsewhere.message, one);
    for (hidden, more) in [
        (0, ""),
        (1, "; of 1 it cannot be seen from where it is served"),
        (2, "; of 2 it cannot be seen from where they are served"),
    ] {
        let facts = HealthFacts { servers: Some(Servers { elsewhere: vec![], hidden }), ..well() };
        let message = format!("no reserved port is seen to be served from elsewhere{more}");
        check(&facts, Concern::ServedElsewhere, Ok, &message, None);
    }
}
