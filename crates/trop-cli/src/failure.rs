//! Why a command failed, whatever floor it happened on, and what that means for the process.

use std::io;
use std::path::PathBuf;

use trop_config::{ConfigError, Origin, UnreadableFile};
use trop_files::{BlockError, EditError, FileError};
use trop_model::{EnvName, ReservationKey, Tag, message_of, quoted};
use trop_occupancy::SocketsNotPermitted;
use trop_ops::{CannotJoin, OpsError, Unrelated};
use trop_output::{Diagnostic, ExitStatus, Shell, causes_of};
use trop_paths::{AbsPath, PathError};
use trop_storage::StorageError;

use crate::absence::Absence;
use crate::exclusions::ExclusionsError;
use crate::failure_help::{
    KEEP_ELSEWHERE, help_for_config_file, help_for_configuration, help_for_edit, help_for_exclusions,
    help_for_held, help_for_joining, help_for_ops,
};
use crate::pasting::Pasting;

use self::problems::problems;

mod problems;

#[cfg(test)]
mod tests;

const HOME_NOT_KNOWN: &str = "the home directory is not known: HOME, else USERPROFILE, must be an absolute path in Unicode, other than the root";

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The arguments do not go together.
    #[error("{message}")]
    Usage {
        /// What is wrong with them.
        message: String,
        /// What to write instead.
        help: String,
    },
    /// A variable has a value that its setting takes, but that cannot be used.
    #[error("{variable}: {message}")]
    Variable { variable: &'static str, message: String },
    /// A setting has a wrong value, or several do not go together.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A configuration file that was to be judged is wrong.
    #[error("{}", match .error.problems.as_slice() {
        [only] => only.message.clone(),
        several => format!("{file} has {} problems", several.len()),
    })]
    InvalidFile { file: AbsPath, error: ConfigError },
    /// A configuration file is there and cannot be read.
    #[error(transparent)]
    UnreadableFile(#[from] UnreadableFile),
    /// A typed path cannot be used.
    #[error(transparent)]
    Path(PathError),
    /// There is no home directory to look for the data directory in.
    #[error("{HOME_NOT_KNOWN}")]
    NoHome,
    /// There is no home directory to put in the place of `~`.
    #[error("{0}: {HOME_NOT_KNOWN}")]
    NoHomeInPath(String),
    /// The system does not say where we are.
    #[error("{}", if .0.kind() == io::ErrorKind::NotFound {
        "the working directory has been deleted"
    } else {
        "cannot find out the working directory"
    })]
    WorkingDirectory(#[source] io::Error),
    /// Where we are cannot be used.
    #[error("cannot use the working directory")]
    WorkingDirectoryPath(#[source] PathError),
    /// The path guard refused.
    #[error(transparent)]
    Unrelated(#[from] Unrelated),
    /// What reservations were to move to is no directory.
    #[error("{}", .absence.message(.directory))]
    NoDestination { directory: AbsPath, absence: Absence },
    /// There is no tropfile from here upward.
    #[error("{}", describe_no_tropfile(.start))]
    NoTropfile { start: AbsPath },
    /// The tropfiles list no services.
    #[error("{} no services to reserve", describe_files(.files, "lists", "list"))]
    NoGroup { files: Vec<AbsPath> },
    /// A tropfile clears the services that a lower one lists.
    #[error("there are no services to reserve: reservations is cleared")]
    GroupCleared(trop_config::Place),
    /// A service has a variable that the shell keeps for itself.
    #[error("{} keeps the variable {variable} for itself, so {tag} cannot have it", .shell.name())]
    VariableKept { shell: Shell, tag: Tag, variable: EnvName },
    /// A service that is new to a stored group cannot have its place.
    #[error("{error}")]
    CannotJoin { error: Box<CannotJoin>, tropfile: AbsPath },
    /// What was reserved could not be written into a file of the user's.
    #[error("cannot write the ports into {file}")]
    NotWritten {
        file: AbsPath,
        #[source]
        error: EditError<BlockError>,
    },
    /// A configuration file could not be made or replaced.
    #[error("cannot write the settings into {file}")]
    ConfigNotWritten {
        file: AbsPath,
        #[source]
        error: FileError,
    },
    /// What others can use could not be taken from them.
    #[error("cannot keep group and others away from {}", path.display())]
    NotProtected { path: PathBuf, source: io::Error },
    /// Another process has ports that a command is to have for itself.
    #[error("{}", .ports.join("; "))]
    Held {
        /// Which ones, and who has them.
        ports: Vec<String>,
        /// For whom the first of them is reserved.
        key: ReservationKey,
        /// Whether that is a service of a group, which moves only as a whole.
        is_of_group: bool,
    },
    /// There is no such program.
    #[error("there is no program {}", quoted(.program))]
    NoSuchProgram { program: String },
    /// The program is there, and the system does not start it.
    #[error("cannot start {}", quoted(.program))]
    NotStarted {
        program: String,
        #[source]
        source: io::Error,
    },
    /// We are root, and the data directory or the database is somebody else's.
    #[error("{} belongs to {owner}, and root does not write there", path.display())]
    ForeignData { path: PathBuf, owner: String },
    /// No port can be tested.
    #[error("cannot find out which ports are in use")]
    NoSockets(#[from] SocketsNotPermitted),
    /// The ports that a file excludes could not be changed.
    #[error(transparent)]
    Exclusions(#[from] ExclusionsError),
    /// What the command does went wrong.
    #[error(transparent)]
    Ops(#[from] OpsError),
    /// The answer cannot be written.
    #[error("cannot write to standard output")]
    Output(#[source] io::Error),
}

impl From<PathError> for Failure {
    fn from(error: PathError) -> Failure {
        match error {
            PathError::NoHome(path) => Failure::NoHomeInPath(path),
            error => Failure::Path(error),
        }
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Failure {
        Failure::Ops(error.into())
    }
}

impl Failure {
    /// The same failure, where the wrong text came from a variable and not from the command line.
    pub(crate) fn of_variable(self, variable: &'static str) -> Failure {
        match self {
            Failure::Path(error) => Failure::Variable { variable, message: error.to_string() },
            other => other,
        }
    }

    /// Whether the reader of our output has gone away, as `head` does: nothing to complain about.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// What the user gets to see. The one table of which failure ends with which code.
    pub(crate) fn diagnostic(&self, pasting: &Pasting) -> Diagnostic {
        let (status, kind) = self.verdict();
        Diagnostic {
            status,
            kind,
            message: match self {
                Failure::Config(error) if 1 < error.problems.len() => describe_problems(error),
                _ => message_of(self),
            },
            help: self.help(pasting),
            causes: causes_of(self),
            problems: problems(self),
        }
    }

    fn verdict(&self) -> (ExitStatus, &'static str) {
        let plain = |status: ExitStatus| (status, status.kind());
        match self {
            Failure::Usage { .. } => plain(ExitStatus::Usage),
            Failure::Config(error) if error.concerns_the_command_line() => plain(ExitStatus::Usage),
            Failure::Config(_) | Failure::Variable { .. } => plain(ExitStatus::Configuration),
            Failure::InvalidFile { .. } => (ExitStatus::No, "invalid-file"),
            Failure::UnreadableFile(_) => (ExitStatus::System, "unreadable"),
            Failure::Path(_) => (ExitStatus::Usage, "path"),
            Failure::NoHome | Failure::NoHomeInPath(_) => (ExitStatus::NoDataDirectory, "no-home"),
            Failure::WorkingDirectory(_) | Failure::WorkingDirectoryPath(_) => {
                (ExitStatus::System, "working-directory")
            }
            Failure::Unrelated(_) => (ExitStatus::No, "unrelated-path"),
            Failure::NoDestination { absence: Absence::Unknown(_), .. } => (ExitStatus::System, "unreadable"),
            Failure::NoDestination { .. } => (ExitStatus::No, "no-destination"),
            Failure::NoTropfile { .. } => (ExitStatus::Configuration, "no-tropfile"),
            Failure::NoGroup { .. } | Failure::GroupCleared(_) => (ExitStatus::Configuration, "no-group"),
            Failure::VariableKept { .. } => plain(ExitStatus::Configuration),
            Failure::CannotJoin { .. } => (ExitStatus::No, "group-kept"),
            Failure::NotWritten { error: EditError::File(FileError::Locked { .. }), .. } => {
                plain(ExitStatus::LockTimeout)
            }
            Failure::ConfigNotWritten { error: FileError::Locked { .. }, .. } => {
                (ExitStatus::LockTimeout, "lock-timeout")
            }
            Failure::NotWritten { .. } | Failure::ConfigNotWritten { .. } => {
                (ExitStatus::System, "not-written")
            }
            Failure::NotProtected { .. } => (ExitStatus::System, "not-protected"),
            Failure::Held { .. } => (ExitStatus::NoPort, "port-held"),
            Failure::NoSuchProgram { .. } => plain(ExitStatus::CommandNotFound),
            Failure::NotStarted { .. } => plain(ExitStatus::CommandNotStarted),
            Failure::ForeignData { .. } => (ExitStatus::System, "foreign-data-directory"),
            Failure::NoSockets(_) => (ExitStatus::System, "sockets"),
            Failure::Exclusions(error) => verdict_on_exclusions(error),
            Failure::Ops(error) => verdict_on_ops(error),
            Failure::Output(_) => (ExitStatus::System, "output"),
        }
    }

    fn help(&self, pasting: &Pasting) -> Option<String> {
        let fixed = |text: &str| Some(text.to_owned());
        match self {
            Failure::Usage { help, .. } => Some(help.clone()),
            Failure::Config(error) if error.concerns_the_command_line() => {
                // A problem that says itself what to do needs no more.
                let is_unexplained = error.problems.iter().any(|problem| problem.help.is_none());
                is_unexplained
                    .then_some(
                        "correct the flag or what it contradicts; --help after the command lists them all",
                    )
                    .map(str::to_owned)
            }
            Failure::Config(error) => help_for_configuration(error),
            // The drawing of the file says it all.
            Failure::InvalidFile { .. } => None,
            Failure::Variable { .. } => fixed("correct the variable, or unset it"),
            Failure::UnreadableFile(error) if error.source.kind() == io::ErrorKind::NotFound => {
                fixed("check how the path is spelt")
            }
            Failure::UnreadableFile(_) => fixed("make it a file that can be read, or move it out of the way"),
            Failure::Path(_) => fixed("give an absolute path, or one seen from the working directory"),
            Failure::NoHomeInPath(_) => fixed(
                "write the path without ~, or set HOME; where the reservations are kept, --data-dir and TROP_DATA_DIR say",
            ),
            Failure::NoHome => fixed("say where the reservations are kept with --data-dir or TROP_DATA_DIR"),
            Failure::WorkingDirectory(_) | Failure::WorkingDirectoryPath(_) => fixed(
                "change to another directory; a command that takes a path can also be given an absolute one, reserve and release then with --allow-unrelated-path",
            ),
            Failure::Unrelated(_) => {
                fixed("change to that directory, or allow it with --allow-unrelated-path")
            }
            Failure::NoDestination { absence: Absence::Unknown(_), .. } => {
                fixed("mend the permissions, or check how the path is spelt")
            }
            Failure::NoDestination { .. } => {
                fixed("move the directory there first (a worktree with git worktree move), and migrate then")
            }
            Failure::NoTropfile { .. } => Some(format!(
                "list the services under reservations in a trop.yaml at the root of the project, or name another file with {}",
                pasting.mention("reserve-group")
            )),
            Failure::NoGroup { .. } => fixed(
                "list them under reservations, as in reservations: { services: { web: { offset: 0 } } }",
            ),
            Failure::GroupCleared(_) => fixed("list services there, or remove the line"),
            Failure::VariableKept { .. } => {
                fixed("give the service another variable in the tropfile, as in env: WEB_PORT")
            }
            Failure::CannotJoin { error, tropfile } => Some(help_for_joining(error, Some(tropfile), pasting)),
            Failure::NotWritten { error, .. } => Some(help_for_edit(error)),
            Failure::ConfigNotWritten { error, .. } => fixed(help_for_config_file(error)),
            Failure::NotProtected { .. } => Some(format!("let its owner do it, or {KEEP_ELSEWHERE}")),
            Failure::Held { key, is_of_group, .. } => Some(help_for_held(key, *is_of_group, pasting)),
            Failure::NoSuchProgram { program } if program.contains(std::path::is_separator) => {
                fixed("check how the path is spelt")
            }
            Failure::NoSuchProgram { .. } => {
                fixed("check how it is spelt, and whether it is in a directory of PATH")
            }
            Failure::NotStarted { source, .. } => fixed(match source.kind() {
                io::ErrorKind::NotFound => {
                    "check the interpreter that its first line names, and where its links lead"
                }
                io::ErrorKind::IsADirectory => "name a program in that directory",
                _ => "make it executable, or start it with its interpreter",
            }),
            Failure::ForeignData { owner, .. } => Some(format!(
                "run trop as {owner}, or choose another data directory with --data-dir or TROP_DATA_DIR"
            )),
            Failure::NoSockets(_) => {
                fixed("allow sockets, or raise the limit; ss and netstat list sockets without opening any")
            }
            Failure::Exclusions(error) => Some(help_for_exclusions(error, pasting)),
            Failure::Ops(error) => help_for_ops(error, pasting),
            Failure::Output(_) => {
                fixed("free some space, or write elsewhere; what was done before stays done")
            }
        }
    }
}

/// Where a tropfile was looked for and not found.
pub(crate) fn describe_no_tropfile(start: &AbsPath) -> String {
    format!("there is no trop.yaml in {start} or above it, up to where a checkout begins")
}

/// The files and what they do, fit for the beginning of a sentence.
fn describe_files(files: &[AbsPath], one_does: &str, several_do: &str) -> String {
    let names: Vec<&str> = files.iter().map(AbsPath::as_str).collect();
    format!("{} {}", names.join(" and "), if names.len() == 1 { one_does } else { several_do })
}

/// How many problems there are, where there are several.
fn describe_problems(ConfigError { problems }: &ConfigError) -> String {
    let is_flag = |origin: &Origin| matches!(origin, Origin::Flag(_));
    let whose = if problems.iter().flat_map(|problem| &problem.origins).all(is_flag) {
        "command line"
    } else {
        "configuration"
    };
    format!("the {whose} has {} problems", problems.len())
}

fn verdict_on_exclusions(error: &ExclusionsError) -> (ExitStatus, &'static str) {
    match error {
        ExclusionsError::NoTropfile { .. } => (ExitStatus::Configuration, "no-tropfile"),
        ExclusionsError::Reserved { .. } => (ExitStatus::No, "port-reserved"),
        ExclusionsError::Intricate(_) => (ExitStatus::Configuration, "not-edited"),
        ExclusionsError::NotWritten { error: FileError::Locked { .. }, .. } => {
            (ExitStatus::LockTimeout, "lock-timeout")
        }
        ExclusionsError::NotWritten { .. } => (ExitStatus::System, "not-written"),
    }
}

fn verdict_on_ops(error: &OpsError) -> (ExitStatus, &'static str) {
    match error {
        OpsError::Storage(error) => verdict_on_storage(error),
        OpsError::Probe(_) => (ExitStatus::System, "sockets"),
        OpsError::PreferredPortRefused(_) | OpsError::OtherPortKept { .. } => {
            (ExitStatus::NoPort, "strict-port")
        }
        OpsError::LabelsKept { .. } => (ExitStatus::No, "label-kept"),
        OpsError::Exhausted(_) | OpsError::GroupExhausted(_) => (ExitStatus::NoPort, "exhausted"),
        OpsError::GroupDoesNotFit { .. } => (ExitStatus::Configuration, "configuration"),
        OpsError::CannotJoin(_) => (ExitStatus::No, "group-kept"),
        OpsError::NothingToMove { .. } => (ExitStatus::No, "nothing-to-move"),
        OpsError::Collisions(_) => (ExitStatus::No, "collision"),
    }
}

fn verdict_on_storage(error: &StorageError) -> (ExitStatus, &'static str) {
    match error {
        StorageError::Busy { .. } => (ExitStatus::LockTimeout, "lock-timeout"),
        StorageError::Missing(_) => (ExitStatus::NoDataDirectory, "no-database"),
        StorageError::Unreadable { .. } => (ExitStatus::System, "unreadable"),
        StorageError::Unwritable { .. } => (ExitStatus::System, "unwritable"),
        StorageError::Corrupt { .. } => (ExitStatus::Database, "database-corrupt"),
        StorageError::Unexpected { .. } => (ExitStatus::Database, "database-unexpected"),
        StorageError::Foreign { .. } => (ExitStatus::Database, "database-foreign"),
        StorageError::NotAdoptable { .. } => (ExitStatus::Database, "database-not-adoptable"),
        StorageError::MigrationFailed { .. } => (ExitStatus::Database, "database-migration"),
        StorageError::Newer { .. } => (ExitStatus::Database, "database-newer"),
        StorageError::MarksDisagree { .. } => (ExitStatus::Database, "database-contradicts-itself"),
        StorageError::Damaged { .. } => (ExitStatus::Database, "database-damaged"),
    }
}
