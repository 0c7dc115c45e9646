//! Lists of reservations.

mod fields;
mod json;
mod live;
mod table;

use std::io::{self, Write};

use trop_model::{Reservation, Timestamp};
use trop_paths::AbsPath;

pub(crate) use self::json::Listed;
use self::json::ListedLive;
pub(crate) use self::live::directory_in_words;
use crate::Style;
use crate::json::write_array;
use crate::records::{buffered, write_csv, write_tsv};

pub use self::live::{Live, LiveReservation};

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
    /// The directory shown as `~`. Without any, paths are shown in full, however long they are.
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
    let mut out = buffered(out);
    let records = rows.iter().map(fields::values);
    match format {
        ListFormat::Table => table::write(&mut out, rows, view)?,
        ListFormat::Json => write_array(&mut out, rows.iter().map(Listed::from))?,
        ListFormat::Csv => write_csv(&mut out, &fields::NAMES, records)?,
        ListFormat::Tsv => write_tsv(&mut out, &fields::NAMES, records)?,
    }
    out.flush()
}

/// The same with what is known of them at this moment. For programs the fields `path_exists, listening, process_id, process_name,
/// user, process_inside` come behind the others. In a table, those that are served from elsewhere stand out.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_live_reservations(
    out: &mut dyn Write,
    rows: &[LiveReservation<'_>],
    format: ListFormat,
    view: TableView<'_>,
) -> io::Result<()> {
    let mut out = buffered(out);
    let records = rows.iter().map(fields::live_values);
    match format {
        ListFormat::Table => table::write_live(&mut out, rows, view)?,
        ListFormat::Json => write_array(&mut out, rows.iter().map(ListedLive::from))?,
        ListFormat::Csv => write_csv(&mut out, &fields::LIVE_NAMES, records)?,
        ListFormat::Tsv => write_tsv(&mut out, &fields::LIVE_NAMES, records)?,
    }
    out.flush()
}
