//! A change in words.

use std::iter::zip;

use trop_model::{Change, RemovalReason, Reservation};

use crate::reservation::Fields;
use crate::time::utc;

/// What the change would do: `would reserve port 5000 for /srv/a (tag web)`. The text is not escaped yet.
#[must_use]
pub fn describe_planned(change: &Change) -> String {
    let Deed { verb, object } = deed(change);
    format!("would {} {object}", verb.infinitive)
}

/// What the change has done: `reserved port 5000 for /srv/a (tag web)`. The text is not escaped yet.
#[must_use]
pub fn describe_done(change: &Change) -> String {
    let Deed { verb, object } = deed(change);
    format!("{} {object}", verb.past)
}

/// A sentence without its subject, before or after the fact.
struct Deed {
    verb: Verb,
    object: String,
}

struct Verb {
    infinitive: &'static str,
    past: &'static str,
}

const RESERVE: Verb = Verb { infinitive: "reserve", past: "reserved" };
const CHANGE: Verb = Verb { infinitive: "change", past: "changed" };
const KEEP: Verb = Verb { infinitive: "keep", past: "kept" };
const MOVE: Verb = Verb { infinitive: "move", past: "moved" };
const REMOVE: Verb = Verb { infinitive: "remove", past: "removed" };

fn deed(change: &Change) -> Deed {
    let row = change.row();
    let port_for_key = format!("port {} for {}", row.port, row.key);
    match change {
        Change::Put { replaces: None, .. } => Deed { verb: RESERVE, object: port_for_key },
        Change::Put { replaces: Some(before), .. } => match differences(before, row).as_slice() {
            [] => Deed { verb: KEEP, object: port_for_key },
            differences => {
                let what = if relabels(before, row) { "labels" } else { "reservation" };
                let object = format!("the {what} of {}: {}", row.key, differences.join(", "));
                Deed { verb: CHANGE, object }
            }
        },
        Change::Move { from, .. } => {
            Deed { verb: MOVE, object: format!("port {} from {} to {}", row.port, from.path, row.key) }
        }
        Change::Touch { .. } => Deed { verb: KEEP, object: port_for_key },
        Change::Remove { reason, .. } => {
            let object = format!("the reservation of {port_for_key}{}", because(*reason, row));
            Deed { verb: REMOVE, object }
        }
    }
}

/// Whether the port stays and a label does not.
pub(crate) fn relabels(before: &Reservation, after: &Reservation) -> bool {
    let labels_differ = before.project != after.project || before.task != after.task;
    before.port == after.port && labels_differ
}

/// What is other than before: `port 5001 instead of port 5000`, `no task instead of task main`.
fn differences(before: &Reservation, after: &Reservation) -> Vec<String> {
    let changed = zip(aspects(before), aspects(after)).filter(|(old, new)| old != new);
    changed.map(|(old, new)| format!("{new} instead of {old}")).collect()
}

fn aspects(row: &Reservation) -> [String; 3] {
    let Fields { port, project, task, .. } = row.into();
    [format!("port {port}"), label("project", project), label("task", task)]
}

fn label(noun: &str, text: Option<&str>) -> String {
    text.map_or_else(|| format!("no {noun}"), |text| format!("{noun} {text}"))
}

fn because(reason: RemovalReason, row: &Reservation) -> String {
    match reason {
        RemovalReason::Released => String::new(),
        RemovalReason::Gone => ": its directory is gone".to_owned(),
        RemovalReason::Expired => format!(": it has expired, unused since {}", utc(row.last_used_at).date()),
        RemovalReason::Replaced => ": another one takes its place".to_owned(),
    }
}
