//! The command tree.

use std::ffi::OsString;
use std::mem::ManuallyDrop;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command};

use crate::cmd::{COMMANDS, Subcommand};
use crate::given::without_values;
use crate::global::{GLOBAL_SETTINGS, GlobalArgs, HEADING, with_help_and_version};
use crate::setting_flags::{explained, with_setting_flags};

/// The whole command tree, with every word of its help.
#[must_use]
pub fn command() -> Command {
    explained(tree_of(COMMANDS))
}

/// Parses these arguments, the first of which is the name of the program.
///
/// Each command of the tree costs something in every run. So only those are put into it whose names are among the arguments; what that
/// tree does not take, and what asks for help, is for the whole one to answer, which knows what was meant.
pub(crate) fn parse(arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
    let may_be_meant =
        |subcommand: &&Subcommand| arguments.iter().any(|argument| argument == subcommand.name);
    // It is as good as the end of the process that frees it.
    let mut tree = ManuallyDrop::new(tree_of(COMMANDS.iter().filter(may_be_meant)));
    tree.try_get_matches_from_mut(arguments).or_else(|error| match error.kind() {
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
    let root = with_help_and_version(without_values(GlobalArgs::augment_args(root)));
    let root = with_setting_flags(root, &GLOBAL_SETTINGS, |flag| flag.global(true).help_heading(HEADING));
    root.subcommands(subcommands.into_iter().map(|subcommand| {
        let bare = Command::new(subcommand.name).about(subcommand.about);
        without_values((subcommand.arguments)(bare))
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What each argument says, and each of a further command, in whatever order they were declared.
    fn said(matches: &ArgMatches) -> BTreeMap<String, Vec<OsString>> {
        let values = |id: &str| matches.try_get_raw(id).ok().flatten().into_iter().flatten();
        let own = matches.ids().map(|id| {
            (id.to_string(), values(id.as_str()).map(|value| value.to_owned()).collect::<Vec<_>>())
        });
        let further = matches.subcommand().into_iter().flat_map(|(name, matches)| {
            said(matches).into_iter().map(move |(id, values)| (format!("{name} {id}"), values))
        });
        own.chain(further).collect()
    }

    #[test]
    fn a_part_of_the_tree_answers_as_the_whole_one() {
        #[track_caller]
        fn check(words: &str) {
            let arguments: Vec<OsString> = words.split_whitespace().map(OsString::from).collect();
            let whole = command().try_get_matches_from(&arguments);
            let answer = |parsed: Result<ArgMatches, clap::Error>| match parsed {
                // What is global is in what the command was given, too.
                Ok(matches) => Ok(matches.subcommand().map(|(name, given)| (name.to_owned(), said(given)))),
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
