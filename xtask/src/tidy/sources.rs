//! What every crate has: a first line in each file, and a README.

use std::fs;
use std::path::Path;

use super::packages::Package;
use crate::outcome::Outcome;
use crate::workspace::files_below;

/// The directories of a crate that hold its files.
const DIRECTORIES: &[&str] = &["src", "tests", "benches", "examples"];

/// A sentence for each source file that does not open with what it is for, and for each library without a README.
/// Paths are shown as seen from `root`.
pub(crate) fn objections(root: &Path, packages: &[Package]) -> Outcome<Vec<String>> {
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let mut objections = Vec::new();
    for package in packages {
        if package.has_library && !package.directory.join("README.md").is_file() {
            objections.push(format!("{} has no README.md", shown(&package.directory)));
        }
        for directory in DIRECTORIES {
            for path in files_below(&package.directory.join(directory))? {
                let is_source = path.extension().is_some_and(|extension| extension == "rs");
                if is_source && !fs::read_to_string(&path)?.starts_with("//! ") {
                    objections.push(format!("{} does not open with a \"//!\" line", shown(&path)));
                }
            }
        }
    }
    Ok(objections)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said about a library with these files.
    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join("crates/it").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let package = Package {
            name: "it".to_owned(),
            directory: root.path().join("crates/it"),
            has_library: true,
            dependencies: vec![],
        };
        assert_eq!(objections(root.path(), &[package]).unwrap(), expected);
    }

    #[test]
    fn a_file_opens_with_what_it_is_for() {
        let readme = ("README.md", "# it\n");
        check(&[readme, ("src/lib.rs", "//! It.\n"), ("src/deep/data.txt", "x")], &[]);
        check(
            &[readme, ("src/deep/er.rs", "fn f() {}\n"), ("tests/it/main.rs", "\n//! Late.\n")],
            &[
                "crates/it/src/deep/er.rs does not open with a \"//!\" line",
                "crates/it/tests/it/main.rs does not open with a \"//!\" line",
            ],
        );
    }

    #[test]
    fn a_library_has_a_readme() {
        check(&[("src/lib.rs", "//! It.\n")], &["crates/it has no README.md"]);
    }
}
