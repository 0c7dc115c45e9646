//! Health on one page.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::shortened::sentence;
use crate::{Style, escaped, json};

/// One thing that was looked at. These fields are those of the JSON form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckView<'c> {
    /// Its name: words with `-` between.
    pub name: &'c str,
    /// How it stands.
    pub status: StatusView,
    /// That in a sentence.
    pub message: &'c str,
    /// What it is made of, one by one.
    pub details: &'c [String],
    /// What helps, where something is wrong.
    pub remedy: Option<String>,
    /// Commands for a POSIX shell that do it.
    pub commands: Vec<String>,
}

/// How it stands. Programs get these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusView {
    /// Well.
    Ok,
    /// Not well.
    Problem,
    /// That cannot be known.
    Unknown,
}

/// Of more details, words show the first ones: health is to stay on one page.
const MOST_DETAILS: usize = 20;

#[derive(Serialize)]
struct Health<'c> {
    healthy: bool,
    checks: &'c [CheckView<'c>],
}

impl StatusView {
    fn word(self) -> &'static str {
        match self {
            StatusView::Ok => "ok",
            StatusView::Problem => "problem",
            StatusView::Unknown => "unknown",
        }
    }
}

/// Writes one object on one line.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_health_json(out: &mut dyn Write, healthy: bool, checks: &[CheckView<'_>]) -> io::Result<()> {
    json::write_line(out, &Health { healthy, checks })
}

/// Writes one line for each check: how it stands, its name, the sentence. Below it stand the details, what helps, and the commands, each on
/// a line of its own.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_health(out: &mut dyn Write, checks: &[CheckView<'_>], style: Style) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let width = checks.iter().map(|check| check.name.len()).max().unwrap_or_default();
    for check in checks {
        let codes = match check.status {
            StatusView::Ok => style.aside(),
            StatusView::Problem => style.error(),
            StatusView::Unknown => style.warning(),
        };
        let (status, name) = (check.status.word(), check.name.replace('-', " "));
        writeln!(out, "{codes}{status:7}{codes:#}  {name:width$}  {}", sentence(check.message))?;
        let indent = " ".repeat(7 + 2 + width + 2);
        for detail in check.details.iter().take(MOST_DETAILS) {
            writeln!(out, "{indent}- {}", sentence(detail))?;
        }
        if MOST_DETAILS < check.details.len() {
            writeln!(out, "{indent}- and {} more", check.details.len() - MOST_DETAILS)?;
        }
        let commands = if check.commands.is_empty() { "" } else { ":" };
        if let Some(remedy) = &check.remedy {
            writeln!(out, "{indent}help: {}{commands}", sentence(remedy))?;
        }
        for command in &check.commands {
            writeln!(out, "{indent}  {}", escaped(command))?;
        }
    }
    out.flush()
}
