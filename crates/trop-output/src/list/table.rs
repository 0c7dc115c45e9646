//! Aligned columns.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::MAIN_SEPARATOR;

use trop_model::Reservation;
use trop_paths::AbsPath;

use super::fields::label;
use super::live::directory_in_words;
use super::{LiveReservation, TableView};
use crate::{age_in_words, columns, escaped, reservation};

const HEADER: [&str; 7] = ["PORT", "PATH", "TAG", "PROJECT", "TASK", "CREATED", "LAST USED"];

const LIVE_HEADER: [&str; 9] =
    ["PORT", "PATH", "TAG", "PROJECT", "TASK", "CREATED", "LAST USED", "DIRECTORY", "SERVED BY"];

pub(super) fn write(out: &mut dyn Write, rows: &[Reservation], view: TableView<'_>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let table = columns::table(HEADER, rows.iter().map(|row| cells(row, view)));
    columns::write(out, &table, view.style)
}

pub(super) fn write_live(
    out: &mut dyn Write,
    rows: &[LiveReservation<'_>],
    view: TableView<'_>,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let table = columns::table(LIVE_HEADER, rows.iter().map(|row| live_cells(row, view)));
    let stands_out = |number: usize| rows[number].live.is_served_from_elsewhere();
    columns::write_marked(out, &table, view.style, stands_out)
}

fn cells<'r>(row: &'r Reservation, view: TableView<'_>) -> [Cow<'r, str>; 7] {
    // Where HOME is the root, `~` would stand before everything and say nothing.
    let home = view.home.filter(|home| home.parent().is_some());
    let reservation::Fields { port, tag, project, task, .. } = row.into();
    [
        port.to_string().into(),
        escaped(&below_home(&row.key.path, home)).into_owned().into(),
        label(tag),
        label(project),
        label(task),
        age_in_words(row.created_at, view.now).into(),
        age_in_words(row.last_used_at, view.now).into(),
    ]
}

fn live_cells<'r>(row: &LiveReservation<'r>, view: TableView<'_>) -> [Cow<'r, str>; 9] {
    let [port, path, tag, project, task, created, last_used] = cells(row.reservation, view);
    let (directory, server) = (directory_in_words(row.live.path_exists), row.live.server_in_words());
    [port, path, tag, project, task, created, last_used, directory.into(), server.into()]
}

/// The path with `~` for the home directory, by component: `/home/user2` is not below `/home/user`.
fn below_home<'p>(path: &'p AbsPath, home: Option<&AbsPath>) -> Cow<'p, str> {
    match home.and_then(|home| path.below(home)) {
        Some(below) if below.as_str().is_empty() => "~".into(),
        Some(below) => format!("~{MAIN_SEPARATOR}{below}").into(),
        None => path.as_str().into(),
    }
}
