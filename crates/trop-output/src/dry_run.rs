//! A plan that is only shown.

use std::io::{self, Write};

use serde::Serialize;
use trop_model::Change;
use trop_paths::AbsPath;

use crate::cleaned::word;
use crate::describe::relabels;
use crate::{describe_planned, escaped, json, reservation};

/// What a command would do.
#[derive(Debug, Clone, Copy)]
pub struct DryRun<'p> {
    /// The data directory in which a database would be made first, where there is none.
    pub new_data_directory: Option<&'p AbsPath>,
    /// What would be removed and stored, in that order.
    pub changes: &'p [Change],
    /// What would then become of files beside the database.
    pub files: &'p [FileChange],
    /// What the user was warned of.
    pub warnings: &'p [String],
}

/// What would become of a file, or of the data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// It would be made, or get another content.
    Write {
        /// Its path.
        path: String,
    },
    /// Group and others could not use it any more.
    Protect {
        /// Its path.
        path: String,
    },
}

/// The JSON form.
#[derive(Serialize)]
struct Fields<'p> {
    dry_run: bool,
    changes: Vec<Step<'p>>,
    warnings: &'p [String],
}

#[derive(Serialize)]
struct Step<'p> {
    action: &'static str,
    port: Option<u16>,
    path: &'p str,
    tag: Option<&'p str>,
    project: Option<&'p str>,
    task: Option<&'p str>,
    previous_port: Option<u16>,
    reason: Option<&'static str>,
    from_path: Option<&'p str>,
}

impl DryRun<'_> {
    /// Writes the plan as one line of JSON: `{"dry_run": true, "changes": [...], "warnings": [...]}`.
    ///
    /// Every change has the same fields: `action, port, path, tag, project, task, previous_port, reason, from_path`. The action is
    /// `initialize` (`path` is the data directory), `reserve` (new), `replace` (there was one for the same key, and
    /// `previous_port` is its port), `relabel` (the port stays, and gets this project and task), `move` (everything stays but the
    /// path, which was `from_path`), `refresh` (stays, counts as used now), `remove` (and `reason` is `released`, `gone`,
    /// `expired` or `replaced`), `write` (a file) or `protect` (group and others could not use it any more).
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let first = self.new_data_directory.map(Step::initialize);
        let changes = first.into_iter().chain(self.changes.iter().map(Step::change));
        let changes = changes.chain(self.files.iter().map(Step::file)).collect();
        json::write_line(out, &Fields { dry_run: true, changes, warnings: self.warnings })
    }

    /// Writes the plan in words: a line for each change, escaped, or the one line `would change nothing`. Warnings are
    /// not repeated.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_words(&self, out: &mut dyn Write) -> io::Result<()> {
        let first = self.new_data_directory.map(|directory| format!("would make a database in {directory}"));
        let sentences = first.into_iter().chain(self.changes.iter().map(describe_planned));
        let sentences = sentences.chain(self.files.iter().map(describe_file));
        let text: String = sentences.map(|sentence| format!("{}\n", escaped(&sentence))).collect();
        out.write_all(if text.is_empty() { b"would change nothing\n" } else { text.as_bytes() })
    }
}

impl<'p> Step<'p> {
    fn initialize(directory: &'p AbsPath) -> Step<'p> {
        Step::path("initialize", directory.as_str())
    }

    fn file(change: &'p FileChange) -> Step<'p> {
        match change {
            FileChange::Write { path } => Step::path("write", path),
            FileChange::Protect { path } => Step::path("protect", path),
        }
    }

    /// What is not about a reservation.
    fn path(action: &'static str, path: &'p str) -> Step<'p> {
        Step {
            action,
            port: None,
            path,
            tag: None,
            project: None,
            task: None,
            previous_port: None,
            reason: None,
            from_path: None,
        }
    }

    fn change(change: &'p Change) -> Step<'p> {
        let reservation::Fields { port, path, tag, project, task } = change.row().into();
        let step = |action| Step {
            action,
            port: Some(port),
            path,
            tag,
            project,
            task,
            previous_port: None,
            reason: None,
            from_path: None,
        };
        match change {
            Change::Put { replaces: None, .. } => step("reserve"),
            Change::Put { row, replaces: Some(before) } if relabels(before, row) => step("relabel"),
            Change::Put { replaces: Some(before), .. } => {
                Step { previous_port: Some(before.port.get()), ..step("replace") }
            }
            Change::Move { from, .. } => Step { from_path: Some(from.path.as_str()), ..step("move") },
            Change::Touch { .. } => step("refresh"),
            Change::Remove { reason, .. } => Step { reason: Some(word(*reason)), ..step("remove") },
        }
    }
}

fn describe_file(change: &FileChange) -> String {
    match change {
        FileChange::Write { path } => format!("would write {path}"),
        FileChange::Protect { path } => format!("would keep group and others away from {path}"),
    }
}
