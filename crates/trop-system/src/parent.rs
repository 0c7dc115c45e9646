//! The program that started this one.

/// The name of the program that started this process: `zsh`, or what ps(1) makes of it, which may be a path or begin with the
/// `-` of a login shell.
///
/// A script has the name of the shell that runs it. `None` where the system does not tell, and everywhere except on Unix.
#[must_use]
pub fn parent_process_name() -> Option<String> {
    #[cfg(target_os = "linux")]
    {
        process_name(std::os::unix::process::parent_id())
    }
    #[cfg(all(unix, not(target_os = "linux")))]
    {
        process_name_by_ps(std::os::unix::process::parent_id())
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// What ends the path of a program that was replaced on disk since it was started (proc_pid_exe(5)).
#[cfg(target_os = "linux")]
const REPLACED: &str = " (deleted)";

/// The name of the program's file (proc_pid_exe(5)). Where that is not for this user to see, the name of the process, which for a
/// script is the script's, and is cut to 15 bytes (proc_pid_comm(5)).
#[cfg(target_os = "linux")]
fn process_name(process_id: u32) -> Option<String> {
    if let Ok(program) = std::fs::read_link(format!("/proc/{process_id}/exe")) {
        let file_name = program.file_name()?.to_string_lossy();
        return Some(file_name.strip_suffix(REPLACED).unwrap_or(&file_name).to_owned());
    }
    let name = std::fs::read(format!("/proc/{process_id}/comm")).ok()?;
    Some(String::from_utf8_lossy(&name).trim_end_matches('\n').to_owned())
}

/// What ps(1) calls the process.
#[cfg(all(unix, any(test, not(target_os = "linux"))))]
fn process_name_by_ps(process_id: u32) -> Option<String> {
    let output = std::process::Command::new("ps")
        .args(["-o", "comm=", "-p", &process_id.to_string()])
        .stderr(std::process::Stdio::null())
        .output()
        .ok()?;
    let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
