//! Plans to move reservations to another directory.

use trop_model::{Change, RemovalReason, Reservation};
use trop_ops::{Collision, MigrateRequest, OpsError, Plan, Route, Step, Target, plan_migrate};

use crate::memory::Memory;
use crate::samples::{key, path, row};

fn request(from: &str, to: &str) -> MigrateRequest {
    let target = |directory| Target::inferred(path(directory));
    MigrateRequest { from: target(from), to: target(to), recursive: false, force: false }
}

fn recursive(from: &str, to: &str) -> MigrateRequest {
    MigrateRequest { recursive: true, ..request(from, to) }
}

fn planned(stored: &[Reservation], request: &MigrateRequest) -> Result<Plan<Route>, OpsError> {
    let Step::Do(plan) = plan_migrate(&Memory::of(stored), request)? else { panic!("nothing is needed") };
    Ok(plan)
}

/// Where each of these rows is afterwards, in the order of their ports, first without and then with a tag.
#[track_caller]
fn check(stored: &[Reservation], request: &MigrateRequest, expected: &[(u16, &str, &str)]) {
    let plan = planned(stored, request).unwrap();
    let mut memory = Memory::of(stored);
    memory.apply(&plan.changes);
    let expected: Vec<Reservation> = expected.iter().map(|(port, at, tag)| row(*port, at, tag)).collect();
    assert_eq!(memory, Memory::of(&expected));
}

fn tree() -> Vec<Reservation> {
    vec![
        row(5000, "/srv/a", ""),
        row(5001, "/srv/a", "web"),
        row(5002, "/srv/a/b", ""),
        row(5003, "/srv/a/b/b", "web"),
        row(5004, "/srv/ab", "web"),
    ]
}

#[test]
fn every_tag_of_the_directory_moves_and_nothing_else() {
    let rest = [(5002, "/srv/a/b", ""), (5003, "/srv/a/b/b", "web"), (5004, "/srv/ab", "web")];
    let moved = [(5000, "/srv/new", ""), (5001, "/srv/new", "web")];
    check(&tree(), &request("/srv/a", "/srv/new"), &[&moved[..], &rest].concat());
}

#[test]
fn what_is_below_follows_where_that_is_asked_for() {
    let expected = [
        (5000, "/srv/new", ""),
        (5001, "/srv/new", "web"),
        (5002, "/srv/new/b", ""),
        (5003, "/srv/new/b/b", "web"),
        (5004, "/srv/ab", "web"),
    ];
    check(&tree(), &recursive("/srv/a", "/srv/new"), &expected);
}

#[test]
fn a_tree_moves_into_itself() {
    let expected = [
        (5000, "/srv/a/b", ""),
        (5001, "/srv/a/b", "web"),
        (5002, "/srv/a/b/b", ""),
        (5003, "/srv/a/b/b/b", "web"),
        (5004, "/srv/ab", "web"),
    ];
    check(&tree(), &recursive("/srv/a", "/srv/a/b"), &expected);
}

#[test]
fn a_tree_moves_onto_the_directory_above_it() {
    let stored = [row(5000, "/srv/a/b", ""), row(5001, "/srv/a/b/b", ""), row(5002, "/srv/a", "web")];
    let expected = [(5000, "/srv/a", ""), (5001, "/srv/a/b", ""), (5002, "/srv/a", "web")];
    check(&stored, &recursive("/srv/a/b", "/srv/a"), &expected);
}

#[test]
fn everything_moves_to_and_from_the_root() {
    let (below, above) = ([(5000, "/srv/x/y", "")], [(5000, "/x/y", "")]);
    check(&[row(5000, "/x/y", "")], &recursive("/", "/srv"), &below);
    check(&[row(5000, "/srv/x/y", "")], &recursive("/srv", "/"), &above);
}

