//! The build that links everything into the program.

use std::path::{Path, PathBuf};

use crate::outcome::Outcome;
use crate::workspace::{cargo, root, run};

/// Builds the static program for this target and tells where it is.
pub(super) fn build(target: &str, target_directory: &Path) -> Outcome<PathBuf> {
    Ok(build_statically(&["--package", "trop"], target, target_directory)?.join("trop"))
}

/// Builds what these arguments of `cargo build` name and tells in which directory the programs are.
///
/// The target is named although it is that of this machine: so the flags are for what ends in the program, and not for the build
/// scripts and macros that run meanwhile. Flags from elsewhere do not count, and no path of this machine ends in the program.
pub(crate) fn build_statically(what: &[&str], target: &str, target_directory: &Path) -> Outcome<PathBuf> {
    if !target.contains("-linux-") {
        return Err(format!("no static program has been built for {target} yet, only for Linux").into());
    }
    let arguments = ["build", "--release", "--locked", "--target", target];
    let flags = flags(&root(), target_directory, &cargo_home()?);
    run(cargo(arguments).args(what).env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f")))?;
    Ok(target_directory.join(target).join("release"))
}

fn flags(root: &Path, target_directory: &Path, cargo_home: &Path) -> Vec<String> {
    let renamed = |path: &Path, name| format!("--remap-path-prefix={}={name}", path.display());
    vec![
        "-Ctarget-feature=+crt-static".to_owned(),
        // At a fixed address: docs/decisions/design.md says what that brings, and what it costs.
        "-Crelocation-model=static".to_owned(),
        renamed(cargo_home, "/cargo"),
        renamed(root, "/trop"),
        // The last that fits counts, and the target directory is usually in the workspace.
        renamed(target_directory, "/target"),
    ]
}

fn cargo_home() -> Outcome<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || std::env::home_dir().map(|home| home.join(".cargo"));
    named.or_else(usual).ok_or_else(|| "it is not known where cargo keeps its crates: set CARGO_HOME".into())
}
