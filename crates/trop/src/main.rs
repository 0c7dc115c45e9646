//! Reads the real world once, hands it to the command line of trop, and ends the process.

use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use trop_cli::{Ending, Host, run};
use trop_model::Timestamp;

fn main() -> ExitCode {
    let host = Host {
        variables: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .collect(),
        working_directory: &std::env::current_dir,
        now: now(),
        stdout: &mut BufWriter::new(io::stdout()),
        stderr: &mut io::stderr(),
        stdout_is_terminal: &|| io::stdout().is_terminal(),
        stderr_is_terminal: &|| io::stderr().is_terminal(),
    };
    match run(std::env::args_os().collect(), host) {
        Ending::Exit(code) => ExitCode::from(code),
    }
}

/// The clock, or the nearest time that trop can write down.
fn now() -> Timestamp {
    let Ok(since_epoch) = SystemTime::now().duration_since(UNIX_EPOCH) else { return Timestamp::EPOCH };
    let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_unix_seconds(seconds).unwrap_or(Timestamp::LATEST)
}
