//! Services, and which of them make a group.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use trop_model::{
    Claims, Clash, Contested, GroupSpec, InvalidGroup, Member, Misfit, PortRange, Service, find_clashes,
    find_misfits,
};

/// Services written as `tag offset preferred VARIABLE`, with `-` for no preferred port.
fn services(written: &[&str]) -> Vec<Service> {
    let service = |text: &&str| {
        let words: Vec<&str> = text.split(' ').collect();
        Service {
            tag: words[0].parse().unwrap(),
            offset: words[1].parse().unwrap(),
            preferred: (words[2] != "-").then(|| words[2].parse().unwrap()),
            variable: words[3].parse().unwrap(),
        }
    };
    written.iter().map(service).collect()
}

fn clashes_of(services: &[Service]) -> Vec<Clash> {
    find_clashes(&services.iter().map(Service::claims).collect::<Vec<_>>())
}

/// Every clash, and with it whether the services make a group.
#[track_caller]
fn check(written: &[&str], expected: &[&str]) {
    let services = services(written);
    let clashes = clashes_of(&services);
    assert_eq!(clashes.iter().map(Clash::to_string).collect::<Vec<_>>(), expected);
    let group = GroupSpec::new(None, services.clone());
    match clashes.into_iter().next() {
        Some(first) => assert_eq!(group, Err(InvalidGroup::Clash(first))),
        None => assert_eq!(group.unwrap().services(), services),
    }
}

#[test]
fn services_that_share_nothing_make_a_group() {
    check(&["web 0 - WEB"], &[]);
    check(&["web 0 5050 WEB", "api 1 5051 API", "db 100 - DB"], &[]);
    check(&["web 0 - WEB", "api 1 - API", "Web 2 - WEB2"], &[]);
    check(&["web 65534 65535 WEB", "api 0 1 API"], &[]);
}

#[test]
fn each_thing_that_two_services_share_is_a_clash() {
    check(&["web 0 - A", "web 1 - B"], &["web and web have the same tag"]);
    check(&["web 1 - WEB", "api 1 - API"], &["web and api have the same offset"]);
    check(&["web 0 5050 WEB", "api 1 5050 API"], &["web and api have the same preferred port"]);
    check(&["web 0 - WEB", "api 1 - WEB"], &["web and api have the same variable"]);
    check(&["web 0 - Web", "api 1 - wEB"], &["web and api have the same variable"]);
    check(&["web 0 - A_", "api 1 - A"], &[]);
}

#[test]
fn a_preferred_port_that_nobody_names_is_not_shared() {
    check(&["web 0 - WEB", "api 1 - API"], &[]);
    check(&["web 0 5000 WEB", "api 5000 - API"], &[]);
}

#[test]
fn every_clash_is_found_with_the_first_that_wants_the_same() {
    check(
        &["a 0 5 A", "b 1 5 B", "c 0 5 a", "d 1 - D"],
        &[
            "a and b have the same preferred port",
            "a and c have the same offset",
            "a and c have the same preferred port",
            "a and c have the same variable",
            "b and d have the same offset",
        ],
    );
}

#[test]
fn a_clash_tells_what_and_who() {
    let found = clashes_of(&services(&["web 3 - WEB", "api 3 - API"]));
    let expected = Clash { over: Contested::Offset, first: member(0, "web"), second: member(1, "api") };
    assert_eq!(found, [expected]);
}

#[test]
fn what_is_not_known_clashes_with_nothing() {
    let nothing = |tag| Claims { tag, offset: None, preferred: None, variable: None };
    let offset = |tag| Claims { offset: Some(1), ..nothing(tag) };
    assert_eq!(find_clashes(&[nothing("a"), nothing("b")]), []);
    let clashes = find_clashes(&[nothing("a"), offset("b"), offset("c")]);
    assert_eq!(clashes, [Clash { over: Contested::Offset, first: member(1, "b"), second: member(2, "c") }]);
}

#[test]
fn offsets_count_from_a_base_in_the_range() {
    #[track_caller]
    fn check(base: Option<u16>, offsets: &[u16], expected: &[Misfit]) {
        let range: PortRange = "5000..5009".parse().unwrap();
        let base = base.map(|base| base.to_string().parse().unwrap());
        assert_eq!(find_misfits(range, base, offsets), expected);
    }
    let base = |base: u16| Misfit::Base(base.to_string().parse().unwrap());
    let offset = |index, port| Misfit::Offset { index, port };
    check(None, &[9, 0], &[]);
    check(None, &[0, 10], &[offset(1, 5010)]);
    check(Some(5005), &[4, 5], &[offset(1, 5010)]);
    check(Some(4999), &[9, 10], &[base(4999), offset(1, 5010)]);
    check(Some(5010), &[9, 65_534], &[base(5010), offset(1, 70_534)]);
}

#[test]
fn a_group_is_not_empty() {
    assert_eq!(find_clashes(&[]), []);
    assert_eq!(GroupSpec::new(None, Vec::new()), Err(InvalidGroup::Empty));
    assert_eq!(InvalidGroup::Empty.to_string(), "a group has at least one service");
}

#[test]
fn a_group_keeps_its_base_and_the_order_of_its_services() {
    let listed = services(&["web 9 - WEB", "api 1 - API", "db 5 - DB"]);
    let base = "5000".parse().unwrap();
    let group = GroupSpec::new(Some(base), listed.clone()).unwrap();
    assert_eq!(group.base(), Some(base));
    assert_eq!(group.services(), listed);
}

fn member(index: usize, tag: &str) -> Member {
    Member { index, tag: tag.to_owned() }
}
