//! The snapshots that tests compare with: `snapshots/<area>/<name>.snap`, and `.snap.new` beside it where a test
//! differed.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;
use crate::workspace::{files_below, relative, root};

/// Fails when a test left something that is not taken over yet.
pub(crate) fn check() -> Outcome {
    let pending = pending_below(&directory())?;
    for path in &pending {
        println!("differs: {}", relative(path));
    }
    match pending.len() {
        0 => Ok(()),
        count => {
            Err(format!("{count} of the snapshots differ; `cargo xtask snapshots accept` takes them over")
                .into())
        }
    }
}

/// Puts everything that tests left in the place of what was there.
pub(crate) fn accept() -> Outcome {
    for path in accept_below(&directory())? {
        println!("accepted: {}", relative(&path));
    }
    Ok(())
}

/// Fails when there is a snapshot that is not among those that tests compared with.
pub(crate) fn require_used(used: &BTreeSet<PathBuf>) -> Outcome {
    let unused = unused_below(&directory(), used)?;
    for path in &unused {
        println!("no test compares with {}", relative(path));
    }
    match unused.len() {
        0 => Ok(()),
        count => Err(format!("{count} of the snapshots are used by no test; delete them").into()),
    }
}

fn directory() -> PathBuf {
    root().join("snapshots")
}

fn pending_below(directory: &Path) -> Outcome<Vec<PathBuf>> {
    let files = files_below(directory)?;
    Ok(files.into_iter().filter(|path| is_named(path, ".snap.new")).collect())
}

fn accept_below(directory: &Path) -> Outcome<Vec<PathBuf>> {
    let pending = pending_below(directory)?;
    let accepted: Vec<PathBuf> = pending.iter().map(|path| path.with_extension("")).collect();
    for (new, accepted) in pending.iter().zip(&accepted) {
        fs::rename(new, accepted)?;
    }
    Ok(accepted)
}

fn unused_below(directory: &Path, used: &BTreeSet<PathBuf>) -> Outcome<Vec<PathBuf>> {
    let files = files_below(directory)?;
    Ok(files.into_iter().filter(|path| is_named(path, ".snap") && !used.contains(path)).collect())
}

fn is_named(path: &Path, ending: &str) -> bool {
    path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_left_takes_the_place_of_what_was_there() {
        let snapshots = tempfile::tempdir().unwrap();
        let area = snapshots.path().join("cli");
        fs::create_dir(&area).unwrap();
        fs::write(area.join("help.snap"), "old").unwrap();
        fs::write(area.join("help.snap.new"), "new").unwrap();
        assert_eq!(pending_below(snapshots.path()).unwrap(), [area.join("help.snap.new")]);

        assert_eq!(accept_below(snapshots.path()).unwrap(), [area.join("help.snap")]);
        assert_eq!(fs::read_to_string(area.join("help.snap")).unwrap(), "new");
        assert!(pending_below(snapshots.path()).unwrap().is_empty());
    }

    #[test]
    fn a_snapshot_that_nobody_compares_with_is_found() {
        let snapshots = tempfile::tempdir().unwrap();
        let [used, unused] = ["used.snap", "unused.snap"].map(|name| snapshots.path().join(name));
        fs::write(&used, "").unwrap();
        fs::write(&unused, "").unwrap();
        assert_eq!(unused_below(snapshots.path(), &BTreeSet::from([used])).unwrap(), [unused]);
    }
}
