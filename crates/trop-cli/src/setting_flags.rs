//! The flags that set settings, built from the table.

use std::ffi::{OsStr, OsString};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};

use trop_config::{ConfigError, Declaration, Layer, Rule, settings};

/// Adds the flag of each of these settings. Its id is the key of the setting, which no other argument has.
///
/// Whether a value is right is for the table to say. The parser knows lists of words as well, so that help shows them.
pub(crate) fn with_setting_flags(
    command: Command,
    declarations: &[&'static Declaration],
    adjust: impl Fn(Arg) -> Arg,
) -> Command {
    declarations.iter().filter_map(|declaration| flag(declaration)).map(adjust).fold(command, Command::arg)
}

fn flag(declaration: &'static Declaration) -> Option<Arg> {
    let name = declaration.flag?;
    let flag = Arg::new(declaration.key).long(name).help(help(declaration));
    Some(match declaration.rule {
        Rule::Switch => flag.action(ArgAction::SetTrue),
        Rule::Number { unit, .. } => flag.value_name(unit).value_parser(clap::value_parser!(OsString)),
        Rule::Port => flag.value_name("PORT").value_parser(clap::value_parser!(OsString)),
        Rule::Ports => flag.value_name("PORTS").value_parser(clap::value_parser!(OsString)),
        Rule::Word(words) => flag.value_name("FORMAT").value_parser(words.to_vec()),
    })
}

fn help(declaration: &'static Declaration) -> String {
    let variables =
        declaration.variables.first().map_or(String::new(), |variable| format!(" [env: {variable}]"));
    match declaration.rule {
        Rule::Switch => format!("{}{variables}", declaration.help),
        _ => format!("{} [default: {}]{variables}", declaration.help, declaration.default),
    }
}

/// What the flags of a parsed command line set.
pub(crate) fn layer(matches: &ArgMatches) -> Result<Layer, ConfigError> {
    let given =
        settings::ALL.iter().filter(|declaration| is_given(matches, declaration)).map(|declaration| {
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
