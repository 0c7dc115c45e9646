//! Where runs happen: homes with a database, and directories outside every repository.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::build::Programs;
use super::run::Run;
use super::scenario::{Data, FREE_PORTS, Key, Program, Scenario, Site, TREE};
use super::scratch::{Scratch, copy_files};
use crate::outcome::Outcome;

/// A temporary directory, with a home for each kind of data that was asked for so far. Gone when dropped.
#[derive(Debug)]
pub(crate) struct World {
    root: Scratch,
    /// Those that make the data. It is the same whatever build is measured on it.
    makers: Programs,
    models: HashMap<Data, PathBuf>,
    stages: usize,
}

/// Whether runs share a home. Each has a directory of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Homes {
    /// Each has a copy of its own, and stores nothing that another finds.
    OneEach,
    /// They follow each other on one database.
    Shared,
}

/// Runs that may begin. What they need is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) runs: Vec<Run>,
    directory: Scratch,
}

impl Stage {
    /// Where a tool may write what it counts.
    pub(crate) fn scratch_file(&self) -> PathBuf {
        self.directory.path().join("counted")
    }
}

impl World {
    pub(crate) fn new(makers: &Programs) -> Outcome<World> {
        let temporary = std::env::temp_dir().canonicalize()?;
        let root = Scratch::make(temporary.join(format!("trop-bench-{}", std::process::id())))?;
        Ok(World { root, makers: makers.clone(), models: HashMap::new(), stages: 0 })
    }

