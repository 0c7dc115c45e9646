//! JSON that is safe to look at.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::escape::{acts_on_terminals, is_plain};

/// Writes the value as one line, in one piece: lines of several processes do not mix.
pub(crate) fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = Vec::new();
    write_value(&mut line, value)?;
    line.push(b'\n');
    out.write_all(&line)
}

/// Writes an array with one value per line.
pub(crate) fn write_array(
    out: &mut dyn Write,
    values: impl IntoIterator<Item = impl Serialize>,
) -> io::Result<()> {
    let mut before = "[\n  ";
    let mut after = "[]\n";
    let mut line = Vec::new();
    for value in values {
        line.clear();
        line.extend_from_slice(before.as_bytes());
        write_value(&mut line, &value)?;
        out.write_all(&line)?;
        (before, after) = (",\n  ", "\n]\n");
    }
    out.write_all(after.as_bytes())
}

/// Writes the value without any line break. In memory: it comes in dozens of pieces.
fn write_value(out: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, OneLine))?;
    Ok(())
}

/// `{"port": 5000, "tags": ["a", "b"]}`, where strings hold nothing that acts on terminals: JSON itself demands that only of the
/// first 32 characters.
struct OneLine;

impl Formatter for OneLine {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(out, first)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if is_plain(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((start, found)) =
            rest.char_indices().find(|&(_, character)| acts_on_terminals(character))
        {
            out.write_all(&rest.as_bytes()[..start])?;
            for unit in found.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[start + found.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

fn separate<W: ?Sized + Write>(out: &mut W, first: bool) -> io::Result<()> {
    if first { Ok(()) } else { out.write_all(b", ") }
}
