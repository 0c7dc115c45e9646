//! A data directory that was asked for.

use std::io::{self, Write};

use serde::Serialize;
use trop_paths::AbsPath;

use crate::json;

#[derive(Serialize)]
struct Initialized<'d> {
    data_dir: &'d str,
    created: bool,
}

/// Writes one line of JSON, `{"data_dir": "...", "created": true}`; `created` is false when there was one already.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_initialized(out: &mut dyn Write, directory: &AbsPath, created: bool) -> io::Result<()> {
    json::write_line(out, &Initialized { data_dir: directory.as_str(), created })
}
