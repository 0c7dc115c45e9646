//! Reads the real world once, hands it to the command line of trop, and ends the process.

use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use trop_cli::{Departure, Ending, Host, run};
use trop_model::Timestamp;

fn main() -> ExitCode {
    let mut stdout = BufWriter::new(io::stdout());
    let host = Host {
        variables: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .collect(),
        working_directory: &std::env::current_dir,
        now: now(),
        stdout: &mut stdout,
        stderr: &mut io::stderr(),
        stdout_is_terminal: &|| io::stdout().is_terminal(),
        stderr_is_terminal: &|| io::stderr().is_terminal(),
    };
    let ending = run(std::env::args_os().collect(), host);
    // What could not be written is not tried again: it has been told that it failed.
    drop(stdout.into_parts());
    match ending {
        Ending::Exit(code) => ExitCode::from(code),
        Ending::Become(departure) => depart(*departure),
    }
}

/// Lets the command take the place of this process. Comes back only when it cannot.
#[cfg(unix)]
fn depart(mut departure: Departure) -> ExitCode {
    let error = std::os::unix::process::CommandExt::exec(departure.command());
    ExitCode::from(departure.report(error, &mut io::stderr()))
}

/// Waits for the command: here no process can take the place of another.
#[cfg(not(unix))]
fn depart(mut departure: Departure) -> ExitCode {
    match departure.command().status() {
        // Codes have 32 bits here, and ExitCode has 8. A command that was ended by force has none.
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => ExitCode::from(departure.report(error, &mut io::stderr())),
    }
}

/// The clock, or the nearest time that trop can write down.
fn now() -> Timestamp {
    let Ok(since_epoch) = SystemTime::now().duration_since(UNIX_EPOCH) else { return Timestamp::EPOCH };
    let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_unix_seconds(seconds).unwrap_or(Timestamp::LATEST)
}
