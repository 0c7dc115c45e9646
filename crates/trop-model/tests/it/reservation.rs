//! Keys, and changes of reservations.

use trop_model::{Change, RemovalReason, Reservation, ReservationKey, Timestamp};
use trop_paths::AbsPath;

use crate::laws::port;

#[track_caller]
fn key(path: &str, tag: Option<&str>) -> ReservationKey {
    ReservationKey {
        path: AbsPath::from_clean(path).expect("the path is clean"),
        tag: tag.map(|tag| tag.parse().expect("the tag is one")),
    }
}

fn row(number: u16) -> Reservation {
    Reservation {
        key: key("/srv/shop", None),
        port: port(number),
        project: None,
        task: None,
        created_at: Timestamp::EPOCH,
        last_used_at: Timestamp::EPOCH,
    }
}

#[test]
fn keys_are_ordered_by_path_and_then_by_tag() {
    let sorted = [
        key("/srv/shop", None),
        key("/srv/shop", Some("api")),
        key("/srv/shop", Some("web")),
        key("/srv/shop-two", None),
        key("/srv/shop/below", None),
    ];
    let mut keys = sorted.clone();
    keys.reverse();
    keys.sort();
    assert_eq!(keys, sorted);
}

#[test]
fn keys_are_shown_with_their_tag() {
    assert_eq!(key("/srv/shop", None).to_string(), "/srv/shop");
    assert_eq!(key("/srv/shop", Some("web")).to_string(), "/srv/shop (tag web)");
}

#[test]
fn a_change_is_about_the_row_as_it_will_be_or_was_last() {
    #[track_caller]
    fn check(change: &Change, expected: u16) {
        assert_eq!(change.row(), &row(expected));
    }

    let (old, new) = (row(5000), row(5001));
    let put = Change::Put { row: new, replaces: Some(old.clone()) };
    let moved = Change::Move { row: row(5002), from: key("/srv/old", None) };
    let touch = Change::Touch { row: old.clone(), last_used_at: Timestamp::EPOCH };
    let remove = Change::Remove { row: old, reason: RemovalReason::Gone };
    check(&put, 5001);
    check(&moved, 5002);
    check(&touch, 5000);
    check(&remove, 5000);
    assert_eq!([&put, &moved, &touch, &remove].map(Change::is_touch), [false, false, true, false]);
}
