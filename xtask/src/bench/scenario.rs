//! The runs that are worth counting, and the world they happen in.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::outcome::Outcome;

/// The programs that are counted.
#[derive(Debug)]
pub(crate) struct Programs {
    pub(crate) trop: PathBuf,
    /// Does what a warm `reserve` has to do, and nothing else.
    pub(crate) bare: PathBuf,
}

/// A run that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    /// The directory has its reservation.
    WarmReserve,
    /// The same in a git checkout with a tropfile: what the configuration costs.
    WarmInCheckout,
    /// The same beside a group of twenty services, of which it takes no notice.
    WarmBesideGroup,
    /// The twenty services have their reservations.
    WarmGroup,
    /// There is a database, and no reservation for the directory.
    NewReserve,
    /// The same in a git checkout with a tropfile, where git is asked for the labels.
    NewInCheckout,
    /// There is no data directory.
    FirstReserve,
    /// Nothing is opened at all.
    Version,
    /// What a warm `reserve` has to do, in plain rusqlite.
    Bare,
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::WarmReserve,
    Scenario::WarmInCheckout,
    Scenario::WarmBesideGroup,
    Scenario::WarmGroup,
    Scenario::NewReserve,
    Scenario::NewInCheckout,
    Scenario::FirstReserve,
    Scenario::Version,
    Scenario::Bare,
];

/// A tropfile as projects have it: the range of ports, some exclusions, a group of two services.
const TROPFILE: &str = "\
# The ports of this project.
ports: { min: 5000, max: 7000 }
excluded_ports: [5432, 6379..6381]
reservations:
  services:
    web: { offset: 0, preferred: 5050, env: WEB_PORT }
    api: { offset: 1, env: API_PORT }
";

impl Scenario {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Scenario::WarmReserve => "warm reserve",
            Scenario::WarmInCheckout => "warm, checkout",
            Scenario::WarmBesideGroup => "warm, beside 20",
            Scenario::WarmGroup => "group of 20",
            Scenario::NewReserve => "new reserve",
            Scenario::NewInCheckout => "new, checkout",
            Scenario::FirstReserve => "first reserve",
            Scenario::Version => "--version",
            Scenario::Bare => "bare rusqlite",
        }
    }

    /// Whether it finds a reservation and marks it as used.
    fn is_warm(self) -> bool {
        match self {
            Scenario::WarmReserve
            | Scenario::WarmInCheckout
            | Scenario::WarmBesideGroup
            | Scenario::WarmGroup
            | Scenario::Bare => true,
            Scenario::NewReserve | Scenario::NewInCheckout | Scenario::FirstReserve | Scenario::Version => {
                false
            }
        }
    }

    /// The tropfile of the checkout that it happens in; `None` where it happens in a bare directory.
    fn tropfile(self) -> Option<String> {
        match self {
            Scenario::WarmInCheckout | Scenario::NewInCheckout => Some(TROPFILE.to_owned()),
            Scenario::WarmBesideGroup | Scenario::WarmGroup => Some(tropfile_of_twenty()),
            Scenario::WarmReserve
            | Scenario::NewReserve
            | Scenario::FirstReserve
            | Scenario::Version
            | Scenario::Bare => None,
        }
    }

    fn command(self) -> &'static str {
        match self {
            Scenario::WarmGroup => "autoreserve",
            Scenario::Version => "--version",
            _ => "reserve",
        }
    }
}

/// A range that has room for as many groups as there are runs.
fn tropfile_of_twenty() -> String {
    let services = (0..20).map(|offset| format!("    service-{offset}: {{ offset: {offset} }}\n"));
    format!(
        "ports: {{ min: 5000, max: 20000 }}\nreservations:\n  services:\n{}",
        services.collect::<String>()
    )
}

/// A temporary directory with homes and projects, outside every repository. Gone when dropped.
#[derive(Debug)]
pub(crate) struct World<'p> {
    programs: &'p Programs,
    root: PathBuf,
    /// Those that have a reservation, of an earlier second, and were not run in since.
    warm_projects: Vec<PathBuf>,
    directories_made: u32,
}

