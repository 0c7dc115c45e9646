//! One table for each rule of the search for a new group.

use trop_allocation::{
    Blocked, GroupChoice, GroupExhausted, Preferred, PreferredRefusal, Wish, allocate_group,
};

use crate::picture::{FIRST, draw};
use crate::world::{NotPermitted, port, preferred, range, wish, wish_for};

/// Wishes with these offsets and no preferred port.
fn apart(offsets: &[u16]) -> Vec<Wish> {
    offsets.iter().copied().map(wish).collect()
}

/// Searches the picture from its first port.
#[track_caller]
fn check(picture: &str, wishes: &[Wish], choice: &GroupChoice) {
    check_from(picture, FIRST, wishes, choice);
}

#[track_caller]
fn check_from(picture: &str, first_base: u16, wishes: &[Wish], choice: &GroupChoice) {
    let (range, mut world) = draw(picture, FIRST);
    let answer = allocate_group(range, port(first_base), wishes, &mut world);
    assert_eq!(answer.map(|allocation| allocation.choice).as_ref(), Ok(choice), "{picture}");
}

fn regular(base: u16) -> GroupChoice {
    GroupChoice::Regular(port(base))
}

fn last_resort(base: u16, lingering: &[u16]) -> GroupChoice {
    let lingering = lingering.iter().copied().map(port).collect();
    GroupChoice::LastResort { base: port(base), lingering }
}

/// That range without a base; what blocks is given as wish, reserved, excluded, in use.
fn exhausted(last: u16, first_base: u16, bases: u32, blocked: &[(usize, u32, u32, u32)]) -> GroupChoice {
    let blocked = blocked.iter().map(|&(wish, reserved, excluded, in_use)| Blocked {
        wish,
        reserved,
        excluded,
        in_use,
    });
    GroupChoice::Exhausted(GroupExhausted {
        range: range(FIRST, last),
        first_base: port(first_base),
        bases,
        blocked: blocked.collect(),
    })
}

#[test]
fn the_lowest_base_with_all_ports_free_comes_next() {
    check("[.]", &apart(&[0]), &regular(5001));
    check("[...]", &apart(&[0, 1, 2]), &regular(5001));
    check("[...]", &apart(&[2, 0]), &regular(5001));
    check("[r...]", &apart(&[0, 1]), &regular(5002));
    check("[.r..]", &apart(&[0, 1]), &regular(5003));
    check("[.x..]", &apart(&[0, 1]), &regular(5003));
    check("[.u..]", &apart(&[0, 1]), &regular(5003));
    check("[.l..]", &apart(&[0, 1]), &regular(5003));
    check("[.d..]", &apart(&[0, 1]), &regular(5003));
    check("[.r.r.]", &apart(&[0, 2]), &regular(5001));
}

#[test]
fn the_search_begins_at_the_first_base_and_stays_within_the_range() {
    check_from("[....]", 5002, &apart(&[0, 1]), &regular(5002));
    check_from("[.r..]", 5002, &apart(&[0, 1]), &regular(5003));
    check_from("[...rr]", 5004, &apart(&[0]), &exhausted(5005, 5004, 2, &[(0, 2, 0, 0)]));
    check_from("[..]", 5003, &apart(&[0]), &exhausted(5002, 5003, 0, &[(0, 0, 0, 0)]));
    check("..[...]", &apart(&[2, 3]), &regular(5001));
    check("..[...]", &apart(&[1, 2]), &regular(5002));
    check("..[...]", &apart(&[0, 1]), &regular(5003));
    check("..[...]", &apart(&[0, 2]), &regular(5003));
}

#[test]
fn a_pattern_that_fits_nowhere_has_no_base() {
    check("[..]", &apart(&[0, 2]), &exhausted(5002, 5001, 0, &[(0, 0, 0, 0), (1, 0, 0, 0)]));
    check("[..]", &apart(&[0, 5002]), &exhausted(5002, 5001, 0, &[(0, 0, 0, 0), (1, 0, 0, 0)]));
    check("[..]", &apart(&[65_535]), &exhausted(5002, 5001, 0, &[(0, 0, 0, 0)]));
}

