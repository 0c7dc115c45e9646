//! The inputs that fuzzing begins with, and those that it once broke something with.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Puts every input of `fuzz/corpus/<target>` to a law.
///
/// # Panics
/// When the law does, with the name of the file, and when there is none.
pub fn replay(target: &str, law: impl Fn(&[u8])) {
    let files = files_of(&directory(target));
    assert!(!files.is_empty(), "fuzz/corpus/{target} is empty");
    for file in files {
        let bytes = fs::read(&file).expect("a file of the corpus can be read");
        let is_kept = catch_unwind(AssertUnwindSafe(|| law(&bytes))).is_ok();
        assert!(is_kept, "the law is broken by {}", file.display());
    }
}

fn directory(target: &str) -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let workspace = crates.and_then(Path::parent).expect("the crates are in a directory of the workspace");
    workspace.join("fuzz/corpus").join(target)
}

/// In the order of their names; none when the directory is not there.
fn files_of(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_is_put_to_the_law() {
        let seen = std::cell::Cell::new(0);
        replay("configuration", |_| seen.set(seen.get() + 1));
        assert_eq!(seen.get(), files_of(&directory("configuration")).len());
        assert!(catch_unwind(|| replay("configuration", |_| panic!("broken"))).is_err());
        assert!(catch_unwind(|| replay("nothing", |_| {})).is_err());
    }
}
