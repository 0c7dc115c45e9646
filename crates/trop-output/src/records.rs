//! Records for programs: a line of names, and below it a line for each record.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use csv::Writer;

/// Gathers what is written, since tens of thousands of records may come.
pub(crate) fn buffered(out: &mut dyn Write) -> BufWriter<&mut dyn Write> {
    BufWriter::with_capacity(64 * 1024, out)
}

/// Comma-separated values, quoted by RFC 4180 where needed; lines end with a newline alone.
pub(crate) fn write_csv<'r, R>(
    out: &mut dyn Write,
    names: &[&str],
    records: impl IntoIterator<Item = R>,
) -> io::Result<()>
where
    R: AsRef<[Cow<'r, str>]>,
{
    // In memory first: a writer that is dropped after an error would try once more.
    let mut table = Writer::from_writer(Vec::new());
    table.write_record(names)?;
    for record in records {
        table.write_record(record.as_ref().iter().map(|value| value.as_bytes()))?;
    }
    out.write_all(&table.into_inner().map_err(|error| error.into_error())?)
}

/// Tab-separated values, never quoted: the values are escaped, so that none of them holds a tab or a newline.
pub(crate) fn write_tsv<'r, R>(
    out: &mut dyn Write,
    names: &[&str],
    records: impl IntoIterator<Item = R>,
) -> io::Result<()>
where
    R: AsRef<[Cow<'r, str>]>,
{
    writeln!(out, "{}", names.join("\t"))?;
    for record in records {
        writeln!(out, "{}", record.as_ref().join("\t"))?;
    }
    Ok(())
}
