//! Options that every command takes, before or after its name.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Args, Command};

use trop_config::{ConfigError, Declaration, Effective, Layer, Layers, settings};
use trop_output::ErrorFormat;

use crate::given::Given;
use crate::host::Host;
use crate::setting_flags;

/// The settings whose flags every command takes.
pub(crate) const GLOBAL_SETTINGS: [&Declaration; 4] = [
    &settings::DATA_DIR.declaration,
    &settings::MAXIMUM_LOCK_WAIT_SECONDS.declaration,
    &settings::DISABLE_AUTOINIT.declaration,
    &settings::ERROR_FORMAT.declaration,
];

// The global options that are no settings. (No doc comment: it would become the help of the command.)
#[derive(Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Tell what is read, decided and written, and every cause of an error
    #[arg(long, global = true, conflicts_with = "quiet", help_heading = HEADING)]
    verbose: Option<Given>,
    /// Write only errors to stderr
    #[arg(long, global = true, help_heading = HEADING)]
    quiet: Option<Given>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"], help_heading = HEADING)]
    color: Option<String>,
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
    pub(crate) fn verbosity(&self, global: &Effective) -> Verbosity {
        match (self.quiet.is_some(), self.verbose.is_some(), global.get(&settings::LOG_MODE)) {
            (true, _, _) | (false, false, "quiet") => Verbosity::Quiet,
            (_, true, _) | (false, false, "verbose") => Verbosity::Verbose,
            _ => Verbosity::Normal,
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
}

/// The settings that must be known before anything is said.
pub(crate) fn effective(matches: &ArgMatches, host: &Host<'_>) -> Result<Effective, ConfigError> {
    let variables = [&settings::LOG_MODE.declaration, &settings::ERROR_FORMAT.declaration];
    let mut layers = Layers::default();
    layers.push(setting_flags::layer_of(matches, &[&settings::ERROR_FORMAT.declaration]));
    layers.push(Layer::from_variables(&host.variables, &variables));
    layers.merged()
}

/// What `--data-dir` says.
pub(crate) fn data_dir_layer(matches: &ArgMatches) -> Layer {
    setting_flags::layer_of(matches, &[&settings::DATA_DIR.declaration])
}

/// How to write errors.
pub(crate) fn error_format(global: &Effective) -> ErrorFormat {
    if global.get(&settings::ERROR_FORMAT) == "json" { ErrorFormat::Json } else { ErrorFormat::Human }
}

/// How to write an error about a command line that could not be parsed: what it most likely says, else the variable.
pub(crate) fn likely_error_format(arguments: &[OsString], host: &Host<'_>) -> ErrorFormat {
    let options = arguments.split(|argument| argument == "--").next().unwrap_or_default();
    let mut said_by_flag =
        options.iter().enumerate().filter_map(|(index, argument)| match argument.to_str()? {
            "--error-format" => options.get(index + 1)?.to_str(),
            argument => argument.strip_prefix("--error-format="),
        });
    let said_by_variable = || host.variables.get("TROP_ERROR_FORMAT").and_then(|value| value.to_str());
    match said_by_flag.next_back().or_else(said_by_variable) {
        Some("json") => ErrorFormat::Json,
        _ => ErrorFormat::Human,
    }
}

/// The global options, moved out of parsed arguments.
pub(crate) fn read(matches: &mut ArgMatches) -> Result<GlobalArgs, clap::Error> {
    <GlobalArgs as clap::FromArgMatches>::from_arg_matches_mut(matches)
}
