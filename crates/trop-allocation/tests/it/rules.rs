//! One table for each rule of the search.

use trop_allocation::{
    Allocation, Choice, Exhausted, Preferred, PreferredRefusal, allocate_one, find_preferred_refusal,
};

use crate::picture::{FIRST, draw};
use crate::world::{NotPermitted, port, preferred, range};

#[track_caller]
fn check(picture: &str, preferred: Option<Preferred>, choice: Choice, refusal: Option<PreferredRefusal>) {
    let (range, mut world) = draw(picture, FIRST);
    let allocation = Allocation { choice, preferred_refusal: refusal };
    assert_eq!(allocate_one(range, preferred, &mut world), Ok(allocation), "{picture}");
}

#[test]
fn the_preferred_port_comes_first_when_it_can_be_had() {
    let had = |picture, number| {
        check(picture, Some(preferred(number)), Choice::Preferred(port(number)), None);
    };
    had("[...]", 5002);
    had("[..].", 5003);
    had(".[..]", 5001);
    had("[.d]", 5002);
    had("[.l]", 5002);
    had("[.L]", 5002);
    had("[xx]l", 5003);
}

#[test]
fn a_preferred_port_that_cannot_be_had_is_explained_and_passed_over() {
    let refused = |picture, number, found, refusal| {
        check(picture, Some(preferred(number)), Choice::Regular(port(found)), Some(refusal));
    };
    refused("[.r.]", 5002, 5001, PreferredRefusal::Reserved);
    refused("[.x.]", 5002, 5001, PreferredRefusal::Excluded);
    refused("[.u.]", 5002, 5001, PreferredRefusal::InUse);
    refused("[u..]", 5001, 5002, PreferredRefusal::InUse);
    refused("[.U]", 5002, 5001, PreferredRefusal::InUse);
    refused("[.R]", 5002, 5001, PreferredRefusal::Reserved);
    refused("[.X]", 5002, 5001, PreferredRefusal::Excluded);
    refused("[..]r", 5003, 5001, PreferredRefusal::Reserved);
    refused("x[..]", 5001, 5002, PreferredRefusal::Excluded);
    refused("u[..]", 5001, 5002, PreferredRefusal::InUse);
}

#[test]
fn what_is_ignored_lifts_one_refusal_each_and_never_a_reservation() {
    let ask = |character: &str, ignore_occupied, ignore_exclusions| {
        let (_, mut world) = draw(&format!("[.]{character}"), FIRST);
        find_preferred_refusal(Preferred { port: port(5002), ignore_occupied, ignore_exclusions }, &mut world)
    };
    // Rows: nothing ignored, occupied ignored, exclusions ignored, both ignored.
    let check = |character: &str, expected: [Option<PreferredRefusal>; 4]| {
        let settings = [(false, false), (true, false), (false, true), (true, true)];
        let answers = settings.map(|(occupied, exclusions)| ask(character, occupied, exclusions));
        assert_eq!(answers, expected.map(Ok), "{character}");
    };
    let reserved = Some(PreferredRefusal::Reserved);
    let excluded = Some(PreferredRefusal::Excluded);
    let in_use = Some(PreferredRefusal::InUse);
    check(".", [None; 4]);
    check("l", [None; 4]);
    check("u", [in_use, None, in_use, None]);
    check("x", [excluded, excluded, None, None]);
    check("X", [excluded, excluded, in_use, None]);
    check("r", [reserved; 4]);
    check("R", [reserved; 4]);
}

#[test]
fn what_is_ignored_for_the_preferred_port_is_not_ignored_in_the_sweep() {
    let ignoring_exclusions = Preferred { ignore_exclusions: true, ..preferred(5001) };
    let in_use = Some(PreferredRefusal::InUse);
    check("[X.]", Some(ignoring_exclusions), Choice::Regular(port(5002)), in_use);
    check("[Xx]", Some(ignoring_exclusions), exhausted(5002, 0, 2, 0), in_use);

    let ignoring_occupied = Preferred { ignore_occupied: true, ..preferred(5001) };
    let excluded = Some(PreferredRefusal::Excluded);
    check("[Xu]", Some(ignoring_occupied), exhausted(5002, 0, 1, 1), excluded);
    check("x[u]", Some(ignoring_occupied), Choice::Exhausted(counts(5002, 5002, 0, 0, 1)), excluded);
}

#[test]
fn the_lowest_free_port_of_the_range_comes_next() {
    let found = |picture, number| check(picture, None, Choice::Regular(port(number)), None);
    found("[.]", 5001);
    found("[...]", 5001);
    found(".[..]", 5002);
    found("[r.]", 5002);
    found("[x.]", 5002);
    found("[u.]", 5002);
    found("[l.]", 5002);
    found("[d.]", 5002);
    found("[L.]", 5002);
    found("[rxuldLURX.]", 5010);
    found("[ru.x.]", 5003);
}

