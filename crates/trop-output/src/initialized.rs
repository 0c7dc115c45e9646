//! A data directory that was asked for.

use std::io::{self, Write};

use serde::Serialize;
use trop_paths::AbsPath;

use crate::json;

#[derive(Serialize)]
struct Initialized<'d> {
    data_dir: &'d str,
    created: bool,
    config: Option<&'d str>,
}

/// Writes one line of JSON, `{"data_dir": "...", "created": true, "config": null}`; `created` is false when there was one already, and
/// `config` the configuration file that was written, if one was.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_initialized(
    out: &mut dyn Write,
    directory: &AbsPath,
    created: bool,
    config: Option<&AbsPath>,
) -> io::Result<()> {
    let config = config.map(AbsPath::as_str);
    json::write_line(out, &Initialized { data_dir: directory.as_str(), created, config })
}
