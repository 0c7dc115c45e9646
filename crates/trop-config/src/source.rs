//! Configuration files, and places in them.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::{ConfigError, Problem};

/// The longest file that is read, in bytes. A configuration has some hundred.
const LONGEST: u64 = 1 << 20;

/// One of the three configuration files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `trop.local.yaml`, private to one machine.
    Local,
    /// `trop.yaml`, checked in beside it.
    Tropfile,
    /// `config.yaml` in the data directory.
    User,
}

impl FileKind {
    /// Every kind, highest layer first.
    pub const ALL: [FileKind; 3] = [FileKind::Local, FileKind::Tropfile, FileKind::User];

    /// The name of such a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Local => "trop.local.yaml",
            FileKind::Tropfile => "trop.yaml",
            FileKind::User => "config.yaml",
        }
    }
}

/// The text of a configuration file.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Which layer it makes.
    pub kind: FileKind,
    /// Where it is.
    pub path: Utf8PathBuf,
    /// What it says.
    pub text: Arc<str>,
}

/// Why a configuration file was not read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The system said no.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file.
        path: Utf8PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// It cannot be a configuration.
    #[error(transparent)]
    Unusable(#[from] ConfigError),
}

impl Source {
    /// Reads the file. `None` when there is none.
    ///
    /// # Errors
    /// When the system does not let it be read, when it is no regular file, when it is longer than 1 MiB, and when it is not
    /// UTF-8.
    pub fn load(kind: FileKind, path: &Utf8Path) -> Result<Option<Source>, LoadError> {
        let unreadable = |source| LoadError::Unreadable { path: path.to_owned(), source };
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(error) if !is_absence(&error) => return Err(unreadable(error)),
            Err(_) if path.symlink_metadata().is_err() => return Ok(None),
            Err(error) => {
                return Err(unreadable(io::Error::new(error.kind(), "it is a link that leads nowhere")));
            }
        };
        let as_a_whole = |message: String| {
            let source = Source { kind, path: path.to_owned(), text: Arc::from("") };
            LoadError::Unusable(Problem::at(Place { source: Arc::new(source), span: None }, message).into())
        };
        let Some(bytes) = bytes else {
            return Err(as_a_whole(format!("longer than {LONGEST} bytes, which no configuration is")));
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Source { kind, path: path.to_owned(), text: text.into() })),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into();
                let source = Arc::new(Source { kind, path: path.to_owned(), text });
                let span = Some(start..start + char::REPLACEMENT_CHARACTER.len_utf8());
                let problem = Problem::at(Place { source, span }, "this is not UTF-8".to_owned());
                Err(LoadError::Unusable(problem.into()))
            }
        }
    }
}

/// The bytes of the file; `None` when there are too many. Only a regular file is opened: a pipe would never end.
fn read(path: &Utf8Path) -> io::Result<Option<Vec<u8>>> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(u64::try_from(bytes.len()).is_ok_and(|length| length <= LONGEST).then_some(bytes))
}

/// Whether the error says that nothing is there.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// A place in a configuration file, or the file as a whole.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// Which bytes of its text.
    pub span: Option<Range<usize>>,
}

/// A position as editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The character of the line, from 1. A byte order mark is none.
    pub column: u32,
}

impl Place {
    /// Where the place begins, unless it is the whole file.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        let span = self.span.as_ref()?;
        let before = self.source.text.get(..span.start)?;
        // A line of YAML ends with a line feed, a carriage return, or both (YAML 1.2, section 5.4).
        let line_ends =
            before.matches('\n').count() + before.matches('\r').count() - before.matches("\r\n").count();
        let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let characters = before[line_start..].trim_start_matches('\u{feff}').chars().count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
        Some(Position { line: count(line_ends), column: count(characters) })
    }
}

impl fmt::Display for Place {
    /// `/srv/app/trop.yaml:3`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.source.path;
        match self.position() {
            Some(Position { line, .. }) => write!(f, "{path}:{line}"),
            None => write!(f, "{path}"),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.source.path, self.span)
    }
}
