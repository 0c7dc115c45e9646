//! What the first hundred bytes of a database file say, before SQLite is asked to open it.
//!
//! The header is a hint that keeps the common case short and other programs' files untouched. It is never proof: the newest
//! marks may still be in the write-ahead log, so they are read again inside the transaction.
//!
//! Nothing here may run while SQLite has the same file open: closing any descriptor of a file drops every POSIX lock that the
//! process holds on it.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use crate::Location;
use crate::schema::{APPLICATION_ID, Schema};

/// The size of the header, <https://sqlite.org/fileformat2.html#the_database_header>.
const HEADER_BYTES: usize = 100;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Where the header has: the versions of the file format needed for writing and for reading (2 is WAL), `user_version`,
/// `application_id`.
pub(crate) const WRITE_VERSION_AT: usize = 18;
pub(crate) const READ_VERSION_AT: usize = 19;
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;

/// What a file looks like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Appearance {
    /// There is no file.
    Absent,
    /// There is a file of 0 bytes.
    ZeroBytes,
    /// Something that is no regular file, such as `a directory`. Opening it might never end.
    NoFile(&'static str),
    /// Not the beginning of an SQLite database.
    NotSqlite,
    /// A database with our marks of today.
    Current {
        /// Whether it keeps a write-ahead log.
        wal: bool,
    },
    /// A database that has to be asked.
    Other,
}

/// Which file it is that has a name. Of no file there is none, nor where the system does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity(Option<(u64, u64)>);

impl Identity {
    /// The file of that name at this moment.
    pub(crate) fn of(database: &Path) -> Identity {
        Identity(database.metadata().ok().and_then(|metadata| device_and_inode(&metadata)))
    }

    /// Whether there was a file, and by now the name is that of another one, or of none.
    pub(crate) fn has_lost_its_name(self, database: &Path) -> bool {
        self.0.is_some() && Identity::of(database) != self
    }
}

/// Which data directory and which database are in place, and since when: a directory that is moved away and back is the same, and its
/// status is from then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    directory: Identity,
    since: Option<(i64, i64)>,
    database: Identity,
}

impl Standing {
    /// What is in place at this moment.
    pub(crate) fn of(location: &Location) -> Standing {
        let metadata = location.directory().as_path().as_std_path().metadata().ok();
        Standing {
            directory: Identity(metadata.as_ref().and_then(device_and_inode)),
            since: metadata.as_ref().and_then(time_of_status),
            database: Identity::of(location.database()),
        }
    }
}

#[cfg(unix)]
fn time_of_status(metadata: &Metadata) -> Option<(i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.ctime(), metadata.ctime_nsec()))
}

/// A directory in which somebody has a file open cannot be renamed there.
#[cfg(not(unix))]
fn time_of_status(_metadata: &Metadata) -> Option<(i64, i64)> {
    None
}

#[cfg(unix)]
fn device_and_inode(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

/// A file that somebody has open can be neither renamed nor removed there.
#[cfg(not(unix))]
fn device_and_inode(_metadata: &Metadata) -> Option<(u64, u64)> {
    None
}

pub(crate) fn appearance(database: &Path, schema: &Schema) -> io::Result<(Appearance, Identity)> {
    let metadata = match database.metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok((Appearance::Absent, Identity(None)));
        }
        Err(error) => return Err(error),
    };
    let identity = Identity(device_and_inode(&metadata));
    if metadata.is_dir() {
        return Ok((Appearance::NoFile("a directory"), identity));
    }
    if !metadata.is_file() {
        return Ok((Appearance::NoFile("no regular file"), identity));
    }
    let mut header = Vec::with_capacity(HEADER_BYTES);
    File::open(database)?.take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    Ok((judge(&header, schema), identity))
}

fn judge(header: &[u8], schema: &Schema) -> Appearance {
    if header.is_empty() {
        return Appearance::ZeroBytes;
    }
    // SQLite would open a file that asks writers for more than 2, and not let it be written.
    if header.len() < HEADER_BYTES || !header.starts_with(MAGIC) || 2 < header[WRITE_VERSION_AT] {
        return Appearance::NotSqlite;
    }
    let number_at = |at: usize| header[at..].first_chunk().copied().map(i32::from_be_bytes);
    let is_current = number_at(APPLICATION_ID_AT) == Some(APPLICATION_ID)
        && number_at(USER_VERSION_AT) == Some(schema.latest);
    if is_current { Appearance::Current { wal: header[READ_VERSION_AT] == 2 } } else { Appearance::Other }
}