#[test]
fn what_stands_in_the_way_is_named_or_replaced() {
    let stored = [&tree()[..], &[row(6000, "/srv/new", "web"), row(6001, "/srv/new/b", "api")]].concat();
    let request = recursive("/srv/a", "/srv/new");
    let refused = planned(&stored, &request).unwrap_err();
    let OpsError::Collisions(collisions) = &refused else { panic!("{refused}") };
    let expected = [Collision { moving: stored[1].clone(), standing: stored[5].clone() }];
    assert_eq!(collisions, &expected);
    let message =
        "port 5001 of /srv/a (tag web) cannot move to /srv/new (tag web), which has port 6000".to_owned();
    assert_eq!(refused.to_string(), message);

    let expected = [
        (5000, "/srv/new", ""),
        (5001, "/srv/new", "web"),
        (5002, "/srv/new/b", ""),
        (5003, "/srv/new/b/b", "web"),
        (5004, "/srv/ab", "web"),
        (6001, "/srv/new/b", "api"),
    ];
    let forced = MigrateRequest { force: true, ..request };
    check(&stored, &forced, &expected);
    let first = planned(&stored, &forced).unwrap().changes.remove(0);
    assert_eq!(first, Change::Remove { row: stored[5].clone(), reason: RemovalReason::Replaced });
}

#[test]
fn several_collisions_are_counted() {
    let stored = [&tree()[..], &[row(6000, "/srv/new", "web"), row(6001, "/srv/new", "")]].concat();
    let refused = planned(&stored, &request("/srv/a", "/srv/new")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "2 reservations cannot move: others stand where they would come".to_owned()
    );
}

#[test]
fn nothing_to_move_is_refused_unless_a_tree_was_meant() {
    let refused = |directory: &str| match planned(&tree(), &request(directory, "/srv/new")) {
        Err(OpsError::NothingToMove { directory, below }) => (directory.to_string(), below),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused("/srv"), ("/srv".to_owned(), 5));
    assert_eq!(refused("/srv/a/c"), ("/srv/a/c".to_owned(), 0));
    assert!(planned(&tree(), &recursive("/srv/a/c", "/srv/new")).unwrap().changes.is_empty());
}

#[test]
fn to_where_it_is_already_nothing_moves() {
    for request in [request("/srv/a", "/srv/a"), recursive("/srv/a", "/srv/a")] {
        assert!(planned(&tree(), &request).unwrap().changes.is_empty());
    }
}

#[test]
fn reservations_come_to_the_real_path_unless_they_are_stored_behind_a_link() {
    #[track_caller]
    fn check(stored: &[Reservation], expected: [&str; 2]) {
        let request = MigrateRequest {
            from: Target::typed(path("/link/a"), path("/real/a")),
            to: Target::typed(path("/link/b"), path("/real/b")),
            recursive: false,
            force: false,
        };
        let Route { from, to } = planned(stored, &request).unwrap().answer;
        assert_eq!([from, to], expected.map(path));
    }
    check(&[row(5000, "/real/a", "")], ["/real/a", "/real/b"]);
    check(&[row(5000, "/link/a", "")], ["/link/a", "/link/b"]);
    check(&[row(5000, "/link/a", ""), row(5001, "/real/a", "")], ["/link/a", "/link/b"]);
    check(&[row(5000, "/link/a", ""), row(5001, "/real/b", "web")], ["/link/a", "/real/b"]);
    check(&[row(5000, "/real/a", ""), row(5001, "/link/b", "web")], ["/real/a", "/link/b"]);
}

#[test]
fn a_row_keeps_everything_but_its_path() {
    let stored = Reservation { task: Some("feature".parse().unwrap()), ..row(5000, "/srv/a", "web") };
    let plan = planned(std::slice::from_ref(&stored), &request("/srv/a", "/srv/b")).unwrap();
    let moved = Reservation { key: key("/srv/b", "web"), ..stored.clone() };
    assert_eq!(plan.changes, [Change::Move { row: moved, from: stored.key }]);
}
