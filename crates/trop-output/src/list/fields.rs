//! The fields of a list, as text for programs.

use std::borrow::Cow;

use trop_model::Reservation;

use crate::{escaped, reservation, rfc3339};

/// The names, in the order that all machine formats share. It never changes; new names may be added behind.
pub(super) const NAMES: [&str; 7] = ["port", "path", "tag", "project", "task", "created_at", "last_used_at"];

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

/// The label, escaped, or nothing.
pub(super) fn label(text: Option<&str>) -> Cow<'_, str> {
    escaped(text.unwrap_or_default())
}
