//! The command tree.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command};

use crate::cmd::{COMMANDS, Subcommand};
use crate::global::{GLOBAL_SETTINGS, GlobalArgs, HEADING, with_help_and_version};
use crate::setting_flags::with_setting_flags;

/// The whole command tree. The arguments of a subcommand are built when the subcommand is met, not before.
#[must_use]
pub fn command() -> Command {
    tree_of(COMMANDS)
}

/// Parses these arguments, the first of which is the name of the program.
///
/// Each command of the tree costs something in every run. So only those are put into it whose names are among the arguments; what that
/// tree does not take is for the whole one to answer, which knows what was meant.
pub(crate) fn parse(arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
    let may_be_meant =
        |subcommand: &&Subcommand| arguments.iter().any(|argument| argument == subcommand.name);
    let tree = tree_of(COMMANDS.iter().filter(may_be_meant));
    tree.try_get_matches_from(arguments).or_else(|error| match error.kind() {
        ErrorKind::DisplayVersion => Err(error),
        _ => command().try_get_matches_from(arguments),
    })
}

fn tree_of(subcommands: impl IntoIterator<Item = &'static Subcommand>) -> Command {
    let root = Command::new("trop")
        // Not what somebody called the program, which may be any text.
        .bin_name("trop")
        .version(env!("CARGO_PKG_VERSION"))
        .about(
            "Hands out local port numbers: every directory its own, always the same, never one that is taken",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .propagate_version(true);
    let root = with_help_and_version(GlobalArgs::augment_args(root));
    let root = with_setting_flags(root, &GLOBAL_SETTINGS, |flag| flag.global(true).help_heading(HEADING));
    subcommands.into_iter().fold(root, |root, subcommand| {
        let deferred = Command::new(subcommand.name).about(subcommand.about).defer(subcommand.arguments);
        root.subcommand(deferred)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_tree_answers_as_the_whole_one() {
        #[track_caller]
        fn check(words: &str) {
            let arguments: Vec<OsString> = words.split_whitespace().map(OsString::from).collect();
            let whole = command().try_get_matches_from(&arguments);
            // What is global is in what the command was given, too.
            let answer = |parsed: Result<ArgMatches, clap::Error>| match parsed {
                Ok(mut matches) => Ok(matches.remove_subcommand()),
                Err(error) => Err(error.to_string()),
            };
            assert!(answer(parse(&arguments)) == answer(whole), "{words}");
        }

        check("trop");
        check("trop --help");
        check("trop --version");
        check("trop reserve");
        check("trop reserve --version");
        check("trop reserve --help");
        check("trop help reserve");
        check("trop help");
        check("trop reserv");
        check("trop reserve list");
        check("trop --data-dir list reserve --tag release");
        check("trop --data-dir=list --verbose list-projects --format json");
        check("trop --nonsense reserve");
        check("trop reserve --nonsense");
        check("trop exec -- list reserve");
        check("trop config show");
        check("trop config");
        check("trop config nonsense");
        for Subcommand { name, .. } in COMMANDS {
            check(&format!("trop {name}"));
            check(&format!("trop --quiet {name} --dry-run --format json --path reserve"));
        }
    }
}
