//! Aligned columns.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::MAIN_SEPARATOR;

use trop_model::Reservation;
use trop_paths::AbsPath;

use super::live::directory_in_words;
use super::{LiveReservation, TableView};
use crate::shortened::cell;
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
    let reservation::Fields { port, tag, project, task, .. } = row.into();
    [
        port.to_string().into(),
        directory(&row.key.path, view.home),
        cell(tag.unwrap_or_default()),
        cell(project.unwrap_or_default()),
        cell(task.unwrap_or_default()),
        age_in_words(row.created_at, view.now).into(),
        age_in_words(row.last_used_at, view.now).into(),
    ]
}

fn live_cells<'r>(row: &LiveReservation<'r>, view: TableView<'_>) -> [Cow<'r, str>; 9] {
    let [port, path, tag, project, task, created, last_used] = cells(row.reservation, view);
    let (directory, server) = (directory_in_words(row.live.path_exists), row.live.server_in_words());
    [port, path, tag, project, task, created, last_used, directory.into(), cell(&server).into_owned().into()]
}

/// The path as it is to be shown: in full where no home is named.
fn directory<'p>(path: &'p AbsPath, home: Option<&AbsPath>) -> Cow<'p, str> {
    let Some(home) = home else { return escaped(path.as_str()) };
    // Where HOME is the root, `~` would stand before everything and say nothing.
    match below_home(path, Some(home).filter(|home| home.parent().is_some())) {
        Cow::Borrowed(path) => cell(path),
        Cow::Owned(path) => cell(&path).into_owned().into(),
    }
}

/// The path with `~` for the home directory, by component: `/home/user2` is not below `/home/user`.
fn below_home<'p>(path: &'p AbsPath, home: Option<&AbsPath>) -> Cow<'p, str> {
    match home.and_then(|home| path.below(home)) {
        Some(below) if below.as_str().is_empty() => "~".into(),
        Some(below) => format!("~{MAIN_SEPARATOR}{below}").into(),
        None => path.as_str().into(),
    }
}
