//! The finished program, tried in a home of its own.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use crate::outcome::Outcome;

/// Fails unless the program tells this version, and keeps the port of a directory.
pub(super) fn try_out(program: &Path, version: &str) -> Outcome {
    let home = tempfile::tempdir()?;
    let told = answer(program, home.path(), ["--version"])?;
    if told != format!("trop {version}\n") {
        return Err(format!("--version of a trop {version} says \"{}\"", told.trim_end()).into());
    }
    let first = answer(program, home.path(), ["reserve"])?;
    let second = answer(program, home.path(), ["reserve"])?;
    let is_port = first.trim_end().parse::<u16>().is_ok_and(|port| port != 0);
    if !is_port || first != second {
        return Err(format!(
            "reserve, asked twice, says \"{}\", \"{}\"",
            first.trim_end(),
            second.trim_end()
        )
        .into());
    }
    Ok(())
}

fn answer<A: AsRef<OsStr>>(
    program: &Path,
    home: &Path,
    arguments: impl IntoIterator<Item = A>,
) -> Outcome<String> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("HOME", home).current_dir(home);
    let output = command.output().map_err(|error| format!("cannot start {}: {error}", program.display()))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} {}: {}", program.display(), output.status, complaint.trim_end()).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// What is said of a program that does this with its first argument in `$1`.
    #[track_caller]
    fn check(script: &str, expected: Result<(), &str>) {
        let directory = tempfile::tempdir().unwrap();
        let program = directory.path().join("program");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let path = program.display().to_string();
        let result = try_out(&program, "1.2.3").map_err(|error| error.to_string().replace(&path, "PROGRAM"));
        assert_eq!(result, expected.map_err(str::to_owned));
    }

    #[test]
    fn a_program_that_does_not_work_is_not_packed() {
        const VERSION: &str = "[ $1 = --version ] && echo trop 1.2.3 && exit";
        check(&format!("{VERSION}; echo 5000"), Ok(()));
        check("echo trop 1.2.2", Err("--version of a trop 1.2.3 says \"trop 1.2.2\""));
        check(&format!("{VERSION}; echo none"), Err("reserve, asked twice, says \"none\", \"none\""));
        let counting = "echo x >> ~/runs; wc -l < ~/runs";
        check(&format!("{VERSION}; {counting}"), Err("reserve, asked twice, says \"1\", \"2\""));
        check("echo no such thing >&2; exit 5", Err("PROGRAM exit status: 5: no such thing"));
    }
}
