//! Tests of what may be answered.

use super::*;
use crate::storm::labels::Naming;
use crate::storm::model::Key;
use crate::storm::ports::SCARCE;
use crate::storm::request::Place;

const OWN: Range = Range { first: 10, last: 19 };
const OWN_RANGE: Range = Range { first: 10, last: 12 };
const GONE: &str = "/w/gone";

fn key(path: &str) -> Key {
    Key { path: path.to_owned(), tag: None }
}

/// For the directory `/w`, without probes, in the own range.
fn reserve() -> Reserve {
    Reserve {
        key: key("/w"),
        place: Place { path: "/w".to_owned(), typed: None, allow_unrelated: false },
        range: OWN_RANGE,
        port: None,
        strict: false,
        overwrite: false,
        skip_probes: true,
        naming: Naming::default(),
        dry_run: false,
        json: false,
    }
}

/// What may be answered where these have a port: the ports, and whether none may be.
#[track_caller]
fn check(stored: &[(&str, u16)], request: &Reserve, ports: impl IntoIterator<Item = u16>, exhausted: bool) {
    let mut model = Model::default();
    for there in ["/w", "/w/a", "/w/b", "/w/c"] {
        model.stands(there, Standing::There);
    }
    model.stands(GONE, Standing::Gone);
    model.stands("/w/back", Standing::Back { since: 1 });
    for (path, port) in stored {
        model.put(&key(path), Assigned { port: *port, labels: Labels::default() });
    }
    let found = answers(&model, OWN, request);
    let found_ports: Vec<u16> = found.assigned.iter().map(|assigned| assigned.port).collect();
    assert_eq!(found_ports, ports.into_iter().collect::<Vec<_>>());
    assert_eq!((found.exhausted, found.refused), (exhausted, false));
}

#[test]
fn of_the_own_ports_it_is_the_lowest_that_is_free() {
    check(&[], &reserve(), [10], false);
    check(&[("/w/a", 10)], &reserve(), [11], false);
    check(&[("/w/a", 10), (GONE, 11)], &reserve(), [11, 12], false);
    check(&[("/w/a", 10), ("/w/b", 11), ("/w/c", 12)], &reserve(), [], true);
}

#[test]
fn a_clean_up_makes_room_where_a_directory_is_gone() {
    let taken = [("/w/a", 10), ("/w/b", 11)];
    check(&[taken[0], taken[1], (GONE, 12)], &reserve(), [12], false);
    check(&[taken[0], taken[1], ("/w/back", 12)], &reserve(), [12], true);
    let strict = Reserve { port: Some(12), strict: true, ..reserve() };
    check(&[taken[0], taken[1], (GONE, 12)], &strict, [12], true);
}

#[test]
fn of_shared_ports_any_may_come() {
    let scarce = Reserve { range: SCARCE, ..reserve() };
    check(&[], &scarce, SCARCE.ports(), true);
    check(&[("/w/a", SCARCE.first)], &scarce, SCARCE.ports().skip(1), true);
    check(&[], &Reserve { range: PLENTY, ..reserve() }, PLENTY.ports(), false);
    check(&[], &Reserve { skip_probes: false, ..reserve() }, OWN_RANGE.ports(), true);
}

#[test]
fn what_is_stored_stays_unless_it_is_overwritten() {
    check(&[("/w", 12)], &reserve(), [12], false);
    check(&[("/w", 12)], &Reserve { port: Some(15), ..reserve() }, [12], false);
    check(&[("/w", 12)], &Reserve { port: Some(15), strict: true, ..reserve() }, [], true);
    check(&[("/w", 12)], &Reserve { port: Some(12), strict: true, ..reserve() }, [12], false);
    check(&[("/w", 12)], &Reserve { overwrite: true, ..reserve() }, [12], false);
    check(&[("/w", 12)], &Reserve { overwrite: true, port: Some(15), ..reserve() }, [15], false);
    let gone = Reserve { key: key(GONE), ..reserve() };
    check(&[(GONE, 12)], &gone, [10, 12], false);
}

#[test]
fn the_preferred_port_comes_where_it_is_free() {
    let preferred = Reserve { port: Some(15), ..reserve() };
    check(&[], &preferred, [15], false);
    check(&[("/w/a", 15)], &preferred, [10], false);
    check(&[(GONE, 15)], &preferred, [10, 15], false);
    let strict = Reserve { strict: true, ..preferred };
    check(&[], &strict, [15], false);
    check(&[("/w/a", 15)], &strict, [], true);
    check(&[(GONE, 15)], &strict, [15], true);
}

#[test]
fn the_guard_and_labels_that_stay_refuse() {
    #[track_caller]
    fn check(request: &Reserve, refused: bool) {
        let mut model = Model::default();
        model.stands("/w", Standing::There);
        let labels = Labels { project: Some("p".to_owned()), task: None };
        model.put(&key("/w"), Assigned { port: 10, labels });
        assert_eq!(answers(&model, OWN, request).refused, refused);
    }
    let other = Labels { project: Some("q".to_owned()), task: None };
    let named = |may_change| Reserve { naming: Naming { asked: other.clone(), may_change }, ..reserve() };
    check(&reserve(), false);
    check(&named(false), true);
    check(&named(true), false);
    let unmounted = |allow_unrelated| {
        let place = Place { path: "/elsewhere".to_owned(), typed: None, allow_unrelated };
        Reserve { key: key("/elsewhere"), place, ..reserve() }
    };
    check(&unmounted(false), true);
    check(&unmounted(true), false);
}
