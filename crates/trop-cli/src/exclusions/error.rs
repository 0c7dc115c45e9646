//! Why the list of a file was not changed.

use trop_config::IntricateList;
use trop_files::FileError;
use trop_model::{PortRange, Reservation};
use trop_paths::AbsPath;

use crate::failure::describe_no_tropfile;
use crate::telling::describe_reservation;

/// Why the list of a file was not changed. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExclusionsError {
    /// There is no file of a project to write into.
    #[error("{}", describe_no_tropfile(start))]
    NoTropfile { start: AbsPath },
    /// Somebody has ports that are to be excluded.
    #[error("{}", describe_reserved(*range, holders))]
    Reserved { range: PortRange, holders: Vec<Reservation> },
    /// It does not show how the list could be changed.
    #[error(transparent)]
    Intricate(#[from] IntricateList),
    /// The file could not be read or replaced.
    #[error("cannot change the ports that {file} excludes")]
    NotWritten {
        file: AbsPath,
        #[source]
        error: FileError,
    },
}

fn describe_reserved(range: PortRange, holders: &[Reservation]) -> String {
    match holders {
        [holder] => describe_reservation(holder),
        holders => format!("{} of the ports {range} are reserved", holders.len()),
    }
}
