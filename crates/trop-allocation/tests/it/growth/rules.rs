//! One table for each rule for those who join a group.

use trop_allocation::{Misplaced, Preferred, PreferredRefusal, Wish, place_in_group};
use trop_model::Port;

use crate::picture::{FIRST, draw};
use crate::world::{port, preferred, wish, wish_for};

#[track_caller]
fn check(picture: &str, base: i32, wishes: &[Wish], places: &[Result<Port, Misplaced>]) {
    let (range, mut world) = draw(picture, FIRST);
    let growth = place_in_group(range, Some(base), wishes, &mut world).expect("no probe fails");
    assert_eq!(growth.places, places, "{picture}");
}

fn refused(number: u16, refusal: PreferredRefusal) -> Result<Port, Misplaced> {
    Err(Misplaced::Refused { port: port(number), refusal })
}

fn taken(number: u16, wish: usize) -> Result<Port, Misplaced> {
    Err(Misplaced::TakenByWish { port: port(number), wish })
}

#[test]
fn the_place_is_the_base_and_the_offset_and_nothing_else() {
    check("[...]", 5001, &[wish(0), wish(2)], &[Ok(port(5001)), Ok(port(5003))]);
    check("[...]", 4990, &[wish(11)], &[Ok(port(5001))]);
    check("[...]", -100, &[wish(5102)], &[Ok(port(5002))]);
    check("[d]", 5001, &[wish(0)], &[Ok(port(5001))]);
    check("[l]", 5001, &[wish(0)], &[Ok(port(5001))]);
    check("[L]", 5001, &[wish(0)], &[Ok(port(5001))]);
    check("[r..]", 5001, &[wish(0)], &[refused(5001, PreferredRefusal::Reserved)]);
    check("[x..]", 5001, &[wish(0)], &[refused(5001, PreferredRefusal::Excluded)]);
    check("[u..]", 5001, &[wish(0)], &[refused(5001, PreferredRefusal::InUse)]);
    check("[U..]", 5001, &[wish(0)], &[refused(5001, PreferredRefusal::InUse)]);
    check("[R..]", 5001, &[wish(0)], &[refused(5001, PreferredRefusal::Reserved)]);
}

#[test]
fn a_place_outside_the_range_is_told_by_its_number() {
    let outside = |base, offset, number| {
        check(".[.].", base, &[wish(offset)], &[Err(Misplaced::OutOfRange(number))]);
    };
    outside(5001, 0, 5001);
    outside(5001, 2, 5003);
    outside(-5, 3, -2);
    outside(0, 0, 0);
    outside(65_535, 1, 65_536);
    outside(70_000, 65_535, 135_535);
    outside(i32::MAX, 65_535, i32::MAX);
    outside(i32::MIN, 0, i32::MIN);
}

#[test]
fn the_preferred_port_comes_first() {
    check("[..]", 5001, &[wish_for(0, preferred(5002))], &[Ok(port(5002))]);
    check("[.].", 5001, &[wish_for(9, preferred(5002))], &[Ok(port(5002))]);
    check("[.u]", 5001, &[wish_for(0, preferred(5002))], &[Ok(port(5001))]);
    check("[ur]", 5001, &[wish_for(0, preferred(5002))], &[refused(5001, PreferredRefusal::InUse)]);
    let insisting = Preferred { ignore_occupied: true, ..preferred(5002) };
    check("[.u]", 5001, &[wish_for(0, insisting)], &[Ok(port(5002))]);
    // What is ignored for the preferred port is not ignored at the place.
    check("[ur]", 5001, &[wish_for(0, insisting)], &[refused(5001, PreferredRefusal::InUse)]);
}

#[test]
fn a_place_that_another_wish_has_is_told_by_that_wish() {
    check("[..]", 5001, &[wish_for(0, preferred(5002)), wish(1)], &[Ok(port(5002)), taken(5002, 0)]);
    check("[..]", 5001, &[wish(1), wish_for(0, preferred(5002))], &[taken(5002, 1), Ok(port(5002))]);
    check("[..]", 5001, &[wish(1), wish(1)], &[Ok(port(5002)), taken(5002, 0)]);
    let insisting = Preferred { ignore_exclusions: true, ..preferred(5002) };
    check("[.x]", 5001, &[wish_for(0, insisting), wish(1)], &[Ok(port(5002)), taken(5002, 0)]);
}

#[test]
fn one_that_cannot_be_placed_keeps_no_other_from_its_place() {
    let refusal = refused(5001, PreferredRefusal::Reserved);
    check("[r..]", 5001, &[wish(0), wish(1), wish(2)], &[refusal, Ok(port(5002)), Ok(port(5003))]);
    check("[r.]", 5001, &[wish(0), wish(0)], &[refusal, refusal]);
}

#[test]
fn without_a_base_there_are_preferred_ports_alone() {
    let (range, mut world) = draw("[..u]", FIRST);
    let wishes = [wish(0), wish_for(1, preferred(5002)), wish_for(2, preferred(5003))];
    let growth = place_in_group(range, None, &wishes, &mut world).expect("no probe fails");
    assert_eq!(growth.places, [Err(Misplaced::NoBase), Ok(port(5002)), Err(Misplaced::NoBase)]);
    assert_eq!(growth.preferred_refusals, [None, None, Some(PreferredRefusal::InUse)]);
    assert_eq!(world.probed, [port(5002), port(5003)]);
}

#[test]
fn only_candidates_are_probed_and_none_twice() {
    #[track_caller]
    fn check(picture: &str, wishes: &[Wish], expected: &[u16]) {
        let (range, mut world) = draw(picture, FIRST);
        place_in_group(range, Some(i32::from(FIRST)), wishes, &mut world).expect("no probe fails");
        let expected: Vec<_> = expected.iter().copied().map(port).collect();
        assert_eq!(world.probed, expected, "{picture}");
    }
    check("[...]", &[wish(0), wish(2)], &[5001, 5003]);
    check("[rx.]", &[wish(0), wish(1), wish(2)], &[5003]);
    check("[.u]", &[wish_for(0, preferred(5002)), wish(1)], &[5002, 5001]);
    check("[..]", &[wish(0), wish_for(5, preferred(5002))], &[5002, 5001]);
    check("[..]", &[wish(1), wish_for(5, preferred(5002))], &[5002]);
    check("[..].", &[wish(2)], &[]);
}
