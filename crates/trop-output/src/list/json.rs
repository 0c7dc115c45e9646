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
    #[serde(flatten)]
    live: &'r Live,
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
        ListedLive { listed: row.reservation.into(), live: &row.live }
    }
}
