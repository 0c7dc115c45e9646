//! Somebody who opens a file and takes so long to read it that others edit it meanwhile.
//!
//! **The rule.** Who has a file open reads what it held then, and nothing in between: an edit puts another file in its place. So one
//! that is written where it stands is seen, however short the moment is in which it holds a half.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use crate::storm::Checked;

/// A file that is open, and what it held.
pub(crate) struct SlowReader {
    path: PathBuf,
    file: File,
    content: String,
}

impl SlowReader {
    /// Opens the file. There may be none yet.
    pub(crate) fn open(path: &Path) -> Checked<Option<SlowReader>> {
        match opened(path) {
            Ok(reader) => Ok(Some(reader)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(path, &error)),
        }
    }

    /// Reads it to its end, and requires that nobody wrote into it.
    pub(crate) fn require_undisturbed(&mut self) -> Checked {
        let mut now = String::new();
        let read = self.file.rewind().and_then(|()| self.file.read_to_string(&mut now));
        read.map_err(|error| failed(&self.path, &error))?;
        if now == self.content {
            return Ok(());
        }
        Err(format!("{} was written where it stands, while somebody read it:\n{now}", self.path.display()))
    }
}

fn opened(path: &Path) -> io::Result<SlowReader> {
    let mut file = File::open(path)?;
    let content = io::read_to_string(&mut file)?;
    Ok(SlowReader { path: path.to_owned(), file, content })
}

fn failed(path: &Path, error: &io::Error) -> String {
    format!("cannot read {}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn who_has_a_file_open_notices_only_who_writes_into_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("trop.yaml");
        assert!(SlowReader::open(&path).unwrap().is_none());
        fs::write(&path, "one").unwrap();
        let mut reader = SlowReader::open(&path).unwrap().unwrap();
        assert_eq!(reader.require_undisturbed(), Ok(()));
        fs::write(&path, "two").unwrap();
        assert!(reader.require_undisturbed().unwrap_err().ends_with("while somebody read it:\ntwo"));

        let mut reader = SlowReader::open(&path).unwrap().unwrap();
        let beside = directory.path().join("beside");
        fs::write(&beside, "three").unwrap();
        fs::rename(&beside, &path).unwrap();
        assert_eq!(reader.require_undisturbed(), Ok(()));
    }
}
