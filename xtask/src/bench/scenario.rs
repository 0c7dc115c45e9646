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
    /// Makes a database as trop 0.1 left it.
    pub(crate) older: PathBuf,
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
    /// The first `reserve` on a database of trop 0.1 with so many rows.
    Adopt(u16),
    /// A tree with so many reservations moves.
    MoveTree(u16),
    /// So many reservations, whose directories have vanished, go.
    Prune(u16),
    /// So many reservations are listed as JSON.
    List(u16),
    /// Every port is looked at, those that are handed out by binding.
    Scan,
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
    Scenario::Adopt(1_000),
    Scenario::Adopt(60_000),
    Scenario::MoveTree(1_000),
    Scenario::MoveTree(60_000),
    Scenario::Prune(60_000),
    Scenario::List(60_000),
    Scenario::Scan,
];

/// Where the directories of large databases are, which nobody has to make.
const TREE: &str = "/srv/tree";

/// How many runs are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Runs {
    /// Of how many the middle one is taken for instructions, which vary a little with addresses and random seeds.
    pub(crate) instructions: usize,
    /// Of how many the fsyncs are added up: one run in many may do more than the others.
    pub(crate) fsyncs: usize,
}

impl Runs {
    /// How many that are together, with the one whose system calls are counted.
    fn total(self) -> usize {
        self.instructions + 1 + self.fsyncs
    }
}

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
    pub(crate) fn name(self) -> String {
        let fixed = match self {
            Scenario::WarmReserve => "warm reserve",
            Scenario::WarmInCheckout => "warm, checkout",
            Scenario::WarmBesideGroup => "warm, beside 20",
            Scenario::WarmGroup => "group of 20",
            Scenario::NewReserve => "new reserve",
            Scenario::NewInCheckout => "new, checkout",
            Scenario::FirstReserve => "first reserve",
            Scenario::Version => "--version",
            Scenario::Bare => "bare rusqlite",
            Scenario::Adopt(rows) => return format!("adopt {rows}"),
            Scenario::MoveTree(rows) => return format!("migrate {rows}"),
            Scenario::Prune(rows) => return format!("prune {rows}"),
            Scenario::List(rows) => return format!("list {rows}"),
            Scenario::Scan => "scan all",
        };
        fixed.to_owned()
    }

    /// What happens thousands of times a day is counted often, what happens once, once.
    pub(crate) fn runs(self) -> Runs {
        match self {
            _ if self.rows().is_some() => Runs { instructions: 1, fsyncs: 1 },
            _ => Runs { instructions: 5, fsyncs: 100 },
        }
    }

    /// How many rows there are before it begins, where a large database is what it is about.
    fn rows(self) -> Option<u16> {
        match self {
            Scenario::Adopt(rows)
            | Scenario::MoveTree(rows)
            | Scenario::Prune(rows)
            | Scenario::List(rows) => Some(rows),
            _ => None,
        }
    }

    /// Whether it finds a reservation and marks it as used.
    fn is_warm(self) -> bool {
        matches!(
            self,
            Scenario::WarmReserve
                | Scenario::WarmInCheckout
                | Scenario::WarmBesideGroup
                | Scenario::WarmGroup
                | Scenario::Bare
        )
    }

    /// The tropfile of the checkout that it happens in; `None` where it happens in a bare directory.
    fn tropfile(self) -> Option<String> {
        match self {
            Scenario::WarmInCheckout | Scenario::NewInCheckout => Some(TROPFILE.to_owned()),
            Scenario::WarmBesideGroup | Scenario::WarmGroup => Some(tropfile_of_twenty()),
            _ => None,
        }
    }

    fn arguments(self, directory: &Path) -> Vec<OsString> {
        let words: &[&str] = match self {
            Scenario::WarmGroup => &["autoreserve"],
            Scenario::Version => &["--version"],
            Scenario::MoveTree(_) => &["migrate", "--recursive", "--from", TREE, "--to"],
            Scenario::Prune(_) => &["prune"],
            Scenario::List(_) => &["list", "--format", "json"],
            Scenario::Scan => &["scan", "--min", "1", "--max", "65535"],
            _ => &["reserve"],
        };
        let target = matches!(self, Scenario::MoveTree(_)).then(|| directory.into());
        words.iter().map(OsString::from).chain(target).collect()
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
    /// A world for the runs of the scenario.
    pub(crate) fn new(programs: &Programs, scenario: Scenario) -> Outcome<World<'_>> {
        let temporary = std::env::temp_dir().canonicalize()?;
        let root = temporary.join(format!("trop-bench-{}", std::process::id()));
        fs::create_dir(&root)?;
        let mut world = World { programs, root, warm_projects: Vec::new(), directories_made: 0 };
        fs::create_dir(world.home())?;
        if let Some(rows) = scenario.rows() {
            world.fill(scenario, rows)?;
            return Ok(world);
        }
        // One at least, so that there is a database.
        let warm_projects = if scenario.is_warm() { scenario.runs().total() } else { 1 };
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
            _ if scenario.rows().is_some() => {
                let fresh_home = self.fresh_directory()?;
                copy_directory(&home.join(".trop"), &fresh_home.join(".trop"))?;
                self.run(scenario, &fresh_home, &project)
            }
            _ => self.run(scenario, &home, &project),
        })
    }

    /// Makes the database that the runs of the scenario find copies of.
    fn fill(&mut self, scenario: Scenario, rows: u16) -> Outcome {
        let data = self.home().join(".trop");
        fs::create_dir(&data)?;
        let arguments = vec![data.join("trop.db").into(), TREE.into(), rows.to_string().into()];
        let (home, directory) = (self.home(), self.home());
        Run { program: self.programs.older.clone(), arguments, home, directory }.finish()?;
        if !matches!(scenario, Scenario::Adopt(_)) {
            // What is counted comes after the database was adopted.
            let project = self.fresh_directory()?;
            self.run(Scenario::NewReserve, &self.home(), &project).finish()?;
        }
        Ok(())
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
            arguments: scenario.arguments(directory),
            home: home.to_owned(),
            directory: directory.to_owned(),
        }
    }
}

fn copy_directory(from: &Path, to: &Path) -> Outcome {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
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
