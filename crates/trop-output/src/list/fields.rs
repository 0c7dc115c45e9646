//! The fields of a list, as text for programs.

use std::borrow::Cow;

use trop_model::Reservation;

use super::{Live, LiveReservation};
use crate::{escaped, reservation, rfc3339};

/// The names, in the order that all machine formats share. It never changes; new names may be added behind.
pub(super) const NAMES: [&str; 7] = ["port", "path", "tag", "project", "task", "created_at", "last_used_at"];

/// The names of a list that tells what is known at this moment, too. The first ones are [`NAMES`].
pub(super) const LIVE_NAMES: [&str; 13] = [
    "port",
    "path",
    "tag",
    "project",
    "task",
    "created_at",
    "last_used_at",
    "path_exists",
    "listening",
    "process_id",
    "process_name",
    "user",
    "process_inside",
];

/// The values in the order of [`NAMES`], escaped, empty where there is none.
pub(super) fn values(row: &Reservation) -> [Cow<'_, str>; 7] {
    let reservation::Fields { port, path, tag, project, task } = row.into();
    [
        port.to_string().into(),
        escaped(path),
        label(tag),
        label(project),
        label(task),
        rfc3339(row.created_at).into(),
        rfc3339(row.last_used_at).into(),
    ]
}

/// The values in the order of [`LIVE_NAMES`], escaped, empty where there is none.
pub(super) fn live_values<'r>(row: &'r LiveReservation<'_>) -> [Cow<'r, str>; 13] {
    let [port, path, tag, project, task, created_at, last_used_at] = values(row.reservation);
    let Live { path_exists, listening, process, user, process_inside } = &row.live;
    let process = process.as_ref();
    [
        port,
        path,
        tag,
        project,
        task,
        created_at,
        last_used_at,
        text(*path_exists),
        text(*listening),
        text(process.map(|process| process.id)),
        label(process.map(|process| process.name.as_str())),
        label(user.as_deref()),
        text(*process_inside),
    ]
}

/// What cannot need escaping, or nothing.
fn text(value: Option<impl ToString>) -> Cow<'static, str> {
    value.map_or(Cow::Borrowed(""), |value| value.to_string().into())
}

/// The label, escaped, or nothing.
pub(super) fn label(text: Option<&str>) -> Cow<'_, str> {
    escaped(text.unwrap_or_default())
}
