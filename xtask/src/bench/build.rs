//! The programs that are measured, as they are built.

use std::path::PathBuf;
use std::process::Command;

use crate::outcome::Outcome;
use crate::workspace::{cargo, run, target_directory};

/// How a program is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// As `cargo install` does it.
    Install,
    /// With the C library inside.
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

/// For whom the static programs are built. An explicit target keeps the flag from what runs while building.
const STATIC_TARGET: &str = "x86_64-unknown-linux-gnu";
const STATIC_FLAGS: &str =
    r#"target.x86_64-unknown-linux-gnu.rustflags = ["-C", "target-feature=+crt-static"]"#;

pub(crate) fn build(build: Build, shell: Option<PathBuf>) -> Outcome<Programs> {
    let cargo_build = || -> Command {
        let mut command = cargo(["build", "--release", "--locked"]);
        if build == Build::Static {
            command.args(["--target", STATIC_TARGET, "--config", STATIC_FLAGS]);
        }
        command
    };
    run(cargo_build().args(["--package", "trop"]))?;
    for example in ["bare_rusqlite", "older_database"] {
        run(cargo_build().args(["--package", "trop-storage", "--example", example]))?;
    }
    let target = target_directory()?;
    let release = match build {
        Build::Install => target.join("release"),
        Build::Static => target.join(STATIC_TARGET).join("release"),
    };
    Ok(Programs {
        trop: release.join("trop"),
        bare: release.join("examples/bare_rusqlite"),
        older: release.join("examples/older_database"),
        shell,
    })
}