#[test]
fn a_last_resort_is_free_but_discouraged_else_lingering_else_both() {
    check("[.d]", &apart(&[0, 1]), &last_resort(5001, &[]));
    check("[.l.d]", &apart(&[0, 1]), &last_resort(5003, &[]));
    check("[.Ll.]", &apart(&[0, 1]), &last_resort(5003, &[5003]));
    check("[.ll.]", &apart(&[0, 1]), &last_resort(5001, &[5002]));
    check("[ll]", &apart(&[1, 0]), &last_resort(5001, &[5002, 5001]));
    check("[ldl]", &apart(&[0, 1]), &last_resort(5001, &[5001]));
    check("[uLl]", &apart(&[0, 1]), &last_resort(5002, &[5002, 5003]));
}

#[test]
fn preferred_ports_that_can_be_had_leave_the_pattern() {
    let all = [wish_for(0, preferred(5003)), wish_for(1, preferred(5001))];
    check("[...]", &all, &GroupChoice::AllPreferred);

    let first = [wish_for(0, preferred(5003)), wish(1)];
    check("[...]", &first, &regular(5001));
    check("[...]", &[wish_for(7, preferred(5003)), wish(0)], &regular(5001));
    // 5002 is the preferred port of the other one.
    check("[...]", &[wish_for(7, preferred(5002)), wish(0), wish(1)], &exhausted_by_preferred());
    check("[....]", &[wish_for(7, preferred(5002)), wish(0), wish(1)], &regular(5003));
    // Listed later or had in spite of an exclusion, it is taken all the same.
    check("[....]", &[wish(0), wish(1), wish_for(7, preferred(5002))], &regular(5003));
    let insisting = Preferred { ignore_exclusions: true, ..preferred(5002) };
    check("[.x..]", &[wish_for(7, insisting), wish(0)], &regular(5001));
    check("[.x..]", &[wish_for(7, insisting), wish(1)], &regular(5002));
}

fn exhausted_by_preferred() -> GroupChoice {
    exhausted(5003, 5001, 2, &[(1, 1, 0, 0), (2, 1, 0, 0)])
}

#[test]
fn a_preferred_port_that_cannot_be_had_is_explained_and_the_wish_placed() {
    #[track_caller]
    fn check(picture: &str, refusal: PreferredRefusal, ports: [u16; 2]) {
        let (range, mut world) = draw(picture, FIRST);
        let wishes = [wish_for(0, preferred(5002)), wish(1)];
        let allocation = allocate_group(range, range.first(), &wishes, &mut world).expect("no probe fails");
        assert_eq!(allocation.preferred_refusals, [Some(refusal), None], "{picture}");
        assert_eq!(allocation.ports(&wishes), Some(ports.map(port).to_vec()), "{picture}");
    }
    check("[.r..]", PreferredRefusal::Reserved, [5003, 5004]);
    check("[.x..]", PreferredRefusal::Excluded, [5003, 5004]);
    check("[.u..]", PreferredRefusal::InUse, [5003, 5004]);
}

#[test]
fn a_port_that_two_prefer_goes_to_the_first() {
    let (range, mut world) = draw("[...]", FIRST);
    let wishes = [wish_for(0, preferred(5002)), wish_for(1, preferred(5002))];
    let allocation = allocate_group(range, range.first(), &wishes, &mut world).expect("no probe fails");
    assert_eq!(allocation.preferred_refusals, [None, Some(PreferredRefusal::Reserved)]);
    assert_eq!(allocation.ports(&wishes), Some([5002, 5003].map(port).to_vec()));
}

#[test]
fn the_ports_come_by_wish() {
    let (range, mut world) = draw("[....]", FIRST);
    let wishes = [wish(1), wish_for(5, preferred(5001)), wish(0)];
    let allocation = allocate_group(range, range.first(), &wishes, &mut world).expect("no probe fails");
    assert_eq!(allocation.ports(&wishes), Some([5003, 5001, 5002].map(port).to_vec()));
}

