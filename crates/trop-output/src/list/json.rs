//! The objects of a JSON array.

use serde::Serialize;
use trop_model::Reservation;

use super::{Live, LiveReservation};
use crate::{reservation, rfc3339};

#[derive(Serialize)]
pub(crate) struct Listed<'r> {
    #[serde(flatten)]
    reservation: reservation::Fields<'r>,
    created_at: String,
    last_used_at: String,
}

#[derive(Serialize)]
pub(super) struct ListedLive<'r> {
    #[serde(flatten)]
    listed: Listed<'r>,
    path_exists: Option<bool>,
    listening: Option<bool>,
    process_id: Option<u32>,
    process_name: Option<&'r str>,
    user: Option<&'r str>,
    process_inside: Option<bool>,
}

impl<'r> From<&'r Reservation> for Listed<'r> {
    fn from(row: &'r Reservation) -> Listed<'r> {
        Listed {
            reservation: row.into(),
            created_at: rfc3339(row.created_at),
            last_used_at: rfc3339(row.last_used_at),
        }
    }
}

impl<'r> From<&'r LiveReservation<'r>> for ListedLive<'r> {
    fn from(row: &'r LiveReservation<'r>) -> ListedLive<'r> {
        let Live { path_exists, listening, process, user, process_inside } = &row.live;
        ListedLive {
            listed: row.reservation.into(),
            path_exists: *path_exists,
            listening: *listening,
            process_id: process.as_ref().map(|process| process.id),
            process_name: process.as_ref().map(|process| process.name.as_str()),
            user: user.as_deref(),
            process_inside: *process_inside,
        }
    }
}
