//! Arguments that several commands have.

use std::borrow::Cow;

use clap::{ArgMatches, Args, FromArgMatches};

use trop_config::{Effective, settings};
use trop_output::{ExitStatus, ListFormat, escaped};
use trop_paths::AbsPath;

use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::given::Given;
use crate::global::Verbosity;
use crate::plan::Mode;
use crate::session::Session;

// The flag of every command that changes something. (No doc comment: it would become the help of the command.)
#[derive(Debug, Args)]
pub(crate) struct DryRunArgs {
    /// Show what would be done, on stderr, and do nothing
    #[arg(long)]
    pub(crate) dry_run: Option<Given>,
}

// The flags of commands that change something and answer in one of two ways. (No doc comment, as above.)
#[derive(Debug, Args)]
pub(crate) struct MutationArgs {
    #[command(flatten)]
    dry_run: DryRunArgs,
    /// How the answer is written on stdout
    #[arg(long, value_name = "FORMAT", value_parser = ["plain", "json"], default_value = "plain")]
    format: String,
}

impl MutationArgs {
    pub(crate) fn mode(&self) -> Mode {
        Mode { dry_run: self.dry_run.dry_run.is_some(), json: self.format == "json" }
    }
}

// The flags of commands that change something and have nothing to answer. (No doc comment, as above.)
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    dry_run: DryRunArgs,
    /// How the plan of --dry-run is written
    #[arg(long, value_name = "FORMAT", value_parser = ["plain", "json"], default_value = "plain", requires = "dry_run")]
    format: String,
}

impl PlanArgs {
    pub(crate) fn mode(&self) -> Mode {
        Mode { dry_run: self.dry_run.dry_run.is_some(), json: self.format == "json" }
    }
}

/// The arguments of a command, moved into its struct. The parser has checked them. The flags of settings stay behind.
pub(crate) fn parsed<A: FromArgMatches>(matches: &mut ArgMatches) -> Result<A, Failure> {
    A::from_arg_matches_mut(matches)
        .map_err(|error| Failure::Usage { message: error.to_string(), help: "see --help".to_owned() })
}

/// The format of a list. The rule of the setting lets no other name through.
pub(crate) fn list_format(effective: &Effective) -> ListFormat {
    let word = effective.get(&settings::OUTPUT_FORMAT);
    let named = ListFormat::WORDS.iter().find(|(name, _)| *name == word);
    named.map_or(ListFormat::Table, |(_, format)| *format)
}

/// Prints a path on a line of its own.
pub(crate) fn print_path(session: &mut Session<'_>, path: &AbsPath) -> Result<(), Failure> {
    print_line(session, path.as_str())
}

/// Prints one of several paths on a line of its own. A path that would take several lines is escaped.
pub(crate) fn print_path_among_others(session: &mut Session<'_>, path: &AbsPath) -> Result<(), Failure> {
    if path.as_str().contains('\n') {
        print_line(session, &escaped(path.as_str()))
    } else {
        print_path(session, path)
    }
}

/// The end of an assertion. What was found is printed where somebody wants it, and `--not` turns the verdict round.
pub(crate) fn conclude_assertion(
    session: &mut Session<'_>,
    found: Option<&str>,
    not: bool,
) -> Result<Conclusion, Failure> {
    if let Some(found) = found
        && !not
        && session.verbosity != Verbosity::Quiet
    {
        print_line(session, found)?;
    }
    Ok(Conclusion::Exit(if found.is_some() == not { ExitStatus::No } else { ExitStatus::Done }))
}

/// Prints a line: as it is for programs, and on a terminal with control characters escaped.
fn print_line(session: &mut Session<'_>, text: &str) -> Result<(), Failure> {
    let on_a_terminal = (session.host.stdout_is_terminal)();
    let text = if on_a_terminal { escaped(text) } else { Cow::Borrowed(text) };
    writeln!(session.host.stdout, "{text}").map_err(Failure::Output)
}

#[cfg(test)]
mod tests {
    use trop_config::{Rule, settings};
    use trop_output::ListFormat;

    #[test]
    fn the_setting_and_the_formats_have_the_same_names() {
        let names = ListFormat::WORDS.map(|(name, _)| name);
        let Rule::Word(words) = settings::OUTPUT_FORMAT.declaration.rule else {
            panic!("the formats are words")
        };
        assert_eq!(words, names);
    }
}
