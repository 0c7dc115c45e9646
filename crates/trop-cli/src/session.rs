//! One run of one command: the host, the global options, and what is said on the way.

use clap::ArgMatches;

use trop_config::{Effective, Layer, settings};
use trop_output::{Diagnostic, ErrorFormat, Severity, Style, write_remark};
use trop_paths::{AbsPath, resolve_inferred};
use trop_storage::{Location, Store};

use crate::data_directory;
use crate::failure::Failure;
use crate::global::{GlobalArgs, Verbosity};
use crate::host::Host;
use crate::setting_flags;

/// One run of one command.
pub(crate) struct Session<'h> {
    pub(crate) host: Host<'h>,
    pub(crate) global: GlobalArgs,
    pub(crate) verbosity: Verbosity,
    pub(crate) error_format: ErrorFormat,
    warnings: Vec<String>,
    /// What was not said yet: where errors are JSON, nothing else shall stand on stderr beside one.
    held_back: Vec<(Severity, String)>,
}

impl<'h> Session<'h> {
    /// A run that has said nothing yet.
    pub(crate) fn new(
        host: Host<'h>,
        global: GlobalArgs,
        verbosity: Verbosity,
        error_format: ErrorFormat,
    ) -> Session<'h> {
        Session { host, global, verbosity, error_format, warnings: Vec::new(), held_back: Vec::new() }
    }

    /// The settings: flags of this command over variables over what is built in.
    pub(crate) fn effective(&self, matches: &ArgMatches) -> Result<Effective, Failure> {
        match (setting_flags::layer(matches), Layer::from_variables(&self.host.variables)) {
            (Ok(flags), Ok(variables)) => Ok(Effective::merged(vec![flags, variables])),
            (Err(mut error), Err(more)) => {
                error.problems.extend(more.problems);
                Err(error.into())
            }
            (Err(error), _) | (_, Err(error)) => Err(error.into()),
        }
    }

    /// The settings of a command that takes no notice of the configuration: flags over what is built in.
    pub(crate) fn effective_by_flags(&self, matches: &ArgMatches) -> Result<Effective, Failure> {
        Ok(Effective::merged(vec![setting_flags::layer(matches)?]))
    }

    /// The store, which is not opened before it is used.
    pub(crate) fn store(&mut self, effective: &Effective) -> Result<Store, Failure> {
        let location = data_directory::locate(self)?;
        self.detail(|| format!("the data directory is {}", location.directory()));
        Ok(self.store_at(location, effective))
    }

    /// The store of that data directory.
    pub(crate) fn store_at(&self, location: Location, effective: &Effective) -> Store {
        let seconds = effective.get(&settings::MAXIMUM_LOCK_WAIT_SECONDS);
        Store::new(location, std::time::Duration::from_secs(u64::from(seconds)))
    }

    /// The working directory, canonical.
    pub(crate) fn working_directory(&self) -> Result<AbsPath, Failure> {
        let named = (self.host.working_directory)().map_err(Failure::WorkingDirectory)?;
        resolve_inferred(&named).map_err(Failure::WorkingDirectoryPath)
    }

    /// A variable of trop's own; an empty one counts as unset.
    pub(crate) fn variable(&self, name: &'static str) -> Result<Option<&str>, Failure> {
        match self.host.variables.get(name).filter(|value| !value.is_empty()) {
            None => Ok(None),
            Some(value) => value.to_str().map(Some).ok_or_else(|| Failure::Variable {
                variable: name,
                message: format!("\"{}\" is not valid Unicode", value.to_string_lossy().escape_debug()),
            }),
        }
    }

    /// Says something that the user would want to do something about.
    pub(crate) fn warn(&mut self, text: String) {
        self.say(Verbosity::Normal, Severity::Warning, &text);
        self.warnings.push(text);
    }

    /// Says something that is good to know.
    pub(crate) fn note(&mut self, text: &str) {
        self.say(Verbosity::Normal, Severity::Note, text);
    }

    /// Says, to those who want to know everything, what was read, decided or written.
    pub(crate) fn detail(&mut self, text: impl FnOnce() -> String) {
        if self.verbosity == Verbosity::Verbose {
            self.say(Verbosity::Verbose, Severity::Note, &text());
        }
    }

    /// Every warning so far.
    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Writes an error, and with it, where it is JSON, the warnings that led to it.
    pub(crate) fn write_error(&mut self, mut diagnostic: Diagnostic) {
        if self.error_format == ErrorFormat::Json {
            diagnostic.causes.append(&mut self.warnings);
        }
        let (format, style) = (self.error_format, self.style_of_stderr());
        let verbose = self.verbosity == Verbosity::Verbose;
        // When stderr is gone, there is nobody left to tell.
        let _ = diagnostic.write_to(self.host.stderr, format, style, verbose);
    }

    /// Says what was held back, now that there is no error.
    pub(crate) fn say_what_was_held_back(&mut self) {
        for (severity, text) in std::mem::take(&mut self.held_back) {
            self.write_remark(severity, &text);
        }
    }

    /// How text for people looks on stdout.
    pub(crate) fn style_of_stdout(&self) -> Style {
        self.style(self.host.stdout_is_terminal)
    }

    fn style_of_stderr(&self) -> Style {
        self.style(self.host.stderr_is_terminal)
    }

    fn style(&self, is_terminal: &dyn Fn() -> bool) -> Style {
        if self.global.use_color(&self.host, is_terminal) { Style::colored() } else { Style::plain() }
    }

    fn say(&mut self, from: Verbosity, severity: Severity, text: &str) {
        match self.error_format {
            _ if self.verbosity < from => {}
            ErrorFormat::Human => self.write_remark(severity, text),
            ErrorFormat::Json => self.held_back.push((severity, text.to_owned())),
        }
    }

    fn write_remark(&mut self, severity: Severity, text: &str) {
        let style = self.style_of_stderr();
        let _ = write_remark(self.host.stderr, severity, text, style);
    }
}
