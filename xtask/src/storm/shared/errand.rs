//! What one process is asked to do to what all share.

use crate::storm::model::Key;
use crate::storm::ports::{Range, SCANNED};
use crate::storm::request::Words;
use crate::storm::shared::exclusions::Target;

/// A run of trop on shared directories.
#[derive(Debug, Clone)]
pub(crate) struct Errand {
    pub(crate) action: Action,
    pub(crate) working_directory: String,
    pub(crate) dry_run: bool,
    /// How long it waits for a lock, in seconds.
    pub(crate) lock_wait: &'static str,
}

#[derive(Debug, Clone)]
pub(crate) enum Action {
    Reserve {
        key: Key,
        /// Without one, the tropfile says it.
        range: Option<Range>,
        port: Option<u16>,
        is_strict: bool,
        overwrite: bool,
        skip_probes: bool,
        project: Option<&'static str>,
    },
    Release {
        path: String,
        /// Just one of them.
        tag: Option<&'static str>,
        recursive: bool,
    },
    Migrate {
        from: String,
        to: String,
        recursive: bool,
        force: bool,
    },
    Group {
        how: How,
        directory: String,
        overwrite: bool,
    },
    /// A command that gets one port.
    ExecOne {
        key: Key,
        range: Option<Range>,
    },
    CleanUp {
        command: &'static str,
    },
    Exclude {
        target: Target,
        ports: Range,
        force: bool,
    },
    Compact {
        target: Target,
        file: String,
    },
    Scan {
        target: Target,
        compact: bool,
    },
    List,
}

/// By which command a group is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Auto,
    OfFile,
    Exec,
    /// Into a file, so that nothing is printed.
    Written,
}

impl Errand {
    pub(crate) const NAMES: [&str; 13] = [
        "shared reserve",
        "shared release",
        "migrate",
        "autoreserve",
        "reserve-group",
        "exec",
        "prune",
        "expire",
        "autoclean",
        "exclude",
        "compact-exclusions",
        "scan --autoexclude",
        "shared list",
    ];

    pub(crate) fn name(&self) -> &'static str {
        match &self.action {
            Action::Reserve { .. } => "shared reserve",
            Action::Release { .. } => "shared release",
            Action::Migrate { .. } => "migrate",
            Action::Group { how: How::Auto | How::Written, .. } => "autoreserve",
            Action::Group { how: How::OfFile, .. } => "reserve-group",
            Action::Group { how: How::Exec, .. } | Action::ExecOne { .. } => "exec",
            Action::CleanUp { command } => command,
            Action::Exclude { .. } => "exclude",
            Action::Compact { .. } => "compact-exclusions",
            Action::Scan { .. } => "scan --autoexclude",
            Action::List => "shared list",
        }
    }

    /// Whether it may come to a transaction that writes.
    pub(crate) fn writes(&self) -> bool {
        let only_looks = matches!(self.action, Action::List) || self.dry_run;
        !only_looks && self.edits().is_none()
    }

    /// Which file it edits, if that is what it does.
    pub(crate) fn edits(&self) -> Option<Target> {
        match self.action {
            _ if self.dry_run => None,
            Action::Exclude { target, .. } | Action::Compact { target, .. } | Action::Scan { target, .. } => {
                Some(target)
            }
            _ => None,
        }
    }

    /// Whether it changes something when it comes to its end.
    pub(crate) fn changes_something(&self) -> bool {
        !matches!(self.action, Action::List)
    }

    /// Whether what it prints is one line, and whole or not there.
    pub(crate) fn answers_in_a_line(&self) -> bool {
        matches!(
            self.action,
            Action::Reserve { .. }
                | Action::Release { .. }
                | Action::Migrate { .. }
                | Action::Group { .. }
                | Action::ExecOne { .. }
        )
    }

    /// The words behind the name of the program.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut words = Words::default();
        words.option("--busy-timeout", Some(self.lock_wait));
        words.add(self.name().strip_prefix("shared ").unwrap_or(self.name()).split(' ').next().unwrap_or(""));
        words.flag("--dry-run", self.dry_run);
        self.add_to(&mut words);
        words.0
    }

    fn add_to(&self, words: &mut Words) {
        // What a dry run would say as JSON is not asked for.
        let json = (!self.dry_run).then_some("json");
        match &self.action {
            Action::Reserve { key, range, port, is_strict, overwrite, skip_probes, project } => {
                words.option("--path", Some(&key.path));
                words.option("--tag", key.tag.as_ref());
                add_range(words, *range);
                words.option("--port", port.map(|port| port.to_string()));
                words.flag("--strict-port", *is_strict);
                words.flag("--overwrite", *overwrite);
                words.flag("--skip-occupancy-check", *skip_probes);
                words.option("--project", *project);
                words.flag("--allow-change", project.is_some());
                words.option("--format", json);
            }
            Action::Release { path, tag, recursive } => {
                words.option("--path", Some(path));
                words.option("--tag", *tag);
                words.flag("--recursive", *recursive);
                words.option("--format", json);
            }
            Action::Migrate { from, to, recursive, force } => {
                words.option("--from", Some(from));
                words.option("--to", Some(to));
                words.flag("--recursive", *recursive);
                words.flag("--force", *force);
                words.option("--format", json);
            }
            Action::Group { how, directory, overwrite } => {
                words.flag("--overwrite", *overwrite);
                match how {
                    How::Auto => words.option("--format", json),
                    How::OfFile => {
                        words.option("--format", json);
                        words.add(&format!("{directory}/trop.yaml"));
                    }
                    How::Written => words.option("--write", Some(".env")),
                    How::Exec => {
                        ["--", "/bin/echo", "{api}", "{db}", "{web}"].iter().for_each(|word| words.add(word))
                    }
                }
            }
            Action::ExecOne { key, range } => {
                words.option("--tag", key.tag.as_ref());
                add_range(words, *range);
                ["--", "/bin/echo", "{port}"].iter().for_each(|word| words.add(word));
            }
            Action::CleanUp { .. } => words.option("--format", json),
            Action::Exclude { target, ports, force } => {
                words.flag("--global", *target == Target::Global);
                words.flag("--force", *force);
                words.add(&format!("{}..{}", ports.first, ports.last));
            }
            Action::Compact { file, .. } => words.add(file),
            Action::Scan { target, compact } => {
                words.add("--autoexclude");
                words.flag("--global", *target == Target::Global);
                words.flag("--autocompact", *compact);
                add_range(words, Some(SCANNED));
            }
            Action::List => words.option("--format", Some("json")),
        }
    }
}

fn add_range(words: &mut Words, range: Option<Range>) {
    words.option("--min", range.map(|range| range.first.to_string()));
    words.option("--max", range.map(|range| range.last.to_string()));
}
