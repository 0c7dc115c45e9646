//! Configuration files, and places in them.

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use crate::Problem;

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

    /// What a file of that name is read as: one that is called like none of the three as a tropfile.
    #[must_use]
    pub fn of_name(name: &str) -> FileKind {
        FileKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(FileKind::Tropfile)
    }

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

/// A configuration file. Two are equal when they are of one kind, in one place, and say the same.
#[derive(Debug)]
pub struct Source {
    kind: FileKind,
    path: Utf8PathBuf,
    text: Arc<str>,
    /// Where its lines begin, once somebody asked.
    line_starts: OnceLock<Vec<usize>>,
}

/// Why a configuration file was not read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The system said no.
    #[error(transparent)]
    Unreadable(#[from] UnreadableFile),
    /// It cannot be a configuration.
    #[error("{}", .0.message)]
    Unusable(Problem),
}

/// A configuration file that is there and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}")]
pub struct UnreadableFile {
    /// The file.
    pub path: Utf8PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl Source {
    /// A file that says this.
    pub fn new(kind: FileKind, path: impl Into<Utf8PathBuf>, text: impl Into<Arc<str>>) -> Source {
        Source { kind, path: path.into(), text: text.into(), line_starts: OnceLock::new() }
    }

    /// The same file with another text.
    pub(crate) fn again(&self, text: Arc<str>) -> Source {
        Source::new(self.kind, self.path.clone(), text)
    }

    /// Which layer it makes.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// What it says.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Reads the file. `None` when there is none.
    ///
    /// # Errors
    /// Those of [`Source::require`], but for a file that is missing.
    pub fn load(kind: FileKind, path: &Utf8Path) -> Result<Option<Source>, LoadError> {
        match Source::require(kind, path) {
            Err(LoadError::Unreadable(error)) if is_absence(&error.source) => Ok(None),
            source => source.map(Some),
        }
    }

    /// Reads a file that has to be there.
    ///
    /// # Errors
    /// When it is missing, when the system does not let it be read, when it is no regular file, when it is longer than 1 MiB, and
    /// when it is not UTF-8.
    pub fn require(kind: FileKind, path: &Utf8Path) -> Result<Source, LoadError> {
        let bytes = read(path).map_err(|source| UnreadableFile { path: path.to_owned(), source })?;
        Source::from_bytes(kind, path, bytes).map_err(LoadError::Unusable)
    }

    /// A file that holds these bytes.
    ///
    /// # Errors
    /// When there are more than 1 MiB, and when they are not UTF-8.
    pub fn from_bytes(kind: FileKind, path: &Utf8Path, bytes: Vec<u8>) -> Result<Source, Problem> {
        if !is_of_likely_length(&bytes) {
            let place = Place { source: Arc::new(Source::new(kind, path, "")), span: None };
            let message = format!("the file is longer than {LONGEST} bytes, which no configuration is");
            let help = "make it shorter, or move it out of the way".to_owned();
            return Err(Problem { help: Some(help), ..Problem::at(place, message) });
        }
        String::from_utf8(bytes).map(|text| Source::new(kind, path, text)).map_err(|error| {
            let start = error.utf8_error().valid_up_to();
            let source = Arc::new(Source::new(kind, path, String::from_utf8_lossy(error.as_bytes())));
            let span = Some(start..start + char::REPLACEMENT_CHARACTER.len_utf8());
            let help = "save the file as UTF-8".to_owned();
            Problem {
                help: Some(help),
                ..Problem::at(Place { source, span }, "this is not UTF-8".to_owned())
            }
        })
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        // Whether somebody asked for the lines is no part of it.
        (self.kind, &self.path, &self.text) == (other.kind, &other.path, &other.text)
    }
}

impl Eq for Source {}

/// The bytes of the file, or so many that there are too many. Only a regular file is opened: a pipe would never end.
fn read(path: &Utf8Path) -> io::Result<Vec<u8>> {
    let metadata = followed(path)?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    // One more than there should be, so that the end is found without more room.
    let mut bytes = Vec::with_capacity(LONGEST.min(metadata.len()) as usize + 1);
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is there, or behind the link that is there. Most files are no links, and most of those that are looked for are not there: both
/// are settled by one look.
fn followed(path: &Utf8Path) -> io::Result<Metadata> {
    let metadata = path.symlink_metadata()?;
    if !metadata.is_symlink() {
        return Ok(metadata);
    }
    path.metadata().map_err(|error| {
        if is_absence(&error) { io::Error::other("it is a link that leads nowhere") } else { error }
    })
}

fn is_of_likely_length(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()).is_ok_and(|length| length <= LONGEST)
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
        let line_starts = self.source.line_starts.get_or_init(|| line_starts(&self.source.text));
        let line = line_starts.partition_point(|start| *start <= span.start).saturating_sub(1);
        let before = self.source.text.get(line_starts[line]..span.start)?;
        let characters = before.trim_start_matches('\u{feff}').chars().count();
        let ordinal = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
        Some(Position { line: ordinal(line), column: ordinal(characters) })
    }
}

/// Never empty. A line of YAML ends with a line feed, a carriage return, or both (YAML 1.2, section 5.4).
fn line_starts(text: &str) -> Vec<usize> {
    let ends = text
        .match_indices(['\n', '\r'])
        .filter(|(at, end)| *end == "\n" || !text[at + 1..].starts_with('\n'));
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
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
