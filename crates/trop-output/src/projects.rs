//! A list of projects.

use std::io::{self, BufWriter, Write};

use trop_model::Project;

use crate::{escaped, json};

/// How projects are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectsFormat {
    /// One a line, exactly as they are, for programs.
    Lines,
    /// One a line, with nothing in it that acts on a terminal.
    Terminal,
    /// An array of strings, one a line.
    Json,
}

/// Writes the projects in the order in which they come. Without any, JSON is `[]`, and the others are nothing at all.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_projects(out: &mut dyn Write, projects: &[Project], format: ProjectsFormat) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut names = projects.iter().map(Project::as_str);
    match format {
        ProjectsFormat::Lines => names.try_for_each(|name| writeln!(out, "{name}"))?,
        ProjectsFormat::Terminal => names.try_for_each(|name| writeln!(out, "{}", escaped(name)))?,
        ProjectsFormat::Json => json::write_array(&mut out, names)?,
    }
    out.flush()
}
