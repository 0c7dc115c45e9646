//! What is in the archive.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::codegen::{COMPLETIONS, MAN};
use crate::outcome::Outcome;
use crate::workspace::{files_below, root};

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) bytes: Vec<u8>,
    /// Whether it is a program.
    pub(super) is_executable: bool,
}

/// The files by their path in the archive's directory, and so in an order that is always the same.
pub(super) type Files = BTreeMap<String, File>;

/// Where the program is.
pub(super) const PROGRAM: &str = "trop";

const DOCUMENTS: [&str; 5] = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "SECURITY.md"];

/// The program with all that goes with it.
pub(super) fn collect(program: Vec<u8>) -> Outcome<Files> {
    let mut files = Files::from([(PROGRAM.to_owned(), File { bytes: program, is_executable: true })]);
    let mut add = |source: &Path, path: String| -> Outcome {
        let bytes = fs::read(source).map_err(|error| format!("cannot read {}: {error}", source.display()))?;
        files.insert(path, File { bytes, is_executable: false });
        Ok(())
    };
    for document in DOCUMENTS {
        add(&root().join(document), document.to_owned())?;
    }
    // Below "man" as man wants it, so that MANPATH can name that directory.
    for (source, directory) in [(MAN, "man/man1"), (COMPLETIONS, "completions")] {
        for file in files_below(&root().join(source))? {
            let name = file.file_name().unwrap_or_default().display();
            add(&file, format!("{directory}/{name}"))?;
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn program_licences_pages_and_completions_are_in_it() {
        let files = collect(b"program".to_vec()).unwrap();
        let programs: Vec<&String> =
            files.iter().filter(|(_, file)| file.is_executable).map(|(path, _)| path).collect();
        assert_eq!(programs, ["trop"]);
        for path in
            ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "man/man1/trop.1", "man/man1/trop-config-show.1"]
        {
            assert!(files.contains_key(path), "{path}");
        }
        assert_eq!(files.keys().filter(|path| path.starts_with("completions/")).count(), 5);
    }
}