#[test]
fn a_last_resort_is_free_but_discouraged_else_lingering_else_both() {
    let found = |picture, number| check(picture, None, Choice::LastResort(port(number)), None);
    found("[d]", 5001);
    found("[udd]", 5002);
    found("[ld]", 5002);
    found("[LUd]", 5003);
    found("[ull]", 5002);
    found("[Ll]", 5002);
    found("[lL]", 5001);
    found("[ULL]", 5002);
    found("[rxuURXL]", 5007);
    found("[ul].", 5002);
}

#[test]
fn a_refused_preferred_port_is_explained_beside_a_last_resort_too() {
    let reserved = Some(PreferredRefusal::Reserved);
    check("[rd]", Some(preferred(5001)), Choice::LastResort(port(5002)), reserved);
    check("[rl]", Some(preferred(5001)), Choice::LastResort(port(5002)), reserved);
}

#[test]
fn an_exhausted_range_counts_each_port_under_one_reason() {
    let counted = |picture, last, reserved, excluded, in_use| {
        check(picture, None, exhausted(last, reserved, excluded, in_use), None);
    };
    counted("[r]", 5001, 1, 0, 0);
    counted("[x]", 5001, 0, 1, 0);
    counted("[u]", 5001, 0, 0, 1);
    counted("[U]", 5001, 0, 0, 1);
    counted("[R]", 5001, 1, 0, 0);
    counted("[X]", 5001, 0, 1, 0);
    counted("[rrrxxuU].", 5007, 3, 2, 2);

    let in_use = Some(PreferredRefusal::InUse);
    check("[ru]", Some(preferred(5002)), exhausted(5002, 1, 0, 1), in_use);
    check("[rU]", Some(preferred(5002)), exhausted(5002, 1, 0, 1), in_use);
    check("[ru]u", Some(preferred(5003)), exhausted(5002, 1, 0, 1), in_use);
}

#[test]
fn the_search_stays_within_the_lowest_and_the_highest_port() {
    #[track_caller]
    fn check(picture: &str, first: u16, expected: Choice) {
        let (range, mut world) = draw(picture, first);
        let choice = allocate_one(range, None, &mut world).map(|allocation| allocation.choice);
        assert_eq!(choice, Ok(expected), "{picture}");
    }
    check("[.]", 1, Choice::Regular(port(1)));
    check("[r]", 1, Choice::Exhausted(counts(1, 1, 1, 0, 0)));
    check("[.]", 65_535, Choice::Regular(port(65_535)));
    check("[u.]", 65_534, Choice::Regular(port(65_535)));
    check("[xl]", 65_534, Choice::LastResort(port(65_535)));
    check("[xu]", 65_534, Choice::Exhausted(counts(65_534, 65_535, 0, 1, 1)));
}

#[test]
fn only_candidates_are_probed_none_twice_and_discouraged_ones_last() {
    #[track_caller]
    fn check(picture: &str, preferred: Option<Preferred>, expected: &[u16]) {
        let (range, mut world) = draw(picture, FIRST);
        allocate_one(range, preferred, &mut world).expect("no probe fails");
        let expected: Vec<_> = expected.iter().copied().map(port).collect();
        assert_eq!(world.probed, expected, "{picture}");
    }
    check("[...]", None, &[5001]);
    check("[rxRXu..]", None, &[5005, 5006]);
    check("[dl.]", None, &[5002, 5003]);
    check("[dldd]", None, &[5002, 5001]);
    check("[UlL]", None, &[5002, 5001, 5003]);

    check("[...]", Some(preferred(5002)), &[5002]);
    check("[.r]", Some(preferred(5002)), &[5001]);
    check("[.x]", Some(preferred(5002)), &[5001]);
    check("[uu.]", Some(preferred(5002)), &[5002, 5001, 5003]);
    check("[uU]", Some(preferred(5002)), &[5002, 5001]);
    check("[.]u", Some(preferred(5002)), &[5002, 5001]);

    check("[.u]", Some(Preferred { ignore_occupied: true, ..preferred(5002) }), &[]);
    check("[X.]", Some(Preferred { ignore_exclusions: true, ..preferred(5001) }), &[5001, 5002]);
}

#[test]
fn the_error_of_a_probe_ends_the_search() {
    #[track_caller]
    fn check(picture: &str, preferred: Option<Preferred>, probes_until_failure: usize, expected: u16) {
        let (range, mut world) = draw(picture, FIRST);
        world.probes_until_failure = Some(probes_until_failure);
        let answer = allocate_one(range, preferred, &mut world);
        assert_eq!(answer, Err(NotPermitted(port(expected))), "{picture}");
        assert_eq!(world.probed.len(), probes_until_failure + 1, "{picture}");
    }
    check("[..]", None, 0, 5001);
    check("[lu.]", None, 2, 5003);
    check("[du]", None, 1, 5001);
    check("[..]", Some(preferred(5002)), 0, 5002);
    check("[.u]", Some(preferred(5002)), 1, 5001);
}

fn exhausted(last: u16, reserved: u32, excluded: u32, in_use: u32) -> Choice {
    Choice::Exhausted(counts(FIRST, last, reserved, excluded, in_use))
}

fn counts(first: u16, last: u16, reserved: u32, excluded: u32, in_use: u32) -> Exhausted {
    Exhausted { range: range(first, last), reserved, excluded, in_use }
}
