//! Options that every command takes, before or after its name.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Args, Command};

use trop_output::ErrorFormat;

use crate::failure::Failure;
use crate::host::Host;

// The global options that are no settings. (No doc comment: it would become the help of the command.)
#[derive(Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Tell what is read, decided and written, and every cause of an error
    #[arg(long, global = true, conflicts_with = "quiet", help_heading = HEADING)]
    verbose: bool,
    /// Write errors alone to stderr
    #[arg(long, global = true, help_heading = HEADING)]
    quiet: bool,
    /// The directory that holds trop.db and config.yaml [default: ~/.trop] [env: TROP_DATA_DIR]
    #[arg(long, global = true, value_name = "PATH", help_heading = HEADING)]
    pub(crate) data_dir: Option<String>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"], help_heading = HEADING)]
    color: Option<String>,
    /// How errors are written [env: TROP_ERROR_FORMAT]
    #[arg(long, global = true, value_name = "FORMAT", value_parser = ["human", "json"], help_heading = HEADING)]
    error_format: Option<String>,
}

/// The heading under which help lists the global options.
pub(crate) const HEADING: &str = "Global options";

/// How much is said on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verbosity {
    /// Errors.
    Quiet,
    /// Warnings and notes, too.
    Normal,
    /// What was read, decided and written, too.
    Verbose,
}

/// Help and version flags that work before and after the name of the command.
pub(crate) fn with_help_and_version(command: Command) -> Command {
    let flag = |name: &'static str, short, action, help: &'static str| {
        Arg::new(name).long(name).short(short).global(true).action(action).help(help).help_heading(HEADING)
    };
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "Print help"))
        .arg(flag("version", 'V', ArgAction::Version, "Print the version"))
}

impl GlobalArgs {
    /// How much to say: the flags, else `TROP_LOG_MODE`.
    pub(crate) fn verbosity(&self, host: &Host<'_>) -> Result<Verbosity, Failure> {
        match (self.quiet, self.verbose) {
            (true, _) => return Ok(Verbosity::Quiet),
            (_, true) => return Ok(Verbosity::Verbose),
            _ => {}
        }
        match word(host, "TROP_LOG_MODE", &["quiet", "normal", "verbose"])? {
            Some("quiet") => Ok(Verbosity::Quiet),
            Some("verbose") => Ok(Verbosity::Verbose),
            _ => Ok(Verbosity::Normal),
        }
    }

    /// Whether to use colour on a stream: `--color`, else not where `NO_COLOR` is set and not empty, else on a terminal.
    pub(crate) fn use_color(&self, host: &Host<'_>, is_terminal: &dyn Fn() -> bool) -> bool {
        match self.color.as_deref() {
            Some("always") => true,
            Some("never") => false,
            _ => host.variables.get("NO_COLOR").is_none_or(|value| value.is_empty()) && is_terminal(),
        }
    }

    /// How to write errors: `--error-format`, else `TROP_ERROR_FORMAT`.
    pub(crate) fn error_format(&self, host: &Host<'_>) -> Result<ErrorFormat, Failure> {
        let word = match self.error_format.as_deref() {
            Some(word) => Some(word),
            None => word(host, "TROP_ERROR_FORMAT", &["human", "json"])?,
        };
        Ok(if word == Some("json") { ErrorFormat::Json } else { ErrorFormat::Human })
    }
}

/// How to write an error about a command line that could not be parsed: what it, or else the variable, most likely says.
pub(crate) fn likely_error_format(arguments: &[OsString], host: &Host<'_>) -> ErrorFormat {
    let flag_says_json = |(index, argument): (usize, &OsString)| {
        argument == "--error-format=json"
            || argument == "--error-format" && arguments.get(index + 1).is_some_and(|value| value == "json")
    };
    let variable_says_json = host.variables.get("TROP_ERROR_FORMAT").is_some_and(|value| value == "json");
    if arguments.iter().enumerate().any(flag_says_json) || variable_says_json {
        ErrorFormat::Json
    } else {
        ErrorFormat::Human
    }
}

/// The value of a variable that takes one of a few words; an empty variable counts as unset.
fn word<'w>(host: &Host<'_>, variable: &'static str, words: &[&'w str]) -> Result<Option<&'w str>, Failure> {
    let Some(value) = host.variables.get(variable).filter(|value| !value.is_empty()) else { return Ok(None) };
    match words.iter().find(|word| value == **word) {
        Some(word) => Ok(Some(word)),
        None => Err(Failure::Variable {
            variable,
            message: format!(
                "\"{}\" is none of {}",
                value.to_string_lossy().escape_debug(),
                words.join(", ")
            ),
        }),
    }
}

/// The global options out of parsed arguments.
pub(crate) fn read(matches: &ArgMatches) -> Result<GlobalArgs, clap::Error> {
    <GlobalArgs as clap::FromArgMatches>::from_arg_matches(matches)
}
