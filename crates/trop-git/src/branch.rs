//! The branch that is checked out.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// More of HEAD than any branch needs whose name is short enough for a label.
const MOST_BYTES: u64 = 4096;

/// What HEAD holds where the real one is kept elsewhere, in a reftable (gitformat-reftable, "Backward compatibility").
const IN_A_REFTABLE: &str = ".invalid";

/// The branch that HEAD names, whether it has commits yet or not. None when HEAD is detached, names something that is not a
/// branch, or cannot be read.
pub(crate) fn current_branch(git_directory: &Path) -> Option<String> {
    let head = beginning_of(&git_directory.join("HEAD"))?;
    let reference = head.strip_prefix("ref:")?.trim();
    let branch = reference.strip_prefix("refs/heads/")?;
    (branch != IN_A_REFTABLE).then(|| branch.to_owned())
}

/// Text at the beginning of a plain file. Nothing else is opened: a FIFO would wait for somebody to write into it.
fn beginning_of(file: &Path) -> Option<String> {
    if !file.is_file() {
        return None;
    }
    let mut text = String::new();
    File::open(file).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}
