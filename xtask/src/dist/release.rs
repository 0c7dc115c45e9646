//! Which release it is: version, machine, time.

use std::process::Command;

use crate::outcome::Outcome;
use crate::workspace::{metadata, root};

/// What a release is called after, and the time that its files carry.
#[derive(Debug)]
pub(super) struct Release {
    pub(super) version: String,
    /// The machine that it is for, as the compiler calls it.
    pub(super) target: String,
    /// In seconds since 1970.
    pub(super) time: u64,
    /// Whether files differ from the last commit.
    pub(super) is_changed: bool,
}

impl Release {
    /// The name of the archive, and of the one directory in it.
    pub(super) fn name(&self) -> String {
        format!("trop-{}-{}", self.version, self.target)
    }
}

/// The release of this workspace for this machine. Its time is `SOURCE_DATE_EPOCH`, else that of the last commit.
pub(super) fn find() -> Outcome<Release> {
    let time = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => seconds("SOURCE_DATE_EPOCH", &text)?,
        Err(_) => seconds("the time of the last commit", &git(&["log", "-1", "--format=%ct"])?)?,
    };
    Ok(Release {
        version: version()?,
        target: host()?,
        time,
        is_changed: !git(&["status", "--porcelain"])?.is_empty(),
    })
}

fn seconds(name: &str, text: &str) -> Outcome<u64> {
    text.trim().parse().map_err(|_| format!("{name} is no number of seconds: \"{text}\"").into())
}

fn version() -> Outcome<String> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let trop = packages.iter().find(|package| package["name"] == "trop");
    let version = trop.and_then(|trop| trop["version"].as_str());
    Ok(version.ok_or("cargo metadata names no version of trop")?.to_owned())
}

/// The target that programs for this machine are built for.
pub(crate) fn host() -> Outcome<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let about = output(Command::new(rustc).arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc -vV names no host")?.to_owned())
}

fn git(arguments: &[&str]) -> Outcome<String> {
    output(Command::new("git").args(arguments))
}

fn output(command: &mut Command) -> Outcome<String> {
    let name = command.get_program().display().to_string();
    let output =
        command.current_dir(root()).output().map_err(|error| format!("cannot start {name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim()).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_is_called_after_version_and_machine() {
        let release =
            Release { version: "1.2.3".to_owned(), target: host().unwrap(), time: 0, is_changed: false };
        assert_eq!(release.name(), format!("trop-1.2.3-{}", release.target));
        assert!(release.target.contains('-'), "{}", release.target);
    }

    #[test]
    fn the_version_is_that_of_the_program() {
        assert_eq!(trop_cli::command().get_version(), Some(version().unwrap().as_str()));
    }

    #[test]
    fn a_time_is_a_number() {
        assert_eq!(seconds("it", "1700000000\n").unwrap(), 1_700_000_000);
        assert_eq!(seconds("it", "soon").unwrap_err().to_string(), "it is no number of seconds: \"soon\"");
    }
}
