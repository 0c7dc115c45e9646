//! One run of one command: the host, the global options, and what is said on the way.

use std::process::Command;
use std::time::Duration;

use trop_config::{Effective, Layer, Layers, Origin, misspelt, settings};
use trop_output::{Diagnostic, ErrorFormat, Severity, Style, escaped, write_remark};
use trop_paths::{AbsPath, resolve_inferred, resolve_typed};
use trop_storage::{Location, Store};

use crate::data_directory;
use crate::departure::Departure;
use crate::details::Details;
use crate::failure::Failure;
use crate::global::{GlobalArgs, Verbosity, error_format};
use crate::host::Host;
use crate::pasting::Pasting;
use crate::progress::{FEWEST_STEPS, Progress};

/// One run of one command.
pub(crate) struct Session<'h> {
    pub(crate) host: Host<'h>,
    pub(crate) global: GlobalArgs,
    pub(crate) verbosity: Verbosity,
    pub(crate) error_format: ErrorFormat,
    data_dir_layer: Layer,
    warnings: Vec<String>,
    /// What was not said yet: where errors are JSON, nothing else shall stand on stderr beside one.
    held_back: Vec<(Severity, String)>,
}

impl<'h> Session<'h> {
    /// A run that has said nothing yet.
    pub(crate) fn new(
        host: Host<'h>,
        global: GlobalArgs,
        effective: &Effective,
        data_dir_layer: Layer,
    ) -> Session<'h> {
        let (verbosity, error_format) = (global.verbosity(effective), error_format(effective));
        let (warnings, held_back) = (Vec::new(), Vec::new());
        Session { host, global, verbosity, error_format, data_dir_layer, warnings, held_back }
    }

    /// Warns of variables that look like one of trop's own and are none.
    pub(crate) fn warn_of_misspelt_variables(&mut self) {
        let set =
            self.host.variables.iter().filter(|(_, value)| !value.is_empty()).map(|(name, _)| name.as_str());
        let warnings: Vec<String> = misspelt(set)
            .map(|found| format!("{} means nothing to trop; did you mean {}?", found.name, found.meant))
            .collect();
        warnings.into_iter().for_each(|warning| self.warn(warning));
    }

    /// The store, which is not opened before it is used.
    pub(crate) fn store(&mut self, effective: &Effective) -> Result<Store, Failure> {
        let location = self.location(effective)?;
        Ok(Store::new(location, lock_wait(effective)))
    }

    /// Where the store is.
    pub(crate) fn location(&mut self, effective: &Effective) -> Result<Location, Failure> {
        let location = data_directory::locate(self, effective.layers())?;
        self.detail(|| {
            let origin = match effective.origin(&settings::DATA_DIR) {
                Origin::Default => "in the home directory".to_owned(),
                origin => origin.to_string(),
            };
            format!("the data directory is {} ({origin})", location.directory())
        });
        Ok(location)
    }

    /// The working directory, canonical.
    pub(crate) fn working_directory(&self) -> Result<AbsPath, Failure> {
        let named = (self.host.working_directory)().map_err(Failure::WorkingDirectory)?;
        resolve_inferred(&named).map_err(Failure::WorkingDirectoryPath)
    }

    /// A path that somebody typed, made absolute and clean.
    pub(crate) fn typed_path(&self, typed: &str) -> Result<AbsPath, Failure> {
        resolve_typed(typed, || self.working_directory(), || data_directory::home(self))
    }

    /// Says something that the user would want to do something about.
    pub(crate) fn warn(&mut self, text: String) {
        self.say(Verbosity::Normal, Severity::Warning, &text);
        self.warnings.push(text);
    }

    /// The same of several things, said in one sentence. Programs get each of them.
    pub(crate) fn warn_of_many(&mut self, sentence: &str, each: impl IntoIterator<Item = String>) {
        self.say(Verbosity::Normal, Severity::Warning, sentence);
        self.warnings.extend(each);
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

    /// Says what a dry run would do besides.
    pub(crate) fn show_planned(&mut self, text: &str) {
        if self.verbosity != Verbosity::Quiet {
            // When stderr is gone, there is nobody left to tell.
            let _ = writeln!(self.host.stderr, "{}", escaped(text));
        }
    }

    /// Shows how far a work of so many steps is, where it may take long and somebody waits at a terminal.
    pub(crate) fn progress(&mut self, work: &'static str, total: usize) -> Progress<'_> {
        let is_shown = FEWEST_STEPS <= total
            && self.verbosity != Verbosity::Quiet
            && self.error_format == ErrorFormat::Human
            && (self.host.stderr_is_terminal)();
        if is_shown { Progress::shown(self.host.stderr, work, total) } else { Progress::hidden() }
    }

    /// Notes to be told later, by [`Session::tell`].
    pub(crate) fn details(&self) -> Details {
        Details::new(self.verbosity == Verbosity::Verbose)
    }

    /// Tells what was noted down.
    pub(crate) fn tell(&mut self, details: Details) {
        for text in details.into_texts() {
            self.detail(|| text);
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

    /// The command that the process is to become, with the way to report that it cannot.
    pub(crate) fn departure(&self, command: Command) -> Departure {
        let verbose = self.verbosity == Verbosity::Verbose;
        Departure::new(command, self.error_format, self.style_of_stderr(), verbose)
    }

    /// The way to offer commands that do what this one could not.
    pub(crate) fn pasting(&self) -> Pasting {
        let mut layers = Layers::default();
        layers.push(self.data_dir_layer.clone());
        layers.push(Layer::from_variables(&self.host.variables, &[&settings::DATA_DIR.declaration]));
        // What is wrong with it is said by whoever needs it.
        let data_dir =
            data_directory::locate(self, &layers).ok().map(|location| location.directory().clone());
        Pasting { data_dir, is_named: layers.origin(&settings::DATA_DIR) != Origin::Default }
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

/// How long to wait for a lock.
pub(crate) fn lock_wait(effective: &Effective) -> Duration {
    Duration::from_secs(u64::from(effective.get(&settings::MAXIMUM_LOCK_WAIT_SECONDS)))
}
