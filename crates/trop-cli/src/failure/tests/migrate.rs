//! What keeps reservations from moving.

use std::io;

use trop_model::{Port, Reservation, ReservationKey, Timestamp};
use trop_ops::{Collision, OpsError};
use trop_paths::AbsPath;

use super::{Failure, Sample};
use crate::absence::Absence;

pub(super) fn samples() -> Vec<Sample> {
    let failures = failures().into_iter().map(|(title, failure)| Sample::new(title, failure));
    failures.chain(errors().into_iter().map(|(title, error)| Sample::new(title, error))).collect()
}

pub(super) fn failures() -> Vec<(&'static str, Failure)> {
    let titles = ["no directory to move to", "a file to move to", "a directory that cannot be looked at"];
    let failure = |absence| Failure::NoDestination { directory: path("/srv/b"), absence };
    titles.into_iter().zip(absences().into_iter().map(failure)).collect()
}

pub(super) fn absences() -> Vec<Absence> {
    vec![Absence::Missing, Absence::NoDirectory, Absence::Unknown(io::Error::from_raw_os_error(13))]
}

pub(super) fn errors() -> Vec<(&'static str, OpsError)> {
    let nothing = |below| OpsError::NothingToMove { directory: path("/srv/a"), below };
    vec![
        ("nothing to move", nothing(0)),
        ("nothing to move but what is below", nothing(3)),
        ("a collision", OpsError::Collisions(vec![collision("", 5000, 5001)])),
        (
            "two collisions",
            OpsError::Collisions(vec![collision("", 5000, 5001), collision("web", 80, 65_535)]),
        ),
    ]
}

fn collision(tag: &str, moving: u16, standing: u16) -> Collision {
    Collision { moving: row("/srv/a", tag, moving), standing: row("/srv/b", tag, standing) }
}

fn row(directory: &str, tag: &str, number: u16) -> Reservation {
    let tag = (!tag.is_empty()).then(|| tag.parse().unwrap());
    Reservation {
        key: ReservationKey { path: path(directory), tag },
        port: Port::new(number).unwrap(),
        project: None,
        task: None,
        created_at: Timestamp::EPOCH,
        last_used_at: Timestamp::EPOCH,
    }
}

fn path(text: &str) -> AbsPath {
    AbsPath::from_clean(text).unwrap()
}
