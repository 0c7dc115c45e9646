//! Where snapshots lie, and how they are compared.

use std::path::{Path, PathBuf};

use insta::Settings;

/// Compares a text with `snapshots/<area>/<name>.snap` of the workspace, and fails on any difference:
/// `snapshot!("cli/help", ran.stdout)`.
///
/// `cargo xtask snapshots accept` takes over what the last test run found different.
#[macro_export]
macro_rules! snapshot {
    ($name:expr, $value:expr $(,)?) => {{
        let (directory, name) = $crate::snapshot::place($name);
        $crate::snapshot::settings(&directory).bind(|| $crate::insta::assert_snapshot!(name, $value));
    }};
}

/// The directory of a snapshot and its name there.
///
/// # Panics
/// When the name is not `<area>/<name>`.
#[must_use]
#[track_caller]
pub fn place(name: &str) -> (PathBuf, &str) {
    let Some((area, name)) = name.split_once('/') else {
        panic!("a snapshot is named <area>/<name>, not \"{name}\"");
    };
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let workspace = crates.and_then(Path::parent).expect("the crates are in a directory of the workspace");
    (workspace.join("snapshots").join(area), name)
}

/// What every snapshot is compared with: the file of its name in that directory, whichever test asks.
#[must_use]
pub fn settings(directory: &Path) -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(directory);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn a_snapshot_lies_under_its_area() {
        let (directory, name) = place("cli/help-reserve");
        assert!(directory.ends_with("snapshots/cli"));
        assert_eq!(name, "help-reserve");
        assert!(directory.ancestors().nth(2).is_some_and(|workspace| workspace.join("Cargo.lock").exists()));
        assert!(catch_unwind(|| place("help")).is_err());
    }

    #[test]
    fn a_difference_fails() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("greeting.snap"), "---\nsource: a\n---\nhello\n").unwrap();
        let compare = |text: &str| {
            catch_unwind(|| settings(directory.path()).bind(|| insta::assert_snapshot!("greeting", text)))
        };
        assert!(compare("hello").is_ok());
        assert!(compare("hullo").is_err());
    }
}
