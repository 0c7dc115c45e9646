//! The exit codes.

/// How a run of trop ended. These are all the codes of trop itself; a command that `trop exec` started ends with its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitStatus {
    /// It did what it was asked, or the assertion holds.
    Done = 0,
    /// It ran well, and the answer is no: an assertion failed, or a rule refused.
    No = 1,
    /// It waited for a lock as long as it was allowed to.
    LockTimeout = 2,
    /// The place of the data directory is unknown, or there is none and making one is switched off.
    NoDataDirectory = 3,
    /// The command line is wrong, or a value in it.
    Usage = 4,
    /// The system said no: files, permissions, the working directory, descriptors, sockets.
    System = 5,
    /// The database is unusable, corrupt, foreign, or from a newer trop.
    Database = 6,
    /// A configuration file or a `TROP_*` variable is wrong, or a tropfile lacks what the command needs.
    Configuration = 7,
    /// No port is available.
    NoPort = 8,
    /// The command of `trop exec` is there, and could not be started.
    CommandNotStarted = 126,
    /// There is no such command as `trop exec` was given.
    CommandNotFound = 127,
}

impl ExitStatus {
    /// Every status, by ascending code.
    pub const ALL: [ExitStatus; 11] = [
        ExitStatus::Done,
        ExitStatus::No,
        ExitStatus::LockTimeout,
        ExitStatus::NoDataDirectory,
        ExitStatus::Usage,
        ExitStatus::System,
        ExitStatus::Database,
        ExitStatus::Configuration,
        ExitStatus::NoPort,
        ExitStatus::CommandNotStarted,
        ExitStatus::CommandNotFound,
    ];

    /// The exit code of the process.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The word for it in kebab-case. It never changes, so scripts may compare it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            ExitStatus::Done => "done",
            ExitStatus::No => "no",
            ExitStatus::LockTimeout => "lock-timeout",
            ExitStatus::NoDataDirectory => "no-data-directory",
            ExitStatus::Usage => "usage",
            ExitStatus::System => "system",
            ExitStatus::Database => "database",
            ExitStatus::Configuration => "configuration",
            ExitStatus::NoPort => "no-port",
            ExitStatus::CommandNotStarted => "command-not-started",
            ExitStatus::CommandNotFound => "command-not-found",
        }
    }
}
