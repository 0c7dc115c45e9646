//! The flags that set settings, built from the table.

use std::ffi::{OsStr, OsString};

use clap::{Arg, ArgAction, ArgMatches, Command};

use trop_config::{ConfigError, Declaration, Layer, Rule, settings};

/// Adds the flag of each of these settings. Whether a value is right is for the table to say, not for the parser.
pub(crate) fn with_setting_flags(
    command: Command,
    declarations: &[&'static Declaration],
    adjust: impl Fn(Arg) -> Arg,
) -> Command {
    declarations.iter().filter_map(|declaration| flag(declaration)).map(adjust).fold(command, Command::arg)
}

fn flag(declaration: &'static Declaration) -> Option<Arg> {
    let name = declaration.flag?;
    let flag = Arg::new(name).long(name).help(help(declaration));
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
    let given = settings::ALL.iter().filter_map(|declaration| {
        let name = declaration.flag?;
        // A flag that this command does not have is one that was not given.
        let was_given = matches.try_contains_id(name).is_ok()
            && matches.value_source(name) == Some(clap::parser::ValueSource::CommandLine);
        if !was_given {
            return None;
        }
        let text = matches.try_get_raw(name).ok().flatten().and_then(|mut values| values.next_back());
        Some((*declaration, text.unwrap_or(OsStr::new(""))))
    });
    Layer::from_flags(given)
}