    /// So many runs of the scenario.
    pub(crate) fn prepare(
        &mut self,
        programs: &Programs,
        scenario: &Scenario,
        homes: Homes,
        count: usize,
    ) -> Outcome<Stage> {
        let model = self.model(scenario.data)?;
        let directory = self.fresh_directory()?;
        let mut stage = Stage { runs: Vec::new(), directory };
        for number in 0..count {
            let project = stage.directory.path().join(format!("project-{number:04}"));
            make_site(&project, scenario.site)?;
            let home = match homes {
                Homes::Shared => stage.directory.path().join("home"),
                Homes::OneEach => stage.directory.path().join(format!("home-{number:04}")),
            };
            if !home.exists() {
                copy_home(&model, &home)?;
            }
            stage.runs.push(self.run(programs, scenario, home, project)?);
        }
        if scenario.key == Key::Stored {
            // Until the second is over in which they were stored.
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(stage)
    }

    /// A directory for whatever is measured next.
    pub(crate) fn fresh_directory(&mut self) -> Outcome<Scratch> {
        self.stages += 1;
        Scratch::make(self.root.path().join(format!("stage-{}", self.stages)))
    }

    fn run(
        &self,
        programs: &Programs,
        scenario: &Scenario,
        home: PathBuf,
        directory: PathBuf,
    ) -> Outcome<Run> {
        let (program, arguments) = match scenario.program {
            Program::Trop(arguments) => (programs.trop.clone(), words(arguments)),
            Program::Bare => (programs.bare.clone(), vec![database(&home).into(), directory.clone().into()]),
            Program::Shell => {
                let shell = programs.shell.clone().ok_or("sqlite3 is not installed")?;
                (shell, shell_arguments(&database(&home), &warm_transaction(&directory)))
            }
        };
        let mut run = Run { program, arguments, home, directory, answer: None };
        if scenario.key == Key::Stored {
            let arguments = match scenario.program {
                Program::Trop(_) => run.arguments.clone(),
                Program::Bare | Program::Shell => words(&["reserve"]),
            };
            let store = Run { program: self.makers.trop.clone(), arguments, ..run.clone() };
            run.answer = Some(store.finish()?);
        }
        Ok(run)
    }

    /// A home with that data, which is there to be copied.
    pub(crate) fn model(&mut self, data: Data) -> Outcome<PathBuf> {
        if let Some(home) = self.models.get(&data) {
            return Ok(home.clone());
        }
        let home = self.root.path().join(format!("model-{}", self.models.len()));
        fs::create_dir(&home)?;
        let make = |program: &Path, arguments| {
            let (home, directory) = (home.clone(), home.clone());
            Run { program: program.to_owned(), arguments, home, directory, answer: None }.finish()
        };
        let ports = match data {
            Data::Nothing => None,
            Data::Rows(0) => {
                make(&self.makers.trop, words(&["init"]))?;
                None
            }
            Data::Rows(rows) | Data::Older(rows) => Some(ports_of_others(rows)),
            Data::AllButTheLast => Some(vec!["1024..65534".to_owned()]),
        };
        if let Some(ports) = ports {
            let database = database(&home);
            fs::create_dir(home.join(DATA_DIRECTORY))?;
            let first = [database.clone().into(), OsString::from(TREE)];
            make(&self.makers.older, first.into_iter().chain(ports.into_iter().map(Into::into)).collect())?;
            if !matches!(data, Data::Older(_)) {
                make(&self.makers.trop, words(&["reserve", "--min", "65535", "--max", "65535"]))?;
                make(&self.makers.trop, words(&["release"]))?;
                fs::remove_file(database.with_file_name("trop.db.before-migration-1"))?;
            }
        }
        self.models.insert(data, home.clone());
        Ok(home)
    }
}

const DATA_DIRECTORY: &str = ".trop";

/// The database of that home.
pub(crate) fn database(home: &Path) -> PathBuf {
    home.join(DATA_DIRECTORY).join("trop.db")
}

/// Copies a model.
pub(crate) fn copy_home(model: &Path, home: &Path) -> Outcome {
    fs::create_dir(home)?;
    let data = model.join(DATA_DIRECTORY);
    if data.exists() {
        copy_files(&data, &home.join(DATA_DIRECTORY))?;
    }
    Ok(())
}

/// For the `sqlite3` shell: it waits for locks as trop does, and waits for the disk no more often.
pub(crate) fn shell_arguments(database: &Path, statements: &str) -> Vec<OsString> {
    let mut arguments = words(&["-batch", "-bail", "-cmd", ".timeout 60000"]);
    arguments.push(database.into());
    arguments.push(format!("PRAGMA synchronous = NORMAL; {statements}").into());
    arguments
}

/// What a warm `reserve` of that directory does.
fn warm_transaction(directory: &Path) -> String {
    let key = format!("path = '{}' AND tag = ''", directory.display());
    format!(
        "BEGIN IMMEDIATE; \
         SELECT port FROM reservations WHERE {key}; \
         UPDATE reservations SET last_used_at = CAST(strftime('%s', 'now') AS INTEGER) WHERE {key}; \
         COMMIT;"
    )
}

/// The ports of so many other reservations, as ranges.
fn ports_of_others(rows: u16) -> Vec<String> {
    let below = rows.min(FREE_PORTS.start() - 1);
    let above = rows - below;
    let first_above = FREE_PORTS.end() + 1;
    let mut ranges = vec![format!("1..{below}")];
    if above > 0 {
        ranges.push(format!("{first_above}..{}", first_above + (above - 1)));
    }
    ranges
}

fn make_site(directory: &Path, site: Site) -> Outcome {
    fs::create_dir(directory)?;
    if let Site::Checkout(tropfile) = site {
        // What git looks for before it takes a directory for a repository (gitrepository-layout(5)).
        for part in ["objects", "refs"] {
            fs::create_dir_all(directory.join(".git").join(part))?;
        }
        fs::write(directory.join(".git/HEAD"), "ref: refs/heads/main\n")?;
        fs::write(directory.join("trop.yaml"), tropfile())?;
    }
    Ok(())
}

pub(crate) fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: u16, expected: &[&str]) {
        assert_eq!(ports_of_others(rows), expected);
    }

    #[test]
    fn other_reservations_leave_room() {
        check(1, &["1..1"]);
        check(4_999, &["1..4999"]);
        check(5_000, &["1..4999", "6001..6001"]);
        check(64_000, &["1..4999", "6001..65001"]);
    }
}
