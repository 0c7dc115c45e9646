//! Tests of the model alone.

use super::*;

/// A directory that is there.
const THERE: &str = "/w";
/// A directory that is gone.
const GONE: &str = "/w/gone";

fn key(path: &str) -> Key {
    Key { path: path.to_owned(), tag: None }
}

fn assigned(port: u16) -> Assigned {
    Assigned { port, labels: Labels::default() }
}

fn listed(rows: &[(&str, u16)]) -> Vec<Listed> {
    let row =
        |(path, port): &(&str, u16)| Listed { key: key(path), assigned: assigned(*port), created_at: None };
    rows.iter().map(row).collect()
}

/// A model in which these have a port.
fn model(rows: &[(&str, u16)]) -> Model {
    let mut model = Model::default();
    model.stands(THERE, Standing::There);
    model.stands("/w/a", Standing::There);
    model.stands(GONE, Standing::Gone);
    for (path, port) in rows {
        model.put(&key(path), assigned(*port));
    }
    model
}

#[test]
fn only_what_is_gone_may_be_cleaned_up() {
    #[track_caller]
    fn check(stored: &[(&str, u16)], found: &[(&str, u16)], is_fine: bool) {
        assert_eq!(model(stored).observe(&listed(found), |_| true).is_ok(), is_fine);
    }
    check(&[], &[], true);
    check(&[], &[(THERE, 1)], false);
    check(&[(THERE, 1)], &[(THERE, 1)], true);
    check(&[(THERE, 1)], &[(THERE, 2)], false);
    check(&[(THERE, 1)], &[], false);
    check(&[(GONE, 1)], &[], true);
    check(&[(GONE, 1)], &[(GONE, 1)], true);
    check(&[(GONE, 1)], &[(GONE, 2)], false);
    check(&[("/unmounted", 1)], &[], false);
}

#[test]
fn a_reservation_stays_once_its_directory_is_back_and_nobody_saw_it_gone() {
    let mut model = model(&[(GONE, 1)]);
    model.stands(GONE, Standing::Back { since: 7 });
    model.settle(6);
    assert_eq!(model.standing(GONE), Standing::Back { since: 7 });
    model.settle(7);
    assert_eq!(model.standing(GONE), Standing::There);

    let mut cleaned = model.clone();
    assert_eq!(cleaned.observe(&[], |_| true), Ok(()));
    assert_eq!(cleaned.cleaned(), 1);
    assert_eq!(model.observe(&listed(&[(GONE, 1)]), |_| true), Ok(()));
    assert!(model.observe(&[], |_| true).is_err());
}

#[test]
fn a_port_that_is_handed_out_again_was_cleaned_up() {
    let mut model = model(&[(GONE, 1), (THERE, 1)]);
    assert_eq!(model.cleaned(), 1);
    assert!(model.observe(&listed(&[(THERE, 1), (GONE, 1)]), |_| true).is_err());
}

#[test]
fn a_reservation_keeps_the_time_when_it_was_made() {
    let seen = |time: &str| {
        let mut listed = listed(&[(THERE, 1)]);
        listed[0].created_at = Some(time.to_owned());
        listed
    };
    let mut model = model(&[(THERE, 1)]);
    assert_eq!(model.observe(&seen("A"), |_| true), Ok(()));
    model.put(&key(THERE), assigned(1));
    assert_eq!(model.observe(&seen("A"), |_| true), Ok(()));
    assert!(model.observe(&seen("B"), |_| true).is_err());
}

#[test]
fn a_killed_command_may_make_anew_what_was_cleaned_up() {
    let seen =
        |time: &str| Listed { key: key(GONE), assigned: assigned(1), created_at: Some(time.to_owned()) };
    let mut model = model(&[(GONE, 1)]);
    assert_eq!(model.observe(&[seen("A")], |_| true), Ok(()));
    let put = Change::Put(key(GONE), BTreeSet::from([assigned(1)]));
    assert_eq!(model.clone().after_kill(&put, &[seen("A")]), Ok(Left::Either));
    assert_eq!(model.after_kill(&put, &[seen("B")]), Ok(Left::After));
}

#[test]
fn a_killed_command_leaves_the_state_before_or_after_and_nothing_between() {
    #[track_caller]
    fn check(stored: &[(&str, u16)], change: &Change, found: &[(&str, u16)], expected: Option<Left>) {
        assert_eq!(model(stored).after_kill(change, &listed(found)).ok(), expected);
    }
    let put = Change::Put(key(THERE), BTreeSet::from([assigned(2), assigned(3)]));
    check(&[], &put, &[], Some(Left::Before));
    check(&[], &put, &[(THERE, 2)], Some(Left::After));
    check(&[], &put, &[(THERE, 3)], Some(Left::After));
    check(&[], &put, &[(THERE, 4)], None);
    check(&[(THERE, 1)], &put, &[(THERE, 1)], Some(Left::Before));
    check(&[(THERE, 2)], &put, &[(THERE, 2)], Some(Left::Either));
    check(&[(THERE, 1)], &put, &[], None);
    check(&[("/w/a", 1)], &put, &[(THERE, 2)], None);

    let remove = Change::Remove(vec![key(THERE), key("/w/a")]);
    let both = [(THERE, 1), ("/w/a", 2)];
    check(&both, &remove, &both, Some(Left::Before));
    check(&both, &remove, &[], Some(Left::After));
    check(&both, &remove, &both[..1], None);
    check(&both, &remove, &both[1..], None);

    // One of the two may have been cleaned up before.
    let remove = Change::Remove(vec![key(THERE), key(GONE)]);
    let both = [(THERE, 1), (GONE, 2)];
    check(&both, &remove, &both[..1], Some(Left::Before));
    check(&both, &remove, &both[1..], None);
    check(&both, &remove, &[], Some(Left::After));

    let remove = Change::Remove(vec![key(GONE)]);
    check(&[(GONE, 1)], &remove, &[], Some(Left::Either));
}