#[test]
fn a_base_counts_against_the_first_that_is_refused_else_the_first_in_use() {
    check("[rx.]", &apart(&[0, 1]), &exhausted(5003, 5001, 2, &[(0, 1, 1, 0), (1, 0, 0, 0)]));
    check("[.R.]", &apart(&[0, 1]), &exhausted(5003, 5001, 2, &[(0, 1, 0, 0), (1, 1, 0, 0)]));
    check("[.u.]", &apart(&[0, 1]), &exhausted(5003, 5001, 2, &[(0, 0, 0, 1), (1, 0, 0, 1)]));
    check("[ur]", &apart(&[0, 1]), &exhausted(5002, 5001, 1, &[(0, 0, 0, 0), (1, 1, 0, 0)]));
    check("[uu]", &apart(&[1, 0]), &exhausted(5002, 5001, 1, &[(0, 0, 0, 1), (1, 0, 0, 0)]));
    check("[lU]", &apart(&[0, 1]), &exhausted(5002, 5001, 1, &[(0, 0, 0, 0), (1, 0, 0, 1)]));
}

#[test]
fn only_candidates_are_probed_none_twice_and_one_in_use_settles_its_base() {
    #[track_caller]
    fn check(picture: &str, wishes: &[Wish], expected: &[u16]) {
        let (range, mut world) = draw(picture, FIRST);
        allocate_group(range, range.first(), wishes, &mut world).expect("no probe fails");
        let expected: Vec<_> = expected.iter().copied().map(port).collect();
        assert_eq!(world.probed, expected, "{picture}");
    }
    check("[...]", &apart(&[0, 1]), &[5001, 5002]);
    check("[...]", &apart(&[1, 0]), &[5002, 5001]);
    check("[.r..]", &apart(&[0, 1]), &[5003, 5004]);
    check("[u....]", &apart(&[0, 1]), &[5001, 5002, 5003]);
    check("[.u..]", &apart(&[0, 1]), &[5001, 5002, 5003, 5004]);
    check("[u.u..]", &apart(&[0, 2]), &[5001, 5002, 5004]);
    check("[.d..]", &apart(&[0, 1]), &[5003, 5004]);
    check("[.du]", &apart(&[0, 1]), &[5001, 5002]);
    check("[dl.]", &apart(&[0, 1]), &[5002, 5003, 5001]);

    check("[.u.]", &[wish_for(0, preferred(5002)), wish(1)], &[5002, 5001]);
    check("[..u]", &[wish_for(2, preferred(5003)), wish(0)], &[5003]);
    check("[..u]", &[wish(0), wish_for(2, preferred(5003))], &[5003, 5001]);
    check("[...]", &[wish_for(0, preferred(5001)), wish_for(1, preferred(5002))], &[5001, 5002]);
}

#[test]
fn the_error_of_a_probe_ends_the_search() {
    #[track_caller]
    fn check(picture: &str, wishes: &[Wish], probes_until_failure: usize, expected: u16) {
        let (range, mut world) = draw(picture, FIRST);
        world.probes_until_failure = Some(probes_until_failure);
        let answer = allocate_group(range, range.first(), wishes, &mut world);
        assert_eq!(answer, Err(NotPermitted(port(expected))), "{picture}");
        assert_eq!(world.probed.len(), probes_until_failure + 1, "{picture}");
    }
    check("[..]", &apart(&[0, 1]), 0, 5001);
    check("[..]", &apart(&[0, 1]), 1, 5002);
    check("[.d]", &apart(&[0, 1]), 1, 5002);
    check("[..]", &[wish(0), wish_for(1, preferred(5002))], 0, 5002);
}

#[test]
fn the_search_stays_within_the_lowest_and_the_highest_port() {
    #[track_caller]
    fn check(picture: &str, first: u16, offsets: &[u16], base: Option<u16>) {
        let (range, mut world) = draw(picture, first);
        let wishes = apart(offsets);
        let allocation = allocate_group(range, port(1), &wishes, &mut world).expect("no probe fails");
        let expected = base.map(|base| offsets.iter().map(|offset| port(base + offset)).collect::<Vec<_>>());
        assert_eq!(allocation.ports(&wishes), expected, "{picture} {offsets:?}");
    }
    check("[..]", 1, &[0, 1], Some(1));
    check("[..]", 1, &[1], Some(1));
    check("[..]", 1, &[2], None);
    check("[..]", 65_534, &[0, 1], Some(65_534));
    check("[r.]", 65_534, &[65_534], Some(1));
    check("[..]", 65_534, &[65_535], None);
    check("[r.]", 65_534, &[0, 1], None);
}
