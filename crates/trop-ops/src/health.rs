//! What is known of the health of a data directory, and what is found out of it.

use std::path::PathBuf;

use trop_model::{Exclusions, Port, PortRange, ReservationKey, Timestamp};
use trop_paths::AbsPath;

use crate::{CleanUp, LookedAt};

/// What is known of a data directory, of what is reserved in it, and of the system around.
#[derive(Debug)]
pub struct HealthFacts {
    /// The time of the command.
    pub now: Timestamp,
    /// The data directory.
    pub data_directory: AbsPath,
    /// What is there in its place.
    pub directory_state: DirectoryState,
    /// Who has it, or would have what is made in it, when that is somebody else and matters.
    pub other_owner: Option<String>,
    /// The network file system that it lies on.
    pub network_file_system: Option<&'static str>,
    /// What is kept in it, as far as group or others can use it; `None` where nothing of trop is stored.
    pub exposed: Option<Exposed>,
    /// Why nothing can be written there.
    pub unwritable: Option<Unwritable>,
    /// What the database is.
    pub database: DatabaseState,
    /// What is reserved, with a look at each directory; `None` where that cannot be read.
    pub reservations: Option<Vec<LookedAt>>,
    /// From where ports are handed out.
    pub range: PortRange,
    /// What is never handed out.
    pub exclusions: Exclusions,
    /// Whether ports that web browsers refuse to open wait until nothing else is left.
    pub avoid_browser_blocked_ports: bool,
    /// After how many days without use a reservation has expired.
    pub expire_after_days: u32,
    /// The ports that the system takes for connections, where it tells.
    pub ephemeral_ports: Option<PortRange>,
    /// Who serves reserved ports; `None` where the system does not tell who listens.
    pub servers: Option<Servers>,
}

/// Why nothing can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable {
    /// That in a sentence.
    pub why: String,
    /// Whether something stands in the place of a file.
    pub is_something_in_the_way: bool,
}

/// What others than the owner can use of a data directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exposed {
    /// What trop has for itself.
    pub own: Vec<PathBuf>,
    /// The directory, where it is there for others too, and they can write in it. It is not to be closed.
    pub common_directory: Option<PathBuf>,
}

/// What is there in the place of a data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectoryState {
    /// A directory.
    There,
    /// Nothing.
    Absent,
    /// Nothing, and none can be made.
    Blocked {
        /// Whether something stands in its very place, and not above it.
        in_place: bool,
        /// What stands there, in a sentence.
        obstacle: String,
    },
    /// That could not be found out, for this reason.
    Unknown(String),
}

/// What a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseState {
    /// There is none, or one without any table.
    Absent,
    /// One of today's schema, without damage.
    Current,
    /// One of this older layout, without damage. The next command that writes migrates it.
    Older(i64),
    /// It can be neither said to be good nor to be bad now: another process has locked it.
    Busy(String),
    /// It cannot be used.
    Unusable {
        /// What is wrong with it.
        message: String,
        /// All that was found.
        details: Vec<String>,
        /// What can be done.
        help: String,
        /// Whether beginning anew would help.
        can_start_over: bool,
    },
}

/// Who serves reserved ports, where that is not certainly a process inside of the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Servers {
    /// The ports on which a process listens that runs elsewhere.
    pub elsewhere: Vec<ServedElsewhere>,
    /// The number of ports on which somebody listens of whom it cannot be seen where they run.
    pub hidden: usize,
}

/// A reserved port on which a process listens that runs outside the directory for which it is reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedElsewhere {
    /// For whom it is reserved.
    pub key: ReservationKey,
    /// The port.
    pub port: Port,
    /// The process, and where it runs, fit to stand behind "by".
    pub process: String,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is about.
    pub concern: Concern,
    /// How it stands.
    pub status: CheckStatus,
    /// That in a sentence.
    pub message: String,
    /// What it is made of, one by one.
    pub details: Vec<String>,
    /// What helps, where something is wrong.
    pub remedy: Option<Remedy>,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// Where the data directory is, and whose.
    DataDirectory,
    /// Whether it lies on this machine.
    FileSystem,
    /// Who can use it.
    Permissions,
    /// What the database is.
    Database,
    /// How full the range of ports is.
    Range,
    /// Whether the system takes ports from the range.
    EphemeralPorts,
    /// Whether ports are reserved that web browsers refuse to open.
    BrowserPorts,
    /// Whether reservations have outlived their directory or their use.
    StaleReservations,
    /// Whether reserved ports are served by processes of other directories.
    ServedElsewhere,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckStatus {
    /// Well.
    Ok,
    /// Not well.
    Problem,
    /// That cannot be known.
    Unknown,
}

/// What helps. How it is said, and by which command it is done, is for those who know the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Another place for the data directory, on this machine.
    MoveDataDirectory,
    /// To move away what stands in its place, or another one.
    ClearThePlace,
    /// To be the user who has it, or another place.
    RunAsOwner(String),
    /// Permission to look at the data directory, or to write there.
    MendPermissions,
    /// To keep group and others away from it.
    KeepOthersOut(Exposed),
    /// What was said of the database, and whether beginning anew would help.
    MendDatabase {
        /// What can be done.
        help: String,
        /// Whether beginning anew would help.
        can_start_over: bool,
    },
    /// To wait for another process.
    Wait,
    /// More ports to hand out.
    MakeRoom {
        /// Whether some are reserved.
        are_reserved: bool,
        /// Whether some are excluded.
        are_excluded: bool,
    },
    /// A range that has none of these ports.
    MoveRange {
        /// What to stay out of.
        out_of: PortRange,
    },
    /// To give these back, and to reserve again.
    GiveBack(Vec<ReservationKey>),
    /// To remove what is stale.
    CleanUp(CleanUp),
    /// To stop what serves these ports, or to give them back.
    StopOrGiveBack(Vec<ReservationKey>),
}

impl Concern {
    /// Its name, which stays.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Concern::DataDirectory => "data-directory",
            Concern::FileSystem => "file-system",
            Concern::Permissions => "permissions",
            Concern::Database => "database",
            Concern::Range => "range",
            Concern::EphemeralPorts => "ephemeral-ports",
            Concern::BrowserPorts => "browser-ports",
            Concern::StaleReservations => "stale-reservations",
            Concern::ServedElsewhere => "served-elsewhere",
        }
    }
}
