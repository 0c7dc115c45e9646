//! Aligned columns under a header, for people.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::Style;

/// A table without lines, two blanks between its columns. Ports end under each other.
pub(crate) fn table<const N: usize, T: Into<Cell>>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [T; N]>,
) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header).add_rows(rows);
    for (column, name) in table.column_iter_mut().zip(header) {
        column.set_padding((0, 2));
        if name == "PORT" {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Writes the table without blanks at the ends of lines.
pub(crate) fn write(out: &mut dyn Write, table: &Table, style: Style) -> io::Result<()> {
    write_marked(out, table, style, |_| false)
}

/// The same, where those rows stand out of whose number, from 0, `stands_out` says so. No cell may hold a line break.
pub(crate) fn write_marked(
    out: &mut dyn Write,
    table: &Table,
    style: Style,
    stands_out: impl Fn(usize) -> bool,
) -> io::Result<()> {
    for (number, line) in table.lines().enumerate() {
        let codes = match number.checked_sub(1) {
            None => style.header(),
            Some(row) if stands_out(row) => style.warning(),
            Some(_) => anstyle::Style::new(),
        };
        writeln!(out, "{codes}{}{codes:#}", line.trim_end_matches(' '))?;
    }
    Ok(())
}
