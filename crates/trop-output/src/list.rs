//! Lists of reservations.

mod fields;
mod json;
mod table;

use std::io::{self, BufWriter, Write};

use trop_model::{Reservation, Timestamp};
use trop_paths::AbsPath;

use crate::{Style, records};

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// Columns, for people.
    Table,
    /// An array of objects, one to a line. The only form that holds every text exactly.
    Json,
    /// Comma-separated values with a line of names above, quoted by RFC 4180 where needed; lines end with a newline alone.
    Csv,
    /// Tab-separated values with a line of names above, never quoted: no field can hold a tab or a newline.
    Tsv,
}

impl ListFormat {
    /// Every format and the word that people choose it by.
    pub const WORDS: [(&'static str, ListFormat); 4] = [
        ("table", ListFormat::Table),
        ("json", ListFormat::Json),
        ("csv", ListFormat::Csv),
        ("tsv", ListFormat::Tsv),
    ];
}

/// What a table depends on besides its rows.
#[derive(Debug, Clone, Copy)]
pub struct TableView<'v> {
    /// The time from which ages are counted.
    pub now: Timestamp,
    /// The directory shown as `~`, if any.
    pub home: Option<&'v AbsPath>,
    /// Whether the header stands out.
    pub style: Style,
}

/// Writes the reservations in the order in which they come.
///
/// For programs the fields are `port, path, tag, project, task, created_at, last_used_at`, with times by RFC 3339 in UTC. What is
/// absent is `null` in JSON and empty elsewhere. JSON has one reservation to a line, between the brackets of one array, so
/// that it can be read by `jq` and by people and compared line by line. In CSV and TSV, as in the table, characters that act on
/// terminals are [escaped](crate::escaped).
///
/// Without reservations JSON is `[]`, CSV and TSV are the line of names, and the table is nothing at all.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_reservations(
    out: &mut dyn Write,
    rows: &[Reservation],
    format: ListFormat,
    view: TableView<'_>,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    match format {
        ListFormat::Table => table::write(&mut out, rows, view)?,
        ListFormat::Json => json::write(&mut out, rows)?,
        ListFormat::Csv => records::write_csv(&mut out, &fields::NAMES, rows.iter().map(fields::values))?,
        ListFormat::Tsv => records::write_tsv(&mut out, &fields::NAMES, rows.iter().map(fields::values))?,
    }
    out.flush()
}
