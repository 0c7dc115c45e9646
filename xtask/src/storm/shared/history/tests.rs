//! Histories that can have happened, and histories of liars.

use super::*;

fn key(tag: &str) -> Key {
    Key { path: "/w".to_owned(), tag: Some(tag.to_owned()) }
}

fn deed(from: Moment, to: Moment) -> Deed {
    Deed::new("somebody".to_owned(), Span { from, to })
}

fn found(from: Moment, to: Moment, tag: &str, holding: Holding) -> Deed {
    let mut deed = deed(from, to);
    deed.found(&key(tag), holding);
    deed
}

/// It created a reservation.
fn made(from: Moment, to: Moment, tag: &str, port: u16) -> Deed {
    let mut deed = found(from, to, tag, None);
    deed.left(&key(tag), Some(port));
    deed.has_written = true;
    deed
}

/// It reserved, and did not say whether there was something.
fn told(from: Moment, to: Moment, tag: &str, port: u16) -> Deed {
    let mut deed = deed(from, to);
    deed.found_or_made(&key(tag), port);
    deed
}

fn released(from: Moment, to: Moment, tag: &str, port: u16) -> Deed {
    let mut deed = found(from, to, tag, Some(port));
    deed.left(&key(tag), None);
    deed.has_written = true;
    deed
}

fn killed(from: Moment, to: Moment, tag: &str, chance: Chance) -> Deed {
    let mut deed = deed(from, to);
    deed.is_open = true;
    deed.may_have_left(&key(tag), chance);
    deed
}

/// Neither of two keys has anything at first. How many complaints follow.
#[track_caller]
fn check(deeds: &[Deed], expected: usize) {
    let mut start = deed(0, 0);
    start.left(&key("a"), None);
    start.left(&key("b"), None);
    let mut all = vec![start];
    all.extend_from_slice(deeds);
    let complaints = judge(&all);
    assert_eq!(complaints.len(), expected, "{complaints:#?}");
}

#[test]
fn a_history_that_can_have_happened_is_believed() {
    check(&[made(1, 3, "a", 7), found(4, 5, "a", Some(7))], 0);
    check(&[made(1, 3, "a", 7), found(2, 5, "a", None)], 0);
    check(&[made(1, 3, "a", 7), released(4, 6, "a", 7), made(5, 9, "a", 8), found(10, 11, "a", Some(8))], 0);
    check(&[made(1, 5, "a", 7), told(2, 4, "a", 7), released(3, 6, "a", 7), made(6, 8, "b", 7)], 0);
    check(&[told(1, 5, "a", 7), told(2, 4, "a", 7)], 0);
}

#[test]
fn what_was_acknowledged_stays() {
    check(&[made(1, 3, "a", 7), found(4, 5, "a", None)], 1);
    check(&[made(1, 3, "a", 7), found(4, 5, "a", Some(8))], 1);
    check(&[made(1, 3, "a", 7), released(4, 5, "a", 7), found(6, 7, "a", Some(7))], 1);
    check(&[released(1, 3, "a", 7)], 1);
    // Two who looked at once do not explain each other.
    check(&[made(1, 3, "a", 7), found(4, 6, "a", None), found(5, 7, "a", None)], 2);
    // Somebody who released the neighbour is no excuse.
    check(&[made(1, 2, "a", 7), made(1, 3, "b", 8), released(4, 5, "b", 8), found(6, 7, "a", None)], 1);
}

#[test]
fn two_answers_agree_unless_somebody_came_between() {
    check(&[told(1, 3, "a", 7), told(4, 5, "a", 8)], 1);
    check(&[told(1, 3, "a", 7), killed(2, 3, "a", Chance::Nothing), told(4, 5, "a", 8)], 0);
    check(&[made(1, 3, "a", 7), made(4, 5, "a", 7)], 1);
    check(&[found(1, 3, "a", Some(7))], 1);
}

#[test]
fn one_port_is_not_told_to_two_keys_whose_lives_overlap() {
    check(&[made(1, 2, "a", 7), made(3, 4, "b", 7), found(5, 6, "a", Some(7))], 1);
    check(&[made(1, 2, "a", 7), killed(1, 2, "a", Chance::Nothing), made(3, 4, "b", 7)], 0);
    check(&[made(1, 2, "a", 7), made(3, 4, "b", 7), found(5, 6, "a", None)], 1);
}

#[test]
fn a_killed_process_may_have_happened_until_the_next_commit() {
    let killed_reserve = killed(1, 2, "a", Chance::AnyPort);
    check(&[killed_reserve.clone(), found(3, 4, "a", Some(9))], 0);
    check(&[killed_reserve.clone(), found(3, 4, "a", None), found(5, 6, "a", Some(9))], 0);
    let other = made(3, 4, "b", 8);
    check(&[killed_reserve.clone(), other.clone(), found(5, 6, "a", None), found(7, 8, "a", Some(9))], 1);
    check(&[killed_reserve, other, found(5, 6, "a", Some(9)), found(7, 8, "a", Some(9))], 0);
    let killed_release = killed(4, 5, "a", Chance::Nothing);
    check(&[made(1, 3, "a", 7), killed_release.clone(), found(6, 7, "a", None)], 0);
    check(&[made(1, 3, "a", 7), killed_release, found(6, 7, "a", Some(9))], 1);
}

#[test]
fn a_complaint_tells_who_said_what() {
    let mut start = deed(0, 0);
    start.left(&key("a"), None);
    let deeds = [start, made(1, 3, "a", 7), found(4, 5, "a", None)];
    assert_eq!(
        judge(&deeds),
        ["somebody found [None] for /w (tag a), and that comes from nowhere:\
          \n  0..0 somebody: left None for /w (tag a)\
          \n  1..3 somebody: found [None] for /w (tag a), left Some(7) for /w (tag a)\
          \n  4..5 somebody: found [None] for /w (tag a)"]
    );
}
