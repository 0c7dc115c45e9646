//! Comma-separated values.

use std::io::{self, Write};

use csv::Writer;
use trop_model::Reservation;

use super::fields;

pub(super) fn write(out: &mut dyn Write, rows: &[Reservation]) -> io::Result<()> {
    let mut table = Writer::from_writer(out);
    table.write_record(fields::NAMES)?;
    for row in rows {
        table.write_record(fields::values(row).iter().map(|value| value.as_bytes()))?;
    }
    table.flush()
}
