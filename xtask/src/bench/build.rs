//! The programs that are measured, as they are built.

use std::path::PathBuf;

use crate::dist::build::build_statically;
use crate::dist::release::host;
use crate::outcome::Outcome;
use crate::workspace::{cargo, run, target_directory};

/// How a program is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// As `cargo install` does it.
    Install,
    /// As `cargo xtask dist` does it, with the C library inside.
    Static,
}

impl Build {
    /// As reports call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Build::Install => "install",
            Build::Static => "static",
        }
    }
}

/// The programs that runs are made of.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    pub(crate) trop: PathBuf,
    /// Does what a warm `reserve` has to do, and nothing else.
    pub(crate) bare: PathBuf,
    /// Makes a database as trop 0.1 left it.
    pub(crate) older: PathBuf,
    /// The `sqlite3` shell, where it is installed.
    pub(crate) shell: Option<PathBuf>,
}

/// Each with the arguments of cargo that name it: built by itself, so that none gets features for another.
const TROP: &[&str] = &["--package", "trop"];
const BARE: &[&str] = &["--package", "trop-storage", "--example", "bare_rusqlite"];
const OLDER: &[&str] = &["--package", "trop-storage", "--example", "older_database"];

pub(crate) fn build(build: Build, shell: Option<PathBuf>) -> Outcome<Programs> {
    let target = target_directory()?;
    let mut release = target.join("release");
    for what in [TROP, BARE, OLDER] {
        match build {
            Build::Install => run(cargo(["build", "--release", "--locked"]).args(what))?,
            Build::Static => release = build_statically(what, &host()?, &target)?,
        }
    }
    Ok(Programs {
        trop: release.join("trop"),
        bare: release.join("examples/bare_rusqlite"),
        older: release.join("examples/older_database"),
        shell,
    })
}
