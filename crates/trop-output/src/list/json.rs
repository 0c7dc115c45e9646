//! A JSON array.

use std::io::{self, Write};

use serde::Serialize;
use trop_model::Reservation;

use crate::{json, reservation, rfc3339};

#[derive(Serialize)]
struct Listed<'r> {
    #[serde(flatten)]
    reservation: reservation::Fields<'r>,
    created_at: String,
    last_used_at: String,
}

pub(super) fn write(out: &mut dyn Write, rows: &[Reservation]) -> io::Result<()> {
    json::write_array(out, rows.iter().map(Listed::from))
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
