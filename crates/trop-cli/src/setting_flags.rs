//! The flags that set settings, built from the table.

use std::ffi::{OsStr, OsString};

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use trop_config::{Declaration, Layer, Rule, settings};

use crate::given::without_value;

/// Adds the flag of each of these settings. Its id is the key of the setting, which no other argument has.
///
/// Whether a value is right is for the table to say. The parser knows lists of words as well, so that help shows them. The words of help
/// themselves come with [`explained`].
pub(crate) fn with_setting_flags(
    command: Command,
    declarations: &[&'static Declaration],
    adjust: impl Fn(Arg) -> Arg,
) -> Command {
    declarations.iter().filter_map(|declaration| flag(declaration)).map(adjust).fold(command, Command::arg)
}

fn flag(declaration: &'static Declaration) -> Option<Arg> {
    let (name, other_spellings) = declaration.flags.split_first()?;
    let flag = Arg::new(declaration.key).long(*name).aliases(other_spellings);
    let text =
        |flag: Arg, noun: &'static str| flag.value_name(noun).value_parser(clap::value_parser!(OsString));
    Some(match declaration.rule {
        Rule::Switch => without_value(flag),
        Rule::Number { unit, .. } => text(flag, unit),
        Rule::Port => text(flag, "PORT"),
        Rule::Ports => text(flag, "PORTS"),
        Rule::Word(words) => flag.value_name("FORMAT").value_parser(words.to_vec()),
        Rule::Path => text(flag, "DIR"),
        Rule::Tag => text(flag, "TAG"),
        Rule::Project => text(flag, "PROJECT"),
        Rule::Task => text(flag, "TASK"),
        Rule::Group => return None,
    })
}

/// Gives the flags of settings their words. To put these together costs as much as the rest of a flag, and only help shows them.
pub(crate) fn explained(command: Command) -> Command {
    let explain = |arg: Arg| match settings::ALL.iter().find(|declaration| arg.get_id() == declaration.key) {
        Some(declaration) => arg.help(help(declaration)),
        None => arg,
    };
    command.mut_args(explain).mut_subcommands(explained)
}

fn help(declaration: &'static Declaration) -> String {
    let variables =
        declaration.variables.first().map_or(String::new(), |variable| format!(" [env: {variable}]"));
    match (declaration.rule, declaration.default) {
        (Rule::Switch, _) | (_, None) => format!("{}{variables}", declaration.help),
        (_, Some(default)) => format!("{} [default: {default}]{variables}", declaration.help),
    }
}

/// What the flags of a parsed command line set.
pub(crate) fn layer(matches: &ArgMatches) -> Layer {
    layer_of(matches, settings::ALL)
}

/// What those flags set that belong to these settings.
pub(crate) fn layer_of(matches: &ArgMatches, settings: &[&'static Declaration]) -> Layer {
    let given = settings.iter().filter(|declaration| is_given(matches, declaration)).map(|declaration| {
        let text =
            matches.try_get_raw(declaration.key).ok().flatten().and_then(|mut values| values.next_back());
        (*declaration, text.unwrap_or(OsStr::new("")))
    });
    Layer::from_flags(given)
}

/// Whether the flag of the setting stands on the command line. A flag that this command does not have does not.
pub(crate) fn is_given(matches: &ArgMatches, declaration: &Declaration) -> bool {
    let is_known = matches.try_contains_id(declaration.key).is_ok();
    is_known && matches.value_source(declaration.key) == Some(ValueSource::CommandLine)
}
