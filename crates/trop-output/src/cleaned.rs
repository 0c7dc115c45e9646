//! Reservations that a clean-up removed.

use std::io::{self, Write};

use serde::Serialize;
use trop_model::{Change, RemovalReason, Tag};

use crate::records::buffered;
use crate::{escaped, json};

/// How removals are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CleanedFormat {
    /// One a line, its fields separated by tabs, none of which holds a tab or a newline.
    Lines,
    /// An array of objects, one a line. The only form that holds every text exactly.
    Json,
}

#[derive(Serialize)]
struct Fields<'c> {
    port: u16,
    path: &'c str,
    tag: Option<&'c str>,
    reason: &'static str,
}

/// Writes the removals among the changes in the order in which they come: `port, path, tag, reason`.
///
/// An absent tag is `null` in JSON and empty in lines, where characters that act on terminals are [escaped](crate::escaped). The reason is
/// `gone` or `expired`. Without any, JSON is `[]`, and lines are nothing at all.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_cleaned(out: &mut dyn Write, changes: &[Change], format: CleanedFormat) -> io::Result<()> {
    let mut out = buffered(out);
    let mut removals = changes.iter().filter_map(Fields::of_removal);
    match format {
        CleanedFormat::Lines => removals.try_for_each(|removal| removal.write_line(&mut out))?,
        CleanedFormat::Json => json::write_array(&mut out, removals)?,
    }
    out.flush()
}

impl<'c> Fields<'c> {
    fn of_removal(change: &'c Change) -> Option<Fields<'c>> {
        let Change::Remove { row, reason } = change else { return None };
        let tag = row.key.tag.as_ref().map(Tag::as_str);
        Some(Fields { port: row.port.get(), path: row.key.path.as_str(), tag, reason: word(*reason) })
    }

    fn write_line(&self, out: &mut impl Write) -> io::Result<()> {
        let Fields { port, path, tag, reason } = self;
        writeln!(out, "{port}\t{}\t{}\t{reason}", escaped(path), escaped(tag.unwrap_or_default()))
    }
}

/// Why a reservation is removed, in the word that programs get.
pub(crate) fn word(reason: RemovalReason) -> &'static str {
    match reason {
        RemovalReason::Released => "released",
        RemovalReason::Gone => "gone",
        RemovalReason::Expired => "expired",
        RemovalReason::Replaced => "replaced",
    }
}
