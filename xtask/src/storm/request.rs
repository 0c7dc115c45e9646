//! What one process is asked to do.

use crate::storm::labels::Naming;
use crate::storm::listing::Format;
use crate::storm::model::{Key, Model, Standing};
use crate::storm::ports::Range;

/// A run of trop: a command, in a directory.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) command: Command,
    pub(crate) working_directory: String,
    /// Whether it gives up at once where it would wait for a lock.
    pub(crate) is_impatient: bool,
}

/// A command that exists.
#[derive(Debug, Clone)]
pub(crate) enum Command {
    Reserve(Reserve),
    Release(Release),
    List(List),
    Init { dry_run: bool },
    ShowPath { path: String },
    ShowDataDir,
    ConfigShow,
}

/// How a command is told which directory it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: String,
    /// What `--path` says. `None`: it is the working directory.
    pub(crate) typed: Option<String>,
    pub(crate) allow_unrelated: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Reserve {
    pub(crate) key: Key,
    pub(crate) place: Place,
    pub(crate) range: Range,
    pub(crate) port: Option<u16>,
    pub(crate) strict: bool,
    pub(crate) overwrite: bool,
    pub(crate) skip_probes: bool,
    pub(crate) naming: Naming,
    pub(crate) dry_run: bool,
    pub(crate) json: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Release {
    pub(crate) place: Place,
    pub(crate) selection: Selection,
    pub(crate) recursive: bool,
    pub(crate) dry_run: bool,
    pub(crate) json: bool,
}

/// Which reservations of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    All,
    Tagged(String),
    Untagged,
}

#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) format: Format,
    pub(crate) below: Option<String>,
    pub(crate) tag: Option<String>,
}

/// How long a patient run waits for a lock, in seconds.
const PATIENCE: &str = "50";

impl Run {
    /// The words behind the name of the program.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut words = Words::default();
        words.add(self.command.name());
        match &self.command {
            Command::Reserve(reserve) => reserve.add_to(&mut words),
            Command::Release(release) => release.add_to(&mut words),
            Command::List(list) => list.add_to(&mut words),
            Command::Init { dry_run } => words.flag("--dry-run", *dry_run),
            Command::ShowPath { path } => words.option("--path", Some(path)),
            Command::ShowDataDir => {}
            Command::ConfigShow => {
                words.add("show");
                words.option("--format", Some("json"));
            }
        }
        words.option("--busy-timeout", Some(self.lock_wait()));
        words.0
    }

    /// How long it waits for a lock, in seconds.
    pub(crate) fn lock_wait(&self) -> &'static str {
        if self.is_impatient { "0" } else { PATIENCE }
    }
}

impl Command {
    pub(crate) const NAMES: [&str; 7] =
        ["reserve", "release", "list", "init", "show-path", "show-data-dir", "config"];

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Command::Reserve(_) => "reserve",
            Command::Release(_) => "release",
            Command::List(_) => "list",
            Command::Init { .. } => "init",
            Command::ShowPath { .. } => "show-path",
            Command::ShowDataDir => "show-data-dir",
            Command::ConfigShow => "config",
        }
    }

    /// Whether it may come to a transaction that writes.
    pub(crate) fn writes(&self) -> bool {
        match self {
            Command::Reserve(reserve) => !reserve.dry_run,
            Command::Release(release) => !release.dry_run,
            Command::Init { dry_run } => !dry_run,
            Command::List(_) | Command::ShowPath { .. } | Command::ShowDataDir | Command::ConfigShow => false,
        }
    }
}

impl Place {
    /// Whether the path guard lets it through.
    pub(crate) fn is_allowed(&self, model: &Model) -> bool {
        self.allow_unrelated || model.standing(&self.path) != Standing::Unmounted
    }

    fn add_to(&self, words: &mut Words) {
        words.option("--path", self.typed.as_ref());
        words.flag("--allow-unrelated-path", self.allow_unrelated);
    }
}

impl Reserve {
    fn add_to(&self, words: &mut Words) {
        self.place.add_to(words);
        words.option("--tag", self.key.tag.as_ref());
        words.option("--min", Some(self.range.first.to_string()));
        words.option("--max", Some(self.range.last.to_string()));
        words.option("--port", self.port.map(|port| port.to_string()));
        words.flag("--strict-port", self.strict);
        words.flag("--overwrite", self.overwrite);
        words.flag("--skip-occupancy-check", self.skip_probes);
        words.option("--project", self.naming.asked.project.as_ref());
        words.option("--task", self.naming.asked.task.as_ref());
        words.flag("--allow-change", self.naming.may_change);
        words.flag("--dry-run", self.dry_run);
        words.option("--format", self.json.then_some("json"));
    }
}

impl Release {
    /// The keys of the model that it is about.
    pub(crate) fn selected(&self, model: &Model) -> Vec<Key> {
        let directory = &self.place.path;
        let is_meant = |key: &Key| {
            (key.path == *directory || (self.recursive && is_below(&key.path, directory)))
                && self.selection.selects(key.tag.as_deref())
        };
        model.rows().keys().filter(|key| is_meant(key)).cloned().collect()
    }

    fn add_to(&self, words: &mut Words) {
        self.place.add_to(words);
        match &self.selection {
            Selection::All => {}
            Selection::Tagged(tag) => words.option("--tag", Some(tag)),
            Selection::Untagged => words.flag("--untagged-only", true),
        }
        words.flag("--recursive", self.recursive);
        words.flag("--dry-run", self.dry_run);
        words.option("--format", self.json.then_some("json"));
    }
}

impl Selection {
    fn selects(&self, tag: Option<&str>) -> bool {
        match self {
            Selection::All => true,
            Selection::Tagged(wanted) => tag == Some(wanted.as_str()),
            Selection::Untagged => tag.is_none(),
        }
    }
}

impl List {
    pub(crate) fn shows(&self, key: &Key) -> bool {
        self.below.as_ref().is_none_or(|directory| is_below(&key.path, directory))
            && self.tag.as_ref().is_none_or(|tag| key.tag.as_ref() == Some(tag))
    }

    fn add_to(&self, words: &mut Words) {
        words.option("--format", Some(self.format.word()));
        words.option("--filter-path", self.below.as_ref());
        words.option("--filter-tag", self.tag.as_ref());
    }
}

/// Whether the path is that directory, or inside it.
pub(crate) fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A command line.
#[derive(Debug, Default)]
pub(crate) struct Words(pub(crate) Vec<String>);

impl Words {
    pub(crate) fn add(&mut self, word: &str) {
        self.0.push(word.to_owned());
    }

    pub(crate) fn flag(&mut self, name: &str, is_given: bool) {
        if is_given {
            self.add(name);
        }
    }

    pub(crate) fn option(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(value) = value {
            self.add(name);
            self.add(value.as_ref());
        }
    }
}