impl World<'_> {
    /// A world for so many runs of the scenario.
    pub(crate) fn new(programs: &Programs, scenario: Scenario, runs: usize) -> Outcome<World<'_>> {
        let temporary = std::env::temp_dir().canonicalize()?;
        let root = temporary.join(format!("trop-bench-{}", std::process::id()));
        fs::create_dir(&root)?;
        let mut world = World { programs, root, warm_projects: Vec::new(), directories_made: 0 };
        fs::create_dir(world.home())?;
        // One at least, so that there is a database.
        let warm_projects = if scenario.is_warm() { runs } else { 1 };
        for _ in 0..warm_projects {
            let project = world.fresh_project(scenario)?;
            world.run(scenario, &world.home(), &project).finish()?;
            world.warm_projects.push(project);
        }
        if scenario.is_warm() {
            // The last use is stored in seconds, and SQLite does not write what is already there.
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(world)
    }

    /// The next run of the scenario.
    pub(crate) fn prepare(&mut self, scenario: Scenario) -> Outcome<Run> {
        let home = self.home();
        let project = if scenario.is_warm() {
            self.warm_projects.pop().ok_or("the world was made for fewer runs")?
        } else {
            self.fresh_project(scenario)?
        };
        Ok(match scenario {
            Scenario::FirstReserve => {
                let fresh_home = self.fresh_directory()?;
                self.run(scenario, &fresh_home, &project)
            }
            Scenario::Bare => {
                let arguments = vec![home.join(".trop/trop.db").into(), project.clone().into()];
                Run { program: self.programs.bare.clone(), arguments, home, directory: project }
            }
            _ => self.run(scenario, &home, &project),
        })
    }

    /// Where a tool may write what it counts.
    pub(crate) fn scratch_file(&self) -> PathBuf {
        self.root.join("counted")
    }

    fn home(&self) -> PathBuf {
        self.root.join("home")
    }

    fn fresh_project(&mut self, scenario: Scenario) -> Outcome<PathBuf> {
        let project = self.fresh_directory()?;
        if let Some(tropfile) = scenario.tropfile() {
            // What git looks for before it takes a directory for a repository (gitrepository-layout(5)).
            for directory in ["objects", "refs"] {
                fs::create_dir_all(project.join(".git").join(directory))?;
            }
            fs::write(project.join(".git/HEAD"), "ref: refs/heads/main\n")?;
            fs::write(project.join("trop.yaml"), tropfile)?;
        }
        Ok(project)
    }

    fn fresh_directory(&mut self) -> Outcome<PathBuf> {
        self.directories_made += 1;
        let directory = self.root.join(format!("fresh-{:04}", self.directories_made));
        fs::create_dir(&directory)?;
        Ok(directory)
    }

    fn run(&self, scenario: Scenario, home: &Path, directory: &Path) -> Run {
        Run {
            program: self.programs.trop.clone(),
            arguments: vec![scenario.command().into()],
            home: home.to_owned(),
            directory: directory.to_owned(),
        }
    }
}

impl Drop for World<'_> {
    fn drop(&mut self) {
        // What is left behind lies in the temporary directory.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// One run of a program, still to begin.
#[derive(Debug)]
pub(crate) struct Run {
    program: PathBuf,
    arguments: Vec<OsString>,
    home: PathBuf,
    directory: PathBuf,
}

impl Run {
    fn finish(&self) -> Outcome<String> {
        let no_tool: [&OsStr; 0] = [];
        self.finish_under(no_tool)
    }

    /// Runs it, with the words of the tool in front, and gives back what came on standard error.
    pub(crate) fn finish_under<A: AsRef<OsStr>>(&self, tool: impl IntoIterator<Item = A>) -> Outcome<String> {
        let mut words: Vec<OsString> = tool.into_iter().map(|word| word.as_ref().to_owned()).collect();
        words.push(self.program.clone().into());
        words.extend(self.arguments.iter().cloned());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).current_dir(&self.directory);
        command
            .env_clear()
            .env("HOME", &self.home)
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .stdin(Stdio::null());
        let output = command.output().map_err(|error| format!("cannot start {words:?}: {error}"))?;
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Err(format!("{words:?} failed with {}\n{stderr}", output.status).into());
        }
        Ok(stderr)
    }
}
