//! Tab-separated values.

use std::io::{self, Write};

use trop_model::Reservation;

use super::fields;

pub(super) fn write(out: &mut dyn Write, rows: &[Reservation]) -> io::Result<()> {
    writeln!(out, "{}", fields::NAMES.join("\t"))?;
    for row in rows {
        writeln!(out, "{}", fields::values(row).join("\t"))?;
    }
    Ok(())
}
