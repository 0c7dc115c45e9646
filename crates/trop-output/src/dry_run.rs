//! A plan that is only shown.

use std::io::{self, Write};

use serde::Serialize;
use trop_model::{Change, RemovalReason};

use crate::{describe_planned, escaped, json, reservation};

/// The JSON form.
#[derive(Serialize)]
struct DryRun<'p> {
    dry_run: bool,
    changes: Vec<PlannedChange<'p>>,
    warnings: &'p [String],
}

#[derive(Serialize)]
struct PlannedChange<'p> {
    action: &'static str,
    #[serde(flatten)]
    reservation: reservation::Fields<'p>,
    previous_port: Option<u16>,
    reason: Option<&'static str>,
}

/// Writes the plan as one line of JSON: `{"dry_run": true, "changes": [...], "warnings": [...]}`.
///
/// Every change has the same fields. `action` is `reserve` (new), `replace` (there was one for the same key, and
/// `previous_port` is its port), `refresh` (stays, counts as used now) or `remove` (and `reason` is `released`, `gone` or
/// `expired`); then come `port, path, tag, project, task, previous_port, reason`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_dry_run(out: &mut dyn Write, changes: &[Change], warnings: &[String]) -> io::Result<()> {
    let changes = changes.iter().map(PlannedChange::from).collect();
    json::write_line(out, &DryRun { dry_run: true, changes, warnings })
}

/// Writes the plan in words: a line for each change, escaped, or the one line `would change nothing`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_planned(out: &mut dyn Write, changes: &[Change]) -> io::Result<()> {
    if changes.is_empty() {
        return out.write_all(b"would change nothing\n");
    }
    let line = |change| format!("{}\n", escaped(&describe_planned(change)));
    let text: String = changes.iter().map(line).collect();
    out.write_all(text.as_bytes())
}

impl<'p> From<&'p Change> for PlannedChange<'p> {
    fn from(change: &'p Change) -> PlannedChange<'p> {
        let (action, previous_port, reason) = match change {
            Change::Put { replaces: None, .. } => ("reserve", None, None),
            Change::Put { replaces: Some(before), .. } => ("replace", Some(before.port.get()), None),
            Change::Touch { .. } => ("refresh", None, None),
            Change::Remove { reason, .. } => ("remove", None, Some(word(*reason))),
        };
        PlannedChange { action, reservation: change.row().into(), previous_port, reason }
    }
}

fn word(reason: RemovalReason) -> &'static str {
    match reason {
        RemovalReason::Released => "released",
        RemovalReason::Gone => "gone",
        RemovalReason::Expired => "expired",
    }
}
