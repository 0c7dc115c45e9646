//! The runs that are worth measuring: each is one declaration that says all about it.

/// One run of a program, and what it finds.
#[derive(Debug)]
pub(crate) struct Scenario {
    /// As `--only` and reports call it.
    pub(crate) name: &'static str,
    pub(crate) program: Program,
    pub(crate) site: Site,
    pub(crate) data: Data,
    pub(crate) key: Key,
    pub(crate) pace: Pace,
}

/// What is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// trop, with these arguments.
    Trop(&'static [&'static str]),
    /// What a warm `reserve` has to do, in plain rusqlite.
    Bare,
    /// The same, told to the `sqlite3` shell.
    Shell,
}

/// The directory in which it is started.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Site {
    /// Outside every repository, without a tropfile.
    Bare,
    /// The top of a git checkout, with this tropfile.
    Checkout(fn() -> String),
}

/// What is stored, beside the key of the run itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Data {
    /// There is no data directory.
    Nothing,
    /// So many reservations, of directories below [`TREE`].
    Rows(u16),
    /// The same as trop 0.1 left it.
    Older(u16),
    /// Every port from 1024 on, but for 65535.
    AllButTheLast,
}

/// Whether the key of the run is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// By the same command, in an earlier second. (SQLite does not write what is already there.)
    Stored,
    Missing,
}

/// How often it is measured, and whether the runs follow each other on one database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// What happens all day: fsyncs and times are those of many runs on one database, each with a key of its own.
    Often,
    /// What happens now and then: each run finds what the first one found.
    Seldom,
}

/// How many runs there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Runs {
    pub(crate) instructions: usize,
    pub(crate) fsyncs: usize,
    pub(crate) times: usize,
}

impl Pace {
    pub(crate) fn runs(self) -> Runs {
        match self {
            Pace::Often => Runs { instructions: 3, fsyncs: 100, times: 50 },
            Pace::Seldom => Runs { instructions: 1, fsyncs: 1, times: 5 },
        }
    }
}

/// Where the directories of those other reservations are, which nobody has to make.
pub(crate) const TREE: &str = "/srv/tree";

/// These ports stay free of them, so that runs find the range of ports as it is on most machines.
pub(crate) const FREE_PORTS: std::ops::RangeInclusive<u16> = 5000..=6000;

const RESERVE: Program = Program::Trop(&["reserve"]);
const CHECKOUT: Site = Site::Checkout(usual_tropfile);
const CHECKOUT_OF_TWENTY: Site = Site::Checkout(tropfile_of_twenty);

pub(crate) const SCENARIOS: &[Scenario] = &[
    warm("warm", Site::Bare, 0),
    warm("warm-checkout", CHECKOUT, 0),
    warm("warm-beside-20", CHECKOUT_OF_TWENTY, 0),
    Scenario {
        program: Program::Trop(&["autoreserve", "--shell", "sh"]),
        ..warm("autoreserve-20", CHECKOUT_OF_TWENTY, 0)
    },
    new("new", Site::Bare, 0),
    new("new-checkout", CHECKOUT, 0),
    Scenario { data: Data::Nothing, pace: Pace::Seldom, ..new("first", Site::Bare, 0) },
    Scenario { program: Program::Trop(&["--version"]), ..new("version", Site::Bare, 0) },
    Scenario { program: Program::Bare, ..warm("bare", Site::Bare, 0) },
    Scenario { program: Program::Shell, ..warm("shell", Site::Bare, 0) },
    // What grows. With the run's own key it is the row that makes the number round.
    warm("warm-100", Site::Bare, 99),
    warm("warm-10000", Site::Bare, 9_999),
    warm("warm-64000", Site::Bare, 63_999),
    new("new-100", Site::Bare, 99),
    new("new-10000", Site::Bare, 9_999),
    new("new-64000", Site::Bare, 63_999),
    seldom("last-port", &["reserve", "--min", "1024", "--max", "65535"], Data::AllButTheLast),
    seldom("list-64000", &["list", "--format", "json"], Data::Rows(64_000)),
    seldom("prune-64000", &["prune"], Data::Rows(64_000)),
    seldom("migrate-1000", MIGRATE, Data::Rows(1_000)),
    seldom("migrate-10000", MIGRATE, Data::Rows(10_000)),
    seldom("adopt-1000", &["reserve"], Data::Older(1_000)),
    seldom("adopt-10000", &["reserve"], Data::Older(10_000)),
    // Those of the configured range are looked at by binding, with --exact all of them.
    seldom("scan", &["scan", "--min", "1", "--max", "65535"], Data::Rows(0)),
    seldom("scan-exact", &["scan", "--min", "1", "--max", "65535", "--exact"], Data::Rows(0)),
];

const MIGRATE: &[&str] = &["migrate", "--recursive", "--from", TREE, "--to", "."];

/// A `reserve` that finds its key, and marks it as used now.
const fn warm(name: &'static str, site: Site, rows: u16) -> Scenario {
    Scenario { name, program: RESERVE, site, data: Data::Rows(rows), key: Key::Stored, pace: Pace::Often }
}

/// A `reserve` of a directory that has no port yet.
const fn new(name: &'static str, site: Site, rows: u16) -> Scenario {
    Scenario { key: Key::Missing, ..warm(name, site, rows) }
}

const fn seldom(name: &'static str, arguments: &'static [&'static str], data: Data) -> Scenario {
    let program = Program::Trop(arguments);
    Scenario { name, program, site: Site::Bare, data, key: Key::Missing, pace: Pace::Seldom }
}

pub(crate) fn find(name: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.name == name)
}

/// As projects have it: the range of ports, some exclusions, a group of two services.
fn usual_tropfile() -> String {
    "\
# The ports of this project.
ports: { min: 5000, max: 7000 }
excluded_ports: [5432, 6379..6381]
reservations:
  services:
    web: { offset: 0, preferred: 5050, env: WEB_PORT }
    api: { offset: 1, env: API_PORT }
"
    .to_owned()
}

/// A range that has room for as many groups as there are runs.
fn tropfile_of_twenty() -> String {
    let services = (0..20).map(|offset| format!("    service-{offset}: {{ offset: {offset} }}\n"));
    format!(
        "ports: {{ min: 5000, max: 20000 }}\nreservations:\n  services:\n{}",
        services.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_and_means_one_scenario() {
        for (index, scenario) in SCENARIOS.iter().enumerate() {
            let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(scenario.name.bytes().all(is_word), "{}", scenario.name);
            assert_eq!(SCENARIOS.iter().position(|other| other.name == scenario.name), Some(index));
        }
    }

    #[test]
    fn the_free_ports_suffice_for_all_runs_on_one_database() {
        let Runs { fsyncs, times, .. } = Pace::Often.runs();
        assert!(fsyncs + times < FREE_PORTS.len());
        for scenario in SCENARIOS {
            if let Data::Rows(rows) | Data::Older(rows) = scenario.data {
                assert!(usize::from(rows) + FREE_PORTS.len() <= usize::from(u16::MAX), "{}", scenario.name);
            }
        }
    }
}
