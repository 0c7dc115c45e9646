//! Options without a value.

use std::convert::Infallible;

use clap::builder::{ValueParser, ValueParserFactory};
use clap::{Arg, ArgAction, Command};

/// That an option without a value was given: `Option<Given>`.
///
/// The parser's own kind, a `bool`, has the default "false", which is parsed in each run for each option that was not given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given;

impl ValueParserFactory for Given {
    type Parser = ValueParser;

    fn value_parser() -> ValueParser {
        ValueParser::new(|_: &str| Ok::<_, Infallible>(Given))
    }
}

/// Makes options of those arguments that are [`Given`] or not.
pub(crate) fn without_values(command: Command) -> Command {
    command.mut_args(|arg| if is_given_or_not(&arg) { without_value(arg) } else { arg })
}

/// An option that takes no value and has no default.
pub(crate) fn without_value(arg: Arg) -> Arg {
    arg.action(ArgAction::Set).num_args(0).default_missing_value("true")
}

fn is_given_or_not(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == std::any::TypeId::of::<Given>()
}
