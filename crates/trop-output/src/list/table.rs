//! Aligned columns.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::MAIN_SEPARATOR;

use comfy_table::{CellAlignment, Table};
use trop_model::Reservation;
use trop_paths::AbsPath;

use super::TableView;
use super::fields::label;
use crate::{age_in_words, columns, escaped, reservation};

const HEADER: [&str; 7] = ["PORT", "PATH", "TAG", "PROJECT", "TASK", "CREATED", "LAST USED"];

pub(super) fn write(out: &mut dyn Write, rows: &[Reservation], view: TableView<'_>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    columns::write(out, &table(rows, view), view.style)
}

fn table(rows: &[Reservation], view: TableView<'_>) -> Table {
    // Where HOME is the root, `~` would stand before everything and say nothing.
    let home = view.home.filter(|home| home.parent().is_some());
    let rows = rows.iter().map(|row| {
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
    });
    let mut table = columns::table(HEADER, rows);
    if let Some(port) = table.column_mut(0) {
        port.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// The path with `~` for the home directory, by component: `/home/user2` is not below `/home/user`.
fn below_home<'p>(path: &'p AbsPath, home: Option<&AbsPath>) -> Cow<'p, str> {
    match home.and_then(|home| path.below(home)) {
        Some(below) if below.as_str().is_empty() => "~".into(),
        Some(below) => format!("~{MAIN_SEPARATOR}{below}").into(),
        None => path.as_str().into(),
    }
}
